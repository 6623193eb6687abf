//! What a caller says about a run, and what it hears while the run goes on.

use std::io::Read;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use dateline_ingest::ReadOptions;

use crate::Stop;

/// What is to be indexed.
#[derive(Default)]
pub struct Inputs<'a> {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// A stream, read after the files; its articles have the path `-`.
    pub stdin: Option<&'a mut (dyn Read + Send)>,
}

/// How a run goes about it.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Threads that analyse; `None` takes one for each core.
    pub threads: Option<NonZeroUsize>,
    /// Removes the articles of files that are no longer below one of the given folders.
    pub prune: bool,
    /// What the user knows about the input.
    pub read: ReadOptions,
    /// Memory in bytes that tantivy may fill with new postings before it writes them out.
    pub writer_bytes: usize,
    /// Text in bytes after which a long run commits what it has.
    pub commit_bytes: u64,
    /// Ends it early.
    pub stop: Stop,
}

impl Default for IndexOptions {
    fn default() -> IndexOptions {
        IndexOptions {
            threads: None,
            prune: false,
            read: ReadOptions::default(),
            writer_bytes: WRITER_BYTES,
            commit_bytes: COMMIT_BYTES,
            stop: Stop::default(),
        }
    }
}

impl IndexOptions {
    /// How many threads analyse.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        self.threads
            .or_else(|| std::thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN)
    }
}

/// Hears how far a run is. `()` does not listen.
pub trait Progress: Sync {
    /// What there is to do: called once, before anything is read. A stream adds nothing to it.
    fn total(&self, files: u64, bytes: u64);
    /// What was done since the last call.
    fn advance(&self, articles: u64, bytes: u64);
}

impl Progress for () {
    fn total(&self, _: u64, _: u64) {}
    fn advance(&self, _: u64, _: u64) {}
}

/// Holds the postings of some 300 MB of text, so that most runs write few segments and merge
/// none, and leaves a gigabyte of memory room for the rest.
const WRITER_BYTES: usize = 256 << 20;
/// Half a minute of work or so: what an interrupted run may have to do again.
const COMMIT_BYTES: u64 = 1 << 30;
