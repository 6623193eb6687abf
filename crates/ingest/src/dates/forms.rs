//! The orders and separators in which day, month and year are written; no times.

use dateline_corpus::Precision;
use jiff::civil::{Date, Weekday};

use super::cursor::{Cursor, SPACES};
use super::{Parsed, Reading, names, time};
use dateline_corpus::DateOrder;

/// A date and the place behind it.
type Found<'a> = (Parsed, Cursor<'a>);

/// A date without its time, a weekday before or after it included.
pub(super) fn day(start: Cursor<'_>) -> Option<Found<'_>> {
    // `le mardi 3 février`, `the Tuesday`
    let start = behind_article(start);
    let (weekday, (parsed, end)) = match weekday(start) {
        Some((weekday, after)) => (Some(weekday), date(gap(after))?),
        None => (None, behind_short_weekday(start).or_else(|| date(start))?),
    };
    // `3 Şubat 2026 Salı`
    let next = end.skip_any(&[',', '،']).skip_spaces();
    let last = next.word().and_then(|(word, after)| {
        let weekday = names::weekday(word).filter(|_| next.at() > end.at())?;
        Some((weekday, after))
    });
    let end = last.map_or(end, |(_, end)| end);
    let weekday = weekday.or(last.map(|(weekday, _)| weekday));
    Some((weekday.map_or(parsed, |day| settle(parsed, day)), end))
}

/// `mar. 3 févr. 2026`, `пн, 3 февраля 2026`. What abbreviates a weekday may be another word, so
/// only a full date behind it shows what it is.
fn behind_short_weekday(start: Cursor<'_>) -> Option<Found<'_>> {
    let (word, after) = start.word()?;
    if !names::is_short_weekday(word) {
        return None;
    }
    date(gap(after)).filter(|(parsed, _)| !matches!(parsed, Parsed::Yearless { .. }))
}

/// The weekday that a text begins with.
pub(super) fn weekday(start: Cursor<'_>) -> Option<(Weekday, Cursor<'_>)> {
    let (word, after) = start.word()?;
    let weekday = names::weekday(word)?;
    // Portuguese: terça-feira.
    let after = match after.eat('-').and_then(Cursor::word) {
        Some((word, end)) if word.eq_ignore_ascii_case("feira") => end,
        _ => after,
    };
    Some((weekday, after))
}

/// A weekday that fits one of two readings speaks for it.
fn settle(parsed: Parsed, weekday: Weekday) -> Parsed {
    let Parsed::Either { mdy, dmy } = parsed else {
        return parsed;
    };
    match (mdy.date.weekday() == weekday, dmy.date.weekday() == weekday) {
        (true, false) => Parsed::Ordered(mdy, DateOrder::Mdy),
        (false, true) => Parsed::Ordered(dmy, DateOrder::Dmy),
        _ => parsed,
    }
}

/// Skips what stands between a weekday and its date.
pub(super) fn gap(after: Cursor<'_>) -> Cursor<'_> {
    let after = after.skip_spaces();
    after.skip_any(&[',', '.', '،']).skip_spaces()
}

fn date(start: Cursor<'_>) -> Option<Found<'_>> {
    let start = behind_article(start);
    match start.number() {
        Some((value, 4, after)) => year_first(value, after),
        Some((value, 8, after)) => {
            let reading = super::compact(&format!("{value:08}"))?;
            Some((Parsed::Sure(reading), after))
        }
        Some((value, 1 | 2, after)) => {
            all_numbers(value, after).or_else(|| day_first(value, after))
        }
        Some(_) => None,
        None => month_first(start),
    }
}

/// Skips what may stand before a weekday or a day: `Dienstag, den 3.`, `mardi le 3`, `the 3rd`.
fn behind_article(start: Cursor<'_>) -> Cursor<'_> {
    match start.word() {
        Some((
            "den" | "d" | "am" | "le" | "el" | "the" | "o" | "dia" | "día" | "pe" | "il" | "op"
            | "στις" | "يوم",
            end,
        )) => end.skip_spaces(),
        _ => start,
    }
}

/// `2026-02-03`, `2026/02/03`, `2026. 02. 03.`, `2026-02`, `2026. február 3.`, `2026 Feb 3`,
/// `2026年2月3日`.
fn year_first(year: u32, after: Cursor<'_>) -> Option<Found<'_>> {
    if let Some(found) = east_asian(year, after) {
        return Some(found);
    }
    let separator = after.peek()?;
    if let Some((month, end)) = names::month_at(joint(after.skip_any(&['.', ',']))) {
        let (day, digits, end) = joint(end.skip_any(&['.'])).number()?;
        let date = (digits <= 2).then(|| civil(year, month, day))??;
        return Some((Parsed::Sure(Reading::of_day(date)), ordinal(end)));
    }
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let (month, digits, end) = separated(after, separator)?;
    if digits > 2 {
        return None;
    }
    if let Some((day, 1 | 2, end)) = separated(end, separator) {
        // Systems write any year in this form: year 1 for no date, 9999 for never.
        let date = calendar(year, month, day)?;
        let end = if separator == '.' { dotted(end) } else { end };
        return Some((Parsed::Sure(Reading::of_day(date)), end));
    }
    let is_month = separator == '-' && digits == 2;
    is_month
        .then(|| civil(year, month, 1))?
        .map(|date| (month_of(date), end))
}

/// `2026年2月3日`, `2026년 2월 3일`.
fn east_asian(year: u32, after: Cursor<'_>) -> Option<Found<'_>> {
    let after = after.eat('年').or_else(|| after.eat('년'))?.skip_spaces();
    let (month, _, after) = after.number()?;
    let after = after.eat('月').or_else(|| after.eat('월'))?.skip_spaces();
    let Some((day, _, after)) = after.number() else {
        return Some((month_of(civil(year, month, 1)?), after));
    };
    let end = after.eat('日').or_else(|| after.eat('일'))?;
    Some((Parsed::Sure(Reading::of_day(civil(year, month, day)?)), end))
}

/// The number behind a separator; dots and slashes may have spaces beside them.
fn separated(after: Cursor<'_>, separator: char) -> Option<(u32, usize, Cursor<'_>)> {
    let spaces = |at: Cursor<'_>| at.skip_any(&SPACES[..4]).at() - at.at();
    let before = if separator == '/' { spaces(after) } else { 0 };
    let after = after.skip(before).eat(separator)?;
    let behind = if separator == '-' { 0 } else { spaces(after) };
    after.skip(behind).number()
}

/// `03.02.2026`, `3. 2. 2026`, `31/01/2026`, `02-04-26`.
fn all_numbers(first: u32, after: Cursor<'_>) -> Option<Found<'_>> {
    let separator = after.skip_spaces().peek()?;
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let (second, digits, end) = separated(after, separator)?;
    if digits > 2 {
        return None;
    }
    let (year, digits, end) = separated(end, separator)?;
    let year = match digits {
        4 => year,
        2 => century(year),
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

/// The year that two digits stand for, by the pivot of POSIX: 69 to 99 are of the last century.
fn century(year: u32) -> u32 {
    if year >= 69 { 1900 + year } else { 2000 + year }
}

/// `3 February 2026`, `3rd of February, 2026`, `3 de febrero de 2026`, `3. Februar 2026`,
/// `1er février 2026`, `26-FEB-87`, `3 Feb`.
fn day_first(day: u32, after: Cursor<'_>) -> Option<Found<'_>> {
    let after = ordinal(after);
    let (month, after) = names::month_at(joint(after))?;
    dated(month, day, after)
}

/// `February 3, 2026`, `Feb. 3rd 2026`, `February 2026`, `Feb 3`.
fn month_first(start: Cursor<'_>) -> Option<Found<'_>> {
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
    dated(month, day, ordinal(after))
}

/// A day of a month with the year behind it, if there is one.
fn dated(month: u32, day: u32, after: Cursor<'_>) -> Option<Found<'_>> {
    if let Some((year, end)) = year(after) {
        return Some((Parsed::Sure(Reading::of_day(civil(year, month, day)?)), end));
    }
    // 2024 is a leap year, so that 29 February passes.
    let date = civil(2024, month, day)?;
    let (month, day) = (date.month(), date.day());
    Some((Parsed::Yearless { month, day }, after))
}

/// The year behind day and month. One of two digits is one only where it cannot be an hour or a
/// number of the sentence: behind a hyphen or an apostrophe, or with a time behind it.
fn year(after: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let start = joint(after.skip_any(&['.', ',', '،']));
    match start.number() {
        Some((year, 4, end)) => {
            // `2026 г.`, `2026 года`
            let word = end.skip_spaces().word();
            let end = match word {
                Some(("г", end)) => end.eat('.').unwrap_or(end),
                Some(("года", end)) => end,
                _ => end,
            };
            return Some((year, end));
        }
        Some((year, 2, end)) => {
            let is_joined = after.peek() == Some('-');
            let is_timed = || {
                let gap = end.skip_any(&[' ']);
                gap.at() > end.at() && time::clock(gap, time::Dotted::No).is_some()
            };
            return (is_joined || is_timed()).then_some((century(year), end));
        }
        _ => {}
    }
    let end = start.eat('\'').or_else(|| start.eat('’'))?;
    let (year, _, end) = end.number().filter(|(_, digits, _)| *digits == 2)?;
    Some((century(year), end))
}

/// Skips the ending of an ordinal: `3rd`, `1er`, `1º`, `1.º`, `3.`, `3-án`, `3:e`.
fn ordinal(after: Cursor<'_>) -> Cursor<'_> {
    let after = dotted(after);
    if let Some((
        "st" | "nd" | "rd" | "th" | "er" | "re" | "e" | "de" | "º" | "ª" | "o" | "η" | "ης",
        end,
    )) = after.word()
    {
        return end;
    }
    let joined = after
        .eat('-')
        .or_else(|| after.eat(':'))
        .and_then(Cursor::word);
    match joined {
        Some(("án" | "én" | "a" | "e" | "i" | "е" | "го", end)) => end,
        _ => after.eat('°').unwrap_or(after),
    }
}

fn dotted(after: Cursor<'_>) -> Cursor<'_> {
    after.eat('.').unwrap_or(after)
}

/// Skips what joins day, month and year: spaces, a hyphen or slash, `de`, `del`, `of`.
fn joint(after: Cursor<'_>) -> Cursor<'_> {
    let after = after.skip_spaces();
    let after = after.eat('-').or_else(|| after.eat('/')).unwrap_or(after);
    match after.word() {
        Some(("de" | "del" | "of" | "do" | "di", end)) => end.skip_spaces(),
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
pub(super) fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    (1000..=2999)
        .contains(&year)
        .then(|| calendar(year, month, day))?
}

fn calendar(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| *year > 0)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
