//! Brings an index up to date: prunes, runs the stages over the files, and once more over those
//! that have an article for a place that became free.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use dateline_corpus::schema::{self, Fields, OpenError};
use dateline_ingest::{Found, Places, Skip, find, path_name};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::analyse::{self, Analysis};
use crate::engine::Engine;
use crate::known::{Known, KnownFile};
use crate::pipeline::{self, Feed};
use crate::read::{Reading, Task};
use crate::settle::settle;
use crate::watch::Spared;
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
    let (engine, found) = open(dir, &inputs.paths, options)?;
    let mut summary = run(dir, engine, found, inputs, options, progress)?;
    summary.seconds = start.elapsed().as_secs_f64();
    Ok(summary)
}

/// Takes the lock of the index, which is made where there is none, and lists what is to be read.
pub(crate) fn open(
    dir: &Path,
    paths: &[PathBuf],
    options: &IndexOptions,
) -> Result<(Engine, Found), IndexError> {
    // Files are listed under the lock of the index, lest they be compared with what another
    // process knew later. Where there is no index, a wrong path must not create one.
    match schema::open(dir) {
        Ok(index) => Ok((
            Engine::open(dir, index, options.writer_bytes)?,
            find(paths)?,
        )),
        Err(OpenError::Missing(_)) => {
            let found = find(paths)?;
            let index = schema::open_or_create(dir)?;
            sync_entry(dir).map_err(IndexError::engine("make durable", dir))?;
            Ok((Engine::open(dir, index, options.writer_bytes)?, found))
        }
        Err(error) => Err(error.into()),
    }
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
    let mut always = |_: &Task| true;
    let round = Round {
        found,
        only: None,
        is_ripe: &mut always,
        spared: None,
        stdin: inputs.stdin.map(|stream| stream as _),
    };
    let done = round.run(dir, engine, options, progress)?;
    done.engine.finish(done.summary.stopped)?;
    Ok(done.summary)
}

/// What one run looks at.
pub(crate) struct Round<'a> {
    /// What is there.
    pub(crate) found: Found,
    /// The places it was looked for; `None` when that was everywhere.
    pub(crate) only: Option<Arc<Places>>,
    /// Whether a file may be read now; else it stays as the index has it.
    pub(crate) is_ripe: &'a mut dyn FnMut(&Task) -> bool,
    /// What is not to be pruned; `None` where the user says himself what is.
    pub(crate) spared: Option<&'a mut Spared>,
    /// A stream, read after the files.
    pub(crate) stdin: Option<&'a mut (dyn Read + Send)>,
}

/// What came of a round. All of it is committed.
pub(crate) struct Done {
    pub(crate) engine: Engine,
    pub(crate) summary: Summary,
    /// Files that yielded no article, so that the index does not know them.
    pub(crate) barren: Vec<Task>,
    /// Whether articles left their places, and files elsewhere may have one for them.
    pub(crate) is_unsettled: bool,
}

impl Round<'_> {
    pub(crate) fn run(
        self,
        dir: &Path,
        engine: Engine,
        options: &IndexOptions,
        progress: &dyn Progress,
    ) -> Result<Done, IndexError> {
        let start = Instant::now();
        let known = engine.known()?;
        let fields = *engine.fields();
        let files = known.files().map_err(IndexError::engine("read", dir))?;
        let mut input = Input::new(dir, self.found, &files);
        let stages = Stages {
            dir,
            known: &known,
            fields,
            options,
        };
        let mut writing = Writing::new(engine, &known, Analysis::new(&known, &fields), files, dir);
        if options.prune {
            let mut gone = input.gone(writing.files(), self.only.as_deref());
            if let Some(spared) = self.spared {
                let is_there = |name: &str| input.listed.contains(name);
                gone = spared.sift(gone, &input.roots, writing.files().keys(), is_there);
            }
            for path in gone {
                writing.prune(&path)?;
            }
        }
        input.tasks.retain(|task| (self.is_ripe)(task));
        progress.total(input.tasks.len() as u64, input.bytes());
        stages.run(&mut writing, progress, |feed| {
            let reading = Reading::new(options, None);
            reading.files(&input.tasks, feed)?;
            match self.stdin {
                Some(stream) => reading.stream(stream, feed),
                None => ControlFlow::Continue(()),
            }
        })?;
        let mut is_unsettled = writing.is_unsettled();
        // Elsewhere there may be files that were not listed.
        if is_unsettled && self.only.is_none() && !options.stop.is_requested() {
            stages.read_again(&mut writing, &input)?;
            is_unsettled = false;
        }
        let barren = input.barren(writing.files());
        let (mut summary, mut engine) = writing.finish()?;
        summary.stopped = options.stop.is_requested();
        if !summary.stopped {
            settle(dir, &mut engine, options)?;
        }
        summary.skipped.splice(0..0, input.skips);
        summary.seconds = start.elapsed().as_secs_f64();
        Ok(Done {
            engine,
            summary,
            barren,
            is_unsettled,
        })
    }
}

/// What all stages of a run share.
struct Stages<'a> {
    dir: &'a Path,
    known: &'a Known,
    fields: Fields,
    options: &'a IndexOptions,
}

impl Stages<'_> {
    /// Reads the files again that may have an article for a place that became free.
    fn read_again(&self, writing: &mut Writing<'_>, input: &Input) -> Result<(), IndexError> {
        let free = writing.freed().clone();
        let mut tasks = input.tasks.clone();
        tasks.retain(|task| writing.is_shadowed(&task.name));
        writing.read_again();
        self.run(writing, &(), |feed| {
            Reading::new(self.options, Some(&free)).files(&tasks, feed)
        })
    }

    fn run(
        &self,
        writing: &mut Writing<'_>,
        progress: &dyn Progress,
        feed: impl FnOnce(&mut Feed) -> ControlFlow<()> + Send,
    ) -> Result<(), IndexError> {
        let work = || {
            let mut analysis = Analysis::new(self.known, &self.fields);
            move |event| {
                analysis
                    .event(event)
                    .map_err(IndexError::engine("look up articles in", self.dir))
            }
        };
        pipeline::run(self.options.threads(), feed, work, |turn| {
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
    /// The names of all files that are there.
    listed: FxHashSet<Arc<str>>,
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
            listed: tasks.iter().map(|task| task.name.clone()).collect(),
            tasks,
            roots: found.roots.iter().map(|root| path_name(root)).collect(),
            skips,
        }
    }

    fn bytes(&self) -> u64 {
        self.tasks.iter().map(|task| task.bytes).sum()
    }

    /// The known files that are not among the input any more, though what is left of it could
    /// be listed; with places, those of them that lay there.
    fn gone(&self, known: &FxHashMap<String, KnownFile>, only: Option<&Places>) -> Vec<String> {
        let unreadable: Places = self
            .skips
            .iter()
            .map(|skip| PathBuf::from(&skip.path))
            .collect();
        let mut gone: Vec<String> = known
            .keys()
            .filter(|name| {
                let path = Path::new(name);
                !self.listed.contains(name.as_str())
                    && only.is_none_or(|places| places.cover(path))
                    && self.roots.iter().any(|root| path.starts_with(root))
                    && !unreadable.cover(path)
            })
            .cloned()
            .collect();
        gone.sort_unstable();
        gone
    }

    /// The files that the index knows nothing of although they were read.
    fn barren(&self, known: &FxHashMap<String, KnownFile>) -> Vec<Task> {
        let is_barren = |task: &&Task| !known.contains_key(&*task.name);
        self.tasks.iter().filter(is_barren).cloned().collect()
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
