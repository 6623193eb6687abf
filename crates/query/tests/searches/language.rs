//! Every form of the query language finds what it says.

use dateline_corpus::schema::{record_document, register_tokenizers, schema};
use dateline_query::{SearchRequest, Searcher};
use expect_test::{Expect, expect};
use tantivy::{Index, IndexWriter};

use crate::support::{Sample, build};

/// Articles by the letter that their titles begin with.
fn searcher() -> Searcher {
    let (schema, fields) = schema();
    let index = Index::create_in_ram(schema);
    register_tokenizers(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
    let late = format!("{} petroleum at last", "it was said that ".repeat(20));
    let samples = [
        Sample::new(
            "Agreement on peace",
            "The peace agreement was signed. Gustavo Petro met Donald Trump.\n\nSanctions end.",
        )
        .persons(&["Gustavo Petro", "Donald Trump"])
        .countries(&["CO"])
        .day(20_000)
        .source("Andes Herald"),
        Sample::new(
            "Border traffickers",
            "Trafficking of cocaine, cocaine and cocaine. A woman was sanctioned. Petro spoke.",
        )
        .persons(&["Gustavo Petro"])
        .countries(&["EC", "CO"])
        .day(20_040),
        Sample::new(
            "Colour of oil",
            "A peace without agreement. Women traffic in organizations; colors fade.",
        )
        .day(20_100),
        Sample::new("Distant news", &late),
    ];
    for (number, sample) in samples.iter().enumerate() {
        let mut record = sample.record(number);
        match number {
            0 => {
                record.facets.about = vec!["CO".to_owned()];
                record.facets.about_person = vec!["Gustavo Petro".to_owned()];
                record.facets.agency = Some("Reuters".to_owned());
            }
            1 => {
                record.facets.site = Some("example.org".to_owned());
                let url = "https://news.example.org/2024/a.html";
                record.stored.article.url = Some(url.to_owned());
                record.facets.author = vec!["Jane Doe".to_owned()];
            }
            _ => {}
        }
        let document = record_document(&record, &fields).unwrap();
        writer.add_document(document).unwrap();
        // Several segments, so that words are put together from more than one dictionary.
        writer.commit().unwrap();
    }
    Searcher::from_index(&index).unwrap()
}

/// The first letters of the titles that a query finds, and what was said about it.
fn check(queries: &[&str], expected: Expect) {
    let searcher = searcher();
    let mut text = String::new();
    for query in queries {
        let request = SearchRequest {
            query: (*query).to_owned(),
            today: Some("2024-11-20".to_owned()),
            regex: !query.contains("off"),
            ..SearchRequest::default()
        };
        let response = searcher.search(&request).unwrap();
        let mut found: Vec<&str> = response.hits.iter().map(|hit| &hit.title[..1]).collect();
        found.sort_unstable();
        text += &format!("{query}: {}\n", found.concat());
        for note in response.notes {
            text += &format!("{note}\n");
        }
    }
    expected.assert_eq(&text);
}

#[test]
fn words_phrases_and_gaps() {
    check(
        &[
            "sanction",
            "=sanctions",
            "=sanction",
            "\"sanction end\"",
            "=\"sanction end\"",
            "\"peace agreement\"",
            "\"peace * agreement\"",
            "\"peace agreement\"~1",
            "\"traffick* of cocaine\"",
            "\"agreement peace\"~3",
        ],
        expect![[r#"
            sanction: AB
            =sanctions: A
            =sanction: 
            no article has the word `sanction`: nothing is found by it; did you mean `sanctions`?
              =sanction
               ^^^^^^^^
            "sanction end": A
            ="sanction end": 
            no article has the word `sanction`: nothing is found by it; did you mean `sanctions`?
              ="sanction end"
                ^^^^^^^^
            "peace agreement": A
            "peace * agreement": C
            "peace agreement"~1: AC
            "traffick* of cocaine": B
            "agreement peace"~3: A
        "#]],
    );
}

#[test]
fn near_sentences_paragraphs_and_counts() {
    check(
        &[
            "petro NEAR/2 trump",
            "petro NEAR/1 trump",
            "trump PRE/5 petro",
            "petro w/9 (trump OR spoke)",
            "petro /s trump",
            "agreement /s petro",
            "agreement /p petro",
            "petro /p sanctions",
            "atleast3(cocaine)",
            "atleast4(cocaine)",
            "atleast4(cocaine OR traffick*)",
            "(sanction* OR agreement) NEAR/10 (petro PRE/5 trump)",
        ],
        expect![[r#"
            petro NEAR/2 trump: 
            petro NEAR/1 trump: 
            trump PRE/5 petro: 
            petro w/9 (trump OR spoke): AB
            petro /s trump: A
            agreement /s petro: 
            agreement /p petro: A
            petro /p sanctions: B
            atleast3(cocaine): B
            atleast4(cocaine): 
            atleast4(cocaine OR traffick*): B
            (sanction* OR agreement) NEAR/10 (petro PRE/5 trump): A
        "#]],
    );
}

#[test]
fn patterns_and_slips_of_the_pen() {
    check(
        &[
            "traffick*",
            "wom?n",
            "*ization?s",
            "*ization*",
            "petroo~1",
            "traficking~2",
            "zzzz*",
            "/colou?rs?/",
            "/off/",
            "/(/",
            "sanctoins",
            "NOT sanctoins",
            "qqqqqq",
        ],
        expect![[r#"
            traffick*: B
            wom?n: BC
            *ization?s: 
            no article has a word like `*ization?s`: nothing is found by it
              *ization?s
              ^^^^^^^^^^
            *ization*: C
            petroo~1: AB
            traficking~2: B
            zzzz*: 
            no article has a word like `zzzz*`: nothing is found by it
              zzzz*
              ^^^^^
            /colou?rs?/: C
            /off/: 
            regular expressions are switched off: nothing is found by it; switch them on with --regex
              /off/
              ^^^^^
            /(/: 
            `(` is no regular expression, or too large a one: nothing is found by it
              /(/
              ^^^
            sanctoins: 
            no article has the word `sanctoins`: nothing is found by it; did you mean `sanctions`?
              sanctoins
              ^^^^^^^^^
            NOT sanctoins: ABCD
            qqqqqq: 
            no article has the word `qqqqqq`: nothing is found by it
              qqqqqq
              ^^^^^^
        "#]],
    );
}

#[test]
fn what_stands_for_too_many_words_is_cut_and_told() {
    let body: Vec<String> = (0..1_100).map(|number| format!("zz{number:04}")).collect();
    let searcher = build(&[Sample::new("Numbers", &body.join(" "))], 1, &[]).searcher;
    let notes = |query: &str| {
        let request = SearchRequest {
            query: query.to_owned(),
            ..SearchRequest::default()
        };
        let response = searcher.search(&request).unwrap();
        assert_eq!(response.total, 1, "{query}");
        response.notes.join("\n")
    };
    expect![[r#"
        `zz*` stands for 1100 words: the 1024 most frequent ones are looked for; write more letters
          zz*
          ^^^



        `zz0500~1` stands for 29 words: the 8 most frequent ones are looked for
          zz0500~1
          ^^^^^^^^

        `zz0500~2` stands for 282 words: the 8 most frequent ones are looked for; write ~1
          zz0500~2
          ^^^^^^^^"#]]
    .assert_eq(
        &["zz*", "zz01*", "zz0500~1", "zz0500~2"]
            .map(notes)
            .join("\n\n"),
    );
}

#[test]
fn places() {
    check(
        &[
            "title:peace",
            "body:peace",
            "lead:petroleum",
            "body:petroleum",
            "hlead:(oil OR agreement)",
            "title:(colour NEAR/2 oil)",
            "lead:(peace agreement)",
            "lead:\"peace agreement\"",
        ],
        expect![[r#"
            title:peace: A
            body:peace: AC
            lead:petroleum: 
            no lead has the word `petroleum`: nothing is found by it
              lead:petroleum
                   ^^^^^^^^^
            body:petroleum: D
            hlead:(oil OR agreement): AC
            title:(colour NEAR/2 oil): C
            lead:(peace agreement): AC
            lead:"peace agreement": A
        "#]],
    );
}

#[test]
fn fields_and_what_articles_have() {
    check(
        &[
            "country:(Ecuador OR Chad)",
            "about:CO",
            "about:\"Gustavo Petro\"",
            "about:petro",
            "about:trump",
            "site:example.org",
            "site:www.example.org",
            "site:https://news.example.org/",
            "site:news.example.org/2024",
            "site:https://news.example.org/x",
            "lang:Spanish",
            "lang:english",
            "agency:Reuters",
            "author:doe",
            "has:author",
            "no:person",
            "has:date",
            "no:site",
            "words:>80",
            "words:<15",
            "words:10..14",
            "url:example.org",
            "url:=https://news.example.org/2024/a.html",
            "person:petr*",
            "source:herald",
            "source-country:Colombia",
            "about-person:petro",
            "about-country:Kolumbien",
            "has:about",
            "no:about-person",
            "has:url",
            "has:source-country",
            "no:id",
        ],
        expect![[r#"
            country:(Ecuador OR Chad): B
            the index has no country `Chad`: nothing is found by it
              country:(Ecuador OR Chad)
                                  ^^^^
            about:CO: A
            about:"Gustavo Petro": A
            about:petro: A
            about:trump: 
            site:example.org: B
            site:www.example.org: B
            site:https://news.example.org/: B
            site:news.example.org/2024: B
            site:https://news.example.org/x: 
            lang:Spanish: 
            the index has no language `Spanish`: nothing is found by it
              lang:Spanish
                   ^^^^^^^
            lang:english: ABCD
            agency:Reuters: A
            author:doe: B
            has:author: B
            no:person: CD
            has:date: ABC
            no:site: ACD
            words:>80: D
            words:<15: BC
            words:10..14: BC
            url:example.org: B
            url:=https://news.example.org/2024/a.html: B
            person:petr*: AB
            source:herald: A
            source-country:Colombia: 
            the index has no country of outlets `Colombia`: nothing is found by it
              source-country:Colombia
                             ^^^^^^^^
            about-person:petro: A
            about-country:Kolumbien: A
            has:about: A
            no:about-person: BCD
            has:url: B
            has:source-country: 
            no:id: 
        "#]],
    );
}

#[test]
fn addresses_are_found_by_any_part_and_any_text_is_a_part() {
    check(
        &[
            "url:EXAMPLE.org/2024",
            "inurl:news",
            "url:a<b",
            "url:\"a>b (c)\"",
            "site:example.org/<2024",
        ],
        expect![[r#"
            url:EXAMPLE.org/2024: B
            inurl:news: B
            url:a<b: 
            url:"a>b (c)": 
            site:example.org/<2024: 
        "#]],
    );
    let long = SearchRequest {
        query: format!("url:\"{}\"", "a<b|".repeat(400)),
        ..SearchRequest::default()
    };
    assert_eq!(searcher().search(&long).unwrap().total, 0);
}

#[test]
fn what_the_index_does_not_have_is_told_where_it_stands() {
    check(
        &[
            "title:cocaine",
            "lead:petroleum",
            "body:distant",
            "hlead:(petroleum OR peace)",
            "peace xyzzy",
            "\"peace agreemnet\"",
            "Straße",
            "=sanctioning",
            "NOT xyzzy",
            "person:=trump",
            "NOT id:nosuch",
            "NOT site:nosuch.example",
            "-country:Colomba",
            "country:(CO Ecuador)",
            "country:(Colombia or Ecuador)",
            "country:(Colombia and Ecuador and Peru)",
            "person:(petro trump)",
            "source:(nyt or herald)",
        ],
        expect![[r#"
            title:cocaine: 
            no headline has the word `cocaine`: nothing is found by it
              title:cocaine
                    ^^^^^^^
            lead:petroleum: 
            no lead has the word `petroleum`: nothing is found by it
              lead:petroleum
                   ^^^^^^^^^
            body:distant: 
            no body has the word `distant`: nothing is found by it
              body:distant
                   ^^^^^^^
            hlead:(petroleum OR peace): AC
            no headline or lead has the word `petroleum`: nothing is found by it
              hlead:(petroleum OR peace)
                     ^^^^^^^^^
            peace xyzzy: 
            no article has the word `xyzzy`: nothing is found by it
              peace xyzzy
                    ^^^^^
            "peace agreemnet": 
            no article has the word `agreemnet`: nothing is found by it; did you mean `agreement`?
              "peace agreemnet"
                     ^^^^^^^^^
            Straße: 
            no article has the word `Straße`: nothing is found by it
              Straße
              ^^^^^^
            =sanctioning: 
            no article has the word `sanctioning`: nothing is found by it
              =sanctioning
               ^^^^^^^^^^^
            NOT xyzzy: ABCD
            person:=trump: 
            the index has no person `trump` in exactly this spelling: nothing is found by it; did you mean `Donald Trump`?
              person:=trump
                     ^^^^^^
            NOT id:nosuch: ABCD
            the index has no id `nosuch`: nothing is left out by it
              NOT id:nosuch
                     ^^^^^^
            NOT site:nosuch.example: ABCD
            the index has no site `nosuch.example`: nothing is left out by it
              NOT site:nosuch.example
                       ^^^^^^^^^^^^^^
            -country:Colomba: ABCD
            no country is called `Colomba`: nothing is left out by it; did you mean Colombia?
              -country:Colomba
                       ^^^^^^^
            country:(CO Ecuador): 
            no country is called `CO Ecuador`: nothing is found by it; write country:(CO OR Ecuador)
              country:(CO Ecuador)
                       ^^^^^^^^^^
            country:(Colombia or Ecuador): 
            no country is called `Colombia or Ecuador`: nothing is found by it; write country:(Colombia OR Ecuador)
              country:(Colombia or Ecuador)
                       ^^^^^^^^^^^^^^^^^^^
            country:(Colombia and Ecuador and Peru): 
            no country is called `Colombia and Ecuador and Peru`: nothing is found by it; write country:(Colombia AND Ecuador AND Peru)
              country:(Colombia and Ecuador and Peru)
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            person:(petro trump): 
            the index has no person `petro trump`: nothing is found by it; write person:(petro OR trump)
              person:(petro trump)
                      ^^^^^^^^^^^
            source:(nyt or herald): 
            the index has no source `nyt or herald`: nothing is found by it; write OR in capitals
              source:(nyt or herald)
                      ^^^^^^^^^^^^^
        "#]],
    );
}

#[test]
fn spans_of_diagnostics_count_characters() {
    let request = SearchRequest {
        query: "Bogotá é AND".to_owned(),
        ..SearchRequest::default()
    };
    let faults = searcher().search(&request).unwrap().diagnostics;
    let dangling = faults.last().map(|fault| fault.span.clone());
    assert_eq!(dangling, Some(9..12), "{faults:?}");
}

#[test]
fn limits_that_leave_nothing_are_told() {
    check(
        &[
            "after:2024-11 before:2024-10",
            "peace since:2024-11 until:2024-10-04",
            "since:7d until:2024-11-01",
            "date:2023 date:2024",
            "peace words:>800 words:<200",
            "words:200..100",
            "NOT (since:2025 until:2024)",
            "since:2024-11 OR until:2024-10",
            "since:2024-10-04 before:2024-10-05",
        ],
        expect![[r#"
            after:2024-11 before:2024-10: 
            no day fulfils since:2024-11 and before:2024-10: nothing is found by it; write since:2024-10 before:2024-11
              after:2024-11 before:2024-10
                    ^^^^^^^^^^^^^^^^^^^^^^
            peace since:2024-11 until:2024-10-04: 
            no day fulfils since:2024-11 and until:2024-10-04: nothing is found by it; write since:2024-10-04 until:2024-11
              peace since:2024-11 until:2024-10-04
                          ^^^^^^^^^^^^^^^^^^^^^^^^
            since:7d until:2024-11-01: 
            no day fulfils since:7d and until:2024-11-01: nothing is found by it; write since:2024-11-01 until:7d
              since:7d until:2024-11-01
                    ^^^^^^^^^^^^^^^^^^^
            date:2023 date:2024: 
            no day fulfils date:2024 and date:2023: nothing is found by it
              date:2023 date:2024
                   ^^^^^^^^^^^^^^
            peace words:>800 words:<200: 
            no number of words fulfils words:>=801 and words:<=199: nothing is found by it; write words:199..801, or OR between them
              peace words:>800 words:<200
                          ^^^^^^^^^^^^^^^
            words:200..100: 
            the lesser number comes first: it is read as words:100..200
              words:200..100
                    ^^^^^^^^
            NOT (since:2025 until:2024): ABCD
            no day fulfils since:2025 and until:2024: nothing is left out by it; write since:2024 until:2025
              NOT (since:2025 until:2024)
                         ^^^^^^^^^^^^^^^
            since:2024-11 OR until:2024-10: ABC
            since:2024-10-04 before:2024-10-05: A
        "#]],
    );
}

#[test]
fn dates() {
    check(
        &[
            "date:2024-10",
            "date:2024-10-04",
            "after:2024-10-05",
            "since:2024-10-04 before:2024-11-13",
            "until:2024-10",
            "date:2024-10-04..2024-11-12",
            "since:30d",
            "since:2m",
            "date:none",
            "-date:2024",
            "date:2025..2024",
        ],
        expect![[r#"
            date:2024-10: A
            date:2024-10-04: A
            after:2024-10-05: BC
            since:2024-10-04 before:2024-11-13: A
            until:2024-10: A
            date:2024-10-04..2024-11-12: A
            since:30d: BC
            since:2m: ABC
            date:none: D
            -date:2024: CD
            date:2025..2024: ABC
            the first day is after the last: it is read as date:2024..2025
              date:2025..2024
                   ^^^^^^^^^^
        "#]],
    );
}
