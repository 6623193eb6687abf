//! Keeps the best hits. Memory grows with the hits that are there, not with those asked for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::{DocAddress, Score};

/// What hits are ordered by; greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// The score or the date.
    pub(super) worth: i64,
    /// Ties go to the newest.
    pub(super) published: i64,
    /// Further ties are decided by the article's hash: without meaning, but the same however the
    /// index came about.
    pub(super) content: u64,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Key,
    address: DocAddress,
    score: Score,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Entry) -> std::cmp::Ordering {
        let by_key = self.key.cmp(&other.key);
        by_key.then_with(|| other.address.cmp(&self.address))
    }
}

/// The best hits seen so far.
pub(crate) struct Best {
    wanted: usize,
    worst_first: BinaryHeap<Reverse<Entry>>,
}

impl Best {
    /// Keeps at most `wanted` hits.
    pub(super) fn new(wanted: usize) -> Best {
        Best {
            wanted,
            worst_first: BinaryHeap::new(),
        }
    }

    pub(super) fn wants_any(&self) -> bool {
        self.wanted > 0
    }

    /// Whether a hit of this worth could be among the best.
    pub(super) fn admits(&self, worth: i64) -> bool {
        self.worst_first.len() < self.wanted
            || self
                .worst_first
                .peek()
                .is_some_and(|worst| worth >= worst.0.key.worth)
    }

    pub(super) fn push(&mut self, key: Key, address: DocAddress, score: Score) {
        self.push_entry(Entry {
            key,
            address,
            score,
        });
    }

    pub(super) fn extend(&mut self, other: Best) {
        for Reverse(entry) in other.worst_first {
            self.push_entry(entry);
        }
    }

    /// The hits, best first.
    pub(super) fn into_sorted(self) -> Vec<(DocAddress, Score)> {
        let sorted = self.worst_first.into_sorted_vec().into_iter();
        sorted
            .map(|Reverse(entry)| (entry.address, entry.score))
            .collect()
    }

    fn push_entry(&mut self, entry: Entry) {
        self.worst_first.push(Reverse(entry));
        if self.worst_first.len() > self.wanted {
            self.worst_first.pop();
        }
    }
}
