//! Counts the values of one facet in one segment, by ordinal.

use std::sync::Arc;

use tantivy::DocId;

use super::pool::Pool;
use super::rows::Rows;
use crate::directory::{Correction, SegmentValues};

/// While no more than this share of the ordinals occurs, they are listed, so that clearing and
/// summing up costs what occurred; beyond it, walking all counts is cheaper than the list.
const TOUCHED_SHARE: usize = 8;

/// Counts in one segment.
pub(super) struct Counter {
    /// `None` when no document of the segment has a value.
    rows: Option<Rows>,
    corrections: Arc<[Correction]>,
    tally: Tally,
}

/// What was counted.
pub(super) struct Tally {
    /// The entry of each ordinal.
    pub(super) entries: Arc<[u32]>,
    /// The number of articles by ordinal.
    pub(super) counts: Vec<u32>,
    /// The ordinals that occurred, unless they are too many.
    pub(super) touched: Option<Vec<u32>>,
    /// What to add to the counts of entries.
    pub(super) deltas: Vec<(u32, i32)>,
}

impl Counter {
    pub(super) fn new(values: &SegmentValues, pool: &Pool) -> Counter {
        let column = values.column.as_ref();
        Counter {
            rows: column.map(|column| Rows::new(column.ords().clone())),
            corrections: Arc::clone(&values.corrections),
            tally: Tally {
                counts: pool.take(values.entries.len()),
                entries: Arc::clone(&values.entries),
                touched: Some(Vec::new()),
                deltas: Vec::new(),
            },
        }
    }

    /// Counts some documents, which are in ascending order.
    pub(super) fn count(&mut self, docs: &[DocId]) {
        self.correct(docs);
        let Some(rows) = &mut self.rows else {
            return;
        };
        let Tally {
            counts, touched, ..
        } = &mut self.tally;
        rows.each(docs, |ordinals| match touched {
            Some(touched) => {
                for &ordinal in ordinals {
                    let count = &mut counts[ordinal as usize];
                    if *count == 0 {
                        touched.push(ordinal as u32);
                    }
                    *count += 1;
                }
            }
            None => {
                for &ordinal in ordinals {
                    counts[ordinal as usize] += 1;
                }
            }
        });
        let touched_max = counts.len() / TOUCHED_SHARE;
        touched.take_if(|touched| touched.len() > touched_max);
    }

    pub(super) fn into_tally(self) -> Tally {
        self.tally
    }

    /// Both lists are in the order of documents: each is searched for the other's next.
    fn correct(&mut self, docs: &[DocId]) {
        let mut docs = docs;
        let first = docs.first().copied().unwrap_or_default();
        let begin = |correction: &Correction| correction.doc < first;
        let mut corrections = &self.corrections[self.corrections.partition_point(begin)..];
        while let (Some(correction), Some(&doc)) = (corrections.first(), docs.first()) {
            if correction.doc == doc {
                self.tally.deltas.push((correction.entry, correction.delta));
                corrections = &corrections[1..];
            } else if correction.doc > doc {
                docs = &docs[docs.partition_point(|&doc| doc < correction.doc)..];
            } else {
                let before = |correction: &Correction| correction.doc < doc;
                corrections = &corrections[corrections.partition_point(before)..];
            }
        }
    }
}
