//! What is found first: queries over the sample corpus with the articles a reader expects.
//!
//! The order that is measured stands in `tests/golden/ranking.txt`, so that any change of ranking
//! shows as a diff of that file.

use std::fmt::Write;

use expect_test::expect_file;

use crate::support::{Sample, sample};

/// Hits that are looked at.
const DEPTH: usize = 5;

/// Queries, each with the articles that answer it.
const QUERIES: &[(&str, &[&str])] = &[
    ("sanctions", &["andes-herald/us-sanctions-shipping-firm.md"]),
    ("Chad", &["aggregators/world-digest.jsonl#5"]),
    (
        "Jordan",
        &[
            "aggregators/world-digest.jsonl#3",
            "aggregators/newsroom-api.jsonl#2",
        ],
    ),
    ("Georgia", &["aggregators/world-digest.jsonl#2"]),
    ("Niger", &["sahel-monitor/niger-uranium-convoy.txt"]),
    (
        "Washington",
        &["harbor-ledger/atlanta-runoff-washington.txt"],
    ),
    (
        "Cifuentes",
        &["agencia-cordillera/rumichaca-truckers-strike.txt"],
    ),
    ("summit", &["clippings/cartagena-summit-preview.txt"]),
    (
        "sanctions shipping firm",
        &["andes-herald/us-sanctions-shipping-firm.md"],
    ),
    (
        "Buenaventura dock workers march",
        &["clippings/condor-sanctions-fallout-buenaventura.txt"],
    ),
    (
        "truckers strike Rumichaca",
        &["agencia-cordillera/rumichaca-truckers-strike.txt"],
    ),
    (
        "border surcharge",
        &["andes-herald/border-surcharge-takes-effect.md"],
    ),
    (
        "end of the trade war in Cartagena",
        &["andes-herald/cartagena-summit-deal.md"],
    ),
    (
        "Cattaruzza court",
        &["clippings/condor-owner-denies-charges.txt"],
    ),
    (
        "Europe will not copy sanctions",
        &["aggregators/world-digest.jsonl#1"],
    ),
    (
        "Georgia election",
        &[
            "aggregators/world-digest.jsonl#2",
            "aggregators/newsroom-api.jsonl#4",
        ],
    ),
    (
        "Georgia runoff Washington",
        &["harbor-ledger/atlanta-runoff-washington.txt"],
    ),
    ("Jordan water", &["aggregators/world-digest.jsonl#3"]),
    (
        "Jordan coach",
        &["capital-and-field/ellery-takes-charge.txt"],
    ),
    ("Chad solar", &["aggregators/world-digest.jsonl#5"]),
    (
        "Niger uranium",
        &[
            "sahel-monitor/niger-uranium-convoy.txt",
            "aggregators/social-crawl.jsonl#4",
        ],
    ),
    (
        "Niger flood",
        &["sahel-monitor/lokoja-flood-niger-river.md"],
    ),
    ("Congo ferries", &["aggregators/world-digest.jsonl#4"]),
    ("bac Kinshasa", &["le-fleuve/bac-kinshasa-brazzaville.md"]),
    (
        "Locarno Vertrag",
        &["der-uferbote/hundert-jahre-locarno.md"],
    ),
    (
        "rocket centenary",
        &["capital-and-field/goddard-rocket-centenary.md"],
    ),
    (
        "turkey prices",
        &["harbor-ledger/turkey-prices-thanksgiving.txt"],
    ),
    (
        "estibadores de Guayaquil",
        &["correo-del-pacifico/sanciones-naviera-condor.txt"],
    ),
];

/// The same with options: phrases, words that stand close together, what articles are about, and
/// what is new.
const SEARCHES: &[(&[&str], &[&str])] = &[
    (
        &["\"trade war\""],
        &[
            "andes-herald/cartagena-summit-deal.md",
            "clippings/cartagena-summit-communique.txt",
        ],
    ),
    (&["trade war"], &["andes-herald/cartagena-summit-deal.md"]),
    (
        &["joint customs force"],
        &[
            "andes-herald/cartagena-summit-deal.md",
            "clippings/cartagena-summit-communique.txt",
        ],
    ),
    (
        &["water desalination Jordan Ghor pipeline workers"],
        &["aggregators/world-digest.jsonl#3"],
    ),
    (
        &["--country", "Ecuador"],
        &[
            "clippings/cartagena-summit-communique.txt",
            "correo-del-pacifico/cumbre-cartagena-acuerdo.md",
        ],
    ),
    (
        &["--person", "Isaac Kato"],
        &["aggregators/social-crawl.jsonl#2"],
    ),
    (
        &["sanctions", "--recency", "30d", "--today", "2026-06-05"],
        &["clippings/cartagena-summit-communique.txt"],
    ),
    (
        &["Cartagena", "--recency", "1w", "--today", "2026-06-05"],
        &["aggregators/social-crawl.jsonl#2"],
    ),
];

#[test]
fn expected_articles_come_first() {
    let sample = sample();
    let (mut at_1, mut at_5, mut reciprocal) = (0, 0, 0.0);
    let mut report = String::new();
    let plain = QUERIES
        .iter()
        .map(|(query, expected)| (vec![*query], expected));
    let searches = SEARCHES.iter();
    let searches = searches.map(|(arguments, expected)| (arguments.to_vec(), expected));
    for (arguments, expected) in plain.chain(searches) {
        let ranked = ranked(sample, &arguments);
        let rank = ranked
            .iter()
            .position(|key| expected.contains(&key.as_str()));
        at_1 += usize::from(rank == Some(0));
        at_5 += usize::from(rank.is_some());
        reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        let _ = writeln!(report, "{}", arguments.join(" "));
        for (place, key) in (1..).zip(&ranked) {
            let mark = if expected.contains(&key.as_str()) {
                '*'
            } else {
                ' '
            };
            let _ = writeln!(report, "  {place}{mark} {key}");
        }
    }
    let queries = QUERIES.len() + SEARCHES.len();
    let mean = reciprocal / queries as f64;
    let figures = format!("{queries} queries: first {at_1}, in {DEPTH} {at_5}, MRR {mean:.3}\n");
    println!("{figures}");
    assert_eq!(
        at_5, queries,
        "an expected article is not among the first {DEPTH}:\n{report}"
    );
    expect_file!["../golden/ranking.txt"].assert_eq(&format!("{figures}\n{report}"));
}

#[test]
fn what_makes_a_score_is_told_and_adds_up() {
    let desk = &sample().desk;
    let asked = [
        "search",
        "sanctions",
        "--country",
        "Colombia",
        "--limit",
        "3",
        "--explain",
    ];
    let found = desk.dateline(&[&asked[..], &["--json"]].concat()).json();
    let hits = found["hits"].as_array().expect("hits");
    assert_eq!(hits.len(), 3);
    for hit in hits {
        let addends = hit["explanation"].as_array().expect("a list").iter();
        let values = addends.map(|addend| addend["value"].as_f64().expect("a number"));
        let (sum, score) = (
            values.sum::<f64>(),
            hit["score"].as_f64().expect("a number"),
        );
        assert!((sum - score).abs() < 0.01, "{sum} is not {score}: {hit}");
    }
    let shown = desk.dateline(&asked).succeeds().stdout;
    let first = format!(
        "score {:.2}\n",
        hits[0]["score"].as_f64().expect("a number")
    );
    assert!(shown.contains(&first), "no {first} in {shown}");
    assert!(shown.contains("Colombia"), "{shown}");
    let found = desk.search(&["sanctions"]);
    assert!(found["hits"][0]["explanation"].is_null());
    // Hits in the order of their dates have no scores.
    let dated = desk.search(&["sanctions", "--explain", "--sort", "newest"]);
    assert!(dated["hits"][0]["explanation"].is_null());
}

#[test]
fn age_counts_where_a_half_life_is_given() {
    let desk = &sample().desk;
    let asked = |more: &[&str]| {
        let asked = [
            "search",
            "sanctions",
            "--today",
            "2026-06-05",
            "--limit",
            "100",
            "--json",
        ];
        desk.dateline(&[&asked[..], more].concat()).json()
    };
    let score = |found: &serde_json::Value| -> std::collections::BTreeMap<String, f64> {
        let hits = found["hits"].as_array().expect("hits").iter();
        let scored = hits.filter(|hit| hit["published_precision"] == "day");
        let scored = scored.map(|hit| {
            (
                hit["id"].to_string(),
                hit["score"].as_f64().unwrap_or_default(),
            )
        });
        scored.collect()
    };
    let (plain, aged) = (score(&asked(&[])), score(&asked(&["--recency", "30d"])));
    assert_eq!(plain.len(), aged.len());
    assert!(aged.iter().all(|(id, aged)| *aged < plain[id]), "{aged:?}");
    // A half-life of a hundred years changes next to nothing.
    let ageless = score(&asked(&["--recency", "100y"]));
    assert!(
        ageless
            .iter()
            .all(|(id, score)| (score / plain[id] - 1.0).abs() < 0.2)
    );
    for wrong in ["soon", "0d", "2026-02"] {
        desk.dateline(&["search", "sanctions", "--recency", wrong])
            .fails(2, wrong);
    }
}

fn ranked(sample: &Sample, arguments: &[&str]) -> Vec<String> {
    sample.found(&[arguments, &["--limit", &DEPTH.to_string()]].concat())
}
