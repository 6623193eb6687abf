//! Parses, plans and ranks searches; counts facets; cuts snippets.
//!
//! (skeleton)

mod error;
mod request;
mod response;
mod searcher;
mod stats;

pub use error::QueryError;
pub use request::{FacetField, FacetRequest, LIMIT_MAX, SearchRequest, Sort};
pub use response::{FacetCount, FacetCounts, Hit, SearchResponse, Snippet};
pub use searcher::Searcher;
pub use stats::Stats;
