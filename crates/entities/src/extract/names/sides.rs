//! Names that only stand side by side, or that a particle makes one: `Petro Washington talks`,
//! `Faisal bin Farhan`. What the whole article tells is not asked.

use dateline_corpus::EntityKind;

use super::Name;
use crate::countries::Sense;
use crate::extract::reading::Reading;
use crate::gazetteer::Span;

/// What two sides have: in front of it a headline names both without a word between.
const SHARED: &[&str] = &[
    "alliance",
    "deal",
    "dispute",
    "feud",
    "meeting",
    "pact",
    "relations",
    "rift",
    "row",
    "summit",
    "talks",
    "tensions",
    "ties",
    "truce",
];

/// Where a place begins behind a person, and both have something: `Petro Washington talks go on`.
pub(super) fn before_place(reading: &Reading<'_>, name: &Name) -> Option<usize> {
    let text = reading.text;
    let (last, after) = (name.end - 1, name.end);
    let shared = after < text.tokens.len()
        && text.gap_before(after) == " "
        && SHARED.contains(&text.form(after));
    // `Denise Washington talks to voters`
    let verb = after + 1 < text.tokens.len()
        && text.form(after) == "talks"
        && matches!(text.form(after + 1), "to" | "about" | "of" | "up" | "with");
    let place = || {
        let country = reading.span_at(last).and_then(Span::country);
        country.is_some_and(|(_, sense)| sense != Sense::Demonym)
    };
    let is_two = name.end == name.first + 2 && text.gap_before(last) == " ";
    (is_two && shared && !verb && place()).then_some(last)
}

/// Particles that stand between a given name and what follows, and never between two people.
const INSIDE: &[&str] = &[
    "bin", "ibn", "bint", "al", "van", "von", "der", "den", "ter", "ten",
];

/// As many particles stand in a row: `van der`.
const INSIDE_MAX: usize = 2;

/// Makes one of two people between whom nothing but particles stands.
pub(super) fn join(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let person = |name: &Name| name.kind == EntityKind::Person;
    names.dedup_by(|next, name| {
        let between = name.end..next.first;
        let inside = |token: usize| {
            reading.text.tokens[token].shape.is_lowercase()
                && INSIDE.contains(&reading.text.form(token))
        };
        let joined = person(name)
            && person(next)
            && (1..=INSIDE_MAX).contains(&between.len())
            && between.clone().all(inside)
            && (between.start..=between.end)
                .all(|token| matches!(reading.text.gap_before(token), " " | "-"));
        if joined {
            name.end = next.end;
        }
        joined
    });
}
