//! Follows files and folders: keeps an index up to date with them until it is told to stop.
//!
//! The system tells what changed ([`native`]); what changed waits until it is complete
//! ([`pending`]); then it is looked at, in a round of the same stages as every other run. Now and
//! then, or all the time where the system tells nothing, everything is looked at: what no notice
//! told of is found then. The index stays locked throughout, and is committed after every round.

mod native;
mod pending;
mod spared;

use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Select, TryRecvError, never};
use dateline_ingest::{Found, Places, Skip, find_among};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::engine::Engine;
use crate::index::{self, Done, Round};
use crate::read::{MODIFICATION_STEP_NS, Task, now_ns};
use crate::{IndexError, IndexOptions, Progress, Summary};
pub(crate) use spared::Spared;

use native::{Native, Notice};
use pending::{Change, Look, Pending};

/// What is told while files and folders are followed.
#[derive(Debug)]
pub enum Report<'a> {
    /// The index was brought up to date, or could not be further: the first round, and every later
    /// one that changed or skipped something. Skips are told once.
    Committed(&'a Summary),
    /// The system does not tell of changes, for this reason: everything is looked at every so often
    /// instead.
    Polling(&'a str, Duration),
    /// A root lost all of so many files at once: their articles stay in the index.
    Emptied(&'a str, usize),
    /// None of the roots can be reached, for this reason; all articles stay until one is back.
    Absent(&'a str),
}

/// Keeps the index in `dir` up to date with files and folders, as [`index()`](crate::index()) with
/// [`IndexOptions::prune`] would, until [`IndexOptions::stop`] is requested. With `poll`, looks at
/// everything every so often, and does not rely on the system to tell of changes.
///
/// An article is committed within two seconds after its file was closed, or after the last of it was
/// written where the system does not tell when a file is closed. A root that vanishes keeps its
/// articles, and so does one that loses all of several files at once: a share that is not mounted
/// must not empty the index. [`index()`](crate::index()) with [`IndexOptions::prune`] removes them.
///
/// # Errors
/// Those of [`index()`](crate::index()).
pub fn watch(
    dir: &Path,
    paths: &[PathBuf],
    options: &IndexOptions,
    poll: Option<Duration>,
    progress: &dyn Progress,
    report: &mut dyn FnMut(Report<'_>),
) -> Result<(), IndexError> {
    let options = IndexOptions {
        prune: true,
        ..options.clone()
    };
    let mut watch = Watch {
        dir,
        paths,
        options: &options,
        progress,
        report,
        poll,
        native: None,
        notices: never(),
        pending: Pending::default(),
        barren: FxHashMap::default(),
        told: FxHashSet::default(),
        spared: Spared::default(),
        is_absent: false,
        look_at: Instant::now(),
        is_first: true,
    };
    // Before anything is listed, so that no change falls between listing and watching.
    if poll.is_none() {
        watch.start();
    }
    let (engine, found) = index::open(dir, paths, &options)?;
    let mut engine = watch.round(engine, found, None, &BTreeMap::new())?;
    watch.look_at = Instant::now() + watch.pause(Duration::ZERO);
    while !options.stop.is_requested() {
        engine = match watch.wait() {
            Some(notice) => {
                watch.hear(notice);
                engine
            }
            None => watch.look(engine)?,
        };
    }
    engine.finish(true)
}

struct Watch<'a> {
    dir: &'a Path,
    paths: &'a [PathBuf],
    options: &'a IndexOptions,
    progress: &'a dyn Progress,
    report: &'a mut dyn FnMut(Report<'_>),
    /// How often everything is looked at; `None` where the system tells of changes.
    poll: Option<Duration>,
    native: Option<Native>,
    notices: Receiver<Notice>,
    pending: Pending,
    /// What files without an article looked like when they were read: they are not read again
    /// while they look so, for the index does not know them.
    barren: FxHashMap<PathBuf, Look>,
    /// Hashes of skips that were told.
    told: FxHashSet<u64>,
    spared: Spared,
    /// Whether the roots could not be reached when they were looked at last.
    is_absent: bool,
    /// When everything is looked at next.
    look_at: Instant,
    is_first: bool,
}

/// How often everything is looked at where the system cannot tell of changes, and nobody says.
const POLL_DEFAULT: Duration = Duration::from_millis(500);
/// How often everything is looked at although the system tells of changes: those of other machines
/// in network folders, and those behind symbolic links, it does not know.
const RESCAN: Duration = Duration::from_secs(60);
/// How soon a root that vanished is looked for again.
const RETRY: Duration = Duration::from_secs(1);
/// Between two looks at everything there is this many times the time that one takes: where only they
/// show changes, and where they are a precaution.
const LOOK_PAUSES: u32 = 2;
const RESCAN_PAUSES: u32 = 50;

impl Watch<'_> {
    /// Has the system tell of changes, or falls back on looking for them.
    fn start(&mut self) {
        let roots = self.paths.iter().map(|path| resolved(path)).collect();
        match Native::start(roots, resolved(self.dir)) {
            Ok((native, notices)) => {
                self.native = Some(native);
                self.notices = notices;
            }
            Err(reason) => self.fall_back(&reason),
        }
    }

    fn fall_back(&mut self, reason: &str) {
        self.native = None;
        self.notices = never();
        self.poll = Some(POLL_DEFAULT);
        self.look_at = Instant::now();
        (self.report)(Report::Polling(reason, POLL_DEFAULT));
    }

    /// Waits for a notice; without one, until there is something to look at, or to stop.
    fn wait(&self) -> Option<Notice> {
        let look_at = match self.pending.next() {
            Some(due) => due.min(self.look_at),
            None => self.look_at,
        };
        // However many notices there are: what is due comes first.
        if look_at <= Instant::now() {
            return None;
        }
        let mut select = Select::new();
        let notices = select.recv(&self.notices);
        select.recv(self.options.stop.woken());
        match select.ready_deadline(look_at) {
            Ok(ready) if ready == notices => match self.notices.try_recv() {
                Ok(notice) => Some(notice),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => Some(Notice::Failed(
                    "the system tells of no more changes".to_owned(),
                )),
            },
            _ => None,
        }
    }

    fn hear(&mut self, notice: Notice) {
        let now = Instant::now();
        match notice {
            Notice::Touched(path, touch) => {
                let native = self.native.as_mut();
                if let Some(native) = native.filter(|native| native.is_root(&path))
                    && !path.exists()
                {
                    native.lose(path);
                    self.look_at = self.look_at.min(now + RETRY);
                } else {
                    self.pending.touch(path, touch, now);
                }
            }
            Notice::Lost => self.look_at = now,
            Notice::Failed(reason) => self.fall_back(&reason),
        }
    }

    /// Looks at what is due.
    fn look(&mut self, engine: Engine) -> Result<Engine, IndexError> {
        let now = Instant::now();
        if self.options.stop.is_requested() {
            return Ok(engine);
        }
        let due = self.pending.take_due(now);
        let everything = now >= self.look_at;
        if due.is_empty() && !everything {
            return Ok(engine);
        }
        if everything
            && let Some(native) = &mut self.native
            && let Err(reason) = native.watch_absent()
        {
            self.fall_back(&reason);
        }
        let places = (!everything).then(|| {
            // Folders are walked by the names that lead there, files are known by their own.
            let places = due.keys().flat_map(|path| [path.clone(), resolved(path)]);
            Arc::new(places.collect::<Places>())
        });
        let found = find_among(self.paths, places.as_ref());
        if everything {
            self.look_at = Instant::now() + self.pause(now.elapsed());
        }
        match found {
            Ok(found) => {
                self.is_absent = false;
                self.round(engine, found, places, &due)
            }
            // What was there and is not now may come back.
            Err(error) => {
                if !std::mem::replace(&mut self.is_absent, true) {
                    (self.report)(Report::Absent(&error.to_string()));
                }
                self.look_at = now + RETRY;
                Ok(engine)
            }
        }
    }

    /// How long to wait before everything is looked at again, which takes `look`.
    fn pause(&self, look: Duration) -> Duration {
        match &self.native {
            Some(native) if !native.is_complete() => RETRY.max(look * LOOK_PAUSES),
            Some(_) => RESCAN.max(look * RESCAN_PAUSES),
            None => self.poll.unwrap_or(POLL_DEFAULT).max(look * LOOK_PAUSES),
        }
    }

    fn round(
        &mut self,
        engine: Engine,
        found: Found,
        only: Option<Arc<Places>>,
        due: &BTreeMap<PathBuf, Change>,
    ) -> Result<Engine, IndexError> {
        let (pending, barren, is_first) = (&mut self.pending, &self.barren, self.is_first);
        let round = Round {
            found,
            only,
            is_ripe: &mut |task| is_first || is_ripe(task, due, pending, barren),
            spared: Some(&mut self.spared),
            stdin: None,
        };
        let silent: &dyn Progress = &();
        let progress = if is_first { self.progress } else { silent };
        let done = round.run(self.dir, engine, self.options, progress)?;
        if done.is_unsettled {
            self.look_at = Instant::now();
        }
        let engine = self.account(done);
        for (root, files) in self.spared.take_emptied() {
            (self.report)(Report::Emptied(&root, files));
        }
        Ok(engine)
    }

    /// Tells what a round did, if it did anything.
    fn account(&mut self, done: Done) -> Engine {
        let Done {
            engine,
            mut summary,
            barren,
            ..
        } = done;
        for task in barren {
            let look = look_of(&task);
            self.barren.insert(task.path, look);
        }
        let told = &mut self.told;
        summary.skipped.retain(|skip| told.insert(hash(skip)));
        let changes = summary.added + summary.updated + summary.removed;
        let tells = changes > 0 || !summary.skipped.is_empty();
        if std::mem::take(&mut self.is_first) || tells {
            (self.report)(Report::Committed(&summary));
        }
        engine
    }
}

/// Whether a file may be read now. One that may still be written to is put off.
fn is_ripe(
    task: &Task,
    due: &BTreeMap<PathBuf, Change>,
    pending: &mut Pending,
    barren: &FxHashMap<PathBuf, Look>,
) -> bool {
    let look = look_of(task);
    let is_known = task
        .stamp
        .is_some_and(|stamp| (stamp.bytes, stamp.modified_ns) == look);
    if is_known {
        return true;
    }
    let now = Instant::now();
    let first = match due.get(&task.path) {
        Some(change) if change.allows(look, now) => return true,
        Some(change) => change.first(),
        None if barren.get(&task.path) == Some(&look) => return false,
        None if pending.holds(&task.path) => return false,
        None if now_ns().saturating_sub(task.modified_ns) >= MODIFICATION_STEP_NS => return true,
        None => now,
    };
    pending.hold(task.path.clone(), look, first, now);
    false
}

fn look_of(task: &Task) -> Look {
    (task.bytes, task.modified_ns)
}

fn hash(skip: &Skip) -> u64 {
    let Skip {
        path,
        entry,
        record,
        offset,
        reason,
    } = skip;
    FxBuildHasher.hash_one((path, entry, record, offset, reason))
}

/// The path without symbolic links, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in path.ancestors() {
        if let (Ok(resolved), Ok(rest)) = (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            // Joined with nothing, a path would end in a slash.
            return match rest.as_os_str().is_empty() {
                true => resolved,
                false => resolved.join(rest),
            };
        }
    }
    path
}
