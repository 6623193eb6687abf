//! A part of an article as extraction reads it: its words, the names that the tables know, and
//! how its sentences are written.

use dateline_corpus::analysis::{Sentence, Text};
use dateline_corpus::{Language, Part};

use crate::countries;
use crate::gazetteer::{self, Span};
use crate::lexicon::{self, Classes};

/// A part of an article with the names that the tables know.
pub(super) struct Reading<'t> {
    pub(super) text: &'t Text<'t>,
    pub(super) part: Part,
    pub(super) language: Language,
    /// Names of the gazetteer, in order.
    pub(super) spans: Vec<Span>,
    /// How each sentence is written.
    pub(super) styles: Vec<Style>,
}

/// How a sentence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Normal,
    /// Nearly all words begin with a capital: capitals say little.
    Headline,
    /// All letters are capitals.
    Capitals,
}

impl<'t> Reading<'t> {
    /// Finds the names of the tables.
    pub(super) fn new(text: &'t Text<'t>, part: Part, language: Language) -> Reading<'t> {
        let mut reading = Reading {
            text,
            part,
            language,
            spans: Vec::new(),
            styles: Vec::with_capacity(text.sentences.len()),
        };
        // Names and demonyms in lower case occur in the other languages only.
        let any_case = countries::has_language(language);
        for sentence in &text.sentences {
            let style = style(text, sentence);
            reading.styles.push(style);
            let mut token = sentence.first as usize;
            let end = sentence.end as usize;
            while token < end {
                let worth = any_case || reading.is_capitalised(token);
                let capitals = style == Style::Capitals;
                let found = worth
                    .then(|| gazetteer::longest(text, token, end, language, capitals))
                    .flatten();
                token = found.map_or(token + 1, |span| span.end);
                reading.spans.extend(found);
            }
        }
        reading
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

/// Short words that headlines leave in lower case.
const HEADLINE_SMALL: &[&str] = &[
    "the", "and", "for", "but", "nor", "via", "per", "with", "from", "over", "into", "del", "las",
    "los", "con", "por", "des", "les", "sur", "pour", "und", "von", "der", "die", "das", "dos",
];

/// Fewer capitalised words make no headline: three may be one name and little else.
const HEADLINE_CAPITALS_MIN: usize = 4;

fn style(text: &Text<'_>, sentence: &Sentence) -> Style {
    let long = |token: &usize| {
        let token = text.tokens[*token];
        token.end - token.start >= 3
    };
    let (mut words, mut capitalised, mut upper, mut lower) = (0, 0, 0, 0);
    for token in sentence.tokens() {
        let shape = text.tokens[token].shape;
        lower += usize::from(shape.is_lowercase());
        if long(&token) {
            words += 1;
            capitalised += usize::from(shape.is_capitalised());
            upper += usize::from(shape.is_uppercase());
        }
    }
    if words >= 2 && upper == words && lower == 0 {
        return Style::Capitals;
    }
    // Most sentences end here, before any word of theirs is looked at.
    if capitalised < HEADLINE_CAPITALS_MIN {
        return Style::Normal;
    }
    let small = sentence.tokens().filter(long).filter(|&token| {
        text.tokens[token].shape.is_lowercase() && HEADLINE_SMALL.contains(&text.form(token))
    });
    let words = words - small.count();
    if (words - capitalised) * 10 <= words {
        Style::Headline
    } else {
        Style::Normal
    }
}
