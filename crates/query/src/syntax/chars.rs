//! Signs that are what they look like: queries are pasted from word processors, chats and web
//! pages, which replace what was typed.

/// The sign that a character stands for in the query language; most stand for themselves.
pub(super) fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '❝' | '❞' | '〝' | '〞' | '〟' => {
            '"'
        }
        // Hyphens that are not broken at, the dash that word processors make of one, minus signs.
        '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}' | '\u{FE63}' => '-',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{2217}' => '*',
        '\u{223C}' | '\u{301C}' => '~',
        // Blanks that break no line, and those that have no width.
        '\u{200B}' | '\u{2060}' | '\u{FEFF}' => ' ',
        // Full-width forms of ASCII stand in its order.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// A text with every sign as what it stands for; as many characters as before.
pub(super) fn plain_text(text: &str) -> String {
    text.chars().map(plain).collect()
}

pub(super) fn is_blank(c: char) -> bool {
    plain(c) == ' '
}

pub(super) fn is_quote(c: char) -> bool {
    plain(c) == '"'
}
