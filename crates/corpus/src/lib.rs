//! What indexing and searching must agree on.
//!
//! An article is read into an [`Article`], walked once into an [`Analysed`], given its
//! [`Entity`] list, and handed to the index as a [`Record`]. Searching reads the same fields
//! back. Everything both sides must see alike lives here and nowhere else: the values, the
//! text analysis that turns words into index terms, and (behind the `schema` feature) the
//! tantivy schema. Change any of it in a way that an old index would not understand, and
//! [`FORMAT_VERSION`] goes up.
//!
//! This crate reads no files and runs no queries.

mod article;
mod calendar;
mod id;
mod language;

pub mod analysis;
pub mod entity;
pub mod record;
#[cfg(feature = "schema")]
pub mod schema;

pub use analysis::{Analysed, Analyser};
pub use article::{
    Article, DateOrder, DateOrigin, Dateline, Doubt, Flaw, Origin, Precision, Published,
};
pub use calendar::CalendarPeriod;
pub use entity::{CountryCode, Cue, Entity, EntityKind, Mention, Part};
pub use id::{ArticleId, ArticleIdError, ContentHash};
pub use language::Language;
pub use record::{Facets, FileStamp, Record, SourceCountry, SourceEvidence, StoredArticle};

/// The version of everything an index on disk depends on: fields, terms, stored values.
///
/// An index that carries another number is refused with a message to build it anew.
pub const FORMAT_VERSION: u32 = 4;
