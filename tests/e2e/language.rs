//! The query language from the command line: its page, how a query is read, faults, dates counted
//! from today, and a filter for every field.

use std::collections::BTreeSet;

use crate::support::{Desk, sample, text};

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
fn every_example_of_the_page_is_answered() {
    let desk = &sample().desk;
    let page = desk.dateline(&["help", "syntax"]).succeeds().stdout;
    let blocks = page.split("```query\n").skip(1);
    let examples: Vec<&str> = blocks
        .flat_map(|block| block.split("```").next().unwrap_or_default().lines())
        .collect();
    assert!(examples.len() > 60, "{examples:?}");
    for query in examples {
        let asked = [
            "--regex",
            "--today",
            "2026-06-30",
            "--limit",
            "1",
            "--",
            query,
        ];
        let run = desk.dateline(&[&["search", "--json"], &asked[..]].concat());
        assert!(run.status < 2, "{query}: {}", run.stderr);
        // Only what the sample corpus lacks, or has several of, is told.
        let found = run.json();
        for fault in found["diagnostics"].as_array().into_iter().flatten() {
            let problem = text(&fault["problem"]);
            let of_corpus = [
                "the index has no ",
                "no article has ",
                "no headline ",
                " names ",
            ];
            let is_of_corpus = of_corpus.iter().any(|part| problem.contains(part));
            assert!(is_of_corpus, "{query}: {problem}");
        }
    }
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
            strict.fails(2, "something is wrong with the search");
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
fn how_many_words_must_be_there_is_a_choice() {
    let desk = &sample().desk;
    // No article has them all.
    let query = "border surcharge court ferry";
    let total = |more: &[&str]| total(&[more, &[query]].concat());
    assert_eq!(total(&["--all-words"]), 0);
    let most = total(&["--most-words"]);
    assert!(most > 0);
    assert_eq!(total(&[]), most);
    let run = desk.dateline(&["search", query]);
    assert!(
        run.stderr.contains("no article has all of these 4 words"),
        "{}",
        run.stderr
    );
    desk.dateline(&["search", "--all-words", query])
        .fails(1, "no article matches");
    desk.dateline(&["search", "--strict", query])
        .fails(1, "no article matches");
    assert_eq!(
        found(&["border AND surcharge AND court AND ferry"]).len(),
        0
    );
    desk.dateline(&["search", "--most-words", "--all-words", query])
        .fails(2, "cannot be used with");
    // Where articles have them all, most words find those and more.
    let (all, most) = (
        found(&["--all-words", "border surcharge trucks"]),
        found(&["--most-words", "border surcharge trucks"]),
    );
    assert!(!all.is_empty() && all.is_subset(&most) && all.len() < most.len());
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

/// Each field with its option and its name in queries.
const FIELDS: [(&str, &str, &str); 14] = [
    ("person", "person", "person"),
    ("country", "country", "country"),
    ("continent", "continent", "continent"),
    ("organisation", "organisation", "org"),
    ("place", "place", "place"),
    ("source", "source", "source"),
    ("source-country", "source-country", "source-country"),
    ("author", "author", "author"),
    ("agency", "agency", "agency"),
    ("site", "site", "site"),
    ("section", "section", "section"),
    ("language", "language", "lang"),
    ("about", "about", "about-country"),
    ("about-person", "about", "about-person"),
];

/// The most frequent values of a field, with their counts.
fn values(field: &str) -> Vec<(String, u64)> {
    let run = sample()
        .desk
        .dateline(&["facets", field, "--limit", "3", "--json"]);
    let counted = &run.json()["facets"][field.replace('-', "_")];
    let counted = counted.as_array().expect("a list").iter();
    let values: Vec<_> = counted
        .map(|value| {
            (
                text(&value["value"]),
                value["count"].as_u64().expect("a count"),
            )
        })
        .collect();
    assert!(!values.is_empty(), "no {field} in the sample corpus");
    values
}

fn total(arguments: &[&str]) -> u64 {
    let found = sample()
        .desk
        .search(&[&["--limit", "0"], arguments].concat());
    found["total"].as_u64().expect("a total")
}

/// Every value of a field, as a filter and in a query, finds as many articles as its facet counts.
#[test]
fn there_is_a_filter_and_a_query_for_every_field_and_they_find_what_the_facet_counts() {
    let all = total(&[]);
    for (field, option, name) in FIELDS {
        for (value, count) in values(field) {
            assert_eq!(
                total(&[&format!("--{option}"), &value]),
                count,
                "--{option} {value}"
            );
            let query = format!("{name}:=\"{value}\"");
            assert_eq!(total(&[&query]), count, "{query}");
            assert_eq!(total(&[&format!("--not-{option}"), &value]), all - count);
            assert_eq!(
                total(&["--", &format!("-{query}")]),
                all - count,
                "-{query}"
            );
        }
        let with = total(&[&format!("has:{name}")]);
        assert!(with > 0, "has:{name}");
        assert_eq!(total(&[&format!("no:{name}")]), all - with, "no:{name}");
    }
    for name in ["about", "url", "id", "date"] {
        let with = total(&[&format!("has:{name}")]);
        assert!(with > 0, "has:{name}");
        assert_eq!(total(&[&format!("no:{name}")]), all - with, "no:{name}");
    }
}

/// All of, any of and none of the values of a field: by options and in a query.
#[test]
fn a_query_can_say_what_the_filters_say() {
    for (field, option, name) in FIELDS {
        let values = values(field);
        let [(first, _), .., (last, _)] = values.as_slice() else {
            continue;
        };
        let [with, without] = ["", "not-"].map(|prefix| format!("--{prefix}{option}"));
        let (with, without) = (with.as_str(), without.as_str());
        let one_of = format!("--any-{option}");
        for any in [
            &[with, first.as_str(), with, last, "--any", field][..],
            &[&one_of, first, &one_of, last],
        ] {
            assert_eq!(
                found(any),
                found(&[&format!("{name}:(=\"{first}\" OR =\"{last}\")")]),
                "any {field}"
            );
        }
        let none = [without, first.as_str(), without, last];
        assert_eq!(
            found(&none),
            found(&["--", &format!("-{name}:(=\"{first}\" OR =\"{last}\")")]),
            "no {field}"
        );
        let all = [with, first.as_str(), with, last];
        let joined = match [
            "source",
            "source-country",
            "agency",
            "site",
            "section",
            "language",
        ]
        .contains(&field)
        {
            // An article has one of these at most.
            true => "OR",
            false => "AND",
        };
        assert_eq!(
            found(&all),
            found(&[&format!("{name}:(=\"{first}\" {joined} =\"{last}\")")]),
            "all {field}"
        );
    }
}

#[test]
fn words_may_begin_with_a_hyphen() {
    let expected = found(&["sanctions NOT surcharge NOT country:FR"]);
    assert!(!expected.is_empty());
    assert_eq!(found(&["sanctions", "-surcharge", "-country:FR"]), expected);
    assert_eq!(found(&["-country:FR", "-surcharge", "sanctions"]), expected);
    let one = sample().found(&["sanctions", "-surcharge", "-n1"]);
    assert_eq!(one.len(), 1);
    let json = sample().desk.search(&["sanctions", "-surcharge"]);
    assert_eq!(json["query"], "sanctions -surcharge");
}

#[test]
fn names_that_nobody_knows_are_told_with_those_that_are_alike() {
    let desk = &sample().desk;
    for (arguments, suggested) in [
        (&["--person", "Renzo Catarusa"][..], "`Renzo Cattaruzza`"),
        (&["person:\"Renzo Catarusa\""], "`Renzo Cattaruzza`"),
        (&["--not-person", "Renzo Catarusa"], "`Renzo Cattaruzza`"),
        (&["--source", "Le Flueve"], "`Le Fleuve`"),
        (&["source:\"Le Flueve\""], "`Le Fleuve`"),
        (&["country:Colomba"], "Colombia"),
        (&["country:Atlantis"], "write an ISO 3166 code"),
        (&["sanctoins"], "`sanctions`"),
        (&["date:2026-03..2026-01"], "date:2026-01..2026-03"),
        (&["date:2026-02-30"], "the calendar has no `2026-02-30`"),
        (
            &["--since", "2026-03", "--until", "2026-01"],
            "the first day is after the last",
        ),
    ] {
        let run = desk.dateline(&[&["search", "--json"], arguments].concat());
        assert!(run.status < 2, "{arguments:?}: {}", run.stderr);
        assert!(
            run.stderr.contains(suggested),
            "{arguments:?}: {}",
            run.stderr
        );
        for command in ["search", "timeline"] {
            desk.dateline(&[&[command, "--strict"], arguments].concat())
                .fails(2, suggested);
        }
    }
    for (arguments, suggested) in [
        (["--country", "Colomba"], "Colombia"),
        (["--country", "Atlantis"], "ISO 3166"),
        (["--since", "2026-02-30"], "2026-02-30"),
    ] {
        desk.dateline(&[&["search"], &arguments[..]].concat())
            .fails(2, suggested);
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
}
