//! The postings of several terms as those of one: what makes stems and exact forms a word again.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::window::Window;

/// Of so few lists all are looked at for the next document; of more they are kept in order.
const UNORDERED_MAX: usize = 8;

/// The documents that have one of several terms, in order.
pub(super) struct UnionPostings {
    lists: Vec<List>,
    /// `None` of few lists.
    many: Option<Many>,
    doc: DocId,
}

/// The postings of a term.
pub(super) struct List {
    pub(super) postings: SegmentPostings,
    /// What an occurrence counts for.
    pub(super) weight: Score,
    /// Where the postings stand: looked at far more often than they are moved, and the postings
    /// keep it in a block of kilobytes.
    pub(super) doc: DocId,
}

/// How to go through many lists.
enum Many {
    /// Where positions are read, and all lists must stand at the same document.
    Order(Order),
    /// Elsewhere.
    Window(Box<Window>),
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

impl List {
    fn new(postings: SegmentPostings, weight: Score) -> List {
        List {
            doc: postings.doc(),
            postings,
            weight,
        }
    }

    /// Goes to the first document from `target` on.
    pub(super) fn reach(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.postings.seek(target);
        }
        self.doc
    }
}

impl UnionPostings {
    /// The postings of those of the terms, each with the weight of its occurrences, that a field
    /// of the segment has.
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
            lists.extend(postings.map(|postings| List::new(postings, weight)));
        }
        let many = (lists.len() > UNORDERED_MAX).then(|| match option.has_positions() {
            true => Many::Order(Order {
                current: (0..lists.len()).collect(),
                waiting: BinaryHeap::with_capacity(lists.len()),
            }),
            false => Many::Window(Box::default()),
        });
        let mut union = UnionPostings {
            lists,
            many,
            doc: 0,
        };
        union.reach_each(0);
        Ok(union)
    }

    /// Occurrences in the current document.
    pub(super) fn term_freq(&self) -> u32 {
        if let Some(Many::Window(window)) = &self.many {
            return window.freq(self.doc);
        }
        let mut sum = 0;
        self.each_current(|list| sum += list.postings.term_freq());
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
        if let Some(Many::Window(window)) = &self.many {
            return window.weighed(self.doc);
        }
        let mut sum = 0.0;
        self.each_current(|list| sum += list.postings.term_freq() as Score * list.weight);
        sum
    }

    /// Visits the lists that have the current document.
    fn each_current(&self, mut visit: impl FnMut(&List)) {
        if let Some(Many::Order(order)) = &self.many {
            let current = order.current.iter();
            current.for_each(|&number| visit(&self.lists[number]));
            return;
        }
        let lists = self.lists.iter();
        lists.filter(|list| list.doc == self.doc).for_each(visit);
    }

    /// Replaces `positions` by those in the current document, in ascending order and without
    /// duplicates.
    pub(super) fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let mut lists = 0;
        let mut add = |list: &mut List| {
            list.postings.append_positions_with_offset(0, positions);
            lists += 1;
        };
        match &self.many {
            Some(Many::Order(order)) => {
                let current = order.current.iter();
                current.for_each(|&number| add(&mut self.lists[number]));
            }
            _ => {
                let lists = self.lists.iter_mut();
                lists.filter(|list| list.doc == self.doc).for_each(add);
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
            self.reach_each(target);
        }
        self.doc
    }

    /// Moves the lists that stand before `target` to it or behind it.
    fn reach_each(&mut self, target: DocId) {
        self.doc = match &mut self.many {
            // In one go, because nearly all words have one list or two.
            None => {
                let lists = self.lists.iter_mut();
                let docs = lists.map(|list| list.reach(target));
                docs.min().unwrap_or(TERMINATED)
            }
            Some(Many::Order(order)) => order.reach(target, &mut self.lists),
            Some(Many::Window(window)) => window.reach(target, &mut self.lists),
        };
    }

    /// Number of documents at most; those of several terms count several times.
    pub(super) fn size_hint(&self) -> u32 {
        let sizes = self.lists.iter().map(|list| list.postings.size_hint());
        sizes.fold(0, u32::saturating_add)
    }

    /// The current document.
    pub(super) fn doc(&self) -> DocId {
        self.doc
    }
}

impl Order {
    fn reach(&mut self, target: DocId, lists: &mut [List]) -> DocId {
        let Order { current, waiting } = self;
        while let Some(next) = waiting.peek_mut()
            && next.0.0 < target
        {
            current.push(PeekMut::pop(next).0.1);
        }
        for number in current.drain(..) {
            let doc = lists[number].reach(target);
            if doc != TERMINATED {
                waiting.push(Reverse((doc, number)));
            }
        }
        let doc = waiting.peek().map_or(TERMINATED, |next| next.0.0);
        while let Some(next) = waiting.peek_mut()
            && next.0.0 == doc
        {
            current.push(PeekMut::pop(next).0.1);
        }
        doc
    }
}

/// The documents that have one of several terms, for being asked about one after another.
#[derive(Default)]
pub(super) struct Members {
    /// A bit for each document; empty when there are none.
    bits: Vec<u64>,
}

impl Members {
    /// Those of a segment.
    pub(super) fn open(reader: &SegmentReader, terms: &[Term]) -> tantivy::Result<Members> {
        let mut members = Members::default();
        for term in terms {
            let inverted = reader.inverted_index(term.field())?;
            let block = inverted.read_block_postings(term, IndexRecordOption::Basic)?;
            let Some(mut block) = block else {
                continue;
            };
            members
                .bits
                .resize((reader.max_doc() as usize).div_ceil(64), 0);
            while !block.docs().is_empty() {
                for &doc in block.docs() {
                    members.bits[doc as usize / 64] |= 1 << (doc % 64);
                }
                block.advance();
            }
        }
        Ok(members)
    }

    pub(super) fn contains(&self, doc: DocId) -> bool {
        let bits = self.bits.get(doc as usize / 64);
        bits.is_some_and(|bits| bits >> (doc % 64) & 1 == 1)
    }
}
