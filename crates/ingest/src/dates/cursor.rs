//! A place in a text from which numbers and words are read. Copied freely, to try and go back.

#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

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

    /// A run of ASCII digits: its value, its length, and the place behind it. None longer than
    /// nine digits, so that the value fits.
    pub(crate) fn number(self) -> Option<(u32, usize, Cursor<'a>)> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 9 {
            return None;
        }
        let value = self.rest()[..digits].parse().ok()?;
        Some((value, digits, self.skip(digits)))
    }

    /// A run of letters.
    pub(crate) fn word(self) -> Option<(&'a str, Cursor<'a>)> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        (end > 0).then(|| (&rest[..end], self.skip(end)))
    }
}
