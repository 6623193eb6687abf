//! What a search found, as a plain value.

use std::collections::BTreeMap;
use std::ops::Range;

use dateline_corpus::{ArticleId, Language, Precision};
use serde::Serialize;

use crate::syntax::Diagnostic;
use crate::{FacetField, Interval, Mode};

/// The answer to a [`crate::SearchRequest`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchResponse {
    /// The query as typed.
    pub query: String,
    /// Articles that match.
    pub total: u64,
    /// Time the search took, in milliseconds.
    pub took_ms: f64,
    /// The page of hits that was asked for.
    pub hits: Vec<Hit>,
    /// Counts over all matching articles, by field. A field with a selection of which one value
    /// suffices is counted as if that selection were not there.
    pub facets: BTreeMap<FacetField, FacetCounts>,
    /// Of each facet the number of values that it has among those articles and that match the
    /// request's text, of which [`SearchResponse::facets`] has a page.
    pub facet_values: BTreeMap<FacetField, u64>,
    /// Articles by period, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub histogram: Option<Histogram>,
    /// What is wrong with the query, in order of appearance; spans are in Unicode scalar values of the
    /// query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// What the search understood otherwise than it was written, or could not resolve at all, in
    /// the query, the filters or the dates: for people to read. Whoever is strict takes none. Not
    /// part of the JSON of a search.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// An article that matches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its id.
    pub id: ArticleId,
    /// Its headline.
    pub title: String,
    /// Matched stretches of the headline, in Unicode scalar values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title_highlights: Vec<[usize; 2]>,
    /// Whether the headline was taken from the body.
    pub title_derived: bool,
    /// When it was published: `2026-02-03T11:20:00Z`, `2026-02-03`, `2026-02` or `2026`, as
    /// precisely as is known; `None` when nothing is.
    pub published: Option<String>,
    /// How precisely that is known.
    pub published_precision: Option<Precision>,
    /// The outlet.
    pub source: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// The language it was analysed in.
    pub language: Language,
    /// The file it was read from.
    pub path: String,
    /// The path inside the archive that this file is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// How well it matches; 0 when hits are ordered by date.
    pub score: f32,
    /// The passage that shows the match best: from the body, or the headline where only that
    /// matches.
    pub snippet: Snippet,
    /// A second passage, where words of the query stand that the first one does not have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_snippet: Option<Snippet>,
    /// People it names, in order of prominence.
    pub persons: Vec<String>,
    /// Countries it names, by code.
    pub countries: Vec<String>,
    /// What makes the score, if that was asked for and hits are ordered by it; the values add up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<Addend>>,
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Addend {
    /// Where it comes from, in words.
    pub what: String,
    /// What it adds; negative where it takes off.
    pub value: f32,
}

/// A passage with the matched words marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The passage.
    pub text: String,
    /// Start and end of each matched stretch, in Unicode scalar values of `text`.
    pub highlights: Vec<[usize; 2]>,
}

/// What a search matches in the whole of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Highlights {
    /// Whether the search finds the article; if not, nothing is marked.
    pub matches: bool,
    /// Matched stretches of the headline in order, free of overlaps, in bytes.
    pub title: Vec<Range<usize>>,
    /// Those of the body.
    pub body: Vec<Range<usize>>,
    /// What was understood otherwise than it was written: for people to read.
    pub notes: Vec<String>,
}

/// The values of one facet in the order that was asked for: by count (highest first), then by
/// value, unless by name.
pub type FacetCounts = Vec<FacetCount>;

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// What to filter by.
    pub value: String,
    /// What to show.
    pub label: String,
    /// Matching articles that have it; 0 only for selected values.
    pub count: u64,
    /// Its item of Wikidata, where a correction says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// How the request selects it, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<Mode>,
    /// The values below it in a tree: the countries of a continent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: FacetCounts,
}

impl FacetCount {
    /// A value that is not selected and has nothing below it.
    pub(crate) fn new(value: &str, label: &str, count: u64) -> FacetCount {
        FacetCount {
            value: value.to_owned(),
            label: label.to_owned(),
            count,
            wikidata: None,
            selected: None,
            children: FacetCounts::new(),
        }
    }
}

/// Articles by date of publication. The counts of all periods, [`Histogram::coarse`] and
/// [`Histogram::undated`] make the total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Histogram {
    /// The periods; never [`Interval::Auto`].
    pub interval: Interval,
    /// The periods from the first to the last that has articles, without gaps.
    pub periods: Vec<Period>,
    /// Articles whose date is not known precisely enough to be in one of the periods.
    pub coarse: u64,
    /// Articles without a date.
    pub undated: u64,
}

/// A period and the articles in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// `2026`, `2026-02`, `2026-02-03`; of a week its Monday.
    pub start: String,
    /// Articles.
    pub count: u64,
}
