//! What must hold of anything that is read, whatever the bytes. Used by the tests of this crate,
//! and by the fuzz targets, which differ in what they feed to the readers.

#![allow(
    unreachable_pub,
    dead_code,
    reason = "the fuzz targets, which are other crates, use what a test does not"
)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;

use dateline_corpus::{Article, DateOrder, Flaw, Precision, Published};
use dateline_ingest::{Format, Item, Limits, Provenance, ReadOptions, Skip, read};

/// Small enough that ends of buffers fall into every part of a record.
const CHUNK_BYTES: usize = 7;
/// Headlines are cut to so many characters.
const TITLE_CHARS_MAX: usize = 1_000;
/// Facets are cut to so many characters.
const FACET_CHARS_MAX: usize = 300;
/// 2026-02-03T00:00:00Z, for the time of a file and of reading it.
const NOW_SECONDS: i64 = 1_770_076_800;

/// The options of a user who says nothing.
pub fn options(format: Option<Format>) -> ReadOptions {
    ReadOptions {
        format,
        ..ReadOptions::default()
    }
}

/// Limits that inputs of a fuzzer reach.
pub fn tiny() -> Limits {
    Limits {
        line_bytes_max: 200,
        field_bytes_max: 100,
        record_bytes_max: 500,
        body_bytes_max: 60,
        unpacked_bytes_max: 4_096,
        unpacked_ratio_max: 50,
        unpacked_bytes_free: 1_024,
        entries_max: 3,
    }
}

/// Reads `bytes` in three ways and asserts what must hold of all of them: at once, in small
/// pieces, which must not matter, and with limits that are soon reached. Returns what was read at
/// once.
pub fn check(path: &str, format: Option<Format>, bytes: &[u8]) -> Vec<Item> {
    let options = options(format);
    let items = checked(path, &options, bytes, &mut &*bytes);
    let mut pieces = BufReader::with_capacity(CHUNK_BYTES, bytes);
    let again = checked(path, &options, bytes, &mut pieces);
    assert_eq!(items, again, "the items depend on how the bytes come in");
    let limited = ReadOptions {
        date_order: Some(DateOrder::Dmy),
        source: Some("The Daily Planet".to_owned()),
        date_from_mtime: true,
        limits: tiny(),
        ..options
    };
    checked(path, &limited, bytes, &mut &*bytes);
    items
}

/// Reads and asserts what must hold of all items.
fn checked(path: &str, options: &ReadOptions, bytes: &[u8], reader: &mut dyn BufRead) -> Vec<Item> {
    let from = Provenance {
        path,
        modified_seconds: Some(NOW_SECONDS),
        read_seconds: Some(NOW_SECONDS),
    };
    let mut items = Vec::new();
    let records = read(from, reader, options, &mut |item| {
        items.push(item);
        ControlFlow::Continue(())
    });
    let records = records.expect("bytes in memory can be read");
    assert_eq!(records, items.len() as u64, "every record is one item");
    assert!(!items.is_empty(), "every file is accounted for");
    let mut last = 0;
    for item in &items {
        let (entry, record) = match item {
            Item::Article(article) => {
                check_article(article, &options.limits);
                assert_eq!(article.origin.path, path);
                (&article.origin.entry, article.origin.record)
            }
            Item::Skip(skip) => {
                check_skip(skip);
                assert_eq!(skip.path, path);
                if is_plain(bytes) {
                    let offset = skip.offset.unwrap_or_default();
                    assert!(offset <= bytes.len() as u64, "{skip:?} lies behind the end");
                }
                (&skip.entry, skip.record)
            }
        };
        if let Some(record) = record
            && entry.is_none()
            && is_plain(bytes)
        {
            assert!(record > last, "record {record} after {last}");
            last = record;
        }
    }
    items
}

/// Whether the bytes begin like something that is unpacked first.
pub fn is_packed(bytes: &[u8]) -> bool {
    let magics: [&[u8]; 5] = [b"\x1F\x8B", b"\x28\xB5\x2F\xFD", b"BZh", b"\xFD7zXZ", b"PK"];
    let is_tar = bytes
        .get(257..)
        .is_some_and(|rest| rest.starts_with(b"ustar"));
    is_tar || magics.iter().any(|magic| bytes.starts_with(magic))
}

/// Whether offsets are those of these bytes: they are neither unpacked nor decoded first.
fn is_plain(bytes: &[u8]) -> bool {
    let may_be_encoded = bytes.contains(&0) || bytes.contains(&0x1B) || !bytes.is_ascii();
    !is_packed(bytes) && !may_be_encoded
}

fn check_article(article: &Article, limits: &Limits) {
    let body = article.body.as_str();
    is_line(&article.title, "title");
    assert!(article.title.chars().count() <= TITLE_CHARS_MAX);
    let is_control = |c: char| c.is_control() && c != '\n' && c != '\t';
    assert!(!body.contains(is_control), "control character in {body:?}");
    assert!(body.len() <= limits.body_bytes_max, "{} bytes", body.len());
    let lines = || body.split('\n').filter(|_| !body.is_empty());
    assert!(
        lines().all(|line| !line.is_empty() && line.trim() == line),
        "{body:?}"
    );
    if let Some(dateline) = &article.dateline {
        let end = dateline.end as usize;
        assert!(body.is_char_boundary(end), "{dateline:?} in {body:?}");
        check_facet(&dateline.place, true);
    }
    let replaced = body.matches(char::REPLACEMENT_CHARACTER).count();
    assert!(article.replaced_characters as usize >= replaced);
    let flaws: BTreeSet<Flaw> = article.flaws.iter().copied().collect();
    assert_eq!(flaws.len(), article.flaws.len(), "{:?}", article.flaws);
    assert_eq!(
        article.replaced_characters > 0,
        flaws.contains(&Flaw::ReplacementCharacters)
    );
    assert!(article.authors.len() <= 50);
    for facet in [
        &article.source,
        &article.agency,
        &article.section,
        &article.site,
    ]
    .into_iter()
    .flatten()
    .chain(&article.authors)
    {
        check_facet(facet, false);
    }
    if let Some(url) = &article.url {
        assert!(!url.contains(char::is_control), "{url:?}");
    }
    if let Some(entry) = &article.origin.entry {
        assert!(!entry.contains(char::is_control), "{entry:?}");
    }
    if let Some(published) = &article.published {
        check_date(published);
    }
    let json = serde_json::to_string(article).expect("an article is JSON");
    let back: Article = serde_json::from_str(&json).expect("what was written is read");
    assert_eq!(back, *article);
}

fn check_skip(skip: &Skip) {
    is_line(&skip.reason, "reason");
    assert!(skip.record != Some(0), "{skip:?}");
    if let Some(entry) = &skip.entry {
        assert!(!entry.contains(char::is_control), "{entry:?}");
    }
}

/// Text of one line, which shows nothing but itself on a terminal.
fn is_line(text: &str, what: &str) {
    assert!(!text.is_empty() && text.trim() == text, "{what} {text:?}");
    assert!(!text.contains(char::is_control), "{what} {text:?}");
}

fn check_facet(facet: &str, may_be_empty: bool) {
    assert!(facet.chars().count() <= FACET_CHARS_MAX, "{facet:?}");
    if !(may_be_empty && facet.is_empty()) {
        is_line(facet, "facet");
    }
}

/// What must hold of every date.
pub fn check_date(published: &Published) {
    const DAY: i64 = 86_400;
    let (first, last) = (published.seconds, published.last_second());
    assert!(first <= last, "{published:?} ends at {last}");
    assert!(
        first.unsigned_abs() < 10_000 * 366 * DAY as u64,
        "{published:?}"
    );
    let (local_first, local_last) = published.local_seconds();
    assert!(local_first <= local_last, "{published:?}");
    if published.precision != Precision::Second {
        assert_eq!(
            first.rem_euclid(DAY),
            0,
            "{published:?} is not the start of a day"
        );
        assert!(!published.zone_assumed, "{published:?}");
    }
    if let Some(written) = published.ambiguous() {
        check_facet(written, false);
        assert_eq!(published.precision, Precision::Year, "{published:?}");
    }
}
