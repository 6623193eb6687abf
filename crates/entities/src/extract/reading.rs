//! A part of an article as extraction reads it: its words, the names that the tables know, and
//! how its sentences are written.

use dateline_corpus::analysis::Text;
use dateline_corpus::{Language, Part};

use crate::gazetteer::Span;
use crate::lexicon::{self, Classes};

/// A part of an article with the names that the tables know.
pub(super) struct Reading<'t> {
    pub(super) text: &'t Text<'t>,
    pub(super) part: Part,
    pub(super) language: Language,
    /// Names of the gazetteer, in order.
    pub(super) spans: Vec<Span>,
}

/// How a sentence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Normal,
    /// All letters are capitals.
    Capitals,
}

impl Reading<'_> {
    /// How a sentence is written, by its number.
    pub(super) fn style(&self, sentence: usize) -> Style {
        let Some(sentence) = self.text.sentences.get(sentence) else {
            return Style::Capitals;
        };
        let tokens = &self.text.tokens[sentence.tokens()];
        let mut words = tokens.iter().filter(|token| token.end - token.start >= 3);
        let lower = tokens.iter().any(|token| token.shape.is_lowercase());
        if !lower && words.clone().count() >= 2 && words.all(|token| token.shape.is_uppercase()) {
            Style::Capitals
        } else {
            Style::Normal
        }
    }

    pub(super) fn classes(&self, token: usize) -> Classes {
        lexicon::classes(self.text.form(token), self.language)
    }

    pub(super) fn is_capitalised(&self, token: usize) -> bool {
        self.text
            .tokens
            .get(token)
            .is_some_and(|token| token.shape.is_capitalised())
    }

    /// The name of the tables that begins at a token.
    pub(super) fn span_at(&self, token: usize) -> Option<&Span> {
        let at = self.spans.partition_point(|span| span.first < token);
        self.spans.get(at).filter(|span| span.first == token)
    }

    /// The number of the sentence that a token stands in.
    pub(super) fn sentence(&self, token: usize) -> usize {
        self.text
            .sentences
            .partition_point(|sentence| sentence.end as usize <= token)
    }
}
