//! Encodings: any bytes as text; and a text in an encoding that is declared, or shown by a byte
//! order mark, which must read as it does in UTF-8.
#![no_main]

use dateline_fuzz::{check, encode, texts};
use dateline_ingest::{Format, Item};
use encoding_rs::Encoding;
use libfuzzer_sys::fuzz_target;

/// As web pages declare them.
const LABELS: &[&str] = &[
    "utf-8",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "macintosh",
    "x-mac-cyrillic",
    "gbk",
    "gb18030",
    "big5",
    "euc-jp",
    "iso-2022-jp",
    "shift_jis",
    "euc-kr",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    let text = std::str::from_utf8(bytes);
    match (mode % 3, text) {
        (0, Ok(text)) => declared(LABELS[usize::from(mode / 3) % LABELS.len()], text),
        (1, Ok(text)) => marked(text),
        _ => {
            for item in check("/a.txt", Some(Format::Text), &[b"x", bytes].concat()) {
                // UTF-16 is guessed where there are NULs.
                if let (Item::Article(article), Ok(text)) = (item, text)
                    && !text.contains('\0')
                {
                    let there = text.matches(char::REPLACEMENT_CHARACTER).count();
                    assert!(
                        article.replaced_characters as usize <= there,
                        "lost in UTF-8"
                    );
                }
            }
        }
    }
});

fn declared(label: &str, text: &str) {
    let encoding = Encoding::for_label(label.as_bytes()).expect("a label");
    let page =
        format!("<html><head><meta charset=\"{label}\"><title>Title</title></head><body><p>{text}");
    let Some(bytes) = encode(&page, encoding) else {
        return;
    };
    // Some encodings have two characters that are written alike.
    let (decoded, has_errors) = encoding.decode_without_bom_handling(&bytes);
    let is_utf_8 = decoded.replace(label, "utf-8");
    if has_errors || bytes.contains(&0) {
        return;
    }
    let expected = check("/a.html", Some(Format::Html), is_utf_8.as_bytes());
    assert_eq!(
        texts(&check("/a.html", Some(Format::Html), &bytes)),
        texts(&expected),
        "{label}"
    );
}

fn marked(text: &str) {
    let lines = format!("{{\"title\":\"One\"}}\n{text}");
    let expected = texts(&check(
        "/a.jsonl",
        Some(Format::JsonLines),
        lines.as_bytes(),
    ));
    let marked = format!("\u{feff}{lines}");
    for encoding in [
        encoding_rs::UTF_8,
        encoding_rs::UTF_16LE,
        encoding_rs::UTF_16BE,
    ] {
        let bytes = encode(&marked, encoding).expect("all characters");
        assert_eq!(
            texts(&check("/a.jsonl", Some(Format::JsonLines), &bytes)),
            expected
        );
    }
}
