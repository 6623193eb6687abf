//! Who is meant across articles: bare names, namesakes, variants and corrections by hand, alike
//! in facets, filters, hits and articles.

use std::collections::BTreeSet;

use dateline_corpus::Part;
use dateline_entities::aliases::{Aliases, file};
use dateline_query::{FacetField, FacetRequest, Mode, SearchRequest, Searcher};
use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::support::{Built, Sample, build};

/// The people of the index with their counts, after asserting that filters, hits and articles
/// say the same.
fn people(built: &Built) -> String {
    let searcher = &built.searcher;
    let request = SearchRequest {
        limit: 100,
        facets: vec![
            FacetRequest::top(FacetField::Person, None),
            FacetRequest::top(FacetField::AboutPerson, None),
        ],
        ..SearchRequest::default()
    };
    let response = searcher.search(&request).unwrap();
    let of = |field, value: &str| SearchRequest {
        limit: 100,
        ..SearchRequest::default().with(field, Mode::All, &format!("={value}"))
    };
    for count in &response.facets[&FacetField::AboutPerson] {
        let found = searcher
            .search(&of(FacetField::AboutPerson, &count.value))
            .unwrap();
        assert_eq!(found.total, count.count, "about {}", count.value);
    }
    let counts = &response.facets[&FacetField::Person];
    for count in counts {
        let of_person = of(FacetField::Person, &count.value);
        let found = searcher.search(&of_person).unwrap();
        assert_eq!(found.total, count.count, "filter by {}", count.value);
        let with = |persons: &[String]| persons.contains(&count.value);
        assert!(
            found.hits.iter().all(|hit| with(&hit.persons)),
            "{found:#?}"
        );
        let all = response.hits.iter().filter(|hit| with(&hit.persons));
        assert_eq!(all.count() as u64, count.count, "hits with {}", count.value);
        for hit in &found.hits {
            let article = searcher.article(&hit.id.to_string()).unwrap();
            let mut named = article.entities.iter().map(|entity| &entity.key);
            assert!(named.any(|key| *key == count.value), "{article:#?}");
            // Exactly the mentions of that person are marked.
            let highlights = searcher
                .highlights(&hit.id.to_string(), &of_person)
                .unwrap();
            let entities = article.entities.iter();
            let named = entities.filter(|entity| entity.key == count.value);
            let mentions = named.flat_map(|entity| &entity.mentions);
            let in_body = mentions.filter(|mention| mention.part == Part::Body);
            let mentioned = in_body.flat_map(|mention| mention.start..mention.end);
            let mentioned: BTreeSet<u32> = mentioned.collect();
            let marked = highlights.body.iter().cloned().flatten();
            let marked: BTreeSet<u32> = marked.map(|byte| byte as u32).collect();
            assert_eq!(marked, mentioned, "{} in {article:#?}", count.value);
        }
    }
    let counts = counts.iter();
    let shown = counts.map(|count| match &count.wikidata {
        Some(item) => format!("{} {} ({item})", count.count, count.label),
        None => format!("{} {}", count.count, count.label),
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn check(samples: &[Sample], list: &str, expected: Expect) {
    let mut all = Vec::new();
    for segments in [1, 3] {
        let built = build(samples, segments, &[]);
        correct(&built.searcher, list);
        all.push(people(&built));
        built.merge();
        all.push(people(&built));
    }
    all.dedup();
    expected.assert_eq(&all.join("\n"));
}

fn correct(searcher: &Searcher, list: &str) {
    let listed = file::parse(list);
    assert_eq!(listed.problems, []);
    let edits = listed.edits.into_iter().map(|(_, edit)| edit);
    searcher.correct(Aliases::new(edits)).unwrap();
}

fn article(day: i64, persons: &[&str], countries: &[&str]) -> Sample {
    let body = format!("{} met.", persons.join(" and "));
    let sample = Sample::new("News", &body)
        .persons(persons)
        .countries(countries)
        .day(day);
    Sample {
        // Some articles are about those they name, and others only mention them.
        about: day % 2 == 0,
        ..sample
    }
}

fn trumps() -> Vec<Sample> {
    vec![
        article(100, &["Donald Trump"], &["US", "CO"]),
        article(101, &["Donald J. Trump"], &["US"]),
        article(102, &["Donald Trump"], &["US"]),
        article(900, &["Melania Trump"], &["SI"]),
        article(103, &["Trump"], &["US"]),
        article(901, &["Trump"], &["SI"]),
        article(3_000, &["Trump"], &["US"]),
    ]
}

#[test]
fn a_bare_name_means_who_was_in_the_news_there_and_then() {
    check(
        &trumps(),
        "",
        expect!["4 Donald Trump, 2 Melania Trump, 1 Trump"],
    );
}

#[test]
fn a_bare_name_that_nobody_carries_stays_what_it_is() {
    let samples = [
        article(1, &["Pelé"], &["BR"]),
        article(1, &["Gustavo Petro"], &["CO"]),
    ];
    check(&samples, "", expect!["1 Gustavo Petro, 1 Pelé"]);
}

fn sanchezes() -> Vec<Sample> {
    const NAME: &str = "Pedro Sánchez";
    vec![
        article(1, &[NAME], &["CO", "US"]).role(NAME, "Colombian defense minister"),
        article(2, &["Pedro Sanchez"], &["CO"])
            .role("Pedro Sanchez", "defense minister of Colombia"),
        article(2, &[NAME], &["ES", "FR"]).role(NAME, "Spanish prime minister"),
        article(2, &[NAME], &["ES"]).role(NAME, "prime minister of spain"),
        article(3, &[NAME], &["CO"]),
        article(3, &[NAME], &["ES", "CO"]),
        article(3, &["Sánchez"], &["ES"]).role("Sánchez", "Spanish prime minister"),
    ]
}

#[test]
fn namesakes_with_offices_of_different_countries_stay_apart() {
    check(
        &sanchezes(),
        "",
        expect!["3 Pedro Sánchez (Colombia), 3 Pedro Sánchez (Spain), 1 Pedro Sánchez"],
    );
}

#[test]
fn one_office_of_another_country_among_many_splits_nobody() {
    const NAME: &str = "Gustavo Petro";
    let mut samples: Vec<Sample> = (0..9)
        .map(|day| article(day, &[NAME], &["CO"]).role(NAME, "president of Colombia"))
        .collect();
    samples.push(article(9, &[NAME], &["VE"]).role(NAME, "president of Venezuela"));
    check(&samples, "", expect!["10 Gustavo Petro"]);
}

#[test]
fn nicknames_and_suffixes_meet_where_the_role_is_the_same() {
    let samples = [
        article(1, &["Joe Biden"], &["US"]).role("Joe Biden", "president"),
        article(2, &["Joe Biden"], &["US"]),
        article(3, &["Joseph R. Biden Jr."], &["US"]).role("Joseph R. Biden Jr.", "president"),
        article(3, &["Biden"], &["US"]),
        article(4, &["Donald Trump"], &["US"]).role("Donald Trump", "president"),
        article(4, &["Donald Trump Jr."], &["US"]).role("Donald Trump Jr.", "businessman"),
    ];
    check(
        &samples,
        "",
        expect!["4 Joe Biden, 1 Donald Trump, 1 Donald Trump Jr."],
    );
}

#[test]
fn corrections_apply_everywhere_at_once() {
    let samples = trumps();
    check(
        &samples,
        r#"{ merge = ["Melania Trump", "Donald Trump"], into = "The Trumps" }"#,
        expect!["6 The Trumps, 1 Trump"],
    );
    check(
        &samples,
        r#"{ rename = "donald trump", to = "Trump, D." }"#,
        expect!["4 Trump, D., 2 Melania Trump, 1 Trump"],
    );
    check(
        &samples,
        r#"{ hide = "Donald Trump" }"#,
        expect!["2 Melania Trump, 1 Trump"],
    );
    check(
        &samples,
        r#"{ reject = "Trump" }"#,
        expect!["3 Donald Trump, 1 Melania Trump"],
    );
    check(
        &samples,
        r#"{ split = "Donald Trump", into = "Donald Trump Jr.", when = { country = "Colombia" } }"#,
        expect!["3 Donald Trump, 2 Melania Trump, 1 Donald Trump Jr., 1 Trump"],
    );
    check(
        &samples,
        r#"{ identify = "Donald Trump", wikidata = "Q22686" }"#,
        expect!["4 Donald Trump (Q22686), 2 Melania Trump, 1 Trump"],
    );
    let split = r#"{ split = "Pedro Sánchez", into = "P. S.", when = { since = "1970-01-04" } }"#;
    check(
        &sanchezes(),
        split,
        expect!["3 P. S., 2 Pedro Sánchez (Colombia), 2 Pedro Sánchez (Spain)"],
    );
}

#[test]
fn hidden_people_are_found_and_rejected_ones_are_not() {
    let built = build(&trumps(), 2, &[]);
    let total = |name: &str| {
        let request = SearchRequest::default().with(FacetField::Person, Mode::All, name);
        built.searcher.search(&request).unwrap().total
    };
    correct(&built.searcher, r#"{ hide = "Melania Trump" }"#);
    assert_eq!(total("Melania Trump"), 2);
    correct(&built.searcher, r#"{ reject = "Melania Trump" }"#);
    assert_eq!(total("Melania Trump"), 0);
    correct(&built.searcher, "");
    assert_eq!(total("Melania Trump"), 2);
}

#[test]
fn added_names_are_found_in_the_text() {
    let samples = [
        Sample::new("Acme Works closes", "The mill is shut."),
        Sample::new("News", "The acme works of Jane Roe burned.").persons(&["Jane Roe"]),
        Sample::new("News", "Acme has other works."),
    ];
    check(
        &samples,
        r#"{ add = "Acme Works" }"#,
        expect!["2 Acme Works, 1 Jane Roe"],
    );
    check(
        &samples,
        r#"{ add = "Acme Works", aliases = ["Acme", "Jane Roe"] }"#,
        expect!["3 Acme Works"],
    );
    check(
        &samples,
        r#"{ add = "Nobody Known" }"#,
        expect!["1 Jane Roe"],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_indexing_decides_nothing(
        articles in proptest::collection::vec((0..60i64, 0..6usize, 0..4usize), 1..14),
        seed in any::<u64>(),
        segments in 1..4usize,
    ) {
        let names = ["Ana Gómez", "Gomez", "Luis Gómez", "Ana Gomez", "Petro", "Gustavo Petro"];
        let roles = ["", "Colombian minister", "Spanish minister", "minister"];
        let samples: Vec<Sample> = articles
            .iter()
            .map(|&(day, name, role)| {
                let country = [["CO"], ["ES"]][(day % 2) as usize];
                let sample = article(day * 10, &[names[name]], &country);
                if role == 0 { sample } else { sample.role(names[name], roles[role]) }
            })
            .collect();
        let mut shuffled = samples.clone();
        let mut state = seed;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        let once = people(&build(&samples, 1, &[]));
        prop_assert_eq!(once, people(&build(&shuffled, segments, &[])));
    }

    #[test]
    fn whatever_is_corrected_all_answers_agree(
        articles in proptest::collection::vec((0..40i64, 0..6usize, 0..6usize, 0..4usize), 1..10),
        edits in proptest::collection::vec((0..7usize, 0..8usize, 0..8usize), 0..6),
        segments in 1..3usize,
    ) {
        let names = [
            "Ana Gómez", "Gomez", "Luis Gómez", "Ana Gomez", "Petro", "Gustavo Petro",
            "Somebody Else", "Petro Gómez",
        ];
        let roles = ["", "Colombian minister", "Spanish minister", "minister"];
        let samples: Vec<Sample> = articles
            .iter()
            .map(|&(day, one, other, role)| {
                let country = [["CO"], ["ES"]][(day % 2) as usize];
                let sample = article(day * 10, &[names[one], names[other]], &country);
                if role == 0 { sample } else { sample.role(names[one], roles[role]) }
            })
            .collect();
        let lines = edits.iter().map(|&(verb, name, other)| {
            let (name, other) = (names[name], names[other]);
            match verb {
                0 => format!(r#"{{ merge = ["{name}"], into = "{other}" }}"#),
                1 => format!(r#"{{ rename = "{name}", to = "{other}" }}"#),
                2 => format!(r#"{{ hide = "{name}" }}"#),
                3 => format!(r#"{{ reject = "{name}" }}"#),
                4 => format!(r#"{{ split = "{name}", into = "{other}", when = {{ country = "CO" }} }}"#),
                5 => format!(r#"{{ add = "{name}", aliases = ["{other}"] }}"#),
                _ => format!(r#"{{ identify = "{name}", wikidata = "Q1" }}"#),
            }
        });
        let list = lines.collect::<Vec<_>>().join("\n");
        let built = build(&samples, segments, &[]);
        let listed = file::parse(&list).edits.into_iter().map(|(_, edit)| edit);
        built.searcher.correct(Aliases::new(listed)).unwrap();
        people(&built);
    }
}
