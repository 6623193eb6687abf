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

pub(super) struct Lexicon {
    language: Language,
    stemmer: Option<(Algorithm, Stemmer)>,
    entries: FxHashMap<Box<str>, Entry>,
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
            entries: FxHashMap::default(),
            encoded: String::new(),
        }
    }

    /// Appends the encoded terms of a word to `out` and tells the word's shape.
    pub(super) fn append(&mut self, word: &str, out: &mut String) -> Shape {
        if let Some(entry) = self.entries.get(word) {
            out.push_str(&self.encoded[entry.start as usize..(entry.start + entry.len) as usize]);
            return entry.shape;
        }
        let start = out.len();
        let form = fold(word);
        let stem = match &self.stemmer {
            Some((algorithm, stemmer)) => stem::stem_with(&form, *algorithm, stemmer),
            None => form.clone(),
        };
        terms::encode(&form, &stem, self.language, out);
        let shape = Shape::of(word);
        if word.len() <= FORM_BYTES_MAX {
            self.remember(word, &out[start..], shape);
        }
        shape
    }

    fn remember(&mut self, word: &str, encoded: &str, shape: Shape) {
        if self.entries.len() >= FORMS_MAX {
            self.entries.clear();
            self.encoded.clear();
        }
        let entry = Entry {
            start: self.encoded.len() as u32,
            len: encoded.len() as u32,
            shape,
        };
        self.encoded.push_str(encoded);
        self.entries.insert(word.into(), entry);
    }
}
