//! What a person is said to be where the name stands: `Defense Minister Pedro Sánchez`, `Gustavo
//! Petro, president of Colombia`. Roles tell namesakes apart; whether they are true is not known.

use std::ops::Range;

use dateline_corpus::analysis::Text;
use dateline_corpus::{Language, Mention};

use super::named;
use crate::countries::Sense;
use crate::gazetteer;
use crate::lexicon::{self, Classes};

/// Words before a title that belong to it, beside those that the word list calls affiliations.
const MODIFIERS: &[&str] = &[
    "acting",
    "agriculture",
    "assistant",
    "associate",
    "attorney",
    "chief",
    "co",
    "communications",
    "culture",
    "defence",
    "defense",
    "deputy",
    "development",
    "economy",
    "education",
    "energy",
    "environment",
    "ex",
    "executive",
    "external",
    "finance",
    "first",
    "foreign",
    "former",
    "general",
    "health",
    "high",
    "home",
    "house",
    "housing",
    "immigration",
    "industry",
    "information",
    "interim",
    "interior",
    "internal",
    "justice",
    "labor",
    "labour",
    "lead",
    "lieutenant",
    "mayor",
    "medical",
    "mining",
    "national",
    "oil",
    "opposition",
    "party",
    "petroleum",
    "planning",
    "police",
    "press",
    "prime",
    "primeiro",
    "primer",
    "public",
    "senior",
    "science",
    "security",
    "sports",
    "state",
    "supreme",
    "then",
    "tourism",
    "trade",
    "transport",
    "treasury",
    "vice",
    "water",
    "white",
];

/// Words that join a title to what it is the title of.
const JOINS: &[&str] = &[
    "of", "for", "de", "del", "da", "do", "du", "des", "della", "di", "van", "von",
];

/// Articles and pronouns before a role.
const ARTICLES: &[&str] = &[
    "the", "a", "an", "his", "her", "its", "their", "el", "la", "le", "o", "il", "der", "die",
];

/// Tokens that a role has at most: `minister of foreign affairs and international trade` has
/// seven.
const ROLE_TOKENS_MAX: usize = 8;

/// Tokens that the name of a country before a title has at most: `Papua New Guinea's`.
const COUNTRY_TOKENS_MAX: usize = 3;

/// The role that stands right before or behind a mention.
pub(super) fn role(text: &Text<'_>, mention: &Mention, language: Language) -> Option<String> {
    let first = text
        .tokens
        .partition_point(|token| token.start < mention.start);
    let end = text
        .tokens
        .partition_point(|token| token.start < mention.end);
    let view = View { text, language };
    let tokens = view.before(first).or_else(|| view.behind(end))?;
    let end = tokens.end;
    let country = tokens.clone().find_map(|at| view.country(at, end));
    let country = country.unwrap_or_default();
    let words = tokens.map(|token| match country.contains(&token) {
        true => view.owner(token),
        false => view.written(token),
    });
    Some(words.collect::<Vec<_>>().join(" "))
}

struct View<'v, 't> {
    text: &'v Text<'t>,
    language: Language,
}

impl View<'_, '_> {
    /// `Foreign Minister`, `Secretary of State`, `the minister of mines,` before a name.
    fn before(&self, name: usize) -> Option<Range<usize>> {
        let comma = name > 0 && self.text.gap_before(name) == ", ";
        // `Gov. Abbott`, but not `He is now mayor. Abbott`
        let opens = || {
            let sentences = &self.text.sentences;
            sentences
                .binary_search_by_key(&name, |it| it.first as usize)
                .is_ok()
        };
        let abbreviated = self.text.gap_before(name) == ". " && !opens();
        if name == 0 || !(comma || self.joins(name) || abbreviated) {
            return None;
        }
        let floor = name.saturating_sub(ROLE_TOKENS_MAX);
        if !comma && self.is_title(name - 1) {
            return Some(self.extended(name - 1, floor)..name);
        }
        // What the title is the title of stands between: `of State`, `de Defensa`.
        let matter = |at: &usize| {
            let class = self.classes(*at);
            (*at + 1 == name || self.joins(at + 1)) && !class.is_saying()
        };
        let tokens = (floor.max(name.saturating_sub(4))..name).rev();
        let join = tokens.take_while(matter).find(|&at| self.is_join(at))?;
        let title = join.checked_sub(1).filter(|&title| title >= floor)?;
        let whole = self.joins(join) && self.is_title(title) && join + 1 < name;
        whole.then(|| self.extended(title, floor)..name)
    }

    /// `, president of Colombia` behind a name.
    fn behind(&self, end: usize) -> Option<Range<usize>> {
        let tokens = self.text.tokens.len();
        if end >= tokens || !self.text.gap_before(end).starts_with(", ") {
            return None;
        }
        let mut first = end;
        while first < tokens && ARTICLES.contains(&self.text.form(first)) && first < end + 2 {
            first += 1;
        }
        let limit = tokens.min(first + COUNTRY_TOKENS_MAX + 1);
        let country = (first < tokens)
            .then(|| self.country(first, limit))
            .flatten();
        let begins = country.as_ref().map(|country| country.start);
        first = country.map_or(first, |country| country.end);
        // `Kinshasa's transport minister`
        while first < tokens
            && (ARTICLES.contains(&self.text.form(first))
                || self.text.tokens[first].shape.is_possessive())
            && first < end + 3
        {
            first += 1;
        }
        let limit = tokens.min(first + 4);
        let title = (first..limit)
            .take_while(|&at| at == first || self.joins(at))
            // `, under secretary`, but not `under President Petro`
            .take_while(|&at| {
                let under = at == first && self.text.form(at) == "under";
                under || self.is_title(at) || self.is_modifier(at)
            })
            .filter(|&at| self.is_title(at))
            .last()?;
        let mut last = title + 1;
        if last + 1 < tokens && self.joins(last) && self.is_join(last) && self.joins(last + 1) {
            let mut at = last + 1;
            if ARTICLES.contains(&self.text.form(at)) {
                at += 1;
            }
            let capitalised = |at: usize| {
                at < tokens && self.joins(at) && self.text.tokens[at].shape.is_capitalised()
            };
            let begins = at;
            while capitalised(at) && at < title + ROLE_TOKENS_MAX {
                at += 1;
            }
            if at == begins && at < tokens && self.joins(at) {
                at = self.matter_end(at);
            }
            last = at;
        }
        Some(begins.unwrap_or(first)..last)
    }

    /// Where what an office is for ends, in lower case: `minister of mines`, `secretary for
    /// financial intelligence,`.
    fn matter_end(&self, first: usize) -> usize {
        const WORDS_MAX: usize = 3;
        let limit = self.text.tokens.len().min(first + WORDS_MAX);
        let goes_on = |at: usize| {
            let class = self.classes(at);
            self.joins(at) && !class.is_function() && !class.is_saying()
        };
        let end = (first + 1..limit).find(|&at| !goes_on(at)).unwrap_or(limit);
        match self.text.gap_before(end).starts_with([',', '.', ';']) {
            true => end,
            false => first + 1,
        }
    }

    /// Where a role begins that ends in a title: `Spain's prime minister`.
    fn extended(&self, title: usize, floor: usize) -> usize {
        let first = self.modified(title, floor);
        let from = floor.max(first.saturating_sub(COUNTRY_TOKENS_MAX));
        let country = (from..first)
            .filter_map(|at| self.country(at, first))
            .find(|country| country.end == first);
        // `former Colombian President`
        country.map_or(first, |country| self.modified(country.start, floor))
    }

    /// The country or nationality that begins at a token, before what it is the office of:
    /// `Spanish`, `Spain's`, `U.S.`
    fn country(&self, token: usize, end: usize) -> Option<Range<usize>> {
        let text = self.text;
        let span = gazetteer::longest(text, token, end, self.language, false)?;
        let last = span.end - 1;
        let shape = text.tokens[last].shape;
        let written = match span.country()? {
            (_, Sense::Demonym) => true,
            // `In Spain President Gustavo Petro said`
            (_, Sense::Name) => shape.is_possessive() || shape.is_acronym() || shape.is_uppercase(),
            _ => false,
        };
        let joined =
            span.end < text.tokens.len() && !text.gap_before(span.end).contains(['\n', ',']);
        (written && joined && text.tokens[token].shape.is_capitalised()).then_some(token..span.end)
    }

    /// Where the modifiers before a title, or before the country of one, begin.
    fn modified(&self, title: usize, floor: usize) -> usize {
        let mut first = title;
        while first > floor
            && self.joins(first)
            && (self.is_modifier(first - 1) || self.is_title(first - 1))
        {
            first -= 1;
        }
        first
    }

    fn classes(&self, token: usize) -> Classes {
        lexicon::classes(self.text.form(token), self.language)
    }

    /// An office or trade. Courtesies such as `Mr` say nothing, and a relative is somebody else's:
    /// `his brother James`, but `Brother James`.
    fn is_title(&self, token: usize) -> bool {
        let form = self.text.form(token);
        let class = self.classes(token);
        let relative =
            named::is_relative_word(form) && self.text.tokens[token].shape.is_lowercase();
        class.is_title() && !class.is_honorific() && !relative && form != "elder"
            || form.split('-').any(|part| part == "president")
    }

    fn is_modifier(&self, token: usize) -> bool {
        !self.text.tokens[token].shape.is_possessive() && MODIFIERS.contains(&self.text.form(token))
    }

    fn is_join(&self, token: usize) -> bool {
        JOINS.contains(&self.text.form(token))
    }

    fn joins(&self, token: usize) -> bool {
        matches!(self.text.gap_before(token), " " | "-")
            && !self.text.tokens[token - 1].shape.is_possessive()
    }

    /// A word of a country's name as it stands, with the mark of the owner.
    fn owner(&self, token: usize) -> String {
        let raw = self.text.raw(token);
        let mark = self.text.tokens[token].shape.is_possessive();
        format!("{raw}{}", if mark { "'s" } else { "" })
    }

    /// The word in lower case, unless it is a name.
    fn written(&self, token: usize) -> String {
        let raw = self.text.raw(token);
        let common =
            self.is_title(token) || self.is_modifier(token) || self.classes(token).is_no_name();
        if common && !self.text.tokens[token].shape.is_acronym() && raw.chars().count() > 3 {
            raw.to_lowercase()
        } else {
            raw.to_owned()
        }
    }
}
