//! All values of a facet field in the index, with variants of one name as one value.
//!
//! The index keeps a person under each name that articles gave; here the names of one person meet.
//! Everything that shows, filters by or counts people goes through these entries, so no two parts
//! of a search can disagree on who is who. It is made anew when the index changes, and never
//! written: this is where names that were merged, renamed or hidden by hand will be looked up.

use std::io;
use std::sync::OnceLock;

use dateline_corpus::CountryCode;
use dateline_corpus::analysis::words;
use dateline_entities::{countries, people};
use rustc_hash::FxHashMap;
use tantivy::DocAddress;
use tantivy::columnar::StrColumn;

use crate::{FacetField, QueryError};

/// All values of one field.
pub(crate) struct FacetValues {
    field: FacetField,
    entries: Vec<Entry>,
    segments: Vec<SegmentValues>,
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
    /// Articles that have it; those that have two variants count twice. 0 when all articles that
    /// had it were removed.
    pub(crate) count: u64,
}

/// The values of one segment.
#[derive(Clone, Default)]
pub(crate) struct SegmentValues {
    /// `None` when no document of the segment has a value.
    pub(crate) column: Option<StrColumn>,
    /// The entry of each ordinal of the column.
    pub(crate) entries: std::sync::Arc<[u32]>,
}

impl FacetValues {
    /// Reads the values of a field, which the index calls `name`.
    pub(crate) fn read(
        searcher: &tantivy::Searcher,
        field: FacetField,
        name: &str,
    ) -> Result<FacetValues, QueryError> {
        let mut grouping = Grouping::default();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let Some(column) = reader.fast_fields().str(name)? else {
                segments.push(SegmentValues::default());
                continue;
            };
            let mut counts = vec![0; column.num_terms()];
            for doc in reader.doc_ids_alive() {
                for ordinal in column.term_ords(doc) {
                    counts[ordinal as usize] += 1;
                }
            }
            let mut entries = Vec::with_capacity(counts.len());
            let io = |error: io::Error| QueryError::Index(error.into());
            let mut stream = column.dictionary().stream().map_err(io)?;
            while stream.advance() {
                let count = counts[stream.term_ord() as usize];
                let value = String::from_utf8_lossy(stream.key());
                entries.push(grouping.add(field, &value, count));
            }
            segments.push(SegmentValues {
                column: Some(column),
                entries: entries.into(),
            });
        }
        let groups = grouping.groups.into_iter();
        Ok(FacetValues {
            field,
            entries: groups.map(|variants| entry(field, variants)).collect(),
            segments,
            by_key: grouping.by_key,
            names: OnceLock::new(),
        })
    }

    /// Number of entries; entries are numbered from 0.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn entry(&self, entry: u32) -> &Entry {
        &self.entries[entry as usize]
    }

    /// The entries that articles have, with their numbers.
    pub(crate) fn present(&self) -> impl Iterator<Item = (u32, &Entry)> {
        let numbered = (0..).zip(&self.entries);
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
        entries.map(|entry| self.entry(entry)).collect()
    }

    /// The entries that one of the values has these words in, side by side; folded words.
    pub(crate) fn with_words(&self, words: &[String]) -> Vec<u32> {
        self.names().with_words(words)
    }

    /// The entries that a text names, the most frequent first: the one it is the name of, or else
    /// all that it is a part of.
    pub(crate) fn resolve(&self, text: &str) -> Vec<u32> {
        let mut found = match text.trim().strip_prefix('=') {
            Some(value) => {
                let same = self.keyed(value.trim()).into_iter();
                let spelt = |&entry: &u32| {
                    let mut variants = self.entry(entry).variants.iter();
                    variants.any(|variant| variant == value.trim())
                };
                same.filter(spelt).collect()
            }
            None if self.field == FacetField::Person => self.resolve_person(text),
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
        let entry = self.by_key.get(&key(self.field, text)).copied();
        entry.filter(|&entry| self.entry(entry).count > 0)
    }

    /// The entries that articles have, of which a variant fulfils a condition.
    fn matching(&self, condition: impl Fn(&str) -> bool) -> Vec<u32> {
        let present = self.present();
        present
            .filter(|(_, entry)| entry.variants.iter().any(|name| condition(name)))
            .map(|(number, _)| number)
            .collect()
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.entries))
    }
}

/// The words of a name, folded, with one blank between them.
pub(crate) fn folded(name: &str) -> String {
    let words: Vec<String> = words(name).into_iter().map(|word| word.2).collect();
    words.join(" ")
}

/// Brings variants together.
#[derive(Default)]
struct Grouping {
    /// Of each group the variants with their counts.
    groups: Vec<Vec<(String, u64)>>,
    by_key: FxHashMap<String, u32>,
}

impl Grouping {
    /// Adds `count` articles with a value and returns the group it is in.
    fn add(&mut self, field: FacetField, value: &str, count: u64) -> u32 {
        let next = self.groups.len() as u32;
        let group = *self.by_key.entry(key(field, value)).or_insert(next);
        if group == next {
            self.groups.push(Vec::new());
        }
        let variants = &mut self.groups[group as usize];
        match variants.iter_mut().find(|(known, _)| known == value) {
            Some((_, total)) => *total += count,
            None => variants.push((value.to_owned(), count)),
        }
        group
    }
}

/// What all variants of a value have in common.
fn key(field: FacetField, value: &str) -> String {
    match field {
        FacetField::Person => people::person_key(value),
        _ => value.to_owned(),
    }
}

fn entry(field: FacetField, variants: Vec<(String, u64)>) -> Entry {
    let value = display_form(&variants);
    let label = match (field, CountryCode::new(&value)) {
        (FacetField::Country, Some(code)) => countries::name(code).map(str::to_owned),
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
    fn of(entries: &[Entry]) -> Names {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(entries.len());
        for entry in entries {
            starts.push(text.len());
            for variant in &entry.variants {
                text.push(' ');
                for (_, _, word) in words(variant) {
                    text.push_str(&word);
                    text.push(' ');
                }
                text.push('\n');
            }
        }
        Names { text, starts }
    }

    fn with_words(&self, words: &[String]) -> Vec<u32> {
        if words.is_empty() {
            return Vec::new();
        }
        let needle = format!(" {} ", words.join(" "));
        let found = memchr::memmem::find_iter(self.text.as_bytes(), &needle);
        let mut entries: Vec<u32> = found
            .map(|at| self.starts.partition_point(|&start| start <= at) as u32 - 1)
            .collect();
        entries.dedup();
        entries
    }
}
