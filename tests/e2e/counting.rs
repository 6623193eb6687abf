//! What counts articles instead of showing them: facets by page and name, relations, timelines.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{sample, text, texts};

/// The labels of a facet in JSON.
fn labels(values: &Value) -> Vec<String> {
    let values = values.as_array().expect("a list");
    values.iter().map(|value| text(&value["label"])).collect()
}

fn facets(arguments: &[&str]) -> Value {
    let desk = &sample().desk;
    desk.dateline(&[&["facets", "--json"], arguments].concat())
        .json()
}

fn sum(histogram: &Value) -> u64 {
    let periods = histogram["periods"].as_array().expect("periods");
    let counts = periods
        .iter()
        .chain([&histogram["coarse"], &histogram["undated"]]);
    let number = |count: &Value| count.as_u64().or_else(|| count["count"].as_u64());
    counts.map(|count| number(count).expect("a count")).sum()
}

#[test]
fn pages_of_a_facet_join_to_the_whole() {
    for sort in ["count", "name"] {
        let all = labels(&facets(&["country", "--sort", sort])["facets"]["country"]);
        let mut paged = Vec::new();
        for offset in (0..all.len()).step_by(7) {
            let offset = offset.to_string();
            let page = facets(&[
                "country", "--sort", sort, "--limit", "7", "--offset", &offset,
            ]);
            assert_eq!(page["facet_values"]["country"], all.len());
            paged.extend(labels(&page["facets"]["country"]));
        }
        assert_eq!(paged, all, "by {sort}");
        assert_eq!(all.is_sorted(), sort == "name", "{all:?}");
    }
}

#[test]
fn values_are_found_by_a_part_of_any_of_their_names() {
    let desk = &sample().desk;
    let found = labels(&facets(&["country", "--match", "kolumb"])["facets"]["country"]);
    assert_eq!(found, ["Colombia"]);
    let found = labels(&facets(&["person", "--match", "CATTAR"])["facets"]["person"]);
    assert_eq!(found, ["Renzo Cattaruzza", "Silvia Cattaruzza"]);
    let run = desk.dateline(&["facets", "person", "--match", "zyxw"]);
    run.fails(1, "none has a person called `zyxw`");
    let run = desk.dateline(&["facets", "country", "--offset", "1000"]);
    run.fails(1, "no country is left after this offset");
    let run = desk.dateline(&["facets", "country", "--limit", "0"]);
    run.fails(1, "no country was asked for");
}

/// The countries of each sample article.
fn countries() -> Vec<BTreeSet<String>> {
    let entities = |article: &Value| {
        let entities = article["entities"].as_array().expect("a list").clone();
        let countries = entities.into_iter();
        let countries = countries.filter(|entity| entity["kind"] == "country");
        countries.map(|entity| text(&entity["key"])).collect()
    };
    sample().articles.values().map(entities).collect()
}

/// All of, any of and none of the values of one field in one request: by options in any order, and
/// in a query. A field of which one value suffices is counted as if those were not selected.
#[test]
fn modes_of_one_field_hold_together_and_its_counts_are_those_of_a_scan() {
    let articles = countries();
    for (all, any, not) in [
        (&["CO"][..], &["EC", "PE"][..], &[][..]),
        (&["CO"], &["US", "EC"], &["FR"]),
        (&["CO", "US"], &["EC"], &[]),
        (&[], &["CD", "NE"], &["FR"]),
        (&["CO"], &["IS", "FJ"], &[]),
    ] {
        let has = |article: &&BTreeSet<String>, code: &&str| article.contains(*code);
        let wide = |article: &&BTreeSet<String>| {
            all.iter().all(|code| has(article, code)) && !not.iter().any(|code| has(article, code))
        };
        let wide: Vec<&BTreeSet<String>> = articles.iter().filter(wide).collect();
        let narrow = wide
            .iter()
            .filter(|one| any.iter().any(|code| has(one, code)));
        let total = narrow.count() as u64;

        let options = |name: &str, codes: &[&str]| -> Vec<String> {
            let codes = codes.iter().rev();
            codes
                .flat_map(|code| [name.to_owned(), (*code).to_owned()])
                .collect()
        };
        let asked = [
            options("--any-country", any),
            options("--not-country", not),
            options("--country", all),
        ];
        let asked = asked.concat();
        let mut asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        asked.extend(["--facet", "country=1000"]);
        let found = sample().desk.search(&asked);
        assert_eq!(found["total"], total, "{asked:?}");
        let counts = found["facets"]["country"].as_array().expect("a list");
        for count in counts {
            let code = text(&count["value"]);
            let having = wide
                .iter()
                .filter(|article| article.contains(&code))
                .count();
            assert_eq!(count["count"], having, "{code} of {asked:?}");
            let modes = [("all", all), ("any", any), ("not", not)];
            let mode = modes
                .iter()
                .find(|(_, codes)| codes.contains(&code.as_str()));
            assert_eq!(count["selected"].as_str(), mode.map(|(mode, _)| *mode));
        }
        let listed = counts.iter().map(|count| text(&count["value"]));
        let listed: BTreeSet<String> = listed.collect();
        let counted = wide.iter().flat_map(|article| article.iter().cloned());
        let selected = [all, any, not].concat().into_iter().map(str::to_owned);
        assert_eq!(listed, counted.chain(selected).collect(), "{asked:?}");

        let mut query = vec![format!("country:({})", any.join(" OR "))];
        query.extend(all.iter().map(|code| format!("country:{code}")));
        query.extend(not.iter().map(|code| format!("-country:{code}")));
        let found = sample().desk.search(&["--limit", "0", &query.join(" ")]);
        assert_eq!(found["total"], total, "{query:?}");
    }
}

#[test]
fn selected_values_are_marked_also_those_that_no_article_has() {
    let desk = &sample().desk;
    let line = |arguments: &[&str], label: &str| -> String {
        let run = desk.dateline(&[&["facets", "country", "--limit", "1"], arguments].concat());
        let mut lines = run.stdout.lines().filter(|line| line.ends_with(label));
        lines
            .next()
            .unwrap_or_else(|| panic!("no {label} in\n{}", run.stdout))
            .to_owned()
    };
    let marked = [
        "--country",
        "CO",
        "--any-country",
        "EC",
        "--any-country",
        "IS",
        "--not-country",
        "FR",
    ];
    for (label, begins, mark) in [
        ("Colombia", "", " ✓ "),
        ("Ecuador", "", " ✓ "),
        ("Iceland", " 0", " ✓ "),
        ("France", " 0", " ✗ "),
    ] {
        let line = line(&marked, label);
        assert!(line.starts_with(begins) && line.contains(mark), "{line}");
    }
    let unmarked = desk.dateline(&["facets", "country"]).succeeds().stdout;
    assert!(!unmarked.contains(['✓', '✗']), "{unmarked}");
    let tree = desk.dateline(&["facets", "continent", "--country", "CO"]);
    assert!(tree.stdout.contains(" ✓ Colombia\n"), "{}", tree.stdout);
    let shown = desk.dateline(&[
        "timeline",
        "--by",
        "country",
        "--limit",
        "1",
        "--any-country",
        "FR",
    ]);
    assert!(shown.stdout.contains("\n✓ France "), "{}", shown.stdout);
}

#[test]
fn every_answer_is_there_as_csv_with_the_rows_of_its_json() {
    let desk = &sample().desk;
    for (command, head, list) in [
        (
            &["search", "sanctions"][..],
            "id,title,published,source,",
            "/hits",
        ),
        (
            &["facets", "person"],
            "value,label,count,selected,",
            "/facets/person",
        ),
        (
            &["related", "Colombia", "--by", "person"],
            "field,value,label,together,",
            "/related/person",
        ),
        (
            &["timeline", "--by", "country"],
            "start,articles,",
            "/histogram/periods",
        ),
        (&["stats"], "figure,value", "/languages"),
    ] {
        let run = |format: &str| desk.dateline(&[command, &[format]].concat()).succeeds();
        let csv = run("--csv").stdout;
        assert!(csv.starts_with(head), "{csv}");
        let list = run("--json").json().pointer(list).cloned();
        let list = list
            .as_ref()
            .and_then(Value::as_array)
            .expect("a list")
            .len();
        // Articles of no period, figures that are no list.
        let others = match command[0] {
            "timeline" => 2,
            "stats" => run("--json").json().as_object().map_or(0, |all| all.len()) - 1,
            _ => 0,
        };
        assert!(list > 0);
        assert_eq!(csv.lines().count(), 1 + list + others, "{csv}");
        desk.dateline(&[command, &["--csv", "--json"]].concat())
            .fails(2, "cannot be used with");
    }
    let nothing = desk.dateline(&["search", "xylophone", "--csv"]);
    assert_eq!((nothing.status, nothing.stdout.lines().count()), (1, 1));
}

#[test]
fn continents_show_their_countries() {
    let run = sample().desk.dateline(&["facets", "continent"]).succeeds();
    let continents = facets(&["continent"]);
    let mut expected = Vec::new();
    for continent in continents["facets"]["continent"]
        .as_array()
        .expect("a list")
    {
        expected.push(text(&continent["label"]));
        expected.extend(labels(&continent["children"]));
    }
    let words = |line: &str| {
        line.trim_start_matches([' ', ',', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
            .to_owned()
    };
    let shown: Vec<String> = run.stdout.lines().map(words).collect();
    assert_eq!(shown, expected);
    let indented = run
        .stdout
        .lines()
        .any(|line| line.ends_with("  Colombia") && line.starts_with("    "));
    assert!(indented, "{}", run.stdout);
}

#[test]
fn periods_of_a_search_make_its_total() {
    let desk = &sample().desk;
    for (periods, interval) in [
        ("year", "year"),
        ("month", "month"),
        ("week", "week"),
        ("day", "day"),
    ] {
        let found = desk.search(&["sanctions", "--limit", "0", "--histogram", periods]);
        assert_eq!(found["histogram"]["interval"], interval);
        assert_eq!(
            sum(&found["histogram"]),
            found["total"].as_u64().expect("a total")
        );
    }
    let shown = desk.dateline(&[
        "search",
        "sanctions",
        "--limit",
        "0",
        "--histogram",
        "month",
    ]);
    assert!(shown.stdout.contains("\nPublished\n"), "{}", shown.stdout);
    assert!(shown.stdout.contains("\n2026-02 "), "{}", shown.stdout);
    assert!(shown.stdout.contains("█\n"), "{}", shown.stdout);
    assert!(desk.search(&["sanctions"])["histogram"].is_null());
}

#[test]
fn what_is_related_to_a_person_occurs_with_them_more_than_by_chance() {
    let desk = &sample().desk;
    let related = desk
        .dateline(&["related", "Renzo Cattaruzza", "--json"])
        .json();
    assert_eq!(texts(&related["values"]).len(), 1);
    assert_eq!(related["total"], 44);
    let of = |arguments: &[&str]| desk.search(arguments)["total"].clone();
    assert_eq!(related["count"], of(&["--person", "Renzo Cattaruzza"]));
    let mut seen = 0;
    for field in ["person", "country", "organisation"] {
        for value in related["related"][field].as_array().expect("a list") {
            assert!(
                value["together"].as_f64() > value["expected"].as_f64(),
                "{value}"
            );
            assert_ne!(value["label"], "Renzo Cattaruzza");
            seen += 1;
        }
    }
    assert!(seen >= 3, "{related}");
    let country = &related["related"]["country"][0];
    let both = [
        "--person",
        "Renzo Cattaruzza",
        "--country",
        country["value"].as_str().expect("a code"),
    ];
    assert_eq!(country["together"], of(&both));

    let run = desk.dateline(&["related", "Renzo Cattaruzza"]).succeeds();
    assert!(
        run.stdout.contains(&text(&country["label"])),
        "{}",
        run.stdout
    );
}

#[test]
fn relations_are_looked_for_in_what_a_query_finds_and_in_other_fields() {
    let desk = &sample().desk;
    let among = [
        "related",
        "Colombia",
        "--query",
        "sanctions",
        "--by",
        "source",
        "--limit",
        "2",
        "--json",
    ];
    let related = desk.dateline(&among).json();
    assert_eq!(texts(&related["values"]), ["CO"]);
    assert_eq!(related["total"], desk.search(&["sanctions"])["total"]);
    let fields = related["related"].as_object().expect("fields");
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["source"]);
    let as_field = desk
        .dateline(&["related", "Le Fleuve", "--as", "source", "--json"])
        .json();
    assert_eq!(texts(&as_field["values"]), ["Le Fleuve"]);
    desk.dateline(&["related", "Nobody Atall"])
        .fails(1, "0 articles have `Nobody Atall`");
    let run = desk.dateline(&["related", "co"]).succeeds();
    assert!(run.stdout.starts_with("Colombia in "), "{}", run.stdout);
}

#[test]
fn a_timeline_counts_what_a_search_finds_in_all_its_forms() {
    let desk = &sample().desk;
    let asked = [
        "timeline",
        "sanctions",
        "--by",
        "country",
        "--limit",
        "3",
        "--interval",
        "month",
    ];
    let with = |more: &[&str]| desk.dateline(&[&asked, more].concat()).succeeds();
    let timeline = with(&["--json"]).json();
    assert_eq!(timeline["total"], desk.search(&["sanctions"])["total"]);
    assert_eq!(
        Some(sum(&timeline["histogram"])),
        timeline["total"].as_u64()
    );
    let series = timeline["series"].as_array().expect("a list");
    assert_eq!(series.len(), 3);
    for one in series {
        assert_eq!(Some(sum(&one["histogram"])), one["count"].as_u64(), "{one}");
    }

    let csv = with(&["--csv"]).stdout;
    let mut rows = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = rows.next().expect("a head");
    assert_eq!(head[2..], labels(&timeline["series"]));
    let sums = rows.fold(vec![0; 4], |sums: Vec<u64>, row| {
        let counts = row[1..]
            .iter()
            .map(|count| count.parse::<u64>().expect("a count"));
        sums.iter()
            .zip(counts)
            .map(|(sum, count)| sum + count)
            .collect()
    });
    assert_eq!(Some(sums[0]), timeline["total"].as_u64());
    assert_eq!(Some(sums[1]), series[0]["count"].as_u64());

    let shown = with(&[]).stdout;
    assert!(shown.contains("2026-02  "), "{shown}");
    let label = text(&series[0]["label"]);
    assert!(
        shown.lines().any(|line| line.starts_with(&label)),
        "{shown}"
    );
    desk.dateline(&["timeline", "xylophone"])
        .fails(1, "no article matches");
}
