//! The counts of one facet over all segments, by entry.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::count::Tally;
use super::pool::Pool;

/// Counts that are looked at together: whether one of them is among the highest takes no more
/// instructions than one would by itself.
const CHUNK_COUNTS: usize = 64;
/// Set in the count of an entry that was seen; no index has as many articles.
const SEEN: u32 = 1 << 31;

/// The number of articles of each entry.
pub(crate) struct Sums {
    counts: Vec<u32>,
    /// The entries that occurred, each once, unless they are too many.
    touched: Option<Vec<u32>>,
    pool: Pool,
}

impl Sums {
    /// Adds up the counts of segments, of a facet that has so many entries.
    pub(super) fn new(entries: usize, tallies: Vec<Tally>, pool: &Pool) -> Sums {
        let mut tallies = tallies.into_iter();
        let first = tallies.next().unwrap_or_else(|| Tally {
            counts: pool.take(entries),
            touched: Some(Vec::new()),
        });
        let mut sums = Sums {
            counts: first.counts,
            touched: first.touched,
            pool: pool.clone(),
        };
        for tally in tallies {
            sums.add(tally);
        }
        if let Some(touched) = &mut sums.touched {
            let counts = &mut sums.counts;
            touched.retain(|&entry| {
                let count = &mut counts[entry as usize];
                let is_new = *count & SEEN == 0;
                *count |= SEEN;
                is_new
            });
            let seen = touched.iter();
            seen.for_each(|&entry| counts[entry as usize] &= !SEEN);
        }
        sums
    }

    fn add(&mut self, tally: Tally) {
        let Tally {
            mut counts,
            touched,
        } = tally;
        let sums = &mut self.counts;
        if let Some(touched) = touched {
            for &entry in &touched {
                // Of an entry that is listed twice nothing is left the second time.
                sums[entry as usize] += std::mem::take(&mut counts[entry as usize]);
            }
            if let Some(all) = &mut self.touched {
                all.extend(touched);
            }
        } else {
            self.touched = None;
            for (sum, count) in sums.iter_mut().zip(&mut counts) {
                *sum += std::mem::take(count);
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
                let touched = touched.iter();
                touched.for_each(|&entry| found(entry, self.of(entry)));
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
        let mut top = Top::new(wanted);
        let mut distinct = 0;
        if let Some(touched) = &self.touched {
            distinct = touched.len();
            let touched = touched.iter();
            touched.for_each(|&entry| top.add(entry, self.of(entry)));
        } else {
            for (number, counts) in (0..).zip(self.counts.chunks(CHUNK_COUNTS)) {
                distinct += counts.iter().filter(|count| **count > 0).count();
                let highest = counts.iter().copied().max().unwrap_or(0);
                if highest > 0 && top.admits(highest) {
                    let first = number * CHUNK_COUNTS as u32;
                    let counted = (first..).zip(counts);
                    let counted = counted.filter(|(_, count)| **count > 0);
                    counted.for_each(|(entry, &count)| top.add(entry, count));
                }
            }
        }
        (top.into_entries(), distinct as u64)
    }
}

/// The most frequent entries seen so far.
struct Top {
    wanted: usize,
    /// Count and entry as one number, greater is better; the worst that is kept is at the top.
    kept: BinaryHeap<Reverse<u64>>,
    /// Less than this is not kept.
    worst: u64,
}

impl Top {
    fn new(wanted: usize) -> Top {
        Top {
            wanted,
            kept: BinaryHeap::new(),
            worst: if wanted == 0 { u64::MAX } else { 0 },
        }
    }

    /// Whether an entry that occurs so often could be kept.
    fn admits(&self, count: u32) -> bool {
        u64::from(count) << 32 | u64::from(u32::MAX) >= self.worst
    }

    fn add(&mut self, entry: u32, count: u32) {
        let rank = u64::from(count) << 32 | u64::from(!entry);
        if rank < self.worst {
            return;
        }
        self.kept.push(Reverse(rank));
        if self.kept.len() > self.wanted {
            self.kept.pop();
        }
        if self.kept.len() == self.wanted
            && let Some(Reverse(rank)) = self.kept.peek()
        {
            self.worst = *rank;
        }
    }

    fn into_entries(self) -> Vec<(u32, u32)> {
        let kept = self.kept.into_iter();
        let unpacked = kept.map(|Reverse(rank)| (!(rank as u32), (rank >> 32) as u32));
        unpacked.collect()
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
