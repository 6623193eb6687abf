//! A search as a plain value: what a command line, an HTTP request or a test asks for.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Most hits that one search returns. Each is read from the document store and cut into a
/// snippet, so an answer of this size takes seconds; whoever wants more pages through them.
pub const LIMIT_MAX: usize = 10_000;

/// A search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SearchRequest {
    /// The query as typed; empty finds everything.
    pub query: String,
    /// People the article must name, by any form of their names.
    pub person: Vec<String>,
    /// Countries the article must name, by code or by name in any language.
    pub country: Vec<String>,
    /// Outlets the article must be from.
    pub source: Vec<String>,
    /// Languages the article must be in (ISO 639-1).
    pub language: Vec<String>,
    /// Fields of which one value suffices; of the others the article must have all values.
    /// Sources and languages are always in this mode, because an article has one of each.
    pub any: BTreeSet<FacetField>,
    /// First day, month or year of publication that is wanted (`2026-02-03`, `2026-02`, `2026`), or
    /// a time before today (`7d`).
    pub since: Option<String>,
    /// Last day, month or year that is wanted, inclusive.
    pub until: Option<String>,
    /// The day that times such as `since:7d` are counted back from (`2026-02-03`).
    pub today: Option<String>,
    /// Whether regular expressions in the query count: they can take long.
    pub regex: bool,
    /// Order of the hits.
    pub sort: Sort,
    /// Hits to return at most, up to [`LIMIT_MAX`]; 0 returns counts only.
    pub limit: usize,
    /// Hits to pass over.
    pub offset: usize,
    /// Facets to count. A field that is asked for twice counts once, with the larger limit.
    pub facets: Vec<FacetRequest>,
}

impl Default for SearchRequest {
    fn default() -> SearchRequest {
        SearchRequest {
            query: String::new(),
            person: Vec::new(),
            country: Vec::new(),
            source: Vec::new(),
            language: Vec::new(),
            any: BTreeSet::new(),
            since: None,
            until: None,
            today: None,
            regex: false,
            sort: Sort::Relevance,
            limit: 10,
            offset: 0,
            facets: Vec::new(),
        }
    }
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best match first; ties newest first.
    #[default]
    Relevance,
    /// Newest first; undated last.
    Newest,
    /// Oldest first; undated last.
    Oldest,
}

/// A field whose values can be filtered by and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FacetField {
    /// People, by canonical full name.
    Person,
    /// Countries, by ISO 3166-1 alpha-2 code.
    Country,
    /// Organisations.
    Organisation,
    /// Places that are no countries.
    Place,
    /// Outlets.
    Source,
    /// Authors.
    Author,
    /// Languages, by ISO 639-1 code.
    Language,
    /// Desks or rubrics.
    Section,
}

/// A facet to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetRequest {
    /// The field.
    pub field: FacetField,
    /// Values to return at most, the most frequent first; `None` returns all.
    pub limit: Option<usize>,
}
