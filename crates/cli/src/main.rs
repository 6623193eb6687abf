//! The `dateline` command: reads the command line, runs the command, and turns what comes of it
//! into an exit status. What a command does stands in `commands`, how it looks in `output`.

mod args;
mod commands;
mod output;
mod progress;

use std::io;
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::Parser;
use dateline_indexer::IndexError;
use dateline_query::QueryError;

use crate::args::{Arguments, Command, with_minus_signs};
use crate::commands::Place;
use crate::output::Output;

/// Something was found, written or shown.
const FOUND: u8 = 0;
/// There was nothing to find.
const NOTHING: u8 = 1;
/// A signal ended it before it was done: 128 and the number of SIGINT, as shells have it.
const STOPPED: u8 = 130;
/// It could not be done. Wrong usage ends with this too: it is clap's own choice.
const ERROR: u8 = 2;
/// Another process is writing: `EX_TEMPFAIL` of BSD's sysexits.h, "try again later".
const BUSY: u8 = 75;

/// Whether a command had something to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Found,
    Nothing,
    Stopped,
}

impl Outcome {
    pub(crate) fn found_if(found: bool) -> Outcome {
        if found {
            Outcome::Found
        } else {
            Outcome::Nothing
        }
    }
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse_from(with_minus_signs(std::env::args_os())) {
        Ok(arguments) => arguments,
        Err(stop) => {
            // Help and version come this way too. If nobody reads them any more, so be it.
            let _ = stop.print();
            return ExitCode::from(if stop.use_stderr() { ERROR } else { FOUND });
        }
    };
    let mut output = Output::new(arguments.color);
    let status = match unpanicked(|| run(&arguments, &mut output)) {
        Ok(Outcome::Found) => FOUND,
        Ok(Outcome::Nothing) => NOTHING,
        Ok(Outcome::Stopped) => STOPPED,
        Err(error) => status_of(&error, &output),
    };
    ExitCode::from(status)
}

/// Makes an error of a panic. tantivy trusts the files of an index and panics on many a damaged
/// one, also in threads of its own; users must read what they can do about it, not a backtrace.
fn unpanicked(run: impl FnOnce() -> anyhow::Result<Outcome>) -> anyhow::Result<Outcome> {
    static FIRST: OnceLock<String> = OnceLock::new();
    std::panic::set_hook(Box::new(|panic| {
        let _ = FIRST.set(panic.to_string().replace('\n', " "));
    }));
    std::panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let panic = FIRST.get().map_or("", String::as_str);
        anyhow::bail!(
            "the index is damaged, or Dateline has a fault: check the index with \
             `dateline verify`, and build it anew if that finds damage ({panic})"
        )
    })
}

fn run(arguments: &Arguments, output: &mut Output) -> anyhow::Result<Outcome> {
    let place = Place::new(arguments.index.clone(), arguments.aliases.clone());
    match &arguments.command {
        Command::Index(arguments) => commands::index::run(arguments, &place.index, output),
        Command::Search(arguments) => commands::search::run(arguments, &place, output),
        Command::Facets(arguments) => commands::facets::run(arguments, &place, output),
        Command::Related(arguments) => commands::related::run(arguments, &place, output),
        Command::Timeline(arguments) => commands::timeline::run(arguments, &place, output),
        Command::Show(arguments) => commands::show::run(arguments, &place, output),
        Command::Stats(arguments) => commands::stats::run(arguments, &place, output),
        Command::Verify(arguments) => commands::verify::run(arguments, &place.index, output),
        Command::Remove(arguments) => commands::remove::run(arguments, &place, output),
        Command::Entity(arguments) => commands::entity::run(arguments, &place, output),
        Command::Extract(arguments) => commands::extract::run(arguments, place.list()?, output),
        Command::Read(arguments) => commands::read::run(arguments, output),
        Command::Help { topic } => commands::manual::help(topic, output),
        Command::Completions { shell } => commands::manual::completions(*shell, output),
        Command::Man { command } => commands::manual::man(command.as_deref(), output),
    }
}

/// Tells the user what went wrong, unless nobody listens, and returns the exit status for it.
fn status_of(error: &anyhow::Error, output: &Output) -> u8 {
    if let Some(error) = error.downcast_ref::<io::Error>()
        && error.kind() == io::ErrorKind::BrokenPipe
    {
        // Whoever read the output has seen enough, as in `dateline search … | head`.
        return FOUND;
    }
    // Every message of ours says its cause; the chain would say it twice.
    output.say("error", &error.to_string());
    if let Some(IndexError::Busy { .. }) = error.downcast_ref() {
        BUSY
    } else if let Some(QueryError::UnknownArticle(_)) = error.downcast_ref() {
        NOTHING
    } else {
        ERROR
    }
}
