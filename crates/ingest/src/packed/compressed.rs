//! Single files compressed with gzip, zstd, bzip2 or xz. All members of a file are read, as if
//! they were one.

use std::io::{self, Read};

use bzip2::bufread::MultiBzDecoder;
use lzma_rust2::XzReader;

use super::gzip;
use super::stream::{Gauge, Packed, Unpacked};
use crate::Format;
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// The largest dictionary of `xz -9`. It is held in memory, and a file can ask for 4 GiB of it.
const XZ_DICTIONARY_BYTES_MAX: u64 = 64 << 20;
/// The filter that all xz files use.
const XZ_LZMA2: u8 = 0x21;

/// Reads the file that is compressed.
pub(super) fn read(
    format: Format,
    input: &mut Input<'_>,
    output: &mut Output<'_>,
    depth: u8,
) -> Flow {
    let name = unpacked_name(input.name());
    let limits = output.limits();
    let gauge = Gauge::default();
    let packed = Packed::new(input, &gauge);
    let decoder: Box<dyn Read + '_> = match format {
        Format::Gzip => return gzip::read(&name, packed, &gauge, output, depth),
        Format::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(packed)?),
        Format::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
        _ => Box::new(XzReader::new(XzHeaders::new(packed, &gauge), true)),
    };
    let mut unpacked = Unpacked::new(decoder, &gauge, limits);
    let flow = unpacked.read_as(&name, &mut output.compressed(depth, gauge.file()))?;
    gauge.finish(flow, output)
}

/// The name of a file without the extension that says how it is compressed.
fn unpacked_name(name: &str) -> String {
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return name.to_owned();
    };
    match extension.to_ascii_lowercase().as_str() {
        "tgz" | "tzst" | "tbz2" | "txz" => format!("{stem}.tar"),
        "gz" | "zst" | "bz2" | "xz" => stem.to_owned(),
        _ => name.to_owned(),
    }
}

/// Packed data on its way to the decoder of xz, which allocates what the header of a block asks
/// for. It takes a header as its first byte, which tells the length, and then the rest at once:
/// what only looks like that has no checksum that fits.
struct XzHeaders<'a, R> {
    packed: R,
    gauge: &'a Gauge,
    last: u8,
}

impl<'a, R> XzHeaders<'a, R> {
    fn new(packed: R, gauge: &'a Gauge) -> XzHeaders<'a, R> {
        XzHeaders {
            packed,
            gauge,
            last: 0,
        }
    }
}

impl<R: Read> Read for XzHeaders<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut read = 0;
        while read < buffer.len() {
            match self.packed.read(&mut buffer[read..])? {
                0 => break,
                more => read += more,
            }
        }
        if xz_dictionary_bytes(self.last, &buffer[..read]) > XZ_DICTIONARY_BYTES_MAX {
            self.gauge.set_fault(format!(
                "asks for a dictionary of more than {XZ_DICTIONARY_BYTES_MAX} bytes; unpack it first"
            ));
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.last = buffer[..read].last().copied().unwrap_or_default();
        Ok(read)
    }
}

/// The dictionary that the header of a block asks for, given its first byte and the rest; 0 for
/// what is no header.
fn xz_dictionary_bytes(first: u8, rest: &[u8]) -> u64 {
    let length = (usize::from(first) + 1) * 4 - 1;
    let Some((header, checksum)) = rest.split_last_chunk().filter(|_| rest.len() == length) else {
        return 0;
    };
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&[first]);
    hasher.update(header);
    if hasher.finalize() != u32::from_le_bytes(*checksum) {
        return 0;
    }
    // Behind flags and optional sizes: the filter, the length of its properties, the dictionary.
    let filters = header.windows(3).skip(1);
    filters
        .filter(|window| window[0] == XZ_LZMA2 && window[1] == 1)
        .map(|window| match u32::from(window[2]) {
            bits @ 0..40 => u64::from(2 | bits & 1) << (bits / 2 + 11),
            _ => u64::from(u32::MAX),
        })
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_loses_the_extension_of_its_compression() {
        for (name, unpacked) in [
            ("/a.b/c.jsonl.gz", "/a.b/c.jsonl"),
            ("c.TGZ", "c.tar"),
            ("c.warc", "c.warc"),
            ("-", "-"),
        ] {
            assert_eq!(unpacked_name(name), unpacked);
        }
    }
}
