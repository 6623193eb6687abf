//! Puts tokens into a tree. Every sequence of tokens has one: what does not fit is left out, and
//! a diagnostic says so.
//!
//! Closeness binds tightest, then `NOT`, `AND` and `OR`; words side by side are `AND`ed. What
//! stands at the leaves is read by `leaf` and `dated`, what can stand close to what is known to
//! `near`, what other systems write and this language does not have to `habits`.

mod cursor;
mod dated;
mod habits;
mod leaf;
mod near;

use std::ops::Range;

use super::field::Name;
use super::lexer::{Kind, Token, tokens};
use super::proximity::{DISTANCE_DEFAULT, DISTANCE_MAX};
use super::{Closeness, Diagnostic, Node};

/// Longer queries are cut: nobody types them, and every word costs a look-up.
pub const QUERY_BYTES_MAX: usize = 2 * 1024;
/// Parentheses, fields and changes of closeness inside each other beyond this have no effect of
/// their own. It bounds the stack that parsing, planning and matching take.
pub const DEPTH_MAX: usize = 32;
/// Words, phrases, values and dates beyond this are left out.
pub const CLAUSES_MAX: usize = 256;

/// A query, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// What it asks for; `None` when it asks for nothing in particular.
    pub tree: Option<Node>,
    /// Whether `AND` or `+` stands in it: whoever writes them means all words.
    pub insists: bool,
    /// What was wrong with it, in order of appearance.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a query. Never fails: see [`Parsed::diagnostics`].
pub fn parse(query: &str) -> Parsed {
    let kept = cut(query);
    let mut parser = Parser {
        query: kept,
        tokens: tokens(kept),
        at: 0,
        depth: 0,
        ignored_open: 0,
        clauses: 0,
        too_deep: false,
        small_told: Vec::new(),
        unclosed: Vec::new(),
        stray: Vec::new(),
        scope: None,
        diagnostics: Vec::new(),
    };
    if kept.len() < query.len() {
        parser.report(
            kept.len()..query.len(),
            format!("the query is longer than {QUERY_BYTES_MAX} bytes"),
            "the rest is left out",
        );
    }
    let insists = parser.tokens.iter().any(|token| match token.kind {
        Kind::Plus => true,
        // `Smith & Sons` is a name.
        Kind::And => &kept[token.span.clone()] != "&",
        _ => false,
    });
    parser.tokens.retain(|token| token.kind != Kind::Plus);
    let tree = parser.whole();
    let mut diagnostics = parser.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    Parsed {
        tree,
        insists,
        diagnostics,
    }
}

/// The beginning of the query that is read: all of it, or what ends before a blank.
fn cut(query: &str) -> &str {
    if query.len() <= QUERY_BYTES_MAX {
        return query;
    }
    let head = &query[..query.floor_char_boundary(QUERY_BYTES_MAX)];
    let words = head.rfind(char::is_whitespace).map(|end| &head[..end]);
    words
        .filter(|words| !words.trim().is_empty())
        .unwrap_or(head)
}

struct Parser<'a> {
    query: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    /// Parentheses that were opened beyond [`DEPTH_MAX`].
    ignored_open: usize,
    clauses: usize,
    too_deep: bool,
    /// Operators in small letters that were told.
    small_told: Vec<&'static str>,
    /// Parentheses that nothing closes, and those that close nothing.
    unclosed: Vec<Range<usize>>,
    stray: Vec<Range<usize>>,
    /// The innermost name around the current place, and the depth of its value.
    scope: Option<(Name, usize)>,
    diagnostics: Vec<Diagnostic>,
}

/// Operands side by side, and what the operators around them are compared with.
#[derive(Default)]
struct Side {
    node: Option<Node>,
    operands: usize,
    /// The first operator of closeness among them that no parentheses hold.
    near: Option<Range<usize>>,
}

impl Parser<'_> {
    fn whole(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        while self.peek().is_some() {
            parts.extend(self.alternatives());
            // Alternatives end at the end, or at a parenthesis that closes nothing.
            let stray = self.next().map(|token| token.span);
            self.stray.extend(stray);
        }
        self.report_parentheses();
        Node::and(parts)
    }

    /// `a OR b`
    fn alternatives(&mut self) -> Option<Node> {
        let start = self.span_here().start;
        let mut nodes = Vec::new();
        let mut operands = 0;
        let mut binding = None;
        loop {
            let side = self.conjunction();
            nodes.extend(side.node);
            operands += usize::from(side.operands > 0);
            if let Some(near) = side.near {
                binding.get_or_insert_with(|| self.query[near].to_owned());
            } else if side.operands > 1 {
                binding = Some("AND".to_owned());
            }
            let Some(operator) = self.next_if(|kind| *kind == Kind::Or) else {
                break;
            };
            if side.operands == 0 {
                self.dangling(operator.span, "before");
            } else if !self.operand_follows() {
                self.dangling(operator.span, "after");
                break;
            }
        }
        let node = Node::or(nodes);
        if let (Some(binding), true, Some(node)) = (binding, operands > 1, &node) {
            let read = format!("{binding} binds tighter; it is read as {node}");
            self.report(
                start..self.span_before().end,
                format!("{binding} and OR are mixed without parentheses"),
                read,
            );
        }
        node
    }

    /// `a AND b`, or `a b`.
    fn conjunction(&mut self) -> Side {
        let mut all = Side::default();
        let mut nodes = Vec::new();
        // The last operand, if no operator stands behind it: whether it is a single word.
        let mut beside: Option<(Range<usize>, bool)> = None;
        loop {
            if self.operand_follows() {
                let start = self.span_here().start;
                let is_word = self.peek() == Some(&Kind::Word);
                let (node, near) = self.negation();
                let span = start..self.span_before().end;
                if is_word && self.operand_follows() {
                    self.report_small_operator(span.clone(), all.operands > 0);
                }
                let alone = is_word && span.len() == self.span_before().len();
                if let Some((before, word)) = beside
                    && (word && near.is_some() || alone && all.near.is_some())
                {
                    let word = if word { before } else { span.clone() };
                    let near = near.clone().or_else(|| all.near.clone());
                    self.report_beside(word, near.unwrap_or(0..0));
                }
                all.near = all.near.or(near);
                beside = Some((span, alone));
                nodes.extend(node);
                all.operands += 1;
            } else if let Some(operator) = self.next_if(joins) {
                beside = None;
                match operator.kind {
                    Kind::SameSegment => self.report_segment(operator.span.clone()),
                    Kind::And => {}
                    // An operator of closeness that no operand took.
                    _ => {
                        self.dangling(operator.span, "before");
                        continue;
                    }
                }
                if all.operands == 0 {
                    self.dangling(operator.span, "before");
                } else if !self.operand_follows() {
                    self.dangling(operator.span, "after");
                }
            } else {
                all.node = Node::and(nodes);
                return all;
            }
        }
    }

    /// `NOT a`, `-a`; and the first operator of closeness.
    fn negation(&mut self) -> (Option<Node>, Option<Range<usize>>) {
        let mut negated = false;
        let mut last = None;
        while let Some(token) = self.next_if(|kind| *kind == Kind::Not) {
            negated = !negated;
            last = Some(token.span);
        }
        if let Some(not) = last {
            self.read_not_near(&not);
            if !self.operand_follows() {
                self.dangling(not, "after");
                return (None, None);
            }
        }
        let (node, near) = self.proximity();
        let node = match node {
            Some(node) if negated => Some(node.negate()),
            node => node,
        };
        (node, near)
    }

    /// `a NEAR/5 b`; and the first operator.
    fn proximity(&mut self) -> (Option<Node>, Option<Range<usize>>) {
        let mut first = None;
        let mut node = self.primary();
        let mut changes = 0;
        while let Some((operator, closeness)) = self.next_closeness() {
            first.get_or_insert_with(|| operator.clone());
            if !self.operand_follows() {
                self.dangling(operator, "after");
                break;
            }
            if self.peek() == Some(&Kind::Not) {
                let problem = "what NOT excludes can be close to nothing";
                self.report(operator, problem, "it is read as AND NOT");
                break;
            }
            let right = self.primary();
            let same =
                |node: &Node| matches!(node, Node::Near(near) if near.closeness == closeness);
            if !node.as_ref().is_some_and(same) {
                changes += 1;
            }
            node = if self.depth + changes > DEPTH_MAX {
                self.report_depth(operator);
                Node::and(node.into_iter().chain(right))
            } else {
                self.close(node, closeness, right, operator)
            };
        }
        (node, first)
    }

    /// The next operator of closeness, with its place.
    fn next_closeness(&mut self) -> Option<(Range<usize>, Closeness)> {
        let token = self.next_if(|kind| matches!(kind, Kind::Near(_) | Kind::NearAlone { .. }))?;
        let closeness = match token.kind {
            Kind::Near(Closeness::Words { max, ordered }) => {
                let sensible = max.clamp(1, DISTANCE_MAX);
                if sensible != max {
                    let problem = format!("words stand 1 to {DISTANCE_MAX} steps apart");
                    self.report(token.span.clone(), problem, format!("{sensible} is taken"));
                }
                Closeness::Words {
                    max: sensible,
                    ordered,
                }
            }
            Kind::Near(closeness) => {
                let typed = &self.query[token.span.clone()];
                if typed
                    .get(..3)
                    .is_some_and(|pre| pre.eq_ignore_ascii_case("pre"))
                {
                    let problem = "in a sentence or a paragraph, any order will do";
                    let assumed = format!("it is read as {closeness}");
                    self.suggest(
                        token.span.clone(),
                        problem,
                        assumed,
                        "write PRE/20 for an order",
                    );
                }
                closeness
            }
            _ => {
                let ordered = token.kind == Kind::NearAlone { ordered: true };
                let name = if ordered { "PRE" } else { "NEAR" };
                self.suggest(
                    token.span.clone(),
                    "how close is not said",
                    format!("{name}/{DISTANCE_DEFAULT} is taken"),
                    format!("write {name}/5"),
                );
                Closeness::Words {
                    max: DISTANCE_DEFAULT,
                    ordered,
                }
            }
        };
        Some((token.span, closeness))
    }

    /// A group, a name with what it stands before, a phrase or a word.
    fn primary(&mut self) -> Option<Node> {
        let token = self.next_within_depth()?;
        match token.kind {
            Kind::Open => self.group(token.span),
            Kind::Name(name) => self.named(name, token.span),
            Kind::AtLeast(count) => self.at_least(count, token.span),
            Kind::Function => self.function(token.span),
            Kind::UnknownCode => self.unknown_code(token.span),
            Kind::AllIn(ours) => self.all_in(ours, token.span),
            Kind::Misspelt(nearest) => {
                let assumed = "what follows is looked for everywhere";
                self.unknown_name(&token.span, assumed, Some(nearest));
                self.primary_if_follows()
            }
            Kind::UnknownName => {
                self.unknown_name(&token.span, "it is read as a word", None);
                self.word(token.span)
            }
            _ => self.leaf(token),
        }
    }

    /// What follows a name that is left out, right behind it.
    fn primary_if_follows(&mut self) -> Option<Node> {
        let word = self.next_if(|kind| matches!(kind, Kind::Word | Kind::Phrase { .. }))?;
        self.leaf(word)
    }

    fn group(&mut self, open: Range<usize>) -> Option<Node> {
        self.depth += 1;
        let before = self.at;
        let node = self.alternatives();
        self.depth -= 1;
        let empty = self.at == before;
        match self.next_if(|kind| *kind == Kind::Close) {
            Some(close) if empty => {
                let span = open.start..close.span.end;
                self.report(span, "the parentheses are empty", "they are left out");
            }
            Some(_) => {}
            None => self.unclosed.push(open),
        }
        node
    }

    fn named(&mut self, name: Name, span: Range<usize>) -> Option<Node> {
        let takes_value = self.operand_follows() && self.peek() != Some(&Kind::Not);
        if !takes_value {
            let problem = format!("`{}:` has no value", name.shown());
            self.report(span, problem, "it is left out");
            return None;
        }
        if name == Name::Quote {
            let problem = "quotations are not told from other text yet";
            self.report(span, problem, "what follows is looked for everywhere");
        }
        self.depth += 1;
        let outer = self.scope.replace((name, self.depth));
        let node = self.primary();
        self.depth -= 1;
        self.scope = outer;
        match name {
            Name::In(field) => Some(node?.within(field)),
            _ => node,
        }
    }

    fn unknown_name(&mut self, span: &Range<usize>, assumed: &str, nearest: Option<&str>) {
        let word = &self.query[span.clone()];
        let name = word.split([':', '：']).next().unwrap_or(word);
        self.diagnostics.push(Diagnostic {
            span: span.start..span.start + name.len(),
            problem: format!("there is no field `{name}`"),
            assumed: assumed.to_owned(),
            suggestion: nearest.map(|nearest| format!("did you mean `{nearest}:`?")),
        });
    }

    /// The next token that begins an operand. Beyond [`DEPTH_MAX`] parentheses and names are
    /// passed over, without recursion: their number bounds no stack.
    fn next_within_depth(&mut self) -> Option<Token> {
        while self.operand_follows() {
            let token = self.next()?;
            let nests = !matches!(
                token.kind,
                Kind::Word | Kind::Phrase { .. } | Kind::Regex { .. } | Kind::UnknownName
            );
            if !nests || self.depth < DEPTH_MAX {
                return Some(token);
            }
            self.ignored_open += usize::from(token.kind == Kind::Open);
            self.report_depth(token.span);
        }
        None
    }
}

/// Whether an operator joins operands without being one.
fn joins(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::And | Kind::SameSegment | Kind::Near(_) | Kind::NearAlone { .. }
    )
}
