//! `dateline read`: reads articles and prints them as they would be indexed; and what it shares
//! with other commands that read without an index.

use std::cell::Cell;
use std::io::{self, BufReader};
use std::ops::ControlFlow;
use std::path::PathBuf;

use dateline_corpus::Language;
use dateline_entities::place_dateline;
use dateline_ingest::{Item, Provenance, Skip, find, read, read_file, reason_of};
use jiff::Timestamp;

use crate::Outcome;
use crate::args::{ReadArguments, ReadingArguments};
use crate::output::{Output, ReadJson, skipped};

/// The path that stands for standard input.
pub(super) const STDIN: &str = "-";

pub(crate) fn run(arguments: &ReadArguments, output: &mut Output) -> anyhow::Result<Outcome> {
    print(
        &arguments.paths,
        &arguments.reading,
        output,
        &mut |_| Ok(()),
    )
}

/// Prints articles as they would be indexed; what yields none is told, and handed to `skips`.
pub(super) fn print(
    paths: &[PathBuf],
    reading: &ReadingArguments,
    output: &mut Output,
    skips: &mut dyn FnMut(&Skip) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut failure = None;
    let mut found = false;
    each(paths, reading, &mut |item| {
        let written = match item {
            Item::Article(mut article) => {
                found = true;
                place_dateline(&mut article);
                let (title, body) = (&article.title, &article.body);
                article.language = Some(Language::of_parts(title, body, article.language));
                output.json(&ReadJson::of(&article))
            }
            Item::Skip(skip) => {
                output.say("skipped", &skipped(&skip, output.here()));
                skips(&skip)
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
    if !paths.is_empty() {
        let found = find(&paths)?;
        for skip in found.skips {
            if until(Item::Skip(skip)).is_break() {
                return Ok(());
            }
        }
        for file in found.files {
            read_file(&file.path, &options, &mut until);
            if !wanted.get() {
                return Ok(());
            }
        }
    }
    if !streams.is_empty() {
        let from = Provenance {
            read_seconds: Some(Timestamp::now().as_second()),
            ..Provenance::from(STDIN)
        };
        let mut stdin = BufReader::new(io::stdin());
        if let Err(error) = read(from, &mut stdin, &options, &mut until) {
            // The stream ends here, whether the sink wants more or not.
            let _ = until(Item::Skip(Skip::file(STDIN, reason_of(&error))));
        }
    }
    Ok(())
}
