//! The order of hits: any change of the weights shows here as a change of order.

use dateline_query::{SearchRequest, SearchResponse};
use expect_test::{Expect, expect};

use crate::support::{Sample, build};

fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "Trade talks open in Lima",
            "Ministers began a week of meetings. Sanctions are on the agenda, together with \
             tariffs, fishing rights and the price of copper.",
        )
        .day(20_001),
        Sample::new(
            "Sanctions lifted",
            "The council ended the measures after a long debate on Friday.",
        )
        .day(20_002),
        Sample::new(
            "Bank sanctioned for late reports",
            "The regulator fined the bank. It was the third such case this year.",
        )
        .day(20_003),
        Sample::new(
            "Council debates sanctions on oil",
            "Sanctions on oil exports would begin in May. The oil sanctions were proposed in \
             March, and sanctions on gas may follow.",
        )
        .day(20_004),
        Sample::new(
            "Gustavo Petro speaks in Quito",
            "Gustavo Petro spoke for an hour about rivers and forests.",
        )
        .persons(&["Gustavo Petro"])
        .day(20_005),
        Sample::new(
            "Shares of Petro Chemicals rise",
            "Petro Chemicals gained four percent. Petro was the winner of the day.",
        )
        .day(20_006),
        Sample::new(
            "Market in brief",
            "Shares moved little. A report on oil came late in the day.",
        )
        .day(20_007),
        Sample::new(
            "Market in brief",
            "Shares moved little. A report on oil came late in the day.",
        )
        .day(20_008),
    ]
}

fn search(query: &str, segments: usize) -> SearchResponse {
    let request = SearchRequest {
        query: query.to_owned(),
        ..SearchRequest::default()
    };
    build(&samples(), segments, &[])
        .searcher
        .search(&request)
        .unwrap()
}

fn check(query: &str, expected: Expect) {
    let ranked = |response: SearchResponse| {
        let lines = response.hits.into_iter().map(|hit| {
            let day = hit.published.unwrap_or_default();
            format!("{:.2} {day} {}\n", hit.score, hit.title)
        });
        lines.collect::<String>()
    };
    let text = ranked(search(query, 1));
    assert_eq!(text, ranked(search(query, 4)), "segments change the order");
    expected.assert_eq(&text);
}

#[test]
fn headlines_count_more_than_asides() {
    check(
        "sanctions",
        expect![[r#"
            1.78 2024-10-08 Council debates sanctions on oil
            1.51 2024-10-06 Sanctions lifted
            1.45 2024-10-07 Bank sanctioned for late reports
            1.12 2024-10-05 Trade talks open in Lima
        "#]],
    );
}

#[test]
fn quoted_words_prefer_their_exact_form() {
    check(
        "\"sanctions\"",
        expect![[r#"
            1.82 2024-10-08 Council debates sanctions on oil
            1.60 2024-10-06 Sanctions lifted
            1.45 2024-10-07 Bank sanctioned for late reports
            1.18 2024-10-05 Trade talks open in Lima
        "#]],
    );
    check(
        "\"oil sanction\"",
        expect![[r#"
            2.30 2024-10-08 Council debates sanctions on oil
        "#]],
    );
}

#[test]
fn names_count_more_where_they_are_the_entity() {
    check(
        "petro",
        expect![[r#"
            3.01 2024-10-09 Gustavo Petro speaks in Quito
            2.42 2024-10-10 Shares of Petro Chemicals rise
        "#]],
    );
}

#[test]
fn ties_go_to_the_newest() {
    check(
        "\"report on oil\"",
        expect![[r#"
            4.02 2024-10-12 Market in brief
            4.02 2024-10-11 Market in brief
        "#]],
    );
    check(
        "oil OR forests",
        expect![[r#"
            2.71 2024-10-09 Gustavo Petro speaks in Quito
            1.72 2024-10-08 Council debates sanctions on oil
            1.34 2024-10-12 Market in brief
            1.34 2024-10-11 Market in brief
        "#]],
    );
}

#[test]
fn filters_do_not_score() {
    check(
        "person:petro",
        expect![[r#"
        0.00 2024-10-09 Gustavo Petro speaks in Quito
    "#]],
    );
    check(
        "lang:en oil -sanctions",
        expect![[r#"
            1.34 2024-10-12 Market in brief
            1.34 2024-10-11 Market in brief
        "#]],
    );
}
