//! The words that say how close two others stand, in the spellings of those who search news for
//! a living.

use super::Closeness;
use super::chars::plain_text;
use super::lexer::Kind;

/// Words further apart than this stand in different parts of an article, and hardly any article
/// has a word more often.
pub const DISTANCE_MAX: u32 = 1_000;
/// How close `NEAR` means when it does not say: within a long sentence.
pub(super) const DISTANCE_DEFAULT: u32 = 10;

/// Operators before a number, with `true` for those that want the order of the query. The slash
/// between them may be left out where that makes no word of any language.
pub(super) const BEFORE_NUMBER: &[(&str, bool)] = &[
    ("near/", false),
    ("near", false),
    ("within/", false),
    ("w/", false),
    ("n/", false),
    ("/n", false),
    ("/", false),
    ("~", false),
    ("onear/", true),
    ("pre/", true),
    ("p/", true),
    ("adj/", true),
    ("adj", true),
];

/// The operator that a word is, if it is one.
pub(super) fn operator(word: &str) -> Option<Kind> {
    match word {
        "NEAR" => return Some(Kind::NearAlone { ordered: false }),
        "PRE" | "ADJ" | "ONEAR" => return Some(Kind::NearAlone { ordered: true }),
        "SAME-SENTENCE" => return Some(Kind::Near(Closeness::Sentence)),
        "SAME" | "SAME-PARAGRAPH" => return Some(Kind::Near(Closeness::Paragraph)),
        _ => {}
    }
    let lower = word.to_ascii_lowercase();
    // `/n5/` of Factiva.
    let lower = match lower.strip_suffix('/') {
        Some(open) if open.starts_with("/n") => open,
        _ => &lower,
    };
    match lower {
        "/s" | "w/s" | "w/sent" | "pre/s" => return Some(Kind::Near(Closeness::Sentence)),
        "/p" | "w/p" | "w/para" | "pre/p" => return Some(Kind::Near(Closeness::Paragraph)),
        "/seg" | "w/seg" => return Some(Kind::SameSegment),
        "near/" | "within/" => return Some(Kind::NearAlone { ordered: false }),
        "pre/" | "onear/" | "adj/" => return Some(Kind::NearAlone { ordered: true }),
        _ => {}
    }
    BEFORE_NUMBER.iter().find_map(|(before, ordered)| {
        let max = number(lower.strip_prefix(before)?)?;
        let ordered = *ordered;
        Some(Kind::Near(Closeness::Words { max, ordered }))
    })
}

/// The number of `atleast3`.
pub(super) fn at_least(word: &str) -> Option<u32> {
    let lower = word.to_ascii_lowercase();
    number(lower.strip_prefix("atleast")?)
}

/// The number of `atl3`, which is a word unless a parenthesis follows.
pub(super) fn at_least_short(word: &str) -> Option<u32> {
    let lower = word.to_ascii_lowercase();
    number(lower.strip_prefix("atl")?)
}

/// The number of the `(5)` that stands at a place, and where it ends.
pub(super) fn in_parentheses(query: &str, at: usize) -> Option<(u32, usize)> {
    let rest = &query[at..];
    let length = rest.find([')', '）'])?;
    let closing = rest[length..].chars().next()?.len_utf8();
    let text = plain_text(&rest[..length]);
    let max = number(text.strip_prefix('(')?.trim())?;
    Some((max, at + length + closing))
}

/// A number of any length; what does not fit is as large as fits.
pub(super) fn number(digits: &str) -> Option<u32> {
    let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    valid.then(|| digits.parse().unwrap_or(u32::MAX))
}
