//! Puts right what the tagger found, with the whole article in view: cuts what is no part of a
//! name, takes names apart that were run together, and finds again, where it stands alone, what
//! is part of someone's full name.

mod alone;
mod cut;
mod honorific;
mod kind;
mod sides;
mod things;

use dateline_corpus::{EntityKind, Language};
use rustc_hash::{FxHashMap, FxHashSet};

use super::places::Evidence;
use super::reading::Reading;
use crate::countries::{self, Sense};
use crate::gazetteer::Span;
use crate::tagger;

/// A name in a reading, as tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) kind: EntityKind,
}

/// The longest names of people and bodies in news stay below it. What looks at the parts of a
/// name in pairs would not end on a body that repeats one capitalised word.
const NAME_TOKENS_MAX: usize = 12;

/// The names in each reading, in order and apart.
pub(super) fn names(
    readings: &[Reading<'_>],
    tagged: &[tagger::Span],
    evidence: &Evidence,
) -> Vec<Vec<Name>> {
    let mut names: Vec<Vec<Name>> = Vec::with_capacity(readings.len());
    let is_short = alone::is_short(readings);
    let mut known = Known {
        is_short,
        ..Known::default()
    };
    for reading in readings {
        let mut found = Vec::new();
        let tagged = tagged.iter().filter(|span| span.part == reading.part);
        for span in tagged.filter(|span| span.tokens.len() <= NAME_TOKENS_MAX) {
            let name = Name {
                first: span.tokens.start,
                end: span.tokens.end,
                kind: span.kind,
            };
            if name.kind == EntityKind::Person {
                for name in between_dashes(reading, name) {
                    cut::take_apart(reading, name, &mut found);
                }
            } else {
                found.push(name);
            }
        }
        sides::join(reading, &mut found);
        found
            .iter_mut()
            .for_each(|name| kind::put_right(reading, name));
        names.push(found);
    }
    for (reading, names) in readings.iter().zip(&names) {
        known.learn(reading, names);
    }
    let mut changed = false;
    for (reading, names) in readings.iter().zip(&mut names) {
        let mut right = Vec::with_capacity(names.len());
        for &name in names.iter() {
            match name.kind {
                EntityKind::Person => known.put_right(reading, name, &mut right),
                _ => known.find_person(reading, name, &mut right),
            }
        }
        changed |= right != *names;
        *names = right;
    }
    // `Petro Washington` has taught that someone is called Washington.
    if changed {
        known = Known {
            is_short,
            ..Known::default()
        };
        for (reading, names) in readings.iter().zip(&names) {
            known.learn(reading, names);
        }
    }
    for (reading, names) in readings.iter().zip(&mut names) {
        known.find_again(reading, evidence, names);
        names.retain(|name| {
            let once = |form: &str| known.alone.get(form).is_none_or(|count| *count == 1);
            !known.is_title_alone(reading, name)
                && !known.is_thing(reading, name)
                && !alone::is_addressed(reading, name, once)
        });
    }
    names
}

/// A name without the dash that only stands between names: `BOGOTA - García Peña`.
fn between_dashes(reading: &Reading<'_>, name: Name) -> Vec<Name> {
    const DASHES: [&str; 4] = ["-", "--", "–", "—"];
    let dash = |at: &usize| {
        let gap = reading.text.gap_before(*at);
        gap != "-" && DASHES.contains(&gap.trim())
    };
    let mut names = Vec::new();
    let mut first = name.first;
    for end in (name.first + 1..name.end).filter(dash).chain([name.end]) {
        names.push(Name { first, end, ..name });
        first = end;
    }
    names
}

/// The first name that shares tokens with a stretch.
pub(super) fn meeting(names: &[Name], first: usize, end: usize) -> Option<&Name> {
    let at = names.partition_point(|name| name.end <= first);
    names.get(at).filter(|name| name.first < end)
}

/// The full names that an article is remembered to have. No article of news names so many people;
/// a full name beyond is found by the tagger, but does not explain other names.
const FULL_NAMES_MAX: usize = 2_000;

/// What the article tells of its people.
#[derive(Default)]
struct Known<'r> {
    /// Full names by their folded parts, with how often they occur.
    full: FxHashMap<Vec<&'r str>, u32>,
    /// Given names of full names.
    first: FxHashSet<&'r str>,
    /// Further parts of full names, and runs of them, each with the number of full names that
    /// have it.
    last: FxHashMap<Vec<&'r str>, u32>,
    /// How often single words were taken for people.
    alone: FxHashMap<&'r str, u32>,
    /// The text is so short that nobody is named twice in it.
    is_short: bool,
}

impl<'r> Known<'r> {
    fn learn(&mut self, reading: &'r Reading<'_>, names: &[Name]) {
        for name in names.iter().filter(|name| name.kind == EntityKind::Person) {
            let parts = parts(reading, name.first, name.end);
            if let Some(count) = self.full.get_mut(&parts) {
                *count += 1;
                continue;
            }
            if let [single] = parts[..] {
                *self.alone.entry(single).or_default() += 1;
            }
            let Some((first, rest)) = parts.split_first().filter(|(_, rest)| !rest.is_empty())
            else {
                continue;
            };
            if self.full.len() >= FULL_NAMES_MAX {
                continue;
            }
            self.first.insert(first);
            for first in 0..rest.len() {
                for end in first + 1..=rest.len() {
                    *self.last.entry(rest[first..end].to_vec()).or_default() += 1;
                }
            }
            self.full.insert(parts, 1);
        }
    }

    /// Takes the name of several people apart (`Gustavo Petro Trump`), and drops what is no
    /// person's.
    fn put_right(&self, reading: &Reading<'_>, mut name: Name, names: &mut Vec<Name>) {
        if self.opens_with_common_word(reading, &name) {
            name.first += 1;
        }
        if self.follows_bill(reading, &name) {
            name.first -= 1;
        }
        let tokens: Vec<usize> = part_tokens(reading, name.first, name.end).collect();
        if tokens.len() < 2 {
            if !self.is_place(reading, &name) && self.is_supported(reading, &name) {
                names.push(name);
            }
            return;
        }
        let forms: Vec<&str> = tokens
            .iter()
            .map(|&token| reading.text.form(token))
            .collect();
        let seam = match self.is_pair(reading, &tokens, &forms) {
            true => Some(tokens[1]),
            false => self.seam(&forms).map(|at| tokens[at]),
        };
        if let Some(at) = seam
            .is_none()
            .then(|| sides::before_place(reading, &name))
            .flatten()
        {
            names.push(Name { end: at, ..name });
            return;
        }
        match seam {
            Some(at) => {
                names.push(Name { end: at, ..name });
                names.push(Name { first: at, ..name });
            }
            None => {
                let end = self.before_place(reading, &name).unwrap_or(name.end);
                names.push(Name { end, ..name });
            }
        }
    }

    /// Whether a given name that is a common word, too, stands before a surname: `Bill Clinton`,
    /// not `the Bill Clinton signed`.
    fn follows_bill(&self, reading: &Reading<'_>, name: &Name) -> bool {
        let Some(before) = name.first.checked_sub(1) else {
            return false;
        };
        let surname = reading.text.form(name.first);
        matches!(reading.text.raw(before), "Bill" | "Al")
            && reading.language == Language::ENGLISH
            && reading.text.gap_before(name.first) == " "
            && alone::stands_after(reading, before)
            && (before == 0 || reading.text.form(before - 1) != "the")
            && (reading.classes(name.first).is_surname() || self.last.contains_key(&[surname][..]))
    }

    /// Keeps a body's or place's name, or what is a person's in it.
    fn find_person(&self, reading: &Reading<'_>, name: Name, names: &mut Vec<Name>) {
        let alone = |token: usize| self.alone.contains_key(reading.text.form(token));
        match kind::person(reading, name, alone) {
            Some((before, person)) => names.extend(before.into_iter().chain([person])),
            None => names.push(name),
        }
    }

    /// `Segundo Herrera`, Portuguese for “according to Herrera”, where the article names Herrera.
    fn opens_with_common_word(&self, reading: &Reading<'_>, name: &Name) -> bool {
        let whole = parts(reading, name.first, name.end);
        let Some((_, rest)) = whole.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return false;
        };
        let own = u32::from(self.full.contains_key(&whole));
        let known =
            self.full.contains_key(rest) || self.last.get(rest).copied().unwrap_or_default() > own;
        known && reading.classes(name.first).is_no_name()
    }

    /// Where a place begins behind the name of someone whom the article names in full:
    /// `Petro Washington`.
    fn before_place(&self, reading: &Reading<'_>, name: &Name) -> Option<usize> {
        let at = reading.spans.partition_point(|span| span.end < name.end);
        let span = reading.spans.get(at).filter(|span| span.end == name.end)?;
        // `Sabah Al-Ahmad Al-Sabah`
        if reading.text.gap_before(span.first) == "-" {
            return None;
        }
        let before = parts(reading, name.first, span.first.max(name.first));
        let known = self.full.contains_key(&before) || self.last.contains_key(&before);
        (known && self.full.get(&parts(reading, name.first, name.end)) == Some(&1))
            .then_some(span.first)
    }

    /// Whether two surnames are joined by a hyphen, because their bearers act together:
    /// `the Biden-Harris administration`, and not `García-Peña`.
    fn is_pair(&self, reading: &Reading<'_>, tokens: &[usize], forms: &[&str]) -> bool {
        const TOGETHER: &[&str] = &["administration", "ticket", "campaign"];
        let &[first, second] = tokens else {
            return false;
        };
        let next = (second + 1 < reading.text.tokens.len()).then(|| reading.text.form(second + 1));
        let each =
            |form: &str| self.alone.contains_key(form) || self.last.contains_key(&[form][..]);
        second == first + 1
            && reading.text.gap_before(second) == "-"
            && !self.last.contains_key(forms)
            && (next.is_some_and(|next| TOGETHER.contains(&next))
                || forms.iter().all(|&form| each(form)))
    }

    /// Where the names of two people are run together, each of whom the article names elsewhere.
    fn seam(&self, whole: &[&str]) -> Option<usize> {
        let seen = self.full.get(whole).copied().unwrap_or_default();
        if seen > 1 || self.last.contains_key(whole) {
            return None;
        }
        (1..whole.len()).find(|&at| {
            let (left, right) = whole.split_at(at);
            // What the whole itself has taught says nothing.
            let others = |parts: &[&str], own: bool| {
                self.full.contains_key(parts)
                    || self.last.get(parts).copied().unwrap_or_default()
                        > u32::from(own && seen > 0)
            };
            others(left, false) && others(right, true)
        })
    }

    /// Whether a single word that the tagger takes for a person is a place of the tables that no
    /// one in the article is named after.
    fn is_place(&self, reading: &Reading<'_>, name: &Name) -> bool {
        let form = reading.text.form(name.first);
        let span = reading.span_at(name.first);
        span.is_some_and(|span| span.end == name.end && span.country().is_some())
            && !self.last.contains_key(&[form][..])
            && !self.first.contains(form)
    }

    /// Whether a name is a thing's that is called after a person, or a lawsuit's.
    fn is_thing(&self, reading: &Reading<'_>, name: &Name) -> bool {
        let bare = || parts(reading, name.first, name.end);
        name.kind == EntityKind::Person
            && (things::names_thing(reading, name)
                || things::is_party(reading, name) && !self.last.contains_key(&bare()))
    }

    /// Whether a title stands for whoever has it: `Thank you, Mr. President`.
    fn is_title_alone(&self, reading: &Reading<'_>, name: &Name) -> bool {
        /// Titles that the word list does not have.
        const TITLES: &[&str] = &["potus", "flotus", "vpotus"];
        if name.kind != EntityKind::Person || name.end != name.first + 1 {
            return false;
        }
        let form = reading.text.form(name.first);
        let class = reading.classes(name.first);
        let title = class.is_rank() && !class.is_given() && !class.is_surname();
        // `King said`, where the article has Martin King.
        (title || TITLES.contains(&form)) && !self.last.contains_key(&[form][..])
    }

    /// Whether anything but the tagger speaks for a single word being a person: the lists of names,
    /// a full name, a title before it, a verb of saying beside it, or its being named again.
    fn is_supported(&self, reading: &Reading<'_>, name: &Name) -> bool {
        let last = name.end - 1;
        let class = reading.classes(last);
        let form = reading.text.form(last);
        let tokens = reading.text.tokens.len();
        let classes = |token: usize| reading.classes(token);
        alone::has_beginning(reading, name)
            || (class.is_surname() || class.is_given()) && !class.is_no_name()
            || reading.is_capitalised(last) && kind::is_described(reading, name.end)
            || self.is_short && alone::is_unknown(reading, name)
            || self.last.contains_key(&[form][..])
            || self.first.contains(form)
            || self.alone.get(form).is_some_and(|count| *count > 1)
            || name.first > 0
                && (classes(name.first - 1).is_rank() || classes(name.first - 1).is_saying())
            || name.end < tokens && classes(name.end).is_saying()
    }

    /// Adds what stands alone and is part of a full name of the article, and what follows `Mr`.
    fn find_again(&self, reading: &Reading<'_>, evidence: &Evidence, names: &mut Vec<Name>) {
        let mut found = Vec::new();
        let mut next = 0;
        for token in 0..reading.text.tokens.len() {
            if found.last().is_some_and(|name: &Name| token < name.end) {
                continue;
            }
            while names.get(next).is_some_and(|name| name.end <= token) {
                next += 1;
            }
            // A single place may be someone after all: `Chad`, where the article has Chad Whitlock.
            let stays = |name: &Name| name.kind != EntityKind::Place || name.end > name.first + 1;
            let taken = names
                .get(next)
                .is_some_and(|name| name.first <= token && stays(name));
            if taken || !reading.is_capitalised(token) {
                continue;
            }
            if let Some(name) = honorific::name_behind(reading, token) {
                found.push(name);
                continue;
            }
            // `Le Pen`, where the article has Marine Le Pen.
            let particle = reading.classes(token).is_particle()
                && reading.is_capitalised(token + 1)
                && reading.text.gap_before(token + 1) == " ";
            let last = token + usize::from(particle);
            let form = reading.text.form(last);
            let surname = |form: &str| self.last.contains_key(&[form][..]);
            // German marks the genitive without an apostrophe.
            let genitive =
                reading.language == Language::GERMAN && form.strip_suffix('s').is_some_and(surname);
            if !(surname(form) || genitive || self.first.contains(form)) {
                continue;
            }
            // A given name alone is often a place's, which the article then shows.
            let is_person = match reading.span_at(last) {
                Some(_) => self.is_person(reading, last, evidence),
                None => surname(form) || genitive,
            };
            if is_person
                && alone::stands(reading, token, last)
                && (particle || !reading.classes(last).is_no_name())
            {
                found.push(Name {
                    first: token,
                    end: last + 1,
                    kind: EntityKind::Person,
                });
            }
        }
        names.extend(found);
        // What follows `Mr` may run into a name that was found before.
        names.sort_by_key(|name| (name.first, name.kind));
        names.dedup_by(|next, name| next.first < name.end);
    }

    /// Whether a country's or city's name stands for a person of the article: `Washington said`,
    /// where the article has Denise Washington.
    fn is_person(&self, reading: &Reading<'_>, token: usize, evidence: &Evidence) -> bool {
        let span = reading.span_at(token).filter(|span| span.is_single());
        let Some((code, sense)) = span.and_then(Span::country) else {
            return false;
        };
        let placed = token > 0
            && reading.text.gap_before(token) == " "
            && PLACING.contains(&reading.text.form(token - 1));
        // The United States are in every article; no evidence that its capital is meant.
        let united_states = countries::code("US") == Some(code);
        sense != Sense::Demonym
            && !placed
            && (united_states || !evidence.besides(code, reading.text.form(token)))
    }
}

/// Words before the names of places rather than of people.
const PLACING: &[&str] = &[
    "in",
    "at",
    "near",
    "from",
    "across",
    "outside",
    "inside",
    "throughout",
    "around",
    "en",
    "à",
    "a",
    "em",
    "no",
    "na",
    "aus",
    "nach",
    "bei",
    "im",
    "into",
    "within",
    "toward",
    "towards",
    "to",
    "of",
    "between",
    "against",
];

/// The folded name parts of tokens: no initials, no particles, no suffixes.
fn parts<'r>(reading: &'r Reading<'_>, first: usize, end: usize) -> Vec<&'r str> {
    part_tokens(reading, first, end)
        .map(|token| reading.text.form(token))
        .collect()
}

fn part_tokens(reading: &Reading<'_>, first: usize, end: usize) -> impl Iterator<Item = usize> {
    (first..end).filter(|&token| {
        let class = reading.classes(token);
        !class.is_suffix()
            && !class.is_particle()
            && reading.text.raw(token).chars().nth(1).is_some()
    })
}
