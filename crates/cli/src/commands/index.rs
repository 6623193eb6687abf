//! `dateline index`: reads articles into the index, once or for as long as it is left running.

use std::io::{self, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use dateline_indexer::{IndexError, IndexOptions, Inputs, Progress, Report, Stop, Summary, watch};

use super::read::{self, STDIN};
use super::skip_list::SkipList;
use super::stdin::Stdin;
use crate::args::IndexArguments;
use crate::output::{self, Output};
use crate::progress::Bar;
use crate::{Outcome, STOPPED};

pub(crate) fn run(
    arguments: &IndexArguments,
    dir: &Path,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let reading = &arguments.reading;
    let mut skips = SkipList::create(arguments.skipped.as_deref())?;
    if is_stdin(&arguments.paths) && !arguments.watch && io::stdin().is_terminal() {
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
        stop: stop_on_signals()?,
        ..IndexOptions::default()
    };
    if arguments.watch {
        return follow(arguments, &options, dir, &mut skips, output);
    }
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
    if summary.stopped {
        output.say(
            "note",
            "stopped early: what was read is in the index, run the command again to go on",
        );
        return Ok(Outcome::Stopped);
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
    let mut stdin = is_stdin(paths).then(|| BufReader::new(Stdin::open(options.stop.clone())));
    let inputs = Inputs {
        paths: paths
            .iter()
            .filter(|path| path.as_os_str() != STDIN)
            .cloned()
            .collect(),
        stdin: stdin.as_mut().map(|stdin| stdin as _),
    };
    dateline_indexer::index(dir, inputs, options, progress)
}

/// Keeps the index up to date with the paths until a signal comes, and tells of every commit.
fn follow(
    arguments: &IndexArguments,
    options: &IndexOptions,
    dir: &Path,
    skips: &mut SkipList,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    anyhow::ensure!(
        !is_stdin(&arguments.paths),
        "--watch follows files and folders, not standard input: leave out `-`"
    );
    let poll = arguments.poll.map(Duration::from_secs_f64);
    let bar = Bar::new();
    let mut failure = None;
    let mut is_first = true;
    let mut tell = |report: Report<'_>, output: &mut Output| -> anyhow::Result<()> {
        let summary = match report {
            Report::Committed(summary) => summary,
            Report::Polling(reason, every) => {
                let every = every.as_secs_f64();
                let note = format!("looking for changes every {every} s, because {reason}");
                output.say("note", &note);
                return Ok(());
            }
            Report::Emptied(root, files) => {
                let note = format!(
                    "all {files} files of {root} are gone at once: their articles are kept; \
                     `dateline index --prune {root}` removes them"
                );
                output.say("note", &note);
                return Ok(());
            }
            Report::Absent(reason) => {
                output.say(
                    "note",
                    &format!("{reason}; all articles are kept until it is back"),
                );
                return Ok(());
            }
        };
        skips.add(&summary.skipped)?;
        if std::mem::take(&mut is_first) {
            bar.clear();
            if !arguments.json {
                output.text(&output::summary(summary, output.here(), output.look()))?;
            }
            output.say("note", "watching for changes; Ctrl-C ends that");
        } else if !arguments.json {
            output.say("index", &output::changes(summary));
            for skip in &summary.skipped {
                output.say("skipped", &output::skipped(skip, output.here()));
            }
        }
        if arguments.json {
            output.json(summary)?;
        }
        Ok(())
    };
    watch(dir, &arguments.paths, options, poll, &bar, &mut |report| {
        if let Err(error) = tell(report, output) {
            // Nobody listens any more.
            failure = Some(error);
            options.stop.request();
        }
    })?;
    match failure {
        Some(error) => Err(error),
        None => Ok(Outcome::Found),
    }
}

/// What ends a run when the user or the system asks the process to end. Who asks twice does not
/// want to wait for the last commit.
fn stop_on_signals() -> anyhow::Result<Stop> {
    let stop = Stop::default();
    let asked = stop.clone();
    ctrlc::set_handler(move || {
        if asked.is_requested() {
            process::exit(STOPPED.into());
        }
        asked.request();
    })?;
    Ok(stop)
}

fn is_stdin(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.as_os_str() == STDIN)
}
