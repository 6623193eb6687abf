//! Lines to paragraphs: joins what was hard-wrapped and collapses white space.

/// Lines of a hard-wrapped text are no longer than this many characters; mail and wire systems
/// wrap at 65 to 80, some at 96.
const WRAP_CHARS_MAX: usize = 100;
/// Wrapped lines fill at least this share of the longest line, in per cent: no word but a very
/// long one leaves more of a line empty.
const WRAP_FILL_PERCENT: usize = 60;
/// A text is wrapped when this share of the lines that go on are filled, in per cent.
const WRAPPED_PERCENT: usize = 75;
/// Shorter lines are a list or verse, not wrapped prose.
const WRAP_CHARS_MIN: usize = 40;

/// The paragraphs of a text given by its lines: one line each, parted by `\n`, none empty.
///
/// A blank line ends a paragraph. So does every other line end, unless the text is hard-wrapped,
/// which shows in lines that are all nearly full.
pub(crate) fn paragraphs(lines: &[&str]) -> String {
    let wrapped = wrapped_lengths(lines);
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
    let mut open = false;
    for (number, line) in lines.iter().enumerate() {
        let joins = open
            && wrapped.as_ref().is_some_and(|(lengths, width)| {
                let is_full = is_filled(lengths[number - 1], *width);
                continues(lines[number - 1], is_full, line)
            });
        let start = text.len();
        if start > 0 {
            text.push(if joins { ' ' } else { '\n' });
        }
        let content = text.len();
        squeeze_into(line, &mut text);
        open = text.len() > content;
        if !open {
            text.truncate(start);
        } else if joins && text[..start].ends_with('-') && is_word_break(&text, start) {
            // `counter-` / `narcotics`: the hyphen is kept, since it may be part of the word.
            text.remove(start);
        }
    }
    text
}

/// Appends `text` with every run of white space as one space and none at the ends.
pub(crate) fn squeeze_into(text: &str, into: &mut String) {
    let text = text.trim();
    if is_squeezed(text) {
        return into.push_str(text);
    }
    let start = into.len();
    for word in text.split_whitespace() {
        if into.len() > start {
            into.push(' ');
        }
        into.push_str(word);
    }
}

/// `text` with every run of white space as one space and none at the ends.
pub(crate) fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    squeeze_into(text, &mut squeezed);
    squeezed
}

/// Whether all white space inside `text` is single spaces. Nearly every line is like that, and
/// looking at its bytes, many at a time, is several times faster than parting and joining words.
fn is_squeezed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let is_double = |(a, b): (&u8, &u8)| (*a == b' ') & (*b == b' ');
    // Without a branch, which is what lets the compiler take many bytes at a time.
    let has_doubles = bytes
        .iter()
        .zip(next)
        .fold(false, |any, pair| any | is_double(pair));
    let has_controls = bytes
        .iter()
        .fold(false, |any, byte| any | matches!(byte, 0x09..=0x0D));
    if has_doubles || has_controls {
        return false;
    }
    // The first bytes of all other white space in UTF-8.
    let starts = memchr::memchr3_iter(0xC2, 0xE1, 0xE2, bytes);
    let mut others = starts.chain(memchr::memchr_iter(0xE3, bytes));
    !others.any(|at| text[at..].starts_with(char::is_whitespace))
}

/// The length of each line in characters, if the text is hard-wrapped, and of the longest.
fn wrapped_lengths(lines: &[&str]) -> Option<(Vec<usize>, usize)> {
    // The first long line tells, so that most texts are not counted through.
    let is_long =
        |line: &&str| line.len() > WRAP_CHARS_MAX && line.trim().chars().count() > WRAP_CHARS_MAX;
    if lines.iter().any(is_long) {
        return None;
    }
    let lengths: Vec<usize> = lines
        .iter()
        .map(|line| line.trim().chars().count())
        .collect();
    let width = lengths
        .iter()
        .copied()
        .max()
        .filter(|width| *width >= WRAP_CHARS_MIN)?;
    let is_paragraph = |at: usize| is_indented(lines[at]) && !is_indented(lines[at - 1]);
    let going_on = || {
        let pairs = lengths.windows(2).zip(1..);
        pairs.filter(|(pair, at)| pair[0] > 0 && pair[1] > 0 && !is_paragraph(*at))
    };
    let filled = going_on()
        .filter(|(pair, _)| is_filled(pair[0], width))
        .count();
    let is_wrapped = filled > 0 && filled * 100 >= going_on().count() * WRAPPED_PERCENT;
    is_wrapped.then_some((lengths, width))
}

fn is_filled(length: usize, width: usize) -> bool {
    length * 100 >= width * WRAP_FILL_PERCENT
}

fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t', '\u{a0}'])
}

/// Whether the paragraph of `previous`, a line that is full or not, goes on in `line`.
fn continues(previous: &str, is_full: bool, line: &str) -> bool {
    if is_indented(line) && !is_indented(previous) {
        return false;
    }
    let ends_sentence = previous
        .trim_end()
        .ends_with(['.', '!', '?', '”', '"', '»', ':']);
    is_full || !ends_sentence
}

fn is_word_break(text: &str, hyphen_end: usize) -> bool {
    let before = text[..hyphen_end - 1].chars().next_back();
    let after = text[hyphen_end + 1..].chars().next();
    before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrap(text: &str, width: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let line = lines.last_mut().unwrap();
            if !line.is_empty() && line.len() + 1 + word.len() > width {
                lines.push(word.to_owned());
            } else {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
        }
        lines
    }

    #[test]
    fn leaves_lists_and_verse_as_they_are() {
        let lines = ["Roses are red", "Violets are blue", "", "Sugar"];
        assert_eq!(paragraphs(&lines), "Roses are red\nViolets are blue\nSugar");
    }

    #[test]
    fn takes_indented_lines_for_paragraphs() {
        let full = "The first line of a paragraph fills the column of its page well";
        let indented = format!("  {full}");
        let lines = [indented.as_str(), full, indented.as_str(), full];
        assert_eq!(paragraphs(&lines).lines().count(), 2);
    }

    proptest! {
        #[test]
        fn unwrapping_undoes_wrapping(
            texts in prop::collection::vec(prop::collection::vec("[a-z]{1,9}", 30..80), 1..5),
            width in 60usize..90,
        ) {
            let texts: Vec<String> = texts.iter().map(|words| words.join(" ")).collect();
            let mut lines: Vec<String> = Vec::new();
            for text in &texts {
                lines.extend(wrap(text, width));
                lines.push(String::new());
            }
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            prop_assert_eq!(paragraphs(&lines), texts.join("\n"));
        }

        #[test]
        fn squeezing_is_joining_words(text in "[ a\t\u{a0}\u{2003}\u{3000}é’\n]{0,20}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(squeeze(&text), words.join(" "));
        }
    }
}
