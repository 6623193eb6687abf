//! Answers searches on one index: opens it, and brings parsing, planning, ranking and counting
//! together. What each of them does is not known here.

use std::path::Path;

use dateline_corpus::{ArticleId, StoredArticle};

use crate::{FacetCounts, FacetField, QueryError, SearchRequest, SearchResponse, Stats};

/// An open index that answers searches. It sees the index as it was when it was opened, or when
/// [`Searcher::reload`] was called last.
pub struct Searcher {
    _index: tantivy::Index,
}

impl Searcher {
    /// Opens the index in a directory.
    ///
    /// # Errors
    /// When there is none that this version can read.
    pub fn open(dir: &Path) -> Result<Searcher, QueryError> {
        let (index, _) = dateline_corpus::schema::open(dir)?;
        Searcher::from_index(index)
    }

    /// Searches an index that is open already, such as one in memory.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn from_index(index: tantivy::Index) -> Result<Searcher, QueryError> {
        Ok(Searcher { _index: index })
    }

    /// Sees what was committed since the index was opened.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn reload(&self) -> Result<(), QueryError> {
        Ok(())
    }

    /// Answers a search.
    ///
    /// # Errors
    /// When the request cannot be met as it is, or the index cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, QueryError> {
        Err(QueryError::UnknownArticle(request.query.clone()))
    }

    /// All values of a field with the number of articles of the search that have each.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn facets(
        &self,
        _field: FacetField,
        _request: &SearchRequest,
    ) -> Result<FacetCounts, QueryError> {
        Ok(Vec::new())
    }

    /// The ids of all articles that match, in ascending order; limit, offset and sort of the
    /// request do not count.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn matching_ids(&self, _request: &SearchRequest) -> Result<Vec<ArticleId>, QueryError> {
        Ok(Vec::new())
    }

    /// The article with this id: the whole of it or its first digits (4 at least), or what the
    /// publisher calls it (an id or URL).
    ///
    /// # Errors
    /// When no article, or more than one, goes by it.
    pub fn article(&self, id: &str) -> Result<StoredArticle, QueryError> {
        Err(QueryError::UnknownArticle(id.to_owned()))
    }

    /// What the index holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn stats(&self) -> Result<Stats, QueryError> {
        Err(QueryError::UnknownArticle(String::new()))
    }
}
