//! Decides when an article was published, from everything that says so, and never by a guess.
//!
//! Fields and publishing lines come first, then the dateline, then the path of the URL, and the
//! time of the file where the user allows it. A date that can be read in two ways is settled by
//! evidence in the article; else it is in doubt, and read by what other articles of the source show,
//! by the user's option, or with what both readings share. What cannot be read, or cannot be true, is
//! said in the article's flaws.

mod url;

use dateline_corpus::{DateOrder, DateOrigin, Doubt, Flaw, Precision, Published};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::clean::one_line;
use crate::dateline::Opening;
use crate::dates::{self, Parsed, Reading};
use crate::metadata;
use url::of_url;

/// A date as it was written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub text: String,
    pub origin: DateOrigin,
    /// Whether it tells of a later change and not of the publication.
    pub is_update: bool,
}

/// What surrounds the claims and may decide between two readings of one.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence<'a> {
    /// The headline.
    pub title: &'a str,
    /// The text.
    pub body: &'a str,
    /// The address of the article.
    pub url: Option<&'a str>,
    /// The opening of the body.
    pub dateline: Option<&'a Opening>,
    /// When the page was fetched: what `2 hours ago` counts from.
    pub crawled: Option<Timestamp>,
    /// The time of the file, if it may stand for a date.
    pub modified: Option<Timestamp>,
    /// What the user said.
    pub order: Option<DateOrder>,
    /// The time of the run: what lies after it is the future.
    pub now: Option<Timestamp>,
}

/// When an article was published, and what was learnt on the way.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Decision {
    /// `None` when nothing says so.
    pub published: Option<Published>,
    /// What is wrong with its dates.
    pub flaws: Vec<Flaw>,
}

/// A date of the text is taken to speak of the days around publication when it lies within this
/// many days of it. The two readings of a date such as `02/03/2026` lie at least 27 days apart,
/// so no date speaks for both.
const EVIDENCE_DAYS_MAX: i32 = 7;
/// 1600-01-01T00:00:00Z. Newspapers began in 1605; what is dated before them is no date of
/// publication.
const NEWS_BEGINS_SECONDS: i64 = -11_676_096_000;
/// So far ahead a date may be: a day, since its zone may be unknown and clocks differ.
const FUTURE_SECONDS_MAX: i64 = 24 * 3_600;
/// A date as it was written, with the remark behind it, is shown up to this length.
const WRITTEN_CHARS_MAX: usize = 100;
/// What systems write where there is no date, in lower case.
const NO_DATE: &[&str] = &[
    "0",
    "false",
    "n/a",
    "na",
    "nan",
    "nat",
    "nil",
    "no date",
    "none",
    "null",
    "undated",
    "undefined",
    "unknown",
];

/// Decides when the article was published.
pub(crate) fn decide(claims: &[Claim], evidence: Evidence<'_>) -> Decision {
    let mut unreadable = None;
    let mut readable: Vec<Readable<'_>> = Vec::new();
    for (rank, claim) in claims
        .iter()
        .filter(|claim| says_something(&claim.text))
        .enumerate()
    {
        match read(claim, evidence) {
            Some((meaning, origin)) => readable.push(Readable {
                rank,
                claim,
                meaning,
                origin,
            }),
            None => unreadable = unreadable.or(Some(rank)),
        }
    }
    let mut order = shown(&readable);
    // What systems write for no date counts only where nothing else is told.
    let (impossible_ones, readable): (Vec<_>, Vec<_>) = readable
        .into_iter()
        .partition(|found| found.is_impossible(evidence.now));
    // An update is no publication, but better than nothing: the two are mostly of one day.
    let found = first(&readable, false, &mut order, evidence)
        .or_else(|| Some((of_dateline(&mut order, evidence)?, None)))
        .or_else(|| Some((published(of_url(evidence.url?)?, DateOrigin::Url), None)))
        .or_else(|| first(&readable, true, &mut order, evidence))
        .or_else(|| first(&impossible_ones, false, &mut order, evidence))
        .or_else(|| first(&impossible_ones, true, &mut order, evidence))
        .or_else(|| Some((of_file(evidence.modified?), None)));
    // What a less trusted claim says does not matter where a better one was read.
    let is_lost = unreadable.is_some_and(|lost| match &found {
        Some((_, Some(rank))) => lost < *rank,
        _ => true,
    });
    let published = found.map(|(published, _)| published);
    let impossible = published
        .as_ref()
        .and_then(|date| impossible(date, evidence.now));
    let flaws = is_lost
        .then_some(Flaw::UnreadableDate)
        .into_iter()
        .chain(impossible)
        .collect();
    Decision {
        published: published.map(|published| Published { order, ..published }),
        flaws,
    }
}

/// The date of the first claim of this kind, and the claim's rank.
fn first(
    claims: &[Readable<'_>],
    is_update: bool,
    order: &mut Option<DateOrder>,
    evidence: Evidence<'_>,
) -> Option<(Published, Option<usize>)> {
    let found = claims
        .iter()
        .find(|found| found.claim.is_update == is_update)?;
    let written = &found.claim.text;
    let published = settle(found.meaning, written, found.origin, order, evidence);
    Some((published, Some(found.rank)))
}

/// A claim that was understood.
#[derive(Debug)]
struct Readable<'a> {
    rank: usize,
    claim: &'a Claim,
    meaning: Meaning,
    origin: DateOrigin,
}

impl Readable<'_> {
    /// Whether no article can be of that date, or systems write it where they have none: the
    /// beginning of Unix time to the second.
    fn is_impossible(&self, now: Option<Timestamp>) -> bool {
        let Meaning::One(reading, _) = self.meaning else {
            return false;
        };
        let date = published(reading, self.origin);
        let is_epoch = date.seconds == 0 && date.precision == Precision::Second;
        is_epoch || impossible(&date, now).is_some()
    }
}

/// What a date with its year can mean.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    /// One thing; and the order of day and month, where it shows.
    One(Reading, Option<DateOrder>),
    /// Two things.
    Two { mdy: Reading, dmy: Reading },
}

fn says_something(text: &str) -> bool {
    let text = text.trim();
    text.contains(char::is_alphanumeric) && !NO_DATE.contains(&text.to_lowercase().as_str())
}

/// What a claim means. What is counted back from the time of reading is a date only where that
/// time is known.
fn read(claim: &Claim, evidence: Evidence<'_>) -> Option<(Meaning, DateOrigin)> {
    let labelled = || dates::parse(metadata::dated_by_label(&claim.text)?);
    match dates::parse(&claim.text).or_else(labelled) {
        Some(parsed) => Some((with_year(parsed, evidence)?, claim.origin)),
        None => {
            let reading = dates::ago(&claim.text)?.before(evidence.crawled?)?;
            Some((Meaning::One(reading, None), DateOrigin::CrawlTime))
        }
    }
}

/// What a date means; one without its year gets the year that the rest of the article gives it.
fn with_year(parsed: Parsed, evidence: Evidence<'_>) -> Option<Meaning> {
    Some(match parsed {
        Parsed::Sure(reading) => Meaning::One(reading, None),
        Parsed::Ordered(reading, order) => Meaning::One(reading, Some(order)),
        Parsed::Either { mdy, dmy } => Meaning::Two { mdy, dmy },
        Parsed::Yearless { month, day } => {
            let date = Date::new(year_of(month, day, evidence)?, month, day).ok()?;
            Meaning::One(Reading::of_day(date), None)
        }
    })
}

/// The order that the claims show: an article writes its dates in one order.
fn shown(claims: &[Readable<'_>]) -> Option<DateOrder> {
    claims.iter().find_map(|claim| match claim.meaning {
        Meaning::One(_, order) => order,
        Meaning::Two { .. } => None,
    })
}

/// The date that is meant. `order` is what the article has shown, and learns what decides here.
fn settle(
    meaning: Meaning,
    written: &str,
    origin: DateOrigin,
    order: &mut Option<DateOrder>,
    evidence: Evidence<'_>,
) -> Published {
    match meaning {
        Meaning::One(reading, _) => published(reading, origin),
        Meaning::Two { mdy, dmy } => {
            *order = order.or_else(|| order_by_text(mdy.date, dmy.date, evidence));
            match order {
                Some(order) => published(in_order(Some(*order), mdy, dmy), origin),
                None => doubted(
                    Doubt {
                        written: one_line(written, WRITTEN_CHARS_MAX),
                        said: evidence.order,
                        shown: None,
                    },
                    mdy,
                    dmy,
                    origin,
                ),
            }
        }
    }
}

/// A date in doubt as the order decides that `shown` tells of the other articles of its source.
/// `None` when there is no doubt about it.
pub(crate) fn in_order_of_source(date: &Published, shown: Option<DateOrder>) -> Option<Published> {
    let doubt = Doubt {
        shown,
        ..date.doubt.clone()?
    };
    Some(match dates::parse(&doubt.written) {
        Some(Parsed::Either { mdy, dmy }) => doubted(doubt, mdy, dmy, date.origin),
        // What made a doubt once is read otherwise now: it stays as it was.
        _ => Published {
            doubt: Some(doubt),
            ..date.clone()
        },
    })
}

fn doubted(doubt: Doubt, mdy: Reading, dmy: Reading, origin: DateOrigin) -> Published {
    // What articles show is evidence, what the user says holds where there is none.
    let order = doubt.shown.or(doubt.said);
    Published {
        doubt: Some(doubt),
        ..published(in_order(order, mdy, dmy), origin)
    }
}

/// The reading in this order; without one, what both readings share.
fn in_order(order: Option<DateOrder>, mdy: Reading, dmy: Reading) -> Reading {
    match order {
        Some(DateOrder::Mdy) => mdy,
        Some(DateOrder::Dmy) => dmy,
        None => mdy.year_only(),
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
        order: None,
        doubt: None,
    }
}

fn of_file(modified: Timestamp) -> Published {
    Published {
        seconds: modified.as_second(),
        precision: Precision::Second,
        origin: DateOrigin::FileTime,
        zone_assumed: false,
        offset_minutes: None,
        order: None,
        doubt: None,
    }
}

/// What is wrong with a date that no article can have.
fn impossible(date: &Published, now: Option<Timestamp>) -> Option<Flaw> {
    let is_future =
        |now: Timestamp| date.seconds > now.as_second().saturating_add(FUTURE_SECONDS_MAX);
    if date.seconds < NEWS_BEGINS_SECONDS {
        return Some(Flaw::AncientDate);
    }
    now.is_some_and(is_future).then_some(Flaw::FutureDate)
}

/// The reading that the rest of the article speaks for: the strongest kind of evidence that
/// speaks for exactly one of them.
fn order_by_text(mdy: Date, dmy: Date, evidence: Evidence<'_>) -> Option<DateOrder> {
    let url = evidence.url.and_then(of_url);
    let vote = |speaks_for: &dyn Fn(Date) -> bool| match (speaks_for(mdy), speaks_for(dmy)) {
        (true, false) => Some(DateOrder::Mdy),
        (false, true) => Some(DateOrder::Dmy),
        _ => None,
    };
    let texts = [evidence.title, evidence.body];
    let by_url = || vote(&|reading| url.is_some_and(|url| agrees(url, reading)));
    // Nobody fetches a page before it is published.
    let crawled = evidence
        .crawled
        .map(|at| Offset::UTC.to_datetime(at).date());
    let by_crawl = || {
        vote(&|reading| {
            crawled
                .and_then(|day| day.tomorrow().ok())
                .is_some_and(|day| reading <= day)
        })
    };
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
    // A number above twelve in another date shows the order that its writer keeps.
    let by_other_order = || {
        let shows =
            |order| hits().any(|hit| matches!(hit.parsed, Parsed::Ordered(_, is) if is == order));
        match (shows(DateOrder::Mdy), shows(DateOrder::Dmy)) {
            (true, false) => Some(DateOrder::Mdy),
            (false, true) => Some(DateOrder::Dmy),
            _ => None,
        }
    };
    by_url()
        .or_else(by_crawl)
        .or_else(by_weekday)
        .or_else(by_full_date)
        .or_else(by_day_and_month)
        .or_else(by_other_order)
}

/// The date of the dateline; where it lacks the year (`BOGOTÁ, Feb 3 (Reuters) —`), with the
/// year that the rest of the article gives it.
fn of_dateline(order: &mut Option<DateOrder>, evidence: Evidence<'_>) -> Option<Published> {
    let (parsed, written) = evidence.dateline?.date.as_ref()?;
    let meaning = with_year(*parsed, evidence)?;
    Some(settle(
        meaning,
        written,
        DateOrigin::Dateline,
        order,
        evidence,
    ))
}

/// The year of a day whose year is not written: that of the URL, else of a full date nearby in
/// time, else the one year of the text in which a weekday of the lead is that day or the day
/// before.
fn year_of(month: i8, day: i8, evidence: Evidence<'_>) -> Option<i16> {
    let in_year = |year: i16| Date::new(year, month, day).ok();
    let by_url = evidence.url.and_then(of_url).and_then(|url| {
        let year = url.date.year();
        let fits = |year: &i16| in_year(*year).is_some_and(|date| agrees(url, date));
        [year, year - 1, year + 1].into_iter().find(fits)
    });
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

/// Whether a day lies near the date of a URL, or in the month that is all the URL tells.
fn agrees(url: Reading, day: Date) -> bool {
    match url.precision {
        Precision::Month => day.first_of_month() == url.date,
        _ => is_near(url.date, day),
    }
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

    fn claim(text: &str) -> Claim {
        Claim {
            text: text.to_owned(),
            origin: DateOrigin::Field,
            is_update: false,
        }
    }

    /// The decision as `instant precision origin flaws`, with what else there is to say.
    fn decided(texts: &[&str], evidence: Evidence<'_>) -> String {
        let claims: Vec<Claim> = texts.iter().map(|text| claim(text)).collect();
        let decision = decide(&claims, evidence);
        let order = decision.published.as_ref().and_then(|date| date.order);
        let mut shown = decision.published.map_or("undated".to_owned(), |date| {
            let instant = Timestamp::from_second(date.seconds).unwrap();
            let zone = match (date.zone_assumed, date.offset_minutes) {
                (true, _) => " assumed".to_owned(),
                (false, Some(minutes)) => format!(" {minutes:+}"),
                (false, None) => String::new(),
            };
            let ambiguous = if date.ambiguous().is_some() {
                " ambiguous"
            } else {
                ""
            };
            format!(
                "{instant} {:?} {:?}{zone}{ambiguous}",
                date.precision, date.origin
            )
        });
        for flaw in decision.flaws {
            shown += &format!(" {flaw:?}");
        }
        if let Some(order) = order {
            shown += &format!(" shows {order:?}");
        }
        shown
    }

    fn at(instant: &str) -> Option<Timestamp> {
        Some(instant.parse().unwrap())
    }

    #[test]
    fn says_origin_precision_and_zone() {
        let none = Evidence::default();
        for (text, decision) in [
            (
                "2026-02-03T11:20:00-05:00",
                "2026-02-03T16:20:00Z Second Field -300",
            ),
            (
                "2026-02-03T11:20:00Z",
                "2026-02-03T11:20:00Z Second Field +0",
            ),
            (
                "2026-02-03 11:20",
                "2026-02-03T11:20:00Z Second Field assumed",
            ),
            ("3 février 2026", "2026-02-03T00:00:00Z Day Field"),
            ("February 2026", "2026-02-01T00:00:00Z Month Field"),
            ("2026", "2026-01-01T00:00:00Z Year Field"),
            (
                "02/04/2026 11:20",
                "2026-01-01T00:00:00Z Year Field ambiguous",
            ),
            ("31/01/2026", "2026-01-31T00:00:00Z Day Field shows Dmy"),
            (
                "Wednesday, 02/04/2026",
                "2026-02-04T00:00:00Z Day Field shows Mdy",
            ),
        ] {
            assert_eq!(decided(&[text], none), decision, "{text}");
        }
    }

    #[test]
    fn an_order_is_decided_by_evidence_and_by_nothing_else() {
        let april = "2026-04-02T00:00:00Z Day Field";
        let february = "2026-02-04T00:00:00Z Day Field";
        let none = Evidence::default();
        let body = |body| Evidence { body, ..none };
        let url = |url| Evidence {
            url: Some(url),
            ..none
        };
        for (evidence, decision) in [
            (
                url("https://x.example/2026/04/02/a"),
                format!("{april} shows Dmy"),
            ),
            (
                url("https://x.example/2026/02/a"),
                format!("{february} shows Mdy"),
            ),
            (
                Evidence {
                    crawled: at("2026-02-05T00:00:00Z"),
                    ..none
                },
                format!("{february} shows Mdy"),
            ),
            (
                body("They met on Thursday (2)."),
                format!("{april} shows Dmy"),
            ),
            (
                body("The vote of April 1, 2026 passed."),
                format!("{april} shows Dmy"),
            ),
            (
                body("A vote on 3 February passed."),
                format!("{february} shows Mdy"),
            ),
            (
                body("Since 31/12/2019 it is closed."),
                format!("{april} shows Dmy"),
            ),
            (
                Evidence {
                    order: Some(DateOrder::Mdy),
                    ..none
                },
                february.to_owned(),
            ),
            (
                body("From 31/12/2019 to 12/31/2020."),
                "2026-01-01T00:00:00Z Year Field ambiguous".to_owned(),
            ),
        ] {
            assert_eq!(decided(&["02/04/2026"], evidence), decision, "{evidence:?}");
        }
    }

    #[test]
    fn what_other_articles_show_goes_before_what_the_user_says() {
        use DateOrder::{Dmy, Mdy};
        for (text, said, shown, expected) in [
            ("02/04/2026", None, None, "2026-01-01T00:00:00Z Year"),
            ("02/04/2026", None, Some(Dmy), "2026-04-02T00:00:00Z Day"),
            ("02/04/2026", Some(Mdy), None, "2026-02-04T00:00:00Z Day"),
            (
                "02/04/2026",
                Some(Mdy),
                Some(Dmy),
                "2026-04-02T00:00:00Z Day",
            ),
            (
                "02/04/2026 11:20",
                Some(Mdy),
                Some(Dmy),
                "2026-04-02T11:20:00Z Second",
            ),
            (
                "31/01/2026",
                Some(Mdy),
                Some(Mdy),
                "2026-01-31T00:00:00Z Day",
            ),
            ("2026-02-04", None, Some(Dmy), "2026-02-04T00:00:00Z Day"),
        ] {
            let evidence = Evidence {
                order: said,
                ..Evidence::default()
            };
            let read = decide(&[claim(text)], evidence).published.unwrap();
            let settled = in_order_of_source(&read, shown).unwrap_or_else(|| read.clone());
            let instant = Timestamp::from_second(settled.seconds).unwrap();
            assert_eq!(
                format!("{instant} {:?}", settled.precision),
                expected,
                "{text}"
            );
            // Evidence can vanish again.
            let back = in_order_of_source(&settled, None).unwrap_or(settled);
            assert_eq!(back, read, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let none = Evidence::default();
        let crawled = Evidence {
            crawled: at("2026-03-15T10:30:00Z"),
            ..none
        };
        for (texts, evidence, decision) in [
            (&["soon"][..], none, "undated UnreadableDate"),
            (&["0000-00-00 00:00:00"], none, "undated UnreadableDate"),
            (&["2 hours ago"], none, "undated UnreadableDate"),
            (
                &["2 hours ago"],
                crawled,
                "2026-03-15T00:00:00Z Day CrawlTime",
            ),
            (
                &["5 minutes ago"],
                crawled,
                "2026-03-15T10:25:00Z Second CrawlTime +0",
            ),
            (&["Feb. 3"], none, "undated UnreadableDate"),
            (
                &["Feb. 3"],
                Evidence {
                    url: Some("https://x.example/2026/02/a"),
                    ..none
                },
                "2026-02-03T00:00:00Z Day Field",
            ),
            (
                &["soon", "2026-02-03"],
                none,
                "2026-02-03T00:00:00Z Day Field UnreadableDate",
            ),
            (
                &["2026-02-03", "soon"],
                none,
                "2026-02-03T00:00:00Z Day Field",
            ),
            (&["null", "", " - ", "N/A"], none, "undated"),
            (&[], none, "undated"),
        ] {
            assert_eq!(decided(texts, evidence), decision, "{texts:?}");
        }
    }

    #[test]
    fn what_cannot_be_true_is_kept_and_said() {
        let now = Evidence {
            now: at("2026-02-03T12:00:00Z"),
            ..Evidence::default()
        };
        for (text, decision) in [
            (
                "2026-02-04T12:00:00Z",
                "2026-02-04T12:00:00Z Second Field +0",
            ),
            (
                "2026-02-04T12:00:01Z",
                "2026-02-04T12:00:01Z Second Field +0 FutureDate",
            ),
            ("1600-01-01", "1600-01-01T00:00:00Z Day Field"),
            ("1599-12-31", "1599-12-31T00:00:00Z Day Field AncientDate"),
            (
                "0001-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z Second Field +0 AncientDate",
            ),
        ] {
            assert_eq!(decided(&[text], now), decision, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_true_counts_only_where_nothing_else_is_told() {
        let url = Evidence {
            url: Some("https://x.example/2019/nov/18/a"),
            now: at("2026-02-03T12:00:00Z"),
            ..Evidence::default()
        };
        for (texts, decision) in [
            (
                &["0001-01-01T00:00:00Z"][..],
                "2019-11-18T00:00:00Z Day Url",
            ),
            (&["1970-01-01T00:00:00Z"], "2019-11-18T00:00:00Z Day Url"),
            (&["2099-01-01"], "2019-11-18T00:00:00Z Day Url"),
            (&[], "2019-11-18T00:00:00Z Day Url"),
            (
                &["0001-01-01T00:00:00Z", "2019-11-19"],
                "2019-11-19T00:00:00Z Day Field",
            ),
            (&["1970-01-01"], "1970-01-01T00:00:00Z Day Field"),
        ] {
            assert_eq!(decided(texts, url), decision, "{texts:?}");
        }
        assert_eq!(
            decided(&["1970-01-01T00:00:00Z"], Evidence::default()),
            "1970-01-01T00:00:00Z Second Field +0"
        );
    }

    #[test]
    fn a_field_may_hold_a_label_before_its_date() {
        for (text, decision) in [
            (
                "Published: 3 Feb 2026 10:00",
                "2026-02-03T10:00:00Z Second Field assumed",
            ),
            (
                "Last updated on February 3, 2026",
                "2026-02-03T00:00:00Z Day Field",
            ),
            (
                "le mardi 3 février 2026 à 10h00",
                "2026-02-03T10:00:00Z Second Field assumed",
            ),
            (
                "Publié le 3 février 2026 à 10h05",
                "2026-02-03T10:05:00Z Second Field assumed",
            ),
            (
                "Fri 6:45 PM, Feb 16, 2018",
                "2018-02-16T18:45:00Z Second Field assumed",
            ),
            ("2026-02-03Z", "2026-02-03T00:00:00Z Day Field"),
            (
                "27-MAR-1987 00:02:59.13RM",
                "1987-03-27T00:02:59Z Second Field assumed",
            ),
        ] {
            assert_eq!(decided(&[text], Evidence::default()), decision, "{text}");
        }
    }

    #[test]
    fn the_time_of_the_file_comes_last() {
        let modified = Evidence {
            modified: at("2026-02-03T12:00:00Z"),
            ..Evidence::default()
        };
        let url = Evidence {
            url: Some("https://x.example/2025/02/03/a"),
            ..modified
        };
        assert_eq!(
            decided(&[], modified),
            "2026-02-03T12:00:00Z Second FileTime"
        );
        assert_eq!(
            decided(&["soon"], modified),
            "2026-02-03T12:00:00Z Second FileTime UnreadableDate"
        );
        assert_eq!(decided(&[], url), "2025-02-03T00:00:00Z Day Url");
    }

    #[test]
    fn a_dateline_takes_its_year_from_the_url_across_new_year() {
        let opening =
            crate::dateline::dateline("OSLO, Dec 31 (Reuters) - The bridge is open.").unwrap();
        let evidence = Evidence {
            url: Some("https://x.example/2026/01/02/a"),
            dateline: Some(&opening),
            ..Evidence::default()
        };
        assert_eq!(decided(&[], evidence), "2025-12-31T00:00:00Z Day Dateline");
    }
}
