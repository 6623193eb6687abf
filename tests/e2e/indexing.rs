//! Bringing an index up to date: what counts as added, updated, unchanged and removed.

use std::fs;
use std::io::Write;

use serde_json::Value;

use crate::support::{Desk, text};

const TWO_LINES: &str = r#"{"title": "Lima votes", "body": "Peru holds an election.", "id": "a"}
{"title": "Quito waits", "body": "Ecuador counts its votes.", "id": "b"}
"#;

#[test]
fn a_second_run_changes_nothing() {
    let desk = Desk::with_corpus();
    desk.index(&["news"]).is([0, 0, 44, 0]);
}

#[test]
fn an_edited_file_is_updated_and_found_by_its_new_words_only() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", TWO_LINES);
    desk.index(&["news"]).is([2, 0, 0, 0]);
    desk.write("news/a.jsonl", TWO_LINES.replace("election", "plebiscite"));
    desk.index(&["news"]).is([0, 1, 1, 0]);
    assert_eq!(desk.titles(&["plebiscite"]), ["Lima votes"]);
    assert!(desk.titles(&["election"]).is_empty());
    assert_eq!(desk.titles(&["--sort", "newest"]).len(), 2);
}

#[test]
fn options_for_reading_apply_to_files_that_were_read_without_them() {
    let desk = Desk::new();
    desk.write(
        "news/a.txt",
        "Published 02/04/2026\nLima votes on a new law.\n",
    );
    let published = |desk: &Desk| text(&desk.search(&[])["hits"][0]["published"]);
    desk.index(&["news"]).is([1, 0, 0, 0]);
    assert_eq!(published(&desk), "2026");
    desk.index(&["news", "--date-order", "dmy"])
        .is([0, 1, 0, 0]);
    assert_eq!(published(&desk), "2026-04-02");
    desk.index(&["news", "--date-order", "dmy"])
        .is([0, 0, 1, 0]);
    desk.index(&["news"]).is([0, 0, 1, 0]);
    assert_eq!(published(&desk), "2026-04-02");
}

#[test]
fn a_file_that_was_only_touched_is_unchanged() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", TWO_LINES);
    desk.index(&["news"]);
    let file = fs::File::options()
        .append(true)
        .open(desk.path("news/a.jsonl"))
        .expect("a file");
    file.set_modified(std::time::UNIX_EPOCH)
        .expect("its time is set");
    desk.index(&["news"]).is([0, 0, 2, 0]);
}

#[test]
fn a_record_that_left_its_file_leaves_the_index() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", TWO_LINES);
    desk.index(&["news"]);
    desk.write("news/a.jsonl", TWO_LINES.lines().next().expect("a line"));
    desk.index(&["news"]).is([0, 0, 1, 1]);
    assert_eq!(desk.titles(&[]), ["Lima votes"]);
}

#[test]
fn a_file_that_vanished_is_removed_with_prune_only() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", TWO_LINES);
    desk.write(
        "news/b.txt",
        "A headline\n\nA body that says something about Chile.\n",
    );
    desk.index(&["news"]).is([3, 0, 0, 0]);
    fs::remove_file(desk.path("news/a.jsonl")).expect("it is removed");
    desk.index(&["news"]).is([0, 0, 1, 0]);
    assert_eq!(desk.titles(&["Peru"]), ["Lima votes"]);
    desk.index(&["news", "--prune"]).is([0, 0, 1, 2]);
    assert!(desk.titles(&["Peru"]).is_empty());
    assert_eq!(desk.titles(&["Chile"]), ["A headline"]);
}

#[test]
fn prune_leaves_other_folders_alone() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", TWO_LINES);
    desk.write(
        "other/b.txt",
        "A headline\n\nA body that says something about Chile.\n",
    );
    desk.index(&["news"]);
    desk.index(&["other", "--prune"]).is([1, 0, 0, 0]);
    assert_eq!(desk.search(&[])["total"], 3);
}

#[test]
fn a_removed_article_stays_away_until_its_file_changes() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", TWO_LINES);
    desk.index(&["news"]);
    desk.dateline(&["remove", "--query", "Peru"]).succeeds();
    desk.index(&["news"]);
    assert!(desk.titles(&["Peru"]).is_empty());
    desk.write(
        "news/a.jsonl",
        TWO_LINES.replace("Quito waits", "Quito waits on"),
    );
    desk.index(&["news"]);
    assert_eq!(desk.titles(&["Peru"]), ["Lima votes"]);
}

#[test]
fn standard_input_is_read_as_records() {
    let desk = Desk::new();
    let run = desk.pipe(&["index", "-", "--json"], TWO_LINES.as_bytes());
    assert_eq!(run.json()["added"], 2);
    let run = desk.pipe(&["index", "-", "--json"], TWO_LINES.as_bytes());
    assert_eq!(run.json()["unchanged"], 2);
    assert_eq!(text(&desk.search(&["Peru"])["hits"][0]["path"]), "-");
}

#[test]
fn in_brings_the_index_up_to_date_and_says_so_once() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", TWO_LINES);
    let search = ["search", "votes", "--in", "news", "--limit", "0"];
    let run = desk.dateline(&search);
    assert_eq!((run.status, run.stderr.as_str()), (0, "index: 2 added\n"));
    desk.dateline(&search).succeeds();
    fs::remove_file(desk.path("news/a.jsonl")).expect("it is removed");
    let run = desk.dateline(&search);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.starts_with("index: 0 added, 2 removed\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn options_fill_in_what_articles_do_not_say() {
    let desk = Desk::new();
    desk.write(
        "news/a.txt",
        "Published 02/04/2026 11:20\n\nThe mayor of Lima opened a bridge.\n",
    );
    desk.index(&[
        "news",
        "--source",
        "The Daily Planet",
        "--date-order",
        "dmy",
    ])
    .is([1, 0, 0, 0]);
    let found = desk.search(&["bridge"]);
    let hit = &found["hits"][0];
    assert_eq!(hit["source"], "The Daily Planet");
    assert!(text(&hit["published"]).starts_with("2026-04-02"), "{hit}");
}

#[test]
fn a_dry_run_prints_what_a_run_indexes_and_touches_no_index() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", TWO_LINES);
    desk.write(
        "news/b.txt",
        "LIMA, Feb 3 2026 (Reuters) - Peru votes on Sunday, officials said.\n",
    );
    desk.write("news/empty.txt", "");
    let run = desk.dateline(&["index", "news", "--dry-run", "--skipped", "skips.jsonl"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stderr
            .ends_with("news/empty.txt: the article has no text\n"),
        "{}",
        run.stderr
    );
    assert!(!desk.path("index").exists());
    assert_eq!(skip_list(&desk, "skips.jsonl").len(), 1);
    let read = desk.dateline(&["read", "news"]);
    assert_eq!(read.stdout, run.stdout);
    desk.index(&["news"]);
    let lines = run.stdout.lines();
    let printed = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    for printed in printed {
        let shown = desk
            .dateline(&["show", &text(&printed["id"]), "--json"])
            .json();
        for (field, value) in printed.as_object().expect("an object") {
            // Only the index knows what language an article is in that does not say so.
            if field != "language" {
                assert_eq!(&shown[field], value, "{field}");
            }
        }
    }
    assert_eq!(run.stdout.lines().count(), 3);
}

#[test]
fn a_format_can_be_named_where_nothing_shows_it() {
    let desk = Desk::new();
    let table = "headline|story\nLima votes|Peru holds an election.\n";
    let mail = "Subject: Lima votes\n\nPeru holds its election.\n";
    for (format, input) in [("csv", table), ("eml", mail), ("text", mail)] {
        let run = desk.pipe(
            &["index", "-", "--format", format, "--json"],
            input.as_bytes(),
        );
        assert_eq!(run.json()["added"], 1, "{format}");
        let run = desk.pipe(&["read", "-", "--format", format], input.as_bytes());
        let title = text(&run.json()["title"]);
        assert_eq!(title == "Lima votes", format != "text", "{format}: {title}");
    }
    desk.write("news/a", mail.replace("Peru", "Ecuador"));
    let search = ["Ecuador", "--in", "news", "--format", "eml"];
    assert_eq!(desk.titles(&search), ["Lima votes"]);
    desk.dateline(&["index", "news", "--format", "docx"])
        .fails(2, "possible values: text, markdown");
}

#[test]
fn the_time_of_a_file_is_a_date_only_where_that_is_asked_and_nothing_else_is() {
    let desk = Desk::new();
    desk.write("news/a.txt", "A headline\n\nPeru holds an election.\n");
    desk.write(
        "news/b.txt",
        "Published 2026-02-03\n\nPeru holds another one.\n",
    );
    for file in ["news/a.txt", "news/b.txt"] {
        let file = fs::File::options().append(true).open(desk.path(file));
        file.expect("a file")
            .set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000))
            .expect("its time is set");
    }
    let dates = |desk: &Desk| -> Vec<Value> {
        let found = desk.search(&["Peru", "--sort", "newest"]);
        let hits = found["hits"].as_array().expect("hits").iter();
        hits.map(|hit| hit["published"].clone()).collect()
    };
    desk.index(&["news"]);
    assert_eq!(dates(&desk), [Value::from("2026-02-03"), Value::Null]);
    desk.index(&["news", "--date-from-mtime"]).is([0, 1, 1, 0]);
    assert_eq!(dates(&desk), ["2026-02-03", "2001-09-09T01:46:40Z"]);
}

#[test]
fn hours_are_counted_back_from_when_a_record_was_fetched() {
    let desk = Desk::new();
    let record = |time: &str| {
        format!(r#"{{"title": "Lima votes", "body": "Peru.", "date": "2 hours ago"{time}}}"#)
    };
    for (time, published) in [
        (
            r#", "crawled_at": "2026-02-03T11:20:00Z""#,
            Value::from("2026-02-03"),
        ),
        (r#", "date_crawled": 1770117600"#, Value::from("2026-02-03")),
        (r#", "fetched": "2026-02-03""#, Value::Null),
        ("", Value::Null),
    ] {
        let run = desk.pipe(&["read", "-"], record(time).as_bytes());
        assert_eq!(run.json()["published"], published, "{time}");
    }
}

#[test]
fn every_skip_is_listed_in_the_file_that_skipped_names() {
    let desk = Desk::new();
    let lines = format!("{TWO_LINES}{{\n[]\n");
    desk.write("news/a.jsonl", lines);
    desk.write("news/.hidden.txt", "A headline\n\nPeru.\n");
    desk.write("skips.jsonl", "what was there before\n".repeat(1_000));
    let names = |desk: &Desk| -> Vec<(String, Option<u64>)> {
        let skips = skip_list(desk, "skips.jsonl").into_iter();
        skips
            .map(|skip| {
                assert!(!text(&skip["reason"]).is_empty());
                let path = text(&skip["path"]);
                let name = path.rsplit('/').next().unwrap_or_default();
                (name.to_owned(), skip["record"].as_u64())
            })
            .collect()
    };
    let expected = [
        (".hidden.txt".to_owned(), None),
        ("a.jsonl".to_owned(), Some(3)),
        ("a.jsonl".to_owned(), Some(4)),
    ];
    for _ in 0..2 {
        let summary = desk.index(&["news", "--skipped", "skips.jsonl"]);
        assert_eq!(names(&desk), expected);
        assert_eq!(summary.skipped.len(), 3);
    }
    desk.dateline(&["index", "news", "--skipped", "missing/skips.jsonl"])
        .fails(2, "cannot write the list of skips missing/skips.jsonl");
}

/// The lines of a file that `--skipped` wrote.
fn skip_list(desk: &Desk, path: &str) -> Vec<Value> {
    let text = fs::read_to_string(desk.path(path)).expect("a list");
    let skips = text.lines().map(serde_json::from_str);
    skips.collect::<Result<_, _>>().expect("JSON Lines")
}

/// The first writer has taken the index when it reads its input, and it reads when it has
/// swallowed more than the pipe and its buffers can hold; it goes on until the pipe is closed.
#[test]
fn a_second_writer_is_turned_away() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", TWO_LINES);
    desk.index(&["news"]);
    let mut first = desk.start(&["index", "-"]);
    let mut input = first.stdin.take().expect("a pipe");
    for number in 0..2_000 {
        let body = "Chile is long. ".repeat(100);
        let line = format!(r#"{{"title": "Report {number}", "body": "{body}", "id": {number}}}"#);
        writeln!(input, "{line}").expect("the first writer reads");
    }
    desk.dateline(&["index", "news"])
        .fails(75, "another process is writing to the index");
    desk.dateline(&["remove", "--query", "Peru"])
        .fails(75, "another process is writing");
    assert_eq!(
        desk.titles(&["Peru"]),
        ["Lima votes"],
        "a search does not mind"
    );
    drop(input);
    assert!(first.wait().expect("it ends").success());
    assert_eq!(desk.search(&["Chile"])["total"], 2_000);
}
