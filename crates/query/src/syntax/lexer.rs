//! Cuts a query into tokens. Every text has tokens; what they make together is the parser's
//! business.

use std::ops::Range;

use super::Closeness;
use super::chars::{is_blank, is_quote, plain, plain_text};
use super::field::{CODES_UNKNOWN, Name};
use super::proximity;

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
    /// `+` before something: it is wanted, as everything is anyway.
    Plus,
    Or,
    /// `NOT`, or a minus sign before something.
    Not,
    /// `NEAR/5`, `/s` and their like.
    Near(Closeness),
    /// `NEAR` without a number.
    NearAlone {
        ordered: bool,
    },
    /// `w/seg`, which we do not have.
    SameSegment,
    /// `atleast3`
    AtLeast(u32),
    /// A name with its colon.
    Name(Name),
    /// `allintitle:`, which we do not have; the name to use instead.
    AllIn(&'static str),
    /// A misspelt name with its colon; what it probably means.
    Misspelt(&'static str),
    /// A word with a colon in it whose first part is no name.
    UnknownName,
    /// `CAPS(`, `EXACT(` and other functions that we do not have.
    Function,
    /// `ns=` and other codes of what we do not have.
    UnknownCode,
    Word,
    /// `/…/`
    Regex {
        /// Without the slashes.
        text: Range<usize>,
    },
    Phrase {
        /// Without the quotes.
        text: Range<usize>,
        closed: bool,
        /// `=` before it.
        exact: bool,
        /// The digits of `~3` after it.
        slop: Option<Range<usize>>,
    },
}

pub(super) fn tokens(query: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        let next = at + c.len_utf8();
        if is_blank(c) {
            at = next;
            continue;
        }
        let after = query[next..].chars().next();
        let (kind, end) = match plain(c) {
            '(' => (Kind::Open, next),
            ')' => (Kind::Close, next),
            '-' if negates(query, at, after) => (Kind::Not, next),
            '+' if begins(query, at) && after.is_some_and(begins_operand) => (Kind::Plus, next),
            '"' => phrase(query, next, false),
            '=' if after.is_some_and(is_quote) => {
                phrase(query, next + after.map_or(0, char::len_utf8), true)
            }
            // `/n5/` is an operator; what else stands between slashes is a regular expression.
            '/' => match word(query, at) {
                operator @ (Kind::Near(_), _) => operator,
                word => regex(query, next).unwrap_or(word),
            },
            _ => word(query, at),
        };
        // `oil BUT NOT gas` of Westlaw.
        if kind == Kind::Not
            && let Some(before) = tokens.last_mut()
            && &query[before.span.clone()] == "BUT"
        {
            before.kind = Kind::And;
        }
        // `not w/5` can mean nothing else.
        if matches!(kind, Kind::Near(_))
            && let [.., operand, not] = tokens.as_mut_slice()
            && matches!(operand.kind, Kind::Word | Kind::Phrase { .. } | Kind::Close)
            && query[not.span.clone()].eq_ignore_ascii_case("not")
        {
            not.kind = Kind::Not;
        }
        tokens.push(Token {
            kind,
            span: at..end,
        });
        at = end;
    }
    tokens
}

/// Whether a text by itself is one plain word, and nothing else to the parser either.
pub(super) fn is_word(text: &str) -> bool {
    matches!(tokens(text).as_slice(), [token] if token.kind == Kind::Word && token.span == (0..text.len()))
}

fn is_parenthesis(c: char) -> bool {
    matches!(plain(c), '(' | ')')
}

/// Whether what is at a place begins something: it follows a blank, a quote or a parenthesis.
fn begins(query: &str, at: usize) -> bool {
    let before = query[..at].chars().next_back();
    before.is_none_or(|c| is_blank(c) || is_quote(c) || is_parenthesis(c))
}

/// Whether something that is looked for can begin with a character.
fn begins_operand(c: char) -> bool {
    c.is_alphanumeric() || matches!(plain(c), '"' | '(' | '=' | '/' | '*' | '?')
}

/// A minus sign negates at the beginning of a word, and only when something follows it.
fn negates(query: &str, at: usize, after: Option<char>) -> bool {
    begins(query, at) && after.is_some_and(begins_operand)
}

fn phrase(query: &str, start: usize, exact: bool) -> (Kind, usize) {
    let closing = query[start..].char_indices().find(|(_, c)| is_quote(*c));
    let (end, after) = match closing {
        Some((at, quote)) => (start + at, start + at + quote.len_utf8()),
        None => (query.len(), query.len()),
    };
    let slop = slop(query, after);
    let kind = Kind::Phrase {
        text: start..end,
        closed: closing.is_some(),
        exact,
        slop: slop.clone(),
    };
    (kind, slop.map_or(after, |slop| slop.end))
}

/// The digits of a `~3` that stands at a place; none of a `~`.
fn slop(query: &str, at: usize) -> Option<Range<usize>> {
    let sign = query[at..].chars().next().filter(|c| plain(*c) == '~')?;
    let start = at + sign.len_utf8();
    let rest = &query[start..];
    let digits = rest.find(|c: char| !plain(c).is_ascii_digit());
    Some(start..start + digits.unwrap_or(rest.len()))
}

/// A regular expression: what stands between a slash and the next one, if that ends a word.
fn regex(query: &str, start: usize) -> Option<(Kind, usize)> {
    let mut escaped = false;
    for (at, c) in query[start..].char_indices() {
        let end = start + at;
        match plain(c) {
            ' ' => return None,
            '/' if !escaped && at > 0 => {
                let after = end + c.len_utf8();
                let mut rest = query[after..].chars();
                let ends = rest.next().is_none_or(|c| is_blank(c) || plain(c) == ')');
                return ends.then_some((Kind::Regex { text: start..end }, after));
            }
            c => escaped = c == '\\' && !escaped,
        }
    }
    None
}

fn word(query: &str, start: usize) -> (Kind, usize) {
    let rest = &query[start..];
    let ends = |c: char| is_blank(c) || is_quote(c) || is_parenthesis(c);
    let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let end = start + word.len();
    let typed = plain_text(word);
    // In capitals a blank may stand before the parenthesis: `HEADLINE (petro)`.
    let shouted = typed.len() > 1 && !typed.contains(|c: char| !c.is_ascii_uppercase());
    let rest = match shouted {
        true => query[end..].trim_start_matches(is_blank),
        false => &query[end..],
    };
    let group_follows = rest.chars().next().is_some_and(|c| plain(c) == '(');
    match typed.as_str() {
        "AND" | "&&" | "&" => return (Kind::And, end),
        "OR" | "||" | "|" => return (Kind::Or, end),
        "NOT" => return (Kind::Not, end),
        _ => {}
    }
    if let Some(operator) = proximity::operator(&typed) {
        return (operator, end);
    }
    if let Some(count) = proximity::at_least(&typed) {
        return (Kind::AtLeast(count), end);
    }
    if group_follows && let Some((kind, end)) = before_group(query, &typed, end) {
        return (kind, end);
    }
    match named(&typed) {
        // A name may have other lengths than what it stands for: count characters.
        Some((kind, chars)) => {
            let value = word
                .char_indices()
                .nth(chars)
                .map_or(word.len(), |(at, _)| at);
            (kind, start + value)
        }
        None if unknown_name(&typed).is_some() => (Kind::UnknownName, end),
        None => (Kind::Word, end),
    }
}

/// What a word right before a parenthesis is besides a word; and where it ends.
fn before_group(query: &str, word: &str, end: usize) -> Option<(Kind, usize)> {
    if word.eq_ignore_ascii_case("around") {
        let (max, after) = proximity::in_parentheses(query, end)?;
        let ordered = false;
        return Some((Kind::Near(Closeness::Words { max, ordered }), after));
    }
    if let Some(name) = Name::before_group(word) {
        return Some((Kind::Name(name), end));
    }
    if let Some(count) = proximity::at_least_short(word) {
        return Some((Kind::AtLeast(count), end));
    }
    const FUNCTIONS: [&str; 6] = ["caps", "allcaps", "nocaps", "singular", "plural", "exact"];
    let function = FUNCTIONS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word));
    function.then_some((Kind::Function, end))
}

/// The name that a word begins with, and how many characters it takes with its colon.
fn named(word: &str) -> Option<(Kind, usize)> {
    let at = word.find([':', '=', '<', '>'])?;
    let (name, rest) = word.split_at(at);
    let chars = name.chars().count();
    let sign = rest.chars().next()?;
    if sign == '='
        && CODES_UNKNOWN
            .iter()
            .any(|code| code.eq_ignore_ascii_case(name))
    {
        return Some((Kind::UnknownCode, chars + 1));
    }
    if sign != ':' {
        let name = Name::before_sign(name, sign)?;
        // The signs `<` and `>` belong to the value.
        return Some((Kind::Name(name), chars + usize::from(sign == '=')));
    }
    if let Some(name) = Name::before_colon(name) {
        return Some((Kind::Name(name), chars + 1));
    }
    const ALL_IN: [(&str, &str); 3] = [
        ("allintitle", "title"),
        ("allintext", "body"),
        ("allinurl", "url"),
    ];
    if let Some((_, ours)) = ALL_IN
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
    {
        return Some((Kind::AllIn(ours), chars + 1));
    }
    unknown_name(word)?;
    Name::nearest(name).map(|nearest| (Kind::Misspelt(nearest), chars + 1))
}

/// The part of a word that would be a name. Names are typed in lower case; `https://…`, `11:20`
/// and the `Texas:` of a pasted headline are text.
fn unknown_name(word: &str) -> Option<&str> {
    let (name, value) = word.split_once(':')?;
    let of_name = |c: char| c.is_lowercase() || matches!(c, '-' | '_');
    let named = name.starts_with(char::is_lowercase) && name.chars().all(of_name);
    (named && !value.starts_with("//")).then_some(name)
}
