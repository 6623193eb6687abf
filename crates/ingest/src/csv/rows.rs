//! Cuts a table into rows and rows into values. Bounded: a row is kept as a whole, and a quote
//! that is never closed costs its own line and not the rest of the file.

use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::Limits;
use crate::input::Input;

/// Quotes that are not closed within a record cost a look ahead each; after so many the rest is not
/// read.
const REWINDS_MAX: u32 = 16;
/// A table of news has a few dozen columns.
pub(super) const VALUES_MAX: usize = 4_096;

/// What stands between two ends of rows.
pub(super) enum Row<'r> {
    /// A row as it should be.
    Values(Values<'r>),
    /// The row has more bytes than a record may have.
    TooLong(u64),
    /// A value has more bytes than it may have.
    LongValue(u64),
    /// The row has more than [`VALUES_MAX`] values.
    TooMany,
    /// A quote is not closed; the line it stands in was passed over.
    Unclosed,
    /// The same for the last time: nothing more is read.
    Lost,
}

/// The values of a row, without the quotes around them.
#[derive(Clone, Copy)]
pub(super) struct Values<'r> {
    bytes: &'r [u8],
    ends: &'r [usize],
}

impl<'r> Values<'r> {
    pub(super) fn iter(self) -> impl Iterator<Item = &'r [u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(self.ends)
            .map(move |(start, end)| &self.bytes[start..*end])
    }

    pub(super) fn len(self) -> usize {
        self.ends.len()
    }
}

/// The rows of a table.
pub(super) struct Rows<'i, 'a> {
    bytes: Bytes<'i, 'a>,
    delimiter: u8,
    // Kept, since making one costs more than cutting most rows.
    reader: Reader,
    limits: &'i Limits,
    rewinds: u32,
    raw: Vec<u8>,
    values: Vec<u8>,
    ends: Vec<usize>,
}

/// The input, with what is read again before it.
struct Bytes<'i, 'a> {
    input: &'i mut Input<'a>,
    again: Vec<u8>,
    again_read: usize,
}

impl Bytes<'_, '_> {
    fn fill(&mut self) -> io::Result<&[u8]> {
        if self.again_read < self.again.len() {
            return Ok(&self.again[self.again_read..]);
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        if self.again_read < self.again.len() {
            self.again_read += bytes;
        } else {
            self.input.consume(bytes);
        }
    }
}

/// Where in a row the next byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    ValueStart,
    Plain,
    Quoted,
    /// Behind a quote in a quoted value: its end, unless another quote follows.
    QuoteInQuoted,
}

impl State {
    fn after(self, byte: u8, delimiter: u8) -> State {
        match (self, byte) {
            (State::ValueStart | State::QuoteInQuoted, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) => State::Quoted,
            (_, byte) if byte == delimiter => State::ValueStart,
            _ => State::Plain,
        }
    }

    fn is_row_end(self, byte: u8) -> bool {
        matches!(byte, b'\n' | b'\r') && self != State::Quoted
    }
}

/// How the bytes of a row end.
enum End {
    Line,
    TooLong(u64),
    Unclosed,
    Input,
}

impl<'i, 'a> Rows<'i, 'a> {
    pub(super) fn new(input: &'i mut Input<'a>, delimiter: u8, limits: &'i Limits) -> Rows<'i, 'a> {
        Rows {
            bytes: Bytes {
                input,
                again: Vec::new(),
                again_read: 0,
            },
            delimiter,
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            limits,
            rewinds: 0,
            raw: Vec::new(),
            values: Vec::new(),
            ends: vec![0; VALUES_MAX],
        }
    }

    /// The next row that is not blank; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        let end = loop {
            let end = self.frame()?;
            let is_blank = self.raw.trim_ascii().is_empty();
            match end {
                End::Input if is_blank => return Ok(None),
                End::Line if is_blank => {}
                end => break end,
            }
        };
        Ok(Some(match end {
            End::TooLong(bytes) => Row::TooLong(bytes),
            End::Unclosed => self.rewind(),
            End::Line | End::Input => match self.cut() {
                None => Row::TooMany,
                Some(values) => {
                    let values = Values {
                        bytes: &self.values,
                        ends: &self.ends[..values],
                    };
                    let longest = values.iter().map(<[u8]>::len).max();
                    match longest.filter(|bytes| *bytes > self.limits.field_bytes_max) {
                        Some(bytes) => Row::LongValue(bytes as u64),
                        None => Row::Values(values),
                    }
                }
            },
        }))
    }

    /// Puts the bytes of the next row into `raw`, without the end of its line.
    fn frame(&mut self) -> io::Result<End> {
        self.raw.clear();
        let row_max = self.limits.record_bytes_max;
        let (mut state, mut length, mut is_kept) = (State::ValueStart, 0_u64, true);
        loop {
            let chunk = self.bytes.fill()?;
            let mut used = 0;
            let mut is_unclosed = false;
            let room = row_max - self.raw.len();
            for &byte in chunk {
                // In a row that is too long, a quote that is not closed would hide its end.
                if state.is_row_end(byte) || !is_kept && matches!(byte, b'\n' | b'\r') {
                    break;
                }
                if is_kept && used == room {
                    is_unclosed = state == State::Quoted;
                    is_kept = false;
                }
                if is_unclosed {
                    break;
                }
                state = state.after(byte, self.delimiter);
                used += 1;
            }
            let is_input_end = chunk.is_empty();
            let is_line_end = used < chunk.len() && !is_unclosed;
            length += used as u64;
            match is_kept || is_unclosed {
                true => self.raw.extend_from_slice(&chunk[..used]),
                false => self.raw = Vec::new(),
            }
            self.bytes.consume(used + usize::from(is_line_end));
            return Ok(match state {
                _ if is_unclosed => End::Unclosed,
                State::Quoted if is_input_end && is_kept => End::Unclosed,
                _ if !is_input_end && !is_line_end => continue,
                _ if !is_kept => End::TooLong(length),
                _ if is_line_end => End::Line,
                _ => End::Input,
            });
        }
    }

    /// Goes back to the line below the one in which an unclosed row began.
    fn rewind<'r>(&mut self) -> Row<'r> {
        self.rewinds += 1;
        if self.rewinds > REWINDS_MAX {
            return Row::Lost;
        }
        let line = memchr::memchr2(b'\n', b'\r', &self.raw).unwrap_or(self.raw.len());
        let mut again = self.raw.split_off(line);
        again.extend_from_slice(&self.bytes.again[self.bytes.again_read..]);
        self.bytes.again = again;
        self.bytes.again_read = 0;
        Row::Unclosed
    }

    /// Cuts `raw` into values; how many, or `None` when they are too many.
    fn cut(&mut self) -> Option<usize> {
        self.reader.reset();
        self.raw.push(b'\n');
        // The values are no longer than what they are written in.
        self.values.resize(self.raw.len(), 0);
        let (result, _, _, ends) =
            self.reader
                .read_record(&self.raw, &mut self.values, &mut self.ends);
        (result == ReadRecordResult::Record).then_some(ends)
    }
}
