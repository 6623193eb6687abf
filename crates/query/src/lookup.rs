//! Finds single articles by their ids, and the ids of many articles.

use dateline_corpus::ArticleId;
use tantivy::collector::DocSetCollector;
use tantivy::query::Query;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED};

use crate::snapshot::Snapshot;
use crate::{FacetField, QueryError};

/// Beginnings of ids shorter than this fit too many articles to be meant.
const PREFIX_DIGITS_MIN: usize = 4;
/// Digits of a whole id.
const ID_DIGITS: usize = 32;

/// Outlets that a publisher's id is tried with; each costs a look-up in every segment.
const OUTLETS_TRIED: usize = 10_000;

/// Where the article stands with this id, beginning of an id, publisher's id or URL: see
/// [`crate::Searcher::article`].
pub(crate) fn article(snapshot: &Snapshot, id: &str) -> Result<DocAddress, QueryError> {
    let id = id.trim();
    match found(snapshot, id)?.as_slice() {
        [] if is_prefix(id) && id.len() < PREFIX_DIGITS_MIN => {
            Err(QueryError::IdTooShort(id.to_owned()))
        }
        [] => Err(QueryError::UnknownArticle(id.to_owned())),
        [(_, address)] => Ok(*address),
        several => {
            let mut ids: Vec<ArticleId> = several.iter().map(|(id, _)| *id).collect();
            ids.sort();
            Err(QueryError::AmbiguousArticle {
                text: id.to_owned(),
                ids,
            })
        }
    }
}

/// The ids of the articles that go by a text, as [`article`] looks for them.
pub(crate) fn ids_of(snapshot: &Snapshot, id: &str) -> Result<Vec<ArticleId>, QueryError> {
    let found = found(snapshot, id.trim())?;
    Ok(found.into_iter().map(|(id, _)| id).collect())
}

fn found(snapshot: &Snapshot, id: &str) -> Result<Vec<(ArticleId, DocAddress)>, QueryError> {
    let ids = id.parse().ok().into_iter();
    for whole in ids.chain([ArticleId::from_publisher(id)]) {
        if let Some(address) = address_of(snapshot, whole)? {
            return Ok(vec![(whole, address)]);
        }
    }
    let mut found = of_outlets(snapshot, id)?;
    if found.is_empty() && is_prefix(id) && id.len() >= PREFIX_DIGITS_MIN {
        for (segment, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
            each_id(snapshot, reader, &id.to_ascii_lowercase(), |doc, id| {
                found.push((id, DocAddress::new(segment, doc)));
            })?;
        }
    }
    Ok(found)
}

/// Whether a text can be the beginning of an id.
fn is_prefix(id: &str) -> bool {
    id.len() < ID_DIGITS && id.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The articles that an outlet gave this id: ids without a scheme are kept as `outlet#id`.
fn of_outlets(snapshot: &Snapshot, id: &str) -> Result<Vec<(ArticleId, DocAddress)>, QueryError> {
    let outlets = snapshot.values(FacetField::Source)?;
    let mut found = Vec::new();
    for (_, outlet) in outlets.present().take(OUTLETS_TRIED) {
        let id = ArticleId::from_publisher(&format!("{}#{id}", outlet.value));
        found.extend(address_of(snapshot, id)?.map(|address| (id, address)));
    }
    Ok(found)
}

/// The ids of all articles that a query finds, in ascending order. Reads the dictionary of ids and
/// not the articles, which are a thousand times as large.
pub(crate) fn ids(snapshot: &Snapshot, query: &dyn Query) -> Result<Vec<ArticleId>, QueryError> {
    let matching = snapshot.searcher.search(query, &DocSetCollector)?;
    let mut ids = Vec::with_capacity(matching.len());
    for (segment, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
        each_id(snapshot, reader, "", |doc, id| {
            if matching.contains(&DocAddress::new(segment, doc)) {
                ids.push(id);
            }
        })?;
    }
    ids.sort();
    Ok(ids)
}

fn address_of(snapshot: &Snapshot, id: ArticleId) -> Result<Option<DocAddress>, QueryError> {
    let mut address = None;
    for (segment, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
        each_id(snapshot, reader, &id.to_string(), |doc, _| {
            address = Some(DocAddress::new(segment, doc));
        })?;
    }
    Ok(address)
}

/// Calls `found` for each article of a segment whose id begins with some digits.
fn each_id(
    snapshot: &Snapshot,
    reader: &SegmentReader,
    digits: &str,
    mut found: impl FnMut(u32, ArticleId),
) -> Result<(), QueryError> {
    let io = |error: std::io::Error| QueryError::Index(error.into());
    let inverted = reader.inverted_index(snapshot.fields.id)?;
    // `g` follows all hexadecimal digits.
    let end = format!("{digits}g");
    let range = inverted.terms().range().ge(digits).lt(end);
    let mut stream = range.into_stream().map_err(io)?;
    while stream.advance() {
        let Some(id) = std::str::from_utf8(stream.key())
            .ok()
            .and_then(|id| id.parse().ok())
        else {
            continue;
        };
        let mut postings = inverted
            .read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)
            .map_err(io)?;
        while postings.doc() != TERMINATED {
            if !reader.is_deleted(postings.doc()) {
                found(postings.doc(), id);
            }
            postings.advance();
        }
    }
    Ok(())
}
