//! Parses, plans and ranks searches; counts facets; cuts snippets.
//!
//! A [`SearchRequest`] goes through [`syntax`] (text → tree), the plan (tree and flags → query on
//! one snapshot of the index), matching and ranking, one collecting pass (hits, total, facet
//! counts) and comes out as a [`SearchResponse`]. Requests and responses are plain values that
//! name no search engine. How articles got into the index is not known here.

mod error;
mod request;
mod response;

pub mod syntax;

mod directory;
mod snapshot;

mod plan;

mod matching;
mod rank;

mod collect;

mod hit;
mod lookup;
mod snippet;

mod searcher;
mod stats;

pub use error::QueryError;
pub use hit::published_text;
pub use request::{FacetField, FacetRequest, LIMIT_MAX, SearchRequest, Sort};
pub use response::{FacetCount, FacetCounts, Hit, SearchResponse, Snippet};
pub use searcher::Searcher;
pub use stats::Stats;
