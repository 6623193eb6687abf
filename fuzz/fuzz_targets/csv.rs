//! Tables: any bytes, and tables as a well-behaved program writes them, of which each row is read.
#![no_main]

use dateline_fuzz::{articles, check};
use dateline_ingest::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    if mode % 2 == 0 {
        check("/a.csv", Some(Format::Csv), bytes);
        return;
    }
    // An escape may begin another encoding.
    let text = String::from_utf8_lossy(bytes).replace(['\0', '\x1B'], "");
    let delimiter = [',', ';', '\t', '|'][usize::from(mode / 2 % 4)];
    let mut table = format!("title{delimiter}body\r\n");
    let mut rows = 0;
    for value in text.split('\u{1}') {
        let value = value.replace('"', "\"\"");
        table += &format!("\"One\"{delimiter}\"{value}\"\r\n");
        rows += 1;
    }
    let items = check("/a.csv", Some(Format::Csv), table.as_bytes());
    assert_eq!(
        (items.len(), articles(&items)),
        (rows, rows),
        "a row is an article"
    );
});
