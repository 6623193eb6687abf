//! The query language: any text becomes a tree, plus diagnostics that say what was wrong with it
//! and how it was read.
//!
//! The lexer cuts the query into tokens, [`parser`] puts them into a [`tree`], [`field`] knows the
//! names of fields, and [`diagnostics`] show what went wrong. A tree is displayed as a query that
//! is read as the same tree. Nothing here knows an index: whether a person or a country exists is found out
//! by the plan.

pub mod diagnostics;
pub mod field;
mod lexer;
pub mod parser;
mod print;
pub mod tree;

#[cfg(test)]
mod tests;

pub use diagnostics::Diagnostic;
pub use field::Field;
pub use parser::{Parsed, parse};
pub use tree::{Node, Text};
