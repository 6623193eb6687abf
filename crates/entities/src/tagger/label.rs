//! The labels of tokens and which may follow which: BIOES over three kinds of names.
//!
//! `O` is outside of names; a name of one token is `S`, a longer one `B`, `I`…, `E`.

use std::ops::Range;

use dateline_corpus::EntityKind;

/// How many labels there are.
pub(crate) const LABELS: usize = 13;
/// The label of tokens outside of names.
pub(crate) const OUTSIDE: u8 = 0;
/// The kinds in the order of their labels. Countries are places here: which places are countries
/// is the country table's knowledge.
pub(crate) const KINDS: [EntityKind; 3] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::Place,
];

const BEGIN: u8 = 1;
const INSIDE: u8 = 2;
const END: u8 = 3;
const SINGLE: u8 = 4;

/// Whether a label may follow another within a chain.
pub(crate) fn may_follow(label: u8, before: u8) -> bool {
    if opens(before) {
        matches!(role(label), INSIDE | END) && kind(label) == kind(before)
    } else {
        may_start(label)
    }
}

/// Whether a chain may begin with a label.
pub(crate) fn may_start(label: u8) -> bool {
    matches!(role(label), OUTSIDE | BEGIN | SINGLE)
}

/// Whether a chain may end with a label.
pub(crate) fn may_end(label: u8) -> bool {
    !opens(label)
}

/// Writes the labels of a name of a kind, by its number in [`KINDS`], over its tokens.
pub(crate) fn write(labels: &mut [u8], kind: usize) {
    let base = 4 * kind as u8;
    if let [single] = labels {
        *single = base + SINGLE;
    } else if let [first, inner @ .., last] = labels {
        *first = base + BEGIN;
        inner.fill(base + INSIDE);
        *last = base + END;
    }
}

/// The names in a sequence of labels, each with the number of its kind in [`KINDS`].
pub(crate) fn read(labels: &[u8]) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut first = 0;
    labels.iter().enumerate().filter_map(move |(at, &label)| {
        if matches!(role(label), BEGIN | SINGLE) {
            first = at;
        }
        matches!(role(label), END | SINGLE).then(|| (first..at + 1, kind(label)))
    })
}

fn opens(label: u8) -> bool {
    matches!(role(label), BEGIN | INSIDE)
}

fn role(label: u8) -> u8 {
    if label == OUTSIDE {
        OUTSIDE
    } else {
        (label - 1) % 4 + 1
    }
}

fn kind(label: u8) -> usize {
    usize::from(label.saturating_sub(1) / 4)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_end_before_others_begin() {
        let person = [1, 2, 3, 4];
        assert!(may_follow(person[1], person[0]) && may_follow(person[2], person[0]));
        assert!(!may_follow(OUTSIDE, person[0]) && !may_follow(person[3], person[1]));
        assert!(may_follow(person[0], person[2]) && may_follow(OUTSIDE, person[3]));
        // Names do not change their kind halfway.
        assert!(!may_follow(person[1] + 4, person[0]));
        assert!(may_end(person[2]) && !may_end(person[0]) && !may_start(person[1]));
    }

    proptest! {
        #[test]
        fn labels_are_read_as_written(names in prop::collection::vec((0usize..3, 1usize..4, 0usize..3), 0..6)) {
            let mut labels = Vec::new();
            let mut written = Vec::new();
            for (gap, len, kind) in names {
                labels.resize(labels.len() + gap, OUTSIDE);
                let first = labels.len();
                labels.resize(first + len, OUTSIDE);
                write(&mut labels[first..], kind);
                written.push((first..first + len, kind));
            }
            prop_assert!(labels.windows(2).all(|pair| may_follow(pair[1], pair[0])));
            prop_assert_eq!(read(&labels).collect::<Vec<_>>(), written);
        }
    }
}
