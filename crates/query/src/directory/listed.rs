//! What finds the articles of an entry: terms of the index, and a query for articles that are
//! listed by number, because a name means somebody there and no term tells.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::query::{
    BooleanQuery, ConstScorer, EmptyQuery, EnableScoring, Explanation, Query, Scorer, TermQuery,
    TermSetQuery, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, Term};

/// What finds the articles of some entries; one of all suffices.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finds {
    /// Terms of the values.
    pub(crate) terms: Vec<Term>,
    /// Articles that no term tells.
    pub(crate) listed: Vec<ListedQuery>,
}

impl Finds {
    /// The same and more.
    pub(crate) fn extend(&mut self, more: Finds) {
        self.terms.extend(more.terms);
        self.listed.extend(more.listed);
    }

    /// The query, whose scores mean nothing.
    pub(crate) fn into_query(mut self) -> Box<dyn Query> {
        let terms: Option<Box<dyn Query>> = match self.terms.len() {
            0 => None,
            1 => Some(Box::new(TermQuery::new(
                self.terms.swap_remove(0),
                IndexRecordOption::Basic,
            ))),
            _ => Some(Box::new(TermSetQuery::new(self.terms))),
        };
        let listed = self.listed.into_iter();
        let listed = listed.map(|query| Box::new(query) as Box<dyn Query>);
        let mut queries: Vec<Box<dyn Query>> = terms.into_iter().chain(listed).collect();
        match queries.len() {
            0 => Box::new(EmptyQuery),
            1 => queries.swap_remove(0),
            _ => Box::new(BooleanQuery::union(queries)),
        }
    }
}

/// Finds listed articles, deleted ones included; all score alike.
#[derive(Debug, Clone)]
pub(crate) struct ListedQuery {
    docs: Arc<FxHashMap<SegmentId, Arc<[DocId]>>>,
}

impl ListedQuery {
    /// The articles on any of some lists, each by segment; `None` when there are none.
    pub(super) fn new<'a>(
        searcher: &Searcher,
        lists: impl Iterator<Item = &'a Vec<Vec<DocId>>>,
    ) -> Option<ListedQuery> {
        let mut docs: FxHashMap<SegmentId, Vec<DocId>> = FxHashMap::default();
        for list in lists {
            for (reader, list) in searcher.segment_readers().iter().zip(list) {
                let segment = docs.entry(reader.segment_id()).or_default();
                segment.extend_from_slice(list);
            }
        }
        for list in docs.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        docs.retain(|_, list| !list.is_empty());
        if docs.is_empty() {
            return None;
        }
        let docs = docs
            .into_iter()
            .map(|(segment, list)| (segment, list.into()));
        Some(ListedQuery {
            docs: Arc::new(docs.collect()),
        })
    }
}

impl Query for ListedQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for ListedQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let docs = self.docs.get(&reader.segment_id()).cloned();
        let listed = Listed {
            docs: docs.unwrap_or_else(|| Arc::new([])),
            at: 0,
        };
        Ok(Box::new(ConstScorer::new(listed, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let problem = format!("document {doc} is not listed");
            return Err(tantivy::TantivyError::InvalidArgument(problem));
        }
        Ok(Explanation::new("listed", scorer.score()))
    }
}

/// Walks a list.
struct Listed {
    docs: Arc<[DocId]>,
    at: usize,
}

impl DocSet for Listed {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs[self.at..].partition_point(|&doc| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}
