//! The features of a token, each hashed to a bucket of the weight table.

use std::ops::Range;

use super::document::{Company, Document};
use super::memory::{Known, Memory};
use super::words::{Gap, Word, Words, Writing, hash};
use crate::lexicon::Classes;

/// Buckets of the weight table, as a power of two.
pub(crate) const BUCKETS_LOG2: u32 = 22;

/// The stretches of tokens that are labelled: capitalised words, up to three others between two
/// of them, and particles before them. All other tokens are outside of names.
pub(crate) fn windows(words: &Words<'_>) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    for sentence in &words.sentences {
        let floor = windows.len();
        for at in sentence.tokens.clone() {
            let word = &words.words[at];
            let second = word.gap == Gap::Hyphen
                && windows[floor..]
                    .last()
                    .is_some_and(|window| window.end == at);
            if !word.writing.is_capital() && !second {
                continue;
            }
            match windows[floor..].last_mut() {
                Some(window) if at - window.end <= BRIDGE_TOKENS_MAX => window.end = at + 1,
                previous => {
                    let end = previous.map_or(sentence.tokens.start, |window| window.end);
                    let mut first = at;
                    while first > end && is_particle(&words.words[first - 1]) {
                        first -= 1;
                    }
                    windows.push(first..at + 1);
                }
            }
        }
    }
    windows
}

/// "Ministry of Foreign Affairs of the Republic": two; "Bank for the Development of".
const BRIDGE_TOKENS_MAX: usize = 3;

fn is_particle(word: &Word) -> bool {
    Classes::from_bits(word.classes).is_particle()
}

/// Classes from this bit on come from the tables of names.
pub(crate) const TABLES: usize = 20;

/// Calls `feature(bucket)` for each feature of a token.
pub(crate) fn features(
    words: &Words<'_>,
    sentence: usize,
    at: usize,
    memory: &Memory,
    document: &Document,
    feature: &mut dyn FnMut(u32),
) {
    let view = View::new(words, sentence, at);
    for offset in -2..=2 {
        let Some(word) = view.word(offset) else {
            of_edge(offset, feature);
            continue;
        };
        let there = at.wrapping_add_signed(offset);
        let (raw, form) = (words.text.raw(there), words.text.form(there));
        of_word(memory.known(word.number), raw, form, offset, feature);
        for bit in (TABLES..32).filter(|bit| word.classes >> bit & 1 == 1) {
            of_class(bit, offset, feature);
        }
    }
    of_place(&view, feature);
    for offset in -1..=1 {
        if let Some(word) = view.in_company(offset) {
            match document.company(memory.mark_of(word.form_number)) {
                Some(company) => of_company(company, offset, feature),
                None => of_no_company(offset, feature),
            }
        }
    }
    of_own_company(&view, memory, document, feature);
}

/// What a word by itself tells of the token that it stands `offset` after.
pub(crate) fn of_word(
    known: &Known,
    raw: &str,
    form: &str,
    offset: isize,
    feature: &mut dyn FnMut(u32),
) {
    let slot = (offset + 2) as u32;
    let mut emit = |template, value| feature(bucket(template, value));
    emit(10 + slot, known.form);
    emit(20 + slot, known.writing as u64);
    let mut classes = known.classes;
    while classes != 0 {
        emit(30 + slot, u64::from(classes.trailing_zeros()));
        classes &= classes - 1;
    }
    if offset == 0 {
        emit(50, hash(raw));
        for (len, (prefix, suffix)) in [1, 2, 3, 4].into_iter().zip(affixes(form)) {
            emit(50 + len, hash(prefix));
            emit(55 + len, hash(suffix));
        }
        emit(60, form.len().min(12) as u64 * 16 + known.writing as u64);
    } else if offset.abs() == 1
        && known.writing != Writing::Lower
        && let Some((_, suffix)) = affixes(form).nth(2)
    {
        emit((62 + offset) as u32, hash(suffix) ^ known.writing as u64);
    }
}

/// What a class of the tables tells of the token that its word stands `offset` after.
pub(crate) fn of_class(bit: usize, offset: isize, feature: &mut dyn FnMut(u32)) {
    feature(bucket(30 + (offset + 2) as u32, bit as u64));
}

/// What the end of the sentence tells of the token that it stands `offset` after.
pub(crate) fn of_edge(offset: isize, feature: &mut dyn FnMut(u32)) {
    let slot = (offset + 2) as u32;
    feature(bucket(10 + slot, 1));
    feature(bucket(20 + slot, 15));
    feature(bucket(30 + slot, 31));
}

/// What the place of a token in its sentence and run tells.
pub(crate) fn of_place(view: &View<'_>, feature: &mut dyn FnMut(u32)) {
    let mut emit = |template, value| feature(bucket(template, value));
    let case = view.case;
    emit(0, case << 1 | u64::from(view.at == view.tokens.start));
    surroundings(view, &mut emit);
    run(view, case, &mut emit);
}

/// What the other occurrences of a form tell of the token that it stands `offset` after.
pub(crate) fn of_company(company: &Company, offset: isize, feature: &mut dyn FnMut(u32)) {
    let base = company_base(offset);
    let mut emit = |template, value| feature(bucket(template, value));
    for (seen, &count) in company.counts().iter().enumerate() {
        if count > 0 {
            emit(base + 1 + seen as u32, u64::from(count));
        }
    }
    if offset == 0 {
        for (before, after) in company.neighbours().iter().filter(|pair| **pair != (0, 0)) {
            emit(base + 22, *before);
            emit(base + 23, *after);
        }
    }
}

/// What it tells that a form occurs nowhere in prose with a capital.
pub(crate) fn of_no_company(offset: isize, feature: &mut dyn FnMut(u32)) {
    feature(bucket(company_base(offset), 0));
}

/// What all of a token's company together tells, with whether it stands alone here.
pub(crate) fn of_own_company(
    view: &View<'_>,
    memory: &Memory,
    document: &Document,
    feature: &mut dyn FnMut(u32),
) {
    let word = &view.words.words[view.at];
    let Some(company) = document.company(memory.mark_of(word.form_number)) else {
        return;
    };
    let counts = company.counts().iter();
    let summary = counts.fold(0, |bits, &count| bits << 1 | u64::from(count > 0));
    let lone = u64::from(word.run.1 - word.run.0 == 1);
    let base = company_base(0);
    feature(bucket(base + 20, summary << 1 | lone));
    feature(bucket(
        base + 21,
        (summary & 0b1_1111_1111_1111) << 1 | lone,
    ));
}

fn company_base(offset: isize) -> u32 {
    100 + 40 * (offset + 1) as u32
}

/// The bucket of a feature: a template with a value.
pub(crate) fn bucket(template: u32, value: u64) -> u32 {
    let mixed = (value ^ u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93) >> (64 - BUCKETS_LOG2)) as u32
}

/// A token in its sentence.
pub(crate) struct View<'a> {
    words: &'a Words<'a>,
    tokens: Range<usize>,
    case: u64,
    at: usize,
}

impl<'a> View<'a> {
    pub(crate) fn new(words: &'a Words<'a>, sentence: usize, at: usize) -> View<'a> {
        let sentence = &words.sentences[sentence];
        View {
            words,
            tokens: sentence.tokens.clone(),
            case: sentence.case as u64,
            at,
        }
    }

    /// The word at a distance, if in the sentence.
    pub(crate) fn word(&self, offset: isize) -> Option<&'a Word> {
        let at = self.at.checked_add_signed(offset)?;
        self.tokens.contains(&at).then(|| &self.words.words[at])
    }

    /// The word at a distance, if its company matters: the token's own always, its neighbours'
    /// when they are capitalised.
    pub(crate) fn in_company(&self, offset: isize) -> Option<&'a Word> {
        self.word(offset)
            .filter(|word| word.run.1 > 0 || offset == 0)
    }

    fn form(&self, offset: isize) -> u64 {
        self.word(offset).map_or(1, |word| word.form)
    }

    fn classes(&self, offset: isize) -> u64 {
        self.word(offset)
            .map_or(1 << 31, |word| u64::from(word.classes))
    }

    fn writing(&self, offset: isize) -> u64 {
        self.word(offset).map_or(15, |word| word.writing as u64)
    }

    fn gap(&self, offset: isize) -> u64 {
        self.word(offset).map_or(31, |word| word.gap as u64)
    }
}

/// What stands between the words around the token, and pairs of them.
fn surroundings(view: &View<'_>, emit: &mut impl FnMut(u32, u64)) {
    let gaps = view.gap(0) << 5 | view.gap(1);
    emit(40, view.gap(0));
    emit(41, view.gap(1));
    emit(42, view.gap(2));
    emit(43, view.gap(-1));
    emit(
        44,
        gaps << 16 | view.writing(-1) << 8 | view.writing(0) << 4 | view.writing(1),
    );
    emit(45, view.classes(-1) << 32 ^ view.classes(0));
    emit(46, view.classes(0) << 32 ^ view.classes(1));
    emit(47, view.gap(0) << 60 ^ view.form(-1));
    emit(48, view.gap(1) << 60 ^ view.form(1));
}

/// The first and last one, two, three… characters of a word that has more.
fn affixes(form: &str) -> impl Iterator<Item = (&str, &str)> {
    (1..=4).map_while(|len| {
        let prefix = form.char_indices().nth(len)?.0;
        let suffix = form.char_indices().rev().nth(len - 1)?.0;
        Some((&form[..prefix], &form[suffix..]))
    })
}

/// The run of capitalised words that the token stands in or lies between.
fn run(view: &View<'_>, case: u64, emit: &mut impl FnMut(u32, u64)) {
    let words = &view.words.words;
    let (first, end) = (words[view.at].run.0 as usize, words[view.at].run.1 as usize);
    if end == 0 {
        return;
    }
    let place = ((view.at - first).min(3) * 4 + (end - view.at - 1).min(3)) as u64;
    emit(70, place << 2 | case);
    emit(
        71,
        place << 8 | view.gap((first as isize) - view.at as isize),
    );
    let before = (first > view.tokens.start).then(|| &words[first - 1]);
    let next = (end < view.tokens.end).then(|| &words[end]);
    let (last, opener) = (&words[end - 1], &words[first]);
    emit(72, before.map_or(1, |word| word.form));
    emit(73, next.map_or(1, |word| word.form ^ word.gap as u64));
    emit(
        74,
        place << 32 ^ before.map_or(1, |word| u64::from(word.classes)),
    );
    emit(
        75,
        place << 32 ^ next.map_or(1, |word| u64::from(word.classes)),
    );
    if end - first > 1 {
        emit(76, last.form);
        emit(77, opener.form);
        emit(78, place << 32 ^ u64::from(last.classes));
        emit(79, place << 32 ^ u64::from(opener.classes));
        let all = words[first..end]
            .iter()
            .fold(0, |all, word| all | word.classes);
        emit(80, u64::from(all));
    }
    let lone = end - first == 1;
    emit(
        81,
        u64::from(lone) << 40
            ^ u64::from(words[view.at].classes) << 3
            ^ u64::from(first == view.tokens.start),
    );
}
