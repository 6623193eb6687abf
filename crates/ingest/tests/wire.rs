//! What the wire formats yield, well-formed and broken, as a user of the crate sees it.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::fmt::Write;
use std::ops::ControlFlow;

use dateline_ingest::{Item, Limits, ReadOptions, read};
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn items(path: &str, input: &[u8]) -> Vec<Item> {
    let mut items = Vec::new();
    let records = read(path, &mut &*input, &ReadOptions::default(), &mut |item| {
        items.push(item);
        ControlFlow::Continue(())
    });
    assert_eq!(records.unwrap(), items.len() as u64);
    items
}

fn show(item: &Item) -> String {
    let mut text = String::new();
    match item {
        Item::Skip(skip) => {
            let record = skip
                .record
                .map(|record| format!(" {record}"))
                .unwrap_or_default();
            let offset = skip
                .offset
                .map(|offset| format!(" at {offset}"))
                .unwrap_or_default();
            writeln!(text, "skip{record}{offset}: {}", skip.reason).unwrap();
        }
        Item::Article(article) => {
            let record = article.origin.record.unwrap_or_default();
            writeln!(text, "{record}. {}", article.title).unwrap();
            if let Some(date) = &article.published {
                let instant = jiff::Timestamp::from_second(date.seconds).unwrap();
                writeln!(
                    text,
                    "  {instant} {:?} {:?} {:?}",
                    date.precision, date.origin, date.offset_minutes
                )
                .unwrap();
            }
            let place = article
                .dateline
                .as_ref()
                .map(|dateline| format!("{} to {}", dateline.place, dateline.end));
            let language = article.language.map(|language| language.code().to_owned());
            for (name, value) in [
                ("source", &article.source),
                ("agency", &article.agency),
                ("url", &article.url),
                ("section", &article.section),
                ("dateline", &place),
                ("in", &language),
            ] {
                if let Some(value) = value {
                    writeln!(text, "  {name} {value}").unwrap();
                }
            }
            if !article.authors.is_empty() {
                writeln!(text, "  by {}", article.authors.join(" + ")).unwrap();
            }
            for paragraph in article.body.lines() {
                writeln!(text, "  | {paragraph}").unwrap();
            }
        }
    }
    text
}

fn check(path: &str, input: impl AsRef<[u8]>, expect: Expect) {
    let shown: String = items(path, input.as_ref()).iter().map(show).collect();
    expect.assert_eq(&shown);
}

const NITF: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf xml:lang="en-GB"><head><title>Bridge &amp; river</title>
<docdata><doc-id id-string="post-17"/><date.issue norm="20260203T112000-0500"/></docdata>
<pubdata name="The Harbour Post" ex-ref="https://www.post.example/bridge" position.section="Ports"/></head>
<body><body.head><hedline><hl1>Bridge reopens</hl1><hl2>After a year</hl2></hedline>
<byline>By <person>Jane Roe</person><byttl>Staff Writer</byttl></byline>
<distributor>The Associated Press</distributor>
<dateline><location>OSLO, Norway</location><story.date norm="20260203"/></dateline></body.head>
<body.content><block><p>The <em>bridge</em> is
open &#8212; again.</p><media><caption>A bridge</caption></media><p>Cars crossed at caf&eacute; &unknown; &amp; quay.</p></block>
</body.content><body.end><tagline>Send mail</tagline></body.end></body></nitf>"#;

#[test]
fn reads_nitf() {
    check(
        "/a.xml",
        NITF,
        expect![[r#"
        1. Bridge reopens
          2026-02-03T16:20:00Z Second Field Some(-300)
          source The Harbour Post
          agency AP
          url https://www.post.example/bridge
          section Ports
          dateline OSLO, Norway to 0
          in en
          by Jane Roe
          | The bridge is open — again.
          | Cars crossed at café &unknown; & quay.
    "#]],
    );
}

#[test]
fn takes_the_whole_text_of_an_archive_once() {
    check(
        "/a.nitf",
        r#"<nitf><head><title>Bridge</title><pubdata date.publication="19870226T000000" name="The Harbour Post"/></head>
        <body><body.head><hedline><hl1>Bridge Reopens</hl1></hedline><byline class="print_byline">By JANE ROE</byline>
        <byline class="normalized_byline">Roe, Jane</byline></body.head><body.content>
        <block class="lead_paragraph"><p>The bridge is open.</p></block>
        <block class="full_text"><p>The bridge is open.</p><p>Cars crossed.</p></block></body.content></body></nitf>"#,
        expect![[r#"
            1. Bridge Reopens
              1987-02-26T00:00:00Z Second Field None
              source The Harbour Post
              by JANE ROE
              | The bridge is open.
              | Cars crossed.
        "#]],
    );
}

#[test]
fn reads_newsml_with_its_components() {
    check(
        "/a.xml",
        r#"<NewsML Version="1.2"><NewsEnvelope><DateAndTime>20260203T120000Z</DateAndTime></NewsEnvelope>
        <NewsItem><Identification><NewsIdentifier><NewsItemId>17</NewsItemId>
        <PublicIdentifier>urn:newsml:post.example:20260203:17:1</PublicIdentifier></NewsIdentifier></Identification>
        <NewsManagement><FirstCreated>20260203T112000+0100</FirstCreated><Status FormalName="Usable"/></NewsManagement>
        <NewsComponent><NewsLines><HeadLine>Bridge reopens</HeadLine><ByLine>Von Hans Meier</ByLine><DateLine>OSLO</DateLine></NewsLines>
        <AdministrativeMetadata><Provider><Party FormalName="dpa"/></Provider></AdministrativeMetadata>
        <DescriptiveMetadata><Language FormalName="de"/></DescriptiveMetadata>
        <NewsComponent><Role FormalName="StyleSheet"/><ContentItem><DataContent>p { margin: 0 }</DataContent></ContentItem></NewsComponent>
        <NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Photo"/><DataContent>0101</DataContent></ContentItem>
        <ContentItem><MediaType FormalName="Text"/><DataContent><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
        <body><p>Die Brücke ist offen.</p><ul><li>Autos fahren.</li></ul></body></html></DataContent></ContentItem></NewsComponent>
        </NewsComponent></NewsItem>
        <NewsItem><NewsManagement><Status FormalName="Canceled"/></NewsManagement></NewsItem>
        <NewsItem><NewsComponent><NewsLines><HeadLine>Second</HeadLine></NewsLines><ContentItem><DataContent><![CDATA[<p>Plain &amp; simple.</p><p>Two.</p>]]></DataContent></ContentItem></NewsComponent></NewsItem>
        </NewsML>"#,
        expect![[r#"
            1. Bridge reopens
              2026-02-03T10:20:00Z Second Field Some(60)
              source dpa
              agency dpa
              dateline OSLO to 0
              in de
              by Hans Meier
              | Die Brücke ist offen.
              | Autos fahren.
            skip 2: the publisher withdrew it: its status is `Canceled`
            3. Second
              | Plain & simple.
              | Two.
        "#]],
    );
}

#[test]
fn reads_the_items_of_a_newsml_g2_message() {
    let nitf = &NITF[NITF.find("<nitf").unwrap()..];
    let message = format!(
        r#"<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-02-03T12:00:00Z</sent></header><itemSet>
        <packageItem guid="p"/>
        <newsItem guid="urn:newsml:post.example:1" xml:lang="es"><itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:EFE"><name>Agencia EFE</name></provider>
        <versionCreated>2026-02-03T11:20:00-05:00</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
        <contentMeta><headline role="hl:sub">Menor</headline><headline role="hld:main">El puente abre</headline><by>Por Ana Sol y Beto Luz</by>
        <located qcode="c:1"><name>Bogotá</name></located><subject qcode="x:1"><name>Puertos</name></subject></contentMeta>
        <contentSet><inlineXML contenttype="application/xhtml+xml"><html><body><h1>El puente abre</h1><p>BOGOTÁ, 3 feb (EFE).- El puente
        abre.</p><p>Pasan coches.</p></body></html></inlineXML></contentSet></newsItem>
        <newsItem guid="urn:newsml:post.example:2"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>
        <newsItem guid="urn:newsml:post.example:3"><itemMeta><versionCreated>2026-02-04</versionCreated></itemMeta><contentSet><inlineXML>{nitf}</inlineXML></contentSet></newsItem>
        <newsItem guid="urn:newsml:post.example:4"><contentMeta><headline>Four</headline></contentMeta><contentSet><inlineData contenttype="text/plain">One.

Two.</inlineData></contentSet></newsItem>
        </itemSet></newsMessage>"#
    );
    check(
        "/a.xml",
        message,
        expect![[r#"
            skip 1: a <packageItem> of NewsML-G2, which holds no article
            2. El puente abre
              2026-02-03T16:20:00Z Second Field Some(-300)
              source Agencia EFE
              agency EFE
              section Puertos
              dateline BOGOTÁ to 23
              in es
              by Ana Sol + Beto Luz
              | BOGOTÁ, 3 feb (EFE).- El puente abre.
              | Pasan coches.
            skip 3: the publisher withdrew it: its status is `stat:canceled`
            4. Bridge reopens
              2026-02-04T00:00:00Z Day Field None
              source The Harbour Post
              agency AP
              url https://www.post.example/bridge
              section Ports
              dateline OSLO, Norway to 0
              in en
              by Jane Roe
              | The bridge is open — again.
              | Cars crossed at café &unknown; & quay.
            5. Four
              | One.
              | Two.
        "#]],
    );
}

#[test]
fn reads_ninjs_of_all_versions() {
    check(
        "/a.json",
        r#"[{"uri":"https://post.example/1","type":"text","versioncreated":"2026-02-03T11:20:00Z","byline":"Ana Sol and Ben Ode","headline":"One",
        "body_text":"One. Two.","body_xhtml":"<p>One.</p><p>Two.</p>","located":"Oslo","language":"en","subject":[{"name":"Ports"}]},
        {"uri":"urn:x:2","versioncreated":"2026-02-03T11:20:00+02:00","firstcreated":"2026-02-02T10:00:00+02:00","copyrightholder":"dpa","by":"Von Hans Meier, dpa",
        "headlines":[{"role":"sub","value":"Sub"},{"role":"main","value":"Zwei"}],"bodies":[{"contenttype":"text/plain","value":"Eins."}],"pubstatus":"usable"},
        {"uri":"urn:x:3","versionCreated":"2026-02-03T11:20:00Z","headlines":[{"value":"Three"}],"infoSources":[{"name":"Reuters"}],
        "bodies":[{"contentType":"text/vnd.IPTC.NITF","value":"<nitf><body><body.content><p>From NITF.</p></body.content></body></nitf>"}]},
        {"uri":"urn:x:4","type":"picture","versioncreated":"2026-02-03T11:20:00Z","headline":"Four","description_text":"A bridge."},
        {"uri":"urn:x:5","pubStatus":"canceled","headline":"Five"},
        {"uri":"urn:x:6","headline":6},
        {"uri":"urn:x:7","versioncreated":"2026-02-03T11:20:00Z"}]"#,
        expect![[r#"
            1. One
              2026-02-03T11:20:00Z Second Field Some(0)
              source post.example
              url https://post.example/1
              section Ports
              dateline Oslo to 0
              in en
              by Ana Sol + Ben Ode
              | One.
              | Two.
            2. Zwei
              2026-02-02T08:00:00Z Second Field Some(120)
              source dpa
              agency dpa
              by Hans Meier
              | Eins.
            3. Three
              2026-02-03T11:20:00Z Second Field Some(0)
              source Reuters
              agency Reuters
              | From NITF.
            4. Four
              2026-02-03T11:20:00Z Second Field Some(0)
              | A bridge.
            skip 5: the publisher withdrew it: its status is `canceled`
            skip 6: not ninjs: invalid type: integer `6`, expected a string
            skip 7: the article has no text
        "#]],
    );
    check(
        "/c.json",
        r#"[{"uri":"urn:x:1","versioncreated":"2026-02-03","headline":"One","bodies":[{"contenttype":"text/html","value":"Lunch<sup >2</sup> is\n   served."}]},
        {"uri":"urn:x:2","type":"picture","versioncreated":"2026-02-03","descriptions":[{"role":"drol:creditline","value":"POST"},{"role":"caption","value":"A bridge."}]}]"#,
        expect![[r#"
            1. One
              2026-02-03T00:00:00Z Day Field None
              | Lunch 2 is served.
            2. A bridge.
              2026-02-03T00:00:00Z Day Field None
              | A bridge.
        "#]],
    );
    check(
        "/b.json",
        r#"{"uri":"urn:x:1","versioncreated":"2026-02-03","headline":"One"} {"uri":"#,
        expect![[r#"
            1. One
              2026-02-03T00:00:00Z Day Field None
            skip 2: not ninjs: EOF while parsing a value at line 1 column 7
        "#]],
    );
}

#[test]
fn reads_ninjs_line_by_line() {
    check(
        "/a.jsonl",
        "{\"uri\":\"urn:x:1\",\"versioncreated\":\"2026-02-03\",\"headline\":\"One\",\"body_xhtml\":\"<p>One.</p>\"}\n\
         {\"uri\":\"urn:x:2\",\"headline\":\"Two\n\
         [{\"uri\":\"urn:x:3\"}]\n\
         {\"uri\":\"urn:x:4\",\"headline\":\"Four\",\"body_text\":\"Four.\"}\n",
        expect![[r#"
            1. One
              2026-02-03T00:00:00Z Day Field None
              | One.
            skip 2: not ninjs: EOF while parsing a string at line 1 column 32
            skip 3: a JSON list where an object is expected
            4. Four
              | Four.
        "#]],
    );
}

#[test]
fn reads_messages_of_teleprinter_lines() {
    check(
        "/a.iptc",
        b"\x16\x16\x01abc0123 4 pl 120\r\nBridge/\r\n\x02Bridge reopens in the harbour\r\n\r\nOSLO, 3 Feb (dpa) - The bridge is open to all cars, buses and\r\ncarts of the town and of the country around it.\r\n\r\n\x03\r\nabc ab cd\r\n031120 Feb 26\r\n\x04\r\n\x01bad header\x04\x01a1234 r i bc-bridge 02-03 0110\r\n\x02^BC-Bridge, 1st Ld,0110<\r\n^Bridge Reopens<\r\n^By JANE ROE=\r\n^Associated Press Writer=\r\n\tOSLO (AP) _ The bridge is open.\r\n\x03AP-NY-02-03-26 1120EST\x04",
        expect![[r#"
            1. Bridge reopens in the harbour
              2026-02-03T11:20:00Z Second Field None
              source dpa
              agency dpa
              dateline OSLO to 20
              | OSLO, 3 Feb (dpa) - The bridge is open to all cars, buses and carts of the town and of the country around it.
            skip 2: a message without a start of its text
            3. Bridge Reopens
              2026-02-03T16:20:00Z Second Field Some(-300)
              source AP
              agency AP
              dateline OSLO to 12
              by JANE ROE
              | OSLO (AP) _ The bridge is open.
        "#]],
    );
}

#[test]
fn takes_the_agency_and_the_wrapped_lines_of_teleprinters() {
    check(
        "/a.iptc",
        b"\x01AP0123 4 i 51\r\n\x02Ferry sails between the capitals\r\nBy JANE ROE\r\nAssociated Press\r\nBOGOTA, Colombia (AP) -- The ferry sailed on\r\nTuesday after talks.\r\n   A second paragraph of it.\r\n\x03031015 feb 26\x04",
        expect![[r#"
            1. Ferry sails between the capitals
              2026-02-03T10:15:00Z Second Field None
              source AP
              agency AP
              dateline BOGOTA, Colombia to 25
              by JANE ROE
              | BOGOTA, Colombia (AP) -- The ferry sailed on Tuesday after talks.
              | A second paragraph of it.
        "#]],
    );
}

#[test]
fn reads_the_items_of_a_file_that_is_too_long_to_be_held() {
    let options = ReadOptions {
        limits: Limits {
            record_bytes_max: 400,
            ..Limits::default()
        },
        ..ReadOptions::default()
    };
    let item = |number: u32, text: &str| {
        format!(
            "<n:newsItem guid=\"{number}\"><contentMeta><headline>Caf\u{e9} {number}</headline></contentMeta>\
             <contentSet><inlineXML><html><body><p>{text}</p></body></html></inlineXML></contentSet></n:newsItem>"
        )
    };
    let items = [
        item(1, "One."),
        item(2, &"long ".repeat(100)),
        item(3, "Three &amp; more."),
        "<n:newsItem><broken".into(),
    ];
    let file = format!(
        "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><n:newsMessage>{}",
        items.concat()
    );
    let bytes: Vec<u8> = file.chars().map(|c| c as u8).collect();
    let mut shown = String::new();
    read("/a.xml", &mut bytes.as_slice(), &options, &mut |item| {
        shown += &show(&item);
        ControlFlow::Continue(())
    })
    .unwrap();
    expect![[r#"
        1. Café 1
          | One.
        skip 2: the item is 669 bytes long; at most 400 are read
        3. Café 3
          | Three & more.
        skip 4: the file ends in the middle of an item
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_broken_item_leaves_those_before_it() {
    let item = r#"<newsItem guid="urn:x:1"><contentMeta><headline>One &amp; lone & more</headline></contentMeta></newsItem>"#;
    check(
        "/a.xml",
        format!("<newsMessage>{item}<newsItem><x></y></newsItem>"),
        expect![[r#"
            1. One & lone & more
            skip at 131: broken XML: ill-formed document: expected `</x>`, but `</y>` was found
        "#]],
    );
    check(
        "/b.xml",
        format!("<newsMessage>{item}<newsItem><contentMeta>"),
        expect![[r#"
            1. One & lone & more
            skip at 141: the file ends in the middle of an item
        "#]],
    );
    check(
        "/c.xml",
        "<nitf><body><body.content></body.content></body></nitf>",
        expect![[r#"
            skip 1: the article has no text
        "#]],
    );
    check(
        "/d.xml",
        "<newsMessage></newsMessage>",
        expect![[r#"
        skip: no element <newsItem> or <packageItem> or <conceptItem> or <knowledgeItem> or <planningItem> or <catalogItem> in it
    "#]],
    );
    check("/e.xml", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><nitf><head><title>caf\u{e9}</title></head></nitf>".chars().map(|c| c as u8).collect::<Vec<u8>>(), expect![[r#"
        1. café
    "#]]);
}

#[test]
fn entities_that_a_document_declares_do_not_grow() {
    let levels: String = (1..20)
        .map(|level| {
            format!(
                "<!ENTITY l{level} \"{}\">",
                format!("&l{};", level - 1).repeat(10)
            )
        })
        .collect();
    let bomb = format!(
        "<!DOCTYPE nitf [<!ENTITY l0 \"lol\">{levels}]><nitf><head><title>Bomb</title></head><body><body.content><p>&l19;</p></body.content></body></nitf>"
    );
    check(
        "/a.xml",
        bomb,
        expect![[r#"
        1. Bomb
          | &l19;
    "#]],
    );
}

#[test]
fn deep_and_endless_trees_are_passed_over() {
    let deep = format!(
        "<nitf><body><body.content>{}</body.content></body></nitf>",
        "<p>".repeat(100_000) + &"</p>".repeat(100_000)
    );
    let wide = format!(
        "<nitf><body><body.content>{}</body.content></body></nitf>",
        "<p/>".repeat(300_000)
    );
    check(
        "/a.nitf",
        deep,
        expect![[r#"
        skip 1: elements are nested deeper than 200
    "#]],
    );
    check(
        "/b.nitf",
        wide,
        expect![[r#"
        skip 1: the item has more than 200000 elements
    "#]],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever a cut, a swap or a byte more does to a file, reading it ends, and no item counts twice.
    #[test]
    fn no_change_to_a_file_makes_a_reader_panic(
        seed in 0..4usize,
        cut in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        drop in 0..3usize,
    ) {
        let files: [(&str, &[u8]); 4] = [
            ("/a.nitf", NITF.as_bytes()),
            ("/a.json", br#"[{"uri":"urn:x:4","versioncreated":"2026-02-03T11:20:00Z","headlines":[{"value":"Four"}],"bodies":[{"value":"<p>A</p>"}]}]"#),
            ("/a.iptc", b"\x01abc0123 4 pl 120\r\n\x02^Slug<\r\n^Title<\r\nText\r\n\x03031120 Feb 26\x04"),
            ("/a.xml", br#"<newsMessage><newsItem guid="1"><contentMeta><headline>A</headline></contentMeta><contentSet><inlineData>B</inlineData></contentSet></newsItem></newsMessage>"#),
        ];
        let (path, file) = files[seed];
        let mut bytes = file.to_vec();
        match drop {
            0 => bytes.truncate(cut.index(bytes.len())),
            1 => drop_range(&mut bytes, at.index(file.len()), cut.index(file.len())),
            _ => bytes.insert(at.index(file.len()), byte),
        }
        for item in items(path, &bytes) {
            if let Item::Skip(skip) = item {
                prop_assert!(!skip.reason.is_empty());
            }
        }
    }
}

fn drop_range(bytes: &mut Vec<u8>, a: usize, b: usize) {
    bytes.drain(a.min(b)..a.max(b));
}
