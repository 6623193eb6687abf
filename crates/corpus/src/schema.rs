//! The tantivy schema: the only place that names a field.
//!
//! The index holds two sorts of documents: articles, and the files they were read from. A file's
//! document makes the index its own manifest, so that no second database can disagree with it.

mod document;
mod open;
mod tokenizer;

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{Index, Term};

pub use document::{file_document, record_document};
pub use open::{OpenError, open, open_or_create};

use crate::{ArticleId, DateOrder, FORMAT_VERSION, Published};
use tokenizer::TermStreamTokenizer;

/// Names the tokenizer that reads the encoding of [`crate::analysis::terms`].
const TERM_STREAM: &str = "dateline_terms";

/// A field of this name with the format version behind it marks an index as ours. It never holds
/// a value: as part of the schema it is there from the moment the index exists.
const FORMAT_FIELD_PREFIX: &str = "dateline_format_";

/// Longest facet value that is indexed, in bytes; longer ones are cut. Facet values are names;
/// a longer one is a mistake of the input, and tantivy would drop a value of 64 KiB silently.
pub const FACET_BYTES_MAX: usize = 512;

/// Handles of all fields.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The article's id, 32 hexadecimal digits; raw.
    pub id: Field,
    /// What sort of document this is: [`DocumentKind::as_str`]; raw.
    pub kind: Field,
    /// [`crate::ContentHash`] of the article; fast.
    pub content: Field,
    /// Path of the file the article was read from; raw and fast.
    pub path: Field,
    /// Terms of the title, with positions.
    pub title: Field,
    /// Terms of the body, with positions.
    pub body: Field,
    /// Terms of the first words of the body once more, with frequencies only.
    pub lead: Field,
    /// Words of title and body; fast.
    pub words: Field,
    /// The address on the web; raw.
    pub url: Field,
    /// Roles of people, each as [`role_value`] writes it; raw and fast.
    pub role: Field,
    /// Seconds since 1970 (may be negative); fast, absent when undated.
    pub published: Field,
    /// [`crate::Published::last_second`]; fast, absent when undated.
    pub published_last: Field,
    /// The first of [`crate::Published::local_seconds`]; fast, absent when undated.
    pub published_local: Field,
    /// The last of [`crate::Published::local_seconds`]; fast, absent when undated.
    pub published_local_last: Field,
    /// What an article shows or leaves open of the order of day and month: [`DateEvidence::code`];
    /// fast, absent where it is neither.
    pub date_evidence: Field,
    /// Facets: raw and fast, several values each.
    pub facets: FacetFields,
    /// [`crate::StoredArticle`] as JSON; stored.
    pub article: Field,
    /// Path of a file that was read; raw and fast, in file documents only, as all that follows.
    pub file: Field,
    /// [`crate::FileStamp::bytes`]; fast.
    pub file_bytes: Field,
    /// [`crate::FileStamp::modified_ns`]; fast.
    pub file_modified_ns: Field,
    /// [`crate::FileStamp::hash`]; fast.
    pub file_hash: Field,
    /// [`crate::FileStamp::articles`]; fast.
    pub file_articles: Field,
    /// [`crate::FileStamp::skipped`]; fast.
    pub file_skipped: Field,
    /// [`crate::FileStamp::options`]; fast.
    pub file_options: Field,
    /// The records of the file that were skipped, with their reasons, as JSON; stored, absent
    /// where there are none.
    pub file_skips: Field,
}

/// Parts the person from the role in [`role_value`]; no name has it.
const ROLE_SEPARATOR: char = '\u{1f}';

/// A person and what the person is said to be as one value of [`Fields::role`].
pub fn role_value(person: &str, role: &str) -> String {
    format!("{person}{ROLE_SEPARATOR}{role}")
}

/// The person and the role in a value of [`Fields::role`].
pub fn role_parts(value: &str) -> Option<(&str, &str)> {
    value.split_once(ROLE_SEPARATOR)
}

/// Handles of the fields that can be filtered by and counted.
#[derive(Debug, Clone, Copy)]
pub struct FacetFields {
    /// Canonical full names of people.
    pub person: Field,
    /// ISO 3166-1 alpha-2 codes.
    pub country: Field,
    /// Those of them that the article is about.
    pub about: Field,
    /// The people that the article is about.
    pub about_person: Field,
    /// Names of organisations.
    pub organisation: Field,
    /// Names of places.
    pub place: Field,
    /// The outlet.
    pub source: Field,
    /// The country of the outlet.
    pub source_country: Field,
    /// The registrable domain.
    pub site: Field,
    /// The wire agency.
    pub agency: Field,
    /// Names of authors.
    pub author: Field,
    /// ISO 639-1 codes.
    pub language: Field,
    /// The desk or rubric.
    pub section: Field,
}

/// What an article has to do with the order of day and month of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateEvidence {
    /// It shows the order.
    Shows(DateOrder),
    /// Its date is in doubt, but for this order that other articles show.
    Doubts(Option<DateOrder>),
}

impl DateEvidence {
    /// What a date tells, if it tells anything.
    pub fn of(published: &Published) -> Option<DateEvidence> {
        match (&published.doubt, published.order) {
            (Some(doubt), _) => Some(DateEvidence::Doubts(doubt.shown)),
            (None, order) => order.map(DateEvidence::Shows),
        }
    }

    /// As it is kept in the index.
    pub fn code(self) -> u64 {
        let order = |order| match order {
            None => 0,
            Some(DateOrder::Mdy) => 1,
            Some(DateOrder::Dmy) => 2,
        };
        match self {
            DateEvidence::Shows(shown) => order(Some(shown)),
            DateEvidence::Doubts(shown) => 4 + order(shown),
        }
    }

    /// The inverse of [`DateEvidence::code`].
    pub fn from_code(code: u64) -> Option<DateEvidence> {
        let order = match code % 4 {
            1 => Some(DateOrder::Mdy),
            2 => Some(DateOrder::Dmy),
            _ => None,
        };
        match code {
            0..4 => order.map(DateEvidence::Shows),
            _ => Some(DateEvidence::Doubts(order)),
        }
    }
}

/// What a document of the index stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// An article.
    Article,
    /// A file that articles were read from.
    File,
}

impl DocumentKind {
    /// The value of [`Fields::kind`].
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentKind::Article => "article",
            DocumentKind::File => "file",
        }
    }
}

/// The schema and the handles of its fields.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let raw = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    );
    let facet = raw.clone().set_fast("raw");
    let term_stream = |record| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(TERM_STREAM)
                .set_index_option(record),
        )
    };
    let terms = term_stream(IndexRecordOption::WithFreqsAndPositions);
    let frequencies = term_stream(IndexRecordOption::WithFreqs);
    let number = NumericOptions::default().set_fast();
    let fields = Fields {
        id: builder.add_text_field("id", raw.clone()),
        kind: builder.add_text_field("kind", raw.clone()),
        content: builder.add_u64_field("content", number.clone()),
        path: builder.add_text_field("path", facet.clone()),
        title: builder.add_text_field("title", terms.clone()),
        body: builder.add_text_field("body", terms),
        lead: builder.add_text_field("lead", frequencies),
        words: builder.add_u64_field("words", number.clone()),
        url: builder.add_text_field("url", raw),
        role: builder.add_text_field("role", facet.clone()),
        published: builder.add_i64_field("published", number.clone()),
        published_last: builder.add_i64_field("published_last", number.clone()),
        published_local: builder.add_i64_field("published_local", number.clone()),
        published_local_last: builder.add_i64_field("published_local_last", number.clone()),
        date_evidence: builder.add_u64_field("date_evidence", number.clone()),
        facets: FacetFields {
            person: builder.add_text_field("person", facet.clone()),
            country: builder.add_text_field("country", facet.clone()),
            about: builder.add_text_field("about", facet.clone()),
            about_person: builder.add_text_field("about_person", facet.clone()),
            organisation: builder.add_text_field("organisation", facet.clone()),
            place: builder.add_text_field("place", facet.clone()),
            source: builder.add_text_field("source", facet.clone()),
            source_country: builder.add_text_field("source_country", facet.clone()),
            site: builder.add_text_field("site", facet.clone()),
            agency: builder.add_text_field("agency", facet.clone()),
            author: builder.add_text_field("author", facet.clone()),
            language: builder.add_text_field("language", facet.clone()),
            section: builder.add_text_field("section", facet.clone()),
        },
        article: builder.add_text_field("article", TextOptions::default() | STORED),
        file: builder.add_text_field("file", facet),
        file_bytes: builder.add_u64_field("file_bytes", number.clone()),
        file_modified_ns: builder.add_i64_field("file_modified_ns", number.clone()),
        file_hash: builder.add_u64_field("file_hash", number.clone()),
        file_articles: builder.add_u64_field("file_articles", number.clone()),
        file_skipped: builder.add_u64_field("file_skipped", number.clone()),
        file_options: builder.add_u64_field("file_options", number),
        file_skips: builder.add_text_field("file_skips", TextOptions::default() | STORED),
    };
    builder.add_bool_field(
        &format!("{FORMAT_FIELD_PREFIX}{FORMAT_VERSION}"),
        NumericOptions::default(),
    );
    (builder.build(), fields)
}

/// Makes the tokenizers that the schema names known to an index; without them it can neither be
/// written nor parsed queries against.
pub fn register_tokenizers(index: &Index) {
    index
        .tokenizers()
        .register(TERM_STREAM, TermStreamTokenizer::default());
}

impl Fields {
    /// The term that finds an article by its id.
    pub fn id_term(&self, id: ArticleId) -> Term {
        Term::from_field_text(self.id, &id.to_string())
    }

    /// The term that finds all documents of a kind.
    pub fn kind_term(&self, kind: DocumentKind) -> Term {
        Term::from_field_text(self.kind, kind.as_str())
    }

    /// The term that finds the articles of a file.
    pub fn path_term(&self, path: &str) -> Term {
        Term::from_field_text(self.path, path)
    }

    /// The term that finds the document of a file.
    pub fn file_term(&self, path: &str) -> Term {
        Term::from_field_text(self.file, path)
    }
}
