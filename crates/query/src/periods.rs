//! Puts days into years, months and weeks. Counting the articles of a day is done elsewhere.

use jiff::civil::{Date, date};
use jiff::{Span, Unit};

use crate::collect::Days;
use crate::{Histogram, Interval, Period};

/// Periods that [`Interval::Auto`] gives at most: each is a line or a column of a screen.
const SCREEN_PERIODS: i64 = 62;
/// Periods that are returned at most; beyond them a coarser interval is taken. Thirty years of
/// days: more than that is a mistaken date among the articles, not a wish.
const PERIODS_MAX: i64 = 11_000;
/// From fine to coarse.
const INTERVALS: [Interval; 4] = [
    Interval::Day,
    Interval::Week,
    Interval::Month,
    Interval::Year,
];
const EPOCH: Date = date(1970, 1, 1);

impl Days {
    /// The articles by period. A coarser interval than the one that is wanted is taken where it
    /// would give more than [`PERIODS_MAX`] periods.
    pub(crate) fn histogram(&self, wanted: Interval) -> Histogram {
        self.histogram_over(wanted, self)
    }

    /// The same over the periods that the histogram of other days has.
    pub(crate) fn histogram_over(&self, wanted: Interval, whole: &Days) -> Histogram {
        let interval = whole.interval(wanted);
        let empty = || Histogram {
            interval,
            periods: Vec::new(),
            coarse: self.counts.values().sum(),
            undated: self.undated,
        };
        let Some((first, last)) = whole.span(interval) else {
            return empty();
        };
        let mut starts = Vec::new();
        let mut next = Some(first);
        while let Some(start) = next.filter(|start| *start <= last) {
            starts.push(start);
            next = start.checked_add(length(interval)).ok();
        }
        let mut counts = vec![0; starts.len()];
        let mut coarse = 0;
        for (&days, &count) in &self.counts {
            let start = only_period(days, interval);
            let at = start.and_then(|start| starts.binary_search(&start).ok());
            match at {
                Some(at) => counts[at] += count,
                None => coarse += count,
            }
        }
        let periods = starts.into_iter().zip(counts);
        Histogram {
            interval,
            periods: periods
                .map(|(start, count)| Period {
                    start: written(start, interval),
                    count,
                })
                .collect(),
            coarse,
            undated: self.undated,
        }
    }

    /// The interval that is taken where one is wanted.
    fn interval(&self, wanted: Interval) -> Interval {
        let (finest, periods_max) = match wanted {
            Interval::Auto => (Interval::Day, SCREEN_PERIODS),
            wanted => (wanted, PERIODS_MAX),
        };
        let mut candidates = INTERVALS.into_iter().skip_while(|&one| one != finest);
        let few_enough = |&interval: &Interval| {
            self.span(interval)
                .is_none_or(|(first, last)| periods_between(first, last, interval) < periods_max)
        };
        candidates.find(few_enough).unwrap_or(Interval::Year)
    }

    /// The first and the last period that an article is in.
    fn span(&self, interval: Interval) -> Option<(Date, Date)> {
        let starts = || {
            self.counts
                .keys()
                .filter_map(|&days| only_period(days, interval))
        };
        starts().min().zip(starts().max())
    }
}

/// The start of the period that holds all of some days; `None` when they reach over several, or
/// beyond the calendar.
fn only_period((first, last): (i64, i64), interval: Interval) -> Option<Date> {
    let start = start_of(first, interval)?;
    (start_of(last, interval)? == start).then_some(start)
}

/// The start of the period that a day is in, in days since 1970.
fn start_of(day: i64, interval: Interval) -> Option<Date> {
    let date = EPOCH.checked_add(Span::new().try_days(day).ok()?).ok()?;
    match interval {
        Interval::Year => Some(date.first_of_year()),
        Interval::Month => Some(date.first_of_month()),
        Interval::Week => {
            let days = date.weekday().to_monday_zero_offset();
            date.checked_sub(Span::new().days(days)).ok()
        }
        Interval::Day | Interval::Auto => Some(date),
    }
}

fn length(interval: Interval) -> Span {
    match interval {
        Interval::Year => Span::new().years(1),
        Interval::Month => Span::new().months(1),
        Interval::Week => Span::new().weeks(1),
        Interval::Day | Interval::Auto => Span::new().days(1),
    }
}

/// How many periods begin after the first and not after the last.
fn periods_between(first: Date, last: Date, interval: Interval) -> i64 {
    let months = || {
        let years = i64::from(last.year()) - i64::from(first.year());
        years * 12 + i64::from(last.month()) - i64::from(first.month())
    };
    match interval {
        Interval::Year => months() / 12,
        Interval::Month => months(),
        Interval::Week | Interval::Day | Interval::Auto => {
            let days = first.until((Unit::Day, last));
            // Both are in the calendar, which has fewer days than fit.
            let days = days.map_or(i64::MAX, |span| span.get_days().into());
            match interval {
                Interval::Week => days / 7,
                _ => days,
            }
        }
    }
}

fn written(start: Date, interval: Interval) -> String {
    match interval {
        Interval::Year => start.strftime("%Y").to_string(),
        Interval::Month => start.strftime("%Y-%m").to_string(),
        Interval::Week | Interval::Day | Interval::Auto => start.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// Days by their dates: one day, or the first and the last of several.
    fn days(dates: &[&str]) -> Days {
        let number = |text: &str| {
            let date: Date = text.parse().unwrap();
            i64::from(EPOCH.until((Unit::Day, date)).unwrap().get_days())
        };
        let mut days = Days::default();
        for text in dates {
            let (first, last) = text.split_once("..").unwrap_or((text, text));
            *days
                .counts
                .entry((number(first), number(last)))
                .or_default() += 1;
        }
        days
    }

    fn check(dates: &[&str], wanted: Interval, expected: Expect) {
        let histogram = days(dates).histogram(wanted);
        let mut lines = format!("{:?}", histogram.interval);
        for period in &histogram.periods {
            lines += &format!(" {}={}", period.start, period.count);
        }
        lines += &format!(" coarse={}", histogram.coarse);
        expected.assert_eq(&lines);
    }

    #[test]
    fn puts_days_into_periods_without_gaps() {
        let dates = [
            "2025-12-28",
            "2025-12-29",
            "2026-01-04",
            "2026-01-05",
            "2026-02-01..2026-02-28",
            "2025-01-01..2025-12-31",
        ];
        check(
            &dates,
            Interval::Year,
            expect!["Year 2025=3 2026=3 coarse=0"],
        );
        check(
            &dates,
            Interval::Month,
            expect!["Month 2025-12=2 2026-01=2 2026-02=1 coarse=1"],
        );
        check(
            &dates,
            Interval::Week,
            expect!["Week 2025-12-22=1 2025-12-29=2 2026-01-05=1 coarse=2"],
        );
        check(
            &dates[..2],
            Interval::Day,
            expect!["Day 2025-12-28=1 2025-12-29=1 coarse=0"],
        );
    }

    #[test]
    fn chooses_the_finest_interval_that_fits_a_screen() {
        for (last, interval) in [
            ("2026-01-01", Interval::Day),
            ("2026-03-03", Interval::Day),
            ("2026-03-04", Interval::Week),
            ("2027-02-28", Interval::Week),
            ("2027-03-10", Interval::Month),
            ("2031-02-28", Interval::Month),
            ("2031-03-01", Interval::Year),
            ("9999-12-31", Interval::Year),
        ] {
            let histogram = days(&["2026-01-01", last]).histogram(Interval::Auto);
            assert_eq!(histogram.interval, interval, "{last}");
        }
    }

    #[test]
    fn takes_a_coarser_interval_for_mistaken_dates() {
        let far = ["0001-01-01", "2026-01-01"];
        assert_eq!(days(&far).histogram(Interval::Day).interval, Interval::Year);
        assert_eq!(days(&[]).histogram(Interval::Day).periods, []);
        let mut beyond = days(&["2026-01-01"]);
        beyond
            .counts
            .insert((i64::MIN / 86_400, i64::MAX / 86_400), 2);
        assert_eq!(beyond.histogram(Interval::Day).coarse, 2);
    }
}
