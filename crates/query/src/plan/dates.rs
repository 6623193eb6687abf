//! Plans the time span of a search.

use std::ops::Bound;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use tantivy::Term;
use tantivy::query::RangeQuery;
use tantivy::schema::Field;

use super::clause::Clause;
use crate::{QueryError, SearchRequest};

/// The clause of `since` and `until`, if there are any. Both ends are inclusive, in UTC; an
/// article of which only the month is known counts as published when the month began.
pub(super) fn clause(
    request: &SearchRequest,
    published: Field,
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
    }
    if first.is_none() && last.is_none() {
        return Ok(None);
    }
    let bound = |seconds: Option<i64>| match seconds {
        Some(seconds) => Bound::Included(Term::from_field_i64(published, seconds)),
        None => Bound::Unbounded,
    };
    let (lower, upper) = match (first, last) {
        // An article without a date is in no span; both ends open would mean all articles.
        (None, last) => (
            Bound::Included(Term::from_field_i64(published, i64::MIN)),
            bound(last),
        ),
        (first, last) => (bound(first), bound(last)),
    };
    let range = RangeQuery::new(lower, upper);
    Ok(Some(Clause::filter(Box::new(range))))
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
