//! Where the parser is among the tokens, and how it says what is wrong with them.

use std::ops::Range;

use super::super::Diagnostic;
use super::super::lexer::{Kind, Token};
use super::{DEPTH_MAX, Parser, joins};

impl Parser<'_> {
    pub(super) fn operand_follows(&mut self) -> bool {
        let begins = |kind: &Kind| !matches!(kind, Kind::Close | Kind::Or) && !joins(kind);
        self.peek().is_some_and(begins)
    }

    /// The next token, after parentheses that close those beyond [`DEPTH_MAX`].
    pub(super) fn peek(&mut self) -> Option<&Kind> {
        while self.ignored_open > 0
            && matches!(self.tokens.get(self.at), Some(token) if token.kind == Kind::Close)
        {
            self.ignored_open -= 1;
            self.at += 1;
        }
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        self.peek()?;
        self.at += 1;
        self.tokens.get(self.at - 1).cloned()
    }

    pub(super) fn next_if(&mut self, wanted: fn(&Kind) -> bool) -> Option<Token> {
        if self.peek().is_some_and(wanted) {
            self.next()
        } else {
            None
        }
    }

    pub(super) fn span_here(&self) -> Range<usize> {
        let end = self.query.len();
        self.tokens
            .get(self.at)
            .map_or(end..end, |token| token.span.clone())
    }

    pub(super) fn span_before(&self) -> Range<usize> {
        match self.at.checked_sub(1) {
            Some(before) => self.tokens[before].span.clone(),
            None => 0..0,
        }
    }

    pub(super) fn report(
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

    /// As [`Parser::report`], and what to write instead.
    pub(super) fn suggest(
        &mut self,
        span: Range<usize>,
        problem: impl Into<String>,
        assumed: impl Into<String>,
        suggestion: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic {
            span,
            problem: problem.into(),
            assumed: assumed.into(),
            suggestion: Some(suggestion.into()),
        });
    }

    pub(super) fn dangling(&mut self, span: Range<usize>, side: &str) {
        let problem = format!("{} has nothing {side} it", &self.query[span.clone()]);
        self.report(span, problem, "it is left out");
    }

    pub(super) fn report_depth(&mut self, span: Range<usize>) {
        if !std::mem::replace(&mut self.too_deep, true) {
            let problem = format!("parentheses and fields are nested more than {DEPTH_MAX} deep");
            self.report(span, problem, "the inner ones are left out");
        }
    }

    /// One diagnostic for all parentheses of a kind: two thousand of them are one mistake.
    pub(super) fn report_parentheses(&mut self) {
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
}
