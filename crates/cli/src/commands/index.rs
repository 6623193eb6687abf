//! `dateline index`: reads articles into the index.

use std::io::{self, BufReader, IsTerminal};
use std::path::{Path, PathBuf};

use dateline_indexer::{IndexError, IndexOptions, Inputs, Progress, Summary};

use super::read::{self, STDIN};
use super::skip_list::SkipList;
use crate::Outcome;
use crate::args::IndexArguments;
use crate::output::{self, Output};
use crate::progress::Bar;

pub(crate) fn run(
    arguments: &IndexArguments,
    dir: &Path,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let reading = &arguments.reading;
    let mut skips = SkipList::create(arguments.skipped.as_deref())?;
    if is_stdin(&arguments.paths) && io::stdin().is_terminal() {
        output.say(
            "note",
            "reading articles from the terminal; Ctrl-D ends them",
        );
    }
    if arguments.dry_run {
        return read::print(&arguments.paths, reading, output, &mut |skip| {
            skips.add([skip])
        });
    }
    let options = IndexOptions {
        threads: reading.threads,
        prune: arguments.prune,
        read: reading.options(),
        ..IndexOptions::default()
    };
    let bar = Bar::new();
    let summary = update(&arguments.paths, &options, dir, &bar);
    bar.clear();
    let summary = summary?;
    skips.add(&summary.skipped)?;
    if arguments.json {
        output.json(&summary)?;
    } else {
        output.text(&output::summary(&summary, output.here(), output.look()))?;
    }
    let articles = summary.added + summary.updated + summary.unchanged + summary.removed;
    Ok(Outcome::found_if(articles > 0))
}

/// Brings the index up to date with the paths, of which `-` is standard input.
pub(crate) fn update(
    paths: &[PathBuf],
    options: &IndexOptions,
    dir: &Path,
    progress: &dyn Progress,
) -> Result<Summary, IndexError> {
    let mut stdin = BufReader::new(io::stdin());
    let inputs = Inputs {
        paths: paths
            .iter()
            .filter(|path| path.as_os_str() != STDIN)
            .cloned()
            .collect(),
        stdin: is_stdin(paths).then_some(&mut stdin),
    };
    dateline_indexer::index(dir, inputs, options, progress)
}

fn is_stdin(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.as_os_str() == STDIN)
}
