//! The second look at an article: what the first pass called the same word elsewhere in it.
//!
//! Features of votes are added to the scores of the first pass, so that `Petro` alone is judged
//! with `Gustavo Petro` three paragraphs before or after in view.

use super::features;
use super::label::{LABELS, OUTSIDE};

/// How often the first pass gave each label to each capitalised form of an article, by the
/// numbers of the forms.
pub(crate) struct Votes {
    forms: Vec<[u8; LABELS]>,
}

impl Votes {
    /// No votes on any of so many forms.
    pub(crate) fn new(forms: usize) -> Votes {
        Votes {
            forms: vec![[0; LABELS]; forms],
        }
    }

    /// Counts a label of a form; words without one do not vote.
    pub(crate) fn add(&mut self, form: Option<u32>, label: u8) {
        if let Some(counts) = form.and_then(|form| self.forms.get_mut(form as usize)) {
            let count = &mut counts[label as usize];
            *count = count.saturating_add(1);
        }
    }

    /// Calls `feature(bucket)` for the votes on a token of a window, given as the forms and the
    /// labels of the first pass, whose own vote is left out.
    pub(crate) fn features(
        &self,
        forms: &[Option<u32>],
        labels: &[u8],
        at: usize,
        mut feature: impl FnMut(u32),
    ) {
        let mut emit = |template, value| feature(features::bucket(template, value));
        let around = |leader: Option<u8>| leader.map_or(LABELS as u64, u64::from);
        let Some(counts) = self.others(forms[at], labels[at]) else {
            return;
        };
        let before = at
            .checked_sub(1)
            .and_then(|at| self.leader(forms[at], labels[at]));
        let next = (at + 1 < forms.len())
            .then(|| self.leader(forms[at + 1], labels[at + 1]))
            .flatten();
        let total: u8 = counts
            .iter()
            .fold(0, |sum, &count| sum.saturating_add(count));
        for (label, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let share = u64::from(count) * 4 / u64::from(total.max(1));
            emit(300, (label as u64) << 8 | u64::from(count.min(3)));
            emit(301, (label as u64) << 8 | share);
        }
        let leader = around(self.leader(forms[at], labels[at]));
        emit(302, leader << 16 | around(before) << 8 | around(next));
        emit(303, leader << 8 | u64::from(labels[at]));
    }

    /// The counts without one vote for a label; nothing when no vote is left.
    fn others(&self, form: Option<u32>, own: u8) -> Option<[u8; LABELS]> {
        let mut counts = *self.forms.get(form? as usize)?;
        counts[own as usize] = counts[own as usize].saturating_sub(1);
        counts.iter().any(|&count| count > 0).then_some(counts)
    }

    fn leader(&self, form: Option<u32>, own: u8) -> Option<u8> {
        let counts = self.others(form, own)?;
        let labels = OUTSIDE..LABELS as u8;
        labels.max_by_key(|&label| (counts[label as usize], std::cmp::Reverse(label)))
    }
}
