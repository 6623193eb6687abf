//! All values of a facet field in the index, with variants of one name as one value.
//!
//! The index keeps a person under each name that articles gave; here the names of one person meet,
//! names that mean different people in different articles are told apart, and the corrections
//! that were made by hand apply. Everything that shows, filters by or counts people goes through
//! these entries, so no two parts of a search can disagree on who is who. It is made anew when
//! the index changes, and never written.

mod columns;
mod corrections;
mod facts;
mod grouping;
mod identity;
mod listed;
mod merge;
mod names;
mod owner;
mod roles;
mod rows;

use std::sync::{Arc, OnceLock};

use dateline_corpus::analysis::words;
use dateline_corpus::schema::Fields;
use dateline_corpus::{CountryCode, EntityKind};
use dateline_entities::aliases::Aliases;
use dateline_entities::{countries, people};
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId};

use crate::{FacetField, QueryError};
use columns::Columns;
use corrections::Correction;
use grouping::{Grouped, Grouping};
use identity::Readings;
pub(crate) use listed::{Finds, ListedQuery};
use names::Names;
pub(crate) use rows::Rows;

/// All values of one field.
pub(crate) struct FacetValues {
    field: FacetField,
    entries: Arc<Entries>,
    segments: Vec<SegmentValues>,
    /// Articles in which an entry is found although none of its values always means it, by
    /// segment and ascending.
    listed: FxHashMap<u32, Vec<Vec<DocId>>>,
}

/// Who or what the values of a field are. Fields whose values are the same people share it.
pub(crate) struct Entries {
    /// In the order of their values.
    list: Vec<Entry>,
    /// The entry of each [`key`].
    by_key: FxHashMap<String, u32>,
    /// Values that do not mean the same entry in all articles.
    doubtful: FxHashSet<String>,
    /// Number of entries that are hidden and have articles.
    hidden: usize,
    aliases: Arc<Aliases>,
    names: OnceLock<Names>,
}

/// One value of a facet, with everything that is written differently and means the same.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// What to filter by and to return.
    pub(crate) value: String,
    /// What to show.
    pub(crate) label: String,
    /// The values that the index has for it.
    pub(crate) variants: Vec<String>,
    /// Whether it is left out of lists.
    pub(crate) hidden: bool,
    /// Its item of Wikidata, where somebody said so.
    pub(crate) wikidata: Option<String>,
    /// Articles that have it. 0 when all articles that had it were removed.
    pub(crate) count: u64,
}

/// The values of one segment.
struct SegmentValues {
    /// `None` when no document of the segment has a value.
    column: Option<StrColumn>,
    rows: Arc<Rows>,
    /// Where the entries of an article's ordinals are not the article's entries, by document.
    corrections: Vec<Correction>,
    /// The entry that a doubtful value means in an article, by document and ordinal.
    meant: FxHashMap<(DocId, u64), u32>,
}

/// Where the values of a field are read from, and what is known of them besides.
pub(crate) struct Source<'a> {
    pub(crate) searcher: &'a tantivy::Searcher,
    pub(crate) fields: &'a Fields,
    /// What the index calls the field.
    pub(crate) name: &'a str,
    pub(crate) aliases: &'a Arc<Aliases>,
    /// Finds the articles that have words in exactly this order.
    pub(crate) find: &'a dyn Fn(&str) -> Result<Vec<DocAddress>, QueryError>,
}

/// Stands in place of the entry of a value that is not shown, counted or found.
const NO_ENTRY: u32 = u32::MAX;

impl FacetValues {
    /// Reads the values of a field.
    pub(crate) fn read(source: &Source<'_>, field: FacetField) -> Result<FacetValues, QueryError> {
        let Source {
            searcher,
            fields,
            name,
            aliases,
            ..
        } = *source;
        let columns = Columns::open(searcher, name)?;
        let mut grouping = Grouping::new(field, aliases);
        let mut groups = columns.mapped(|value, count| grouping.add(value, count))?;
        let mut readings = match field {
            FacetField::Person => identity::readings(
                searcher,
                fields,
                &columns,
                &mut groups,
                &mut grouping,
                aliases,
            )?,
            _ => Readings::default(),
        };
        readings.stand = grouping.added(source)?;
        let doubtful = grouping.doubtful(&readings, &groups);
        let Grouped {
            entries: mut list,
            by_key,
            numbers,
        } = grouping.into_entries();
        let number = |group: &mut u32| {
            if *group != NO_ENTRY {
                *group = numbers[*group as usize];
            }
        };
        groups.iter_mut().flatten().for_each(number);
        readings.groups_mut().for_each(number);
        let (segments, listed) = columns.into_segments(searcher, groups, readings);
        for (reader, segment) in searcher.segment_readers().iter().zip(&segments) {
            let alive = |correction: &&Correction| !reader.is_deleted(correction.doc);
            for correction in segment.corrections.iter().filter(alive) {
                let count = &mut list[correction.entry as usize].count;
                *count = count.saturating_add_signed(correction.delta.into());
            }
        }
        let hidden = list.iter().filter(|entry| entry.count > 0 && entry.hidden);
        Ok(FacetValues {
            field,
            entries: Arc::new(Entries {
                hidden: hidden.count(),
                list,
                by_key,
                doubtful,
                aliases: Arc::clone(aliases),
                names: OnceLock::new(),
            }),
            segments,
            listed,
        })
    }

    /// Reads a field whose values are some of those of another field, and gives them the same
    /// entries.
    pub(crate) fn read_subset(
        source: &Source<'_>,
        field: FacetField,
        whole: &FacetValues,
    ) -> Result<FacetValues, QueryError> {
        let columns = Columns::open(source.searcher, source.name)?;
        let mut readings = Readings::default();
        let lengths = columns.counts.iter().map(Vec::len);
        readings.doubtful = lengths.map(|length| vec![false; length]).collect();
        readings.meant = vec![FxHashMap::default(); columns.columns.len()];
        let mut entries: Vec<Vec<u32>> = Vec::new();
        entries.extend(
            columns
                .counts
                .iter()
                .map(|counts| vec![NO_ENTRY; counts.len()]),
        );
        // The ordinals that doubtful values have in the other field.
        let mut elsewhere: Vec<FxHashMap<u64, u64>> = vec![FxHashMap::default(); entries.len()];
        columns.each(|value, places| {
            let entry = whole.of_value(value).unwrap_or(NO_ENTRY);
            let doubtful = whole.entries.doubtful.contains(value);
            for &(segment, ordinal) in places {
                entries[segment][ordinal as usize] = entry;
                readings.doubtful[segment][ordinal as usize] = doubtful;
                if doubtful && let Some(other) = whole.segments[segment].ordinal(value) {
                    elsewhere[segment].insert(ordinal, other);
                }
            }
        })?;
        for (segment, reader) in source.searcher.segment_readers().iter().enumerate() {
            let Some(column) = columns.columns[segment].as_ref() else {
                continue;
            };
            if elsewhere[segment].is_empty() {
                continue;
            }
            let known = &whole.segments[segment].meant;
            for doc in reader.doc_ids_alive() {
                for ordinal in column.term_ords(doc) {
                    let other = elsewhere[segment].get(&ordinal);
                    let meant = other.and_then(|&other| known.get(&(doc, other)));
                    let meant = meant.map(|&entry| ((doc, ordinal), entry));
                    readings.meant[segment].extend(meant);
                }
            }
        }
        let (segments, listed) = columns.into_segments(source.searcher, entries, readings);
        Ok(FacetValues {
            field,
            entries: Arc::clone(&whole.entries),
            segments,
            listed,
        })
    }

    /// Whether the entries of another field are the same ones.
    pub(crate) fn shares_entries(&self, other: &FacetValues) -> bool {
        Arc::ptr_eq(&self.entries, &other.entries)
    }

    /// Number of entries; entries are numbered from 0.
    pub(crate) fn len(&self) -> usize {
        self.entries.list.len()
    }

    pub(crate) fn entry(&self, entry: u32) -> &Entry {
        &self.entries.list[entry as usize]
    }

    /// The entries that articles have, with their numbers.
    pub(crate) fn present(&self) -> impl Iterator<Item = (u32, &Entry)> {
        let numbered = (0..).zip(&self.entries.list);
        numbered.filter(|(_, entry)| entry.count > 0)
    }

    /// The entries of each document of a segment, by its ordinal.
    pub(crate) fn rows(&self, segment: u32) -> Arc<Rows> {
        Arc::clone(&self.segment(segment).rows)
    }

    fn segment(&self, segment: u32) -> &SegmentValues {
        &self.segments[segment as usize]
    }

    /// The entry that a value means in an article.
    pub(crate) fn meaning(&self, address: DocAddress, value: &str) -> Option<&Entry> {
        let usual = self.of_value(value);
        let entry = match self.entries.doubtful.contains(value) {
            true => self
                .segment(address.segment_ord)
                .reading(address.doc_id, value)
                .or(usual),
            false => usual,
        };
        let entry = entry.filter(|&entry| entry != NO_ENTRY);
        entry.map(|entry| self.entry(entry))
    }

    /// The entries that an article has because their names stand in its text, besides those
    /// that were recognised.
    pub(crate) fn standing(&self, address: DocAddress) -> impl Iterator<Item = &Entry> {
        let corrections = &self.segment(address.segment_ord).corrections;
        let first = corrections.partition_point(|correction| correction.doc < address.doc_id);
        let own = corrections[first..].iter();
        let own = own.take_while(move |correction| correction.doc == address.doc_id);
        let standing = own.filter(|correction| correction.stands);
        standing.map(|correction| self.entry(correction.entry))
    }

    /// Finds the articles of some entries that their values do not tell.
    pub(crate) fn listed(
        &self,
        searcher: &tantivy::Searcher,
        entries: &[u32],
    ) -> Option<ListedQuery> {
        let lists = entries.iter().filter_map(|entry| self.listed.get(entry));
        ListedQuery::new(searcher, lists)
    }

    /// The values that always mean an entry.
    pub(crate) fn plain_values(&self, entry: u32) -> impl Iterator<Item = &String> {
        let values = self.entry(entry).variants.iter();
        values.filter(|value| !self.entries.doubtful.contains(*value))
    }

    /// The number of entries that are hidden and have articles.
    pub(crate) fn hidden(&self) -> usize {
        self.entries.hidden
    }

    /// The entries that one of the values has these words in, side by side; folded words.
    pub(crate) fn with_words(&self, words: &[String]) -> Vec<u32> {
        self.names().with_words(words)
    }

    /// The entries of which a name has a text in it, at the beginning of a word or inside, without
    /// regard to case and accents; ascending. All of them when the text has no words.
    pub(crate) fn containing(&self, text: &str) -> Vec<u32> {
        self.names().containing(&folded(text))
    }

    /// The entry of a value as the index has it.
    pub(crate) fn of_value(&self, value: &str) -> Option<u32> {
        let key = key(self.field, value, &self.entries.aliases);
        self.entries.by_key.get(&key).copied()
    }

    /// The entries that a text names, the most frequent first: the one it is the name of, or else
    /// all that it is a part of.
    pub(crate) fn resolve(&self, text: &str) -> Vec<u32> {
        let mut found = match text.trim().strip_prefix('=') {
            Some(value) => {
                let same = self.keyed(value.trim()).into_iter();
                let spelt = |&entry: &u32| {
                    let entry = self.entry(entry);
                    let mut spellings = entry.variants.iter().chain([&entry.value]);
                    spellings.any(|spelling| spelling == value.trim())
                };
                same.filter(spelt).collect()
            }
            None if self.field.is_person() => self.resolve_person(text),
            None => self.resolve_name(text),
        };
        found.sort_by(|&a, &b| {
            let (a, b) = (self.entry(a), self.entry(b));
            (b.count, &a.value).cmp(&(a.count, &b.value))
        });
        found
    }

    /// Values that are written like a text that names none, the likest first.
    pub(crate) fn suggest(&self, text: &str) -> Vec<&str> {
        /// Less alike than this (Jaro-Winkler, 0 to 1) is another name.
        const LIKENESS_MIN: f64 = 0.84;
        const SUGGESTED: usize = 3;
        let text = folded(text);
        let likeness = |entry: &Entry| {
            let name = folded(&entry.label);
            let parts = name
                .split(' ')
                .map(|part| strsim::jaro_winkler(part, &text));
            parts.fold(strsim::jaro_winkler(&name, &text), f64::max)
        };
        let mut alike: Vec<(f64, &Entry)> = self
            .present()
            .map(|(_, entry)| (likeness(entry), entry))
            .filter(|(likeness, entry)| *likeness >= LIKENESS_MIN && !entry.hidden)
            .collect();
        alike.sort_by(|a, b| {
            let by_likeness = b.0.total_cmp(&a.0);
            by_likeness.then_with(|| (b.1.count, &a.1.value).cmp(&(a.1.count, &b.1.value)))
        });
        let values = alike.into_iter().map(|(_, entry)| entry.value.as_str());
        values.take(SUGGESTED).collect()
    }

    fn resolve_person(&self, text: &str) -> Vec<u32> {
        let words: Vec<String> = words(text).into_iter().map(|word| word.2).collect();
        // A full name means that person, even where a longer name has it as a part. A single
        // word is no full name: it means everyone who carries it.
        if words.len() > 1
            && let Some(same) = self.keyed(text)
        {
            return vec![same];
        }
        let mut candidates: Vec<u32> = words
            .iter()
            .flat_map(|word| self.with_words(std::slice::from_ref(word)))
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|&entry| {
            let entry = self.entry(entry);
            let mut names = entry.variants.iter().chain([&entry.value]);
            entry.count > 0 && names.any(|name| people::name_matches(text, name))
        });
        candidates
    }

    fn resolve_name(&self, text: &str) -> Vec<u32> {
        let wanted = folded(text);
        let same = self.matching(|name| folded(name) == wanted);
        if !same.is_empty() || wanted.is_empty() {
            return same;
        }
        let words: Vec<String> = wanted.split(' ').map(str::to_owned).collect();
        let mut part_of = self.with_words(&words);
        part_of.retain(|&entry| self.entry(entry).count > 0);
        part_of
    }

    /// The entry that articles have, of which a text is a variant.
    fn keyed(&self, text: &str) -> Option<u32> {
        let entry = self.of_value(text);
        entry.filter(|&entry| self.entry(entry).count > 0)
    }

    /// The entries that articles have, of which a variant fulfils a condition.
    fn matching(&self, condition: impl Fn(&str) -> bool) -> Vec<u32> {
        let present = self.present();
        present
            .filter(|(_, entry)| {
                let mut names = entry.variants.iter().chain([&entry.value]);
                names.any(|name| condition(name))
            })
            .map(|(number, _)| number)
            .collect()
    }

    fn names(&self) -> &Names {
        let entries = &self.entries;
        entries.names.get_or_init(|| {
            let kind = kind(self.field).into_iter();
            let added = kind.flat_map(|kind| entries.aliases.added(kind));
            let further: Vec<(u32, &str)> = added
                .filter_map(|added| Some((self.of_value(&added.name)?, added)))
                .flat_map(|(entry, added)| added.names.iter().map(move |name| (entry, &**name)))
                .collect();
            Names::of(self.field, &entries.list, &further)
        })
    }
}

/// The words of a name, folded, with one blank between them.
pub(crate) fn folded(name: &str) -> String {
    let words: Vec<String> = words(name).into_iter().map(|word| word.2).collect();
    words.join(" ")
}

impl SegmentValues {
    /// The entry that a doubtful value means in a document.
    fn reading(&self, doc: DocId, value: &str) -> Option<u32> {
        let ordinal = self.ordinal(value)?;
        self.meant.get(&(doc, ordinal)).copied()
    }

    fn ordinal(&self, value: &str) -> Option<u64> {
        let dictionary = self.column.as_ref()?.dictionary();
        dictionary.term_ord(value.as_bytes()).ok().flatten()
    }
}

/// The kind of entity that the values of a field are, where corrections can be made to it.
fn kind(field: FacetField) -> Option<EntityKind> {
    match field {
        FacetField::Person | FacetField::AboutPerson => Some(EntityKind::Person),
        FacetField::Country | FacetField::About => Some(EntityKind::Country),
        FacetField::Organisation => Some(EntityKind::Organisation),
        FacetField::Place => Some(EntityKind::Place),
        _ => None,
    }
}

/// What all variants of a value have in common.
fn key(field: FacetField, value: &str, aliases: &Aliases) -> String {
    match kind(field) {
        // Values of the index are codes already.
        Some(EntityKind::Country) => value.to_owned(),
        Some(kind) => aliases.key(kind, value),
        None if field == FacetField::Continent => continent(value).to_owned(),
        None => value.to_owned(),
    }
}

/// The continent of a country's code; the code itself where no continent is known.
fn continent(code: &str) -> &str {
    let country = CountryCode::new(code);
    let continent = country.and_then(countries::continent);
    continent.map_or(code, |continent| continent.name())
}
