//! Single files compressed with gzip, zstd, bzip2 or xz. All members of a file are read, as if
//! they were one.

use std::io::{self, BufRead, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;

use super::stream::{Gauge, Packed, Unpacked};
use crate::Format;
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// The largest dictionary of `xz -9`. It is held in memory, and a file can ask for 4 GiB of it.
const XZ_DICTIONARY_BYTES_MAX: u64 = 64 << 20;
/// Where the header of the first block of xz begins.
const XZ_BLOCK_AT: usize = 12;
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
    if format == Format::Xz && xz_dictionary_bytes(input.head()) > XZ_DICTIONARY_BYTES_MAX {
        let reason = format!(
            "asks for a dictionary of more than {XZ_DICTIONARY_BYTES_MAX} bytes; unpack it first"
        );
        return Ok(output.skip(None, reason));
    }
    let gauge = Gauge::default();
    let packed = Packed::new(input, &gauge);
    let decoder: Box<dyn Read + '_> = match format {
        Format::Gzip => Box::new(Members::new(packed, &gauge)),
        Format::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(packed)?),
        Format::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
        _ => Box::new(XzReader::new(packed, true)),
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

/// The dictionary that the first block asks for; 0 where it cannot be told, which the decoder
/// will refuse.
fn xz_dictionary_bytes(head: &[u8]) -> u64 {
    let header = head.get(XZ_BLOCK_AT..).unwrap_or_default();
    let length = header
        .first()
        .map_or(0, |size| (usize::from(*size) + 1) * 4);
    let header = &header[..length.min(header.len())];
    // Behind the optional sizes: the filter, the length of its properties, the dictionary.
    let is_filter = |window: &[u8]| window[0] == XZ_LZMA2 && window[1] == 1;
    header
        .windows(3)
        .skip(2)
        .filter(|window| is_filter(window))
        .map(|window| match u32::from(window[2]) {
            bits @ 0..40 => u64::from(2 | bits & 1) << (bits / 2 + 11),
            _ => u64::from(u32::MAX),
        })
        .max()
        .unwrap_or(0)
}

/// The members of a gzip file, one behind the other. Web archives have one for each record.
struct Members<'a, R: BufRead> {
    /// Gone when all is read.
    member: Option<GzDecoder<R>>,
    gauge: &'a Gauge,
}

impl<'a, R: BufRead> Members<'a, R> {
    fn new(packed: R, gauge: &'a Gauge) -> Members<'a, R> {
        Members {
            member: Some(GzDecoder::new(packed)),
            gauge,
        }
    }
}

impl<R: BufRead> Read for Members<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(mut packed) = self.member.take().map(GzDecoder::into_inner) else {
                break;
            };
            // Tapes and some servers fill the last block with NULs.
            while let [0, ..] = packed.fill_buf()? {
                packed.consume(1);
            }
            if !packed.fill_buf()?.is_empty() {
                self.gauge.begin_file();
                self.member = Some(GzDecoder::new(packed));
            }
        }
        Ok(0)
    }
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

    #[test]
    fn the_dictionary_of_xz_is_read_from_its_first_block() {
        let head = |bits: u8| {
            let mut head = b"\xFD7zXZ\0\0\x04\xE6\xD6\xB4F".to_vec();
            head.extend_from_slice(&[2, 0, 0x21, 1, bits, 0, 0, 0]);
            head
        };
        assert_eq!(xz_dictionary_bytes(&head(0x16)), 8 << 20);
        assert_eq!(xz_dictionary_bytes(&head(0x1C)), 64 << 20);
        assert_eq!(xz_dictionary_bytes(&head(40)), u64::from(u32::MAX));
        assert_eq!(xz_dictionary_bytes(b"\xFD7zXZ\0"), 0);
    }
}
