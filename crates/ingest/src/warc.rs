//! Web archives: WARC (ISO 28500) and its predecessor ARC. Each page that was fetched is an
//! article.
//!
//! Records are framed here and not by a library, so that a broken one costs no other: behind it
//! reading goes on where the next record begins, and what was passed over is reported with its
//! place and length. Every byte belongs to a record or to such a report. Records that tell of the
//! crawl itself (`warcinfo`, `request`, `metadata`) are passed by; every other is an item.

mod arc;
mod http;
mod lines;

use std::io;
use std::ops::ControlFlow;

use crate::dates;
use crate::draft::Draft;
use crate::input::Input;
use crate::output::Output;
use crate::page;
use crate::read::Flow;
use lines::{Block, HEAD_BYTES_MAX, Lines, TOO_LONG, skip_cut, too_long};

pub(crate) use arc::read as read_arc;

/// Types of records that hold nothing that was fetched.
const SILENT: &[&str] = &["warcinfo", "request", "metadata"];

/// Reads WARC.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let mut lines = Lines::new(input);
    let mut number = 0;
    let mut has_items = false;
    while let Some((offset, head)) = next_head(&mut lines)? {
        let flow = match head {
            Err(reason) => {
                has_items = true;
                lines.pass(output, offset, reason, begins_record)?
            }
            Ok(head) if SILENT.contains(&head.kind()) => {
                read_record(&mut lines, output, &head, None)?
            }
            Ok(head) => {
                has_items = true;
                number += 1;
                read_record(&mut lines, output, &head, Some(number))?
            }
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(match has_items {
        true => ControlFlow::Continue(()),
        false => output.skip(None, "the archive holds nothing that was fetched"),
    })
}

/// The head of a record.
#[derive(Debug, Default)]
struct Head {
    offset: u64,
    /// Names in lower case.
    fields: Vec<(String, String)>,
    length: u64,
}

impl Head {
    fn field(&self, name: &str) -> &str {
        let named = self.fields.iter().find(|(field, _)| field == name);
        named.map_or("", |(_, value)| value)
    }

    fn kind(&self) -> &str {
        self.field("warc-type")
    }
}

fn begins_record(line: &[u8]) -> bool {
    line.starts_with(b"WARC/")
}

/// The place and head of the next record, or what is wrong with it; `None` at the end. Empty
/// lines between records are passed.
fn next_head(lines: &mut Lines<'_, '_>) -> io::Result<Option<(u64, Result<Head, &'static str>)>> {
    loop {
        match lines.next()? {
            None => return Ok(None),
            Some([]) => {}
            Some(line) if begins_record(line) => break,
            Some(_) => return Ok(Some((lines.offset(), Err("no record begins here")))),
        }
    }
    let offset = lines.offset();
    Ok(Some((offset, head(lines, offset)?)))
}

fn head(lines: &mut Lines<'_, '_>, offset: u64) -> io::Result<Result<Head, &'static str>> {
    let mut head = Head {
        offset,
        ..Head::default()
    };
    loop {
        let text = match lines.next()? {
            None => return Ok(Err("the file ends within the head of this record")),
            Some([]) => break,
            Some(line) => String::from_utf8_lossy(line).into_owned(),
        };
        if text.as_bytes() == TOO_LONG || lines.offset() - offset > HEAD_BYTES_MAX as u64 {
            lines.put_back();
            return Ok(Err("the head of this record is too long"));
        }
        match (text.split_once(':'), head.fields.last_mut()) {
            // A line that begins with white space goes on with the field before.
            (_, Some((_, value))) if text.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(text.trim());
            }
            (Some((name, value)), _) => {
                let name = name.trim().to_ascii_lowercase();
                head.fields.push((name, value.trim().to_owned()));
            }
            (None, _) => {
                // It may begin the next record.
                lines.put_back();
                return Ok(Err("the head of this record has a line that is no field"));
            }
        }
    }
    match head.field("content-length").parse() {
        Ok(length) => Ok(Ok(Head { length, ..head })),
        Err(_) => Ok(Err("this record does not say how long it is")),
    }
}

/// Reads the block of a record, and makes of it what it is. `record` is `None` for one that is
/// passed by.
fn read_record(
    lines: &mut Lines<'_, '_>,
    output: &mut Output<'_>,
    head: &Head,
    record: Option<u64>,
) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    let block = match lines.block(head.length, bytes_max, record.is_some())? {
        Block::Cut(read) => return Ok(skip_cut(output, head.offset, read, head.length)),
        Block::Passed if record.is_none() => return Ok(ControlFlow::Continue(())),
        Block::Passed => return Ok(output.skip(record, too_long(head.length, bytes_max))),
        Block::Whole(block) => block,
    };
    let url = head.field("warc-target-uri").trim_matches(['<', '>']);
    let content_type = head.field("content-type");
    let result = match head.kind() {
        "response" if content_type.starts_with("application/http") => {
            response(&block, url, bytes_max)
        }
        "response" | "resource" => page_of(&block, content_type, url),
        "revisit" => Err("a page that had not changed since it was archived before".into()),
        kind => Err(format!(
            "a record of type `{kind}`, which holds no page as it was fetched"
        )),
    };
    Ok(put(output, record, head.field("warc-date"), result))
}

/// Hands out the page of a record that was fetched at that time.
fn put(
    output: &mut Output<'_>,
    record: Option<u64>,
    fetched: &str,
    result: Result<Draft, String>,
) -> ControlFlow<()> {
    match result {
        Ok(mut draft) => {
            let fetched = dates::parse(fetched).and_then(dates::Parsed::sure);
            draft.crawled_seconds = fetched.map(|fetched| fetched.seconds());
            output.draft(record, draft)
        }
        Err(reason) => output.skip(record, reason),
    }
}

/// The page in the answer of a web server.
fn response(block: &[u8], url: &str, bytes_max: usize) -> Result<Draft, String> {
    let response = http::parse(block, bytes_max)?;
    if response.status != 200 {
        let status = response.status;
        return Err(format!("the web server answered with status {status}"));
    }
    page_of(&response.body, &response.content_type, url)
}

/// The page in bytes of a `Content-Type`.
fn page_of(bytes: &[u8], content_type: &str, url: &str) -> Result<Draft, String> {
    let (media_type, charset) = http::media_type(content_type);
    let looks_like_html = bytes.trim_ascii_start().starts_with(b"<");
    match media_type.as_str() {
        "text/html" | "application/xhtml+xml" => {}
        "" if looks_like_html => {}
        "" => return Err("not a page: of no declared type".into()),
        other => return Err(format!("not a page: {other}")),
    }
    let url = Some(url).filter(|url| url.starts_with("http"));
    page::draft_of_bytes(bytes, charset.as_deref(), url)
}

#[cfg(test)]
mod tests;
