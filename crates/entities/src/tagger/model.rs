//! The weights: how they are kept, read, written and applied.

use std::ops::Range;
use std::sync::LazyLock;

use dateline_corpus::{Analysed, Part};

use super::Span;
use super::document::Document;
use super::features;
use super::label::{self, KINDS, LABELS};
use super::lattice::{self, Row, Transitions, WIDTH};
use super::rows::Rows;
use super::votes::Votes;
use super::words::Words;

const SHIPPED: &[u8] = include_bytes!("../../model/weights.bin");
const MAGIC: &[u8; 8] = b"dlcrf01\n";

/// How often the words of an article vote on each other. Surnames learn from full names in the
/// first round and pass it on in the second; a third changes next to nothing.
const ROUNDS: usize = 2;

/// A trained tagger.
pub struct Model {
    /// In units of `scale`.
    pub(super) rows: Rows,
    pub(super) scale: f32,
    pub(super) transitions: Transitions,
}

/// Bytes that are no model.
#[derive(Debug, thiserror::Error)]
#[error(
    "the model is damaged at byte {at} of {len}: {what}; train it again with examples/train.rs"
)]
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
            rows: Rows::new([]),
            scale: 1.0,
            transitions: [[0.0; LABELS]; LABELS],
        }
    }

    /// Finds the names in an article.
    pub fn tag(&self, analysed: &Analysed<'_>) -> Vec<Span> {
        let parts: &[Part] = if analysed.title_derived {
            &[Part::Body]
        } else {
            &[Part::Title, Part::Body]
        };
        let words = |&part: &Part| Words::new(part, analysed.part(part), analysed.language);
        let parts: Vec<Words<'_>> = parts.iter().map(words).collect();
        let document = Document::new(&parts);
        let mut pass = Pass::default();
        for words in &parts {
            let mut sentence = 0;
            for window in features::windows(words) {
                while words.sentences[sentence].tokens.end <= window.start {
                    sentence += 1;
                }
                let emissions = window
                    .clone()
                    .map(|at| self.emission(words, sentence, at, &document));
                pass.emissions.extend(emissions);
                pass.forms.extend(window.clone().map(|at| words.voter(at)));
                pass.windows.push((words, window));
            }
        }
        self.label(&mut pass);
        let first_pass = pass.emissions.clone();
        for _ in 0..ROUNDS {
            pass.emissions.clone_from(&first_pass);
            self.vote(&mut pass);
            self.label(&mut pass);
        }
        pass.spans()
    }

    /// Labels all windows by their emissions.
    fn label(&self, pass: &mut Pass<'_, '_>) {
        pass.labels.clear();
        let mut labels = Vec::new();
        for (_, window) in &pass.windows {
            let first = pass.labels.len();
            lattice::best(
                &pass.emissions[first..first + window.len()],
                &self.transitions,
                &mut labels,
            );
            pass.labels.append(&mut labels);
        }
    }

    /// Adds what the labels say of the same words elsewhere.
    fn vote(&self, pass: &mut Pass<'_, '_>) {
        let mut votes = Votes::default();
        for (&form, &label) in pass.forms.iter().zip(&pass.labels) {
            votes.add(form, label);
        }
        let mut first = 0;
        for (_, window) in &pass.windows {
            let tokens = first..first + window.len();
            for at in 0..window.len() {
                let mut sums = [0; WIDTH];
                let (forms, labels) = (&pass.forms[tokens.clone()], &pass.labels[tokens.clone()]);
                votes.features(forms, labels, at, |bucket| {
                    self.rows.add_to(bucket, &mut sums)
                });
                for (emission, sum) in pass.emissions[first + at].iter_mut().zip(sums) {
                    *emission += f32::from(sum) * self.scale;
                }
            }
            first = tokens.end;
        }
    }

    fn emission(&self, words: &Words<'_>, sentence: usize, at: usize, document: &Document) -> Row {
        // A token has some hundred features of 8 bits each.
        let mut sums = [0i16; WIDTH];
        features::features(words, sentence, at, document, &mut |bucket| {
            self.rows.add_to(bucket, &mut sums)
        });
        sums.map(|sum| f32::from(sum) * self.scale)
    }

    /// How many features have weights.
    pub fn features(&self) -> usize {
        self.rows.len()
    }

    /// Packs the model.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.scale.to_le_bytes());
        bytes.extend(
            self.transitions
                .iter()
                .flatten()
                .flat_map(|weight| weight.to_le_bytes()),
        );
        self.rows.write(&mut bytes);
        bytes
    }

    /// Unpacks a model.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        let mut model = Model::blank();
        let damaged = |at, what| ModelError {
            at,
            len: bytes.len(),
            what,
        };
        let rest = bytes
            .strip_prefix(MAGIC)
            .ok_or(damaged(0, "it does not begin as a model does"))?;
        let (numbers, rest) = rest
            .split_at_checked(4 * (1 + LABELS * LABELS))
            .ok_or(damaged(bytes.len(), "it ends in the transitions"))?;
        let mut numbers = numbers
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        model.scale = numbers.next().unwrap_or(1.0);
        for (weight, number) in model.transitions.iter_mut().flatten().zip(numbers) {
            *weight = number;
        }
        let head = bytes.len() - rest.len();
        model.rows =
            Rows::read(rest).map_err(|at| damaged(head + at, "it has a row that is none"))?;
        Ok(model)
    }
}

/// The windows of an article with their scores and labels, one after the other.
#[derive(Default)]
struct Pass<'w, 't> {
    windows: Vec<(&'w Words<'t>, Range<usize>)>,
    forms: Vec<u64>,
    emissions: Vec<Row>,
    labels: Vec<u8>,
}

impl Pass<'_, '_> {
    fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut first = 0;
        for (words, window) in &self.windows {
            let labels = &self.labels[first..first + window.len()];
            first += window.len();
            spans.extend(label::read(labels).map(|(name, kind)| {
                let (start, end) = (window.start + name.start, window.start + name.end);
                let ranks = if kind == 0 {
                    words.ranks(start..end)
                } else {
                    0
                };
                Span {
                    part: words.part,
                    tokens: start + ranks..end,
                    kind: KINDS[kind],
                }
            }));
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use dateline_corpus::{Analyser, Language};
    use expect_test::{Expect, expect};

    use super::*;

    fn check(title: &str, body: &str, expected: Expect) {
        let mut analyser = Analyser::new();
        let analysed = analyser.analyse_parts(title, body, Some(Language::ENGLISH));
        let spans = Model::shipped().tag(&analysed);
        let lines = spans.iter().map(|span| {
            let text = &analysed.part(span.part).text[span.bytes(&analysed)];
            format!("{:?} {:?} {text}\n", span.part, span.kind)
        });
        expected.assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn the_shipped_model_is_whole() {
        let model = Model::from_bytes(SHIPPED).unwrap();
        assert!(model.features() > 10_000);
        assert!(model.to_bytes() == SHIPPED);
        assert!(SHIPPED.len() <= 3 << 20);
    }

    #[test]
    fn damaged_models_are_refused() {
        assert!(Model::from_bytes(b"").is_err());
        assert!(Model::from_bytes(&SHIPPED[..100]).is_err());
        let damaged = Model::from_bytes(&SHIPPED[..SHIPPED.len() - 1])
            .err()
            .map(|error| error.to_string());
        assert!(damaged.is_some_and(|message| message.contains("train it again")));
    }

    #[test]
    fn names_are_found_without_titles() {
        check(
            "Minister resigns",
            "Finance Minister Elena Kovalenko resigned on Monday, officials in Tallinn said. \
             Mr Kato, who works for the World Bank, called Kovalenko a friend.",
            expect![[r#"
                Body Person Elena Kovalenko
                Body Place Tallinn
                Body Person Kato
                Body Organisation World Bank
                Body Person Kovalenko
            "#]],
        );
    }

    #[test]
    fn surnames_follow_their_full_names() {
        check(
            "",
            "Banda will not run again. The party had asked Thandiwe Banda to stay, and Banda declined. \
             Voters in Lusaka were surprised.",
            expect![[r#"
                Body Person Banda
                Body Person Thandiwe Banda
                Body Person Banda
                Body Place Lusaka
            "#]],
        );
    }

    #[test]
    fn texts_without_names_have_none() {
        check("", "", expect![[""]]);
        check(
            "The price of bread",
            "It rose by a third. Nobody knows why.",
            expect![[""]],
        );
    }
}
