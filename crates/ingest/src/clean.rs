//! The characters of a text: takes out those that carry none, and tells text that was decoded in
//! the wrong encoding. Repairs nothing that may be meant.

use std::borrow::Cow;

use crate::paragraphs::squeeze;

/// Text without control characters, soft hyphens and marks of zero width. What parts lines or
/// paragraphs in Unicode parts lines.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(replacement).collect())
}

/// Text on one line: clean, white space collapsed, cut to so many characters.
pub(crate) fn one_line(text: &str, chars_max: usize) -> String {
    let mut line = squeeze(&clean(text));
    if let Some((end, _)) = line.char_indices().nth(chars_max) {
        line.truncate(line[..end].trim_end().len());
    }
    line
}

/// Whether a text shows UTF-8 that was read as Latin: `Ã©`, `â€™`, `ÐŸÑ€`.
pub(crate) fn has_mojibake(text: &str) -> bool {
    // The first byte of all signs; most texts have few of them.
    const FIRST_BYTE: u8 = 0xC3;
    let mut signs = 0;
    for at in memchr::memchr_iter(FIRST_BYTE, text.as_bytes()) {
        let mut chars = text[at..].chars();
        let (first, second) = (chars.next(), chars.next());
        let is_sign = match (first, second) {
            (Some('Ã' | 'Ð' | 'Ñ'), Some(next)) => is_trailing_byte(next),
            (Some('â'), Some('€' | '\u{80}')) => chars.next().is_some_and(is_trailing_byte),
            _ => false,
        };
        signs += usize::from(is_sign);
        if signs >= SIGNS_MIN {
            return true;
        }
    }
    false
}

/// One may be a name, a formula or a quotation.
const SIGNS_MIN: usize = 2;

/// Whether a character is what windows-1252 or Latin 1 makes of a second or third byte of UTF-8.
fn is_trailing_byte(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{BF}') || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(c)
}

/// Whether every character stands for itself. Nearly every text is like that, so this looks at
/// bytes: all for controls, many at a time, and then those that begin what else may have to go,
/// which are C1 controls, soft hyphen, zero width space, separators of lines, byte order mark.
fn is_clean(text: &str) -> bool {
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') & (byte != b'\t') | (byte == 0x7F);
    // Without a branch, which is what lets the compiler take many bytes at a time.
    let has_controls = text.bytes().fold(false, |any, byte| any | is_control(byte));
    let changes = |at: usize| {
        let c = text[at..].chars().next();
        c.is_some_and(|c| replacement(c) != Some(c))
    };
    !has_controls && !memchr::memchr3_iter(0xC2, 0xE2, 0xEF, text.as_bytes()).any(changes)
}

/// What stands for a character: mostly itself.
fn replacement(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn takes_out_what_is_no_character() {
        assert_eq!(
            clean("co\u{ad}op\u{7}era\u{200b}ti\u{2060}on\u{9d}\u{0}"),
            "cooperation"
        );
        assert_eq!(clean("a\u{2029}b\u{85}c"), "a\nb\nc");
        assert!(matches!(clean("Öl — „gut“\n\tja"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn a_text_is_clean_exactly_if_each_character_stands_for_itself(
            text in "[a\\nÀéß\u{7}\u{7f}\u{85}\u{ad}\u{200b}\u{2028}\u{201c}\u{feff}\u{fffd}]{0,40}",
        ) {
            prop_assert_eq!(is_clean(&text), text.chars().all(|c| replacement(c) == Some(c)));
        }
    }

    #[test]
    fn tells_text_in_the_wrong_encoding() {
        for text in ["DÃ©jÃ\u{a0} vu", "donâ€™t, she said: â€œno", "ÐŸÑ€Ð¸Ð²ÐµÑ‚"]
        {
            assert!(has_mojibake(text), "{text}");
        }
        for text in [
            "SÃO PAULO e a AÇÃO",
            "Ñandú, Ðặng, « À L’Île »",
            "the sign Ã© alone",
            "Привет",
            "größer – „so“",
        ] {
            assert!(!has_mojibake(text), "{text}");
        }
    }
}
