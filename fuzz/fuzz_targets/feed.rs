//! Feeds: whatever an entry holds, the one behind it is read.
#![no_main]

use dateline_fuzz::check;
use dateline_ingest::{Format, Item};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    match mode % 3 {
        0 => drop(check("/a.rss", Some(Format::Feed), bytes)),
        1 => drop(check("/a.json", Some(Format::JsonFeed), bytes)),
        _ => {
            let mut feed = b"<rss><channel><title>Planet</title><item>".to_vec();
            feed.extend_from_slice(bytes);
            // Closes what may be open, so that the entry ends.
            feed.extend_from_slice(
                b"]]>--></item><item><title>Behind it</title></item></channel></rss>",
            );
            let items = check("/a.rss", Some(Format::Feed), &feed);
            let is_behind = |item: &Item| match item {
                Item::Article(article) => article.title == "Behind it",
                Item::Skip(_) => false,
            };
            let is_utf_16 = bytes.contains(&0);
            assert!(is_utf_16 || items.iter().any(is_behind), "an entry is lost");
        }
    }
});
