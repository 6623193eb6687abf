//! One pass over the matching articles: how many there are, which come first, how often each
//! facet value occurs, and how they spread over time. Everything is exact, over all segments and
//! after deletes.

mod best;
mod count;
mod days;
mod pool;
mod raise;
mod sums;

use std::sync::Arc;

use dateline_corpus::schema::Fields;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::directory::FacetValues;
use crate::rank::Recency;
use crate::snapshot::{Snapshot, SortColumns};
use crate::{Sort, rank};
pub(crate) use best::Ranked;
use best::{Best, Key};
use count::{Counter, Tally};
use days::DayCounter;
pub(crate) use days::Days;
pub(crate) use pool::Pool;
pub(crate) use raise::raise;
pub(crate) use sums::Sums;

/// Articles that are counted at a time: enough that a call for a block of values costs nothing
/// next to the values, and few enough that they stay in the first-level cache.
const BLOCK_DOCS: usize = 256;

/// What to collect.
#[derive(Clone)]
pub(crate) struct Collect<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) sort: Sort,
    /// How much articles lose with age, if they do.
    pub(crate) recency: Option<Recency>,
    /// Hits wanted from the first on; 0 for none.
    pub(crate) wanted: usize,
    /// Values to count.
    pub(crate) facets: Vec<Arc<FacetValues>>,
    /// Whether articles are counted by day.
    pub(crate) by_day: bool,
}

/// What was collected.
#[derive(Default)]
pub(crate) struct Collected {
    pub(crate) total: u64,
    /// The first hits, best first.
    pub(crate) hits: Vec<Ranked>,
    /// Of each facet asked for the number of articles by entry.
    pub(crate) counts: Vec<Sums>,
    /// Articles by day, if asked for.
    pub(crate) days: Days,
}

impl<'a> Collect<'a> {
    /// Collects nothing but the number of articles.
    pub(crate) fn total(snapshot: &'a Snapshot) -> Collect<'a> {
        Collect {
            snapshot,
            sort: Sort::default(),
            recency: None,
            wanted: 0,
            facets: Vec::new(),
            by_day: false,
        }
    }

    fn fields(&self) -> &Fields {
        &self.snapshot.fields
    }
}

impl Collector for Collect<'_> {
    type Fruit = Collected;
    type Child = SegmentCollect;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentCollect> {
        let fields = self.fields();
        let facets = self.facets.iter();
        let pool = &self.snapshot.pool;
        let SortColumns { published, content } =
            self.snapshot.sort_columns[segment as usize].clone();
        Ok(SegmentCollect {
            segment,
            sort: self.sort,
            recency: self.recency,
            total: 0,
            best: Best::new(self.wanted),
            published,
            content,
            block: Vec::with_capacity(BLOCK_DOCS),
            counters: facets
                .map(|values| Counter::new(values.rows(segment), values.len(), pool))
                .collect(),
            days: match self.by_day {
                true => Some(DayCounter::open(reader, fields)?),
                false => None,
            },
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance && self.wanted > 0
    }

    fn merge_fruits(&self, segments: Vec<SegmentFruit>) -> tantivy::Result<Collected> {
        let pool = &self.snapshot.pool;
        let mut collected = Collected::default();
        let mut tallies: Vec<Vec<Tally>> = self.facets.iter().map(|_| Vec::new()).collect();
        let mut best = Best::new(self.wanted);
        for fruit in segments {
            collected.total += fruit.total;
            best.extend(fruit.best);
            for (tallies, tally) in tallies.iter_mut().zip(fruit.tallies) {
                tallies.push(tally);
            }
            collected.days.extend(fruit.days);
        }
        let facets = self.facets.iter().zip(tallies);
        let sums = facets.map(|(values, tallies)| Sums::new(values.len(), tallies, pool));
        collected.counts = sums.collect();
        collected.hits = best.into_sorted();
        Ok(collected)
    }
}

/// Collects from one segment.
pub(crate) struct SegmentCollect {
    segment: SegmentOrdinal,
    sort: Sort,
    recency: Option<Recency>,
    total: u64,
    best: Best,
    published: Option<Column<i64>>,
    content: Option<Column<u64>>,
    /// Articles that are not counted yet, ascending.
    block: Vec<DocId>,
    counters: Vec<Counter>,
    days: Option<DayCounter>,
}

/// What was collected from one segment.
pub(crate) struct SegmentFruit {
    total: u64,
    best: Best,
    tallies: Vec<Tally>,
    days: Days,
}

impl SegmentCollect {
    fn rank(&mut self, doc: DocId, mut score: Score) {
        let by_score = self.sort == Sort::Relevance && self.recency.is_none();
        if by_score && score < self.best.score_min() {
            return;
        }
        let published = self.published.as_ref().and_then(|column| column.first(doc));
        if let Some(recency) = self.recency {
            score *= recency.share(published);
        }
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
        self.best.push(Ranked {
            key,
            address,
            score,
            raised: false,
        });
    }

    fn count_block(&mut self) {
        for counter in &mut self.counters {
            counter.count(&self.block);
        }
        if let Some(days) = &mut self.days {
            days.count(&self.block);
        }
        self.block.clear();
    }
}

impl SegmentCollector for SegmentCollect {
    type Fruit = SegmentFruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        if self.best.wants_any() {
            self.rank(doc, score);
        }
        self.block.push(doc);
        if self.block.len() == BLOCK_DOCS {
            self.count_block();
        }
    }

    fn harvest(mut self) -> SegmentFruit {
        self.count_block();
        let counters = self.counters.into_iter();
        SegmentFruit {
            total: self.total,
            best: self.best,
            tallies: counters.map(Counter::into_tally).collect(),
            days: self.days.map(DayCounter::into_days).unwrap_or_default(),
        }
    }
}
