//! Where sentences end.
//!
//! A sentence ends at a paragraph break, or at a full stop, question mark, exclamation mark or
//! ellipsis that is followed by white space and something that can begin a sentence, unless the
//! stop belongs to an abbreviation or an initial.

use super::Text;

/// A sentence as a range of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Number of its first token.
    pub first: u32,
    /// Number of the token after its last.
    pub end: u32,
    /// Whether it opens a paragraph.
    pub opens_paragraph: bool,
}

impl Sentence {
    /// The numbers of its tokens.
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// Abbreviations, folded, after which a capital does not begin a sentence: titles, ranks, months
/// and company forms of English, the titles of the Romance languages and German, and `EE. UU.`
const ABBREVIATIONS: &[&str] = &[
    "adm", "amb", "apr", "art", "asst", "atty", "aug", "ave", "bros", "brig", "bzw", "capt", "cf",
    "cmdr", "co", "col", "corp", "cpl", "dec", "dep", "dept", "dr", "dra", "drs", "ed", "ee",
    "eng", "esq", "est", "etc", "exmo", "feb", "fig", "fr", "ft", "gen", "gob", "gov", "hon",
    "inc", "ing", "jan", "jr", "jul", "jun", "lic", "lt", "ltd", "maj", "mar", "messrs", "mgr",
    "mlle", "mm", "mme", "mons", "mr", "mrs", "ms", "msgr", "mt", "no", "nos", "nov", "nr", "oct",
    "pfc", "ph", "pres", "prof", "profa", "pt", "pte", "pvt", "rep", "reps", "rev", "sec", "sen",
    "sens", "sep", "sept", "sgt", "sig", "sr", "sra", "srta", "st", "sta", "ste", "supt", "treas",
    "univ", "ver", "vol", "vs",
];

/// Words that begin a new sentence after an acronym or a company form that ends in a full stop.
const OPENERS: &[&str] = &[
    "a",
    "after",
    "although",
    "an",
    "and",
    "as",
    "at",
    "because",
    "but",
    "by",
    "for",
    "he",
    "her",
    "his",
    "however",
    "i",
    "if",
    "in",
    "it",
    "its",
    "meanwhile",
    "no",
    "on",
    "one",
    "our",
    "she",
    "since",
    "so",
    "some",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "we",
    "what",
    "when",
    "while",
    "with",
    "you",
];

pub(super) fn sentences(text: &Text<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut first = 0;
    let mut opens_paragraph = true;
    for token in 1..text.tokens.len() {
        let gap = text.gap_before(token);
        // Nearly every gap is one blank.
        if gap == " " {
            if !text.tokens[token - 1].shape.is_acronym() || !ends_after_acronym(text, token) {
                continue;
            }
        } else if !gap.contains('\n') && !ends(text, token, gap) {
            continue;
        }
        sentences.push(Sentence {
            first,
            end: token as u32,
            opens_paragraph,
        });
        first = token as u32;
        opens_paragraph = gap.contains('\n');
    }
    if !text.tokens.is_empty() {
        sentences.push(Sentence {
            first,
            end: text.tokens.len() as u32,
            opens_paragraph,
        });
    }
    sentences
}

/// Whether a sentence ends in `gap`, which stands before `token` and holds no line break.
fn ends(text: &Text<'_>, token: usize, gap: &str) -> bool {
    let Some(stop) = gap.find(['.', '!', '?', '…', '。', '！', '？']) else {
        return text.tokens[token - 1].shape.is_acronym()
            && gap
                .trim_start_matches(['"', '”', '’', '\'', ')'])
                .starts_with(' ')
            && ends_after_acronym(text, token);
    };
    if gap[stop..].starts_with(['。', '！', '？']) {
        return true;
    }
    // A decimal, a file name, a bracketed ellipsis: no white space follows.
    if !gap[stop..].contains(char::is_whitespace) {
        return false;
    }
    if text.tokens[token].shape.is_lowercase() {
        return false;
    }
    if !gap.starts_with('.') || gap.starts_with("..") {
        return true;
    }
    let previous = text.form(token - 1);
    let initial = previous.chars().count() == 1
        && text.tokens[token - 1].shape.is_capitalised()
        && previous != "i";
    if initial || ABBREVIATIONS.contains(&previous) {
        // "Acme Inc. The company…" ends; "Mr. The…" does not occur.
        return !initial && OPENERS.contains(&text.form(token));
    }
    true
}

/// The full stop of an acronym is part of its token, so the gap does not show it.
fn ends_after_acronym(text: &Text<'_>, token: usize) -> bool {
    text.raw(token - 1).ends_with('.')
        && text.tokens[token].shape.is_capitalised()
        && OPENERS.contains(&text.form(token))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{Analyser, Language};

    fn check(text: &str, expected: Expect) {
        let mut analyser = Analyser::new();
        let body = analyser
            .analyse_parts("", text, Some(Language::ENGLISH))
            .body;
        let mut lines = String::new();
        for sentence in &body.sentences {
            let tokens = sentence.tokens();
            let start = body.tokens[tokens.start].start as usize;
            let end = body.tokens[tokens.end - 1].end as usize;
            lines.push_str(if sentence.opens_paragraph {
                "¶ "
            } else {
                "  "
            });
            lines.push_str(&text[start..end]);
            lines.push('\n');
        }
        expected.assert_eq(&lines);
    }

    #[test]
    fn ends_at_stops_before_capitals() {
        check(
            "He left. “We stay,” she said! Did they? 40 did… and more.\nNew paragraph",
            expect![[r#"
                ¶ He left
                  We stay,” she said
                  Did they
                  40 did… and more
                ¶ New paragraph
            "#]],
        );
    }

    #[test]
    fn abbreviations_and_initials_do_not_end() {
        check(
            "Mr. Kato met Gen. Donald J. Hale of Acme Inc. The U.S. President left the U.S. He flew.",
            expect![[r#"
                ¶ Mr. Kato met Gen. Donald J. Hale of Acme Inc
                  The U.S. President left the U.S.
                  He flew
            "#]],
        );
    }
}
