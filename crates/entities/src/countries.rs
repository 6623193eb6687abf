//! The country table: names, codes and demonyms of the countries of ISO 3166-1.
//!
//! What a name means in a running text is decided elsewhere; here a name stands alone.

mod continents;
mod inflect;
mod table;

use std::sync::LazyLock;

use dateline_corpus::{CountryCode, Language, analysis};
use rustc_hash::FxHashMap;

pub use continents::{Continent, continent};
pub(crate) use table::{COUNTRIES, Sense};

/// The country that a code, name, official name, alias, demonym or adjective means.
///
/// Codes are alpha-2 or alpha-3, names those of English and the languages of the table, all in
/// any case, with or without accents: `CO`, `col`, `Colombie` and `colombian` are one country.
/// Cities and seats of power are not looked up.
pub fn lookup(name: &str) -> Option<CountryCode> {
    let folded = folded(name);
    BY_NAME
        .get(folded.strip_prefix("the ").unwrap_or(&folded))
        .copied()
}

/// The English display name (CLDR): `Colombia`, `United States`, `Palestine`.
pub fn name(code: CountryCode) -> Option<&'static str> {
    COUNTRIES
        .binary_search_by_key(&code, |country| country.code)
        .ok()
        .map(|at| COUNTRIES[at].name)
}

/// All names of a country: display name, official name and others, in all languages of the table.
pub fn names(code: CountryCode) -> impl Iterator<Item = &'static str> {
    let at = COUNTRIES.binary_search_by_key(&code, |country| country.code);
    let labels = at.map_or(&[][..], |at| &COUNTRIES[at].labels).iter();
    let names = labels.filter(|label| label.sense == Sense::Name);
    names.map(|label| label.text.as_str())
}

/// A longer name is no misspelt country. The longest names of the table stay below it.
const SUGGEST_CHARS_MAX: usize = 64;

/// The countries whose names come nearest to a name that none has, best first, three at most.
/// Empty when nothing is near, or when the name is longer than 64 characters.
pub fn suggest(name: &str) -> Vec<(CountryCode, &'static str)> {
    if name.chars().nth(SUGGEST_CHARS_MAX).is_some() {
        return Vec::new();
    }
    let wanted = folded(name);
    let length = wanted.chars().count();
    // A third of the letters may be wrong; more would suggest anything.
    let distance_max = (length / 3).clamp(1, 4);
    let mut near: Vec<(usize, CountryCode, &'static str)> = Vec::new();
    for (country, labels) in COUNTRIES.iter().zip(FOLDED.iter()) {
        let distances = labels
            .iter()
            .filter(|(chars, _)| chars.abs_diff(length) <= distance_max)
            .map(|(_, label)| strsim::osa_distance(&wanted, label));
        if let Some(distance) = distances.min().filter(|distance| *distance <= distance_max) {
            near.push((distance, country.code, country.name));
        }
    }
    near.sort();
    near.into_iter()
        .take(3)
        .map(|(_, code, name)| (code, name))
        .collect()
}

/// All countries with their display names, by code.
pub fn all() -> impl Iterator<Item = (CountryCode, &'static str)> {
    COUNTRIES.iter().map(|country| (country.code, country.name))
}

/// For each country the folded names and demonyms, with their lengths in characters.
static FOLDED: LazyLock<Vec<Vec<(usize, String)>>> = LazyLock::new(|| {
    let folded = |country: &table::Country| {
        let labels = country.labels.iter();
        labels
            .filter(|label| label.sense <= Sense::Demonym)
            .map(|label| folded(&label.text))
            .map(|label| (label.chars().count(), label))
            .collect()
    };
    COUNTRIES.iter().map(folded).collect()
});

static BY_NAME: LazyLock<FxHashMap<String, CountryCode>> = LazyLock::new(|| {
    let mut labels: Vec<(bool, Sense, String, CountryCode)> = Vec::new();
    for country in COUNTRIES.iter() {
        for label in country
            .labels
            .iter()
            .filter(|label| label.sense <= Sense::Demonym)
        {
            labels.push((
                label.language.is_some(),
                label.sense,
                folded(&label.text),
                country.code,
            ));
        }
    }
    // English wins over other languages, names over demonyms, as in `Niger` and its neighbours.
    labels.sort();
    let codes = COUNTRIES.iter().flat_map(|country| {
        let codes = [country.code.as_str(), country.alpha3];
        codes.map(|code| (code.to_ascii_lowercase(), country.code))
    });
    let mut by_name: FxHashMap<String, CountryCode> = codes.collect();
    for (_, _, label, code) in labels {
        by_name.entry(label).or_insert(code);
    }
    // The Dominican Republic has eleven million people, Dominica seventy thousand.
    for demonym in ["dominican", "dominicans"] {
        by_name.extend(CountryCode::new("DO").map(|code| (demonym.to_owned(), code)));
    }
    by_name
});

/// The folded words of a name, so that hyphens, dots and apostrophes do not matter.
fn folded(name: &str) -> String {
    let words: Vec<String> = analysis::words(name)
        .into_iter()
        .map(|(_, _, form)| form)
        .collect();
    words.join(" ")
}

/// The code of a country that is named in this crate's rules.
pub(crate) fn code(code: &'static str) -> Option<CountryCode> {
    CountryCode::new(code)
}

/// Whether the table has names for texts of a language that begin with no capital.
pub(crate) fn has_language(language: Language) -> bool {
    matches!(
        language.code(),
        "es" | "fr" | "pt" | "de" | "it" | "nl" | "ar" | "ta"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: &[(&str, &[&str])] = &[
        (
            "CO",
            &[
                "CO",
                "co",
                "COL",
                "Colombia",
                "colombie",
                "Kolumbien",
                "Republic of Colombia",
                "colombian",
                "Colombians",
                "colombiana",
                "kolumbianische",
            ],
        ),
        (
            "US",
            &[
                "US",
                "us",
                "U.S.",
                "USA",
                "United States",
                "the United States",
                "America",
                "EE. UU.",
                "Estados Unidos",
                "États-Unis",
                "etats unis",
                "Vereinigte Staaten",
                "americano",
            ],
        ),
        (
            "CD",
            &[
                "DRC",
                "DR Congo",
                "Democratic Republic of the Congo",
                "Congo-Kinshasa",
                "cod",
            ],
        ),
        (
            "CG",
            &[
                "Congo-Brazzaville",
                "Republic of the Congo",
                "congo brazzaville",
            ],
        ),
        (
            "CI",
            &[
                "Ivory Coast",
                "Côte d'Ivoire",
                "Côte d’Ivoire",
                "Elfenbeinküste",
            ],
        ),
        ("NE", &["Niger", "Nigerien", "NER"]),
        ("NG", &["Nigeria", "Nigerian", "nigérian"]),
        ("GB", &["UK", "U.K.", "Britain", "England", "britannique"]),
        ("TR", &["Turkey", "Türkiye", "turkiye", "Turquía"]),
        ("MK", &["North Macedonia", "Macedonia"]),
        (
            "PS",
            &[
                "Palestine",
                "Palestinian",
                "Palestinian Territories",
                "Palästina",
            ],
        ),
        ("DO", &["Dominican Republic", "Dominican"]),
        ("DM", &["Dominica"]),
        ("XK", &["Kosovo"]),
        (
            "BA",
            &["Bosnia", "Bosnia and Herzegovina", "Bosnia & Herzegovina"],
        ),
        ("KN", &["Saint Kitts and Nevis", "St. Kitts & Nevis"]),
    ];

    #[test]
    fn one_country_has_many_names() {
        for (code, names) in NAMES {
            for name in *names {
                assert_eq!(lookup(name), code_of(code), "{name}");
            }
        }
    }

    #[test]
    fn nothing_else_is_a_country() {
        for name in [
            "",
            " ",
            "Atlantis",
            "Bogotá",
            "Kremlin",
            "XX",
            "zzz",
            "Latin America",
        ] {
            assert_eq!(lookup(name), None, "{name}");
        }
    }

    #[test]
    fn display_names_are_those_of_cldr() {
        for (code, expected) in [
            ("CO", "Colombia"),
            ("US", "United States"),
            ("CI", "Côte d’Ivoire"),
            ("CZ", "Czechia"),
            ("TR", "Türkiye"),
            ("PS", "Palestine"),
            ("HK", "Hong Kong"),
        ] {
            assert_eq!(code_of(code).and_then(name), Some(expected));
        }
        assert_eq!(code_of("ZZ").and_then(name), None);
    }

    #[test]
    fn misspelt_names_are_suggested() {
        for (misspelt, code) in [
            ("Columbia", "CO"),
            ("Equador", "EC"),
            ("Venezuala", "VE"),
            ("Kazakstan", "KZ"),
            ("Phillipines", "PH"),
            ("Untied States", "US"),
            ("cote divoire", "CI"),
        ] {
            let codes: Vec<String> = suggest(misspelt)
                .iter()
                .map(|(c, _)| c.to_string())
                .collect();
            assert!(codes.contains(&code.to_owned()), "{misspelt}: {codes:?}");
        }
        assert!(suggest("Xyzzyplugh").is_empty());
    }

    #[test]
    fn no_name_of_the_table_is_too_long_to_be_suggested() {
        let longest = FOLDED.iter().flatten().map(|(chars, _)| *chars).max();
        assert!(
            longest.is_some_and(|chars| chars <= SUGGEST_CHARS_MAX),
            "{longest:?}"
        );
        assert!(suggest(&"Colombia ".repeat(8)).is_empty());
    }

    #[test]
    fn every_display_name_and_code_is_found_again() {
        for (code, name) in all() {
            assert_eq!(lookup(name), Some(code), "{name}");
            assert_eq!(lookup(code.as_str()), Some(code));
        }
    }

    fn code_of(code: &str) -> Option<CountryCode> {
        CountryCode::new(code)
    }

    proptest! {
        #[test]
        fn any_text_can_be_looked_up(name in ".{0,40}") {
            let _ = lookup(&name);
            prop_assert!(suggest(&name).len() <= 3);
        }
    }
}
