//! The time of day and the zone beside a date.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::cursor::Cursor;

/// A time of day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    pub time: Time,
    /// The zone, where one is given that means one offset.
    pub offset: Option<Offset>,
}

/// Words between a date and its time.
const LINKS: &[&str] = &[
    "t", "at", "um", "a", "à", "las", "la", "às", "as", "kl", "alle", "ore", "om", "em",
];

/// The zones of RFC 2822 and the European ones, in hours from UTC: names that news uses and that
/// mean one thing only (`IST` and `BST` mean several and are left alone).
const ZONES: &[(&str, i8)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("wet", 0),
    ("west", 1),
    ("cet", 1),
    ("cest", 2),
    ("mez", 1),
    ("mesz", 2),
    ("eet", 2),
    ("eest", 3),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
];

/// The time that follows a date, with what links the two.
pub(crate) fn after_date(end: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let mut at = end;
    loop {
        let next = at.skip_any(&[
            ' ', '\u{a0}', '\u{202f}', '\t', ',', '|', '·', '@', '-', '–', '—', '.',
        ]);
        match next.word() {
            Some((word, after)) if LINKS.contains(&word.to_lowercase().as_str()) => at = after,
            _ => {
                at = next;
                break;
            }
        }
    }
    // Something must part the two, lest `2026-02-0311` read as a time.
    if at.at() == end.at() {
        return None;
    }
    clock(at, true).or_else(|| compact(end))
}

/// `T101500Z`: ISO 8601 without colons.
fn compact(end: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (value, digits, after) = end.eat('T')?.number()?;
    let value = match digits {
        4 => value * 100,
        6 => value,
        _ => return None,
    };
    let (hour, minute, second) = (value / 10_000, value / 100 % 100, value % 100);
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    let (offset, end) = zone(after).map_or((None, after), |(offset, end)| (Some(offset), end));
    Some((Clock { time, offset }, end))
}

/// `11:20`, `11:20:05.123Z`, `7:38 P.M. EDT`, `14h05`, `14.05 Uhr`, and after a date `5 pm`.
pub(crate) fn clock(start: Cursor<'_>, after_date: bool) -> Option<(Clock, Cursor<'_>)> {
    let (hour, digits, after) = start.number().filter(|(_, digits, _)| *digits <= 2)?;
    let (minute, second, after) = match minutes(after) {
        Some(found) => found,
        None if after_date => (0, 0, after),
        None => return None,
    };
    let has_minutes = after.at() > start.at() + digits;
    let (hour, end) = match half(after) {
        Some((is_afternoon, end)) if (1..=12).contains(&hour) => {
            (hour % 12 + if is_afternoon { 12 } else { 0 }, end)
        }
        _ if has_minutes => (hour, after),
        _ => return None,
    };
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    let (offset, end) = zone(end).map_or((None, end), |(offset, end)| (Some(offset), end));
    Some((Clock { time, offset }, end))
}

/// Minutes and seconds; a dot parts hours and minutes only where `Uhr` or the like follows.
fn minutes(after: Cursor<'_>) -> Option<(u32, u32, Cursor<'_>)> {
    let separator = after.peek()?;
    let (minute, digits, end) = match separator {
        ':' | 'h' | 'H' => after.skip(1).number()?,
        '.' => after
            .skip(1)
            .number()
            .filter(|(_, _, end)| unit(*end).is_some())?,
        _ => return None,
    };
    if digits != 2 {
        return None;
    }
    let Some((second, 2, end)) = end.eat(':').and_then(Cursor::number) else {
        return Some((minute, 0, unit(end).unwrap_or(end)));
    };
    // Fractions of a second are of no use in news, and may have any number of digits.
    let fraction = end
        .eat('.')
        .or_else(|| end.eat(','))
        .and_then(Cursor::number);
    // A leap second is as good as the one before it.
    Some((
        minute,
        second.min(59),
        fraction.map_or(end, |(_, _, end)| end),
    ))
}

/// `Uhr`, `hrs`, `h`.
fn unit(after: Cursor<'_>) -> Option<Cursor<'_>> {
    let (word, end) = after.skip_any(&[' ', '\u{a0}']).word()?;
    matches!(word, "Uhr" | "uhr" | "h" | "hrs" | "hs" | "uur").then_some(end)
}

/// `am`, `P.M.`: whether it is the second half of the day.
fn half(after: Cursor<'_>) -> Option<(bool, Cursor<'_>)> {
    let after = after.skip_any(&[' ', '\u{a0}', '\u{202f}']);
    let first = after.peek()?.to_ascii_lowercase();
    let end = after.skip_any(&['a', 'A', 'p', 'P']);
    if !matches!(first, 'a' | 'p') || end.at() != after.at() + 1 {
        return None;
    }
    let end = end.eat('.').unwrap_or(end).skip_any(&[' ']);
    let end = end.eat('m').or_else(|| end.eat('M'))?;
    if end.peek().is_some_and(char::is_alphabetic) {
        return None;
    }
    Some((first == 'p', end.eat('.').unwrap_or(end)))
}

/// `Z`, `+01:00`, `-0400`, `GMT+1`, `EDT`.
fn zone(after: Cursor<'_>) -> Option<(Offset, Cursor<'_>)> {
    let start = after.skip_any(&[' ', '(']);
    if let Some((word, end)) = start.word() {
        let lower = word.to_lowercase();
        let (_, hours) = ZONES.iter().find(|(name, _)| *name == lower)?;
        if *hours == 0
            && let Some(found) = signed(end)
        {
            return Some(found);
        }
        return Some((
            Offset::from_hours(*hours).ok()?,
            end.eat(')').unwrap_or(end),
        ));
    }
    signed(start)
}

fn signed(start: Cursor<'_>) -> Option<(Offset, Cursor<'_>)> {
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
    // No place on earth is further from UTC than 14 hours.
    if hours > 14 || minutes > 59 {
        return None;
    }
    let seconds = sign * (hours as i32 * 3_600 + minutes as i32 * 60);
    Some((Offset::from_seconds(seconds).ok()?, end))
}
