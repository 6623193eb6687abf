//! JSON of any layout, JSON Lines and ninjs: a line that is not blank is one item, and what
//! stands in a list is read like what stands in lines.
#![no_main]

use dateline_fuzz::{articles, check};
use dateline_ingest::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    match mode % 4 {
        0 => drop(check("/a.json", None, bytes)),
        1 => drop(check("/a.json", Some(Format::Ninjs), bytes)),
        2 if std::str::from_utf8(bytes)
            .is_ok_and(|text| !text.contains(['\0', '\x1B', '\u{feff}'])) =>
        {
            let line = b"{\"title\":\"One\"}\n";
            let items = check("/a.jsonl", Some(Format::JsonLines), &[line, bytes].concat());
            let lines = bytes.split(|byte| *byte == b'\n');
            let filled = lines.filter(|line| !line.trim_ascii().is_empty()).count();
            assert_eq!(items.len(), filled + 1, "a line is an item");
        }
        // Texts that are written by a serializer, with all its escapes.
        _ => {
            let text = String::from_utf8_lossy(bytes);
            let objects: Vec<_> = text
                .split('\n')
                .map(|body| serde_json::json!({"title": "One", "body": body}))
                .collect();
            let lines: String = objects.iter().map(|object| format!("{object}\n")).collect();
            let list = serde_json::json!({"status": "ok", "articles": objects});
            for (path, json) in [
                ("/a.jsonl", lines),
                ("/a.json", list.to_string()),
                ("/a.json", format!("{list:#}")),
            ] {
                let items = check(path, None, json.as_bytes());
                assert_eq!(
                    (items.len(), articles(&items)),
                    (objects.len(), objects.len())
                );
            }
        }
    }
});
