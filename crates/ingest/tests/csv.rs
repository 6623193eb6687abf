//! Tables as a user of the crate sees them.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::fmt::Write as _;
use std::ops::ControlFlow;

use dateline_ingest::{Item, Limits, ReadOptions, read};
use expect_test::{Expect, expect};

fn check(path: &str, input: impl AsRef<[u8]>, expect: Expect) {
    check_with(Limits::default(), path, input.as_ref(), expect);
}

fn check_with(limits: Limits, path: &str, mut input: &[u8], expect: Expect) {
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let mut shown = String::new();
    let records = read(path, &mut input, &options, &mut |item| {
        match item {
            Item::Article(article) => {
                let record = article.origin.record.unwrap();
                let source = article.source.unwrap_or_default();
                let body = article.body.replace('\n', " / ");
                writeln!(shown, "{record}. {} | {body} | {source}", article.title).unwrap();
            }
            Item::Skip(skip) => writeln!(shown, "skip {:?} {}", skip.record, skip.reason).unwrap(),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(records.unwrap(), shown.lines().count() as u64);
    expect.assert_eq(&shown);
}

#[test]
fn reads_tables_whatever_parts_their_values() {
    check(
        "/a.csv",
        "\u{feff}id,Title,Body,Source\r\n1,\"One, and \"\"more\"\"\",\"First.\n\nSecond.\",Post\r\n\r\n2,Two,Text,\r\n",
        expect![[r#"
            2. One, and "more" | First. / Second. | Post
            3. Two | Text | 
        "#]],
    );
    check(
        "/a.csv",
        "title;text;date\nEins, zwei;Ja, nein, doch.;3,5\nDrei;Vier;\n",
        expect![[r#"
            2. Eins, zwei | Ja, nein, doch. | 
            3. Drei | Vier | 
        "#]],
    );
    check(
        "/a.tsv",
        "title\ttext\nOne\tIt is 5\" long\n",
        expect![[r#"
            2. One | It is 5" long | 
        "#]],
    );
    check(
        "/a.csv",
        "sep=|\ntitle|text\nOne|a,b;c\n",
        expect![[r#"
        2. One | a,b;c | 
    "#]],
    );
    check(
        "-",
        "headline,body,url\nOne,Text,https://x.example/1\n",
        expect![[r#"
            2. One | Text | x.example
        "#]],
    );
}

#[test]
fn says_why_a_table_cannot_be_read() {
    check(
        "/a.csv",
        "title\nOne\nTwo\n",
        expect![[r#"
        skip None the table has only one column: its first line `title` is parted by none of commas, semicolons, tabs, bars
    "#]],
    );
    check(
        "/a.csv",
        "a,b\n1,2\n",
        expect![[r#"
        skip None no column of the table is named as a headline or text; it has: a, b
    "#]],
    );
    check(
        "/a.csv",
        "title,body\n",
        expect![[r#"
        skip None no article in it
    "#]],
    );
}

#[test]
fn says_which_rows_cannot_be_read() {
    let limits = Limits {
        field_bytes_max: 40,
        record_bytes_max: 60,
        ..Limits::default()
    };
    let long = "x".repeat(50);
    let rows = [
        "title,body,n",
        "One,Text",
        "Two,Text, with a comma,1",
        ",,3",
        &format!("Four,{long},4"),
        &format!("Five,{long}{long},5"),
        "Six,Text,6",
    ];
    check_with(
        limits,
        "/a.csv",
        rows.join("\n").as_bytes(),
        expect![[r#"
            2. One | Text | 
            skip Some(3) the row has 4 values for 3 columns: a value with a delimiter in it is not quoted
            skip Some(4) the row has neither headline nor text
            skip Some(5) a value is 50 bytes long; at most 40 are read
            skip Some(6) the row is 107 bytes long; at most 60 are read
            7. Six | Text | 
        "#]],
    );
}

#[test]
fn a_quote_that_is_not_closed_costs_its_line() {
    let limits = Limits {
        record_bytes_max: 50,
        ..Limits::default()
    };
    let rows = |broken: usize| {
        let mut text = "title,body\nOne,Text\n".to_owned();
        for _ in 0..broken {
            text += "\"Broken,Text\nFine,Text\nFine,Text with some words in it\n";
        }
        text
    };
    check_with(
        limits.clone(),
        "/a.csv",
        rows(1).as_bytes(),
        expect![[r#"
            2. One | Text | 
            skip Some(3) a quote is opened in this row and not closed; its first line is not read
            4. Fine | Text | 
            5. Fine | Text with some words in it | 
        "#]],
    );
    let text = rows(40);
    let mut last = String::new();
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    read("/a.csv", &mut text.as_bytes(), &options, &mut |item| {
        if let Item::Skip(skip) = item {
            last = skip.reason;
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    expect![
        "a quote is opened in this row and not closed, like several before; the rest is not read"
    ]
    .assert_eq(&last);
}

#[test]
fn reads_tables_in_other_encodings() {
    let text = "title;body\nÜber Öl;Für alle Bücher, größere und ältere.\n";
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xFF\xFE".as_slice(), &wide].concat();
    for input in [latin, wide, marked] {
        let articles = expect![[r#"
            2. Über Öl | Für alle Bücher, größere und ältere. | 
        "#]];
        check("/a.csv", input, articles);
    }
}

#[test]
fn prose_behind_a_quote_that_is_not_closed_is_no_row() {
    let limits = Limits {
        record_bytes_max: 300,
        ..Limits::default()
    };
    let text = "title,date,body\nOne,2026-02-03,Text\nTwo,2026-02-03,\"Not closed\n\
                The minister said that it was fine, and left.\nA third line, with a comma, and another.\n\
                Three,2026-02-04,Text\nFour,2026-02-05\n";
    check_with(
        limits,
        "/a.csv",
        text.as_bytes(),
        expect![[r#"
        2. One | Text | 
        skip Some(3) a quote is opened in this row and not closed; its first line is not read
        skip Some(4) not like a row of the table, behind a quote that is opened and not closed
        skip Some(5) not like a row of the table, behind a quote that is opened and not closed
        6. Three | Text | 
        7. Four |  | 
    "#]],
    );
}

#[test]
fn knows_columns_by_many_names() {
    check(
        "/a.csv",
        "headline;story;dek;publication;articleDate\nOne;Text;Short;Planet;2026-02-03\nTwo;;Short;Planet;\n",
        expect![[r#"
            2. One | Text | Planet
            3. Two | Short | Planet
        "#]],
    );
}

#[test]
fn a_long_value_that_is_closed_costs_its_row() {
    let limits = Limits {
        field_bytes_max: 40,
        record_bytes_max: 200,
        ..Limits::default()
    };
    let lines = "x, \"\"y\"\"\n".repeat(12);
    let closed = format!("title,body\nOne,\"{lines}\"\nTwo,Text\n");
    check_with(
        limits.clone(),
        "/a.csv",
        closed.as_bytes(),
        expect![[r#"
        skip Some(2) a value is 84 bytes long; at most 40 are read
        3. Two | Text | 
    "#]],
    );
    // Too long before the quote is opened: it hides no end of a line.
    let plain = format!(
        "title,body\n{},\"never closed\nTwo,Text\nThree\nFour,Text\n",
        "One ".repeat(60)
    );
    check_with(
        limits,
        "/a.csv",
        plain.as_bytes(),
        expect![[r#"
        skip Some(2) the row is 254 bytes long; at most 200 are read
        3. Two | Text | 
        4. Three |  | 
        5. Four | Text | 
    "#]],
    );
}

#[test]
fn a_table_is_one_whatever_its_name() {
    check(
        "/a.json",
        "title;date;text\nOne;2026-02-03;Text\n",
        expect![[r#"
            2. One | Text | 
        "#]],
    );
}
