//! What a text of the query consists of: words, words with wildcards, and gaps. Words are cut
//! and folded by the same functions as those of articles.

use dateline_corpus::analysis::words;

use super::chars::plain;

/// Letters and digits that a word with wildcards must have: with fewer it would stand for nearly
/// every word of the index.
pub const LITERAL_CHARS_MIN: usize = 2;

/// What a text consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A word, folded.
    Word(String),
    /// A folded word in which `*` stands for any letters, also none, and `?` for one.
    Pattern(String),
    /// Any one word, between others.
    Gap,
}

/// Letters of scripts that nobody has written for three thousand years. They stand for wildcards
/// while a text is cut, because they are cut and folded as letters of a word are.
const ANY: char = '\u{10600}';
const ONE: char = '\u{10601}';

/// The pieces of a text. Wildcards that stand alone are gaps in quotes, and nothing outside.
pub(super) fn pieces(raw: &str, quoted: bool) -> Vec<Piece> {
    let is_wild = |c: char| matches!(plain(c), '*' | '?');
    if !raw.contains(is_wild) {
        return words(raw)
            .into_iter()
            .map(|word| Piece::Word(word.2))
            .collect();
    }
    let mut pieces = Vec::new();
    for part in raw.split_whitespace() {
        if quoted && part.chars().all(|c| plain(c) == '*') {
            // Before the first word a gap would mean nothing.
            let gaps = if pieces.is_empty() { 0 } else { 1 };
            pieces.extend(std::iter::repeat_n(Piece::Gap, gaps));
            continue;
        }
        let marked = mark(part);
        pieces.extend(
            words(&marked)
                .into_iter()
                .filter_map(|(_, _, word)| piece(word)),
        );
    }
    while pieces.last() == Some(&Piece::Gap) {
        pieces.pop();
    }
    pieces
}

/// Letters and digits of a pattern.
pub(super) fn literal_chars(pattern: &str) -> usize {
    pattern.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Puts letters in the place of wildcards. A question mark at the end is one: that is how
/// questions end, and a star says the same to a search.
fn mark(part: &str) -> String {
    let end = part
        .trim_end_matches(|c: char| !c.is_alphanumeric() && plain(c) != '*')
        .len();
    let marked = part.char_indices().map(|(at, c)| match plain(c) {
        '*' => ANY,
        '?' if at < end => ONE,
        _ => c,
    });
    marked.collect()
}

fn piece(word: String) -> Option<Piece> {
    if !word.contains([ANY, ONE]) {
        return Some(Piece::Word(word));
    }
    let pattern: String = word
        .chars()
        .map(|c| match c {
            ANY => '*',
            ONE => '?',
            c => c,
        })
        .collect();
    // Stars side by side say no more than one.
    let mut short = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        if c != '*' || !short.ends_with('*') {
            short.push(c);
        }
    }
    // Next to a word that consists of one letter each, as Chinese does, a wildcard stands alone.
    (literal_chars(&short) > 0).then_some(Piece::Pattern(short))
}
