//! Brings an index up to date: prunes, runs the stages over the files, and once more over those
//! that have an article for a place that became free.

use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use dateline_corpus::schema::{self, Fields, OpenError};
use dateline_ingest::{Found, Skip, find, path_name};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::analyse::{self, Analysis};
use crate::engine::Engine;
use crate::known::{Known, KnownFile};
use crate::pipeline::{self, Feed};
use crate::read::{Reading, Task};
use crate::write::Writing;
use crate::{IndexError, IndexOptions, Inputs, Progress, Summary};

/// Brings the index in `dir` up to date with `inputs`, creating it where there is none.
///
/// # Errors
/// When a path cannot be listed, when `dir` is no place for an index, when another process writes
/// to it, or when it cannot be written. What was committed before the error stays.
pub fn index(
    dir: &Path,
    inputs: Inputs<'_>,
    options: &IndexOptions,
    progress: &dyn Progress,
) -> Result<Summary, IndexError> {
    let start = Instant::now();
    // Files are listed under the lock of the index, lest they be compared with what another
    // process knew later. Where there is no index, a wrong path must not create one.
    let (engine, found) = match schema::open(dir) {
        Ok(index) => (
            Engine::open(dir, index, options.writer_bytes)?,
            find(&inputs.paths)?,
        ),
        Err(OpenError::Missing(_)) => {
            let found = find(&inputs.paths)?;
            let index = schema::open_or_create(dir)?;
            sync_entry(dir).map_err(IndexError::engine("make durable", dir))?;
            (Engine::open(dir, index, options.writer_bytes)?, found)
        }
        Err(error) => return Err(error.into()),
    };
    let mut summary = run(dir, engine, found, inputs, options, progress)?;
    summary.seconds = start.elapsed().as_secs_f64();
    Ok(summary)
}

/// Indexes what was found, under the lock that `engine` holds.
pub(crate) fn run(
    dir: &Path,
    engine: Engine,
    found: Found,
    inputs: Inputs<'_>,
    options: &IndexOptions,
    progress: &dyn Progress,
) -> Result<Summary, IndexError> {
    let known = engine.known()?;
    let fields = *engine.fields();
    let files = known.files().map_err(IndexError::engine("read", dir))?;
    let input = Input::new(dir, found, &files);
    progress.total(input.tasks.len() as u64, input.bytes());
    let run = Run {
        dir,
        known: &known,
        fields,
        options,
    };
    let mut writing = Writing::new(engine, &known, Analysis::new(&known, &fields), files, dir);
    if options.prune {
        for path in input.gone(writing.files()) {
            writing.prune(&path)?;
        }
    }
    let reading = Reading {
        options: &options.read,
        only: None,
    };
    run.stages(&mut writing, progress, |feed| {
        reading.files(&input.tasks, feed)?;
        match inputs.stdin {
            Some(stream) => reading.stream(stream, feed),
            None => ControlFlow::Continue(()),
        }
    })?;
    run.read_again(&mut writing, &input)?;
    let (mut summary, engine) = writing.finish()?;
    summary.skipped.splice(0..0, input.skips);
    // The files of segments that are still read from cannot be tidied away.
    drop(known);
    engine.finish()?;
    Ok(summary)
}

/// What all stages of a run share.
struct Run<'a> {
    dir: &'a Path,
    known: &'a Known,
    fields: Fields,
    options: &'a IndexOptions,
}

impl Run<'_> {
    /// Reads the files again that may have an article for a place that became free.
    fn read_again(&self, writing: &mut Writing<'_>, input: &Input) -> Result<(), IndexError> {
        let free = writing.freed().clone();
        if free.is_empty() {
            return Ok(());
        }
        let mut tasks = input.tasks.clone();
        tasks.retain(|task| writing.is_shadowed(&task.name));
        writing.read_again();
        let reading = Reading {
            options: &self.options.read,
            only: Some(&free),
        };
        self.stages(writing, &(), |feed| reading.files(&tasks, feed))
    }

    fn stages(
        &self,
        writing: &mut Writing<'_>,
        progress: &dyn Progress,
        feed: impl FnOnce(&mut Feed) -> ControlFlow<()> + Send,
    ) -> Result<(), IndexError> {
        let threads = self
            .options
            .threads
            .or_else(|| std::thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN);
        let work = || {
            let mut analysis = Analysis::new(self.known, &self.fields);
            move |event| {
                analysis
                    .event(event)
                    .map_err(IndexError::engine("look up articles in", self.dir))
            }
        };
        pipeline::run(threads, feed, work, |turn| {
            let ends = |item: &&analyse::Result| matches!(item, analyse::Result::End(..));
            let articles = turn.items.len() - turn.items.iter().filter(ends).count();
            for item in turn.items {
                writing.take(item, &turn.permit)?;
                writing.commit_when_due(self.options.commit_bytes)?;
            }
            writing.summary().bytes += turn.progress.read;
            progress.advance(articles as u64, turn.progress.read + turn.progress.passed);
            Ok(())
        })
    }
}

/// The input of a run.
struct Input {
    /// Files, in reading order.
    tasks: Vec<Task>,
    /// Names of the files and folders that the user gave.
    roots: Vec<String>,
    /// What cannot be read.
    skips: Vec<Skip>,
}

impl Input {
    fn new(dir: &Path, found: Found, known: &FxHashMap<String, KnownFile>) -> Input {
        // The files of the index itself are no input, should it lie in a given folder.
        let own = dir.canonicalize().ok();
        let is_own = |path: &Path| own.as_ref().is_some_and(|own| path.starts_with(own));
        let mut skips = found.skips;
        skips.retain(|skip| !is_own(Path::new(&skip.path)));
        let mut tasks: Vec<Task> = found
            .files
            .into_iter()
            .filter(|file| !is_own(&file.path))
            .map(|file| Task::new(file, |name| known.get(name).and_then(|file| file.stamp)))
            .collect();
        // Names and paths sort alike but for names that are no UTF-8.
        tasks.sort_by(|a, b| Path::new(&*a.name).cmp(Path::new(&*b.name)));
        Input {
            tasks,
            roots: found.roots.iter().map(|root| path_name(root)).collect(),
            skips,
        }
    }

    fn bytes(&self) -> u64 {
        self.tasks.iter().map(|task| task.bytes).sum()
    }

    /// The known files that are not among the input any more, though what is left of it could
    /// be listed.
    fn gone(&self, known: &FxHashMap<String, KnownFile>) -> Vec<String> {
        let listed: FxHashSet<&str> = self.tasks.iter().map(|task| &*task.name).collect();
        let mut gone: Vec<String> = known
            .keys()
            .filter(|path| {
                let below = |folder: &String| Path::new(path).starts_with(folder);
                !listed.contains(path.as_str())
                    && self.roots.iter().any(below)
                    && !self.skips.iter().any(|skip| below(&skip.path))
            })
            .cloned()
            .collect();
        gone.sort_unstable();
        gone
    }
}

/// Makes the name of a new index directory survive a loss of power.
fn sync_entry(dir: &Path) -> io::Result<()> {
    match dir.canonicalize()?.parent() {
        // Elsewhere a directory cannot be opened, and its entries are durable as they are.
        Some(parent) if cfg!(unix) => std::fs::File::open(parent)?.sync_all(),
        _ => Ok(()),
    }
}
