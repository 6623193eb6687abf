//! The reader under test, with inputs written for it. Files are not opened here.

use std::ops::ControlFlow;

use expect_test::{Expect, expect};

use crate::{Item, ReadOptions, read};

fn shown(feed: &[u8]) -> String {
    let mut shown = String::new();
    let mut sink = |item| {
        match item {
            Item::Article(article) => {
                let published = article.published.map(|published| published.seconds);
                let facts = [
                    ("url", article.url.unwrap_or_default()),
                    (
                        "published",
                        published
                            .map(|seconds| seconds.to_string())
                            .unwrap_or_default(),
                    ),
                    ("source", article.source.unwrap_or_default()),
                    ("authors", article.authors.join(", ")),
                    ("section", article.section.unwrap_or_default()),
                    (
                        "language",
                        article
                            .language
                            .map(|language| language.to_string())
                            .unwrap_or_default(),
                    ),
                ];
                shown += &format!(
                    "{}: {}\n",
                    article.origin.record.unwrap_or_default(),
                    article.title
                );
                for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
                    shown += &format!("   {name} {value}\n");
                }
                for line in article.body.lines() {
                    shown += &format!("   | {line}\n");
                }
            }
            Item::Skip(skip) => {
                let record = skip.record.map(|record| record.to_string());
                shown += &format!("{}: skip: {}\n", record.unwrap_or_default(), skip.reason);
            }
        }
        ControlFlow::Continue(())
    };
    read("-", &mut &*feed, &ReadOptions::default(), &mut sink).unwrap();
    shown
}

fn check(feed: impl AsRef<[u8]>, expect: Expect) {
    expect.assert_eq(&shown(feed.as_ref()));
}

#[test]
fn takes_the_full_text_of_rss_before_the_summary() {
    check(
        r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="x"><channel><title>The Daily Planet</title>
        <link>https://planet.example/</link><language>en-gb</language>
        <image><title>Logo</title></image>
        <item><title>Bridge &amp; ferry</title><link>https://planet.example/bridge</link>
          <guid isPermaLink="false">17</guid><pubDate>Tue, 03 Feb 2026 08:00:00 +0100</pubDate>
          <author>jane@planet.example (Jane Roe)</author><category>Local</category>
          <description>Open again.</description>
          <content:encoded><![CDATA[<p>The bridge is open.</p><p>It cost 40 million.</p><p>Read more: <a href="x">here</a></p>]]></content:encoded></item>
        </channel></rss>"#,
        expect![[r#"
            1: Bridge & ferry
               url https://planet.example/bridge
               published 1770102000
               source The Daily Planet
               authors Jane Roe
               section Local
               language en
               | The bridge is open.
               | It cost 40 million.
        "#]],
    );
}

#[test]
fn reads_atom_with_text_markup_and_relative_addresses() {
    check(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title>
        <link rel="self" href="https://blatt.example/feed"/><link href="https://blatt.example/"/>
        <author><name>Erika Muster</name></author>
        <entry><title type="html">Br&amp;uuml;cke &amp;lt;offen&amp;gt;</title><link href="/bruecke"/>
          <id>urn:x:1</id><updated>2026-02-03T10:00:00Z</updated><published>2026-02-03T09:00:00Z</published>
          <content type="xhtml"><div><p>Die <b>Brücke</b> ist offen.</p><p>Endlich.</p></div></content></entry>
        </feed>"#,
        expect![[r#"
            1: Brücke <offen>
               url https://blatt.example/bruecke
               published 1770109200
               source Blatt
               authors Erika Muster
               language de
               | Die Brücke ist offen.
               | Endlich.
        "#]],
    );
}

#[test]
fn reads_rdf_with_dublin_core_in_latin_1() {
    check(
        b"<?xml version='1.0' encoding='ISO-8859-1'?><rdf:RDF><channel rdf:about='x'><title>El D\xEDa</title>\
          <items><rdf:Seq><rdf:li resource='a'/></rdf:Seq></items></channel>\
          <item rdf:about='https://dia.example/puente'><title>Puente</title><dc:creator>Jos\xE9 P\xE9rez</dc:creator>\
          <dc:date>2026-02-03</dc:date><description>El puente est\xE1 abierto.</description></item></rdf:RDF>",
        expect![[r#"
            1: Puente
               url https://dia.example/puente
               published 1770076800
               source El Día
               authors José Pérez
               | El puente está abierto.
        "#]],
    );
}

#[test]
fn a_lone_ampersand_or_stray_tag_costs_nothing() {
    check(
        "<rss><channel><title>Planet</title><item><title>Salt & pepper &nbsp;&c</title>\
         <description>a < b & <em>c</em></b> d</description></item>\
         <item><title>Two</title><description>2</description></item></channel></rss>",
        expect![[r#"
            1: Salt & pepper &c
               source Planet
               | a < b & c d
            2: Two
               source Planet
               | 2
        "#]],
    );
}

#[test]
fn a_cut_feed_gives_its_entries_and_says_what_is_missing() {
    let feed = "<rss><channel><title>Planet</title><item><title>One</title></item>\
                <item><title>Two</title><description><![CDATA[<p>cut off";
    check(
        feed,
        expect![[r#"
            1: One
               source Planet
            2: skip: the feed ends within this entry
        "#]],
    );
    for end in 0..feed.len() {
        let items = shown(&feed.as_bytes()[..end])
            .lines()
            .filter(|line| !line.starts_with(' '))
            .count();
        assert!(items >= 1, "{}", &feed[..end]);
    }
}

#[test]
fn a_feed_without_entries_is_a_skip() {
    check(
        "<rss version='2.0'><channel><title>Planet</title></channel></rss>",
        expect![[r#"
            : skip: the feed has no entries
        "#]],
    );
}

#[test]
fn reads_utf_16() {
    let feed = "<?xml version='1.0' encoding='utf-16'?><rss><item><title>Öl</title></item></rss>";
    let bytes: Vec<u8> = std::iter::once(0xFEFF)
        .chain(feed.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    check(
        bytes,
        expect![[r#"
            1: Öl
        "#]],
    );
}

#[test]
fn reads_a_json_feed_up_to_its_fault() {
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Planet","language":"en",
        "authors":[{"name":"Jane Roe"}],"items":[
        {"id":1,"url":"https://planet.example/1","title":"One","content_html":"<p>The bridge.</p><p>Open.</p>",
         "date_published":"2026-02-03T09:00:00Z","tags":["Local","Traffic"]},
        {"id":"2","content_text":"Second text.","authors":[{"name":"John Doe"}]},
        {"id":"3","title":"Thr"#;
    check(
        feed,
        expect![[r#"
            1: One
               url https://planet.example/1
               published 1770109200
               source Planet
               authors Jane Roe
               section Local
               language en
               | The bridge.
               | Open.
            2: Second text.
               source Planet
               authors John Doe
               language en
               | Second text.
            3: skip: broken JSON: EOF while parsing a string at line 6 column 30; what follows in the feed is not read
        "#]],
    );
}

#[test]
fn a_feed_that_is_cut_before_its_first_entry_says_so() {
    check(
        "<rss><channel><title>Planet</title><link>https://pla",
        expect![[r#"
            : skip: the feed ends before its first entry
        "#]],
    );
}

#[test]
fn a_feed_whose_name_is_no_text_keeps_its_entries() {
    check(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":5,"language":[],"items":[{"title":"One","content_text":"Text."}]}"#,
        expect![[r#"
            1: One
               source 5
               | Text.
        "#]],
    );
}

#[test]
fn a_text_that_quotes_a_json_feed_is_none() {
    check(
        r#"{"title": "How feeds look", "body": "{\"version\": \"https://jsonfeed.org/version/1.1\"}"}"#,
        expect![[r#"
            0: How feeds look
               | {"version": "https://jsonfeed.org/version/1.1"}
        "#]],
    );
}

#[test]
fn plain_text_of_an_entry_is_in_paragraphs() {
    check(
        r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"One","content_text":"One.\n\n  Two.\r\nThree.\t\n"}]}"#,
        expect![[r#"
            1: One
               | One.
               | Two.
               | Three.
        "#]],
    );
}
