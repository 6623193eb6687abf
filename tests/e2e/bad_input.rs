//! Input that is bad: each piece gets a clear message, the rest goes on, nothing is lost.

use std::fs;

use expect_test::expect;

use crate::support::{Desk, sample};

const GOOD: &str = "A headline\n\nA body that says something about Chile.\n";

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_listed_and_the_rest_is_indexed() {
    let desk = Desk::new();
    desk.write("news/good.txt", GOOD);
    desk.write(
        "news/photo.txt",
        [0x89, b'P', b'N', b'G', 0, 0, 0xFF, 0xFE, 0, 1, 2, 3],
    );
    desk.write("news/empty.txt", "");
    desk.write("news/blank.txt", "\n \n\t\n");
    desk.write(
        "news/headline-only.md",
        "---\ntitle: A headline says something\n---\n",
    );
    let lines = [
        r#"{"title": "Good", "body": "Peru votes.", "id": "good"}"#,
        r#"{"title": "Torn", "body": "#,
        r#"{"title": "A headline alone", "id": "alone"}"#,
        r#"{"title": "  ", "text": "", "url": "https://example.org/empty"}"#,
        r#"["a", "list"]"#,
        "",
        r#"{"title": "Good again", "body": "Peru votes again.", "id": "again"}"#,
    ];
    desk.write("news/lines.jsonl", lines.join("\n"));
    let huge = format!(r#"{{"title": "Huge", "body": "{}"}}"#, "x".repeat(17 << 20));
    desk.write(
        "news/huge.jsonl",
        format!("{huge}\n{}\n", lines[0].replace("good", "after")),
    );
    std::os::unix::fs::symlink("nowhere", desk.path("news/dangling.txt")).expect("a link");
    std::os::unix::fs::symlink("circle.txt", desk.path("news/circle.txt")).expect("a link");
    let fifo = std::process::Command::new("mkfifo")
        .arg(desk.path("news/fifo.txt"))
        .status();
    assert!(fifo.expect("mkfifo").success());

    let summary = desk.index(&["news"]);
    assert_eq!(summary.counts, [6, 0, 0, 0], "{:?}", summary.skipped);
    let mut skips: Vec<String> = summary
        .skipped
        .iter()
        .map(|(name, record, reason)| match record {
            Some(record) => format!("{name}:{record}: {reason}\n"),
            None => format!("{name}: {reason}\n"),
        })
        .collect();
    skips.sort();
    expect![[r#"
        blank.txt: the article has no text
        circle.txt: cannot be read: too many levels of symbolic links
        dangling.txt: cannot be read: no such file or directory
        empty.txt: the article has no text
        fifo.txt: a FIFO, not a file
        huge.jsonl:1: the line is 17825821 bytes long; at most 16777216 are read
        lines.jsonl:2: broken JSON: EOF while parsing a value at column 26
        lines.jsonl:4: the article has no text
        lines.jsonl:5: a JSON list where an object is expected
        photo.txt: not a text: a picture (PNG)
    "#]]
    .assert_eq(&skips.concat());

    // Every run tells again, and the text for people names the places.
    let again = desk.dateline(&["index", "news"]);
    assert_eq!(again.status, 0);
    for words in [
        "6 unchanged, 10 skipped",
        "news/photo.txt\n",
        "1 skipped: a JSON list where an object is expected\n    news/lines.jsonl:5\n",
    ] {
        assert!(
            again.stdout.contains(words),
            "no `{words}` in:\n{}",
            again.stdout
        );
    }
    let anew = desk.dateline(&["index", "news", "--index", "other"]);
    assert!(
        anew.stdout.contains("    news/lines.jsonl:2\n"),
        "{}",
        anew.stdout
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_opens_but_cannot_be_read_is_listed() {
    // Address 0 of no process is mapped, so reading its memory from the start fails for root too.
    let desk = Desk::new();
    desk.write("good.txt", GOOD);
    let summary = desk.index(&["/proc/self/mem", "good.txt"]);
    assert_eq!(summary.counts, [1, 0, 0, 0]);
    let (name, record, reason) = &summary.skipped[0];
    assert_eq!((name.as_str(), record), ("mem", &None));
    assert!(reason.starts_with("cannot be read: "), "{reason}");
}

#[test]
fn a_path_that_is_not_there_is_an_error() {
    let desk = Desk::new();
    desk.dateline(&["index", "missing"]).fails(2, "missing");
    desk.dateline(&["search", "x", "--in", "missing"])
        .fails(2, "missing");
}

#[test]
fn a_folder_without_articles_finds_nothing() {
    let desk = Desk::new();
    fs::create_dir(desk.path("news")).expect("a folder");
    assert_eq!(desk.dateline(&["index", "news"]).status, 1);
    assert_eq!(desk.dateline(&["search"]).status, 1);
    assert_eq!(desk.dateline(&["stats"]).status, 1);
}

#[test]
fn a_badly_written_query_is_read_as_well_as_can_be() {
    let desk = &sample().desk;
    let opening = "(".repeat(2_000) + "ferry";
    let closing = "ferry".to_owned() + &")".repeat(2_000);
    let both = "(".repeat(2_000) + "ferry" + &")".repeat(2_000);
    let nots = "NOT ".repeat(2_000) + "ferry";
    let long = "ferry ".repeat(10_000);
    let queries = [
        "\"open quote",
        "ferry AND",
        "OR",
        "NOT",
        "()",
        "title:",
        "person:\"",
        ":",
        "\"\"",
        "*",
        "ferry )",
        "\u{0}",
        "🦀",
        &opening,
        &closing,
        &both,
        &nots,
        &long,
    ];
    for query in queries {
        // A NUL cannot stand in an argument; no shell could pass it either.
        let query = query.replace('\u{0}', "\u{1}");
        let run = desk.dateline(&["search", "--json", "--", &query]);
        let start: String = query.chars().take(20).collect();
        assert!(
            [0, 1].contains(&run.status),
            "`{start}`: {} {}",
            run.status,
            run.stderr
        );
        assert!(run.json()["total"].is_u64());
    }
    let run = desk.dateline(&["search", "--json", "\"bac ferry"]);
    assert!(run.stderr.starts_with("note: "), "{}", run.stderr);
}

#[test]
fn limits_from_none_to_a_billion() {
    let desk = &sample().desk;
    let none = desk.search(&["ferry", "--limit", "0"]);
    assert_eq!(none["hits"].as_array().map(Vec::len), Some(0));
    assert!(none["total"].as_u64() > Some(0));
    desk.dateline(&["search", "--limit", "1000000000"])
        .fails(2, "10000");
    desk.dateline(&["search", "--limit", "1000000000000000000000"])
        .fails(2, "--limit");
    desk.dateline(&["search", "--limit=-1"]).fails(2, "--limit");
    let beyond = desk.search(&["ferry", "--offset", "1000000000"]);
    assert_eq!(beyond["hits"].as_array().map(Vec::len), Some(0));
    assert_eq!(beyond["total"], none["total"]);
}

#[test]
fn names_and_dates_that_nobody_knows_are_errors_with_advice() {
    let desk = &sample().desk;
    desk.dateline(&["search", "--country", "Colomba"])
        .fails(2, "Colombia");
    desk.dateline(&["search", "--country", "Atlantis"])
        .fails(2, "Atlantis");
    desk.dateline(&["search", "--since", "yesterday"])
        .fails(2, "2026-02-03");
    desk.dateline(&["search", "--until", "2026-13-01"])
        .fails(2, "2026-13-01");
    desk.dateline(&["search", "--facet", "colour"])
        .fails(2, "person, country");
    desk.dateline(&["search", "--facet", "person=many"])
        .fails(2, "many");
    desk.dateline(&["show", "abc"])
        .fails(2, "`abc` is too short");
    desk.dateline(&["show", "xyz"]).fails(1, "`xyz`");
    desk.dateline(&["show", "00000000"]).fails(1, "00000000");
}

#[test]
fn a_person_nobody_names_is_nothing_found() {
    let run = sample()
        .desk
        .dateline(&["search", "--person", "Zaphod Beeblebrox"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("Zaphod Beeblebrox"), "{}", run.stderr);
}

#[test]
fn a_directory_that_holds_no_index_is_told_apart() {
    let desk = Desk::new();
    desk.write("news/good.txt", GOOD);
    for command in [
        &["search", "x"][..],
        &["facets", "person"],
        &["show", "abcd"],
        &["stats"],
        &["verify"],
        &["remove", "abcd"],
    ] {
        desk.dateline(command)
            .fails(2, "there is no index in index: build one with");
    }
    desk.write("photos/cat.png", "no index");
    desk.dateline(&["index", "news", "--index", "photos"])
        .fails(2, "photos holds other files");
    assert_eq!(
        fs::read_dir(desk.path("photos")).expect("a folder").count(),
        1
    );
    desk.write("file", "no directory");
    desk.dateline(&["index", "news", "--index", "file"])
        .fails(2, "file");
}

#[test]
fn an_index_of_another_format_version_is_refused() {
    let desk = Desk::with_corpus();
    let meta = desk.path("index/meta.json");
    let current = format!("dateline_format_{}", dateline_corpus::FORMAT_VERSION);
    let content = fs::read_to_string(&meta).expect("it is read");
    assert!(content.contains(&current));
    fs::write(&meta, content.replace(&current, "dateline_format_0")).expect("it is written");
    for command in [&["search", "ferry"][..], &["index", "news"], &["verify"]] {
        desk.dateline(command).fails(2, "has format version 0");
    }
    fs::write(&meta, content.replace("dateline_format_", "other_format_")).expect("it is written");
    desk.dateline(&["search", "ferry"])
        .fails(2, "was not made by Dateline");
    fs::write(&meta, "{").expect("it is written");
    desk.dateline(&["search", "ferry"]).fails(2, "is damaged");
}

#[test]
fn a_query_that_is_in_doubt_removes_nothing() {
    let desk = Desk::with_corpus();
    for query in [
        "",
        "person:",
        "\"\"",
        "NOT",
        "()",
        "sourc:wire",
        "person:nobodyatall",
    ] {
        desk.dateline(&["remove", "--query", query])
            .fails(2, "nothing was removed");
    }
    assert_eq!(desk.search(&["--limit", "0"])["total"], 44);
}

#[test]
fn a_truncated_index_is_an_error_with_advice_whatever_file_it_is() {
    let desk = Desk::with_corpus();
    let files = std::fs::read_dir(desk.path("index")).expect("the index");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind != "lock"));
    files.sort();
    assert!(files.len() >= 6, "{files:?}");
    let commands = [
        &["search", "sanctions", "--csv"][..],
        &["facets", "person"],
        &["verify"],
    ];
    let answers = commands.map(|command| desk.dateline(command).stdout);
    for file in files {
        let whole = std::fs::read(&file).expect("a file of the index");
        std::fs::write(&file, &whole[..whole.len() / 2]).expect("it is truncated");
        let mut failed = 0;
        for (command, answer) in commands.iter().zip(&answers) {
            let run = desk.dateline(command);
            if run.status == 2 {
                let advice = ["build it anew", "dateline verify", "damaged"];
                let told = format!("{}{}", run.stdout, run.stderr);
                assert!(
                    advice.iter().any(|it| told.contains(it)),
                    "{command:?}: {run:?}"
                );
                failed += 1;
            } else {
                // What was cut off was not needed for the answer.
                assert_eq!(
                    (run.status, &run.stdout),
                    (0, answer),
                    "{command:?}: {run:?}"
                );
            }
        }
        assert!(failed > 0, "nobody noticed {}", file.display());
        std::fs::write(&file, &whole).expect("it is mended");
    }
}
