//! The linear chain over a window of tokens: its best labelling, and for training the gradient.
//!
//! Emissions are scores of labels at tokens, one row a token, padded to [`WIDTH`].

use super::label::{LABELS, may_end, may_follow, may_start};

/// Labels of a row, padded so that rows are aligned and summed by vector instructions.
pub(crate) const WIDTH: usize = 16;

/// Scores of labels at one token.
pub(crate) type Row = [f32; WIDTH];

/// Scores of a label (second index) after another (first index).
pub(crate) type Transitions = [[f32; LABELS]; LABELS];

/// The score of what may not be.
const NEVER: f32 = -1e9;

/// The labelling with the highest sum of scores, with the score of each chain of labels left out
/// that [`may_follow`] forbids.
pub(crate) fn best(emissions: &[Row], transitions: &Transitions, labels: &mut Vec<u8>) {
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(emissions.len());
    let mut scores = [NEVER; LABELS];
    for (at, row) in emissions.iter().enumerate() {
        let mut next = [NEVER; LABELS];
        let mut from = [0; LABELS];
        for (label, next) in next.iter_mut().enumerate() {
            if at == 0 {
                *next = if may_start(label as u8) { row[label] } else { NEVER };
                continue;
            }
            let (before, score) = PREDECESSORS[label]
                .iter()
                .map(|&before| (before, scores[before as usize] + transitions[before as usize][label]))
                .fold((0, f32::MIN), |best, one| if one.1 > best.1 { one } else { best });
            from[label] = before;
            *next = score + row[label];
        }
        scores = next;
        back.push(from);
    }
    labels.clear();
    let ends = (0..LABELS as u8).filter(|&label| may_end(label));
    let last = ends.fold(0, |best, label| {
        if scores[label as usize] > scores[best as usize] { label } else { best }
    });
    labels.resize(emissions.len(), last);
    for at in (1..emissions.len()).rev() {
        labels[at - 1] = back[at][labels[at] as usize];
    }
}

/// For each token the probability of each label, by the forward–backward algorithm, and the
/// expected number of each transition. Emissions are taken relative to the best of their row.
pub(crate) fn marginals(
    emissions: &[Row],
    transitions: &Transitions,
    expected: &mut Transitions,
) -> Vec<Row> {
    let factors = factors(transitions);
    let potentials: Vec<Row> = emissions.iter().map(potentials).collect();
    let mut forward: Vec<Row> = Vec::with_capacity(emissions.len());
    for (at, potential) in potentials.iter().enumerate() {
        let mut row = [0.0; WIDTH];
        for label in 0..LABELS {
            row[label] = potential[label]
                * if at == 0 {
                    f32::from(u8::from(may_start(label as u8)))
                } else {
                    (0..LABELS).map(|before| forward[at - 1][before] * factors[before][label]).sum()
                };
        }
        normalise(&mut row);
        forward.push(row);
    }
    let mut backward = [0.0; WIDTH];
    for (label, backward) in backward.iter_mut().enumerate().take(LABELS) {
        *backward = f32::from(u8::from(may_end(label as u8)));
    }
    let mut marginals = forward;
    for at in (0..emissions.len()).rev() {
        if at + 1 < emissions.len() {
            let mut row = [0.0; WIDTH];
            let mut pairs = [[0.0; LABELS]; LABELS];
            let mut total = 0.0;
            for before in 0..LABELS {
                for label in 0..LABELS {
                    let onward = factors[before][label] * potentials[at + 1][label] * backward[label];
                    row[before] += onward;
                    pairs[before][label] = marginals[at][before] * onward;
                    total += pairs[before][label];
                }
            }
            for (expected, pairs) in expected.iter_mut().flatten().zip(pairs.iter().flatten()) {
                *expected += pairs / total;
            }
            backward = row;
            normalise(&mut backward);
        }
        for label in 0..LABELS {
            marginals[at][label] *= backward[label];
        }
        normalise(&mut marginals[at]);
    }
    marginals
}

fn factors(transitions: &Transitions) -> Transitions {
    let mut factors = *transitions;
    for (before, row) in factors.iter_mut().enumerate() {
        for (label, factor) in row.iter_mut().enumerate() {
            *factor = if may_follow(label as u8, before as u8) { factor.exp() } else { 0.0 };
        }
    }
    factors
}

fn potentials(emissions: &Row) -> Row {
    let best = emissions[..LABELS].iter().copied().fold(f32::MIN, f32::max);
    let mut row = [0.0; WIDTH];
    for label in 0..LABELS {
        // A floor keeps improbable paths from vanishing where no other path is allowed.
        row[label] = (emissions[label] - best).max(-30.0).exp();
    }
    row
}

fn normalise(row: &mut Row) {
    let sum: f32 = row.iter().sum();
    row.iter_mut().for_each(|value| *value /= sum.max(f32::MIN_POSITIVE));
}

/// Which labels each label may follow.
static PREDECESSORS: std::sync::LazyLock<[Vec<u8>; LABELS]> = std::sync::LazyLock::new(|| {
    std::array::from_fn(|label| {
        (0..LABELS as u8).filter(|&before| may_follow(label as u8, before)).collect()
    })
});
