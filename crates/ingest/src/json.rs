//! JSON Lines: one object a line, one article an object. Also a single object over many lines.
//!
//! Lists of articles in one JSON value are not read.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;

use dateline_corpus::DateOrigin;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::fields::{Fields, field_of};
use crate::input::{Input, Line};
use crate::output::Output;
use crate::read::Flow;

/// So many names of fields show what a record is instead of an article.
const FIELDS_SHOWN_MAX: usize = 12;

/// Reads objects; one may go on over many lines.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    read_objects(input, true, output)
}

/// Reads one object per line.
pub(crate) fn read_lines(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    read_objects(input, false, output)
}

/// Reads one object per line. With `allow_single`, input whose first line begins an object but
/// does not end it is read as one object.
fn read_objects(input: &mut Input<'_>, allow_single: bool, output: &mut Output<'_>) -> Flow {
    let line_bytes_max = output.limits().line_bytes_max;
    let mut buffer = Vec::new();
    let mut number = 0;
    let mut is_first = true;
    while let Some(line) = input.line(line_bytes_max, &mut buffer)? {
        number += 1;
        if number == 1 && buffer.starts_with("\u{feff}".as_bytes()) {
            buffer.drain(.."\u{feff}".len());
        }
        let flow = match line {
            Line::TooLong(bytes) => output.skip(
                Some(number),
                format!("the line is {bytes} bytes long; at most {line_bytes_max} are read"),
            ),
            Line::Whole if buffer.trim_ascii().is_empty() => continue,
            Line::Whole if is_first && allow_single && is_unfinished(&buffer) => {
                return single(input, buffer, output);
            }
            Line::Whole => match parse(&buffer) {
                Ok(fields) => {
                    output.draft(Some(number), fields.into_draft(None, DateOrigin::Field))
                }
                Err(reason) => output.skip(Some(number), reason),
            },
        };
        if flow.is_break() {
            return Ok(flow);
        }
        is_first = false;
    }
    Ok(ControlFlow::Continue(()))
}

/// Reads an object that goes on behind its first line.
fn single(input: &mut Input<'_>, mut buffer: Vec<u8>, output: &mut Output<'_>) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    buffer.push(b'\n');
    let room = (bytes_max + 1).saturating_sub(buffer.len());
    input.take(room as u64).read_to_end(&mut buffer)?;
    if buffer.len() > bytes_max {
        let reason = format!("the JSON object is longer than the {bytes_max} bytes that are read");
        return Ok(output.skip(None, reason));
    }
    Ok(match parse(&buffer) {
        Ok(fields) => output.draft(None, fields.into_draft(None, DateOrigin::Field)),
        Err(reason) => output.skip(None, reason),
    })
}

fn is_unfinished(line: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

/// The fields of one object, or why it is no article.
fn parse(json: &[u8]) -> Result<Fields, String> {
    let text = std::str::from_utf8(json).map_err(|error| {
        format!(
            "not UTF-8: invalid byte {} of the record",
            error.valid_up_to() + 1
        )
    })?;
    match text.trim_start().chars().next() {
        Some('{') => {}
        Some('[') => {
            return Err(
                "a JSON list where an object is expected; write one object per line".into(),
            );
        }
        _ => {
            return Err(format!(
                "not a JSON object: it begins with `{}`",
                beginning(text)
            ));
        }
    }
    // The number of a line within the record is of use only where the record has several.
    let explain = |error: serde_json::Error| match text.contains('\n') {
        true => format!("broken JSON: {error}"),
        false => format!("broken JSON: {error}").replace(" at line 1 column ", " at column "),
    };
    let fields: Fields = serde_json::from_str(text).map_err(explain)?;
    if fields.have_no_text() {
        return Err(no_text_fields(text));
    }
    Ok(fields)
}

/// Names the fields that an object has instead of a text.
fn no_text_fields(text: &str) -> String {
    let object: BTreeMap<String, IgnoredAny> = serde_json::from_str(text).unwrap_or_default();
    let mut names: Vec<&str> = object.keys().map(|name| beginning(name)).collect();
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
        while let Some(Name(field)) = map.next_key()? {
            match field {
                Some(field) => fields.add(field, map.next_value()?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(fields)
    }
}

/// The name of a field, looked up without being kept.
struct Name(Option<(crate::fields::Field, usize)>);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(Name(field_of(name)))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}
