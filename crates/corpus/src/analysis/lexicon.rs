//! Remembers how each word is written in the index, so that folding and stemming are done once
//! per form and not once per word.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::{Shape, fold, stem, terms};
use crate::Language;

/// The forms kept; beyond them the memory is dropped and begins anew. A year of an English
/// agency's news has some 300,000 forms, of which half are seen once.
const FORMS_MAX: usize = 200_000;
/// Longer words are nearly always noise that does not come again.
const FORM_BYTES_MAX: usize = 64;
/// What fits into a number.
const PACKED_BYTES_MAX: usize = 16;

pub(super) struct Lexicon {
    language: Language,
    stemmer: Option<(Algorithm, Stemmer)>,
    /// Words of up to 16 bytes, packed: nearly all words are that short, and comparing two
    /// numbers is much cheaper than following a pointer to a text and comparing that.
    short: FxHashMap<u128, Entry>,
    long: FxHashMap<Box<str>, Entry>,
    /// The encoded terms of all entries, end to end.
    encoded: String,
}

#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    len: u32,
    shape: Shape,
}

impl Lexicon {
    pub(super) fn new(language: Language) -> Lexicon {
        Lexicon {
            language,
            stemmer: language
                .stemmer()
                .map(|algorithm| (algorithm, Stemmer::create(algorithm))),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            encoded: String::new(),
        }
    }

    /// Appends the encoded terms of the word at `start..end` of `text` to `out` and tells the
    /// word's shape.
    pub(super) fn append(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        out: &mut String,
    ) -> Shape {
        let packed = pack(text.as_bytes(), start, end);
        let word = &text[start..end];
        let known = match packed {
            Some(packed) => self.short.get(&packed),
            None => self.long.get(word),
        };
        if let Some(entry) = known {
            out.push_str(&self.encoded[entry.start as usize..(entry.start + entry.len) as usize]);
            return entry.shape;
        }
        let from = out.len();
        let form = fold(word);
        let stem = match &self.stemmer {
            Some((algorithm, stemmer)) => stem::stem_with(&form, *algorithm, stemmer),
            None => form.clone(),
        };
        terms::encode(&form, &stem, self.language, out);
        let shape = Shape::of(word);
        if word.len() <= FORM_BYTES_MAX {
            self.remember(packed, word, &out[from..], shape);
        }
        shape
    }

    fn remember(&mut self, packed: Option<u128>, word: &str, encoded: &str, shape: Shape) {
        if self.short.len() + self.long.len() >= FORMS_MAX {
            self.short.clear();
            self.long.clear();
            self.encoded.clear();
        }
        let entry = Entry {
            start: self.encoded.len() as u32,
            len: encoded.len() as u32,
            shape,
        };
        self.encoded.push_str(encoded);
        match packed {
            Some(packed) => self.short.insert(packed, entry),
            None => self.long.insert(word.into(), entry),
        };
    }
}

/// The bytes of a word as a number, zeros behind them; no word contains a zero. `None` for words
/// that are longer.
fn pack(text: &[u8], start: usize, end: usize) -> Option<u128> {
    let bytes = end - start;
    if bytes > PACKED_BYTES_MAX {
        return None;
    }
    let mut window = [0; PACKED_BYTES_MAX];
    if let Some(following) = text.get(start..start + PACKED_BYTES_MAX) {
        // Copying a fixed number of bytes and blanking what is too much is one load.
        window.copy_from_slice(following);
        let blank = 8 * (PACKED_BYTES_MAX - bytes) as u32;
        Some(u128::from_le_bytes(window) & u128::MAX.checked_shr(blank).unwrap_or_default())
    } else {
        window[..bytes].copy_from_slice(&text[start..end]);
        Some(u128::from_le_bytes(window))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_pack_alike_wherever_they_stand_and_differ_where_they_differ(
            words in prop::collection::vec("[a-z0-9áßж'.]{1,12}", 1..12),
        ) {
            let text = words.join(" ");
            let mut packed = HashMap::new();
            let mut start = 0;
            for word in &words {
                let key = pack(text.as_bytes(), start, start + word.len());
                prop_assert_eq!(key, pack(word.as_bytes(), 0, word.len()));
                prop_assert_eq!(key.is_some(), word.len() <= PACKED_BYTES_MAX);
                if let Some(key) = key {
                    prop_assert_eq!(packed.entry(key).or_insert(word), &word);
                }
                start += word.len() + 1;
            }
        }

        #[test]
        fn a_word_is_written_the_second_time_as_the_first(
            text in "[A-Za-zÁßж'.]{1,24}",
        ) {
            let mut lexicon = Lexicon::new(Language::ENGLISH);
            let mut write = || {
                let mut out = String::new();
                let shape = lexicon.append(&text, 0, text.len(), &mut out);
                (shape, out)
            };
            prop_assert_eq!(write(), write());
        }
    }
}
