//! Keeps the best hits. Memory grows with the hits that are there, not with those asked for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::{DocAddress, Score};

use crate::rank;

/// What hits are ordered by; greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// The score or the date.
    pub(super) worth: i64,
    /// Ties go to the newest; `i64::MIN` of an article without a date.
    pub(super) published: i64,
    /// Further ties are decided by the article's hash: without meaning, but the same however the
    /// index came about.
    pub(super) content: u64,
}

/// A hit and what puts it where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    pub(super) key: Key,
    pub(crate) address: DocAddress,
    pub(crate) score: Score,
    /// Whether the closeness of words is part of the score.
    pub(crate) raised: bool,
}

impl Ranked {
    /// When it was published, in seconds since 1970.
    pub(crate) fn published(&self) -> Option<i64> {
        Some(self.key.published).filter(|seconds| *seconds != i64::MIN)
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Ranked) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> std::cmp::Ordering {
        let by_key = self.key.cmp(&other.key);
        by_key.then_with(|| other.address.cmp(&self.address))
    }
}

/// The best hits seen so far.
pub(crate) struct Best {
    wanted: usize,
    worst_first: BinaryHeap<Reverse<Ranked>>,
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

    /// The score that a hit is worse with than all that are kept; of hits in order of their scores.
    pub(super) fn score_min(&self) -> Score {
        match self.worst_first.peek() {
            Some(worst) if self.worst_first.len() >= self.wanted => {
                worst.0.score - 2.0 * rank::SCORE_STEP
            }
            _ => Score::NEG_INFINITY,
        }
    }

    pub(super) fn push(&mut self, hit: Ranked) {
        if self.worst_first.len() < self.wanted {
            self.worst_first.push(Reverse(hit));
        } else if let Some(mut worst) = self.worst_first.peek_mut()
            && hit > worst.0
        {
            *worst = Reverse(hit);
        }
    }

    pub(super) fn extend(&mut self, other: Best) {
        for Reverse(hit) in other.worst_first {
            self.push(hit);
        }
    }

    /// The hits, best first.
    pub(super) fn into_sorted(self) -> Vec<Ranked> {
        let sorted = self.worst_first.into_sorted_vec().into_iter();
        sorted.map(|Reverse(hit)| hit).collect()
    }
}
