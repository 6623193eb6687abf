//! Trains the tagger: AdaGrad over shuffled windows, with features left out at random.
//!
//! One thread and one order of summation: the same articles and settings give the same bytes.

use std::ops::Range;

use dateline_corpus::{Analysed, EntityKind, Part};

use super::document::Document;
use super::features::{self, BUCKETS_LOG2};
use super::label::{self, KINDS, LABELS};
use super::lattice::{self, Row, Steps, Transitions, WIDTH};
use super::memory::Memory;
use super::model::Model;
use super::rows::Rows;
use super::votes::Votes;
use super::words::Words;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Step of AdaGrad.
    pub rate: f32,
    /// Share of features left out of each token, 0 to 1.
    pub dropout: f32,
    /// Passes over the data.
    pub epochs: usize,
    /// Epochs after which weights are averaged.
    pub warm_up: usize,
    /// The largest weight that is kept; larger ones are cut.
    pub weight_max: f32,
    /// Rows without a weight above it are left out.
    pub weight_min: f32,
    /// Seeds the order of windows and the choice of features.
    pub seed: u64,
}

/// The windows of annotated articles.
#[derive(Default)]
pub struct Examples {
    buckets: Vec<u32>,
    tokens: Vec<Token>,
    windows: Vec<Window>,
    articles: usize,
    memory: Memory,
}

struct Window {
    tokens: Range<usize>,
    article: usize,
    weight: f32,
}

struct Token {
    features: Range<usize>,
    /// Features of the votes of a first pass.
    votes: Range<usize>,
    form: Option<u32>,
    label: u8,
    /// What a model trained on other articles called it.
    first_pass: u8,
}

impl Examples {
    /// Adds an article with the tokens of its names and their kinds, for each part; `weight`
    /// scales what is learned from it.
    pub fn add(
        &mut self,
        analysed: &Analysed<'_>,
        names: &[(Part, Range<usize>, EntityKind)],
        weight: f32,
    ) {
        self.memory.begin();
        let parts = [Part::Title, Part::Body].map(|part| {
            let text = analysed.part(part);
            Words::new(&mut self.memory, part, text, analysed.language)
        });
        let document = Document::new(&self.memory, &parts);
        self.articles += 1;
        for words in &parts {
            let mut labels = vec![label::OUTSIDE; words.words.len()];
            for (part, tokens, kind) in names {
                let kind = KINDS.iter().position(|known| known == kind);
                if let Some(kind) = kind.filter(|_| *part == words.part) {
                    let ranks = if kind == 0 {
                        words.ranks(tokens.clone())
                    } else {
                        0
                    };
                    label::write(&mut labels[tokens.start + ranks..tokens.end], kind);
                }
            }
            self.add_windows(words, &document, &labels, weight);
        }
    }

    /// How many windows and tokens there are.
    pub fn len(&self) -> (usize, usize) {
        (self.windows.len(), self.tokens.len())
    }

    /// Whether there is nothing to learn from.
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }

    /// Adds the features of the votes that the first pass cast.
    fn vote(&mut self) {
        for windows in self.windows.chunk_by(|a, b| a.article == b.article) {
            let (Some(first), Some(last)) = (windows.first(), windows.last()) else {
                continue;
            };
            let tokens = &self.tokens[first.tokens.start..last.tokens.end];
            let forms = tokens.iter().filter_map(|token| token.form).max();
            let mut votes = Votes::new(forms.map_or(0, |form| form as usize + 1));
            for token in tokens {
                votes.add(token.form, token.first_pass);
            }
            for window in windows {
                let tokens = &mut self.tokens[window.tokens.clone()];
                let forms: Vec<Option<u32>> = tokens.iter().map(|token| token.form).collect();
                let labels: Vec<u8> = tokens.iter().map(|token| token.first_pass).collect();
                for (at, token) in tokens.iter_mut().enumerate() {
                    let start = self.buckets.len();
                    votes.features(&forms, &labels, at, |bucket| self.buckets.push(bucket));
                    token.votes = start..self.buckets.len();
                }
            }
        }
    }

    fn add_windows(&mut self, words: &Words<'_>, document: &Document, labels: &[u8], weight: f32) {
        let mut sentence = 0;
        for window in features::windows(words) {
            while words.sentences[sentence].tokens.end <= window.start {
                sentence += 1;
            }
            let first = self.tokens.len();
            for at in window.clone() {
                let start = self.buckets.len();
                features::features(words, sentence, at, &self.memory, document, &mut |bucket| {
                    self.buckets.push(bucket)
                });
                self.tokens.push(Token {
                    features: start..self.buckets.len(),
                    votes: 0..0,
                    form: words.voter(&self.memory, at),
                    label: labels[at],
                    first_pass: label::OUTSIDE,
                });
            }
            // A name that reaches out of the window is cut; the cut labels are no labelling.
            let cut = &labels[window.clone()];
            let valid = cut.first().is_some_and(|&label| label::may_start(label))
                && cut.last().is_some_and(|&label| label::may_end(label))
                && cut
                    .windows(2)
                    .all(|pair| label::may_follow(pair[1], pair[0]));
            if valid {
                self.windows.push(Window {
                    tokens: first..self.tokens.len(),
                    article: self.articles,
                    weight,
                });
            } else {
                self.tokens.truncate(first);
            }
        }
    }
}

/// Lets a model trained on one half of the articles read the other half, for two ends.
///
/// What it finds becomes the votes of the first pass. And windows with words that are not
/// annotated and that it takes for names with more than `certainty` are left out: gaps in the
/// annotation are more frequent there than errors of the model. Returns how many were.
pub fn cross_read(examples: &mut Examples, settings: &Settings, certainty: f32) -> usize {
    let mut doubtful = vec![false; examples.windows.len()];
    for half in 0..2 {
        let mut random = Random(settings.seed);
        let mut learner = Learner::new();
        let mut order: Vec<usize> = (0..examples.windows.len()).collect();
        order.retain(|&window| examples.windows[window].article % 2 == half);
        for _ in 0..settings.epochs {
            random.shuffle(&mut order);
            for &window in &order {
                learner.learn(examples, window, settings, &mut random);
            }
        }
        for (number, doubtful) in doubtful.iter_mut().enumerate() {
            if examples.windows[number].article % 2 != half {
                *doubtful = learner.read(examples, number, settings) > certainty;
            }
        }
    }
    examples.vote();
    let mut number = 0;
    examples.windows.retain(|_| {
        number += 1;
        !doubtful[number - 1]
    });
    doubtful.iter().filter(|doubtful| **doubtful).count()
}

/// Trains a model; after each epoch `judge(epoch, model)` says whether it is the best so far, and
/// the last model it called the best is the result.
pub fn train(
    examples: &Examples,
    settings: &Settings,
    mut judge: impl FnMut(usize, &Model) -> bool,
) -> Option<Model> {
    let mut learner = Learner::new();
    let mut random = Random(settings.seed);
    let mut order: Vec<usize> = (0..examples.windows.len()).collect();
    let mut best = None;
    for epoch in 1..=settings.epochs {
        random.shuffle(&mut order);
        for &window in &order {
            learner.learn(examples, window, settings, &mut random);
        }
        if epoch > settings.warm_up {
            learner.remember(epoch - settings.warm_up);
        }
        let model = learner.model(settings);
        if judge(epoch, &model) {
            best = Some(model);
        }
    }
    best
}

/// Weights and the sums of their squared gradients.
struct Learner {
    rows: Vec<Row>,
    squares: Vec<Row>,
    transitions: Transitions,
    transition_squares: Transitions,
    mean: Vec<Row>,
    transition_mean: Transitions,
    emissions: Vec<Row>,
    kept: Vec<u32>,
    ends: Vec<usize>,
}

/// Gradients below this are not worth a walk over the features.
const GRADIENT_MIN: f32 = 1e-3;

impl Learner {
    fn new() -> Learner {
        Learner {
            rows: vec![[0.0; WIDTH]; 1 << BUCKETS_LOG2],
            // Keeps the first steps of a weight from being as large as the rate.
            squares: vec![[0.001; WIDTH]; 1 << BUCKETS_LOG2],
            transitions: [[0.0; LABELS]; LABELS],
            transition_squares: [[0.1; LABELS]; LABELS],
            mean: Vec::new(),
            transition_mean: [[0.0; LABELS]; LABELS],
            emissions: Vec::new(),
            kept: Vec::new(),
            ends: Vec::new(),
        }
    }

    fn learn(
        &mut self,
        examples: &Examples,
        window: usize,
        settings: &Settings,
        random: &mut Random,
    ) {
        let Window { tokens, weight, .. } = &examples.windows[window];
        let tokens = &examples.tokens[tokens.clone()];
        let keep = 1.0 - settings.dropout;
        self.emissions.clear();
        self.kept.clear();
        self.ends.clear();
        // Half of the time without votes, because the first pass has none.
        let second_pass = random.unit() < 0.5;
        for token in tokens {
            let mut row = [0.0; WIDTH];
            let votes = if second_pass {
                token.votes.clone()
            } else {
                0..0
            };
            for &bucket in examples.buckets[token.features.clone()]
                .iter()
                .chain(&examples.buckets[votes])
            {
                if random.unit() < keep {
                    self.kept.push(bucket);
                    for (sum, weight) in row.iter_mut().zip(&self.rows[bucket as usize]) {
                        *sum += weight;
                    }
                }
            }
            self.ends.push(self.kept.len());
            self.emissions.push(row.map(|sum| sum / keep));
        }
        let mut expected = [[0.0; LABELS]; LABELS];
        let mut gradients = lattice::marginals(&self.emissions, &self.transitions, &mut expected);
        for (gradient, token) in gradients.iter_mut().zip(tokens) {
            gradient[token.label as usize] -= 1.0;
            gradient.iter_mut().for_each(|value| *value *= weight);
        }
        for pair in tokens.windows(2) {
            expected[pair[0].label as usize][pair[1].label as usize] -= 1.0;
        }
        self.step(&gradients, &expected, settings.rate);
    }

    /// Labels a window as the first pass; returns how certain it is of a name where none is
    /// annotated.
    fn read(&mut self, examples: &mut Examples, window: usize, settings: &Settings) -> f32 {
        let tokens = &mut examples.tokens[examples.windows[window].tokens.clone()];
        self.emissions.clear();
        for token in tokens.iter() {
            let mut row = [0.0; WIDTH];
            for &bucket in &examples.buckets[token.features.clone()] {
                for (sum, weight) in row.iter_mut().zip(&self.rows[bucket as usize]) {
                    *sum += weight;
                }
            }
            self.emissions.push(row);
        }
        let scale = settings.weight_max / 127.0;
        let whole = |row: &Row| row.map(|score| (score / scale).round() as i16);
        let sums: Vec<_> = self.emissions.iter().map(whole).collect();
        let mut labels = vec![label::OUTSIDE; sums.len()];
        lattice::best(&sums, &Steps::new(&self.transitions, scale), &mut labels);
        let mut expected = [[0.0; LABELS]; LABELS];
        let marginals = lattice::marginals(&self.emissions, &self.transitions, &mut expected);
        let mut doubt: f32 = 0.0;
        for ((token, row), label) in tokens.iter_mut().zip(&marginals).zip(labels) {
            token.first_pass = label;
            if token.label == label::OUTSIDE {
                doubt = doubt.max(1.0 - row[label::OUTSIDE as usize]);
            }
        }
        doubt
    }

    fn step(&mut self, gradients: &[Row], transitions: &Transitions, rate: f32) {
        let mut start = 0;
        for (gradient, &end) in gradients.iter().zip(&self.ends) {
            if gradient.iter().any(|value| value.abs() > GRADIENT_MIN) {
                for &bucket in &self.kept[start..end] {
                    let (row, squares) = (
                        &mut self.rows[bucket as usize],
                        &mut self.squares[bucket as usize],
                    );
                    for label in 0..WIDTH {
                        squares[label] += gradient[label] * gradient[label];
                        row[label] -= rate * gradient[label] / squares[label].sqrt();
                    }
                }
            }
            start = end;
        }
        let weights = self
            .transitions
            .iter_mut()
            .zip(&mut self.transition_squares)
            .zip(transitions);
        for ((row, squares), gradients) in weights {
            for label in 0..LABELS {
                squares[label] += gradients[label] * gradients[label];
                row[label] -= rate * gradients[label] / squares[label].sqrt();
            }
        }
    }

    /// Takes the weights into their mean over the epochs, which errs less than the last of them.
    fn remember(&mut self, epochs: usize) {
        let share = 1.0 / epochs as f32;
        self.mean.resize(self.rows.len(), [0.0; WIDTH]);
        for (mean, now) in self
            .mean
            .iter_mut()
            .flatten()
            .zip(self.rows.iter().flatten())
        {
            *mean += (now - *mean) * share;
        }
        for (mean, now) in self
            .transition_mean
            .iter_mut()
            .flatten()
            .zip(self.transitions.iter().flatten())
        {
            *mean += (now - *mean) * share;
        }
    }

    /// The weights in 8 bits. Only the differences between labels matter, so each row is centred
    /// on its median first, which makes most weights zero; rows of small weights are left out.
    fn model(&self, settings: &Settings) -> Model {
        let scale = settings.weight_max / 127.0;
        let packed = |row: &Row| {
            let mut sorted = *row;
            sorted[..LABELS].sort_by(f32::total_cmp);
            let median = sorted[LABELS / 2];
            let mut out = [0; WIDTH];
            for label in 0..LABELS {
                out[label] = ((row[label] - median) / scale).round().clamp(-127.0, 127.0) as i8;
            }
            out
        };
        let least = (settings.weight_min / scale) as u8;
        let (rows, transitions) = if self.mean.is_empty() {
            (&self.rows, self.transitions)
        } else {
            (&self.mean, self.transition_mean)
        };
        let rows = rows.iter().map(packed).enumerate();
        let large = rows.filter(|(_, row)| row.iter().any(|weight| weight.unsigned_abs() > least));
        let rows = Rows::new(large.map(|(bucket, row)| (bucket as u32, row)));
        Model::new(rows, scale, transitions)
    }
}

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }

    /// A number from 0 to below 1.
    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}
