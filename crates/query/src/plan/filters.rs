//! Plans what an article has besides text: dates, numbers of words, fields with any value.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{ExistsQuery, RangeQuery};

use super::Planner;
use super::clause::Clause;
use super::dates::{self, Undated};
use crate::syntax::dates::Dates;
use crate::syntax::{Field, Filter};

impl Planner<'_> {
    pub(super) fn filter(&mut self, filter: &Filter) -> Clause {
        let fields = &self.snapshot.fields;
        match filter {
            Filter::Has(field) => {
                let field = match field {
                    None => fields.published,
                    Some(field) => match self.value_field(*field) {
                        Some(field) => field,
                        None => return Clause::any_term(Vec::new()),
                    },
                };
                let name = self.snapshot.searcher.schema().get_field_name(field);
                Clause::filter(Box::new(ExistsQuery::new(name.to_owned(), false)))
            }
            Filter::Words { min, max } => {
                let bound = |words| Bound::Included(Term::from_field_u64(fields.words, words));
                let max = max.unwrap_or(u64::MAX);
                Clause::filter(Box::new(RangeQuery::new(bound(*min), bound(max))))
            }
            Filter::Published(dates) => self.published(*dates),
        }
    }

    fn published(&mut self, dates: Dates) -> Clause {
        let articles = self.snapshot.articles_term();
        let clause = dates::published(dates, self.today, &self.snapshot.fields, &articles);
        let why = match clause {
            Ok(clause) => return clause,
            Err(Undated::TodayUnknown) => "the search was not told what day it is",
            Err(Undated::OffCalendar) => "the calendar does not go that far",
            Err(Undated::Reversed) => "the first day is after the last",
        };
        self.notes
            .push(format!("nothing is found by `{dates}`: {why}"));
        Clause::any_term(Vec::new())
    }

    /// The handle of a field that has values.
    fn value_field(&self, field: Field) -> Option<tantivy::schema::Field> {
        let facets = &self.snapshot.fields.facets;
        match field {
            Field::Facet(facet) => Some(self.snapshot.facet_field(facet)),
            Field::Site => Some(facets.site),
            Field::Title | Field::Lead | Field::HeadlineAndLead | Field::Body => None,
            Field::About | Field::Id | Field::Url => None,
        }
    }
}
