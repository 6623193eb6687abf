//! The query for an expression over the text of an article: the one way in which words, phrases
//! and proximity are looked for.

use dateline_corpus::schema::{DocumentKind, Fields};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

use super::expr::{Expr, Place};
use super::place::{InPlace, TextFields};
use super::postings::UnionPostings;
use crate::rank::{self, TextWorth};

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
    /// The term that finds all articles.
    articles: Term,
    fields: TextFields,
}

impl TextQuery {
    /// Looks for an expression in title and body.
    pub(crate) fn new(expr: Expr, fields: &Fields) -> TextQuery {
        TextQuery {
            expr,
            places: Place::ANYWHERE.to_vec(),
            occurrences_min: 1,
            entities: Vec::new(),
            articles: fields.kind_term(DocumentKind::Article),
            fields: TextFields {
                title: fields.title,
                lead: fields.lead,
                body: fields.body,
            },
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

impl Query for TextQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let worth = match scoring {
            EnableScoring::Enabled {
                statistics_provider,
                ..
            } => Some(TextWorth::new(
                &self.expr,
                &self.fields,
                &self.articles,
                statistics_provider,
            )?),
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(TextWeight {
            query: self.clone(),
            worth,
        }))
    }
}

struct TextWeight {
    query: TextQuery,
    /// `None` when nothing is scored.
    worth: Option<TextWorth>,
}

impl TextWeight {
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<TextScorer> {
        let query = &self.query;
        let places = query.places.iter();
        let places = places.map(|&place| {
            InPlace::open(
                &query.expr,
                place,
                query.fields,
                self.worth.as_ref(),
                reader,
            )
        });
        let entities: &[Term] = match self.worth {
            Some(_) => &query.entities,
            None => &[],
        };
        let mut scorer = TextScorer {
            places: places.collect::<tantivy::Result<_>>()?,
            occurrences_min: query.occurrences_min.max(1),
            entities: UnionPostings::open(reader, entities, IndexRecordOption::Basic)?,
            idf: self.worth.as_ref().map(TextWorth::idf),
            boost,
            doc: 0,
        };
        scorer.find(0);
        Ok(scorer)
    }
}

impl Weight for TextWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.open(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.open(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let problem = format!("document {doc} does not match");
            return Err(tantivy::TantivyError::InvalidArgument(problem));
        }
        let score = scorer.score();
        let mut explanation = Explanation::new("text", score);
        for place in &scorer.places {
            let name = match place.place() {
                Place::Title => "weighted occurrences in the title",
                Place::Lead => "weighted occurrences in the lead",
                Place::Body => "weighted occurrences in the body",
            };
            explanation.add_const(name, place.occurrences());
        }
        explanation.add_const("rarity", scorer.idf.unwrap_or_default());
        if scorer.entities.contains(doc) {
            explanation.add_const("names an entity", rank::entity_factor());
        }
        Ok(explanation)
    }
}

struct TextScorer {
    places: Vec<InPlace>,
    occurrences_min: u32,
    /// Articles that name an entity of this name.
    entities: UnionPostings,
    /// `None` when nothing is scored.
    idf: Option<Score>,
    boost: Score,
    doc: DocId,
}

impl TextScorer {
    /// Goes to the first article from `target` on in which the expression occurs.
    fn find(&mut self, target: DocId) -> DocId {
        let mut target = target;
        loop {
            self.doc = self.candidate(target);
            if self.doc == TERMINATED || self.occurs() {
                return self.doc;
            }
            target = self.doc + 1;
        }
    }

    /// The first article from `target` on that has the words in one of the places.
    fn candidate(&mut self, target: DocId) -> DocId {
        let docs = self.places.iter_mut().map(|place| place.candidate(target));
        docs.min().unwrap_or(TERMINATED)
    }

    /// Whether the expression occurs in the current candidate often enough.
    fn occurs(&mut self) -> bool {
        let (doc, wanted) = (self.doc, self.occurrences_min);
        let in_full = self.idf.is_some() || wanted > 1;
        let mut count = 0_u32;
        for place in &mut self.places {
            count = count.saturating_add(place.count(doc, in_full));
            if !in_full && count > 0 {
                return true;
            }
        }
        count >= wanted
    }
}

impl DocSet for TextScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.find(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        self.find(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        // In a conjunction with others, positions are read only where all of them agree.
        let candidate = self.candidate(target);
        if candidate != target || target == TERMINATED {
            return SeekDangerResult::SeekLowerBound(candidate);
        }
        self.doc = target;
        if self.occurs() {
            SeekDangerResult::Found
        } else {
            SeekDangerResult::SeekLowerBound(target + 1)
        }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let costs = self.places.iter().map(InPlace::candidates);
        u32::try_from(costs.sum::<u64>()).unwrap_or(u32::MAX)
    }

    fn cost(&self) -> u64 {
        self.places.iter().map(InPlace::cost).sum()
    }
}

impl Scorer for TextScorer {
    fn score(&mut self) -> Score {
        let Some(idf) = self.idf else {
            return 0.0;
        };
        let doc = self.doc;
        let occurrences = self.places.iter_mut().map(|place| place.weigh(doc));
        let score = self.boost * idf * rank::saturated(occurrences.sum());
        if self.entities.contains(doc) {
            score * rank::entity_factor()
        } else {
            score
        }
    }
}
