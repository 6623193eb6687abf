//! The features of a token, each hashed to a bucket of the weight table.

use std::ops::Range;

use super::document::Document;
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

/// Calls `feature(bucket)` for each feature of a token.
pub(crate) fn features(
    words: &Words<'_>,
    sentence: usize,
    at: usize,
    document: &Document,
    feature: &mut impl FnMut(u32),
) {
    let sentence = &words.sentences[sentence];
    let view = View {
        words,
        tokens: sentence.tokens.clone(),
        at,
    };
    let case = sentence.case as u64;
    let mut emit = |template: u32, value: u64| feature(bucket(template, value));
    emit(0, case << 1 | u64::from(at == view.tokens.start));
    surroundings(&view, &mut emit);
    spelling(&view, &mut emit);
    run(&view, case, &mut emit);
    company(&view, document, &mut emit);
}

/// The bucket of a feature: a template with a value.
pub(crate) fn bucket(template: u32, value: u64) -> u32 {
    let mixed = (value ^ u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93) >> (64 - BUCKETS_LOG2)) as u32
}

/// A token in its sentence.
struct View<'a> {
    words: &'a Words<'a>,
    tokens: Range<usize>,
    at: usize,
}

impl View<'_> {
    /// The word at a distance, if in the sentence.
    fn word(&self, offset: isize) -> Option<&Word> {
        let at = self.at.checked_add_signed(offset)?;
        self.tokens.contains(&at).then(|| &self.words.words[at])
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

/// The words around the token, what they are known for, and what stands between them.
fn surroundings(view: &View<'_>, emit: &mut impl FnMut(u32, u64)) {
    for offset in -2..=2 {
        let slot = (offset + 2) as u32;
        emit(10 + slot, view.form(offset));
        emit(20 + slot, view.writing(offset));
        let mut classes = view.classes(offset);
        while classes != 0 {
            emit(30 + slot, u64::from(classes.trailing_zeros()));
            classes &= classes - 1;
        }
    }
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

/// The letters of the token and its neighbours.
fn spelling(view: &View<'_>, emit: &mut impl FnMut(u32, u64)) {
    let raw = view.words.text.raw(view.at);
    emit(50, hash(raw));
    let form = view.words.text.form(view.at);
    for (len, (prefix, suffix)) in [1, 2, 3, 4].into_iter().zip(affixes(form)) {
        emit(50 + len, hash(prefix));
        emit(55 + len, hash(suffix));
    }
    emit(60, form.len().min(12) as u64 * 16 + view.writing(0));
    for offset in [-1, 1] {
        if let Some(word) = view
            .word(offset)
            .filter(|word| word.writing != Writing::Lower)
        {
            let form = view.words.text.form(view.at.wrapping_add_signed(offset));
            if let Some((_, suffix)) = affixes(form).nth(2) {
                emit((62 + offset) as u32, hash(suffix) ^ word.writing as u64);
            }
        }
    }
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

/// What the other occurrences in the article tell of the token and its neighbours.
fn company(view: &View<'_>, document: &Document, emit: &mut impl FnMut(u32, u64)) {
    for offset in -1..=1 {
        let Some(word) = view
            .word(offset)
            .filter(|word| word.run.1 > 0 || offset == 0)
        else {
            continue;
        };
        let base = 100 + 40 * (offset + 1) as u32;
        let Some(company) = document.company(word.form) else {
            emit(base, 0);
            continue;
        };
        let mut summary = 0;
        for (seen, &count) in company.counts().iter().enumerate() {
            summary = summary << 1 | u64::from(count > 0);
            if count > 0 {
                emit(base + 1 + seen as u32, u64::from(count));
            }
        }
        if offset == 0 {
            let lone = word.run.1 - word.run.0 == 1;
            emit(base + 20, summary << 1 | u64::from(lone));
            emit(
                base + 21,
                (summary & 0b1_1111_1111_1111) << 1 | u64::from(lone),
            );
            for (before, after) in company.neighbours().iter().filter(|pair| **pair != (0, 0)) {
                emit(base + 22, *before);
                emit(base + 23, *after);
            }
        }
    }
}
