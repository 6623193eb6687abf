//! Dates as people write them: in fields, in publishing lines, in running text.
//!
//! Reads ISO 8601, RFC 2822 and 3339, epoch numbers, and day, month and year in the languages
//! of [`names`], with or without a time and a zone; and how long ago something was (`2 hours
//! ago`), which is no date yet. It says what a date can mean; which meaning holds where there are
//! two is decided in [`crate::published`].

mod cursor;
mod forms;
mod names;
mod relative;
mod scan;
mod time;
mod zones;

#[cfg(test)]
mod tests;

use dateline_corpus::{DateOrder, Precision};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

pub(crate) use relative::ago;
pub(crate) use scan::{hits, weekday_days, weekdays, years};

use cursor::Cursor;
use forms::{civil, day};

/// Letters that stick to the end of a time and mean nothing here, at most.
const SIGN_BYTES_MAX: usize = 2;

/// One meaning of a written date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The day, or the first day of the month or year.
    pub date: Date,
    /// [`Precision::Second`] exactly if there is a time.
    pub time: Option<Time>,
    /// The zone, where one was given with the time.
    pub offset: Option<Offset>,
    /// How much of it was written.
    pub precision: Precision,
}

/// What a written date can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parsed {
    /// One thing.
    Sure(Reading),
    /// One thing, because one of two numbers is no month: `31/01/2026` shows its writer's order.
    Ordered(Reading, DateOrder),
    /// Two things: `02/04/2026`.
    Either { mdy: Reading, dmy: Reading },
    /// A day of an unknown year: `Feb. 3`.
    Yearless { month: i8, day: i8 },
}

impl Reading {
    /// The instant, or the start of the period, in seconds since 1970; UTC where no zone is given.
    pub(crate) fn seconds(&self) -> i64 {
        let local = self.date.to_datetime(self.time.unwrap_or(Time::midnight()));
        // Counted on the calendar, so that the last days of the year 9999 are no exception.
        let since_1970 = local.duration_since(Date::constant(1970, 1, 1).at(0, 0, 0, 0));
        since_1970.as_secs() - i64::from(self.offset.map_or(0, Offset::seconds))
    }

    /// The year of it and no more.
    pub(crate) fn year_only(&self) -> Reading {
        let date = Date::new(self.date.year(), 1, 1).unwrap_or(self.date);
        Reading {
            date,
            time: None,
            offset: None,
            precision: Precision::Year,
        }
    }

    pub(crate) fn of_day(date: Date) -> Reading {
        Reading {
            date,
            time: None,
            offset: None,
            precision: Precision::Day,
        }
    }

    /// A day with a time on it.
    fn at(self, clock: time::Clock) -> Reading {
        let local = self.date.to_datetime(clock.time);
        Reading {
            time: Some(clock.time),
            offset: clock.zone.and_then(|zone| zone.offset(local)),
            precision: Precision::Second,
            ..self
        }
    }

    fn of_instant(seconds: i64) -> Option<Reading> {
        let instant = jiff::Timestamp::from_second(seconds).ok()?;
        let local = Offset::UTC.to_datetime(instant);
        Some(Reading {
            date: local.date(),
            time: Some(local.time()),
            offset: Some(Offset::UTC),
            precision: Precision::Second,
        })
    }
}

impl Parsed {
    /// The meaning, where there is no doubt.
    pub(crate) fn sure(self) -> Option<Reading> {
        match self {
            Parsed::Sure(reading) | Parsed::Ordered(reading, _) => Some(reading),
            Parsed::Either { .. } | Parsed::Yearless { .. } => None,
        }
    }

    fn with_time(self, clock: time::Clock) -> Parsed {
        let add = |reading: Reading| match reading.precision {
            Precision::Day => reading.at(clock),
            _ => reading,
        };
        match self {
            Parsed::Sure(reading) => Parsed::Sure(add(reading)),
            Parsed::Ordered(reading, order) => Parsed::Ordered(add(reading), order),
            Parsed::Either { mdy, dmy } => Parsed::Either {
                mdy: add(mdy),
                dmy: add(dmy),
            },
            yearless => yearless,
        }
    }
}

/// The meaning of a field or line that is a date and nothing else, but for a remark after it.
pub(crate) fn parse(text: &str) -> Option<Parsed> {
    let text = text
        .trim()
        .trim_matches(['"', '\'', '“', '”', '<', '>', '(', ')', '[', ']'])
        .trim();
    if let Some(parsed) = number(text) {
        return Some(parsed);
    }
    let (parsed, rest) = prefix(text)?;
    // XML Schema sets the zone of a day behind it: `2026-02-03Z`.
    let rest = rest.strip_prefix('Z').unwrap_or(rest);
    // Wires set a letter or two behind the time: `27-MAR-1987 00:02:59.13RM`.
    let is_timed = parsed.sure().is_some_and(|reading| reading.time.is_some());
    let is_sign = rest.len() <= SIGN_BYTES_MAX && rest.bytes().all(|b| b.is_ascii_uppercase());
    let rest = if is_timed && is_sign { "" } else { rest };
    // A letter or digit that sticks to the date means that it was something else.
    (!rest.starts_with(|c: char| c.is_alphanumeric())).then_some(parsed)
}

/// The date, with its time if it has one, that `text` begins with, and what follows it.
pub(crate) fn prefix(text: &str) -> Option<(Parsed, &str)> {
    let start = Cursor::new(text);
    // `Fri 6:45 PM, Feb 16, 2018`
    let behind_weekday = forms::weekday(start).map_or(start, |(_, after)| forms::gap(after));
    if let Some((clock, after)) = time::clock(behind_weekday, time::Dotted::No) {
        let gap = after.skip_spaces().skip_any(&[',', '|', '·']).skip_spaces();
        if gap.at() > after.at()
            && let Some((parsed, end)) = day(gap)
        {
            return Some((parsed.with_time(clock), end.rest()));
        }
    }
    let (parsed, end) = day(start)?;
    if let Some((parsed, end)) = asctime(parsed, end) {
        return Some((parsed, end.rest()));
    }
    let timed = time::after_date(end).map(|(clock, end)| (parsed.with_time(clock), end));
    let (parsed, end) = timed.unwrap_or((parsed, end));
    Some((parsed, end.rest()))
}

/// `Wed Oct 10 20:19:24 +0000 2018`: the year comes last, after the time.
fn asctime(parsed: Parsed, end: Cursor<'_>) -> Option<(Parsed, Cursor<'_>)> {
    let Parsed::Yearless { month, day } = parsed else {
        return None;
    };
    let (clock, after) = time::clock(end.skip_spaces(), time::Dotted::No)?;
    let (year, digits, after) = after.skip_any(&[' ']).number()?;
    let date = (digits == 4).then(|| civil(year, month as u32, day as u32))??;
    Some((Parsed::Sure(Reading::of_day(date)).with_time(clock), after))
}

/// The month, 1 to 12, that a text is the name of.
pub(crate) fn month(text: &str) -> Option<u32> {
    let (month, end) = names::month_at(Cursor::new(text))?;
    end.rest().is_empty().then_some(month)
}

/// A field that is only digits: an epoch, a compact date, or a year.
fn number(text: &str) -> Option<Parsed> {
    let whole = text.split_once('.').map_or(text, |(whole, fraction)| {
        if fraction.bytes().all(|b| b.is_ascii_digit()) {
            whole
        } else {
            text
        }
    });
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.len() > 19 {
        return None;
    }
    if matches!(digits.len(), 8 | 12 | 14)
        && let Some(reading) = compact(digits)
    {
        return Some(Parsed::Sure(reading));
    }
    let value: i64 = whole.parse().ok()?;
    // The unit of an epoch shows in its length: nine digits of seconds reach back to 1973, and
    // the same instants have three more digits in milliseconds, six more in microseconds.
    let reading = match digits.len() {
        4 if (1000..=2999).contains(&value) && whole == text => Reading {
            date: civil(value as u32, 1, 1)?,
            time: None,
            offset: None,
            precision: Precision::Year,
        },
        9..=11 => Reading::of_instant(value)?,
        12..=14 => Reading::of_instant(value.div_euclid(1_000))?,
        15..=17 => Reading::of_instant(value.div_euclid(1_000_000))?,
        18..=19 => Reading::of_instant(value.div_euclid(1_000_000_000))?,
        _ => return None,
    };
    Some(Parsed::Sure(reading))
}

/// `20260203`, `202602031120`, `20260203112000`.
fn compact(digits: &str) -> Option<Reading> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let year = part(0, 4).filter(|year| (1600..=2199).contains(year))?;
    let reading = Reading::of_day(civil(year, part(4, 6)?, part(6, 8)?)?);
    if digits.len() == 8 {
        return Some(reading);
    }
    let (hour, minute) = (part(8, 10)?, part(10, 12)?);
    let second = if digits.len() == 14 { part(12, 14)? } else { 0 };
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    Some(Reading {
        time: Some(time),
        precision: Precision::Second,
        ..reading
    })
}
