//! One search, from the request to what was found: plans it, has it ranked and counted in one
//! pass, and shows the page of hits that was asked for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use dateline_corpus::Analyser;

use crate::collect::{Collect, Collected, Ranked, raise};
use crate::directory::FacetValues;
use crate::explain::explained;
use crate::facets::{Counted, counted_fields};
use crate::plan::{Plan, plan};
use crate::rank::CLOSENESS_DEPTH;
use crate::snapshot::Snapshot;
use crate::snippet::Marker;
use crate::{
    FacetCounts, FacetField, FacetRequest, Hit, LIMIT_MAX, QueryError, SearchRequest,
    SearchResponse, Sort, hit, syntax,
};

/// What a search found, ranked and counted. No article was read for it; [`Ranking::show`] does
/// that.
pub struct Ranking {
    snapshot: Arc<Snapshot>,
    request: SearchRequest,
    begun: Instant,
    plan: Plan,
    collected: Collected,
    facets: Facets,
}

impl Ranking {
    pub(crate) fn new(
        snapshot: Arc<Snapshot>,
        request: &SearchRequest,
    ) -> Result<Ranking, QueryError> {
        let begun = Instant::now();
        if request.limit > LIMIT_MAX {
            return Err(QueryError::Limit {
                limit: request.limit,
            });
        }
        let plan = planned(request, &snapshot)?;
        let asked = merged(&request.facets);
        // What is not sticky is counted in the pass that finds the hits.
        let (sticky, plain): (Vec<_>, Vec<_>) = asked
            .iter()
            .partition(|facet| plan.sticky.contains_key(&facet.field));
        let wanted = match request.limit {
            0 => 0,
            limit => request.offset.saturating_add(limit),
        };
        let closeness = plan.closeness.as_ref();
        let closeness = closeness.filter(|_| request.sort == Sort::Relevance && wanted > 0);
        let depth = closeness.map_or(0, |_| CLOSENESS_DEPTH);
        let collect = Collect {
            sort: request.sort,
            recency: plan.recency,
            wanted: wanted.max(depth),
            facets: counted_values(&plain, &snapshot)?,
            by_day: request.histogram.is_some(),
            ..Collect::total(&snapshot)
        };
        let mut collected = snapshot.searcher.search(&*plan.query, &collect)?;
        if let Some(closeness) = closeness {
            let hits = &mut collected.hits;
            raise(hits, wanted, closeness, plan.recency, &snapshot.searcher)?;
        }
        let mut facets = Facets::default();
        facets.add(&plain, &collect, &collected, &plan);
        facets.add_sticky(&sticky, &snapshot, &plan)?;
        drop(collect);
        Ok(Ranking {
            snapshot,
            request: request.clone(),
            begun,
            plan,
            collected,
            facets,
        })
    }

    /// Articles that match.
    pub fn total(&self) -> u64 {
        self.collected.total
    }

    /// The counts that were asked for, as [`SearchResponse::facets`] has them.
    pub fn facets(&self) -> &BTreeMap<FacetField, FacetCounts> {
        &self.facets.counts
    }

    /// Reads the page of hits that was asked for, and marks what made them match.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn show(self) -> Result<SearchResponse, QueryError> {
        let Ranking {
            snapshot,
            request,
            begun,
            plan,
            collected,
            facets,
        } = self;
        let page = collected.hits.iter().skip(request.offset);
        let page: Vec<&Ranked> = page.take(request.limit).collect();
        let explanations = page
            .iter()
            .map(|hit| match (request.explain, request.sort) {
                (true, Sort::Relevance) => explained(&plan, &snapshot.searcher, hit).map(Some),
                _ => Ok(None),
            });
        let explanations = explanations.collect::<tantivy::Result<Vec<_>>>()?;
        let (mut analyser, mut marker) = (Analyser::new(), Marker::new(plan.pattern));
        let hits = page.iter().zip(explanations).map(|(found, explanation)| {
            let found = (found.address, found.score);
            let hit = hit::hit(&snapshot, &mut analyser, &mut marker, found)?;
            Ok(Hit { explanation, ..hit })
        });
        let hits = hits.collect::<Result<Vec<_>, QueryError>>()?;
        Ok(SearchResponse {
            query: request.query,
            total: collected.total,
            hits,
            facets: facets.counts,
            facet_values: facets.distinct,
            histogram: request
                .histogram
                .map(|interval| collected.days.histogram(interval)),
            diagnostics: plan.diagnostics,
            notes: plan.notes,
            // Whole microseconds, so that no digits are printed that mean nothing.
            took_ms: begun.elapsed().as_micros() as f64 / 1000.0,
        })
    }
}

/// Parses and plans a request.
pub(crate) fn planned(request: &SearchRequest, snapshot: &Snapshot) -> Result<Plan, QueryError> {
    let parsed = syntax::parse(&request.query);
    plan(request, &parsed, snapshot)
}

/// The facets of a response.
#[derive(Default)]
struct Facets {
    counts: BTreeMap<FacetField, FacetCounts>,
    distinct: BTreeMap<FacetField, u64>,
}

impl Facets {
    /// Counts the facets that are counted as if some of their own values were not selected.
    fn add_sticky(
        &mut self,
        asked: &[&FacetRequest],
        snapshot: &Snapshot,
        plan: &Plan,
    ) -> Result<(), QueryError> {
        for facet in asked {
            let query = &plan.sticky[&facet.field];
            let collect = Collect {
                facets: counted_values(&[facet], snapshot)?,
                ..Collect::total(snapshot)
            };
            let collected = snapshot.searcher.search(&**query, &collect)?;
            self.add(&[facet], &collect, &collected, plan);
        }
        Ok(())
    }

    /// Adds the facets that were counted in one pass, in the order of `asked`.
    fn add(
        &mut self,
        asked: &[&FacetRequest],
        collect: &Collect<'_>,
        collected: &Collected,
        plan: &Plan,
    ) {
        let counted = collect.facets.iter().zip(&collected.counts);
        let mut counted = counted.map(|(values, sums)| Counted { values, sums });
        for request in asked {
            let fields = counted_fields(request.field).len();
            let of_field: Vec<Counted<'_>> = counted.by_ref().take(fields).collect();
            let [facet, rest @ ..] = of_field.as_slice() else {
                continue;
            };
            let (counts, distinct) = facet.page(request, &plan.selected, rest.first());
            self.counts.insert(request.field, counts);
            self.distinct.insert(request.field, distinct);
        }
    }
}

/// The facets that are asked for, each field once.
fn merged(asked: &[FacetRequest]) -> Vec<FacetRequest> {
    let mut merged: Vec<FacetRequest> = Vec::new();
    for facet in asked {
        let known = merged.iter_mut().find(|known| known.field == facet.field);
        if let Some(known) = known {
            // `None` is no limit.
            let limits = known.limit.zip(facet.limit);
            known.clone_from(facet);
            known.limit = limits.map(|(a, b)| a.max(b));
        } else {
            merged.push(facet.clone());
        }
    }
    merged
}

/// The values to count for some facets.
fn counted_values(
    facets: &[&FacetRequest],
    snapshot: &Snapshot,
) -> Result<Vec<Arc<FacetValues>>, QueryError> {
    let fields = facets.iter();
    let fields = fields.flat_map(|facet| counted_fields(facet.field));
    fields.map(|field| snapshot.values(field)).collect()
}
