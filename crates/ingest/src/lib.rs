//! Reads files and streams into articles.
//!
//! (skeleton)

mod item;

pub use item::{Item, Skip};
