//! Searches over small indices in memory.

mod answers;
mod bad_input;
mod oracle;
mod ranking;
mod snippets;
mod support;
