//! The counts of one facet over all segments, by entry.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::count::Tally;
use super::pool::Pool;
use crate::directory::NO_ENTRY;

/// The number of articles of each entry.
pub(crate) struct Sums {
    counts: Vec<u32>,
    /// The entries that occurred, unless they are too many; an entry may be listed twice.
    touched: Option<Vec<u32>>,
    pool: Pool,
}

impl Sums {
    pub(super) fn new(entries: usize, pool: &Pool) -> Sums {
        Sums {
            counts: pool.take(entries),
            touched: Some(Vec::new()),
            pool: pool.clone(),
        }
    }

    /// Adds the counts of a segment.
    pub(super) fn add(&mut self, tally: Tally) {
        let Tally {
            entries,
            mut counts,
            touched,
            deltas,
        } = tally;
        let sums = &mut self.counts;
        match touched {
            Some(ordinals) => {
                for ordinal in ordinals {
                    let count = std::mem::take(&mut counts[ordinal as usize]);
                    let entry = entries[ordinal as usize];
                    if entry == NO_ENTRY {
                        continue;
                    }
                    sums[entry as usize] += count;
                    if let Some(touched) = &mut self.touched {
                        touched.push(entry);
                    }
                }
            }
            None => {
                self.touched = None;
                for (&entry, count) in entries.iter().zip(&mut counts) {
                    let count = std::mem::take(count);
                    if count > 0 && entry != NO_ENTRY {
                        sums[entry as usize] += count;
                    }
                }
            }
        }
        for (entry, delta) in deltas {
            // A correction may add an entry that no ordinal of the article stands for. Sums wrap
            // on the way, because what is taken off may be added after it; none ends below 0.
            sums[entry as usize] = sums[entry as usize].wrapping_add_signed(delta);
            if let Some(touched) = &mut self.touched {
                touched.push(entry);
            }
        }
        self.pool.give(counts);
    }

    /// The number of articles that have an entry.
    pub(crate) fn of(&self, entry: u32) -> u32 {
        self.counts[entry as usize]
    }

    /// The entries that articles have, with their numbers, in no order.
    pub(crate) fn each(&self, mut found: impl FnMut(u32, u32)) {
        match &self.touched {
            Some(touched) => {
                let mut touched = touched.clone();
                touched.sort_unstable();
                touched.dedup();
                let counts = touched.into_iter().map(|entry| (entry, self.of(entry)));
                counts
                    .filter(|(_, count)| *count > 0)
                    .for_each(|(entry, count)| found(entry, count));
            }
            None => {
                for (entry, &count) in (0..).zip(&self.counts) {
                    if count > 0 {
                        found(entry, count);
                    }
                }
            }
        }
    }

    /// The `wanted` most frequent entries, which are not in order, and how many there are in all.
    /// Of equals the entry with the lower number goes first.
    pub(crate) fn top(&self, wanted: usize) -> (Vec<(u32, u32)>, u64) {
        let mut distinct = 0;
        // Count and entry as one number, greater is better; the worst that is kept is at the top.
        let mut kept: BinaryHeap<Reverse<u64>> = BinaryHeap::new();
        // Less than this is not kept.
        let mut worst = if wanted == 0 { u64::MAX } else { 0 };
        self.each(|entry, count| {
            distinct += 1;
            let rank = u64::from(count) << 32 | u64::from(!entry);
            if rank < worst {
                return;
            }
            kept.push(Reverse(rank));
            if kept.len() > wanted {
                kept.pop();
            }
            if kept.len() == wanted
                && let Some(Reverse(rank)) = kept.peek()
            {
                worst = *rank;
            }
        });
        let unpacked = kept.into_iter();
        let unpacked = unpacked.map(|Reverse(rank)| (!(rank as u32), (rank >> 32) as u32));
        (unpacked.collect(), distinct)
    }
}

impl Drop for Sums {
    fn drop(&mut self) {
        let mut counts = std::mem::take(&mut self.counts);
        match &self.touched {
            Some(touched) => touched.iter().for_each(|&entry| counts[entry as usize] = 0),
            None => counts.fill(0),
        }
        self.pool.give(counts);
    }
}
