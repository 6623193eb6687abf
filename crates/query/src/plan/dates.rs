//! Plans the time span of a search.

use std::ops::Bound;

use dateline_corpus::schema::Fields;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use tantivy::Term;
use tantivy::query::RangeQuery;
use tantivy::schema::Field;

use super::clause::Clause;
use crate::{QueryError, SearchRequest};

/// The clause of `since` and `until`, if there are any. Both ends are inclusive, in UTC. An
/// article of which only the year is known may be of any day in it: it is found where it can be.
pub(super) fn clause(
    request: &SearchRequest,
    fields: &Fields,
    articles: &Term,
    notes: &mut Vec<String>,
) -> Result<Option<Clause>, QueryError> {
    let since = request.since.as_deref();
    let since = since.map(|value| period("since", value)).transpose()?;
    let until = request.until.as_deref();
    let until = until.map(|value| period("until", value)).transpose()?;
    let first = since.map(|(first, _)| first);
    let last = until.map(|(_, last)| last);
    if let (Some(first), Some(last)) = (first, last)
        && first > last
    {
        notes.push(format!(
            "nothing lies between {} and {}: the first day is after the last",
            request.since.as_deref().unwrap_or_default(),
            request.until.as_deref().unwrap_or_default()
        ));
        return Ok(Some(Clause::any_term(Vec::new())));
    }
    if first.is_none() && last.is_none() {
        return Ok(None);
    }
    let mut clauses = Vec::new();
    if let Some(first) = first {
        clauses.push(between(fields.published_last, first, i64::MAX));
    }
    if let Some(last) = last {
        clauses.push(between(fields.published, i64::MIN, last));
    }
    Ok(Some(Clause::and(clauses, articles)))
}

/// The articles that have a value in a range. Bounds are given on both sides, because a range
/// without any would find articles without a value, too.
fn between(field: Field, first: i64, last: i64) -> Clause {
    let bound = |seconds| Bound::Included(Term::from_field_i64(field, seconds));
    Clause::filter(Box::new(RangeQuery::new(bound(first), bound(last))))
}

/// The first and the last second of the period that a date names.
fn period(option: &'static str, value: &str) -> Result<(i64, i64), QueryError> {
    let error = || QueryError::Date {
        option,
        value: value.to_owned(),
    };
    let text = value.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok((instant.as_second(), instant.as_second()));
    }
    let mut numbers = Vec::new();
    for part in text.split('-') {
        if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(error());
        }
        numbers.push(part.parse::<i16>().map_err(|_| error())?);
    }
    let small = |number: i16| i8::try_from(number).map_err(|_| error());
    let date = |month: i8, day: i8| Date::new(numbers[0], month, day).map_err(|_| error());
    let (first, length) = match numbers.len() {
        1 => (date(1, 1)?, Span::new().years(1)),
        2 => (date(small(numbers[1])?, 1)?, Span::new().months(1)),
        3 => (
            date(small(numbers[1])?, small(numbers[2])?)?,
            Span::new().days(1),
        ),
        _ => return Err(error()),
    };
    let seconds = |date: Date| -> Result<i64, QueryError> {
        let zoned = date.to_zoned(TimeZone::UTC).map_err(|_| error())?;
        Ok(zoned.timestamp().as_second())
    };
    // The year 9999 has no next one.
    let end = match first.checked_add(length) {
        Ok(next) => seconds(next)? - 1,
        Err(_) => i64::MAX,
    };
    Ok((seconds(first)?, end))
}
