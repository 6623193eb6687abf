//! JSON Feed, version 1 and 1.1 (<https://www.jsonfeed.org/version/1.1/>), entry by entry: what
//! stands before a fault is read.

use std::fmt;
use std::ops::ControlFlow;

use dateline_corpus::DateOrigin;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::draft::Draft;
use crate::json::Budget;
use crate::page;
use crate::published::Claim;

/// What a feed says of all its entries, as far as it stands before them.
#[derive(Debug, Default)]
struct Feed {
    title: Option<String>,
    language: Option<String>,
    authors: Vec<String>,
}

/// Reads a feed and hands out its entries.
pub(super) struct FeedSeed<'a> {
    pub sink: &'a mut dyn FnMut(Draft) -> ControlFlow<()>,
}

impl<'de> DeserializeSeed<'de> for FeedSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FeedSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut feed = Feed::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                // Plain text by the standard; exporters put entities in all the same.
                "title" => {
                    let title = text_of(&value(&mut map)?);
                    feed.title =
                        title.map(|title| html_escape::decode_html_entities(&title).into_owned());
                }
                "language" => feed.language = text_of(&value(&mut map)?),
                "author" | "authors" => feed.authors = authors(&value(&mut map)?),
                "items" => {
                    let sink = &mut *self.sink;
                    map.next_value_seed(Items { feed: &feed, sink })?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

fn value<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Value, A::Error> {
    map.next_value_seed(Budget::default().value())
}

struct Items<'a> {
    feed: &'a Feed,
    sink: &'a mut dyn FnMut(Draft) -> ControlFlow<()>,
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(item) = seq.next_element_seed(Budget::default().value())? {
            let Value::Object(item) = item else {
                return Err(A::Error::custom("an entry is no object"));
            };
            if (self.sink)(draft(&item, self.feed)).is_break() {
                return Err(A::Error::custom("enough was read"));
            }
        }
        Ok(())
    }
}

fn draft(item: &Map<String, Value>, feed: &Feed) -> Draft {
    let text = |name: &str| text_of(item.get(name)?);
    let claim = |name: &str, is_update| Claim {
        text: text(name).unwrap_or_default(),
        origin: DateOrigin::Feed,
        is_update,
    };
    let own: Vec<String> = ["authors", "author"]
        .iter()
        .filter_map(|name| item.get(*name))
        .flat_map(authors)
        .collect();
    let claims = [claim("date_published", false), claim("date_modified", true)];
    Draft {
        title: text("title"),
        body: text("content_html")
            .map(|html| page::text_of(&html))
            .filter(|body| !body.is_empty())
            .or_else(|| text("content_text"))
            .or_else(|| text("summary"))
            .unwrap_or_default(),
        claims: claims
            .into_iter()
            .filter(|claim| !claim.text.is_empty())
            .collect(),
        source: feed.title.clone(),
        url: text("url").or_else(|| text("external_url")),
        authors: if own.is_empty() {
            feed.authors.clone()
        } else {
            own
        },
        language: text("language").or_else(|| feed.language.clone()),
        section: item.get("tags").and_then(|tags| text_of(tags.get(0)?)),
        id: text("id"),
        ..Draft::default()
    }
}

fn authors(value: &Value) -> Vec<String> {
    let name = |author: &Value| text_of(author.get("name")?);
    match value {
        Value::Array(list) => list.iter().filter_map(name).collect(),
        author => name(author).into_iter().collect(),
    }
}

/// A text, or the number that older versions allow for an id.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
