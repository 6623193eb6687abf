//! What is known of each token by itself and by its place: form, way of writing, word classes,
//! the gap before it, the run of capitalised words it stands in.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use dateline_corpus::analysis::{Text, Token};
use dateline_corpus::{Language, Part};
use rustc_hash::FxHasher;

use super::memory::Memory;
use crate::countries::{self, Sense};
use crate::gazetteer::{self, Meaning};
use crate::lexicon::Classes;
use crate::people;

/// A part of an article, ready for features.
pub(crate) struct Words<'t> {
    pub(crate) part: Part,
    pub(crate) text: &'t Text<'t>,
    pub(crate) words: Vec<Word>,
    pub(crate) sentences: Vec<Sentence>,
    /// The names that the tables know.
    pub(crate) spans: Vec<gazetteer::Span>,
}

/// A token as features see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Its number in the memory.
    pub(crate) number: u32,
    /// Hash of the folded form.
    pub(crate) form: u64,
    /// Number of the folded form in the memory.
    pub(crate) form_number: u32,
    pub(crate) writing: Writing,
    pub(crate) gap: Gap,
    /// The classes of the word list, as bits; from bit 20 on what the tables of names say.
    pub(crate) classes: u32,
    /// The run of capitalised words, empty when it is in none.
    pub(crate) run: (u32, u32),
}

/// A sentence as features see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) tokens: Range<usize>,
    pub(crate) case: Case,
}

/// How a sentence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// As prose is.
    Prose,
    /// Like A Headline.
    Title,
    /// LIKE THIS.
    Upper,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    Lower,
    Capitalised,
    Upper,
    /// `J`
    Initial,
    /// `U.S.`
    Acronym,
    /// `McDonald`, `iPhone`
    Mixed,
    Digits,
    /// Letters and digits, or a script without case.
    Other,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    Start,
    Space,
    Comma,
    Hyphen,
    Possessive,
    Apostrophe,
    OpeningQuote,
    ClosingQuote,
    OpeningBracket,
    ClosingBracket,
    Stop,
    Colon,
    Dash,
    Slash,
    Ampersand,
    At,
    Line,
    Other,
}

impl Writing {
    /// It may begin or end a name.
    pub(crate) fn is_capital(self) -> bool {
        !matches!(self, Writing::Lower | Writing::Digits | Writing::Other)
    }
}

impl<'t> Words<'t> {
    pub(crate) fn new(
        memory: &mut Memory,
        part: Part,
        text: &'t Text<'t>,
        language: Language,
    ) -> Words<'t> {
        // A text in no known language is most likely a very short one in English.
        let language = if language == Language::UNKNOWN {
            Language::ENGLISH
        } else {
            language
        };
        let words = (0..text.tokens.len())
            .map(|at| word(memory, text, at, language))
            .collect();
        let mut words = Words {
            part,
            text,
            words,
            sentences: Vec::new(),
            spans: Vec::new(),
        };
        let sentences = text.sentences.iter().map(|sentence| sentence.tokens());
        words.sentences = sentences.map(|tokens| words.sentence(tokens)).collect();
        words.find_runs();
        words.look_up(memory, language);
        words
    }

    /// Finds the names of countries, cities and organisations that the tables know.
    fn look_up(&mut self, memory: &Memory, language: Language) {
        // Names and demonyms in lower case occur in the other languages only.
        let any_case = countries::has_language(language);
        for Sentence { tokens, case } in &self.sentences {
            let mut at = tokens.start;
            while at < tokens.end {
                let word = &self.words[at];
                let capitalised = self.text.tokens[at].shape.is_capitalised();
                let worth = (any_case || capitalised) && memory.known(word.number).begins;
                let found = worth.then(|| {
                    gazetteer::longest(self.text, at, tokens.end, language, *case == Case::Upper)
                });
                let Some(span) = found.flatten() else {
                    at += 1;
                    continue;
                };
                if word.writing.is_capital() {
                    let bit = bit(span.meaning);
                    for (place, word) in self.words[at..span.end].iter_mut().enumerate() {
                        let long = u32::from(!span.is_single()) << (27 + place.min(1));
                        word.classes |= 1 << bit | long;
                    }
                }
                at = span.end;
                self.spans.push(span);
            }
        }
    }

    /// The number in the article of the form of a word that votes on its other occurrences;
    /// nothing for words that do not.
    pub(crate) fn voter(&self, memory: &Memory, at: usize) -> Option<u32> {
        let word = &self.words[at];
        let mark = || memory.mark_of(word.form_number);
        word.writing
            .is_capital()
            .then(mark)?
            .map(|mark| mark as u32)
    }

    /// How many titles a person's name begins with; one that is nothing else keeps them.
    pub(crate) fn ranks(&self, name: Range<usize>) -> usize {
        let rank = |at: &usize| {
            let form = |at: usize| self.text.form(at);
            Classes::from_bits(self.words[*at].classes).is_rank()
                && !(at + 1 < name.end && people::keeps_title(form(*at), form(at + 1)))
        };
        let ranks = name.clone().take_while(rank).count();
        if ranks < name.len() { ranks } else { 0 }
    }

    fn sentence(&self, tokens: Range<usize>) -> Sentence {
        let (mut lower, mut upper, mut capital) = (0, 0, 0);
        for (word, token) in self.words[tokens.clone()]
            .iter()
            .zip(&self.text.tokens[tokens.clone()])
        {
            // Short words are written small in headlines too.
            let long = token.end - token.start >= 4;
            lower += usize::from(long && word.writing == Writing::Lower);
            upper += usize::from(matches!(word.writing, Writing::Upper));
            capital += usize::from(long && word.writing.is_capital());
        }
        let case = if upper >= 3 && 10 * lower <= upper {
            Case::Upper
        } else if capital >= 4 && capital > 3 * lower {
            Case::Title
        } else {
            Case::Prose
        };
        Sentence { tokens, case }
    }

    /// Runs are capitalised words with nothing but blanks, hyphens and full stops after initials
    /// between them, within a sentence.
    fn find_runs(&mut self) {
        for number in 0..self.sentences.len() {
            let tokens = self.sentences[number].tokens.clone();
            let mut first = tokens.start;
            for at in tokens.clone() {
                let word = self.words[at];
                let joins = at > tokens.start
                    && self.words[at - 1].writing.is_capital()
                    && (matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Apostrophe)
                        || word.gap == Gap::Stop && self.words[at - 1].writing == Writing::Initial);
                if !joins {
                    self.close_run(first..at);
                    first = at;
                }
            }
            self.close_run(first..tokens.end);
        }
    }

    fn close_run(&mut self, run: Range<usize>) {
        if run.start < run.end && self.words[run.start].writing.is_capital() {
            for at in run.clone() {
                self.words[at].run = (run.start as u32, run.end as u32);
            }
        }
    }
}

/// Hash of a string, the same on every machine.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The class that a name of the tables gives its words, beside those of the word list.
fn bit(meaning: Meaning) -> u32 {
    match meaning {
        Meaning::Country(_, Sense::Name) => 20,
        Meaning::Country(_, Sense::Demonym) => 21,
        Meaning::Country(_, Sense::Place) => 22,
        Meaning::Country(_, Sense::Region) => 29,
        Meaning::Country(_, Sense::Metonym) => 23,
        Meaning::Organisation => 24,
        Meaning::Region => 25,
        Meaning::Nothing => 26,
    }
}

fn word(memory: &mut Memory, text: &Text<'_>, at: usize, language: Language) -> Word {
    let number = memory.word(
        text.raw(at),
        language,
        || text.form(at),
        || writing(text, at),
    );
    let known = *memory.known(number);
    if known.writing.is_capital() {
        memory.mark(known.form_number);
    }
    Word {
        number,
        form: known.form,
        form_number: known.form_number,
        writing: known.writing,
        gap: if at == 0 {
            Gap::Start
        } else {
            gap(text.gap_before(at))
        },
        classes: known.classes,
        run: (0, 0),
    }
}

fn writing(text: &Text<'_>, at: usize) -> Writing {
    let Token {
        start, end, shape, ..
    } = text.tokens[at];
    if shape.is_lowercase() {
        Writing::Lower
    } else if shape.is_acronym() {
        Writing::Acronym
    } else if shape.has_digit() {
        if shape.is_capitalised() {
            Writing::Mixed
        } else {
            Writing::Digits
        }
    } else if shape.is_uppercase() {
        Writing::Upper
    } else {
        let raw = &text.text[start as usize..end as usize];
        let mut rest = raw.chars();
        rest.next();
        match (shape.is_capitalised(), rest.as_str().is_empty()) {
            (true, true) => Writing::Initial,
            (true, false) if rest.any(char::is_uppercase) => Writing::Mixed,
            (true, false) => Writing::Capitalised,
            (false, _) if rest.any(char::is_uppercase) => Writing::Mixed,
            (false, _) => Writing::Other,
        }
    }
}

fn gap(gap: &str) -> Gap {
    match gap {
        " " => return Gap::Space,
        "-" => return Gap::Hyphen,
        ", " => return Gap::Comma,
        "'" | "’" => return Gap::Apostrophe,
        "/" => return Gap::Slash,
        _ => {}
    }
    let possessive = gap
        .strip_prefix(['\'', '’', 'ʼ', '‘'])
        .and_then(|gap| gap.strip_prefix(['s', 'S']));
    if possessive.is_some_and(|after| !after.contains(',')) {
        return Gap::Possessive;
    }
    if gap.contains('\n') {
        return Gap::Line;
    }
    let mut kind = if gap.trim().is_empty() {
        Gap::Space
    } else {
        Gap::Other
    };
    for (at, c) in gap.char_indices() {
        let spaced = at > 0;
        kind = match c {
            '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' => {
                if spaced || c == '“' || c == '‘' {
                    Gap::OpeningQuote
                } else {
                    Gap::ClosingQuote
                }
            }
            '(' | '[' => Gap::OpeningBracket,
            ')' | ']' => Gap::ClosingBracket,
            '.' | '?' | '!' | '…' => Gap::Stop,
            ',' => Gap::Comma,
            ':' | ';' => Gap::Colon,
            '–' | '—' | '-' => Gap::Dash,
            '/' | '|' => Gap::Slash,
            '&' => Gap::Ampersand,
            '@' | '#' | '_' => Gap::At,
            _ => kind,
        };
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_classes_leave_room_for_the_tables() {
        let classes = [
            Classes::GIVEN,
            Classes::FUNCTION,
            Classes::PLACE_NOUN,
            Classes::LANGUAGE_NOUN,
        ];
        assert!(classes.iter().all(|class| class.bits() < 1 << 20));
    }

    #[test]
    fn gaps_are_told_apart() {
        for (text, expected) in [
            (" ", Gap::Space),
            (", ", Gap::Comma),
            ("-", Gap::Hyphen),
            (" - ", Gap::Dash),
            ("’s ", Gap::Possessive),
            ("'s\n", Gap::Possessive),
            (" “", Gap::OpeningQuote),
            ("” ", Gap::ClosingQuote),
            (" (", Gap::OpeningBracket),
            (". ", Gap::Stop),
            ("\n\n", Gap::Line),
        ] {
            assert_eq!(gap(text), expected, "{text:?}");
        }
    }
}
