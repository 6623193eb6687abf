//! Compressed files and archives: any bytes, and content that is packed well, which must read as
//! it does unpacked.
#![no_main]

use std::io::Write;

use bzip2::write::BzEncoder;
use dateline_fuzz::{check, texts};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use libfuzzer_sys::fuzz_target;
use lzma_rust2::{XzOptions, XzWriter};

const NAMES: [&str; 6] = ["/a.gz", "/a.zst", "/a.bz2", "/a.xz", "/a.zip", "/a.tar"];

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    if mode % 2 == 0 {
        check(NAMES[usize::from(mode / 2 % 6)], None, bytes);
        return;
    }
    let content = [b"{\"title\":\"One\"}\n", bytes].concat();
    let plain = texts(&check("/a.jsonl", None, &content));
    let middle = content.len() / 2;
    let (name, packed) = match mode / 2 % 6 {
        0 => (
            "/a.jsonl.gz",
            [gzip(&content[..middle]), gzip(&content[middle..])].concat(),
        ),
        1 => (
            "/a.jsonl.zst",
            zstd::encode_all(&*content, 1).expect("memory"),
        ),
        2 => ("/a.jsonl.bz2", bzip2(&content)),
        3 => ("/a.jsonl.xz", xz(&content)),
        4 => ("/a.zip", zip(&content, mode / 12 % 2 == 0)),
        _ => ("/a.tar", tar(&content)),
    };
    assert_eq!(texts(&check(name, None, &packed)), plain);
});

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).expect("memory");
    encoder.finish().expect("memory")
}

fn bzip2(content: &[u8]) -> Vec<u8> {
    let mut encoder = BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(content).expect("memory");
    encoder.finish().expect("memory")
}

fn xz(content: &[u8]) -> Vec<u8> {
    let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(0)).expect("options");
    writer.write_all(content).expect("memory");
    writer.finish().expect("memory")
}

fn tar(content: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(content.len() as u64);
    header.set_cksum();
    builder
        .append_data(&mut header, "a.jsonl", content)
        .expect("memory");
    builder.into_inner().expect("memory")
}

/// An archive of one entry, with its facts before or behind it.
fn zip(content: &[u8], has_descriptor: bool) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).expect("memory");
    let packed = encoder.finish().expect("memory");
    let facts = [
        crc32fast::hash(content),
        packed.len() as u32,
        content.len() as u32,
    ];
    let facts: Vec<u8> = facts.iter().flat_map(|fact| fact.to_le_bytes()).collect();
    let flags = if has_descriptor { [8, 0] } else { [0, 0] };
    let before: &[u8] = if has_descriptor { &[0; 12] } else { &facts };
    let behind = if has_descriptor {
        [b"PK\x07\x08", facts.as_slice()].concat()
    } else {
        Vec::new()
    };
    [
        b"PK\x03\x04\x14\0".as_slice(),
        &flags,
        &[8, 0, 0, 0, 0, 0],
        before,
        &[7, 0, 0, 0],
        b"a.jsonl",
        &packed,
        &behind,
        b"PK\x01\x02",
    ]
    .concat()
}
