//! Reads files and streams into articles.
//!
//! [`find()`] names the files, [`read()`] turns one into [`Item`]s: articles, and skips with their
//! reason. Every record becomes exactly one item, whatever it holds.
//!
//! The way of a record: its format is chosen (`format`), its reader (`text`, `markdown`, `json`)
//! puts what it finds into a draft (`draft`), which decides date (`published`), title and id and
//! becomes the article. A further format is a further reader that fills drafts.

mod error;
mod find;
mod item;
mod read;

mod format;

mod json;
mod markdown;
mod text;

mod fields;
mod front_matter;
mod html;
mod metadata;
mod paragraphs;

mod authors;
mod dateline;
mod dates;
mod draft;
mod published;

pub use error::IngestError;
pub use find::{Found, FoundFile, IGNORE_FILE, find, modified_ns, path_name, reason_of};
pub use item::{Item, Skip};
pub use read::{DateOrder, ReadOptions, read, read_file};
