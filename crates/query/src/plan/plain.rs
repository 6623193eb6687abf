//! Plans a query of words side by side, as nearly all are: the words that are to stand close
//! together, and what to do when no article has them all.

use std::ops::Range;

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
/// So many words are a headline or a sentence rather than a search.
const HEADLINE_WORDS_MIN: usize = 5;
/// Where fewer articles have all words of a headline, they are rather those that happen to have them
/// than those it stands over: bodies leave out words of their own headlines, and long round-ups have
/// words of everything. Chosen with `examples/known_item.rs`.
const ARTICLES_ENOUGH_MAX: usize = 50;
/// One article of so many is not few: in a pile that a person has read, the words are a condition.
const FEW_DIVISOR: u64 = 256;
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
        // A word with a hyphen is several, which are scored as a phrase.
        let alone = words.len() == plain.len();
        self.closeness = Closeness::new(words, alone, places, &self.snapshot.fields);
        let (mut clauses, mut patterns): (Vec<_>, Vec<_>) = others.into_iter().unzip();
        if self.contradict(nodes, true) {
            clauses.push(Clause::any_term(Vec::new()));
        }
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
        let enough = match plain.len() {
            ..HEADLINE_WORDS_MIN => 1,
            _ => self.articles_enough()?,
        };
        let having_all = match self.words {
            Words::Most => 0,
            _ => self.count(&all, enough)?,
        };
        if having_all >= enough {
            return Ok(None);
        }
        let (mut telling, mut common) = (Vec::new(), Vec::new());
        let is_known =
            |query: &TextQuery| words_of(query).iter().all(|word| !word.terms.is_empty());
        for (_, query) in plain.iter().filter(|(_, query)| is_known(query)) {
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
        let telling = BooleanQuery::union_with_minimum_required_clauses(telling, wanted);
        if self.count(&telling, having_all + 1)? <= having_all {
            return Ok(None);
        }
        if self.words == Words::AllIfAny {
            let span = first.span.0.start..last.span.0.end;
            self.tell_most([plain.len(), words, wanted, having_all], span);
        }
        common.push((Occur::Must, Box::new(telling)));
        Ok(Some(Box::new(BooleanQuery::new(common))))
    }

    /// How many articles with all words of a headline are enough in an index of this size.
    fn articles_enough(&self) -> Result<usize, QueryError> {
        let snapshot = self.snapshot;
        let articles = snapshot.searcher.doc_freq(&snapshot.articles_term())?;
        Ok(((articles / FEW_DIVISOR) as usize).clamp(1, ARTICLES_ENOUGH_MAX))
    }

    /// Tells that not all words are asked for: how many there are, how many of them are rare, how
    /// many of those suffice, and how many articles have all.
    fn tell_most(&mut self, [all, rare, wanted, having_all]: [usize; 4], span: Range<usize>) {
        let problem = match having_all {
            0 => format!("no article has all of these {all} words"),
            1 => format!("only 1 article has all of these {all} words"),
            few => format!("only {few} articles have all of these {all} words"),
        };
        let rare = match rare == all {
            true => "them".to_owned(),
            false => format!("the {rare} rarer ones"),
        };
        self.diagnostics.push(Diagnostic {
            span,
            problem,
            assumed: format!("articles with {wanted} of {rare} are found"),
            suggestion: Some("write AND between them to find no others".to_owned()),
        });
    }

    /// How many articles a query finds; counts no further than `most`.
    fn count(&self, query: &dyn Query, most: usize) -> Result<usize, QueryError> {
        let searcher = &self.snapshot.searcher;
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut count = 0;
        for reader in searcher.segment_readers() {
            let mut scorer = weight.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED && count < most {
                count += usize::from(!reader.is_deleted(scorer.doc()));
                scorer.advance();
            }
        }
        Ok(count)
    }
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
