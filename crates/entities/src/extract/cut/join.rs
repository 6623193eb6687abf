//! What belongs together: whether a word goes on with the piece before it, begins a name, or is
//! what a title is the title of.

use dateline_corpus::Language;

use super::{Cutter, Office};
use crate::countries::Sense;
use crate::extract::pieces::{PIECE_TOKENS_MAX, Piece, Sort, Style, Title};
use crate::gazetteer::Span;
use crate::lexicon::Classes;
use crate::people;

/// An office this many tokens before a comma still belongs to the name behind it.
pub(super) const NEAR_TOKENS: usize = 7;

impl Cutter<'_, '_> {
    /// Whether a country's or city's name is part of a person's here: `Chad Whitlock`,
    /// `Denise Washington`, `Mr Jordan`.
    pub(super) fn is_name_here(&self, span: &Span, sentence: (usize, usize)) -> bool {
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
            && (self.follows_given(token) || self.reading.classes(token - 1).is_particle())
            && self.open.is_some_and(|piece| piece.names <= 2)
            && (!demonym || class.is_surname());
        let titled = self.title_before(token) == Title::Honorific;
        let begins = class.is_given() && self.begins_name(token, sentence);
        continues || titled && !demonym || begins
    }

    /// Whether the open piece ends in a given name or an initial, and the token goes on with it.
    pub(super) fn follows_given(&self, token: usize) -> bool {
        self.continues(token) && (self.last.is_given() || self.is_initial(token - 1))
    }

    /// Whether the token stands behind a particle of the open piece: `van der Meer`.
    pub(super) fn follows_particle(&self, token: usize) -> bool {
        let inside = |piece: Piece| piece.names > 0 && piece.end > piece.first + 1;
        self.continues(token)
            && self.open.is_some_and(inside)
            && self.reading.classes(token - 1).is_particle()
    }

    /// Whether the token after a given name can be a surname.
    pub(super) fn begins_name(&self, token: usize, sentence: (usize, usize)) -> bool {
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
            && (!class.is_rank() || class.is_surname())
            && !class.is_honour()
            && (!class.is_no_name() || class.is_surname() && !class.is_function())
            && (!is_span || class.is_surname())
    }

    /// Whether a token follows the office that was read last.
    pub(super) fn goes_on_office(&self, token: usize) -> bool {
        let (title, at) = self.title;
        title != Title::None
            && at != usize::MAX
            && at + 1 == token
            && self.reading.text.gap_before(token) == " "
    }

    /// Whether a capitalised word is what someone is the secretary or minister of: `State`,
    /// `Foreign Affairs`, `Defensa` before a name.
    pub(super) fn is_portfolio(
        &self,
        token: usize,
        sentence: (usize, usize),
        class: Classes,
    ) -> bool {
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
    pub(super) fn leads_on(&self, token: usize, sentence: (usize, usize)) -> bool {
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
        // German joins any two nouns by `von`.
        let german = reading.language == Language::GERMAN && piece.title < Title::Office;
        let particle_before = reading.classes(token - 1).is_particle();
        // Where these are everyday articles, they belong to a name only behind `de` or `von`.
        let article = matches!(
            reading.text.form(token),
            "la" | "las" | "los" | "el" | "le" | "lo" | "den" | "der" | "zu" | "zum"
        ) && reading.language != Language::ENGLISH;
        if piece.sort != Sort::Name
            || (joins_nouns || german) && !reading.classes(piece.first).is_given()
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

    /// `M. Dourgo` is no initial in French.
    pub(super) fn is_monsieur(&self, token: usize, sentence: (usize, usize)) -> bool {
        let reading = &self.reading;
        reading.language == Language::FRENCH
            && reading.text.form(token) == "m"
            && token + 1 < sentence.1
            && reading.text.gap_before(token + 1).starts_with('.')
    }

    /// A single letter, or letters with dots: `J`, `J.D.`
    pub(super) fn is_initial(&self, token: usize) -> bool {
        let raw = self.reading.text.raw(token);
        let shape = self.reading.text.tokens[token].shape;
        shape.is_capitalised() && raw.chars().nth(1).is_none()
            || shape.is_acronym() && raw.len() <= 6
    }

    pub(super) fn follows_as_suffix(&self, token: usize) -> bool {
        self.open_before(token).is_some()
            && matches!(self.reading.text.gap_before(token), " " | ", ")
    }

    /// The open piece when it ends before the token and has room for it.
    fn open_before(&self, token: usize) -> Option<Piece> {
        self.open
            .filter(|piece| piece.end == token && token < piece.first + PIECE_TOKENS_MAX)
    }

    /// Whether a token goes on with the open piece.
    pub(super) fn continues(&self, token: usize) -> bool {
        let Some(piece) = self.open_before(token) else {
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
    pub(super) fn is_nickname_gap(&self, gap: &str, token: usize) -> bool {
        let quotes = |gap: &str| gap.chars().filter(|c| people::is_quote(*c)).count() == 1;
        let blank = |gap: &str| gap.chars().all(|c| c == ' ' || people::is_quote(c));
        if !quotes(gap) || !blank(gap) {
            return false;
        }
        let text = self.reading.text;
        let pair = |at: usize| {
            let gap = if at < text.tokens.len() {
                text.gap_before(at)
            } else {
                ""
            };
            quotes(gap) && blank(gap) && gap.ends_with(' ') && self.reading.is_capitalised(at)
        };
        // The gap opens the quotation, or closes one that was taken into the piece.
        gap.starts_with(' ') && (pair(token + 1) || pair(token + 2))
            || gap.ends_with(' ') && self.open.is_some_and(|piece| piece.names >= 2)
    }

    pub(super) fn title_before(&self, token: usize) -> Title {
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

    pub(super) fn title_near(&self, token: usize) -> Title {
        let (title, at) = self.title;
        let near = title != Title::None
            && at < token
            && token - at <= NEAR_TOKENS
            && self.reading.text.gap_before(token).starts_with(',');
        if near { Title::Near } else { Title::None }
    }
}
