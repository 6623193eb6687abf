//! Requests that make no sense get an answer or a message, never a panic.

use dateline_query::{FacetField, Mode, SearchRequest, Searcher};
use expect_test::{Expect, expect};

use crate::support::{Sample, build};

fn searcher() -> Searcher {
    let samples = [
        Sample::new("Oil talks", "Oil was discussed.").countries(&["CO"]),
        Sample::new("Other talks", "Nothing else was."),
    ];
    build(&samples, 1, &[]).searcher
}

fn check(request: SearchRequest, expected: Expect) {
    let text = match searcher().search(&request) {
        Ok(response) => format!("{} found\n{}", response.total, response.notes.join("\n")),
        Err(error) => error.to_string(),
    };
    expected.assert_eq(text.trim_end());
}

fn query(query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        ..SearchRequest::default()
    }
}

#[test]
fn a_limit_of_a_billion_is_refused_and_one_of_nothing_counts() {
    let limit = |limit| SearchRequest {
        limit,
        ..query("oil")
    };
    check(
        limit(1_000_000_000),
        expect![
            "a limit of 1000000000 is too high: ask for at most 10000 hits, and for more of them with an offset"
        ],
    );
    check(limit(0), expect!["1 found"]);
    let request = SearchRequest {
        offset: usize::MAX,
        ..query("oil")
    };
    check(request, expect!["1 found"]);
}

#[test]
fn an_unknown_country_is_an_error_with_suggestions() {
    let request = SearchRequest::default().with(FacetField::Country, Mode::All, "Colomba");
    check(
        request,
        expect!["no country is called `Colomba`: did you mean Colombia?"],
    );
    check(
        query("oil country:Colomba"),
        expect![[r#"
            0 found
            no country is called `Colomba`: nothing is found by it; did you mean Colombia?
              oil country:Colomba
                          ^^^^^^^"#]],
    );
    check(
        query("oil -country:Colomba"),
        expect![[r#"
            1 found
            no country is called `Colomba`: nothing is left out by it; did you mean Colombia?
              oil -country:Colomba
                           ^^^^^^^"#]],
    );
}

#[test]
fn a_date_that_is_none_is_an_error() {
    for date in [
        "yesterday",
        "2026-13",
        "2026-02-30",
        "",
        "26-1-1-1",
        "-",
        "02/03/2026",
    ] {
        let request = SearchRequest {
            since: Some(date.to_owned()),
            ..SearchRequest::default()
        };
        let error = searcher().search(&request).unwrap_err().to_string();
        assert!(
            error.contains(&format!("`{date}` is no date that `since` understands")),
            "{error}"
        );
    }
}

#[test]
fn broken_queries_are_read_as_well_as_can_be() {
    check(
        query("oil \"talks"),
        expect![[r#"
        1 found
        the quote is not closed: the phrase ends with the query
          oil "talks
              ^^^^^^"#]],
    );
    check(
        query(&"(".repeat(2_000)),
        expect![[r#"
            2 found
            2000 `(` are not closed: they end with the query
              ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((…
              ^
            parentheses and fields are nested more than 32 deep: the inner ones are left out
              …(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((…
                                       ^"#]],
    );
    check(
        query(&format!("{}oil", "(".repeat(2_000))),
        expect![[r#"
            1 found
            2000 `(` are not closed: they end with the query
              ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((…
              ^
            parentheses and fields are nested more than 32 deep: the inner ones are left out
              …(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((…
                                       ^"#]],
    );
    check(
        query("— oil"),
        expect![[r#"
        1 found
        `—` has no word in it: it is left out
          — oil
          ^"#]],
    );
    check(
        query("oil AND"),
        expect![[r#"
        1 found
        AND has nothing after it: it is left out
          oil AND
              ^^^"#]],
    );
    check(
        query("tilte:oil"),
        expect![[r#"
            1 found
            there is no field `tilte`: what follows is looked for everywhere; did you mean `title:`?
              tilte:oil
              ^^^^^"#]],
    );
}

#[test]
fn an_article_is_found_by_the_id_its_outlet_gave() {
    let sample = |source: &str, id| Sample {
        publisher_id: Some(id),
        ..Sample::new(id, "Body.").source(source)
    };
    let samples = [
        sample("Daily News", "Daily News#good"),
        sample("Daily News", "Daily News#20260415"),
        sample("Daily News", "Daily News#17"),
        sample("Le Matin", "Le Matin#17"),
        sample("Le Matin", "https://lematin.example/1"),
        sample("Le Matin", "elsewhere.example#lost"),
    ];
    let searcher = build(&samples, 2, &[]).searcher;
    let answers = [
        "good",
        " 20260415 ",
        "Le Matin#17",
        "https://lematin.example/1",
        "elsewhere.example#lost",
        "17",
        "lost",
    ];
    let answers = answers.map(|text| match searcher.article(text) {
        Ok(stored) => stored.article.title,
        Err(error) => error.to_string(),
    });
    expect![[r#"
        Daily News#good
        Daily News#20260415
        Le Matin#17
        https://lematin.example/1
        elsewhere.example#lost
        `17` names 2 articles: give the id of one of them: 655e98a6b45013b2eff9d9a056750f1b, d4d03b87d6163f69d8d50f1a13238e2d
        the index has no article `lost`: give an id as `dateline search` shows it, its first digits, the publisher's id (`outlet#id` when it is not found alone), or the URL of an article without one"#]].assert_eq(&answers.join("\n"));
}

#[test]
fn looking_up_what_is_no_article_is_an_error() {
    let messages = ["", "abc", "abcd", "no such id"].map(|id| {
        let error = searcher().article(id).unwrap_err();
        error.to_string()
    });
    expect![[r#"
        `` is too short for the beginning of an article's id: give at least 4 digits
        `abc` is too short for the beginning of an article's id: give at least 4 digits
        the index has no article `abcd`: give an id as `dateline search` shows it, its first digits, the publisher's id (`outlet#id` when it is not found alone), or the URL of an article without one
        the index has no article `no such id`: give an id as `dateline search` shows it, its first digits, the publisher's id (`outlet#id` when it is not found alone), or the URL of an article without one"#]].assert_eq(&messages.join("\n"));
}

#[test]
fn an_ambiguous_beginning_of_an_id_lists_the_articles() {
    // Of 1,200 random ids some share four digits: 36 bits of pairs against 16 of prefix.
    let samples = vec![Sample::new("a", "b"); 1_200];
    let built = build(&samples, 1, &[]);
    let mut ids: Vec<String> = built
        .stored
        .iter()
        .map(|stored| stored.article.id.to_string())
        .collect();
    ids.sort();
    let shared = ids.windows(2).find(|pair| pair[0][..4] == pair[1][..4]);
    let shared = shared.unwrap();
    let error = built.searcher.article(&shared[0][..4]).unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains(&shared[0]) && message.contains(&shared[1]),
        "{message}"
    );
}

#[test]
fn an_empty_index_answers() {
    let searcher = build(&[], 1, &[]).searcher;
    let response = searcher
        .search(&query("oil person:petro -lang:en"))
        .unwrap();
    assert_eq!((response.total, response.hits.len()), (0, 0));
    assert_eq!(searcher.stats().unwrap().articles, 0);
}
