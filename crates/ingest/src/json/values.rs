//! Walks through JSON of any length and hands out the objects in it that are records: the single
//! one, the elements of a list, the elements of the list that an object holds. Finds where
//! objects begin and end and nothing else; whether one is well-formed shows when it is parsed.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use crate::fields::{Field, Fields, field_of};
use crate::input::Input;
use crate::read::Flow;

/// Names under which an object holds its articles, as services and exports write them.
const LISTS: &[&str] = &[
    "articles",
    "data",
    "documents",
    "docs",
    "entries",
    "hits",
    "items",
    "news",
    "posts",
    "records",
    "results",
    "rows",
    "stories",
    "value",
];
/// Names under which an object holds the object that holds them.
const WRAPPERS: &[&str] = &[
    "data", "feed", "hits", "payload", "response", "result", "results",
];
/// Objects in objects that may hold a list.
const DEPTH_MAX: u8 = 3;
/// No name of a field that counts is longer.
const NAME_BYTES_MAX: usize = 32;

/// What the walk meets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// An object, or what begins like one.
    Object(&'a [u8]),
    /// The only object of the input.
    Single(&'a [u8]),
    /// An object of so many bytes, more than are kept.
    TooLong(u64),
    /// Something else, as far as it is kept.
    Other(&'a [u8]),
    /// No JSON, as far as it is kept; more follows, which is not read.
    Lost(&'a [u8]),
}

/// Walks through `input`. `visit` is given each record; objects of more than `bytes_max` are
/// passed over.
///
/// What is no JSON at all ends the walk: there is no telling where it ends itself.
pub(super) fn walk(
    input: &mut Input<'_>,
    bytes_max: usize,
    visit: &mut dyn FnMut(Value<'_>) -> ControlFlow<()>,
) -> Flow {
    let mut walk = Walk {
        input,
        bytes_max,
        visit,
        count: 0,
    };
    while let Some(byte) = walk.peek()? {
        let flow = match byte {
            b'[' => walk.list()?,
            b'{' => walk.object(Role::Top, 0)?,
            // What is left of something broken, and commas between objects.
            b']' | b'}' | b',' => {
                walk.input.consume(1);
                continue;
            }
            _ => return walk.lost(),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

struct Walk<'i, 'a, 'v> {
    input: &'i mut Input<'a>,
    bytes_max: usize,
    visit: &'v mut dyn FnMut(Value<'_>) -> ControlFlow<()>,
    count: u64,
}

/// Where an object stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// In no other value.
    Top,
    /// In a list: a record, whatever it holds.
    Element,
    /// Under one of [`WRAPPERS`]: a record if it has a text.
    Wrapped,
}

impl Walk<'_, '_, '_> {
    /// The elements of a list; the next byte is its bracket.
    fn list(&mut self) -> Flow {
        self.input.consume(1);
        while let Some(byte) = self.peek()? {
            let flow = match byte {
                b']' => {
                    self.input.consume(1);
                    break;
                }
                // A brace that closes nothing ends no value, so it must be passed here.
                b',' | b'}' => {
                    self.input.consume(1);
                    continue;
                }
                b'{' => self.object(Role::Element, 0)?,
                _ => self.other()?,
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// What stands where a file goes on, and is no JSON.
    fn lost(&mut self) -> Flow {
        let mut kept = Kept::new(self.bytes_max);
        self.copy(&mut kept, 0)?;
        let value = match self.peek()? {
            Some(_) => Value::Lost(&kept.bytes),
            None => Value::Other(&kept.bytes),
        };
        Ok((self.visit)(value))
    }

    /// What stands where an object is expected.
    fn other(&mut self) -> Flow {
        let mut kept = Kept::new(self.bytes_max);
        self.copy(&mut kept, 0)?;
        self.count += 1;
        Ok((self.visit)(Value::Other(&kept.bytes)))
    }

    /// An object: a record, or one that holds records; the next byte is its brace.
    fn object(&mut self, role: Role, depth: u8) -> Flow {
        let mut kept = Kept::new(self.bytes_max);
        let before = self.count;
        let mut text = Text::default();
        self.take(&mut kept)?;
        loop {
            match self.peek()? {
                None => break,
                Some(b'}') => {
                    self.take(&mut kept)?;
                    break;
                }
                Some(b',') => {
                    self.take(&mut kept)?;
                    continue;
                }
                Some(b'"') => {}
                // Broken, which shows when it is parsed.
                Some(_) => {
                    self.copy(&mut kept, 1)?;
                    break;
                }
            }
            let name = self.name(&mut kept)?;
            text.add(&name);
            if self.peek()? == Some(b':') {
                self.take(&mut kept)?;
            }
            let flow = match self.peek()? {
                Some(b'[') if LISTS.contains(&name.as_str()) && !text.has_body => {
                    self.held_list(text, &mut kept)?
                }
                Some(b'{')
                    if WRAPPERS.contains(&name.as_str()) && !text.has_any && depth < DEPTH_MAX =>
                {
                    kept.push(b"null");
                    self.object(Role::Wrapped, depth + 1)?
                }
                Some(b'}' | b',') | None => continue,
                Some(_) => {
                    self.copy(&mut kept, 0)?;
                    continue;
                }
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
        let holds = self.count > before;
        if holds && !text.has_body || role == Role::Wrapped && !text.has_any {
            return Ok(ControlFlow::Continue(()));
        }
        self.count += 1;
        let is_single = role != Role::Element && self.count == 1 && self.is_last()?;
        self.visit_object(&kept, is_single)
    }

    /// A list that may hold the records, or be a field of the record that holds it. Its first
    /// element tells.
    fn held_list(&mut self, text: Text, kept: &mut Kept) -> Flow {
        self.take(kept)?;
        let mut is_first = true;
        while let Some(byte) = self.peek()? {
            if matches!(byte, b',' | b'}') {
                self.input.consume(1);
                continue;
            }
            if byte == b']' {
                self.take(kept)?;
                break;
            }
            if is_first && byte != b'{' {
                self.copy(kept, 1)?;
                break;
            }
            let mut element = Kept::new(self.bytes_max);
            self.copy(&mut element, 0)?;
            let is_field = match serde_json::from_slice::<Fields>(&element.bytes) {
                Ok(fields) => fields.have_no_text() && text.has_any,
                Err(_) => text.has_any,
            };
            if is_first && is_field {
                kept.push(&element.bytes);
                self.copy(kept, 1)?;
                break;
            }
            is_first = false;
            self.count += 1;
            let flow = match byte {
                b'{' => self.visit_object(&element, false)?,
                _ => (self.visit)(Value::Other(&element.bytes)),
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn visit_object(&mut self, kept: &Kept, is_single: bool) -> Flow {
        let value = match kept.is_whole() {
            true if is_single => Value::Single(&kept.bytes),
            true => Value::Object(&kept.bytes),
            false => Value::TooLong(kept.length),
        };
        Ok((self.visit)(value))
    }

    /// Whether nothing follows but brackets.
    fn is_last(&mut self) -> io::Result<bool> {
        while let Some(b']' | b'}') = self.peek()? {
            self.input.consume(1);
        }
        Ok(self.peek()?.is_none())
    }

    /// The next byte that is no white space; it stays.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let spaces = chunk.iter().take_while(|b| b.is_ascii_whitespace()).count();
            let next = chunk.get(spaces).copied();
            self.input.consume(spaces);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// Takes the byte that was looked at.
    fn take(&mut self, kept: &mut Kept) -> io::Result<()> {
        let byte = self.input.fill_buf()?.first().copied();
        kept.push(byte.as_slice());
        self.input.consume(byte.iter().len());
        Ok(())
    }

    /// Takes the name of a field, and gives it in lower case.
    fn name(&mut self, kept: &mut Kept) -> io::Result<String> {
        let mut name = Kept::new(NAME_BYTES_MAX);
        self.copy(&mut name, 0)?;
        // What is longer is none that is known, but the record needs it to be parsed.
        kept.push(if name.is_whole() {
            &name.bytes
        } else {
            b"\"\""
        });
        let plain = String::from_utf8_lossy(&name.bytes);
        Ok(plain.trim_matches('"').to_ascii_lowercase())
    }

    /// Takes a value, or the rest of one that has so many brackets open.
    fn copy(&mut self, kept: &mut Kept, open: u32) -> io::Result<()> {
        let mut state = Scan {
            open,
            ..Scan::default()
        };
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(());
            }
            let (used, is_over) = state.scan(chunk);
            kept.push(&chunk[..used]);
            self.input.consume(used);
            if is_over {
                return Ok(());
            }
        }
    }
}

/// What names an object has met so far.
#[derive(Clone, Copy, Default)]
struct Text {
    has_any: bool,
    has_body: bool,
}

impl Text {
    fn add(&mut self, name: &str) {
        match field_of(name) {
            Some((Field::Body, _)) => {
                *self = Text {
                    has_any: true,
                    has_body: true,
                }
            }
            Some((Field::Title | Field::Summary, _)) => self.has_any = true,
            _ => {}
        }
    }
}

/// The bytes of a value, as many as are kept, and how many there are.
struct Kept {
    bytes: Vec<u8>,
    bytes_max: usize,
    length: u64,
}

impl Kept {
    fn new(bytes_max: usize) -> Kept {
        Kept {
            bytes: Vec::new(),
            bytes_max,
            length: 0,
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        if self.is_whole() {
            self.bytes.extend_from_slice(bytes);
        } else {
            self.bytes = Vec::new();
        }
    }

    fn is_whole(&self) -> bool {
        self.length <= self.bytes_max as u64
    }
}

/// Finds the end of a value in chunks.
#[derive(Default)]
struct Scan {
    open: u32,
    in_string: bool,
    is_escaped: bool,
    has_begun: bool,
}

impl Scan {
    /// How many bytes of the chunk belong to the value, and whether it ends there.
    fn scan(&mut self, chunk: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while at < chunk.len() {
            if self.in_string {
                if self.is_escaped {
                    self.is_escaped = false;
                    at += 1;
                    continue;
                }
                let Some(next) = memchr::memchr2(b'"', b'\\', &chunk[at..]) else {
                    return (chunk.len(), false);
                };
                at += next + 1;
                self.is_escaped = chunk[at - 1] == b'\\';
                self.in_string = self.is_escaped;
                if !self.in_string && self.open == 0 {
                    return (at, true);
                }
                continue;
            }
            match chunk[at] {
                b'"' if self.open == 0 && self.has_begun => return (at, true),
                b'"' => self.in_string = true,
                b'{' | b'[' if self.open == 0 && self.has_begun => return (at, true),
                b'{' | b'[' => self.open += 1,
                b'}' | b']' if self.open == 0 => return (at, true),
                b'}' | b']' => {
                    self.open -= 1;
                    if self.open == 0 {
                        return (at + 1, true);
                    }
                }
                b',' if self.open == 0 => return (at, true),
                byte if self.open == 0 && self.has_begun && byte.is_ascii_whitespace() => {
                    return (at, true);
                }
                _ => {}
            }
            self.has_begun = true;
            at += 1;
        }
        (at, false)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(json: &str, expect: Expect) {
        // A small buffer, so that values go over its end.
        let mut reader = io::BufReader::with_capacity(3, json.as_bytes());
        let mut input = Input::new("a", &mut reader).unwrap();
        let mut met = String::new();
        let flow = walk(&mut input, 60, &mut |value| {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            met += &match value {
                Value::Object(json) => format!("object {}\n", text(json)),
                Value::Single(json) => format!("single {}\n", text(json)),
                Value::TooLong(bytes) => format!("{bytes} bytes\n"),
                Value::Other(json) => format!("other {}\n", text(json)),
                Value::Lost(json) => format!("lost {}\n", text(json)),
            };
            ControlFlow::Continue(())
        });
        assert!(flow.unwrap().is_continue());
        expect.assert_eq(&met);
    }

    #[test]
    fn a_single_object_is_one_record() {
        check(
            r#" {"title": "a", "body": "}\"]"} "#,
            expect![[r#"
            single {"title":"a","body":"}\"]"}
        "#]],
        );
        check(
            r#"{"data": {"title": "a", "x": [1]}}"#,
            expect![[r#"
            single {"title":"a","x":[1]}
        "#]],
        );
        check(
            r#"{"title": "a", "items": [{"n": 1}, {"n": 2}]}"#,
            expect![[r#"
                single {"title":"a","items":[{"n": 1}, {"n": 2}]}
            "#]],
        );
        check(
            r#"{"status": "ok", "data": []}"#,
            expect![[r#"
            single {"status":"ok","data":[]}
        "#]],
        );
    }

    #[test]
    fn elements_of_a_list_are_records() {
        check(
            r#"[{"title": "a"}, {"title": "b"}, 3, "x", [4]]"#,
            expect![[r#"
                object {"title":"a"}
                object {"title":"b"}
                other 3
                other "x"
                other [4]
            "#]],
        );
        check(
            r#"{"title": "a"}{"title": "b"} [{"title": "c"}]"#,
            expect![[r#"
                object {"title":"a"}
                object {"title":"b"}
                object {"title":"c"}
            "#]],
        );
        check("[]", expect![[r#""#]]);
    }

    #[test]
    fn elements_of_the_list_that_an_object_holds_are_records() {
        check(
            r#"{"status": "ok", "articles": [{"title": "a"}, {"title": "b"}], "n": 2}"#,
            expect![[r#"
                object {"title": "a"}
                object {"title": "b"}
            "#]],
        );
        check(
            r#"{"response": {"n": 2, "docs": [{"headline": "a"}]}, "copyright": "c"}"#,
            expect![[r#"
                object {"headline": "a"}
            "#]],
        );
        check(
            r#"{"title": "The feed", "items": [{"title": "a"}, 5], "more": true}"#,
            expect![[r#"
                object {"title": "a"}
                other 5
            "#]],
        );
    }

    #[test]
    fn what_is_too_long_or_broken_is_told() {
        let long = format!(r#"[{{"title": "{}"}}, {{"title": "b"}}]"#, "x".repeat(60));
        check(
            &long,
            expect![[r#"
            72 bytes
            object {"title":"b"}
        "#]],
        );
        check(
            r#"[{"title": "a"}, {"title": "b"#,
            expect![[r#"
            object {"title":"a"}
            object {"title":"b
        "#]],
        );
        check(
            r#"[{"title": "a" {"x"}, {"title": "b"}]"#,
            expect![[r#"
            object {"title":"a"{"x"}, {"title": "b"}]
        "#]],
        );
        check(
            r#"{title: "a"} {"title": "b"}"#,
            expect![[r#"
            object {title: "a"}
            object {"title":"b"}
        "#]],
        );
        check(
            "hello there",
            expect![[r#"
            lost hello
        "#]],
        );
        check(
            "[},{\"title\": \"a\"}} , 5]",
            expect![[r#"
            object {"title":"a"}
            other 5
        "#]],
        );
        check(
            "{\"articles\": [{\"title\": \"a\"}}, {\"title\": \"b\"}]}",
            expect![[r#"
            object {"title": "a"}
            object {"title": "b"}
        "#]],
        );
        check("] , }", expect![[r#""#]]);
    }
}
