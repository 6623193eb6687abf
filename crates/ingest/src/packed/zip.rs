//! ZIP archives, read from front to back by the headers before the entries, so that they can
//! come from a stream. The directory at the end is not used.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::DeflateDecoder;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::stream::{Gauge, Packed, Unpacked};
use super::{HIDDEN, count_entry, drain, is_hidden};
use crate::encoding;
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

const ENTRY: u32 = 0x0403_4B50;
const DESCRIPTOR: u32 = 0x0807_4B50;
/// What may follow the last entry: the directory in its forms, and its end.
const DIRECTORY: &[u32] = &[0x0201_4B50, 0x0605_4B50, 0x0606_4B50, 0x0806_4B50];
/// Stands for a size that is given in the field of large archives.
const LARGE: u32 = u32::MAX;
const LARGE_FIELD: u16 = 1;
/// Flags of an entry.
const ENCRYPTED: u16 = 1;
const WITH_DESCRIPTOR: u16 = 8;
/// Methods by which an entry is packed.
const STORED: u16 = 0;
const DEFLATE: u16 = 8;
const BZIP2: u16 = 12;
const ZSTD: u16 = 93;
/// First entries of packages that are documents or books.
const PACKAGES: &[&str] = &["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"];

const SHORT: &str = "the archive ends inside the header of an entry";
const LOST: &str = "the end of this entry cannot be found";

/// The header before an entry.
#[derive(Debug)]
struct Header {
    name: String,
    flags: u16,
    method: u16,
    checksum: u32,
    /// In seconds since 1970. It has no zone: it is taken for UTC.
    modified: Option<i64>,
    /// `None` where only the end of the content tells.
    packed_bytes: Option<u64>,
    is_large: bool,
}

/// Whether the archive can be read on behind an entry.
type Next = ControlFlow<String>;

/// Reads the entries of an archive.
pub(super) fn read(input: &mut Input<'_>, output: &mut Output<'_>, depth: u8) -> Flow {
    let mut count = 0;
    loop {
        let at = input.offset();
        let header = match Header::read(input)? {
            Ok(Some(header)) => header,
            Ok(None) if count == 0 => return Ok(output.skip(None, "the archive is empty")),
            Ok(None) => return Ok(ControlFlow::Continue(())),
            Err(reason) => return Ok(output.skip_at(at, reason)),
        };
        if count == 0 && PACKAGES.contains(&header.name.as_str()) {
            return Ok(output.skip(None, "not a text: an office document, a book or a program"));
        }
        if header.name.ends_with('/') && header.packed_bytes == Some(0) {
            continue;
        }
        if count_entry(&mut count, at, output).is_break() {
            return Ok(ControlFlow::Continue(()));
        }
        let mut inside = output.entry(&header.name, depth).modified(header.modified);
        let (flow, next) = read_entry(&header, input, &mut inside)?;
        if flow.is_break() {
            return Ok(flow);
        }
        if let ControlFlow::Break(reason) = next {
            let reason = format!("{reason}; what follows in the archive is not read");
            return Ok(output.skip_at(at, reason));
        }
    }
}

/// Reads one entry and passes over what is left of it. The way to the next entry is lost where
/// the size is not known and the content is broken.
fn read_entry(
    header: &Header,
    input: &mut Input<'_>,
    output: &mut Output<'_>,
) -> io::Result<(ControlFlow<()>, Next)> {
    let gauge = Gauge::default();
    let mut packed = Packed::new(input, &gauge).take(header.packed_bytes.unwrap_or(u64::MAX));
    let mut sum = None;
    let flow = match header.obstacle() {
        Some(reason) => {
            if header.packed_bytes.is_none() {
                return Ok((output.skip(None, reason), Next::Break(LOST.to_owned())));
            }
            output.skip(None, reason)
        }
        None => {
            let mut content = Unpacked::new(header.decoder(&mut packed)?, &gauge, output.limits());
            let flow = content.read_as(&header.name, output)?;
            if header.packed_bytes.is_none() && flow.is_continue() {
                drain(&mut content)?;
            }
            sum = content.into_decoder().sum();
            flow
        }
    };
    if flow.is_break() {
        return Ok((flow, Next::Continue(())));
    }
    if header.packed_bytes.is_some() {
        drain(&mut packed)?;
    } else if gauge.has_fault() {
        return Ok((gauge.finish(flow, output)?, Next::Break(LOST.to_owned())));
    }
    let expected = match header.has_descriptor() {
        true => header.descriptor(packed.get_mut())?,
        false => Some(header.checksum),
    };
    if sum.is_some() && sum != expected {
        gauge.set_fault("the content is broken: its checksum does not fit".to_owned());
    }
    Ok((gauge.finish(flow, output)?, Next::Continue(())))
}

impl Header {
    /// The header that begins here; `None` at the directory, and the reason where neither is.
    fn read(input: &mut Input<'_>) -> io::Result<Result<Option<Header>, String>> {
        let Some(signature) = bytes::<4>(input)?.map(u32::from_le_bytes) else {
            return Ok(Err("the archive ends without its directory".to_owned()));
        };
        if DIRECTORY.contains(&signature) {
            return Ok(Ok(None));
        }
        if signature != ENTRY {
            return Ok(Err("the archive is broken: no entry begins here".to_owned()));
        }
        let Some(fixed) = bytes::<26>(input)? else {
            return Ok(Err(SHORT.to_owned()));
        };
        let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
        let long = |at: usize| u32::from(short(at)) | u32::from(short(at + 2)) << 16;
        let (name_bytes, extra_bytes) = (usize::from(short(22)), usize::from(short(24)));
        let mut rest = Vec::new();
        input
            .take((name_bytes + extra_bytes) as u64)
            .read_to_end(&mut rest)?;
        if rest.len() < name_bytes + extra_bytes {
            return Ok(Err(SHORT.to_owned()));
        }
        let (name, extra) = rest.split_at(name_bytes);
        let (flags, method) = (short(2), short(4));
        let (packed, unpacked) = (long(14), long(18));
        let large = large_field(extra);
        let packed_bytes = match large {
            Some(ref field) if packed == LARGE => field.packed_bytes(unpacked == LARGE),
            _ => Some(u64::from(packed)),
        };
        Ok(Ok(Some(Header {
            name: encoding::decode(name, None).text.into_owned(),
            flags,
            method,
            checksum: long(10),
            modified: modified(short(8), short(6)),
            // With a descriptor it stands behind the entry, for who can find its end.
            packed_bytes: packed_bytes.filter(|bytes| *bytes > 0 || flags & WITH_DESCRIPTOR == 0),
            is_large: large.is_some(),
        })))
    }

    /// Why the entry cannot be read.
    fn obstacle(&self) -> Option<String> {
        if is_hidden(&self.name) {
            return Some(HIDDEN.to_owned());
        }
        if self.flags & ENCRYPTED != 0 {
            return Some("encrypted; unpack the archive with its password".to_owned());
        }
        match self.method {
            STORED if self.packed_bytes.is_none() => {
                Some("stored without its size; unpack the archive".to_owned())
            }
            STORED | DEFLATE | BZIP2 | ZSTD => None,
            method => Some(format!(
                "packed by method {method}, which is not read; unpack the archive"
            )),
        }
    }

    fn decoder<'a, R: BufRead + 'a>(&self, packed: R) -> io::Result<Checked<'a>> {
        let decoder: Box<dyn Read + 'a> = match self.method {
            STORED => Box::new(packed),
            DEFLATE => Box::new(DeflateDecoder::new(packed)),
            BZIP2 => Box::new(MultiBzDecoder::new(packed)),
            _ => Box::new(zstd::stream::read::Decoder::with_buffer(packed)?),
        };
        Ok(Checked {
            decoder,
            hasher: crc32fast::Hasher::new(),
            has_ended: false,
        })
    }

    fn has_descriptor(&self) -> bool {
        self.flags & WITH_DESCRIPTOR != 0
    }

    /// The checksum behind the entry, where it was not known before.
    fn descriptor(&self, input: &mut dyn Read) -> io::Result<Option<u32>> {
        let Some(mut checksum) = bytes::<4>(input)?.map(u32::from_le_bytes) else {
            return Ok(None);
        };
        if checksum == DESCRIPTOR {
            checksum = bytes::<4>(input)?.map_or(0, u32::from_le_bytes);
        }
        let sizes = if self.is_large { 16 } else { 8 };
        drain(&mut input.take(sizes))?;
        Ok(Some(checksum))
    }
}

/// When an entry was modified, by date and time of DOS; `None` where they are no date.
fn modified(date: u16, time: u16) -> Option<i64> {
    let part = |bits: u16, from: u32, count: u32| (bits >> from) & ((1 << count) - 1);
    let year = 1980 + part(date, 9, 7);
    let [month, day] = [part(date, 5, 4), part(date, 0, 5)].map(|part| part as i8);
    let [hour, minute, second] =
        [part(time, 11, 5), part(time, 5, 6), part(time, 0, 5) * 2].map(|part| part as i8);
    let local = DateTime::new(year as i16, month, day, hour, minute, second, 0).ok()?;
    Some(Offset::UTC.to_timestamp(local).ok()?.as_second())
}

/// The sizes of an entry of more than 4 GiB, or of one that may have become as large: first that
/// of the content, then the packed one.
struct LargeField<'a>(&'a [u8]);

impl LargeField<'_> {
    fn packed_bytes(&self, is_second: bool) -> Option<u64> {
        let at = if is_second { 8 } else { 0 };
        let bytes = self.0.get(at..at + 8)?;
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    }
}

fn large_field(mut extra: &[u8]) -> Option<LargeField<'_>> {
    while let [id, id_high, length, length_high, rest @ ..] = extra {
        let length = usize::from(u16::from_le_bytes([*length, *length_high]));
        let value = rest.get(..length)?;
        if u16::from_le_bytes([*id, *id_high]) == LARGE_FIELD {
            return Some(LargeField(value));
        }
        extra = &rest[length..];
    }
    None
}

/// The next bytes, unless the input ends before.
fn bytes<const N: usize>(input: &mut dyn Read) -> io::Result<Option<[u8; N]>> {
    let mut bytes = Vec::with_capacity(N);
    input.take(N as u64).read_to_end(&mut bytes)?;
    Ok(bytes.try_into().ok())
}

/// The content with its checksum.
struct Checked<'a> {
    decoder: Box<dyn Read + 'a>,
    hasher: crc32fast::Hasher,
    has_ended: bool,
}

impl Checked<'_> {
    /// The checksum, if all was read.
    fn sum(self) -> Option<u32> {
        self.has_ended.then(|| self.hasher.finalize())
    }
}

impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.has_ended |= read == 0 && !buffer.is_empty();
        Ok(read)
    }
}
