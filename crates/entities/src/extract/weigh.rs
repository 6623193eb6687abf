//! Weighs how much speaks for a full name being a person's: the words of the name, what stands
//! around it, and what the rest of the article says.

use super::persons::{Known, Person, parts};
use super::pieces::{Piece, Reading, Style, Title};

/// The weight from which a full name is taken for a person's. Title or given name alone reach
/// it; so do two or three lesser signs together.
pub(super) const WEIGHT_MIN: f32 = 2.0;

/// Endings of English words for those who do something.
const TRADES: &[&str] = &["or", "er", "ist", "man", "woman", "ian"];

/// Drops what stands before the given name in German, where every noun has a capital.
pub(super) fn trim(reading: &Reading<'_, '_>, piece: &Piece, known: &Known) -> Person {
    let mut first = piece.first;
    if reading.language == dateline_corpus::Language::GERMAN {
        let given = (piece.first..piece.end - 1).find(|&token| reading.classes(token).is_given());
        first = given.unwrap_or(first);
    }
    if first == piece.first {
        first = after_german_trade(reading, piece).unwrap_or(first);
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
pub(super) fn weight(reading: &Reading<'_, '_>, piece: &Piece, known: &Known) -> f32 {
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
    let trade = after_german_trade(reading, piece).is_some();
    if trade {
        weight += 2.0;
    }
    if german && !trade && !given_inside && !first.is_given() && piece.title < Title::Near {
        weight -= 1.0;
    }
    if piece.weak || piece.names > 5 {
        weight -= 1.5;
    }
    weight
}

/// Where the name begins in `der Winzer Otar Kwarelidse`: article, trade, and two or three names
/// in a row. A trade may have a hyphen: `der Sahel-Kenner …`.
fn after_german_trade(reading: &Reading<'_, '_>, piece: &Piece) -> Option<usize> {
    const ENDINGS: &[&str] = &[
        "er", "erin", "ist", "istin", "ent", "ant", "or", "mann", "frau",
    ];
    let article = reading.form_before(piece.first, piece.sentence);
    let german = reading.language == dateline_corpus::Language::GERMAN;
    if !german
        || !matches!(
            article,
            Some("der" | "die" | "den" | "dem" | "des" | "ein" | "eine")
        )
    {
        return None;
    }
    let name = (piece.first + 1..piece.end).find(|&at| reading.text.gap_before(at) != "-")?;
    let trade = reading.text.form(name - 1);
    let names = (2..=3).contains(&(piece.end - name));
    (names && ENDINGS.iter().any(|ending| trade.ends_with(ending))).then_some(name)
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
pub(super) const PLACING: &[&str] = &[
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
pub(super) const ARTICLES: &[&str] = &[
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
pub(super) fn is_speaker(reading: &Reading<'_, '_>, piece: &Piece) -> bool {
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
