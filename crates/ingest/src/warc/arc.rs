//! ARC, the format of web archives before WARC
//! (<https://archive.org/web/researcher/ArcFileFormat.php>): a line of fields before each page.

use std::ops::ControlFlow;

use super::lines::{Block, Lines, skip_cut, too_long};
use super::{put, response};
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Fields of version 1, of which the first may hold spaces: address, host, time, type, length.
const FIELDS: usize = 5;
/// Version 2 has five more before the length.
const FIELDS_OF_VERSION_2: usize = 10;

/// Reads ARC.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    let mut lines = Lines::new(input);
    let mut fields = FIELDS;
    let mut number = 0;
    while let Some(line) = lines.next()? {
        if line.is_empty() {
            continue;
        }
        let line = String::from_utf8_lossy(line).into_owned();
        let offset = lines.offset();
        let Some(head) = head(&line, fields) else {
            let begins_record =
                |line: &[u8]| self::head(&String::from_utf8_lossy(line), fields).is_some();
            if lines
                .pass(output, offset, "no record begins here", begins_record)?
                .is_break()
            {
                return Ok(ControlFlow::Break(()));
            }
            continue;
        };
        let result = match lines.block(head.length, bytes_max, true)? {
            Block::Cut(read) => return Ok(skip_cut(output, offset, read, head.length)),
            Block::Passed => Err(too_long(head.length, bytes_max)),
            Block::Whole(block) if head.url.starts_with("filedesc:") => {
                fields = fields_of(&block);
                continue;
            }
            Block::Whole(block) if head.url.starts_with("http") => {
                response(&block, head.url, bytes_max)
            }
            Block::Whole(_) => Err(format!("not a page of the web: {}", head.url)),
        };
        number += 1;
        let flow = put(output, Some(number), &time(head.fetched), result);
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

struct Head<'a> {
    url: &'a str,
    /// Fourteen digits: year to second, in UTC.
    fetched: &'a str,
    length: u64,
}

/// The fields of a line; `None` when it is none.
fn head(line: &str, fields: usize) -> Option<Head<'_>> {
    let mut from_end = line.rsplitn(fields, ' ');
    let length = from_end.next()?.parse().ok()?;
    let mut rest: Vec<&str> = from_end.collect();
    rest.reverse();
    let [url, _, fetched, ..] = rest[..] else {
        return None;
    };
    let is_time = fetched.len() == 14 && fetched.bytes().all(|b| b.is_ascii_digit());
    (is_time && url.contains(':')).then_some(Head {
        url,
        fetched,
        length,
    })
}

/// How many fields the lines have, by the version in the first block: `2 0 Internet Archive`.
fn fields_of(block: &[u8]) -> usize {
    match block.trim_ascii_start().first() {
        Some(b'2') => FIELDS_OF_VERSION_2,
        _ => FIELDS,
    }
}

/// `20140216050221` as `2014-02-16T05:02:21Z`.
fn time(digits: &str) -> String {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let [year, month, day] = [part(0, 4), part(4, 6), part(6, 8)];
    let [hour, minute, second] = [part(8, 10), part(10, 12), part(12, 14)];
    format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z")
}
