//! The date parser, by the places that dates are written in: a field, a publishing line, the
//! dateline, an address, the text around an ambiguous one.
#![no_main]

use dateline_corpus::{DateOrder, DateOrigin, Precision, Published};
use dateline_fuzz::{check_date, options};
use dateline_ingest::{Format, Item, ReadOptions, read};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use std::ops::ControlFlow;

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let article = match mode % 6 {
        0 => json!({"title": "One", "date": text}),
        1 => json!({"title": "One", "updated": text, "url": format!("https://x.example/{text}/a")}),
        2 => json!({"title": "One", "body": format!("Published {text}\n\nThe bridge is open.")}),
        3 => {
            json!({"title": "One", "body": format!("OSLO, {text} (Reuters) - The bridge is open.")})
        }
        4 => json!({"title": "One", "body": text, "date": "02/03/2026"}),
        _ => {
            // Whitespace at the ends does not matter, nor do other fields that say nothing.
            let (plain, padded) = (
                published(None, &json!({"title": "One", "date": text})),
                published(
                    None,
                    &json!({"title": "One", "updated": "n/a", "date": format!(" {text}\n")}),
                ),
            );
            assert_eq!(plain, padded);
            return;
        }
    };
    let found = published(None, &article);
    let by_order = [DateOrder::Mdy, DateOrder::Dmy].map(|order| published(Some(order), &article));
    match &found {
        // What is asked for settles what is open, and nothing else.
        Some(date) if date.ambiguous().is_some() => {
            let [mdy, dmy] = by_order.map(|date| date.expect("a date in both orders"));
            assert!(mdy.ambiguous().is_none() && dmy.ambiguous().is_none());
            assert_ne!(mdy.seconds, dmy.seconds, "{date:?}");
        }
        found => assert!(
            by_order.iter().all(|date| date == found),
            "{found:?} {by_order:?}"
        ),
    }
    for date in found.iter() {
        check_date(date);
        written_again(date);
    }
});

/// A date that is written in full is read as the same date.
fn written_again(date: &Published) {
    let Ok(instant) = jiff::Timestamp::from_second(date.seconds) else {
        return;
    };
    let day = instant.to_zoned(jiff::tz::TimeZone::UTC);
    if date.precision == Precision::Second && (1600..9999).contains(&day.year()) {
        let again = published(None, &json!({"title": "One", "date": instant.to_string()}));
        let again = again.expect("RFC 3339 is read");
        assert_eq!(
            (again.seconds, again.origin),
            (date.seconds, DateOrigin::Field)
        );
    }
}

fn published(date_order: Option<DateOrder>, article: &Value) -> Option<Published> {
    let line = article.to_string();
    let options = ReadOptions {
        date_order,
        ..options(Some(Format::JsonLines))
    };
    let mut found = None;
    let read = read("/a.jsonl", &mut line.as_bytes(), &options, &mut |item| {
        match item {
            Item::Article(article) => found = article.published,
            Item::Skip(skip) => panic!("{skip:?}"),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(read.ok(), Some(1));
    found
}
