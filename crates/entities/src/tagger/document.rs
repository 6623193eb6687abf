//! What the whole article tells of a word: where else it stands, and in what company.
//!
//! A name at the beginning of a sentence, or a surname alone, is told by its other occurrences.

use std::ops::Range;

use super::features;
use super::lattice::{Sums, WIDTH};
use super::memory::Memory;
use super::model::Model;
use super::words::{Case, Gap, Words, Writing};
use crate::lexicon::Classes;

/// The forms that are capitalised somewhere in the article, by their marks in the memory.
pub(crate) struct Document {
    forms: Vec<Company>,
    /// What a form's company adds to the scores of the token after it, itself, and the token
    /// before it; nothing as long as nobody asked.
    sums: Vec<Option<[Sums; 3]>>,
}

/// How often a form occurs in which company, each count up to 3.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Company {
    /// It stands in a run of prose.
    met: bool,
    /// By [`Seen`].
    counts: [u8; SEEN],
    /// Forms before and after it in mid-sentence, outside of its run; the first few.
    neighbours: [(u64, u64); NEIGHBOURS],
}

/// Circumstances that are counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Seen {
    /// In lower case.
    Lower,
    /// Capitalised in mid-sentence.
    Mid,
    /// Alone in its run.
    Alone,
    /// First, inside or last in a longer run.
    First,
    Inner,
    Last,
    /// After `Mr`, after an office.
    AfterHonorific,
    AfterTitle,
    /// Right after, or before, a given name; before a surname.
    AfterGiven,
    BeforeSurname,
    /// Its run is followed by `said`.
    BeforeSaying,
    /// Its run follows `in`.
    AfterIn,
    /// Its run follows `the`.
    AfterThe,
    Possessive,
    /// In brackets, as abbreviations are.
    Bracketed,
    /// In a run that ends in a word of organisations, of places.
    InOrganisation,
    InFacility,
}

pub(crate) const SEEN: usize = 17;
pub(crate) const NEIGHBOURS: usize = 4;

impl Company {
    /// The counts, by [`Seen`].
    pub(crate) fn counts(&self) -> &[u8; SEEN] {
        &self.counts
    }

    /// Known neighbours; zero where there is none.
    pub(crate) fn neighbours(&self) -> &[(u64, u64); NEIGHBOURS] {
        &self.neighbours
    }

    fn count(&mut self, seen: Seen, holds: bool) {
        let count = &mut self.counts[seen as usize];
        *count = (*count + u8::from(holds)).min(3);
    }
}

impl Document {
    pub(crate) fn new(memory: &Memory, parts: &[Words<'_>]) -> Document {
        let mut document = Document {
            forms: vec![Company::default(); memory.marked()],
            sums: vec![None; memory.marked()],
        };
        for part in parts {
            let sentences = part.sentences.iter();
            for sentence in sentences.filter(|sentence| sentence.case == Case::Prose) {
                for at in sentence.tokens.clone() {
                    if part.words[at].run.1 > 0 {
                        document.add(memory, part, sentence.tokens.clone(), at);
                    }
                }
            }
        }
        for word in parts.iter().flat_map(|part| &part.words) {
            if word.writing == Writing::Lower
                && let Some(mark) = memory.mark_of(word.form_number)
            {
                document.forms[mark].count(Seen::Lower, true);
            }
        }
        document
    }

    /// What is known of a form that is capitalised somewhere in prose, by its mark.
    pub(crate) fn company(&self, mark: Option<usize>) -> Option<&Company> {
        self.forms.get(mark?).filter(|company| company.met)
    }

    /// What a form's company adds to the scores of the token that it stands `offset` after.
    pub(crate) fn sums(&mut self, model: &Model, mark: usize, offset: isize) -> &Sums {
        let company = &self.forms[mark];
        let sums = self.sums[mark].get_or_insert_with(|| {
            std::array::from_fn(|slot| {
                let mut sums = [0; WIDTH];
                features::of_company(company, slot as isize - 1, &mut |bucket| {
                    model.rows.add_to(bucket, &mut sums);
                });
                sums
            })
        });
        &sums[(offset + 1) as usize]
    }

    fn add(&mut self, memory: &Memory, part: &Words<'_>, sentence: Range<usize>, at: usize) {
        let Range { start, end } = sentence;
        let words = &part.words;
        let word = words[at];
        let (first, after) = (word.run.0 as usize, word.run.1 as usize);
        let mark = memory.mark_of(word.form_number);
        let Some(company) = mark.and_then(|mark| self.forms.get_mut(mark)) else {
            return;
        };
        company.met = true;
        let alone = after - first == 1;
        let mid = at > start;
        company.count(Seen::Mid, mid);
        company.count(Seen::Alone, alone && mid);
        company.count(Seen::First, !alone && at == first && mid);
        company.count(Seen::Inner, at > first && at + 1 < after);
        company.count(Seen::Last, !alone && at + 1 == after);
        let classes = |at: usize| Classes::from_bits(words[at].classes);
        let plain = matches!(word.gap, Gap::Space | Gap::Stop | Gap::Hyphen);
        if mid && plain {
            company.count(Seen::AfterHonorific, classes(at - 1).is_honorific());
            company.count(Seen::AfterTitle, classes(at - 1).is_title());
            company.count(Seen::AfterGiven, at > first && classes(at - 1).is_given());
        }
        if at + 1 < after {
            company.count(Seen::BeforeSurname, classes(at + 1).is_surname());
        }
        let last = classes(after - 1);
        company.count(Seen::InOrganisation, !alone && last.is_organisation());
        company.count(Seen::InFacility, !alone && last.is_facility());
        let before = (first > start).then(|| words[first - 1]);
        let next = (after < end).then(|| words[after]);
        company.count(
            Seen::BeforeSaying,
            next.is_some() && classes(after).is_saying(),
        );
        company.count(
            Seen::AfterIn,
            before.is_some_and(|word| word.form == *IN) && words[first].gap == Gap::Space,
        );
        company.count(Seen::AfterThe, before.is_some_and(|word| word.form == *THE));
        company.count(Seen::Possessive, part.text.tokens[at].shape.is_possessive());
        company.count(Seen::Bracketed, word.gap == Gap::OpeningBracket && alone);
        if mid && alone {
            let pair = (
                before.map_or(0, |word| word.form),
                next.map_or(0, |word| word.form),
            );
            if let Some(free) = company.neighbours.iter_mut().find(|pair| **pair == (0, 0)) {
                *free = pair;
            }
        }
    }
}

static IN: std::sync::LazyLock<u64> = std::sync::LazyLock::new(|| super::words::hash("in"));
static THE: std::sync::LazyLock<u64> = std::sync::LazyLock::new(|| super::words::hash("the"));
