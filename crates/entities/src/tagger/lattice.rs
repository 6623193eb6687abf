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

/// Scores of labels at one token as they are applied: in steps of the model's scale.
pub(crate) type Sums = [i16; WIDTH];

/// The score of what may not be: below any sum of features, and far enough above the least
/// number that what is added to it stays below the others.
const NEVER: i16 = -20_000;

/// Transitions as they are applied: a row for each label before, [`NEVER`] where it may not be.
pub(crate) struct Steps([Sums; LABELS]);

impl Steps {
    /// Transitions in steps of a scale.
    pub(crate) fn new(transitions: &Transitions, scale: f32) -> Steps {
        Steps(std::array::from_fn(|before| {
            std::array::from_fn(|label| {
                if label < LABELS && may_follow(label as u8, before as u8) {
                    (transitions[before][label] / scale).round() as i16
                } else {
                    NEVER
                }
            })
        }))
    }

    /// The scores of the labels of the next token, without its own.
    fn after(&self, scores: &Sums) -> Sums {
        let mut next = [i16::MIN; WIDTH];
        for (row, &score) in self.0.iter().zip(scores) {
            for (next, &step) in next.iter_mut().zip(row) {
                *next = (*next).max(score.saturating_add(step));
            }
        }
        next
    }
}

/// The labelling with the highest sum of scores among those that [`may_follow`] allows (Viterbi).
pub(crate) fn best(emissions: &[Sums], steps: &Steps, labels: &mut [u8]) {
    let start = |label: usize| label < LABELS && may_start(label as u8);
    let mut last: Sums = std::array::from_fn(|label| if start(label) { 0 } else { NEVER });
    let mut path: Vec<Sums> = Vec::with_capacity(emissions.len());
    for (at, row) in emissions.iter().enumerate() {
        let mut next = if at == 0 { last } else { steps.after(&last) };
        for (next, &score) in next.iter_mut().zip(row) {
            *next = next.saturating_add(score);
        }
        // Only differences matter; this keeps long windows within range.
        let top = next[..LABELS].iter().copied().fold(i16::MIN, i16::max);
        for next in &mut next {
            *next = next.saturating_sub(top);
        }
        path.push(next);
        last = next;
    }
    let mut ends = last;
    for label in (0..LABELS as u8).filter(|&label| !may_end(label)) {
        ends[label as usize] = i16::MIN;
    }
    let mut label = highest(&ends);
    for at in (0..labels.len().min(path.len())).rev() {
        labels[at] = label as u8;
        if at > 0 {
            let before = std::array::from_fn(|before| match steps.0.get(before) {
                Some(row) => path[at - 1][before].saturating_add(row[label]),
                None => i16::MIN,
            });
            label = highest(&before);
        }
    }
}

/// The first label with the highest score.
fn highest(scores: &Sums) -> usize {
    (1..LABELS).fold(0, |best, label| {
        if scores[label] > scores[best] {
            label
        } else {
            best
        }
    })
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
            const SCALE: f32 = 0.01;
            let whole = |value: f32| (value / SCALE).round();
            let transitions = transitions(&flat).map(|row| row.map(whole));
            let emissions: Vec<Row> = emissions.into_iter().map(|row| row.map(whole)).collect();
            let mut labels = vec![0; emissions.len()];
            let sums: Vec<Sums> = emissions.iter().map(|row| row.map(|value| value as i16)).collect();
            best(&sums, &Steps::new(&transitions, 1.0), &mut labels);
            let all = labellings(&emissions, &transitions);
            let score = all.iter().find(|(known, _)| *known == labels).map(|(_, score)| *score);
            let highest = all.iter().map(|(_, score)| *score).fold(f32::MIN, f32::max);
            prop_assert_eq!(score, Some(highest), "{:?}", labels);
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
