//! Every command once, in the order of a first session; help, version, completions, man pages.

use crate::support::{Desk, root, text};

#[test]
fn a_first_session_goes_from_files_to_an_empty_index() {
    let desk = Desk::with_corpus();

    let found = desk.search(&["sanctions", "--country", "Colombia"]);
    let total = found["total"].as_u64().expect("a total");
    assert!(total >= 10, "{total} articles on the sanctions");
    let id = text(&found["hits"][0]["id"]);

    let facets = desk
        .dateline(&["facets", "country", "sanctions"])
        .succeeds();
    assert!(
        facets
            .stdout
            .lines()
            .any(|line| line.ends_with("  Colombia")),
        "{}",
        facets.stdout
    );

    let shown = desk.dateline(&["show", &id[..8]]).succeeds();
    assert!(shown.stdout.contains(&id), "{}", shown.stdout);
    assert!(shown.stdout.contains("{Countries}"), "{}", shown.stdout);

    let stats = desk.dateline(&["stats", "--json"]).json();
    assert_eq!(stats["articles"], 44);

    let removed = desk.dateline(&["remove", &id]).succeeds();
    assert_eq!(removed.stdout, "1 article removed\n");
    desk.dateline(&["show", &id]).fails(1, &id);
    let rest = desk
        .dateline(&["remove", "--query", "NOT country:CO", "--json"])
        .json();
    let left = desk.search(&["--limit", "0"]);
    assert_eq!(
        rest["removed"].as_u64().map(|gone| 43 - gone),
        left["total"].as_u64()
    );
    assert_eq!(desk.search(&["NOT country:CO"])["total"], 0);

    let verified = desk.dateline(&["verify", "--json"]).json();
    assert_eq!(verified["damaged"].as_array().map(Vec::len), Some(0));
    assert!(verified["files"].as_u64() > Some(0));
}

#[test]
fn verify_names_a_file_that_changed() {
    let desk = Desk::with_corpus();
    let postings = std::fs::read_dir(desk.path("index"))
        .expect("the index")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.extension().is_some_and(|extension| extension == "idx"))
        .expect("a file of postings");
    let mut bytes = std::fs::read(&postings).expect("it is read");
    bytes[7] ^= 1;
    std::fs::write(&postings, bytes).expect("it is written");

    let run = desk.dateline(&["verify"]);
    assert_eq!(run.status, 2);
    let name = postings
        .file_name()
        .and_then(|name| name.to_str())
        .expect("UTF-8");
    assert!(
        run.stdout.contains(&format!("damaged  {name}")),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("build it anew"), "{}", run.stderr);
}

#[test]
fn removing_an_unknown_article_removes_none_of_the_others() {
    let desk = Desk::with_corpus();
    let id = text(&desk.search(&["ferry"])["hits"][0]["id"]);
    desk.dateline(&["remove", &id, &"0".repeat(32)])
        .fails(1, &"0".repeat(32));
    desk.dateline(&["show", &id]).succeeds();
}

#[test]
fn the_index_is_where_the_option_else_the_environment_says() {
    let desk = Desk::new();
    desk.write(
        "news/a.txt",
        "A headline\n\nA body that says something about Peru.\n",
    );
    let mut command = desk.command(&["index", "news"]);
    let run = crate::support::finish(command.env("DATELINE_INDEX", "here"));
    run.succeeds();
    assert!(desk.path("here/meta.json").exists());
    desk.dateline(&["search", "--index", "here", "Peru"])
        .succeeds();
    let mut command = desk.command(&["search", "--index", "there", "Peru"]);
    let run = crate::support::finish(command.env("DATELINE_INDEX", "here"));
    run.fails(2, "there is no index in there");
}

#[test]
fn help_names_every_command_and_costs_nothing() {
    let desk = Desk::new();
    let help = desk.dateline(&["--help"]).succeeds().stdout;
    let listed = help
        .split("Commands:\n")
        .nth(1)
        .expect("a list of commands");
    let listed = listed.lines().take_while(|line| line.starts_with("  "));
    let commands: Vec<&str> = listed
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    for command in ["index", "search", "entity", "extract", "read"] {
        assert!(commands.contains(&command), "{command} is not in\n{help}");
    }
    let completions = desk.dateline(&["completions", "fish"]).succeeds().stdout;
    for command in commands {
        assert!(completions.contains(command), "nothing completes {command}");
        assert!(
            desk.dateline(&[command, "--help"])
                .succeeds()
                .stdout
                .contains("Usage:")
        );
    }
    let help = desk.dateline(&["search", "--help"]).succeeds().stdout;
    let place = |text: &str| {
        help.find(text)
            .unwrap_or_else(|| panic!("no {text} in\n{help}"))
    };
    let order = [
        "\nOptions:",
        "--sort",
        "\nFilters:",
        "--not-person",
        "\nReading the query:",
    ];
    assert!(order.map(place).is_sorted(), "{help}");
    let version = desk.dateline(&["--version"]).succeeds().stdout;
    assert_eq!(version, format!("dateline {}\n", env!("CARGO_PKG_VERSION")));
    desk.dateline(&["search", "--limit", "many"])
        .fails(2, "--limit");
    desk.dateline(&[]).fails(2, "Usage:");
}

#[test]
fn completions_and_man_pages_know_the_options() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = desk.dateline(&["completions", shell]).succeeds().stdout;
        assert!(script.contains("country"), "{shell}");
    }
    let page = desk.dateline(&["man", "search"]).succeeds().stdout;
    assert!(page.contains(r"\-\-country"), "{page}");
    let page = desk.dateline(&["man"]).succeeds().stdout;
    let title = format!(
        r#".TH dateline 1  "dateline {}""#,
        env!("CARGO_PKG_VERSION")
    );
    assert!(page.lines().any(|line| line.trim_end() == title), "{page}");
    desk.dateline(&["man", "fly"])
        .fails(2, "there is no command `fly`");
}

/// The commands in README.md's console blocks are commands that the binary knows, with options
/// that it knows.
#[test]
fn commands_of_the_readme_exist() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let desk = Desk::new();
    let mut checked = 0;
    for line in readme.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let cargo = "cargo run --release -- ";
        let Some(arguments) = line.strip_prefix("dateline ").or(line.strip_prefix(cargo)) else {
            continue;
        };
        let mut words = arguments
            .split(['|', '>'])
            .next()
            .unwrap_or_default()
            .split_whitespace();
        let command = words.next().unwrap_or_default();
        if command.starts_with("--") {
            desk.dateline(&[command]).succeeds();
        } else {
            let help = desk.dateline(&[command, "--help"]).succeeds().stdout;
            for option in words.filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap_or_default();
                assert!(
                    help.contains(&format!("{option} ")) || help.contains(&format!("{option}\n")),
                    "`{line}`: {command} has no {option}"
                );
            }
        }
        checked += 1;
    }
    assert!(checked >= 3, "README.md shows {checked} commands");
}
