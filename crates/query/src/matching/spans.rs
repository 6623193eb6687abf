//! The algebra of spans: how occurrences of words become those of phrases and proximity.
//!
//! Lists of spans are those of one part of one article, sorted and free of duplicates. See
//! [`super::expr`] for what the operations mean; where positions come from is not known here.

use super::expr::Within;

/// Where something occurs: from a first to a last position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(super) first: u32,
    pub(super) last: u32,
    /// Whether other words stand between the first and the last.
    pub(super) open: bool,
}

/// What two occurrences have to have in common to be near each other.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reach<'a> {
    /// At most this distance.
    Words(u32),
    /// No sentence (or paragraph) begins between them; these are the positions where one does.
    Between(&'a [u32]),
}

impl Span {
    /// A single word.
    pub(super) fn word(position: u32) -> Span {
        Span::solid(position, position)
    }

    /// Words side by side.
    pub(super) fn solid(first: u32, last: u32) -> Span {
        Span {
            first,
            last,
            open: false,
        }
    }

    /// The span over two others, with anything between.
    pub(super) fn over(self, other: Span) -> Span {
        let first = self.first.min(other.first);
        let last = self.last.max(other.last);
        Span {
            first,
            last,
            open: last > first + 1,
        }
    }

    /// Whether a position is one of the span's own.
    fn owns(self, position: u32) -> bool {
        if self.open {
            position == self.first || position == self.last
        } else {
            self.first <= position && position <= self.last
        }
    }

    /// Whether both have a word in common.
    pub(super) fn meets(self, other: Span) -> bool {
        self.owns(other.first)
            || self.owns(other.last)
            || other.owns(self.first)
            || other.owns(self.last)
    }
}

impl<'a> Reach<'a> {
    /// How far this is in a part of which the units begin at `starts`.
    pub(super) fn of(within: Within, starts: &'a [u32]) -> Reach<'a> {
        match within {
            Within::Words(distance) => Reach::Words(distance),
            Within::Part => Reach::Words(u32::MAX),
            Within::Sentence | Within::Paragraph => Reach::Between(starts),
        }
    }

    /// Where something near a span can be; `None` when nothing is near it.
    fn around(self, span: Span) -> Option<Window> {
        match self {
            Reach::Words(distance) => Some(Window {
                start: 0,
                end: u32::MAX,
                last_min: span.first.saturating_sub(distance),
                first_max: span.last.saturating_add(distance),
            }),
            Reach::Between(starts) => {
                let next = starts.partition_point(|&start| start <= span.first);
                let start = next.checked_sub(1).map_or(0, |at| starts[at]);
                let end = starts.get(next).copied().unwrap_or(u32::MAX);
                (span.last < end).then_some(Window {
                    start,
                    end,
                    last_min: start,
                    first_max: end - 1,
                })
            }
        }
    }
}

/// Where a span has to be to be near another one.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// It lies from here on…
    start: u32,
    /// …and before here.
    end: u32,
    /// It ends here or later.
    last_min: u32,
    /// It begins here or earlier.
    first_max: u32,
}

/// Replaces `found` by the shortest spans over one of `firsts` and one of `seconds` that are near
/// each other. With `one_suffices` it may leave off after the first one.
///
/// For each of the first operand only the nearest of the second on either side can make a
/// shortest span, and those that overlap it; so each is looked for outwards from where it stands.
pub(super) fn near(
    firsts: &[Span],
    seconds: &[Span],
    reach: Reach<'_>,
    ordered: bool,
    one_suffices: bool,
    found: &mut Vec<Span>,
) {
    found.clear();
    let lengths = seconds.iter().map(|span| span.last - span.first);
    let longest = lengths.max().unwrap_or(0);
    let mut after = 0;
    for &span in firsts {
        let Some(window) = reach.around(span) else {
            continue;
        };
        // The first that begins after the span; spans of the first operand may lie in each other.
        while after > 0 && seconds[after - 1].first > span.last {
            after -= 1;
        }
        while after < seconds.len() && seconds[after].first <= span.last {
            after += 1;
        }
        let mut last = None;
        for second in &seconds[after..] {
            if second.first > window.first_max || last.is_some_and(|last| second.first > last) {
                break;
            }
            if second.last < window.end {
                last = Some(last.map_or(second.last, |last: u32| last.min(second.last)));
            }
        }
        if let Some(last) = last {
            found.push(span.over(Span::word(last)));
        }
        if !ordered {
            near_before(span, &seconds[..after], longest, window, found);
        }
        if one_suffices && !found.is_empty() {
            return;
        }
    }
    shortest(found);
}

/// Adds the spans over `span` and one of `seconds`, none of which begins after it.
fn near_before(span: Span, seconds: &[Span], longest: u32, window: Window, found: &mut Vec<Span>) {
    for &second in seconds.iter().rev() {
        if second.first < window.start || second.first.saturating_add(longest) < window.last_min {
            return;
        }
        if second.last < span.first {
            if second.last >= window.last_min {
                found.push(span.over(second));
                // Whatever begins earlier makes a longer span.
                return;
            }
        } else if second.last < window.end && !span.meets(second) {
            found.push(span.over(second));
        }
    }
}

/// Sorts spans and leaves only those that contain no other one.
pub(super) fn shortest(spans: &mut Vec<Span>) {
    spans.sort_unstable_by_key(|span| (std::cmp::Reverse(span.first), span.last));
    let mut last = u32::MAX;
    spans.retain(|span| {
        let shorter = span.last < last;
        last = last.min(span.last);
        shorter
    });
    spans.reverse();
}

/// Replaces `found` by the spans of this length, begun at their word that stands at an offset.
pub(super) fn begin_at(positions: &[u32], offset: u32, length: u32, found: &mut Vec<Span>) {
    let starts = positions.iter().filter_map(|at| at.checked_sub(offset));
    found.clear();
    found.extend(starts.map(|start| Span::solid(start, start + length)));
}

/// Keeps the spans that have one of some positions at an offset from their beginning.
pub(super) fn keep_with(positions: &[u32], offset: u32, found: &mut Vec<Span>) {
    let mut rest = positions;
    found.retain(|span| {
        let wanted = span.first + offset;
        while let [at, others @ ..] = rest
            && *at < wanted
        {
            rest = others;
        }
        rest.first() == Some(&wanted)
    });
}

/// A word of a phrase that others may stand between.
pub(super) trait WordInOrder {
    /// Where it stands.
    fn positions(&self) -> &[u32];

    /// Its distance from the first word at least; greater than that of the word before.
    fn offset(&self) -> u32;
}

/// Replaces `found` by the shortest spans in which words stand in order, the last no further from
/// the first than `length_max`. With `one_suffices` it leaves off after the first one.
pub(super) fn in_order<W: WordInOrder>(
    words: &[W],
    length_max: u32,
    one_suffices: bool,
    found: &mut Vec<Span>,
) {
    found.clear();
    let firsts = words.first().map_or(&[][..], W::positions);
    for &first in firsts {
        let (mut count, mut last) = (0, first);
        each_in_order(words, first, &mut |_, at| {
            count += 1;
            last = at;
        });
        if count == words.len() && last - first <= length_max {
            found.push(Span::solid(first, last));
            if one_suffices {
                return;
            }
        }
    }
    shortest(found);
}

/// Calls `visit` with the earliest position of each word in order, the first of which stands at
/// `first`; leaves off where there is none.
pub(super) fn each_in_order<'a, W: WordInOrder>(
    words: &'a [W],
    first: u32,
    visit: &mut impl FnMut(&'a W, u32),
) {
    let Some((word, rest)) = words.split_first() else {
        return;
    };
    visit(word, first);
    let (mut at, mut offset) = (first, word.offset());
    for word in rest {
        let wanted = at + (word.offset() - offset);
        let positions = word.positions();
        let next = positions.partition_point(|position| *position < wanted);
        let Some(&position) = positions.get(next) else {
            return;
        };
        visit(word, position);
        (at, offset) = (position, word.offset());
    }
}

/// Whether two occurrences are near each other; where order counts, the first one has to come
/// first.
pub(super) fn are_near(first: Span, second: Span, reach: Reach<'_>, ordered: bool) -> bool {
    let in_order = !ordered || first.last < second.first;
    let is_in = |window: Window| {
        window.start <= second.first
            && second.last < window.end
            && window.last_min <= second.last
            && second.first <= window.first_max
    };
    in_order && !first.meets(second) && reach.around(first).is_some_and(is_in)
}

/// Those of the spans that may lie inside another one: all that begin in it.
pub(super) fn inside(spans: &[Span], outer: Span) -> &[Span] {
    let from = spans.partition_point(|span| span.first < outer.first);
    let to = spans.partition_point(|span| span.first <= outer.last);
    &spans[from..to]
}

impl Within {
    /// Whether it is a matter of where sentences or paragraphs begin.
    pub(super) fn is_unit(self) -> bool {
        matches!(self, Within::Sentence | Within::Paragraph)
    }
}
