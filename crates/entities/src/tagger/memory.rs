//! What is remembered of words from article to article: what each is by itself, and what that
//! adds to the scores of the tokens around it. A few thousand words make up nearly all of the
//! running text, so that most of what a token scores is looked up, not summed.

use dateline_corpus::Language;
use rustc_hash::FxHashMap;

use super::features;
use super::lattice::{Sums, WIDTH};
use super::model::Model;
use super::words::{Writing, hash};
use crate::gazetteer;
use crate::lexicon;

/// Words that are remembered; beyond, all are forgotten. Each takes some 250 bytes, and 16
/// million words of news have about as many.
const WORDS_MAX: usize = 1 << 16;

/// Distances of the tokens whose scores a word adds to: two before to two behind it.
pub(crate) const REACH: usize = 5;

/// What a word adds to the scores of tokens from two behind it to two before it: the last when it
/// stands two places after the token.
type Reach = [Sums; REACH];

/// Words that were met.
#[derive(Default)]
pub(crate) struct Memory {
    /// Numbers of words by the hash of how they are written and their language.
    numbers: FxHashMap<u64, u32>,
    words: Vec<Known>,
    reaches: Vec<Reach>,
    /// Numbers of folded forms by their hash.
    forms: FxHashMap<u64, u32>,
    /// For each form the article it was last marked in and its number there.
    marks: Vec<(u32, u32)>,
    article: u32,
    marked: u32,
    shared: Option<Box<Shared>>,
}

/// What a word is by itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// Hash of the folded form.
    pub(crate) form: u64,
    /// Number of the folded form.
    pub(crate) form_number: u32,
    pub(crate) writing: Writing,
    /// Classes of the word list, as bits.
    pub(crate) classes: u32,
    /// A name of the gazetteer may begin with it.
    pub(crate) begins: bool,
    /// Its place among the reaches, when it has been asked for.
    reach: u32,
}

/// What needs no word to be known.
struct Shared {
    /// Where there is no word.
    edge: Reach,
    /// Properties that the tables of names give, by bit from [`features::TABLES`] on.
    tables: [Reach; 32 - features::TABLES],
}

const NONE: u32 = u32::MAX;

impl Memory {
    /// Begins an article: no form is marked.
    pub(crate) fn begin(&mut self) {
        if self.words.len() >= WORDS_MAX {
            let shared = self.shared.take();
            *self = Memory {
                shared,
                ..Memory::default()
            };
        }
        self.article += 1;
        self.marked = 0;
    }

    /// The number of a word, by how it is written; `form` and `writing` are asked for when it is
    /// new.
    pub(crate) fn word<'t>(
        &mut self,
        raw: &str,
        language: Language,
        form: impl FnOnce() -> &'t str,
        writing: impl FnOnce() -> Writing,
    ) -> u32 {
        let key = hash(raw) ^ hash(language.code()).rotate_left(32);
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        let form = form();
        let next = self.marks.len() as u32;
        let form_number = *self.forms.entry(hash(form)).or_insert(next);
        if form_number == next {
            self.marks.push((0, 0));
        }
        let number = self.words.len() as u32;
        self.words.push(Known {
            form: hash(form),
            form_number,
            writing: writing(),
            classes: lexicon::classes(form, language).bits(),
            begins: gazetteer::begins(form, language),
            reach: NONE,
        });
        self.numbers.insert(key, number);
        number
    }

    /// What a word is, by its number.
    pub(crate) fn known(&self, number: u32) -> &Known {
        &self.words[number as usize]
    }

    /// Marks a form as one that matters in the article.
    pub(crate) fn mark(&mut self, form_number: u32) {
        let mark = &mut self.marks[form_number as usize];
        if mark.0 != self.article {
            *mark = (self.article, self.marked);
            self.marked += 1;
        }
    }

    /// The number of a form among those marked in the article.
    pub(crate) fn mark_of(&self, form_number: u32) -> Option<usize> {
        let (article, number) = self.marks[form_number as usize];
        (article == self.article).then_some(number as usize)
    }

    /// How many forms are marked.
    pub(crate) fn marked(&self) -> usize {
        self.marked as usize
    }

    /// Makes ready what a word adds to the tokens around it.
    pub(crate) fn reach_out(&mut self, model: &Model, number: u32, raw: &str, form: &str) {
        let known = self.words[number as usize];
        if known.reach == NONE {
            let reach = reach(model, |offset, emit| {
                features::of_word(&known, raw, form, offset, emit);
            });
            self.words[number as usize].reach = self.reaches.len() as u32;
            self.reaches.push(reach);
        }
    }

    /// Adds what a word adds to the scores of the token that it stands `slot - 2` after; `classes`
    /// are its own and those of the tables.
    #[inline]
    pub(crate) fn add(&self, number: Option<(u32, u32)>, slot: usize, sums: &mut Sums) {
        let Some(shared) = &self.shared else { return };
        let Some((number, classes)) = number else {
            return add(&shared.edge[slot], sums);
        };
        let reach = self.words[number as usize].reach;
        if let Some(reach) = self.reaches.get(reach as usize) {
            add(&reach[slot], sums);
        }
        let mut tables = classes >> features::TABLES;
        while tables != 0 {
            add(&shared.tables[tables.trailing_zeros() as usize][slot], sums);
            tables &= tables - 1;
        }
    }

    /// Makes ready what needs no word.
    pub(crate) fn prepare(&mut self, model: &Model) {
        self.shared.get_or_insert_with(|| {
            Box::new(Shared {
                edge: reach(model, |offset, emit| features::of_edge(offset, emit)),
                tables: std::array::from_fn(|bit| {
                    reach(model, |offset, emit| {
                        features::of_class(features::TABLES + bit, offset, emit);
                    })
                }),
            })
        });
    }
}

fn reach(model: &Model, features: impl Fn(isize, &mut dyn FnMut(u32))) -> Reach {
    std::array::from_fn(|slot| {
        let mut sums = [0; WIDTH];
        features(slot as isize - 2, &mut |bucket| {
            model.rows.add_to(bucket, &mut sums);
        });
        sums
    })
}

/// Adds a row to another.
#[inline]
pub(crate) fn add(row: &Sums, sums: &mut Sums) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum = sum.wrapping_add(*value);
    }
}
