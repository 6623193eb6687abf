//! Names of time zones, as far as they mean one offset. The list is our own.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// What a zone behind a time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// One offset all the year.
    Fixed(Offset),
    /// An American zone without the letter that tells standard from summer time (`ET`); by its
    /// hours from UTC in winter. The date decides.
    American(i8),
}

/// Names that news uses and that mean one thing, in minutes from UTC. `IST` (India, Ireland,
/// Israel), `BST` (Britain, Bangladesh), `AST` (Atlantic, Arabia), `GST` (Gulf, South Georgia) and
/// `ECT` mean several and are left alone.
const NAMES: &[(&str, i16)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("tmg", 0),
    ("wet", 0),
    ("west", 60),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("wat", 60),
    ("cat", 120),
    ("sast", 120),
    ("eet", 120),
    ("eest", 180),
    ("eat", 180),
    ("msk", 180),
    ("мск", 180),
    ("trt", 180),
    ("pkt", 300),
    ("npt", 345),
    ("wib", 420),
    ("sgt", 480),
    ("hkt", 480),
    ("pht", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("acdt", 630),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("brt", -180),
    ("art", -180),
    ("uyt", -180),
    ("vet", -240),
    ("bot", -240),
    ("cot", -300),
    ("pet", -300),
    ("nst", -210),
    ("ndt", -150),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
];

const AMERICAN: &[(&str, i8)] = &[("et", -5), ("ct", -6), ("mt", -7), ("pt", -8)];
/// The United States change their clocks by today's rule since this year; before it, `ET` is left
/// alone.
const AMERICAN_RULE_SINCE: i16 = 2007;

/// The zone of this name.
pub(super) fn named(name: &str) -> Option<Zone> {
    let lower = name.to_lowercase();
    let american = || AMERICAN.iter().find(|(name, _)| *name == lower);
    match NAMES.iter().find(|(name, _)| *name == lower) {
        Some((_, minutes)) => {
            let offset = Offset::from_seconds(i32::from(*minutes) * 60).ok()?;
            Some(Zone::Fixed(offset))
        }
        // Lower case would be a word: `à 11h et …`
        None if name.bytes().all(|b| b.is_ascii_uppercase()) => Some(Zone::American(american()?.1)),
        None => None,
    }
}

impl Zone {
    /// The offset at a local time; `None` where it cannot be told.
    pub(super) fn offset(self, at: DateTime) -> Option<Offset> {
        match self {
            Zone::Fixed(offset) => Some(offset),
            Zone::American(_) if at.year() < AMERICAN_RULE_SINCE => None,
            Zone::American(hours) => {
                // From the second Sunday of March to the first of November, at two o'clock.
                let rule = format!("STD{}DST,M3.2.0,M11.1.0", -hours);
                let zone = TimeZone::posix(&rule).ok()?;
                Some(zone.to_ambiguous_zoned(at).compatible().ok()?.offset())
            }
        }
    }
}
