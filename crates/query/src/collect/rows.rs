//! Reads the values of many documents at once.

use tantivy::DocId;
use tantivy::columnar::column_index::MultiValueIndex;
use tantivy::columnar::{Column, ColumnIndex};

/// Values that are read at a time: two kilobytes of ordinals, which stay in the first-level cache.
const BATCH_VALUES: usize = 256;

/// Reads a column, with room that is used again for each block of documents.
pub(super) struct Rows {
    column: Column<u64>,
    docs: Vec<DocId>,
    ranks: Vec<u32>,
    ends: Vec<u32>,
    rows: Vec<u32>,
    values: Vec<u64>,
}

impl Rows {
    pub(super) fn new(column: Column<u64>) -> Rows {
        Rows {
            column,
            docs: Vec::new(),
            ranks: Vec::new(),
            ends: Vec::new(),
            rows: Vec::new(),
            values: vec![0; BATCH_VALUES],
        }
    }

    /// Calls `found` with the values of some documents, which are in ascending order, a batch at
    /// a time.
    pub(super) fn each(&mut self, docs: &[DocId], mut found: impl FnMut(&[u64])) {
        let (Some(&first), Some(&last)) = (docs.first(), docs.last()) else {
            return;
        };
        if (last - first) as usize + 1 == docs.len() {
            let rows = self.column.index.docid_range_to_rowids(first..last + 1);
            let mut start = rows.start;
            while start < rows.end {
                let length = BATCH_VALUES.min((rows.end - start) as usize);
                let values = &mut self.values[..length];
                self.column.values.get_range(start.into(), values);
                found(values);
                start += length as u32;
            }
            return;
        }
        self.find_rows(docs);
        for rows in self.rows.chunks(BATCH_VALUES) {
            let values = &mut self.values[..rows.len()];
            self.column.values.get_vals(rows, values);
            found(values);
        }
    }

    /// Fills `rows` with the rows of the documents' values.
    fn find_rows(&mut self, docs: &[DocId]) {
        self.rows.clear();
        self.docs.clear();
        let ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(index)) =
            &self.column.index
        else {
            self.column
                .row_ids_for_docs(docs, &mut self.docs, &mut self.rows);
            return;
        };
        self.ranks.clear();
        let optional = &index.optional_index;
        optional.rank_if_exists_batch(docs, &mut self.docs, &mut self.ranks);
        let starts = &mut self.docs;
        starts.resize(self.ranks.len(), 0);
        index.start_index_column.get_vals(&self.ranks, starts);
        self.ranks.iter_mut().for_each(|rank| *rank += 1);
        self.ends.resize(self.ranks.len(), 0);
        index
            .start_index_column
            .get_vals(&self.ranks, &mut self.ends);
        for (&start, &end) in starts.iter().zip(&self.ends) {
            self.rows.extend(start..end);
        }
    }
}
