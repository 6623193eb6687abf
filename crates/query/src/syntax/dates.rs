//! Dates as queries write them: years, months and days, or a time before today. Nothing here
//! knows what day it is.

use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// When an article was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// On the first day of it or later.
    Since(Moment),
    /// On the last day of it or earlier.
    Until(Moment),
    /// Before its first day.
    Before(Moment),
    /// From the first day of the one to the last day of the other.
    Between(Moment, Moment),
    /// Nobody knows: the article has no date.
    Unknown,
}

/// A stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A year.
    Year(i16),
    /// A month of a year, 1 to 12.
    Month(i16, i8),
    /// A day.
    Day(Date),
    /// The day that lies this long before today.
    Ago(u32, Unit),
}

/// What time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl Moment {
    /// Reads `2026`, `2026-02`, `2026-02-03`, `20260203` and `7d`, `2w`, `3m`, `1y`. `None` for
    /// everything else, and for days that the calendar does not have.
    pub fn parse(text: &str) -> Option<Moment> {
        if !text.is_ascii() {
            return None;
        }
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        match text.len() {
            4 if digits => text.parse().ok().map(Moment::Year),
            8 if digits => day(&text[..4], &text[4..6], &text[6..]),
            _ => Moment::parse_ago(text).or_else(|| Moment::parse_parts(text)),
        }
    }

    fn parse_ago(text: &str) -> Option<Moment> {
        let unit = match text.bytes().last()?.to_ascii_lowercase() {
            b'd' => Unit::Day,
            b'w' => Unit::Week,
            b'm' => Unit::Month,
            b'y' => Unit::Year,
            _ => return None,
        };
        let count = &text[..text.len() - 1];
        // No news are older than four digits of days can say.
        let valid = (1..=5).contains(&count.len()) && count.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| Some(Moment::Ago(count.parse().ok()?, unit)))?
    }

    fn parse_parts(text: &str) -> Option<Moment> {
        let separator = if text.contains('/') { '/' } else { '-' };
        let parts: Vec<&str> = text.split(separator).collect();
        let number = |part: &str| (1..=2).contains(&part.len()) && is_number(part);
        match parts[..] {
            [year, month] if year.len() == 4 && is_number(year) && number(month) => {
                let month: i8 = month.parse().ok()?;
                let year: i16 = year.parse().ok()?;
                (1..=12)
                    .contains(&month)
                    .then_some(Moment::Month(year, month))
            }
            [year, month, day_of_month]
                if year.len() == 4 && is_number(year) && number(month) && number(day_of_month) =>
            {
                day(year, month, day_of_month)
            }
            _ => None,
        }
    }

    /// The days it has. `today` counts for times before today only; `None` when they lie outside
    /// of the calendar.
    pub fn days(self, today: Date) -> Option<RangeInclusive<Date>> {
        let (first, length): (Date, Span) = match self {
            Moment::Year(year) => (Date::new(year, 1, 1).ok()?, 1.year()),
            Moment::Month(year, month) => (Date::new(year, month, 1).ok()?, 1.month()),
            Moment::Day(day) => return Some(day..=day),
            Moment::Ago(count, unit) => {
                let count = i64::from(count);
                let span = match unit {
                    Unit::Day => Span::new().try_days(count),
                    Unit::Week => Span::new().try_weeks(count),
                    Unit::Month => Span::new().try_months(count),
                    Unit::Year => Span::new().try_years(count),
                };
                let day = today.checked_sub(span.ok()?).ok()?;
                return Some(day..=day);
            }
        };
        // The year 9999 has no next one.
        let next = first.checked_add(length).ok();
        let last = next.and_then(|next| next.yesterday().ok());
        Some(first..=last.unwrap_or(Date::MAX))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Year(year) => write!(f, "{year:04}"),
            Moment::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Moment::Day(day) => day.fmt(f),
            Moment::Ago(count, unit) => {
                let unit = match unit {
                    Unit::Day => "d",
                    Unit::Week => "w",
                    Unit::Month => "m",
                    Unit::Year => "y",
                };
                write!(f, "{count}{unit}")
            }
        }
    }
}

/// As a query that is read as the same dates.
impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Dates::Since(first) => write!(f, "since:{first}"),
            Dates::Until(last) => write!(f, "until:{last}"),
            Dates::Before(end) => write!(f, "before:{end}"),
            Dates::Between(first, last) if first == last => write!(f, "date:{first}"),
            Dates::Between(first, last) => write!(f, "date:{first}..{last}"),
            Dates::Unknown => f.write_str("date:none"),
        }
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn day(year: &str, month: &str, day: &str) -> Option<Moment> {
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    date.ok().map(Moment::Day)
}
