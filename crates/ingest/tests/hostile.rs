//! Inputs made to exhaust a reader: without end, too deep, growing. Each gives what is good in it
//! and the reason for the rest. They are generated while they are read.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::io::{self, BufReader, Read, Write};
use std::ops::ControlFlow;

use dateline_corpus::Flaw;
use dateline_ingest::{Item, Limits, ReadOptions, read};
use expect_test::{Expect, expect};
use flate2::Compression;
use flate2::write::GzEncoder;

/// A text, so many times.
struct Repeat<'a> {
    text: &'a [u8],
    bytes_left: usize,
    at: usize,
}

impl Read for Repeat<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.text[self.at..];
        let read = rest.len().min(buffer.len()).min(self.bytes_left);
        buffer[..read].copy_from_slice(&rest[..read]);
        self.at = (self.at + read) % self.text.len();
        self.bytes_left -= read;
        Ok(read)
    }
}

fn times(text: &str, count: usize) -> Repeat<'_> {
    Repeat {
        text: text.as_bytes(),
        bytes_left: text.len() * count,
        at: 0,
    }
}

/// Limits that are soon reached, in the proportions of the real ones.
fn limits() -> Limits {
    Limits {
        line_bytes_max: 1 << 20,
        field_bytes_max: 512 << 10,
        record_bytes_max: 2 << 20,
        body_bytes_max: 256 << 10,
        unpacked_bytes_max: 8 << 20,
        unpacked_bytes_free: 1 << 20,
        ..Limits::default()
    }
}

fn check(path: &str, input: impl Read, expect: Expect) {
    let options = ReadOptions {
        limits: limits(),
        ..ReadOptions::default()
    };
    let mut shown = String::new();
    let mut reader = BufReader::new(input);
    read(path, &mut reader, &options, &mut |item| {
        shown += &match item {
            Item::Article(article) => {
                let title: String = article.title.chars().take(40).collect();
                let flaws = article.flaws;
                format!("{title} ({} bytes) {flaws:?}\n", article.body.len())
            }
            Item::Skip(skip) => format!("{:?} {:?} {}\n", skip.record, skip.offset, skip.reason),
        };
        ControlFlow::Continue(())
    })
    .unwrap();
    expect.assert_eq(&shown);
}

fn gzip(mut content: impl Read) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    io::copy(&mut content, &mut encoder).unwrap();
    encoder.finish().unwrap()
}

const PROSE: &str = "<p>The ferry sailed again on Tuesday, eleven weeks after a storm.</p>";

#[test]
fn a_line_without_end_costs_itself() {
    let line = || times("word ", 1_000_000);
    check(
        "/a.jsonl",
        b"{\"title\": \"One\"}\n{\"title\": \""
            .as_slice()
            .chain(line())
            .chain(b"\"}\n{\"title\": \"Three\"}".as_slice()),
        expect![[r#"
            One (0 bytes) []
            Some(2) None the line is 5000013 bytes long; at most 1048576 are read
            Three (0 bytes) []
        "#]],
    );
    check(
        "/a.json",
        b"[{\"title\": \"One\"}, {\"title\": \""
            .as_slice()
            .chain(line())
            .chain(b"\"}, {\"title\": \"Three\"}]".as_slice()),
        expect![[r#"
            One (0 bytes) []
            Some(2) None the object is 5000012 bytes long; at most 2097152 are read
            Three (0 bytes) []
        "#]],
    );
    check(
        "/a.csv",
        b"title,body\nOne,a\nTwo,"
            .as_slice()
            .chain(line())
            .chain(b"\nThree,c\n".as_slice()),
        expect![[r#"
            One (1 bytes) []
            Some(3) None the row is 5000004 bytes long; at most 2097152 are read
            Three (1 bytes) []
        "#]],
    );
    check(
        "/a.mbox",
        b"From a@b Tue Feb  3 09:00:00 2026\nSubject: One\n\n"
            .as_slice()
            .chain(line())
            .chain(b"\n\nFrom a@b Tue Feb  3 09:00:00 2026\nSubject: Two\n\nText.\n".as_slice()),
        expect![[r#"
            Some(1) None the message is longer than the 2097152 bytes that are read
            Two (5 bytes) []
        "#]],
    );
    check(
        "/a.rss",
        b"<rss><channel><item><title>One</title></item><item><title>"
            .as_slice()
            .chain(line())
            .chain(b"</title></item><item><title>Three</title></item></channel></rss>".as_slice()),
        expect![[r#"
            One (0 bytes) []
            Some(2) None the entry is 5000028 bytes long; at most 2097152 are read
            Three (0 bytes) []
        "#]],
    );
    check(
        "/a.warc",
        b"WARC/1.0\r\nX: ".chain(line()),
        expect![[r#"
            None Some(0) the head of this record is too long; 5000013 bytes were passed over
        "#]],
    );
    check(
        "/a.txt",
        line(),
        expect![[r#"
        None None longer than the 2097152 bytes that a file of one article may have
    "#]],
    );
}

#[test]
fn a_quote_that_is_never_closed_costs_its_line() {
    let line = format!("Next,{}\n", "x".repeat(200_000));
    check(
        "/a.csv",
        b"title,body\nOne,a\nTwo,\""
            .as_slice()
            .chain(times(&line, 4)),
        expect![[r#"
            One (1 bytes) []
            Some(3) None a quote is opened in this row and not closed; its first line is not read
            Next (200000 bytes) []
            Next (200000 bytes) []
            Next (200000 bytes) []
        "#]],
    );
}

#[test]
fn a_long_body_is_cut_and_flagged() {
    check(
        "/a.jsonl",
        b"{\"title\": \"One\", \"body\": \""
            .as_slice()
            .chain(times("word ", 100_000))
            .chain(b"\"}".as_slice()),
        expect![[r#"
            One (262144 bytes) [Truncated]
        "#]],
    );
}

#[test]
fn long_markdown_is_cut_before_it_is_parsed() {
    let line = "*a* [b](c) `d` <i>e</i> | \n".repeat(100);
    let options = ReadOptions::default();
    let mut found = None;
    let mut reader = BufReader::new(times(&line, 4_000));
    read("/a.md", &mut reader, &options, &mut |item| {
        found = Some(item);
        ControlFlow::Continue(())
    })
    .unwrap();
    let Some(Item::Article(article)) = found else {
        panic!("{found:?}");
    };
    assert_eq!(article.flaws, [Flaw::Truncated]);
}

#[test]
fn nesting_without_end_is_read_or_told() {
    let tags = || {
        times("<div>", 100_000)
            .chain(PROSE.as_bytes())
            .chain(times("</div>", 100_000))
    };
    check(
        "/a.html",
        b"<html><title>One</title>".as_slice().chain(tags()),
        expect![[r#"
            One (62 bytes) []
        "#]],
    );
    check(
        "/a.rss",
        b"<rss><channel><item><title>One</title><description>"
            .as_slice()
            .chain(tags())
            .chain(
                b"</description></item><item><title>Two</title></item></channel></rss>".as_slice(),
            ),
        expect![[r#"
            One (62 bytes) []
            Two (0 bytes) []
        "#]],
    );
    check(
        "/a.nitf",
        b"<nitf><body><body.content>"
            .as_slice()
            .chain(times("<p>", 100_000))
            .chain(times("</p>", 100_000))
            .chain(b"</body.content></body></nitf>".as_slice()),
        expect![[r#"
            Some(1) None elements are nested deeper than 200
        "#]],
    );
    check(
        "/a.jsonl",
        b"{\"title\": \"One\", \"authors\": "
            .as_slice()
            .chain(times("[", 100_000))
            .chain(times("]", 100_000))
            .chain(b"}\n{\"title\": \"Two\"}".as_slice()),
        expect![[r#"
            Some(1) None broken JSON: recursion limit exceeded at column 155
            Two (0 bytes) []
        "#]],
    );
    check(
        "/a.json",
        times("[", 100_000),
        expect![[r#"
        Some(1) None a JSON list where an object is expected
    "#]],
    );
    for (part, count) in [("Content-Type: message/rfc822\n\n", 60), ("A: b\n", 30_000)] {
        check(
            "/a.eml",
            b"Message-ID: <1@x>\n".chain(times(part, count)),
            expect![[r#"
            None None more than 20000 fields and parts, or 50 messages in it, which is no mail of news
        "#]],
        );
    }
    check(
        "/a.md",
        b"---\ntitle: One\na: "
            .as_slice()
            .chain(times("[", 60_000))
            .chain(b"\n---\nText.\n".as_slice()),
        expect![[r#"
            One (5 bytes) []
        "#]],
    );
}

#[test]
fn small_values_without_end_are_refused() {
    check(
        "/a.jsonl",
        b"{\"title\": \"One\", \"authors\": ["
            .as_slice()
            .chain(times("0,", 300_000))
            .chain(b"0]}\n{\"title\": \"Two\"}".as_slice()),
        expect![[r#"
            Some(1) None the object holds more than 200000 values at line 1 column 400025
            Two (0 bytes) []
        "#]],
    );
    let page = b"<html><title>One</title>".chain(times("<p>a", 510_000));
    check(
        "/a.html",
        page.chain(PROSE.as_bytes()),
        expect![[r#"
        None None it has more than 1000000 elements and texts
    "#]],
    );
}

#[test]
fn entities_do_not_grow() {
    let mut entities = String::from("<!DOCTYPE x [<!ENTITY a0 \"lol\">");
    for number in 1..12 {
        let inner = format!("&a{};", number - 1).repeat(10);
        entities += &format!("<!ENTITY a{number} \"{inner}\">");
    }
    check(
        "/a.rss",
        format!("{entities}]><rss><channel><item><title>One</title><description>&a11;</description></item></channel></rss>").as_bytes(),
        expect![[r#"
            One (5 bytes) []
        "#]],
    );
    check(
        "/a.xml",
        format!("{entities}]><nitf><body><body.head><hedline><hl1>One</hl1></hedline></body.head><body.content><p>&a11;</p></body.content></body></nitf>").as_bytes(),
        expect![[r#"
            One (5 bytes) []
        "#]],
    );
}

#[test]
fn what_is_packed_grows_no_further_than_may_be() {
    let block = "\0".repeat(20_000);
    let zeros = || gzip(times(&block, 1_000));
    check(
        "/a.jsonl.gz",
        zeros().as_slice(),
        expect![[r#"
            Some(1) None the line is 8453673 bytes long; at most 1048576 are read
            None Some(8453673) grows to more than 8388608 bytes when it is unpacked; the rest is not read
        "#]],
    );
    check(
        "/a.txt.gz",
        zeros().as_slice(),
        expect![[r#"
        None None longer than the 2097152 bytes that a file of one article may have
    "#]],
    );
    let mut header = tar::Header::new_ustar();
    header.set_path("a.txt").unwrap();
    header.set_size(20_000_000);
    header.set_cksum();
    let packed = gzip(header.as_bytes().chain(times(&block, 1_000)));
    check(
        "/a.tar.gz",
        packed.as_slice(),
        expect![[r#"
            None None longer than the 2097152 bytes that a file of one article may have
            None Some(8514931) the archive ends inside of a.txt
            None Some(8514931) grows to more than 8388608 bytes when it is unpacked; the rest is not read
        "#]],
    );
    // Within the ratio, beyond the size.
    let mut noise = GzEncoder::new(Vec::new(), Compression::fast());
    for number in 0..12_000_u64 {
        let hash = |part: u64| (number * 16 + part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let bits: String = (0..14).map(|part| format!("{:b}", hash(part))).collect();
        writeln!(noise, "{{\"n\": \"{bits}\"}}").unwrap();
    }
    let packed = noise.finish().unwrap();
    let mut last = String::new();
    let options = ReadOptions {
        limits: limits(),
        ..ReadOptions::default()
    };
    read(
        "/a.jsonl.gz",
        &mut packed.as_slice(),
        &options,
        &mut |item| {
            if let Item::Skip(skip) = item {
                last = skip.reason;
            }
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    expect!["grows to more than 8388608 bytes when it is unpacked; the rest is not read"]
        .assert_eq(&last);
}

#[test]
fn what_is_broken_between_the_members_of_a_compressed_file_costs_itself() {
    let line = |title: &str| gzip(format!("{{\"title\": \"{title}\"}}\n").as_bytes());
    let garbage = b"garbage \x1F\x8B\x08\0 more garbage".as_slice();
    let lines = [&line("One"), garbage, &line("Two"), &line("Three")].concat();
    check(
        "/a.jsonl.gz",
        lines.as_slice(),
        expect![[r#"
        One (0 bytes) []
        None Some(17) the packed data is broken: invalid gzip header; the bytes 37 to 62 of the file are passed over
        Two (0 bytes) []
        Three (0 bytes) []
    "#]],
    );
    let mut broken = line("Two");
    broken[14] ^= 0xFF;
    let lines = [line("One"), broken, line("Three")].concat();
    check(
        "/a.jsonl.gz",
        lines.as_slice(),
        expect![[r#"
        One (0 bytes) []
        Some(2) None no field of the object holds a headline or text; it has: tn,le
        None Some(34) the packed data is broken: corrupt gzip stream does not have a matching checksum; the bytes 37 to 74 of the file are passed over
        Three (0 bytes) []
    "#]],
    );
    let cut = [line("One"), line("Two")[..20].to_vec(), line("Three")].concat();
    check(
        "/a.jsonl.gz",
        cut.as_slice(),
        expect![[r#"
        One (0 bytes) []
        None Some(17) the packed data is broken: corrupt deflate stream; the bytes 37 to 57 of the file are passed over
        Three (0 bytes) []
    "#]],
    );
    let record = |title: &str| {
        let page = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>{title}</title>{PROSE}"
        );
        let head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n";
        gzip(format!("{head}Content-Length: {}\r\n\r\n{page}\r\n\r\n", page.len()).as_bytes())
    };
    let second = record("Two");
    let pages = [&record("One"), &second[..100], &record("Three")].concat();
    check(
        "/a.warc.gz",
        pages.as_slice(),
        expect![[r#"
        One (62 bytes) []
        None Some(221) the file ends within this record: 64 of its 131 bytes are there
        None Some(371) the packed data is broken: corrupt gzip stream does not have a matching checksum; the bytes 205 to 305 of the file are passed over
        Three (62 bytes) []
    "#]],
    );
    // A table without its header says nothing.
    let rows = [
        gzip("title,body\nOne,a\n".as_bytes()),
        garbage.to_vec(),
        gzip("Two,b\n".as_bytes()),
    ]
    .concat();
    check(
        "/a.csv.gz",
        rows.as_slice(),
        expect![[r#"
        One (1 bytes) []
        None Some(17) the packed data is broken: invalid gzip header; what follows in it is not read
    "#]],
    );
    let end = [line("One"), garbage.to_vec()].concat();
    check(
        "/a.jsonl.gz",
        end.as_slice(),
        expect![[r#"
        One (0 bytes) []
        None Some(17) the packed data is broken: invalid gzip header; what follows in it is not read
    "#]],
    );
}
