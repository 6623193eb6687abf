//! Answers searches on one index: opens it, and brings parsing, planning, ranking and counting
//! together. What each of them does is not known here.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use dateline_corpus::schema::{self, Fields};
use dateline_corpus::{Analyser, ArticleId, StoredArticle};
use tantivy::{IndexReader, ReloadPolicy};

use crate::collect::{Collect, ranked};
use crate::plan::{Plan, plan};
use crate::snapshot::Snapshot;
use crate::{
    FacetRequest, LIMIT_MAX, QueryError, SearchRequest, SearchResponse, Stats, hit, lookup, syntax,
};

/// An open index that answers searches. It sees the index as it was when it was opened, or when
/// [`Searcher::reload`] was called last.
pub struct Searcher {
    reader: IndexReader,
    fields: Fields,
    /// Replaced as a whole, so that a search under way keeps what it began with.
    snapshot: Mutex<Arc<Snapshot>>,
}

impl Searcher {
    /// Opens the index in a directory.
    ///
    /// # Errors
    /// When there is none that this version can read.
    pub fn open(dir: &Path) -> Result<Searcher, QueryError> {
        let (index, fields) = schema::open(dir)?;
        Searcher::new(&index, fields)
    }

    /// Searches an index that is open already, such as one in memory. It must have been made with
    /// [`dateline_corpus::schema::schema`] and its tokenizers.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn from_index(index: &tantivy::Index) -> Result<Searcher, QueryError> {
        let (_, fields) = schema::schema();
        Searcher::new(index, fields)
    }

    fn new(index: &tantivy::Index, fields: Fields) -> Result<Searcher, QueryError> {
        let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = builder.try_into()?;
        let snapshot = Snapshot::new(reader.searcher(), fields)?;
        Ok(Searcher {
            reader,
            fields,
            snapshot: Mutex::new(Arc::new(snapshot)),
        })
    }

    /// Sees what was committed since the index was opened.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn reload(&self) -> Result<(), QueryError> {
        self.reader.reload()?;
        let snapshot = Arc::new(Snapshot::new(self.reader.searcher(), self.fields)?);
        *self.lock() = snapshot;
        Ok(())
    }

    /// Answers a search.
    ///
    /// # Errors
    /// When the request cannot be met as it is, or the index cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, QueryError> {
        let begun = Instant::now();
        if request.limit > LIMIT_MAX {
            return Err(QueryError::Limit {
                limit: request.limit,
            });
        }
        let snapshot = self.snapshot();
        let Plan {
            query,
            patterns,
            diagnostics,
            mut notes,
        } = self.plan(request, &snapshot)?;
        let collect = collect(request, &snapshot)?;
        let collected = snapshot.searcher.search(&*query, &collect)?;
        let mut analyser = Analyser::new();
        let page = collected.hits.iter().skip(request.offset);
        let hits = page.map(|&found| hit::hit(&snapshot, &mut analyser, &patterns, found));
        let hits = hits.collect::<Result<Vec<_>, _>>()?;
        let total = collected.total;
        if total > 0 && request.limit > 0 && hits.is_empty() {
            notes.push(format!(
                "nothing is left after an offset of {}: articles found: {total}",
                request.offset
            ));
        }
        let counts = collect.counted().zip(&collected.counts);
        let facets = counts.map(|((field, request, values), counts)| {
            (field, ranked(values, counts, request.limit))
        });
        Ok(SearchResponse {
            query: request.query.clone(),
            total,
            hits,
            facets: facets.collect(),
            diagnostics,
            notes,
            // Whole microseconds, so that no digits are printed that mean nothing.
            took_ms: begun.elapsed().as_micros() as f64 / 1000.0,
        })
    }

    /// The ids of all articles that match, in ascending order; limit, offset, sort and facets of
    /// the request do not count.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn matching_ids(&self, request: &SearchRequest) -> Result<Vec<ArticleId>, QueryError> {
        let snapshot = self.snapshot();
        let plan = self.plan(request, &snapshot)?;
        lookup::ids(&snapshot, &*plan.query)
    }

    /// The article that goes by a text, which is the first of these that fits: the article's id
    /// (32 hexadecimal digits), the publisher's id, `outlet#id`, the URL of an article that has no
    /// publisher's id, or the first digits of the article's id (4 at least).
    ///
    /// A publisher's id without a scheme (`17`) is found by itself when the article's outlet is
    /// one of the index's sources, of which the first 10,000 are tried; otherwise (no outlet in
    /// the record, or one that was set by hand) only by the article's id.
    ///
    /// # Errors
    /// When no article, or more than one, goes by it.
    pub fn article(&self, id: &str) -> Result<StoredArticle, QueryError> {
        lookup::article(&self.snapshot(), id)
    }

    /// What the index holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn stats(&self) -> Result<Stats, QueryError> {
        Stats::of(&self.snapshot())
    }

    fn plan(&self, request: &SearchRequest, snapshot: &Snapshot) -> Result<Plan, QueryError> {
        let parsed = syntax::parse(&request.query);
        plan(request, &parsed, snapshot)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Arc<Snapshot>> {
        // The snapshot is replaced in one step; a panic cannot leave half of one.
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn collect(request: &SearchRequest, snapshot: &Snapshot) -> Result<Collect, QueryError> {
    let mut facets = Vec::new();
    for facet in &request.facets {
        let same = |(known, _): &&mut (FacetRequest, _)| known.field == facet.field;
        if let Some((known, _)) = facets.iter_mut().find(same) {
            // `None` is no limit.
            let limits = known.limit.zip(facet.limit);
            known.limit = limits.map(|(a, b)| a.max(b));
        } else {
            facets.push((*facet, snapshot.values(facet.field)?));
        }
    }
    let wanted = match request.limit {
        0 => 0,
        limit => request.offset.saturating_add(limit),
    };
    Ok(Collect::new(
        request.sort,
        wanted,
        facets,
        &snapshot.fields,
        snapshot.searcher.schema(),
    ))
}
