//! Passages: what is cut out, and exactly what is marked in it.

use dateline_query::{FacetField, Mode, SearchRequest, Snippet};
use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::support::{Sample, build};

/// A snippet with marks as brackets.
fn bracketed(snippet: &Snippet) -> String {
    let mut text = String::new();
    for (at, c) in snippet.text.chars().enumerate() {
        if snippet.highlights.iter().any(|mark| mark[0] == at) {
            text.push('[');
        }
        text.push(c);
        if snippet.highlights.iter().any(|mark| mark[1] == at + 1) {
            text.push(']');
        }
    }
    text
}

/// The passages of the only hit.
fn snippets(sample: Sample, request: SearchRequest) -> Vec<Snippet> {
    let built = build(&[sample], 1, &[]);
    let mut response = built.searcher.search(&request).unwrap();
    assert_eq!(response.total, 1, "{request:?}");
    let hit = response.hits.remove(0);
    [hit.snippet]
        .into_iter()
        .chain(hit.second_snippet)
        .collect()
}

fn check(body: &str, query: &str, expected: Expect) {
    let request = SearchRequest {
        query: query.to_owned(),
        ..SearchRequest::default()
    };
    let snippets = snippets(Sample::new("Untitled news", body), request);
    let lines: Vec<String> = snippets.iter().map(bracketed).collect();
    expected.assert_eq(&lines.join("\n"));
}

const LONG: &str = "The ministers met on Monday in a hall by the river, where it had rained for \
    days. Nothing was decided before noon. After lunch, which was late, the delegations came \
    back to the table one by one and looked at the papers.\n\n“Sanctions will come,” said the \
    chairman’s aide, “if oil is sold.” The oil sanctions were drafted in March.\nNobody asked \
    about the fish. The meeting ended at night, and a second one was called for Tuesday in the \
    same hall, with the same delegations and the same papers on the table.";

#[test]
fn marks_every_form_of_a_word_and_nothing_else() {
    check(
        "Sanctioned firms, U.S. sanctions; sanctity and Sanction’s end.",
        "sanction US",
        expect!["[Sanctioned] firms, [U.S.] [sanctions]; sanctity and [Sanction]’s end."],
    );
    check(
        "Ça, c’est Bogotá: l’État de BOGOTA.",
        "bogota etat",
        expect!["Ça, c’est [Bogotá]: l’[État] de [BOGOTA]."],
    );
}

#[test]
fn marks_words_of_a_phrase_only_where_it_stands() {
    check(
        "Oil sanctions and gas sanctions; oil, too. OIL SANCTION!",
        "\"oil sanctions\"",
        expect!["[Oil] [sanctions] and gas sanctions; oil, too. [OIL] [SANCTION]!"],
    );
    check(
        "García-Peña met Peña García.",
        "García-Peña",
        expect!["[García]-[Peña] met Peña García."],
    );
}

#[test]
fn begins_at_the_sentence_with_the_most_matches() {
    check(
        LONG,
        "oil sanctions",
        expect![
            "“[Sanctions] will come,” said the chairman’s aide, “if [oil] is sold.” The [oil] [sanctions] were drafted in March. Nobody asked about the fish. The meeting ended at night, and a second one was called for Tuesday in the same hall, with the same …"
        ],
    );
    check(
        LONG,
        "tuesday",
        expect![
            "The meeting ended at night, and a second one was called for [Tuesday] in the same hall, with the same delegations and the same papers on the table."
        ],
    );
}

#[test]
fn a_second_passage_shows_the_words_that_the_first_does_not_have() {
    check(
        LONG,
        "monday oil sanctions",
        expect![[r#"
        “[Sanctions] will come,” said the chairman’s aide, “if [oil] is sold.” The [oil] [sanctions] were drafted in March. Nobody asked about the fish. The meeting ended at night, and a second one was called for Tuesday in the same hall, with the same …
        The ministers met on [Monday] in a hall by the river, where it had rained for days. Nothing was decided before noon. After lunch, which was late, the delegations came back to the table one by one and looked at the papers."#]],
    );
    check(
        LONG,
        "oil tuesday papers",
        expect![
            "The [oil] sanctions were drafted in March. Nobody asked about the fish. The meeting ended at night, and a second one was called for [Tuesday] in the same hall, with the same delegations and the same [papers] on the table."
        ],
    );
    check(
        LONG,
        "delegations papers",
        expect![
            "After lunch, which was late, the [delegations] came back to the table one by one and looked at the [papers]. “Sanctions will come,” said the chairman’s aide, “if oil is sold.” The oil sanctions were drafted in March. Nobody asked about the …"
        ],
    );
    // Within a sentence a passage begins only where it shows more; two do not overlap.
    let words: Vec<String> = (0..200).map(|n| format!("word{n}")).collect();
    check(
        &words.join(" "),
        "word20 word45",
        expect![
            "… word12 word13 word14 word15 word16 word17 word18 word19 [word20] word21 word22 word23 word24 word25 word26 word27 word28 word29 word30 word31 word32 word33 word34 word35 word36 word37 word38 word39 word40 word41 word42 word43 word44 [word45] …"
        ],
    );
    check(
        &words.join(" "),
        "word2 word45",
        expect![[r#"
        word0 word1 [word2] word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27 word28 word29 word30 word31 word32 word33 word34 …
        … word35 word36 word37 word38 word39 word40 word41 word42 word43 word44 [word45] word46 word47 word48 word49 word50 word51 word52 word53 word54 word55 word56 word57 word58 word59 word60 word61 word62 word63 word64 word65 word66 word67 word68 …"#]],
    );
    check(
        &words.join(" "),
        "word60 word20 word85",
        expect![[r#"
        … word52 word53 word54 word55 word56 word57 word58 word59 [word60] word61 word62 word63 word64 word65 word66 word67 word68 word69 word70 word71 word72 word73 word74 word75 word76 word77 word78 word79 word80 word81 word82 word83 word84 [word85] …
        word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 word19 [word20] word21 word22 word23 word24 word25 word26 word27 word28 word29 word30 word31 word32 word33 word34 …"#]],
    );
}

#[test]
fn shows_the_beginning_when_no_word_matches() {
    check(
        LONG,
        "lang:en",
        expect![
            "The ministers met on Monday in a hall by the river, where it had rained for days. Nothing was decided before noon. After lunch, which was late, the delegations came back to the table one by one and looked at the papers. “Sanctions will …"
        ],
    );
    check(
        LONG,
        "-whale",
        expect![
            "The ministers met on Monday in a hall by the river, where it had rained for days. Nothing was decided before noon. After lunch, which was late, the delegations came back to the table one by one and looked at the papers. “Sanctions will …"
        ],
    );
}

#[test]
fn shows_the_headline_when_only_that_matches() {
    check(LONG, "title:untitled", expect!["[Untitled] news"]);
}

#[test]
fn words_of_a_title_search_are_not_marked_in_the_body() {
    check("News is news.", "title:news", expect!["Untitled [news]"]);
}

#[test]
fn cuts_a_long_sentence_before_and_after() {
    let words: Vec<String> = (0..200).map(|n| format!("word{n}")).collect();
    check(
        &words.join(" "),
        "word100",
        expect![
            "… word92 word93 word94 word95 word96 word97 word98 word99 [word100] word101 word102 word103 word104 word105 word106 word107 word108 word109 word110 word111 word112 word113 word114 word115 word116 word117 word118 word119 word120 word121 word122 …"
        ],
    );
}

#[test]
fn marks_the_mentions_of_an_entity_that_is_filtered_by() {
    let sample = Sample::new(
        "Visit",
        "Today Gustavo Petro arrived. Petro, the town, is far.",
    )
    .persons(&["Gustavo Petro"]);
    let request = SearchRequest::default().with(FacetField::Person, Mode::All, "petro");
    expect!["Today [Gustavo Petro] arrived. Petro, the town, is far."]
        .assert_eq(&bracketed(&snippets(sample, request)[0]));
}

#[test]
fn bodies_without_words_have_snippets_too() {
    check("", "title:news", expect!["Untitled [news]"]);
    check("… — !", "lang:en", expect!["… — !"]);
    check("\n\n  \t", "lang:en", expect![[r#""#]]);
}

#[test]
fn a_text_without_blanks_is_cut_between_its_words() {
    let sentence = "总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格".repeat(20);
    let body = format!("{sentence}。石油制裁开始了。{sentence}");
    check(
        &body,
        "开始",
        expect![
            "石油制裁[开][始]了。总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了 …"
        ],
    );
    check(
        &body,
        "-whale",
        expect![
            "总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代表，讨论了新的制裁措施和能源价格总统在首都会见了“石油公司”的代 …"
        ],
    );
}

#[test]
fn a_word_longer_than_a_passage_is_cut_and_marked() {
    let word = "x".repeat(300);
    let request = SearchRequest {
        query: word.clone(),
        ..SearchRequest::default()
    };
    let body = format!("{word}{} end", "-y".repeat(40));
    let snippet = &snippets(Sample::new("Untitled news", &body), request)[0];
    assert_eq!(snippet.text, format!("{} …", "x".repeat(256)));
    assert_eq!(snippet.highlights, [[0, 256]]);
}

proptest! {
    #[test]
    fn a_passage_is_never_much_longer_than_240_characters(
        body in "([a-z“”«.,'’-]{0,300}|[油价制裁。，“”]{0,400}|\\PC{0,100}| ){0,12} oil [油价。]{0,400}"
    ) {
        let request = |query: &str| SearchRequest {
            query: query.to_owned(),
            ..SearchRequest::default()
        };
        let built = build(&[Sample::new("t", &body)], 1, &[]);
        for query in ["oil", "-whale", "oil OR a OR b OR 油"] {
            let hits = built.searcher.search(&request(query)).unwrap().hits;
            for snippet in std::iter::once(&hits[0].snippet).chain(&hits[0].second_snippet) {
                let chars = snippet.text.chars().count();
                // 16 characters up to the next blank and `… ` on either side.
                prop_assert!(chars <= 240 + 2 * (16 + 2), "{chars}: {}", snippet.text);
                for mark in &snippet.highlights {
                    prop_assert!(mark[0] < mark[1] && mark[1] <= chars, "{mark:?} of {chars}");
                }
            }
        }
    }
}
