//! The query for an expression over the text of an article: the one way in which words, phrases
//! and proximity are looked for.

use std::sync::Arc;

use dateline_corpus::schema::{DocumentKind, Fields};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{
    DocAddress, DocId, DocSet, Score, Searcher, SeekDangerResult, SegmentReader, TERMINATED, Term,
};

use super::expr::{Expr, Place};
use super::place::{InPlace, TextFields};
use super::postings::Members;
use crate::Addend;
use crate::rank::{self, TextWorth};

/// Entities, as facet terms.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entities {
    /// Of the articles that name one of them.
    pub(crate) named: Arc<[Term]>,
    /// Of those that are about it.
    pub(crate) about: Arc<[Term]>,
}

/// Matches articles in which an expression occurs.
#[derive(Debug, Clone)]
pub(crate) struct TextQuery {
    /// What is looked for; of a pattern it may be a thousand terms.
    pub(crate) expr: Arc<Expr>,
    /// Where; one of these places suffices, and occurrences do not reach from one to another.
    /// No place twice; the body holds the lead, so not both.
    pub(crate) places: Vec<Place>,
    /// Occurrences wanted in all places together (`atleast3(…)`); 1 for plain matches.
    pub(crate) occurrences_min: u32,
    /// The entities whose name the text is; only raise the score.
    pub(crate) entities: Entities,
    /// As it was typed.
    pub(crate) label: String,
    /// The term that finds all articles.
    articles: Term,
    fields: TextFields,
}

impl TextQuery {
    /// Looks for an expression in title and body.
    pub(crate) fn new(expr: Expr, fields: &Fields) -> TextQuery {
        TextQuery {
            expr: Arc::new(expr),
            places: Place::ANYWHERE.to_vec(),
            occurrences_min: 1,
            entities: Entities::default(),
            label: String::new(),
            articles: fields.kind_term(DocumentKind::Article),
            fields: TextFields::new(fields),
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

    /// The query, worth more in articles that name one of these entities.
    pub(crate) fn named(mut self, entities: Entities) -> TextQuery {
        self.entities = entities;
        self
    }

    /// The query, with the text that it was typed as.
    pub(crate) fn labelled(mut self, label: String) -> TextQuery {
        self.label = label;
        self
    }

    /// Whether so many articles have it that it says little about any of them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn is_common(&self, searcher: &Searcher) -> tantivy::Result<bool> {
        let worth = TextWorth::new(&self.expr, &self.fields, &self.articles, searcher)?;
        Ok(worth.idf() < rank::COMMON_RARITY)
    }

    /// What makes its score in an article, in words; `None` if it does not find the article.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn addends(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> tantivy::Result<Option<Vec<Addend>>> {
        let worth = TextWorth::new(&self.expr, &self.fields, &self.articles, searcher)?;
        let reader = searcher.segment_reader(address.segment_ord);
        let weight = TextWeight {
            query: self.clone(),
            worth: Some(worth),
        };
        let mut scorer = weight.open(reader, 1.0)?;
        let doc = address.doc_id;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Ok(None);
        }
        Ok(Some(scorer.addends(&self.label)))
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
        let entities = |terms: &[Term]| match self.worth {
            Some(_) => Members::open(reader, terms),
            None => Ok(Members::default()),
        };
        let mut scorer = TextScorer {
            places: places.collect::<tantivy::Result<_>>()?,
            occurrences_min: query.occurrences_min.max(1),
            named: entities(&query.entities.named)?,
            about: entities(&query.entities.about)?,
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
        Ok(Explanation::new("text", scorer.score()))
    }
}

struct TextScorer {
    places: Vec<InPlace>,
    occurrences_min: u32,
    /// Articles that name an entity of this name, and those that are about it.
    named: Members,
    about: Members,
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
        let (doc, wanted, is_scored) = (self.doc, self.occurrences_min, self.idf.is_some());
        let mut count = 0_u32;
        for place in &mut self.places {
            // Single words are counted when they are weighed.
            let in_full = wanted > 1 || (is_scored && place.is_composed());
            count = count.saturating_add(place.count(doc, in_full));
            if count >= wanted && !is_scored {
                return true;
            }
        }
        count >= wanted
    }
}

impl TextScorer {
    /// What the occurrences in the current article are worth.
    fn words_score(&mut self) -> Score {
        let Some(idf) = self.idf else {
            return 0.0;
        };
        let doc = self.doc;
        let occurrences = self.places.iter_mut().map(|place| place.weigh(doc));
        let worth = rank::saturated(occurrences.sum());
        idf * (worth + rank::exact_bonus(self.places.iter().any(InPlace::is_exact)))
    }

    /// What it adds, as a share of that, that the article names an entity of the name.
    fn entity_bonus(&self) -> Option<Score> {
        let named = self.named.contains(self.doc);
        named.then(|| rank::entity_bonus(self.about.contains(self.doc)))
    }

    fn addends(&mut self, label: &str) -> Vec<Addend> {
        let score = self.words_score();
        let places: Vec<String> = self.places.iter().filter_map(InPlace::told).collect();
        let rarity = self.idf.unwrap_or_default();
        let words = Addend {
            what: format!("{label}: {}; rarity {rarity:.2}", places.join(", ")),
            value: score,
        };
        let entity = self.entity_bonus().map(|bonus| Addend {
            what: match self.about.contains(self.doc) {
                true => {
                    format!("the article is about a person, country or organisation called {label}")
                }
                false => {
                    format!("the article names a person, country or organisation called {label}")
                }
            },
            value: score * bonus,
        });
        [words].into_iter().chain(entity).collect()
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
        let score = self.boost * self.words_score();
        score + score * self.entity_bonus().unwrap_or(0.0)
    }
}
