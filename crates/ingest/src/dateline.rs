//! Finds the dateline that opens a news text: place, date, agency, and the dash after them.
//!
//! It stays in the text. What is found here is where it ends and the date it gives.

use crate::dates::{self, Parsed};

/// The opening of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// Where what follows it begins, in bytes; the length of the text when nothing follows.
    pub end: usize,
    /// The date, as it can be read and as it was written.
    pub date: Option<(Parsed, String)>,
}

/// No dateline is longer than this many bytes; the longest name a place in another one, with
/// date and agency.
const DATELINE_BYTES_MAX: usize = 120;
/// More words than these are a sentence.
const PLACE_WORDS_MAX: usize = 8;
/// A place ended by a full stop (`IPIALES. Más de …`) has no more words than this.
const STOPPED_PLACE_WORDS_MAX: usize = 3;
/// A place shorter than this before a full stop is an abbreviation (`Prof.`, `Gov.`), unless it is
/// in capitals (`ROMA.`).
const STOPPED_PLACE_CHARS_MIN: usize = 5;

/// Small words inside names of places.
const CONNECTORS: &[&str] = &[
    "a", "al", "am", "an", "and", "da", "das", "de", "del", "den", "der", "des", "di", "do", "dos",
    "du", "e", "el", "en", "im", "in", "la", "las", "le", "les", "los", "near", "of", "on", "sur",
    "the", "upon", "y",
];

/// The dateline that `text` begins with.
pub(crate) fn dateline(text: &str) -> Option<Dateline> {
    let limit = text.floor_char_boundary(DATELINE_BYTES_MAX.min(text.len()));
    let mut at = 0;
    let mut words = Words::default();
    let mut date: Option<(Parsed, String)> = None;
    while at < limit {
        let rest = &text[at..];
        if let Some(after) = dash(rest) {
            let after = at + (rest.len() - after.len());
            if !(words.count > 0 || date.is_some() || words.has_agency) {
                return None;
            }
            at = after;
            if let Some(end) = second_part(&text[at..]) {
                date = date.or(end.date);
                at += end.end;
            }
            return opens_sentence(&text[at..]).then_some(Dateline { end: at, date });
        }
        if date.is_none()
            && words.can_precede_date
            && let Some((parsed, after)) = dates::prefix(rest)
            && parsed_is_day(parsed)
        {
            let written = &rest[..rest.len() - after.len()];
            date = Some((parsed, written.to_owned()));
            at += written.len();
            words.can_precede_date = false;
            continue;
        }
        if let Some(agency) = agency(rest) {
            words.has_agency = true;
            at += agency;
            continue;
        }
        let c = rest.chars().next()?;
        if c == '.' && stops(rest, &words, date.is_some()) {
            let end = at + 1 + (rest.len() - 1 - rest[1..].trim_start().len());
            return Some(Dateline { end, date });
        }
        if c.is_whitespace() || matches!(c, ',' | '.' | '/' | ';' | '-') {
            words.can_precede_date |= c != '-';
            at += c.len_utf8();
            continue;
        }
        at += words.push(rest)?;
    }
    // The whole text: `Guayaquil, 4 de febrero de 2026`.
    (at >= text.len() && date.is_some()).then_some(Dateline {
        end: text.len(),
        date,
    })
}

/// What has been read of the place.
#[derive(Debug)]
struct Words {
    count: usize,
    chars: usize,
    all_capitals: bool,
    has_agency: bool,
    can_precede_date: bool,
}

impl Default for Words {
    fn default() -> Words {
        Words {
            count: 0,
            chars: 0,
            all_capitals: true,
            has_agency: false,
            can_precede_date: true,
        }
    }
}

impl Words {
    /// Takes the word that `rest` begins with; its length, or `None` when it is not of a name.
    fn push(&mut self, rest: &str) -> Option<usize> {
        let is_inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '`');
        let end = rest.find(|c: char| !is_inside(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        let is_connector = CONNECTORS.contains(&word) && self.count > 0;
        let is_name = word.chars().find(|c| c.is_alphabetic())?.is_uppercase();
        if !is_name && !is_connector || self.count >= PLACE_WORDS_MAX {
            return None;
        }
        self.count += 1;
        self.chars += word.chars().count();
        self.all_capitals &= is_connector || !word.chars().any(char::is_lowercase);
        self.can_precede_date = false;
        Some(end)
    }
}

/// Skips a dash with the spaces around it. A hyphen counts with a space before it.
fn dash(rest: &str) -> Option<&str> {
    let trimmed = rest.trim_start();
    let spaced = trimmed.len() < rest.len();
    let after = trimmed
        .strip_prefix(['—', '–', '―'])
        .or_else(|| trimmed.strip_prefix("--"))
        .or_else(|| {
            trimmed
                .strip_prefix('-')
                .filter(|after| spaced && after.starts_with(' '))
        })?;
    // `Paris–Dakar` is a name: a dash of half length needs a space on one side.
    let is_word = !spaced && trimmed.starts_with('–') && !after.starts_with(char::is_whitespace);
    (!is_word).then(|| after.trim_start())
}

/// `February 3, 2026 –`, `(Reuters) —`: what stands between two dashes.
fn second_part(rest: &str) -> Option<Dateline> {
    let (date, after) = match dates::prefix(rest) {
        Some((parsed, after)) if parsed_is_day(parsed) => (
            Some((parsed, rest[..rest.len() - after.len()].to_owned())),
            after,
        ),
        _ => (None, &rest[agency(rest)?..]),
    };
    let after = dash(after)?;
    Some(Dateline {
        end: rest.len() - after.len(),
        date,
    })
}

/// The length of `(Reuters)`, `(Agencia Cordillera)`.
fn agency(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('(')?;
    let close = inside.find(')').filter(|close| (1..=40).contains(close))?;
    let is_name = inside.chars().next()?.is_alphabetic() && !inside[..close].contains('\n');
    is_name.then_some(close + 2)
}

/// Whether the full stop at `rest` ends a dateline and no abbreviation.
fn stops(rest: &str, words: &Words, has_date: bool) -> bool {
    let after = &rest[1..];
    if !after.starts_with(' ') || !opens_sentence(after.trim_start()) {
        return false;
    }
    let is_long = words.chars >= STOPPED_PLACE_CHARS_MIN || words.all_capitals && words.chars > 2;
    has_date || is_long && words.count <= STOPPED_PLACE_WORDS_MAX
}

/// Whether a sentence can begin here.
fn opens_sentence(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| !c.is_lowercase() && (c.is_alphanumeric() || "\"'“‘«„¿¡(".contains(c)))
}

fn parsed_is_day(parsed: Parsed) -> bool {
    parsed
        .sure()
        .is_none_or(|reading| reading.precision <= dateline_corpus::Precision::Day)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(texts: &[&str], expect: Expect) {
        let line = |text: &&str| match dateline(text) {
            None => format!("-- {text}\n"),
            Some(found) => {
                let (opening, rest) = text.split_at(found.end);
                let date = found
                    .date
                    .map_or(String::new(), |(_, written)| format!(" <{written}>"));
                format!("[{opening}]{date} {rest}\n")
            }
        };
        expect.assert_eq(&texts.iter().map(line).collect::<String>());
    }

    #[test]
    fn finds_the_datelines_of_agencies_and_papers() {
        check(
            &[
                "LONDON (AP) — The bridge is open.",
                "BOGOTÁ, Feb 3 (Reuters) - The bridge is open.",
                "Washington, D.C. – February 3, 2026 – The bridge is open.",
                "Bogotá, Colombia— The bridge is open.",
                "SANTA ROSA, N.M. -- The bridge is open.",
                "RIO DE JANEIRO, 3 de fevereiro (Agência) – “A ponte abriu.”",
                "Niamey, 13. Dezember 2025. Die Brücke ist offen.",
                "N'Djamena. Le pont est ouvert.",
                "ROMA. Il ponte è aperto.",
                "(Reuters) - The bridge is open.",
                "Guayaquil, 4 de febrero de 2026",
            ],
            expect![[r#"
                [LONDON (AP) — ] The bridge is open.
                [BOGOTÁ, Feb 3 (Reuters) - ] <Feb 3> The bridge is open.
                [Washington, D.C. – February 3, 2026 – ] <February 3, 2026> The bridge is open.
                [Bogotá, Colombia— ] The bridge is open.
                [SANTA ROSA, N.M. -- ] The bridge is open.
                [RIO DE JANEIRO, 3 de fevereiro (Agência) – ] <3 de fevereiro> “A ponte abriu.”
                [Niamey, 13. Dezember 2025. ] <13. Dezember 2025> Die Brücke ist offen.
                [N'Djamena. ] Le pont est ouvert.
                [ROMA. ] Il ponte è aperto.
                [(Reuters) - ] The bridge is open.
                [Guayaquil, 4 de febrero de 2026] <4 de febrero de 2026> 
            "#]],
        );
    }

    #[test]
    fn takes_no_sentence_for_a_dateline() {
        check(
            &[
                "The bridge — the only one — is open.",
                "Prof. Lund opened the bridge.",
                "Petro — who opened the bridge — left.",
                "Open – the bridge",
                "The United States on Tuesday opened the bridge — again.",
                "Paris–Dakar is a race.",
                "",
            ],
            expect![[r#"
                -- The bridge — the only one — is open.
                -- Prof. Lund opened the bridge.
                -- Petro — who opened the bridge — left.
                -- Open – the bridge
                -- The United States on Tuesday opened the bridge — again.
                -- Paris–Dakar is a race.
                -- 
            "#]],
        );
    }
}
