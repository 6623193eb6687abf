//! Files that have changed and wait until nobody writes to them any more. Knows neither files nor
//! the clock.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What happened to a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Touch {
    /// It was written to, and more may come.
    Written,
    /// It is complete: closed after writing, renamed, removed.
    Completed,
    /// Its attributes changed.
    Marked,
}

/// What a file looked like: size, and modification time in nanoseconds since 1970.
pub(super) type Look = (u64, i64);

/// A change that was not dealt with yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    first: Instant,
    last: Instant,
    is_open: bool,
    /// What it looked like, where only looking at it showed the change.
    seen: Option<Look>,
}

/// Changes by path.
#[derive(Debug, Default)]
pub(super) struct Pending {
    changes: BTreeMap<PathBuf, Change>,
}

/// A file that was closed is left alone for this long: programs write a file in several goes, and
/// replace it by another one.
const QUIET_AFTER_CLOSE: Duration = Duration::from_millis(200);
/// A file that nobody was seen to close must be quiet for this long. Longer pauses of a writer
/// cost a second reading; longer waiting would cost the two seconds in which an article is to be
/// found.
const QUIET_WHILE_OPEN: Duration = Duration::from_millis(1_000);
/// A file of which nobody told that it is complete must look the same after this long: a look that
/// finds it, this and the commit take less than the two seconds together.
const QUIET_WHILE_SEEN: Duration = Duration::from_millis(500);
/// A file that is written to without a pause is read as it is after this long.
const WAIT_MAX: Duration = Duration::from_secs(10);

impl Pending {
    /// Notes what happened to a path.
    pub(super) fn touch(&mut self, path: PathBuf, touch: Touch, now: Instant) {
        let change = self.changes.entry(path).or_insert(Change {
            first: now,
            last: now,
            is_open: false,
            seen: None,
        });
        change.last = now;
        // What was heard of since then does not have to be looked at twice.
        change.seen = None;
        match touch {
            Touch::Written => change.is_open = true,
            Touch::Completed => change.is_open = false,
            Touch::Marked => {}
        }
    }

    /// Lets a file wait that looks as if it were being written, since `first`.
    pub(super) fn hold(&mut self, path: PathBuf, look: Look, first: Instant, now: Instant) {
        let change = Change {
            first,
            last: now,
            is_open: true,
            seen: Some(look),
        };
        self.changes.insert(path, change);
    }

    /// Whether a path has changes that wait.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.changes.contains_key(path)
    }

    /// When the first of them has waited long enough.
    pub(super) fn next(&self) -> Option<Instant> {
        self.changes.values().map(Change::due).min()
    }

    /// Takes those out that have waited long enough.
    pub(super) fn take_due(&mut self, now: Instant) -> BTreeMap<PathBuf, Change> {
        self.changes
            .extract_if(.., |_, change| change.due() <= now)
            .collect()
    }
}

impl Change {
    /// Since when it waits.
    pub(super) fn first(&self) -> Instant {
        self.first
    }

    /// Whether a file that looks like this may be read: it was heard that it is complete, looks as
    /// it did, or has waited for too long.
    pub(super) fn allows(&self, look: Look, now: Instant) -> bool {
        self.seen.is_none_or(|seen| seen == look) || now >= self.first + WAIT_MAX
    }

    fn due(&self) -> Instant {
        let quiet = match self.is_open {
            _ if self.seen.is_some() => QUIET_WHILE_SEEN,
            true => QUIET_WHILE_OPEN,
            false => QUIET_AFTER_CLOSE,
        };
        (self.last + quiet).min(self.first + WAIT_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is due at each of some milliseconds, after touches at others.
    fn due(touches: &[(u64, Touch)], at: &[u64]) -> Vec<usize> {
        let start = Instant::now();
        let instant = |ms: u64| start + Duration::from_millis(ms);
        let mut pending = Pending::default();
        let mut touches = touches.iter().peekable();
        at.iter()
            .map(|&ms| {
                while let Some((_, touch)) = touches.next_if(|(when, _)| *when <= ms) {
                    pending.touch("a".into(), *touch, instant(ms));
                }
                pending.take_due(instant(ms)).len()
            })
            .collect()
    }

    #[test]
    fn a_closed_file_waits_for_a_moment_and_an_open_one_for_longer() {
        use Touch::{Completed, Written};
        assert_eq!(due(&[(0, Completed)], &[0, 199, 200, 300]), [0, 0, 1, 0]);
        assert_eq!(due(&[(0, Written)], &[0, 200, 999, 1_000]), [0, 0, 0, 1]);
        let closed = [(0, Written), (500, Completed)];
        assert_eq!(due(&closed, &[0, 500, 699, 700]), [0, 0, 0, 1]);
        let reopened = [(0, Completed), (100, Written)];
        assert_eq!(due(&reopened, &[0, 100, 1_099, 1_100]), [0, 0, 0, 1]);
        let marked = [(0, Completed), (100, Touch::Marked)];
        assert_eq!(due(&marked, &[0, 100, 299, 300]), [0, 0, 0, 1]);
    }

    #[test]
    fn a_file_that_is_always_written_to_is_read_now_and_then() {
        let times: Vec<u64> = (0..25).map(|step| step * 500).collect();
        let touches: Vec<_> = times.iter().map(|ms| (*ms, Touch::Written)).collect();
        let found = due(&touches, &times);
        assert_eq!(found.iter().sum::<usize>(), 1);
        assert_eq!(found[20], 1);
    }

    #[test]
    fn what_was_only_looked_at_must_look_the_same_twice() {
        let start = Instant::now();
        let mut pending = Pending::default();
        pending.hold("a".into(), (1, 1), start, start);
        let later = pending.next().unwrap();
        let due = pending.take_due(later);
        let change = due[Path::new("a")];
        assert!(change.allows((1, 1), later));
        assert!(!change.allows((2, 1), later));
        assert!(change.allows((2, 1), start + WAIT_MAX));
        assert!(!pending.holds(Path::new("a")));
    }
}
