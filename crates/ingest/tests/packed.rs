//! Compressed files and archives as a user of the crate sees them: what is in them is read like
//! any file, and what cannot be read is told.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::ControlFlow;

use dateline_ingest::{Item, Limits, Provenance, ReadOptions, read};
use expect_test::{Expect, expect};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

const STORY: &str = "{\"title\":\"One\"}\n{\"title\":\"Two\"}\n";

fn check(path: &str, input: &[u8], expect: Expect) {
    check_with(&Limits::default(), path, input, expect);
}

fn check_with(limits: &Limits, path: &str, input: &[u8], expect: Expect) {
    let options = ReadOptions {
        limits: limits.clone(),
        ..ReadOptions::default()
    };
    let mut shown = String::new();
    read(path, &mut &*input, &options, &mut |item| {
        match item {
            Item::Article(article) => {
                let origin = article.origin;
                let entry = origin.entry.unwrap_or("-".to_owned());
                writeln!(shown, "{entry} {:?} {}", origin.record, article.title).unwrap();
            }
            Item::Skip(skip) => {
                let entry = skip.entry.unwrap_or("-".to_owned());
                writeln!(
                    shown,
                    "{entry} skip {:?} {:?} {}",
                    skip.record, skip.offset, skip.reason
                )
                .unwrap();
            }
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    expect.assert_eq(&shown);
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_cksum();
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

/// An entry of a ZIP archive: its name, its content, and how it is written.
#[derive(Clone, Copy)]
struct Entry<'a> {
    name: &'a str,
    content: &'a [u8],
    is_deflated: bool,
    has_descriptor: bool,
    flags: u16,
}

fn entry<'a>(name: &'a str, content: &'a [u8]) -> Entry<'a> {
    Entry {
        name,
        content,
        is_deflated: true,
        has_descriptor: false,
        flags: 0,
    }
}

fn zip(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut zip = Vec::new();
    for entry in entries {
        let mut sum = flate2::Crc::new();
        sum.update(entry.content);
        let packed = match entry.is_deflated {
            true => {
                let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(entry.content).unwrap();
                encoder.finish().unwrap()
            }
            false => entry.content.to_vec(),
        };
        let facts = [sum.sum(), packed.len() as u32, entry.content.len() as u32];
        let facts: Vec<u8> = facts.iter().flat_map(|fact| fact.to_le_bytes()).collect();
        let flags = entry.flags | if entry.has_descriptor { 8 } else { 0 };
        let method = if entry.is_deflated { 8_u16 } else { 0 };
        zip.extend_from_slice(b"PK\x03\x04\x14\0");
        zip.extend_from_slice(&flags.to_le_bytes());
        zip.extend_from_slice(&method.to_le_bytes());
        zip.extend_from_slice(&[0; 4]);
        match entry.has_descriptor {
            true => zip.extend_from_slice(&[0; 12]),
            false => zip.extend_from_slice(&facts),
        }
        zip.extend_from_slice(&(entry.name.len() as u16).to_le_bytes());
        zip.extend_from_slice(&[0; 2]);
        zip.extend_from_slice(entry.name.as_bytes());
        zip.extend_from_slice(&packed);
        if entry.has_descriptor {
            zip.extend_from_slice(b"PK\x07\x08");
            zip.extend_from_slice(&facts);
        }
    }
    zip.extend_from_slice(b"PK\x01\x02");
    zip
}

#[test]
fn reads_compressed_files_as_what_is_in_them() {
    let zstd = zstd::encode_all(STORY.as_bytes(), 3).unwrap();
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    bzip2.write_all(STORY.as_bytes()).unwrap();
    let packed = [gzip(STORY.as_bytes()), zstd, bzip2.finish().unwrap()];
    for packed in packed {
        let articles = expect![[r#"
            - Some(1) One
            - Some(2) Two
        "#]];
        check("/a.jsonl.gz", &packed, articles);
    }
    // Made by `printf 'One\n\nText.\n' | xz --check=crc32`.
    check(
        "/a.txt.xz",
        XZ,
        expect![[r#"
            - None One
        "#]],
    );
}

#[test]
fn no_block_of_xz_takes_more_memory_than_may_be() {
    // The dictionary is a byte of the header, which has a checksum.
    let asking_for = |dictionary: u8| {
        let mut file = XZ.to_vec();
        file[16] = dictionary;
        let mut sum = flate2::Crc::new();
        sum.update(&file[12..20]);
        file[20..24].copy_from_slice(&sum.sum().to_le_bytes());
        file
    };
    check(
        "/a.txt.xz",
        &asking_for(0x1C),
        expect![[r#"
        - None One
    "#]],
    );
    check(
        "/a.txt.xz",
        &asking_for(0x1D),
        expect![[r#"
        - skip None Some(24) asks for a dictionary of more than 67108864 bytes; unpack it first
    "#]],
    );
    let second = [asking_for(0x1C), asking_for(0x28)].concat();
    check(
        "/a.txt.xz",
        &second,
        expect![[r#"
        - None One
        - skip None Some(11) asks for a dictionary of more than 67108864 bytes; unpack it first
    "#]],
    );
}

const XZ: &[u8] = b"\xFD\x37\x7A\x58\x5A\x00\x00\x01\x69\x22\xDE\x36\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2F\xE5\xA3\x01\x00\x0A\x4F\x6E\x65\x0A\x0A\x54\x65\x78\x74\x2E\x0A\x00\x00\x7A\xF5\x31\x12\x00\x01\x1F\x0B\x3D\x62\x0E\x7A\x90\x42\x99\x0D\x01\x00\x00\x00\x00\x01\x59\x5A";

#[test]
fn reads_all_members_of_a_gzip_file() {
    let members = [
        gzip(b"{\"title\":\"One\"}\n"),
        gzip(b""),
        gzip(b"{\"title\":\"Two\"}\n"),
    ];
    check(
        "/a.jsonl.gz",
        &members.concat(),
        expect![[r#"
            - Some(1) One
            - Some(2) Two
        "#]],
    );
    let padded = [members.concat(), vec![0; 512]].concat();
    check(
        "-",
        &padded,
        expect![[r#"
            - Some(1) One
            - Some(2) Two
        "#]],
    );
    let trailed = [members.concat(), b"garbage".to_vec()].concat();
    check(
        "/a.jsonl.gz",
        &trailed,
        expect![[r#"
            - Some(1) One
            - Some(2) Two
            - skip None Some(32) the packed data ends early
        "#]],
    );
}

#[test]
fn tells_where_compressed_data_breaks() {
    let whole = gzip(STORY.repeat(50).as_bytes());
    check(
        "/a.jsonl.gz",
        &whole[..12],
        expect![[r#"
            - skip Some(1) None broken JSON: EOF while parsing an object at column 1
            - skip None Some(1) the packed data ends early
        "#]],
    );
    let mut broken = gzip(STORY.as_bytes());
    let sum = broken.len() - 6;
    broken[sum] ^= 1;
    check(
        "/a.jsonl.gz",
        &broken,
        expect![[r#"
            - Some(1) One
            - Some(2) Two
            - skip None Some(32) the packed data is broken: corrupt gzip stream does not have a matching checksum; what follows in it is not read
        "#]],
    );
    check(
        "/a.zst",
        b"\x28\xB5\x2F\xFDgarbage",
        expect![[r#"
            - skip None Some(0) the packed data is broken: Dictionary mismatch; what follows in it is not read
        "#]],
    );
    check(
        "/a.xz",
        b"\xFD7zXZ\0garbage",
        expect![[r#"
            - skip None Some(8) the packed data is broken: invalid XZ stream flags; what follows in it is not read
        "#]],
    );
}

#[test]
fn reads_the_entries_of_archives() {
    let long = format!("{}/a.txt", "folder/".repeat(30));
    let entries: [(&str, &[u8]); 5] = [
        ("a.jsonl", STORY.as_bytes()),
        ("b/c.md", b"---\ntitle: Three\n---\nText.\n"),
        (&long, b"Four\n\nText.\n"),
        ("d.txt.gz", &gzip(b"Five\n\nText.\n")),
        (".e.txt", b"Hidden"),
    ];
    check(
        "/a.tar",
        &tar(&entries),
        expect![[r#"
        a.jsonl Some(1) One
        a.jsonl Some(2) Two
        b/c.md None Three
        folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder//a.txt None Four
        d.txt.gz None Five
        .e.txt skip None None hidden; unpack the archive and name it to read it
    "#]],
    );
    check(
        "/a.tgz",
        &gzip(&tar(&entries)),
        expect![[r#"
        a.jsonl Some(1) One
        a.jsonl Some(2) Two
        b/c.md None Three
        folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder//a.txt None Four
        d.txt.gz None Five
        .e.txt skip None None hidden; unpack the archive and name it to read it
    "#]],
    );
    let zipped = entries.map(|(name, content)| entry(name, content));
    check(
        "/a.zip",
        &zip(&zipped),
        expect![[r#"
        a.jsonl Some(1) One
        a.jsonl Some(2) Two
        b/c.md None Three
        folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder//a.txt None Four
        d.txt.gz None Five
        .e.txt skip None None hidden; unpack the archive and name it to read it
    "#]],
    );
}

#[test]
fn reads_zip_entries_however_they_are_written() {
    let story = entry("a.jsonl", STORY.as_bytes());
    check(
        "/a.zip",
        &zip(&[
            Entry {
                has_descriptor: true,
                ..story
            },
            Entry {
                is_deflated: false,
                ..story
            },
            Entry { flags: 1, ..story },
            Entry {
                is_deflated: false,
                has_descriptor: true,
                ..story
            },
            story,
        ]),
        expect![[r#"
            a.jsonl Some(1) One
            a.jsonl Some(2) Two
            a.jsonl Some(1) One
            a.jsonl Some(2) Two
            a.jsonl skip None None encrypted; unpack the archive with its password
            a.jsonl skip None None stored without its size; unpack the archive
            - skip None Some(211) the end of this entry cannot be found; what follows in the archive is not read
        "#]],
    );
}

#[test]
fn tells_what_is_wrong_with_an_archive() {
    let story = zip(&[entry("a.jsonl", STORY.as_bytes())]);
    check(
        "/a.zip",
        &story[..story.len() - 4],
        expect![[r#"
            a.jsonl Some(1) One
            a.jsonl Some(2) Two
            - skip None Some(63) the archive ends without its directory
        "#]],
    );
    check(
        "/a.zip",
        &story[..50],
        expect![[r#"
            a.jsonl skip Some(1) None broken JSON: EOF while parsing a string at column 12
            a.jsonl skip None Some(12) the packed data ends early
            - skip None Some(50) the archive ends without its directory
        "#]],
    );
    let mut broken = story.clone();
    broken[14] ^= 1;
    check(
        "/a.zip",
        &broken,
        expect![[r#"
        a.jsonl Some(1) One
        a.jsonl Some(2) Two
        a.jsonl skip None Some(32) the content is broken: its checksum does not fit
    "#]],
    );
    check(
        "/a.zip",
        b"PK\x05\x06\0\0\0\0",
        expect![[r#"
            - skip None None the archive is empty
        "#]],
    );
    let document = zip(&[
        entry("[Content_Types].xml", b"<Types/>"),
        entry("a.xml", b"<a/>"),
    ]);
    check(
        "/a.docx",
        &document,
        expect![[r#"
            - skip None None not a text: an office document, a book or a program
        "#]],
    );
    let archive = tar(&[("a.jsonl", STORY.as_bytes()), ("b.jsonl", STORY.as_bytes())]);
    check(
        "/a.tar",
        &archive[..530],
        expect![[r#"
            a.jsonl Some(1) One
            a.jsonl skip Some(2) None broken JSON: EOF while parsing a string at column 2
            - skip None Some(530) the archive ends inside of a.jsonl
        "#]],
    );
    let mut broken = archive.clone();
    broken[1_024] ^= 1;
    check(
        "/a.tar",
        &broken,
        expect![[r#"
            a.jsonl Some(1) One
            a.jsonl Some(2) Two
            - skip None Some(1536) the archive is broken: archive header checksum mismatch
        "#]],
    );
}

#[test]
fn reads_no_deeper_than_an_archive_of_compressed_files() {
    let one = gzip(STORY.as_bytes());
    check(
        "/a.gz",
        &gzip(&one),
        expect![[r#"
            - Some(1) One
            - Some(2) Two
        "#]],
    );
    check(
        "/a.gz",
        &gzip(&gzip(&one)),
        expect![[r#"
            - skip None None packed deeper than 2 times; unpack it first
        "#]],
    );
    let inner = zip(&[
        entry("b.jsonl", STORY.as_bytes()),
        entry("c.jsonl.gz", &one),
    ]);
    check(
        "/a.zip",
        &zip(&[entry("a.zip", &inner)]),
        expect![[r#"
            a.zip!b.jsonl Some(1) One
            a.zip!b.jsonl Some(2) Two
            a.zip!c.jsonl.gz skip None None packed deeper than 2 times; unpack it first
        "#]],
    );
}

#[test]
fn stops_what_grows_beyond_measure() {
    let limits = Limits {
        unpacked_bytes_max: 10_000,
        unpacked_ratio_max: 50,
        unpacked_bytes_free: 5_000,
        entries_max: 2,
        ..Limits::default()
    };
    let bomb = vec![b'\n'; 1_000_000];
    check_with(
        &limits,
        "/a.jsonl.gz",
        &gzip(&bomb),
        expect![[r#"
            - skip None Some(65536) grows to more than 10000 bytes when it is unpacked; the rest is not read
        "#]],
    );
    let long: String = (0..20_000).map(|n| format!("{{\"n\":{n}}}\n")).collect();
    let packed = gzip(long.as_bytes());
    let mut skips = 0;
    let options = ReadOptions {
        limits: limits.clone(),
        ..ReadOptions::default()
    };
    let mut last = String::new();
    read(
        "/a.jsonl.gz",
        &mut packed.as_slice(),
        &options,
        &mut |item| {
            skips += 1;
            if let Item::Skip(skip) = item {
                last = skip.reason;
            }
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    assert!(skips < 10_000, "{skips}");
    expect!["grows to more than 10000 bytes when it is unpacked; the rest is not read"]
        .assert_eq(&last);
    // Each member is a file of its own, as each record of a web archive is.
    let members = gzip(
        "{\"title\":\"One\"}\n{\"title\":\"2\"}\n"
            .repeat(20)
            .as_bytes(),
    )
    .repeat(20);
    let mut articles = 0;
    read(
        "/a.jsonl.gz",
        &mut members.as_slice(),
        &options,
        &mut |item| {
            articles += u32::from(matches!(item, Item::Article(_)));
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    assert_eq!(articles, 800);
    let story = entry("a.jsonl", b"{\"title\":\"One\"}");
    check_with(
        &limits,
        "/a.zip",
        &zip(&[story; 4]),
        expect![[r#"
            a.jsonl Some(1) One
            a.jsonl Some(1) One
            - skip None Some(108) the archive has more than 2 entries; the rest is not read
        "#]],
    );
    let bomb = entry("bomb.jsonl", &bomb);
    check_with(
        &limits,
        "/a.zip",
        &zip(&[bomb, story]),
        expect![[r#"
        bomb.jsonl skip None Some(65536) grows to more than 10000 bytes when it is unpacked; the rest is not read
        a.jsonl Some(1) One
    "#]],
    );
}

#[test]
fn dates_what_has_no_date_by_the_time_of_the_entry() {
    let options = ReadOptions {
        date_from_mtime: true,
        ..ReadOptions::default()
    };
    let mut zip = zip(&[entry("a.jsonl", b"{\"title\":\"One\"}")]);
    // 10:20:30 on 2026-02-03, as DOS has it.
    zip[10..14].copy_from_slice(&[0x8F, 0x52, 0x43, 0x5C]);
    let mut header = tar::Header::new_gnu();
    header.set_size(15);
    header.set_mtime(1_770_114_030);
    let mut builder = tar::Builder::new(Vec::new());
    builder
        .append_data(&mut header, "a.jsonl", &b"{\"title\":\"One\"}"[..])
        .unwrap();
    for archive in [zip, builder.into_inner().unwrap()] {
        let from = Provenance {
            modified_seconds: Some(0),
            ..Provenance::from("/a")
        };
        let mut dates = Vec::new();
        read(from, &mut archive.as_slice(), &options, &mut |item| {
            if let Item::Article(article) = item {
                dates.extend(article.published.map(|date| date.seconds));
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(dates, [1_770_114_030]);
    }
}
