//! The linear chain over a window of tokens: its best labelling, and for training the gradient.
//!
//! Emissions are scores of labels at tokens, one row a token, padded to [`WIDTH`].

use std::sync::LazyLock;

use super::label::{LABELS, may_end, may_follow, may_start};

/// Labels of a row, padded so that rows are aligned and summed by vector instructions.
pub(crate) const WIDTH: usize = 16;

/// Scores of labels at one token.
pub(crate) type Row = [f32; WIDTH];

/// Scores of a label (second index) after another (first index).
pub(crate) type Transitions = [[f32; LABELS]; LABELS];

/// The score of what may not be.
const NEVER: f32 = -1e9;

/// Which labels each label may follow.
static PREDECESSORS: LazyLock<[Vec<u8>; LABELS]> = LazyLock::new(|| {
    std::array::from_fn(|label| {
        (0..LABELS as u8)
            .filter(|&before| may_follow(label as u8, before))
            .collect()
    })
});

/// The labelling with the highest sum of scores among those that [`may_follow`] allows (Viterbi).
pub(crate) fn best(emissions: &[Row], transitions: &Transitions, labels: &mut Vec<u8>) {
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(emissions.len());
    let mut scores = [NEVER; LABELS];
    for (at, row) in emissions.iter().enumerate() {
        let mut next = [NEVER; LABELS];
        let mut from = [0; LABELS];
        for (label, next) in next.iter_mut().enumerate() {
            if at == 0 {
                *next = if may_start(label as u8) {
                    row[label]
                } else {
                    NEVER
                };
                continue;
            }
            let (before, score) = PREDECESSORS[label]
                .iter()
                .map(|&before| {
                    (
                        before,
                        scores[before as usize] + transitions[before as usize][label],
                    )
                })
                .fold(
                    (0, f32::MIN),
                    |best, one| if one.1 > best.1 { one } else { best },
                );
            from[label] = before;
            *next = score + row[label];
        }
        scores = next;
        back.push(from);
    }
    labels.clear();
    let ends = (0..LABELS as u8).filter(|&label| may_end(label));
    let last = ends.fold(0, |best, label| {
        if scores[label as usize] > scores[best as usize] {
            label
        } else {
            best
        }
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
                    (0..LABELS)
                        .map(|before| forward[at - 1][before] * factors[before][label])
                        .sum()
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
                    let onward =
                        factors[before][label] * potentials[at + 1][label] * backward[label];
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
            *factor = if may_follow(label as u8, before as u8) {
                factor.exp()
            } else {
                0.0
            };
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
    row.iter_mut()
        .for_each(|value| *value /= sum.max(f32::MIN_POSITIVE));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All labellings that are allowed, with their scores.
    fn labellings(emissions: &[Row], transitions: &Transitions) -> Vec<(Vec<u8>, f32)> {
        let mut all: Vec<(Vec<u8>, f32)> = vec![(Vec::new(), 0.0)];
        for row in emissions {
            all = all
                .iter()
                .flat_map(|(labels, score)| {
                    let last = labels.last().copied();
                    let next = (0..LABELS as u8).filter(move |&label| match last {
                        None => may_start(label),
                        Some(last) => may_follow(label, last),
                    });
                    next.map(move |label| {
                        let step =
                            last.map_or(0.0, |last| transitions[last as usize][label as usize]);
                        (
                            [labels.as_slice(), &[label]].concat(),
                            score + row[label as usize] + step,
                        )
                    })
                })
                .collect();
        }
        all.retain(|(labels, _)| labels.last().is_none_or(|&label| may_end(label)));
        all
    }

    fn scores() -> impl Strategy<Value = (Vec<Row>, Vec<f32>)> {
        let row = prop::collection::vec(-3.0f32..3.0, WIDTH).prop_map(|row| {
            let mut out = [0.0; WIDTH];
            out[..LABELS].copy_from_slice(&row[..LABELS]);
            out
        });
        (
            prop::collection::vec(row, 1..4),
            prop::collection::vec(-2.0f32..2.0, LABELS * LABELS),
        )
    }

    fn transitions(flat: &[f32]) -> Transitions {
        std::array::from_fn(|before| std::array::from_fn(|label| flat[before * LABELS + label]))
    }

    proptest! {
        #[test]
        fn no_labelling_is_better_than_the_best((emissions, flat) in scores()) {
            let transitions = transitions(&flat);
            let mut labels = Vec::new();
            best(&emissions, &transitions, &mut labels);
            let all = labellings(&emissions, &transitions);
            let score = all.iter().find(|(known, _)| *known == labels).map(|(_, score)| *score);
            let highest = all.iter().map(|(_, score)| *score).fold(f32::MIN, f32::max);
            prop_assert!(score.is_some_and(|score| score > highest - 1e-3), "{labels:?}");
        }

        #[test]
        fn marginals_are_sums_over_all_labellings((emissions, flat) in scores()) {
            let transitions = transitions(&flat);
            let mut expected = [[0.0; LABELS]; LABELS];
            let marginals = marginals(&emissions, &transitions, &mut expected);
            let all = labellings(&emissions, &transitions);
            let total: f32 = all.iter().map(|(_, score)| score.exp()).sum();
            for (at, row) in marginals.iter().enumerate() {
                for (label, &found) in row[..LABELS].iter().enumerate() {
                    let with = all.iter().filter(|(labels, _)| labels[at] as usize == label);
                    let share = with.map(|(_, score)| score.exp()).sum::<f32>() / total;
                    prop_assert!((share - found).abs() < 1e-3, "{at} {label} {share} {}", found);
                }
            }
            let pairs: f32 = expected.iter().flatten().sum();
            prop_assert!((pairs - (emissions.len() - 1) as f32).abs() < 1e-3);
        }
    }
}
