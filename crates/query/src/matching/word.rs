//! A word in any of its forms, in title or body.

use dateline_corpus::Part;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

use super::fields::{AnyField, FieldMatch};
use super::postings::UnionPostings;
use super::{Target, WordTerms};
use crate::rank;

/// Matches articles that have the word.
#[derive(Debug, Clone)]
pub(crate) struct WordQuery {
    pub(crate) word: WordTerms,
    /// Whether the exact form scores higher.
    pub(crate) prefers_exact: bool,
    pub(crate) target: Target,
}

impl Query for WordQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let EnableScoring::Enabled {
            statistics_provider,
            ..
        } = scoring
        else {
            return Ok(Box::new(WordWeight {
                query: self.clone(),
                bm25: None,
            }));
        };
        let fields: Vec<Field> = self.target.parts.iter().map(|part| part.1).collect();
        let articles = &self.target.articles;
        let bm25 = rank::bm25(statistics_provider, articles, &fields, &self.word.stemmed)?;
        Ok(Box::new(WordWeight {
            query: self.clone(),
            bm25: Some(bm25),
        }))
    }
}

struct WordWeight {
    query: WordQuery,
    /// One for each part; `None` when nothing is scored.
    bm25: Option<Vec<Bm25Weight>>,
}

impl Weight for WordWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let target = &self.query.target;
        let mut fields = Vec::with_capacity(target.parts.len());
        for (number, &(part, field)) in target.parts.iter().enumerate() {
            let bm25 = self.bm25.as_ref().map(|bm25| &bm25[number]);
            fields.push(WordInField::open(&self.query, part, field, bm25, reader)?);
        }
        let scored = self.bm25.is_some();
        let entities: &[Term] = if scored { &target.entities } else { &[] };
        let entities = UnionPostings::open(reader, entities, IndexRecordOption::Basic)?;
        Ok(Box::new(AnyField::new(fields, entities, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        super::explain("a word", self.scorer(reader, 1.0)?, doc)
    }
}

struct WordInField {
    postings: UnionPostings,
    scoring: Option<Scoring>,
}

struct Scoring {
    bm25: Bm25Weight,
    norms: FieldNormReader,
    weight: Score,
    exact: Option<UnionPostings>,
}

impl WordInField {
    fn open(
        query: &WordQuery,
        part: Part,
        field: Field,
        bm25: Option<&Bm25Weight>,
        reader: &SegmentReader,
    ) -> tantivy::Result<WordInField> {
        let option = match bm25 {
            Some(_) => IndexRecordOption::WithFreqs,
            None => IndexRecordOption::Basic,
        };
        let scoring = match bm25 {
            Some(bm25) => Some(Scoring {
                bm25: bm25.clone(),
                norms: reader.get_fieldnorms_reader(field)?,
                weight: rank::part_weight(part),
                exact: if query.prefers_exact {
                    let exact = &query.word.exact;
                    Some(UnionPostings::open_in(reader, field, exact, option)?)
                } else {
                    None
                },
            }),
            None => None,
        };
        let stemmed = &query.word.stemmed;
        Ok(WordInField {
            postings: UnionPostings::open_in(reader, field, stemmed, option)?,
            scoring,
        })
    }
}

impl DocSet for WordInField {
    fn advance(&mut self) -> DocId {
        self.postings.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.postings.seek(target)
    }

    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn size_hint(&self) -> u32 {
        self.postings.size_hint()
    }
}

impl FieldMatch for WordInField {
    fn score(&mut self) -> Score {
        let Some(scoring) = &mut self.scoring else {
            return 0.0;
        };
        let doc = self.postings.doc();
        let count = self.postings.term_freq();
        let score = scoring.weight * scoring.bm25.score(scoring.norms.fieldnorm_id(doc), count);
        let Some(exact) = &mut scoring.exact else {
            return score;
        };
        if exact.contains(doc) {
            score * rank::exact_factor(exact.term_freq(), count)
        } else {
            score
        }
    }
}
