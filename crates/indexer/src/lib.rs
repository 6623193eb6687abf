//! Builds the index: reads, analyses, extracts, writes.
//!
//! (skeleton)

mod summary;

pub use summary::Summary;
