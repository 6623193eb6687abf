//! Reads one file or stream: recognises the format, and hands the input to its reader.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::find::{path_name, reason_of};
use crate::format::recognise;
use crate::input::Input;
use crate::output::Output;
use crate::{
    DateOrders, Format, Item, Provenance, ReadOptions, Skip, csv, feed, iptc7901, json, mail,
    markdown, newsml, ninjs, nitf, packed, page, text, warc,
};

/// Large enough that a system call costs nothing beside parsing what it brings.
const BUFFER_BYTES: usize = 256 << 10;

/// How a reader ends: all was read, or the sink wants no more. Errors are those of the stream;
/// what is wrong with its content is a skip.
pub(crate) type Flow = io::Result<ControlFlow<()>>;

/// A reader of one format: turns an input into items, one for each record.
type Reader = fn(&mut Input<'_>, &mut Output<'_>) -> Flow;

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
            modified_seconds: modified_seconds(&file),
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
    read_among(from, reader, options, &mut DateOrders::default(), sink)
}

/// Reads one of several inputs, as [`read`] does. `orders` decides dates by what articles of the
/// same source have shown in the inputs before, and learns from this one.
///
/// # Errors
/// Those of `reader`. What was read before has gone into the sink.
pub fn read_among<'a>(
    from: impl Into<Provenance<'a>>,
    reader: &mut dyn BufRead,
    options: &ReadOptions,
    orders: &mut DateOrders,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<u64> {
    let from = from.into();
    let mut records = 0;
    let mut counting = |item| {
        records += 1;
        sink(item)
    };
    let mut output = Output::new(from, options, orders, &mut counting);
    // Whether the sink wants more does not matter at the end of the file.
    let _ = read_input(&mut Input::new(from.path, reader)?, &mut output)?;
    Ok(records)
}

/// Reads what stands alone or is packed in another input.
pub(crate) fn read_input(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let format = match (
        recognise(input.name(), input.head()),
        output.options().format,
    ) {
        // What the user says is about the content, not about how it is packed.
        (Ok(format), given) => given.filter(|_| !format.is_container()).unwrap_or(format),
        (Err(reason), _) => return Ok(output.skip(None, reason)),
    };
    let reader: Reader = match format {
        Format::Text => text::read,
        Format::Markdown => markdown::read,
        Format::Json => json::read,
        Format::JsonLines => json::read_lines,
        Format::Csv => csv::read,
        Format::Feed => feed::read,
        Format::JsonFeed => feed::read_json,
        Format::Html => page::read,
        Format::Warc => warc::read,
        Format::Arc => warc::read_arc,
        Format::Email => mail::read,
        Format::Mbox => mail::read_mbox,
        Format::Nitf => nitf::read,
        Format::NewsMl => newsml::read,
        Format::NewsMlG2 => newsml::read_g2,
        Format::Ninjs => ninjs::read,
        Format::Iptc7901 => iptc7901::read,
        Format::Gzip | Format::Zstd | Format::Bzip2 | Format::Xz | Format::Zip | Format::Tar => {
            return packed::read(format, input, output);
        }
    };
    reader(input, output)
}

fn modified_seconds(file: &File) -> Option<i64> {
    let modified = file.metadata().ok()?.modified().ok()?;
    let since_1970 = modified.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since_1970.as_secs()).ok()
}
