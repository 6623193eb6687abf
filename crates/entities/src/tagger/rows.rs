//! The weights of features: a row for each bucket that has any, found by a bitmap with ranks.
//!
//! The range of buckets is wide, so that features seldom share one, and most of it is empty: a
//! bucket is answered by one look into the bitmap, and by a second into the rows when it is set.

use super::features::BUCKETS_LOG2;
use super::label::LABELS;
use super::lattice::WIDTH;

/// A row of 8-bit weights.
pub(crate) type PackedRow = [i8; WIDTH];

/// All rows, by bucket.
pub(crate) struct Rows {
    words: Vec<Word>,
    rows: Vec<PackedRow>,
}

/// 64 buckets: which of them have rows, and how many rows come before.
#[derive(Clone, Copy, Default)]
struct Word {
    bits: u64,
    rank: u32,
}

impl Rows {
    /// The rows of buckets in rising order.
    pub(crate) fn new(sorted: impl IntoIterator<Item = (u32, PackedRow)>) -> Rows {
        let mut words = vec![Word::default(); 1 << (BUCKETS_LOG2 - 6)];
        let mut rows = Vec::new();
        for (bucket, row) in sorted {
            words[bucket as usize >> 6].bits |= 1 << (bucket & 63);
            rows.push(row);
        }
        let mut rank = 0;
        for word in &mut words {
            word.rank = rank;
            rank += word.bits.count_ones();
        }
        Rows { words, rows }
    }

    /// Adds the row of a bucket, if it has one.
    #[inline]
    pub(crate) fn add_to(&self, bucket: u32, sums: &mut [i16; WIDTH]) {
        let Word { bits, rank } = self.words[bucket as usize >> 6];
        let bit = 1u64 << (bucket & 63);
        if bits & bit != 0 {
            let row = &self.rows[(rank + (bits & (bit - 1)).count_ones()) as usize];
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum += i16::from(weight);
            }
        }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Writes each row as the distance to its bucket, a mask of its labels, and their weights.
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        let mut before = 0;
        let mut rows = self.rows.iter();
        for (number, word) in self.words.iter().enumerate() {
            let set = (0..64u32).filter(|bit| word.bits >> bit & 1 == 1);
            for (bit, row) in set.zip(rows.by_ref()) {
                let bucket = (number as u32) << 6 | bit;
                let mut distance = bucket - before;
                before = bucket;
                while distance >= 128 {
                    bytes.push(distance as u8 | 128);
                    distance >>= 7;
                }
                bytes.push(distance as u8);
                let mask = (0..LABELS).fold(0u16, |mask, label| {
                    mask | u16::from(row[label] != 0) << label
                });
                bytes.extend(mask.to_le_bytes());
                bytes.extend(
                    row.iter()
                        .filter(|&&weight| weight != 0)
                        .map(|&weight| weight as u8),
                );
            }
        }
    }

    /// Reads what [`Rows::write`] wrote; on damage the number of the byte that makes no sense.
    pub(crate) fn read(bytes: &[u8]) -> Result<Rows, usize> {
        let mut rest = bytes.iter().copied();
        let mut sorted = Vec::new();
        let mut before = 0u32;
        while let Some(first) = rest.next() {
            let at = bytes.len() - rest.len();
            let mut next = || rest.next().ok_or(bytes.len());
            let mut distance = u32::from(first & 127);
            let (mut byte, mut shift) = (first, 7);
            while byte & 128 != 0 && shift < 28 {
                byte = next()?;
                distance |= u32::from(byte & 127) << shift;
                shift += 7;
            }
            let bucket = before.saturating_add(distance);
            if bucket >= 1 << BUCKETS_LOG2 || distance == 0 && !sorted.is_empty() {
                return Err(at);
            }
            before = bucket;
            let mask = u16::from_le_bytes([next()?, next()?]);
            let mut row = [0; WIDTH];
            for label in (0..LABELS).filter(|label| mask >> label & 1 == 1) {
                row[label] = next()? as i8;
            }
            sorted.push((bucket, row));
        }
        Ok(Rows::new(sorted))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn row(weights: [i8; LABELS]) -> PackedRow {
        let mut row = [0; WIDTH];
        row[..LABELS].copy_from_slice(&weights);
        row
    }

    proptest! {
        #[test]
        fn rows_are_found_by_their_buckets_and_survive_packing(
            rows in prop::collection::btree_map(0u32..1 << BUCKETS_LOG2, any::<[i8; LABELS]>(), 0..40),
            absent in 0u32..1 << BUCKETS_LOG2,
        ) {
            let rows: BTreeMap<u32, PackedRow> = rows.into_iter().map(|(bucket, weights)| (bucket, row(weights))).collect();
            let mut bytes = Vec::new();
            Rows::new(rows.clone()).write(&mut bytes);
            let read = Rows::read(&bytes).unwrap();
            prop_assert_eq!(read.len(), rows.len());
            for bucket in rows.keys().copied().chain([absent]) {
                let mut sums = [0; WIDTH];
                read.add_to(bucket, &mut sums);
                let expected = rows.get(&bucket).copied().unwrap_or_default();
                prop_assert_eq!(sums, expected.map(i16::from));
            }
        }

        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Err(at) = Rows::read(&bytes) {
                prop_assert!(at <= bytes.len());
            }
        }
    }
}
