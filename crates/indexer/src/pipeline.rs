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
            // The panic goes on when the threads are joined, which must not wait for results.
            let Some(batch) = batch else { break };
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

/// What a thread made of a batch; `None` where it panicked.
type Done<T, E> = Option<Result<Batch<T>, E>>;

fn work_off<T, E>(
    waiting: &Receiver<Batch<Event>>,
    done: &Sender<Done<T, E>>,
    mut work: impl FnMut(Event) -> Result<T, E>,
) {
    let _alarm = Alarm(done);
    for batch in waiting {
        let items: Result<Vec<T>, E> = batch.items.into_iter().map(&mut work).collect();
        let result = items.map(|items| Batch {
            items,
            sequence: batch.sequence,
            progress: batch.progress,
            permit: batch.permit,
        });
        if done.send(Some(result)).is_err() {
            return;
        }
    }
}

/// Tells of a panic, without which the results of a batch would be waited for in vain.
struct Alarm<'a, T, E>(&'a Sender<Done<T, E>>);

impl<T, E> Drop for Alarm<'_, T, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = self.0.send(None);
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use dateline_ingest::Skip;
    use proptest::prelude::*;

    use super::*;

    const THREE: NonZeroUsize = NonZeroUsize::new(3).unwrap();

    fn numbered(number: u64) -> Event {
        Event::Skip(Skip {
            record: Some(number),
            ..Skip::default()
        })
    }

    fn number(event: Event) -> u64 {
        match event {
            Event::Skip(skip) => skip.record.unwrap(),
            _ => unreachable!(),
        }
    }

    fn feed(events: u64) -> impl FnOnce(&mut Feed) -> ControlFlow<()> + Send {
        move |feed| (0..events).try_for_each(|number| feed.push(numbered(number)))
    }

    proptest! {
        #[test]
        fn results_are_taken_in_the_order_of_events(
            events in 0..3_000u64,
            threads in 1..6usize,
        ) {
            let mut taken = Vec::new();
            let threads = NonZeroUsize::new(threads).unwrap();
            let result: Result<(), ()> = run(threads, feed(events), || |event| Ok(number(event)), |turn| {
                taken.extend(turn.items);
                Ok(())
            });
            prop_assert_eq!(result, Ok(()));
            prop_assert_eq!(taken, (0..events).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_stage_that_fails_ends_the_run_however_much_there_is_to_do() {
        let failed = |result: Result<(), u64>| result == Err(1_000);
        assert!(failed(run(
            THREE,
            feed(u64::MAX),
            || |event| match number(event) {
                1_000 => Err(1_000),
                number => Ok(number),
            },
            |_| Ok(()),
        )));
        assert!(failed(run(
            THREE,
            feed(u64::MAX),
            || |event| Ok(number(event)),
            |turn| match turn.items.contains(&1_000) {
                true => Err(1_000),
                false => Ok(()),
            },
        )));
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_thread_that_panics_ends_the_run_however_much_there_is_to_do() {
        let work = || {
            |event| match number(event) {
                1_000 => panic!("a fault"),
                number => Ok::<u64, ()>(number),
            }
        };
        let _ = run(THREE, feed(u64::MAX), work, |_| Ok(()));
    }

    #[test]
    fn what_is_under_way_is_bounded() {
        let (fed, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let most = BATCH_EVENTS * (BATCHES_PER_THREAD * THREE.get() + 2);
        let source = |feed: &mut Feed| {
            (0..50_000).try_for_each(|number| {
                let under_way = fed.fetch_add(1, Ordering::SeqCst) - taken.load(Ordering::SeqCst);
                assert!(under_way <= most, "{under_way}");
                feed.push(numbered(number))
            })
        };
        let result: Result<(), ()> = run(
            THREE,
            source,
            || |event| Ok(number(event)),
            |turn| {
                taken.fetch_add(turn.items.len(), Ordering::SeqCst);
                Ok(())
            },
        );
        assert_eq!((result, taken.into_inner()), (Ok(()), 50_000));
    }
}
