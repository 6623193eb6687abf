//! What each format yields, well-formed and broken, as a user of the crate sees it.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::fmt::Write;
use std::io::Read;
use std::ops::ControlFlow;

use dateline_corpus::DateOrder;
use dateline_corpus::Flaw;
use dateline_ingest::{Item, Limits, ReadOptions, read};
use expect_test::{Expect, expect};

fn items(path: &str, input: &[u8], options: &ReadOptions) -> Vec<Item> {
    let mut items = Vec::new();
    let records = read(path, &mut &*input, options, &mut |item| {
        items.push(item);
        ControlFlow::Continue(())
    });
    assert_eq!(records.unwrap(), items.len() as u64);
    items
}

/// One item as lines of text; fields without a value are left out.
fn show(item: &Item) -> String {
    let mut text = String::new();
    match item {
        Item::Skip(skip) => {
            let record = skip
                .record
                .map_or(String::new(), |record| format!(":{record}"));
            writeln!(text, "skip {}{record}: {}", skip.path, skip.reason).unwrap();
        }
        Item::Article(article) => {
            let derived = if article.title_derived {
                " (derived)"
            } else {
                ""
            };
            let record = article
                .origin
                .record
                .map_or(String::new(), |record| format!("{record}. "));
            writeln!(text, "{record}{}{derived}", article.title).unwrap();
            if let Some(date) = &article.published {
                let instant = jiff::Timestamp::from_second(date.seconds).unwrap();
                write!(
                    text,
                    "  published {instant} {:?} {:?}",
                    date.precision, date.origin
                )
                .unwrap();
                write!(
                    text,
                    "{}",
                    if date.zone_assumed {
                        " zone assumed"
                    } else {
                        ""
                    }
                )
                .unwrap();
                let ambiguous = date.ambiguous();
                let ambiguous =
                    ambiguous.map_or(String::new(), |date| format!(" ambiguous {date}"));
                writeln!(text, "{ambiguous}").unwrap();
            }
            for (name, value) in [
                ("source", &article.source),
                ("url", &article.url),
                ("section", &article.section),
            ] {
                if let Some(value) = value {
                    writeln!(text, "  {name} {value}").unwrap();
                }
            }
            if !article.authors.is_empty() {
                writeln!(text, "  by {}", article.authors.join(" + ")).unwrap();
            }
            if let Some(language) = article.language {
                writeln!(text, "  in {}", language.code()).unwrap();
            }
            for paragraph in article.body.lines() {
                writeln!(text, "  | {paragraph}").unwrap();
            }
        }
    }
    text
}

fn check(path: &str, input: impl AsRef<[u8]>, expect: Expect) {
    check_with(&ReadOptions::default(), path, input, expect);
}

fn check_with(options: &ReadOptions, path: &str, input: impl AsRef<[u8]>, expect: Expect) {
    let shown: String = items(path, input.as_ref(), options)
        .iter()
        .map(show)
        .collect();
    expect.assert_eq(&shown);
}

#[test]
fn takes_a_short_first_line_as_the_headline() {
    check(
        "/news/a.txt",
        "Harbour bridge reopens\n\nBy Ida Holm and Jo Park\nNov. 20, 2025\n\nThe bridge is open.\n\nCars crossed at noon.\n",
        expect![[r#"
            Harbour bridge reopens
              published 2025-11-20T00:00:00Z Day MetadataLine
              by Ida Holm + Jo Park
              | The bridge is open.
              | Cars crossed at noon.
        "#]],
    );
}

#[test]
fn derives_the_title_from_the_first_sentence_behind_the_dateline() {
    check(
        "/news/a.txt",
        "\nOSLO, Norway – March 4, 2026 – The government said Dr. Lund's plan to lengthen the \
         northern railway by 300 kilometres would cost more than twice as much as promised. \
         Work goes on.\nNobody was surprised.\n\n\n",
        expect![[r#"
            The government said Dr. Lund's plan to lengthen the northern railway by 300 kilometres would cost… (derived)
              published 2026-03-04T00:00:00Z Day Dateline
              | OSLO, Norway – March 4, 2026 – The government said Dr. Lund's plan to lengthen the northern railway by 300 kilometres would cost more than twice as much as promised. Work goes on.
              | Nobody was surprised.
        "#]],
    );
}

#[test]
fn cuts_a_derived_title_at_a_word_whatever_the_script() {
    check(
        "/news/a.txt",
        "Žluťoučký kůň ".repeat(12),
        expect![[r#"
        Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň… (derived)
          | Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň Žluťoučký kůň
    "#]],
    );
    check(
        "/news/b.txt",
        "𑃰".repeat(120),
        expect![[r#"
        𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰… (derived)
          | 𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰𑃰
    "#]],
    );
}

#[test]
fn takes_publishing_lines_at_head_and_foot_out_of_the_body() {
    check(
        "/news/a.txt",
        "Published 21/04/2026 11:20 | Edited 22/04/2026 08:00\nThe council met on Monday and \
         agreed on nothing, which is what it had promised to do.\nIt meets again in May.\n\
         Featured image description: The council.\nFeatured image credit: A. Photographer\n\
         Source: townpost.example\nSEO Keywords: council, town | meeting\n###\n",
        expect![[r#"
            The council met on Monday and agreed on nothing, which is what it had promised to do. It meets… (derived)
              published 2026-04-21T11:20:00Z Second MetadataLine zone assumed
              source townpost.example
              | The council met on Monday and agreed on nothing, which is what it had promised to do. It meets again in May.
        "#]],
    );
}

#[test]
fn front_matter_and_url_go_before_a_source_line() {
    let body = "Plans are in.\n\nSource: 50 State Plans Submitted to CMS\n\n\\###\n";
    for (head, source) in [
        (
            "---\nsource_url: https://www.house.example/1\n---\n",
            Some("house.example"),
        ),
        ("---\nsource: The House\n---\n", Some("The House")),
        ("---\ntitle: Plans\n---\n", None),
        ("https://www.house.example/1\n\n", Some("house.example")),
        ("Source: The House\n\n", Some("The House")),
    ] {
        let items = items(
            "/news/a.md",
            format!("{head}{body}").as_bytes(),
            &ReadOptions::default(),
        );
        let [Item::Article(article)] = items.as_slice() else {
            panic!("{items:?}")
        };
        assert_eq!(article.source.as_deref(), source, "{head}");
    }
}

#[test]
fn takes_an_address_at_the_head_for_that_of_the_article() {
    check(
        "/news/a.txt",
        "https://townpost.example/2026/04/21/council\n\nThe council met.\n\nhttps://townpost.example/subscribe\n",
        expect![[r#"
            The council met. (derived)
              published 2026-04-21T00:00:00Z Day Url
              source townpost.example
              url https://townpost.example/2026/04/21/council
              | The council met.
              | https://townpost.example/subscribe
        "#]],
    );
}

#[test]
fn resolves_an_ambiguous_date_by_a_weekday_with_its_day() {
    check(
        "/news/a.txt",
        "Published 02/04/2026 11:20\nThe two presidents met this Tuesday (3) and said that they would meet again.\n",
        expect![[r#"
            The two presidents met this Tuesday (3) and said that they would meet again. (derived)
              published 2026-02-04T11:20:00Z Second MetadataLine zone assumed
              | The two presidents met this Tuesday (3) and said that they would meet again.
        "#]],
    );
}

#[test]
fn resolves_an_ambiguous_date_by_another_date_of_the_text() {
    check(
        "/news/a.txt",
        "Published 02/04/2026\nThe vote of April 1, 2026 changed the law, as the parties had agreed before Easter.\n",
        expect![[r#"
            The vote of April 1, 2026 changed the law, as the parties had agreed before Easter. (derived)
              published 2026-04-02T00:00:00Z Day MetadataLine
              | The vote of April 1, 2026 changed the law, as the parties had agreed before Easter.
        "#]],
    );
    check(
        "/news/b.txt",
        "Published 02/04/2026\nThe vote of 3 February changed the law, as the parties had agreed.\n",
        expect![[r#"
            The vote of 3 February changed the law, as the parties had agreed. (derived)
              published 2026-02-04T00:00:00Z Day MetadataLine
              | The vote of 3 February changed the law, as the parties had agreed.
        "#]],
    );
}

#[test]
fn resolves_an_ambiguous_date_by_another_date_in_the_same_order() {
    check(
        "/news/a.txt",
        "Published 02/04/2026 | Updated 13/04/2026\nThe vote changed the law.\n",
        expect![[r#"
            The vote changed the law. (derived)
              published 2026-04-02T00:00:00Z Day MetadataLine
              | The vote changed the law.
        "#]],
    );
}

#[test]
fn keeps_an_ambiguous_date_with_what_is_sure() {
    let text = "Published 02/04/2026 11:20\nThe vote changed the law on Tuesday, 30 years after it was made.\n";
    check(
        "/news/a.txt",
        text,
        expect![[r#"
        The vote changed the law on Tuesday, 30 years after it was made. (derived)
          published 2026-01-01T00:00:00Z Year MetadataLine ambiguous 02/04/2026 11:20
          | The vote changed the law on Tuesday, 30 years after it was made.
    "#]],
    );
    let dmy = ReadOptions {
        date_order: Some(DateOrder::Dmy),
        ..ReadOptions::default()
    };
    check_with(
        &dmy,
        "/news/a.txt",
        text,
        expect![[r#"
        The vote changed the law on Tuesday, 30 years after it was made. (derived)
          published 2026-04-02T11:20:00Z Second MetadataLine zone assumed
          | The vote changed the law on Tuesday, 30 years after it was made.
    "#]],
    );
}

#[test]
fn evidence_for_both_readings_decides_nothing() {
    check(
        "/news/a.txt",
        "Published 02/04/2026\nFrom February 3, 2026 to April 3, 2026 the office was closed to all visitors.\n",
        expect![[r#"
            From February 3, 2026 to April 3, 2026 the office was closed to all visitors. (derived)
              published 2026-01-01T00:00:00Z Year MetadataLine ambiguous 02/04/2026
              | From February 3, 2026 to April 3, 2026 the office was closed to all visitors.
        "#]],
    );
}

#[test]
fn completes_a_dateline_without_year_from_the_text() {
    check(
        "/news/a.txt",
        "LIMA, Feb 3 (Agency) -- The notice of February 2, 2026 took effect on Tuesday.\n",
        expect![[r#"
            The notice of February 2, 2026 took effect on Tuesday. (derived)
              published 2026-02-03T00:00:00Z Day Dateline
              source Agency
              | LIMA, Feb 3 (Agency) -- The notice of February 2, 2026 took effect on Tuesday.
        "#]],
    );
    check(
        "/news/b.txt",
        "LIMA, Feb 3 (Agency) -- The notice took effect.\n",
        expect![[r#"
            The notice took effect. (derived)
              source Agency
              | LIMA, Feb 3 (Agency) -- The notice took effect.
        "#]],
    );
}

#[test]
fn joins_hard_wrapped_lines() {
    check(
        "/news/a.txt",
        "Rain stops play at the old ground\n\n\
         The umpires took the players off at ten past three, when the first\n\
         drops fell on the covers, and nobody came back. It was the third time\n\
         this season that a counter-\nattack was drowned by the weather at this place.\n\n\
         Play resumes on Thursday, if the ground dries in time, said the head\ngroundsman.\n",
        expect![[r#"
            Rain stops play at the old ground
              | The umpires took the players off at ten past three, when the first drops fell on the covers, and nobody came back. It was the third time this season that a counter-attack was drowned by the weather at this place.
              | Play resumes on Thursday, if the ground dries in time, said the head groundsman.
        "#]],
    );
}

#[test]
fn reads_other_line_ends_and_a_byte_order_mark() {
    check(
        "/news/a.txt",
        "\u{feff}Title\r\n\r\nOne.\r\nTwo.\r\n",
        expect![[r#"
            Title
              | One.
              | Two.
        "#]],
    );
    check(
        "/news/b.txt",
        "Title\r\rOne.\rTwo.",
        expect![[r#"
        Title
          | One.
          | Two.
    "#]],
    );
}

#[test]
fn reads_markdown_with_front_matter() {
    check(
        "/news/a.md",
        "---\ntitle: \"Ferry: back in\n  service\"\npublished_time: 2024-10-31 14:03:42-04:00\ndate: '2024-10-31'\n\
         authors:\n  - Ana Sol\n  - name: Ben Ode\nsource: {name: The Quay, id: 7}\nlang: en-GB\nsection: [Ports]\n\
         source_url: https://quay.example/ferry\nid: 007\n---\n\n# Ferry: back in service\n\n\
         The **ferry** is\n[back](https://x.example/), says *Mara Lind*.\n\n![a picture](p.png)\n\n\
         <!-- a comment -->\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n```\ncode 1\ncode 2\n```\n\n\
         <p>Some <b>old</b> page &amp; more</p>\n\nUkraine**.**\n",
        expect![[r#"
            Ferry: back in service
              published 2024-10-31T18:03:42Z Second FrontMatter
              source The Quay
              url https://quay.example/ferry
              section Ports
              by Ana Sol + Ben Ode
              in en
              | The ferry is back, says Mara Lind.
              | one
              | two
              | a | b
              | 1 | 2
              | quoted
              | code 1
              | code 2
              | Some old page & more
              | Ukraine.
        "#]],
    );
}

#[test]
fn reads_front_matter_that_is_no_yaml_line_by_line() {
    check(
        "/news/a.md",
        "---\ntitle: Ferry: back in service\ndate: 3 February 2026\n---\nThe ferry is back.\n",
        expect![[r#"
            Ferry: back in service
              published 2026-02-03T00:00:00Z Day FrontMatter
              | The ferry is back.
        "#]],
    );
}

#[test]
fn reads_markdown_without_front_matter() {
    check(
        "/news/a.md",
        "# Ferry is back\n\nThe ferry\nis back.\n",
        expect![[r#"
            Ferry is back
              | The ferry is back.
        "#]],
    );
    check(
        "/news/b.md",
        "---\n\nNo front matter here.\n\n---\n",
        expect![[r#"
            skip /news/b.md: the article has no text
        "#]],
    );
}

#[test]
fn reads_the_field_names_of_news_data() {
    check(
        "/news/a.jsonl",
        concat!(
            r#"{"title":"One","content":"Text one.","publishedAt":"2026-02-03T22:10:00Z","source":{"id":null,"name":"Post"},"author":"By A B, C D and E F","url":"https://www.post.example/1"}"#,
            "\n",
            r#"{"headline":"Two","maintext":"Text two.","date_publish":"2026-02-03 22:10:00","source_domain":"post.example","authors":["A B","C, Jr."],"language":"en"}"#,
            "\n\n",
            r#"{"text":"Text four, no title.","created_at":1770235200,"site":"x.example","uri":"https://x.example/4","lang":"deu"}"#,
            "\n",
            r#"{"title":{"rendered":"Five &amp; <b>more</b>"},"article_body":["<p>Text five.</p>","<p>More.</p>"],"pubDate":"Wed, 15 Apr 2026 07:30:00 GMT","publisher":"P","link":"https://x.example/2026/04/15/five","guid":"g-5","authors":[{"name":"A B"}]}"#,
            "\n",
            r#"{"title":"Six","body":"","description":"Only a summary.","date":"no date","link":"https://x.example/2026/04/15/six"}"#,
        ),
        expect![[r#"
            1. One
              published 2026-02-03T22:10:00Z Second Field
              source Post
              url https://www.post.example/1
              by A B + C D + E F
              | Text one.
            2. Two
              published 2026-02-03T22:10:00Z Second Field zone assumed
              source post.example
              by A B + C, Jr.
              in en
              | Text two.
            4. Text four, no title. (derived)
              published 2026-02-04T20:00:00Z Second Field
              source x.example
              in de
              | Text four, no title.
            5. Five & more
              published 2026-04-15T07:30:00Z Second Field
              source P
              url https://x.example/2026/04/15/five
              by A B
              | Text five.
              | More.
            6. Six
              published 2026-04-15T00:00:00Z Day Url
              source x.example
              url https://x.example/2026/04/15/six
              | Only a summary.
        "#]],
    );
}

#[test]
fn reads_the_shapes_of_data_sets_and_services() {
    let prose = "The old bridge over the river was opened to traffic again on Tuesday, two years \
                 after the flood that had closed it, said the mayor.";
    check(
        "a.jsonl",
        format!(
            r#"{{"title":"One","article":"{prose}","publication":"The Daily Planet"}}
{{"title":"Two","contents":[{{"content":"First part of it."}},{{"content":"Second part."}}]}}
{{"webTitle":"Three","webPublicationDate":"2026-02-03","fields":{{"bodyText":"Text of three.","byline":"Jane Roe"}}}}
{{"headline":{{"main":"Four"}},"byline":{{"original":"By Jane Roe"}},"abstract":"What four is about."}}
{{"_index":"news","_source":{{"title":"Five","text":"Text of five."}}}}
{{"article":{{"title":"Six","body":"Text of six."}}}}
{{"title":"Seven","unheard_of":"{prose}","note":"short"}}
{{"título":"Ocho","cuerpo":"Texto de ocho.","fecha":"2026-02-03","fuente":"El Puerto"}}
{{"title":"Nine","text":"Text of nine.","dateline":"HOUSTON, Feb 26 (Reuters) -","date":"2026-02-26"}}
"#
        ),
        expect![[r#"
            1. One
              source The Daily Planet
              | The old bridge over the river was opened to traffic again on Tuesday, two years after the flood that had closed it, said the mayor.
            2. Two
              | First part of it.
              | Second part.
            3. Three
              published 2026-02-03T00:00:00Z Day Field
              by Jane Roe
              | Text of three.
            4. Four
              by Jane Roe
              | What four is about.
            5. Five
              | Text of five.
            6. Six
              | Text of six.
            7. Seven
              | The old bridge over the river was opened to traffic again on Tuesday, two years after the flood that had closed it, said the mayor.
            8. Ocho
              published 2026-02-03T00:00:00Z Day Field
              source El Puerto
              | Texto de ocho.
            9. Nine
              published 2026-02-26T00:00:00Z Day Field
              source Reuters
              | Text of nine.
        "#]],
    );
    check(
        "b.csv",
        format!("titolo;data;commento;testo_x\nUno;2026-02-03;breve;\"{prose}\"\n"),
        expect![[r#"
            2. Uno
              published 2026-02-03T00:00:00Z Day Field
              | The old bridge over the river was opened to traffic again on Tuesday, two years after the flood that had closed it, said the mayor.
        "#]],
    );
}

#[test]
fn takes_the_outlet_from_record_then_option_then_url() {
    let options = ReadOptions {
        source: Some("Given".into()),
        ..ReadOptions::default()
    };
    let input = concat!(
        r#"{"title":"a","url":"https://www.x.example/1","source":"Own"}"#,
        "\n",
        r#"{"title":"b","url":"https://www.x.example/2"}"#,
    );
    check_with(
        &options,
        "/a.jsonl",
        input,
        expect![[r#"
        1. a
          source Own
          url https://www.x.example/1
        2. b
          source Given
          url https://www.x.example/2
    "#]],
    );
    check(
        "/a.jsonl",
        input,
        expect![[r#"
        1. a
          source Own
          url https://www.x.example/1
        2. b
          source x.example
          url https://www.x.example/2
    "#]],
    );
}

#[test]
fn skips_broken_lines_and_reads_on() {
    let mut input = b"{\"title\":\"one\n{\"title\":\"two\"}\n[1]\nhello there, this is no JSON\n{\"title\":\"\\ud800\"}\n".to_vec();
    input.extend_from_slice(b"{\"title\":\"\xff\"}\n{\"link\":\"x\",\"rank\":3}\n{\"title\":\" \",\"body\":\"\"}\n{\"title\":\"nine\"}");
    check(
        "/news/a.jsonl",
        input,
        expect![[r#"
            skip /news/a.jsonl:1: broken JSON: EOF while parsing a string at column 13
            2. two
            skip /news/a.jsonl:3: a JSON list where an object is expected
            skip /news/a.jsonl:4: not a JSON object: it begins with `hello there, this is no `
            5. �
            6. ÿ
            skip /news/a.jsonl:7: no field of the object holds a headline or text; it has: link, rank
            skip /news/a.jsonl:8: the article has no text
            9. nine
        "#]],
    );
}

#[test]
fn skips_a_line_of_many_megabytes_without_keeping_it() {
    let prefix = b"{\"title\":\"one\"}\n{\"title\":\"".as_slice();
    let long = std::io::repeat(b'x').take(40 << 20);
    let suffix = b"\"}\n{\"title\":\"three\"}\n".as_slice();
    let mut reader = std::io::BufReader::new(prefix.chain(long).chain(suffix));
    let mut shown = String::new();
    let records = read(
        "/a.jsonl",
        &mut reader,
        &ReadOptions::default(),
        &mut |item| {
            shown.push_str(&show(&item));
            ControlFlow::Continue(())
        },
    );
    assert_eq!(records.unwrap(), 3);
    expect![[r#"
        1. one
        skip /a.jsonl:2: the line is 41943052 bytes long; at most 16777216 are read
        3. three
    "#]]
    .assert_eq(&shown);
}

#[test]
fn reads_a_single_object_over_many_lines() {
    check(
        "/news/a.json",
        "{\n  \"title\": \"One\",\n  \"body\": \"Text.\"\n}\n",
        expect![[r#"
            One
              | Text.
        "#]],
    );
    check(
        "/news/b.json",
        "{\n  \"title\": \"One\",\n",
        expect![[r#"
            skip /news/b.json: broken JSON: EOF while parsing a value at column 15
        "#]],
    );
    check(
        "/news/c.json",
        "[\n  {\"title\": \"One\"}\n]\n",
        expect![[r#"
            1. One
        "#]],
    );
}

#[test]
fn skips_what_is_no_text_with_the_place() {
    check(
        "/news/a.txt",
        b"plain \xC3( text",
        expect![[r#"
            plain Ă( text (derived)
              | plain Ă( text
        "#]],
    );
    check(
        "/news/b.txt",
        b"plain\0text",
        expect![[r#"
            skip /news/b.txt: not a text: it holds a NUL
        "#]],
    );
    check(
        "/news/c.txt",
        b"%PDF-1.7 ...",
        expect![[r#"
        skip /news/c.txt: not a text: a PDF document
    "#]],
    );
}

#[test]
fn skips_articles_without_text_and_texts_beyond_measure() {
    check(
        "/news/a.txt",
        "",
        expect![[r#"
        skip /news/a.txt: the article has no text
    "#]],
    );
    check(
        "/news/b.txt",
        "\n \n###\n",
        expect![[r#"
        skip /news/b.txt: the article has no text
    "#]],
    );
    check(
        "/news/c.md",
        "---\ntitle: ''\n---\n",
        expect![[r#"
        skip /news/c.md: the article has no text
    "#]],
    );
    check(
        "/news/d.jsonl",
        "",
        expect![[r#"
        skip /news/d.jsonl: no article in it
    "#]],
    );
    check(
        "/news/e.json",
        "{\"articles\": []}",
        expect![[r#"
        skip /news/e.json: no field of the object holds a headline or text; it has: articles
    "#]],
    );
    check(
        "/news/f.json",
        "[]",
        expect![[r#"
        skip /news/f.json: no article in it
    "#]],
    );
    let options = ReadOptions {
        limits: Limits {
            record_bytes_max: 100,
            ..Limits::default()
        },
        ..ReadOptions::default()
    };
    check_with(
        &options,
        "/news/g.txt",
        "word ".repeat(21),
        expect![[r#"
            skip /news/g.txt: longer than the 100 bytes that a file of one article may have
        "#]],
    );
}

#[test]
fn cuts_a_long_text_and_flags_it() {
    let article = |words: usize| {
        let text = "wört ".repeat(words);
        match items("/news/a.txt", text.as_bytes(), &ReadOptions::default()).remove(0) {
            Item::Article(article) => article,
            Item::Skip(skip) => panic!("{skip:?}"),
        }
    };
    let short = article(600_000);
    assert_eq!(
        (short.flaws.as_slice(), short.body.len()),
        (&[][..], 3_599_999)
    );
    let long = article(900_000);
    assert_eq!(long.flaws, [Flaw::Truncated]);
    assert_eq!(long.body.len(), 4 << 20);
}

#[test]
fn counts_characters_that_could_not_be_decoded_and_flags_wrong_ones() {
    let flaws = |text: &[u8]| match items("/news/a.txt", text, &ReadOptions::default()).remove(0) {
        Item::Article(article) => (article.flaws, article.replaced_characters),
        Item::Skip(skip) => panic!("{skip:?}"),
    };
    assert_eq!(flaws("Über Öl und Bücher.".as_bytes()), (vec![], 0));
    let broken = [b"\xFF".as_slice(), "Über Öl und Bücher.".as_bytes()].concat();
    assert_eq!(flaws(&broken), (vec![Flaw::ReplacementCharacters], 1));
    let wrong = "Ãœber Ã–l und BÃ¼cher.".as_bytes();
    assert_eq!(flaws(wrong), (vec![Flaw::Mojibake], 0));
}

#[test]
fn knows_the_format_of_standard_input_by_its_beginning() {
    check(
        "-",
        "{\"title\":\"one\"}\n{\"title\":\"two\"}\n",
        expect![[r#"
            1. one
            2. two
        "#]],
    );
    check(
        "-",
        "---\ntitle: one\n---\n*two*\n",
        expect![[r#"
        one
          | two
    "#]],
    );
    check(
        "-",
        "A headline\n\nAnd *plain* text.\n",
        expect![[r#"
        A headline
          | And *plain* text.
    "#]],
    );
}

#[test]
fn gives_the_same_id_to_the_same_article_only() {
    let id =
        |path: &str, json: &str| match &items(path, json.as_bytes(), &ReadOptions::default())[0] {
            Item::Article(article) => article.id,
            Item::Skip(skip) => panic!("{skip:?}"),
        };
    let by_guid = r#"{"title":"a","guid":"urn:x:1","url":"https://x.example/1"}"#;
    assert_eq!(id("/a.jsonl", by_guid), id("/b.jsonl", by_guid));
    let by_url = r#"{"title":"a","url":"https://x.example/1"}"#;
    assert_eq!(id("/a.jsonl", by_url), id("/b.jsonl", by_url));
    let counted = |source: &str| format!(r#"{{"title":"a","id":1,"source":"{source}"}}"#);
    assert_eq!(id("/a.jsonl", &counted("x")), id("/b.jsonl", &counted("x")));
    assert_ne!(id("/a.jsonl", &counted("x")), id("/a.jsonl", &counted("y")));
    let given = |source: &str, given: &str| {
        let json = format!(r#"{{"title":"a","id":"{given}","source":"{source}"}}"#);
        id("/a.jsonl", &json)
    };
    for global in ["https://x.example/?p=1", "urn:x:1", "TAG:x.example,2026:1"] {
        assert_eq!(given("x", global), given("y", global), "{global}");
    }
    for local in ["2026:17", "17", ":", "17://2", "post:17", "a b://c"] {
        assert_ne!(given("x", local), given("y", local), "{local}");
    }
    let bare = r#"{"title":"a"}"#;
    assert_ne!(id("/a.jsonl", bare), id("/b.jsonl", bare));
    assert_eq!(id("-", bare), id("-", bare));
    assert_ne!(id("-", bare), id("-", r#"{"title":"b"}"#));
}

#[test]
fn stops_when_the_sink_breaks() {
    let input = "{\"title\":\"a\"}\n".repeat(10);
    let mut seen = 0;
    let records = read(
        "/a.jsonl",
        &mut input.as_bytes(),
        &ReadOptions::default(),
        &mut |_| {
            seen += 1;
            if seen == 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    assert_eq!((records.unwrap(), seen), (3, 3));
}

#[test]
fn cuts_names_that_become_facets() {
    let json = format!(r#"{{"title":"a","source":"  {}\n b  "}}"#, "é".repeat(400));
    let items = items("/a.jsonl", json.as_bytes(), &ReadOptions::default());
    let Item::Article(article) = &items[0] else {
        panic!("{items:?}")
    };
    assert_eq!(article.source.as_deref(), Some("é".repeat(300).as_str()));
}

#[test]
fn reads_no_more_authors_than_an_article_names() {
    let authors = |names: usize| {
        let letter = |at: usize| char::from(b'a' + (at % 26) as u8);
        let name = |at: usize| format!("Ab C{}{}{}", letter(at / 676), letter(at / 26), letter(at));
        let names = (0..names).map(name).collect::<Vec<_>>().join(" and ");
        let json = format!(r#"{{"title":"a","author":"{names}"}}"#);
        match items("/a.jsonl", json.as_bytes(), &ReadOptions::default()).remove(0) {
            Item::Article(article) => article.authors,
            Item::Skip(skip) => panic!("{skip:?}"),
        }
    };
    assert_eq!(authors(3), ["Ab Caaa", "Ab Caab", "Ab Caac"]);
    assert_eq!(authors(60).len(), 50);
    assert_eq!(authors(10_000), [""; 0]);
}

#[test]
fn derives_a_title_from_a_text_of_stops() {
    let title = |body: &str| {
        let json = format!(r#"{{"body":"{body}"}}"#);
        match items("/a.jsonl", json.as_bytes(), &ReadOptions::default()).remove(0) {
            Item::Article(article) => article.title,
            Item::Skip(skip) => panic!("{skip:?}"),
        }
    };
    let stops = "abcd.".repeat(2_000);
    assert_eq!(title(&stops), format!("{}abcd…", "abcd.".repeat(19)));
    // The last stop that counts is the hundredth character.
    for (letters, derived) in [(98, 99), (99, 100), (100, 100)] {
        let sentence = "a".repeat(letters) + ".";
        let title = title(&format!("{sentence} More text."));
        assert_eq!(title.chars().count(), derived, "{letters}");
        assert_eq!(title == sentence, letters < 100);
    }
}

#[test]
fn what_is_shown_holds_no_control_characters() {
    check(
        "/a.jsonl",
        "{\"title\": \"A \\u001b[31mred\\u001b[0m\\nline\", \"source\": \"Pla\\u0007net\", \
         \"url\": \"https://x.example/\\u001b\", \"authors\": [\"Jane\\u0000 Roe\"]}\n\
         {\"\\u001b[2J\": 1}\n",
        expect![[r#"
            1. A [31mred[0m line
              source Planet
              by Jane Roe
            skip /a.jsonl:2: no field of the object holds a headline or text; it has: [2J
        "#]],
    );
}

#[test]
fn a_headline_without_end_is_cut_and_flagged() {
    let line = format!("{{\"title\": \"{}\"}}", "headline ".repeat(200));
    let items = items("/a.jsonl", line.as_bytes(), &ReadOptions::default());
    let Item::Article(article) = &items[0] else {
        panic!("{items:?}");
    };
    assert_eq!(article.title.chars().count(), 1_000);
    assert_eq!(article.flaws, [Flaw::Truncated]);
}

#[test]
fn reads_front_matter_of_toml() {
    check(
        "/a.md",
        "+++\ntitle = \"The ferry is back\"\ndate = 2026-02-03T10:00:00+01:00\nauthors = [\"Ana Sol\", \"Ben Ode\"]\n\
         draft = false\n[params]\nx = 1\n+++\n\nIt sailed.\n",
        expect![[r#"
            The ferry is back
              published 2026-02-03T09:00:00Z Second FrontMatter
              by Ana Sol + Ben Ode
              | It sailed.
        "#]],
    );
    check(
        "/a.md",
        "+++\ntitle = The ferry is back\ndate = '2026-02-03'\n+++\n\nIt sailed.\n",
        expect![[r#"
            The ferry is back
              published 2026-02-03T00:00:00Z Day FrontMatter
              | It sailed.
        "#]],
    );
    check(
        "/a.txt",
        "+++\nA text between\n+++\nornaments.\n",
        expect![[r#"
            A text between (derived)
              | A text between
              | +++
              | ornaments.
        "#]],
    );
}

#[test]
fn takes_half_a_character_of_json_for_one_that_is_lost() {
    let lines = concat!(
        r#"{"title":"Lone \ud83d cut","body":"Whole \ud83d\ude00, low \udc00, escaped \\ud83d."}"#,
        "\n",
        r#"{"title":"At the end \ud83d"}"#,
        "\n",
        r#"{"title":"Broken \ud83"}"#,
    );
    check(
        "/a.jsonl",
        lines,
        expect![[r#"
        1. Lone � cut
          | Whole 😀, low �, escaped \ud83d.
        2. At the end �
        skip /a.jsonl:3: broken JSON: invalid escape at column 23
    "#]],
    );
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"title":"Cut \ud83d","content_text":"Text."}]}"#;
    check(
        "/a.json",
        feed,
        expect![[r#"
            1. Cut �
              | Text.
        "#]],
    );
}

#[test]
fn one_control_character_makes_no_text_a_program() {
    check(
        "/a.txt",
        "A bridge is open\n\nIt was opened on\0 Tuesday.\n",
        expect![[r#"
            A bridge is open
              | It was opened on Tuesday.
        "#]],
    );
}

#[test]
fn takes_what_begins_like_json_for_broken_json() {
    for text in [
        "{title: \"One\"}\n",
        "{'title': 'One'}\n",
        "[{ title : 1 }]",
    ] {
        let items = items("-", text.as_bytes(), &ReadOptions::default());
        assert!(matches!(&items[..], [Item::Skip(_)]), "{text} {items:?}");
    }
    check(
        "-",
        "{Updated} The bridge is open again\n\nText.\n",
        expect![[r#"
            {Updated} The bridge is open again
              | Text.
        "#]],
    );
}

#[test]
fn takes_numbers_of_json_that_are_none_for_nothing() {
    let lines = concat!(
        r#"{"title":"One","score":NaN,"text":"NaN, \"Infinity\" and \ud83d"}"#,
        "\n",
        r#"{"title":"Two","score":[-Infinity,Infinity]}"#,
    );
    check(
        "/a.jsonl",
        lines,
        expect![[r#"
        1. One
          | NaN, "Infinity" and �
        2. Two
    "#]],
    );
}
