//! The country table: names, codes and demonyms of the countries of ISO 3166-1.

use dateline_corpus::CountryCode;

/// The country that a code, name, official name, alias or demonym means.
pub fn lookup(_name: &str) -> Option<CountryCode> {
    None
}

/// The English display name of a country.
pub fn name(_code: CountryCode) -> Option<&'static str> {
    None
}

/// The countries whose names are nearest to a misspelt one, best first.
pub fn suggest(_name: &str) -> Vec<(CountryCode, &'static str)> {
    Vec::new()
}

/// All countries with their display names, by code.
pub fn all() -> impl Iterator<Item = (CountryCode, &'static str)> {
    std::iter::empty()
}
