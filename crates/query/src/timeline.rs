//! How the articles that a search finds spread over time, in all and by the values of a field.

use serde::{Deserialize, Serialize};
use tantivy::query::BooleanQuery;

use crate::collect::Collect;
use crate::facets::{Counted, how_selected, in_field};
use crate::ranking::planned;
use crate::snapshot::Snapshot;
use crate::{FacetRequest, Histogram, Interval, Mode, QueryError, SearchRequest};

/// A question for articles over time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TimelineRequest {
    /// Which articles; hits, facets and histogram of the search do not count.
    pub among: SearchRequest,
    /// The periods.
    pub interval: Interval,
    /// The values that have a line each, if any.
    pub by: Option<FacetRequest>,
}

/// Articles over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// Articles that were found.
    pub total: u64,
    /// All of them.
    pub histogram: Histogram,
    /// Those that have a value, for each value that is asked for or selected, in the order that
    /// was asked for. An article with several values is in each of them.
    pub series: Vec<Series>,
    /// What was understood otherwise than it was written: for people to read.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// The articles of one value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// What to filter by.
    pub value: String,
    /// What to show.
    pub label: String,
    /// Articles that have it.
    pub count: u64,
    /// How the search selects it, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<Mode>,
    /// The same periods as those of all articles.
    pub histogram: Histogram,
}

/// Answers the question.
pub(crate) fn timeline(
    snapshot: &Snapshot,
    request: &TimelineRequest,
) -> Result<Timeline, QueryError> {
    let plan = planned(&request.among, snapshot)?;
    let by_day = Collect {
        by_day: true,
        ..Collect::total(snapshot)
    };
    let mut collect = by_day.clone();
    if let Some(by) = &request.by {
        collect.facets.push(snapshot.values(by.field)?);
    }
    let all = snapshot.searcher.search(&*plan.query, &collect)?;
    let mut series = Vec::new();
    for (by, (values, sums)) in request
        .by
        .iter()
        .zip(collect.facets.iter().zip(&all.counts))
    {
        let selected = in_field(&plan.selected, by.field);
        let counted = Counted { values, sums };
        for (entry, count) in counted.entries(by, &selected).0 {
            let finds = snapshot.finds(by.field, values, &[entry]);
            let query =
                BooleanQuery::intersection(vec![plan.query.box_clone(), finds.into_query()]);
            let found = snapshot.searcher.search(&query, &by_day)?;
            let names = values.entry(entry);
            series.push(Series {
                value: names.value.clone(),
                label: names.label.clone(),
                count: count.into(),
                selected: how_selected(entry, &selected),
                histogram: found.days.histogram_over(request.interval, &all.days),
            });
        }
    }
    Ok(Timeline {
        total: all.total,
        histogram: all.days.histogram(request.interval),
        series,
        notes: plan.notes,
    })
}
