//! People in what the tagger took for a body or a place: `World Economic Forum Borge Brende`,
//! `said Victoria Villarruel`. The words of the name and what stands around it decide; whether the
//! article names the same person elsewhere is told by the caller.

use dateline_corpus::EntityKind;

use super::Name;
use crate::extract::reading::Reading;
use crate::gazetteer::Meaning;

/// A human name that the tagger ran on from a body has no more tokens.
const PERSON_TOKENS_MAX: usize = 5;

/// As far before a body the office is looked for that the person holds in it:
/// `Minister of Energy and Natural Resources`.
const OFFICE_TOKENS: usize = 8;

/// Lets the tables decide on a well-known body that is called like a person: `J.P. Morgan`.
pub(super) fn put_right(reading: &Reading<'_>, name: &mut Name) {
    let known = reading.span_at(name.first);
    if known.is_some_and(|it| it.end == name.end && it.meaning == Meaning::Organisation) {
        name.kind = EntityKind::Organisation;
    }
}

/// The person whom a body's or place's name hides, with what stands before the person; nothing
/// when it is what the tagger says. `is_named(token)` tells whether the article calls someone by
/// that word alone.
pub(super) fn person(
    reading: &Reading<'_>,
    name: Name,
    is_named: impl Fn(usize) -> bool,
) -> Option<(Option<Name>, Name)> {
    let end = cut_origin(reading, &name);
    (name.first..end.saturating_sub(1)).find_map(|first| {
        let person = Name {
            first,
            end,
            kind: EntityKind::Person,
        };
        let whole = first == name.first;
        let joined = whole || reading.text.gap_before(first) == " ";
        if !joined || !sounds_human(reading, &person) {
            return None;
        }
        if whole {
            let named = is_named(end - 1)
                || is_introduced(reading, &person)
                || has_particle(reading, &person);
            return named.then_some((None, person));
        }
        let before = Name { end: first, ..name };
        if is_demonym(reading, &before) {
            return Some((None, person));
        }
        let body = ends_body(reading, first - 1)
            && (is_named(end - 1) || holds_office(reading, name.first) || speaks(reading, end));
        body.then_some((Some(before), person))
    })
}

/// Where a name ends before `of Brazil`.
fn cut_origin(reading: &Reading<'_>, name: &Name) -> usize {
    (name.first + 2..name.end)
        .find(|&token| reading.text.form(token) == "of")
        .unwrap_or(name.end)
}

/// Whether a stretch reads like a human name: two and more words that are names, one of them
/// listed, none known as anything else.
fn sounds_human(reading: &Reading<'_>, name: &Name) -> bool {
    let tokens = name.first..name.end;
    if !(2..=PERSON_TOKENS_MAX).contains(&tokens.len()) {
        return false;
    }
    let last = name.end - 1;
    let is_name = |token: usize| {
        let class = reading.classes(token);
        // `Marine Le Pen`: a navy and a thing are called so, too.
        let named = token == name.first && class.is_given()
            || token == last
                && reading.is_capitalised(token - 1)
                && reading.classes(token - 1).is_particle();
        class.is_particle()
            || reading.is_capitalised(token)
                && !reading.text.tokens[token].shape.is_uppercase()
                && (named || !class.is_no_name())
                && !class.is_rank()
    };
    let joined = |token: usize| matches!(reading.text.gap_before(token), " " | "-");
    let listed = |token: usize| {
        let class = reading.classes(token);
        class.is_given() || class.is_surname()
    };
    let from = reading.spans.partition_point(|span| span.end <= name.first);
    let known = reading.spans[from..]
        .iter()
        .take_while(|span| span.first < name.end)
        .any(|span| {
            let body = span.meaning == Meaning::Organisation || !span.is_single();
            body || super::cut::is_demonym(span) || span.end == name.end
        });
    tokens.clone().all(is_name)
        && (name.first + 1..name.end).all(joined)
        && !reading.classes(name.first).is_particle()
        && reading.is_capitalised(last)
        && (reading.classes(name.first).is_given()
            || listed(last) && !reading.classes(last).is_particle())
        && !known
}

/// Whether a given name, a particle with a capital and one more name follow each other: `Marine Le
/// Pen`.
pub(super) fn has_particle(reading: &Reading<'_>, name: &Name) -> bool {
    let mut inside = name.first + 1..name.end - 1;
    // `in Marina Del Rey`
    let placed = name.first > 0 && super::PLACING.contains(&reading.text.form(name.first - 1));
    !inside.is_empty()
        && !placed
        && reading.classes(name.first).is_given()
        && inside.all(|token| reading.classes(token).is_particle() && reading.is_capitalised(token))
}

/// Whether what stands before or behind a name speaks of a person: an office, a verb of saying, an
/// age, `who`, what he or she is.
fn is_introduced(reading: &Reading<'_>, name: &Name) -> bool {
    let text = reading.text;
    let before = name.first.checked_sub(1).filter(|_| {
        let gap = text.gap_before(name.first);
        matches!(gap, " " | ", ")
    });
    let titled = before.is_some_and(|token| {
        let class = reading.classes(token);
        class.is_rank() || class.is_saying() && text.gap_before(name.first) == " "
    });
    titled
        || before.is_some() && holds_office(reading, name.first)
        || speaks(reading, name.end)
        || is_described(reading, name.end)
}

fn speaks(reading: &Reading<'_>, end: usize) -> bool {
    end < reading.text.tokens.len()
        && reading.text.gap_before(end) == " "
        && reading.classes(end).is_saying()
}

/// `, who`, `, 34,`, `, the spokesman`: what follows the comma is said of a person.
pub(super) fn is_described(reading: &Reading<'_>, end: usize) -> bool {
    let text = reading.text;
    if end >= text.tokens.len() || text.gap_before(end) != ", " {
        return false;
    }
    let age = text.tokens[end].shape.has_digit() && text.raw(end).len() == 2;
    let office = (end..text.tokens.len().min(end + 6))
        .take_while(|&token| {
            token == end || matches!(text.gap_before(token), " " | "-" | "'s " | "’s ")
        })
        .any(|token| reading.classes(token).is_rank() && !reading.is_capitalised(token));
    age || office || matches!(text.form(end), "who" | "whose")
}

/// Whether a stretch is a single demonym: `Iraqi Muntazer Ali`.
fn is_demonym(reading: &Reading<'_>, name: &Name) -> bool {
    reading
        .span_at(name.first)
        .is_some_and(|span| span.end == name.end && super::cut::is_demonym(span))
}

/// Whether a body's or a place's name may end with a word.
fn ends_body(reading: &Reading<'_>, token: usize) -> bool {
    let class = reading.classes(token);
    let at = reading.spans.partition_point(|span| span.end <= token);
    let known = reading
        .spans
        .get(at)
        .is_some_and(|span| span.end == token + 1);
    known
        || class.is_organisation()
        || class.is_facility()
        || reading.text.tokens[token].shape.is_uppercase()
        || class.is_no_name() && !class.is_function()
}

/// Whether an office stands before a body in its sentence: `Head of LEBA`.
fn holds_office(reading: &Reading<'_>, first: usize) -> bool {
    let sentence = reading.sentence(first);
    (first.saturating_sub(OFFICE_TOKENS)..first)
        .rev()
        .take_while(|&token| reading.sentence(token) == sentence)
        .any(|token| reading.classes(token).is_rank())
}
