//! The wish to end a run early, told from another thread. What was read until then is committed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, bounded};

/// Ends the runs it was given to. Clones speak for the same runs.
#[derive(Debug, Clone)]
pub struct Stop {
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    requested: AtomicBool,
    /// Wakes who waits for something else to happen.
    wake: Sender<()>,
    woken: Receiver<()>,
}

impl Stop {
    /// Ends the runs as soon as what they have read is committed. Cannot be taken back.
    pub fn request(&self) {
        self.state.requested.store(true, Ordering::Release);
        // One message is enough to wake.
        let _ = self.state.wake.try_send(());
    }

    /// Whether the runs are to end.
    pub fn is_requested(&self) -> bool {
        self.state.requested.load(Ordering::Acquire)
    }

    /// Hears of a request.
    pub(crate) fn woken(&self) -> &Receiver<()> {
        &self.state.woken
    }
}

impl Default for Stop {
    fn default() -> Stop {
        let (wake, woken) = bounded(1);
        Stop {
            state: Arc::new(State {
                requested: AtomicBool::new(false),
                wake,
                woken,
            }),
        }
    }
}
