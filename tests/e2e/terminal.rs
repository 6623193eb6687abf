//! Colour, width, and readers that have seen enough.

use std::io;

use unicode_width::UnicodeWidthStr;

use crate::support::{Desk, Run, finish, sample, text};

#[test]
fn a_closed_pipe_ends_every_command_quietly() {
    let desk = Desk::with_corpus();
    let id = text(&desk.search(&["ferry"])["hits"][0]["id"]);
    let commands: [&[&str]; 10] = [
        &["search", "sanctions"],
        &["search", "sanctions", "--json"],
        &["facets", "person"],
        &["show", &id],
        &["stats"],
        &["verify"],
        &["index", "news"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
    ];
    for arguments in commands {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let mut command = desk.command(arguments);
        let child = command
            .stdout(writer)
            .stderr(std::process::Stdio::piped())
            .spawn();
        let output = child
            .expect("it starts")
            .wait_with_output()
            .expect("it ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), &*stderr),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn colours_follow_the_option_then_the_environment() {
    // What a terminal would get is forced by the environment: a test has no terminal.
    let coloured = |run: Run| run.succeeds().stdout.contains('\u{1b}');
    let run = |arguments: &[&str], variables: &[(&str, &str)]| {
        let arguments = [&["search", "sanctions"], arguments].concat();
        coloured(finish(
            sample()
                .desk
                .command(&arguments)
                .envs(variables.iter().copied()),
        ))
    };
    assert!(!run(&[], &[]), "a pipe gets no colours");
    assert!(run(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!run(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(run(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!run(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn colours_change_nothing_but_colours() {
    let desk = &sample().desk;
    let plain = desk.dateline(&["facets", "country"]).succeeds().stdout;
    let coloured = desk
        .dateline(&["facets", "country", "--color", "always"])
        .succeeds()
        .stdout;
    assert_ne!(plain, coloured);
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let desk = &sample().desk;
    let id = text(&desk.search(&["Locarno"])["hits"][0]["id"]);
    for arguments in [
        &["search", "sanctions"][..],
        &["show", &id],
        &["facets", "person"],
        &["stats"],
    ] {
        for columns in [30, 60, 100] {
            let mut command = desk.command(arguments);
            let run = finish(command.env("COLUMNS", columns.to_string())).succeeds();
            for line in run.stdout.lines() {
                // A path, a URL or an id is one word, left whole so that it can be copied.
                let whole = !line.trim().contains(' ');
                assert!(
                    whole || line.width() <= columns,
                    "{columns} columns: `{line}`"
                );
            }
        }
    }
}

#[test]
fn paths_below_the_current_directory_are_shown_relative() {
    let desk = Desk::with_corpus();
    let shown = desk.dateline(&["search", "Lokoja"]).succeeds().stdout;
    assert!(
        shown.contains("    news/sahel-monitor/lokoja-flood-niger-river.md\n"),
        "{shown}"
    );
}

#[test]
fn a_run_that_nobody_watches_draws_no_progress() {
    let desk = Desk::new();
    desk.write(
        "news/a.txt",
        "A headline\n\nA body that says something about Chile.\n",
    );
    let run = desk.dateline(&["index", "news"]).succeeds();
    assert!(run.stdout.starts_with("1 added"), "{}", run.stdout);
}
