//! Runs the stages side by side: one thread feeds events, several work on them, and the calling
//! thread takes the results in the order in which they were fed.
//!
//! What is under way is bounded by permits: a batch holds one from the moment it is fed until
//! the last that was made of it is dropped. So the results that wait for their turn are bounded
//! too.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::read::Event;

/// Events that go through the stages together.
struct Batch<T> {
    sequence: u64,
    items: Vec<T>,
    progress: Bytes,
    permit: Permit,
}

/// Results that are to be taken, in order.
pub(crate) struct Turn<T> {
    pub(crate) items: Vec<T>,
    pub(crate) progress: Bytes,
    /// Keep a copy for as long as memory is held on account of these results.
    pub(crate) permit: Permit,
}

/// Input that was dealt with.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bytes {
    /// Read.
    pub(crate) read: u64,
    /// Known without being read.
    pub(crate) passed: u64,
}

/// The right to have a batch under way.
pub(crate) type Permit = Arc<dyn Send + Sync>;

/// Where the first stage puts its events.
pub(crate) struct Feed {
    batches: Sender<Batch<Event>>,
    permits: (Sender<()>, Receiver<()>),
    sequence: u64,
    events: Vec<Event>,
    text_bytes: usize,
    progress: Bytes,
}

/// Text in a batch: enough that handing it from thread to thread costs nothing beside the work.
const BATCH_BYTES: usize = 256 << 10;
/// Events in a batch, where there is little text in them.
const BATCH_EVENTS: usize = 256;
/// Batches under way for each thread that works: one in work, one waiting, one done and waiting
/// for its turn, one in the hands of the writer.
const BATCHES_PER_THREAD: usize = 4;

/// Runs the stages until `feed` returns and all it fed was taken, or until a stage fails.
/// `work` makes the working function of one thread.
pub(crate) fn run<T: Send, E: Send, W>(
    threads: NonZeroUsize,
    feed: impl FnOnce(&mut Feed) -> ControlFlow<()> + Send,
    work: impl Fn() -> W + Sync,
    mut take: impl FnMut(Turn<T>) -> Result<(), E>,
) -> Result<(), E>
where
    W: FnMut(Event) -> Result<T, E>,
{
    let (batches, waiting) = unbounded();
    let (done, results) = unbounded();
    let permits = bounded(BATCHES_PER_THREAD * threads.get());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut outlet = Feed::new(batches, permits);
            if feed(&mut outlet).is_continue() {
                let _ = outlet.flush();
            }
        });
        for _ in 0..threads.get() {
            let (waiting, done, work) = (waiting.clone(), done.clone(), &work);
            scope.spawn(move || work_off(&waiting, &done, work()));
        }
        // The channels must close when the threads that use them are done.
        drop((waiting, done));
        let mut early = BTreeMap::new();
        let mut next = 0;
        for batch in results {
            let batch: Batch<T> = batch?;
            early.insert(batch.sequence, batch);
            while let Some(Batch {
                items,
                progress,
                permit,
                ..
            }) = early.remove(&next)
            {
                next += 1;
                take(Turn {
                    items,
                    progress,
                    permit,
                })?;
            }
        }
        Ok(())
    })
}

fn work_off<T, E>(
    waiting: &Receiver<Batch<Event>>,
    done: &Sender<Result<Batch<T>, E>>,
    mut work: impl FnMut(Event) -> Result<T, E>,
) {
    for batch in waiting {
        let items: Result<Vec<T>, E> = batch.items.into_iter().map(&mut work).collect();
        let result = items.map(|items| Batch {
            items,
            sequence: batch.sequence,
            progress: batch.progress,
            permit: batch.permit,
        });
        if done.send(result).is_err() {
            return;
        }
    }
}

impl Feed {
    fn new(batches: Sender<Batch<Event>>, permits: (Sender<()>, Receiver<()>)) -> Feed {
        Feed {
            batches,
            permits,
            sequence: 0,
            events: Vec::new(),
            text_bytes: 0,
            progress: Bytes::default(),
        }
    }

    /// Hands an event on. Breaks when the next stage has gone.
    pub(crate) fn push(&mut self, event: Event) -> ControlFlow<()> {
        if let Event::Article(article) = &event {
            self.text_bytes += article.body.len();
        }
        self.events.push(event);
        if self.text_bytes >= BATCH_BYTES || self.events.len() >= BATCH_EVENTS {
            self.flush()
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Counts bytes that were read.
    pub(crate) fn read(&mut self, bytes: u64) {
        self.progress.read += bytes;
    }

    /// Counts bytes that did not have to be read.
    pub(crate) fn passed(&mut self, bytes: u64) {
        self.progress.passed += bytes;
    }

    fn flush(&mut self) -> ControlFlow<()> {
        let (acquire, release) = &self.permits;
        // Its other end is here, so it cannot be closed.
        let _ = acquire.send(());
        let batch = Batch {
            sequence: self.sequence,
            items: std::mem::take(&mut self.events),
            progress: std::mem::take(&mut self.progress),
            permit: Arc::new(Release(release.clone())),
        };
        self.sequence += 1;
        self.text_bytes = 0;
        match self.batches.send(batch) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// Gives a permit back when it is dropped.
struct Release(Receiver<()>);

impl Drop for Release {
    fn drop(&mut self) {
        let _ = self.0.try_recv();
    }
}
