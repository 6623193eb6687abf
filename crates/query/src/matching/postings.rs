//! The postings of several terms as those of one: what makes stems and exact forms a word again.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// Of so few lists all are looked at for the next document; of more they are kept in order.
const UNORDERED_MAX: usize = 8;

/// The documents that have one of several terms, in order.
pub(super) struct UnionPostings {
    /// With the weight of an occurrence.
    lists: Vec<(SegmentPostings, Score)>,
    /// `None` of few lists.
    order: Option<Order>,
    doc: DocId,
}

/// Which of many lists have the current document: each is touched once for each document it has,
/// however many others there are.
#[derive(Default)]
struct Order {
    /// The numbers of those that have it.
    current: Vec<usize>,
    /// The others by the next document that they have; those that ended are gone.
    waiting: BinaryHeap<Reverse<(DocId, usize)>>,
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
        let order = (lists.len() > UNORDERED_MAX).then(|| Order {
            current: (0..lists.len()).collect(),
            waiting: BinaryHeap::with_capacity(lists.len()),
        });
        let mut union = UnionPostings {
            lists,
            order,
            doc: 0,
        };
        union.reach_each(0);
        union
    }

    /// Occurrences in the current document.
    pub(super) fn term_freq(&self) -> u32 {
        let mut sum = 0;
        self.each_current(|list, _| sum += list.term_freq());
        sum
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
        let mut sum = 0.0;
        self.each_current(|list, weight| sum += list.term_freq() as Score * weight);
        sum
    }

    /// Visits the lists that have the current document.
    fn each_current(&self, mut visit: impl FnMut(&SegmentPostings, Score)) {
        if let Some(order) = &self.order {
            for &number in &order.current {
                let (list, weight) = &self.lists[number];
                visit(list, *weight);
            }
            return;
        }
        for (list, weight) in &self.lists {
            if list.doc() == self.doc {
                visit(list, *weight);
            }
        }
    }

    /// Replaces `positions` by those in the current document, in ascending order and without
    /// duplicates.
    pub(super) fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let mut lists = 0;
        let mut add = |list: &mut SegmentPostings| {
            list.append_positions_with_offset(0, positions);
            lists += 1;
        };
        match &self.order {
            Some(order) => {
                let current = order.current.iter();
                current.for_each(|&number| add(&mut self.lists[number].0));
            }
            None => {
                let lists = self.lists.iter_mut().map(|(list, _)| list);
                lists.filter(|list| list.doc() == self.doc).for_each(add);
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

    /// Moves the lists that stand before `target` to it or behind it.
    fn reach_each(&mut self, target: DocId) {
        let Some(Order { current, waiting }) = &mut self.order else {
            // In one go, because nearly all words have one list or two.
            self.doc = TERMINATED;
            for (list, _) in &mut self.lists {
                let doc = list.doc();
                let doc = if doc < target { list.seek(target) } else { doc };
                self.doc = self.doc.min(doc);
            }
            return;
        };
        while let Some(next) = waiting.peek_mut()
            && next.0.0 < target
        {
            current.push(PeekMut::pop(next).0.1);
        }
        for number in current.drain(..) {
            let list = &mut self.lists[number].0;
            let doc = list.doc();
            let doc = if doc < target { list.seek(target) } else { doc };
            if doc != TERMINATED {
                waiting.push(Reverse((doc, number)));
            }
        }
        self.doc = waiting.peek().map_or(TERMINATED, |next| next.0.0);
        while let Some(next) = waiting.peek_mut()
            && next.0.0 == self.doc
        {
            current.push(PeekMut::pop(next).0.1);
        }
    }
}

impl DocSet for UnionPostings {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.reach_each(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.reach_each(target);
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
