//! Text analysis: an article's text is walked once, and what comes out serves both the entity
//! extractor (tokens, sentences, shapes) and the index (terms).
//!
//! The stages are `segment` (where words are), `fold` (what counts as the same letter),
//! `stem` (what counts as the same word), `terms` (how a word is written in the index) and
//! `sentence` (where sentences end). A query's words go through the same stages.

mod fold;
mod lexicon;
mod segment;
mod sentence;
mod stem;
pub mod terms;

use rustc_hash::FxHashMap;

pub use fold::fold;
pub use segment::words;
pub use sentence::Sentence;
pub use stem::stem;

use crate::Language;
use lexicon::Lexicon;

/// Words of the body that are its lead: those that news puts the gist in.
pub const LEAD_WORDS: usize = 60;

/// Analyses articles. One per thread: it remembers the words it has seen, because in news a few
/// thousand forms make up nearly all of the running text.
#[derive(Default)]
pub struct Analyser {
    lexicons: FxHashMap<Language, Lexicon>,
}

/// An article after analysis.
#[derive(Debug, Clone)]
pub struct Analysed<'a> {
    /// The language both parts were analysed in.
    pub language: Language,
    /// The headline.
    pub title: Text<'a>,
    /// True when the title is the beginning of the body, so that what it names stands there too.
    pub title_derived: bool,
    /// The body.
    pub body: Text<'a>,
}

/// One analysed part of an article.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The text that offsets count in.
    pub text: &'a str,
    /// Its words, in order.
    pub tokens: Vec<Token>,
    /// Its sentences, in order; they cover all tokens.
    pub sentences: Vec<Sentence>,
    terms: String,
}

/// One word of a text. Its number in [`Text::tokens`] is its position in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// The byte after the last; an English possessive `'s` is left out.
    pub end: u32,
    /// How it is written.
    pub shape: Shape,
    /// Where its terms begin in the encoded stream.
    term: u32,
}

/// How a word is written, as a set of properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape(u8);

impl Shape {
    const CAPITALISED: u8 = 1;
    const UPPERCASE: u8 = 2;
    const LOWERCASE: u8 = 4;
    const DIGIT: u8 = 8;
    const ACRONYM: u8 = 16;
    const POSSESSIVE: u8 = 32;

    /// The first character is an upper-case letter.
    pub fn is_capitalised(self) -> bool {
        self.0 & Shape::CAPITALISED != 0
    }

    /// Two letters or more, and no lower-case letter among them.
    pub fn is_uppercase(self) -> bool {
        self.0 & Shape::UPPERCASE != 0
    }

    /// It has letters, and all of them are lower-case.
    pub fn is_lowercase(self) -> bool {
        self.0 & Shape::LOWERCASE != 0
    }

    /// It has a digit.
    pub fn has_digit(self) -> bool {
        self.0 & Shape::DIGIT != 0
    }

    /// Single letters with dots between them, such as `U.S.` or `J.D.`.
    pub fn is_acronym(self) -> bool {
        self.0 & Shape::ACRONYM != 0
    }

    /// It was followed by an English possessive `'s`.
    pub fn is_possessive(self) -> bool {
        self.0 & Shape::POSSESSIVE != 0
    }

    fn with(self, property: u8, holds: bool) -> Shape {
        if holds {
            Shape(self.0 | property)
        } else {
            self
        }
    }

    /// The shape of a word, but for [`Shape::is_possessive`].
    fn of(word: &str) -> Shape {
        let mut letters = 0;
        let (mut lower, mut upper, mut digit) = (0, 0, false);
        for c in word.chars() {
            letters += usize::from(c.is_alphabetic());
            lower += usize::from(c.is_lowercase());
            upper += usize::from(c.is_uppercase());
            digit |= c.is_numeric();
        }
        Shape::default()
            .with(
                Shape::CAPITALISED,
                word.chars().next().is_some_and(char::is_uppercase),
            )
            .with(Shape::UPPERCASE, upper >= 2 && lower == 0)
            .with(Shape::LOWERCASE, letters > 0 && lower == letters)
            .with(Shape::DIGIT, digit)
            .with(Shape::ACRONYM, segment::is_acronym(word))
    }
}

impl Analyser {
    /// An analyser that has seen no text yet.
    pub fn new() -> Analyser {
        Analyser::default()
    }

    /// Analyses an article.
    pub fn analyse<'a>(&mut self, article: &'a crate::Article) -> Analysed<'a> {
        let mut analysed = self.analyse_parts(&article.title, &article.body, article.language);
        analysed.title_derived = article.title_derived;
        analysed
    }

    /// Analyses a title and a body; `declared` is the language that the publisher states.
    pub fn analyse_parts<'a>(
        &mut self,
        title: &'a str,
        body: &'a str,
        declared: Option<Language>,
    ) -> Analysed<'a> {
        let language = Language::of_parts(title, body, declared);
        let lexicon = self
            .lexicons
            .entry(language)
            .or_insert_with(|| Lexicon::new(language));
        Analysed {
            language,
            title: analyse_text(title, lexicon),
            title_derived: false,
            body: analyse_text(body, lexicon),
        }
    }
}

impl<'a> Analysed<'a> {
    /// The parts that say anything of their own: a derived title stands in the body, too.
    pub fn parts(&self) -> &'static [crate::Part] {
        match self.title_derived {
            true => &[crate::Part::Body],
            false => &[crate::Part::Title, crate::Part::Body],
        }
    }

    /// A part by its name.
    pub fn part(&self, part: crate::Part) -> &Text<'a> {
        match part {
            crate::Part::Title => &self.title,
            crate::Part::Body => &self.body,
        }
    }
}

impl<'a> Text<'a> {
    /// The word as written.
    pub fn raw(&self, token: usize) -> &'a str {
        let Token { start, end, .. } = self.tokens[token];
        &self.text[start as usize..end as usize]
    }

    /// The word with case and accents folded: the exact form that the index knows.
    pub fn form(&self, token: usize) -> &str {
        terms::form_of(self.encoded(token))
    }

    /// The stem of the word; equal to its form where nothing is stemmed away.
    pub fn stem(&self, token: usize) -> &str {
        terms::stem_of(self.encoded(token))
    }

    /// The text between a token and the one before it (or the beginning).
    pub fn gap_before(&self, token: usize) -> &'a str {
        let from = if token == 0 {
            0
        } else {
            self.tokens[token - 1].end
        };
        let to = self
            .tokens
            .get(token)
            .map_or(self.text.len(), |token| token.start as usize);
        &self.text[from as usize..to]
    }

    /// The bytes of the sentence that a byte lies in, with its quotation marks and without white
    /// space around it; nothing where there is no sentence.
    pub fn sentence_at(&self, byte: usize) -> std::ops::Range<usize> {
        let word = |sentence: &Sentence| self.tokens[sentence.first as usize].start as usize;
        // What stands before the first word without a blank, such as a quotation mark, opens it.
        let opening = |c: char| !c.is_whitespace() && !c.is_alphanumeric() && c != '.';
        let start = |sentence| {
            let before = &self.text[..word(sentence)];
            before.trim_end_matches(opening).len()
        };
        let after = self.sentences.partition_point(|it| word(it) <= byte);
        let Some(sentence) = after.checked_sub(1).map(|at| &self.sentences[at]) else {
            return 0..0;
        };
        let end = self.sentences.get(after).map_or(self.text.len(), start);
        let start = start(sentence);
        start..start + self.text[start..end].trim_end().len()
    }

    /// The index terms of its words, in the encoding of [`terms`].
    pub fn terms(&self) -> &str {
        &self.terms
    }

    /// The index terms of its words and, at the first word of each sentence, the term that marks
    /// the bound: [`terms::PARAGRAPH`] where a paragraph begins, too, else [`terms::SENTENCE`].
    pub fn terms_with_bounds(&self) -> String {
        let mut out = String::with_capacity(self.terms.len() + 2 * self.sentences.len());
        let mut copied = 0;
        for sentence in &self.sentences {
            let after_first = self.term_end(sentence.first as usize);
            out.push_str(&self.terms[copied..after_first]);
            copied = after_first;
            out.push(terms::SAME);
            out.push_str(if sentence.opens_paragraph {
                terms::PARAGRAPH
            } else {
                terms::SENTENCE
            });
        }
        out.push_str(&self.terms[copied..]);
        out
    }

    /// The index terms of the first [`LEAD_WORDS`], in the encoding of [`terms`].
    pub fn lead_terms(&self) -> &str {
        match self.tokens.get(LEAD_WORDS) {
            Some(token) => &self.terms[..token.term as usize],
            None => &self.terms,
        }
    }

    fn encoded(&self, token: usize) -> &str {
        &self.terms[self.tokens[token].term as usize..self.term_end(token)]
    }

    /// Where the terms of a token end in the encoded stream.
    fn term_end(&self, token: usize) -> usize {
        let next = self.tokens.get(token + 1);
        next.map_or(self.terms.len(), |next| next.term as usize)
    }
}

fn analyse_text<'a>(text: &'a str, lexicon: &mut Lexicon) -> Text<'a> {
    // News runs at about six bytes a word.
    let mut tokens = Vec::with_capacity(text.len() / 6 + 1);
    let mut encoded = String::with_capacity(text.len() + text.len() / 2);
    segment::segment(text, |start, end, possessive| {
        let term = encoded.len() as u32;
        let shape = lexicon.append(text, start, end, &mut encoded);
        tokens.push(Token {
            start: start as u32,
            end: end as u32,
            shape: shape.with(Shape::POSSESSIVE, possessive),
            term,
        });
    });
    let mut text = Text {
        text,
        tokens,
        sentences: Vec::new(),
        terms: encoded,
    };
    text.sentences = sentence::sentences(&text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_with_their_quotation_marks() {
        let text = "He left. \"We agree,\" Petro said. (It rained.) “So what?” Yes";
        let mut analyser = Analyser::new();
        let analysed = analyser.analyse_parts("", text, Some(Language::ENGLISH));
        let sentence = |word: &str| {
            let at = text.find(word).unwrap();
            &text[analysed.body.sentence_at(at)]
        };
        assert_eq!(sentence("left"), "He left.");
        assert_eq!(sentence("Petro"), "\"We agree,\" Petro said.");
        assert_eq!(sentence("rained"), "(It rained.)");
        assert_eq!(sentence("what"), "“So what?”");
        assert_eq!(sentence("Yes"), "Yes");
    }
}
