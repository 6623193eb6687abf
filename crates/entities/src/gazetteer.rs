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

/// Entries by their first word, the longest first, those of one language before general ones.
static ENTRIES: LazyLock<FxHashMap<String, Vec<Entry>>> = LazyLock::new(build);

/// Builds the table if it is not built yet.
pub(crate) fn prepare() {
    LazyLock::force(&ENTRIES);
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
        None => return None,
    };
    if entry.abbreviation && in_capitals && !SAFE_IN_CAPITALS.contains(&form) {
        return None;
    }
    Some(Span {
        first: token,
        end: token + 1 + entry.rest.len(),
        meaning: entry.meaning,
    })
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
    ENTRIES
        .get(&first)?
        .iter()
        .find(named)
        .map(|entry| entry.name)
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

/// Whether a token may continue a name: only blanks, hyphens, dots and apostrophes lie between.
/// A comma is part of one name only: `Washington, D.C.`
fn connects(text: &Text<'_>, token: usize) -> bool {
    let gap = text.gap_before(token);
    let joins = |c: char| matches!(c, ' ' | '\u{A0}' | '-' | '‑' | '–' | '.' | '\'' | '’' | '&');
    gap == " " || gap.chars().all(joins) || gap == ", " && text.form(token) == "dc"
}

fn build() -> FxHashMap<String, Vec<Entry>> {
    let mut entries: FxHashMap<String, Vec<Entry>> = FxHashMap::default();
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
            add(&mut entries, &label.text, &label.text, scope, meaning);
        }
    }
    for line in lexicon::entries(ORGANISATIONS) {
        let name = line.split("; ").next().unwrap_or(line);
        for alias in line.split("; ") {
            add(&mut entries, alias, name, Scope::All, Meaning::Organisation);
        }
    }
    for name in lexicon::entries(REGIONS) {
        add(&mut entries, name, name, Scope::All, Meaning::Region);
    }
    for name in lexicon::entries(NOT_COUNTRIES) {
        add(&mut entries, name, name, Scope::All, Meaning::Nothing);
    }
    for entries in entries.values_mut() {
        entries.sort_by_key(|entry| (std::cmp::Reverse(entry.rest.len()), entry.scope));
    }
    entries
}

fn add(
    entries: &mut FxHashMap<String, Vec<Entry>>,
    written: &'static str,
    name: &'static str,
    scope: Scope,
    meaning: Meaning,
) {
    let words = analysis::words(written);
    let capitals = words
        .iter()
        .map(|(start, _, _)| written[*start..].starts_with(char::is_uppercase))
        .collect();
    let mut forms = words.into_iter().map(|(_, _, form)| form);
    let Some(first) = forms.next() else { return };
    let rest: Vec<String> = forms.collect();
    let abbreviation = rest.is_empty()
        && (2..=6).contains(&written.len())
        && written
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'.');
    entries.entry(first).or_default().push(Entry {
        rest,
        capitals,
        abbreviation,
        scope,
        meaning,
        name,
    });
}
