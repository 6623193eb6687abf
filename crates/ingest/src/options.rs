//! What a caller knows of an input and how it is to be read. Values only.

use dateline_corpus::DateOrder;

use crate::Format;

/// What a user knows about the input that the input itself may not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Decides dates that can be read in two ways and that nothing in the article decides.
    pub date_order: Option<DateOrder>,
    /// The outlet of articles that do not name theirs.
    pub source: Option<String>,
    /// The format of the input, or of what is packed in it; `None` to recognise it.
    pub format: Option<Format>,
    /// Take the time of a file for the date of an article that has no other.
    pub date_from_mtime: bool,
    /// What is more than can be news.
    pub limits: Limits,
}

/// Sizes beyond which input is passed over, with a reason. They bound memory: no reader keeps
/// more than a record. The values by default fit all news that was seen, with room to spare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// A line of JSON Lines, mail or the like.
    pub line_bytes_max: usize,
    /// One value of a table.
    pub field_bytes_max: usize,
    /// A record: a page, a mail, an object, a file of one article.
    pub record_bytes_max: usize,
    /// The text of an article; it is cut there and flagged.
    pub body_bytes_max: usize,
    /// What a compressed file or an entry of an archive may grow to.
    pub unpacked_bytes_max: u64,
    /// How many times its packed size it may grow to …
    pub unpacked_ratio_max: u64,
    /// … once it has grown to this.
    pub unpacked_bytes_free: u64,
    /// Entries of an archive.
    pub entries_max: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            line_bytes_max: 16 << 20,
            field_bytes_max: 8 << 20,
            record_bytes_max: 32 << 20,
            body_bytes_max: 4 << 20,
            unpacked_bytes_max: 2 << 30,
            unpacked_ratio_max: 200,
            unpacked_bytes_free: 10 << 20,
            entries_max: 100_000,
        }
    }
}

/// What is known of a file before it is opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Provenance<'a> {
    /// What articles and skips are filed under; its extension may tell the format. `-` is
    /// standard input.
    pub path: &'a str,
    /// When the file was modified last, in seconds since 1970.
    pub modified_seconds: Option<i64>,
    /// When it is read, in seconds since 1970; without it no date is in the future.
    pub read_seconds: Option<i64>,
}

impl<'a> From<&'a str> for Provenance<'a> {
    fn from(path: &'a str) -> Provenance<'a> {
        Provenance {
            path,
            ..Provenance::default()
        }
    }
}
