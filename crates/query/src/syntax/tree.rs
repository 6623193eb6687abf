//! The query as a tree: values only.

use std::ops::Range;

use super::Field;

/// A query or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A word, a phrase, or the value of a facet.
    Text(Text),
    /// All of these; two at least, none of them an [`Node::And`].
    And(Vec<Node>),
    /// One of these; two at least, none of them an [`Node::Or`].
    Or(Vec<Node>),
    /// Not this; never a [`Node::Not`].
    Not(Box<Node>),
    /// This, looked for in a field. The innermost field counts.
    In(Field, Box<Node>),
}

/// A piece of text that the query looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text as typed, without quotes. It has at least one word.
    pub raw: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// Where it stands in the query, in bytes, with its quotes.
    pub span: Range<usize>,
}

impl Node {
    /// All of the nodes; `None` of none.
    pub fn and(nodes: impl IntoIterator<Item = Node>) -> Option<Node> {
        let mut flat = Vec::new();
        for node in nodes {
            match node {
                Node::And(inner) => flat.extend(inner),
                node => flat.push(node),
            }
        }
        one_or(flat, Node::And)
    }

    /// One of the nodes; `None` of none.
    pub fn or(nodes: impl IntoIterator<Item = Node>) -> Option<Node> {
        let mut flat = Vec::new();
        for node in nodes {
            match node {
                Node::Or(inner) => flat.extend(inner),
                node => flat.push(node),
            }
        }
        one_or(flat, Node::Or)
    }

    /// The opposite of a node.
    pub fn negate(self) -> Node {
        match self {
            Node::Not(inner) => *inner,
            node => Node::Not(Box::new(node)),
        }
    }

    /// The node, looked for in a field.
    pub fn within(self, field: Field) -> Node {
        Node::In(field, Box::new(self))
    }
}

fn one_or(mut nodes: Vec<Node>, combine: fn(Vec<Node>) -> Node) -> Option<Node> {
    if nodes.len() < 2 {
        nodes.pop()
    } else {
        Some(combine(nodes))
    }
}
