//! Pages as they are found, and what is left of them. Files and encodings are not tested here.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::tree::Tree;
use crate::draft::Draft;

/// What is read of a page that is not too large.
fn draft(html: &str, url: Option<&str>) -> Draft {
    super::draft(html, url).unwrap()
}

/// Checks title, body and the rest of what a page yields.
fn check(html: &str, expect: Expect) {
    let draft = draft(html, Some("https://fetched.example/news/1"));
    let claims: Vec<&str> = draft
        .claims
        .iter()
        .map(|claim| claim.text.as_str())
        .collect();
    let facts = [
        ("title", draft.title.unwrap_or_default()),
        ("url", draft.url.unwrap_or_default()),
        ("dates", claims.join(" | ")),
        ("authors", draft.authors.join(" | ")),
        ("source", draft.source.unwrap_or_default()),
        ("section", draft.section.unwrap_or_default()),
        ("language", draft.language.unwrap_or_default()),
        ("body", draft.body),
    ];
    let shown: String = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    expect.assert_eq(&shown);
}

/// Checks the body of a page that has a headline and `content` in an article.
fn check_body(content: &str, expect: Expect) {
    let html = format!(
        "<title>Bridge reopens</title><body><nav><a href=/>Home</a> <a href=/w>World</a></nav>\
         <article><h1>Bridge reopens</h1>{content}</article>"
    );
    expect.assert_eq(&draft(&html, None).body);
}

const FIRST: &str = "<p>The old bridge over the river was opened to traffic again on Tuesday, two \
     years after the flood that had closed it.</p>";
const SECOND: &str = "<p>Engineers replaced four of its piers, said the mayor, who was the first \
     to walk across it with her family.</p>";

#[test]
fn takes_metadata_from_json_ld_before_meta_tags() {
    check(
        &format!(
            r#"<html lang="en-GB"><head><title>Bridge reopens | The Daily Planet</title>
            <link rel="canonical" href="https://planet.example/2026/bridge">
            <meta property="og:title" content="Bridge reopens &amp; traffic flows">
            <meta name="author" content="Somebody Else">
            <meta property="article:published_time" content="2026-02-03T08:00:00Z">
            <script type="application/ld+json">
            {{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"x"}},
             {{"@type":"NewsArticle","headline":"Bridge reopens","datePublished":"2026-02-03T09:00:00+01:00",
               "author":[{{"@type":"Person","name":"Jane Roe"}},{{"name":"John Doe"}}],
               "publisher":{{"name":"The Daily Planet"}},"articleSection":["Local","News"],
               "inLanguage":"en"}}]}}
            </script></head><body><h1>Bridge reopens</h1>{FIRST}{SECOND}"#
        ),
        expect![[r#"
            title: Bridge reopens
            url: https://planet.example/2026/bridge
            dates: 2026-02-03T09:00:00+01:00 | 2026-02-03T08:00:00Z
            authors: Jane Roe | John Doe
            source: The Daily Planet
            section: Local
            language: en
            body: The old bridge over the river was opened to traffic again on Tuesday, two years after the flood that had closed it.
            Engineers replaced four of its piers, said the mayor, who was the first to walk across it with her family.
        "#]],
    );
}

#[test]
fn takes_date_and_names_from_the_text_where_the_head_has_none() {
    check(
        &format!(
            "<body><h1>Bridge reopens</h1><div class=byline>By Jane Roe and John Doe</div>\
             <div>Published on 3 February 2026</div>{FIRST}{SECOND}"
        ),
        expect![[r#"
            title: Bridge reopens
            url: https://fetched.example/news/1
            dates: 3 February 2026
            authors: Jane Roe | John Doe
            body: The old bridge over the river was opened to traffic again on Tuesday, two years after the flood that had closed it.
            Engineers replaced four of its piers, said the mayor, who was the first to walk across it with her family.
        "#]],
    );
}

#[test]
fn believes_what_the_page_says_where_its_article_says_nothing() {
    check(
        &format!(
            r#"<script type="application/ld+json">{{"@graph": [
                {{"@type": "Organization", "name": "Harbour"}},
                {{"@type": "WebPage", "datePublished": "2018-04-18T14:39:09+02:00",
                  "author": {{"name": "Jane Roe"}}}}]}}</script>
            <h1>Bridge reopens</h1>{FIRST}{SECOND}"#
        ),
        expect![[r#"
            title: Bridge reopens
            url: https://fetched.example/news/1
            dates: 2018-04-18T14:39:09+02:00
            authors: Jane Roe
            body: The old bridge over the river was opened to traffic again on Tuesday, two years after the flood that had closed it.
            Engineers replaced four of its piers, said the mayor, who was the first to walk across it with her family.
        "#]],
    );
}

#[test]
fn calls_the_outlet_as_its_address_does() {
    let source = |publisher: &str, site_name: &str| {
        let html = format!(
            r#"<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "x",
                "publisher": {{"name": "{publisher}"}}}}</script>
            <meta property="og:site_name" content="{site_name}"><h1>Bridge reopens</h1>{FIRST}{SECOND}"#
        );
        let draft = draft(&html, Some("https://www.dailyplanet.example/1"));
        let or_none = |name: Option<String>| name.unwrap_or("-".into());
        format!("{} {}", or_none(draft.source), or_none(draft.agency))
    };
    assert_eq!(
        source("World Desk", "The Daily Planet"),
        "The Daily Planet -"
    );
    assert_eq!(source("The Bridge", "Blogger"), "The Bridge -");
    assert_eq!(source("Associated Press", "Planet Post"), "Planet Post AP");
    assert_eq!(source("Associated Press", "U.S."), "- AP");
    assert_eq!(source("@quay", ""), "quay -");
}

#[test]
fn mends_json_ld_with_raw_line_ends_and_ignores_what_is_broken() {
    for (json, title) in [
        (
            "{\"@type\":\"Article\",\"headline\":\"Bridge\nreopens\"}",
            "Bridge reopens",
        ),
        ("{\"@type\":\"Article\",\"headline\":", "Window"),
        ("{\"@type\":\"Product\",\"headline\":\"Soap\"}", "Window"),
    ] {
        let html = format!(
            "<title>Window</title><script type='application/ld+json'>{json}</script>{FIRST}"
        );
        assert_eq!(draft(&html, None).title.as_deref(), Some(title), "{json}");
    }
}

#[test]
fn takes_the_text_of_json_ld_where_the_page_shows_a_part_of_it() {
    let long = "The bridge carries forty thousand cars a day. ".repeat(20);
    let html = format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{long}\"}}</script>{FIRST}"
    );
    assert_eq!(draft(&html, None).body, long.trim());
}

#[test]
fn does_not_believe_that_the_home_page_is_the_address() {
    let html = format!("<link rel=canonical href='https://planet.example/'>{FIRST}");
    let url = draft(&html, Some("https://planet.example/bridge")).url;
    assert_eq!(url.as_deref(), Some("https://planet.example/bridge"));
}

#[test]
fn leaves_out_what_stands_around_the_article() {
    check_body(
        &format!(
            "<div class='share-bar'><p>Share this with your friends and family, please do so.</p></div>\
             {FIRST}<figure><img src=x><figcaption>The bridge, seen from the east bank of the river.</figcaption></figure>\
             <p><a href=/other>Read more: Ferry company complains about lost income since last week.</a></p>\
             <div class=newsletter-signup><p>Get the news of the day in your inbox every morning at six.</p></div>\
             {SECOND}<h2>Related articles</h2><p><a href=/a>Ferry to stop</a></p>\
             <div id=comments><p>I never liked the bridge, said one reader under this article.</p></div>\
             <footer><p>The Daily Planet is a member of the press council of the country.</p></footer>"
        ),
        expect![[r#"
            The old bridge over the river was opened to traffic again on Tuesday, two years after the flood that had closed it.
            Engineers replaced four of its piers, said the mayor, who was the first to walk across it with her family."#]],
    );
}

#[test]
fn leaves_out_teasers_of_other_articles() {
    let teaser = |name: &str| {
        format!(
            "<div class=card><h3><a href=/{name}>{name} company in trouble</a></h3>\
             <p>The {name} company said on Monday that it had lost half of its customers.</p></div>"
        )
    };
    let teasers: String = ["Ferry", "Tunnel", "Balloon"].map(teaser).concat();
    check_body(
        &format!("{FIRST}{SECOND}{teasers}"),
        expect![[r#"
            The old bridge over the river was opened to traffic again on Tuesday, two years after the flood that had closed it.
            Engineers replaced four of its piers, said the mayor, who was the first to walk across it with her family."#]],
    );
}

#[test]
fn keeps_headings_lists_quotes_and_tables_of_the_article() {
    check_body(
        &format!(
            "{FIRST}<h2>What it cost</h2><ul><li>Piers</li><li>Paint</li></ul>{SECOND}\
             <blockquote class=twitter-tweet><p>What a day! <a href=x>pic.example/1</a></p></blockquote>\
             <table><tr><td>Cars</td><td>40,000</td></tr></table>"
        ),
        expect![[r#"
            The old bridge over the river was opened to traffic again on Tuesday, two years after the flood that had closed it.
            What it cost
            Piers
            Paint
            Engineers replaced four of its piers, said the mayor, who was the first to walk across it with her family.
            What a day! pic.example/1
            Cars
            40,000"#]],
    );
}

#[test]
fn reads_an_article_whose_lines_are_parted_by_line_breaks() {
    check_body(
        "<div>10 March, Interlagos<br>8 April, Curitiba<br/>22 April, Velopark<br>6 May, Londrina\
         <br>20 May, Santa Cruz</br>5 August, Goiania</div>",
        expect![[r#"
            10 March, Interlagos
            8 April, Curitiba
            22 April, Velopark
            6 May, Londrina
            20 May, Santa Cruz
            5 August, Goiania"#]],
    );
}

#[test]
fn reads_tags_that_are_not_closed_or_not_opened() {
    check_body(
        "<p>The <b>old bridge</i> over the river was opened to traffic again on Tuesday.\
         <p>Engineers replaced four of its piers, said the mayor, &amp; painted it.</div></p>\
         <ul><li>One pier cost ten million.<li>All four cost forty million.</ul>",
        expect![[r#"
            The old bridge over the river was opened to traffic again on Tuesday.
            Engineers replaced four of its piers, said the mayor, & painted it.
            One pier cost ten million.
            All four cost forty million."#]],
    );
}

#[test]
fn a_longer_name_does_not_close_a_script() {
    check_body(
        "<p>The bridge over the river is open to all cars again, said the mayor.</p>\
         <script>var a;</scripty><p>It had been closed for eleven weeks after a storm.</p>",
        expect![[r#"
            The bridge over the river is open to all cars again, said the mayor.
            var a;
            It had been closed for eleven weeks after a storm."#]],
    );
}

#[test]
fn hides_nothing_behind_a_script_that_is_not_closed() {
    for open in [
        "<script>",
        "<style>",
        "<noscript>",
        "<textarea>",
        "<iframe src=x>",
        "<svg><title/></svg>",
    ] {
        let html = format!("<h1>Bridge</h1>{FIRST}{open}{SECOND}");
        let body = draft(&html, None).body;
        assert!(body.contains("two years after"), "{open}: {body}");
        assert!(body.contains("her family"), "{open}: {body}");
    }
    let svg = format!("<h1>Bridge</h1><svg><script/><title/></svg>{FIRST}{SECOND}");
    assert!(draft(&svg, None).body.contains("Engineers"));
}

#[test]
fn reads_pages_with_a_hundred_thousand_nested_tags() {
    for tag in [
        "div",
        "b",
        "p",
        "table><tr><td",
        "blink",
        "ul><li",
        "a",
        "svg",
    ] {
        let html = format!(
            "<h1>Bridge</h1>{}{FIRST}{SECOND}",
            format!("<{tag}>").repeat(100_000)
        );
        let draft = draft(&html, None);
        assert_eq!(draft.title.as_deref(), Some("Bridge"), "{tag}");
        let is_shown = draft.body.contains("Engineers replaced");
        assert_eq!(is_shown, !["a", "svg"].contains(&tag), "{tag}");
    }
}

proptest! {
    #[test]
    fn any_tags_make_a_tree_that_keeps_all_text(
        pieces in prop::collection::vec(
            prop_oneof![
                "[a-c]{1,3}",
                Just("<div>".to_owned()), Just("</div>".to_owned()), Just("<p>".to_owned()),
                Just("</p>".to_owned()), Just("<b>".to_owned()), Just("</b>".to_owned()),
                Just("<table>".to_owned()), Just("<tr>".to_owned()), Just("<td>".to_owned()),
                Just("</table>".to_owned()), Just("<li>".to_owned()), Just("</ul>".to_owned()),
                Just("<br>".to_owned()), Just("<x-y>".to_owned()), Just("</x-y>".to_owned()),
                Just("<a>".to_owned()), Just("</a>".to_owned()), Just("<body>".to_owned()),
                Just("<h2>".to_owned()), Just("</h3>".to_owned()), Just("<svg/>".to_owned()),
            ],
            0..60,
        )
    ) {
        let tree = Tree::parse(&pieces.concat());
        let written: String = pieces.iter().filter(|piece| !piece.starts_with('<')).cloned().collect();
        prop_assert_eq!(tree.inner_text(0), written);
        for id in tree.ids() {
            let parent = tree.parent(id);
            prop_assert!(tree.subtree(parent).contains(&id));
            prop_assert!(tree.end(id) <= tree.end(parent));
        }
    }

    #[test]
    fn no_text_makes_a_page_panic(html in "(<[a-z]{1,6}( [a-z]{1,5}=\"?[a-z<> ]{0,5}\"?)?>|</[a-z]{1,6}>|[ -~é]{0,8}){0,40}") {
        draft(&html, None);
    }
}
