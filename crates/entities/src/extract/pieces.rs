//! Cuts a text into pieces: runs of capitalised words that can be one name, freed of titles,
//! nationalities, sentence openers and all else that is known to be no part of a name.
//!
//! What a piece names is decided later, with the whole article in view.

use dateline_corpus::analysis::{Sentence, Text};
use dateline_corpus::{Language, Part};

use crate::countries::{self, Sense};
use crate::gazetteer::{self, Span};
use crate::lexicon::{self, Classes};
use crate::people;

/// A part of an article, cut up.
pub(super) struct Reading<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    pub(super) part: Part,
    pub(super) language: Language,
    /// Names of the gazetteer, in order.
    pub(super) spans: Vec<Span>,
    /// Pieces, in order.
    pub(super) pieces: Vec<Piece>,
}

/// A run of capitalised words.
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

/// An office this many tokens before a comma still belongs to the name behind it.
const NEAR_TOKENS: usize = 7;

impl<'t, 'a> Reading<'t, 'a> {
    pub(super) fn new(text: &'t Text<'a>, part: Part, language: Language) -> Reading<'t, 'a> {
        let mut cutter = Cutter {
            reading: Reading {
                text,
                part,
                language,
                spans: Vec::new(),
                pieces: Vec::new(),
            },
            open: None,
            last: Classes::default(),
            title: (Title::None, usize::MAX),
            office: Office::Title,
            span: 0,
            style: Style::Normal,
        };
        for sentence in &text.sentences {
            cutter.sentence(sentence);
        }
        cutter.reading
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

    /// The form of the token before, within the sentence.
    pub(super) fn form_before(&self, token: usize, sentence: (usize, usize)) -> Option<&str> {
        (token > sentence.0).then(|| self.text.form(token - 1))
    }

    /// The form of a token, within the sentence.
    pub(super) fn form_at(&self, token: usize, sentence: (usize, usize)) -> Option<&str> {
        (token < sentence.1).then(|| self.text.form(token))
    }
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
}

impl Cutter<'_, '_> {
    fn sentence(&mut self, sentence: &Sentence) {
        let tokens = sentence.tokens();
        let bounds = (tokens.start, tokens.end);
        self.style = style(self.reading.text, sentence);
        self.find_spans(bounds);
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

    /// Whether a country's or city's name is part of a person's here: `Chad Whitlock`,
    /// `Denise Washington`, `Mr Jordan`.
    fn is_name_here(&self, span: &Span, sentence: (usize, usize)) -> bool {
        let Some((_, sense)) = span.country() else {
            return false;
        };
        let token = span.first;
        let class = self.reading.classes(token);
        if !self.reading.is_capitalised(token) || self.style == Style::Capitals {
            return false;
        }
        let demonym = sense == Sense::Demonym;
        let continues = self.continues(token)
            && (self.last.is_given()
                || self.is_initial(token - 1)
                || self.reading.classes(token - 1).is_particle())
            && self.open.is_some_and(|piece| piece.names <= 2)
            && (!demonym || class.is_surname());
        let titled = self.title_before(token) == Title::Honorific;
        let begins = class.is_given() && self.begins_name(token, sentence);
        continues || titled && !demonym || begins
    }

    /// Whether the token after a given name can be a surname.
    fn begins_name(&self, token: usize, sentence: (usize, usize)) -> bool {
        let reading = &self.reading;
        // `Guy de Maupassant`: the surname stands behind its particles.
        let next = (token + 1..sentence.1.min(token + 4))
            .find(|&at| reading.is_capitalised(at) || !reading.classes(at).is_particle())
            .unwrap_or(sentence.1);
        if next >= sentence.1
            || !reading.is_capitalised(next)
            || reading.text.tokens[token].shape.is_possessive()
            || reading.text.gap_before(next) != " "
        {
            return false;
        }
        let class = reading.classes(next);
        let acronym = reading.text.tokens[next].shape.is_uppercase() && self.style == Style::Normal;
        let spans = reading.spans.get(self.span..).unwrap_or_default();
        let is_span = spans.iter().take(2).any(|span| span.first == next);
        !acronym
            && !(class.is_rank() && !class.is_surname())
            && !class.is_honour()
            && (!class.is_no_name() || class.is_surname() && !class.is_function())
            && (!is_span || class.is_surname())
    }

    fn capitalised(&mut self, token: usize, sentence: (usize, usize)) {
        let class = self.reading.classes(token);
        let shape = self.reading.text.tokens[token].shape;
        if self.is_monsieur(token, sentence) {
            self.close();
            self.title = (Title::Honorific, token);
            self.office = Office::Title;
            return;
        }
        if self.is_initial(token) {
            return self.initial(token, sentence);
        }
        if shape.is_uppercase() && self.style != Style::Capitals {
            if class.is_rank() {
                self.close();
                return self.set_title(class, token, sentence);
            }
            let initials = is_initials(self.reading.text.raw(token));
            if initials && self.reading.is_capitalised(token + 1) {
                self.push(token, sentence, true);
            } else if class.is_suffix() && self.continues(token) {
                self.extend(token, 0);
            } else {
                self.close();
            }
            return;
        }
        if class.is_suffix() && self.open.is_some() && self.follows_as_suffix(token) {
            return self.extend(token, 0);
        }
        let after_given =
            self.continues(token) && (self.last.is_given() || self.is_initial(token - 1));
        let after_particle = self.open.is_some_and(|piece| {
            self.continues(token)
                && piece.names > 0
                && piece.end > piece.first + 1
                && self.reading.classes(token - 1).is_particle()
        });
        if after_particle {
            return self.push(token, sentence, true);
        }
        let foreign_title = self.reading.language == Language::ENGLISH && class.is_given();
        if class.is_rank()
            && !(after_given && class.is_surname())
            && !(foreign_title && self.begins_name(token, sentence))
        {
            self.close();
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
        let surname_here =
            class.is_surname() && (after_given || self.title_before(token) >= Title::Office);
        let given_here = class.is_given() && self.begins_name(token, sentence);
        if (class.is_organisation() || class.is_facility()) && !surname_here && !given_here {
            return self.push_body(token, sentence, class);
        }
        let after_full_given = after_given
            && self.style == Style::Normal
            && !(class.is_function() || class.is_calendar() || class.is_affiliation());
        if class.is_no_name() && !surname_here && !given_here && !after_full_given {
            self.close();
            if class.is_surname() || class.is_given() {
                self.push(token, sentence, false);
                self.close();
            }
            return;
        }
        self.push(token, sentence, true);
    }

    fn lower_case(&mut self, token: usize, sentence: (usize, usize)) {
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

    /// Whether a token follows the office that was read last.
    fn goes_on_office(&self, token: usize) -> bool {
        let (title, at) = self.title;
        title != Title::None
            && at != usize::MAX
            && at + 1 == token
            && self.reading.text.gap_before(token) == " "
    }

    /// Whether a capitalised word is what someone is the secretary or minister of: `State`,
    /// `Foreign Affairs`, `Defensa` before a name.
    fn is_portfolio(&self, token: usize, sentence: (usize, usize), class: Classes) -> bool {
        let given = |token: usize| self.reading.classes(token).is_given();
        self.office != Office::Title
            && self.goes_on_office(token)
            && !class.is_given()
            && (class.is_no_name()
                || token + 1 < sentence.1
                    && self.reading.text.gap_before(token + 1) == " "
                    && given(token + 1)
                    && self.begins_name(token + 1, sentence))
    }

    /// Whether a lower-case particle is followed by more of the name.
    fn leads_on(&self, token: usize, sentence: (usize, usize)) -> bool {
        let reading = &self.reading;
        let Some(piece) = self.open.filter(|_| self.continues(token)) else {
            return false;
        };
        // In Romance languages these join any two nouns, so that a given name must precede.
        let joins_nouns = matches!(
            reading.text.form(token),
            "de" | "del"
                | "da"
                | "do"
                | "dos"
                | "das"
                | "di"
                | "du"
                | "della"
                | "la"
                | "las"
                | "los"
        );
        let particle_before = reading.classes(token - 1).is_particle();
        // Where these are everyday articles, they belong to a name only behind `de` or `von`.
        let article = matches!(
            reading.text.form(token),
            "la" | "las" | "los" | "el" | "le" | "lo" | "den" | "der" | "zu" | "zum"
        ) && reading.language != Language::ENGLISH;
        if piece.sort != Sort::Name
            || joins_nouns && !reading.classes(piece.first).is_given()
            || article && !particle_before
        {
            return false;
        }
        let after = (token + 1..sentence.1.min(token + 4))
            .find(|&at| reading.is_capitalised(at) || !reading.classes(at).is_particle());
        after.is_some_and(|at| {
            let spans = reading.spans.get(self.span..).unwrap_or_default();
            reading.is_capitalised(at)
                && (token + 1..=at)
                    .all(|at| matches!(reading.text.gap_before(at), " " | "-" | "'" | "’"))
                && !spans
                    .iter()
                    .take(3)
                    .any(|span| span.first <= at && at < span.end)
        })
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

    /// `M. Dourgo` is no initial in French.
    fn is_monsieur(&self, token: usize, sentence: (usize, usize)) -> bool {
        let reading = &self.reading;
        reading.language == Language::FRENCH
            && reading.text.form(token) == "m"
            && token + 1 < sentence.1
            && reading.text.gap_before(token + 1).starts_with('.')
    }

    /// A single letter, or letters with dots: `J`, `J.D.`
    fn is_initial(&self, token: usize) -> bool {
        let raw = self.reading.text.raw(token);
        let shape = self.reading.text.tokens[token].shape;
        shape.is_capitalised() && raw.chars().nth(1).is_none()
            || shape.is_acronym() && raw.len() <= 6
    }

    fn follows_as_suffix(&self, token: usize) -> bool {
        let adjacent = self.open.is_some_and(|piece| piece.end == token);
        adjacent && matches!(self.reading.text.gap_before(token), " " | ", ")
    }

    /// Whether a token goes on with the open piece.
    fn continues(&self, token: usize) -> bool {
        let Some(piece) = self.open.filter(|piece| piece.end == token) else {
            return false;
        };
        let text = self.reading.text;
        let previous = token - 1;
        if text.tokens[previous].shape.is_possessive() {
            return false;
        }
        match text.gap_before(token) {
            " " | "-" | "\u{A0}" | "‑" | "'" | "’" => true,
            ". " | "." | ".\u{A0}" => {
                self.is_initial(previous) || self.reading.classes(previous).is_suffix()
            }
            gap => piece.sort == Sort::Name && self.is_nickname_gap(gap, token),
        }
    }

    /// `Hernán “Pancho” Cifuentes`: quotation marks on both sides, a name behind them.
    fn is_nickname_gap(&self, gap: &str, token: usize) -> bool {
        let quotes = |gap: &str| gap.chars().filter(|c| people::is_quote(*c)).count() == 1;
        let blank = |gap: &str| gap.chars().all(|c| c == ' ' || people::is_quote(c));
        if !quotes(gap) || !blank(gap) {
            return false;
        }
        let text = self.reading.text;
        let pair = |at: usize| {
            let gap = (at < text.tokens.len())
                .then(|| text.gap_before(at))
                .unwrap_or_default();
            quotes(gap) && blank(gap) && gap.ends_with(' ') && self.reading.is_capitalised(at)
        };
        // The gap opens the quotation, or closes one that was taken into the piece.
        gap.starts_with(' ') && (pair(token + 1) || pair(token + 2))
            || gap.ends_with(' ') && self.open.is_some_and(|piece| piece.names >= 2)
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
        // A particle or initial at the end belongs to what follows.
        while piece.end > piece.first + 1
            && self.reading.classes(piece.end - 1).is_particle()
            && !self.reading.is_capitalised(piece.end - 1)
        {
            piece.end -= 1;
        }
        self.reading.pieces.push(piece);
    }

    fn set_title(&mut self, class: Classes, token: usize, sentence: (usize, usize)) {
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

    fn title_before(&self, token: usize) -> Title {
        let (title, at) = self.title;
        let adjacent = at != usize::MAX
            && at + 1 == token
            && matches!(
                self.reading.text.gap_before(token),
                " " | ". " | "." | "\u{A0}"
            );
        if adjacent && self.office != Office::Of {
            title
        } else {
            Title::None
        }
    }

    fn title_near(&self, token: usize) -> Title {
        let (title, at) = self.title;
        let near = title != Title::None
            && at < token
            && token - at <= NEAR_TOKENS
            && self.reading.text.gap_before(token).starts_with(',');
        if near { Title::Near } else { Title::None }
    }
}

/// `JD`, `JB`: two capitals that are no word.
fn is_initials(raw: &str) -> bool {
    raw.len() == 2
        && raw
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() && !b"AEIOU".contains(&byte))
}

/// Short words that headlines leave in lower case.
const HEADLINE_SMALL: &[&str] = &[
    "the", "and", "for", "but", "nor", "via", "per", "with", "from", "over", "into", "del", "las",
    "los", "con", "por", "des", "les", "sur", "pour", "und", "von", "der", "die", "das", "dos",
];

fn style(text: &Text<'_>, sentence: &Sentence) -> Style {
    let (mut words, mut capitalised, mut upper, mut lower) = (0, 0, 0, 0);
    for token in sentence.tokens() {
        let Token { shape, len } = Token::of(text, token);
        lower += usize::from(shape.is_lowercase());
        if len < 3 || shape.is_lowercase() && HEADLINE_SMALL.contains(&text.form(token)) {
            continue;
        }
        words += 1;
        capitalised += usize::from(shape.is_capitalised());
        upper += usize::from(shape.is_uppercase());
    }
    if words >= 2 && upper == words && lower == 0 {
        Style::Capitals
    } else if words >= 4 && (words - capitalised) * 10 <= words {
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
