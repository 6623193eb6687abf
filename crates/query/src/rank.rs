//! How much a match is worth: all weights of the ranking, and nothing else that ranks.
//!
//! An article's score is the sum over the words and phrases of the query. Each is scored by BM25F
//! (Robertson, Zaragoza and Taylor, *Simple BM25 Extension to Multiple Weighted Fields*, 2004):
//! its occurrences in title, lead and body are weighed, set against the length of the part, added
//! up, and only then saturated, so that a word that stands in both headline and body does not
//! count as two words. Filters never score.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Score, Term};

use crate::matching::TextFields;
use crate::matching::expr::{Class, Expr, Place};

/// What a further occurrence adds: the usual value; the score of one word cannot exceed
/// `1 + SATURATION` times its rarity.
const SATURATION: Score = 1.2;
/// How much an occurrence in a long body counts for less: the usual value.
const LENGTH_SHARE: Score = 0.75;
/// Headlines are all of about the same length, and short ones are no better.
const TITLE_LENGTH_SHARE: Score = 0.3;
/// A word of the headline says what the article is about; a word of the body may be an aside.
const TITLE_WEIGHT: Score = 3.0;
/// News tells what matters first: an article is about what its lead names, and headlines are looked
/// for best there (measured by `examples/known_item.rs`). Added to what the word counts for as part
/// of the body; with it a word of the lead is worth somewhat more than one of the headline.
const LEAD_WEIGHT: Score = 3.0;
/// The measure of the other weights.
const BODY_WEIGHT: Score = 1.0;
/// Added, in units of rarity, where words in quotes stand in exactly that form: as much as any number
/// of occurrences in other forms, because whoever quotes wants to see that form first.
const EXACT_BONUS: Score = 1.0 + SATURATION;
/// A word that a wildcard or a fuzzy word happens to find is less sure to be meant.
const EXPANSION_WEIGHT: Score = 0.8;
/// Raises a word that is a name of a person, country or organisation which the article was found
/// to name: `petro` the man over `petro` the prefix. Less than what a headline is worth.
const ENTITY_BONUS: Score = 0.3;
/// Added to that where the article is about the entity: that the name is all over the text counts
/// already.
const ABOUT_BONUS: Score = 0.3;
/// What it is worth that an article is about a person or country that a filter names, and does not
/// just mention it: as much as a word that half of the articles have, twice.
pub(crate) const ABOUT_WORTH: Score = 1.0;
/// What two words of a plain query that stand close together are worth, beside what they are worth
/// by themselves. Less than a word: an article about the matter is better than one that has the
/// phrase in passing.
const CLOSENESS_WEIGHT: Score = 0.6;
/// Words further apart than this have nothing to do with each other: less than a sentence of news.
const NEAR_DISTANCE_MAX: u32 = 16;
/// `war trade` is not quite `trade war`.
const REVERSED_WEIGHT: Score = 0.5;
/// What is less rare, more than every fourth article has (ln 4): it says little about any of them.
pub(crate) const COMMON_RARITY: Score = 1.386;
/// The best hits of which the closeness of words is looked at, whatever page is asked for, so that
/// all pages belong to one order. Further down nobody reads, and reading positions costs most.
pub(crate) const CLOSENESS_DEPTH: usize = 256;
/// Scores that differ by less are equal, so that the order of summation, which differs between
/// segments, does not decide between an article and its copy.
pub(crate) const SCORE_STEP: Score = 1.0 / 4096.0;

/// What a match is worth in addition, as a share of itself, in an article that names an entity of
/// that name, and is about it.
pub(crate) fn entity_bonus(is_about: bool) -> Score {
    match is_about {
        true => ENTITY_BONUS + ABOUT_BONUS,
        false => ENTITY_BONUS,
    }
}

/// How much articles lose with age.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recency {
    /// The first second of the day that age is counted back from.
    pub(crate) today: i64,
    /// After this many days a score is worth half.
    pub(crate) half_life_days: i64,
}

impl Recency {
    /// The days since a second, as articles have it that says when they were published; articles
    /// of the same day are of the same age.
    pub(crate) fn age_days(self, published: i64) -> i64 {
        const DAY_SECONDS: i64 = 86_400;
        let day = |seconds: i64| seconds.div_euclid(DAY_SECONDS);
        day(self.today).saturating_sub(day(published)).max(0)
    }

    /// The share of its score that an article keeps; nothing of one without a date.
    pub(crate) fn share(self, published: Option<i64>) -> Score {
        let Some(published) = published else {
            return 0.0;
        };
        let half_lives = self.age_days(published) as f64 / self.half_life_days as f64;
        (-half_lives).exp2() as Score
    }
}

/// What two words are worth that stand at a distance, 1 for side by side: falls off with its root,
/// because words of one sentence belong together, too.
pub(crate) fn near(distance: u32, in_order: bool) -> Score {
    if distance > NEAR_DISTANCE_MAX {
        return 0.0;
    }
    let order = if in_order { 1.0 } else { REVERSED_WEIGHT };
    order / (distance as Score).sqrt()
}

/// What pairs of words are worth, each of which is worth its rarity if it stands side by side.
pub(crate) fn closeness(pairs: Score) -> Score {
    CLOSENESS_WEIGHT * pairs
}

/// More than pairs of words are ever worth whose rarities have this sum.
pub(crate) fn closeness_max(rarities: Score) -> Score {
    closeness((1.0 + SATURATION) * rarities)
}

/// What scores are compared by.
pub(crate) fn score_key(score: Score) -> i64 {
    (score / SCORE_STEP).round() as i64
}

/// What an occurrence of a term counts for.
pub(crate) fn class_weight(class: Class) -> Score {
    match class {
        Class::Exact | Class::Stem => 1.0,
        Class::Expansion => EXPANSION_WEIGHT,
    }
}

/// What it adds to the worth of occurrences that one of them stands in exactly the preferred form.
pub(crate) fn exact_bonus(is_exact: bool) -> Score {
    match is_exact {
        true => EXACT_BONUS,
        false => 0.0,
    }
}

/// What weighed occurrences are worth together, in units of rarity: 1 for a single one in a body
/// of average length.
pub(crate) fn saturated(occurrences: Score) -> Score {
    (1.0 + SATURATION) * occurrences / (SATURATION + occurrences)
}

/// What the occurrences of an expression are worth in an index.
#[derive(Debug, Clone)]
pub(crate) struct TextWorth {
    idf: Score,
    title: PlaceWorth,
    body: PlaceWorth,
}

/// What an occurrence weighs in a part of an article.
#[derive(Debug, Clone)]
pub(crate) struct PlaceWorth {
    /// By the length of the part, as tantivy encodes it.
    by_length: Arc<[Score; 256]>,
}

impl TextWorth {
    /// Of an expression; `articles` is the term that finds all articles.
    pub(crate) fn new(
        expr: &Expr,
        fields: &TextFields,
        articles: &Term,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<TextWorth> {
        let articles = statistics.doc_freq(articles)?.max(1);
        let place = |field, weight, share| {
            let tokens = statistics.total_num_tokens(field)?.max(1);
            let average = tokens as Score / articles as Score;
            tantivy::Result::Ok(PlaceWorth::new(weight, share, average))
        };
        let fields = [fields.title, fields.body];
        Ok(TextWorth {
            idf: rarity(expr, &fields, articles, statistics)?.idf,
            title: place(fields[0], TITLE_WEIGHT, TITLE_LENGTH_SHARE)?,
            body: place(fields[1], BODY_WEIGHT, LENGTH_SHARE)?,
        })
    }

    /// How rare the expression is: the inverse document frequency of BM25.
    pub(crate) fn idf(&self) -> Score {
        self.idf
    }

    /// What its occurrences weigh in a place.
    pub(crate) fn place(&self, place: Place) -> PlaceWorth {
        match place {
            Place::Title => self.title.clone(),
            Place::Lead | Place::Body => self.body.clone(),
        }
    }
}

impl PlaceWorth {
    fn new(weight: Score, length_share: Score, average_length: Score) -> PlaceWorth {
        let by_length = std::array::from_fn(|norm| {
            let length = FieldNormReader::id_to_fieldnorm(norm as u8) as Score;
            weight / (1.0 - length_share + length_share * length / average_length)
        });
        PlaceWorth {
            by_length: Arc::new(by_length),
        }
    }

    /// What occurrences weigh: `count`, weighed by their classes, of which `in_lead` stand in the lead
    /// of the body. `norm` is the length of the part, as tantivy encodes it.
    pub(crate) fn weigh(&self, norm: u8, count: Score, in_lead: u32) -> Score {
        let count = count + LEAD_WEIGHT * in_lead as Score;
        count * self.by_length[usize::from(norm)]
    }
}

struct Rarity {
    /// Articles that have the expression, about.
    frequency: u64,
    idf: Score,
}

/// How rare an expression is. A word is as rare as all its terms together, in the field where
/// they are least rare: a word that headlines happen to avoid is not worth more for it. A group is
/// as rare as its alternatives together; a phrase is worth what its words would be if they stood
/// nowhere else.
fn rarity(
    expr: &Expr,
    fields: &[Field],
    articles: u64,
    statistics: &dyn Bm25StatisticsProvider,
) -> tantivy::Result<Rarity> {
    let all = |parts: Vec<Rarity>| Rarity {
        frequency: parts.iter().map(|part| part.frequency).min().unwrap_or(0),
        idf: parts.iter().map(|part| part.idf).sum(),
    };
    let word = |word: &crate::matching::expr::Word| {
        let mut frequency = 0;
        for &field in fields {
            let mut sum = 0;
            for term in &word.terms {
                sum += statistics.doc_freq(&Term::from_field_text(field, &term.term))?;
            }
            frequency = frequency.max(sum);
        }
        tantivy::Result::Ok(any(frequency, articles))
    };
    let part = |expr| rarity(expr, fields, articles, statistics);
    Ok(match expr {
        Expr::Word(alternatives) => word(alternatives)?,
        Expr::Any(alternatives) => {
            let parts: Vec<Rarity> = alternatives.iter().map(part).collect::<Result<_, _>>()?;
            any(parts.iter().map(|part| part.frequency).sum(), articles)
        }
        Expr::Phrase(phrase) => {
            let words = phrase.words.iter().map(|part| word(&part.word));
            all(words.collect::<Result<_, _>>()?)
        }
        Expr::Near(near) => {
            let operands = near.operands.iter().map(part);
            all(operands.collect::<Result<_, _>>()?)
        }
    })
}

/// What is in this many of the articles. Adding up terms counts some articles twice.
fn any(frequency: u64, articles: u64) -> Rarity {
    let frequency = frequency.min(articles);
    let share = (articles - frequency) as Score + 0.5;
    Rarity {
        frequency,
        idf: (1.0 + share / (frequency as Score + 0.5)).ln(),
    }
}
