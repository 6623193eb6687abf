//! The country table: names, codes and demonyms of the countries of ISO 3166-1.
//!
//! What a name means in a running text is decided elsewhere; here a name stands alone.

mod inflect;
mod table;

use std::sync::LazyLock;

use dateline_corpus::{CountryCode, Language, analysis};
use rustc_hash::FxHashMap;

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

/// The countries whose names come nearest to a name that none has, best first, three at most.
/// Empty when nothing is near.
pub fn suggest(name: &str) -> Vec<(CountryCode, &'static str)> {
    let wanted = folded(name);
    // A third of the letters may be wrong; more would suggest anything.
    let distance_max = (wanted.chars().count() / 3).clamp(1, 4);
    let mut near: Vec<(usize, CountryCode, &'static str)> = Vec::new();
    for country in COUNTRIES.iter() {
        let labels = country
            .labels
            .iter()
            .filter(|label| label.sense <= Sense::Demonym);
        let distance = labels
            .map(|label| edit_distance(&wanted, &folded(&label.text)))
            .min();
        if let Some(distance) = distance.filter(|distance| *distance <= distance_max) {
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

/// Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours.
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let substituted = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substituted.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

/// The code of a country that is named in this crate's rules.
pub(crate) fn code(code: &'static str) -> Option<CountryCode> {
    CountryCode::new(code)
}

/// Whether the table has names in a language other than English.
pub(crate) fn has_language(language: Language) -> bool {
    matches!(language.code(), "es" | "fr" | "pt" | "de" | "it" | "nl")
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
        fn edit_distance_is_symmetric_and_zero_only_for_equals(a in "[a-d]{0,6}", b in "[a-d]{0,6}") {
            prop_assert_eq!(edit_distance(&a, &b), edit_distance(&b, &a));
            prop_assert_eq!(edit_distance(&a, &b) == 0, a == b);
        }

        #[test]
        fn any_text_can_be_looked_up(name in ".{0,40}") {
            let _ = lookup(&name);
            prop_assert!(suggest(&name).len() <= 3);
        }
    }
}
