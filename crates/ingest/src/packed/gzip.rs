//! Files compressed with gzip: their members, one behind the other, and the way on behind one that
//! is broken. Web archives have a member for each record.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use flate2::bufread::GzDecoder;

use super::stream::{Gauge, Packed, Unpacked};
use crate::Format;
use crate::output::Output;
use crate::read::Flow;

/// Formats whose records stand alone, so that a part of a file is as good as the whole: of a table
/// the header would be missing, of a page its beginning.
const PARTED: &[Format] = &[
    Format::Arc,
    Format::Json,
    Format::JsonLines,
    Format::Mbox,
    Format::Warc,
];
/// Two bytes of magic, and the only method of compression.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];
/// Flags that no version has defined.
const FLAGS_UNKNOWN: u8 = 0xE0;
/// A broken member can hide where the next one begins: the search goes back this far.
const KEPT_BYTES: usize = 1 << 20;
/// What looks like a member is one when so much of its content can be unpacked …
const TRIAL_BYTES: u64 = 64 << 10;
/// … from so many bytes, headers included.
const TRIAL_PACKED_BYTES: u64 = 256 << 10;
/// In packed data, which is like noise, something looks like a member every 128 MiB.
const TRIALS_MAX: u32 = 10_000;

/// Reads the file that is compressed. Behind a broken member it is read on at the next one that is
/// intact, if its format has records that stand alone.
pub(super) fn read(
    name: &str,
    packed: Packed<'_, '_>,
    gauge: &Gauge,
    output: &mut Output<'_>,
    depth: u8,
) -> Flow {
    let mut unpacked = Unpacked::new(Members::new(packed, gauge), gauge, output.limits());
    let mut records = 0;
    loop {
        let mut part = output.compressed(depth, gauge.file()).behind(records);
        let (format, flow) = unpacked.read_part(name, &mut part)?;
        records = part.records();
        let goes_on = flow.is_continue() && format.is_some_and(|format| PARTED.contains(&format));
        if !goes_on || !gauge.is_broken() {
            return gauge.finish(flow, output);
        }
        let Ok(Some((broken, next))) = unpacked.decoder().resume() else {
            return gauge.finish(flow, output);
        };
        let report = gauge.resume(&format!(
            "the bytes {broken} to {next} of the file are passed over"
        ));
        if let Some((offset, reason)) = report
            && output.skip_at(offset, reason).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
    }
}

/// The members of a file as one stream, which ends at one that is broken.
struct Members<'a, R: BufRead> {
    /// Gone when all is read.
    member: Option<GzDecoder<Rewind<R>>>,
    gauge: &'a Gauge,
    trials_left: u32,
}

impl<'a, R: BufRead> Members<'a, R> {
    fn new(packed: R, gauge: &'a Gauge) -> Members<'a, R> {
        Members {
            member: Some(GzDecoder::new(Rewind::new(packed))),
            gauge,
            trials_left: TRIALS_MAX,
        }
    }

    /// Goes on at the next intact member behind one that is broken: where that one began and where
    /// this one does, in bytes of the file. `None` when there is no further one.
    fn resume(&mut self) -> io::Result<Option<(u64, u64)>> {
        let Some(mut packed) = self.member.take().map(GzDecoder::into_inner) else {
            return Ok(None);
        };
        packed.rewind();
        let broken = packed.offset;
        while packed.pass_to(MAGIC[0])? {
            packed.mark();
            let is_intact = packed.begins_member()? && self.try_out(&mut packed);
            packed.rewind();
            // The broken one itself may unpack well for a while.
            if is_intact && packed.offset > broken {
                let next = packed.offset;
                self.begin(packed);
                return Ok(Some((broken, next)));
            }
            if self.trials_left == 0 {
                break;
            }
            packed.consume(1);
        }
        Ok(None)
    }

    fn try_out(&mut self, packed: &mut Rewind<R>) -> bool {
        self.trials_left -= 1;
        let member = GzDecoder::new(packed.take(TRIAL_PACKED_BYTES));
        io::copy(&mut member.take(TRIAL_BYTES), &mut io::sink()).is_ok()
    }

    fn begin(&mut self, packed: Rewind<R>) {
        self.gauge.begin_file();
        self.member = Some(GzDecoder::new(packed));
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
            packed.mark();
            if !packed.fill_buf()?.is_empty() {
                self.begin(packed);
            }
        }
        Ok(0)
    }
}

/// A stream that can be read again from a mark, if that is not too far back; then from as far back
/// as is kept.
struct Rewind<R> {
    reader: R,
    /// What was read, or is to be read again.
    kept: Vec<u8>,
    mark: usize,
    at: usize,
    /// How many bytes were read.
    offset: u64,
}

impl<R: BufRead> Rewind<R> {
    fn new(reader: R) -> Rewind<R> {
        Rewind {
            reader,
            kept: Vec::new(),
            mark: 0,
            at: 0,
            offset: 0,
        }
    }

    fn mark(&mut self) {
        if self.at == self.kept.len() {
            self.kept.clear();
            self.at = 0;
        }
        self.mark = self.at;
    }

    fn rewind(&mut self) {
        self.offset -= (self.at - self.mark) as u64;
        self.at = self.mark;
    }

    /// Passes over all before the next `byte`; false at the end.
    fn pass_to(&mut self, byte: u8) -> io::Result<bool> {
        loop {
            let chunk = self.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let found = memchr::memchr(byte, chunk);
            let passed = found.unwrap_or(chunk.len());
            self.consume(passed);
            if found.is_some() {
                return Ok(true);
            }
        }
    }

    /// Whether what follows the mark is the header of a member; it is still to be read.
    fn begins_member(&mut self) -> io::Result<bool> {
        let mut head = Vec::new();
        self.take(MAGIC.len() as u64 + 1).read_to_end(&mut head)?;
        self.rewind();
        let flags = head.strip_prefix(&MAGIC);
        Ok(matches!(flags, Some([flags]) if flags & FLAGS_UNKNOWN == 0))
    }
}

impl<R: BufRead> Read for Rewind<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Rewind<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.at < self.kept.len() {
            true => Ok(&self.kept[self.at..]),
            false => self.reader.fill_buf(),
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.offset += bytes as u64;
        if self.at < self.kept.len() {
            self.at += bytes;
            return;
        }
        // It was looked at before it is consumed, so it is there.
        let chunk = self.reader.fill_buf().unwrap_or_default();
        self.kept
            .extend_from_slice(&chunk[..bytes.min(chunk.len())]);
        self.reader.consume(bytes);
        if self.kept.len() > 2 * KEPT_BYTES {
            let dropped = self.kept.len() - KEPT_BYTES;
            self.kept.drain(..dropped);
            self.mark = self.mark.saturating_sub(dropped);
        }
        self.at = self.kept.len();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_read_since_the_mark_is_read_again(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            steps in prop::collection::vec((0..3u8, 1..9usize), 0..60),
        ) {
            let mut rewind = Rewind::new(io::BufReader::with_capacity(5, bytes.as_slice()));
            let (mut at, mut mark) = (0, 0);
            for (step, count) in steps {
                match step {
                    0 => { rewind.mark(); mark = at; }
                    1 => { rewind.rewind(); at = mark; }
                    _ => {
                        let mut read = Vec::new();
                        (&mut rewind).take(count as u64).read_to_end(&mut read).unwrap();
                        prop_assert_eq!(&read, &bytes[at..(at + count).min(bytes.len())]);
                        at += read.len();
                    }
                }
                prop_assert_eq!(rewind.offset, at as u64);
            }
        }
    }
}
