//! What the whole pipeline reads from the sample corpus against what a careful reader finds there.
//!
//! The figures and every difference stand in `tests/golden/articles.txt`, so that any change of
//! reading, analysis or extraction shows as a diff of that file. The floors below keep a bad one
//! from being accepted with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use dateline_corpus::analysis::words;
use expect_test::expect_file;
use serde_json::Value;

use crate::support::{Sample, corpus, sample, text};

/// Hits and misses of one kind of finding over all articles.
#[derive(Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

#[test]
fn people_and_countries_are_those_of_the_gold() {
    let sample = sample();
    let gold = gold();
    let keys: BTreeSet<_> = sample.articles.keys().collect();
    assert_eq!(
        keys,
        gold.keys().collect(),
        "every article is read, and nothing else"
    );

    let mut tallies: BTreeMap<(&str, String), Tally> = BTreeMap::new();
    let mut differences = String::new();
    for (key, gold) in &gold {
        let language = text(&gold["language"]);
        for (kind, expected, found) in [
            ("person", people(gold), entities(sample, key, "person")),
            ("country", countries(gold), entities(sample, key, "country")),
        ] {
            let found: BTreeSet<_> = found.difference(&neutral(gold, kind)).cloned().collect();
            let missed: Vec<_> = expected.difference(&found).cloned().collect();
            let wrong: Vec<_> = found.difference(&expected).cloned().collect();
            for tally in ["all".to_owned(), language.clone()] {
                let tally = tallies.entry((kind, tally)).or_default();
                tally.right += found.len() - wrong.len();
                tally.wrong += wrong.len();
                tally.missed += missed.len();
            }
            if !missed.is_empty() || !wrong.is_empty() {
                let _ = writeln!(differences, "{key} {kind}: -{missed:?} +{wrong:?}");
            }
        }
    }
    let mut report = String::from("kind     lang  right wrong missed  precision recall\n");
    for ((kind, language), tally) in &tallies {
        let _ = writeln!(
            report,
            "{kind:<8} {language:<4} {:>6} {:>5} {:>6}      {:>5.1}  {:>5.1}",
            tally.right,
            tally.wrong,
            tally.missed,
            tally.precision(),
            tally.recall()
        );
    }
    let readings = readings(sample, &gold);
    println!("{report}\n{readings}");
    // Floors, in percent: a little under what is measured, so that a change may trade a find or
    // two for another but not lose a kind.
    for (kind, precision, recall) in [("person", 95.0, 95.0), ("country", 98.0, 98.0)] {
        let tally = &tallies[&(kind, "all".to_owned())];
        assert!(
            tally.precision() >= precision,
            "{kind}: precision {:.1}",
            tally.precision()
        );
        assert!(
            tally.recall() >= recall,
            "{kind}: recall {:.1}",
            tally.recall()
        );
    }
    expect_file!["../golden/articles.txt"].assert_eq(&format!(
        "{report}\nmissed (-) and found wrongly (+)\n{differences}\n{readings}"
    ));
}

/// Where language, date and title of an article are read otherwise than the gold has them.
fn readings(sample: &Sample, gold: &BTreeMap<String, Value>) -> String {
    let mut report = String::from("language, day, derived title: read instead of gold\n");
    for (key, gold) in gold {
        let article = &sample.articles[key];
        // A date of which the day is not known is none in the gold.
        let day = article["published"]
            .as_str()
            .and_then(|date| date.get(..10));
        let read = (text(&article["language"]), day, &article["title_derived"]);
        let wanted = (
            text(&gold["language"]),
            gold["published"].as_str(),
            &gold["title_derived"],
        );
        if read != wanted {
            let _ = writeln!(report, "{key}: {read:?} instead of {wanted:?}");
        }
    }
    report
}

impl Tally {
    /// Percent of what was found that is right.
    fn precision(&self) -> f64 {
        100.0 * self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    /// Percent of what is there that was found.
    fn recall(&self) -> f64 {
        100.0 * self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

fn gold() -> BTreeMap<String, Value> {
    let path = corpus().join("gold.json");
    serde_json::from_str(&fs::read_to_string(path).expect("gold.json")).expect("JSON")
}

fn people(gold: &Value) -> BTreeSet<String> {
    values(&gold["persons"])
        .map(|person| name(&person["name"]))
        .collect()
}

fn countries(gold: &Value) -> BTreeSet<String> {
    values(&gold["countries"])
        .map(|country| text(&country["code"]))
        .collect()
}

/// What counts neither for nor against: bylines are names of people, but of none in the news.
fn neutral(gold: &Value, kind: &str) -> BTreeSet<String> {
    let authors = values(&gold["authors"]).map(name);
    if kind == "person" {
        authors.collect()
    } else {
        BTreeSet::new()
    }
}

fn entities(sample: &Sample, key: &str, kind: &str) -> BTreeSet<String> {
    let entities = values(&sample.articles[key]["entities"]);
    let of_kind = entities.filter(|entity| entity["kind"] == kind);
    of_kind
        .map(|entity| {
            if kind == "person" {
                name(&entity["key"])
            } else {
                text(&entity["key"])
            }
        })
        .collect()
}

fn values(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// A name without what may be spelt or left out at will: case, accents, quotes, hyphens and
/// middle initials.
fn name(value: &Value) -> String {
    let words = words(&text(value)).into_iter().map(|(_, _, word)| word);
    let words: Vec<String> = words.filter(|word| word.chars().count() > 1).collect();
    words.join(" ")
}
