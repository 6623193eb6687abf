//! One pass over the matching articles: how many there are, which come first, and how often each
//! facet value occurs. Everything is exact, over all segments and after deletes.

mod best;
mod count;

use std::sync::Arc;

use dateline_corpus::schema::Fields;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::directory::FacetValues;
use crate::{FacetField, FacetRequest, Sort, rank};
use best::{Best, Key};
use count::Counter;

pub(crate) use count::ranked;

/// What to collect.
pub(crate) struct Collect {
    pub(crate) sort: Sort,
    /// Hits wanted from the first on; 0 for none.
    pub(crate) wanted: usize,
    pub(crate) facets: Vec<(FacetRequest, Arc<FacetValues>)>,
    /// Names of the fast fields.
    pub(crate) published: String,
    pub(crate) content: String,
}

/// What was collected.
#[derive(Default)]
pub(crate) struct Collected {
    pub(crate) total: u64,
    /// The first hits, best first.
    pub(crate) hits: Vec<(DocAddress, Score)>,
    /// Of each facet asked for the number of articles by entry.
    pub(crate) counts: Vec<Vec<u32>>,
}

impl Collect {
    pub(crate) fn new(
        sort: Sort,
        wanted: usize,
        facets: Vec<(FacetRequest, Arc<FacetValues>)>,
        fields: &Fields,
        schema: &tantivy::schema::Schema,
    ) -> Collect {
        Collect {
            sort,
            wanted,
            facets,
            published: schema.get_field_name(fields.published).to_owned(),
            content: schema.get_field_name(fields.content).to_owned(),
        }
    }

    /// The fields that are counted, in the order of [`Collected::counts`].
    pub(crate) fn counted(
        &self,
    ) -> impl Iterator<Item = (FacetField, &FacetRequest, &FacetValues)> {
        let facets = self.facets.iter();
        facets.map(|(request, values)| (request.field, request, values.as_ref()))
    }
}

impl Collector for Collect {
    type Fruit = Collected;
    type Child = SegmentCollect;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentCollect> {
        let facets = self.facets.iter();
        Ok(SegmentCollect {
            segment,
            sort: self.sort,
            total: 0,
            best: Best::new(self.wanted),
            published: reader.fast_fields().column_opt(&self.published)?,
            content: reader.fast_fields().column_opt(&self.content)?,
            counters: facets
                .map(|(_, values)| Counter::new(values, segment))
                .collect(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance && self.wanted > 0
    }

    fn merge_fruits(
        &self,
        segments: Vec<(u64, Best, Vec<Vec<u32>>)>,
    ) -> tantivy::Result<Collected> {
        let mut collected = Collected {
            counts: self
                .facets
                .iter()
                .map(|(_, values)| vec![0; values.len()])
                .collect(),
            ..Collected::default()
        };
        let mut best = Best::new(self.wanted);
        for (total, of_segment, counts) in segments {
            collected.total += total;
            best.extend(of_segment);
            for (sums, counts) in collected.counts.iter_mut().zip(counts) {
                sums.iter_mut()
                    .zip(counts)
                    .for_each(|(sum, count)| *sum += count);
            }
        }
        collected.hits = best.into_sorted();
        Ok(collected)
    }
}

/// Collects from one segment.
pub(crate) struct SegmentCollect {
    segment: SegmentOrdinal,
    sort: Sort,
    total: u64,
    best: Best,
    published: Option<Column<i64>>,
    content: Option<Column<u64>>,
    counters: Vec<Counter>,
}

impl SegmentCollect {
    fn rank(&mut self, doc: DocId, score: Score) {
        let published = self.published.as_ref().and_then(|column| column.first(doc));
        // Undated articles come last in either order.
        let worth = match (self.sort, published) {
            (Sort::Relevance, _) => rank::score_key(score),
            (Sort::Newest, published) => published.unwrap_or(i64::MIN),
            (Sort::Oldest, Some(seconds)) => seconds.saturating_neg(),
            (Sort::Oldest, None) => i64::MIN,
        };
        if !self.best.admits(worth) {
            return;
        }
        let content = self.content.as_ref().and_then(|column| column.first(doc));
        let key = Key {
            worth,
            published: published.unwrap_or(i64::MIN),
            content: content.unwrap_or_default(),
        };
        let address = DocAddress::new(self.segment, doc);
        self.best.push(key, address, score);
    }
}

impl SegmentCollector for SegmentCollect {
    type Fruit = (u64, Best, Vec<Vec<u32>>);

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        self.best.wants_any().then(|| self.rank(doc, score));
        for counter in &mut self.counters {
            counter.count(doc);
        }
    }

    fn harvest(self) -> Self::Fruit {
        let counters = self.counters.into_iter();
        (
            self.total,
            self.best,
            counters.map(Counter::into_counts).collect(),
        )
    }
}
