//! The block of YAML or TOML at the head of a Markdown file, and the text below it.

use std::collections::VecDeque;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

use crate::fields::{Fields, field_of};

/// Front matter that does not end within this many bytes is a text between two rules.
const FRONT_MATTER_BYTES_MAX: usize = 64 << 10;
/// Names and lists of names lie no deeper.
const DEPTH_MAX: usize = 4;

/// Front matter as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrontMatter<'a> {
    Yaml(&'a str),
    Toml(&'a str),
}

/// Parts the front matter from the text. `None` when there is none.
pub(crate) fn split(text: &str) -> Option<(FrontMatter<'_>, &str)> {
    let start = line_end(text, 0)?;
    let is_yaml = match text[..start].trim_end() {
        "---" => true,
        "+++" => false,
        _ => return None,
    };
    let closes = |line: &str| match is_yaml {
        true => matches!(line, "---" | "..."),
        false => line == "+++",
    };
    let mut at = start;
    while at <= FRONT_MATTER_BYTES_MAX && at < text.len() {
        let end = line_end(text, at).unwrap_or(text.len());
        if closes(text[at..end].trim_end()) {
            let matter = &text[start..at];
            let matter = match is_yaml {
                true => FrontMatter::Yaml(matter),
                false => FrontMatter::Toml(matter),
            };
            return Some((matter, &text[end..]));
        }
        at = end;
    }
    None
}

impl FrontMatter<'_> {
    /// Whether it looks like fields and not like a text between two rules.
    pub(crate) fn has_fields(self) -> bool {
        let (text, sign) = match self {
            FrontMatter::Yaml(yaml) => (yaml, ':'),
            FrontMatter::Toml(toml) => (toml, '='),
        };
        text.lines().any(|line| line.contains(sign))
    }
}

/// The fields of front matter. Where it is broken as a whole (a colon in a title without quotes
/// is the usual cause), what its single lines say.
pub(crate) fn fields(matter: FrontMatter<'_>) -> Fields {
    let entries = match matter {
        FrontMatter::Yaml(yaml) => entries(yaml).unwrap_or_else(|| lines(yaml, ':')),
        FrontMatter::Toml(toml) => tables(toml).unwrap_or_else(|| lines(toml, '=')),
    };
    let mut fields = Fields::default();
    for (name, value) in entries {
        if let Some(field) = field_of(&name) {
            fields.add(field, value);
        }
    }
    fields
}

fn line_end(text: &str, from: usize) -> Option<usize> {
    memchr::memchr(b'\n', &text.as_bytes()[from..]).map(|at| from + at + 1)
}

/// The entries of a mapping, all scalars as they are written: `007` stays an id, and
/// `2024-10-31 14:03` is read by the date parser of all formats. Aliases are nothing, so that
/// they cannot grow into more than was written.
fn entries(yaml: &str) -> Option<Vec<(String, Value)>> {
    let mut events = VecDeque::new();
    for event in Parser::new_from_str(yaml) {
        events.push_back(event.ok()?.0);
    }
    let is_start =
        |event: &Event<'_>| !matches!(event, Event::StreamStart | Event::DocumentStart(_));
    let first = events.iter().position(is_start)?;
    events.drain(..first);
    match value(&mut events, 0)? {
        Value::Object(object) => Some(object.into_iter().collect()),
        _ => None,
    }
}

fn value(events: &mut VecDeque<Event<'_>>, depth: usize) -> Option<Value> {
    match events.pop_front()? {
        Event::Scalar(text, ScalarStyle::Plain, ..) if matches!(&*text, "" | "~" | "null") => {
            Some(Value::Null)
        }
        Event::Scalar(text, ..) => Some(Value::String(text.into_owned())),
        Event::SequenceStart(..) | Event::MappingStart(..) if depth > DEPTH_MAX => {
            pass(events);
            Some(Value::Null)
        }
        Event::SequenceStart(..) => {
            let mut list = Vec::new();
            while *events.front()? != Event::SequenceEnd {
                list.push(value(events, depth + 1)?);
            }
            events.pop_front();
            Some(Value::Array(list))
        }
        Event::MappingStart(..) => {
            let mut object = Map::new();
            while *events.front()? != Event::MappingEnd {
                let name = value(events, depth + 1)?;
                let value = value(events, depth + 1)?;
                if let Value::String(name) = name {
                    object.insert(name, value);
                }
            }
            events.pop_front();
            Some(Value::Object(object))
        }
        _ => Some(Value::Null),
    }
}

/// Passes over the rest of a list or mapping whose start was taken.
fn pass(events: &mut VecDeque<Event<'_>>) {
    let mut open = 1;
    while open > 0
        && let Some(event) = events.pop_front()
    {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => open += 1,
            Event::SequenceEnd | Event::MappingEnd => open -= 1,
            _ => {}
        }
    }
}

/// The entries of TOML, dates as they are written.
fn tables(toml: &str) -> Option<Vec<(String, Value)>> {
    let table: toml::Table = toml.parse().ok()?;
    let entry = |(name, value)| (name, of_toml(value));
    Some(table.into_iter().map(entry).collect())
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::Array(list) => list.into_iter().map(of_toml).collect(),
        toml::Value::Table(table) => {
            let entry = |(name, value)| (name, of_toml(value));
            Value::Object(table.into_iter().map(entry).collect())
        }
        toml::Value::String(text) => Value::String(text),
        toml::Value::Boolean(value) => Value::Bool(value),
        other => Value::String(other.to_string()),
    }
}

/// The lines `name: value` or `name = value` of a text.
fn lines(text: &str, sign: char) -> Vec<(String, Value)> {
    let entry = |line: &str| {
        let (name, value) = line.split_once(sign)?;
        let (name, value) = (name.trim_end(), value.trim());
        let value = value.trim().trim_matches(['"', '\'']);
        let is_name = !name.starts_with([' ', '\t', '#']) && !value.is_empty();
        is_name.then(|| (name.to_owned(), Value::String(value.to_owned())))
    };
    text.lines().filter_map(entry).collect()
}
