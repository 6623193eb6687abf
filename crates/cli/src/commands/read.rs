//! `dateline read`: reads articles and prints them as they would be indexed; and what it shares
//! with other commands that read without an index.

use std::cell::Cell;
use std::io::{self, BufReader};
use std::ops::ControlFlow;
use std::path::PathBuf;

use dateline_ingest::{Item, find, read, read_file};

use crate::Outcome;
use crate::args::{ReadArguments, ReadingArguments};
use crate::output::{Output, ReadJson, skipped};

/// The path that stands for standard input.
pub(super) const STDIN: &str = "-";

pub(crate) fn run(arguments: &ReadArguments, output: &mut Output) -> anyhow::Result<Outcome> {
    let mut failure = None;
    let mut found = false;
    each(&arguments.paths, &arguments.reading, &mut |item| {
        let written = match item {
            Item::Article(article) => {
                found = true;
                output.json(&ReadJson::of(&article))
            }
            Item::Skip(skip) => {
                output.say("skipped", &skipped(&skip, output.here()));
                Ok(())
            }
        };
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    match failure {
        Some(error) => Err(error),
        None => Ok(Outcome::found_if(found)),
    }
}

/// Reads files, folders and standard input, record by record, until the sink wants no more.
pub(super) fn each(
    paths: &[PathBuf],
    reading: &ReadingArguments,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> anyhow::Result<()> {
    let options = reading.options();
    let wanted = Cell::new(true);
    let mut until = |item| {
        let flow = sink(item);
        wanted.set(flow.is_continue());
        flow
    };
    let (streams, paths): (Vec<_>, Vec<_>) = paths
        .iter()
        .cloned()
        .partition(|path| path.as_os_str() == STDIN);
    if !streams.is_empty() {
        let mut stdin = BufReader::new(io::stdin());
        read(STDIN, &mut stdin, &options, &mut until)?;
    }
    if paths.is_empty() || !wanted.get() {
        return Ok(());
    }
    let found = find(&paths)?;
    for skip in found.skips {
        if until(Item::Skip(skip)).is_break() {
            return Ok(());
        }
    }
    for file in found.files {
        read_file(&file.path, &options, &mut until);
        if !wanted.get() {
            break;
        }
    }
    Ok(())
}
