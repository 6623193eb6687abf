//! Answers searches on one index: opens it, and brings parsing, planning, ranking and counting
//! together. What each of them does is not known here.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use dateline_corpus::schema::{self, Fields};
use dateline_corpus::{Analyser, ArticleId, StoredArticle};
use dateline_entities::aliases::Aliases;
use tantivy::{IndexReader, ReloadPolicy};

use crate::collect::{Collect, Collected, Ranked, raise};
use crate::directory::FacetValues;
use crate::explain::explained;
use crate::facets::{Counted, counted_fields};
use crate::plan::{Plan, plan};
use crate::rank::CLOSENESS_DEPTH;
use crate::snapshot::Snapshot;
use crate::snippet::Marker;
use crate::{
    FacetCounts, FacetField, FacetRequest, Highlights, Hit, LIMIT_MAX, QueryError, Related,
    RelatedRequest, SearchRequest, SearchResponse, Sort, Stats, Timeline, TimelineRequest, hit,
    lookup, related, syntax, timeline,
};

/// An open index that answers searches. It sees the index as it was when it was opened, or when
/// [`Searcher::reload`] was called last.
pub struct Searcher {
    reader: IndexReader,
    fields: Fields,
    /// Replaced as a whole, so that a search under way keeps what it began with.
    snapshot: Mutex<Arc<Snapshot>>,
}

impl Searcher {
    /// Opens the index in a directory.
    ///
    /// # Errors
    /// When there is none that this version can read.
    pub fn open(dir: &Path) -> Result<Searcher, QueryError> {
        let (index, fields) = schema::open(dir)?;
        Searcher::new(&index, fields)
    }

    /// Searches an index that is open already, such as one in memory. It must have been made with
    /// [`dateline_corpus::schema::schema`] and its tokenizers.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn from_index(index: &tantivy::Index) -> Result<Searcher, QueryError> {
        let (_, fields) = schema::schema();
        Searcher::new(index, fields)
    }

    fn new(index: &tantivy::Index, fields: Fields) -> Result<Searcher, QueryError> {
        let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = builder.try_into()?;
        let aliases = Arc::default();
        let snapshot = Snapshot::new(reader.searcher(), fields, aliases)?;
        Ok(Searcher {
            reader,
            fields,
            snapshot: Mutex::new(Arc::new(snapshot)),
        })
    }

    /// Sees what was committed since the index was opened.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn reload(&self) -> Result<(), QueryError> {
        self.reader.reload()?;
        let aliases = Arc::clone(&self.snapshot().aliases);
        self.replace(aliases)
    }

    /// Applies corrections of people and other entities, instead of those that applied before.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn correct(&self, aliases: Aliases) -> Result<(), QueryError> {
        self.replace(Arc::new(aliases))
    }

    fn replace(&self, aliases: Arc<Aliases>) -> Result<(), QueryError> {
        let snapshot = Snapshot::new(self.reader.searcher(), self.fields, aliases)?;
        *self.lock() = Arc::new(snapshot);
        Ok(())
    }

    /// Answers a search.
    ///
    /// # Errors
    /// When the request cannot be met as it is, or the index cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, QueryError> {
        let begun = Instant::now();
        if request.limit > LIMIT_MAX {
            return Err(QueryError::Limit {
                limit: request.limit,
            });
        }
        let snapshot = self.snapshot();
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
            raise(hits, closeness, plan.recency, &snapshot.searcher)?;
        }
        let mut facets = Facets::default();
        facets.add(&plain, &collect, &collected, &plan);
        facets.add_sticky(&sticky, &snapshot, &plan)?;
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
            query: request.query.clone(),
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

    /// The ids of all articles that match, in ascending order; limit, offset, sort and facets of
    /// the request do not count.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn matching_ids(&self, request: &SearchRequest) -> Result<Vec<ArticleId>, QueryError> {
        let snapshot = self.snapshot();
        let plan = planned(request, &snapshot)?;
        lookup::ids(&snapshot, &*plan.query)
    }

    /// The article that goes by a text, which is the first of these that fits: the article's id
    /// (32 hexadecimal digits), the publisher's id, `outlet#id`, the URL of an article that has no
    /// publisher's id, or the first digits of the article's id (4 at least).
    ///
    /// A publisher's id without a scheme (`17`) is found by itself when the article's outlet is
    /// one of the index's sources, of which the first 10,000 are tried; otherwise (no outlet in
    /// the record, or one that was set by hand) only by the article's id.
    ///
    /// # Errors
    /// When no article, or more than one, goes by it.
    pub fn article(&self, id: &str) -> Result<StoredArticle, QueryError> {
        let snapshot = self.snapshot();
        hit::corrected(&snapshot, lookup::article(&snapshot, id)?)
    }

    /// What query and filters of a request match in the whole of an article, which is looked up
    /// as [`Searcher::article`] does.
    ///
    /// # Errors
    /// As [`Searcher::article`] and [`Searcher::search`].
    pub fn highlights(&self, id: &str, request: &SearchRequest) -> Result<Highlights, QueryError> {
        let snapshot = self.snapshot();
        let address = lookup::article(&snapshot, id)?;
        let plan = planned(request, &snapshot)?;
        let mut marker = Marker::new(plan.pattern);
        let stretches = hit::stretches(&snapshot, &mut marker, address)?;
        let matches = stretches.is_some();
        let [title, body] = stretches.unwrap_or_default();
        Ok(Highlights {
            matches,
            title,
            body,
            notes: plan.notes,
        })
    }

    /// What the index holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn stats(&self) -> Result<Stats, QueryError> {
        Stats::of(&self.snapshot())
    }

    /// What occurs together with a value more often than chance would have it.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn related(&self, request: &RelatedRequest) -> Result<Related, QueryError> {
        related::related(&self.snapshot(), request)
    }

    /// How the articles that a search finds spread over time, in all and by the values of a field.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn timeline(&self, request: &TimelineRequest) -> Result<Timeline, QueryError> {
        timeline::timeline(&self.snapshot(), request)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Arc<Snapshot>> {
        // The snapshot is replaced in one step; a panic cannot leave half of one.
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
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
