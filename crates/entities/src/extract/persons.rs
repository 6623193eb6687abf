//! Decides which pieces are people, with the whole article as evidence.
//!
//! First the full names are weighed, the surest before the others; then single words are taken
//! for people where they are part of a full name, follow a title, or speak.

use rustc_hash::{FxHashMap, FxHashSet};

use super::bare::{is_bare_person, is_person_span};
use super::pieces::{Piece, Reading, Sort, Style, Title};
use super::places::Evidence;
use super::weigh::{WEIGHT_MIN, is_speaker, trim, weight};

/// A person's name in a reading, as tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) first: usize,
    pub(super) end: usize,
}

/// What the article tells of its people.
#[derive(Default)]
pub(super) struct Known {
    /// Full names by their folded parts.
    pub(super) full: FxHashSet<Vec<String>>,
    /// Runs of parts within full names, not at their beginning.
    runs: FxHashSet<Vec<String>>,
    /// Given names of full names.
    pub(super) first: FxHashSet<String>,
    /// Further parts of full names.
    pub(super) last: FxHashSet<String>,
    /// How often each capitalised word stands alone, or ends a name.
    pub(super) alone: FxHashMap<String, u32>,
    /// Words that stand alone behind a title.
    pub(super) titled: FxHashSet<String>,
    /// How often each word that stands alone speaks.
    pub(super) speaking: FxHashMap<String, u32>,
}

/// The full names that an article is remembered to have. No article of news names so many people;
/// a full name beyond is found by what speaks for it, but does not explain bare names.
const FULL_NAMES_MAX: usize = 2_000;

/// The people in each reading, in order.
pub(super) fn people(readings: &[Reading<'_, '_>], evidence: &Evidence) -> Vec<Vec<Person>> {
    let mut known = Known::default();
    for (reading, piece) in all_pieces(readings) {
        known.observe(reading, piece);
    }
    let mut people: Vec<Vec<Person>> = readings.iter().map(|_| Vec::new()).collect();
    let rest = full_names(readings, &mut known, &mut people);
    let mut begins: Vec<FxHashSet<usize>> = people
        .iter()
        .map(|people| begins_of_long(people).collect())
        .collect();
    for (number, piece) in rest {
        let bare = bare_names(&readings[number], &piece, &known, &begins[number]);
        begins[number].extend(begins_of_long(&bare));
        people[number].extend(bare);
    }
    for (reading, people) in readings.iter().zip(&mut people) {
        let spans = reading.spans.iter();
        let spans = spans.filter(|span| is_person_span(reading, span, &known, evidence));
        people.extend(spans.map(|span| Person {
            first: span.first,
            end: span.end,
        }));
        // The longer name wins: `Chad` within `Chad Whitlock` is no person of its own.
        people.sort_by_key(|person| (person.first, std::cmp::Reverse(person.end)));
        people.dedup_by(|next, person| next.first < person.end);
    }
    people
}

/// Where names of two words or more begin.
fn begins_of_long(people: &[Person]) -> impl Iterator<Item = usize> {
    let long = people.iter().filter(|person| person.end > person.first + 1);
    long.map(|person| person.first)
}

/// Finds the full names, learns them, and returns the pieces that are none.
fn full_names(
    readings: &[Reading<'_, '_>],
    known: &mut Known,
    people: &mut [Vec<Person>],
) -> Vec<(usize, Piece)> {
    let mut rest = Vec::new();
    for (number, piece) in in_order_of_certainty(readings) {
        let reading = &readings[number];
        if piece.names < 2 {
            rest.push((number, piece));
        } else if let Some(at) = known.split(reading, &piece) {
            people[number].push(Person {
                first: piece.first,
                end: at,
            });
            people[number].push(Person {
                first: at,
                end: piece.end,
            });
        } else if known.is_part(reading, &piece) || weight(reading, &piece, known) >= WEIGHT_MIN {
            let person = trim(reading, &piece, known);
            known.learn(&parts(reading, person.first, person.end));
            people[number].push(person);
        } else {
            rest.push((number, piece));
        }
    }
    rest
}

/// The people in a piece that is no full name.
fn bare_names(
    reading: &Reading<'_, '_>,
    piece: &Piece,
    known: &Known,
    begins: &FxHashSet<usize>,
) -> Vec<Person> {
    if piece.names > 1 {
        // In a headline a name and the verb behind it look like one: `Fischer Quits`.
        let headline = piece.style != Style::Normal;
        let names = (piece.first..piece.end).filter(|&token| {
            headline
                && !reading.classes(token).is_no_name()
                && known.last.contains(reading.text.form(token))
        });
        return names
            .map(|first| Person {
                first,
                end: first + 1,
            })
            .collect();
    }
    let person = Person {
        first: piece.first,
        end: piece.end,
    };
    is_bare_person(reading, piece, known, begins)
        .then_some(person)
        .into_iter()
        .collect()
}

fn all_pieces<'r, 't, 'a>(
    readings: &'r [Reading<'t, 'a>],
) -> impl Iterator<Item = (&'r Reading<'t, 'a>, &'r Piece)> {
    readings
        .iter()
        .flat_map(|reading| reading.pieces.iter().map(move |piece| (reading, piece)))
        .filter(|(_, piece)| piece.sort == Sort::Name)
}

/// Full names with titles first, then those in running text, short before long, so that what a
/// headline or a line of keywords runs together is known by its parts.
fn in_order_of_certainty(readings: &[Reading<'_, '_>]) -> Vec<(usize, Piece)> {
    let mut pieces: Vec<(usize, Piece)> = Vec::new();
    for (number, reading) in readings.iter().enumerate() {
        let names = reading
            .pieces
            .iter()
            .filter(|piece| piece.sort == Sort::Name);
        pieces.extend(names.map(|piece| (number, *piece)));
    }
    pieces.sort_by_key(|(_, piece)| {
        (
            piece.style != Style::Normal,
            piece.title < Title::Office,
            piece.names,
        )
    });
    pieces
}

impl Known {
    fn observe(&mut self, reading: &Reading<'_, '_>, piece: &Piece) {
        if piece.names == 0 || piece.weak {
            return;
        }
        let last = reading.text.form(piece.end - 1);
        if piece.names == 1 {
            *self.alone.entry(last.to_owned()).or_default() += 1;
            if piece.title >= Title::Office {
                self.titled.insert(last.to_owned());
            }
            if is_speaker(reading, piece) {
                *self.speaking.entry(last.to_owned()).or_default() += 1;
            }
        }
    }

    fn learn(&mut self, parts: &[String]) {
        let Some((first, rest)) = parts.split_first() else {
            return;
        };
        if self.full.len() >= FULL_NAMES_MAX || self.full.contains(parts) {
            return;
        }
        self.first.insert(first.clone());
        self.last.extend(
            rest.iter()
                .filter(|part| part.chars().nth(1).is_some())
                .cloned(),
        );
        for first in 0..rest.len() {
            let runs = (first + 1..=rest.len()).map(|end| rest[first..end].to_vec());
            self.runs.extend(runs);
        }
        self.full.insert(parts.to_vec());
    }

    /// Where a piece runs two people together: `Gustavo Petro Trump`, `Márquez Herrera`,
    /// `Biden-Harris`.
    fn split(&self, reading: &Reading<'_, '_>, piece: &Piece) -> Option<usize> {
        let whole = parts(reading, piece.first, piece.end);
        if self.full.contains(&whole) || self.is_part_of_one(&whole) {
            return None;
        }
        let tokens: Vec<usize> = part_tokens(reading, piece.first, piece.end).collect();
        (piece.first + 1..piece.end).find(|&at| {
            let (left, right) = whole.split_at(tokens.partition_point(|&token| token < at));
            self.is_whole(left) && self.is_whole(right)
        })
    }

    /// Parts that can stand for a person by themselves.
    fn is_whole(&self, parts: &[String]) -> bool {
        self.full.contains(parts)
            || !parts.is_empty()
                && parts.iter().all(|part| self.last.contains(part))
                && self.is_part_of_one(parts)
    }

    /// Whether parts follow one another in a full name, not at its beginning.
    fn is_part_of_one(&self, parts: &[String]) -> bool {
        self.runs.contains(parts)
    }

    /// `Restrepo-Duarte`, where the article has `Julián Restrepo-Duarte`.
    fn is_part(&self, reading: &Reading<'_, '_>, piece: &Piece) -> bool {
        self.is_part_of_one(&parts(reading, piece.first, piece.end))
    }
}

/// The folded name parts of tokens: no initials, no particles, no suffixes.
pub(super) fn parts(reading: &Reading<'_, '_>, first: usize, end: usize) -> Vec<String> {
    part_tokens(reading, first, end)
        .map(|token| reading.text.form(token).to_owned())
        .collect()
}

fn part_tokens(reading: &Reading<'_, '_>, first: usize, end: usize) -> impl Iterator<Item = usize> {
    (first..end).filter(|&token| {
        let class = reading.classes(token);
        !class.is_suffix()
            && !class.is_particle()
            && reading.text.raw(token).chars().nth(1).is_some()
    })
}
