//! Finds the articles in which an expression occurs, and scores them.
//!
//! [`expr`] says what is looked for and what its occurrences are; [`spans`] is the algebra of
//! occurrences and [`occurrences`] finds them in one article, wherever positions come from. From
//! the index they come through [`postings`], where the terms of a word are one list again
//! ([`window`] goes through many at once),
//! [`candidates`], which tells the articles that positions are worth reading of, and [`place`],
//! one part of all articles; [`text`] is the tantivy query over all of that. [`closeness`] looks at
//! the best of what was found once more.

pub(crate) mod expr;

mod candidates;
mod closeness;
mod occurrences;
mod place;
mod postings;
mod spans;
mod text;
mod window;

#[cfg(test)]
mod tests;

pub(crate) use closeness::{Closeness, WeighedCloseness};
pub(crate) use occurrences::{Finder, Positions};
pub(crate) use place::TextFields;
pub(crate) use text::{Entities, TextQuery};
