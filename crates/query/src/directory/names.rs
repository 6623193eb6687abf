//! Finds values by words of their names.

use std::hash::{Hash, Hasher};

use dateline_corpus::CountryCode;
use dateline_corpus::analysis::words;
use dateline_entities::countries;
use memchr::memmem;
use rustc_hash::{FxHashMap, FxHasher};

use super::Entry;
use crate::FacetField;

/// The words of all names as one text, which finds a part of a word in a hundred thousand names
/// within a fraction of a millisecond, and the entries of each word.
pub(super) struct Names {
    /// Each name between line breaks, each word between blanks: `\n gustavo petro \n`.
    text: String,
    /// Where the names of each entry begin, ascending.
    starts: Vec<usize>,
    /// The hash of a word and an entry that has it, ascending. Different words may have the same
    /// hash, so what is found is looked at.
    words: Vec<(u32, u32)>,
}

impl Names {
    /// Of the entries of a field; `further` are names of some entries that no value of the index
    /// is.
    pub(super) fn of(field: FacetField, entries: &[Entry], further: &[(u32, &str)]) -> Names {
        let (mut text, mut occurring) = (String::new(), Vec::new());
        let mut starts = Vec::with_capacity(entries.len());
        let mut further_of: FxHashMap<u32, Vec<&str>> = FxHashMap::default();
        for (number, name) in further {
            further_of.entry(*number).or_default().push(name);
        }
        let mut add = |text: &mut String, number: u32, name: &str| {
            text.push(' ');
            for (_, _, word) in words(name) {
                text.push_str(&word);
                text.push(' ');
                occurring.push((hash(&word), number));
            }
            text.push('\n');
        };
        for (number, entry) in (0..).zip(entries) {
            starts.push(text.len());
            let names = entry.variants.iter().chain([&entry.value]);
            names.for_each(|name| add(&mut text, number, name));
            let further = further_of.get(&number).into_iter().flatten();
            further.for_each(|name| add(&mut text, number, name));
            if field.is_country() {
                let country = CountryCode::new(&entry.value);
                let names = country.into_iter().flat_map(countries::names);
                names.for_each(|name| add(&mut text, number, name));
            }
        }
        occurring.sort_unstable();
        occurring.dedup();
        Names {
            text,
            starts,
            words: occurring,
        }
    }

    pub(super) fn containing(&self, needle: &str) -> Vec<u32> {
        if needle.is_empty() {
            return (0..self.starts.len() as u32).collect();
        }
        self.find(needle)
    }

    /// The entries with a name that has these words in it, side by side; ascending.
    pub(super) fn with_words(&self, words: &[String]) -> Vec<u32> {
        let Some(first) = words.first().map(|word| hash(word)) else {
            return Vec::new();
        };
        let needle = memmem::Finder::new(&format!(" {} ", words.join(" "))).into_owned();
        let begin = self.words.partition_point(|&(word, _)| word < first);
        let having = self.words[begin..].iter();
        let having = having.take_while(|&&(word, _)| word == first);
        let entries = having.map(|&(_, entry)| entry);
        let has_all = |entry: &u32| needle.find(self.names_of(*entry)).is_some();
        entries.filter(has_all).collect()
    }

    /// All names of an entry.
    fn names_of(&self, entry: u32) -> &[u8] {
        let start = self.starts[entry as usize];
        let end = self.starts.get(entry as usize + 1);
        &self.text.as_bytes()[start..end.copied().unwrap_or(self.text.len())]
    }

    /// The entries with a name that has a text in it, ascending.
    fn find(&self, needle: &str) -> Vec<u32> {
        let found = memmem::find_iter(self.text.as_bytes(), needle);
        let mut entries: Vec<u32> = found
            .map(|at| self.starts.partition_point(|&start| start <= at) as u32 - 1)
            .collect();
        entries.dedup();
        entries
    }
}

fn hash(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    // The upper bits are the well-mixed ones.
    (hasher.finish() >> 32) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_find_what_looking_through_all_names_does(
            names in prop::collection::vec("[ab]{1,2}( [ab]{1,2}){0,2}", 0..12),
            wanted in prop::collection::vec("[ab]{1,2}", 0..3),
        ) {
            let entry = |value: &String| Entry { value: value.clone(), ..Entry::default() };
            let entries: Vec<Entry> = names.iter().map(entry).collect();
            let names = Names::of(FacetField::Person, &entries, &[(0, "aa b")][..names.len().min(1)]);
            let expected = match wanted.is_empty() {
                true => Vec::new(),
                false => names.find(&format!(" {} ", wanted.join(" "))),
            };
            prop_assert_eq!(names.with_words(&wanted), expected);
        }
    }
}
