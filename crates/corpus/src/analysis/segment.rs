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
pub(super) fn segment(text: &str, mut word: impl FnMut(usize, usize, bool)) {
    for (start, run) in text.unicode_word_indices() {
        if run == "s" && follows_dotted_acronym(&text[..start]) {
            continue;
        }
        if run.bytes().all(|b| b.is_ascii_alphanumeric()) {
            word(start, start + run.len(), false);
        } else {
            refine(text, start, run, &mut word);
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
                _ if is_apostrophe(c) => {
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
    before.strip_suffix(is_apostrophe).is_some_and(|before| {
        before.ends_with('.')
            && is_acronym(
                before
                    .rsplit(char::is_whitespace)
                    .next()
                    .unwrap_or_default(),
            )
    })
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
    }
}
