//! Finds the names of people, organisations and places: a linear-chain conditional random field
//! over hashed features, whose weights are trained by `examples/train.rs` and shipped in
//! `model/weights.bin`.
//!
//! It finds spans and their kinds. Which mentions are the same person, and which places are
//! countries, is decided elsewhere.

mod document;
mod features;
mod label;
mod lattice;
mod memory;
mod model;
mod rows;
pub mod training;
mod votes;
mod words;

use std::cell::RefCell;
use std::ops::Range;

use dateline_corpus::{Analysed, EntityKind, Part};

use crate::gazetteer;
use memory::Memory;
pub use model::{Model, ModelError};

/// A name in an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The part of the article it stands in.
    pub part: Part,
    /// Its tokens, as numbers in [`dateline_corpus::analysis::Text::tokens`].
    pub tokens: Range<usize>,
    /// Person, organisation or place; countries count as places.
    pub kind: EntityKind,
}

impl Span {
    /// Its bytes in the part: from the beginning of its first token to the end of its last.
    pub fn bytes(&self, analysed: &Analysed<'_>) -> Range<usize> {
        let tokens = &analysed.part(self.part).tokens[self.tokens.clone()];
        let first = tokens.first().map_or(0, |token| token.start as usize);
        first..tokens.last().map_or(first, |token| token.end as usize)
    }
}

/// What was found in an article.
pub(crate) struct Tagged {
    /// The names in order, the title's first; they do not overlap.
    pub(crate) names: Vec<Span>,
    /// For each part that was read the names that the tables know.
    pub(crate) tables: Vec<Vec<gazetteer::Span>>,
}

thread_local! {
    /// What the shipped model remembers of words. It changes no result.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// The names in an article. A derived title is passed over, because what it names stands in the
/// body, too.
pub(crate) fn tag(analysed: &Analysed<'_>) -> Tagged {
    MEMORY.with_borrow_mut(|memory| Model::shipped().read(memory, analysed))
}
