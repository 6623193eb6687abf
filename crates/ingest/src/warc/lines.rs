//! The lines and blocks that web archives are made of, each with its place.

use std::io::{self, Read};
use std::ops::ControlFlow;

use crate::input::{Input, Line};
use crate::output::Output;
use crate::read::Flow;

/// Lines and heads of records have no more bytes; real ones have a few hundred.
pub(super) const HEAD_BYTES_MAX: usize = 64 << 10;

/// Neither blank nor a field nor the beginning of a record.
pub(super) const TOO_LONG: &[u8] = b"\0";

/// An archive, line by line where its records have lines.
pub(super) struct Lines<'a, 'b> {
    input: &'a mut Input<'b>,
    line: Vec<u8>,
    offset: u64,
    is_back: bool,
}

/// What is left of the block of a record.
pub(super) enum Block {
    Whole(Vec<u8>),
    /// It was too long or is not wanted.
    Passed,
    /// The file ends within it: so many bytes were there.
    Cut(u64),
}

impl<'a, 'b> Lines<'a, 'b> {
    pub(super) fn new(input: &'a mut Input<'b>) -> Lines<'a, 'b> {
        Lines {
            input,
            line: Vec::new(),
            offset: 0,
            is_back: false,
        }
    }

    /// The next line without its end; `None` at the end of the file. In place of one that is too
    /// long there is [`TOO_LONG`].
    pub(super) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        if !std::mem::take(&mut self.is_back) {
            self.offset = self.input.offset();
            match self.input.line(HEAD_BYTES_MAX, &mut self.line)? {
                None => return Ok(None),
                Some(Line::TooLong(_)) => self.line.extend_from_slice(TOO_LONG),
                Some(Line::Whole) => {}
            }
        }
        Ok(Some(self.line.trim_ascii_end()))
    }

    /// Where the last line begins.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Makes the last line the next again.
    pub(super) fn put_back(&mut self) {
        self.is_back = true;
    }

    /// The next so many bytes, if they are wanted and no more than may be.
    pub(super) fn block(
        &mut self,
        length: u64,
        bytes_max: usize,
        wanted: bool,
    ) -> io::Result<Block> {
        let mut bytes = Vec::new();
        let is_kept = wanted && length <= bytes_max as u64;
        let mut block = self.input.take(length);
        let read = match is_kept {
            true => block.read_to_end(&mut bytes)? as u64,
            false => io::copy(&mut block, &mut io::sink())?,
        };
        Ok(match (read < length, is_kept) {
            (true, _) => Block::Cut(read),
            (false, true) => Block::Whole(bytes),
            (false, false) => Block::Passed,
        })
    }

    /// Passes over all before the next line that begins a record, and reports what was wrong with
    /// the bytes from `offset` on.
    pub(super) fn pass(
        &mut self,
        output: &mut Output<'_>,
        offset: u64,
        reason: &str,
        begins_record: impl Fn(&[u8]) -> bool,
    ) -> Flow {
        let mut end = None;
        while let Some(line) = self.next()? {
            if begins_record(line) {
                self.put_back();
                end = Some(self.offset);
                break;
            }
        }
        let bytes = end.unwrap_or(self.input.offset()) - offset;
        let reason = format!("{reason}; {bytes} bytes were passed over");
        Ok(output.skip_at(offset, reason))
    }
}

/// Reports that the file ends within the block of a record.
pub(super) fn skip_cut(
    output: &mut Output<'_>,
    offset: u64,
    read: u64,
    length: u64,
) -> ControlFlow<()> {
    let reason =
        format!("the file ends within this record: {read} of its {length} bytes are there");
    output.skip_at(offset, reason)
}

/// Why a record that is too long is not read.
pub(super) fn too_long(length: u64, bytes_max: usize) -> String {
    format!("the record has {length} bytes; at most {bytes_max} are read")
}
