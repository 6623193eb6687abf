//! Dates as queries write them: years, months and days, or a time before today. Nothing here
//! knows what day it is.

use std::fmt;

use dateline_corpus::CalendarPeriod;
use jiff::Span;
use jiff::civil::{Date, date};

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
    /// A year, a month or a day.
    Period(CalendarPeriod),
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
    /// Reads what [`CalendarPeriod::parse`] does, and `7d`, `2w`, `3m`, `1y`. `None` for
    /// everything else.
    pub fn parse(text: &str) -> Option<Moment> {
        let period = CalendarPeriod::parse(text).map(Moment::Period);
        period.or_else(|| Moment::parse_ago(text))
    }

    fn parse_ago(text: &str) -> Option<Moment> {
        let (at, unit) = text.char_indices().next_back()?;
        let unit = match unit.to_ascii_lowercase() {
            'd' => Unit::Day,
            'w' => Unit::Week,
            'm' => Unit::Month,
            'y' => Unit::Year,
            _ => return None,
        };
        let count = &text[..at];
        // No news are older than five digits of days can say.
        let valid = (1..=5).contains(&count.len()) && count.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| Some(Moment::Ago(count.parse().ok()?, unit)))?
    }

    /// The days it has. `today` counts for times before today only; `None` when they lie outside
    /// of the calendar.
    pub fn days(self, today: Date) -> Option<CalendarPeriod> {
        let (count, unit) = match self {
            Moment::Period(period) => return Some(period),
            Moment::Ago(count, unit) => (i64::from(count), unit),
        };
        let span = match unit {
            Unit::Day => Span::new().try_days(count),
            Unit::Week => Span::new().try_weeks(count),
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
        };
        let day = today.checked_sub(span.ok()?).ok()?;
        Some(CalendarPeriod::of_day(day))
    }

    /// Whether all days of this come after those of another one, whatever day it is.
    pub fn is_after(self, other: Moment) -> bool {
        // Of two times before today every day tells which came first.
        const SOME_DAY: Date = date(2000, 1, 1);
        let alike = matches!(self, Moment::Ago(..)) == matches!(other, Moment::Ago(..));
        let days = self.days(SOME_DAY).zip(other.days(SOME_DAY));
        alike && days.is_some_and(|(days, others)| days.first() > others.last())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Period(period) => period.fmt(f),
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
