//! A match in any of several fields of an article, scored by the sum over the fields.

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::postings::UnionPostings;
use crate::rank;

/// Something that matches in one field.
pub(super) trait FieldMatch: DocSet + 'static {
    /// What the match in the current document is worth.
    fn score(&mut self) -> Score;
}

/// The documents that match in one of the fields.
pub(super) struct AnyField<M> {
    fields: Vec<M>,
    /// Documents that name an entity of this name.
    entities: UnionPostings,
    boost: Score,
    doc: DocId,
}

impl<M: FieldMatch> AnyField<M> {
    pub(super) fn new(fields: Vec<M>, entities: UnionPostings, boost: Score) -> AnyField<M> {
        let mut any = AnyField {
            fields,
            entities,
            boost,
            doc: 0,
        };
        any.settle();
        any
    }

    fn settle(&mut self) {
        let docs = self.fields.iter().map(DocSet::doc);
        self.doc = docs.min().unwrap_or(TERMINATED);
    }
}

impl<M: FieldMatch> DocSet for AnyField<M> {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        for field in &mut self.fields {
            if field.doc() == self.doc {
                field.advance();
            }
        }
        self.settle();
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for field in &mut self.fields {
            if field.doc() < target {
                field.seek(target);
            }
        }
        self.settle();
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let sizes = self.fields.iter().map(DocSet::size_hint);
        sizes.fold(0, u32::saturating_add)
    }

    fn cost(&self) -> u64 {
        self.fields.iter().map(DocSet::cost).sum()
    }
}

impl<M: FieldMatch> Scorer for AnyField<M> {
    fn score(&mut self) -> Score {
        let doc = self.doc;
        let matching = self.fields.iter_mut().filter(|field| field.doc() == doc);
        let sum: Score = matching.map(FieldMatch::score).sum();
        if self.entities.contains(doc) {
            self.boost * sum * rank::entity_factor()
        } else {
            self.boost * sum
        }
    }
}
