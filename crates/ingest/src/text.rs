//! Plain text: finds headline and publishing lines, and joins wrapped lines to paragraphs.

use crate::dateline::dateline;
use crate::draft::Draft;
use crate::input::Input;
use crate::output::Output;
use crate::paragraphs::{paragraphs, squeeze};
use crate::read::Flow;
use crate::{encoding, metadata};

/// Publishing lines stand within so many lines of the head or the foot.
const PUBLISHING_LINES_MAX: usize = 16;
/// A text of which more than one in so many bytes is a control character is none.
const CONTROL_PARTS: usize = 20;
/// No headline has more characters.
const HEADLINE_CHARS_MAX: usize = 150;
/// A paragraph below a headline without a blank line has at least so many characters …
const LEAD_CHARS_MIN: usize = 100;
/// … and so many times those of the headline, in per cent.
const LEAD_PERCENT_MIN: usize = 150;

/// Reads a file that is one article.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    read_whole(input, output, |text| {
        let mut draft = Draft::default();
        compose(text, &mut draft);
        draft
    })
}

/// Reads a file that is one article, whatever its encoding; `draft` is given its text.
pub(crate) fn read_whole(
    input: &mut Input<'_>,
    output: &mut Output<'_>,
    draft: fn(&str) -> Draft,
) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    let Some(bytes) = input.whole(bytes_max)? else {
        let reason =
            format!("longer than the {bytes_max} bytes that a file of one article may have");
        return Ok(output.skip(None, reason));
    };
    let text = encoding::decode(&bytes, None).text;
    if let Some(at) = memchr::memchr(0, text.as_bytes()).filter(|_| is_binary(&text)) {
        return Ok(output.skip_at(at as u64, "not a text: it holds a NUL"));
    }
    let draft = draft(&text);
    Ok(output.draft(None, draft))
}

/// Whether a text is too full of control characters to be one; bytes without meaning have them in
/// every tenth place.
fn is_binary(text: &str) -> bool {
    let is_control = |c: &char| c.is_control() && !c.is_whitespace();
    text.chars().filter(is_control).count() * CONTROL_PARTS > text.len()
}

/// Puts a text into `draft`: its publishing lines into the fields that are still empty, its
/// first line into the title if that is empty and the line is a headline, the rest into the body.
pub(crate) fn compose(text: &str, draft: &mut Draft) {
    let lines: Vec<&str> = lines(text);
    let mut head = 0;
    let mut seen = 0;
    while let Some(next) = lines[head..]
        .iter()
        .position(|line| !line.trim().is_empty())
    {
        let at = head + next;
        let line = lines[at];
        let repeats = |title: &String| squeeze(line) == squeeze(title);
        if seen < PUBLISHING_LINES_MAX && (is_ornament(line) || metadata::take(line, draft))
            || draft.title.as_ref().is_some_and(repeats)
        {
            head = at + 1;
        } else if draft.title.is_none() && is_headline(&lines[at..]) {
            draft.title = Some(line.to_owned());
            head = at + 1;
        } else {
            head = at;
            break;
        }
        seen += 1;
    }
    let mut foot = lines.len();
    for _ in 0..PUBLISHING_LINES_MAX {
        let last = lines[head..foot]
            .iter()
            .rposition(|line| !line.trim().is_empty());
        let Some(last) = last.map(|last| head + last) else {
            break;
        };
        let line = lines[last];
        // An address at the head is the article's; at the foot it may be any, and as the id of
        // several articles it would make them overwrite each other.
        let is_publishing = !metadata::is_address(line.trim()) && metadata::take(line, draft);
        if !is_ornament(line) && !is_publishing {
            foot = last + 1;
            break;
        }
        foot = last;
    }
    draft.body = paragraphs(&lines[head..foot]);
}

/// `###`, `* * *`, `—`: what agencies and offices set above or below a text.
fn is_ornament(line: &str) -> bool {
    !line.contains(char::is_alphanumeric)
}

/// The lines of a text, ended by LF, CRLF or CR.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if bytes[end] != b'\n' || end == 0 || bytes[end - 1] != b'\r' {
            lines.push(&text[start..end]);
        }
        start = end + 1;
    }
    lines.push(&text[start..]);
    lines
}

/// Whether the first of these lines is a headline: short, no sentence and no dateline, and
/// followed by a blank line, a publishing line, or a clearly longer paragraph.
fn is_headline(lines: &[&str]) -> bool {
    let Some((first, rest)) = lines.split_first() else {
        return false;
    };
    let line = first.trim();
    let chars = line.chars().count();
    if chars > HEADLINE_CHARS_MAX || !line.contains(char::is_alphabetic) || ends_sentence(line) {
        return false;
    }
    if dateline(line).is_some_and(|dateline| dateline.end == line.len()) {
        return false;
    }
    let Some(next) = rest
        .iter()
        .map(|line| line.trim())
        .find(|line| !line.is_empty())
    else {
        return false;
    };
    let lead = next.chars().count();
    rest[0].trim().is_empty()
        || metadata::is_publishing(next)
        || lead >= LEAD_CHARS_MIN && lead * 100 >= chars * LEAD_PERCENT_MIN
}

/// Whether a line ends as sentences do and headlines do not. A question may be a headline, and
/// so may what ends in an acronym (`U.S.`).
fn ends_sentence(line: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or_default();
    let is_acronym = last.len() > 2 && last.split_terminator('.').all(|part| part.len() == 1);
    let line = line.trim_end_matches(['"', '”', '»', '’', '\'']);
    line.ends_with([',', ';', ':', '—', '–']) || line.ends_with('.') && !is_acronym
}
