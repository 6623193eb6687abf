//! How text is laid out: width, colour, wrapping and alignment. Pure: texts in, texts out.
//!
//! Articles come from anywhere. Whatever is painted or wrapped here loses its control
//! characters first, so that no headline can move the cursor or recolour the terminal.

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

/// Headlines and headings.
pub(crate) const TITLE: Style = Style::new().bold();
/// The words of a headline that matched.
pub(crate) const TITLE_MATCH: Style = Style::new().bold().underline();
/// The words of a text that matched.
pub(crate) const MATCH: Style = Style::new().bold();
/// People.
pub(crate) const PERSON: Style = AnsiColor::Cyan.on_default();
/// Countries.
pub(crate) const COUNTRY: Style = AnsiColor::Green.on_default();
/// Organisations.
pub(crate) const ORGANISATION: Style = AnsiColor::Magenta.on_default();
/// Places that are no countries.
pub(crate) const PLACE: Style = AnsiColor::Yellow.on_default();
/// What one looks for only when one needs it: paths, ids, counts.
pub(crate) const QUIET: Style = Style::new().dimmed();

/// Lines are not laid out narrower than this; below it nothing readable remains.
const WIDTH_MIN: usize = 24;
/// Longer lines of running text tire the eye.
const WIDTH_MAX: usize = 100;

/// The width and the colours that a text is laid out for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    width: usize,
    colour: bool,
}

impl Look {
    /// A look for lines of `width` columns.
    pub(crate) fn new(width: usize, colour: bool) -> Look {
        let width = width.clamp(WIDTH_MIN, WIDTH_MAX);
        Look { width, colour }
    }

    /// Columns of a line.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Whether styles show; without them, what they say must be said in characters.
    pub(crate) fn has_colour(&self) -> bool {
        self.colour
    }

    /// The text in a style. Each word is styled by itself, so that wrapping between words never
    /// leaves a style open at the end of a line, which pagers lose.
    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        let text = clean(text);
        if !self.colour {
            return text;
        }
        let words = text.split(' ').map(|word| match word {
            "" => String::new(),
            word => format!("{style}{word}{style:#}"),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// The painted text broken into lines that begin with `indent`, each ended.
    pub(crate) fn wrap(&self, text: &str, indent: &str) -> String {
        self.wrap_hanging(text, indent, indent)
    }

    /// Like [`Look::wrap`], with another indent for the first line.
    pub(crate) fn wrap_hanging(&self, text: &str, first: &str, rest: &str) -> String {
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let lines = textwrap::wrap(text.trim_end(), options);
        lines
            .iter()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect()
    }
}

/// The text with each control character, and each character that turns the direction of the
/// text around it, replaced by a space. Offsets in Unicode scalar values stay true.
pub(crate) fn clean(text: &str) -> String {
    let turns = |c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.replace(|c: char| c.is_control() || turns(c), " ")
}

/// The unpainted text cut to `width` columns, with an ellipsis where something is missing.
pub(crate) fn truncate(text: &str, width: usize) -> String {
    let text = clean(text);
    if display_width(&text) <= width {
        return text;
    }
    let mut cut = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used >= width {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}

/// The painted text followed by spaces up to `width` columns.
pub(crate) fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// The number with the thousands set apart: 12,345.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The number with the noun in singular or plural.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        thousands(number),
        if number == 1 { one } else { many }
    )
}

/// The text with its styles written as `<36:…>`, so that an expectation can be read.
#[cfg(test)]
pub(super) fn legible(painted: &str) -> String {
    let ends_marked = painted.replace("\u{1b}[0m", ">");
    let mut pieces = ends_marked.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        format!("{text}<{}", piece.replacen('m', ":", 1))
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn wraps_by_display_width_and_leaves_no_style_open() {
        let look = Look::new(24, true);
        let text = look.paint(TITLE, "Cumbre de Cartagena: 合意なし 合意なし");
        let lines = look.wrap(&text, "> ");
        for line in lines.lines() {
            assert!(display_width(line) <= 24, "{line}");
            assert_eq!(
                line.matches("\u{1b}[1m").count(),
                line.matches("\u{1b}[0m").count()
            );
        }
        expect![[r#"
            > Cumbre de Cartagena:
            > 合意なし 合意なし
        "#]]
        .assert_eq(&anstream::adapter::strip_str(&lines).to_string());
    }

    #[test]
    fn breaks_words_longer_than_the_line() {
        let look = Look::new(24, false);
        expect![[r#"
            https://herald.example/2
            026/02/03/us-sanctions
        "#]]
        .assert_eq(&look.wrap("https://herald.example/2026/02/03/us-sanctions", ""));
    }

    #[test]
    fn control_characters_cannot_reach_the_terminal() {
        let look = Look::new(80, false);
        assert_eq!(look.paint(TITLE, "a\u{1b}[2Jb\u{202E}c\r\n"), "a [2Jb c  ");
    }

    #[test]
    fn truncates_to_columns_not_characters() {
        for (text, width, expected) in [
            ("Colombia", 8, "Colombia"),
            ("Colombia", 7, "Colomb…"),
            ("合意なし", 8, "合意なし"),
            ("合意なし", 7, "合意な…"),
            ("合意なし", 6, "合意…"),
            ("", 3, ""),
        ] {
            assert_eq!(truncate(text, width), expected, "{text} in {width}");
        }
    }

    #[test]
    fn sets_thousands_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1234567, "1,234,567"),
        ] {
            assert_eq!(thousands(number), text);
        }
    }
}
