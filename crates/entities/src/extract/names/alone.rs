//! Single words that the tagger takes for a person: what speaks for them, and what against.

use dateline_corpus::{EntityKind, Language};

use super::Name;
use crate::extract::reading::{Reading, Style};
use crate::lexicon::Classes;

/// Words of a text that tells too little of a name: a headline with a sentence or two.
const SHORT_WORDS: usize = 100;

/// Whether an article is so short that nobody need be named twice in it.
pub(super) fn is_short(readings: &[Reading<'_>]) -> bool {
    let words = readings.iter().map(|reading| reading.text.tokens.len());
    words.sum::<usize>() < SHORT_WORDS
}

/// Whether a word is in no list at all, and no abbreviation.
pub(super) fn is_unknown(reading: &Reading<'_>, name: &Name) -> bool {
    let last = name.end - 1;
    let shape = reading.text.tokens[last].shape;
    reading.classes(last) == Classes::default()
        && reading.style(reading.sentence(last)) == Style::Normal
        && shape.is_capitalised()
        && !(shape.is_uppercase() || shape.is_acronym() || shape.has_digit())
}

/// `S Jaishankar`, `de Gaulle`: what stands before the surname makes it one.
pub(super) fn has_beginning(reading: &Reading<'_>, name: &Name) -> bool {
    let letters = |token: usize| reading.text.raw(token).chars().nth(1).is_some();
    name.end > name.first + 1
        && letters(name.end - 1)
        && !reading.text.tokens[name.end - 1].shape.is_uppercase()
        && (!letters(name.first) || reading.text.tokens[name.first].shape.is_lowercase())
}

/// `Thank you, Jill.`: a given name that somebody is addressed by once tells nobody else who is
/// meant. `is_once(form)` tells whether the article has it once only.
pub(super) fn is_addressed(
    reading: &Reading<'_>,
    name: &Name,
    is_once: impl Fn(&str) -> bool,
) -> bool {
    let text = reading.text;
    let (token, after) = (name.first, name.end);
    let class = reading.classes(token);
    if name.kind != EntityKind::Person
        || after != token + 1
        || after >= text.tokens.len()
        || !class.is_given()
        || !is_once(text.form(token))
    {
        return false;
    }
    let thanked = token > 0 && matches!(text.form(token - 1), "you" | "thanks" | "thank" | "hello");
    let ends = text.gap_before(after).starts_with(['.', '?', '!', ',']);
    let asked = reading.sentence(token) != reading.sentence(after)
        && text.gap_before(after).starts_with('?')
        && (token == 0 || reading.sentence(token - 1) != reading.sentence(token));
    asked || thanked && ends && matches!(text.gap_before(token), ", " | " ")
}

/// Whether no capitalised word is joined to a stretch from its first to its last token.
pub(super) fn stands(reading: &Reading<'_>, first: usize, last: usize) -> bool {
    // German writes every noun with a capital.
    let german = reading.language == Language::GERMAN;
    stands_after(reading, first)
        && (german || is_apart(reading, last + 1) || !reading.is_capitalised(last + 1))
}

/// Whether no capitalised word is joined to a token from before.
pub(super) fn stands_after(reading: &Reading<'_>, token: usize) -> bool {
    token == 0 || is_apart(reading, token) || !reading.is_capitalised(token - 1)
}

fn is_apart(reading: &Reading<'_>, token: usize) -> bool {
    !matches!(reading.text.gap_before(token), " " | "-")
}
