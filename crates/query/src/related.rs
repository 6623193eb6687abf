//! What occurs together with a value more often than chance would have it.
//!
//! The measure is Dunning's log-likelihood ratio (Accurate Methods for the Statistics of Surprise
//! and Coincidence, 1993), which trusts frequent coincidences more than rare ones; normalised
//! pointwise mutual information (Bouma 2009), which does not, is shown beside it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tantivy::query::BooleanQuery;

use crate::collect::{Collect, Sums};
use crate::directory::Entry;
use crate::ranking::planned;
use crate::snapshot::Snapshot;
use crate::{FacetField, Mode, QueryError, SearchRequest};

/// A question for what is related to a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelatedRequest {
    /// The field that the value is of.
    pub field: FacetField,
    /// The value, as people write it; see [`crate::Selection`].
    pub value: String,
    /// The articles among which it is looked at; its hits and facets do not count.
    #[serde(default)]
    pub among: SearchRequest,
    /// The fields whose values are wanted.
    pub fields: Vec<FacetField>,
    /// Values to return at most of each field, the most strongly related first.
    pub limit: usize,
}

/// What is related to a value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Related {
    /// The values that the request's value was understood as; several when several people carry
    /// the name, which then count as one.
    pub values: Vec<String>,
    /// Articles among which it was looked at.
    pub total: u64,
    /// Articles of these that have the value.
    pub count: u64,
    /// What is related to it, by field.
    pub related: BTreeMap<FacetField, Vec<RelatedValue>>,
    /// What was understood otherwise than it was written: for people to read.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// A value that occurs together with another one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelatedValue {
    /// What to filter by.
    pub value: String,
    /// What to show.
    pub label: String,
    /// Articles that have both.
    pub together: u64,
    /// Articles that have this value.
    pub count: u64,
    /// Articles that would have both if they had nothing to do with each other.
    pub expected: f64,
    /// Log-likelihood ratio: above 3.84 chance alone does as much in one of twenty cases, above
    /// 10.83 in one of a thousand.
    pub log_likelihood: f64,
    /// Normalised pointwise mutual information: 0 where chance rules, 1 where neither occurs
    /// without the other.
    pub npmi: f64,
}

/// Answers the question.
pub(crate) fn related(
    snapshot: &Snapshot,
    request: &RelatedRequest,
) -> Result<Related, QueryError> {
    let among = planned(&request.among, snapshot)?;
    let value = SearchRequest::default().with(request.field, Mode::All, &request.value);
    let mut value = planned(&value, snapshot)?;
    let both = BooleanQuery::intersection(vec![among.query.box_clone(), value.query]);
    let own: Vec<u32> = value
        .selected
        .drain(..)
        .flat_map(|one| one.entries)
        .collect();
    let own_values = snapshot.values(request.field)?;
    let fields = request.fields.iter();
    let values = fields.map(|&field| snapshot.values(field));
    let collect = Collect {
        facets: values.collect::<Result<_, _>>()?,
        ..Collect::total(snapshot)
    };
    let together = snapshot.searcher.search(&both, &collect)?;
    let all = snapshot.searcher.search(&*among.query, &collect)?;
    let totals = Totals {
        value: together.total,
        all: all.total,
    };
    let mut related = BTreeMap::new();
    let counts = together.counts.iter().zip(&all.counts);
    let counted = collect.facets.iter().zip(counts);
    for (&field, (values, (together, all))) in request.fields.iter().zip(counted) {
        let own = match values.shares_entries(&own_values) {
            true => own.as_slice(),
            false => &[],
        };
        let mut found = found(together, all, totals);
        found.retain(|(entry, _)| !own.contains(entry) && !values.entry(*entry).hidden);
        let strongest = strongest(found, request.limit).into_iter();
        let strongest = strongest.map(|(entry, pair)| pair.named(values.entry(entry)));
        related.insert(field, strongest.collect());
    }
    value.notes.extend(among.notes);
    Ok(Related {
        values: own
            .iter()
            .map(|&entry| own_values.entry(entry).value.clone())
            .collect(),
        total: totals.all,
        count: totals.value,
        related,
        notes: value.notes,
    })
}

/// Articles that have the value, and all articles.
#[derive(Clone, Copy, Default)]
struct Totals {
    value: u64,
    all: u64,
}

/// How often another value occurs, with the value and in all.
#[derive(Clone, Copy)]
struct Pair {
    together: u64,
    count: u64,
    totals: Totals,
}

impl Pair {
    fn expected(self) -> f64 {
        self.totals.value as f64 * self.count as f64 / self.totals.all as f64
    }

    /// Twice the sum of each cell of the table of two by two, times the logarithm of what it is
    /// to what it would be by chance.
    fn log_likelihood(self) -> f64 {
        let (both, all) = (self.together as f64, self.totals.all as f64);
        let (value, other) = (self.totals.value as f64, self.count as f64);
        let cell = |found: f64, row: f64, column: f64| match found > 0.0 {
            true => found * (found * all / (row * column)).ln(),
            false => 0.0,
        };
        let sum = cell(both, value, other)
            + cell(value - both, value, all - other)
            + cell(other - both, all - value, other)
            + cell(all - value - other + both, all - value, all - other);
        2.0 * sum
    }

    fn npmi(self) -> f64 {
        let both = self.together as f64;
        (both / self.expected()).ln() / (self.totals.all as f64 / both).ln()
    }

    fn named(self, entry: &Entry) -> RelatedValue {
        RelatedValue {
            value: entry.value.clone(),
            label: entry.label.clone(),
            together: self.together,
            count: self.count,
            expected: self.expected(),
            log_likelihood: self.log_likelihood(),
            npmi: self.npmi(),
        }
    }
}

/// The entries that occur with the value more often than by chance.
fn found(together: &Sums, all: &Sums, totals: Totals) -> Vec<(u32, Pair)> {
    let mut found = Vec::new();
    together.each(|entry, count| {
        let pair = Pair {
            together: count.into(),
            count: all.of(entry).into(),
            totals,
        };
        if pair.together as f64 > pair.expected() {
            found.push((entry, pair));
        }
    });
    found
}

/// The pairs that chance explains worst, the worst first; ties in the order of values.
fn strongest(found: Vec<(u32, Pair)>, limit: usize) -> Vec<(u32, Pair)> {
    let found = found.into_iter();
    let mut ranked: Vec<(f64, u32, Pair)> = found
        .map(|(entry, pair)| (pair.log_likelihood(), entry, pair))
        .collect();
    let order = |a: &(f64, u32, Pair), b: &(f64, u32, Pair)| {
        b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1))
    };
    if limit < ranked.len() {
        ranked.select_nth_unstable_by(limit, order);
        ranked.truncate(limit);
    }
    ranked.sort_unstable_by(order);
    let ranked = ranked.into_iter();
    ranked.map(|(_, entry, pair)| (entry, pair)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_their_papers() {
        // The pair `the swiss` of Dunning's table: 110 together, 2,442 and 111 elsewhere, 29,114
        // neither; his figure is 270.72.
        let pair = Pair {
            together: 110,
            count: 221,
            totals: Totals {
                value: 2_552,
                all: 31_777,
            },
        };
        assert!(
            (pair.log_likelihood() - 270.72).abs() < 0.01,
            "{}",
            pair.log_likelihood()
        );
        let always = Pair {
            together: 5,
            count: 5,
            totals: Totals { value: 5, all: 100 },
        };
        assert!((always.npmi() - 1.0).abs() < 1e-12);
        assert!((always.expected() - 0.25).abs() < 1e-12);
    }
}
