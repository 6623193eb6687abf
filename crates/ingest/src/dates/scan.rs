//! Dates, weekdays and years inside running text, as evidence for a date that is in doubt.

use jiff::civil::Weekday;

use super::Parsed;
use super::cursor::{Cursor, is_letter};
use super::forms::{day, weekday};

/// A date in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Where it begins, in bytes.
    pub start: usize,
    /// What it can mean.
    pub parsed: Parsed,
}

/// The dates of a text, in order. A month without a day is none, and a day and month without a
/// year is one only where the month is written with a capital or joined by a word.
pub(crate) fn hits(text: &str) -> impl Iterator<Item = Hit> {
    let mut end = 0;
    word_starts(text).filter_map(move |at| {
        if at < end {
            return None;
        }
        let start = Cursor::new(text).skip(at);
        let first = start.peek()?;
        if first.is_lowercase() {
            return None;
        }
        let (parsed, after) = day(start)?;
        if after.peek().is_some_and(char::is_alphanumeric) {
            return None;
        }
        if let Some(reading) = parsed.sure()
            && reading.precision != dateline_corpus::Precision::Day
        {
            return None;
        }
        end = after.at();
        Some(Hit { start: at, parsed })
    })
}

/// Weekdays with the number of their day: `this Tuesday (3)`, `martes 3,`.
pub(crate) fn weekday_days(text: &str) -> impl Iterator<Item = (Weekday, i8)> {
    word_starts(text).filter_map(|at| {
        let (weekday, after) = weekday(Cursor::new(text).skip(at))?;
        let gap = after.skip_any(&[' ', ',']);
        let (number, end) = match gap.eat('(') {
            Some(inside) => {
                let (number, digits, end) = inside.number()?;
                (number, end.eat(')').filter(|_| digits <= 2)?)
            }
            None if gap.at() > after.at() => {
                let (number, digits, end) = gap.number()?;
                let closes = end
                    .peek()
                    .is_none_or(|c| matches!(c, ',' | '.' | ';' | ')' | '\n'));
                (number, Some(end).filter(|_| digits <= 2 && closes)?)
            }
            None => return None,
        };
        let is_decimal = end
            .skip_any(&[',', '.'])
            .peek()
            .is_some_and(|c| c.is_ascii_digit());
        let number = i8::try_from(number)
            .ok()
            .filter(|number| (1..=31).contains(number))?;
        (!is_decimal).then_some((weekday, number))
    })
}

/// The weekdays that a text names.
pub(crate) fn weekdays(text: &str) -> impl Iterator<Item = Weekday> {
    word_starts(text).filter_map(|at| Some(weekday(Cursor::new(text).skip(at))?.0))
}

/// The years of a text, 1900 to 2099, in order and as often as they are named.
pub(crate) fn years(text: &str) -> impl Iterator<Item = i16> {
    word_starts(text).filter_map(|at| {
        let (value, digits, after) = Cursor::new(text).skip(at).number()?;
        let is_year = digits == 4 && (1900..=2099).contains(&value);
        let is_whole = !after.peek().is_some_and(char::is_alphanumeric);
        (is_year && is_whole).then_some(value as i16)
    })
}

/// The byte offsets at which letters or digits begin.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        // As far as a word is read: else every letter with an accent behind it would begin one.
        let is_inside = is_letter(c) || c.is_numeric();
        let starts = is_inside && !inside;
        inside = is_inside;
        starts.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_their_accents_behind_them_are_one_word() {
        assert_eq!(
            word_starts("Cafe\u{301} re\u{301}gal 3").collect::<Vec<_>>(),
            [0, 7, 15]
        );
        assert_eq!(word_starts(&"a\u{300}".repeat(30_000)).count(), 1);
    }
}
