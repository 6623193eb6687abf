//! Parses, plans and ranks searches; counts facets; cuts snippets.
//!
//! (skeleton)

mod request;
mod response;

pub use request::{FacetField, FacetRequest, SearchRequest, Sort};
pub use response::{FacetCount, FacetCounts, Hit, SearchResponse, Snippet};
