//! Reads one file or stream: recognises the format, and hands the input to its reader.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::encoding::{self, Transcoded};
use crate::find::{path_name, reason_of};
use crate::format::recognise;
use crate::input::Input;
use crate::output::Output;
use crate::{
    Format, Item, Provenance, ReadOptions, Skip, csv, feed, iptc7901, json, mail, markdown, newsml,
    ninjs, nitf, packed, page, text, warc,
};

/// Large enough that a system call costs nothing beside parsing what it brings.
const BUFFER_BYTES: usize = 256 << 10;

/// How a reader ends: all was read, or the sink wants no more. Errors are those of the stream;
/// what is wrong with its content is a skip.
pub(crate) type Flow = io::Result<ControlFlow<()>>;

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
        let from = Provenance {
            modified_seconds: file.metadata()?.modified().ok().and_then(seconds),
            read_seconds: seconds(SystemTime::now()),
            ..Provenance::from(name.as_str())
        };
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, file);
        read(from, &mut reader, options, &mut counting)
    });
    if let Err(error) = result {
        // The file ends here either way, so it does not matter whether the sink wants more.
        let _ = counting(Item::Skip(Skip::file(name, reason_of(&error))));
    }
    records
}

/// Reads one file or stream that is open already.
///
/// Every record goes into `sink` as exactly one item, and their number is returned; reading
/// stops early when the sink breaks. Memory does not grow with the length of the input.
///
/// # Errors
/// Those of `reader`. What was read before has gone into the sink.
pub fn read<'a>(
    from: impl Into<Provenance<'a>>,
    reader: &mut dyn BufRead,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<u64> {
    let from = from.into();
    let mut records = 0;
    let mut counting = |item| {
        records += 1;
        sink(item)
    };
    let mut output = Output::new(from, options, &mut counting);
    let flow = read_input(&mut Input::new(from.path, reader)?, &mut output)?;
    if flow.is_continue() && records == 0 {
        let empty = Skip::file(from.path, "no article in it");
        // Whether the sink wants more does not matter at the end of the file.
        let _ = sink(Item::Skip(empty));
        records = 1;
    }
    Ok(records)
}

/// Reads what stands alone or is packed in another input.
pub(crate) fn read_input(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let format = match recognised(input, output) {
        Ok(format) => format,
        Err(reason) => return Ok(output.skip(None, reason)),
    };
    let is_stream_of_text = matches!(
        format,
        Format::Json | Format::JsonLines | Format::Ninjs | Format::Csv
    );
    if is_stream_of_text {
        let (encoding, mark) = encoding::of_stream(input.head());
        input.consume(mark);
        if let Some(encoding) = encoding {
            let name = input.name();
            let mut text = Transcoded::new(input, encoding);
            return read_as(format, &mut Input::new(name, &mut text)?, output);
        }
    }
    read_as(format, input, output)
}

/// The format of an input, or why it cannot be read.
pub(crate) fn recognised(input: &Input<'_>, output: &Output<'_>) -> Result<Format, String> {
    let format = recognise(input.name(), input.head())?;
    // What the user says is about the content, not about how it is packed.
    let given = output.options().format;
    Ok(given.filter(|_| !format.is_container()).unwrap_or(format))
}

/// Every reader turns an input into items, one for each record.
fn read_as(format: Format, input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    match format {
        Format::Text => text::read(input, output),
        Format::Markdown => markdown::read(input, output),
        Format::Json => json::read(input, output),
        Format::JsonLines => json::read_lines(input, output),
        Format::Csv => csv::read(input, output),
        Format::Feed => feed::read(input, output),
        Format::JsonFeed => feed::read_json(input, output),
        Format::Html => page::read(input, output),
        Format::Warc => warc::read(input, output),
        Format::Arc => warc::read_arc(input, output),
        Format::Email => mail::read(input, output),
        Format::Mbox => mail::read_mbox(input, output),
        Format::Nitf => nitf::read(input, output),
        Format::NewsMl => newsml::read(input, output),
        Format::NewsMlG2 => newsml::read_g2(input, output),
        Format::Ninjs => ninjs::read(input, output),
        Format::Iptc7901 => iptc7901::read(input, output),
        Format::Gzip | Format::Zstd | Format::Bzip2 | Format::Xz | Format::Zip | Format::Tar => {
            packed::read(format, input, output)
        }
    }
}

fn seconds(time: SystemTime) -> Option<i64> {
    let since_1970 = time.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since_1970.as_secs()).ok()
}
