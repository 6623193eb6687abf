//! IPTC 7901 and ANPA 1312: messages of teleprinter lines, each a header, a text and a trailer
//! between control characters.

use std::ops::ControlFlow;

use dateline_corpus::DateOrigin;

use crate::draft::Draft;
use crate::input::Input;
use crate::output::Output;
use crate::published::Claim;
use crate::read::Flow;
use crate::text::compose;
use crate::{agencies, authors, encoding};

const START_OF_HEADER: u8 = 0x01;
const START_OF_TEXT: u8 = 0x02;
const END_OF_TEXT: u8 = 0x03;
/// What lines send before a message, and between two.
const IDLE: &[u8] = &[0x00, 0x04, 0x16, 0x7f, b'\r', b'\n', b' '];
/// No header is longer; what has no text by then is no message.
const HEADER_BYTES_MAX: usize = 512;

/// The line of the agency is among the first so many: behind headline and byline.
const AGENCY_LINES_MAX: usize = 4;

/// Whether an input that begins with `head` holds wire messages.
pub(crate) fn is_message(head: &[u8]) -> bool {
    let start = head.iter().position(|byte| !IDLE.contains(byte));
    let message = start.map(|start| &head[start..]).unwrap_or_default();
    let near = &message[..message.len().min(HEADER_BYTES_MAX)];
    near.first() == Some(&START_OF_HEADER) && near.contains(&START_OF_TEXT)
}

/// Reads wire messages.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    let Some(bytes) = input.whole(bytes_max)? else {
        let reason = format!("longer than the {bytes_max} bytes that a file of messages may have");
        return Ok(output.skip(None, reason));
    };
    let messages = bytes.split(|byte| *byte == START_OF_HEADER);
    let is_filled = |message: &&[u8]| message.iter().any(|byte| !IDLE.contains(byte));
    for (number, message) in (1..).zip(messages.filter(is_filled)) {
        let flow = match message_draft(message) {
            Ok(draft) => output.draft(Some(number), draft),
            Err(reason) => output.skip(Some(number), reason),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn message_draft(message: &[u8]) -> Result<Draft, String> {
    let start =
        memchr::memchr(START_OF_TEXT, message).ok_or("a message without a start of its text")?;
    let text = &message[start + 1..];
    let end = memchr::memchr(END_OF_TEXT, text).ok_or("a message without an end of its text")?;
    let decoded = encoding::decode(&text[..end], None);
    let mut draft = Draft::default();
    let trailer = encoding::decode(&text[end + 1..], None);
    draft.claims.extend(sent(&trailer.text).map(|text| Claim {
        text,
        origin: DateOrigin::Field,
        is_update: false,
    }));
    let body = tabulated(&decoded.text, &mut draft);
    compose(&body, &mut draft);
    Ok(draft)
}

/// The text without the lines that ANPA marks at its head (`^Bridge reopens^`, `^By JANE ROE=`),
/// which go into the draft, and without the signs that drive the typesetter.
fn tabulated(text: &str, draft: &mut Draft) -> String {
    let is_sign = |c: char| c.is_control() && c != '\n' && c != '\t';
    let mut marked = 0;
    let mut lines = 0;
    let mut body = String::with_capacity(text.len());
    for line in text.replace("\r\n", "\n").split(['\n', '\r']) {
        let line = line.replace(is_sign, "");
        let Some(content) = line.trim_start().strip_prefix('^').filter(|_| lines == 0) else {
            // Below the byline, `Associated Press` on a line of its own.
            let agency = agencies::agency(&line).filter(|_| lines < AGENCY_LINES_MAX);
            lines += usize::from(!line.trim().is_empty());
            if let Some(agency) = agency {
                draft.agency.get_or_insert(agency.to_owned());
                continue;
            }
            body.push_str(line.trim_end_matches(['<', '=', '^']));
            body.push('\n');
            continue;
        };
        let content = content.trim_matches(['^', '<', '>', '=', ' ', '\t']);
        marked += 1;
        match authors::behind_by(content) {
            Some(names) => draft.authors = authors::split(names),
            // The first line is the slug, by which editors find the message.
            None if marked > 1 && draft.title.is_none() => draft.title = Some(content.to_owned()),
            None => {}
        }
    }
    body
}

/// When the message was sent, in a form that is read as a date: `261501 Feb 87` of IPTC 7901 is day,
/// hour, minute, month and year; `AP-NY-02-26-87 1501EST` of ANPA 1312 month, day, year and time.
fn sent(trailer: &str) -> Option<String> {
    let words: Vec<&str> = trailer
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    words
        .windows(3)
        .find_map(|words| {
            let [time, month, year] = words else {
                return None;
            };
            let is_group = is_number(time)
                && time.len() == 6
                && is_number(year)
                && matches!(year.len(), 2 | 4);
            let (day, hour, minute) = (time.get(..2)?, time.get(2..4)?, time.get(4..)?);
            is_group.then(|| format!("{day}-{month}-{year} {hour}:{minute}"))
        })
        .or_else(|| {
            words.windows(2).find_map(|words| {
                let [date, time] = words else {
                    return None;
                };
                let parts: Vec<&str> = date.rsplit('-').take(3).collect();
                let [year, day, month] = parts[..] else {
                    return None;
                };
                let is_date = [year, day, month]
                    .iter()
                    .all(|part| is_number(part) && part.len() == 2);
                let (hour, minute, zone) = (time.get(..2)?, time.get(2..4)?, time.get(4..)?);
                let is_time = is_number(hour) && is_number(minute);
                (is_date && is_time).then(|| format!("{day}.{month}.{year} {hour}:{minute} {zone}"))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_when_a_message_was_sent() {
        for (trailer, found) in [
            (
                "\r\ndpa ab yynn cd\r\n261501 Feb 87\r\n",
                Some("26-Feb-87 15:01"),
            ),
            ("AP-NY-02-26-87 1501EST", Some("26.02.87 15:01 EST")),
            ("no date here 123", None),
            ("é-é-é éééé", None),
            ("", None),
        ] {
            assert_eq!(sent(trailer).as_deref(), found, "{trailer}");
        }
    }

    #[test]
    fn a_file_that_begins_with_a_control_character_need_not_be_a_message() {
        assert!(is_message(b"\x16\x16\x01abc0001 4 i 12\r\n\x02Text\x03"));
        assert!(!is_message(b"\x01\x00\x00\x00binary"));
        assert!(!is_message(b""));
    }
}
