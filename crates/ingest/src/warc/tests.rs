//! The reader under test, with inputs written for it. Files are not opened here.

use std::io::BufReader;
use std::ops::ControlFlow;

use expect_test::{Expect, expect};

use crate::{Item, Limits, ReadOptions, read};

const PAGE: &str = "<title>Bridge reopens</title><p>The old bridge over the river was opened to \
     traffic again two days ago.</p><p>2 hours ago</p>";

fn record(kind: &str, content_type: &str, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://planet.example/bridge>\r\n\
         WARC-Date: 2026-02-03T10:00:00Z\r\nContent-Type: {content_type}\r\n\
         Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

fn response(status: &str, content_type: &str, body: &str) -> String {
    let http = format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n{body}");
    record("response", "application/http; msgtype=response", &http)
}

fn shown(archive: &[u8], chunk: usize) -> String {
    let mut shown = String::new();
    let mut sink = |item| {
        match item {
            Item::Article(article) => {
                let record = article.origin.record.unwrap_or_default();
                let url = article.url.unwrap_or_default();
                shown += &format!("{record}: {} {url}\n", article.title);
            }
            Item::Skip(skip) => {
                let record = skip
                    .record
                    .map(|record| record.to_string())
                    .unwrap_or_default();
                let offset = skip
                    .offset
                    .map(|offset| format!("@{offset}"))
                    .unwrap_or_default();
                shown += &format!("{record}{offset}: skip: {}\n", skip.reason);
            }
        }
        ControlFlow::Continue(())
    };
    let options = ReadOptions {
        limits: Limits {
            record_bytes_max: 2_000,
            ..Limits::default()
        },
        ..ReadOptions::default()
    };
    let mut reader = BufReader::with_capacity(chunk, archive);
    read("a.warc", &mut reader, &options, &mut sink).unwrap();
    shown
}

fn check(archive: impl AsRef<[u8]>, expect: Expect) {
    let archive = archive.as_ref();
    expect.assert_eq(&shown(archive, 1 << 16));
    assert_eq!(shown(archive, 5), shown(archive, 1 << 16));
}

#[test]
fn every_record_of_what_was_fetched_is_an_item() {
    let long = "x".repeat(3_000);
    check(
        [
            record("warcinfo", "application/warc-fields", "software: x"),
            record(
                "request",
                "application/http; msgtype=request",
                "GET / HTTP/1.0",
            ),
            response("200 OK", "text/html; charset=utf-8", PAGE),
            response("404 Not Found", "text/html", PAGE),
            response("200 OK", "image/png", "PNG"),
            record("resource", "text/html", PAGE),
            record(
                "revisit",
                "application/http; msgtype=response",
                "HTTP/1.1 200 OK\r\n\r\n",
            ),
            response("200 OK", "text/html", &long),
            record("response", "application/http; msgtype=response", "what?"),
            response("200 OK", "text/html", "<p>short</p>"),
        ]
        .concat(),
        expect![[r#"
            1: Bridge reopens https://planet.example/bridge
            2: skip: the web server answered with status 404
            3: skip: not a page: image/png
            4: Bridge reopens https://planet.example/bridge
            5: skip: a page that had not changed since it was archived before
            6: skip: the record has 3044 bytes; at most 2000 are read
            7: skip: no answer of a web server: its head does not end
            8: short https://planet.example/bridge
        "#]],
    );
}

#[test]
fn a_long_line_between_records_is_told() {
    let page = response("200 OK", "text/html", PAGE);
    let stray = "x".repeat(200_000);
    check(
        format!("{page}{stray}\r\n{page}"),
        expect![[r#"
        1: Bridge reopens https://planet.example/bridge
        @360: skip: no record begins here; 200002 bytes were passed over
        2: Bridge reopens https://planet.example/bridge
    "#]],
    );
}

#[test]
fn a_broken_record_costs_no_other() {
    let page = response("200 OK", "text/html", PAGE);
    let unsized_record = page.replace("Content-Length", "X");
    let too_short = page.replacen("Content-Length: 1", "Content-Length: ", 1);
    let headless = "WARC/1.0\r\nWARC-Type: response\r\n";
    let huge = format!("WARC/1.0\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    let many = format!(
        "WARC/1.0\r\n{}\r\n",
        "Some-Field: some value\r\n".repeat(5_000)
    );
    check(
        [
            unsized_record.as_str(),
            &page,
            &too_short,
            &page,
            headless,
            &page,
            &huge,
            &page,
            &many,
            &page,
        ]
        .concat(),
        expect![[r#"
            @0: skip: this record does not say how long it is; 347 bytes were passed over
            1: Bridge reopens https://planet.example/bridge
            2: Bridge reopens https://planet.example/bridge
            @962: skip: no record begins here; 104 bytes were passed over
            3: Bridge reopens https://planet.example/bridge
            @1426: skip: the head of this record has a line that is no field; 31 bytes were passed over
            4: Bridge reopens https://planet.example/bridge
            @1817: skip: the head of this record is too long; 200017 bytes were passed over
            5: Bridge reopens https://planet.example/bridge
            @202194: skip: the head of this record is too long; 120012 bytes were passed over
            6: Bridge reopens https://planet.example/bridge
        "#]],
    );
}

#[test]
fn a_cut_archive_says_where_and_how_much_is_missing() {
    let page = response("200 OK", "text/html", PAGE);
    let archive = [page.as_str(), &page].concat();
    check(
        &archive.as_bytes()[..archive.len() - 20],
        expect![[r#"
        1: Bridge reopens https://planet.example/bridge
        @360: skip: the file ends within this record: 153 of its 169 bytes are there
    "#]],
    );
    check(
        &archive.as_bytes()[..page.len() + 50],
        expect![[r#"
        1: Bridge reopens https://planet.example/bridge
        @360: skip: the file ends within the head of this record; 50 bytes were passed over
    "#]],
    );
    for end in 10..archive.len() {
        let shown = shown(&archive.as_bytes()[..end], 1 << 16);
        let expected = if end <= page.len() { 1..=1 } else { 1..=2 };
        assert!(expected.contains(&shown.lines().count()), "{end}: {shown}");
    }
}

#[test]
fn reads_arc_with_spaces_in_addresses_and_broken_lines() {
    let http = format!("HTTP/1.0 200 OK\nContent-Type: text/html\n\n{PAGE}");
    let head = |url: &str| format!("{url} 192.0.2.1 20260203100000 text/html {}\n", http.len());
    let archive = [
        "filedesc://a.arc 192.0.2.1 20260203100000 text/plain 14\n1 0 Archivist\n\n",
        &head("http://planet.example/a bridge"),
        &http,
        "\n",
        "http://planet.example/ 192.0.2.1 20260203100000 text/html abc\nsome text\n\n",
        &head("dns:planet.example"),
        &http,
        "\n\n",
        &head("https://planet.example/"),
        &http,
        "\nhttps://planet.example/ 192.0.2.1 20260203100000 text/html 1000\n",
    ]
    .concat();
    check(
        archive,
        expect![[r#"
        1: Bridge reopens http://planet.example/a bridge
        @308: skip: no record begins here; 73 bytes were passed over
        2: skip: not a page of the web: dns:planet.example
        3: Bridge reopens https://planet.example/
        @837: skip: the file ends within this record: 0 of its 1000 bytes are there
    "#]],
    );
}

#[test]
fn counts_hours_from_the_time_of_the_crawl() {
    let page = PAGE.replace(
        "<title>",
        "<h1>Bridge reopens</h1><time>2 hours ago</time><title>",
    );
    let mut seconds = Vec::new();
    let archive = response("200 OK", "text/html", &page);
    read(
        "a.warc",
        &mut archive.as_bytes(),
        &ReadOptions::default(),
        &mut |item| {
            if let Item::Article(article) = item {
                seconds.extend(article.published.map(|published| published.seconds));
            }
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    const THIRD_OF_FEBRUARY: i64 = 1_770_076_800;
    assert_eq!(seconds, [THIRD_OF_FEBRUARY]);
}
