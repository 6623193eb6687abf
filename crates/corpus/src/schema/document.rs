//! Turns records into tantivy documents.

use tantivy::TantivyDocument;

use super::{DocumentKind, FACET_BYTES_MAX, Fields};
use crate::{FileStamp, Record};

/// The document of an article.
///
/// # Errors
/// When the stored article cannot be written as JSON, which no value of it can cause.
pub fn record_document(record: &Record, fields: &Fields) -> serde_json::Result<TantivyDocument> {
    let mut document = TantivyDocument::new();
    let article = &record.stored.article;
    document.add_text(fields.id, article.id.to_string());
    document.add_text(fields.kind, DocumentKind::Article.as_str());
    document.add_u64(fields.content, record.content.0);
    document.add_text(fields.path, &article.origin.path);
    document.add_text(fields.title, &record.title_terms);
    document.add_text(fields.body, &record.body_terms);
    if let Some(published) = &article.published {
        document.add_i64(fields.published, published.seconds);
        document.add_i64(fields.published_last, published.last_second());
    }
    let facets = &record.facets;
    let lists = [
        (fields.facets.person, &facets.person),
        (fields.facets.country, &facets.country),
        (fields.facets.organisation, &facets.organisation),
        (fields.facets.place, &facets.place),
        (fields.facets.author, &facets.author),
    ];
    for (field, values) in lists {
        values
            .iter()
            .for_each(|value| document.add_text(field, facet_value(value)));
    }
    document.add_text(fields.facets.language, &facets.language);
    let options = [
        (fields.facets.source, &facets.source),
        (fields.facets.section, &facets.section),
    ];
    for (field, value) in options {
        value
            .iter()
            .for_each(|value| document.add_text(field, facet_value(value)));
    }
    document.add_text(fields.article, serde_json::to_string(&record.stored)?);
    Ok(document)
}

/// The document of a file that articles were read from.
pub fn file_document(path: &str, stamp: &FileStamp, fields: &Fields) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.kind, DocumentKind::File.as_str());
    document.add_text(fields.file, path);
    document.add_u64(fields.file_bytes, stamp.bytes);
    document.add_i64(fields.file_modified_ns, stamp.modified_ns);
    document.add_u64(fields.file_hash, stamp.hash.0);
    document.add_u64(fields.file_articles, stamp.articles);
    document.add_u64(fields.file_skipped, stamp.skipped);
    document.add_u64(fields.file_options, stamp.options);
    document
}

fn facet_value(value: &str) -> &str {
    &value[..value.floor_char_boundary(FACET_BYTES_MAX)]
}
