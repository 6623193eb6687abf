//! Dates as people write them: in fields, in publishing lines, in running text.
//!
//! Reads ISO 8601, RFC 2822 and 3339, epoch numbers, and day, month and year in the languages
//! of [`names`], with or without a time and a zone. It says what a date can mean; which meaning
//! holds where there are two is decided in [`crate::published`].

mod cursor;
mod names;
mod scan;
mod time;

use dateline_corpus::Precision;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;

use crate::DateOrder;
pub(crate) use scan::{hits, weekday_days, weekdays, years};

use cursor::Cursor;

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
        let time = self.time.unwrap_or(Time::midnight());
        let offset = self.offset.unwrap_or(Offset::UTC);
        // Only dates at the very ends of the calendar (years -9999 and 9999) leave its range.
        offset
            .to_timestamp(self.date.to_datetime(time))
            .map_or(0, |instant| instant.as_second())
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

    fn with_time(self, time: time::Clock) -> Parsed {
        let add = |reading: Reading| match reading.precision {
            Precision::Day => Reading {
                time: Some(time.time),
                offset: time.offset,
                precision: Precision::Second,
                ..reading
            },
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
    // A letter or digit that sticks to the date means that it was something else.
    (!rest.starts_with(|c: char| c.is_alphanumeric())).then_some(parsed)
}

/// The date, with its time if it has one, that `text` begins with, and what follows it.
pub(crate) fn prefix(text: &str) -> Option<(Parsed, &str)> {
    let start = Cursor::new(text);
    if let Some((clock, after)) = time::clock(start, false) {
        let gap = after.skip_any(&[' ', '\u{a0}', '\t', ',', '|', '·']);
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
    let (clock, after) = time::clock(end.skip_any(&[' ']), false)?;
    let (year, digits, after) = after.skip_any(&[' ']).number()?;
    let date = (digits == 4).then(|| civil(year, month as u32, day as u32))??;
    Some((Parsed::Sure(Reading::of_day(date)).with_time(clock), after))
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

/// A date without its time, a weekday before it included.
fn day(start: Cursor<'_>) -> Option<(Parsed, Cursor<'_>)> {
    let start = weekday(start).map_or(start, |(_, after)| {
        after.skip_any(&[' ', '\u{a0}', ',', '.'])
    });
    // `Dienstag, den 3.`, `mardi le 3`, `the 3rd`
    let start = match start.word() {
        Some(("den" | "am" | "le" | "el" | "the" | "o" | "dia", end)) => end.skip_any(&[' ']),
        _ => start,
    };
    match start.number() {
        Some((value, 4, after)) => year_first(value, after),
        Some((value, 8, after)) => {
            let reading = compact(&format!("{value:08}"))?;
            Some((Parsed::Sure(reading), after))
        }
        Some((value, 1 | 2, after)) => {
            all_numbers(value, after).or_else(|| day_first(value, after))
        }
        Some(_) => None,
        None => month_first(start),
    }
}

/// The weekday that a text begins with.
fn weekday(start: Cursor<'_>) -> Option<(Weekday, Cursor<'_>)> {
    let (word, after) = start.word()?;
    let weekday = names::weekday(word)?;
    // Portuguese: terça-feira.
    let after = match after.eat('-').and_then(Cursor::word) {
        Some((word, end)) if word.eq_ignore_ascii_case("feira") => end,
        _ => after,
    };
    Some((weekday, after))
}

/// `2026-02-03`, `2026/02/03`, `2026.02.03`, `2026-02`.
fn year_first(year: u32, after: Cursor<'_>) -> Option<(Parsed, Cursor<'_>)> {
    let separator = after.peek().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, digits, end) = after.eat(separator)?.number()?;
    if digits > 2 {
        return None;
    }
    if let Some((day, 1 | 2, end)) = end.eat(separator).and_then(Cursor::number) {
        let date = civil(year, month, day)?;
        return Some((Parsed::Sure(Reading::of_day(date)), end));
    }
    let is_month = separator == '-' && digits == 2;
    is_month
        .then(|| civil(year, month, 1))?
        .map(|date| (month_of(date), end))
}

/// `03.02.2026`, `31/01/2026`, `02-04-26`.
fn all_numbers(first: u32, after: Cursor<'_>) -> Option<(Parsed, Cursor<'_>)> {
    let separator = after.peek().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, digits, end) = after.eat(separator)?.number()?;
    if digits > 2 {
        return None;
    }
    let (year, digits, end) = end.eat(separator)?.number()?;
    let year = match digits {
        4 => year,
        // The pivot of POSIX: 69 to 99 are of the last century.
        2 if year >= 69 => 1900 + year,
        2 => 2000 + year,
        _ => return None,
    };
    let dmy = civil(year, second, first).map(Reading::of_day);
    let mdy = civil(year, first, second).map(Reading::of_day);
    let parsed = match (mdy, dmy) {
        // Dots are written day first everywhere.
        (_, Some(dmy)) if separator == '.' => Parsed::Sure(dmy),
        (Some(mdy), Some(dmy)) if mdy == dmy => Parsed::Sure(mdy),
        (Some(mdy), Some(dmy)) => Parsed::Either { mdy, dmy },
        (Some(mdy), None) => Parsed::Ordered(mdy, DateOrder::Mdy),
        (None, Some(dmy)) => Parsed::Ordered(dmy, DateOrder::Dmy),
        (None, None) => return None,
    };
    Some((parsed, end))
}

/// `3 February 2026`, `3rd of February, 2026`, `3 de febrero de 2026`, `3. Februar 2026`,
/// `1er février 2026`, `3-Feb-2026`, `3 Feb`.
fn day_first(day: u32, after: Cursor<'_>) -> Option<(Parsed, Cursor<'_>)> {
    let after = ordinal(after);
    let (month, after) = names::month_at(joint(after))?;
    let year = joint(after.skip_any(&['.', ',']))
        .number()
        .filter(|(_, digits, _)| *digits == 4);
    dated(month, day, year, after)
}

/// `February 3, 2026`, `Feb. 3rd 2026`, `February 2026`, `Feb 3`.
fn month_first(start: Cursor<'_>) -> Option<(Parsed, Cursor<'_>)> {
    let (month, after) = names::month_at(start)?;
    let after = after.eat('.').unwrap_or(after);
    // `January, 2026`, but no day behind a comma: `Rio de Janeiro, 3 de fevereiro`.
    let year_only = joint(after.eat(',').unwrap_or(after)).number();
    if let Some((year, 4, end)) = year_only {
        return civil(year, month, 1).map(|date| (month_of(date), end));
    }
    let (day, digits, after) = joint(after).number()?;
    if digits > 2 {
        return None;
    }
    let after = ordinal(after);
    let year = joint(after.skip_any(&[',']))
        .number()
        .filter(|(_, digits, _)| *digits == 4);
    dated(month, day, year, after)
}

fn dated<'a>(
    month: u32,
    day: u32,
    year: Option<(u32, usize, Cursor<'a>)>,
    yearless_end: Cursor<'a>,
) -> Option<(Parsed, Cursor<'a>)> {
    if let Some((year, _, end)) = year {
        return Some((Parsed::Sure(Reading::of_day(civil(year, month, day)?)), end));
    }
    // 2024 is a leap year, so that 29 February passes.
    let date = civil(2024, month, day)?;
    Some((
        Parsed::Yearless {
            month: date.month(),
            day: date.day(),
        },
        yearless_end,
    ))
}

/// Skips the ending of an ordinal: `3rd`, `1er`, `1º`, `3.`
fn ordinal(after: Cursor<'_>) -> Cursor<'_> {
    match after.word() {
        Some(("st" | "nd" | "rd" | "th" | "er" | "re" | "º" | "ª" | "o", end)) => end,
        _ => after.eat('.').or_else(|| after.eat('°')).unwrap_or(after),
    }
}

/// Skips what joins day, month and year: spaces, a hyphen, `de`, `del`, `of`.
fn joint(after: Cursor<'_>) -> Cursor<'_> {
    let after = after.skip_any(&[' ', '\u{a0}', '\u{202f}', '-']);
    match after.word() {
        Some(("de" | "del" | "of" | "do" | "di", end)) => end.skip_any(&[' ', '\u{a0}']),
        _ => after,
    }
}

fn month_of(date: Date) -> Parsed {
    Parsed::Sure(Reading {
        precision: Precision::Month,
        ..Reading::of_day(date)
    })
}

/// A day of the years that news can be of; anything else in four digits is another number.
fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year)
        .ok()
        .filter(|year| (1000..=2999).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn show(reading: Reading) -> String {
        let date = reading.date;
        let day = match reading.precision {
            Precision::Year => return format!("{}", date.year()),
            Precision::Month => return format!("{}-{:02}", date.year(), date.month()),
            _ => date.to_string(),
        };
        match (reading.time, reading.offset) {
            (Some(time), Some(offset)) => format!("{day} {time} {offset}"),
            (Some(time), None) => format!("{day} {time} no zone"),
            _ => day,
        }
    }

    fn check(written: &[&str], expect: Expect) {
        let line = |written: &&str| {
            let meaning = match parse(written) {
                None => "-".to_owned(),
                Some(Parsed::Sure(reading)) => show(reading),
                Some(Parsed::Ordered(reading, order)) => format!("{} ({order:?})", show(reading)),
                Some(Parsed::Either { mdy, dmy }) => format!("{} or {}", show(mdy), show(dmy)),
                Some(Parsed::Yearless { month, day }) => format!("?-{month:02}-{day:02}"),
            };
            format!("{written} => {meaning}\n")
        };
        expect.assert_eq(&written.iter().map(line).collect::<String>());
    }

    #[test]
    fn reads_dates_of_machines() {
        check(
            &[
                "2026-02-03",
                "2026-02-03T11:20:05Z",
                "2026-02-03T11:20:05.123456+01:00",
                "2024-10-31 14:03:42-04:00",
                "2026-04-21 19:30:00",
                "2026/02/03 7:05",
                "20260203",
                "20260203T101500Z",
                "20260203112000",
                "2026-02",
                "2026",
                "Wed, 15 Apr 2026 07:30:00 GMT",
                "Wed, 15 Apr 2026 07:30:00 -0500",
                "Wed Oct 10 20:19:24 +0000 2018",
                "Tue Feb 03 2026 10:00:00 GMT+0100 (CET)",
                "1770235200",
                "1770235200000",
                "1770235200.25",
            ],
            expect![[r#"
                2026-02-03 => 2026-02-03
                2026-02-03T11:20:05Z => 2026-02-03 11:20:05 +00
                2026-02-03T11:20:05.123456+01:00 => 2026-02-03 11:20:05 +01
                2024-10-31 14:03:42-04:00 => 2024-10-31 14:03:42 -04
                2026-04-21 19:30:00 => 2026-04-21 19:30:00 no zone
                2026/02/03 7:05 => 2026-02-03 07:05:00 no zone
                20260203 => 2026-02-03
                20260203T101500Z => 2026-02-03 10:15:00 +00
                20260203112000 => 2026-02-03 11:20:00 no zone
                2026-02 => 2026-02
                2026 => 2026
                Wed, 15 Apr 2026 07:30:00 GMT => 2026-04-15 07:30:00 +00
                Wed, 15 Apr 2026 07:30:00 -0500 => 2026-04-15 07:30:00 -05
                Wed Oct 10 20:19:24 +0000 2018 => 2018-10-10 20:19:24 +00
                Tue Feb 03 2026 10:00:00 GMT+0100 (CET) => 2026-02-03 10:00:00 +01
                1770235200 => 2026-02-04 20:00:00 +00
                1770235200000 => 2026-02-04 20:00:00 +00
                1770235200.25 => 2026-02-04 20:00:00 +00
            "#]],
        );
    }

    #[test]
    fn reads_dates_of_seven_languages() {
        check(
            &[
                "3 February 2026",
                "Feb. 3, 2026",
                "February 3rd, 2026",
                "the 3rd of February 2026",
                "le 3 février 2026",
                "Tuesday, February 3, 2026 at 5 pm EST",
                "3 de febrero de 2026",
                "martes, 3 de febrero de 2026 a las 11:20",
                "3 de fevereiro de 2026 às 11h20",
                "terça-feira, 3 de fevereiro de 2026",
                "1er février 2026 à 9h05",
                "mardi 3 févr. 2026",
                "3. Februar 2026, 14.05 Uhr",
                "Dienstag, den 3. März 2026",
                "3 febbraio 2026 alle 11:20",
                "3 februari 2026 om 11:20",
                "03.02.2026",
                "3.2.26 11:20",
                "11:20, 3 February 2026",
                "February 2026",
                "août 2026",
            ],
            expect![[r#"
                3 February 2026 => 2026-02-03
                Feb. 3, 2026 => 2026-02-03
                February 3rd, 2026 => 2026-02-03
                the 3rd of February 2026 => 2026-02-03
                le 3 février 2026 => 2026-02-03
                Tuesday, February 3, 2026 at 5 pm EST => 2026-02-03 17:00:00 -05
                3 de febrero de 2026 => 2026-02-03
                martes, 3 de febrero de 2026 a las 11:20 => 2026-02-03 11:20:00 no zone
                3 de fevereiro de 2026 às 11h20 => 2026-02-03 11:20:00 no zone
                terça-feira, 3 de fevereiro de 2026 => 2026-02-03
                1er février 2026 à 9h05 => 2026-02-01 09:05:00 no zone
                mardi 3 févr. 2026 => 2026-02-03
                3. Februar 2026, 14.05 Uhr => 2026-02-03 14:05:00 no zone
                Dienstag, den 3. März 2026 => 2026-03-03
                3 febbraio 2026 alle 11:20 => 2026-02-03 11:20:00 no zone
                3 februari 2026 om 11:20 => 2026-02-03 11:20:00 no zone
                03.02.2026 => 2026-02-03
                3.2.26 11:20 => 2026-02-03 11:20:00 no zone
                11:20, 3 February 2026 => 2026-02-03 11:20:00 no zone
                February 2026 => 2026-02
                août 2026 => 2026-08
            "#]],
        );
    }

    #[test]
    fn never_guesses_the_order_of_day_and_month() {
        check(
            &[
                "02/04/2026",
                "02/04/2026 11:20",
                "2-4-26",
                "13/02/2026",
                "02/13/2026",
                "05/05/2026",
            ],
            expect![[r#"
                02/04/2026 => 2026-02-04 or 2026-04-02
                02/04/2026 11:20 => 2026-02-04 11:20:00 no zone or 2026-04-02 11:20:00 no zone
                2-4-26 => 2026-02-04 or 2026-04-02
                13/02/2026 => 2026-02-13 (Dmy)
                02/13/2026 => 2026-02-13 (Mdy)
                05/05/2026 => 2026-05-05
            "#]],
        );
    }

    #[test]
    fn leaves_alone_what_is_no_date() {
        check(
            &[
                "",
                "yesterday",
                "31/31/2026",
                "2026-13-01",
                "30 February 2026",
                "12345",
                "1.2.3",
                "Feb. 3",
                "May",
                "99999999999999999999",
                "3/4",
                "2026-02-03x",
            ],
            expect![[r#"
                 => -
                yesterday => -
                31/31/2026 => -
                2026-13-01 => -
                30 February 2026 => -
                12345 => -
                1.2.3 => -
                Feb. 3 => ?-02-03
                May => -
                99999999999999999999 => -
                3/4 => -
                2026-02-03x => -
            "#]],
        );
    }

    #[test]
    fn finds_the_dates_of_a_text() {
        let text = "As of December 31, 2025 and 1 de enero de 2026, not in May 2026; on Feb. 3, \
                    room 101/2, 12/13/2025 and 02/03/2026.";
        let found: String = hits(text)
            .map(|hit| {
                format!(
                    "{} {:?}\n",
                    &text[hit.start..hit.start + 6],
                    hit.parsed.sure().map(show)
                )
            })
            .collect();
        expect![[r#"
            Decemb Some("2025-12-31")
            1 de e Some("2026-01-01")
            Feb. 3 None
            12/13/ Some("2025-12-13")
            02/03/ None
        "#]]
        .assert_eq(&found);
    }

    #[test]
    fn finds_weekdays_with_the_number_of_their_day() {
        let text = "this Tuesday (3), nesta terça-feira (4), el martes 5, on Tuesday 6 people, \
                    Friday 1.5 million, Sunday (2026)";
        let found: Vec<String> = weekday_days(text)
            .map(|(weekday, day)| format!("{weekday:?} {day}"))
            .collect();
        expect!["Tuesday 3, Tuesday 4, Tuesday 5"].assert_eq(&found.join(", "));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "[0-9A-Za-zçéñ ./:,()+-]{0,40}|\\PC{0,40}") {
            let _ = parse(&text);
            let _ = hits(&text).count() + weekday_days(&text).count() + years(&text).count();
        }

        #[test]
        fn every_day_is_read_back_in_every_form(days in -60_000i64..80_000) {
            let date = Date::new(1970, 1, 1).unwrap().checked_add(jiff::Span::new().days(days)).unwrap();
            for form in ["%Y-%m-%d", "%d %B %Y", "%B %-d, %Y", "%a, %d %b %Y", "%d.%m.%Y", "%Y%m%d"] {
                let written = date.strftime(form).to_string();
                let read = parse(&written).and_then(Parsed::sure).map(|reading| reading.date);
                prop_assert_eq!(read, Some(date), "{}", written);
            }
            let slashes = date.strftime("%m/%d/%Y").to_string();
            let can_be = match parse(&slashes) {
                Some(Parsed::Either { mdy, .. }) => mdy.date == date,
                Some(parsed) => parsed.sure().unwrap().date == date,
                None => false,
            };
            prop_assert!(can_be, "{}", slashes);
        }
    }
}
