//! All values of a facet field in the index, with variants of one name as one value.
//!
//! The index keeps a person under each name that articles gave; here the names of one person meet.
//! Everything that shows, filters by or counts people goes through these entries, so no two parts
//! of a search can disagree on who is who. It is made anew when the index changes, and never
//! written: this is where names that were merged, renamed or hidden by hand will be looked up.

mod corrections;
mod merge;

use std::sync::{Arc, OnceLock};

use dateline_corpus::CountryCode;
use dateline_corpus::analysis::words;
use dateline_entities::{countries, people};
use rustc_hash::FxHashMap;
use tantivy::DocAddress;
use tantivy::columnar::StrColumn;

use crate::{FacetField, QueryError};
pub(crate) use corrections::Correction;
use corrections::{corrections, double_values};

/// All values of one field.
pub(crate) struct FacetValues {
    field: FacetField,
    entries: Arc<Entries>,
    segments: Vec<SegmentValues>,
}

/// Who or what the values of a field are. Fields whose values are the same people share it.
pub(crate) struct Entries {
    /// In the order of their values.
    list: Vec<Entry>,
    /// The entry of each [`key`].
    by_key: FxHashMap<String, u32>,
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
    /// Articles that have it. 0 when all articles that had it were removed.
    pub(crate) count: u64,
}

/// The values of one segment.
#[derive(Clone)]
pub(crate) struct SegmentValues {
    /// `None` when no document of the segment has a value.
    pub(crate) column: Option<StrColumn>,
    /// The entry of each ordinal of the column, or [`NO_ENTRY`].
    pub(crate) entries: Arc<[u32]>,
    /// Where the entries of an article's ordinals are not the article's entries, by document.
    pub(crate) corrections: Arc<[Correction]>,
}

/// Stands in [`SegmentValues::entries`] for a value that is not shown, counted or found.
pub(crate) const NO_ENTRY: u32 = u32::MAX;

impl FacetValues {
    /// Reads the values of a field, which the index calls `name`.
    pub(crate) fn read(
        searcher: &tantivy::Searcher,
        field: FacetField,
        name: &str,
    ) -> Result<FacetValues, QueryError> {
        let columns = Columns::open(searcher, name)?;
        let mut grouping = Grouping::default();
        let groups = columns.mapped(|value, count| grouping.add(field, value, count))?;
        let (mut list, numbers) = grouping.into_entries(field);
        let segments = columns.into_segments(searcher, groups, |group| numbers[group as usize]);
        for (reader, segment) in searcher.segment_readers().iter().zip(&segments) {
            let alive = |correction: &&Correction| !reader.is_deleted(correction.doc);
            for correction in segment.corrections.iter().filter(alive) {
                let count = &mut list[correction.entry as usize].count;
                *count = count.saturating_add_signed(correction.delta.into());
            }
        }
        let by_key = (0..).zip(&list).flat_map(|(number, entry)| {
            let variants = entry.variants.iter();
            variants.map(move |variant| (key(field, variant), number))
        });
        Ok(FacetValues {
            field,
            entries: Arc::new(Entries {
                by_key: by_key.collect(),
                list,
                names: OnceLock::new(),
            }),
            segments,
        })
    }

    /// Reads a field whose values are some of those of another field, and gives them the same
    /// entries.
    pub(crate) fn read_subset(
        searcher: &tantivy::Searcher,
        field: FacetField,
        name: &str,
        whole: &FacetValues,
    ) -> Result<FacetValues, QueryError> {
        let columns = Columns::open(searcher, name)?;
        let known = |value: &str, _| {
            let entry = whole.entries.by_key.get(&key(whole.field, value));
            entry.copied().unwrap_or(NO_ENTRY)
        };
        let entries = columns.mapped(known)?;
        Ok(FacetValues {
            field,
            entries: Arc::clone(&whole.entries),
            segments: columns.into_segments(searcher, entries, |entry| entry),
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

    /// The values of a segment, by its ordinal.
    pub(crate) fn segment(&self, segment: u32) -> &SegmentValues {
        &self.segments[segment as usize]
    }

    /// The entries that an article has.
    pub(crate) fn of_article(&self, address: DocAddress) -> Vec<&Entry> {
        let segment = self.segment(address.segment_ord);
        let Some(column) = &segment.column else {
            return Vec::new();
        };
        let ordinals = column.term_ords(address.doc_id);
        let entries = ordinals.map(|ordinal| segment.entries[ordinal as usize]);
        let known = entries.filter(|&entry| entry != NO_ENTRY);
        known.map(|entry| self.entry(entry)).collect()
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
        self.entries.by_key.get(&key(self.field, value)).copied()
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
            .filter(|(likeness, _)| *likeness >= LIKENESS_MIN)
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
            let mut names = entry.variants.iter();
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
        let entry = self.entries.by_key.get(&key(self.field, text)).copied();
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
        entries
            .names
            .get_or_init(|| Names::of(self.field, &entries.list))
    }
}

/// The words of a name, folded, with one blank between them.
pub(crate) fn folded(name: &str) -> String {
    let words: Vec<String> = words(name).into_iter().map(|word| word.2).collect();
    words.join(" ")
}

/// The columns of a field, and how many articles have each value.
struct Columns {
    columns: Vec<Option<StrColumn>>,
    /// By segment and ordinal.
    counts: Vec<Vec<u64>>,
}

impl Columns {
    fn open(searcher: &tantivy::Searcher, name: &str) -> Result<Columns, QueryError> {
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

    /// A number for each ordinal of each segment, made from the value and its articles.
    fn mapped(
        &self,
        mut number: impl FnMut(&str, u64) -> u32,
    ) -> Result<Vec<Vec<u32>>, QueryError> {
        let lengths = self.counts.iter().map(Vec::len);
        let mut numbers: Vec<Vec<u32>> = lengths.map(|length| vec![NO_ENTRY; length]).collect();
        let merged = merge::merge(&self.columns, |value, places| {
            let value = String::from_utf8_lossy(value);
            let counts = places.iter();
            let counts = counts.map(|&(segment, ordinal)| self.counts[segment][ordinal as usize]);
            let number = number(&value, counts.sum());
            for &(segment, ordinal) in places {
                numbers[segment][ordinal as usize] = number;
            }
        });
        merged.map_err(|error| QueryError::Index(error.into()))?;
        Ok(numbers)
    }

    fn into_segments(
        self,
        searcher: &tantivy::Searcher,
        numbers: Vec<Vec<u32>>,
        entry: impl Fn(u32) -> u32,
    ) -> Vec<SegmentValues> {
        let columns = self.columns.into_iter().zip(numbers);
        let segments = columns.zip(searcher.segment_readers());
        segments
            .map(|((column, numbers), reader)| {
                let entries: Arc<[u32]> = numbers.into_iter().map(&entry).collect();
                let corrected = column.as_ref().map_or_else(Vec::new, |column| {
                    let docs = 0..reader.max_doc();
                    let doubtful = double_values(&entries);
                    let usual = |_, ordinal: u64| entries[ordinal as usize];
                    corrections(docs, column, &entries, &doubtful, usual)
                });
                SegmentValues {
                    column,
                    corrections: corrected.into(),
                    entries,
                }
            })
            .collect()
    }
}

/// Brings variants together.
#[derive(Default)]
struct Grouping {
    /// Of each group the variants with their counts.
    groups: Vec<Vec<(String, u64)>>,
    by_key: FxHashMap<String, u32>,
}

impl Grouping {
    /// Adds `count` articles with a value that was not added before, and returns the group it is
    /// in.
    fn add(&mut self, field: FacetField, value: &str, count: u64) -> u32 {
        let next = self.groups.len() as u32;
        let group = *self.by_key.entry(key(field, value)).or_insert(next);
        if group == next {
            self.groups.push(Vec::new());
        }
        self.groups[group as usize].push((value.to_owned(), count));
        group
    }

    /// The groups as entries in the order of their values, and the entry of each group.
    fn into_entries(self, field: FacetField) -> (Vec<Entry>, Vec<u32>) {
        let groups = self.groups.into_iter();
        let entries = groups.map(|variants| entry(field, variants));
        let mut numbered: Vec<(usize, Entry)> = entries.enumerate().collect();
        numbered.sort_by(|(_, a), (_, b)| a.value.cmp(&b.value));
        let mut numbers = vec![0; numbered.len()];
        for (number, (group, _)) in (0..).zip(&numbered) {
            numbers[*group] = number;
        }
        let entries = numbered.into_iter().map(|(_, entry)| entry);
        (entries.collect(), numbers)
    }
}

/// What all variants of a value have in common.
fn key(field: FacetField, value: &str) -> String {
    match field {
        FacetField::Person | FacetField::AboutPerson => people::person_key(value),
        FacetField::Continent => continent(value).to_owned(),
        _ => value.to_owned(),
    }
}

/// The continent of a country's code; the code itself where no continent is known.
fn continent(code: &str) -> &str {
    let country = CountryCode::new(code);
    let continent = country.and_then(countries::continent);
    continent.map_or(code, |continent| continent.name())
}

fn entry(field: FacetField, variants: Vec<(String, u64)>) -> Entry {
    let value = match (field, variants.first()) {
        (FacetField::Continent, Some((code, _))) => continent(code).to_owned(),
        _ => display_form(&variants),
    };
    let label = match CountryCode::new(&value) {
        Some(code) if field.is_country() => countries::name(code).map(str::to_owned),
        _ => None,
    };
    Entry {
        label: label.unwrap_or_else(|| value.clone()),
        value,
        count: variants.iter().map(|(_, count)| count).sum(),
        variants: variants.into_iter().map(|(variant, _)| variant).collect(),
    }
}

/// The variant to show: of the most frequent wording the one with accents, and of several of
/// those the most frequent; the alphabet decides between equals.
fn display_form(variants: &[(String, u64)]) -> String {
    if let [(only, _)] = variants {
        return only.clone();
    }
    let mut wordings: FxHashMap<String, u64> = FxHashMap::default();
    for (variant, count) in variants {
        *wordings.entry(folded(variant)).or_default() += count;
    }
    let best = variants.iter().max_by_key(|(variant, count)| {
        let wording = folded(variant);
        let accents = variant.chars().filter(|c| !c.is_ascii()).count();
        let frequency = wordings.get(&wording).copied();
        use std::cmp::Reverse;
        (
            frequency,
            Reverse(wording),
            accents > 0,
            *count,
            Reverse(variant.clone()),
        )
    });
    best.map(|(variant, _)| variant.clone()).unwrap_or_default()
}

/// The words of all names as one text, which finds a word in a hundred thousand names within a
/// fraction of a millisecond and takes no sorting to build.
struct Names {
    /// Each name between line breaks, each word between blanks: `\n gustavo petro \n`.
    text: String,
    /// Where the names of each entry begin, ascending.
    starts: Vec<usize>,
}

impl Names {
    fn of(field: FacetField, entries: &[Entry]) -> Names {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(entries.len());
        let add = |text: &mut String, name: &str| {
            text.push(' ');
            for (_, _, word) in words(name) {
                text.push_str(&word);
                text.push(' ');
            }
            text.push('\n');
        };
        for entry in entries {
            starts.push(text.len());
            let variants = entry.variants.iter();
            variants.for_each(|variant| add(&mut text, variant));
            if field == FacetField::Continent {
                add(&mut text, &entry.value);
            } else if field.is_country() {
                let country = CountryCode::new(&entry.value);
                let names = country.into_iter().flat_map(countries::names);
                names.for_each(|name| add(&mut text, name));
            }
        }
        Names { text, starts }
    }

    fn containing(&self, needle: &str) -> Vec<u32> {
        if needle.is_empty() {
            return (0..self.starts.len() as u32).collect();
        }
        self.find(needle)
    }

    fn with_words(&self, words: &[String]) -> Vec<u32> {
        if words.is_empty() {
            return Vec::new();
        }
        self.find(&format!(" {} ", words.join(" ")))
    }

    /// The entries with a name that has a text in it, ascending.
    fn find(&self, needle: &str) -> Vec<u32> {
        let found = memchr::memmem::find_iter(self.text.as_bytes(), needle);
        let mut entries: Vec<u32> = found
            .map(|at| self.starts.partition_point(|&start| start <= at) as u32 - 1)
            .collect();
        entries.dedup();
        entries
    }
}
