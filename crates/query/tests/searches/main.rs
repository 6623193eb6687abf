//! Searches over small indices in memory.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails at the place"
)]

mod answers;
mod bad_input;
mod corpus;
mod facets;
mod highlights;
mod identity;
mod language;
mod oracle;
mod ranking;
mod snippets;
mod support;
mod trends;
