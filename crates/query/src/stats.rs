//! What an index holds, in numbers.

use jiff::Timestamp;
use serde::Serialize;
use tantivy::columnar::Column;
use tantivy::schema::Field;

use crate::directory::FacetValues;
use crate::snapshot::Snapshot;
use crate::{FacetCount, FacetCounts, FacetField, QueryError};

/// The contents of an index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Files they were read from.
    pub files: u64,
    /// Records of those files that were skipped.
    pub skipped: u64,
    /// Articles by language.
    pub languages: FacetCounts,
    /// Day (UTC) of the earliest article that has a date.
    pub first: Option<String>,
    /// Day (UTC) of the latest article that has a date.
    pub last: Option<String>,
    /// Articles without a date.
    pub undated: u64,
    /// Distinct people.
    pub persons: u64,
    /// Distinct countries.
    pub countries: u64,
    /// Distinct organisations.
    pub organisations: u64,
    /// Distinct places.
    pub places: u64,
    /// Distinct outlets.
    pub sources: u64,
    /// Size of the index in bytes.
    pub bytes: u64,
    /// Segments it is made of.
    pub segments: u64,
}

impl Stats {
    /// Counts what a snapshot holds.
    pub(crate) fn of(snapshot: &Snapshot) -> Result<Stats, QueryError> {
        let mut tally = Tally::default();
        let fields = &snapshot.fields;
        let schema = snapshot.searcher.schema();
        let name = |field: Field| schema.get_field_name(field);
        for reader in snapshot.searcher.segment_readers() {
            let fast = reader.fast_fields();
            let published: Option<Column<i64>> = fast.column_opt(name(fields.published))?;
            // Articles have a content hash, files a size.
            let content: Option<Column<u64>> = fast.column_opt(name(fields.content))?;
            let file_bytes: Option<Column<u64>> = fast.column_opt(name(fields.file_bytes))?;
            let skipped: Option<Column<u64>> = fast.column_opt(name(fields.file_skipped))?;
            for doc in reader.doc_ids_alive() {
                let value = |column: &Option<Column<u64>>| column.as_ref()?.first(doc);
                if value(&content).is_some() {
                    let seconds = published.as_ref().and_then(|column| column.first(doc));
                    tally.article(seconds);
                } else if value(&file_bytes).is_some() {
                    tally.files += 1;
                    tally.skipped += value(&skipped).unwrap_or_default();
                }
            }
        }
        let distinct =
            |field| Ok::<_, QueryError>(snapshot.values(field)?.present().count() as u64);
        let bytes = snapshot.searcher.space_usage();
        let bytes = bytes.map_err(|error| QueryError::Index(error.into()))?;
        Ok(Stats {
            articles: tally.articles,
            files: tally.files,
            skipped: tally.skipped,
            languages: all_counts(&*snapshot.values(FacetField::Language)?),
            first: tally.first.and_then(day),
            last: tally.last.and_then(day),
            undated: tally.undated,
            persons: distinct(FacetField::Person)?,
            countries: distinct(FacetField::Country)?,
            organisations: distinct(FacetField::Organisation)?,
            places: distinct(FacetField::Place)?,
            sources: distinct(FacetField::Source)?,
            bytes: bytes.total().get_bytes(),
            segments: snapshot.searcher.segment_readers().len() as u64,
        })
    }
}

#[derive(Default)]
struct Tally {
    articles: u64,
    undated: u64,
    first: Option<i64>,
    last: Option<i64>,
    files: u64,
    skipped: u64,
}

impl Tally {
    fn article(&mut self, published: Option<i64>) {
        self.articles += 1;
        self.undated += u64::from(published.is_none());
        if let Some(seconds) = published {
            self.first = Some(self.first.map_or(seconds, |first| first.min(seconds)));
            self.last = Some(self.last.map_or(seconds, |last| last.max(seconds)));
        }
    }
}

/// The values of a field with the articles that have them, the most frequent first.
fn all_counts(values: &FacetValues) -> FacetCounts {
    let mut counts: Vec<FacetCount> = values
        .present()
        .map(|(_, entry)| FacetCount::new(&entry.value, &entry.label, entry.count))
        .collect();
    // What has the same count stays in the order of values.
    counts.sort_by_key(|value| std::cmp::Reverse(value.count));
    counts
}

fn day(seconds: i64) -> Option<String> {
    let instant = Timestamp::from_second(seconds).ok()?;
    Some(instant.strftime("%Y-%m-%d").to_string())
}
