//! Decides when an article was published, from everything that says so, and never by a guess.
//!
//! Fields and publishing lines come first, then the dateline, then the path of the URL. A date
//! that can be read in two ways is settled by evidence, else by the user's option, else it is
//! kept with what both readings share.

use dateline_corpus::{DateOrigin, Precision, Published};
use jiff::civil::Date;

use crate::DateOrder;
use crate::dateline::Dateline;
use crate::dates::{self, Parsed, Reading};

/// A date as it was written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub text: String,
    pub origin: DateOrigin,
    /// Whether it tells of a later change and not of the publication.
    pub is_update: bool,
}

/// What surrounds the claims and may decide between two readings of one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence<'a> {
    /// The headline.
    pub title: &'a str,
    /// The text.
    pub body: &'a str,
    /// The address of the article.
    pub url: Option<&'a str>,
    /// The opening of the body.
    pub dateline: Option<&'a Dateline>,
    /// What the user said.
    pub order: Option<DateOrder>,
}

/// A date of the text is taken to speak of the days around publication when it lies within this
/// many days of it. The two readings of a date such as `02/03/2026` lie at least 27 days apart,
/// so no date speaks for both.
const EVIDENCE_DAYS_MAX: i32 = 7;

/// When the article was published; `None` when nothing says so.
pub(crate) fn decide(claims: &[Claim], evidence: Evidence<'_>) -> Option<Published> {
    let readable: Vec<(&Claim, Parsed)> = claims
        .iter()
        .filter_map(|claim| Some((claim, dates::parse(&claim.text)?)))
        .filter(|(_, parsed)| !matches!(parsed, Parsed::Yearless { .. }))
        .collect();
    let first = |is_update: bool| {
        let (claim, parsed) = readable
            .iter()
            .find(|(claim, _)| claim.is_update == is_update)?;
        settle(claim, *parsed, &readable, evidence)
    };
    // An update is no publication, but better than nothing: the two are mostly of one day.
    first(false)
        .or_else(|| of_dateline(evidence))
        .or_else(|| Some(published(of_url(evidence.url?)?, DateOrigin::Url)))
        .or_else(|| first(true))
}

fn settle(
    claim: &Claim,
    parsed: Parsed,
    claims: &[(&Claim, Parsed)],
    evidence: Evidence<'_>,
) -> Option<Published> {
    let Parsed::Either { mdy, dmy } = parsed else {
        return Some(published(parsed.sure()?, claim.origin));
    };
    // An article writes its dates in one order: one that shows it shows it for all.
    let shown = claims.iter().find_map(|(_, parsed)| match parsed {
        Parsed::Ordered(_, order) => Some(*order),
        _ => None,
    });
    let order = shown
        .or_else(|| order_by_text(mdy.date, dmy.date, evidence))
        .or(evidence.order);
    Some(in_order(order, mdy, dmy, &claim.text, claim.origin))
}

/// The reading in this order; without one, what both readings share.
fn in_order(
    order: Option<DateOrder>,
    mdy: Reading,
    dmy: Reading,
    written: &str,
    origin: DateOrigin,
) -> Published {
    match order {
        Some(DateOrder::Mdy) => published(mdy, origin),
        Some(DateOrder::Dmy) => published(dmy, origin),
        None => Published {
            ambiguous: Some(written.trim().to_owned()),
            ..published(mdy.year_only(), origin)
        },
    }
}

fn published(reading: Reading, origin: DateOrigin) -> Published {
    Published {
        seconds: reading.seconds(),
        precision: reading.precision,
        origin,
        zone_assumed: reading.precision == Precision::Second && reading.offset.is_none(),
        // Offsets reach from -26 to +26 hours.
        offset_minutes: reading.offset.map(|offset| (offset.seconds() / 60) as i16),
        ambiguous: None,
    }
}

/// The reading that the rest of the article speaks for: the strongest kind of evidence that
/// speaks for exactly one of them.
fn order_by_text(mdy: Date, dmy: Date, evidence: Evidence<'_>) -> Option<DateOrder> {
    let url = evidence
        .url
        .and_then(of_url)
        .filter(|url| url.precision == Precision::Day);
    let vote = |speaks_for: &dyn Fn(Date) -> bool| match (speaks_for(mdy), speaks_for(dmy)) {
        (true, false) => Some(DateOrder::Mdy),
        (false, true) => Some(DateOrder::Dmy),
        _ => None,
    };
    let texts = [evidence.title, evidence.body];
    let by_url = || vote(&|reading| url.is_some_and(|url| is_near(url.date, reading)));
    let by_weekday = || {
        let named: Vec<_> = texts.into_iter().flat_map(dates::weekday_days).collect();
        vote(&|reading| {
            named.iter().any(|(weekday, day)| {
                around(reading).any(|date| date.day() == *day && date.weekday() == *weekday)
            })
        })
    };
    let hits = || texts.into_iter().flat_map(dates::hits);
    let by_full_date = || {
        let full: Vec<Date> = hits()
            .filter_map(|hit| Some(hit.parsed.sure()?.date))
            .collect();
        vote(&|reading| full.iter().any(|date| is_near(*date, reading)))
    };
    let by_day_and_month = || {
        let partial: Vec<(i8, i8)> = hits().filter_map(|hit| month_and_day(hit.parsed)).collect();
        vote(&|reading| around(reading).any(|date| partial.contains(&(date.month(), date.day()))))
    };
    by_url()
        .or_else(by_weekday)
        .or_else(by_full_date)
        .or_else(by_day_and_month)
}

/// The date of the dateline; where it lacks the year (`BOGOTÁ, Feb 3 (Reuters) —`), with the
/// year that the rest of the article gives it.
fn of_dateline(evidence: Evidence<'_>) -> Option<Published> {
    let (parsed, written) = evidence.dateline?.date.as_ref()?;
    let origin = DateOrigin::Dateline;
    match *parsed {
        Parsed::Sure(reading) | Parsed::Ordered(reading, _) => Some(published(reading, origin)),
        Parsed::Either { mdy, dmy } => {
            let order = order_by_text(mdy.date, dmy.date, evidence).or(evidence.order);
            Some(in_order(order, mdy, dmy, written, origin))
        }
        Parsed::Yearless { month, day } => {
            let date = Date::new(year_of(month, day, evidence)?, month, day).ok()?;
            Some(published(Reading::of_day(date), origin))
        }
    }
}

/// The year of a day whose year is not written: that of the URL, else of a full date nearby in
/// time, else the one year of the text in which a weekday of the lead is that day or the day
/// before.
fn year_of(month: i8, day: i8, evidence: Evidence<'_>) -> Option<i16> {
    let in_year = |year: i16| Date::new(year, month, day).ok();
    let by_url = evidence.url.and_then(of_url).map(|url| url.date.year());
    let nearby = dates::hits(evidence.body)
        .filter_map(|hit| hit.parsed.sure())
        .find_map(|hit| {
            let year = hit.date.year();
            let near = |year: &i16| in_year(*year).is_some_and(|date| is_near(date, hit.date));
            [year, year - 1, year + 1].into_iter().find(near)
        });
    if let Some(year) = by_url.or(nearby) {
        return Some(year);
    }
    let lead = evidence.body.lines().next().unwrap_or_default();
    let weekdays: Vec<_> = dates::weekdays(lead).collect();
    let fits = |year: &i16| {
        in_year(*year).is_some_and(|date| {
            let eve = date.yesterday().ok().map(Date::weekday);
            weekdays
                .iter()
                .any(|day| *day == date.weekday() || Some(*day) == eve)
        })
    };
    let mut years: Vec<i16> = dates::years(evidence.body).filter(fits).collect();
    years.sort_unstable();
    years.dedup();
    <[i16; 1]>::try_from(years).ok().map(|[year]| year)
}

/// The date in the path of a URL: `/2026/02/03/`, `/2026-02-03-`, `/2026/02/`.
fn of_url(url: &str) -> Option<Reading> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let mut parts = path.split(['?', '#']).next()?.split('/').skip(1);
    while let Some(part) = parts.next() {
        let Some(year) = four_digits(part) else {
            continue;
        };
        if part.len() > 4 {
            match dates::prefix(part) {
                Some((Parsed::Sure(day), _)) if day.precision <= Precision::Day => {
                    return Some(day);
                }
                _ => continue,
            }
        }
        let Some(month) = parts.next().filter(|part| part.len() <= 2) else {
            continue;
        };
        let day = parts.next().unwrap_or_default();
        return match dates::prefix(&format!("{year}-{month:0>2}-{day:0>2}")) {
            Some((Parsed::Sure(reading), "")) if (1..=2).contains(&day.len()) => Some(reading),
            _ => dates::prefix(&format!("{year}-{month:0>2}"))?.0.sure(),
        };
    }
    None
}

/// The year between 1990, when the web began, and 2099 that a part of a path begins with.
fn four_digits(part: &str) -> Option<&str> {
    let year = part
        .get(..4)
        .filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    let is_whole = !part[4..].starts_with(|c: char| c.is_ascii_digit());
    (("1990"..="2099").contains(&year) && is_whole).then_some(year)
}

fn is_near(date: Date, reading: Date) -> bool {
    date.since(reading)
        .is_ok_and(|span| span.get_days().abs() <= EVIDENCE_DAYS_MAX)
}

/// The days around a reading.
fn around(reading: Date) -> impl Iterator<Item = Date> {
    (-EVIDENCE_DAYS_MAX..=EVIDENCE_DAYS_MAX)
        .filter_map(move |days| reading.checked_add(jiff::Span::new().days(days)).ok())
}

fn month_and_day(parsed: Parsed) -> Option<(i8, i8)> {
    match parsed {
        Parsed::Yearless { month, day } => Some((month, day)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_date_in_the_path_of_a_url() {
        let day = |url: &str| of_url(url).map(|date| (date.date.to_string(), date.precision));
        let is = |date: &str, precision| Some((date.to_owned(), precision));
        assert_eq!(
            day("https://x.example/2026/02/03/a"),
            is("2026-02-03", Precision::Day)
        );
        assert_eq!(
            day("https://x.example/a/2026-02-03-b?c=1"),
            is("2026-02-03", Precision::Day)
        );
        assert_eq!(
            day("https://x.example/2026/2/3"),
            is("2026-02-03", Precision::Day)
        );
        assert_eq!(
            day("https://x.example/2026/02/a"),
            is("2026-02-01", Precision::Month)
        );
        assert_eq!(day("https://x.example/2026/13/03"), None);
        assert_eq!(day("https://x.example/20260203"), None);
        assert_eq!(day("https://x.example/story?2026/02/03"), None);
        assert_eq!(day("2026/02/03"), None);
    }
}
