//! Turns records into tantivy documents.

use tantivy::TantivyDocument;

use super::{DateEvidence, DocumentKind, FACET_BYTES_MAX, Fields, role_value};
use crate::{FileStamp, Record};

/// Longest URL that can be looked for, in bytes: the most that browsers and caches agree on.
const URL_BYTES_MAX: usize = 2_048;

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
    document.add_text(fields.lead, &record.lead_terms);
    document.add_u64(fields.words, record.words);
    if let Some(published) = &article.published {
        document.add_i64(fields.published, published.seconds);
        document.add_i64(fields.published_last, published.last_second());
        let (first, last) = published.local_seconds();
        document.add_i64(fields.published_local, first);
        document.add_i64(fields.published_local_last, last);
        if let Some(evidence) = DateEvidence::of(published) {
            document.add_u64(fields.date_evidence, evidence.code());
        }
    }
    // A longer term would be dropped by tantivy anyway; such a URL is not looked for.
    if let Some(url) = article
        .url
        .as_ref()
        .filter(|url| url.len() <= URL_BYTES_MAX)
    {
        document.add_text(fields.url, url);
    }
    for entity in &record.stored.entities {
        for role in &entity.roles {
            let role = role_value(&entity.key, role);
            document.add_text(fields.role, facet_value(&role));
        }
    }
    let facets = &record.facets;
    let lists = [
        (fields.facets.person, &facets.person),
        (fields.facets.country, &facets.country),
        (fields.facets.about, &facets.about),
        (fields.facets.about_person, &facets.about_person),
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
        (fields.facets.source_country, &facets.source_country),
        (fields.facets.site, &facets.site),
        (fields.facets.agency, &facets.agency),
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

/// The document of a file that articles were read from. `skips` is the value of
/// [`Fields::file_skips`], empty where nothing was skipped.
pub fn file_document(
    path: &str,
    stamp: &FileStamp,
    skips: &str,
    fields: &Fields,
) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.kind, DocumentKind::File.as_str());
    document.add_text(fields.file, path);
    document.add_u64(fields.file_bytes, stamp.bytes);
    document.add_i64(fields.file_modified_ns, stamp.modified_ns);
    document.add_u64(fields.file_hash, stamp.hash.0);
    document.add_u64(fields.file_articles, stamp.articles);
    document.add_u64(fields.file_skipped, stamp.skipped);
    document.add_u64(fields.file_options, stamp.options);
    if !skips.is_empty() {
        document.add_text(fields.file_skips, skips);
    }
    document
}

fn facet_value(value: &str) -> &str {
    &value[..value.floor_char_boundary(FACET_BYTES_MAX)]
}
