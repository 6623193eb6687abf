//! Finds the words of the index that a pattern stands for, or that a word may be a slip of the
//! pen of. Words are forms as they are written, never stems.

use std::sync::LazyLock;

use dateline_corpus::analysis::terms::{self, BASE, FORM};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use rustc_hash::FxHashMap;
use tantivy::schema::Field;
use tantivy_fst::{Automaton, Regex};

use crate::QueryError;
use crate::snapshot::Snapshot;

/// Letters in which a word may differ from what was typed, at most.
const EDITS_MAX: u8 = 2;
/// Making these takes longer than using them.
static SLIPS: LazyLock<[LevenshteinAutomatonBuilder; EDITS_MAX as usize]> =
    LazyLock::new(|| [1, 2].map(|edits| LevenshteinAutomatonBuilder::new(edits, true)));
/// A word with one letter more wrong must be this many times as frequent to be the likelier one.
const EDIT_ODDS: u64 = 32;

/// A word of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) form: String,
    /// The terms that it has.
    pub(super) terms: Vec<String>,
    /// Articles that have it; in title and body counts twice.
    pub(super) frequency: u64,
}

/// What stands between the words of one index.
pub(super) struct Dictionary<'a> {
    pub(super) snapshot: &'a Snapshot,
    /// The fields whose words count.
    pub(super) fields: Vec<Field>,
}

impl Dictionary<'_> {
    /// The words that a pattern with `*` and `?` stands for, the most frequent first.
    pub(super) fn like(&self, pattern: &str) -> Result<Vec<Found>, QueryError> {
        self.accepted(&Glob::new(pattern))
    }

    /// The words that fulfil a regular expression, the most frequent first; `None` when it is
    /// none, or one that is too large.
    pub(super) fn fulfilling(&self, regex: &str) -> Result<Option<Vec<Found>>, QueryError> {
        let regex = Regex::new(regex).ok();
        regex.map(|regex| self.accepted(&regex)).transpose()
    }

    /// The words that differ from a word in some letters at most: the word itself, then the most
    /// frequent ones.
    pub(super) fn near(&self, word: &str, edits: u8) -> Result<Vec<Found>, QueryError> {
        let builder = &SLIPS[usize::from(edits.clamp(1, EDITS_MAX)) - 1];
        let mut found = self.accepted(&Slips(builder.build_dfa(word)))?;
        // The order of the others stays.
        found.sort_by_key(|found| found.form != word);
        Ok(found)
    }

    /// The word that was probably meant by one that the index does not have.
    pub(super) fn meant(&self, word: &str) -> Result<Option<String>, QueryError> {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let edits = match letters {
            // Of a short word nothing is left after as many slips, and numbers are no words.
            _ if letters < word.chars().count() => return Ok(None),
            0..4 => return Ok(None),
            4..6 => 1,
            _ => 2,
        };
        let likelihood = |found: &Found| {
            let distance = strsim::osa_distance(&found.form, word) as u32;
            found
                .frequency
                .saturating_mul(EDIT_ODDS.saturating_pow(2_u32.saturating_sub(distance)))
        };
        let near = self.near(word, edits)?;
        let meant = near.into_iter().rev().max_by_key(likelihood);
        Ok(meant.map(|found| found.form))
    }

    /// The words that an automaton over their letters accepts, the most frequent first.
    fn accepted<A: Automaton>(&self, automaton: &A) -> Result<Vec<Found>, QueryError>
    where
        A::State: Clone,
    {
        let io = |error: std::io::Error| QueryError::Index(error.into());
        let mut by_form: FxHashMap<String, Found> = FxHashMap::default();
        for reader in self.snapshot.searcher.segment_readers() {
            for &field in &self.fields {
                let inverted = reader.inverted_index(field)?;
                let builder = inverted.terms().search(Whole { form: automaton });
                let mut stream = builder.into_stream().map_err(io)?;
                while let Some((key, info)) = stream.next() {
                    let term = std::str::from_utf8(key).unwrap_or_default();
                    let Some(form) = terms::form(term) else {
                        continue;
                    };
                    if !by_form.contains_key(form) {
                        let found = Found {
                            form: form.to_owned(),
                            terms: Vec::new(),
                            frequency: 0,
                        };
                        by_form.insert(form.to_owned(), found);
                    }
                    if let Some(found) = by_form.get_mut(form) {
                        found.frequency += u64::from(info.doc_freq);
                        if !found.terms.iter().any(|known| known == term) {
                            found.terms.push(term.to_owned());
                        }
                    }
                }
            }
        }
        let mut found: Vec<Found> = by_form.into_values().collect();
        found.sort_by(|a, b| (b.frequency, &a.form).cmp(&(a.frequency, &b.form)));
        Ok(found)
    }
}

/// Whether a word is one that a pattern stands for.
pub(super) fn fits(pattern: &str, word: &str) -> bool {
    let glob = Glob::new(pattern);
    let mut bytes = word.bytes();
    let end = bytes.try_fold(glob.start(), |places, byte| {
        let next = glob.accept(&places, byte);
        glob.can_match(&next).then_some(next)
    });
    end.is_some_and(|end| glob.is_match(&end))
}

/// Accepts the terms whose form another automaton accepts.
struct Whole<'a, A> {
    form: &'a A,
}

#[derive(Clone)]
enum Reading<S> {
    Form(S),
    /// Behind the form there is a language at most.
    Behind,
    Failed,
}

impl<A: Automaton> Automaton for Whole<'_, A>
where
    A::State: Clone,
{
    type State = Reading<A::State>;

    fn start(&self) -> Self::State {
        Reading::Form(self.form.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, Reading::Behind)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            Reading::Form(state) => self.form.can_match(state),
            Reading::Behind => true,
            Reading::Failed => false,
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            Reading::Form(state) if byte == BASE as u8 || byte == FORM as u8 => {
                match self.form.is_match(state) {
                    true => Reading::Behind,
                    false => Reading::Failed,
                }
            }
            // Other control characters end what is no form.
            Reading::Form(_) if byte < b' ' => Reading::Failed,
            Reading::Form(state) => Reading::Form(self.form.accept(state, byte)),
            Reading::Behind => Reading::Behind,
            Reading::Failed => Reading::Failed,
        }
    }
}

/// Accepts the words that differ in some letters at most from the one it was made of.
struct Slips(DFA);

impl Automaton for Slips {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

/// A pattern with `*` and `?`, as an automaton that is in several of its places at once. It takes
/// no time to make, however many wildcards there are.
struct Glob {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Byte(u8),
    /// One character.
    One,
    /// Any bytes.
    Any,
}

/// Places in a pattern, as bits: words have 256 bytes at most.
type Places = [u64; 5];

impl Glob {
    fn new(pattern: &str) -> Glob {
        let steps = pattern.bytes().map(|byte| match byte {
            b'*' => Step::Any,
            b'?' => Step::One,
            byte => Step::Byte(byte),
        });
        // One more place than there are steps.
        Glob {
            steps: steps.take(Places::default().len() * 64 - 1).collect(),
        }
    }

    /// Adds a place, and those that can be reached from it without a letter.
    fn add(&self, places: &mut Places, mut place: usize) {
        loop {
            places[place / 64] |= 1 << (place % 64);
            if self.steps.get(place) != Some(&Step::Any) {
                return;
            }
            place += 1;
        }
    }
}

impl Automaton for Glob {
    type State = Places;

    fn start(&self) -> Places {
        let mut places = Places::default();
        self.add(&mut places, 0);
        places
    }

    fn is_match(&self, places: &Places) -> bool {
        let last = self.steps.len();
        places[last / 64] & (1 << (last % 64)) != 0
    }

    fn can_match(&self, places: &Places) -> bool {
        places.iter().any(|bits| *bits != 0)
    }

    fn accept(&self, places: &Places, byte: u8) -> Places {
        let continues = byte & 0b1100_0000 == 0b1000_0000;
        let mut next = Places::default();
        for (number, &word) in places.iter().enumerate() {
            let mut bits = word;
            while bits != 0 {
                let place = number * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                match self.steps.get(place) {
                    Some(Step::Any) => self.add(&mut next, place),
                    Some(Step::One) if !continues => self.add(&mut next, place + 1),
                    Some(Step::Byte(wanted)) if *wanted == byte => self.add(&mut next, place + 1),
                    _ => {}
                }
                // The rest of a character whose first byte a `?` took.
                let after_one = place > 0 && self.steps[place - 1] == Step::One;
                if continues && after_one {
                    self.add(&mut next, place);
                }
            }
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition of a pattern.
    fn fits_by_definition(pattern: &[char], word: &[char]) -> bool {
        match (pattern, word) {
            ([], []) => true,
            (['*', rest @ ..], _) => {
                (0..=word.len()).any(|skipped| fits_by_definition(rest, &word[skipped..]))
            }
            (['?', pattern @ ..], [_, word @ ..]) => fits_by_definition(pattern, word),
            ([a, pattern @ ..], [b, word @ ..]) if a == b => fits_by_definition(pattern, word),
            _ => false,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        #[test]
        fn a_glob_fits_what_its_definition_does(pattern in "[ab日é*?]{0,6}", word in "[abé日語]{0,7}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(
                fits(&pattern, &word),
                fits_by_definition(&chars(&pattern), &chars(&word))
            );
        }
    }

    #[test]
    fn long_patterns_take_no_longer() {
        let pattern = "?*".repeat(100);
        assert!(fits(&pattern, &"é".repeat(100)));
        assert!(!fits(&pattern, &"é".repeat(99)));
    }
}
