//! Reads the country table: one readable block per country.

use std::sync::LazyLock;

use dateline_corpus::{CountryCode, Language};

use super::inflect;

const TABLE: &str = include_str!("../../data/countries.txt");
const NAMES: &str = include_str!("../../data/country-names.txt");

/// What a name of the table is to its country; the order is that of precedence where two
/// countries share a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sense {
    /// The display name, the official name or another name of the country.
    Name,
    /// A demonym or adjective.
    Demonym,
    /// The capital, another city, a landscape.
    Place,
    /// A state or province; it tells which of two cities is meant.
    Region,
    /// A seat of power.
    Metonym,
}

pub(crate) struct Country {
    pub(crate) code: CountryCode,
    pub(crate) alpha3: &'static str,
    pub(crate) name: &'static str,
    pub(crate) labels: Vec<Label>,
}

/// A name of the table.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) sense: Sense,
    /// The language whose texts use it; `None` for those of English and of all languages.
    pub(crate) language: Option<Language>,
    /// What the name is short for: `Calif.` for `California`. It counts behind a comma only.
    pub(crate) long: Option<&'static str>,
}

/// All countries, by code.
pub(crate) static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let mut countries = parse(TABLE);
    add_names(&mut countries, NAMES);
    countries
});

/// Lines that do not follow the format are left out; a test reads the shipped table and finds
/// none.
fn parse(table: &'static str) -> Vec<Country> {
    let mut countries: Vec<Country> = Vec::new();
    for line in crate::lexicon::entries(table) {
        match line.strip_prefix("  ") {
            None => countries.extend(parse_header(line)),
            Some(line) => {
                if let (Some(country), Some(labels)) = (countries.last_mut(), parse_labels(line)) {
                    country.labels.extend(labels);
                }
            }
        }
    }
    countries.sort_by_key(|country| country.code);
    countries
}

/// Adds the names in further languages.
fn add_names(countries: &mut [Country], names: &'static str) {
    for (code, label) in crate::lexicon::entries(names)
        .filter_map(parse_names)
        .flatten()
    {
        if let Ok(at) = countries.binary_search_by_key(&code, |country| country.code) {
            countries[at].labels.push(label);
        }
    }
}

/// `DE da: Tyskland; fi: Saksa`
fn parse_names(line: &'static str) -> Option<impl Iterator<Item = (CountryCode, Label)>> {
    let (code, names) = line.split_once(' ')?;
    let code = CountryCode::new(code)?;
    let named = move |name: &'static str| {
        let (tag, text) = name.split_once(": ")?;
        let label = Label {
            text: text.to_owned(),
            sense: Sense::Name,
            language: Some(Language::from_tag(tag)?),
            long: None,
        };
        Some((code, label))
    };
    Some(names.split("; ").filter_map(named))
}

fn parse_header(line: &'static str) -> Option<Country> {
    let mut fields = line.splitn(3, ' ');
    let code = CountryCode::new(fields.next()?)?;
    let alpha3 = fields.next()?;
    let name = fields.next()?;
    let label = Label {
        text: name.to_owned(),
        sense: Sense::Name,
        language: None,
        long: None,
    };
    Some(Country {
        code,
        alpha3,
        name,
        labels: vec![label],
    })
}

fn parse_labels(line: &'static str) -> Option<Vec<Label>> {
    let (key, values) = line.split_once(": ")?;
    let (language, kind) = match key.split_once('-') {
        Some(("historical", kind)) => (None, kind),
        Some((tag, kind)) => (Language::from_tag(tag), kind),
        None if key.len() == 2 => (Language::from_tag(key), "alias"),
        None => (None, key),
    };
    let sense = match kind {
        "official" | "alias" | "historical" => Sense::Name,
        "demonym" => Sense::Demonym,
        "capital" | "city" => Sense::Place,
        "region" | "abbreviation" => Sense::Region,
        "metonym" | "institution" => Sense::Metonym,
        _ => return None,
    };
    let labels = |value: &'static str| {
        let (short, long) = match value.split_once(" = ") {
            Some((short, long)) => (short, Some(long)),
            None => (value, None),
        };
        let forms = match (sense, language) {
            (Sense::Demonym, Some(language)) => inflect::forms(short, language),
            _ => vec![short.to_owned()],
        };
        forms.into_iter().map(move |text| Label {
            text,
            sense,
            language,
            long,
        })
    };
    Some(values.split("; ").flat_map(labels).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use dateline_corpus::analysis::fold;

    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        for line in crate::lexicon::entries(TABLE) {
            let read = match line.strip_prefix("  ") {
                None => parse_header(line).is_some(),
                Some(line) => parse_labels(line).is_some_and(|labels| !labels.is_empty()),
            };
            assert!(read, "{line}");
        }
    }

    #[test]
    fn holds_every_country_of_iso_3166_once_and_kosovo() {
        let codes: Vec<&str> = COUNTRIES.iter().map(|c| c.code.as_str()).collect();
        let mut unique = codes.clone();
        unique.dedup();
        assert_eq!(codes, unique);
        assert_eq!(codes.len(), 250);
        let mut alpha3: Vec<&str> = COUNTRIES.iter().map(|c| c.alpha3).collect();
        alpha3.sort_unstable();
        alpha3.dedup();
        assert_eq!(alpha3.len(), 250);
        assert!(alpha3.iter().all(|code| code.len() == 3));
    }

    /// Territories that nobody lives in, or whose people have no name of their own in English.
    const WITHOUT_DEMONYM: &[&str] = &["BV", "GS", "HM", "JE", "MF", "MO", "SJ", "TF", "UM", "VA"];

    #[test]
    fn every_inhabited_country_has_a_demonym() {
        for country in COUNTRIES.iter() {
            let has = country
                .labels
                .iter()
                .any(|label| label.sense == Sense::Demonym && label.language.is_none());
            let code = country.code.as_str();
            assert!(has || WITHOUT_DEMONYM.contains(&code), "{code}");
        }
    }

    #[test]
    fn every_country_has_a_name_in_each_language_of_the_table() {
        for country in COUNTRIES.iter() {
            for tag in ["es", "fr", "pt", "de", "it", "nl"] {
                let language = Language::from_tag(tag);
                let has = country
                    .labels
                    .iter()
                    .any(|label| label.sense == Sense::Name && label.language == language);
                assert!(has, "{} {tag}", country.code);
            }
        }
    }

    /// English names that two countries share on purpose; context or the order of codes decides.
    const SHARED: &[&str] = &["dominican", "dominicans"];

    #[test]
    fn no_two_countries_share_a_name_in_one_language_unless_listed() {
        let mut owners: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
        for country in COUNTRIES.iter() {
            for label in &country.labels {
                let language = label.language.map(|l| l.code().to_owned());
                owners
                    .entry((language.unwrap_or_default(), fold(&label.text)))
                    .or_default()
                    .push(country.code.as_str());
            }
        }
        let shared: Vec<_> = owners
            .into_iter()
            .filter(|((_, name), codes)| {
                codes.iter().any(|code| code != &codes[0]) && !SHARED.contains(&name.as_str())
            })
            .collect();
        assert!(shared.is_empty(), "{shared:?}");
    }
}
