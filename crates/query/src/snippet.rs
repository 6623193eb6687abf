//! Cuts the passages that show why an article matches, and marks what matched.
//!
//! The stored text is analysed again by the functions that made its index terms, so what is
//! marked is what was found; [`marks`] does that.

mod marks;

use std::ops::Range;

use dateline_corpus::Analysed;
use dateline_corpus::analysis::Text;

pub(crate) use marks::{Marker, Marks, Pattern};

use crate::Snippet;
use marks::Mark;

/// Length of a passage in Unicode scalar values: two to three lines of a terminal.
const PASSAGE_CHARS: usize = 240;
/// Text shown before a match where the passage does not begin with its sentence.
const LEAD_CHARS: usize = 60;
/// What is shown beyond a passage's first and last word, up to the next white space: the rest of
/// `l’État`, quotes, brackets. Where no white space is that near, as in Chinese, only the signs.
const EDGE_CHARS: usize = 16;
/// Signs that belong to the word after them; all others belong to the word before.
const OPENING: &str = "“„‘«‹「『（《〈【[({¿¡";
/// Marks that are tried as the beginning of a passage; the best one is nearly always early.
const MARKS_TRIED: usize = 100;

/// What is shown of a hit's text.
pub(crate) struct Shown {
    pub(crate) snippet: Snippet,
    pub(crate) second_snippet: Option<Snippet>,
    /// Matched stretches of the title, in Unicode scalar values.
    pub(crate) title_highlights: Vec<[usize; 2]>,
}

/// Cuts the best passages of an article with these marks: from the body, from the title where only
/// that matches, and the body's beginning where neither does.
pub(crate) fn show(analysed: &Analysed<'_>, marks: &Marks) -> Shown {
    let in_title = marks.body.is_empty() && !marks.title.is_empty();
    let (text, marked) = match in_title {
        true => (&analysed.title, &marks.title),
        false => (&analysed.body, &marks.body),
    };
    let stretches = joined(marked);
    let first = best(text, marked, None).unwrap_or_else(|| Passage::beginning(text));
    let second = best(text, marked, Some(&first));
    Shown {
        snippet: write(text, &first, &stretches),
        second_snippet: second.map(|second| write(text, &second, &stretches)),
        title_highlights: highlights(&analysed.title, &marks.title),
    }
}

/// Marked stretches of a text, in Unicode scalar values.
fn highlights(text: &Text<'_>, marks: &[Mark]) -> Vec<[usize; 2]> {
    char_offsets(text.text, &joined(marks))
}

/// Marks as stretches that do not overlap, in bytes.
pub(crate) fn joined(marks: &[Mark]) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match stretches.last_mut() {
            Some(last) if mark.bytes.start < last.end => {
                last.end = last.end.max(mark.bytes.end);
            }
            _ => stretches.push(mark.bytes.clone()),
        }
    }
    stretches
}

/// The stretches, which are in order, in Unicode scalar values.
fn char_offsets(text: &str, stretches: &[Range<usize>]) -> Vec<[usize; 2]> {
    let mut place = (0, 0);
    let mut chars_to = |end: usize| {
        let (bytes, chars) = place;
        place = (end, chars + text[bytes..end].chars().count());
        place.1
    };
    let offsets = stretches.iter();
    offsets
        .map(|stretch| [chars_to(stretch.start), chars_to(stretch.end)])
        .collect()
}

/// The passage with the most words of the query, then with the most matches; of equals the first.
/// Beside another one, words that it has too count for nothing, and `None` when that leaves none.
fn best(text: &Text<'_>, marks: &[Mark], beside: Option<&Passage>) -> Option<Passage> {
    let known = beside.map_or(Vec::new(), |beside| distinct(beside.marks(text, marks)));
    let is_new = |mark: &&Mark| known.binary_search(&mark.number).is_err();
    let mut best: Option<((usize, usize), Range<usize>)> = None;
    let mut tried = usize::MAX;
    let mut try_out = |tokens: Range<usize>| {
        let inside = || marks_in(text, marks, &tokens);
        let worth = (distinct(inside().filter(is_new)).len(), inside().count());
        if worth > best.as_ref().map_or((0, 0), |(worth, _)| *worth) {
            best = Some((worth, tokens));
        }
    };
    for mark in marks.iter().filter(is_new).take(MARKS_TRIED) {
        let [at_sentence, at_mark] = tokens_around(text, mark, beside);
        if at_sentence.start != tried {
            tried = at_sentence.start;
            try_out(at_sentence);
        }
        // What follows may be worth more than the beginning of the sentence.
        if at_mark.start != tried {
            try_out(at_mark);
        }
    }
    best.map(|(_, tokens)| Passage::of(text, tokens))
}

/// The words and entities of the query that marks stand for, ascending.
fn distinct<'m>(marks: impl Iterator<Item = &'m Mark>) -> Vec<usize> {
    let mut numbers: Vec<usize> = marks.map(|mark| mark.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The marks that lie in some tokens.
fn marks_in<'m>(
    text: &Text<'_>,
    marks: &'m [Mark],
    tokens: &Range<usize>,
) -> impl Iterator<Item = &'m Mark> {
    let last = text.tokens[..tokens.end].last();
    let (start, end) = (
        token_start(text, tokens.start),
        last.map_or(0, |token| token.end as usize),
    );
    let first = marks.partition_point(|mark| mark.bytes.start < start);
    let inside = marks[first..]
        .iter()
        .take_while(move |mark| mark.bytes.start < end);
    inside.filter(move |mark| mark.bytes.end <= end)
}

/// The tokens of the passages that show a mark: from the beginning of its sentence, unless that
/// is too far away, and, in a sentence that is longer than a passage, from a token close before
/// the mark. They take nothing from the passage `beside`.
fn tokens_around(text: &Text<'_>, mark: &Mark, beside: Option<&Passage>) -> [Range<usize>; 2] {
    let at = mark.bytes.start as u32;
    let token = text.tokens.partition_point(|token| token.start < at);
    let token = token.min(text.tokens.len().saturating_sub(1));
    let free = match beside.map(|beside| &beside.tokens) {
        Some(taken) if token < taken.start => 0..taken.start,
        Some(taken) => taken.end.min(token)..text.tokens.len(),
        None => 0..text.tokens.len(),
    };
    let sentence = text
        .sentences
        .partition_point(|sentence| sentence.end as usize <= token);
    let sentence = text.sentences.get(sentence);
    let sentence = sentence.map_or(0..0, |sentence| sentence.tokens());
    let first = sentence.start.max(free.start);
    let mut close = token;
    while close > first {
        let lead = &text.text[token_start(text, close - 1)..mark.bytes.start];
        if lead.chars().count() > LEAD_CHARS {
            break;
        }
        close -= 1;
    }
    let limit = limit(text.text, token_start(text, first));
    let starts = match limit >= mark.bytes.end {
        true if tokens_from(text, first) >= sentence.end => [first; 2],
        true => [first, close],
        false => [close; 2],
    };
    starts.map(|start| start..tokens_from(text, start).min(free.end))
}

/// The token after the passage that begins at a token.
fn tokens_from(text: &Text<'_>, start: usize) -> usize {
    let limit = limit(text.text, token_start(text, start));
    text.tokens
        .partition_point(|token| token.end as usize <= limit)
        .max(start + 1)
        .min(text.tokens.len())
}

/// The byte after the passage that begins at `from` at most.
fn limit(text: &str, from: usize) -> usize {
    // Nearly all English passages are ASCII, where bytes are characters.
    if let Some(passage) = text.as_bytes().get(from..from + PASSAGE_CHARS)
        && passage.is_ascii()
    {
        return from + PASSAGE_CHARS;
    }
    let mut chars = text[from..].char_indices();
    chars
        .nth(PASSAGE_CHARS)
        .map_or(text.len(), |(bytes, _)| from + bytes)
}

fn token_start(text: &Text<'_>, token: usize) -> usize {
    text.tokens
        .get(token)
        .map_or(0, |token| token.start as usize)
}

/// A stretch of text to show: whole words, with the punctuation around them. Only a word that is
/// longer than a passage is cut.
struct Passage {
    tokens: Range<usize>,
    bytes: Range<usize>,
    /// Whether it begins or ends within a sentence.
    cut_before: bool,
    cut_after: bool,
}

impl Passage {
    fn beginning(text: &Text<'_>) -> Passage {
        let end = tokens_from(text, 0);
        if end > 0 {
            return Passage::of(text, 0..end);
        }
        // A title or body that is nothing but signs.
        let limit = limit(text.text, 0);
        Passage {
            tokens: 0..0,
            bytes: 0..limit,
            cut_before: false,
            cut_after: limit < text.text.len(),
        }
    }

    /// Of some tokens, one at least.
    fn of(text: &Text<'_>, tokens: Range<usize>) -> Passage {
        let whole = text.text;
        let first_start = token_start(text, tokens.start);
        let head = whole[..first_start].chars().rev();
        let head = head.take_while(|c| !c.is_whitespace());
        let near = head.clone().nth(EDGE_CHARS).is_none();
        let head = head.take_while(|&c| near || OPENING.contains(c));
        let from = first_start - edge_bytes(head);
        let word_end = text.tokens[tokens.end - 1].end as usize;
        let last_end = word_end.min(limit(whole, first_start));
        let next_start = text
            .tokens
            .get(tokens.end)
            .map_or(whole.len(), |token| token.start as usize);
        let tail = whole[last_end..next_start].chars();
        let tail = tail.take_while(|&c| !c.is_whitespace() && !OPENING.contains(c));
        let to = last_end + edge_bytes(tail);
        let mut sentences = text.sentences.iter();
        let begins = sentences.any(|sentence| sentence.first as usize == tokens.start);
        let mut sentences = text.sentences.iter();
        let ends = sentences.any(|sentence| sentence.end as usize == tokens.end);
        Passage {
            tokens,
            bytes: from..to,
            cut_before: !begins,
            cut_after: to < word_end || !ends,
        }
    }

    /// The marks in it.
    fn marks<'m>(&self, text: &Text<'_>, marks: &'m [Mark]) -> impl Iterator<Item = &'m Mark> {
        marks_in(text, marks, &self.tokens)
    }
}

/// Length of what is shown next to a word.
fn edge_bytes(signs: impl Iterator<Item = char>) -> usize {
    signs.take(EDGE_CHARS).map(char::len_utf8).sum()
}

/// Writes a passage with runs of white space as one blank, and the marks' places in it.
fn write(text: &Text<'_>, passage: &Passage, stretches: &[Range<usize>]) -> Snippet {
    let mut snippet = Snippet::default();
    let mut chars = 0;
    let mut push = |c: char, out: &mut String| {
        out.push(c);
        chars += 1;
        chars
    };
    if passage.cut_before {
        push('…', &mut snippet.text);
        push(' ', &mut snippet.text);
    }
    let start = passage.bytes.start;
    let mut stretches = stretches
        .iter()
        .filter(|stretch| passage.bytes.contains(&stretch.start))
        .peekable();
    let mut blank = true;
    for (at, c) in text.text[passage.bytes.clone()].char_indices() {
        let at = start + at;
        let length = if c.is_whitespace() || c.is_control() {
            if std::mem::replace(&mut blank, true) {
                continue;
            }
            push(' ', &mut snippet.text)
        } else {
            blank = false;
            push(c, &mut snippet.text)
        };
        let Some(stretch) = stretches.peek() else {
            continue;
        };
        if at == stretch.start {
            snippet.highlights.push([length - 1, length]);
        }
        if stretch.contains(&at)
            && let Some(highlight) = snippet.highlights.last_mut()
        {
            highlight[1] = length;
        }
        if at + c.len_utf8() >= stretch.end {
            stretches.next();
        }
    }
    let trimmed = snippet.text.trim_end().len();
    snippet.text.truncate(trimmed);
    if passage.cut_after {
        snippet.text.push_str(" …");
    }
    snippet
}
