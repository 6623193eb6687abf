//! The postings of several terms as those of one: what makes stems and exact forms a word again.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// The documents that have one of several terms, in order.
pub(super) struct UnionPostings {
    /// With the weight of an occurrence.
    lists: Vec<(SegmentPostings, Score)>,
    doc: DocId,
}

impl UnionPostings {
    /// The postings of those of the terms that the segment has.
    pub(super) fn open<'a>(
        reader: &SegmentReader,
        terms: impl IntoIterator<Item = &'a Term>,
        option: IndexRecordOption,
    ) -> tantivy::Result<UnionPostings> {
        let mut lists = Vec::new();
        for term in terms {
            let inverted = reader.inverted_index(term.field())?;
            let postings = inverted.read_postings(term, option)?;
            lists.extend(postings.map(|postings| (postings, 1.0)));
        }
        Ok(UnionPostings::from_lists(lists))
    }

    /// As [`UnionPostings::open`], for terms of one field, each with the weight of its
    /// occurrences.
    pub(super) fn open_in<'a>(
        reader: &SegmentReader,
        field: Field,
        terms: impl IntoIterator<Item = (&'a str, Score)>,
        option: IndexRecordOption,
    ) -> tantivy::Result<UnionPostings> {
        let inverted = reader.inverted_index(field)?;
        let mut lists = Vec::new();
        for (term, weight) in terms {
            let postings = inverted.read_postings(&Term::from_field_text(field, term), option)?;
            lists.extend(postings.map(|postings| (postings, weight)));
        }
        Ok(UnionPostings::from_lists(lists))
    }

    fn from_lists(lists: Vec<(SegmentPostings, Score)>) -> UnionPostings {
        let mut union = UnionPostings { lists, doc: 0 };
        union.settle();
        union
    }

    /// Occurrences in the current document.
    pub(super) fn term_freq(&self) -> u32 {
        self.current().map(|(list, _)| list.term_freq()).sum()
    }

    /// Occurrences in a document. Must be asked in ascending order.
    pub(super) fn freq_in(&mut self, doc: DocId) -> u32 {
        if self.contains(doc) {
            self.term_freq()
        } else {
            0
        }
    }

    /// Occurrences in the current document, each counted with the weight of its term.
    pub(super) fn weighed_freq(&self) -> Score {
        let current = self.current();
        current
            .map(|(list, weight)| list.term_freq() as Score * weight)
            .sum()
    }

    fn current(&self) -> impl Iterator<Item = &(SegmentPostings, Score)> {
        self.lists.iter().filter(|(list, _)| list.doc() == self.doc)
    }

    /// Replaces `positions` by those in the current document, in ascending order and without
    /// duplicates.
    pub(super) fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let mut lists = 0;
        for (list, _) in &mut self.lists {
            if list.doc() == self.doc {
                list.append_positions_with_offset(0, positions);
                lists += 1;
            }
        }
        if lists > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
    }

    /// Whether `doc` is among the documents. Must be asked in ascending order.
    pub(super) fn contains(&mut self, doc: DocId) -> bool {
        self.reach(doc) == doc
    }

    /// The first document from `target` on, or the current one if that lies behind it.
    pub(super) fn reach(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.seek(target);
        }
        self.doc
    }

    fn settle(&mut self) {
        let docs = self.lists.iter().map(|(list, _)| list.doc());
        self.doc = docs.min().unwrap_or(TERMINATED);
    }
}

impl DocSet for UnionPostings {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        for (list, _) in &mut self.lists {
            if list.doc() == self.doc {
                list.advance();
            }
        }
        self.settle();
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for (list, _) in &mut self.lists {
            if list.doc() < target {
                list.seek(target);
            }
        }
        self.settle();
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let sizes = self.lists.iter().map(|(list, _)| list.size_hint());
        sizes.fold(0, u32::saturating_add)
    }
}
