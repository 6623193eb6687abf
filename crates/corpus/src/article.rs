//! The article as it is read: values only, no parsing and no files.

use jiff::{Span, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{ArticleId, CountryCode, Language};

/// One piece of news, as a reader found it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Stable across runs: made from the publisher's id or URL, else from [`Article::origin`].
    pub id: ArticleId,
    /// The headline, or the beginning of the first sentence where the text has none.
    pub title: String,
    /// Whether [`Article::title`] was taken from the body.
    pub title_derived: bool,
    /// The text without headline and publishing metadata. Paragraphs are separated by `\n`.
    pub body: String,
    /// When it was published; `None` when nothing tells.
    pub published: Option<Published>,
    /// The outlet's name or domain.
    pub source: Option<String>,
    /// Where the article stands on the web.
    pub url: Option<String>,
    /// The registrable domain of [`Article::url`]: `example.co.uk`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The wire agency the text came from, as it signs: `Reuters`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The dateline that opens the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<Dateline>,
    /// Names of the people who wrote it.
    pub authors: Vec<String>,
    /// The language the publisher declared; analysis decides what is used.
    pub language: Option<Language>,
    /// The desk or rubric it was filed under.
    pub section: Option<String>,
    /// What is wrong with it, in no order that means anything; without duplicates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flaws: Vec<Flaw>,
    /// How many U+FFFD stand for bytes that could not be decoded.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub replaced_characters: u32,
    /// Where Dateline read it.
    pub origin: Origin,
}

/// Place, date and agency before the first sentence: `BOGOTÁ, Feb 3 (Reuters) -`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Byte of the body at which the text after it begins. The body keeps the dateline, so that
    /// it can be searched; whoever shows the body drops it.
    pub end: u32,
    /// The place as written.
    pub place: String,
    /// The country the place lies in. Readers leave it open, because the country table is not
    /// theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
}

/// Something that is wrong with an article although it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// Headline or body was longer than is read, and was cut.
    Truncated,
    /// Bytes could not be decoded; see [`Article::replaced_characters`].
    ReplacementCharacters,
    /// UTF-8 was taken for another encoding before Dateline saw it: `Ã©` for `é`.
    Mojibake,
    /// It is dated more than a day after it was read.
    FutureDate,
    /// It is dated before 1600, when there were no newspapers.
    AncientDate,
    /// A date is there that could not be understood.
    UnreadableDate,
}

/// The file and the place in it that an article was read from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Absolute path, or `-` for standard input.
    pub path: String,
    /// The path inside the archive that `path` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// 1-based number of the record (line, item) in a file or entry that holds several.
    pub record: Option<u64>,
}

/// A publication date that says how much of it is known and who said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Seconds since 1970-01-01T00:00:00Z; the start of the period that `precision` names.
    pub seconds: i64,
    /// How much of the instant is known.
    pub precision: Precision,
    /// Where it was found.
    pub origin: DateOrigin,
    /// True when no zone was given and UTC was assumed. Meaningless above second precision.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub zone_assumed: bool,
    /// Minutes by which the clock that the date was written by was ahead of UTC, where it was
    /// written with its zone. Meaningless above second precision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_minutes: Option<i16>,
    /// The order of day and month that the article shows its source to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<DateOrder>,
    /// Set where the date can be read in two ways and nothing in the article decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
}

/// The order of day and month in dates such as `02/04/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Month first, as in the United States.
    Mdy,
    /// Day first, as nearly everywhere else.
    Dmy,
}

/// A date that can be read in two ways. What else there is decides: the order that other articles
/// of the source show, else the one that the user says; else the date is lowered to the precision
/// that both readings share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The date as written.
    pub written: String,
    /// The order that the user says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<DateOrder>,
    /// The order that other articles of the source show. Readers leave it open: it depends on
    /// what else there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<DateOrder>,
}

impl Published {
    /// The date as written, when it can be read in two ways and nothing decided between them.
    pub fn ambiguous(&self) -> Option<&str> {
        let doubt = self.doubt.as_ref()?;
        let is_open = doubt.said.or(doubt.shown).is_none();
        is_open.then_some(doubt.written.as_str())
    }

    /// The last second of the period that is known to hold the instant, in seconds since 1970.
    pub fn last_second(&self) -> i64 {
        let period = match self.precision {
            Precision::Second => return self.seconds,
            Precision::Day => Span::new().days(1),
            Precision::Month => Span::new().months(1),
            Precision::Year => Span::new().years(1),
        };
        let end = Timestamp::from_second(self.seconds)
            .and_then(|start| start.to_zoned(TimeZone::UTC).checked_add(period));
        // What lies beyond the calendar ends with it.
        end.map_or(self.seconds, |end| end.timestamp().as_second() - 1)
    }

    /// [`Published::seconds`] and [`Published::last_second`] by the clock of the publisher: what
    /// tells the day that the publisher would name.
    pub fn local_seconds(&self) -> (i64, i64) {
        let offset = match self.precision {
            Precision::Second => i64::from(self.offset_minutes.unwrap_or(0)) * 60,
            Precision::Day | Precision::Month | Precision::Year => 0,
        };
        let by_their_clock = |seconds: i64| seconds.saturating_add(offset);
        (
            by_their_clock(self.seconds),
            by_their_clock(self.last_second()),
        )
    }
}

/// For serde, which asks by reference.
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// The smallest unit of a [`Published`] date that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Known to the second (or minute).
    Second,
    /// Known to the day.
    Day,
    /// Known to the month.
    Month,
    /// Known to the year.
    Year,
}

/// What part of the input a date was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrigin {
    /// A field of a structured record (JSON, feed, wire format).
    Field,
    /// The front matter of a Markdown file.
    FrontMatter,
    /// A publishing line such as `Published 02/04/2026 11:20`.
    MetadataLine,
    /// The dateline that opens the text.
    Dateline,
    /// The running text.
    Text,
    /// The path of the URL.
    Url,
    /// The markup of a web page.
    Markup,
    /// An entry of a feed, or the headers of a mail.
    Feed,
    /// A time counted back from when the page was fetched: "2 hours ago".
    CrawlTime,
    /// The modification time of the file, where the user allowed that.
    FileTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_reaches_to_the_end_of_what_is_known() {
        const FEBRUARY_2024: i64 = 1_706_745_600;
        const DAY: i64 = 86_400;
        for (precision, seconds) in [
            (Precision::Second, 0),
            (Precision::Day, DAY - 1),
            (Precision::Month, 29 * DAY - 1),
            (Precision::Year, 366 * DAY - 1),
        ] {
            let published = Published {
                seconds: FEBRUARY_2024,
                precision,
                origin: DateOrigin::Field,
                zone_assumed: false,
                offset_minutes: None,
                order: None,
                doubt: None,
            };
            assert_eq!(published.last_second(), FEBRUARY_2024 + seconds);
        }
    }

    #[test]
    fn days_are_those_of_the_publishers_clock() {
        let mut published = Published {
            seconds: 86_400 + 3_600,
            precision: Precision::Second,
            origin: DateOrigin::Field,
            zone_assumed: false,
            offset_minutes: Some(-5 * 60),
            order: None,
            doubt: None,
        };
        assert_eq!(published.local_seconds(), (20 * 3_600, 20 * 3_600));
        published.precision = Precision::Day;
        published.seconds = 86_400;
        assert_eq!(published.local_seconds(), (86_400, 2 * 86_400 - 1));
    }
}
