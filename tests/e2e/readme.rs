//! The session that README.md shows is what happens.

use std::fs;

use crate::support::{Desk, copy, corpus, finish, root};

/// A command of the session and what README.md prints under it.
struct Step {
    command: Vec<String>,
    shown: String,
}

#[test]
fn the_session_of_the_readme_is_what_happens() {
    let desk = Desk::new();
    copy(&corpus(), &desk.path("tests/corpus"));
    let steps = session();
    assert!(steps.len() >= 4, "README.md shows {} steps", steps.len());
    for Step { command, shown } in steps {
        let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        let run = finish(desk.command(&arguments).env("COLUMNS", "80")).succeeds();
        let happens = without_times(&run.stdout);
        // A line that holds nothing but an ellipsis stands for lines that are left out.
        let shown = without_times(&shown);
        let mut rest = happens.as_str();
        for (number, piece) in shown.split("\n…\n").enumerate() {
            let at = rest.find(piece);
            let at = at.unwrap_or_else(|| panic!("{command:?} prints\n{happens}\nnot\n{piece}"));
            assert!(at == 0 || number > 0, "{command:?} begins with\n{happens}");
            rest = &rest[at + piece.len()..];
        }
        assert_eq!(rest, "", "{command:?} prints more than is shown");
    }
}

/// The `$ dateline` commands of README.md that have output under them.
fn session() -> Vec<Step> {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let blocks = readme.split("```console\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split_once("```").map(|(block, _)| block));
    let steps = blocks.filter_map(|block| block.strip_prefix("$ dateline ")?.split_once('\n'));
    steps
        .map(|(command, shown)| Step {
            command: words(command),
            shown: shown.to_owned(),
        })
        .collect()
}

/// The words of a command; single quotes hold blanks.
fn words(command: &str) -> Vec<String> {
    let pieces = command.split('\'').enumerate();
    pieces
        .flat_map(|(number, piece)| match number % 2 {
            0 => piece.split_whitespace().map(str::to_owned).collect(),
            _ => vec![piece.to_owned()],
        })
        .collect()
}

/// The text with `N` for the seconds and milliseconds that something took.
fn without_times(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let cut = |unit: &str| {
            let (before, after) = line.rsplit_once(unit)?;
            let (before, _) = before.rsplit_once(' ')?;
            Some(format!("{before} N{unit}{after}"))
        };
        match line {
            _ if line.ends_with(" ms") => cut(" ms"),
            _ if line.ends_with(" s") => cut(" s"),
            _ => None,
        }
        .unwrap_or_else(|| line.to_owned())
    });
    lines.map(|line| line + "\n").collect()
}
