//! Precision, recall and F1 of sets.

use std::collections::BTreeSet;

/// Counts of what was right, missed and found in excess.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Score {
    pub(crate) right: usize,
    pub(crate) missed: usize,
    pub(crate) excess: usize,
}

impl Score {
    /// Adds an article and returns what was missed and what was found in excess.
    pub(crate) fn add<'s>(
        &mut self,
        wanted: &'s BTreeSet<String>,
        found: &'s BTreeSet<String>,
    ) -> (Vec<&'s String>, Vec<&'s String>) {
        let missed: Vec<_> = wanted.difference(found).collect();
        let excess: Vec<_> = found.difference(wanted).collect();
        self.right += wanted.intersection(found).count();
        self.missed += missed.len();
        self.excess += excess.len();
        (missed, excess)
    }

    /// Prints a line of figures.
    pub(crate) fn print(&self, what: &str) {
        let Score {
            right,
            missed,
            excess,
        } = *self;
        println!(
            "{what:24} P {:5.1} R {:5.1} F1 {:5.1}  ({right} right, {missed} missed, {excess} in excess)",
            share(right, right + excess),
            share(right, right + missed),
            share(2 * right, 2 * right + missed + excess),
        );
    }
}

/// A part of a whole in per cent.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}
