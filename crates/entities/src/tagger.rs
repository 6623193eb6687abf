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
mod model;
mod rows;
pub mod training;
mod votes;
mod words;

use std::ops::Range;

use dateline_corpus::{Analysed, EntityKind, Part};

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

/// The names in an article in order, the title's first; they do not overlap. A derived title is
/// passed over, because what it names stands in the body, too.
pub fn tag(analysed: &Analysed<'_>) -> Vec<Span> {
    Model::shipped().tag(analysed)
}
