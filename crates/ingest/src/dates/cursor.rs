//! A place in a text from which numbers and words are read. Copied freely, to try and go back.

#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// White space within a date, and the marks of direction that stand in Arabic dates unseen.
pub(crate) const SPACES: [char; 9] = [
    ' ', '\t', '\n', '\u{a0}', '\u{2009}', '\u{202f}', '\u{200e}', '\u{200f}', '\u{61c}',
];

/// No number of a date has more digits; more would not fit its type.
const DIGITS_MAX: usize = 9;

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    pub(crate) fn at(self) -> usize {
        self.at
    }

    pub(crate) fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    pub(crate) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(crate) fn skip(self, bytes: usize) -> Cursor<'a> {
        Cursor {
            at: self.at + bytes,
            ..self
        }
    }

    pub(crate) fn eat(self, c: char) -> Option<Cursor<'a>> {
        (self.peek() == Some(c)).then(|| self.skip(c.len_utf8()))
    }

    pub(crate) fn skip_any(self, any: &[char]) -> Cursor<'a> {
        let rest = self.rest();
        self.skip(rest.len() - rest.trim_start_matches(any).len())
    }

    pub(crate) fn skip_spaces(self) -> Cursor<'a> {
        self.skip_any(&SPACES)
    }

    /// A run of digits, ASCII or Arabic: its value, how many there are, and the place behind it.
    /// None longer than [`DIGITS_MAX`].
    pub(crate) fn number(self) -> Option<(u32, usize, Cursor<'a>)> {
        let mut value = 0;
        let mut digits = 0;
        let mut end = self;
        while let Some(c) = end.peek()
            && let Some(digit) = digit(c)
        {
            digits += 1;
            if digits > DIGITS_MAX {
                return None;
            }
            value = value * 10 + digit;
            end = end.skip(c.len_utf8());
        }
        (digits > 0).then_some((value, digits, end))
    }

    /// A run of letters.
    pub(crate) fn word(self) -> Option<(&'a str, Cursor<'a>)> {
        let rest = self.rest();
        let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        (end > 0).then(|| (&rest[..end], self.skip(end)))
    }
}

/// Whether `c` is of a word. Accents that follow their letter and the Tamil virama are no letters
/// to Unicode.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}' | '\u{bcd}')
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        _ => None,
    }
}
