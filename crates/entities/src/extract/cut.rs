//! Cuts a text into pieces: takes from each run of capitalised words what is known to be no part
//! of a name (titles, nationalities, sentence openers) and keeps what is left.
//!
//! One walk over the words; names of the gazetteer are found in the same walk.

mod join;

use dateline_corpus::analysis::{Sentence, Text};
use dateline_corpus::{Language, Part};

use super::pieces::{self, Piece, Reading, Sort, Style, Title};
use crate::countries;
use crate::gazetteer::{self, Span};
use crate::lexicon::Classes;
use join::NEAR_TOKENS;

/// Cuts a part of an article.
pub(super) fn cut<'t, 'a>(text: &'t Text<'a>, part: Part, language: Language) -> Reading<'t, 'a> {
    let mut cutter = Cutter {
        reading: Reading {
            text,
            part,
            language,
            spans: Vec::new(),
            pieces: Vec::new(),
            capitals: Vec::new(),
        },
        open: None,
        last: Classes::default(),
        title: (Title::None, usize::MAX),
        office: Office::Title,
        span: 0,
        style: Style::Normal,
        capital: 0,
    };
    for sentence in &text.sentences {
        cutter.sentence(sentence);
    }
    cutter.reading
}

/// What joins an office to its portfolio.
const OFFICE_JOINS: &[&str] = &[
    "of", "for", "the", "and", "de", "del", "da", "do", "du", "des", "la", "los", "las", "y", "e",
    "et", "für", "fur",
];

/// How far the name of an office has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Office {
    /// A title by itself.
    Title,
    /// A title and `of`.
    Of,
    /// A title, `of`, and what it is the office of.
    Whole,
}

struct Cutter<'t, 'a> {
    reading: Reading<'t, 'a>,
    open: Option<Piece>,
    /// Classes of the last word of the open piece.
    last: Classes,
    /// The last title and its token, or the last token of what it is the office of.
    title: (Title, usize),
    /// Whether the title goes on: `Secretary of …`, `Secretary of State`.
    office: Office,
    /// The next span that was not passed yet.
    span: usize,
    style: Style,
    /// The first capitalised token that was not passed when it was last asked for; see
    /// [`Cutter::next_capital`].
    capital: usize,
}

impl Cutter<'_, '_> {
    fn sentence(&mut self, sentence: &Sentence) {
        let tokens = sentence.tokens();
        let bounds = (tokens.start, tokens.end);
        let text = self.reading.text;
        self.style = pieces::style(text, sentence);
        let capitals = sentence
            .tokens()
            .all(|token| !text.tokens[token].shape.is_lowercase());
        self.reading.capitals.push(capitals);
        self.find_spans(bounds);
        self.capital = 0;
        self.title = (Title::None, usize::MAX);
        let mut token = bounds.0;
        while token < bounds.1 {
            token = self.step(token, bounds);
        }
        self.close();
    }

    fn find_spans(&mut self, (first, end): (usize, usize)) {
        let reading = &mut self.reading;
        self.span = reading.spans.len();
        // Names and demonyms in lower case occur in the other languages only.
        let any_case = countries::has_language(reading.language);
        let mut token = first;
        while token < end {
            let worth = any_case || reading.is_capitalised(token);
            let capitals = self.style == Style::Capitals;
            let found = worth
                .then(|| gazetteer::longest(reading.text, token, end, reading.language, capitals))
                .flatten();
            token = found.map_or(token + 1, |span| span.end);
            reading.spans.extend(found);
        }
    }

    /// Takes one token or a whole span and tells where to go on.
    fn step(&mut self, token: usize, sentence: (usize, usize)) -> usize {
        if let Some(span) = self.span_at(token) {
            if !(span.is_single() && self.is_name_here(&span, sentence)) {
                self.close();
                return span.end;
            }
            self.push(token, sentence, true);
            return token + 1;
        }
        let shape = self.reading.text.tokens[token].shape;
        if shape.is_capitalised() {
            self.capitalised(token, sentence);
        } else {
            self.lower_case(token, sentence);
        }
        token + 1
    }

    fn span_at(&mut self, token: usize) -> Option<Span> {
        let spans = &self.reading.spans;
        while spans.get(self.span).is_some_and(|span| span.first < token) {
            self.span += 1;
        }
        spans
            .get(self.span)
            .copied()
            .filter(|span| span.first == token)
    }

    fn capitalised(&mut self, token: usize, sentence: (usize, usize)) {
        let class = self.reading.classes(token);
        if self.is_monsieur(token, sentence) {
            return self.set_title(Classes::HONORIFIC, token, sentence);
        }
        if self.is_initial(token) {
            return self.initial(token, sentence);
        }
        if self.reading.text.tokens[token].shape.is_uppercase() && self.style != Style::Capitals {
            return self.upper_case(token, sentence, class);
        }
        if class.is_suffix() && self.follows_as_suffix(token) {
            return self.extend(token, 0);
        }
        if self.follows_particle(token) {
            return self.push(token, sentence, true);
        }
        let english_name = self.reading.language == Language::ENGLISH && class.is_given();
        if class.is_rank()
            && !(class.is_surname() && self.follows_given(token))
            && !(english_name && self.begins_name(token, sentence))
        {
            return self.set_title(class, token, sentence);
        }
        if self.is_portfolio(token, sentence, class) {
            self.close();
            self.title.1 = token;
            self.office = Office::Whole;
            return;
        }
        if class.is_particle() || class.is_honour() {
            return self.capital_particle(token, sentence, class);
        }
        self.word(token, sentence, class);
    }

    /// A word that is neither title nor particle: a name, a word of a body's name, or neither.
    fn word(&mut self, token: usize, sentence: (usize, usize), class: Classes) {
        let after_given = self.follows_given(token);
        let titled = self.title_before(token) >= Title::Office;
        let is_name = class.is_surname() && (after_given || titled)
            || class.is_given() && self.begins_name(token, sentence);
        if (class.is_organisation() || class.is_facility()) && !is_name {
            return self.push_body(token, sentence, class);
        }
        // Behind a given name a common word is a surname, but for words that never are.
        let surname = after_given
            && self.style == Style::Normal
            && !(class.is_function() || class.is_calendar() || class.is_affiliation());
        if !class.is_no_name() || is_name || surname {
            return self.push(token, sentence, true);
        }
        self.close();
        if class.is_surname() || class.is_given() {
            self.push(token, sentence, false);
            self.close();
        }
    }

    /// A word in capitals where others are not: a title (`MP`), initials (`JD`), a suffix (`III`),
    /// else an acronym, which is no part of a name.
    fn upper_case(&mut self, token: usize, sentence: (usize, usize), class: Classes) {
        let initials = is_initials(self.reading.text.raw(token));
        if class.is_rank() {
            self.set_title(class, token, sentence);
        } else if initials && self.reading.is_capitalised(token + 1) {
            self.push(token, sentence, true);
        } else if class.is_suffix() && self.continues(token) {
            self.extend(token, 0);
        } else {
            self.close();
        }
    }

    fn lower_case(&mut self, token: usize, sentence: (usize, usize)) {
        // With no capital in reach, a word can be no title of anyone and no part of a name.
        if self.open.is_none() && self.next_capital(token, sentence) > token + NEAR_TOKENS {
            return;
        }
        let class = self.reading.classes(token);
        // `Su Tseng-chang`, but not `Bogotá-based` or `Trump-era`.
        let syllable = self.reading.text.gap_before(token) == "-"
            && self.continues(token)
            && !class.is_no_name()
            && !class.is_rank()
            && self.reading.text.tokens[token].shape.is_lowercase();
        if syllable && self.open.is_some_and(|piece| piece.sort == Sort::Name) {
            return self.extend(token, 0);
        }
        if class.is_particle() && self.open.is_some() && self.leads_on(token, sentence) {
            return self.extend(token, 0);
        }
        self.close();
        if self.goes_on_office(token) && OFFICE_JOINS.contains(&self.reading.text.form(token)) {
            self.title.1 = token;
            self.office = Office::Of;
            return;
        }
        let foreign = self.reading.language != Language::ENGLISH;
        if class.is_title() || class.is_honorific() && foreign {
            self.set_title(class, token, sentence);
        }
    }

    /// The first capitalised token from `token` on; out of reach when the sentence has none.
    fn next_capital(&mut self, token: usize, sentence: (usize, usize)) -> usize {
        if self.capital < token {
            let capital = (token..sentence.1).find(|&token| self.reading.is_capitalised(token));
            self.capital = capital.unwrap_or(usize::MAX);
        }
        self.capital
    }

    /// `Al Sarhan`, `Van der Meer`, `San Martín`: particles with a capital.
    fn capital_particle(&mut self, token: usize, sentence: (usize, usize), class: Classes) {
        let continues =
            self.continues(token) && self.open.is_some_and(|piece| piece.sort == Sort::Name);
        let next_is_name = token + 1 < sentence.1
            && self
                .reading
                .text
                .gap_before(token + 1)
                .chars()
                .all(|c| matches!(c, ' ' | '-' | '.'))
            && (self.reading.is_capitalised(token + 1)
                || self.reading.classes(token + 1).is_particle());
        if class.is_honour() && !continues {
            self.close();
            if next_is_name {
                self.push_body(token, sentence, class);
            }
            return;
        }
        if continues {
            return self.extend(token, usize::from(!next_is_name));
        }
        self.close();
        // An article that opens a sentence is no part of a name.
        let joined = next_is_name && self.reading.text.gap_before(token + 1) == "-";
        if next_is_name && (joined || !(class.is_function() && token == sentence.0)) {
            self.push(token, sentence, false);
            if let Some(piece) = &mut self.open {
                piece.names = 0;
            }
        }
    }

    fn initial(&mut self, token: usize, sentence: (usize, usize)) {
        if self.continues(token) {
            self.extend(token, 0);
        } else {
            self.close();
            let next = token + 1;
            let dotted = next < sentence.1
                && self.reading.is_capitalised(next)
                && self.reading.text.gap_before(next).starts_with('.');
            if dotted || self.reading.text.tokens[token].shape.is_acronym() {
                self.push(token, sentence, true);
            }
        }
    }

    /// Adds a word that may be a name.
    fn push(&mut self, token: usize, sentence: (usize, usize), strong: bool) {
        let class = self.reading.classes(token);
        if self.continues(token) {
            self.extend(token, 1);
            if let Some(piece) = &mut self.open {
                piece.weak &= !strong || class.is_no_name();
            }
            return;
        }
        self.close();
        self.open = Some(Piece {
            first: token,
            end: token + 1,
            names: 1,
            sort: Sort::Name,
            title: self.title_before(token).max(self.title_near(token)),
            style: self.style,
            weak: !strong || class.is_no_name(),
            sentence,
        });
        self.last = class;
    }

    /// Adds a word of an organisation's or a place's name.
    fn push_body(&mut self, token: usize, sentence: (usize, usize), class: Classes) {
        let sort = if class.is_organisation() {
            Sort::Organisation
        } else {
            Sort::Facility
        };
        let names = self.open.map_or(0, |piece| piece.names);
        self.push(token, sentence, true);
        if let Some(piece) = &mut self.open {
            piece.names = if piece.end - piece.first > 1 {
                names
            } else {
                0
            };
            if piece.sort != Sort::Organisation {
                piece.sort = sort;
            }
        }
        self.last = Classes::default();
    }

    fn extend(&mut self, token: usize, names: usize) {
        let class = self.reading.classes(token);
        // What a particle leads to is as much a name as what came before it.
        if names > 0 || !class.is_particle() {
            self.last = class;
        }
        if let Some(piece) = &mut self.open {
            piece.end = token + 1;
            piece.names += names;
        }
    }

    fn close(&mut self) {
        let Some(mut piece) = self.open.take() else {
            return;
        };
        self.last = Classes::default();
        // A particle or an initial at the end leads to a name that does not follow.
        while piece.end > piece.first + 1 && self.is_loose(piece.end - 1) {
            piece.end -= 1;
        }
        self.reading.pieces.push(piece);
    }

    fn is_loose(&self, token: usize) -> bool {
        let particle = self.reading.classes(token).is_particle();
        particle && !self.reading.is_capitalised(token)
            || self.reading.text.raw(token).chars().nth(1).is_none()
    }

    fn set_title(&mut self, class: Classes, token: usize, sentence: (usize, usize)) {
        self.close();
        // `the Doña Mercedes` is a ship.
        let thing = self.reading.form_before(token, sentence) == Some("the");
        let title = match () {
            () if class.is_honorific() && thing && !class.is_title() => Title::None,
            () if class.is_honorific() => Title::Honorific,
            () => Title::Office,
        };
        self.title = (title, token);
        self.office = Office::Title;
    }
}

/// `JD`, `JB`: two capitals that are no word.
fn is_initials(raw: &str) -> bool {
    raw.len() == 2
        && raw
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() && !b"AEIOU".contains(&byte))
}
