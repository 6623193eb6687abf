//! Words that stand side by side, each in any of its forms, in title or body.
//!
//! Documents are intersected first; positions are read only where all words occur.

use dateline_corpus::Part;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::fields::{AnyField, FieldMatch};
use super::postings::UnionPostings;
use super::{Target, WordTerms};
use crate::rank;

/// Matches articles that have the words next to each other in this order.
#[derive(Debug, Clone)]
pub(crate) struct PhraseQuery {
    /// Two or more.
    pub(crate) words: Vec<WordTerms>,
    pub(crate) target: Target,
}

impl Query for PhraseQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let fields: Vec<Field> = self.target.parts.iter().map(|part| part.1).collect();
        let mut bm25 = None;
        if let EnableScoring::Enabled {
            statistics_provider,
            ..
        } = scoring
        {
            let mut weights = vec![Vec::new(); fields.len()];
            for word in &self.words {
                let articles = &self.target.articles;
                let of_word = rank::bm25(statistics_provider, articles, &fields, &word.stemmed)?;
                weights
                    .iter_mut()
                    .zip(of_word)
                    .for_each(|(weights, weight)| weights.push(weight));
            }
            bm25 = Some(weights);
        }
        Ok(Box::new(PhraseWeight {
            query: self.clone(),
            bm25,
        }))
    }
}

struct PhraseWeight {
    query: PhraseQuery,
    /// For each part those of the words; `None` when nothing is scored.
    bm25: Option<Vec<Vec<Bm25Weight>>>,
}

impl Weight for PhraseWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let target = &self.query.target;
        let mut fields = Vec::with_capacity(target.parts.len());
        for (number, &(part, field)) in target.parts.iter().enumerate() {
            let bm25 = self.bm25.as_ref().map(|bm25| bm25[number].as_slice());
            let words = &self.query.words;
            fields.push(PhraseInField::open(words, part, field, bm25, reader)?);
        }
        let scored = self.bm25.is_some();
        let entities: &[Term] = if scored { &target.entities } else { &[] };
        let entities = UnionPostings::open(reader, entities, IndexRecordOption::Basic)?;
        Ok(Box::new(AnyField::new(fields, entities, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        super::explain("a phrase", self.scorer(reader, 1.0)?, doc)
    }
}

struct PhraseInField {
    words: Vec<UnionPostings>,
    scoring: Option<Scoring>,
    /// Positions at which the phrase begins in the current document.
    starts: Vec<u32>,
    positions: Vec<u32>,
    doc: DocId,
}

struct Scoring {
    /// One for each word. A phrase is worth what its words would be if they stood nowhere else.
    bm25: Vec<Bm25Weight>,
    norms: FieldNormReader,
    weight: Score,
    /// The exact forms of each word.
    exact: Vec<UnionPostings>,
    exact_starts: Vec<u32>,
}

impl PhraseInField {
    fn open(
        words: &[WordTerms],
        part: Part,
        field: Field,
        bm25: Option<&[Bm25Weight]>,
        reader: &SegmentReader,
    ) -> tantivy::Result<PhraseInField> {
        let open = |terms: &Vec<String>| {
            let option = IndexRecordOption::WithFreqsAndPositions;
            UnionPostings::open_in(reader, field, terms, option)
        };
        let stemmed = words.iter().map(|word| open(&word.stemmed));
        let scoring = match bm25 {
            Some(bm25) => {
                let exact = words.iter().map(|word| open(&word.exact));
                Some(Scoring {
                    bm25: bm25.to_vec(),
                    norms: reader.get_fieldnorms_reader(field)?,
                    weight: rank::part_weight(part),
                    exact: exact.collect::<tantivy::Result<_>>()?,
                    exact_starts: Vec::new(),
                })
            }
            None => None,
        };
        let mut phrase = PhraseInField {
            words: stemmed.collect::<tantivy::Result<_>>()?,
            scoring,
            starts: Vec::new(),
            positions: Vec::new(),
            doc: 0,
        };
        phrase.find(0);
        Ok(phrase)
    }

    /// Goes to the first document from `target` on that has the phrase.
    fn find(&mut self, target: DocId) -> DocId {
        let mut target = target;
        loop {
            self.doc = conjunction(&mut self.words, target);
            if self.doc == TERMINATED {
                return TERMINATED;
            }
            phrase_starts(&mut self.words, &mut self.starts, &mut self.positions);
            if !self.starts.is_empty() {
                return self.doc;
            }
            target = self.doc + 1;
        }
    }
}

impl DocSet for PhraseInField {
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

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        // As tantivy's own phrases: of the documents with all words, one in ten has the phrase.
        let rarest = self.words.iter().map(DocSet::size_hint).min();
        rarest.unwrap_or(0) / 10
    }

    fn cost(&self) -> u64 {
        /// Reading positions makes a document this much dearer than one of a plain word.
        const POSITIONS_COST: u64 = 10;
        let rarest = self.words.iter().map(DocSet::size_hint).min();
        u64::from(rarest.unwrap_or(0)) * POSITIONS_COST
    }
}

impl FieldMatch for PhraseInField {
    fn score(&mut self) -> Score {
        let Some(scoring) = &mut self.scoring else {
            return 0.0;
        };
        let count = self.starts.len() as u32;
        let norm = scoring.norms.fieldnorm_id(self.doc);
        let words = scoring.bm25.iter().map(|bm25| bm25.score(norm, count));
        let score = scoring.weight * words.sum::<Score>();
        let (exact, starts) = (&mut scoring.exact, &mut scoring.exact_starts);
        if exact.iter_mut().all(|word| word.contains(self.doc)) {
            phrase_starts(exact, starts, &mut self.positions);
            score * rank::exact_factor(starts.len() as u32, count)
        } else {
            score
        }
    }
}

/// The first document from `target` on that has all words.
fn conjunction(words: &mut [UnionPostings], target: DocId) -> DocId {
    let mut target = target;
    'candidates: loop {
        if target >= TERMINATED {
            return TERMINATED;
        }
        for word in words.iter_mut() {
            if !word.contains(target) {
                target = word.doc();
                continue 'candidates;
            }
        }
        return target;
    }
}

/// Replaces `starts` by the positions at which the words stand side by side in the current
/// document, which has all of them.
fn phrase_starts(words: &mut [UnionPostings], starts: &mut Vec<u32>, positions: &mut Vec<u32>) {
    let Some((first, rest)) = words.split_first_mut() else {
        return starts.clear();
    };
    first.positions(starts);
    for (word, offset) in rest.iter_mut().zip(1..) {
        word.positions(positions);
        let mut candidates = positions.iter().peekable();
        starts.retain(|start| {
            while candidates.next_if(|at| **at < start + offset).is_some() {}
            candidates.peek().is_some_and(|at| **at == start + offset)
        });
        if starts.is_empty() {
            return;
        }
    }
}
