//! Arrays of counts that are used again: a large array costs more to be allocated than to be
//! counted in.

use std::sync::{Arc, Mutex, PoisonError};

/// Arrays kept for later; beyond them they are freed. A search needs one for each segment and one
/// for each facet at a time.
const ARRAYS_MAX: usize = 64;

/// Arrays of zeros. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Pool {
    arrays: Arc<Mutex<Vec<Vec<u32>>>>,
}

impl Pool {
    /// An array of `len` zeros.
    pub(super) fn take(&self, len: usize) -> Vec<u32> {
        let kept = {
            let mut arrays = self.lock();
            let fitting = arrays.iter().rposition(|array| array.len() == len);
            fitting.map(|at| arrays.swap_remove(at))
        };
        kept.unwrap_or_else(|| vec![0; len])
    }

    /// Keeps an array for later; it must be all zeros.
    pub(super) fn give(&self, array: Vec<u32>) {
        debug_assert!(array.iter().all(|&count| count == 0));
        let mut arrays = self.lock();
        if arrays.len() < ARRAYS_MAX {
            arrays.push(array);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Vec<u32>>> {
        // A panic elsewhere cannot leave the list half written.
        self.arrays.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
