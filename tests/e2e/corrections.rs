//! Corrections by hand: they apply to the next search, everywhere alike, and can be taken back.

use crate::support::{Desk, text};

/// Four articles about three ministers, two of whom have the same name.
fn ministers() -> Desk {
    let desk = Desk::new();
    for (name, article) in [
        (
            "1.md",
            "---\ntitle: Mines reopen\ndate: 2026-02-03\nsource: The Lantern\n---\n\
             Mining minister Adela Ruiz Campo opened the shaft in Quito. Ruiz Campo said it was safe.\n",
        ),
        (
            "2.md",
            "---\ntitle: Shaft closed again\ndate: 2026-02-05\nsource: Harbour Post\n---\n\
             Mining minister Adelita Ruiz closed the shaft in Quito after two days.\n",
        ),
        (
            "3.md",
            "---\ntitle: Ferry money\ndate: 2026-03-01\nsource: Harbour Post\n---\n\
             Transport minister Oskar Lindgren paid for the ferry in Stockholm, Sweden.\n",
        ),
        (
            "4.md",
            "---\ntitle: Ferry talk\ndate: 2026-04-01\nsource: The Lantern\n---\n\
             The novelist Oskar Lindgren read about a ferry in Montevideo, Uruguay. Zelmira Works paid.\n",
        ),
    ] {
        desk.write(&format!("news/{name}"), article);
    }
    desk.index(&["news"]).is([4, 0, 0, 0]);
    desk
}

/// The people of the facet with their counts.
fn people(desk: &Desk) -> Vec<String> {
    facet(desk, "person")
}

fn facet(desk: &Desk, field: &str) -> Vec<String> {
    let counted = desk.dateline(&["facets", field, "--json"]).json();
    let values = counted["facets"][field].as_array().expect("a list");
    let shown = |value: &serde_json::Value| format!("{} {}", text(&value["label"]), value["count"]);
    values.iter().map(shown).collect()
}

fn correct(desk: &Desk, edit: &[&str]) {
    desk.dateline(&[&["entity"], edit].concat()).succeeds();
}

#[test]
fn merged_names_are_one_in_facets_filters_hits_and_relations() {
    let desk = ministers();
    let before = ["Oskar Lindgren 2", "Adela Ruiz Campo 1", "Adelita Ruiz 1"];
    assert_eq!(people(&desk), before);
    correct(
        &desk,
        &["merge", "Adelita Ruiz", "--into", "Adela Ruiz Campo"],
    );
    assert_eq!(people(&desk), ["Adela Ruiz Campo 2", "Oskar Lindgren 2"]);
    for name in ["Adelita Ruiz", "Adela Ruiz Campo", "ruiz"] {
        let titles = desk.titles(&["--person", name, "--sort", "oldest"]);
        assert_eq!(titles, ["Mines reopen", "Shaft closed again"], "{name}");
        assert_eq!(
            desk.titles(&[&format!("person:\"{name}\"")]).len(),
            2,
            "{name}"
        );
    }
    let related = desk.dateline(&["related", "Adela Ruiz Campo", "--min", "1"]);
    assert!(!related.stdout.contains("Adelita"), "{}", related.stdout);
    let hit = &desk.search(&["closed"])["hits"][0];
    let shown = desk.dateline(&["show", &text(&hit["id"]), "--json"]).json();
    let entities = shown["entities"].as_array().expect("entities");
    let person = entities.iter().find(|entity| entity["kind"] == "person");
    assert_eq!(text(&person.expect("a person")["name"]), "Adela Ruiz Campo");
}

#[test]
fn a_correction_that_is_taken_back_leaves_no_trace() {
    let desk = ministers();
    let before = people(&desk);
    correct(&desk, &["rename", "Adela Ruiz Campo", "Adela R. Campo"]);
    correct(&desk, &["hide", "Oskar Lindgren", "--reason", "too many"]);
    assert_eq!(people(&desk), ["Adela R. Campo 1", "Adelita Ruiz 1"]);
    // What is hidden is not listed, but can be asked for.
    assert_eq!(desk.titles(&["--person", "Oskar Lindgren"]).len(), 2);
    let listed = desk.dateline(&["entity", "list"]).succeeds().stdout;
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(listed.contains("too many"), "{listed}");
    correct(&desk, &["undo"]);
    correct(&desk, &["undo"]);
    assert_eq!(people(&desk), before);
    desk.dateline(&["entity", "undo"]).fails(1, "no such edit");
}

#[test]
fn namesakes_are_split_by_source_country_and_date() {
    for when in [
        ["--country", "UY"],
        ["--source", "The Lantern"],
        ["--since", "2026-04"],
        ["--role", "novelist"],
    ] {
        let desk = ministers();
        let split = [
            "split",
            "Oskar Lindgren",
            "--into",
            "Oskar Lindgren (novelist)",
        ];
        correct(&desk, &[&split[..], &when[..]].concat());
        let people = people(&desk);
        assert!(
            people.contains(&"Oskar Lindgren 1".to_owned()),
            "{when:?}: {people:?}"
        );
        let novelist = "Oskar Lindgren (novelist)";
        assert!(
            people.contains(&format!("{novelist} 1")),
            "{when:?}: {people:?}"
        );
        assert_eq!(
            desk.titles(&["--person", novelist]),
            ["Ferry talk"],
            "{when:?}"
        );
    }
}

#[test]
fn what_is_no_person_is_not_found_as_one() {
    let desk = ministers();
    correct(&desk, &["hide", "Oskar Lindgren", "--reject"]);
    assert_eq!(people(&desk), ["Adela Ruiz Campo 1", "Adelita Ruiz 1"]);
    let run = desk.dateline(&["search", "--person", "Oskar Lindgren"]);
    assert_ne!(run.status, 0, "{}", run.stdout);
    // The words stay words.
    assert_eq!(desk.titles(&["\"Oskar Lindgren\""]).len(), 2);
}

#[test]
fn names_of_a_watch_list_are_found_though_nobody_recognised_them() {
    let desk = ministers();
    let add = ["add", "Zelmira Holding", "--alias", "Zelmira Works"];
    correct(&desk, &[&add[..], &["--kind", "organisation"]].concat());
    let organisations = facet(&desk, "organisation");
    assert!(
        organisations.contains(&"Zelmira Holding 1".to_owned()),
        "{organisations:?}"
    );
    assert_eq!(desk.titles(&["org:\"Zelmira Holding\""]), ["Ferry talk"]);
    correct(&desk, &["identify", "Adelita Ruiz", "Q42"]);
    let counted = desk.dateline(&["facets", "person", "--json"]).json();
    assert!(counted.to_string().contains("Q42"), "{counted}");
}

#[test]
fn a_bad_line_costs_itself_only() {
    let desk = ministers();
    correct(
        &desk,
        &["merge", "Adelita Ruiz", "--into", "Adela Ruiz Campo"],
    );
    let list = std::fs::read_to_string(desk.path("aliases.toml")).expect("the list");
    desk.write("aliases.toml", format!("what is this\n{list}"));
    let run = desk.dateline(&["facets", "person"]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("line 1"), "{}", run.stderr);
    assert!(run.stdout.contains("2  Adela Ruiz Campo"), "{}", run.stdout);
}

#[test]
fn another_list_can_be_named_and_is_not_replaced_when_it_is_no_file() {
    let desk = ministers();
    let edit = ["hide", "Oskar Lindgren"];
    correct(&desk, &[&["--aliases", "mine.toml"], &edit[..]].concat());
    assert_eq!(people(&desk).len(), 3);
    let mine = desk.dateline(&["facets", "person", "--aliases", "mine.toml"]);
    for command in [
        &["search"][..],
        &["extract", "news"],
        &["entity", "list"],
        &["entity", "undo"],
    ] {
        desk.dateline(&[command, &["--aliases", "mien.toml"]].concat())
            .fails(2, "there is no list of corrections mien.toml");
    }
    assert!(!mine.stdout.contains("Oskar"), "{}", mine.stdout);
    let folder = desk.dateline(&[&["entity", "--aliases", "news"], &edit[..]].concat());
    assert_eq!(folder.status, 2, "{}", folder.stdout);
    assert!(desk.path("news").is_dir());
}

#[cfg(unix)]
#[test]
fn a_list_that_is_a_link_stays_one() {
    let desk = ministers();
    desk.write("shared/list.toml", "");
    let link = desk.path("aliases.toml");
    std::os::unix::fs::symlink("shared/list.toml", &link).expect("a link");
    correct(&desk, &["hide", "Oskar Lindgren"]);
    assert!(link.symlink_metadata().expect("it is there").is_symlink());
    let shared = std::fs::read_to_string(desk.path("shared/list.toml")).expect("the list");
    assert!(shared.contains("Oskar Lindgren"), "{shared}");
    assert_eq!(people(&desk).len(), 2);
}
