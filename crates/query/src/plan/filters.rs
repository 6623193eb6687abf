//! Plans what an article has besides text: dates, numbers of words, fields with any value.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{ExistsQuery, RangeQuery, RegexQuery};

use super::clause::Clause;
use super::dates::{self, Undated};
use super::{Planner, entity_kind};
use crate::syntax::dates::Dates;
use crate::syntax::{Field, Filter, QuerySpan};
use crate::{FacetField, QueryError};

impl Planner<'_> {
    pub(super) fn filter(&mut self, filter: &Filter) -> Result<Clause, QueryError> {
        let fields = &self.snapshot.fields;
        match filter {
            Filter::Has(None) => Ok(self.exists(fields.published)),
            Filter::Has(Some(field)) => self.has(*field),
            Filter::Words { min, max, .. } => {
                let bound = |words| Bound::Included(Term::from_field_u64(fields.words, words));
                let max = max.unwrap_or(u64::MAX);
                let query = RangeQuery::new(bound(*min), bound(max));
                Ok(Clause::filter(Box::new(query)))
            }
            Filter::Published(dates, span) => Ok(self.published(*dates, span)),
        }
    }

    /// The articles that have any value in a field.
    fn has(&self, field: Field) -> Result<Clause, QueryError> {
        let snapshot = self.snapshot;
        let articles = snapshot.articles_term();
        match field {
            Field::Facet(facet) => self.has_facet(facet),
            Field::Site => self.has_facet(FacetField::Site),
            Field::About => {
                let country = self.has_facet(FacetField::About)?;
                let person = self.has_facet(FacetField::AboutPerson)?;
                Ok(Clause::or(vec![country, person], &articles))
            }
            Field::Url => {
                let any = RegexQuery::from_pattern(".+", snapshot.fields.url)?;
                Ok(Clause::filter(Box::new(any)))
            }
            // Every article has an id; the parser asks for no text.
            Field::Id | Field::Title | Field::Lead | Field::HeadlineAndLead | Field::Body => {
                Ok(Clause::and(Vec::new(), &articles))
            }
        }
    }

    fn has_facet(&self, facet: FacetField) -> Result<Clause, QueryError> {
        let snapshot = self.snapshot;
        if entity_kind(facet).is_none() || snapshot.aliases.is_empty() {
            return Ok(self.exists(snapshot.facet_field(facet)));
        }
        // Corrections hide and add entities: only the directory knows who is left.
        let values = snapshot.values(facet)?;
        let shown = values.present().filter(|(_, entry)| !entry.hidden);
        let shown: Vec<u32> = shown.map(|(number, _)| number).collect();
        Ok(Clause::finding(snapshot.finds(facet, &values, &shown)))
    }

    fn exists(&self, field: tantivy::schema::Field) -> Clause {
        let name = self.snapshot.searcher.schema().get_field_name(field);
        Clause::filter(Box::new(ExistsQuery::new(name.to_owned(), false)))
    }

    fn published(&mut self, dates: Dates, span: &QuerySpan) -> Clause {
        let articles = self.snapshot.articles_term();
        let clause = dates::published(dates, self.today, &self.snapshot.fields, &articles);
        let why = match clause {
            Ok(clause) => return clause,
            Err(Undated::TodayUnknown) => "the search was not told what day it is",
            Err(Undated::OffCalendar) => "the calendar does not go that far",
            Err(Undated::Reversed) => "the first day is after the last",
        };
        self.tell(span, why, "nothing is found by it", None);
        Clause::any_term(Vec::new())
    }
}
