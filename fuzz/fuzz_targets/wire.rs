//! The XML of wire services: NITF, NewsML, NewsML-G2.
#![no_main]

use dateline_fuzz::check;
use dateline_ingest::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    let format = [Format::Nitf, Format::NewsMl, Format::NewsMlG2][usize::from(mode % 3)];
    check("/a.xml", Some(format), bytes);
});
