//! What can go wrong in a search. A query that is badly written is no error: it is read as well
//! as it can be, and [`crate::SearchResponse::notes`] says how.

use dateline_corpus::ArticleId;
use dateline_corpus::schema::OpenError;

use crate::LIMIT_MAX;

/// Why a search, or a look-up of an article, has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The index cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The index was opened, but reading it fails.
    #[error(
        "the index cannot be read: check it with `dateline verify`, and build it anew if that finds \
         damage ({0})"
    )]
    Index(#[from] tantivy::TantivyError),
    /// What the index keeps of an article is not what Dateline writes.
    #[error(
        "the index is damaged, build it anew: the stored text of document {document} cannot be read: \
         {error}"
    )]
    Stored {
        /// Segment and number of the article's document: `3f2a…/17`.
        document: String,
        /// What is wrong with it.
        #[source]
        error: serde_json::Error,
    },
    /// No country goes by this name.
    #[error("no country is called `{name}`{}", did_you_mean(.suggestions))]
    UnknownCountry {
        /// The name as given.
        name: String,
        /// Names of countries that are written alike.
        suggestions: Vec<String>,
    },
    /// A date that is no year, month or day.
    #[error(
        "`{value}` is no date that `{option}` understands: write a year, a month or a day, \
         such as 2026, 2026-02 or 2026-02-03"
    )]
    Date {
        /// `since`, `until` or `today`.
        option: &'static str,
        /// The date as given.
        value: String,
    },
    /// A time before today, and nobody said what day that is.
    #[error(
        "`{value}` of `{option}` counts back from today, and the search was not told what day that is: give `today`"
    )]
    TodayUnknown {
        /// `since`, `until` or `recency`.
        option: &'static str,
        /// The time as given.
        value: String,
    },
    /// A half-life that is no time.
    #[error("`{0}` is no half-life: write a time of a day at least, such as 30d, 2w, 6m or 1y")]
    HalfLife(String),
    /// More hits are wanted than one answer can hold.
    #[error(
        "a limit of {limit} is too high: ask for at most {LIMIT_MAX} hits, and for more of them with an offset"
    )]
    Limit {
        /// The limit as given.
        limit: usize,
    },
    /// The text is too short to look an article up by the beginning of its id.
    #[error("`{0}` is too short for the beginning of an article's id: give at least 4 digits")]
    IdTooShort(String),
    /// No article has this id.
    #[error(
        "the index has no article `{0}`: give an id as `dateline search` shows it, its first digits, the publisher's id (`outlet#id` when it is not found alone), or the URL of an article without one"
    )]
    UnknownArticle(String),
    /// The ids of several articles begin alike, or several outlets gave the same id.
    #[error("`{text}` names {} articles: give the id of one of them: {}", .ids.len(), list(.ids))]
    AmbiguousArticle {
        /// The beginning, or the publisher's id, as given.
        text: String,
        /// The articles' ids, in order.
        ids: Vec<ArticleId>,
    },
}

fn did_you_mean(suggestions: &[String]) -> String {
    match suggestions {
        [] => ": give an ISO 3166 code or a country's name".to_owned(),
        _ => format!(": did you mean {}?", suggestions.join(", ")),
    }
}

fn list(ids: &[ArticleId]) -> String {
    /// A screenful; there is no use in more of them.
    const SHOWN: usize = 10;
    let mut shown: Vec<String> = ids.iter().take(SHOWN).map(ArticleId::to_string).collect();
    if ids.len() > SHOWN {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}
