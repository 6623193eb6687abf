//! How close the words of a plain query stand to each other in an article: what raises the best
//! hits, beside the words themselves.
//!
//! Words that follow each other in the query are taken by twos, as in the sequential dependence
//! model (Metzler and Croft, *A Markov Random Field Model for Term Dependencies*, 2005). A pair
//! counts wherever both of its words stand within a few words of each other, the more the nearer,
//! as in BM25TP (Büttcher, Clarke and Lushman, *Term Proximity Scoring for Ad-Hoc Retrieval on
//! Very Large Text Collections*, 2006). Positions are read for the best hits only; which articles
//! are found does not change.

use dateline_corpus::schema::{DocumentKind, Fields};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, Searcher, SegmentReader, Term};

use super::expr::{Expr, Place, Word};
use super::place::TextFields;
use super::postings::UnionPostings;
use crate::rank::{self, PlaceWorth, TextWorth};

/// The words of a query whose closeness counts.
#[derive(Debug, Clone)]
pub(crate) struct Closeness {
    /// In the order of the query, two at least.
    words: Vec<Word>,
    places: Vec<Place>,
    /// Whether each of the words is scored by itself, wherever its closeness counts.
    scored_alone: bool,
    articles: Term,
    fields: TextFields,
}

impl Closeness {
    /// Of words that are looked for in some places, each of them by itself or not; `None` for
    /// fewer than two.
    pub(crate) fn new(
        words: Vec<Word>,
        alone: bool,
        places: &[Place],
        fields: &Fields,
    ) -> Option<Closeness> {
        (words.len() > 1).then(|| Closeness {
            words,
            // The closeness of words of the lead counts in all of the body.
            scored_alone: alone && !places.contains(&Place::Lead),
            places: places.to_vec(),
            articles: fields.kind_term(DocumentKind::Article),
            fields: TextFields::new(fields),
        })
    }

    /// The same with what the words are worth in an index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn weighed(&self, searcher: &Searcher) -> tantivy::Result<WeighedCloseness<'_>> {
        let worth = |word: &Word| {
            let expr = Expr::Word(word.clone());
            TextWorth::new(&expr, &self.fields, &self.articles, searcher)
        };
        let worths = self.words.iter().map(worth);
        let worths: Vec<TextWorth> = worths.collect::<tantivy::Result<_>>()?;
        let pairs = worths.windows(2);
        let rarities = pairs.map(|pair| pair[0].idf().min(pair[1].idf()));
        Ok(WeighedCloseness {
            closeness: self,
            rarities: rarities.collect(),
            worths,
        })
    }
}

/// What the closeness of words is worth in an index.
pub(crate) struct WeighedCloseness<'a> {
    closeness: &'a Closeness,
    /// Of each word.
    worths: Vec<TextWorth>,
    /// Of each word and the next one.
    rarities: Vec<Score>,
}

impl WeighedCloseness<'_> {
    /// What it adds at most to an article of a score. No occurrence of a word is closer to the next
    /// word than side by side, as which it counts no more than it does in the score of the word.
    pub(crate) fn at_most(&self, score: Score) -> Score {
        let always = rank::closeness_max(self.rarities.iter().sum());
        match self.closeness.scored_alone {
            true => always.min(rank::closeness(score)),
            false => always,
        }
    }

    /// What it adds to the scores of some articles of one segment, which are in ascending order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn scores(
        &self,
        reader: &SegmentReader,
        docs: &[DocId],
    ) -> tantivy::Result<Vec<Score>> {
        let places = self.closeness.places.iter();
        let worth = &self.worths[0];
        let places = places.map(|&place| InPlace::open(self.closeness, place, worth, reader));
        let mut places = places.collect::<tantivy::Result<Vec<_>>>()?;
        let scores = docs.iter().map(|&doc| {
            let mut sum = 0.0;
            for place in &mut places {
                place.read(doc);
            }
            for (pair, rarity) in self.rarities.iter().enumerate() {
                let close = places.iter().map(|place| place.weigh(doc, pair));
                sum += rarity * rank::saturated(close.sum());
            }
            rank::closeness(sum)
        });
        Ok(scores.collect())
    }
}

/// The words in one place of the articles of one segment.
struct InPlace {
    words: Vec<UnionPostings>,
    /// Whether the current article has each of them.
    has: Vec<bool>,
    /// Of each word in the current article.
    positions: Vec<Vec<u32>>,
    norms: FieldNormReader,
    worth: PlaceWorth,
}

impl InPlace {
    fn open(
        closeness: &Closeness,
        place: Place,
        worth: &TextWorth,
        reader: &SegmentReader,
    ) -> tantivy::Result<InPlace> {
        let field = closeness.fields.of(place);
        let words = closeness.words.iter().map(|word| {
            let terms = word.terms.iter().map(|term| (term.term.as_str(), 1.0));
            let option = IndexRecordOption::WithFreqsAndPositions;
            UnionPostings::open_in(reader, field, terms, option)
        });
        Ok(InPlace {
            words: words.collect::<tantivy::Result<_>>()?,
            has: Vec::new(),
            positions: vec![Vec::new(); closeness.words.len()],
            norms: reader.get_fieldnorms_reader(field)?,
            worth: worth.place(place),
        })
    }

    /// Reads the positions in an article of the words that have one beside them in the query which
    /// the article has, too. Must be asked in ascending order.
    fn read(&mut self, doc: DocId) {
        self.has.clear();
        let words = self.words.iter_mut();
        self.has.extend(words.map(|word| word.contains(doc)));
        let words = self.words.iter_mut().zip(&mut self.positions);
        for (number, (word, positions)) in words.enumerate() {
            let has = |number: Option<usize>| number.and_then(|number| self.has.get(number));
            let beside = [number.checked_sub(1), Some(number + 1)];
            match self.has[number] && beside.into_iter().filter_map(has).any(|has| *has) {
                true => word.positions(positions),
                false => positions.clear(),
            }
        }
    }

    /// What the closeness of a word and the next one weighs in the article that was read.
    fn weigh(&self, doc: DocId, pair: usize) -> Score {
        let close = close(&self.positions[pair], &self.positions[pair + 1]);
        if close == 0.0 {
            return 0.0;
        }
        self.worth.weigh(self.norms.fieldnorm_id(doc), close, 0)
    }
}

/// How close two words stand: for each occurrence of the first the nearest of the second.
fn close(firsts: &[u32], seconds: &[u32]) -> Score {
    let mut sum = 0.0;
    let mut next = 0;
    for &first in firsts {
        while next < seconds.len() && seconds[next] <= first {
            next += 1;
        }
        let after = seconds.get(next).map(|second| (second - first, true));
        let before = seconds[..next].iter().rev().find(|second| **second < first);
        let before = before.map(|second| (first - second, false));
        let nearest = [after, before].into_iter().flatten();
        let near = nearest.map(|(distance, in_order)| rank::near(distance, in_order));
        sum += near.fold(0.0, Score::max);
    }
    sum
}
