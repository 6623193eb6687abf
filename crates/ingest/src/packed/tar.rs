//! Tar archives, of old tar, ustar, GNU and pax.

use std::io::{self, Read};
use std::ops::ControlFlow;

use ::tar::{Archive, Entry, EntryType};

use super::stream::{Gauge, Packed, Unpacked};
use super::{HIDDEN, count_entry, is_hidden};
use crate::Limits;
use crate::encoding;
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// A path is no longer than a few kilobytes; beyond this a header is no header.
const HEADER_BYTES_MAX: u64 = 1 << 20;

/// Reads the entries of an archive.
pub(super) fn read(input: &mut Input<'_>, output: &mut Output<'_>, depth: u8) -> Flow {
    let gauge = Gauge::default();
    let flow = read_entries(Packed::new(input, &gauge), &gauge, output, depth)?;
    gauge.finish(flow, output)
}

fn read_entries(packed: Packed<'_, '_>, gauge: &Gauge, output: &mut Output<'_>, depth: u8) -> Flow {
    let mut archive = Archive::new(packed);
    // Raw: names of any length would be read into memory otherwise.
    let entries = match archive.entries() {
        Ok(entries) => entries.raw(true),
        Err(error) => return fault(gauge, &error),
    };
    let mut count = 0;
    let mut name: Option<Vec<u8>> = None;
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(error) => return fault(gauge, &error),
        };
        let kind = entry.header().entry_type();
        if let Some(key) = name_key(kind) {
            match long_name(&mut entry, key) {
                Ok(long) => name = long.or(name),
                Err(error) => return fault(gauge, &error),
            }
            continue;
        }
        let bytes = name
            .take()
            .unwrap_or_else(|| entry.path_bytes().into_owned());
        if kind.is_dir() || kind.is_pax_global_extensions() || kind.is_gnu_longlink() {
            continue;
        }
        if count_entry(&mut count, entry.raw_header_position(), output).is_break() {
            return Ok(ControlFlow::Continue(()));
        }
        output.begin_file();
        let name = encoding::decode(&bytes, None).text.into_owned();
        let modified = entry.header().mtime().ok().filter(|seconds| *seconds > 0);
        let modified = modified.and_then(|seconds| i64::try_from(seconds).ok());
        let mut inside = output.entry(&name, depth).modified(modified);
        let flow = read_entry(&name, kind, &mut entry, gauge, &mut inside)?;
        if flow.is_break() || gauge.has_fault() {
            return Ok(flow);
        }
    }
    if count == 0 {
        return Ok(output.skip(None, "the archive is empty"));
    }
    Ok(ControlFlow::Continue(()))
}

fn read_entry(
    name: &str,
    kind: EntryType,
    entry: &mut Entry<'_, impl Read>,
    gauge: &Gauge,
    output: &mut Output<'_>,
) -> Flow {
    if is_hidden(name) {
        return Ok(output.skip(None, HIDDEN));
    }
    if !matches!(kind, EntryType::Regular | EntryType::Continuous) {
        let what = match kind {
            EntryType::Link | EntryType::Symlink => "a link",
            EntryType::GNUSparse => "a sparse file",
            _ => "something special",
        };
        return Ok(output.skip(None, format!("{what}, not a file")));
    }
    let bytes = entry.size();
    let counted = Gauge::default();
    // An entry is as long as it says: there is no growth to be limited.
    let limits = Limits {
        unpacked_bytes_max: u64::MAX,
        unpacked_bytes_free: u64::MAX,
        ..output.limits().clone()
    };
    let mut content = Unpacked::new(entry, &counted, &limits);
    let flow = content.read_as(name, output)?;
    if flow.is_continue() && !counted.has_fault() {
        super::drain(&mut content)?;
        if counted.unpacked() < bytes {
            gauge.set_fault(format!("the archive ends inside of {name}"));
        }
    }
    counted.finish(flow, output)
}

fn fault(gauge: &Gauge, error: &io::Error) -> Flow {
    gauge.set_fault(format!("the archive is broken: {error}"));
    Ok(ControlFlow::Continue(()))
}

/// How an entry that gives the name of the next one has it: as its content, or as the value of a
/// key of pax.
fn name_key(kind: EntryType) -> Option<Option<&'static [u8]>> {
    if kind.is_gnu_longname() {
        return Some(None);
    }
    kind.is_pax_local_extensions().then_some(Some(b"path"))
}

fn long_name(entry: &mut Entry<'_, impl Read>, key: Option<&[u8]>) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    entry.take(HEADER_BYTES_MAX).read_to_end(&mut bytes)?;
    let Some(key) = key else {
        while bytes.last() == Some(&0) {
            bytes.pop();
        }
        return Ok(Some(bytes));
    };
    Ok(pax_value(&bytes, key).map(<[u8]>::to_vec))
}

/// The value in lines `27 path=a/long/path/to/a`, each with its own length in front.
fn pax_value<'a>(mut lines: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    while let Some(space) = memchr::memchr(b' ', lines) {
        let length: usize = std::str::from_utf8(&lines[..space]).ok()?.parse().ok()?;
        let pair = lines.get(space + 1..length.checked_sub(1)?)?;
        if let Some(value) = pair
            .strip_prefix(key)
            .and_then(|rest| rest.strip_prefix(b"="))
        {
            return Some(value);
        }
        lines = &lines[length..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_found_among_pax_values() {
        let lines = b"30 mtime=1350244992.023960108\n12 path=a/b\n";
        assert_eq!(pax_value(lines, b"path"), Some(b"a/b".as_slice()));
        assert_eq!(pax_value(lines, b"size"), None);
        for broken in [
            b"99 path=a".as_slice(),
            b"0 path=a\n",
            b"x path=a\n",
            b"1 path=a\n",
        ] {
            assert_eq!(pax_value(broken, b"path"), None);
        }
    }
}
