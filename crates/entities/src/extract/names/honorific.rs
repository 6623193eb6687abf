//! Names behind `Mr`, `Señora`, `Frau`, which the tagger need not know.

use dateline_corpus::{EntityKind, Language};

use super::{NAME_TOKENS_MAX, Name, cut};
use crate::extract::reading::Reading;

/// The name that begins at a token behind an honorific.
pub(super) fn name_behind(reading: &Reading<'_>, token: usize) -> Option<Name> {
    if !follows_honorific(reading, token) {
        return None;
    }
    let end = run_end(reading, token);
    // `Mr Justice Kerr`
    let title = end > token + 1 && cut::is_title_before(reading, token);
    Some(Name {
        first: token + usize::from(title),
        end,
        kind: EntityKind::Person,
    })
}

/// Whether a word stands behind `Mr`, `Señora`, `Frau`: only people do. Not behind `don`, which
/// ships and inns have, too, nor behind `the`.
fn follows_honorific(reading: &Reading<'_>, token: usize) -> bool {
    let text = reading.text;
    let Some(before) = token.checked_sub(1) else {
        return false;
    };
    let class = reading.classes(before);
    class.is_honorific()
        && !class.is_given()
        && !matches!(
            text.form(before),
            "don" | "dona" | "me" | "dr" | "lic" | "ing" | "gral"
        )
        && matches!(text.gap_before(token), " " | ". ")
        && (before == 0 || text.form(before - 1) != "the")
        && (reading.language != Language::ENGLISH || reading.is_capitalised(before))
        // `Mme Le Pen`
        && (!reading.classes(token).is_no_name()
            || reading.classes(token).is_particle() && reading.is_capitalised(token + 1))
        && !is_title(reading, token)
}

/// `Sheikh Dr Ahmad`: the second title is no name.
fn is_title(reading: &Reading<'_>, token: usize) -> bool {
    let class = reading.classes(token);
    class.is_honorific() && !class.is_given() && !class.is_surname()
}

/// Where the run of capitalised words that begins at a token ends.
fn run_end(reading: &Reading<'_>, token: usize) -> usize {
    let text = reading.text;
    let limit = text.tokens.len().min(token + NAME_TOKENS_MAX);
    (token + 1..limit)
        .find(|&at| {
            !reading.is_capitalised(at)
                || !matches!(text.gap_before(at), " " | "-")
                || text.tokens[at - 1].shape.is_possessive()
        })
        .unwrap_or(limit)
}
