//! The query language: any text becomes a tree, plus diagnostics that say what was wrong with it
//! and how it was read. [`GUIDE`] is its description for those who search.
//!
//! The lexer cuts the query into tokens, [`parser`] puts them into a [`tree`], [`field`] knows the
//! names of fields, [`dates`] what days can be called, [`pieces`] what a text consists of, and
//! [`diagnostics`] show what went wrong. A tree is displayed as a query that is read as the same
//! tree, and [`explain()`]ed in words. Nothing here knows an index: whether a person or a country
//! exists is found out by the plan.

mod chars;
pub mod dates;
pub mod diagnostics;
mod explain;
pub mod field;
mod lexer;
pub mod parser;
pub mod pieces;
mod print;
mod proximity;
pub mod tree;

#[cfg(test)]
mod guide;
#[cfg(test)]
mod tests;

pub use diagnostics::Diagnostic;
pub use explain::explain;
pub use field::Field;
pub use parser::{Parsed, parse};
pub use pieces::Piece;
pub use proximity::DISTANCE_MAX;
pub use tree::{Closeness, Filter, Form, Near, Node, QuerySpan, Text};

/// The query language, described for those who search: Markdown, with every operator and examples
/// of each.
pub const GUIDE: &str = include_str!("../SYNTAX.md");
