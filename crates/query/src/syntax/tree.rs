//! The query as a tree: values only.

use std::ops::Range;

use super::dates::Dates;
use super::{Field, Piece};

/// A query or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A word, a phrase, or a value of a field that has values.
    Text(Text),
    /// All of these; two at least, none of them a [`Node::And`].
    And(Vec<Node>),
    /// One of these; two at least, none of them a [`Node::Or`].
    Or(Vec<Node>),
    /// Not this; never a [`Node::Not`].
    Not(Box<Node>),
    /// This, looked for in a field. The innermost field counts.
    In(Field, Box<Node>),
    /// Parts of the text that stand close to each other.
    Near(Near),
    /// A part of the text that occurs several times. The node is [positional](Node::is_positional).
    AtLeast(u32, Box<Node>),
    /// What an article has besides text and values.
    Filter(Filter),
}

/// Parts of the text that stand close to each other, each to the stretch of those before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// How close.
    pub closeness: Closeness,
    /// Two at least, all of them [positional](Node::is_positional); the first is no [`Near`] of
    /// the same closeness.
    pub nodes: Vec<Node>,
}

/// How close two parts of a text stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closeness {
    /// From the last word of the one to the first word of the other.
    Words {
        /// Steps at most; words side by side are one step apart.
        max: u32,
        /// Whether they stand in the order of the query.
        ordered: bool,
    },
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// A piece of text that the query looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text as typed, without quotes and what stands around them. [`Text::pieces`] has a word
    /// or a pattern at least, unless this is the value of a field.
    pub raw: String,
    /// How it was typed.
    pub form: Form,
    /// Whether only exactly this form is wanted; of a value, only exactly this spelling.
    pub exact: bool,
    /// Where it stands in the query, with its quotes.
    pub span: QuerySpan,
}

/// Where something stands in the query, in bytes. It makes no difference to what a tree is: all
/// are equal.
#[derive(Debug, Clone, Default)]
pub struct QuerySpan(pub Range<usize>);

impl PartialEq for QuerySpan {
    fn eq(&self, _: &QuerySpan) -> bool {
        true
    }
}

impl Eq for QuerySpan {}

/// How a text was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Without quotes.
    Plain,
    /// In quotes.
    Quoted {
        /// Other words that may stand between its words, in all.
        slop: u32,
    },
    /// A word that may be written a little differently.
    Fuzzy {
        /// Letters that may be added, left out, replaced or swapped with the next one: 1 or 2.
        edits: u8,
    },
    /// A regular expression that a whole word fulfils; without its slashes.
    Regex,
}

/// What an article has besides text and values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Any value in a field that has values; an article with a date, for `None`.
    Has(Option<Field>),
    /// Words in title and body, inclusive.
    Words {
        /// At least; 0 for no limit.
        min: u64,
        /// At most.
        max: Option<u64>,
        /// Where that is said.
        span: QuerySpan,
    },
    /// When it was published; and where that is said.
    Published(Dates, QuerySpan),
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

    /// Two positional nodes close to each other; of `a NEAR/5 b NEAR/5 c` one list is made.
    pub fn near(self, closeness: Closeness, right: Node) -> Node {
        let nodes = match self {
            Node::Near(mut near) if near.closeness == closeness => {
                near.nodes.push(right);
                near.nodes
            }
            left => vec![left, right],
        };
        Node::Near(Near { closeness, nodes })
    }

    /// Whether it says what stands at some place of a text: words, phrases, alternatives of such
    /// and such close to each other, outside of any field.
    pub fn is_positional(&self) -> bool {
        match self {
            Node::Text(_) => true,
            Node::Or(nodes) => nodes.iter().all(Node::is_positional),
            Node::Near(_) => true,
            _ => false,
        }
    }
}

impl Text {
    /// A word as it would be typed without quotes.
    pub fn word(raw: impl Into<String>) -> Text {
        Text {
            raw: raw.into(),
            form: Form::Plain,
            exact: false,
            span: QuerySpan::default(),
        }
    }

    /// A text in quotes.
    pub fn quoted(raw: impl Into<String>) -> Text {
        Text {
            form: Form::Quoted { slop: 0 },
            ..Text::word(raw)
        }
    }

    /// Whether it stood in quotes.
    pub fn is_quoted(&self) -> bool {
        matches!(self.form, Form::Quoted { .. })
    }

    /// The words it consists of, with wildcards and gaps; those of a regular expression or of a
    /// value have no meaning.
    pub fn pieces(&self) -> Vec<Piece> {
        super::pieces::pieces(&self.raw, self.is_quoted())
    }
}

impl From<Text> for Node {
    fn from(text: Text) -> Node {
        Node::Text(text)
    }
}

fn one_or(mut nodes: Vec<Node>, combine: fn(Vec<Node>) -> Node) -> Option<Node> {
    if nodes.len() < 2 {
        nodes.pop()
    } else {
        Some(combine(nodes))
    }
}
