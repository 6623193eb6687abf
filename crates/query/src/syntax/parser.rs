//! Puts tokens into a tree. Every sequence of tokens has one: what does not fit is left out, and
//! a diagnostic says so.
//!
//! `NOT` binds tighter than `AND`, `AND` tighter than `OR`; words side by side are `AND`ed.

use std::ops::Range;

use dateline_corpus::analysis::words;

use super::lexer::{Kind, Token, tokens};
use super::{Diagnostic, Field, Node, Text};

/// Longer queries are cut: nobody types them, and every word costs a look-up.
pub const QUERY_BYTES_MAX: usize = 2 * 1024;
/// Parentheses and fields inside each other beyond this have no effect of their own. It bounds
/// the stack that parsing, planning and matching take.
pub const DEPTH_MAX: usize = 32;
/// Words, phrases and values beyond this are left out.
pub const CLAUSES_MAX: usize = 256;

/// A query, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// What it asks for; `None` when it asks for nothing in particular.
    pub tree: Option<Node>,
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
    let tree = parser.whole();
    let mut diagnostics = parser.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    Parsed { tree, diagnostics }
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
    /// Parentheses that nothing closes, and those that close nothing.
    unclosed: Vec<Range<usize>>,
    stray: Vec<Range<usize>>,
    /// The innermost field around the current place, and the depth of its value.
    scope: Option<(Field, usize)>,
    diagnostics: Vec<Diagnostic>,
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
        let mut mixed = false;
        loop {
            let (node, count) = self.conjunction();
            nodes.extend(node);
            operands += usize::from(count > 0);
            mixed |= count > 1;
            let Some(operator) = self.next_if(|kind| *kind == Kind::Or) else {
                break;
            };
            if count == 0 {
                self.dangling(operator.span, "OR", "before");
            } else if !self.operand_follows() {
                self.dangling(operator.span, "OR", "after");
                break;
            }
        }
        let node = Node::or(nodes);
        if let (true, true, Some(node)) = (mixed, operands > 1, &node) {
            let read = format!("AND binds tighter; it is read as {node}");
            self.report(
                start..self.span_before().end,
                "AND and OR are mixed without parentheses",
                read,
            );
        }
        node
    }

    /// `a AND b`, or `a b`; and how many operands stood there.
    fn conjunction(&mut self) -> (Option<Node>, usize) {
        let mut nodes = Vec::new();
        let mut operands = 0;
        loop {
            if self.operand_follows() {
                nodes.extend(self.negation());
                operands += 1;
            } else if let Some(operator) = self.next_if(|kind| *kind == Kind::And) {
                if operands == 0 {
                    self.dangling(operator.span, "AND", "before");
                } else if !self.operand_follows() {
                    self.dangling(operator.span, "AND", "after");
                }
            } else {
                return (Node::and(nodes), operands);
            }
        }
    }

    /// `NOT a`, `-a`
    fn negation(&mut self) -> Option<Node> {
        let mut negated = false;
        let mut last = None;
        while let Some(token) = self.next_if(|kind| *kind == Kind::Not) {
            negated = !negated;
            last = Some(token.span);
        }
        if let Some(span) = last
            && !self.operand_follows()
        {
            self.dangling(span, "NOT", "after");
            return None;
        }
        let node = self.primary()?;
        Some(if negated { node.negate() } else { node })
    }

    /// A group, a field with its value, a phrase or a word.
    fn primary(&mut self) -> Option<Node> {
        let token = self.next_within_depth()?;
        match token.kind {
            Kind::Open => self.group(token.span),
            Kind::Field(field) => self.field(field, token.span),
            Kind::Phrase { text, closed } => {
                if !closed {
                    let end = self.query.len();
                    let assumed = "the phrase ends with the query";
                    self.report(token.span.start..end, "the quote is not closed", assumed);
                }
                self.text(self.query[text].to_owned(), true, token.span)
            }
            Kind::Misspelt(nearest) => {
                let assumed = "what follows is looked for everywhere";
                self.unknown_field(&token.span, assumed, Some(nearest));
                self.next_if(|kind| *kind == Kind::Word)
                    .and_then(|word| self.words(word.span))
            }
            Kind::UnknownField => {
                self.unknown_field(&token.span, "it is read as a word", None);
                self.words(token.span)
            }
            // Operators and closing parentheses never get here: no operand begins with them.
            _ => self.words(token.span),
        }
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

    fn field(&mut self, field: Field, span: Range<usize>) -> Option<Node> {
        let takes_value = self
            .peek()
            .is_some_and(|kind| !matches!(kind, Kind::Close | Kind::And | Kind::Or | Kind::Not));
        if !takes_value {
            let problem = format!("`{}:` has no value", field.name());
            self.report(span, problem, "it is left out");
            return None;
        }
        self.depth += 1;
        let outer = self.scope.replace((field, self.depth));
        let node = self.primary();
        self.depth -= 1;
        self.scope = outer;
        Some(node?.within(field))
    }

    /// A word; or, as the value of a facet, all words side by side: `country:(South Sudan)`.
    fn words(&mut self, first: Range<usize>) -> Option<Node> {
        let mut span = first;
        if matches!(self.scope, Some((Field::Facet(_), depth)) if self.depth > depth) {
            while let Some(token) = self.next_if(|kind| *kind == Kind::Word) {
                span.end = token.span.end;
            }
        }
        let raw = self.query[span.clone()].to_owned();
        let several = raw.contains(char::is_whitespace);
        self.text(raw, several, span)
    }

    fn text(&mut self, raw: String, quoted: bool, span: Range<usize>) -> Option<Node> {
        if words(&raw).is_empty() {
            let problem = if raw.trim().is_empty() {
                "the phrase is empty".to_owned()
            } else {
                format!("`{raw}` has no word in it")
            };
            self.report(span, problem, "it is left out");
            return None;
        }
        self.clauses += 1;
        if self.clauses > CLAUSES_MAX {
            if self.clauses == CLAUSES_MAX + 1 {
                let problem = format!("the query has more than {CLAUSES_MAX} words");
                self.report(
                    span.start..self.query.len(),
                    problem,
                    "the rest is left out",
                );
            }
            return None;
        }
        // A value after `=` is taken to the letter.
        let exact = matches!(self.scope, Some((Field::Facet(_), _))) && raw.starts_with('=');
        if raw.contains('*') && !exact {
            let read: Vec<String> = words(&raw).into_iter().map(|word| word.2).collect();
            let assumed = format!("`{}` is searched for", read.join(" "));
            self.report(span.clone(), "wildcards are not supported yet", assumed);
        }
        Some(Node::Text(Text { raw, quoted, span }))
    }

    fn unknown_field(&mut self, span: &Range<usize>, assumed: &str, nearest: Option<&str>) {
        let word = &self.query[span.clone()];
        let name = word.split([':', '：']).next().unwrap_or(word);
        self.diagnostics.push(Diagnostic {
            span: span.start..span.start + name.len(),
            problem: format!("there is no field `{name}`"),
            assumed: assumed.to_owned(),
            suggestion: nearest.map(|nearest| format!("did you mean `{nearest}:`?")),
        });
    }

    /// The next token that begins an operand. Beyond [`DEPTH_MAX`] parentheses and fields are
    /// passed over, without recursion: their number bounds no stack.
    fn next_within_depth(&mut self) -> Option<Token> {
        while self.operand_follows() {
            let token = self.next()?;
            let nests = matches!(token.kind, Kind::Open | Kind::Field(_));
            if !nests || self.depth < DEPTH_MAX {
                return Some(token);
            }
            self.ignored_open += usize::from(token.kind == Kind::Open);
            self.report_depth(token.span);
        }
        None
    }

    fn report_depth(&mut self, span: Range<usize>) {
        if !std::mem::replace(&mut self.too_deep, true) {
            let problem = format!("parentheses and fields are nested more than {DEPTH_MAX} deep");
            self.report(span, problem, "the inner ones are left out");
        }
    }

    /// One diagnostic for all parentheses of a kind: two thousand of them are one mistake.
    fn report_parentheses(&mut self) {
        // Inner groups end before outer ones.
        let unclosed = std::mem::take(&mut self.unclosed);
        if let Some(first) = unclosed.last() {
            match unclosed.len() + self.ignored_open {
                1 => self.report(first.clone(), "`(` is not closed", "it ends with the query"),
                count => {
                    let problem = format!("{count} `(` are not closed");
                    self.report(first.clone(), problem, "they end with the query");
                }
            }
        }
        let stray = std::mem::take(&mut self.stray);
        if let Some(first) = stray.first() {
            match stray.len() {
                1 => self.report(first.clone(), "`)` closes nothing", "it is left out"),
                count => {
                    let problem = format!("{count} `)` close nothing");
                    self.report(first.clone(), problem, "they are left out");
                }
            }
        }
    }

    fn dangling(&mut self, span: Range<usize>, operator: &str, side: &str) {
        let problem = format!("{operator} has nothing {side} it");
        self.report(span, problem, "it is left out");
    }

    fn report(
        &mut self,
        span: Range<usize>,
        problem: impl Into<String>,
        assumed: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic {
            span,
            problem: problem.into(),
            assumed: assumed.into(),
            suggestion: None,
        });
    }

    fn operand_follows(&mut self) -> bool {
        self.peek()
            .is_some_and(|kind| !matches!(kind, Kind::Close | Kind::And | Kind::Or))
    }

    /// The next token, after parentheses that close those beyond [`DEPTH_MAX`].
    fn peek(&mut self) -> Option<&Kind> {
        while self.ignored_open > 0
            && matches!(self.tokens.get(self.at), Some(token) if token.kind == Kind::Close)
        {
            self.ignored_open -= 1;
            self.at += 1;
        }
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn next(&mut self) -> Option<Token> {
        self.peek()?;
        self.at += 1;
        self.tokens.get(self.at - 1).cloned()
    }

    fn next_if(&mut self, wanted: fn(&Kind) -> bool) -> Option<Token> {
        if self.peek().is_some_and(wanted) {
            self.next()
        } else {
            None
        }
    }

    fn span_here(&self) -> Range<usize> {
        let end = self.query.len();
        self.tokens
            .get(self.at)
            .map_or(end..end, |token| token.span.clone())
    }

    fn span_before(&self) -> Range<usize> {
        match self.at.checked_sub(1) {
            Some(before) => self.tokens[before].span.clone(),
            None => 0..0,
        }
    }
}
