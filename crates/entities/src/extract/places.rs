//! Decides what the names of countries and cities mean, with the whole article as evidence.
//!
//! Most mean what the table says. The rules here are for those that can mean something else: a
//! language, a bird, a river, a US state, part of a company's name.

mod stated;

use std::hash::{Hash, Hasher};

use dateline_corpus::{CountryCode, Language};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::reading::{Reading, Style};
use crate::countries::{self, Sense};
use crate::gazetteer::{Shared, Span};
use crate::lexicon::Classes;

/// What a span means in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) code: CountryCode,
    pub(super) sense: Sense,
}

/// What the article says about countries, before ambiguous names are decided.
#[derive(Default)]
pub(super) struct Evidence {
    /// How often each country is named.
    named: FxHashMap<CountryCode, u32>,
    /// The same by the folded first word of the name, as its hash.
    named_so: FxHashMap<(CountryCode, u64), u32>,
    /// States and cities of the United States.
    us_places: u32,
    /// Common nouns among the names that also stand in lower case.
    nouns: FxHashSet<String>,
    peach_state: bool,
    /// Cities of which the article says once in which country they lie.
    cities: stated::Cities,
}

impl Evidence {
    pub(super) fn of(readings: &[Reading<'_>]) -> Evidence {
        let mut evidence = Evidence::default();
        let mut nouns: FxHashSet<&str> = FxHashSet::default();
        for reading in readings {
            for span in &reading.spans {
                // A name of several countries tells nothing of either.
                let Some((code, sense)) = span.country().filter(|_| span.shared().is_none()) else {
                    continue;
                };
                let form = reading.text.form(span.first);
                *evidence.named.entry(code).or_default() += 1;
                *evidence.named_so.entry((code, hash(form))).or_default() += 1;
                let us = code.as_str() == "US" && matches!(sense, Sense::Place | Sense::Region);
                evidence.us_places += u32::from(us);
                if reading.classes(span.first).is_place_noun() {
                    nouns.insert(form);
                }
            }
        }
        // Few articles name such a country; the others need no further walk over their words.
        if !nouns.is_empty() {
            for text in readings.iter().map(|reading| reading.text) {
                let lower = (0..text.tokens.len())
                    .filter(|&token| text.tokens[token].shape.is_lowercase())
                    .map(|token| text.form(token))
                    .filter(|form| nouns.contains(form));
                evidence.nouns.extend(lower.map(str::to_owned));
            }
        }
        evidence.peach_state = evidence.is_peach_state();
        evidence.cities = stated::cities(readings, &evidence);
        evidence
    }

    /// Whether Georgia is the state, as far as the whole article tells: cities of the country
    /// decide first, then those of the state, then whether other places of the United States or
    /// the country's neighbours are named more often. Its people are Georgians in both cases.
    fn is_peach_state(&self) -> bool {
        const CITIES: &[&str] = &["atlanta", "savannah", "macon", "ga"];
        const NEIGHBOURS: &[&str] = &["RU", "AM", "AZ", "TR", "UA"];
        const SHARED: &[&str] = &["georgia", "georgian", "georgians"];
        let named = |code: &'static str| countries::code(code).map_or(0, |code| self.named(code));
        let named_so = |code: &'static str, form: &&str| {
            countries::code(code).map_or(0, |code| self.named_so(code, form))
        };
        let shared: u32 = SHARED.iter().map(|form| named_so("GE", form)).sum();
        if named("GE") > shared {
            return false;
        }
        let neighbours: u32 = NEIGHBOURS.iter().map(|code| named(code)).sum();
        CITIES.iter().any(|city| named_so("US", city) > 0) || self.us_places > neighbours
    }

    fn named(&self, code: CountryCode) -> u32 {
        self.named.get(&code).copied().unwrap_or_default()
    }

    fn named_so(&self, code: CountryCode, form: &str) -> u32 {
        let so = self.named_so.get(&(code, hash(form)));
        so.copied().unwrap_or_default()
    }

    /// Whether a country is named other than by a word.
    pub(super) fn besides(&self, code: CountryCode, form: &str) -> bool {
        self.named(code) > self.named_so(code, form)
    }

    /// Which of the countries that share a name is meant.
    fn of_shared(&self, shared: &Shared) -> Option<CountryCode> {
        let codes = shared
            .codes
            .iter()
            .rev()
            .map(|&code| (self.named(code), code));
        // Of equals the first of the list.
        let (count, code) = codes.max_by_key(|(count, _)| *count)?;
        let decided = match () {
            () if count > 0 => true,
            () if shared.is_institution => self.named.is_empty(),
            () => shared.has_default,
        };
        decided.then_some(code)
    }
}

fn hash(form: &str) -> u64 {
    let mut hasher = FxHasher::default();
    form.hash(&mut hasher);
    hasher.finish()
}

/// What a span means; `None` when it means no country.
pub(super) fn decide(reading: &Reading<'_>, span: &Span, evidence: &Evidence) -> Option<Decision> {
    let (code, sense) = span.country()?;
    let around = Around::new(reading, span);
    let form = reading.text.form(span.first);
    if is_dollar(reading, span)
        || is_namesake(reading, span, &around)
        || span.is_single() && is_part_of_name(reading, span, &around)
        || sense != Sense::Metonym && is_label(reading, span, &around)
        || span.is_single() && is_thing(form, &around)
        || span.is_single() && is_pronoun(reading, span, &around)
        || sense == Sense::Demonym && is_language(reading, span, &around)
        || span.is_single() && is_common_noun(reading, span, form, &around, evidence)
    {
        return None;
    }
    if sense == Sense::Place
        && let Some(code) = stated::country(reading, span, evidence)
    {
        return Some(Decision { code, sense });
    }
    if let Some(shared) = span.shared() {
        let code = evidence.of_shared(shared)?;
        return Some(Decision { code, sense });
    }
    if !span.is_single() {
        return Some(Decision { code, sense });
    }
    decide_word(reading, span, evidence, &around)
}

/// What a name of one word means that two countries share by rules of its own.
fn decide_word(
    reading: &Reading<'_>,
    span: &Span,
    evidence: &Evidence,
    around: &Around<'_>,
) -> Option<Decision> {
    let (code, sense) = span.country()?;
    let form = reading.text.form(span.first);
    let decision = Some(Decision { code, sense });
    let besides = |code| countries::code(code).is_some_and(|code| evidence.besides(code, form));
    let as_country = |code, sense| countries::code(code).map(|code| Decision { code, sense });
    match form {
        "georgia" if sense == Sense::Name && is_us_state(reading, span, around, evidence) => {
            as_country("US", Sense::Region)
        }
        "georgian" | "georgians" if evidence.peach_state => as_country("US", Sense::Demonym),
        "niger" if around.before == "the" && !besides("NE") => None,
        _ if code.as_str() == "CD"
            && (form == "congo" || form.starts_with("congol") || form.starts_with("kongo"))
            && (besides("CG") && !besides("CD")
                || span.first > 0 && reading.text.form(span.first - 1) == "brazzaville") =>
        {
            as_country("CG", sense)
        }
        "korea" | "korean" | "koreans" if besides("KP") && !besides("KR") => {
            as_country("KP", sense)
        }
        "dominican" | "dominicans" => {
            if [
                "friar", "friars", "priest", "order", "monk", "monks", "nun", "nuns", "sisters",
            ]
            .contains(&around.after)
            {
                return None;
            }
            let island = besides("DM") && !besides("DO");
            as_country(if island { "DM" } else { "DO" }, sense)
        }
        _ => decision,
    }
}

/// The words around a span, empty where the sentence ends or punctuation lies between.
struct Around<'r> {
    before: &'r str,
    after: &'r str,
    /// The word after begins with a capital.
    after_capitalised: bool,
    before_classes: Classes,
    after_classes: Classes,
    /// The span opens its sentence.
    opens: bool,
    style: Style,
}

impl<'r> Around<'r> {
    fn new(reading: &'r Reading<'_>, span: &Span) -> Around<'r> {
        let text = reading.text;
        let sentence = reading.sentence(span.first);
        let bounds = text
            .sentences
            .get(sentence)
            .map_or((0, 0), |s| (s.first as usize, s.end as usize));
        let joined = |token: usize| matches!(text.gap_before(token), " " | "-" | "‑" | "\u{A0}");
        let before =
            (span.first > bounds.0 && joined(span.first)).then(|| text.form(span.first - 1));
        let has_after = span.end < bounds.1 && joined(span.end);
        let classes = |holds: bool, token: usize| {
            if holds {
                reading.classes(token)
            } else {
                Classes::default()
            }
        };
        Around {
            before: before.unwrap_or_default(),
            after: if has_after { text.form(span.end) } else { "" },
            after_capitalised: has_after && reading.is_capitalised(span.end),
            before_classes: classes(before.is_some(), span.first.wrapping_sub(1)),
            after_classes: classes(has_after, span.end),
            opens: span.first == bounds.0,
            style: reading.style(sentence),
        }
    }
}

/// `New Guinea`, `New Jordan Market`: another place is named after it. `New` may open a sentence.
fn is_namesake(reading: &Reading<'_>, span: &Span, around: &Around<'_>) -> bool {
    around.before == "new"
        && around.style == Style::Normal
        && span.first >= 2
        && reading.is_capitalised(span.first - 1)
        && !reading
            .text
            .gap_before(span.first - 1)
            .contains(['.', '\n', '“', '"', ':'])
}

/// `Mrs. England`, `Niger Innis`: the country's name is part of a person's, who was not found.
fn is_part_of_name(reading: &Reading<'_>, span: &Span, around: &Around<'_>) -> bool {
    let first = span.first;
    let honorific = first > 0
        && matches!(reading.text.gap_before(first), " " | ". ")
        && reading.classes(first - 1).is_honorific();
    if honorific {
        return true;
    }
    let is_name = span
        .country()
        .is_some_and(|(_, sense)| sense == Sense::Name);
    // `In France Macron …` begins with a preposition, `France President …` goes on with a word
    // that is known.
    is_name
        && around.style == Style::Normal
        && reading.language != Language::GERMAN
        && around.after_capitalised
        && reading.text.gap_before(span.end) == " "
        && !reading.text.tokens[first].shape.is_possessive()
        && !reading.text.tokens[first].shape.is_uppercase()
        && !reading.text.tokens[first].shape.is_acronym()
        && !reading.text.tokens[span.end].shape.is_uppercase()
        && around.before_classes == Classes::default()
        && reading.span_at(span.end).is_none()
        && (around.after_classes.is_surname() || around.after_classes == Classes::default())
}

/// `US$`.
fn is_dollar(reading: &Reading<'_>, span: &Span) -> bool {
    reading.text.gap_before(span.end).starts_with('$')
}

/// `China Daily`, `Air France`, `University of Texas`: part of the name of a company, a paper, a
/// university. Public bodies are their country's.
fn is_label(reading: &Reading<'_>, span: &Span, around: &Around<'_>) -> bool {
    if around.after_capitalised && around.after_classes.is_commercial() {
        return true;
    }
    let commercial = |token: usize| {
        reading.is_capitalised(token)
            && reading.classes(token).is_commercial()
            && !reading.text.tokens[token].shape.is_possessive()
    };
    let first = span.first;
    let named_of = first >= 2
        && matches!(around.before, "of" | "de" | "du" | "di" | "von")
        && reading.text.gap_before(first - 1) == " "
        && commercial(first - 2);
    // The central bank, the national bank and the state's university speak for the country.
    let public = first >= 3
        && ["central", "national", "reserve", "federal", "state"]
            .contains(&reading.text.form(first - 3));
    named_of && !public || around.before == "air" && commercial(first - 1)
}

/// `GIVE US BACK`: among words in capitals the pronoun looks like the country.
fn is_pronoun(reading: &Reading<'_>, span: &Span, around: &Around<'_>) -> bool {
    const GOVERNING: &[&str] = &[
        "of", "to", "for", "with", "give", "gave", "tell", "told", "let", "help", "join", "about",
        "among", "show", "make", "made", "contact", "follow", "between", "all", "both",
    ];
    reading.text.raw(span.first) == "US"
        && GOVERNING.contains(&around.before)
        && (around.style == Style::Capitals
            || reading.text.tokens[span.first - 1].shape.is_uppercase()
                && (around.after.is_empty() || !around.before_classes.is_function()))
}

/// `in French`, `speaks Spanish`, `English-speaking`.
fn is_language(reading: &Reading<'_>, span: &Span, around: &Around<'_>) -> bool {
    if !reading.classes(span.first).is_language() {
        return false;
    }
    if around.after_classes.is_language_noun() {
        return true;
    }
    let ends = around.after.is_empty()
        || around.after == "and"
        || reading.classes(span.end).is_function() && !around.after_capitalised;
    // `Spanish and English`: the second goes with the first.
    let listed = matches!(
        around.before,
        "and" | "or" | "y" | "e" | "et" | "ou" | "o" | "und" | "oder" | "en" | "of"
    ) && span.first >= 2
        && reading.classes(span.first - 2).is_language()
        && reading.text.gap_before(span.first - 1) == " ";
    // `para o inglês`, `in het Engels`
    let with_article = matches!(around.before, "o" | "el" | "il" | "het" | "das" | "le")
        && span.first >= 2
        && ["para", "in", "ins", "en", "em", "al", "uit", "aus"]
            .contains(&reading.text.form(span.first - 2));
    // A Dutch adjective behind `het` has an ending: `het Engelse team`.
    let ends = ends || around.before == "het" && !around.after_capitalised;
    (around.before_classes.is_language_cue() || listed || with_article) && ends
}

/// `Turkey prices rose`, where turkeys are sold.
fn is_common_noun(
    reading: &Reading<'_>,
    span: &Span,
    form: &str,
    around: &Around<'_>,
    evidence: &Evidence,
) -> bool {
    if !reading.classes(span.first).is_place_noun() || !reading.is_capitalised(span.first) {
        return false;
    }
    let Some((code, _)) = span.country() else {
        return false;
    };
    evidence.nouns.contains(form) && (!evidence.besides(code, form) || around.opens)
}

/// Food and animals that are named after a country, by both words, in the order of the text.
const THINGS: &[(&str, &str)] = &[
    ("jersey", "cow"),
    ("jersey", "cows"),
    ("jersey", "cattle"),
    ("russian", "dressing"),
    ("afghan", "hound"),
    ("afghan", "hounds"),
    ("schweizer", "kase"),
    ("ensalada", "rusa"),
    ("ensaladilla", "rusa"),
];

/// `Afghan hound`, `ensalada rusa`; `a Jersey` alone is a cow.
fn is_thing(form: &str, around: &Around<'_>) -> bool {
    THINGS.contains(&(form, around.after))
        || THINGS.contains(&(around.before, form))
        || form == "jersey" && around.before == "a" && around.after.is_empty()
}

/// Words after `Georgia` when it is the US state.
const STATE_CUES: &[&str] = &[
    "governor",
    "gov",
    "secretary",
    "republican",
    "republicans",
    "democrat",
    "democrats",
    "voter",
    "voters",
    "senate",
    "house",
    "legislature",
    "lawmakers",
    "rep",
    "sen",
    "senator",
    "congresswoman",
    "congressman",
    "county",
    "peach",
    "peaches",
    "runoff",
    "law",
];

fn is_us_state(
    reading: &Reading<'_>,
    span: &Span,
    around: &Around<'_>,
    evidence: &Evidence,
) -> bool {
    if matches!(around.before, "of" | "the") && span.first >= 2 {
        match reading.text.form(span.first - 2) {
            "state" => return true,
            "country" | "republic" => return false,
            _ => {}
        }
    }
    let at = reading
        .spans
        .partition_point(|other| other.first < span.first);
    let before = at.checked_sub(1).and_then(|at| reading.spans.get(at));
    let after = reading.spans.get(at + 1);
    // `Macon, Georgia`, `Florida and Georgia`
    let in_us = |other: &Span, sense| {
        let us = other.country().filter(|(code, _)| code.as_str() == "US");
        us.is_some_and(|(_, found)| found == sense)
    };
    let joined = |left: &Span, right: &Span| {
        let and = right.first == left.end + 1 && reading.text.form(left.end) == "and";
        and || right.first == left.end && reading.text.gap_before(right.first) == ", "
    };
    // `Athens, Georgia`
    let city = |before: &Span| {
        let place = before.country().filter(|(_, sense)| *sense == Sense::Place);
        place.is_some_and(|(code, _)| code.as_str() != "GE")
            && before.end == span.first
            && reading.text.gap_before(span.first) == ", "
            && !reading.text.tokens[span.first].shape.is_possessive()
            && !around.after_classes.is_saying()
    };
    let beside = before.is_some_and(|before| {
        city(before)
            || joined(before, span) && (in_us(before, Sense::Region) || in_us(before, Sense::Place))
    }) || after
        .is_some_and(|after| joined(span, after) && in_us(after, Sense::Region));
    beside || STATE_CUES.contains(&around.after) || evidence.peach_state
}
