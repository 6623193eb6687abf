//! Answers searches on one index: opens it, and brings parsing, planning, ranking and counting
//! together. What each of them does is not known here.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dateline_corpus::schema::{self, Fields};
use dateline_corpus::{ArticleId, StoredArticle};
use dateline_entities::aliases::Aliases;
use tantivy::{IndexReader, ReloadPolicy};

use crate::ranking::planned;
use crate::snapshot::Snapshot;
use crate::snippet::Marker;
use crate::{
    Highlights, QueryError, Ranking, Related, RelatedRequest, SearchRequest, SearchResponse, Stats,
    Timeline, TimelineRequest, hit, lookup, related, timeline,
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
        let aliases = Arc::default();
        let snapshot = Snapshot::new(reader.searcher(), fields, aliases)?;
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
        let aliases = Arc::clone(&self.snapshot().aliases);
        self.replace(aliases)
    }

    /// Applies corrections of people and other entities, instead of those that applied before.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn correct(&self, aliases: Aliases) -> Result<(), QueryError> {
        self.replace(Arc::new(aliases))
    }

    fn replace(&self, aliases: Arc<Aliases>) -> Result<(), QueryError> {
        let snapshot = Snapshot::new(self.reader.searcher(), self.fields, aliases)?;
        *self.lock() = Arc::new(snapshot);
        Ok(())
    }

    /// Answers a search.
    ///
    /// # Errors
    /// When the request cannot be met as it is, or the index cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, QueryError> {
        self.rank(request)?.show()
    }

    /// Finds, ranks and counts what a request asks for, and reads no article: for whoever wants
    /// counts first, or nothing but them.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn rank(&self, request: &SearchRequest) -> Result<Ranking, QueryError> {
        Ranking::new(self.snapshot(), request)
    }

    /// The ids of all articles that match, in ascending order; limit, offset, sort and facets of
    /// the request do not count.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn matching_ids(&self, request: &SearchRequest) -> Result<Vec<ArticleId>, QueryError> {
        let snapshot = self.snapshot();
        let plan = planned(request, &snapshot)?;
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
        let snapshot = self.snapshot();
        hit::corrected(&snapshot, lookup::article(&snapshot, id)?)
    }

    /// What query and filters of a request match in the whole of an article, which is looked up
    /// as [`Searcher::article`] does.
    ///
    /// # Errors
    /// As [`Searcher::article`] and [`Searcher::search`].
    pub fn highlights(&self, id: &str, request: &SearchRequest) -> Result<Highlights, QueryError> {
        let snapshot = self.snapshot();
        let address = lookup::article(&snapshot, id)?;
        let plan = planned(request, &snapshot)?;
        let mut marker = Marker::new(plan.pattern);
        let stretches = hit::stretches(&snapshot, &mut marker, address)?;
        let matches = stretches.is_some();
        let [title, body] = stretches.unwrap_or_default();
        Ok(Highlights {
            matches,
            title,
            body,
            notes: plan.notes,
        })
    }

    /// What the index holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn stats(&self) -> Result<Stats, QueryError> {
        Stats::of(&self.snapshot())
    }

    /// What occurs together with a value more often than chance would have it.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn related(&self, request: &RelatedRequest) -> Result<Related, QueryError> {
        related::related(&self.snapshot(), request)
    }

    /// How the articles that a search finds spread over time, in all and by the values of a field.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn timeline(&self, request: &TimelineRequest) -> Result<Timeline, QueryError> {
        timeline::timeline(&self.snapshot(), request)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Arc<Snapshot>> {
        // The snapshot is replaced in one step; a panic cannot leave half of one.
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
