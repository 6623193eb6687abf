//! Finds the names of countries, cities, seats of power and well-known organisations in a text:
//! the longest name that begins at a word.
//!
//! What an ambiguous name means is decided later, with the whole article in view.

use std::sync::LazyLock;

use dateline_corpus::analysis::{self, Text};
use dateline_corpus::{CountryCode, Language};
use rustc_hash::FxHashMap;

use crate::countries::{COUNTRIES, Sense};
use crate::lexicon;

const ORGANISATIONS: &str = include_str!("../data/organisations.txt");
const REGIONS: &str = include_str!("../data/regions.txt");
const NOT_COUNTRIES: &str = include_str!("../data/not-countries.txt");
const SHARED_NAMES: &str = include_str!("../data/shared-names.txt");

/// Abbreviations that stay what they are when a whole line is in capitals.
const SAFE_IN_CAPITALS: &[&str] = &[
    "us", "usa", "uk", "uae", "un", "eu", "nato", "drc", "eeuu", "eua",
];

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Country(CountryCode, Sense),
    Organisation,
    /// A continent, sea or river.
    Region,
    /// Holds the name of a country and means none.
    Nothing,
}

/// A name found in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    /// Its first token.
    pub(crate) first: usize,
    /// The token after its last.
    pub(crate) end: usize,
    pub(crate) meaning: Meaning,
    /// Its place in the list of names that several countries share.
    shared: Option<u16>,
}

impl Span {
    pub(crate) fn is_single(&self) -> bool {
        self.end == self.first + 1
    }

    pub(crate) fn country(&self) -> Option<(CountryCode, Sense)> {
        match self.meaning {
            Meaning::Country(code, sense) => Some((code, sense)),
            _ => None,
        }
    }

    /// The countries that share the name, when several do.
    pub(crate) fn shared(&self) -> Option<&'static Shared> {
        SHARED.get(usize::from(self.shared?))
    }
}

/// A name that several countries share.
pub(crate) struct Shared {
    /// The commonest bearer first.
    pub(crate) codes: Vec<CountryCode>,
    /// Whether the first is meant when the article names none of them.
    pub(crate) has_default: bool,
    /// A body of the state, such as a senate; else a place.
    pub(crate) is_institution: bool,
    name: &'static str,
}

struct Entry {
    /// The folded words after the first.
    rest: Vec<String>,
    /// Whether each word, the first included, must begin with a capital.
    capitals: Vec<bool>,
    /// A word in capitals, which must stand so in the text.
    abbreviation: bool,
    /// The languages it is used in.
    scope: Scope,
    meaning: Meaning,
    name: &'static str,
    /// It counts behind a capitalised word and a comma only: `Waltham, Mass.`
    behind_comma: bool,
    shared: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    Only(Language),
    All,
}

impl Scope {
    fn holds(self, language: Language) -> bool {
        match self {
            Scope::Only(only) => only == language,
            Scope::All => true,
        }
    }
}

/// Entries by their first word: the longest first, then those that countries share, then those of
/// one language.
static ENTRIES: LazyLock<FxHashMap<String, Vec<Entry>>> = LazyLock::new(build);

static SHARED: LazyLock<Vec<Shared>> = LazyLock::new(|| parse_shared(SHARED_NAMES));

/// Single words of languages with many cases, by their stems.
static STEMS: LazyLock<FxHashMap<(Language, String), Entry>> = LazyLock::new(build_stems);

/// Builds the table if it is not built yet.
pub(crate) fn prepare() {
    LazyLock::force(&ENTRIES);
    LazyLock::force(&STEMS);
}

/// Whether a name may begin with a word; where names have cases, with any word.
pub(crate) fn begins(form: &str, language: Language) -> bool {
    let genitive = || {
        form.strip_suffix('s')
            .is_some_and(|form| ENTRIES.contains_key(form))
    };
    ENTRIES.contains_key(form) || genitive() || is_inflected(language)
}

/// The longest name that begins at `token` and ends before `end`.
pub(crate) fn longest(
    text: &Text<'_>,
    token: usize,
    end: usize,
    language: Language,
    in_capitals: bool,
) -> Option<Span> {
    let form = text.form(token);
    let entry = match find(text, token, end, language, form) {
        Some(entry) => entry,
        // German marks the genitive without an apostrophe.
        None if language == Language::GERMAN && form.len() > 4 => {
            find(text, token, end, language, form.strip_suffix('s')?)
                .filter(|entry| entry.rest.is_empty())?
        }
        None if is_inflected(language) => find_stem(text, token, language)?,
        None => return None,
    };
    if entry.abbreviation && in_capitals && !SAFE_IN_CAPITALS.contains(&form) {
        return None;
    }
    Some(Span {
        first: token,
        end: token + 1 + entry.rest.len(),
        meaning: entry.meaning,
        shared: entry.shared,
    })
}

/// Languages of the table that mark cases on names.
const INFLECTED: &[&str] = &["da", "fi", "hu", "nb", "ro", "ru", "sv", "tr"];

fn is_inflected(language: Language) -> bool {
    INFLECTED.contains(&language.code())
}

/// `России`, `Suomessa`: the case of a name is dropped by the stemmer of the language.
fn find_stem(text: &Text<'_>, token: usize, language: Language) -> Option<&'static Entry> {
    let stem = text.stem(token);
    // A short stem is that of too many words.
    if stem.chars().nth(3).is_none() || !text.tokens[token].shape.is_capitalised() {
        return None;
    }
    STEMS.get(&(language, stem.to_owned()))
}

/// The name that the table shows for a city or organisation, by any of its names.
pub(crate) fn canonical(surface: &str, language: Language) -> Option<&'static str> {
    let mut forms = analysis::words(surface)
        .into_iter()
        .map(|(_, _, form)| form);
    let first = forms.next()?;
    let rest: Vec<String> = forms.collect();
    let named = |entry: &&Entry| {
        entry.rest == rest && entry.scope.holds(language) && entry.meaning != Meaning::Nothing
    };
    let entries = ENTRIES.get(&first)?.iter().filter(named);
    // A public body may stand in the country table, too, by each of its names.
    entries
        .min_by_key(|entry| entry.meaning != Meaning::Organisation)
        .map(|entry| entry.name)
}

/// The country that the name of a country, region, city or seat of power means when nothing
/// stands around it, in any case and in any language of the table.
pub(crate) fn country_of_place(name: &str) -> Option<CountryCode> {
    let mut forms = analysis::words(name).into_iter().map(|(_, _, form)| form);
    let first = forms.next()?;
    let rest: Vec<String> = forms.collect();
    let mut entries = ENTRIES
        .get(&first)?
        .iter()
        .filter(|entry| entry.rest == rest);
    let place = |entry: &Entry| match (entry.meaning, entry.shared) {
        (Meaning::Country(_, Sense::Demonym), _) => None,
        (Meaning::Country(..), Some(at)) => SHARED
            .get(usize::from(at))
            .filter(|shared| shared.has_default)
            .and_then(|shared| shared.codes.first().copied()),
        (Meaning::Country(code, _), None) => Some(code),
        _ => None,
    };
    entries.find_map(place)
}

/// Whether the table knows a city of a span's name in a country.
pub(crate) fn is_in(text: &Text<'_>, city: &Span, code: CountryCode) -> bool {
    let shared = city.shared();
    let same = |entry: &&Entry| {
        let mut rest = entry.rest.iter().enumerate();
        entry.rest.len() + 1 == city.end - city.first
            && rest.all(|(at, word)| text.form(city.first + 1 + at) == word)
    };
    shared.is_some_and(|shared| shared.codes.contains(&code))
        || ENTRIES.get(text.form(city.first)).is_some_and(|entries| {
            let mut entries = entries.iter().filter(same);
            entries.any(|entry| entry.meaning == Meaning::Country(code, Sense::Place))
        })
}

fn find(
    text: &Text<'_>,
    token: usize,
    end: usize,
    language: Language,
    form: &str,
) -> Option<&'static Entry> {
    ENTRIES.get(form)?.iter().find(|entry| {
        entry.scope.holds(language)
            && token + entry.rest.len() < end
            && is_written_as(entry, text, token)
            && (!entry.behind_comma || is_behind_comma(entry, text, token))
            && entry.rest.iter().enumerate().all(|(at, word)| {
                text.form(token + 1 + at) == word && connects(text, token + 1 + at)
            })
    })
}

fn is_written_as(entry: &Entry, text: &Text<'_>, token: usize) -> bool {
    let shape = |at: usize| text.tokens[token + at].shape;
    if entry.abbreviation && !(shape(0).is_uppercase() || shape(0).is_acronym()) {
        return false;
    }
    let mut capitals = entry.capitals.iter().enumerate();
    capitals.all(|(at, &capital)| !capital || shape(at).is_capitalised())
}

/// `Waltham, Mass.` and `Austin, TX`, but not `Madrid, La Liga`: what is written with a dot must
/// have one, or a comma in its place.
fn is_behind_comma(entry: &Entry, text: &Text<'_>, token: usize) -> bool {
    let end = token + 1 + entry.rest.len();
    text.gap_before(token) == ", "
        && token
            .checked_sub(1)
            .is_some_and(|before| text.tokens[before].shape.is_capitalised())
        && (entry.abbreviation || text.gap_before(end).starts_with(['.', ',']))
}

/// Whether a token may continue a name: only blanks, hyphens, dots and apostrophes lie between.
/// A possessive may lie between, too: `People's Bank of China`. A comma is part of one name only:
/// `Washington, D.C.`
fn connects(text: &Text<'_>, token: usize) -> bool {
    let gap = text.gap_before(token);
    let joins = |c: char| matches!(c, ' ' | '\u{A0}' | '-' | '‑' | '–' | '.' | '\'' | '’' | '&');
    gap == " "
        || gap.chars().all(joins)
        || matches!(gap, "'s " | "’s ")
        || gap == ", " && text.form(token) == "dc"
}

fn build() -> FxHashMap<String, Vec<Entry>> {
    let mut entries: FxHashMap<String, Vec<Entry>> = FxHashMap::default();
    let mut add = |entry: Option<(String, Entry)>| {
        if let Some((first, entry)) = entry {
            entries.entry(first).or_default().push(entry);
        }
    };
    // The first of two entries of the same words wins.
    for (at, shared) in SHARED.iter().enumerate() {
        let sense = match shared.is_institution {
            true => Sense::Metonym,
            false => Sense::Place,
        };
        let meaning = Meaning::Country(shared.codes[0], sense);
        add(
            entry(shared.name, shared.name, Scope::All, meaning).map(|(first, entry)| {
                let shared = u16::try_from(at).ok();
                (first, Entry { shared, ..entry })
            }),
        );
    }
    for country in COUNTRIES.iter() {
        for label in &country.labels {
            let meaning = Meaning::Country(country.code, label.sense);
            let scope = match label.language {
                Some(language) => Scope::Only(language),
                None if label.sense == Sense::Demonym || label.text == "America" => {
                    Scope::Only(Language::ENGLISH)
                }
                None => Scope::All,
            };
            let name = label.long.unwrap_or(&label.text);
            add(
                entry(&label.text, name, scope, meaning).map(|(first, entry)| {
                    let behind_comma = label.long.is_some();
                    (
                        first,
                        Entry {
                            behind_comma,
                            ..entry
                        },
                    )
                }),
            );
        }
    }
    for line in lexicon::entries(ORGANISATIONS) {
        let name = line.split("; ").next().unwrap_or(line);
        for alias in line.split("; ") {
            add(entry(alias, name, Scope::All, Meaning::Organisation));
        }
    }
    for name in lexicon::entries(REGIONS) {
        add(entry(name, name, Scope::All, Meaning::Region));
    }
    for name in lexicon::entries(NOT_COUNTRIES) {
        add(entry(name, name, Scope::All, Meaning::Nothing));
    }
    for entries in entries.values_mut() {
        entries.sort_by_key(|entry| {
            let of_one = entry.shared.is_none();
            (std::cmp::Reverse(entry.rest.len()), of_one, entry.scope)
        });
    }
    entries
}

/// An entry and the first of its words; `None` for a name without words.
fn entry(
    written: &'static str,
    name: &'static str,
    scope: Scope,
    meaning: Meaning,
) -> Option<(String, Entry)> {
    let words = analysis::words(written);
    let capitals = words
        .iter()
        .map(|(start, _, _)| written[*start..].starts_with(char::is_uppercase))
        .collect();
    let mut forms = words.into_iter().map(|(_, _, form)| form);
    let first = forms.next()?;
    let rest: Vec<String> = forms.collect();
    let abbreviation = rest.is_empty()
        && (2..=6).contains(&written.len())
        && written
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'.');
    let entry = Entry {
        rest,
        capitals,
        abbreviation,
        scope,
        meaning,
        name,
        behind_comma: false,
        shared: None,
    };
    Some((first, entry))
}

fn build_stems() -> FxHashMap<(Language, String), Entry> {
    let mut stems = FxHashMap::default();
    for country in COUNTRIES.iter() {
        for label in &country.labels {
            let languages = match label.language {
                Some(language) => vec![language],
                // English names are those of many languages, where they take cases, too.
                None if label.sense <= Sense::Name => INFLECTED
                    .iter()
                    .filter_map(|tag| Language::from_tag(tag))
                    .collect(),
                None => continue,
            };
            for language in languages
                .into_iter()
                .filter(|language| is_inflected(*language))
            {
                let meaning = Meaning::Country(country.code, label.sense);
                let found = entry(&label.text, &label.text, Scope::Only(language), meaning);
                if let Some((form, entry)) = found.filter(|(_, entry)| entry.rest.is_empty()) {
                    let stem = analysis::stem(&form, language);
                    stems.entry((language, stem)).or_insert(entry);
                }
            }
        }
    }
    stems
}

/// Lines that do not follow the format are left out; a test reads the shipped list and finds none.
fn parse_shared(list: &'static str) -> Vec<Shared> {
    let mut shared = Vec::new();
    let mut is_institution = false;
    for line in lexicon::entries(list) {
        match line {
            "[place]" => is_institution = false,
            "[institution]" => is_institution = true,
            _ => shared.extend(parse_shared_line(line, is_institution)),
        }
    }
    shared
}

/// `Granada: ES NI`, `Toledo: - ES US`
fn parse_shared_line(line: &'static str, is_institution: bool) -> Option<Shared> {
    let (name, codes) = line.split_once(": ")?;
    let bare = codes.strip_prefix("- ");
    let codes: Option<Vec<CountryCode>> = bare
        .unwrap_or(codes)
        .split(' ')
        .map(CountryCode::new)
        .collect();
    Some(Shared {
        codes: codes?,
        has_default: bare.is_none(),
        is_institution,
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_shared_names_is_read() {
        let lines = lexicon::entries(SHARED_NAMES).filter(|line| !line.starts_with('['));
        for line in lines {
            let shared = parse_shared_line(line, false);
            let known = |code: &CountryCode| crate::countries::name(*code).is_some();
            assert!(
                shared.is_some_and(|shared| shared.codes.iter().all(known)),
                "{line}"
            );
        }
    }
}
