//! Reads stretches of days, and tells what is wrong with what should be one.

use std::ops::Range;

use dateline_corpus::CalendarPeriod;

use super::super::dates::{Dates, Moment};
use super::Parser;

impl Parser<'_> {
    /// What `date:` makes of a text.
    pub(super) fn dates(&mut self, text: &str, span: &Range<usize>) -> Option<Dates> {
        if text.eq_ignore_ascii_case("none") {
            return Some(Dates::Unknown);
        }
        if text.starts_with(['<', '>']) {
            return compared(text);
        }
        if let Some((first, last)) = text.split_once("..") {
            let first = (!first.is_empty()).then(|| Moment::parse(first));
            let last = (!last.is_empty()).then(|| Moment::parse(last));
            return match (first, last) {
                (Some(first), Some(last)) => Some(self.between(first?, last?, span)),
                (Some(first), None) => Some(Dates::Since(first?)),
                (None, Some(last)) => Some(Dates::Until(last?)),
                (None, None) => None,
            };
        }
        let moment = Moment::parse(text)?;
        if matches!(moment, Moment::Ago(..)) {
            let problem = "a stretch of time has an end, too";
            let assumed = "everything since then is taken";
            self.suggest(
                span.clone(),
                problem,
                assumed,
                format!("write since:{text}"),
            );
            return Some(Dates::Since(moment));
        }
        Some(Dates::Between(moment, moment))
    }

    fn between(&mut self, first: Moment, last: Moment, span: &Range<usize>) -> Dates {
        if !first.is_after(last) {
            return Dates::Between(first, last);
        }
        let dates = Dates::Between(last, first);
        let problem = "the first day is after the last";
        self.report(span.clone(), problem, format!("it is read as {dates}"));
        dates
    }
}

/// What is wrong with what should be a date, and what to write.
pub(super) fn misdated(text: &str) -> (String, String) {
    let numbers: Vec<&str> = text.split(['-', '/', '.']).collect();
    let day = |year: &str, month: &str, day: &str| {
        CalendarPeriod::parse(&format!("{year}-{month}-{day}"))
    };
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    if let [a, b, year] = numbers[..] {
        match (day(year, a, b), day(year, b, a)) {
            // `03/02/2026` is a day in March to some and in February to others.
            (Some(one), Some(other)) if one != other => {
                let problem = format!("`{text}` can be read in two ways");
                return (problem, format!("write {one} or {other}"));
            }
            (Some(only), _) | (None, Some(only)) => {
                let problem = format!("`{text}` does not begin with the year");
                return (problem, format!("write {only}"));
            }
            (None, None) => {}
        }
    }
    let all_numbers = numbers.iter().all(|part| part.parse::<u16>().is_ok());
    if all_numbers && numbers.len() > 1 && is_year(numbers[0]) {
        let problem = format!("the calendar has no `{text}`");
        return (problem, "write a day or a month that it has".to_owned());
    }
    (
        format!("`{text}` is no date"),
        "write a year, a month, a day or a time before today, such as 2026, 2026-02, \
         2026-02-03 or 7d"
            .to_owned(),
    )
}

/// `>2026-02`, `>=2026-02`, `<2026-02`, `<=2026-02`
fn compared(text: &str) -> Option<Dates> {
    let moment = |text: &str| Moment::parse(text.trim());
    if let Some(text) = text.strip_prefix(">=") {
        moment(text).map(Dates::Since)
    } else if let Some(text) = text.strip_prefix("<=") {
        moment(text).map(Dates::Until)
    } else if let Some(text) = text.strip_prefix('<') {
        moment(text).map(Dates::Before)
    } else {
        Some(Dates::Since(match moment(text.strip_prefix('>')?)? {
            Moment::Period(period) => {
                Moment::Period(CalendarPeriod::of_day(period.last().tomorrow().ok()?))
            }
            ago => ago,
        }))
    }
}
