//! What queries and filters find in the sample corpus.

use std::collections::BTreeSet;

use crate::support::{Desk, sample, text, texts};

/// The articles that a search finds, as keys of the sample corpus.
fn found(arguments: &[&str]) -> BTreeSet<String> {
    let found = sample().found(&[&["--limit", "100"], arguments].concat());
    found.into_iter().collect()
}

#[test]
fn a_country_is_the_same_under_every_name() {
    let colombia = found(&["--country", "Colombia"]);
    assert!(colombia.len() >= 15, "{} articles", colombia.len());
    for name in [
        "CO",
        "co",
        "colombie",
        "Kolumbien",
        "Colômbia",
        "Republic of Colombia",
    ] {
        assert_eq!(found(&["--country", name]), colombia, "{name}");
        assert_eq!(found(&[&format!("country:\"{name}\"")]), colombia, "{name}");
    }
}

#[test]
fn countries_with_confusable_names_are_told_apart() {
    for (country, inside, outside) in [
        (
            "Georgia",
            "north-atlantic-wire/tbilisi-vote-count.txt",
            "harbor-ledger/atlanta-runoff-washington.txt",
        ),
        (
            "Jordan",
            "aggregators/world-digest.jsonl#3",
            "aggregators/newsroom-api.jsonl#2",
        ),
        (
            "Chad",
            "aggregators/world-digest.jsonl#5",
            "harbor-ledger/whitlock-data-center-new-mexico.md",
        ),
        (
            "Nigeria",
            "sahel-monitor/lokoja-flood-niger-river.md",
            "sahel-monitor/niger-uranium-convoy.txt",
        ),
        (
            "Niger",
            "sahel-monitor/niger-uranium-convoy.txt",
            "harbor-ledger/turkey-prices-thanksgiving.txt",
        ),
    ] {
        let articles = found(&["--country", country]);
        assert!(articles.contains(inside), "{country}: {articles:?}");
        assert!(!articles.contains(outside), "{country}: {articles:?}");
    }
}

#[test]
fn words_match_their_inflections_and_accents() {
    assert_eq!(found(&["sanction"]), found(&["SANCTIONS"]));
    assert_eq!(found(&["Bogota"]), found(&["Bogotá"]));
    assert!(found(&["sancion"]).contains("correo-del-pacifico/sanciones-naviera-condor.txt"));
}

#[test]
fn operators_are_set_operations() {
    let (ferry, bridge) = (found(&["ferry"]), found(&["bridge"]));
    assert!(!ferry.is_empty() && !bridge.is_empty());
    let both: BTreeSet<_> = ferry.intersection(&bridge).cloned().collect();
    let either: BTreeSet<_> = ferry.union(&bridge).cloned().collect();
    let only: BTreeSet<_> = ferry.difference(&bridge).cloned().collect();
    assert_eq!(found(&["ferry", "bridge"]), both);
    assert_eq!(found(&["ferry AND bridge"]), both);
    assert_eq!(found(&["ferry OR bridge"]), either);
    assert_eq!(found(&["ferry NOT bridge"]), only);
    assert_eq!(found(&["(ferry OR bridge) NOT bridge"]), only);
}

#[test]
fn phrases_and_fields_narrow() {
    let phrase = found(&["\"border surcharge\""]);
    let words = found(&["border surcharge"]);
    assert!(!phrase.is_empty() && phrase.is_subset(&words));
    let titled = found(&["title:sanctions"]);
    assert!(!titled.is_empty() && titled.is_subset(&found(&["sanctions"])));
    for key in titled {
        let title = text(&sample().articles[&key]["title"]).to_lowercase();
        assert!(title.contains("sanction"), "{title}");
    }
}

#[test]
fn several_values_of_a_filter_must_all_hold_unless_any_is_asked() {
    let (kinshasa, brazzaville) = (found(&["--country", "CD"]), found(&["--country", "CG"]));
    let both: BTreeSet<_> = kinshasa.intersection(&brazzaville).cloned().collect();
    let either: BTreeSet<_> = kinshasa.union(&brazzaville).cloned().collect();
    assert!(!both.is_empty());
    assert_eq!(found(&["--country", "CD", "--country", "CG"]), both);
    assert_eq!(
        found(&["--country", "CD", "--country", "CG", "--any", "country"]),
        either
    );
}

#[test]
fn a_surname_finds_all_who_carry_it_and_says_who() {
    let run = sample()
        .desk
        .dateline(&["search", "--person", "cattaruzza", "--json"]);
    assert_eq!(run.status, 0);
    for name in ["Renzo Cattaruzza", "Silvia Cattaruzza"] {
        assert!(run.stderr.contains(name), "{}", run.stderr);
    }
    let renzo = found(&["--person", "Renzo Cattaruzza"]);
    let silvia = found(&["--person", "Silvia Cattaruzza"]);
    let either: BTreeSet<_> = renzo.union(&silvia).cloned().collect();
    assert!(silvia.len() < renzo.len());
    assert_eq!(found(&["--person", "cattaruzza"]), either);
}

#[test]
fn dates_bound_a_search_on_both_sides() {
    let dated = |arguments: &[&str]| -> Vec<String> {
        let found = sample()
            .desk
            .search(&[arguments, &["--limit", "100"]].concat());
        let hits = found["hits"].as_array().expect("hits");
        hits.iter()
            .filter_map(|hit| hit["published"].as_str().map(str::to_owned))
            .collect()
    };
    let february = dated(&[
        "--since",
        "2026-02-01",
        "--until",
        "2026-02",
        "--sort",
        "oldest",
    ]);
    assert!(february.len() >= 8, "{february:?}");
    // Of one article only the year is known: it may be of February, and is found.
    assert_eq!(february[0], "2026");
    assert!(
        february[1..].iter().all(|date| date.starts_with("2026-02")),
        "{february:?}"
    );
    assert!(february.is_sorted(), "{february:?}");
    let mut newest = dated(&["--since", "2026", "--sort", "newest"]);
    newest.reverse();
    assert!(
        newest.iter().all(|date| date.starts_with("2026")) && newest.is_sorted(),
        "{newest:?}"
    );
}

#[test]
fn sources_and_languages_widen() {
    let sources = found(&["--source", "Le Fleuve", "--source", "Der Uferbote"]);
    for (key, article) in &sample().articles {
        let source = article["source"].as_str();
        let wanted = matches!(source, Some("Le Fleuve" | "Der Uferbote"));
        assert_eq!(sources.contains(key), wanted, "{key} is from {source:?}");
    }
    assert!(sources.len() >= 5, "{sources:?}");
    let languages = found(&["--language", "pt", "--language", "de"]);
    assert!(languages.contains("jornal-da-foz/sancoes-companhia-colombia.md"));
    assert!(languages.contains("der-uferbote/uran-konvoi-niamey.txt"));
    assert!(!languages.contains("north-atlantic-wire/locarno-centenary.txt"));
}

#[test]
fn pages_join_without_gap_or_overlap() {
    let desk = &sample().desk;
    let all = desk.titles(&["sanctions", "--limit", "100"]);
    let mut paged = Vec::new();
    for offset in (0..all.len()).step_by(4) {
        paged.extend(desk.titles(&["sanctions", "--limit", "4", "--offset", &offset.to_string()]));
    }
    assert_eq!(paged, all);
}

#[test]
fn hits_name_who_and_what_the_article_names() {
    let response = sample().desk.search(&["title:Georgia"]);
    let hit = &response["hits"][0];
    assert!(
        texts(&hit["persons"]).contains(&"Ketevan Javrishvili".to_owned()),
        "{hit}"
    );
    assert!(texts(&hit["countries"]).contains(&"GE".to_owned()), "{hit}");
}

#[test]
fn nothing_found_is_said_and_has_its_exit_status() {
    let run = sample().desk.dateline(&["search", "xylophone"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("no article matches"), "{}", run.stderr);
    let run = sample().desk.dateline(&["facets", "person", "xylophone"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
}

#[test]
fn a_search_needs_no_more_than_one_command() {
    let desk = Desk::new();
    let corpus = crate::support::corpus();
    let corpus = corpus.to_str().expect("UTF-8");
    let run = desk.dateline(&[
        "search",
        "sanctions",
        "--country",
        "Colombia",
        "--in",
        corpus,
    ]);
    assert_eq!((run.status, run.stderr.as_str()), (0, "index: 44 added\n"));
    assert!(run.stdout.contains("Countries"), "{}", run.stdout);
}

#[test]
fn an_article_is_shown_with_what_a_query_matches() {
    let desk = &sample().desk;
    let hit = desk.search(&["Cattaruzza", "sanctions"])["hits"][0].clone();
    let id = text(&hit["id"]);
    let asked = "sanction* person:\"Renzo Cattaruzza\"";
    let shown = desk.dateline(&["show", &id, "--query", asked]).succeeds();
    assert!(shown.stdout.contains("**sanctions**"), "{}", shown.stdout);
    assert!(
        shown.stdout.contains("[**Renzo Cattaruzza**]"),
        "{}",
        shown.stdout
    );

    let json = desk
        .dateline(&["show", &id, "--query", asked, "--json"])
        .succeeds()
        .json();
    let body: Vec<char> = text(&json["body"]).chars().collect();
    let marked = json["highlights"]["body"]
        .as_array()
        .expect("a list")
        .iter();
    let marked: Vec<String> = marked
        .map(|stretch| {
            let at = |end: usize| stretch[end].as_u64().expect("an offset") as usize;
            body[at(0)..at(1)].iter().collect()
        })
        .collect();
    let stars = shown.stdout.matches("**").count() / 2;
    let in_title = json["highlights"]["title"]
        .as_array()
        .expect("a list")
        .len();
    assert!(
        marked.len() >= 3 && marked.len() + in_title == stars,
        "{marked:?} {stars}"
    );
    for stretch in &marked {
        let lower = stretch.to_lowercase();
        assert!(
            lower.starts_with("sanction") || lower.ends_with("cattaruzza"),
            "{stretch}"
        );
    }
    assert!(desk.dateline(&["show", &id, "--json"]).json()["highlights"].is_null());

    let other = desk.dateline(&["show", &id, "--query", "xylophone"]);
    assert_eq!(other.status, 0);
    assert!(
        other
            .stderr
            .contains("the query does not find this article"),
        "{}",
        other.stderr
    );
    assert!(!other.stdout.contains("**"), "{}", other.stdout);
    desk.dateline(&["show", &id, "--query", "(oil", "--strict"])
        .fails(2, "--strict");
}
