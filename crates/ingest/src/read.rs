//! Reads one file or stream: chooses the format and hands out what it holds, record by record.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use crate::draft::Draft;
use crate::find::{path_name, reason_of};
use crate::format::{Format, choose};
use crate::{Item, Skip, json, markdown, text};

/// The order of day and month in dates such as `02/04/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// Month first, as in the United States.
    Mdy,
    /// Day first, as nearly everywhere else.
    Dmy,
}

/// What a user knows about the input that the input itself may not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Decides dates that can be read in two ways and that nothing in the article decides.
    pub date_order: Option<DateOrder>,
    /// The outlet of articles that do not name theirs.
    pub source: Option<String>,
}

/// Large enough that a system call costs nothing beside parsing what it brings.
const BUFFER_BYTES: usize = 256 << 10;
/// So much of a file shows its format.
const HEAD_BYTES: u64 = 8 << 10;
/// A text or Markdown file holds one article; a longer one is something else.
const FILE_BYTES_MAX: usize = 16 << 20;

/// Opens and reads one file. What cannot be opened or read on is a skip like any other.
/// Returns the number of records, each of which went into `sink` as exactly one item.
pub fn read_file(
    path: &Path,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> u64 {
    let name = path_name(path);
    let mut records = 0;
    let mut counting = |item| {
        records += 1;
        sink(item)
    };
    let result = File::open(path).and_then(|file| {
        read(
            &name,
            &mut BufReader::with_capacity(BUFFER_BYTES, file),
            options,
            &mut counting,
        )
    });
    if let Err(error) = result {
        // The file ends here either way, so it does not matter whether the sink wants more.
        let _ = counting(Item::Skip(Skip {
            path: name,
            record: None,
            reason: reason_of(&error),
        }));
    }
    records
}

/// Reads one file or stream that is open already. `path` is what articles and skips are filed
/// under, and its extension helps to choose the format; `-` is standard input.
///
/// Every record goes into `sink` as exactly one item, and their number is returned; reading
/// stops early when the sink breaks. Memory does not grow with the length of the input.
///
/// # Errors
/// Those of `reader`. What was read before has gone into the sink.
pub fn read(
    path: &str,
    reader: &mut dyn BufRead,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<u64> {
    let mut head = Vec::new();
    reader.take(HEAD_BYTES).read_to_end(&mut head)?;
    let mut output = Output {
        path,
        options,
        sink,
        records: 0,
    };
    match choose(path, &head) {
        Ok(format) => {
            let mut whole = head.chain(reader);
            // Whether the sink wants more does not matter at the end of the file.
            let _ = match format {
                Format::JsonLines => json::read(&mut whole, false, &mut output)?,
                Format::Json => json::read(&mut whole, true, &mut output)?,
                Format::Text | Format::Markdown => read_whole(&mut whole, format, &mut output)?,
            };
        }
        Err(reason) => drop(output.skip(None, reason)),
    }
    Ok(output.records)
}

/// Where the records of one file go.
pub(crate) struct Output<'a> {
    path: &'a str,
    options: &'a ReadOptions,
    sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    records: u64,
}

impl Output<'_> {
    /// Hands out the article that a record turned out to be, if it is one.
    pub(crate) fn draft(&mut self, record: Option<u64>, draft: Draft) -> ControlFlow<()> {
        match draft.finish(self.path, record, self.options) {
            Ok(article) => self.put(Item::Article(Box::new(article))),
            Err(reason) => self.skip(record, reason),
        }
    }

    /// Says that a record, or the whole file, is no article.
    pub(crate) fn skip(&mut self, record: Option<u64>, reason: String) -> ControlFlow<()> {
        self.put(Item::Skip(Skip {
            path: self.path.to_owned(),
            record,
            reason,
        }))
    }

    fn put(&mut self, item: Item) -> ControlFlow<()> {
        self.records += 1;
        (self.sink)(item)
    }
}

/// Reads a file that is one article.
fn read_whole(
    reader: &mut dyn BufRead,
    format: Format,
    output: &mut Output<'_>,
) -> io::Result<ControlFlow<()>> {
    let mut bytes = Vec::new();
    reader
        .take(FILE_BYTES_MAX as u64 + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() > FILE_BYTES_MAX {
        let reason =
            format!("longer than the {FILE_BYTES_MAX} bytes that a file of one article may have");
        return Ok(output.skip(None, reason));
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Ok(output.skip(None, format!("not a text: NUL at byte {}", at + 1)));
    }
    let content = match String::from_utf8(bytes) {
        Ok(content) => content,
        Err(error) => {
            let at = error.utf8_error().valid_up_to() + 1;
            return Ok(output.skip(None, format!("not UTF-8: invalid byte {at}")));
        }
    };
    let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
    let draft = match format {
        Format::Markdown => markdown::draft(content),
        _ => {
            let mut draft = Draft::default();
            text::compose(content, &mut draft);
            draft
        }
    };
    Ok(output.draft(None, draft))
}
