//! The first stage: decides which files must be read, reads them in order, and hashes what it
//! reads. Knows nothing of what becomes of the articles.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use dateline_corpus::{Article, ArticleId, ContentHash, FileStamp};
use dateline_ingest::{
    FoundFile, Item, Provenance, ReadOptions, Skip, modified_ns, path_name, reason_of,
};
use rustc_hash::FxHashSet;

use crate::pipeline::Feed;
use crate::{IndexOptions, Stop};

/// The path of what comes from standard input.
pub(crate) const STDIN: &str = "-";

/// A file that may have to be read.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    /// Its path as text, under which the index knows it.
    pub(crate) name: Arc<str>,
    /// Its path.
    pub(crate) path: PathBuf,
    /// Its size when it was listed.
    pub(crate) bytes: u64,
    /// Its modification time when it was listed.
    pub(crate) modified_ns: i64,
    /// What the index knows of it.
    pub(crate) stamp: Option<FileStamp>,
}

/// What the first stage hands on, in reading order.
#[derive(Debug)]
pub(crate) enum Event {
    Article(Box<Article>),
    Skip(Skip),
    /// So many more were skipped, which are not listed one by one.
    Unlisted(u64),
    /// All of a file was handed on.
    End(Arc<str>, Outcome),
}

/// How the reading of a file ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It holds what it held before; the stamp is new where only its time has changed.
    Unchanged(Option<FileStamp>),
    /// It was read to its end.
    Read(FileStamp),
    /// It could not be opened, or not be read on after some records.
    Failed { skip: Skip, partly: bool },
    /// The run ends before all of it was read.
    Stopped { partly: bool },
}

/// Reads what has to be read and feeds it to the next stage.
pub(crate) struct Reading<'a> {
    options: &'a ReadOptions,
    stop: &'a Stop,
    /// Hand on only these articles and no skips; read whatever the stamps say.
    only: Option<&'a FxHashSet<ArticleId>>,
}

/// Files that were modified less than this before they were read may be modified again without
/// their time telling: file systems keep times to between a nanosecond and, on FAT, two seconds.
pub(crate) const MODIFICATION_STEP_NS: i64 = 2_000_000_000;
/// Large enough that a system call costs nothing beside the parsing of what it brings.
const BUFFER_BYTES: usize = 256 << 10;

impl Task {
    pub(crate) fn new(file: FoundFile, stamp: impl FnOnce(&str) -> Option<FileStamp>) -> Task {
        let name = path_name(&file.path);
        Task {
            stamp: stamp(&name),
            name: name.into(),
            path: file.path,
            bytes: file.bytes,
            modified_ns: file.modified_ns,
        }
    }
}

/// A stamp that no file matches, so that the file is read in the next run.
pub(crate) fn stale(stamp: FileStamp) -> FileStamp {
    FileStamp {
        bytes: u64::MAX,
        modified_ns: i64::MIN,
        ..stamp
    }
}

impl<'a> Reading<'a> {
    pub(crate) fn new(
        options: &'a IndexOptions,
        only: Option<&'a FxHashSet<ArticleId>>,
    ) -> Reading<'a> {
        Reading {
            options: &options.read,
            stop: &options.stop,
            only,
        }
    }

    /// Reads files in the order given, until all are read or the run is to stop. Breaks when the
    /// next stage has gone.
    pub(crate) fn files(&self, tasks: &[Task], feed: &mut Feed) -> ControlFlow<()> {
        for task in tasks {
            if self.stop.is_requested() {
                break;
            }
            let consumed = Cell::new(0);
            let outcome = self.file(task, &consumed, feed);
            feed.read(consumed.take());
            if matches!(outcome, Outcome::Unchanged(None)) {
                feed.passed(task.bytes);
            }
            feed.push(Event::End(task.name.clone(), outcome))?;
        }
        ControlFlow::Continue(())
    }

    /// Reads a stream to its end.
    pub(crate) fn stream(&self, stream: &mut dyn Read, feed: &mut Feed) -> ControlFlow<()> {
        if self.stop.is_requested() {
            return ControlFlow::Continue(());
        }
        let consumed = Cell::new(0);
        let mut reader = self.buffered(stream, &consumed);
        let (mut broken, mut skipped) = (false, Skipped::default());
        let from = Provenance {
            read_seconds: Some(now_ns().div_euclid(1_000_000_000)),
            ..Provenance::from(STDIN)
        };
        let result = dateline_ingest::read(from, &mut reader, self.options, &mut |item| {
            if !skipped.lists(&item) {
                return ControlFlow::Continue(());
            }
            let flow = self.hand_on(item, &consumed, feed);
            broken = flow.is_break();
            flow
        });
        feed.read(consumed.take());
        if !broken {
            feed.push(Event::Unlisted(skipped.unlisted()))?;
        }
        match result {
            _ if self.stop.is_requested() => ControlFlow::Continue(()),
            _ if broken => ControlFlow::Break(()),
            Ok(_) => ControlFlow::Continue(()),
            Err(error) => feed.push(Event::Skip(unreadable(STDIN, &error))),
        }
    }

    fn file(&self, task: &Task, consumed: &Cell<u64>, feed: &mut Feed) -> Outcome {
        let options = options_hash(self.options);
        let known = task
            .stamp
            .filter(|stamp| self.only.is_none() && (options == 0 || stamp.options == options));
        if known
            .is_some_and(|stamp| stamp.bytes == task.bytes && stamp.modified_ns == task.modified_ns)
        {
            return Outcome::Unchanged(None);
        }
        let mut partly = false;
        let outcome = self.open(task, known, consumed, feed, &mut partly);
        // From then on nothing was handed on, whatever the reader made of the end of its input.
        if self.stop.is_requested() {
            return Outcome::Stopped { partly };
        }
        outcome.unwrap_or_else(|error| Outcome::Failed {
            skip: unreadable(&task.name, &error),
            partly,
        })
    }

    fn open(
        &self,
        task: &Task,
        known: Option<FileStamp>,
        consumed: &Cell<u64>,
        feed: &mut Feed,
        partly: &mut bool,
    ) -> io::Result<Outcome> {
        let mut file = File::open(&task.path)?;
        let opened = Opened::new(&file)?;
        // A file of another size is another file; hashing it first would be reading it twice.
        if let Some(stamp) = known.filter(|stamp| stamp.bytes == opened.bytes) {
            let mut reader = Hashing::new(&mut file, consumed, self.stop);
            io::copy(&mut reader, &mut io::sink())?;
            let hash = reader.hash();
            if hash == stamp.hash {
                let stamp = opened.stamp(&file, FileStamp { hash, ..stamp })?;
                return Ok(Outcome::Unchanged(Some(stamp)));
            }
            file.rewind()?;
        }
        let (mut articles, mut skipped) = (0, Skipped::default());
        let mut reader = self.buffered(&mut file, consumed);
        let from = Provenance {
            modified_seconds: Some(opened.modified_ns.div_euclid(1_000_000_000)),
            read_seconds: Some(opened.now_ns.div_euclid(1_000_000_000)),
            ..Provenance::from(&*task.name)
        };
        dateline_ingest::read(from, &mut reader, self.options, &mut |item| {
            *partly = true;
            articles += u64::from(matches!(item, Item::Article(_)));
            match skipped.lists(&item) {
                true => self.hand_on(item, consumed, feed),
                false => ControlFlow::Continue(()),
            }
        })?;
        if self.only.is_none() && skipped.unlisted() > 0 {
            // Whether the next stage has gone is known at the end of the file.
            let _ = feed.push(Event::Unlisted(skipped.unlisted()));
        }
        // The reader may know before the end that there is no more to come; the hash does not.
        let mut reader = reader.into_inner();
        if articles > 0 {
            io::copy(&mut reader, &mut io::sink())?;
        }
        let hash = reader.hash();
        let stamp = FileStamp {
            bytes: opened.bytes,
            modified_ns: opened.modified_ns,
            hash,
            articles,
            skipped: skipped.records,
            options: options_hash(self.options),
        };
        Ok(Outcome::Read(opened.stamp(&file, stamp)?))
    }

    fn hand_on(&self, item: Item, consumed: &Cell<u64>, feed: &mut Feed) -> ControlFlow<()> {
        feed.read(consumed.take());
        if self.stop.is_requested() {
            return ControlFlow::Break(());
        }
        match (item, self.only) {
            (Item::Article(article), Some(only)) if !only.contains(&article.id) => {
                ControlFlow::Continue(())
            }
            (Item::Skip(_), Some(_)) => ControlFlow::Continue(()),
            (Item::Article(article), _) => feed.push(Event::Article(article)),
            (Item::Skip(skip), None) => feed.push(Event::Skip(skip)),
        }
    }

    fn buffered<'b, R: Read>(
        &'b self,
        reader: R,
        consumed: &'b Cell<u64>,
    ) -> BufReader<Hashing<'b, R>> {
        BufReader::with_capacity(BUFFER_BYTES, Hashing::new(reader, consumed, self.stop))
    }
}

/// Counts what is skipped of an input. Skips are kept until the run ends, so that of the millions
/// that a damaged file may have only the first are listed.
#[derive(Default)]
struct Skipped {
    records: u64,
}

/// More than anybody reads, and a few megabytes.
const SKIPS_LISTED_MAX: u64 = 10_000;

impl Skipped {
    /// Counts a skip, and says whether an item is to be listed.
    fn lists(&mut self, item: &Item) -> bool {
        match item {
            Item::Article(_) => true,
            Item::Skip(_) => {
                self.records += 1;
                self.records <= SKIPS_LISTED_MAX
            }
        }
    }

    /// How many were not.
    fn unlisted(&self) -> u64 {
        self.records.saturating_sub(SKIPS_LISTED_MAX)
    }
}

/// A file when it was opened.
struct Opened {
    bytes: u64,
    modified_ns: i64,
    now_ns: i64,
}

impl Opened {
    fn new(file: &File) -> io::Result<Opened> {
        let metadata = file.metadata()?;
        Ok(Opened {
            bytes: metadata.len(),
            modified_ns: modified_ns(&metadata),
            now_ns: now_ns(),
        })
    }

    /// The stamp of what was read, or one that does not hold when the file was being written.
    fn stamp(&self, file: &File, stamp: FileStamp) -> io::Result<FileStamp> {
        let after = file.metadata()?;
        if after.len() != self.bytes || modified_ns(&after) != self.modified_ns {
            return Ok(stale(stamp));
        }
        let settled = self.now_ns.saturating_sub(self.modified_ns) >= MODIFICATION_STEP_NS;
        Ok(FileStamp {
            bytes: self.bytes,
            // A time that no file has makes the next run hash the file.
            modified_ns: if settled { self.modified_ns } else { i64::MIN },
            ..stamp
        })
    }
}

/// The clock, as [`modified_ns`] counts.
pub(crate) fn now_ns() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    since_1970.map_or(0, |time| i64::try_from(time.as_nanos()).unwrap_or(i64::MAX))
}

/// What [`FileStamp::options`] keeps of the options of a run.
fn options_hash(options: &ReadOptions) -> u64 {
    if *options == ReadOptions::default() {
        return 0;
    }
    ContentHash::of_bytes(format!("{options:?}").as_bytes()).0
}

fn unreadable(name: &str, error: &io::Error) -> Skip {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "vanished before it was read".to_owned(),
        _ => reason_of(error),
    };
    Skip::file(name, reason)
}

/// Hashes and counts what is read through it, and fails when the run is to stop.
struct Hashing<'a, R> {
    reader: R,
    hasher: blake3::Hasher,
    consumed: &'a Cell<u64>,
    stop: &'a Stop,
}

impl<'a, R: Read> Hashing<'a, R> {
    fn new(reader: R, consumed: &'a Cell<u64>, stop: &'a Stop) -> Hashing<'a, R> {
        Hashing {
            reader,
            hasher: blake3::Hasher::new(),
            consumed,
            stop,
        }
    }

    fn hash(&self) -> ContentHash {
        ContentHash::from_hash(self.hasher.finalize())
    }
}

impl<R: Read> Read for Hashing<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_requested() {
            return Err(io::Error::other("stopped"));
        }
        let read = self.reader.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.consumed.set(self.consumed.get() + read as u64);
        Ok(read)
    }
}
