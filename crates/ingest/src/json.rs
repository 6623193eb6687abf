//! JSON Lines: one object a line, one article an object. Also JSON of any layout: a single
//! object, a list, an object that holds the list.

mod bounded;
mod values;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;

use dateline_corpus::DateOrigin;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value as JsonValue;

pub(crate) use self::bounded::{Budget, from_str};
use self::values::Value;
use crate::encoding;
use crate::fields::{Field, Fields, field_of, is_wrapper};
use crate::input::{Input, Line};
use crate::output::Output;
use crate::read::Flow;

/// So many names of fields show what a record is instead of an article.
const FIELDS_SHOWN_MAX: usize = 12;

/// Hands out what one object is, given its number where there may be several, and its bytes.
pub(crate) type Record = fn(Option<u64>, &[u8], &mut Output<'_>) -> ControlFlow<()>;

/// Reads objects however they are laid out.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    read_objects(input, output, record)
}

/// Reads one object per line.
pub(crate) fn read_lines(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    read_each_line(input, output, record)
}

/// Reads objects that stand alone, behind each other, in a list, or in a list that an object
/// holds.
pub(crate) fn read_objects(input: &mut Input<'_>, output: &mut Output<'_>, record: Record) -> Flow {
    if begins_lines(input.head()) {
        return read_each_line(input, output, record);
    }
    let bytes_max = output.limits().record_bytes_max;
    let mut number = 0;
    values::walk(input, bytes_max, &mut |value| {
        number += 1;
        match value {
            Value::Single(json) => record(None, json, output),
            Value::Object(json) | Value::Other(json) => record(Some(number), json, output),
            Value::Lost(text) => {
                let reason = begins_object(&encoding::utf_8(text)).err();
                let reason = reason.unwrap_or_default();
                output.skip(Some(number), format!("{reason}; what follows is not read"))
            }
            Value::TooLong(bytes) => output.skip(
                Some(number),
                format!("the object is {bytes} bytes long; at most {bytes_max} are read"),
            ),
        }
    })
}

fn read_each_line(input: &mut Input<'_>, output: &mut Output<'_>, record: Record) -> Flow {
    let bytes_max = output.limits().line_bytes_max;
    let mut buffer = Vec::new();
    let mut number = 0;
    while let Some(line) = input.line(bytes_max, &mut buffer)? {
        number += 1;
        let flow = match line {
            Line::TooLong(bytes) => output.skip(
                Some(number),
                format!("the line is {bytes} bytes long; at most {bytes_max} are read"),
            ),
            Line::Whole if buffer.trim_ascii().is_empty() => continue,
            Line::Whole => record(Some(number), &buffer, output),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Whether the first line is an object and another line follows: then a broken line does not
/// spoil the next one.
fn begins_lines(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let Some(end) = memchr::memchr(b'\n', head) else {
        return false;
    };
    let (line, rest) = head.split_at(end);
    rest.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

fn record(number: Option<u64>, json: &[u8], output: &mut Output<'_>) -> ControlFlow<()> {
    let text = encoding::utf_8(json);
    match parse(&text) {
        Ok(fields) => output.draft(number, fields.into_draft(None, DateOrigin::Field)),
        Err(reason) => output.skip(number, reason),
    }
}

/// An error for what does not begin like an object.
pub(crate) fn begins_object(text: &str) -> Result<(), String> {
    match text.trim_start().chars().next() {
        Some('{') => Ok(()),
        Some('[') => Err("a JSON list where an object is expected".into()),
        _ => Err(format!(
            "not a JSON object: it begins with `{}`",
            beginning(text)
        )),
    }
}

/// The fields of one object, or why it is no article.
fn parse(text: &str) -> Result<Fields, String> {
    begins_object(text)?;
    // The number of a line within the record is of use only where the record has several.
    let explain = |error: serde_json::Error| match text.contains('\n') {
        _ if error.is_data() => error.to_string(),
        true => format!("broken JSON: {error}"),
        false => format!("broken JSON: {error}").replace(" at line 1 column ", " at column "),
    };
    let mut fields: Fields = serde_json::from_str(text)
        .or_else(|error| serde_json::from_str(&mended(text).ok_or(error)?))
        .map_err(explain)?;
    if fields.have_no_text() {
        return Err(no_text_fields(text));
    }
    if fields.lack_body() {
        offer_others(text, &mut fields);
    }
    Ok(fields)
}

/// JSON without what programs write that is none: halves of a character that stand alone
/// (`\\ud83d`, from a text that was cut within an emoji) become U+FFFD, numbers that are none (`NaN`,
/// `Infinity`) null. `None` where there is nothing of the kind.
pub(crate) fn mended(json: &str) -> Option<String> {
    let mut text = String::with_capacity(json.len());
    let mut rest = json;
    loop {
        let open = memchr::memchr(b'"', rest.as_bytes());
        text.push_str(&without_nan(&rest[..open.unwrap_or(rest.len())]));
        let Some(open) = open else { break };
        let end = string_end(rest, open + 1);
        push_paired(&rest[open..end], &mut text);
        rest = &rest[end..];
    }
    (text != json).then_some(text)
}

/// What stands between strings, with null for what is no number.
fn without_nan(json: &str) -> Cow<'_, str> {
    match json.contains("NaN") || json.contains("Infinity") {
        true => json
            .replace("-Infinity", "null")
            .replace("Infinity", "null")
            .replace("NaN", "null")
            .into(),
        false => json.into(),
    }
}

/// The place behind the quote that closes a string.
fn string_end(json: &str, mut at: usize) -> usize {
    let bytes = json.as_bytes();
    while let Some(next) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        match bytes[at + next] {
            b'"' => return at + next + 1,
            // What is escaped may be a quote or a backslash.
            _ => at += next + 2,
        }
    }
    json.len()
}

fn push_paired(string: &str, into: &mut String) {
    let half = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let is_low = |unit: u16| (0xDC00..0xE000).contains(&unit);
    let mut rest = string;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let escape = &rest[at..];
        let (kept, passed) = match half(escape) {
            Some(0xD800..0xDC00) if half(&escape[6..]).is_some_and(is_low) => (12, 12),
            Some(0xD800..0xE000) => (0, 6),
            // What is escaped may be a backslash.
            _ => {
                let bytes = escape.chars().take(2).map(char::len_utf8).sum();
                (bytes, bytes)
            }
        };
        into.push_str(&rest[..at + kept]);
        if kept < passed {
            into.push(char::REPLACEMENT_CHARACTER);
        }
        rest = &rest[at + passed..];
    }
    into.push_str(rest);
}

/// Offers the texts under names that say nothing.
fn offer_others(text: &str, fields: &mut Fields) {
    let Ok(JsonValue::Object(object)) = from_str(text) else {
        return;
    };
    let others = object.iter().filter(|(name, _)| field_of(name).is_none());
    for (_, value) in others {
        match value {
            JsonValue::String(text) => fields.offer(text),
            JsonValue::Array(list) => {
                let lines: Vec<&str> = list.iter().filter_map(JsonValue::as_str).collect();
                fields.offer(&lines.join("\n"));
            }
            _ => {}
        }
    }
}

/// Names the fields that an object has instead of a text.
fn no_text_fields(text: &str) -> String {
    let object: BTreeMap<String, IgnoredAny> = serde_json::from_str(text).unwrap_or_default();
    let mut names: Vec<&str> = object.keys().map(|name| beginning(name)).collect();
    names.dedup();
    names.retain(|name| !name.is_empty());
    let more = names.len().saturating_sub(FIELDS_SHOWN_MAX);
    names.truncate(FIELDS_SHOWN_MAX);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!(
        "no field of the object holds a headline or text; it has: {}{more}",
        names.join(", ")
    )
}

/// The first characters of a text, to show what it is.
fn beginning(text: &str) -> &str {
    let text = text.trim();
    text.char_indices()
        .nth(24)
        .map_or(text, |(end, _)| &text[..end])
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        let budget = Budget::default();
        while let Some(name) = map.next_key()? {
            match name {
                Name::Field(field) => fields.add(field, map.next_value_seed(budget.value())?),
                Name::Wrapper => fields.spread(map.next_value_seed(budget.value())?),
                Name::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(fields)
    }
}

/// The name of a field, looked up without being kept.
enum Name {
    Field((Field, usize)),
    Wrapper,
    Other,
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(match field_of(name) {
                    _ if is_wrapper(name) => Name::Wrapper,
                    Some(field) => Name::Field(field),
                    None => Name::Other,
                })
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}
