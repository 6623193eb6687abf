//! Boolean combination of queries. tantivy can exclude documents only from others that it finds;
//! a clause knows whether it finds or excludes, and all articles are brought in only where
//! nothing else is there to exclude from.

use tantivy::Term;
use tantivy::query::TermSetQuery;
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::directory::Finds;

#[derive(Debug)]
pub(super) enum Clause {
    /// The articles that the query finds.
    Matches(Box<dyn Query>),
    /// All articles but those that the query finds.
    Excludes(Box<dyn Query>),
}

impl Clone for Clause {
    fn clone(&self) -> Clause {
        match self {
            Clause::Matches(query) => Clause::Matches(query.box_clone()),
            Clause::Excludes(query) => Clause::Excludes(query.box_clone()),
        }
    }
}

impl Clause {
    /// The articles that have one of the terms; does not score.
    pub(super) fn any_term(mut terms: Vec<Term>) -> Clause {
        let query: Box<dyn Query> = match terms.len() {
            0 => return Clause::Matches(Box::new(EmptyQuery)),
            1 => Box::new(TermQuery::new(
                terms.swap_remove(0),
                IndexRecordOption::Basic,
            )),
            _ => Box::new(TermSetQuery::new(terms)),
        };
        Clause::filter(query)
    }

    /// The articles of entries; does not score.
    pub(super) fn finding(finds: Finds) -> Clause {
        Clause::filter(finds.into_query())
    }

    /// The articles that a query finds, without its score.
    pub(super) fn filter(query: Box<dyn Query>) -> Clause {
        Clause::Matches(Box::new(ConstScoreQuery::new(query, 0.0)))
    }

    /// What fulfils all clauses; everything when there are none.
    pub(super) fn and(mut clauses: Vec<Clause>, articles: &Term) -> Clause {
        if clauses.len() == 1 {
            return clauses.swap_remove(0);
        }
        if clauses.is_empty() {
            return Clause::any_term(vec![articles.clone()]);
        }
        if clauses
            .iter()
            .all(|clause| matches!(clause, Clause::Excludes(_)))
        {
            let excluded = clauses.into_iter().map(|clause| clause.negate());
            return Clause::or(excluded.collect(), articles).negate();
        }
        let occurring = clauses.into_iter().map(|clause| match clause {
            Clause::Matches(query) => (Occur::Must, query),
            Clause::Excludes(query) => (Occur::MustNot, query),
        });
        Clause::Matches(Box::new(BooleanQuery::new(occurring.collect())))
    }

    /// What fulfils one of the clauses; nothing when there are none.
    pub(super) fn or(mut clauses: Vec<Clause>, articles: &Term) -> Clause {
        if clauses.len() == 1 {
            return clauses.swap_remove(0);
        }
        let queries = clauses
            .into_iter()
            .map(|clause| clause.into_query(articles));
        Clause::Matches(Box::new(BooleanQuery::union(queries.collect())))
    }

    /// What does not fulfil the clause.
    pub(super) fn negate(self) -> Clause {
        match self {
            Clause::Matches(query) => Clause::Excludes(query),
            Clause::Excludes(query) => Clause::Matches(query),
        }
    }

    /// The clause as a query; `articles` is the term that finds all articles.
    pub(super) fn into_query(self, articles: &Term) -> Box<dyn Query> {
        match self {
            Clause::Matches(query) => query,
            Clause::Excludes(query) => {
                let all = TermQuery::new(articles.clone(), IndexRecordOption::Basic);
                let all = ConstScoreQuery::new(Box::new(all), 0.0);
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, Box::new(all)),
                    (Occur::MustNot, query),
                ]))
            }
        }
    }
}
