//! Decides on names of a single word: surnames, given names, and cities that are surnames.

use rustc_hash::{FxHashMap, FxHashSet};

use super::persons::{Known, parts};
use super::pieces::{Piece, Reading, Style, Title};
use super::places::Evidence;
use super::weigh::{ARTICLES, PLACING, is_speaker};
use crate::countries::Sense;
use crate::gazetteer::Span;

/// Whether a single name (with particles) is a person. `begins` is where names of two words or
/// more begin.
pub(super) fn is_bare_person(
    reading: &Reading<'_, '_>,
    piece: &Piece,
    known: &Known,
    begins: &FxHashSet<usize>,
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
    if class.is_given() && !piece.weak && shares_surname(reading, piece, begins) {
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
fn shares_surname(reading: &Reading<'_, '_>, piece: &Piece, begins: &FxHashSet<usize>) -> bool {
    let conjunction = reading
        .form_at(piece.end, piece.sentence)
        .is_some_and(|word| ["and", "y", "e", "et", "und"].contains(&word));
    conjunction && begins.contains(&(piece.end + 1))
}

/// Whether a country's or city's name stands for a person of the article: `Washington said`,
/// `Jordan scored`, where the article has Denise Washington and Maya Jordan.
pub(super) fn is_person_span(
    reading: &Reading<'_, '_>,
    span: &Span,
    known: &Known,
    evidence: &Evidence,
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
    !placed && (united_states || !evidence.besides(code, form))
}
