//! The weights: how they are kept, read, written and applied.

use std::sync::LazyLock;

use dateline_corpus::{Analysed, Part};

use super::Span;
use super::document::Document;
use super::features::{self, BUCKETS_LOG2};
use super::label::{self, KINDS, LABELS};
use super::lattice::{self, Row, Transitions, WIDTH};
use super::words::Words;

const SHIPPED: &[u8] = include_bytes!("../../model/weights.bin");
const MAGIC: &[u8; 8] = b"dlcrf01\n";

/// A trained tagger.
pub struct Model {
    /// One row a bucket, in units of `scale`.
    pub(super) rows: Vec<[i8; WIDTH]>,
    pub(super) scale: f32,
    pub(super) transitions: Transitions,
}

/// Bytes that are no model.
#[derive(Debug, thiserror::Error)]
#[error("the model is damaged at byte {at} of {len}: {what}; train it again with examples/train.rs")]
pub struct ModelError {
    at: usize,
    len: usize,
    what: &'static str,
}

impl Model {
    /// The model that ships with the crate; it is unpacked once per process.
    pub fn shipped() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| {
            // A test reads the shipped bytes; without weights nothing is a name.
            Model::from_bytes(SHIPPED).unwrap_or_else(|_| Model::blank())
        });
        &MODEL
    }

    /// A model that finds nothing.
    fn blank() -> Model {
        Model {
            rows: vec![[0; WIDTH]; 1 << BUCKETS_LOG2],
            scale: 1.0,
            transitions: [[0.0; LABELS]; LABELS],
        }
    }

    /// Finds the names in an article.
    pub fn tag(&self, analysed: &Analysed<'_>) -> Vec<Span> {
        let parts = [Part::Title, Part::Body]
            .map(|part| Words::new(part, analysed.part(part), analysed.language));
        let document = Document::new(&parts);
        let mut spans = Vec::new();
        let (mut emissions, mut labels) = (Vec::new(), Vec::new());
        for words in &parts {
            let mut sentence = 0;
            for window in features::windows(words) {
                while words.sentences[sentence].tokens.end <= window.start {
                    sentence += 1;
                }
                emissions.clear();
                emissions.extend(window.clone().map(|at| self.emission(words, sentence, at, &document)));
                lattice::best(&emissions, &self.transitions, &mut labels);
                spans.extend(label::read(&labels).map(|(name, kind)| {
                    let (first, end) = (window.start + name.start, window.start + name.end);
                    let ranks = if kind == 0 { words.ranks(first..end) } else { 0 };
                    Span { part: words.part, tokens: first + ranks..end, kind: KINDS[kind] }
                }));
            }
        }
        spans
    }

    fn emission(&self, words: &Words<'_>, sentence: usize, at: usize, document: &Document) -> Row {
        let mut sums = [0i32; WIDTH];
        features::features(words, sentence, at, document, &mut |bucket| {
            for (sum, &weight) in sums.iter_mut().zip(&self.rows[bucket as usize]) {
                *sum += i32::from(weight);
            }
        });
        sums.map(|sum| sum as f32 * self.scale)
    }

    /// Packs the model.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.scale.to_le_bytes());
        bytes.extend(self.transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        for label in 0..LABELS {
            bytes.extend(self.rows.iter().map(|row| row[label] as u8));
        }
        bytes
    }

    /// Unpacks a model.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        let mut model = Model::blank();
        let damaged = |at, what| ModelError { at, len: bytes.len(), what };
        let rest = bytes.strip_prefix(MAGIC).ok_or(damaged(0, "it does not begin as a model does"))?;
        let (numbers, rest) = rest
            .split_at_checked(4 * (1 + LABELS * LABELS))
            .ok_or(damaged(bytes.len(), "it ends in the transitions"))?;
        let mut numbers = numbers.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        model.scale = numbers.next().unwrap_or(1.0);
        for (weight, number) in model.transitions.iter_mut().flatten().zip(numbers) {
            *weight = number;
        }
        if rest.len() != LABELS << BUCKETS_LOG2 {
            return Err(damaged(bytes.len(), "it has not one weight for each bucket and label"));
        }
        for (label, plane) in rest.chunks_exact(1 << BUCKETS_LOG2).enumerate() {
            for (row, &weight) in model.rows.iter_mut().zip(plane) {
                row[label] = weight as i8;
            }
        }
        Ok(model)
    }
}
