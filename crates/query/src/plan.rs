//! Turns a request into a tantivy query over one snapshot of the index.
//!
//! [`text`] plans words and phrases ([`expand`] finds those that patterns stand for), [`plain`] those
//! that stand side by side, [`values`] the values of facets, [`names`] those of other fields,
//! [`filters`] and [`dates`] the rest; [`clause`] puts them together, [`contradictions`] tells what
//! cannot be. What could not be resolved becomes a note; only what a flag of the request names and
//! nobody can know is an error.

mod clause;
mod contradictions;
mod dates;
mod expand;
mod filters;
mod names;
mod plain;
mod text;
mod values;

use std::collections::BTreeMap;

use dateline_corpus::EntityKind;
use jiff::civil::Date;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query};

use crate::matching::Closeness;
use crate::rank::{ABOUT_WORTH, Recency};
use crate::snapshot::Snapshot;
use crate::snippet::Pattern;
use crate::syntax::{Diagnostic, Field, Node, Parsed, QuerySpan};
use crate::{FacetField, Mode, QueryError, SearchRequest, Sort, Words};
use clause::Clause;

/// Diagnostics that are shown one by one; whoever sees as many mends the query anyway.
const DIAGNOSTICS_SHOWN: usize = 8;

/// A request, planned.
pub(crate) struct Plan {
    pub(crate) query: Box<dyn Query>,
    /// Of each field with values of which one suffices: the query as if these were not selected.
    pub(crate) sticky: BTreeMap<FacetField, Box<dyn Query>>,
    /// What the filters of the request select.
    pub(crate) selected: Vec<Selected>,
    /// What to mark in the articles that match.
    pub(crate) pattern: Pattern,
    /// The words whose closeness raises the best hits.
    pub(crate) closeness: Option<Closeness>,
    /// What articles had better be about.
    pub(crate) abouts: Vec<About>,
    /// How much articles lose with age, if they do.
    pub(crate) recency: Option<Recency>,
    /// What is wrong with the query, in order of appearance.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What was understood otherwise than it was written, in words; also the first of the
    /// diagnostics.
    pub(crate) notes: Vec<String>,
}

/// Articles that are about a person or country that a filter names; they come before those that
/// just mention it.
pub(crate) struct About {
    /// The name.
    pub(crate) label: String,
    /// What finds the articles.
    pub(crate) query: Box<dyn Query>,
}

/// A value that a filter of the request names.
pub(crate) struct Selected {
    pub(crate) field: FacetField,
    pub(crate) mode: Mode,
    /// The entries it stands for, the most frequent first.
    pub(crate) entries: Vec<u32>,
    /// The value as given, or the code of a country.
    pub(crate) value: String,
}

/// Plans a request whose query was parsed.
pub(crate) fn plan(
    request: &SearchRequest,
    parsed: &Parsed,
    snapshot: &Snapshot,
) -> Result<Plan, QueryError> {
    let mut planner = Planner {
        snapshot,
        query: &request.query,
        today: dates::today(request)?,
        regex: request.regex,
        diagnostics: parsed.diagnostics.clone(),
        words: match parsed.insists {
            // Whoever writes `AND` or `+` means it.
            true => Words::All,
            false => request.words,
        },
        is_ranked: request.sort == Sort::Relevance && request.limit > 0,
        mentions: Vec::new(),
        selected: Vec::new(),
        notes: Vec::new(),
        closeness: None,
        abouts: Vec::new(),
    };
    let filters = planner.filters(request)?;
    let articles = snapshot.articles_term();
    let mut clauses = Vec::from_iter(dates::clause(
        request,
        planner.today,
        &snapshot.fields,
        &articles,
        &mut planner.notes,
    )?);
    let mentions = std::mem::take(&mut planner.mentions);
    let everything = Clause::and(Vec::new(), &articles);
    let mut patterns = vec![planner.explained(&everything, mentions)];
    if let Some(tree) = &parsed.tree {
        let (clause, pattern) = planner.whole(tree)?;
        clauses.push(clause);
        patterns.push(pattern);
    }
    // All filters, but for the values of one field of which one suffices.
    let query_without = |left_out: Option<FacetField>| {
        let kept = filters
            .iter()
            .filter(|filter| filter.mode != Mode::Any || Some(filter.field) != left_out);
        let kept = kept.map(|filter| filter.clause.clone());
        let clauses = kept.chain(clauses.iter().cloned()).collect();
        Clause::and(clauses, &articles).into_query(&articles)
    };
    let any = filters.iter().filter(|filter| filter.mode == Mode::Any);
    let sticky = any.map(|filter| (filter.field, query_without(Some(filter.field))));
    let sticky = sticky.collect();
    let query = raised(query_without(None), &planner.abouts);
    let (diagnostics, notes) = planner.told();
    Ok(Plan {
        query,
        sticky,
        selected: planner.selected,
        pattern: Pattern::All(patterns),
        closeness: planner.closeness,
        abouts: planner.abouts,
        recency: dates::recency(request, planner.today)?,
        diagnostics,
        notes,
    })
}

/// A query that scores articles higher that are about one thing or another.
fn raised(query: Box<dyn Query>, abouts: &[About]) -> Box<dyn Query> {
    if abouts.is_empty() {
        return query;
    }
    let abouts = abouts.iter().map(|about| {
        let query = ConstScoreQuery::new(about.query.box_clone(), ABOUT_WORTH);
        (Occur::Should, Box::new(query) as Box<dyn Query>)
    });
    let clauses = [(Occur::Must, query)].into_iter().chain(abouts);
    Box::new(BooleanQuery::new(clauses.collect()))
}

struct Planner<'a> {
    snapshot: &'a Snapshot,
    /// As it was typed.
    query: &'a str,
    today: Option<Date>,
    /// Whether regular expressions count.
    regex: bool,
    words: Words,
    /// Whether hits are wanted, and ordered by their scores.
    is_ranked: bool,
    diagnostics: Vec<Diagnostic>,
    /// Entities that the values planned last name.
    mentions: Vec<Pattern>,
    selected: Vec<Selected>,
    notes: Vec<String>,
    closeness: Option<Closeness>,
    abouts: Vec<About>,
}

impl Planner<'_> {
    /// Plans a part of the tree: what finds articles, and what to mark in them. `field` is the
    /// innermost field around it; `wanted` is false under a `NOT`. The tree's depth is bounded by
    /// the parser, so recursion is safe.
    fn node(
        &mut self,
        node: &Node,
        field: Option<Field>,
        wanted: bool,
    ) -> Result<(Clause, Pattern), QueryError> {
        let articles = self.snapshot.articles_term();
        let clause = match node {
            Node::In(field, node) => return self.node(node, Some(*field), wanted),
            Node::Not(node) => {
                let (clause, pattern) = self.node(node, field, !wanted)?;
                return Ok((clause.negate(), Pattern::Not(Box::new(pattern))));
            }
            Node::And(nodes) => {
                let (mut clauses, patterns) = self.nodes(nodes, field, wanted)?;
                if self.contradict(nodes, wanted) {
                    clauses.push(Clause::any_term(Vec::new()));
                }
                return Ok((Clause::and(clauses, &articles), Pattern::All(patterns)));
            }
            Node::Or(nodes) => {
                let (clauses, patterns) = self.nodes(nodes, field, wanted)?;
                return Ok((Clause::or(clauses, &articles), Pattern::Any(patterns)));
            }
            Node::Near(_) => return self.text(node, field, 1, wanted),
            Node::AtLeast(count, node) => return self.text(node, field, *count, wanted),
            Node::Text(text) => match field {
                Some(field) if !field.has_text() => self.name(field, text, wanted)?,
                field => return self.text(node, field, 1, wanted),
            },
            Node::Filter(filter) => self.filter(filter)?,
        };
        let mentions = std::mem::take(&mut self.mentions);
        let pattern = self.explained(&clause, mentions);
        Ok((clause, pattern))
    }

    fn nodes(
        &mut self,
        nodes: &[Node],
        field: Option<Field>,
        wanted: bool,
    ) -> Result<(Vec<Clause>, Vec<Pattern>), QueryError> {
        let nodes = nodes.iter();
        let planned = nodes.map(|node| self.node(node, field, wanted));
        let planned: Vec<_> = planned.collect::<Result<_, _>>()?;
        Ok(planned.into_iter().unzip())
    }

    /// What is wrong, in order of appearance, with spans in Unicode scalar values; and the same in
    /// words with all other notes.
    fn told(&mut self) -> (Vec<Diagnostic>, Vec<String>) {
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        let shown = diagnostics.iter().take(DIAGNOSTICS_SHOWN);
        let mut notes: Vec<String> = shown.map(|fault| fault.render(self.query)).collect();
        let more = diagnostics.len().saturating_sub(notes.len());
        if more > 0 {
            notes.push(format!("{more} more parts of the query could not be read"));
        }
        notes.append(&mut self.notes);
        // As all offsets of an answer.
        let characters = |byte: usize| {
            let before = self.query.floor_char_boundary(byte);
            self.query[..before].chars().count()
        };
        for fault in &mut diagnostics {
            fault.span = characters(fault.span.start)..characters(fault.span.end);
        }
        (diagnostics, notes)
    }

    /// Tells what is wrong with a part of the query.
    fn tell(
        &mut self,
        span: &QuerySpan,
        problem: impl Into<String>,
        assumed: impl Into<String>,
        suggestion: Option<String>,
    ) {
        self.diagnostics.push(Diagnostic {
            span: span.0.clone(),
            problem: problem.into(),
            assumed: assumed.into(),
            suggestion,
        });
    }

    /// What to mark in articles that are found by something else than their text: the mentions of
    /// what they name, if there are any.
    fn explained(&self, clause: &Clause, mut mentions: Vec<Pattern>) -> Pattern {
        let found = || {
            let articles = self.snapshot.articles_term();
            Pattern::Filter(clause.clone().into_query(&articles))
        };
        if mentions.is_empty() {
            return found();
        }
        mentions.push(found());
        Pattern::All(vec![found(), Pattern::Any(mentions)])
    }
}

/// The entities that a facet counts, if it counts entities.
fn entity_kind(field: FacetField) -> Option<EntityKind> {
    match field {
        FacetField::Person | FacetField::AboutPerson => Some(EntityKind::Person),
        FacetField::Country | FacetField::About | FacetField::Continent => {
            Some(EntityKind::Country)
        }
        FacetField::Organisation => Some(EntityKind::Organisation),
        FacetField::Place => Some(EntityKind::Place),
        FacetField::Source
        | FacetField::Author
        | FacetField::Language
        | FacetField::Section
        | FacetField::SourceCountry
        | FacetField::Agency
        | FacetField::Site => None,
    }
}
