//! Plain text and Markdown: a file is one article or one skip.
#![no_main]

use dateline_fuzz::{check, is_packed};
use dateline_ingest::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check("/a.md", None, bytes);
    // What is packed is unpacked, whatever format the user names.
    if is_packed(bytes) {
        return;
    }
    for format in [Format::Text, Format::Markdown] {
        assert_eq!(check("/a.txt", Some(format), bytes).len(), 1);
    }
});
