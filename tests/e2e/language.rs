//! The query language from the command line: its page, how a query is read, faults, dates counted
//! from today, and a filter for every field.

use std::collections::BTreeSet;

use crate::support::{Desk, sample};

fn found(arguments: &[&str]) -> BTreeSet<String> {
    let found = sample().found(&[&["--limit", "100"], arguments].concat());
    found.into_iter().collect()
}

#[test]
fn help_shows_the_query_language_and_every_command() {
    let desk = Desk::new();
    let page = desk.dateline(&["help", "syntax"]).succeeds().stdout;
    assert!(page.starts_with("# The query language\n"), "{page}");
    for operator in ["NEAR/", "atleast", "--regex", "since:"] {
        assert!(page.contains(operator), "no {operator} in\n{page}");
    }
    for command in [&[][..], &["search"], &["entity", "merge"]] {
        let help = desk.dateline(&[&["help"], command].concat()).succeeds();
        let asked = desk.dateline(&[command, &["--help"]].concat()).succeeds();
        assert_eq!(help.stdout, asked.stdout);
    }
    desk.dateline(&["help", "fly"])
        .fails(2, "there is no command `fly`");
}

#[test]
fn a_query_is_explained_as_a_tree_without_an_index() {
    let desk = Desk::new();
    let query = "(sanction* OR embargo) NEAR/10 petro NOT country:CO";
    let run = desk
        .dateline(&["search", "--explain-query", query])
        .succeeds();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "all of:", "{}", run.stdout);
    for part in [
        "  at most 10 words apart, in any order:",
        "    one of:",
        "  not:",
    ] {
        assert!(lines.contains(&part), "no `{part}` in\n{}", run.stdout);
    }
}

#[test]
fn a_strict_search_refuses_what_others_make_the_best_of() {
    let desk = &sample().desk;
    for query in [
        "(sanctions",
        "colour:red sanctions",
        "country:Atlantis sanctions",
    ] {
        let run = desk.dateline(&["search", query]);
        assert!(run.stderr.contains('^'), "{}", run.stderr);
        for command in ["search", "timeline"] {
            let strict = desk.dateline(&[command, "--strict", query]);
            strict.fails(2, "something is wrong with the query");
            assert!(strict.stderr.contains('^'), "{}", strict.stderr);
        }
    }
    desk.dateline(&["facets", "person", "--strict", "(oil"])
        .fails(2, "--strict");
    desk.dateline(&["related", "Colombia", "--strict", "--query", "(oil"])
        .fails(2, "--strict");
    desk.dateline(&["search", "--explain-query", "--strict", "(oil"])
        .fails(2, "--strict");
    desk.dateline(&["search", "--strict", "sanctions"])
        .succeeds();
}

#[test]
fn days_are_counted_back_from_the_day_that_is_called_today() {
    let by_days = found(&["--today", "2026-02-10", "since:9d", "--until", "2026-02-10"]);
    let by_dates = found(&["--since", "2026-02-01", "--until", "2026-02-10"]);
    assert!(by_dates.len() >= 3, "{by_dates:?}");
    assert_eq!(by_days, by_dates);
    assert_eq!(
        found(&[
            "--today",
            "2026-02-10",
            "--since",
            "9d",
            "--until",
            "2026-02-10"
        ]),
        by_dates
    );
    // Without it the clock says what day it is: of the sample, everything is of this century.
    assert_eq!(found(&["since:100y"]), found(&["has:date"]));
    sample()
        .desk
        .dateline(&["search", "--today", "soon"])
        .fails(2, "`soon` is no date");
}

#[test]
fn regular_expressions_count_behind_their_switch_only() {
    let with = found(&["--regex", "/ferr(y|ies)/"]);
    assert!(
        !with.is_empty() && with.is_subset(&found(&["ferr*"])),
        "{with:?}"
    );
    let run = sample().desk.dateline(&["search", "/ferr(y|ies)/"]);
    assert!(run.stderr.contains("regex"), "{}", run.stderr);
}

/// Every value of the field, as a filter, finds as many articles as its facet counts.
#[test]
fn there_is_a_filter_for_every_field_and_it_finds_what_the_facet_counts() {
    let desk = &sample().desk;
    for (field, option) in [
        ("person", "--person"),
        ("country", "--country"),
        ("continent", "--continent"),
        ("organisation", "--organisation"),
        ("place", "--place"),
        ("source", "--source"),
        ("source-country", "--source-country"),
        ("author", "--author"),
        ("agency", "--agency"),
        ("site", "--site"),
        ("section", "--section"),
        ("language", "--language"),
        ("about", "--about"),
        ("about-person", "--about"),
    ] {
        let counted = desk.dateline(&["facets", field, "--limit", "3", "--json"]);
        let counted = &counted.json()["facets"][field.replace('-', "_")];
        for value in counted.as_array().expect("a list") {
            let name = value["value"].as_str().expect("a value");
            let total = &desk.search(&[option, name])["total"];
            assert_eq!(total, &value["count"], "{option} {name}");
        }
        let first = counted[0]["value"].as_str();
        assert!(first.is_some(), "no {field} in the sample corpus");
    }
}

#[test]
fn what_must_not_be_there_is_left_out() {
    let all = found(&[]);
    for (with, without) in [
        (
            ["--person", "Renzo Cattaruzza"],
            ["--not-person", "Renzo Cattaruzza"],
        ),
        (["--country", "Colombia"], ["--not-country", "Kolumbien"]),
    ] {
        let (with, without) = (found(&with), found(&without));
        assert!(!with.is_empty() && with.is_disjoint(&without));
        assert_eq!(with.union(&without).cloned().collect::<BTreeSet<_>>(), all);
    }
    let facet = sample()
        .desk
        .dateline(&["facets", "organisation", "--limit", "1", "--json"])
        .json();
    let name = facet["facets"]["organisation"][0]["value"]
        .as_str()
        .expect("a name");
    let (with, without) = (
        found(&["--organisation", name]),
        found(&["--not-organisation", name]),
    );
    assert!(!with.is_empty() && with.is_disjoint(&without));
    assert_eq!(with.len() + without.len(), all.len());
}
