//! IPTC 7901 and ANPA 1312: whatever a message holds, the one behind it is read.
#![no_main]

use dateline_fuzz::check;
use dateline_ingest::{Format, Item};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let messages = [
        b"\x01",
        bytes,
        b"\x01abc0001 4 i 12\r\n\x02Behind it\r\n\r\nText.\r\n\x03\r\n",
    ]
    .concat();
    let items = check("/a.iptc", Some(Format::Iptc7901), &messages);
    let is_behind =
        |item: &Item| matches!(item, Item::Article(article) if article.title == "Behind it");
    assert!(items.last().is_some_and(is_behind), "{items:?}");
});
