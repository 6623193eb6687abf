//! What is called after people and is none: rooms, laws, prizes, lawsuits. English only, where such
//! a thing is the name with the thing behind it.

use dateline_corpus::Language;

use super::Name;
use crate::extract::reading::Reading;

/// What is called after people.
const THINGS: &[&str] = &[
    "act",
    "airport",
    "amphitheater",
    "arena",
    "auditorium",
    "avenue",
    "award",
    "boulevard",
    "bridge",
    "building",
    "center",
    "centre",
    "college",
    "cup",
    "expressway",
    "fellowship",
    "foundation",
    "hall",
    "highway",
    "hospital",
    "institute",
    "library",
    "medal",
    "memorial",
    "museum",
    "park",
    "parkway",
    "prize",
    "room",
    "scholarship",
    "school",
    "square",
    "stadium",
    "street",
    "theater",
    "theatre",
    "trophy",
    "tunnel",
    "university",
];

/// Words between the name and the thing at most: `James S. Brady Press Briefing Room`, `Walter
/// Reed National Military Medical Center`.
const WORDS_BETWEEN_MAX: usize = 3;

/// Whether a person's name is part of a thing's.
pub(super) fn names_thing(reading: &Reading<'_>, name: &Name) -> bool {
    let possessive = reading.text.tokens[name.end - 1].shape.is_possessive();
    if reading.language != Language::ENGLISH || possessive {
        return false;
    }
    let joined = |token: &usize| reading.is_capitalised(*token) && is_joined(reading, *token);
    let end = (name.end..reading.text.tokens.len())
        .take(WORDS_BETWEEN_MAX + 2)
        .find(|token| !joined(token))
        .unwrap_or(reading.text.tokens.len());
    // A run that does not end with the thing is a headline's: `John Lewis Act Fails Again`. `Dana
    // Reeve University of Leeds` is a person with where she works.
    let of = end < reading.text.tokens.len() && reading.text.form(end) == "of";
    (name.end + 1..=name.end + 1 + WORDS_BETWEEN_MAX).contains(&end)
        && THINGS.contains(&reading.text.form(end - 1))
        && !of
}

/// Whether a bare name is a party to a lawsuit: `Roe v. Wade`.
pub(super) fn is_party(reading: &Reading<'_>, name: &Name) -> bool {
    let versus = |token: usize| matches!(reading.text.raw(token), "v" | "vs" | "v." | "vs.");
    let count = reading.text.tokens.len();
    name.end == name.first + 1
        && (name.end + 1 < count && versus(name.end) && reading.is_capitalised(name.end + 1)
            || name.first > 1 && versus(name.first - 1) && reading.is_capitalised(name.first - 2))
}

fn is_joined(reading: &Reading<'_>, token: usize) -> bool {
    reading.text.gap_before(token) == " "
}
