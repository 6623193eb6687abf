//! How much a match is worth: all weights of the ranking, and nothing else that ranks.
//!
//! An article's score is the sum over the words and phrases of the query. Each is scored by BM25
//! (k1 = 1.2, b = 0.75) in title and body apart, times the weight of the part, and raised where
//! the match is exact or names an entity of the article. Filters never score.

use dateline_corpus::Part;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::Field;
use tantivy::{Score, Term};

/// A word of the headline says what the article is about; a word of the body may be an aside.
const TITLE_WEIGHT: Score = 2.0;
/// The measure of the other weights.
const BODY_WEIGHT: Score = 1.0;
/// Raises a quoted word or phrase that stands there in exactly the quoted form, by the share of
/// exact ones among its occurrences. Small: the inflected form is nearly as good a match.
const EXACT_BONUS: Score = 0.25;
/// Raises a word that is a name of a person, country or organisation which the article was found
/// to name: `petro` the man over `petro` the prefix. Less than what a headline is worth.
const ENTITY_BONUS: Score = 0.3;
/// Scores that differ by less are equal, so that the order of summation, which differs between
/// segments, does not decide between an article and its copy.
const SCORE_STEP: Score = 1.0 / 4096.0;

/// How much a match in this part of an article counts.
pub(crate) fn part_weight(part: Part) -> Score {
    match part {
        Part::Title => TITLE_WEIGHT,
        Part::Body => BODY_WEIGHT,
    }
}

/// The factor for a match that occurs `count` times, `exact` of them in exactly the quoted form.
pub(crate) fn exact_factor(exact: u32, count: u32) -> Score {
    1.0 + EXACT_BONUS * exact as Score / count.max(1) as Score
}

/// The factor for a match in an article that names an entity of that name.
pub(crate) fn entity_factor() -> Score {
    1.0 + ENTITY_BONUS
}

/// What scores are compared by.
pub(crate) fn score_key(score: Score) -> i64 {
    (score / SCORE_STEP).round() as i64
}

/// The BM25 weights of a word in each of the fields, of all terms that stand for it together.
///
/// The word is as rare as it is in the field where it is least rare: a word that headlines happen
/// to avoid is not worth more for it. Document frequencies of the terms are added up, which
/// counts an article with several forms of the word more than once; it cannot exceed the number
/// of articles. `articles` is the term that finds all articles.
pub(crate) fn bm25(
    statistics: &dyn Bm25StatisticsProvider,
    articles: &Term,
    fields: &[Field],
    terms: &[String],
) -> tantivy::Result<Vec<Bm25Weight>> {
    let article_count = statistics.doc_freq(articles)?.max(1);
    let mut frequency = 0;
    for &field in fields {
        let mut sum = 0;
        for term in terms {
            sum += statistics.doc_freq(&Term::from_field_text(field, term))?;
        }
        frequency = frequency.max(sum.min(article_count));
    }
    let weight = |&field: &Field| {
        let tokens = statistics.total_num_tokens(field)?.max(1);
        let average = tokens as Score / article_count as Score;
        Ok(Bm25Weight::for_one_term_without_explain(
            frequency,
            article_count,
            average,
        ))
    };
    fields.iter().map(weight).collect()
}
