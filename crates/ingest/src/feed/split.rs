//! Cuts a feed, or another file of XML items, into what stands before its entries and the entries, as
//! bytes. One that is cut off, or broken inside an entry, loses no other entry to it.

use std::io::{self, BufRead};

use memchr::{memchr, memmem};

/// A tag up to the end of its name is no longer than this.
const NAME_BYTES_MAX: usize = 64;

/// A piece of a feed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// What stands before the first entry; all of a feed without entries.
    Start(Vec<u8>),
    /// An entry with its tags.
    Entry(Vec<u8>),
    /// The feed ends within this entry.
    Cut,
    /// An entry of more bytes than may be.
    TooLong(u64),
}

/// Cuts while it reads; holds one entry.
pub(crate) struct Pieces<'a> {
    reader: &'a mut dyn BufRead,
    bytes_max: usize,
    /// Names of entries, in any case.
    names: &'a [&'a str],
    buffer: Vec<u8>,
    /// Where in the buffer the piece begins that is next.
    start: usize,
    /// What lies before this place of the buffer is known.
    at: usize,
    /// Whether that is an entry; else it is what stands behind the last.
    in_entry: bool,
    has_started: bool,
    /// Bytes of an entry that are not in the buffer any more.
    passed: u64,
    /// The CDATA section or comment that `at` is in.
    section: Option<Section>,
    /// Sections that are not closed before the end of the feed are none.
    has_open_section: bool,
}

#[derive(Debug, Clone, Copy)]
struct Section {
    start: usize,
    end: &'static [u8],
}

impl<'a> Pieces<'a> {
    /// Entries are the elements with one of these names; none holds another.
    pub(crate) fn new(
        reader: &'a mut dyn BufRead,
        bytes_max: usize,
        names: &'a [&'a str],
    ) -> Pieces<'a> {
        Pieces {
            reader,
            bytes_max,
            names,
            buffer: Vec::new(),
            start: 0,
            at: 0,
            in_entry: false,
            has_started: false,
            passed: 0,
            section: None,
            has_open_section: false,
        }
    }

    /// The next piece; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Piece>> {
        loop {
            if let Some(Section { end, .. }) = self.section {
                self.pass_section(end)?;
                continue;
            }
            let Some(found) = memchr(b'<', &self.buffer[self.at..]) else {
                self.at = self.buffer.len();
                if self.fill()? {
                    continue;
                }
                return Ok(self.finish());
            };
            self.at += found;
            if self.buffer.len() - self.at < NAME_BYTES_MAX && self.fill()? {
                continue;
            }
            if let Some(piece) = self.tag()? {
                return Ok(Some(piece));
            }
        }
    }

    /// Takes the tag at `at`.
    fn tag(&mut self) -> io::Result<Option<Piece>> {
        let rest = &self.buffer[self.at..];
        let sections: [(&[u8], &'static [u8]); 2] = [(b"<![CDATA[", b"]]>"), (b"<!--", b"-->")];
        for (open, end) in sections {
            if rest.starts_with(open) && !self.has_open_section {
                let start = self.at;
                self.section = Some(Section { start, end });
                self.at += open.len();
                return Ok(None);
            }
        }
        let (name, closes) = match rest.strip_prefix(b"</") {
            Some(rest) => (local_name(rest), true),
            None => (local_name(&rest[1..]), false),
        };
        let start = self.at;
        self.at += 1;
        let is_entry = self
            .names
            .iter()
            .any(|of| of.as_bytes().eq_ignore_ascii_case(name));
        let ends_feed = closes && matches!(name, b"channel" | b"feed" | b"rss");
        Ok(match (self.in_entry, closes) {
            // An entry within an entry: the first was not closed.
            (_, false) if is_entry => {
                let piece = self.cut(start);
                self.in_entry = true;
                piece
            }
            (true, true) if is_entry => {
                let end = loop {
                    if let Some(end) = memchr(b'>', &self.buffer[self.at..]) {
                        break self.at + end + 1;
                    }
                    self.at = self.buffer.len();
                    if !self.fill()? {
                        break self.buffer.len();
                    }
                };
                self.cut(end)
            }
            (true, true) if ends_feed => self.cut(start),
            _ => None,
        })
    }

    /// Takes what lies before `end` out of the buffer; what that is depends on the state.
    fn cut(&mut self, end: usize) -> Option<Piece> {
        let bytes = self.buffer[self.start..end].to_vec();
        self.start = end;
        self.at = self.at.max(end);
        let was_entry = std::mem::take(&mut self.in_entry);
        let passed = std::mem::take(&mut self.passed);
        let is_first = !std::mem::replace(&mut self.has_started, true);
        match (was_entry, passed) {
            (true, 0) if bytes.len() <= self.bytes_max => Some(Piece::Entry(bytes)),
            (true, passed) => Some(Piece::TooLong(passed + bytes.len() as u64)),
            (false, _) => is_first.then_some(Piece::Start(bytes)),
        }
    }

    fn pass_section(&mut self, close: &[u8]) -> io::Result<()> {
        if let Some(end) = memmem::find(&self.buffer[self.at..], close) {
            self.at += end + close.len();
            self.section = None;
            return Ok(());
        }
        let known = self.buffer.len().saturating_sub(close.len() - 1);
        self.at = self.at.max(known);
        if !self.fill()?
            && let Some(section) = self.section.take()
        {
            self.has_open_section = true;
            self.at = section.start + 1;
        }
        Ok(())
    }

    /// Reads on; false at the end. An entry that grows too long is forgotten up to `at`.
    fn fill(&mut self) -> io::Result<bool> {
        let start = std::mem::take(&mut self.start);
        self.buffer.drain(..start);
        self.at -= start;
        if let Some(section) = &mut self.section {
            section.start -= start;
        }
        if self.buffer.len() > self.bytes_max {
            let drop = self.at.min(self.buffer.len());
            self.buffer.drain(..drop);
            self.at = 0;
            self.passed += drop as u64;
            if let Some(section) = &mut self.section {
                section.start = 0;
            }
        }
        let chunk = loop {
            match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                chunk => break chunk?,
            }
        };
        self.buffer.extend_from_slice(chunk);
        let read = chunk.len();
        self.reader.consume(read);
        Ok(read > 0)
    }

    fn finish(&mut self) -> Option<Piece> {
        match std::mem::take(&mut self.in_entry) {
            true => {
                self.buffer.clear();
                (self.start, self.at) = (0, 0);
                Some(Piece::Cut)
            }
            false => self.cut(self.buffer.len()),
        }
    }
}

/// The name at the beginning of `tag` without its prefix; empty when a name does not end there.
fn local_name(tag: &[u8]) -> &[u8] {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b":_-.".contains(byte);
    let tag = &tag[..tag.len().min(NAME_BYTES_MAX)];
    let end = tag.iter().position(|byte| !is_of_name(byte));
    let name = &tag[..end.unwrap_or(0)];
    name.rsplit(|byte| *byte == b':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn pieces(xml: &str, chunk: usize, bytes_max: usize) -> Vec<String> {
        let mut reader = BufReader::with_capacity(chunk, xml.as_bytes());
        let mut pieces = Pieces::new(&mut reader, bytes_max, &["item", "entry"]);
        let mut shown = Vec::new();
        while let Some(piece) = pieces.next().unwrap() {
            shown.push(match piece {
                Piece::Start(bytes) => format!("start {}", String::from_utf8_lossy(&bytes)),
                Piece::Entry(bytes) => format!("entry {}", String::from_utf8_lossy(&bytes)),
                Piece::Cut => "cut".to_owned(),
                Piece::TooLong(bytes) => format!("too long: {bytes}"),
            });
        }
        shown
    }

    fn check(xml: &str, expect: Expect) {
        let shown = pieces(xml, 1 << 16, 1_000);
        assert_eq!(pieces(xml, 3, 1_000), shown);
        expect.assert_eq(&shown.join("\n"));
    }

    #[test]
    fn cuts_a_feed_into_its_entries() {
        check(
            "<rss><channel><items/><item>1</item> <item a='b'>2</item\n></channel></rss>",
            expect![[r#"
                start <rss><channel><items/>
                entry <item>1</item>
                entry <item a='b'>2</item
                >"#]],
        );
        check(
            "<rss><channel><title>none</title>",
            expect!["start <rss><channel><title>none</title>"],
        );
    }

    #[test]
    fn takes_tags_in_cdata_and_comments_for_text() {
        check(
            "<feed><entry><![CDATA[</entry><entry>]]><!-- </entry> --></entry></feed>",
            expect![[r#"
                start <feed>
                entry <entry><![CDATA[</entry><entry>]]><!-- </entry> --></entry>"#]],
        );
    }

    #[test]
    fn an_entry_that_is_not_closed_ends_with_the_next_or_the_feed() {
        check(
            "<feed><entry>1<entry>2</feed><entry>3</entry><entry>4",
            expect![[r#"
                start <feed>
                entry <entry>1
                entry <entry>2
                entry <entry>3</entry>
                cut"#]],
        );
    }

    #[test]
    fn a_section_that_is_not_closed_hides_no_entries() {
        check(
            "<rss><item><![CDATA[1</item><item>2</item>",
            expect![[r#"
                start <rss>
                entry <item><![CDATA[1</item>
                entry <item>2</item>"#]],
        );
    }

    #[test]
    fn passes_over_an_entry_that_is_too_long() {
        let long = "x".repeat(5_000);
        let xml = format!("<rss><item>{long}</item><item><![CDATA[{long}]]></item><item>3</item>");
        let shown = pieces(&xml, 100, 1_000);
        assert_eq!(
            shown,
            [
                "start <rss>",
                "too long: 5013",
                "too long: 5025",
                "entry <item>3</item>"
            ]
        );
    }

    proptest! {
        #[test]
        fn the_cuts_do_not_depend_on_the_chunks(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "<item>", "</item>", "<entry a='1'>", "</x:entry>", "<![CDATA[", "]]>", "<!--",
                    "-->", "a", "<", ">", "</channel>", "<items>", "\n",
                ]),
                0..30,
            ),
            chunk in 1_usize..40,
            bytes_max in prop::sample::select(vec![20, 1_000]),
        ) {
            let xml = parts.concat();
            let shown = pieces(&xml, chunk, bytes_max);
            // How much of what is too long is forgotten before it turns out to be in no section
            // depends on the chunks; what is not too long does not.
            if bytes_max > xml.len() {
                prop_assert_eq!(shown, pieces(&xml, 1 << 16, bytes_max));
            }
        }
    }
}
