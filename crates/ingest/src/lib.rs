//! Reads files and streams into articles.

mod error;
mod find;
mod item;
mod read;

pub use error::IngestError;
pub use find::{Found, FoundFile, IGNORE_FILE, find, path_name};
pub use item::{Item, Skip};
pub use read::{DateOrder, ReadOptions, read, read_file};
