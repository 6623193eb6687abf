//! Samples of every format, bitten, cut, doubled and filled with foreign bytes: no reader panics,
//! every record is one item, and no byte of a web archive is unaccounted for.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

mod invariants;

use std::io::Write;

use dateline_ingest::{Format, Item};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use invariants::{check, is_packed};

/// A file, and the format it is in.
type Sample = (&'static str, Format, &'static [u8]);

macro_rules! samples {
    ($($name:literal $format:ident)*) => {
        &[$((
            concat!("/samples/", $name),
            Format::$format,
            include_bytes!(concat!("samples/", $name)),
        )),*]
    };
}

const SAMPLES: &[Sample] = samples! {
    "atom.xml" Feed
    "box.mbox" Mbox
    "crawl.arc" Arc
    "crawl.warc" Warc
    "feed.json" JsonFeed
    "lines.jsonl" JsonLines
    "list.json" Json
    "mail.eml" Email
    "newsml-g2.xml" NewsMlG2
    "newsml.xml" NewsMl
    "ninjs.json" Ninjs
    "nitf.xml" Nitf
    "page.html" Html
    "rss.xml" Feed
    "story.md" Markdown
    "story.txt" Text
    "table.csv" Csv
    "wire.iptc" Iptc7901
};

fn sample(name: &str) -> Sample {
    let ends = |(of, ..): &&Sample| of.rsplit('/').next() == Some(name);
    *SAMPLES.iter().find(ends).unwrap()
}

/// What can happen to a file.
#[derive(Debug, Clone)]
enum Mutation {
    Set(Index, u8),
    Cut(Index, usize),
    Double(Index, usize),
    Insert(Index, Vec<u8>),
    Truncate(Index),
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let index = any::<Index>;
    let pieces = [
        "\n",
        "\r\n\r\n",
        "\"",
        "<",
        ">",
        "]]>",
        "{",
        "}",
        "[",
        "\\",
        "&",
        "\0",
        "\u{feff}",
        "\u{1b}[31m",
        "\u{ad}",
        "\u{2028}",
        "é",
        "\t",
        ";",
        "From ",
        "WARC/1.0\r\n",
        "<item>",
        "---\n",
        "Content-Length: 9\r\n",
        "02/03/2026",
    ];
    let foreign = prop_oneof![
        select(pieces.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 1..9),
    ];
    let mutation = prop_oneof![
        3 => (index(), any::<u8>()).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        2 => (index(), 1..200_usize).prop_map(|(at, length)| Mutation::Cut(at, length)),
        2 => (index(), 1..200_usize).prop_map(|(at, length)| Mutation::Double(at, length)),
        4 => (index(), foreign).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        1 => index().prop_map(Mutation::Truncate),
    ];
    prop::collection::vec(mutation, 0..6)
}

fn mutate(bytes: &[u8], mutations: &[Mutation]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for mutation in mutations {
        let end = bytes.len();
        let place = |at: &Index, length: usize| {
            let start = at.index(end + 1);
            start..(start + length).min(end)
        };
        match mutation {
            Mutation::Set(at, byte) => bytes[place(at, 1)].fill(*byte),
            Mutation::Cut(at, length) => drop(bytes.drain(place(at, *length))),
            Mutation::Double(at, length) => {
                let range = place(at, *length);
                let copy = bytes[range.clone()].to_vec();
                bytes.splice(range.end..range.end, copy);
            }
            Mutation::Insert(at, piece) => {
                let start = place(at, 0).start;
                bytes.splice(start..start, piece.iter().copied());
            }
            Mutation::Truncate(at) => bytes.truncate(place(at, 0).start),
        }
    }
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    builder
        .append_data(&mut header, name.trim_start_matches('/'), bytes)
        .unwrap();
    builder.into_inner().unwrap()
}

#[test]
fn every_sample_is_read_as_what_it_is() {
    for (path, format, bytes) in SAMPLES {
        let items = check(path, None, bytes);
        assert_eq!(items, check(path, Some(*format), bytes), "{path}");
        let is_article = |item: &Item| matches!(item, Item::Article(_));
        assert!(items.iter().any(is_article), "{path}: {items:?}");
    }
}

/// What was found once, by fuzzing or otherwise, in the smallest input that shows it.
#[test]
fn what_once_went_wrong_stays_right() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regressions");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        check(&format!("/{name}"), None, &std::fs::read(&path).unwrap());
        count += 1;
    }
    assert!(count > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn every_record_of_a_broken_file_is_one_item(
        (path, format, bytes) in select(SAMPLES),
        mutations in mutations(),
        is_named in any::<bool>(),
    ) {
        check(path, is_named.then_some(format), &mutate(bytes, &mutations));
    }

    #[test]
    fn every_record_of_a_broken_archive_is_one_item(
        (path, _, bytes) in select(SAMPLES),
        packing in 0..5,
        mutations in mutations(),
    ) {
        let (extension, packed) = match packing {
            0 => ("gz", [gzip(bytes), gzip(bytes)].concat()),
            1 => ("zst", zstd::encode_all(bytes, 1).unwrap()),
            2 => ("tar", tar(path, bytes)),
            3 => ("tar.gz", gzip(&tar(path, bytes))),
            _ => ("tar", tar("a.gz", &gzip(bytes))),
        };
        check(&format!("{path}.{extension}"), None, &mutate(&packed, &mutations));
    }

    #[test]
    fn every_line_of_broken_json_lines_is_one_item(mutations in mutations()) {
        let (path, format, bytes) = sample("lines.jsonl");
        let bytes = mutate(bytes, &mutations);
        // What is in another encoding has other lines.
        prop_assume!(!bytes.contains(&0) && !bytes.contains(&0x1B) && !is_packed(&bytes));
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let lines = text.split(|byte| *byte == b'\n');
        let filled = lines.filter(|line| !line.trim_ascii().is_empty()).count();
        prop_assert_eq!(check(path, Some(format), &bytes).len(), filled.max(1));
    }

    #[test]
    fn every_message_of_a_broken_mailbox_is_one_item(mutations in mutations()) {
        let (path, format, bytes) = sample("box.mbox");
        let bytes = mutate(bytes, &mutations);
        prop_assume!(!is_packed(&bytes));
        let mut messages = 0;
        let mut after_blank = true;
        for line in bytes.split(|byte| *byte == b'\n') {
            messages += usize::from(after_blank && line.starts_with(b"From "));
            after_blank = line.trim_ascii().is_empty();
        }
        prop_assert_eq!(check(path, Some(format), &bytes).len(), messages.max(1));
    }

    #[test]
    fn every_byte_of_a_broken_web_archive_is_accounted_for(mutations in mutations()) {
        let (path, format, bytes) = sample("crawl.warc");
        let bytes = mutate(bytes, &mutations);
        prop_assume!(!is_packed(&bytes));
        let expected = records(&bytes);
        let found: Vec<Option<(usize, usize)>> = check(path, Some(format), &bytes)
            .iter()
            .filter(|item| !matches!(item, Item::Skip(skip) if skip.record.is_none() && skip.offset.is_none()))
            .map(gap)
            .collect();
        prop_assert_eq!(found, expected);
    }
}

/// What a skip says was passed over: from where, and how many bytes.
fn gap(item: &Item) -> Option<(usize, usize)> {
    let Item::Skip(skip) = item else { return None };
    let offset = skip.offset? as usize;
    let bytes = match skip.reason.split_once("; ") {
        Some((_, rest)) => rest.split(' ').next(),
        // `the file ends within this record: 17 of its 300 bytes are there`
        None => skip.reason.rsplit(": ").next()?.split(' ').next(),
    };
    Some((offset, bytes?.parse().ok()?))
}

/// The fields of a head that begins there, whether it ends, and where reading of it ended.
fn head(bytes: &[u8], mut at: usize) -> (Vec<(String, String)>, bool, usize) {
    let mut fields: Vec<(String, String)> = Vec::new();
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
        let line = String::from_utf8_lossy(bytes[at..end].trim_ascii_end()).into_owned();
        match (line.split_once(':'), fields.last_mut()) {
            _ if line.is_empty() => return (fields, true, end),
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                *value += &format!(" {}", line.trim());
            }
            (Some((name, value)), _) => {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
            }
            (None, _) => return (fields, false, at),
        }
        at = end;
    }
    (fields, false, at)
}

/// The records of a WARC file that are not of the crawl itself, as `None`, and what is none.
fn records(bytes: &[u8]) -> Vec<Option<(usize, usize)>> {
    let mut found = Vec::new();
    let mut at = 0;
    let line_end = |at: usize| {
        bytes[at..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(bytes.len(), |n| at + n + 1)
    };
    let begins = |at: usize| bytes[at..].starts_with(b"WARC/");
    while at < bytes.len() {
        let start = at;
        if bytes[at..line_end(at)].trim_ascii_end().is_empty() {
            at = line_end(at);
            continue;
        }
        let (mut fields, mut is_whole) = (Vec::new(), false);
        if begins(at) {
            at = line_end(at);
            (fields, is_whole, at) = head(bytes, at);
        }
        let field = |name: &str| {
            fields
                .iter()
                .find(|(of, _)| of == name)
                .map(|(_, value)| value.as_str())
        };
        let length = field("content-length").and_then(|length| length.parse::<u64>().ok());
        let Some(length) = length.filter(|_| is_whole) else {
            at = if at == start { line_end(at) } else { at };
            while at < bytes.len() && !begins(at) {
                at = line_end(at);
            }
            found.push(Some((start, at - start)));
            continue;
        };
        let left = bytes.len() - at;
        if length > left as u64 {
            found.push(Some((start, left)));
            break;
        }
        at += length as usize;
        if !matches!(
            field("warc-type"),
            Some("warcinfo" | "request" | "metadata")
        ) {
            found.push(None);
        }
    }
    found
}
