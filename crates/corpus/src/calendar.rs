//! Years, months and days as people write them in queries, options and lists of corrections.

use std::fmt;

use jiff::civil::{Date, date};
use jiff::{Span, Unit};

const EPOCH: Date = date(1970, 1, 1);
const SECONDS_OF_DAY: i64 = 24 * 60 * 60;

/// A year, a month or a day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CalendarPeriod {
    first: Date,
    length: Length,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Length {
    Year,
    Month,
    Day,
}

impl CalendarPeriod {
    /// Reads `2026`, `2026-02`, `2026-02-03`, `2026/2/3` and `20260203`. `None` for everything
    /// else, and for days that the calendar does not have.
    pub fn parse(text: &str) -> Option<CalendarPeriod> {
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let short = |part: &str| (1..=2).contains(&part.len()) && is_number(part);
        let separator = if text.contains('/') { '/' } else { '-' };
        let mut parts: Vec<&str> = text.split(separator).collect();
        if let [whole] = parts[..]
            && whole.len() == "20260203".len()
            && is_number(whole)
        {
            parts = vec![&whole[..4], &whole[4..6], &whole[6..]];
        }
        let [year, rest @ ..] = parts.as_slice() else {
            return None;
        };
        let (length, month, day) = match *rest {
            [] => (Length::Year, "1", "1"),
            [month] => (Length::Month, month, "1"),
            [month, day] => (Length::Day, month, day),
            _ => return None,
        };
        if year.len() != 4 || !is_number(year) || !short(month) || !short(day) {
            return None;
        }
        let [month, day] = [month, day].map(|part| part.parse().unwrap_or(0));
        let first = Date::new(year.parse().ok()?, month, day).ok()?;
        Some(CalendarPeriod { first, length })
    }

    /// A single day.
    pub fn of_day(day: Date) -> CalendarPeriod {
        CalendarPeriod {
            first: day,
            length: Length::Day,
        }
    }

    /// Whether it is a single day.
    pub fn is_day(self) -> bool {
        self.length == Length::Day
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> Date {
        let length = match self.length {
            Length::Day => return self.first,
            Length::Month => Span::new().months(1),
            Length::Year => Span::new().years(1),
        };
        let next = self.first.checked_add(length);
        // The year 9999 has no next one.
        next.and_then(Date::yesterday).unwrap_or(Date::MAX)
    }

    /// Its first and its last second, in seconds since 1970-01-01T00:00:00 on the same clock.
    pub fn seconds(self) -> (i64, i64) {
        let last = midnight(self.last());
        (midnight(self.first), last + SECONDS_OF_DAY - 1)
    }
}

/// As it is read back.
impl fmt::Display for CalendarPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.length {
            Length::Year => write!(f, "{year:04}"),
            Length::Month => write!(f, "{year:04}-{month:02}"),
            Length::Day => self.first.fmt(f),
        }
    }
}

/// The first second of a day, in seconds since 1970-01-01T00:00:00 on the same clock.
fn midnight(day: Date) -> i64 {
    // Both are in the calendar, which has fewer days than fit.
    let days = EPOCH.until((Unit::Day, day));
    days.map_or(0, |span| i64::from(span.get_days())) * SECONDS_OF_DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_years_months_and_days() {
        let seconds = |text| CalendarPeriod::parse(text).map(CalendarPeriod::seconds);
        const DAY: i64 = SECONDS_OF_DAY;
        assert_eq!(seconds("1970"), Some((0, 365 * DAY - 1)));
        assert_eq!(seconds("1970-02"), Some((31 * DAY, 59 * DAY - 1)));
        assert_eq!(seconds("1970-01-02"), Some((DAY, 2 * DAY - 1)));
        assert_eq!(seconds("1969-12-31"), Some((-DAY, -1)));
        assert_eq!(seconds("1970/1/2"), seconds("19700102"));
        for wrong in [
            "",
            "70",
            "1970-13",
            "1970-02-30",
            "1970-01-02-03",
            "1970/01-02",
            "+197",
            "x",
            "-",
            "1970-",
            "1970-001",
            "0000000",
            "19700230",
            "２０２６",
        ] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn periods_are_written_as_they_are_read_and_end_with_the_calendar() {
        for text in [
            "0001",
            "2026",
            "2026-02",
            "2024-02-29",
            "9999",
            "9999-12-31",
        ] {
            let period = CalendarPeriod::parse(text).unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(CalendarPeriod::parse(&period.to_string()), Some(period));
        }
        let last = |text| CalendarPeriod::parse(text).unwrap().last();
        assert_eq!(last("9999"), Date::MAX);
        assert_eq!(last("2024-02"), date(2024, 2, 29));
    }
}
