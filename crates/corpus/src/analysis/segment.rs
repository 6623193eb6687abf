//! Where words are: Unicode word boundaries (UAX #29), refined for news.
//!
//! The rules are the same in every language, because a query does not say its language and its
//! words must be cut as the article's were:
//! - elided articles and pronouns stand alone: `l'homme` is `l` and `homme`;
//! - the English possessive is dropped: `Petro's` is `Petro`;
//! - a full stop or colon between letters separates (`drugs.The`, `vermelho.org.br`), except in
//!   acronyms: `U.S.` is one word.

use unicode_segmentation::UnicodeSegmentation;

/// What is elided before an apostrophe in French, Italian, Catalan and Portuguese.
const ELISIONS: &[&str] = &[
    "all", "c", "d", "dall", "dell", "j", "jusqu", "l", "lorsqu", "m", "n", "nell", "puisqu", "qu",
    "quell", "quelqu", "quest", "quoiqu", "s", "sull", "t", "un",
];

/// Length of the longest of [`ELISIONS`].
const ELISION_BYTES_MAX: usize = 7;

/// No acronym in use is longer with its dots.
const ACRONYM_BYTES_MAX: usize = 32;

/// The words of a text, folded, each with its first byte and the byte after its last.
///
/// This is how a query is cut; [`super::Analyser`] cuts articles alike.
pub fn words(text: &str) -> Vec<(usize, usize, String)> {
    let mut words = Vec::new();
    segment(text, |start, end, _| {
        words.push((start, end, super::fold(&text[start..end])))
    });
    words
}

/// Calls `word(start, end, possessive)` for each word of `text`, in order.
///
/// Words of ASCII letters and digits between plain separators are nine in ten, and are found
/// without asking the Unicode tables; a run of non-blanks with anything else in it is cut by them.
pub(super) fn segment(text: &str, mut word: impl FnMut(usize, usize, bool)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphanumeric() {
            let end = run_end(bytes, at, |b| b.is_ascii_alphanumeric());
            if separates(bytes, end) {
                word(at, end, false);
                at = end;
                continue;
            }
        } else if separates(bytes, at) {
            at += if bytes[at].is_ascii() { 1 } else { 3 };
            continue;
        }
        let end = run_end(bytes, at, |b| !b.is_ascii_whitespace());
        segment_by_tables(text, at, end, &mut word);
        at = end;
    }
}

fn run_end(bytes: &[u8], from: usize, in_run: impl Fn(u8) -> bool) -> usize {
    bytes[from..]
        .iter()
        .position(|&b| !in_run(b))
        .map_or(bytes.len(), |len| from + len)
}

/// Whether what stands at `at` ends a word before it and belongs to no word after it, whatever
/// else stands around it.
fn separates(bytes: &[u8], at: usize) -> bool {
    match bytes[at..] {
        [] => true,
        // These join letters or digits on both sides of them.
        [b'.' | b'\'' | b',' | b':' | b';', next, ..] => {
            next.is_ascii() && !next.is_ascii_alphanumeric() && next != b'_'
        }
        [b'_', ..] => false,
        [b, ..] if b.is_ascii() => !b.is_ascii_alphanumeric(),
        // – — “ ” …
        [0xE2, 0x80, 0x93 | 0x94 | 0x9C | 0x9D | 0xA6, ..] => true,
        _ => false,
    }
}

fn segment_by_tables(
    text: &str,
    from: usize,
    to: usize,
    word: &mut impl FnMut(usize, usize, bool),
) {
    for (start, run) in text[from..to].unicode_word_indices() {
        let start = from + start;
        if run == "s" && follows_dotted_acronym(&text[..start]) {
            continue;
        }
        if run.bytes().all(|b| b.is_ascii_alphanumeric()) {
            word(start, start + run.len(), false);
        } else {
            refine(text, start, run, word);
        }
    }
}

/// Single letters with full stops between them.
pub(super) fn is_acronym(word: &str) -> bool {
    let mut letters = 0;
    for letter in word.strip_suffix('.').unwrap_or(word).split('.') {
        let mut chars = letter.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphabetic() => letters += 1,
            _ => return false,
        }
    }
    letters >= 2
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}')
}

fn refine(text: &str, start: usize, run: &str, word: &mut impl FnMut(usize, usize, bool)) {
    let (bare, possessive) = strip_possessive(run);
    if is_acronym(bare) {
        let end = start + bare.len();
        let dotted = !possessive && text[end..].starts_with('.');
        let end = end + usize::from(dotted);
        return word(
            start,
            end,
            possessive || begins_with_possessive(&text[end..]),
        );
    }
    let mut from = start;
    let mut rest = bare;
    while let Some(cut) = rest.char_indices().position_of_cut(rest) {
        let (at, width) = cut;
        if at > 0 {
            word(from, from + at, false);
        }
        from += at + width;
        rest = &rest[at + width..];
    }
    if !rest.is_empty() {
        word(from, from + rest.len(), possessive);
    }
}

trait CutIn {
    /// The first place where a run is cut, and the width of what separates there.
    fn position_of_cut(self, run: &str) -> Option<(usize, usize)>;
}

impl<I: Iterator<Item = (usize, char)>> CutIn for I {
    fn position_of_cut(mut self, run: &str) -> Option<(usize, usize)> {
        self.find_map(|(at, c)| {
            let next = run[at + c.len_utf8()..].chars().next();
            let cuts = match c {
                ':' => true,
                '.' => !next.is_some_and(char::is_numeric),
                _ if is_apostrophe(c) && at <= ELISION_BYTES_MAX => {
                    let before = run[..at].to_lowercase();
                    ELISIONS.contains(&before.as_str())
                }
                _ => false,
            };
            cuts.then_some((at, c.len_utf8()))
        })
    }
}

/// UAX #29 ends the word before the last full stop of `U.S.'s`, and so finds a word `s`.
fn follows_dotted_acronym(before: &str) -> bool {
    let Some(before) = before.strip_suffix(is_apostrophe) else {
        return false;
    };
    // Looking further back would be looking at all of a text without blanks, again and again.
    let near = before.floor_char_boundary(before.len().saturating_sub(ACRONYM_BYTES_MAX));
    let acronym = before[near..].rsplit(char::is_whitespace).next();
    before.ends_with('.') && acronym.is_some_and(is_acronym)
}

fn begins_with_possessive(after: &str) -> bool {
    after
        .strip_prefix(is_apostrophe)
        .and_then(|after| after.strip_prefix('s'))
        .is_some_and(|after| !after.chars().next().is_some_and(char::is_alphanumeric))
}

fn strip_possessive(run: &str) -> (&str, bool) {
    let bare = run
        .strip_suffix(['s', 'S'])
        .and_then(|run| run.strip_suffix(is_apostrophe))
        .filter(|bare| !bare.is_empty());
    (bare.unwrap_or(run), bare.is_some())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Expect) {
        let mut found = Vec::new();
        segment(text, |start, end, possessive| {
            found.push(format!(
                "{}{}",
                &text[start..end],
                if possessive { "+" } else { "" }
            ));
        });
        expected.assert_eq(&found.join(" "));
    }

    #[test]
    fn cuts_words_as_readers_do() {
        check(
            "Bogotá, Colombia— The long-anticipated",
            expect!["Bogotá Colombia The long anticipated"],
        );
        check(
            "U.S. President Donald J. Trump",
            expect!["U.S. President Donald J Trump"],
        );
        check(
            "(J.D. Vance) of the U.N.",
            expect!["J.D. Vance of the U.N."],
        );
        check(
            "2,800 tons at 11:20, 3.5%",
            expect!["2,800 tons at 11 20 3.5"],
        );
    }

    #[test]
    fn drops_possessives() {
        check(
            "Petro’s call, Trump's visit, the U.S.'s view",
            expect!["Petro+ call Trump+ visit the U.S.+ view"],
        );
        check("don't let García-Peña’s", expect!["don't let García Peña+"]);
    }

    #[test]
    fn separates_elisions() {
        check("l'homme d’État qu'il", expect!["l homme d État qu il"]);
        check("dell'Italia O'Brien", expect!["dell Italia O'Brien"]);
    }

    #[test]
    fn separates_at_missing_spaces() {
        check(
            "drugs.The vermelho.org.br end:start",
            expect!["drugs The vermelho org br end start"],
        );
    }

    proptest! {
        #[test]
        fn words_are_ordered_nonempty_and_inside(text in ".{0,80}") {
            let mut last = 0;
            segment(&text, |start, end, _| {
                assert!(last <= start && start < end && end <= text.len());
                assert!(!crate::analysis::fold(&text[start..end]).is_empty());
                last = end;
            });
        }

        // A combining mark that follows a blank is left out: the tables see it as part of the
        // blank, and a run that begins with it as a word.
        #[test]
        fn the_fast_path_cuts_as_the_tables_do(text in "[a-cS1 .,:;'_’“—é\n-]{0,24}|[\\p{Latin}а-яА-Я一-龥\\p{Nd}\\p{P}\\p{Sc}\n ]{0,24}") {
            let (mut fast, mut tables) = (Vec::new(), Vec::new());
            segment(&text, |start, end, possessive| fast.push((start, end, possessive)));
            segment_by_tables(&text, 0, text.len(), &mut |start, end, possessive| {
                tables.push((start, end, possessive));
            });
            prop_assert_eq!(fast, tables);
        }
    }
}
