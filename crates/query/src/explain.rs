//! Tells what makes the score of a hit: the same parts that ranked it, one by one.

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Score, Searcher};

use crate::Addend;
use crate::collect::Ranked;
use crate::plan::Plan;
use crate::rank::{ABOUT_WORTH, Recency};
use crate::snippet::Pattern;

/// The parts of the score of a hit that a plan found.
///
/// # Errors
/// When the index cannot be read.
pub(crate) fn explained(
    plan: &Plan,
    searcher: &Searcher,
    hit: &Ranked,
) -> tantivy::Result<Vec<Addend>> {
    let article = Article {
        searcher,
        address: hit.address,
    };
    let mut addends = Vec::new();
    article.add_words(&plan.pattern, &mut addends)?;
    if let Some(closeness) = plan.closeness.as_ref().filter(|_| hit.raised) {
        let reader = searcher.segment_reader(hit.address.segment_ord);
        let closeness = closeness.weighed(searcher)?;
        let scores = closeness.scores(reader, &[hit.address.doc_id])?;
        addends.extend(scores.into_iter().map(|value| Addend {
            what: "words of the query stand close together".to_owned(),
            value,
        }));
    }
    for about in &plan.abouts {
        if article.is_found_by(about.query.as_ref())? {
            addends.push(Addend {
                what: format!("the article is about {}", about.label),
                value: ABOUT_WORTH,
            });
        }
    }
    if let Some(recency) = plan.recency {
        let sum = addends.iter().map(|addend| addend.value).sum();
        addends.push(lost_with_age(recency, hit.published(), sum));
    }
    addends.retain(|addend| addend.value != 0.0);
    Ok(addends)
}

fn lost_with_age(recency: Recency, published: Option<i64>, sum: Score) -> Addend {
    let share = recency.share(published);
    let half_life = recency.half_life_days;
    let what = match published {
        Some(published) => {
            let age = recency.age_days(published);
            format!("{age} days old; worth half after {half_life} days")
        }
        None => "without a date, which counts as old".to_owned(),
    };
    Addend {
        what,
        value: sum * share - sum,
    }
}

struct Article<'a> {
    searcher: &'a Searcher,
    address: DocAddress,
}

impl Article<'_> {
    /// Adds what words and phrases are worth, and tells whether the article has them. Follows the
    /// query: of alternatives all count that the article has, of a conjunction nothing unless it
    /// has all.
    fn add_words(&self, pattern: &Pattern, addends: &mut Vec<Addend>) -> tantivy::Result<bool> {
        let before = addends.len();
        let found = match pattern {
            Pattern::Text(query) => {
                let found = query.addends(self.searcher, self.address)?;
                let is_found = found.is_some();
                addends.extend(found.into_iter().flatten());
                is_found
            }
            Pattern::All(patterns) => {
                let mut found = true;
                for pattern in patterns {
                    found = found && self.add_words(pattern, addends)?;
                }
                found
            }
            Pattern::Any(patterns) => {
                let mut found = false;
                for pattern in patterns {
                    found |= self.add_words(pattern, addends)?;
                }
                found
            }
            Pattern::Not(pattern) => !self.add_words(pattern, &mut Vec::new())?,
            Pattern::Filter(query) => self.is_found_by(query.as_ref())?,
            // What they mark is found by a filter beside them.
            Pattern::Mentions { .. } => true,
        };
        if !found {
            addends.truncate(before);
        }
        Ok(found)
    }

    fn is_found_by(&self, query: &dyn Query) -> tantivy::Result<bool> {
        let reader = self.searcher.segment_reader(self.address.segment_ord);
        let scoring = EnableScoring::disabled_from_searcher(self.searcher);
        let mut scorer = query.weight(scoring)?.scorer(reader, 1.0)?;
        let doc = self.address.doc_id;
        Ok(scorer.doc() <= doc && scorer.seek(doc) == doc)
    }
}
