//! The column of a field over all segments: walks its values, and makes the values of the segments
//! of what they mean. What that is, is not decided here.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::corrections::{corrections, double_values};
use super::identity::Readings;
use super::rows::Rows;
use super::{NO_ENTRY, SegmentValues, merge};
use crate::QueryError;

/// The columns of a field, and how many articles have each value.
pub(super) struct Columns {
    /// By segment; `None` where no document has a value.
    pub(super) columns: Vec<Option<StrColumn>>,
    /// By segment and ordinal.
    pub(super) counts: Vec<Vec<u64>>,
}

impl Columns {
    pub(super) fn open(searcher: &tantivy::Searcher, name: &str) -> Result<Columns, QueryError> {
        let mut opened = Columns {
            columns: Vec::new(),
            counts: Vec::new(),
        };
        for reader in searcher.segment_readers() {
            let column = reader.fast_fields().str(name)?;
            let mut counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
            if let Some(column) = &column {
                for doc in reader.doc_ids_alive() {
                    for ordinal in column.term_ords(doc) {
                        counts[ordinal as usize] += 1;
                    }
                }
            }
            opened.columns.push(column);
            opened.counts.push(counts);
        }
        Ok(opened)
    }

    /// Calls `found` for each value, with the segments that have it and its ordinals there.
    pub(super) fn each(
        &self,
        mut found: impl FnMut(&str, &[(usize, u64)]),
    ) -> Result<(), QueryError> {
        let merged = merge::merge(&self.columns, |value, places| {
            found(&String::from_utf8_lossy(value), places);
        });
        merged.map_err(|error| QueryError::Index(error.into()))
    }

    /// A number for each ordinal of each segment, made from the value and its articles.
    pub(super) fn mapped(
        &self,
        mut number: impl FnMut(&str, u64) -> u32,
    ) -> Result<Vec<Vec<u32>>, QueryError> {
        let lengths = self.counts.iter().map(Vec::len);
        let mut numbers: Vec<Vec<u32>> = lengths.map(|length| vec![NO_ENTRY; length]).collect();
        self.each(|value, places| {
            let counts = places.iter();
            let counts = counts.map(|&(segment, ordinal)| self.counts[segment][ordinal as usize]);
            let number = number(value, counts.sum());
            for &(segment, ordinal) in places {
                numbers[segment][ordinal as usize] = number;
            }
        })?;
        Ok(numbers)
    }

    /// The values of the segments, and the articles that only readings tell.
    pub(super) fn into_segments(
        self,
        searcher: &tantivy::Searcher,
        entries: Vec<Vec<u32>>,
        readings: Readings,
    ) -> (Vec<SegmentValues>, FxHashMap<u32, Vec<Vec<DocId>>>) {
        let count = self.columns.len();
        let Readings {
            mut meant,
            mut doubtful,
            mut stand,
        } = readings;
        meant.resize_with(count, FxHashMap::default);
        doubtful.resize_with(count, Vec::new);
        stand.resize_with(count, Vec::new);
        let mut listed: FxHashMap<u32, Vec<Vec<DocId>>> = FxHashMap::default();
        let mut segments = Vec::with_capacity(count);
        let columns = self.columns.into_iter().zip(entries);
        for (segment, (column, entries)) in columns.enumerate() {
            let meant = std::mem::take(&mut meant[segment]);
            let mut doubtful = std::mem::take(&mut doubtful[segment]);
            let double = double_values(&entries);
            doubtful.resize(double.len(), false);
            for (doubtful, double) in doubtful.iter_mut().zip(double) {
                *doubtful |= double;
            }
            let reading = |doc, ordinal: u64| {
                let usual = entries[ordinal as usize];
                meant.get(&(doc, ordinal)).copied().unwrap_or(usual)
            };
            let stand = std::mem::take(&mut stand[segment]);
            let docs = 0..searcher.segment_reader(segment as u32).max_doc();
            let corrected = corrections(
                docs.clone(),
                column.as_ref(),
                &entries,
                &doubtful,
                &stand,
                reading,
            );
            let rows = Rows::new(docs, column.as_ref(), &entries, &corrected);
            let told = meant.iter().map(|(&(doc, _), &entry)| (doc, entry));
            for (doc, entry) in told.chain(stand) {
                let lists = listed
                    .entry(entry)
                    .or_insert_with(|| vec![Vec::new(); count]);
                lists[segment].push(doc);
            }
            segments.push(SegmentValues {
                column,
                rows: Arc::new(rows),
                corrections: corrected,
                meant,
            });
        }
        for list in listed.values_mut().flatten() {
            list.sort_unstable();
            list.dedup();
        }
        (segments, listed)
    }
}
