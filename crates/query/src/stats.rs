//! What an index holds, in numbers.

use serde::Serialize;

use crate::FacetCounts;

/// The contents of an index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Files they were read from.
    pub files: u64,
    /// Records of those files that were skipped.
    pub skipped: u64,
    /// Articles by language.
    pub languages: FacetCounts,
    /// Day of the earliest article that has a date.
    pub first: Option<String>,
    /// Day of the latest article that has a date.
    pub last: Option<String>,
    /// Articles without a date.
    pub undated: u64,
    /// Distinct people.
    pub persons: u64,
    /// Distinct countries.
    pub countries: u64,
    /// Distinct organisations.
    pub organisations: u64,
    /// Distinct places.
    pub places: u64,
    /// Distinct outlets.
    pub sources: u64,
    /// Size of the index in bytes.
    pub bytes: u64,
    /// Segments it is made of.
    pub segments: u64,
}
