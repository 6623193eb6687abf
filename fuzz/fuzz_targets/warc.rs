//! Web archives: any bytes, and archives whose records are framed well, of which each is an item
//! whatever is in it.
#![no_main]

use dateline_fuzz::{articles, check};
use dateline_ingest::{Format, Item};
use libfuzzer_sys::fuzz_target;

const GOOD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Good</title>\
    <article><p>The bridge over the river is open to all cars again.</p></article></html>";

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    match mode % 4 {
        0 => drop(check("/a.warc", Some(Format::Warc), bytes)),
        1 => drop(check("/a.arc", Some(Format::Arc), bytes)),
        2 => {
            let archive = [record("response", bytes), record("response", GOOD)].concat();
            let items = check("/a.warc", Some(Format::Warc), &archive);
            assert_eq!(items.len(), 2, "{items:?}");
            assert!(matches!(&items[1], Item::Article(article) if article.title == "Good"));
        }
        // What stands between records is passed over and told; no record is lost to it.
        _ => {
            let archive = [
                record("response", GOOD).as_slice(),
                b"garbage",
                bytes,
                b"\r\n",
                record("response", GOOD).as_slice(),
            ]
            .concat();
            let items = check("/a.warc", Some(Format::Warc), &archive);
            let has_record = bytes.windows(5).any(|window| window == b"WARC/");
            assert!(
                has_record || articles(&items) == 2 && items.len() == 3,
                "{items:?}"
            );
        }
    }
});

fn record(kind: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2026-02-03T04:05:06Z\r\n\
         WARC-Target-URI: https://planet.example/a\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}
