//! Counts the values of one facet.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{DocId, TERMINATED};

use crate::directory::FacetValues;
use crate::{FacetCount, FacetCounts};

/// Counts in one segment, by entry of the whole index.
pub(super) struct Counter {
    column: Option<Column<u64>>,
    /// The entry of each ordinal.
    entries: Arc<[u32]>,
    counts: Vec<u32>,
    /// The document that counted last for each entry: one that names a person in two ways counts
    /// once.
    last: Vec<DocId>,
}

impl Counter {
    pub(super) fn new(values: &FacetValues, segment: u32) -> Counter {
        let of_segment = values.segment(segment);
        Counter {
            column: of_segment
                .column
                .as_ref()
                .map(|column| column.ords().clone()),
            entries: Arc::clone(&of_segment.entries),
            counts: vec![0; values.len()],
            last: vec![TERMINATED; values.len()],
        }
    }

    pub(super) fn count(&mut self, doc: DocId) {
        let Some(column) = &self.column else {
            return;
        };
        for ordinal in column.values_for_doc(doc) {
            let entry = self.entries[ordinal as usize] as usize;
            if std::mem::replace(&mut self.last[entry], doc) != doc {
                self.counts[entry] += 1;
            }
        }
    }

    pub(super) fn into_counts(self) -> Vec<u32> {
        self.counts
    }
}

/// The values that were counted, the most frequent first, then by value; at most `limit`.
pub(crate) fn ranked(values: &FacetValues, counts: &[u32], limit: Option<usize>) -> FacetCounts {
    let mut found: Vec<(u32, u32)> = (0..)
        .zip(counts.iter().copied())
        .filter(|(_, count)| *count > 0)
        .collect();
    let order = |a: &(u32, u32), b: &(u32, u32)| {
        let by_value = || values.entry(a.0).value.cmp(&values.entry(b.0).value);
        b.1.cmp(&a.1).then_with(by_value)
    };
    let limit = limit.unwrap_or(found.len());
    if limit == 0 {
        return FacetCounts::new();
    }
    if limit < found.len() {
        found.select_nth_unstable_by(limit - 1, order);
        found.truncate(limit);
    }
    found.sort_unstable_by(order);
    let winners = found.into_iter();
    winners
        .map(|(entry, count)| FacetCount {
            value: values.entry(entry).value.clone(),
            label: values.entry(entry).label.clone(),
            count: u64::from(count),
        })
        .collect()
}
