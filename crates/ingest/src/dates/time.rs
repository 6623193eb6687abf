//! The time of day and the zone beside a date.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::cursor::{Cursor, SPACES};
use super::zones::{self, Zone};

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub time: Time,
    /// The zone, where one is given that is understood.
    pub zone: Option<Zone>,
}

/// Whether a dot may part hours and minutes (`kl. 11.20`) without a unit or zone behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dotted {
    /// A word before it says that it is a time.
    Yes,
    /// It may be any number.
    No,
}

/// Words between a date and its time. Those of the second list say that a time follows.
const LINKS: &[&str] = &[
    "t",
    "a",
    "à",
    "las",
    "la",
    "às",
    "as",
    "em",
    "ο",
    "στις",
    "в",
    "и",
    "على",
    "بتوقيت",
    "tarihinde",
];
const CLOCK_LINKS: &[&str] = &[
    "at",
    "um",
    "kl",
    "klo",
    "klokken",
    "klockan",
    "alle",
    "ore",
    "om",
    "ora",
    "orele",
    "saat",
    "ώρα",
    "الساعة",
    "மணி",
];

/// The time that follows a date, with what links the two.
pub(crate) fn after_date(end: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let mut at = end;
    let mut dotted = Dotted::No;
    loop {
        let next = at.skip_any(&SPACES).skip_any(&[
            ',', '،', '|', '·', '•', '@', '-', '–', '—', '.', ':', '/', '(',
        ]);
        let next = next.skip_any(&SPACES);
        if next.at() == at.at() {
            let word = next
                .word()
                .map(|(word, after)| (word.to_lowercase(), after));
            match word {
                Some((word, after)) if LINKS.contains(&word.as_str()) => at = after,
                Some((word, after)) if CLOCK_LINKS.contains(&word.as_str()) => {
                    at = after;
                    dotted = Dotted::Yes;
                }
                _ => break,
            }
        } else {
            at = next;
        }
    }
    // Something must part the two, lest `2026-02-0311` read as a time.
    if at.at() == end.at() {
        return None;
    }
    clock(at, dotted)
        .or_else(|| bare_hour(at))
        .or_else(|| compact(end))
}

/// `T101500Z`: ISO 8601 without colons.
fn compact(end: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (value, digits, after) = end.eat('T')?.number()?;
    let value = match digits {
        4 => value * 100,
        6 => value,
        _ => return None,
    };
    timed(value / 10_000, value / 100 % 100, value % 100, after)
}

/// After a date, `5 pm`, `17 Uhr`, `17h`.
fn bare_hour(start: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (hour, _, after) = start.number().filter(|(_, digits, _)| *digits <= 2)?;
    match half(after) {
        Some((is_afternoon, end)) => timed(in_half(hour, is_afternoon)?, 0, 0, end),
        None => timed(hour, 0, 0, unit(after)?),
    }
}

/// `11:20`, `11:20:05.123Z`, `7:38 P.M. EDT`, `14h05`, `14.05 Uhr`, `11.20 GMT`.
pub(crate) fn clock(start: Cursor<'_>, dotted: Dotted) -> Option<(Clock, Cursor<'_>)> {
    let (hour, _, after) = start.number().filter(|(_, digits, _)| *digits <= 2)?;
    let (minute, second, after) = minutes(after, dotted)?;
    match half(after).and_then(|(half, end)| Some((in_half(hour, half)?, end))) {
        Some((hour, end)) => timed(hour, minute, second, end),
        None => timed(hour, minute, second, after),
    }
}

/// The hour of the day that an hour of its first or second half is.
fn in_half(hour: u32, is_afternoon: bool) -> Option<u32> {
    let is_half = (1..=12).contains(&hour);
    is_half.then_some(hour % 12 + if is_afternoon { 12 } else { 0 })
}

fn timed(hour: u32, minute: u32, second: u32, end: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    let (zone, end) = zone(end).map_or((None, end), |(zone, end)| (Some(zone), end));
    Some((Clock { time, zone }, end))
}

/// Minutes and seconds.
fn minutes(after: Cursor<'_>, dotted: Dotted) -> Option<(u32, u32, Cursor<'_>)> {
    // `11 h 20`
    let spaced = after.skip_spaces();
    let after = if spaced.peek() == Some('h') {
        spaced
    } else {
        after
    };
    let separator = after.peek()?;
    let (minute, digits, end) = match separator {
        'h' => after.skip(1).skip_spaces().number()?,
        ':' | 'H' | 'u' => after.skip(1).number()?,
        '.' => after.skip(1).number().filter(|(_, _, end)| {
            let is_told = || unit(*end).is_some() || half(*end).is_some() || zone(*end).is_some();
            dotted == Dotted::Yes || is_told()
        })?,
        _ => return None,
    };
    if digits != 2 {
        return None;
    }
    let seconds = end
        .eat(':')
        .or_else(|| end.eat('.').filter(|_| separator == '.'));
    let Some((second, 2, end)) = seconds.and_then(Cursor::number) else {
        return Some((minute, 0, unit(end).unwrap_or(end)));
    };
    // Fractions of a second are of no use in news, and may have any number of digits.
    let fraction = end.eat('.').or_else(|| end.eat(',')).map(|after| {
        let rest = after.rest();
        after.skip(rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len())
    });
    // A leap second is as good as the one before it.
    Some((minute, second.min(59), fraction.unwrap_or(end)))
}

/// `Uhr`, `hrs`, `h`.
fn unit(after: Cursor<'_>) -> Option<Cursor<'_>> {
    let (word, end) = after.skip_spaces().word()?;
    matches!(
        word,
        "Uhr" | "uhr" | "h" | "H" | "hrs" | "hs" | "uur" | "ч" | "час" | "óra" | "órakor"
    )
    .then_some(end)
}

/// `am`, `P.M.`, `a. m.`, `μ.μ.`, `ص`: whether it is the second half of the day.
fn half(after: Cursor<'_>) -> Option<(bool, Cursor<'_>)> {
    let start = after.skip_spaces();
    let (is_afternoon, second) = match start.peek()? {
        'a' | 'A' => (false, ['m', 'M']),
        'p' | 'P' => (true, ['m', 'M']),
        'π' => (false, ['μ', 'Μ']),
        'μ' => (true, ['μ', 'Μ']),
        'ص' => (false, ['\0'; 2]),
        'م' => (true, ['\0'; 2]),
        _ => return None,
    };
    let first = start.peek().map_or(0, char::len_utf8);
    let mut end = start.skip(first);
    if second[0] != '\0' {
        end = end.eat('.').unwrap_or(end).skip_spaces();
        end = second.iter().find_map(|m| end.eat(*m))?;
    }
    if end.peek().is_some_and(char::is_alphabetic) {
        return None;
    }
    Some((is_afternoon, end.eat('.').unwrap_or(end)))
}

/// `Z`, `+01:00`, `-0400`, `GMT+1`, `EDT`.
fn zone(after: Cursor<'_>) -> Option<(Zone, Cursor<'_>)> {
    let start = after.skip_any(&[' ', '\u{a0}', '(']);
    let Some((word, end)) = start.word() else {
        return signed(start);
    };
    let zone = zones::named(word)?;
    if zone == Zone::Fixed(Offset::UTC)
        && let Some(found) = signed(end)
    {
        return Some(found);
    }
    Some((zone, end.eat(')').unwrap_or(end)))
}

fn signed(start: Cursor<'_>) -> Option<(Zone, Cursor<'_>)> {
    let sign = match start.peek()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let after = start.skip_any(&['+', '-', '−']);
    let (value, digits, end) = after.number()?;
    let (hours, minutes, end) = match digits {
        1 | 2 => match end.eat(':').and_then(Cursor::number) {
            Some((minutes, 2, end)) => (value, minutes, end),
            _ => (value, 0, end),
        },
        4 => (value / 100, value % 100, end),
        _ => return None,
    };
    // No place on earth is further from UTC than 14 hours; none behind it by a quarter of an hour,
    // and `11:20-11:45` is a span of time.
    let is_offset = hours <= 14 && minutes < 60 && (sign > 0 || minutes % 30 == 0);
    if !is_offset {
        return None;
    }
    let seconds = sign * (hours as i32 * 3_600 + minutes as i32 * 60);
    Some((Zone::Fixed(Offset::from_seconds(seconds).ok()?), end))
}
