//! A search as a plain value: what a command line, an HTTP request or a test asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Most hits that one search returns. Each is read from the document store and cut into a
/// snippet, so an answer of this size takes seconds; whoever wants more pages through them.
pub const LIMIT_MAX: usize = 10_000;

/// A search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SearchRequest {
    /// The query as typed; empty finds everything.
    pub query: String,
    /// Values that articles must have, or must not have, by field. An article is found when it
    /// fulfils all fields.
    pub filters: BTreeMap<FacetField, Selection>,
    /// First day, month or year of publication that is wanted (`2026-02-03`, `2026-02`, `2026`), or
    /// a time before today (`7d`).
    pub since: Option<String>,
    /// Last day, month or year that is wanted, inclusive.
    pub until: Option<String>,
    /// The day that times such as `since:7d` are counted back from (`2026-02-03`).
    pub today: Option<String>,
    /// Whether regular expressions in the query count: they can take long.
    pub regex: bool,
    /// How many of the words of the query articles must have.
    pub words: Words,
    /// Order of the hits.
    pub sort: Sort,
    /// The time after which an article is worth half of what it would be today (`30d`, `2w`, `6m`,
    /// `1y`), counted back from [`SearchRequest::today`]; without it age does not count.
    pub recency: Option<String>,
    /// Whether hits tell what makes their scores.
    pub explain: bool,
    /// Hits to return at most, up to [`LIMIT_MAX`]; 0 returns counts only.
    pub limit: usize,
    /// Hits to pass over.
    pub offset: usize,
    /// Facets to count, each field once; of two requests for a field the last one counts, with
    /// the larger limit of both.
    pub facets: Vec<FacetRequest>,
    /// Periods to count articles by, if wanted.
    pub histogram: Option<Interval>,
}

/// How many of the words of a query that stand side by side articles must have. Where `AND` or `+`
/// stands in the query it is all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Words {
    /// All of them.
    All,
    /// All of them; where no article has all of three words, or few have all of a headline of five or
    /// more, the most telling ones, and a diagnostic says so.
    #[default]
    AllIfAny,
    /// The most telling ones: for whoever looks for a story by its headline.
    Most,
}

impl Default for SearchRequest {
    fn default() -> SearchRequest {
        SearchRequest {
            query: String::new(),
            filters: BTreeMap::new(),
            since: None,
            until: None,
            today: None,
            regex: false,
            words: Words::default(),
            sort: Sort::Relevance,
            recency: None,
            explain: false,
            limit: 10,
            offset: 0,
            facets: Vec::new(),
            histogram: None,
        }
    }
}

impl SearchRequest {
    /// The same search with one more value that articles must have, or must not have.
    pub fn with(mut self, field: FacetField, mode: Mode, value: &str) -> SearchRequest {
        let selection = self.filters.entry(field).or_default();
        selection.values_mut(mode).push(value.to_owned());
        self
    }
}

/// What articles must have in one field. The three lists hold together: an article has all of
/// the first, one of the second (if there are any), and none of the third.
///
/// A value is given as people write it: people by any form of their names, countries by code or
/// by name in any language. A name that several people carry stands for any of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    /// Values that all must be there. In a field of which an article has one value at most
    /// ([`FacetField::is_single`]) one of them suffices, as if they stood in `any`.
    pub all: Vec<String>,
    /// Values of which one must be there. The field is then counted as if this list were empty.
    pub any: Vec<String>,
    /// Values of which none may be there.
    pub not: Vec<String>,
}

impl Selection {
    /// The values of a mode.
    pub fn values(&self, mode: Mode) -> &[String] {
        match mode {
            Mode::All => &self.all,
            Mode::Any => &self.any,
            Mode::Not => &self.not,
        }
    }

    fn values_mut(&mut self, mode: Mode) -> &mut Vec<String> {
        match mode {
            Mode::All => &mut self.all,
            Mode::Any => &mut self.any,
            Mode::Not => &mut self.not,
        }
    }
}

/// How a value was selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Articles must have it.
    All,
    /// Articles must have it or another one.
    Any,
    /// Articles must not have it.
    Not,
}

impl Mode {
    /// All modes.
    pub const ALL: [Mode; 3] = [Mode::All, Mode::Any, Mode::Not];
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best match first; ties newest first.
    #[default]
    Relevance,
    /// Newest first; undated last.
    Newest,
    /// Oldest first; undated last.
    Oldest,
}

/// A field whose values can be filtered by and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacetField {
    /// People, by canonical full name.
    Person,
    /// Countries, by ISO 3166-1 alpha-2 code.
    Country,
    /// Organisations.
    Organisation,
    /// Places that are no countries.
    Place,
    /// Outlets.
    Source,
    /// Authors.
    Author,
    /// Languages, by ISO 639-1 code.
    Language,
    /// Desks or rubrics.
    Section,
    /// Countries that the article is about, by code.
    About,
    /// People that the article is about.
    AboutPerson,
    /// Countries that outlets are from, by code.
    SourceCountry,
    /// Wire agencies.
    Agency,
    /// Registrable domains.
    Site,
    /// Continents of [`FacetField::Country`]; counts carry their countries as children.
    Continent,
}

impl FacetField {
    /// All fields, in the order in which they are declared.
    pub const ALL: [FacetField; 14] = [
        FacetField::Person,
        FacetField::Country,
        FacetField::Organisation,
        FacetField::Place,
        FacetField::Source,
        FacetField::Author,
        FacetField::Language,
        FacetField::Section,
        FacetField::About,
        FacetField::AboutPerson,
        FacetField::SourceCountry,
        FacetField::Agency,
        FacetField::Site,
        FacetField::Continent,
    ];

    /// Whether an article has one value at most, so that it can never have two of a selection.
    pub fn is_single(self) -> bool {
        match self {
            FacetField::Source
            | FacetField::Language
            | FacetField::Section
            | FacetField::SourceCountry
            | FacetField::Agency
            | FacetField::Site => true,
            FacetField::Person
            | FacetField::Country
            | FacetField::Organisation
            | FacetField::Place
            | FacetField::Author
            | FacetField::About
            | FacetField::AboutPerson
            | FacetField::Continent => false,
        }
    }

    /// Whether values are codes of countries.
    pub fn is_country(self) -> bool {
        matches!(
            self,
            FacetField::Country | FacetField::About | FacetField::SourceCountry
        )
    }

    /// Whether values are people.
    pub fn is_person(self) -> bool {
        matches!(self, FacetField::Person | FacetField::AboutPerson)
    }
}

/// A facet to count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetRequest {
    /// The field.
    pub field: FacetField,
    /// Values to return at most; `None` returns all. Selected values are returned in addition.
    pub limit: Option<usize>,
    /// Values to pass over.
    #[serde(default)]
    pub offset: usize,
    /// Order of the values.
    #[serde(default)]
    pub order: FacetOrder,
    /// Only values with a name that has this in it, at the beginning of a word or inside; case
    /// and accents do not matter. All names of a value count, not only the one that is shown.
    #[serde(default)]
    pub matching: Option<String>,
}

impl FacetRequest {
    /// The most frequent values of a field, `limit` at most; `None` for all of them.
    pub fn top(field: FacetField, limit: impl Into<Option<usize>>) -> FacetRequest {
        FacetRequest {
            field,
            limit: limit.into(),
            offset: 0,
            order: FacetOrder::Count,
            matching: None,
        }
    }
}

/// Order of the values of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FacetOrder {
    /// The most frequent first; ties by value.
    #[default]
    Count,
    /// By the name that is shown, without regard to case and accents.
    Name,
}

/// The periods that articles are counted by. Days are those of the place of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Calendar years.
    Year,
    /// Calendar months.
    Month,
    /// Weeks from Monday to Sunday.
    Week,
    /// Days.
    Day,
    /// The finest of these that gives no more periods than fit a screen.
    #[default]
    Auto,
}
