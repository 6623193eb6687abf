//! What other formats are packed in: compressed files and archives, read as streams and never
//! written to disk. What is in them goes through `read` again, so that no reader knows of packing.

mod compressed;
mod gzip;
mod stream;
mod tar;
mod zip;

use std::io::{self, Read};
use std::ops::ControlFlow;

use crate::Format;
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Containers around a file: one, and one more in it (an archive of compressed files).
const DEPTH_MAX: u8 = 2;

/// Reads what is packed in an input.
pub(crate) fn read(format: Format, input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    // `.tar.gz` is one container.
    let is_joined = format == Format::Tar && output.is_compression();
    let depth = output.depth() + u8::from(!is_joined);
    if depth > DEPTH_MAX {
        let reason = format!("packed deeper than {DEPTH_MAX} times; unpack it first");
        return Ok(output.skip(None, reason));
    }
    match format {
        Format::Zip => zip::read(input, output, depth),
        Format::Tar => tar::read(input, output, depth),
        _ => compressed::read(format, input, output, depth),
    }
}

/// Whether an entry is one that a folder would hide, such as what macOS adds to archives.
fn is_hidden(name: &str) -> bool {
    name.split('/')
        .any(|part| part == "__MACOSX" || part.starts_with('.') && part != "." && part != "..")
}

const HIDDEN: &str = "hidden; unpack the archive and name it to read it";

/// Counts an entry; a break when there are too many.
fn count_entry(entries: &mut u64, offset: u64, output: &mut Output<'_>) -> ControlFlow<()> {
    *entries += 1;
    let entries_max = output.limits().entries_max;
    if *entries <= entries_max {
        return ControlFlow::Continue(());
    }
    let reason = format!("the archive has more than {entries_max} entries; the rest is not read");
    let _ = output.skip_at(offset, reason);
    ControlFlow::Break(())
}

/// Reads on to the end without keeping anything.
fn drain(reader: &mut dyn Read) -> io::Result<u64> {
    io::copy(reader, &mut io::sink())
}
