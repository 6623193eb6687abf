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

#[cfg(test)]
mod tests {
    use tantivy::schema::{IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, IndexWriter, doc};

    use super::*;
    use crate::matching::postings::UnionPostings;

    const TERMS: u32 = 12;
    const ARTICLES: u32 = 5_000;
    const WRITER_BYTES: usize = 32 << 20;

    /// How often a document has a term.
    fn freq(doc: DocId, term: u32) -> u32 {
        match (doc / 7 + doc * 13 + term * 31) % (20 + 97 * term) {
            0 => 1 + (doc + term) % 3,
            _ => 0,
        }
    }

    #[test]
    fn many_lists_are_walked_as_if_each_document_was_looked_at() {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES).unwrap();
        for number in 0..ARTICLES {
            let words = (0..TERMS).flat_map(|term| (0..freq(number, term)).map(move |_| term));
            let words: Vec<String> = words.map(|term| format!("t{term}")).collect();
            writer.add_document(doc!(field => words.join(" "))).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let terms: Vec<(String, Score)> = (0..TERMS)
            .map(|term| (format!("t{term}"), 0.8 + 0.1 * term as Score))
            .collect();
        for step in [1, 3, 64, 700, 2_048, 4_000] {
            let terms = terms.iter().map(|(term, weight)| (term.as_str(), *weight));
            let option = IndexRecordOption::WithFreqs;
            let reader = searcher.segment_reader(0);
            let mut union = UnionPostings::open_in(reader, field, terms, option).unwrap();
            let mut target = 0;
            loop {
                let has_any = |doc: &DocId| (0..TERMS).any(|term| freq(*doc, term) > 0);
                let expected = (target..ARTICLES).find(has_any);
                assert_eq!(union.reach(target), expected.unwrap_or(TERMINATED));
                let Some(doc) = expected else { break };
                let freqs = (0..TERMS).map(|term| freq(doc, term));
                assert_eq!(union.term_freq(), freqs.clone().sum::<u32>(), "of {doc}");
                let weights = (0..TERMS).map(|term| 0.8 + 0.1 * term as Score);
                let weighed = freqs
                    .zip(weights)
                    .map(|(freq, weight)| freq as Score * weight);
                let weighed = weighed.fold(0.0, |sum, weighed| sum + weighed);
                assert_eq!(union.weighed_freq(), weighed, "of {doc}");
                target = doc + step;
            }
        }
    }
}
