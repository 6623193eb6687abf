//! The query language: any text becomes a tree, plus diagnostics that say what was wrong with it
//! and how it was read.
//!
//! [`lexer`] cuts the query into tokens, [`parser`] puts them into a [`tree`], [`field`] knows the
//! names of fields, [`print`](mod@print) writes a tree as a query again, and [`diagnostics`] show
//! what went wrong. Nothing here knows an index: whether a person or a country exists is found out
//! by the plan.

pub mod diagnostics;
pub mod field;
mod lexer;
pub mod parser;
mod print;
pub mod tree;

pub use diagnostics::Diagnostic;
pub use field::Field;
pub use parser::{Parsed, parse};
pub use tree::{Node, Text};
