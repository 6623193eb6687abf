//! The bytes of one file, stream or archive entry on their way to a reader: a head to look at,
//! a count, and bounded ways to take a line or the whole. Knows no formats.

use std::io::{self, BufRead, Read};

/// So much of an input can be looked at before it is read: enough for a long XML prolog, and for
/// the guess of an encoding.
pub(crate) const HEAD_BYTES: usize = 64 << 10;

/// A stream that is read once, from its beginning.
pub(crate) struct Input<'a> {
    name: &'a str,
    head: Vec<u8>,
    head_read: usize,
    reader: &'a mut dyn BufRead,
    offset: u64,
}

/// What [`Input::line`] met.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The line is in the buffer, without its line feed.
    Whole,
    /// The line has so many bytes, more than may be, and was passed over.
    TooLong(u64),
}

impl<'a> Input<'a> {
    /// `name` is that of the file; its extension may tell the format.
    pub(crate) fn new(name: &'a str, reader: &'a mut dyn BufRead) -> io::Result<Input<'a>> {
        let mut head = Vec::new();
        reader.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        Ok(Input {
            name,
            head,
            head_read: 0,
            reader,
            offset: 0,
        })
    }

    /// The same, as what lies that many bytes behind the start of a file.
    pub(crate) fn starting_at(self, offset: u64) -> Input<'a> {
        Input { offset, ..self }
    }

    /// The name of the file or entry.
    pub(crate) fn name(&self) -> &'a str {
        self.name
    }

    /// The first bytes, up to [`HEAD_BYTES`], less what was read of them.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head[self.head_read..]
    }

    /// How many bytes were read, from the start of the file.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// The next line in `buffer`, without its line feed; `None` at the end. A line of more than
    /// `bytes_max` is passed over in the memory of a buffer.
    pub(crate) fn line(
        &mut self,
        bytes_max: usize,
        buffer: &mut Vec<u8>,
    ) -> io::Result<Option<Line>> {
        buffer.clear();
        let limit = bytes_max as u64 + 1;
        if self.take(limit).read_until(b'\n', buffer)? == 0 {
            return Ok(None);
        }
        if buffer.last() == Some(&b'\n') {
            buffer.pop();
            return Ok(Some(Line::Whole));
        }
        if buffer.len() <= bytes_max {
            return Ok(Some(Line::Whole));
        }
        let bytes = buffer.len() as u64 + self.pass_line()?;
        // The next lines are likely short again: give the memory back.
        *buffer = Vec::new();
        Ok(Some(Line::TooLong(bytes)))
    }

    /// All that is left, or `None` when that is more than `bytes_max`.
    pub(crate) fn whole(&mut self, bytes_max: usize) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        self.take(bytes_max as u64 + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() <= bytes_max).then_some(bytes))
    }

    /// Passes over the rest of a line; its length without the line feed.
    fn pass_line(&mut self) -> io::Result<u64> {
        let mut bytes = 0;
        loop {
            let chunk = match self.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = memchr::memchr(b'\n', chunk);
            let used = end.unwrap_or(chunk.len());
            let is_over = end.is_some() || chunk.is_empty();
            bytes += used as u64;
            self.consume(end.map_or(used, |end| end + 1));
            if is_over {
                return Ok(bytes);
            }
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &self.head[self.head_read..] {
            [] => self.reader.read(buffer)?,
            mut head => {
                let read = head.read(buffer)?;
                self.head_read += read;
                read
            }
        };
        self.offset += read as u64;
        Ok(read)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.head_read < self.head.len() {
            return Ok(&self.head[self.head_read..]);
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.offset += bytes as u64;
        if self.head_read < self.head.len() {
            self.head_read += bytes;
        } else {
            self.reader.consume(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_read_through_head_and_stream() {
        let bytes: Vec<u8> = (0..3 * HEAD_BYTES).map(|at| (at % 251) as u8).collect();
        let mut reader = io::BufReader::with_capacity(1_000, bytes.as_slice());
        let mut input = Input::new("a", &mut reader).unwrap();
        assert_eq!(input.head(), &bytes[..HEAD_BYTES]);
        let mut start = vec![0; 100];
        input.read_exact(&mut start).unwrap();
        assert_eq!(
            (input.offset(), input.head()),
            (100, &bytes[100..HEAD_BYTES])
        );
        let rest = input.whole(bytes.len()).unwrap().unwrap();
        assert_eq!([start, rest].concat(), bytes);
        assert_eq!(input.offset(), bytes.len() as u64);
    }

    #[test]
    fn passes_over_a_line_that_is_too_long() {
        let text = format!("one\n{}\nthree", "x".repeat(2 * HEAD_BYTES));
        let mut reader = io::BufReader::with_capacity(10, text.as_bytes());
        let mut input = Input::new("a", &mut reader).unwrap();
        let mut buffer = Vec::new();
        assert_eq!(input.line(5, &mut buffer).unwrap(), Some(Line::Whole));
        assert_eq!(buffer, b"one");
        let long = Line::TooLong(2 * HEAD_BYTES as u64);
        assert_eq!(input.line(5, &mut buffer).unwrap(), Some(long));
        assert_eq!(input.line(5, &mut buffer).unwrap(), Some(Line::Whole));
        assert_eq!(buffer, b"three");
        assert_eq!(input.line(5, &mut buffer).unwrap(), None);
    }

    #[test]
    fn gives_the_whole_up_to_the_limit() {
        for (bytes_max, whole) in [(2, None), (3, Some(b"abc".to_vec()))] {
            let mut reader = b"abc".as_slice();
            let mut input = Input::new("a", &mut reader).unwrap();
            assert_eq!(input.whole(bytes_max).unwrap(), whole);
        }
    }
}
