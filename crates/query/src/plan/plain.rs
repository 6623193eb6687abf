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
use crate::{QueryError, Sort};

/// Fewer words are all meant.
const WORDS_MIN: usize = 3;
/// Words that make a query as long as a headline: somebody looks for a story, and an article that
/// happens to have all of them is rarely it.
const HEADLINE_WORDS_MIN: usize = 5;
/// Of the words that are not common, one in so many suffices then, and two at least: the body of an
/// article has rarely more than half of the words of its own headline.
const MOST_DIVISOR: usize = 3;
/// If fewer articles have all words of a headline, those that have most are found, too: what is
/// looked for is mostly not among them. Beyond that the words are taken for a topic.
const FEW_ARTICLES: usize = 100;

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

    /// What finds the articles that have most of the words, where too few have all. What else the
    /// search asks for does not matter, so that filters never make articles appear.
    fn most(&mut self, plain: &[(&Text, TextQuery)]) -> Result<Option<Box<dyn Query>>, QueryError> {
        let [(first, _), .., (last, _)] = plain else {
            return Ok(None);
        };
        if self.all_words || plain.len() < WORDS_MIN {
            return Ok(None);
        }
        let enough = match (plain.len(), self.sort) {
            (HEADLINE_WORDS_MIN.., Sort::Relevance) => FEW_ARTICLES,
            // By date, weak matches would stand before those that have all words.
            _ => 1,
        };
        let all = plain.iter().map(|(_, query)| query.box_clone());
        let found = self.count_to(enough, &BooleanQuery::intersection(all.collect()))?;
        if found == enough {
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
        let found = match found {
            0 => "no article has".to_owned(),
            1 => "one article has".to_owned(),
            found => format!("{found} articles have"),
        };
        self.diagnostics.push(Diagnostic {
            span: first.span.0.start..last.span.0.end,
            problem: format!("{found} all of these {} words", plain.len()),
            assumed: format!("articles with {wanted} of the {words} rarer ones are found, too"),
            suggestion: Some("write AND between them to find no others".to_owned()),
        });
        let telling = BooleanQuery::union_with_minimum_required_clauses(telling, wanted);
        common.push((Occur::Must, Box::new(telling)));
        Ok(Some(Box::new(BooleanQuery::new(common))))
    }

    /// The number of articles that a query finds, but no more than `max`.
    fn count_to(&self, max: usize, query: &dyn Query) -> Result<usize, QueryError> {
        let searcher = &self.snapshot.searcher;
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut count = 0;
        for reader in searcher.segment_readers() {
            let mut scorer = weight.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED && count < max {
                count += usize::from(!reader.is_deleted(scorer.doc()));
                scorer.advance();
            }
        }
        Ok(count)
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
