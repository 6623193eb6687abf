//! HTML pages: a page is one article or one skip, and what is put around it does no harm.
#![no_main]

use dateline_fuzz::check;
use dateline_ingest::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = [b"<!DOCTYPE html>", bytes].concat();
    assert_eq!(check("/a.html", Some(Format::Html), &page).len(), 1);
});
