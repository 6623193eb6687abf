//! Whatever the bytes: no reader panics, and every record becomes exactly one item.

use std::ops::ControlFlow;

use dateline_corpus::DateOrder;
use dateline_ingest::{Format, Item, ReadOptions, read};
use proptest::prelude::*;

/// Pieces that lead into the branches of the readers, mixed with anything.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "\n",
        "\r\n",
        "\n\n",
        "---\n",
        "{\"title\":\"a\",\"body\":\"b\"}\n",
        "{\"title\":",
        "}\n",
        "title: x\n",
        "date: [1, {a: 2}]\n",
        "- ",
        "\"",
        "&a [*a, *a]\n",
        "Published 02/04/2026 | ",
        "Updated 13/04/2026 11:20\n",
        "this Tuesday (3) ",
        "BOGOTÁ, Feb 3 (Reuters) — ",
        "By Jane Roe\n",
        "Source: x.example\n",
        "SEO Keywords: a\n",
        "<p>",
        "</p>",
        "<!--",
        "<a href='",
        ">",
        "&amp;",
        "&#x1F600;",
        "# H\n",
        "**b**",
        "| a | b |\n|--|--|\n| 1 | 2 |\n",
        "\u{feff}",
        "\0",
        "ſ",
        "İ",
        "…",
        "2026",
        "/",
        "https://x.example/2026/02/03/a",
        "{\"url\":\"https://x/2026/2/\",\"date\":\"02/03/04\",\"text\":\"t\"}\n",
        "A Headline in Capitals",
        " a sentence that goes on for a while.",
        "“",
        "”",
        "-",
        "\u{a0}",
    ])
    .prop_map(|piece| piece.as_bytes().to_vec());
    let any = prop::collection::vec(any::<u8>(), 0..12);
    let text = "\\PC{0,12}".prop_map(String::into_bytes);
    prop::collection::vec(prop_oneof![6 => known, 1 => any, 1 => text], 0..24)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn every_record_becomes_one_item(
        input in pieces(),
        path in prop::sample::select(vec!["a.txt", "a.md", "a.jsonl", "a.json", "-", "a.unknown"]),
        date_order in prop::sample::select(vec![None, Some(DateOrder::Mdy), Some(DateOrder::Dmy)]),
    ) {
        // Content goes before the extension, but not before what the user says.
        let format = Format::all().find(|format| path == match format {
            Format::Text => "a.txt",
            Format::Markdown => "a.md",
            Format::JsonLines => "a.jsonl",
            _ => "",
        });
        let options = ReadOptions { date_order, format, ..ReadOptions::default() };
        let mut items = Vec::new();
        let records = read(path, &mut input.as_slice(), &options, &mut |item| {
            items.push(item);
            ControlFlow::Continue(())
        }).unwrap();
        prop_assert_eq!(records, items.len() as u64);
        // With NULs in it, a text may be UTF-16.
        if path == "a.jsonl" && !input.contains(&0) && is_text_like(&items) {
            let text = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&input);
            let lines = text.split(|byte| *byte == b'\n');
            let filled = lines.filter(|line| !line.trim_ascii().is_empty()).count();
            prop_assert_eq!(items.len(), filled);
        }
        if matches!(path, "a.txt" | "a.md") {
            prop_assert_eq!(items.len(), 1);
        }
        for item in &items {
            match item {
                Item::Article(article) => {
                    prop_assert!(!article.title.trim().is_empty());
                    prop_assert!(article.body.lines().all(|line| !line.is_empty() && line.trim() == line));
                }
                Item::Skip(skip) => prop_assert!(!skip.reason.is_empty()),
            }
        }
    }

    #[test]
    fn plain_text_keeps_every_word(paragraphs in prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,30}\\.", 1..6)) {
        let input = paragraphs.join("\n\n");
        let mut body = String::new();
        read("a.txt", &mut input.as_bytes(), &ReadOptions::default(), &mut |item| {
            if let Item::Article(article) = item {
                body = article.body;
            }
            ControlFlow::Continue(())
        }).unwrap();
        prop_assert_eq!(body, paragraphs.join("\n"));
    }
}

/// Whether the file was not turned away as a whole.
fn is_text_like(items: &[Item]) -> bool {
    !matches!(items, [Item::Skip(skip)] if skip.record.is_none())
}
