//! What answers look like, and how names, countries and dates are resolved.

use dateline_query::{
    FacetField, FacetRequest, Mode, SearchRequest, SearchResponse, Searcher, Sort,
};
use expect_test::{Expect, expect};

use crate::support::{Built, Sample, build};

fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "Colombia weighs sanctions",
            "President Gustavo Petro met Donald Trump. Sanctions were not discussed.",
        )
        .persons(&["Gustavo Petro", "Donald Trump"])
        .countries(&["CO", "US"])
        .source("Andes Herald")
        .day(20_000),
        Sample::new("Oil price falls", "Verónica Petro sold shares in Caracas.")
            .persons(&["Verónica Petro"])
            .countries(&["VE"])
            .source("vermelho.org.br")
            .day(20_010),
        Sample::new("Envoy arrives", "Daniel García-Peña landed.")
            .persons(&["Daniel García-Peña"])
            .countries(&["US"])
            .source("Andes Herald")
            .day(20_020),
        Sample::new("Envoy leaves", "Daniel García Peña left.")
            .persons(&["Daniel García Peña", "Daniel García-Peña"])
            .countries(&["US", "CO"]),
        Sample::new("Envoy writes", "Daniel Garcia Pena wrote.").persons(&["Daniel Garcia Pena"]),
    ]
}

fn searcher() -> Searcher {
    build(&samples(), 2, &[]).searcher
}

fn titles(response: &SearchResponse) -> Vec<&str> {
    let titles = response.hits.iter().map(|hit| hit.title.as_str());
    titles.collect()
}

/// The titles found, newest first, and the notes.
fn check(request: SearchRequest, expected: Expect) {
    let request = SearchRequest {
        sort: Sort::Newest,
        ..request
    };
    let response = searcher().search(&request).unwrap();
    let mut text: String = titles(&response).join("\n");
    for note in &response.notes {
        text = format!("{text}\nnote: {note}");
    }
    expected.assert_eq(&text);
}

fn persons(names: &[&str]) -> SearchRequest {
    selecting(Mode::All, names)
}

fn selecting(mode: Mode, names: &[&str]) -> SearchRequest {
    let names = names.iter();
    names.fold(SearchRequest::default(), |request, name| {
        request.with(FacetField::Person, mode, name)
    })
}

fn query(query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        ..SearchRequest::default()
    }
}

#[test]
fn an_answer_is_one_json_object_of_the_documented_shape() {
    let fields = [FacetField::Person, FacetField::Country, FacetField::Source];
    let request = SearchRequest {
        facets: fields.map(|field| FacetRequest::top(field, 2)).to_vec(),
        ..query("sanctions")
    };
    let mut response = searcher().search(&request).unwrap();
    assert!(response.took_ms > 0.0);
    response.took_ms = 0.5;
    response.hits[0].score = 1.5;
    let json = serde_json::to_string_pretty(&response).unwrap();
    expect![[r#"
        {
          "query": "sanctions",
          "total": 1,
          "took_ms": 0.5,
          "hits": [
            {
              "id": "e8be02b4a9230e1626198c4e6254a5bd",
              "title": "Colombia weighs sanctions",
              "title_highlights": [
                [
                  16,
                  25
                ]
              ],
              "title_derived": false,
              "published": "2024-10-04",
              "published_precision": "day",
              "source": "Andes Herald",
              "url": null,
              "language": "en",
              "path": "/news/0.txt",
              "score": 1.5,
              "snippet": {
                "text": "Sanctions were not discussed.",
                "highlights": [
                  [
                    0,
                    9
                  ]
                ]
              },
              "persons": [
                "Gustavo Petro",
                "Donald Trump"
              ],
              "countries": [
                "CO",
                "US"
              ]
            }
          ],
          "facets": {
            "person": [
              {
                "value": "Donald Trump",
                "label": "Donald Trump",
                "count": 1
              },
              {
                "value": "Gustavo Petro",
                "label": "Gustavo Petro",
                "count": 1
              }
            ],
            "country": [
              {
                "value": "CO",
                "label": "Colombia",
                "count": 1
              },
              {
                "value": "US",
                "label": "United States",
                "count": 1
              }
            ],
            "source": [
              {
                "value": "Andes Herald",
                "label": "Andes Herald",
                "count": 1
              }
            ]
          },
          "facet_values": {
            "person": 2,
            "country": 2,
            "source": 1
          }
        }"#]]
    .assert_eq(&json);
}

#[test]
fn a_part_of_a_name_finds_everyone_who_carries_it_and_says_so() {
    check(
        persons(&["petro"]),
        expect![[r#"
            Oil price falls
            Colombia weighs sanctions
            note: `petro` names 2 people: Gustavo Petro, Verónica Petro; all are taken"#]],
    );
    check(
        query("person:petro"),
        expect![[r#"
            Oil price falls
            Colombia weighs sanctions
            note: `petro` names 2 people: Gustavo Petro, Verónica Petro; all are taken
              person:petro
                     ^^^^^"#]],
    );
    check(
        persons(&["Gustavo Petro"]),
        expect!["Colombia weighs sanctions"],
    );
    check(
        persons(&["gustavo petro", "TRUMP"]),
        expect!["Colombia weighs sanctions"],
    );
}

#[test]
fn an_equals_sign_means_exactly_this_value() {
    let samples = [
        Sample::new("Full name", "Text.").persons(&["Gustavo Petro"]),
        Sample::new("Bare name", "Text.").persons(&["Petro"]),
    ];
    let searcher = build(&samples, 1, &[]).searcher;
    let found = |name: &str| searcher.search(&persons(&[name])).unwrap().total;
    assert_eq!(found("Petro"), 2);
    assert_eq!(found("=Petro"), 1);
    assert_eq!(found("=petro"), 0);
}

#[test]
fn commits_are_seen_after_a_reload() {
    let built = build(&samples(), 2, &[]);
    let total = || {
        let response = built.searcher.search(&persons(&["petro"])).unwrap();
        (response.total, response.notes.len())
    };
    let (_, fields) = dateline_corpus::schema::schema();
    let mut writer: tantivy::IndexWriter = built.index.writer(15_000_000).unwrap();
    writer.delete_term(fields.id_term(built.stored[0].article.id));
    writer.commit().unwrap();
    assert_eq!(total(), (2, 1));
    built.searcher.reload().unwrap();
    // With his only article Gustavo Petro is gone, and the name is no longer ambiguous.
    assert_eq!(total(), (1, 0));
}

#[test]
fn an_unknown_person_finds_nothing_and_suggests_names() {
    check(
        persons(&["Gustavo Pedro"]),
        expect![[r#"

            note: the index has no person `Gustavo Pedro`: nothing is found by it; did you mean `Gustavo Petro`?"#]],
    );
    check(
        query("person:\"Gustavo Pedro\""),
        expect![[r#"

            note: the index has no person `Gustavo Pedro`: nothing is found by it; did you mean `Gustavo Petro`?
              person:"Gustavo Pedro"
                     ^^^^^^^^^^^^^^^"#]],
    );
}

#[test]
fn several_values_are_all_wanted_unless_any_is() {
    let two = ["Gustavo Petro", "Verónica Petro"];
    check(persons(&two), expect![[r#""#]]);
    check(
        selecting(Mode::Any, &two),
        expect![[r#"
        Oil price falls
        Colombia weighs sanctions"#]],
    );
}

#[test]
fn countries_go_by_code_and_by_name_in_any_language() {
    for name in ["Colombia", "CO", "co", "colombie", "Colombian"] {
        let request = SearchRequest::default().with(FacetField::Country, Mode::All, name);
        let response = searcher().search(&request).unwrap();
        assert_eq!(response.total, 2, "{name}");
        let response = searcher()
            .search(&query(&format!("country:{name}")))
            .unwrap();
        assert_eq!(response.total, 2, "country:{name}");
    }
}

#[test]
fn a_facet_asked_for_twice_counts_once_with_the_larger_limit() {
    let counts = |limits: &[Option<usize>]| {
        let facet = |limit: Option<usize>| FacetRequest::top(FacetField::Person, limit);
        let request = SearchRequest {
            facets: limits.iter().copied().map(facet).collect(),
            ..SearchRequest::default()
        };
        let mut facets = searcher().search(&request).unwrap().facets;
        facets.remove(&FacetField::Person).unwrap()
    };
    let all = counts(&[None]);
    assert!(all.len() > 2);
    assert_eq!(counts(&[Some(2), Some(1)]), all[..2]);
    assert_eq!(counts(&[Some(1), None, Some(1)]), all);
}

#[test]
fn variants_of_a_name_are_one_value_under_its_best_form() {
    let request = SearchRequest {
        facets: vec![FacetRequest::top(FacetField::Person, None)],
        ..query("envoy")
    };
    let response = searcher().search(&request).unwrap();
    let json = serde_json::to_string(&response.facets).unwrap();
    expect![[
        r#"{"person":[{"value":"Daniel García-Peña","label":"Daniel García-Peña","count":3}]}"#
    ]]
    .assert_eq(&json);
    assert!(response.hits.iter().all(|hit| hit.persons.len() == 1));
    check(
        persons(&["Daniel Garcia Pena"]),
        expect![[r#"
        Envoy arrives
        Envoy leaves
        Envoy writes"#]],
    );
}

#[test]
fn a_phrase_is_any_mix_of_inflections_in_its_order() {
    let samples = [
        Sample::new("1", "Oil sanctions failed. A sanction on gas is next."),
        Sample::new("2", "A sanction on oil. Oil! Sanctioning it came late."),
        Sample::new("3", "Sanctioned oil, sanctions, gas oil."),
    ];
    let searcher = build(&samples, 1, &[]).searcher;
    let found = |text: &str| {
        let response = searcher.search(&query(text)).unwrap();
        let mut found: Vec<String> = response.hits.into_iter().map(|hit| hit.title).collect();
        found.sort();
        found.join(" ")
    };
    assert_eq!(found("\"oil sanction\""), "1 2 3");
    assert_eq!(found("\"sanctions oil\""), "3");
    assert_eq!(found("\"sanctions on gas\""), "1");
    assert_eq!(found("\"oil oil\""), "2");
}

#[test]
fn sources_are_found_in_any_case_and_by_a_part() {
    let source = |name: &str| SearchRequest::default().with(FacetField::Source, Mode::All, name);
    check(
        source("andes herald"),
        expect![[r#"
        Envoy arrives
        Colombia weighs sanctions"#]],
    );
    check(source("vermelho"), expect!["Oil price falls"]);
    check(
        source("Vermelo"),
        expect![[r#"

            note: the index has no source `Vermelo`: nothing is found by it; did you mean `vermelho.org.br`?"#]],
    );
}

#[test]
fn dates_are_inclusive_periods() {
    let span = |since: &str, until: &str| SearchRequest {
        since: Some(since.to_owned()).filter(|date| !date.is_empty()),
        until: Some(until.to_owned()).filter(|date| !date.is_empty()),
        ..SearchRequest::default()
    };
    check(
        span("2024-10-04", "2024-10-04"),
        expect!["Colombia weighs sanctions"],
    );
    check(
        span("2024-10", ""),
        expect![[r#"
        Envoy arrives
        Oil price falls
        Colombia weighs sanctions"#]],
    );
    check(
        span("", "2024-10-14"),
        expect![[r#"
        Oil price falls
        Colombia weighs sanctions"#]],
    );
    check(
        span("", "2024-10-13T23:59:59Z"),
        expect!["Colombia weighs sanctions"],
    );
    check(
        span("2025", "2024"),
        expect![[r#"

        note: nothing lies between 2025 and 2024: the first day is after the last"#]],
    );
}

#[test]
fn undated_articles_come_last_in_either_order() {
    for sort in [Sort::Newest, Sort::Oldest] {
        let request = SearchRequest {
            sort,
            ..SearchRequest::default()
        };
        let response = searcher().search(&request).unwrap();
        let dated = response.hits.iter().map(|hit| hit.published.is_some());
        assert_eq!(dated.collect::<Vec<_>>(), [true, true, true, false, false]);
    }
}

#[test]
fn pages_put_together_are_the_whole_result() {
    let searcher = searcher();
    let all = searcher.search(&SearchRequest::default()).unwrap();
    let mut paged = Vec::new();
    for offset in 0..5 {
        let request = SearchRequest {
            offset,
            limit: 1,
            ..SearchRequest::default()
        };
        paged.extend(searcher.search(&request).unwrap().hits);
    }
    assert_eq!(paged, all.hits);
}

#[test]
fn articles_are_found_by_id_by_its_beginning_and_by_the_publishers_id() {
    let Built {
        searcher, stored, ..
    } = build(&samples(), 2, &[1]);
    for stored in &stored {
        let id = stored.article.id.to_string();
        // Its people have the names that they have in the index.
        let article = |id: &str| searcher.article(id).unwrap().article;
        assert_eq!(article(&id), stored.article);
        assert_eq!(article(&id[..8].to_uppercase()), stored.article);
    }
    let article = searcher.article(" sample-0 ").unwrap().article;
    assert_eq!(article, stored[0].article);
    assert!(searcher.article("sample-1").is_err());
}

#[test]
fn statistics_count_what_is_there() {
    let stats = build(&samples(), 2, &[1]).searcher.stats().unwrap();
    let mut json = serde_json::to_value(&stats).unwrap();
    assert!(json["bytes"].take().as_u64() > Some(0));
    expect![[r#"{"articles":4,"bytes":null,"countries":2,"files":0,"first":"2024-10-04","languages":[{"count":4,"label":"en","value":"en"}],"last":"2024-10-24","organisations":0,"persons":3,"places":0,"segments":2,"skipped":0,"sources":1,"undated":2}"#]].assert_eq(&json.to_string());
}
