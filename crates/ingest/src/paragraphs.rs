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
    let width = wrap_width(lines);
    let mut text = String::new();
    let mut open = false;
    let mut previous = "";
    for line in lines {
        let joins = open && width.is_some_and(|width| continues(previous, line, width));
        previous = line;
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

/// The length of the longest line, if the text is hard-wrapped.
fn wrap_width(lines: &[&str]) -> Option<usize> {
    let mut width = 0;
    for line in lines {
        // The first long line tells, so that long texts are not counted through.
        if line.len() > WRAP_CHARS_MAX && line.trim().chars().count() > WRAP_CHARS_MAX {
            return None;
        }
        width = width.max(line.trim().chars().count());
    }
    if width < WRAP_CHARS_MIN {
        return None;
    }
    let goes_on = |pair: &&[&str]| !pair[0].trim().is_empty() && !pair[1].trim().is_empty();
    let going_on: Vec<&str> = lines
        .windows(2)
        .filter(goes_on)
        .map(|pair| pair[0])
        .collect();
    let filled = going_on
        .iter()
        .filter(|line| is_filled(line, width))
        .count();
    (!going_on.is_empty() && filled * 100 >= going_on.len() * WRAPPED_PERCENT).then_some(width)
}

fn is_filled(line: &str, width: usize) -> bool {
    line.trim().chars().count() * 100 >= width * WRAP_FILL_PERCENT
}

/// Whether the paragraph of `previous` goes on in `line`.
fn continues(previous: &str, line: &str, width: usize) -> bool {
    let is_indented = |line: &str| line.starts_with([' ', '\t', '\u{a0}']);
    if is_indented(line) && !is_indented(previous) {
        return false;
    }
    let ends_sentence = previous
        .trim_end()
        .ends_with(['.', '!', '?', '”', '"', '»', ':']);
    is_filled(previous, width) || !ends_sentence
}

fn is_word_break(text: &str, hyphen_end: usize) -> bool {
    let before = text[..hyphen_end - 1].chars().next_back();
    let after = text[hyphen_end + 1..].chars().next();
    before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_lowercase)
}
