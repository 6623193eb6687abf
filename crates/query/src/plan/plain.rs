//! Plans a query of words side by side, as nearly all are: the words that are to stand close
//! together, and what to do when no article has them all.

use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query, QueryClone};
use tantivy::{DocSet, TERMINATED};

use super::Planner;
use super::clause::Clause;
use crate::matching::expr::Word;
use crate::matching::{Closeness, TextQuery};
use crate::snippet::Pattern;
use crate::syntax::{Diagnostic, Field, Form, Node, Piece, Text};
use crate::{QueryError, Words};

/// Fewer words are all meant.
const WORDS_MIN: usize = 3;
/// Of the words that are not common, one in so many suffices then, and two at least: the body of an
/// article has rarely more than half of the words of its own headline.
const MOST_DIVISOR: usize = 3;

impl Planner<'_> {
    /// Plans a whole query.
    pub(super) fn whole(&mut self, tree: &Node) -> Result<(Clause, Pattern), QueryError> {
        let (field, nodes) = match tree {
            Node::And(nodes) => (None, nodes),
            Node::In(field, node) if field.has_text() => match &**node {
                Node::And(nodes) => (Some(*field), nodes),
                _ => return self.node(tree, None, true),
            },
            _ => return self.node(tree, None, true),
        };
        self.side_by_side(nodes, field)
    }

    fn side_by_side(
        &mut self,
        nodes: &[Node],
        field: Option<Field>,
    ) -> Result<(Clause, Pattern), QueryError> {
        let articles = self.snapshot.articles_term();
        let (mut words, mut plain, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for node in nodes {
            let planned = self.node(node, field, true)?;
            match (plain_text(node), &planned.1) {
                (Some(text), Pattern::Text(query)) => {
                    words.extend(words_of(query));
                    plain.push((text, query.clone()));
                }
                _ => others.push(planned),
            }
        }
        let places = super::text::places(field);
        self.closeness = Closeness::new(words, places, &self.snapshot.fields);
        let (mut clauses, mut patterns): (Vec<_>, Vec<_>) = others.into_iter().unzip();
        let queries = || plain.iter().map(|(_, query)| query);
        let found = queries().map(|query| Pattern::Text(query.clone()));
        if let Some(most) = self.most(&plain)? {
            clauses.push(Clause::Matches(most));
            patterns.push(Pattern::Any(found.collect()));
        } else {
            clauses.extend(queries().map(|query| Clause::Matches(query.box_clone())));
            patterns.extend(found);
        }
        Ok((Clause::and(clauses, &articles), Pattern::All(patterns)))
    }

    /// What finds the articles that have most of the words, where that is wanted. What else the
    /// search asks for does not matter, so that filters never make articles appear.
    fn most(&mut self, plain: &[(&Text, TextQuery)]) -> Result<Option<Box<dyn Query>>, QueryError> {
        let [(first, _), .., (last, _)] = plain else {
            return Ok(None);
        };
        if self.words == Words::All || plain.len() < WORDS_MIN {
            return Ok(None);
        }
        let all = plain.iter().map(|(_, query)| query.box_clone());
        let all = BooleanQuery::intersection(all.collect());
        if self.words == Words::AllIfAny && self.finds_any(&all)? {
            return Ok(None);
        }
        let (mut telling, mut common) = (Vec::new(), Vec::new());
        for (_, query) in plain {
            match query.is_common(&self.snapshot.searcher)? {
                true => common.push((Occur::Should, query.box_clone())),
                false => telling.push(query.box_clone()),
            }
        }
        if telling.is_empty() {
            return Ok(None);
        }
        let words = telling.len();
        let wanted = words.div_ceil(MOST_DIVISOR).max(words.min(2));
        if self.words == Words::AllIfAny {
            let rarer = match words == plain.len() {
                true => "them".to_owned(),
                false => format!("the {words} rarer ones"),
            };
            self.diagnostics.push(Diagnostic {
                span: first.span.0.start..last.span.0.end,
                problem: format!("no article has all of these {} words", plain.len()),
                assumed: format!("articles with {wanted} of {rarer} are found"),
                suggestion: Some("write AND between them to find no others".to_owned()),
            });
        }
        let telling = BooleanQuery::union_with_minimum_required_clauses(telling, wanted);
        common.push((Occur::Must, Box::new(telling)));
        Ok(Some(Box::new(BooleanQuery::new(common))))
    }

    /// Whether a query finds any article.
    fn finds_any(&self, query: &dyn Query) -> Result<bool, QueryError> {
        let searcher = &self.snapshot.searcher;
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for reader in searcher.segment_readers() {
            let mut scorer = weight.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED {
                if !reader.is_deleted(scorer.doc()) {
                    return Ok(true);
                }
                scorer.advance();
            }
        }
        Ok(false)
    }
}

/// Whether a query insists on its words: whoever writes `AND` or `+` means it.
pub(super) fn insists(query: &str) -> bool {
    let mut parts = query.split_whitespace();
    parts.any(|part| part == "AND" || part.starts_with('+'))
}

/// The text of a node that is nothing but a word as people type them.
fn plain_text(node: &Node) -> Option<&Text> {
    match node {
        Node::Text(text) if text.form == Form::Plain && !text.exact => {
            let mut pieces = text.pieces().into_iter();
            pieces
                .all(|piece| matches!(piece, Piece::Word(_)))
                .then_some(text)
        }
        _ => None,
    }
}

/// The words of a query, which has more than one where it was written with a hyphen.
fn words_of(query: &TextQuery) -> Vec<Word> {
    let mut words = Vec::new();
    query.expr.each_word(&mut |word| words.push(word.clone()));
    words
}
