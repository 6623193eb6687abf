//! Pieces: runs of capitalised words that can be one name, and how their sentences are written.
//!
//! Cutting a text into pieces is the work of [`super::cut`]; what a piece names is decided later,
//! with the whole article in view.

use dateline_corpus::analysis::{Sentence, Text};
use dateline_corpus::{Language, Part};

use crate::gazetteer::Span;
use crate::lexicon::{self, Classes};

/// A part of an article, cut up.
pub(super) struct Reading<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    pub(super) part: Part,
    pub(super) language: Language,
    /// Names of the gazetteer, in order.
    pub(super) spans: Vec<Span>,
    /// Pieces, in order.
    pub(super) pieces: Vec<Piece>,
    /// For each sentence, whether it has no word in lower case.
    pub(super) capitals: Vec<bool>,
}

/// The most tokens of a piece, and of an organisation's name. The longest names of people and
/// bodies in news stay below it; without a limit, a body that repeats one capitalised word is a
/// single piece, and what looks at its parts in pairs never ends.
pub(super) const PIECE_TOKENS_MAX: usize = 12;

/// A run of capitalised words, [`PIECE_TOKENS_MAX`] at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) first: usize,
    /// The token after its last.
    pub(super) end: usize,
    /// Words that are neither initials nor particles nor suffixes.
    pub(super) names: usize,
    pub(super) sort: Sort,
    pub(super) title: Title,
    pub(super) style: Style,
    /// All its words are common ones that may be names, too.
    pub(super) weak: bool,
    /// The sentence that it stands in, as tokens.
    pub(super) sentence: (usize, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Name,
    Organisation,
    Facility,
}

/// What precedes a piece, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Title {
    None,
    /// An office a few words before, and a comma: `the energy minister, …`.
    Near,
    /// An office, rank or trade.
    Office,
    /// `Mr`, `señora`.
    Honorific,
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

impl Reading<'_, '_> {
    pub(super) fn classes(&self, token: usize) -> Classes {
        lexicon::classes(self.text.form(token), self.language)
    }

    pub(super) fn is_capitalised(&self, token: usize) -> bool {
        self.text
            .tokens
            .get(token)
            .is_some_and(|token| token.shape.is_capitalised())
    }

    /// The form of the token before, within the sentence.
    pub(super) fn form_before(&self, token: usize, sentence: (usize, usize)) -> Option<&str> {
        (token > sentence.0).then(|| self.text.form(token - 1))
    }

    /// The form of a token, within the sentence.
    pub(super) fn form_at(&self, token: usize, sentence: (usize, usize)) -> Option<&str> {
        (token < sentence.1).then(|| self.text.form(token))
    }
}

/// Short words that headlines leave in lower case.
const HEADLINE_SMALL: &[&str] = &[
    "the", "and", "for", "but", "nor", "via", "per", "with", "from", "over", "into", "del", "las",
    "los", "con", "por", "des", "les", "sur", "pour", "und", "von", "der", "die", "das", "dos",
];

/// Fewer capitalised words make no headline: three may be one name and little else.
const HEADLINE_CAPITALS_MIN: usize = 4;

/// How a sentence is written.
pub(super) fn style(text: &Text<'_>, sentence: &Sentence) -> Style {
    let long = |token: &usize| Token::of(text, *token).len >= 3;
    let (mut words, mut capitalised, mut upper, mut lower) = (0, 0, 0, 0);
    for token in sentence.tokens() {
        let Token { shape, len } = Token::of(text, token);
        lower += usize::from(shape.is_lowercase());
        if len >= 3 {
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

struct Token {
    shape: dateline_corpus::analysis::Shape,
    len: u32,
}

impl Token {
    fn of(text: &Text<'_>, token: usize) -> Token {
        let token = text.tokens[token];
        Token {
            shape: token.shape,
            len: token.end - token.start,
        }
    }
}
