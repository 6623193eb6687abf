//! Plans when articles were published: days are those of the publisher. An article of which only
//! the year is known may be of any day in it: it is found where it can be.

use std::ops::Bound;

use dateline_corpus::CalendarPeriod;
use dateline_corpus::schema::Fields;
use jiff::Timestamp;
use jiff::civil::Date;
use tantivy::Term;
use tantivy::query::RangeQuery;
use tantivy::schema::Field;

use super::clause::Clause;
use crate::rank::Recency;
use crate::syntax::dates::{Dates, Moment};
use crate::{QueryError, SearchRequest};

/// Why dates find nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Undated {
    /// They lie so long before today, and nobody said what day that is.
    TodayUnknown,
    /// The calendar does not have them.
    OffCalendar,
    /// The first day is after the last.
    Reversed,
}

/// The day that a request calls today.
///
/// # Errors
/// When it is no day.
pub(super) fn today(request: &SearchRequest) -> Result<Option<Date>, QueryError> {
    let Some(today) = &request.today else {
        return Ok(None);
    };
    match Moment::parse(today.trim()) {
        Some(Moment::Period(period)) if period.is_day() => Ok(Some(period.first())),
        _ => Err(QueryError::Date {
            option: "today",
            value: today.clone(),
        }),
    }
}

/// How much articles lose with age, where the request wants that.
///
/// # Errors
/// When the half-life is none, or nobody said what day it is.
pub(super) fn recency(
    request: &SearchRequest,
    today: Option<Date>,
) -> Result<Option<Recency>, QueryError> {
    let Some(value) = &request.recency else {
        return Ok(None);
    };
    let length = match Moment::parse(value.trim()) {
        Some(ago @ Moment::Ago(..)) => ago,
        _ => return Err(QueryError::HalfLife(value.clone())),
    };
    let Some(today) = today else {
        return Err(QueryError::TodayUnknown {
            option: "recency",
            value: value.clone(),
        });
    };
    let begun = length.days(today).map(CalendarPeriod::first);
    let days = begun.and_then(|begun| begun.until(today).ok());
    let days = days.map_or(0, |span| i64::from(span.get_days()));
    if days == 0 {
        return Err(QueryError::HalfLife(value.clone()));
    }
    Ok(Some(Recency {
        today: CalendarPeriod::of_day(today).seconds().0,
        half_life_days: days,
    }))
}

/// The clause of `since` and `until`, if there are any. Both ends are inclusive; besides days
/// they can be instants.
pub(super) fn clause(
    request: &SearchRequest,
    today: Option<Date>,
    fields: &Fields,
    articles: &Term,
    notes: &mut Vec<String>,
) -> Result<Option<Clause>, QueryError> {
    let (mut first, mut last) = (i64::MIN, i64::MAX);
    let mut clauses = Vec::new();
    if let Some(value) = &request.since {
        match instant("since", value, today)? {
            Instant::Days(days) => {
                first = days.seconds().0;
                clauses.push(since(fields, days));
            }
            Instant::Second(second) => {
                first = second;
                clauses.push(between(fields.published_last, second, i64::MAX));
            }
        }
    }
    if let Some(value) = &request.until {
        match instant("until", value, today)? {
            Instant::Days(days) => {
                last = days.seconds().1;
                clauses.push(until(fields, days));
            }
            Instant::Second(second) => {
                last = second;
                clauses.push(between(fields.published, i64::MIN, second));
            }
        }
    }
    if first > last {
        notes.push(format!(
            "nothing lies between {} and {}: the first day is after the last",
            request.since.as_deref().unwrap_or_default(),
            request.until.as_deref().unwrap_or_default()
        ));
        return Ok(Some(Clause::any_term(Vec::new())));
    }
    Ok((!clauses.is_empty()).then(|| Clause::and(clauses, articles)))
}

/// The clause of dates in a query.
pub(super) fn published(
    dates: Dates,
    today: Option<Date>,
    fields: &Fields,
    articles: &Term,
) -> Result<Clause, Undated> {
    let days = |moment| days(moment, today);
    match dates {
        Dates::Since(first) => Ok(since(fields, days(first)?)),
        Dates::Until(last) => Ok(until(fields, days(last)?)),
        Dates::Before(end) => {
            let last = days(end)?.seconds().0 - 1;
            Ok(between(fields.published_local, i64::MIN, last))
        }
        Dates::Between(first, last) => {
            let (first, last) = (days(first)?, days(last)?);
            if first.first() > last.last() {
                return Err(Undated::Reversed);
            }
            let clauses = vec![since(fields, first), until(fields, last)];
            Ok(Clause::and(clauses, articles))
        }
        Dates::Unknown => Ok(between(fields.published, i64::MIN, i64::MAX).negate()),
    }
}

/// The first and the last second of dates, on the clock of the publisher; `None` where there are
/// none, or nobody knows them.
pub(super) fn range(dates: Dates, today: Option<Date>) -> Option<(i64, i64)> {
    let days = |moment| days(moment, today).ok().map(CalendarPeriod::seconds);
    match dates {
        Dates::Since(first) => Some((days(first)?.0, i64::MAX)),
        Dates::Until(last) => Some((i64::MIN, days(last)?.1)),
        Dates::Before(end) => Some((i64::MIN, days(end)?.0 - 1)),
        Dates::Between(first, last) => {
            let (first, last) = (days(first)?.0, days(last)?.1);
            (first <= last).then_some((first, last))
        }
        Dates::Unknown => None,
    }
}

enum Instant {
    Days(CalendarPeriod),
    Second(i64),
}

/// What the value of an option names.
fn instant(option: &'static str, value: &str, today: Option<Date>) -> Result<Instant, QueryError> {
    let text = value.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(Instant::Second(instant.as_second()));
    }
    let days = Moment::parse(text).map(|moment| days(moment, today));
    let value = || value.to_owned();
    match days {
        Some(Ok(days)) => Ok(Instant::Days(days)),
        Some(Err(Undated::TodayUnknown)) => Err(QueryError::TodayUnknown {
            option,
            value: value(),
        }),
        Some(Err(_)) | None => Err(QueryError::Date {
            option,
            value: value(),
        }),
    }
}

fn days(moment: Moment, today: Option<Date>) -> Result<CalendarPeriod, Undated> {
    if let (Moment::Ago(..), None) = (moment, today) {
        return Err(Undated::TodayUnknown);
    }
    moment
        .days(today.unwrap_or(Date::ZERO))
        .ok_or(Undated::OffCalendar)
}

fn since(fields: &Fields, first: CalendarPeriod) -> Clause {
    between(fields.published_local_last, first.seconds().0, i64::MAX)
}

fn until(fields: &Fields, last: CalendarPeriod) -> Clause {
    between(fields.published_local, i64::MIN, last.seconds().1)
}

/// The articles that have a value in a range. Bounds are given on both sides, because a range
/// without any would find articles without a value, too.
fn between(field: Field, first: i64, last: i64) -> Clause {
    let bound = |seconds| Bound::Included(Term::from_field_i64(field, seconds));
    Clause::filter(Box::new(RangeQuery::new(bound(first), bound(last))))
}
