//! Cuts a query into tokens. Every text has tokens; what they make together is the parser's
//! business.

use std::ops::Range;

use super::Field;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// In bytes of the query.
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    And,
    Or,
    /// `NOT`, or a minus sign before something.
    Not,
    /// A field's name with its colon.
    Field(Field),
    /// A misspelt field's name with its colon; what it probably means.
    Misspelt(&'static str),
    /// A word with a colon in it whose first part is the name of no field.
    UnknownField,
    Word,
    Phrase {
        /// Without the quotes.
        text: Range<usize>,
        closed: bool,
    },
}

pub(super) fn tokens(query: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        let next = at + c.len_utf8();
        if c.is_whitespace() {
            at = next;
            continue;
        }
        let (kind, end) = match c {
            '(' | '（' => (Kind::Open, next),
            ')' | '）' => (Kind::Close, next),
            '-' | '\u{2212}' | '－' if negates(query, at, next) => (Kind::Not, next),
            c if is_quote(c) => phrase(query, next),
            _ => word(query, at),
        };
        tokens.push(Token {
            kind,
            span: at..end,
        });
        at = end;
    }
    tokens
}

/// Whether a text by itself is one plain word.
pub(super) fn is_word(text: &str) -> bool {
    matches!(tokens(text).as_slice(), [token] if token.kind == Kind::Word)
}

/// Curly, low, angled and full-width quotes are quotes: texts are pasted from everywhere.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

fn is_parenthesis(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）')
}

/// A minus sign negates at the beginning of a word, and only when something follows it.
fn negates(query: &str, at: usize, next: usize) -> bool {
    let before = query[..at].chars().next_back();
    let after = query[next..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || is_quote(c) || is_parenthesis(c))
        && after.is_some_and(|c| c.is_alphanumeric() || is_quote(c) || matches!(c, '(' | '（'))
}

fn phrase(query: &str, start: usize) -> (Kind, usize) {
    let closing = query[start..].char_indices().find(|(_, c)| is_quote(*c));
    let (end, after) = match closing {
        Some((at, quote)) => (start + at, start + at + quote.len_utf8()),
        None => (query.len(), query.len()),
    };
    let text = start..end;
    let closed = closing.is_some();
    (Kind::Phrase { text, closed }, after)
}

fn word(query: &str, start: usize) -> (Kind, usize) {
    let rest = &query[start..];
    let ends = |c: char| c.is_whitespace() || is_quote(c) || is_parenthesis(c);
    let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let end = start + word.len();
    match word {
        "AND" => return (Kind::And, end),
        "OR" => return (Kind::Or, end),
        "NOT" => return (Kind::Not, end),
        _ => {}
    }
    let Some((name, value)) = word.split_once([':', '：']) else {
        return (Kind::Word, end);
    };
    if let Some(field) = Field::from_name(name) {
        return (Kind::Field(field), end - value.len());
    }
    // Fields are typed in lower case; `https://…`, `11:20` and the `Texas:` of a pasted headline
    // are text.
    let named = !name.is_empty() && name.chars().all(char::is_lowercase);
    if !named || value.starts_with("//") {
        (Kind::Word, end)
    } else if let Some(nearest) = Field::nearest(name) {
        (Kind::Misspelt(nearest), end - value.len())
    } else {
        (Kind::UnknownField, end)
    }
}
