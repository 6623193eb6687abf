//! Finds the occurrences of an expression in one part of one article, and the words of each.
//!
//! Where positions come from is another's business: the index gives them to matching, the text
//! of an article to highlighting, and both get the same occurrences.

use super::expr::{Expr, Near, Phrase, Within};
use super::spans::{self, Reach, Span};

/// Gives the positions of words and bounds in one part of an article, in ascending order and
/// without duplicates. Words are numbered from 0 as [`Expr::each_word`] visits them.
pub(crate) trait Positions {
    /// Replaces `positions` by those of a word.
    fn of_word(&mut self, word: usize, positions: &mut Vec<u32>);

    /// Replaces `positions` by those at which sentences (or paragraphs) begin.
    fn of_starts(&mut self, unit: Within, positions: &mut Vec<u32>);
}

/// An expression that is ready to be looked for in one article after another.
#[derive(Debug, Clone)]
pub(crate) struct Finder {
    node: Node,
    /// In the article that was looked at last.
    spans: Vec<Span>,
}

#[derive(Debug, Clone)]
enum Node {
    Word(Part),
    Any(Vec<Finder>),
    /// Words at fixed distances, the rarest first.
    SideBySide {
        words: Vec<Part>,
        /// Distance of the last from the first.
        length: u32,
    },
    /// Words with others between them, in the order of the query.
    InOrder {
        words: Vec<Part>,
        /// Distance of the last from the first at most.
        length_max: u32,
    },
    Near {
        /// The rarer one, which is looked for first, and the other.
        operands: Box<[Finder; 2]>,
        order: Option<Order>,
        within: Within,
        starts: Vec<u32>,
    },
}

/// Which of two operands has to end before the other begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    RarerFirst,
    RarerLast,
}

/// A word and its positions in the article that was looked at last.
#[derive(Debug, Clone)]
struct Part {
    word: usize,
    /// Distance from the first word of a phrase, when nothing but its gaps stands between.
    offset: u32,
    positions: Vec<u32>,
}

impl Finder {
    /// Of an expression. `cost` tells how many articles or so have a word.
    pub(crate) fn new(expr: &Expr, cost: &impl Fn(usize) -> u64) -> Finder {
        Finder::numbered(expr, cost, &mut 0).0
    }

    /// The finder of an expression whose first word has the number `next`, and what it costs.
    fn numbered(expr: &Expr, cost: &impl Fn(usize) -> u64, next: &mut usize) -> (Finder, u64) {
        let (node, cost) = match expr {
            Expr::Word(_) => {
                let part = Part::new(next, 0);
                let cost = cost(part.word);
                (Node::Word(part), cost)
            }
            Expr::Any(alternatives) => {
                let alternatives = alternatives.iter();
                let (finders, costs): (Vec<_>, Vec<_>) = alternatives
                    .map(|expr| Finder::numbered(expr, cost, next))
                    .unzip();
                (Node::Any(finders), costs.iter().sum())
            }
            Expr::Phrase(phrase) => Node::phrase(phrase, cost, next),
            Expr::Near(near) => Node::near(near, cost, next),
        };
        let spans = Vec::new();
        (Finder { node, spans }, cost)
    }

    /// Looks at an article; with `one_suffices` no further than to its first occurrence. Positions
    /// of a word are asked for only where the words asked for before leave something to find.
    pub(crate) fn find(&mut self, article: &mut impl Positions, one_suffices: bool) -> &[Span] {
        let spans = &mut self.spans;
        spans.clear();
        match &mut self.node {
            Node::Word(part) => {
                part.read(article);
                spans.extend(part.positions.iter().copied().map(Span::word));
            }
            Node::Any(alternatives) => {
                for alternative in alternatives.iter_mut() {
                    spans.extend(alternative.find(article, one_suffices));
                    if one_suffices && !spans.is_empty() {
                        return &self.spans;
                    }
                }
                spans.sort_unstable();
                spans.dedup();
            }
            Node::SideBySide { words, length } => {
                for (number, part) in words.iter_mut().enumerate() {
                    part.read(article);
                    let Part {
                        positions, offset, ..
                    } = part;
                    match number {
                        0 => spans::begin_at(positions, *offset, *length, spans),
                        _ => spans::keep_with(positions, *offset, spans),
                    }
                    if spans.is_empty() {
                        break;
                    }
                }
            }
            Node::InOrder { words, length_max } => {
                let mut all = words.iter_mut().map(|part| part.read(article));
                if all.all(|found| found) {
                    spans::in_order(words, *length_max, one_suffices, spans);
                }
            }
            Node::Near {
                operands,
                order,
                within,
                starts,
            } => {
                let [rarer, other] = &mut **operands;
                if rarer.find(article, false).is_empty() || other.find(article, false).is_empty() {
                    return &self.spans;
                }
                if within.is_unit() {
                    article.of_starts(*within, starts);
                }
                let reach = Reach::of(*within, starts);
                let (rarer, other) = (&rarer.spans, &other.spans);
                match order {
                    Some(Order::RarerLast) => {
                        spans::near(other, rarer, reach, true, one_suffices, spans);
                    }
                    order => {
                        spans::near(rarer, other, reach, order.is_some(), one_suffices, spans);
                    }
                }
            }
        }
        &self.spans
    }

    /// The occurrences in the article that was looked at last.
    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Calls `mark(word, position)` for each word of all occurrences in the article that was
    /// looked at last; for some of them more than once.
    pub(crate) fn each_position(&self, mark: &mut impl FnMut(usize, u32)) {
        for &span in &self.spans {
            self.each_position_of(span, mark);
        }
    }

    fn each_position_of(&self, span: Span, mark: &mut impl FnMut(usize, u32)) {
        match &self.node {
            Node::Word(part) => mark(part.word, span.first),
            Node::Any(alternatives) => {
                for alternative in alternatives {
                    if alternative.spans.binary_search(&span).is_ok() {
                        alternative.each_position_of(span, mark);
                    }
                }
            }
            Node::SideBySide { words, .. } => {
                let words = words.iter();
                words.for_each(|part| mark(part.word, span.first + part.offset));
            }
            Node::InOrder { words, .. } => {
                // The earliest positions reach the end of the span, as when it was found.
                spans::each_in_order(words, span.first, &mut |part, at| mark(part.word, at));
            }
            Node::Near {
                operands,
                order,
                within,
                starts,
            } => {
                let [rarer, other] = &**operands;
                let reach = Reach::of(*within, starts);
                let are_near = |one: Span, two: Span| match order {
                    Some(Order::RarerLast) => spans::are_near(two, one, reach, true),
                    order => spans::are_near(one, two, reach, order.is_some()),
                };
                for &one in spans::inside(&rarer.spans, span) {
                    for &two in spans::inside(&other.spans, span) {
                        if one.over(two) == span && are_near(one, two) {
                            rarer.each_position_of(one, mark);
                            other.each_position_of(two, mark);
                        }
                    }
                }
            }
        }
    }
}

impl Node {
    fn phrase(phrase: &Phrase, cost: &impl Fn(usize) -> u64, next: &mut usize) -> (Node, u64) {
        let mut offset = 0;
        let mut words = Vec::with_capacity(phrase.words.len());
        for (place, word) in phrase.words.iter().enumerate() {
            if place > 0 {
                offset += word.gap + 1;
            }
            words.push(Part::new(next, offset));
        }
        let costs = words.iter().map(|part| cost(part.word));
        let least = costs.min().unwrap_or(0);
        if phrase.slop > 0 {
            let length_max = offset.saturating_add(phrase.slop);
            return (Node::InOrder { words, length_max }, least);
        }
        words.sort_by_key(|part| cost(part.word));
        let length = offset;
        (Node::SideBySide { words, length }, least)
    }

    fn near(near: &Near, cost: &impl Fn(usize) -> u64, next: &mut usize) -> (Node, u64) {
        let [first, second] = &near.operands;
        let (first, first_cost) = Finder::numbered(first, cost, next);
        let (second, second_cost) = Finder::numbered(second, cost, next);
        let first_is_rarer = first_cost <= second_cost;
        let node = Node::Near {
            operands: Box::new(match first_is_rarer {
                true => [first, second],
                false => [second, first],
            }),
            order: near.ordered.then_some(match first_is_rarer {
                true => Order::RarerFirst,
                false => Order::RarerLast,
            }),
            within: near.within,
            starts: Vec::new(),
        };
        (node, first_cost.min(second_cost))
    }
}

impl Part {
    fn new(next: &mut usize, offset: u32) -> Part {
        let word = *next;
        *next += 1;
        Part {
            word,
            offset,
            positions: Vec::new(),
        }
    }

    /// Whether the word occurs.
    fn read(&mut self, article: &mut impl Positions) -> bool {
        article.of_word(self.word, &mut self.positions);
        !self.positions.is_empty()
    }
}

impl spans::WordInOrder for Part {
    fn positions(&self) -> &[u32] {
        &self.positions
    }

    fn offset(&self) -> u32 {
        self.offset
    }
}
