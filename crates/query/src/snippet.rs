//! Cuts the passage that shows why an article matches, and marks what matched.
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
/// Text shown before the first match when its sentence begins too far away.
const LEAD_CHARS: usize = 60;
/// What is shown beyond a passage's first and last word, up to the next white space: the rest of
/// `l’État`, quotes, brackets. Where no white space is that near, as in Chinese, only the signs.
const EDGE_CHARS: usize = 16;
/// Signs that belong to the word after them; all others belong to the word before.
const OPENING: &str = "“„‘«‹「『（《〈【[({¿¡";
/// A passage with one more of the query's words is better than one with this many more of a word
/// that it has already.
const DISTINCT_WEIGHT: usize = 8;
/// Marks that are tried as the beginning of a passage; the best one is nearly always early.
const MARKS_TRIED: usize = 100;

/// What is shown of a hit's text.
pub(crate) struct Shown {
    pub(crate) snippet: Snippet,
    /// Matched stretches of the title, in Unicode scalar values.
    pub(crate) title_highlights: Vec<[usize; 2]>,
}

/// Cuts the best passage of an article with these marks: from the body, from the title where only
/// that matches, and the body's beginning where neither does.
pub(crate) fn show(analysed: &Analysed<'_>, marks: &Marks) -> Shown {
    let snippet = if marks.body.is_empty() && !marks.title.is_empty() {
        cut(&analysed.title, &marks.title)
    } else {
        cut(&analysed.body, &marks.body)
    };
    Shown {
        snippet,
        title_highlights: highlights(&analysed.title, &marks.title),
    }
}

/// Marked stretches of a text, in Unicode scalar values.
pub(crate) fn highlights(text: &Text<'_>, marks: &[Mark]) -> Vec<[usize; 2]> {
    char_offsets(text.text, &joined(marks))
}

/// Marks as stretches that do not overlap.
fn joined(marks: &[Mark]) -> Vec<Range<usize>> {
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

/// The passage with the most matches.
fn cut(text: &Text<'_>, marks: &[Mark]) -> Snippet {
    let start = best_start(text, marks);
    let passage = extent(text, start);
    write(text, passage, &joined(marks))
}

/// Where the best passage begins: a number of a token.
fn best_start(text: &Text<'_>, marks: &[Mark]) -> usize {
    let mut best = (0, 0);
    let mut tried = usize::MAX;
    for (number, mark) in marks.iter().enumerate().take(MARKS_TRIED) {
        let start = start_before(text, mark);
        if start == tried {
            continue;
        }
        tried = start;
        let end = limit(text.text, token_start(text, start));
        // Marks in order: those of this passage are neighbours.
        let before = marks[..number].iter().rev();
        let earlier = before.take_while(|mark| mark.bytes.start >= token_start(text, start));
        let from = number - earlier.count();
        let inside = marks[from..]
            .iter()
            .take_while(|mark| mark.bytes.end <= end);
        let mut words: Vec<usize> = inside.map(|mark| mark.number).collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        let worth = DISTINCT_WEIGHT * words.len() + count;
        if worth > best.0 {
            best = (worth, start);
        }
    }
    best.1
}

/// The first token of the mark's sentence, or a token close before the mark when that is too far
/// away.
fn start_before(text: &Text<'_>, mark: &Mark) -> usize {
    let at = mark.bytes.start as u32;
    let token = text.tokens.partition_point(|token| token.start < at);
    let token = token.min(text.tokens.len().saturating_sub(1));
    let sentence = text
        .sentences
        .partition_point(|sentence| sentence.end as usize <= token);
    let first = text
        .sentences
        .get(sentence)
        .map_or(0, |sentence| sentence.first as usize);
    if limit(text.text, token_start(text, first)) >= mark.bytes.end {
        return first;
    }
    let mut start = token;
    while start > first {
        let lead = &text.text[token_start(text, start - 1)..mark.bytes.start];
        if lead.chars().count() > LEAD_CHARS {
            break;
        }
        start -= 1;
    }
    start
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

struct Passage {
    bytes: Range<usize>,
    /// Whether it begins or ends within a sentence.
    cut_before: bool,
    cut_after: bool,
}

/// The passage that begins at a token: whole words, with the punctuation around them. Only a word
/// that is longer than a passage is cut.
fn extent(text: &Text<'_>, start: usize) -> Passage {
    let whole = text.text;
    let limit = limit(whole, token_start(text, start));
    let after = text
        .tokens
        .partition_point(|token| token.end as usize <= limit)
        .max(start + 1)
        .min(text.tokens.len());
    // A title or body that is nothing but signs.
    if after == 0 {
        return Passage {
            bytes: 0..limit,
            cut_before: false,
            cut_after: limit < whole.len(),
        };
    }
    let begins = |sentence: &dateline_corpus::analysis::Sentence| sentence.first as usize == start;
    let ends = |sentence: &dateline_corpus::analysis::Sentence| sentence.end as usize == after;
    let first_start = token_start(text, start);
    let head = whole[..first_start].chars().rev();
    let head = head.take_while(|c| !c.is_whitespace());
    let near = head.clone().nth(EDGE_CHARS).is_none();
    let head = head.take_while(|&c| near || OPENING.contains(c));
    let from = first_start - edge_bytes(head);
    let word_end = text.tokens[after - 1].end as usize;
    let last_end = word_end.min(limit);
    let next_start = text
        .tokens
        .get(after)
        .map_or(whole.len(), |token| token.start as usize);
    let tail = whole[last_end..next_start].chars();
    let tail = tail.take_while(|&c| !c.is_whitespace() && !OPENING.contains(c));
    let to = last_end + edge_bytes(tail);
    Passage {
        bytes: from..to,
        cut_before: !text.sentences.iter().any(begins),
        cut_after: to < word_end || !text.sentences.iter().any(ends),
    }
}

/// Length of what is shown next to a word.
fn edge_bytes(signs: impl Iterator<Item = char>) -> usize {
    signs.take(EDGE_CHARS).map(char::len_utf8).sum()
}

/// Writes a passage with runs of white space as one blank, and the marks' places in it.
fn write(text: &Text<'_>, passage: Passage, stretches: &[Range<usize>]) -> Snippet {
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
