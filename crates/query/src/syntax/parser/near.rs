//! What can stand close to what: an article's words can, its values and dates cannot. What is
//! asked for beyond that is read as well as it can be.

use std::ops::Range;

use super::super::field::Name;
use super::super::lexer::Kind;
use super::super::proximity::DISTANCE_MAX;
use super::super::{Closeness, Field, Node};
use super::Parser;

impl Parser<'_> {
    /// Two operands of an operator of closeness.
    pub(super) fn close(
        &mut self,
        left: Option<Node>,
        closeness: Closeness,
        right: Option<Node>,
        operator: Range<usize>,
    ) -> Option<Node> {
        let (left, right) = match (left, right) {
            (Some(left), Some(right)) => (left, right),
            (left, right) => return left.or(right),
        };
        let (left_field, left) = out_of_field(left);
        let (right_field, right) = out_of_field(right);
        let possible = self.in_text() && can_be_close(&left) && can_be_close(&right);
        let field = left_field.or(right_field);
        let apart = left_field.is_some() && right_field.is_some() && left_field != right_field;
        if !possible || apart {
            let problem = if possible {
                "what stands in different parts of an article is never close"
            } else {
                "only words and phrases can be close to each other"
            };
            self.report(operator, problem, "it is read as AND");
            let within = |node: Node, field: Option<Field>| match field {
                Some(field) => node.within(field),
                None => node,
            };
            return Node::and([within(left, left_field), within(right, right_field)]);
        }
        if let Some(field) = field.filter(|_| left_field != right_field) {
            let name = field.name();
            let problem = format!("only one side is looked for in `{name}:`");
            self.report(operator.clone(), problem, "both sides are");
        }
        if !left.is_positional() || !right.is_positional() {
            let problem = "AND says nothing of where words stand";
            let assumed = "its words must be close to each other, too";
            let suggestion = "put a phrase in quotes, alternatives in parentheses with OR";
            self.suggest(operator, problem, assumed, suggestion);
        }
        let near = positional(left, closeness)?.near(closeness, positional(right, closeness)?);
        Some(match field {
            Some(field) => near.within(field),
            None => near,
        })
    }

    /// `atleast3(…)`
    pub(super) fn at_least(&mut self, count: u32, span: Range<usize>) -> Option<Node> {
        let sensible = count.clamp(1, DISTANCE_MAX);
        if sensible != count {
            let problem = format!("occurrences are counted from 1 to {DISTANCE_MAX}");
            self.report(span.clone(), problem, format!("{sensible} is taken"));
        }
        if !self.operand_follows() || self.peek() == Some(&Kind::Not) {
            self.dangling(span, "after");
            return None;
        }
        self.depth += 1;
        let node = self.primary();
        self.depth -= 1;
        let node = node?;
        if !self.in_text() || !can_be_counted(&node) {
            self.report(
                span,
                "only words and phrases can be counted",
                "they are looked for",
            );
            return Some(node);
        }
        if !out_of_field(node.clone()).1.is_positional() {
            let problem = "what AND joins is counted one by one";
            let suggestion = "put a phrase in quotes";
            self.suggest(
                span,
                problem,
                format!("each occurs {sensible} times"),
                suggestion,
            );
        }
        counted(sensible, node)
    }

    /// `a NOT w/5 b`, which Nexis has.
    pub(super) fn read_not_near(&mut self, not: &Range<usize>) {
        let near = |kind: &Kind| matches!(kind, Kind::Near(_) | Kind::NearAlone { .. });
        if let Some(operator) = self.next_if(near) {
            let near = self.query[operator.span.clone()].to_owned();
            self.suggest(
                not.start..operator.span.end,
                format!("NOT and {near} cannot be joined"),
                "it is read as AND NOT",
                format!("write a AND NOT (a {near} b)"),
            );
        }
    }

    /// Whether words are looked for at this place, not values.
    pub(super) fn in_text(&self) -> bool {
        match self.scope {
            Some((Name::In(field), _)) => field.has_text(),
            None | Some((Name::Quote, _)) => true,
            Some(_) => false,
        }
    }
}

fn out_of_field(node: Node) -> (Option<Field>, Node) {
    match node {
        Node::In(field, node) if field.has_text() => (Some(field), *node),
        node => (None, node),
    }
}

/// Whether a node says what stands at a place, once AND is read as closeness.
fn can_be_close(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(can_be_close),
        node => node.is_positional(),
    }
}

/// A node that can be close, with AND read as closeness in any order.
fn positional(node: Node, closeness: Closeness) -> Option<Node> {
    let unordered = match closeness {
        Closeness::Words { max, .. } => Closeness::Words {
            max,
            ordered: false,
        },
        closeness => closeness,
    };
    match node {
        Node::And(nodes) => {
            let nodes = nodes
                .into_iter()
                .filter_map(|node| positional(node, unordered));
            nodes.reduce(|left, right| left.near(unordered, right))
        }
        Node::Or(nodes) => Node::or(
            nodes
                .into_iter()
                .filter_map(|node| positional(node, unordered)),
        ),
        node => Some(node),
    }
}

fn can_be_counted(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(can_be_counted),
        Node::In(field, node) => field.has_text() && can_be_counted(node),
        node => node.is_positional(),
    }
}

/// A node that can be counted, with the count at its positional parts.
fn counted(count: u32, node: Node) -> Option<Node> {
    if node.is_positional() {
        return Some(Node::AtLeast(count, Box::new(node)));
    }
    match node {
        Node::And(nodes) => Node::and(nodes.into_iter().filter_map(|node| counted(count, node))),
        Node::Or(nodes) => Node::or(nodes.into_iter().filter_map(|node| counted(count, node))),
        Node::In(field, node) => Some(counted(count, *node)?.within(field)),
        node => Some(node),
    }
}
