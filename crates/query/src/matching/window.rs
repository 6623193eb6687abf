//! Walks the documents of many lists a stretch of documents at a time: each list is read through
//! its part of the stretch, so that a document costs the same however many lists there are.

use tantivy::postings::Postings;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::postings::List;

/// Documents of a stretch: as many as the counts of stay in the first-level cache.
const DOCS: usize = 2_048;
const WORD_BITS: usize = u64::BITS as usize;

/// The documents of a stretch that one of the lists has.
pub(super) struct Window {
    /// The first document of the stretch.
    start: DocId,
    /// Which documents there are.
    bits: [u64; DOCS / WORD_BITS],
    /// By document: occurrences, and what they count for.
    counts: Vec<(u32, Score)>,
}

impl Default for Window {
    fn default() -> Window {
        Window {
            // The first document that is asked for begins a stretch.
            start: TERMINATED,
            bits: [0; DOCS / WORD_BITS],
            counts: vec![(0, 0.0); DOCS],
        }
    }
}

impl Window {
    /// The first document from `target` on that one of the lists has.
    pub(super) fn reach(&mut self, target: DocId, lists: &mut [List]) -> DocId {
        if self.holds(target)
            && let Some(doc) = self.next(target)
        {
            return doc;
        }
        let target = match self.holds(target) {
            true => self.start + DOCS as DocId,
            false => target,
        };
        let docs = lists.iter_mut().map(|list| list.reach(target));
        match docs.min() {
            None | Some(TERMINATED) => TERMINATED,
            Some(first) => {
                self.fill(first, lists);
                first
            }
        }
    }

    /// Occurrences in a document of the stretch.
    pub(super) fn freq(&self, doc: DocId) -> u32 {
        self.counts[(doc - self.start) as usize].0
    }

    /// What they count for.
    pub(super) fn weighed(&self, doc: DocId) -> Score {
        self.counts[(doc - self.start) as usize].1
    }

    fn holds(&self, doc: DocId) -> bool {
        doc.checked_sub(self.start)
            .is_some_and(|at| (at as usize) < DOCS)
    }

    /// The first document of the stretch from `target` on.
    fn next(&self, target: DocId) -> Option<DocId> {
        let at = (target - self.start) as usize;
        let mut word = at / WORD_BITS;
        let mut bits = self.bits[word] & (u64::MAX << (at % WORD_BITS));
        while bits == 0 {
            word += 1;
            bits = *self.bits.get(word)?;
        }
        let at = word * WORD_BITS + bits.trailing_zeros() as usize;
        Some(self.start + at as DocId)
    }

    /// Begins a stretch with a document; the lists stand there or behind it.
    fn fill(&mut self, first: DocId, lists: &mut [List]) {
        self.bits.fill(0);
        self.start = first;
        let end = (first + DOCS as DocId).min(TERMINATED);
        for list in lists {
            while list.doc < end {
                let at = (list.doc - first) as usize;
                let (freq, weighed) = (list.postings.term_freq(), &mut self.counts[at]);
                let bit = 1 << (at % WORD_BITS);
                if self.bits[at / WORD_BITS] & bit == 0 {
                    *weighed = (0, 0.0);
                }
                self.bits[at / WORD_BITS] |= bit;
                weighed.0 += freq;
                weighed.1 += freq as Score * list.weight;
                list.doc = list.postings.advance();
            }
        }
    }
}
