//! Arguments of `dateline facets`, `dateline related` and `dateline timeline`: what counts articles
//! instead of showing them.

use std::str::FromStr;

use clap::{Args, ValueEnum};
use dateline_query::{
    FacetField, FacetOrder, FacetRequest, Interval, RelatedRequest, SearchRequest, TimelineRequest,
};

use super::Filters;
use super::answer::AnswerFormat;
use super::field::{Field, country_or_person};
use super::minus;

/// Values a facet shows when its number is not given.
pub(crate) const FACET_LIMIT: usize = 10;
/// Lines of a timeline when their number is not given: more are hard to compare.
const SERIES_LIMIT: usize = 5;

/// Arguments of `dateline facets`.
#[derive(Debug, Args)]
pub(crate) struct FacetsArguments {
    /// The field.
    #[arg(value_enum)]
    pub(crate) field: Field,
    /// Count only articles that this finds; see `dateline search`.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Only values with a name that has this in it, under any of its names; case and accents do
    /// not matter.
    #[arg(long = "match", value_name = "TEXT")]
    pub(crate) matching: Option<String>,
    /// Values to show; by default all.
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// Values to pass over.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Order of the values.
    #[arg(long, value_enum, value_name = "ORDER", default_value_t = ValueOrder::Count)]
    sort: ValueOrder,
    #[command(flatten)]
    pub(crate) answer: AnswerFormat,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

/// Arguments of `dateline related`.
#[derive(Debug, Args)]
pub(crate) struct RelatedArguments {
    /// A country or person, or a value of the field that --as names.
    #[arg(value_name = "NAME")]
    name: String,
    /// The field of the name; by default country for names of countries, else person.
    #[arg(long = "as", value_enum, value_name = "FIELD")]
    field: Option<Field>,
    /// Look only at articles that this finds; see `dateline search`.
    #[arg(
        long,
        value_name = "QUERY",
        default_value = "",
        hide_default_value = true
    )]
    query: String,
    /// Field to look for related values in; can be given several times.
    #[arg(long, value_enum, value_name = "FIELD")]
    #[arg(default_values_t = [Field::Person, Field::Country, Field::Organisation])]
    by: Vec<Field>,
    /// Values to show of each field.
    #[arg(long, short = 'n', value_name = "N", default_value_t = FACET_LIMIT)]
    limit: usize,
    #[command(flatten)]
    pub(crate) answer: AnswerFormat,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

/// Arguments of `dateline timeline`.
#[derive(Debug, Args)]
pub(crate) struct TimelineArguments {
    /// Count only articles that this finds; see `dateline search`.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Field whose values have a line each.
    #[arg(long, value_enum, value_name = "FIELD")]
    by: Option<Field>,
    /// Lines to show: of the values that most articles have.
    #[arg(long, short = 'n', value_name = "N", default_value_t = SERIES_LIMIT, requires = "by")]
    limit: usize,
    /// The periods.
    #[arg(long, value_enum, value_name = "PERIODS", default_value_t = Periods::Auto)]
    interval: Periods,
    #[command(flatten)]
    pub(crate) answer: AnswerFormat,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

/// A facet as it is asked for: `person` or `person=20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FacetArgument {
    field: Field,
    limit: usize,
}

/// Order of the values of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ValueOrder {
    /// The most frequent first.
    Count,
    /// By name.
    Name,
}

/// The periods that articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Periods {
    /// The finest of these that fits a screen.
    Auto,
    /// Calendar years.
    Year,
    /// Calendar months.
    Month,
    /// Weeks from Monday to Sunday.
    Week,
    /// Days.
    Day,
}

impl FacetsArguments {
    /// The search that counts the values of the field and returns no hits.
    pub(crate) fn request(&self) -> SearchRequest {
        let facet = FacetRequest {
            field: self.field.into(),
            limit: self.limit,
            offset: self.offset,
            order: match self.sort {
                ValueOrder::Count => FacetOrder::Count,
                ValueOrder::Name => FacetOrder::Name,
            },
            matching: self.matching.clone(),
        };
        SearchRequest {
            limit: 0,
            facets: vec![facet],
            ..self.filters.request(minus::query(&self.query))
        }
    }

    /// Whether not even one value is asked for.
    pub(crate) fn shows_none(&self) -> bool {
        self.limit == Some(0)
    }
}

impl RelatedArguments {
    /// The question that is asked.
    pub(crate) fn request(&self) -> RelatedRequest {
        let guess = || country_or_person(&self.name, [FacetField::Country, FacetField::Person]);
        RelatedRequest {
            field: self.field.map_or_else(guess, FacetField::from),
            value: self.name.clone(),
            among: self
                .filters
                .request(minus::query(std::slice::from_ref(&self.query))),
            fields: self.by.iter().copied().map(FacetField::from).collect(),
            limit: self.limit,
        }
    }
}

impl TimelineArguments {
    /// The question that is asked.
    pub(crate) fn request(&self) -> TimelineRequest {
        TimelineRequest {
            among: self.filters.request(minus::query(&self.query)),
            interval: self.interval.into(),
            by: self.by.map(|by| FacetRequest::top(by.into(), self.limit)),
        }
    }
}

impl FacetArgument {
    /// The facet that is asked for.
    pub(crate) fn request(&self) -> FacetRequest {
        FacetRequest::top(self.field.into(), self.limit)
    }
}

impl FromStr for FacetArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<FacetArgument, String> {
        let (field, limit) = match text.split_once('=') {
            None => (text, FACET_LIMIT),
            Some((field, limit)) => {
                let number = limit.parse();
                let number = number.map_err(|_| format!("`{limit}` is no number of values"))?;
                (field, number)
            }
        };
        let field = Field::from_str(field, true).map_err(|_| {
            let names: Vec<_> = Field::value_variants().iter().map(Field::name).collect();
            format!(
                "there is no field `{field}`; the fields are {}",
                names.join(", ")
            )
        })?;
        Ok(FacetArgument { field, limit })
    }
}

impl From<Periods> for Interval {
    fn from(periods: Periods) -> Interval {
        match periods {
            Periods::Auto => Interval::Auto,
            Periods::Year => Interval::Year,
            Periods::Month => Interval::Month,
            Periods::Week => Interval::Week,
            Periods::Day => Interval::Day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_a_field_and_a_number() {
        let facet = |field, limit| Ok(FacetArgument { field, limit });
        assert_eq!("person".parse(), facet(Field::Person, FACET_LIMIT));
        assert_eq!("People=3".parse(), facet(Field::Person, 3));
        assert_eq!("country=0".parse(), facet(Field::Country, 0));
        for wrong in ["", "=3", "colour", "person=", "person=-1", "person=3=4"] {
            assert!(wrong.parse::<FacetArgument>().is_err(), "{wrong}");
        }
    }
}
