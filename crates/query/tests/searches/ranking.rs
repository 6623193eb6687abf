//! The order of hits: any change of the weights shows here as a change of order.

use dateline_query::{FacetField, FacetRequest, Mode, SearchRequest, SearchResponse, Words};
use expect_test::{Expect, expect};

use crate::support::{Built, Sample, build};

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

fn request(query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        ..SearchRequest::default()
    }
}

fn search(built: &Built, request: &SearchRequest) -> SearchResponse {
    built.searcher.search(request).unwrap()
}

fn check(query: &str, expected: Expect) {
    check_among(&samples(), request(query), expected);
}

/// The order of what is found, in one segment and in several.
fn check_among(samples: &[Sample], request: SearchRequest, expected: Expect) {
    let ranked = |segments| {
        let response = search(&build(samples, segments, &[]), &request);
        let lines = response.hits.into_iter().map(|hit| {
            let day = hit.published.unwrap_or_default();
            format!("{:.2} {day} {}\n", hit.score, hit.title)
        });
        lines.collect::<String>()
    };
    let text = ranked(1);
    assert_eq!(text, ranked(4), "segments change the order");
    expected.assert_eq(&text);
}

#[test]
fn headlines_count_more_than_asides() {
    check(
        "sanctions",
        expect![[r#"
            1.88 2024-10-08 Council debates sanctions on oil
            1.51 2024-10-06 Sanctions lifted
            1.46 2024-10-05 Trade talks open in Lima
            1.45 2024-10-07 Bank sanctioned for late reports
        "#]],
    );
}

#[test]
fn quoted_words_prefer_their_exact_form() {
    check(
        "\"sanctions\"",
        expect![[r#"
            3.96 2024-10-08 Council debates sanctions on oil
            3.59 2024-10-06 Sanctions lifted
            3.53 2024-10-05 Trade talks open in Lima
            1.45 2024-10-07 Bank sanctioned for late reports
        "#]],
    );
    check(
        "\"oil sanction\"",
        expect![[r#"
            2.96 2024-10-08 Council debates sanctions on oil
        "#]],
    );
}

#[test]
fn names_count_more_where_they_are_the_entity() {
    check(
        "petro",
        expect![[r#"
            3.19 2024-10-09 Gustavo Petro speaks in Quito
            2.56 2024-10-10 Shares of Petro Chemicals rise
        "#]],
    );
}

#[test]
fn ties_go_to_the_newest() {
    check(
        "\"report on oil\"",
        expect![[r#"
            10.67 2024-10-12 Market in brief
            10.67 2024-10-11 Market in brief
        "#]],
    );
    check(
        "oil OR forests",
        expect![[r#"
            3.21 2024-10-09 Gustavo Petro speaks in Quito
            1.83 2024-10-08 Council debates sanctions on oil
            1.63 2024-10-12 Market in brief
            1.63 2024-10-11 Market in brief
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
            1.63 2024-10-12 Market in brief
            1.63 2024-10-11 Market in brief
        "#]],
    );
}

/// Articles that have the same words at different distances, so far from the lead that only that
/// tells them apart.
fn distances() -> Vec<Sample> {
    let opening = "Nothing much was said about it. ".repeat(12);
    let sample =
        |title: &str, end: &str, day| Sample::new(title, &format!("{opening}{end}")).day(day);
    vec![
        sample(
            "Apart",
            "The war went on. It was about much, and not least about trade.",
            20_003,
        ),
        sample(
            "Reversed",
            "It was about trade war. The rest is history, and not much of it.",
            20_002,
        ),
        sample(
            "Side by side",
            "It was trade and war. The trade war went on, of it not much.",
            20_001,
        ),
        sample(
            "Alone",
            "There was trade. Nobody spoke of anything else, and nobody would.",
            20_004,
        ),
    ]
}

#[test]
fn words_that_stand_close_together_come_first() {
    check_among(
        &distances(),
        request("trade war"),
        expect![[r#"
        0.72 2024-10-05 Side by side
        0.53 2024-10-06 Reversed
        0.49 2024-10-07 Apart
    "#]],
    );
}

/// Articles about people and countries, and others that mention them.
fn prominence() -> Vec<Sample> {
    let about = |sample: Sample| Sample {
        about: true,
        ..sample
    };
    vec![
        Sample::new(
            "Rain in the south",
            "It rained. Gustavo Petro sent his regards.",
        )
        .persons(&["Gustavo Petro"])
        .countries(&["CO"])
        .day(20_003),
        about(
            Sample::new("A visit to Quito", "Gustavo Petro arrived. It rained.")
                .persons(&["Gustavo Petro"])
                .countries(&["EC"])
                .day(20_002),
        ),
        Sample::new("Rain in the north", "It rained and rained.").day(20_001),
    ]
}

#[test]
fn articles_about_a_person_or_country_come_before_those_that_mention_it() {
    check_among(
        &prominence(),
        request("person:petro rained"),
        expect![[r#"
            1.23 2024-10-06 A visit to Quito
            0.25 2024-10-07 Rain in the south
        "#]],
    );
    for filtered in [
        request("").with(FacetField::Person, Mode::All, "Petro"),
        request("country:CO OR country:EC"),
    ] {
        check_among(
            &prominence(),
            filtered,
            expect![[r#"
                1.00 2024-10-06 A visit to Quito
                0.00 2024-10-07 Rain in the south
            "#]],
        );
    }
    check_among(
        &prominence(),
        request("petro"),
        expect![[r#"
        1.27 2024-10-06 A visit to Quito
        1.00 2024-10-07 Rain in the south
    "#]],
    );
    check_among(
        &prominence(),
        request("rained -person:petro"),
        expect![[r#"
            0.27 2024-10-05 Rain in the north
        "#]],
    );
}

#[test]
fn articles_lose_with_age_where_that_is_asked_for() {
    let recent = |query, half_life: &str| SearchRequest {
        recency: Some(half_life.to_owned()),
        today: Some("2024-10-12".to_owned()),
        ..request(query)
    };
    check_among(
        &samples(),
        request("oil"),
        expect![[r#"
            1.83 2024-10-08 Council debates sanctions on oil
            1.63 2024-10-12 Market in brief
            1.63 2024-10-11 Market in brief
        "#]],
    );
    check_among(
        &samples(),
        recent("oil", "2d"),
        expect![[r#"
            1.63 2024-10-12 Market in brief
            1.15 2024-10-11 Market in brief
            0.46 2024-10-08 Council debates sanctions on oil
        "#]],
    );
    check_among(
        &samples(),
        recent("sanctions oil", "1y"),
        expect![[r#"
            4.57 2024-10-08 Council debates sanctions on oil
        "#]],
    );
    let built = build(&samples(), 1, &[]);
    for wrong in ["", "0d", "30", "2026-01-01", "soon"] {
        let error = built.searcher.search(&recent("oil", wrong)).unwrap_err();
        assert!(
            error.to_string().contains("no half-life"),
            "{wrong}: {error}"
        );
    }
    let undated = SearchRequest {
        today: None,
        ..recent("oil", "2d")
    };
    let error = built.searcher.search(&undated).unwrap_err();
    assert!(error.to_string().contains("give `today`"), "{error}");
}

#[test]
fn what_makes_a_score_adds_up_to_it() {
    let all = [samples(), distances(), prominence()].concat();
    let queries = [
        "sanctions",
        "\"sanctions\" oil",
        "oil sanctions council",
        "petro",
        "person:petro rained",
        "(petro quito) OR (oil -sanctions) OR (sanctions bank nothing)",
        "trade war",
        "sanction* NEAR/5 oil",
        "atleast2(rained) it",
        "title:sanctions lead:council",
        "council debates the war in quito",
        "country:CO OR country:EC",
        "oil~1 report",
    ];
    for segments in [1, 4] {
        let built = build(&all, segments, &[]);
        for query in queries {
            for recency in [None, Some("3d".to_owned())] {
                let response = search(
                    &built,
                    &SearchRequest {
                        recency,
                        today: Some("2024-10-14".to_owned()),
                        explain: true,
                        ..request(query)
                    },
                );
                assert!(response.total > 0, "{query}");
                for hit in response.hits {
                    let addends = hit.explanation.unwrap();
                    let sum: f32 = addends.iter().map(|addend| addend.value).sum();
                    assert!(
                        (sum - hit.score).abs() < 1e-4,
                        "{query}: {} is not {addends:?}",
                        hit.score
                    );
                }
            }
        }
    }
}

#[test]
fn a_score_is_told_in_words() {
    let all = [samples(), prominence()].concat();
    let explained = SearchRequest {
        explain: true,
        recency: Some("2w".to_owned()),
        today: Some("2024-10-14".to_owned()),
        limit: 1,
        ..request("country:EC petro \"to quito\" arrived")
    };
    let response = search(&build(&all, 1, &[]), &explained);
    let hit = &response.hits[0];
    let addends = hit.explanation.iter().flatten();
    let lines = addends.map(|addend| format!("{:.2}  {}\n", addend.value, addend.what));
    expect![[r#"
        13.84  "to quito": 1× in the title (1 in exactly this form); rarity 3.65
        1.80  petro: 1× in the body (1 in its lead); rarity 0.98
        1.08  the article is about a person, country or organisation called petro
        3.82  arrived: 1× in the body (1 in its lead); rarity 2.08
        0.72  words of the query stand close together
        1.00  the article is about Ecuador
        -7.28  8 days old; worth half after 14 days
    "#]]
    .assert_eq(&lines.collect::<String>());
    let json = serde_json::to_value(hit).unwrap();
    assert!(json["explanation"][0]["value"].is_number(), "{json}");
    assert!(json["explanation"][0]["what"].is_string(), "{json}");
}

#[test]
fn pages_are_parts_of_one_order() {
    let words = ["oil", "price", "talks", "war", "trade"];
    let sample = |number: usize| {
        let body: Vec<&str> = (0..40)
            .map(|at| words[(number * at + at / 3) % words.len()])
            .collect();
        Sample::new(&format!("Article {number}"), &body.join(" ")).day(20_000 + number as i64 % 7)
    };
    let samples: Vec<Sample> = (0..60).map(sample).collect();
    for segments in [1, 5] {
        let built = build(&samples, segments, &[]);
        let page = |offset, limit| {
            let request = SearchRequest {
                offset,
                limit,
                ..request("trade war oil")
            };
            let hits = search(&built, &request).hits.into_iter();
            hits.map(|hit| (hit.id, hit.score)).collect::<Vec<_>>()
        };
        let whole = page(0, 1_000);
        assert!(whole.is_sorted_by(|a, b| a.1 >= b.1 - 1e-3));
        let pages: Vec<_> = (0..whole.len())
            .step_by(7)
            .flat_map(|at| page(at, 7))
            .collect();
        assert_eq!(pages, whole);
    }
}

#[test]
fn most_words_suffice_where_no_article_has_all() {
    let built = build(&samples(), 2, &[]);
    let asked = request("council debates oil in caracas");
    let insisting = request("council AND debates AND oil AND in AND caracas");
    let response = search(&built, &asked);
    let titles: Vec<&str> = response.hits.iter().map(|hit| hit.title.as_str()).collect();
    expect![[r#"
        Council debates sanctions on oil
        Sanctions lifted"#]]
    .assert_eq(&titles.join("\n"));
    expect![[r#"
        no article has all of these 5 words: articles with 2 of the 2 rarer ones are found; write AND between them to find no others
          council debates oil in caracas
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        no article has the word `caracas`: nothing is found by it
          council debates oil in caracas
                                 ^^^^^^^"#]].assert_eq(&response.notes.join("\n"));
    assert_eq!(response.diagnostics.len(), 2);
    let with = |query: &str, words| {
        let asked = SearchRequest {
            words,
            ..request(query)
        };
        let response = search(&built, &asked);
        (response.total, response.diagnostics.len())
    };
    assert_eq!(with(&asked.query, Words::All), (0, 1));
    assert_eq!(with(&asked.query, Words::Most), (2, 1));
    // Where an article has all of the words, others are found only by whoever asks for most.
    for query in ["council debates oil", "council debates sanctions on oil"] {
        assert_eq!(with(query, Words::AllIfAny), (1, 0));
        assert!(with(query, Words::Most).0 > 1);
    }
    // What no article has is no reason to look for less of the rest.
    let of_council = with("council", Words::Most).0;
    assert_eq!(
        with("zebra council unicorn", Words::AllIfAny),
        (of_council, 3)
    );
    let insisting = search(&built, &insisting);
    assert_eq!((insisting.total, insisting.diagnostics.len()), (0, 1));
}

#[test]
fn few_articles_with_all_words_of_a_headline_may_have_them_by_chance() {
    let other = |number: i64| Sample::new("Rain", "It rained in the hills.").day(20_000 + number);
    let mut samples = samples();
    samples.extend((0..1_000).map(other));
    let built = build(&samples, 1, &[]);
    let total = |query: &str, words| {
        let asked = SearchRequest {
            words,
            ..request(query)
        };
        search(&built, &asked).total
    };
    let headline = "council debates sanctions on oil";
    assert_eq!(total(headline, Words::All), 1);
    let most = total(headline, Words::Most);
    assert!(most > 1);
    assert_eq!(total(headline, Words::AllIfAny), most);
    // Fewer words are no headline.
    assert_eq!(total("council debates oil", Words::AllIfAny), 1);
}

#[test]
fn filters_never_make_articles_appear() {
    let all = [samples(), prominence()].concat();
    let built = build(&all, 3, &[]);
    for query in [
        "it rained",
        "council oil sanctions",
        "the council rained in march",
        "shares report oil day",
    ] {
        let facets = vec![FacetRequest::top(FacetField::Country, None)];
        let asked = SearchRequest {
            facets,
            ..request(query)
        };
        let found = search(&built, &asked);
        let mut narrower = vec![
            asked.clone().with(FacetField::Person, Mode::All, "Petro"),
            asked.clone().with(FacetField::Country, Mode::Not, "CO"),
            SearchRequest {
                since: Some("2024-10-07".to_owned()),
                ..asked.clone()
            },
        ];
        let in_query = ["person:petro", "-country:CO", "since:2024-10-07", "-talks"];
        narrower.extend(in_query.map(|filter| SearchRequest {
            query: format!("{query} {filter}"),
            ..asked.clone()
        }));
        for narrower in narrower {
            let fewer = search(&built, &narrower);
            assert!(fewer.total <= found.total, "{narrower:?}");
            for count in &fewer.facets[&FacetField::Country] {
                let before = found.facets[&FacetField::Country].iter();
                let before: u64 = before
                    .filter(|it| it.value == count.value)
                    .map(|it| it.count)
                    .sum();
                assert!(count.count <= before, "{narrower:?}: {count:?}");
            }
        }
    }
}

/// Articles of a few words in an order that a sequence of numbers decides, some much longer than
/// others.
fn shuffled() -> Vec<Sample> {
    const WORDS: [&str; 8] = ["oil", "gas", "coal", "wind", "tax", "price", "rise", "fall"];
    let mut state = 20_260_203_u64;
    let mut below = |bound: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % bound
    };
    let mut text = |words: usize| {
        let words = (0..words).map(|_| WORDS[below(WORDS.len())]);
        words.collect::<Vec<_>>().join(" ")
    };
    let article = |number: i64| {
        let body = text(5 + 7 * (number as usize % 17));
        Sample::new(&text(3), &body).day(20_000 + number)
    };
    (0..400).map(article).collect()
}

#[test]
fn first_hits_do_not_depend_on_how_many_are_wanted() {
    let built = build(&shuffled(), 3, &[]);
    for query in [
        "oil gas",
        "tax oil price",
        "oil-gas coal",
        "lead:(oil gas)",
        "title:(wind tax) coal",
        "oil \"gas coal\" tax",
        "oil oil",
    ] {
        for recency in [None, Some("90d".to_owned())] {
            let asked = |limit| {
                let request = SearchRequest {
                    limit,
                    recency: recency.clone(),
                    today: Some("2026-01-01".to_owned()),
                    ..request(query)
                };
                search(&built, &request).hits
            };
            let all = asked(400);
            assert!(all.len() > 20, "{query}");
            for limit in [1, 10] {
                assert_eq!(asked(limit), all[..limit], "{query}");
            }
        }
    }
}
