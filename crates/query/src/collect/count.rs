//! Counts the entries of one facet in one segment.

use std::sync::Arc;

use tantivy::DocId;

use super::pool::Pool;
use crate::directory::Rows;

/// While no more than this share of the entries was counted, they are listed, so that clearing and
/// looking for the most frequent ones costs what was counted; beyond it, walking all counts is
/// cheaper than the list.
const TOUCHED_SHARE: usize = 8;

/// Counts in one segment.
pub(super) struct Counter {
    rows: Arc<Rows>,
    tally: Tally,
}

/// What was counted.
pub(super) struct Tally {
    /// The number of articles by entry.
    pub(super) counts: Vec<u32>,
    /// The entries that were counted, each as often as it was, unless they are too many.
    pub(super) touched: Option<Vec<u32>>,
}

impl Counter {
    /// Of a facet that has so many entries.
    pub(super) fn new(rows: Arc<Rows>, entries: usize, pool: &Pool) -> Counter {
        Counter {
            rows,
            tally: Tally {
                counts: pool.take(entries),
                touched: Some(Vec::new()),
            },
        }
    }

    /// Counts some documents.
    pub(super) fn count(&mut self, docs: &[DocId]) {
        let Tally { counts, touched } = &mut self.tally;
        for &doc in docs {
            let entries = self.rows.of(doc);
            for &entry in entries {
                counts[entry as usize] += 1;
            }
            if let Some(touched) = touched {
                touched.extend_from_slice(entries);
            }
        }
        let touched_max = counts.len() / TOUCHED_SHARE;
        touched.take_if(|touched| touched.len() > touched_max);
    }

    pub(super) fn into_tally(self) -> Tally {
        self.tally
    }
}
