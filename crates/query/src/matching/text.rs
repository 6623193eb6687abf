//! The query for an expression over the text of an article: the one way in which words, phrases
//! and proximity are looked for.

use tantivy::Term;

use super::expr::{Expr, Place};

/// Matches articles in which an expression occurs.
#[derive(Debug, Clone)]
pub(crate) struct TextQuery {
    /// What is looked for.
    pub(crate) expr: Expr,
    /// Where; one of these places suffices, and occurrences do not reach from one to another.
    /// No place twice; the body holds the lead, so not both.
    pub(crate) places: Vec<Place>,
    /// Occurrences wanted in all places together (`atleast3(…)`); 1 for plain matches.
    pub(crate) occurrences_min: u32,
    /// Facet terms of the entities whose name the text is; only raise the score.
    pub(crate) entities: Vec<Term>,
}

impl TextQuery {
    /// Looks for an expression in title and body.
    pub(crate) fn new(expr: Expr) -> TextQuery {
        TextQuery {
            expr,
            places: Place::ANYWHERE.to_vec(),
            occurrences_min: 1,
            entities: Vec::new(),
        }
    }

    /// The query, looking in other places.
    pub(crate) fn within(mut self, places: &[Place]) -> TextQuery {
        self.places = places.to_vec();
        self
    }

    /// The query, wanting several occurrences.
    pub(crate) fn at_least(mut self, occurrences: u32) -> TextQuery {
        self.occurrences_min = occurrences;
        self
    }

    /// The query, worth more in articles with one of these facet terms.
    pub(crate) fn named(mut self, entities: Vec<Term>) -> TextQuery {
        self.entities = entities;
        self
    }
}
