//! Reads files and streams into articles.
//!
//! [`find()`] names the files, [`read()`] turns one into [`Item`]s: articles, and skips with their
//! reason. Every record becomes exactly one item, whatever it holds.
//!
//! # The frame of readers
//!
//! Bytes come in as an `Input`: a stream with a head to look at, a count, and
//! bounded ways to take a line or the whole. By the head, then by the extension of the name,
//! `format` recognises the [`Format`], and `read` hands the input to the reader of it. Every reader is a function
//!
//! ```text
//! fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow
//! ```
//!
//! It takes what it needs of the input, holds at most one record of it in memory (the sizes are
//! in [`Limits`]), decodes text by `encoding::decode`, and gives the `Output`
//! exactly one draft or skip for each record. A draft (`draft`) is what the record says of an article;
//! finishing it decides the rest: date (`published`, with `dates`; what stays in doubt is for
//! [`in_order_of_source`], when other articles are known), dateline and agency (`dateline`, `agencies`), outlet and site (`source`), names of
//! authors (`authors`), headline (`titles`) and id. The reader returns early when the output breaks; it passes on errors of the stream, but what is wrong with the content is a skip
//! with the number of the record or the byte where it begins.
//!
//! `packed` is the reader of compressed files and archives. What is in them goes through the
//! same choice again, so that no other reader knows of packing. A further format is a variant of
//! [`Format`], its signs in `format::sniff`, a line in `read`, and a module.

mod error;
mod find;
mod item;
mod options;
mod read;

mod encoding;
mod format;
mod input;
mod output;
mod packed;

mod csv;
mod feed;
mod iptc7901;
mod json;
mod mail;
mod markdown;
mod newsml;
mod ninjs;
mod nitf;
mod page;
mod text;
mod warc;
mod xml;

mod fields;
mod front_matter;
mod html;
mod metadata;
mod paragraphs;

mod agencies;
mod authors;
mod clean;
mod dateline;
mod dates;
mod draft;
mod orders;
mod published;
mod source;
mod titles;

pub use error::IngestError;
pub use find::{
    Found, FoundFile, IGNORE_FILE, Places, find, find_among, modified_ns, path_name, reason_of,
};
pub use format::Format;
pub use item::{Item, Skip};
pub use options::{Limits, Provenance, ReadOptions};
pub use orders::{DateOrders, in_order_of_source};
pub use read::{read, read_file};
