//! `dateline help`, `dateline completions` and `dateline man`: what shells and readers know of the
//! command line, generated from its definitions.

use anyhow::anyhow;
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use dateline_query::syntax;

use crate::Outcome;
use crate::args::Arguments;
use crate::output::Output;

pub(crate) fn help(topic: &[String], output: &mut Output) -> anyhow::Result<Outcome> {
    if topic == ["syntax"] {
        output.text(syntax::GUIDE)?;
    } else {
        let help = find(topic.iter().map(String::as_str))?.render_long_help();
        output.text(&help.ansi().to_string())?;
    }
    Ok(Outcome::Found)
}

pub(crate) fn completions(shell: Shell, output: &mut Output) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "dateline", &mut script);
    output.bytes(&script)?;
    Ok(Outcome::Found)
}

pub(crate) fn man(command: Option<&str>, output: &mut Output) -> anyhow::Result<Outcome> {
    let about = find(command)?;
    let mut page = Vec::new();
    let version = format!("dateline {}", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(about)
        .source(version)
        .render(&mut page)?;
    output.bytes(&page)?;
    Ok(Outcome::Found)
}

/// The definition of a command, found from `dateline` down by the names of its path.
fn find<'a>(path: impl IntoIterator<Item = &'a str>) -> anyhow::Result<Command> {
    let mut dateline = Arguments::command();
    // Gives the commands the arguments that stand everywhere, and their full names.
    dateline.build();
    let found = path.into_iter().try_fold(&dateline, |command, name| {
        let below = command.find_subcommand(name);
        below.ok_or_else(|| anyhow!("there is no command `{name}`: see `dateline --help`"))
    });
    Ok(found?.clone())
}
