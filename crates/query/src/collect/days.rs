//! Counts articles by the day of their publication, where it was published.

use dateline_corpus::schema::Fields;
use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

const DAY_SECONDS: i64 = 86_400;

/// Articles by date.
#[derive(Debug, Default)]
pub(crate) struct Days {
    /// Articles by the first and the last day that they may be of, in days since 1970.
    pub(crate) counts: FxHashMap<(i64, i64), u64>,
    /// Articles without a date.
    pub(crate) undated: u64,
}

impl Days {
    pub(super) fn extend(&mut self, other: Days) {
        self.undated += other.undated;
        for (days, count) in other.counts {
            *self.counts.entry(days).or_default() += count;
        }
    }
}

/// Counts in one segment.
pub(super) struct DayCounter {
    first: Option<Column<i64>>,
    last: Option<Column<i64>>,
    days: Days,
}

impl DayCounter {
    pub(super) fn open(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<DayCounter> {
        let name = |field| reader.schema().get_field_name(field);
        let fast = reader.fast_fields();
        Ok(DayCounter {
            first: fast.column_opt(name(fields.published_local))?,
            last: fast.column_opt(name(fields.published_local_last))?,
            days: Days::default(),
        })
    }

    pub(super) fn count(&mut self, docs: &[DocId]) {
        for &doc in docs {
            let day = |column: &Option<Column<i64>>| {
                let seconds = column.as_ref()?.first(doc)?;
                Some(seconds.div_euclid(DAY_SECONDS))
            };
            match (day(&self.first), day(&self.last)) {
                (Some(first), Some(last)) => {
                    *self.days.counts.entry((first, last)).or_default() += 1;
                }
                _ => self.days.undated += 1,
            }
        }
    }

    pub(super) fn into_days(self) -> Days {
        self.days
    }
}
