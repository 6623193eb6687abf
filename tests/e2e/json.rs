//! The shape of what `--json` prints, and what its numbers mean.

use dateline_corpus::analysis::fold;
use expect_test::{Expect, expect};
use serde_json::Value;

use crate::support::{Desk, sample, text, texts};

#[test]
fn a_search_is_one_object_of_the_documented_shape() {
    let found = sample()
        .desk
        .search(&["sanctions", "--country", "Colombia", "--limit", "1"]);
    check(
        &found,
        expect![[r#"
            object
              facet_values: object
                country: number
                person: number
                source: number
              facets: object
                country: list of object
                  count: number
                  label: string
                  selected: string
                  value: string
                person: list of object
                  count: number
                  label: string
                  value: string
                source: list of object
                  count: number
                  label: string
                  value: string
              hits: list of object
                countries: list of string
                id: string
                language: string
                path: string
                persons: list of string
                published: string
                published_precision: string
                score: number
                snippet: object
                  highlights: list of list of number
                  text: string
                source: string
                title: string
                title_derived: boolean
                title_highlights: list of list of number
                url: null
              query: string
              took_ms: number
              total: number
        "#]],
    );
}

#[test]
fn relations_and_timelines_are_objects_of_the_documented_shape() {
    let desk = &sample().desk;
    let related = desk.dateline(&["related", "Colombia", "--by", "person", "--json"]);
    check(
        &related.json(),
        expect![[r#"
        object
          count: number
          related: object
            person: list of object
              count: number
              expected: number
              label: string
              log_likelihood: number
              npmi: number
              together: number
              value: string
          total: number
          values: list of string
    "#]],
    );
    let timeline = desk.dateline(&["timeline", "ferry", "--by", "country", "--json"]);
    check(
        &timeline.json(),
        expect![[r#"
        object
          histogram: object
            coarse: number
            interval: string
            periods: list of object
              count: number
              start: string
            undated: number
          series: list of object
            count: number
            histogram: object
              coarse: number
              interval: string
              periods: list of object
                count: number
                start: string
              undated: number
            label: string
            value: string
          total: number
    "#]],
    );
}

#[test]
fn a_run_of_indexing_is_one_object_of_the_documented_shape() {
    let desk = Desk::new();
    desk.write("news/bad.jsonl", "{\n");
    check(
        &desk.dateline(&["index", "news", "--json"]).json(),
        expect![[r#"
            object
              added: number
              bytes: number
              flawed: object
              removed: number
              seconds: number
              skipped: list of object
                path: string
                reason: string
                record: number
              stopped: boolean
              unchanged: number
              unlisted: number
              updated: number
        "#]],
    );
}

#[test]
fn an_article_is_one_object_whose_mentions_say_what_the_text_says() {
    let key = "le-fleuve/sanctions-cargo-colombie.md";
    let article = &sample().articles[key];
    check(
        article,
        expect![[r#"
            object
              agency: null
              authors: list of string
              body: string
              dateline: null
              entities: list of object
                about: string
                aliases: list of string
                key: string
                kind: string
                mentions: list of object
                  country: null
                  cue: string
                  end: number
                  entity: string
                  kind: string
                  part: string
                  sentence: string
                  start: number
                  text: string
                name: string
                prominence: number
              flaws: list
              id: string
              language: string
              path: string
              published: string
              published_ambiguous: null
              published_origin: string
              published_precision: string
              record: null
              section: string
              site: string
              source: string
              source_country: null
              title: string
              title_derived: boolean
              url: string
        "#]],
    );
    let mut mentions = 0;
    for entity in article["entities"].as_array().expect("entities") {
        for mention in entity["mentions"].as_array().expect("mentions") {
            let part = text(&article[text(&mention["part"])]);
            assert_eq!(
                slice(&part, &mention["start"], &mention["end"]),
                text(&mention["text"])
            );
            assert!(!text(&mention["text"]).is_empty());
            mentions += 1;
        }
    }
    assert!(mentions >= 10, "{mentions} mentions");
}

#[test]
fn highlights_are_matched_words_counted_in_unicode_scalar_values() {
    let desk = &sample().desk;
    let queries: [(&str, &[&str]); 6] = [
        ("sanctions", &["sanction", "sancion"]),
        ("Bogota", &["bogota"]),
        ("Márquez summit", &["marquez", "summit"]),
        ("\"border surcharge\"", &["border", "surcharge"]),
        ("ferry OR bac", &["ferr", "bac"]),
        ("Tschad OR Tchad OR Chad", &["tchad", "chad"]),
    ];
    for (query, stems) in queries {
        let found = desk.search(&[query, "--limit", "50"]);
        let hits = found["hits"].as_array().expect("hits");
        assert!(!hits.is_empty(), "{query}");
        let mut highlighted = 0;
        for hit in hits {
            let passage = text(&hit["snippet"]["text"]);
            let mut last = 0;
            for pair in hit["snippet"]["highlights"].as_array().expect("pairs") {
                let words = slice(&passage, &pair[0], &pair[1]);
                let folded = fold(&words);
                assert!(
                    stems.iter().any(|stem| folded.starts_with(stem)),
                    "{query}: `{words}`"
                );
                assert!(pair[0].as_u64() >= Some(last) && pair[1].as_u64() > pair[0].as_u64());
                last = pair[1].as_u64().unwrap_or_default();
                highlighted += 1;
            }
        }
        assert!(
            highlighted >= hits.len() / 2,
            "{query}: {highlighted} in {}",
            hits.len()
        );
    }
}

#[test]
fn facets_are_ordered_by_count_then_value_and_count_all_hits() {
    let desk = &sample().desk;
    let found = desk.search(&["--country", "CO", "--facet", "country=99", "--limit", "100"]);
    let counts = found["facets"]["country"].as_array().expect("counts");
    let order: Vec<_> = counts
        .iter()
        .map(|count| {
            (
                std::cmp::Reverse(count["count"].as_u64()),
                text(&count["value"]),
            )
        })
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(order.len() > 5);
    let hits = found["hits"].as_array().expect("hits");
    assert_eq!(found["total"], hits.len());
    for count in counts {
        let value = text(&count["value"]);
        let having = hits
            .iter()
            .filter(|hit| texts(&hit["countries"]).contains(&value))
            .count();
        assert_eq!(count["count"], having, "{value}");
    }
}

#[test]
fn limits_of_facets_choose_the_most_frequent() {
    let desk = &sample().desk;
    let all = desk.dateline(&["facets", "person", "--json"]).json();
    let all = all["facets"]["person"].as_array().expect("counts").clone();
    let some = desk.search(&["--facet", "person=3", "--facet", "language"]);
    assert_eq!(
        some["facets"]["person"].as_array().expect("counts"),
        &all[..3]
    );
    assert_eq!(
        some["facets"].as_object().map(|fields| fields.len()),
        Some(2)
    );
}

fn check(value: &Value, expected: Expect) {
    expected.assert_eq(&shape(value, 0));
}

/// The keys and the types of a value; of a list, those of its first element.
fn shape(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth + 1);
    match value {
        Value::Null => "null\n".to_owned(),
        Value::Bool(_) => "boolean\n".to_owned(),
        Value::Number(_) => "number\n".to_owned(),
        Value::String(_) => "string\n".to_owned(),
        Value::Array(list) => match list.first() {
            Some(first) => format!("list of {}", shape(first, depth)),
            None => "list\n".to_owned(),
        },
        Value::Object(fields) => fields
            .iter()
            .fold("object\n".to_owned(), |text, (key, value)| {
                format!("{text}{indent}{key}: {}", shape(value, depth + 1))
            }),
    }
}

fn slice(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (
        start.as_u64().expect("a number"),
        end.as_u64().expect("a number"),
    );
    text.chars()
        .skip(start as usize)
        .take((end - start) as usize)
        .collect()
}
