//! The XML of wire formats as small trees, one for each item of a file.
//!
//! Entities that a document declares are never expanded: they stay as they are written, so that
//! no document grows. What is broken ends the file with a reason; the items before it are kept.

use std::borrow::Cow;
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::draft::Draft;
use crate::encoding;
use crate::feed::split::{Piece, Pieces};
use crate::input::Input;
use crate::output::Output;
use crate::paragraphs::squeeze_into;
use crate::read::Flow;

/// An element: its name and those of its attributes are local, without prefix.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// Items are nested no deeper in practice than thirty levels; what bounds the stack.
const DEPTH_MAX: usize = 200;
/// A long article has some thousand elements; what bounds the memory of a tree.
const ELEMENTS_MAX: usize = 200_000;
/// No reference is longer: `&CounterClockwiseContourIntegral;`.
const REFERENCE_BYTES_MAX: usize = 40;

/// Elements inside a line, in NITF and in XHTML; all others part lines.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "alt-code",
    "b",
    "bdo",
    "big",
    "chron",
    "cite",
    "city",
    "classifier",
    "code",
    "copyrite",
    "country",
    "del",
    "dfn",
    "em",
    "event",
    "font",
    "frac",
    "frac-den",
    "frac-num",
    "frac-sep",
    "function",
    "i",
    "ins",
    "kbd",
    "keyword",
    "label",
    "lang",
    "location",
    "mark",
    "money",
    "name.family",
    "name.given",
    "num",
    "object.title",
    "org",
    "person",
    "postaddr",
    "pronounce",
    "q",
    "region",
    "s",
    "samp",
    "small",
    "span",
    "state",
    "strike",
    "strong",
    "sub",
    "sublocation",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "virtloc",
    "wbr",
];
/// Elements that are no part of the text.
const ASIDE: &[&str] = &[
    "bibliography",
    "figure",
    "head",
    "iframe",
    "img",
    "media",
    "noscript",
    "note",
    "object",
    "script",
    "style",
    "svg",
    "tagline",
    "title",
    "video",
];

impl Element {
    /// The value of an attribute, unless it is empty.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .attributes
            .iter()
            .find(|(of, _)| of.eq_ignore_ascii_case(name))?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// The elements directly inside.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of a name directly inside.
    pub(crate) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.is(name))
    }

    /// The first element at the end of a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Element> {
        match path.split_first() {
            Some((name, rest)) => self
                .elements()
                .filter(|element| element.is(name))
                .find_map(|element| element.at(rest)),
            None => Some(self),
        }
    }

    /// All elements of a name at any depth, in the order of the document; none inside another.
    pub(crate) fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        self.collect(name, &mut found);
        found
    }

    /// The first element of a name at any depth.
    pub(crate) fn first(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| match element.is(name) {
            true => Some(element),
            false => element.first(name),
        })
    }

    /// Whether this is its name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The text on one line; `None` when there is none.
    pub(crate) fn text(&self) -> Option<String> {
        let lines = self.lines(&[]);
        (!lines.is_empty()).then(|| lines.replace('\n', " "))
    }

    /// The text, one paragraph a line, without what stands aside and elements called `except`.
    pub(crate) fn lines(&self, except: &[&str]) -> String {
        let mut raw = String::new();
        self.write(except, &mut raw);
        let mut text = String::with_capacity(raw.len());
        for line in raw.split(LINE_END) {
            let end = text.len();
            if end > 0 {
                text.push('\n');
            }
            let start = text.len();
            squeeze_into(line, &mut text);
            if text.len() == start {
                text.truncate(end);
            }
        }
        text
    }

    /// The text as it stands, lines and all: for text that only happens to stand in XML.
    pub(crate) fn raw_text(&self) -> String {
        self.children
            .iter()
            .map(|node| match node {
                Node::Text(text) => Cow::Borrowed(text.as_str()),
                Node::Element(element) => Cow::Owned(element.raw_text()),
            })
            .collect()
    }

    fn collect<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            match element.is(name) {
                true => found.push(element),
                false => element.collect(name, found),
            }
        }
    }

    fn write(&self, except: &[&str], into: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => into.push_str(text),
                Node::Element(element) => {
                    let is_in = |names: &[&str]| names.iter().any(|name| element.is(name));
                    if is_in(ASIDE) || is_in(except) {
                        continue;
                    }
                    let is_inline = is_in(INLINE);
                    let end = if is_inline { "" } else { "\u{2029}" };
                    into.push_str(end);
                    element.write(except, into);
                    into.push_str(end);
                }
            }
        }
    }
}

/// Parts lines while text is collected: line feeds in XML are only white space.
const LINE_END: char = '\u{2029}';

/// Reads the items of a file: the outermost elements with one of these names.
pub(crate) fn read_items(
    input: &mut Input<'_>,
    output: &mut Output<'_>,
    names: &[&str],
    draft: fn(&Element) -> Result<Draft, String>,
) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    let mut bytes = Vec::new();
    input.take(bytes_max as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > bytes_max {
        let declared = declared_encoding(&bytes).map(str::to_owned);
        let mut all = bytes.as_slice().chain(input);
        return read_pieces(&mut all, declared.as_deref(), output, names, draft);
    }
    let decoded = encoding::decode(&bytes, declared_encoding(&bytes));
    let mut number = 0;
    let end = items(&decoded.text, names, &mut |item| {
        number += 1;
        match item.and_then(|item| draft(&item)) {
            Ok(draft) => output.draft(Some(number), draft),
            Err(reason) => output.skip(Some(number), reason),
        }
    });
    Ok(match end {
        Ok(ControlFlow::Continue(())) if number == 0 => {
            output.skip(None, format!("no element <{}> in it", names.join("> or <")))
        }
        Ok(flow) => flow,
        Err((offset, reason)) => output.skip_at(offset, reason),
    })
}

/// Reads a file that is too long to be held, one item at a time.
fn read_pieces(
    reader: &mut dyn BufRead,
    declared: Option<&str>,
    output: &mut Output<'_>,
    names: &[&str],
    draft: fn(&Element) -> Result<Draft, String>,
) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    let mut pieces = Pieces::new(reader, bytes_max, names);
    let mut number = 0;
    while let Some(piece) = pieces.next()? {
        let item = match piece {
            Piece::Start(_) => continue,
            Piece::Entry(bytes) => item(&encoding::decode(&bytes, declared).text, names),
            Piece::Cut => Err("the file ends in the middle of an item".to_owned()),
            Piece::TooLong(bytes) => Err(format!(
                "the item is {bytes} bytes long; at most {bytes_max} are read"
            )),
        };
        number += 1;
        let flow = match item.and_then(|item| draft(&item)) {
            Ok(draft) => output.draft(Some(number), draft),
            Err(reason) => output.skip(Some(number), reason),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(match number {
        0 => output.skip(
            None,
            format!("longer than {bytes_max} bytes, and no item in it could be told"),
        ),
        _ => ControlFlow::Continue(()),
    })
}

/// The one item of a text.
fn item(text: &str, names: &[&str]) -> Result<Element, String> {
    let mut found = Err("the item is not closed".to_owned());
    let end = items(text, names, &mut |item| {
        found = item;
        ControlFlow::Break(())
    });
    end.map_or_else(|(_, reason)| Err(reason), |_| found)
}

/// The one element that a text in XML is, for XML inside other formats.
pub(crate) fn parse(text: &str, name: &str) -> Option<Element> {
    item(text, &[name]).ok()
}

/// The encoding that an XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    let head = bytes.strip_prefix(b"<?xml")?;
    let end = memchr::memmem::find(head, b"?>")?;
    let head = std::str::from_utf8(&head[..end]).ok()?;
    let value = head
        .split_once("encoding")?
        .1
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    value.split(['"', '\'']).nth(1)
}

/// Where reading ended for good, and why.
type Broken = (u64, String);

fn items(
    text: &str,
    names: &[&str],
    sink: &mut dyn FnMut(Result<Element, String>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Broken> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut tree = Tree::default();
    loop {
        let event = reader
            .read_event()
            .map_err(|error| (reader.error_position(), format!("broken XML: {error}")))?;
        let done = match event {
            Event::Start(start) => {
                tree.open(&start, names);
                None
            }
            Event::Empty(start) => {
                tree.open(&start, names);
                tree.close()
            }
            Event::End(_) => tree.close(),
            Event::Text(part) => {
                tree.text(&part);
                None
            }
            Event::CData(part) => {
                tree.text(&part);
                None
            }
            Event::GeneralRef(name) => {
                tree.text(&resolve(&name));
                None
            }
            Event::Eof if tree.is_open() => {
                let at = text.len() as u64;
                return Err((at, "the file ends in the middle of an item".into()));
            }
            Event::Eof => return Ok(ControlFlow::Continue(())),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => None,
        };
        if let Some(item) = done
            && sink(item).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
    }
}

/// What `&name;` stands for, by XML or HTML; anything else stays as it is.
fn resolve(name: &str) -> String {
    let written = format!("&{name};");
    match written.len() <= REFERENCE_BYTES_MAX {
        true => html_escape::decode_html_entities(&written).into_owned(),
        false => written,
    }
}

/// The item that is being read.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    elements: usize,
    /// How many elements are open that are passed over, because the item is too large.
    passed: usize,
    fault: Option<String>,
}

impl Tree {
    fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    fn open(&mut self, start: &BytesStart<'_>, names: &[&str]) {
        let local = start.local_name();
        let name: &str = local.as_ref();
        let is_item = names.iter().any(|of| name.eq_ignore_ascii_case(of));
        if !self.is_open() && !is_item {
            return;
        }
        self.elements += 1;
        if self.open.len() >= DEPTH_MAX {
            self.fault = Some(format!("elements are nested deeper than {DEPTH_MAX}"));
        } else if self.elements > ELEMENTS_MAX {
            self.fault = Some(format!("the item has more than {ELEMENTS_MAX} elements"));
        }
        if self.fault.is_some() {
            self.passed += 1;
            return;
        }
        let attributes = start.attributes().flatten().map(|attribute| {
            let name: &str = attribute.key.local_name().into_inner();
            let value = html_escape::decode_html_entities(&attribute.value).into_owned();
            (name.to_owned(), value)
        });
        self.open.push(Element {
            name: name.to_owned(),
            attributes: attributes.collect(),
            children: Vec::new(),
        });
    }

    /// Closes the innermost element; the item, when that was it.
    fn close(&mut self) -> Option<Result<Element, String>> {
        if self.passed > 0 {
            self.passed -= 1;
            return None;
        }
        let element = self.open.pop()?;
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(Node::Element(element));
            return None;
        }
        self.elements = 0;
        Some(match self.fault.take() {
            Some(fault) => Err(fault),
            None => Ok(element),
        })
    }

    fn text(&mut self, part: &str) {
        if self.passed > 0 {
            return;
        }
        let Some(element) = self.open.last_mut() else {
            return;
        };
        match element.children.last_mut() {
            Some(Node::Text(text)) => text.push_str(part),
            _ => element.children.push(Node::Text(part.to_owned())),
        }
    }
}
