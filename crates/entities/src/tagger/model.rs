//! The weights: how they are kept, read, written and applied.

use std::ops::Range;
use std::sync::LazyLock;

use dateline_corpus::Analysed;

use super::document::Document;
use super::features::{self, View};
use super::label::{self, KINDS, LABELS};
use super::lattice::{self, Steps, Sums, Transitions, WIDTH};
use super::memory::{self, Memory};
use super::rows::Rows;
use super::votes::Votes;
use super::words::Words;
use super::{Span, Tagged};

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
    steps: Steps,
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
        Model::new(Rows::new([]), 1.0, [[0.0; LABELS]; LABELS])
    }

    pub(super) fn new(rows: Rows, scale: f32, transitions: Transitions) -> Model {
        Model {
            rows,
            scale,
            steps: Steps::new(&transitions, scale),
            transitions,
        }
    }

    /// Finds the names in an article, remembering nothing.
    pub fn tag(&self, analysed: &Analysed<'_>) -> Vec<Span> {
        self.read(&mut Memory::default(), analysed).names
    }

    /// Finds the names in an article. The memory must be of this model.
    pub(super) fn read(&self, memory: &mut Memory, analysed: &Analysed<'_>) -> Tagged {
        let parts = analysed.parts();
        memory.prepare(self);
        memory.begin();
        let mut words = Vec::with_capacity(parts.len());
        for &part in parts {
            let text = analysed.part(part);
            words.push(Words::new(memory, part, text, crate::language(analysed)));
        }
        let mut document = Document::new(memory, &words);
        let mut pass = Pass::default();
        for words in &words {
            let mut sentence = 0;
            for window in features::windows(words) {
                while words.sentences[sentence].tokens.end <= window.start {
                    sentence += 1;
                }
                self.look(words, sentence, &window, memory);
                for at in window.clone() {
                    let view = View::new(words, sentence, at);
                    let emission = self.emission(&view, memory, &mut document);
                    pass.emissions.push(emission);
                    pass.forms.push(words.voter(memory, at));
                }
                pass.windows.push((words, window));
            }
        }
        pass.labels = vec![label::OUTSIDE; pass.emissions.len()];
        self.label(&pass.emissions, &pass.windows, &mut pass.labels);
        for _ in 0..ROUNDS {
            if !self.vote(&mut pass, memory.marked()) {
                break;
            }
        }
        Tagged {
            names: pass.spans(),
            tables: words.into_iter().map(|words| words.spans).collect(),
        }
    }

    /// Makes ready what the words in and around a window add to the scores in it.
    fn look(&self, words: &Words<'_>, sentence: usize, window: &Range<usize>, memory: &mut Memory) {
        let tokens = &words.sentences[sentence].tokens;
        let first = window.start.saturating_sub(2).max(tokens.start);
        for at in first..(window.end + 2).min(tokens.end) {
            let number = words.words[at].number;
            memory.reach_out(self, number, words.text.raw(at), words.text.form(at));
        }
    }

    /// Labels windows by their emissions.
    fn label(&self, emissions: &[Sums], windows: &[Window<'_, '_>], labels: &mut [u8]) {
        let mut first = 0;
        for (_, window) in windows {
            let tokens = first..first + window.len();
            lattice::best(
                &emissions[tokens.clone()],
                &self.steps,
                &mut labels[tokens.clone()],
            );
            first = tokens.end;
        }
    }

    /// Labels again with what the labels say of the same words elsewhere; false when that changes
    /// nothing.
    fn vote(&self, pass: &mut Pass<'_, '_>, forms: usize) -> bool {
        let mut votes = Votes::new(forms);
        for (&form, &label) in pass.forms.iter().zip(&pass.labels) {
            votes.add(form, label);
        }
        let before = pass.labels.clone();
        let mut emissions: Vec<Sums> = Vec::new();
        let mut first = 0;
        for (_, window) in &pass.windows {
            let tokens = first..first + window.len();
            first = tokens.end;
            let (forms, labels) = (&pass.forms[tokens.clone()], &before[tokens.clone()]);
            emissions.clear();
            emissions.extend_from_slice(&pass.emissions[tokens.clone()]);
            let mut voted = false;
            for (at, sums) in emissions.iter_mut().enumerate() {
                votes.features(forms, labels, at, |bucket| {
                    voted = true;
                    self.rows.add_to(bucket, sums);
                });
            }
            if voted {
                lattice::best(&emissions, &self.steps, &mut pass.labels[tokens]);
            }
        }
        pass.labels != before
    }

    /// The scores of the labels of a token, in units of `scale`. A token has some hundred features
    /// of 8 bits each.
    fn emission(&self, view: &View<'_>, memory: &Memory, document: &mut Document) -> Sums {
        let mut sums = [0i16; WIDTH];
        for offset in -2..=2 {
            let word = view.word(offset).map(|word| (word.number, word.classes));
            memory.add(word, (offset + 2) as usize, &mut sums);
        }
        let mut add = |bucket| self.rows.add_to(bucket, &mut sums);
        features::of_place(view, &mut add);
        features::of_own_company(view, memory, document, &mut add);
        for offset in -1..=1 {
            let Some(word) = view.in_company(offset) else {
                continue;
            };
            let mark = memory.mark_of(word.form_number);
            match mark.filter(|_| document.company(mark).is_some()) {
                Some(mark) => memory::add(document.sums(self, mark, offset), &mut sums),
                None => features::of_no_company(offset, &mut |bucket| {
                    self.rows.add_to(bucket, &mut sums);
                }),
            }
        }
        sums
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
        let scale = numbers.next().unwrap_or(1.0);
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (weight, number) in transitions.iter_mut().flatten().zip(numbers) {
            *weight = number;
        }
        let head = bytes.len() - rest.len();
        let rows =
            Rows::read(rest).map_err(|at| damaged(head + at, "it has a row that is none"))?;
        Ok(Model::new(rows, scale, transitions))
    }
}

/// A window of a part.
type Window<'w, 't> = (&'w Words<'t>, Range<usize>);

/// The windows of an article with their scores and labels, one after the other.
#[derive(Default)]
struct Pass<'w, 't> {
    windows: Vec<Window<'w, 't>>,
    forms: Vec<Option<u32>>,
    /// Without votes.
    emissions: Vec<Sums>,
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
