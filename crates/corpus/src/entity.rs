//! Mentions and the entities they refer to: the values that extraction makes and the index keeps.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What sort of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A country or territory of ISO 3166-1.
    Country,
    /// A company, party, ministry, team, armed group…
    Organisation,
    /// A city, region, river, building… that is no country.
    Place,
}

/// A country by its ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code of two ASCII letters in either case; `None` for anything else. Whether a country
    /// has this code is the country table's knowledge.
    pub const fn new(code: &str) -> Option<CountryCode> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Some(CountryCode([
                a.to_ascii_uppercase(),
                b.to_ascii_uppercase(),
            ])),
            _ => None,
        }
    }

    /// The two capital letters.
    pub fn as_str(&self) -> &str {
        // The constructor lets ASCII letters in only.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CountryCode {
    type Err = String;

    fn from_str(text: &str) -> Result<CountryCode, String> {
        CountryCode::new(text).ok_or_else(|| format!("`{text}` is no ISO 3166 alpha-2 code"))
    }
}

impl Serialize for CountryCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<CountryCode, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The part of an article that an offset counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// [`crate::Article::title`].
    Title,
    /// [`crate::Article::body`].
    Body,
}

/// What in the text makes a mention a mention: the evidence, weakest kinds last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cue {
    /// A name or alias of the entity itself.
    Name,
    /// A demonym or adjective: "Colombian".
    Demonym,
    /// A city or region that lies in the country: "Bogotá".
    Place,
    /// A seat of power that stands for the country: "the Kremlin".
    Metonym,
    /// A country's name inside the name of an organisation: "Bank of America".
    Organisation,
}

/// One stretch of text that names an entity.
///
/// Serialised as a tuple of numbers: an article has dozens of mentions, and with field names they
/// would take half as much room as its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub struct Mention {
    /// The part of the article it stands in.
    pub part: Part,
    /// First byte, in UTF-8 of the part.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// What is named.
    pub kind: EntityKind,
    /// The evidence.
    pub cue: Cue,
    /// The country meant, for [`EntityKind::Country`] mentions and for places whose country is
    /// known.
    pub country: Option<CountryCode>,
}

/// Part, start, length, kind, cue, country; enums by their place in these lists.
type Packed = (u8, u32, u32, u8, u8, Option<CountryCode>);
const PARTS: [Part; 2] = [Part::Title, Part::Body];
const KINDS: [EntityKind; 4] = [
    EntityKind::Person,
    EntityKind::Country,
    EntityKind::Organisation,
    EntityKind::Place,
];
const CUES: [Cue; 5] = [
    Cue::Name,
    Cue::Demonym,
    Cue::Place,
    Cue::Metonym,
    Cue::Organisation,
];

impl From<Mention> for Packed {
    fn from(mention: Mention) -> Packed {
        let Mention {
            part,
            start,
            end,
            kind,
            cue,
            country,
        } = mention;
        (
            part as u8,
            start,
            end - start,
            kind as u8,
            cue as u8,
            country,
        )
    }
}

impl From<Packed> for Mention {
    fn from((part, start, len, kind, cue, country): Packed) -> Mention {
        Mention {
            part: *PARTS.get(usize::from(part)).unwrap_or(&Part::Body),
            start,
            end: start.saturating_add(len),
            kind: *KINDS.get(usize::from(kind)).unwrap_or(&EntityKind::Place),
            cue: *CUES.get(usize::from(cue)).unwrap_or(&Cue::Name),
            country,
        }
    }
}

/// A person, country, organisation or place that an article names, with every mention of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The value that is indexed, filtered by and counted: the canonical full name, or the
    /// alpha-2 code of a country.
    pub key: String,
    /// The name to show.
    pub name: String,
    /// How much of the article is about it, 0 to 100; comparable within an article only.
    #[serde(default)]
    pub prominence: u8,
    /// When the article is about it, not only mentions it: the number of the mention that shows
    /// so best.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<u32>,
    /// What a person is said to be, as the text says it: "defense minister", "president of
    /// Colombia"; the first one said comes first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// In order of appearance: the title's first, then the body's.
    pub mentions: Vec<Mention>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_survive_packing() {
        for part in PARTS {
            for kind in KINDS {
                for cue in CUES {
                    let mention = Mention {
                        part,
                        start: 3,
                        end: 9,
                        kind,
                        cue,
                        country: CountryCode::new("CO"),
                    };
                    let json = serde_json::to_string(&mention).unwrap();
                    assert_eq!(
                        serde_json::from_str::<Mention>(&json).unwrap(),
                        mention,
                        "{json}"
                    );
                }
            }
        }
    }
}
