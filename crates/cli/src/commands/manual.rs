//! `dateline completions` and `dateline man`: what shells and readers know of the command line,
//! generated from its definitions.

use anyhow::anyhow;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::Outcome;
use crate::args::Arguments;
use crate::output::Output;

pub(crate) fn completions(shell: Shell, output: &mut Output) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "dateline", &mut script);
    output.bytes(&script)?;
    Ok(Outcome::Found)
}

pub(crate) fn man(command: Option<&str>, output: &mut Output) -> anyhow::Result<Outcome> {
    let mut dateline = Arguments::command();
    // Gives the commands the arguments that stand everywhere, and their full names.
    dateline.build();
    let about = match command {
        None => dateline,
        Some(name) => dateline
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| anyhow!("there is no command `{name}`: see `dateline --help`"))?,
    };
    let mut page = Vec::new();
    let version = format!("dateline {}", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(about)
        .source(version)
        .render(&mut page)?;
    output.bytes(&page)?;
    Ok(Outcome::Found)
}
