//! The entries of each article of a segment, in memory: counting reads them hundreds of thousands
//! of times for every time they are made, and unpacking the index's column would cost most of it.

use std::ops::Range;

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::NO_ENTRY;
use super::corrections::Correction;

/// The entries of each document, each entry once: four bytes for a document and four for each of
/// its entries.
#[derive(Default)]
pub(crate) struct Rows {
    /// Where those of a document begin, and, last, where those of the last one end.
    starts: Vec<u32>,
    entries: Vec<u32>,
}

impl Rows {
    /// Of all documents of a segment. `usual` is the entry of each ordinal; `corrections` are in
    /// the order of documents.
    pub(super) fn new(
        docs: Range<DocId>,
        column: Option<&StrColumn>,
        usual: &[u32],
        corrections: &[Correction],
    ) -> Rows {
        let mut rows = Rows::default();
        let mut corrections = corrections;
        for doc in docs {
            let start = rows.entries.len();
            rows.starts.push(start as u32);
            let ordinals = column.into_iter().flat_map(|column| column.term_ords(doc));
            let entries = ordinals.map(|ordinal| usual[ordinal as usize]);
            rows.entries
                .extend(entries.filter(|&entry| entry != NO_ENTRY));
            let own = corrections.partition_point(|correction| correction.doc <= doc);
            let (own, later) = corrections.split_at(own);
            corrections = later;
            for &Correction { entry, delta, .. } in own {
                rows.correct(start, entry, delta);
            }
        }
        rows.starts.push(rows.entries.len() as u32);
        rows.entries.shrink_to_fit();
        rows
    }

    /// The entries of a document, in no order.
    pub(crate) fn of(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        &self.entries[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }

    /// Adds an entry to the document that begins at `start`, or takes it away as often as it is
    /// there too many times.
    fn correct(&mut self, start: usize, entry: u32, delta: i32) {
        self.entries.extend((0..delta).map(|_| entry));
        for _ in delta..0 {
            let own = &self.entries[start..];
            if let Some(at) = own.iter().position(|&other| other == entry) {
                self.entries.swap_remove(start + at);
            }
        }
    }
}
