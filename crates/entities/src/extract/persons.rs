//! Decides which pieces are people, with the whole article as evidence.
//!
//! First the full names are weighed, the surest before the others; then single words are taken
//! for people where they are part of a full name, follow a title, or speak.

use rustc_hash::{FxHashMap, FxHashSet};

use super::pieces::{Piece, Reading, Sort, Style, Title};
use crate::countries::Sense;
use crate::gazetteer::Span;

/// The weight from which a full name is taken for a person's. Title or given name alone reach
/// it; so do two or three lesser signs together.
const WEIGHT_MIN: f32 = 2.0;

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
    full: FxHashSet<Vec<String>>,
    /// Given names of full names.
    first: FxHashSet<String>,
    /// Further parts of full names.
    last: FxHashSet<String>,
    /// How often each capitalised word stands alone, or ends a name.
    alone: FxHashMap<String, u32>,
    /// Words that stand alone behind a title.
    titled: FxHashSet<String>,
    /// How often each word that stands alone speaks.
    speaking: FxHashMap<String, u32>,
}

/// The people in each reading, in order.
pub(super) fn people(readings: &[Reading<'_, '_>]) -> Vec<Vec<Person>> {
    let mut known = Known::default();
    for (reading, piece) in all_pieces(readings) {
        known.observe(reading, piece);
    }
    let mut people: Vec<Vec<Person>> = readings.iter().map(|_| Vec::new()).collect();
    let rest = full_names(readings, &mut known, &mut people);
    for (number, piece) in rest {
        let bare = bare_names(&readings[number], &piece, &known, &people[number]);
        people[number].extend(bare);
    }
    for (reading, people) in readings.iter().zip(&mut people) {
        let spans = reading.spans.iter();
        let spans = spans.filter(|span| is_person_span(readings, reading, span, &known));
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
    people: &[Person],
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
    is_bare_person(reading, piece, known, people)
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
        self.first.insert(first.clone());
        self.last.extend(
            rest.iter()
                .filter(|part| part.chars().nth(1).is_some())
                .cloned(),
        );
        self.full.insert(parts.to_vec());
    }

    /// Where a piece runs two people together: `Gustavo Petro Trump`, `Márquez Herrera`.
    fn split(&self, reading: &Reading<'_, '_>, piece: &Piece) -> Option<usize> {
        let whole = parts(reading, piece.first, piece.end);
        if self.full.contains(&whole) || self.is_part_of_one(&whole) {
            return None;
        }
        (piece.first + 1..piece.end).find(|&at| {
            let hyphenated = reading.text.gap_before(at) != " ";
            let (left, right) = (
                parts(reading, piece.first, at),
                parts(reading, at, piece.end),
            );
            !hyphenated && self.is_whole(&left) && self.is_whole(&right)
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
        self.full.iter().any(|full| {
            full.len() > parts.len()
                && full[1..]
                    .windows(parts.len().max(1))
                    .any(|window| window == parts)
        })
    }

    /// `Restrepo-Duarte`, where the article has `Julián Restrepo-Duarte`.
    fn is_part(&self, reading: &Reading<'_, '_>, piece: &Piece) -> bool {
        self.is_part_of_one(&parts(reading, piece.first, piece.end))
    }
}

/// The folded name parts of tokens: no initials, no particles, no suffixes.
fn parts(reading: &Reading<'_, '_>, first: usize, end: usize) -> Vec<String> {
    (first..end)
        .filter(|&token| {
            let class = reading.classes(token);
            !class.is_suffix()
                && !class.is_particle()
                && reading.text.raw(token).chars().nth(1).is_some()
        })
        .map(|token| reading.text.form(token).to_owned())
        .collect()
}

/// Endings of English words for those who do something.
const TRADES: &[&str] = &["or", "er", "ist", "man", "woman", "ian"];

/// Drops what stands before the given name in German, where every noun has a capital.
fn trim(reading: &Reading<'_, '_>, piece: &Piece, known: &Known) -> Person {
    let mut first = piece.first;
    if reading.language == dateline_corpus::Language::GERMAN {
        let given = (piece.first..piece.end - 1).find(|&token| reading.classes(token).is_given());
        first = given.unwrap_or(first);
    }
    // `Comptroller Gerardo Solís`: a trade that the lists do not know.
    let trade = |token: usize| {
        let (form, class) = (reading.text.form(token), reading.classes(token));
        !class.is_given()
            && !class.is_surname()
            && form.len() >= 6
            && TRADES.iter().any(|ending| form.ends_with(ending))
    };
    if piece.names >= 3
        && first == piece.first
        && trade(first)
        && reading.classes(first + 1).is_given()
    {
        first += 1;
    }
    // A common word that opens the sentence is no given name when the rest is a person.
    let opens = first == piece.sentence.0 && reading.classes(first).is_no_name();
    if opens && first + 1 < piece.end {
        let rest = parts(reading, first + 1, piece.end);
        if known.full.contains(&rest)
            || rest
                .iter()
                .all(|part| known.last.contains(part) || known.first.contains(part))
        {
            first += 1;
        }
    }
    Person {
        first,
        end: piece.end,
    }
}

/// How much speaks for a full name being a person's.
fn weight(reading: &Reading<'_, '_>, piece: &Piece, known: &Known) -> f32 {
    let first = reading.classes(piece.first);
    let last = reading.classes(piece.end - 1);
    let german = reading.language == dateline_corpus::Language::GERMAN;
    let given_inside =
        german && (piece.first..piece.end - 1).any(|token| reading.classes(token).is_given());
    let opens = piece.first == piece.sentence.0;
    let mut weight = 0.0;
    weight += match () {
        () if first.is_given() && !(first.is_no_name() && opens) => 2.0,
        () if first.is_given() && has_particle(reading, piece) => 2.0,
        () if first.is_given() => 1.0,
        () if given_inside => 2.0,
        () => 0.0,
    };
    if last.is_surname() {
        weight += if last.is_no_name() { 0.5 } else { 1.2 };
    }
    // Two unknown words in running text are a person's name more often than not.
    let plain = (piece.first..piece.end).all(|token| !reading.classes(token).is_no_name());
    if plain && piece.style == Style::Normal && !german {
        weight += 1.2;
    }
    weight += inner_weight(reading, piece);
    weight += match piece.title {
        Title::Honorific | Title::Office => 2.5,
        Title::Near => 1.5,
        Title::None => 0.0,
    };
    weight += context_weight(reading, piece);
    let surname = reading.text.form(piece.end - 1);
    if known.titled.contains(surname) {
        weight += 1.5;
    } else if known.alone.contains_key(surname) {
        weight += 1.0;
    }
    if piece.style != Style::Normal {
        weight -= 1.0;
    }
    if german && !given_inside && !first.is_given() && piece.title < Title::Near {
        weight -= 1.0;
    }
    if piece.weak || piece.names > 5 {
        weight -= 1.5;
    }
    weight
}

fn has_particle(reading: &Reading<'_, '_>, piece: &Piece) -> bool {
    (piece.first + 1..piece.end - 1)
        .any(|token| reading.classes(token).is_particle() && !reading.is_capitalised(token))
}

/// Initials, particles and hyphens inside a name.
fn inner_weight(reading: &Reading<'_, '_>, piece: &Piece) -> f32 {
    let mut weight: f32 = 0.0;
    for token in piece.first..piece.end {
        let class = reading.classes(token);
        let initial = reading.text.raw(token).chars().nth(1).is_none()
            || reading.text.tokens[token].shape.is_acronym();
        weight += match () {
            () if initial => 1.2,
            () if class.is_suffix() => 1.0,
            () if class.is_particle() && !class.is_function() => 0.6,
            () if token > piece.first && reading.text.gap_before(token) == "-" => 0.4,
            () => 0.0,
        };
    }
    weight.min(1.8)
}

/// Prepositions where places and things stand.
const PLACING: &[&str] = &[
    "in",
    "at",
    "near",
    "from",
    "across",
    "outside",
    "inside",
    "throughout",
    "around",
    "en",
    "à",
    "a",
    "em",
    "no",
    "na",
    "aus",
    "nach",
    "bei",
    "im",
    "into",
    "within",
    "toward",
    "towards",
];
/// Articles, which seldom stand before people.
const ARTICLES: &[&str] = &[
    "the", "el", "la", "los", "las", "le", "les", "l", "os", "as", "das", "die", "der", "an",
    "this",
];
/// Nouns that make things of the names before them.
const THINGS: &[&str] = &[
    "administration",
    "government",
    "company",
    "party",
    "river",
    "region",
    "district",
    "province",
    "group",
    "island",
    "islands",
    "city",
    "team",
    "magazine",
    "newspaper",
    "brand",
    "area",
    "airport",
    "festival",
    "championship",
    "league",
    "stock",
    "shares",
    "program",
    "project",
    "campaign",
];

/// The words around a name.
fn context_weight(reading: &Reading<'_, '_>, piece: &Piece) -> f32 {
    let mut weight = 0.0;
    if is_speaker(reading, piece) {
        weight += 1.5;
    }
    let trade = reading.language == dateline_corpus::Language::GERMAN
        && !reading.classes(piece.first).is_given();
    // In German the trade has a capital, too, and the article is its own.
    let before = reading
        .form_before(piece.first, piece.sentence)
        .filter(|_| !trade);
    if let Some(before) = before {
        let joined = reading.text.gap_before(piece.first) == " ";
        if joined && ARTICLES.contains(&before) {
            weight -= 1.5;
        } else if joined && PLACING.contains(&before) {
            weight -= 1.0;
        }
    }
    if let Some(after) = reading.form_at(piece.end, piece.sentence) {
        let gap = reading.text.gap_before(piece.end);
        let apposition = gap.starts_with(',')
            && (reading.text.tokens[piece.end].shape.has_digit()
                || reading.classes(piece.end).is_title()
                || [
                    "who", "whose", "the", "a", "an", "his", "her", "quien", "qui", "que", "der",
                    "die", "el", "la", "le",
                ]
                .contains(&after));
        if apposition {
            weight += 0.8;
        } else if gap == " " && THINGS.contains(&after) {
            weight -= 1.5;
        }
    }
    weight
}

/// Whether a verb of saying stands right before or after.
fn is_speaker(reading: &Reading<'_, '_>, piece: &Piece) -> bool {
    let says = |token: usize, gap: &str| {
        matches!(gap, " " | ", ")
            && !reading.is_capitalised(token)
            && reading.classes(token).is_saying()
    };
    let after = piece.end < piece.sentence.1 && says(piece.end, reading.text.gap_before(piece.end));
    let before = piece.first > piece.sentence.0
        && says(piece.first - 1, reading.text.gap_before(piece.first));
    after || before
}

/// Whether a single name (with particles) is a person.
fn is_bare_person(
    reading: &Reading<'_, '_>,
    piece: &Piece,
    known: &Known,
    people: &[Person],
) -> bool {
    if piece.names == 0 || piece.style == Style::Capitals && piece.weak {
        return false;
    }
    let parts = parts(reading, piece.first, piece.end);
    let Some(name) = parts.last() else {
        return false;
    };
    let class = reading.classes(piece.end - 1);
    let opens = piece.first == piece.sentence.0;
    let speaks = is_speaker(reading, piece);
    let titled = piece.title >= Title::Office;
    // The first word of a sentence, and any word of a headline, has a capital anyway.
    if piece.weak && !titled && (opens && !speaks || piece.style == Style::Headline) {
        return false;
    }
    if known.last.contains(name) {
        return !(piece.weak && after_article(reading, piece));
    }
    let genitive = reading.language == dateline_corpus::Language::GERMAN
        && name
            .strip_suffix('s')
            .is_some_and(|name| known.last.contains(name));
    if genitive {
        return true;
    }
    if piece.title == Title::Honorific && is_courtesy(reading, piece) {
        return false;
    }
    if known.first.contains(name) && !piece.weak && !after_article(reading, piece) {
        return true;
    }
    if titled && !class.is_no_name() {
        return piece.title == Title::Honorific
            || class.is_surname()
            || is_rank_written_out(reading, piece)
            || known.alone.get(name).is_some_and(|n| *n > 1);
    }
    if class.is_given() && !piece.weak && shares_surname(reading, piece, people) {
        return true;
    }
    if piece.weak || piece.style != Style::Normal {
        return false;
    }
    let listed = class.is_surname() || class.is_given();
    let often =
        |counts: &FxHashMap<String, u32>, least| counts.get(name).is_some_and(|n| *n >= least);
    listed
        && (speaks
            || rules(reading, piece)
            || often(&known.alone, ALONE_MIN) && !after_article(reading, piece))
        || often(&known.speaking, SPEAKING_MIN)
}

/// `Senator Hawley`, not `leader Hawley` or `General Dynamics`.
fn is_rank_written_out(reading: &Reading<'_, '_>, piece: &Piece) -> bool {
    const ALSO_COMPANIES: &[&str] = &[
        "general",
        "major",
        "director",
        "executive",
        "father",
        "crown",
    ];
    let Some(rank) = reading.form_before(piece.first, piece.sentence) else {
        return false;
    };
    piece.style == Style::Normal
        && reading.is_capitalised(piece.first - 1)
        && !ALSO_COMPANIES.contains(&rank)
}

/// A listed name that stands alone this often is someone whom the article need not introduce.
const ALONE_MIN: u32 = 3;
/// An unknown word that speaks once may be a company; one that does so again seldom is.
const SPEAKING_MIN: u32 = 2;

/// `the Maduro regime`, `the Trump administration`.
fn rules(reading: &Reading<'_, '_>, piece: &Piece) -> bool {
    let after = reading
        .form_at(piece.end, piece.sentence)
        .unwrap_or_default();
    reading.text.gap_before(piece.end) == " "
        && ["administration", "regime", "presidency", "cabinet", "era"].contains(&after)
}

/// `Doña Mercedes`: with a given name that no one in the article has, as likely a ship's or an
/// inn's name as a person's.
fn is_courtesy(reading: &Reading<'_, '_>, piece: &Piece) -> bool {
    let title = reading.form_before(piece.first, piece.sentence);
    let class = reading.classes(piece.end - 1);
    matches!(title, Some("don" | "dona")) && class.is_given()
}

fn after_article(reading: &Reading<'_, '_>, piece: &Piece) -> bool {
    reading
        .form_before(piece.first, piece.sentence)
        .is_some_and(|before| ARTICLES.contains(&before))
}

/// `Renzo and Silvia Cattaruzza`: the given name before a conjunction and a full name.
fn shares_surname(reading: &Reading<'_, '_>, piece: &Piece, people: &[Person]) -> bool {
    let conjunction = reading
        .form_at(piece.end, piece.sentence)
        .is_some_and(|word| ["and", "y", "e", "et", "und"].contains(&word));
    conjunction
        && people
            .iter()
            .any(|person| person.first == piece.end + 1 && person.end > person.first + 1)
}

/// Whether a country's or city's name stands for a person of the article: `Washington said`,
/// `Jordan scored`, where the article has Denise Washington and Maya Jordan.
fn is_person_span(
    readings: &[Reading<'_, '_>],
    reading: &Reading<'_, '_>,
    span: &Span,
    known: &Known,
) -> bool {
    let Some((code, sense)) = span.country().filter(|_| span.is_single()) else {
        return false;
    };
    if sense == Sense::Demonym || !reading.is_capitalised(span.first) {
        return false;
    }
    let form = reading.text.form(span.first);
    if !known.last.contains(form) && !known.first.contains(form) {
        return false;
    }
    let placed = span.first > 0
        && reading.text.gap_before(span.first) == " "
        && (PLACING.contains(&reading.text.form(span.first - 1))
            || ["to", "of", "between", "against"].contains(&reading.text.form(span.first - 1)));
    // The United States are in every article; no evidence that its capital is meant.
    let united_states = crate::countries::code("US") == Some(code);
    let elsewhere = !united_states
        && readings
            .iter()
            .flat_map(|reading| reading.spans.iter().map(move |span| (reading, span)))
            .any(|(other, span)| {
                span.country().is_some_and(|(other, _)| other == code)
                    && other.text.form(span.first) != form
            });
    !placed && !elsewhere
}
