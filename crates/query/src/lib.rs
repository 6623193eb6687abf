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
mod explain;
mod facets;
mod periods;

mod hit;
mod lookup;
mod ranking;
mod snippet;

mod related;
mod searcher;
mod stats;
mod timeline;

pub use error::QueryError;
pub use hit::published_text;
pub use ranking::Ranking;
pub use related::{Related, RelatedRequest, RelatedValue};
pub use request::{
    FacetField, FacetOrder, FacetRequest, Interval, LIMIT_MAX, Mode, SearchRequest, Selection,
    Sort, Words,
};
pub use response::{
    Addend, FacetCount, FacetCounts, Highlights, Histogram, Hit, Period, SearchResponse, Snippet,
};
pub use searcher::Searcher;
pub use stats::Stats;
pub use timeline::{Series, Timeline, TimelineRequest};
