//! Turns the tokens of a page into its tree, and decides what a tag opens and closes.

use std::collections::HashMap;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, State, Tokenizer};

use super::{ATTRIBUTES, DEPTH_MAX, Id, Kind, NODES_MAX, Node, Tree};
use crate::page::tag::Tag;

/// Reads a page, or XML, of at most 4 GiB.
pub(super) fn build(html: &str, is_xml: bool) -> Tree {
    let mut builder = Builder::new(html, is_xml);
    let emitter: CallbackEmitter<_, State, usize> =
        CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
            builder.take(event, span.end)
        });
    let mut tokenizer = Tokenizer::new_with_emitter(html, emitter);
    while let Some(Ok(state)) = tokenizer.next() {
        tokenizer.set_state(state);
    }
    drop(tokenizer);
    builder.finish()
}

/// Turns tokens into a tree.
struct Builder<'a> {
    html: &'a str,
    is_xml: bool,
    tree: Tree,
    /// The elements that are open, the root first.
    open: Vec<Id>,
    /// How many elements of each tag are open, and how many were too deep to be opened.
    counts: Vec<(u32, u32)>,
    unknown: HashMap<Box<[u8]>, usize>,
    /// Raw text elements that no end tag closes from here on.
    unclosed: Vec<Tag>,
    /// The tag whose attributes are coming.
    tag: Tag,
    /// The attribute whose value is coming.
    attribute: Option<u8>,
    first_attribute: u32,
}

impl<'a> Builder<'a> {
    fn new(html: &'a str, is_xml: bool) -> Builder<'a> {
        let mut builder = Builder {
            html,
            is_xml,
            tree: Tree::default(),
            open: Vec::new(),
            counts: Vec::new(),
            unknown: HashMap::new(),
            unclosed: Vec::new(),
            tag: Tag::HTML,
            attribute: None,
            first_attribute: 0,
        };
        builder.push_element(Tag::HTML);
        builder
    }

    /// Takes a token that ends at `end`; gives the state that the tokenizer must go on in.
    fn take(&mut self, event: CallbackEvent<'_>, end: usize) -> Option<State> {
        if self.tree.nodes.len() >= NODES_MAX {
            self.tree.is_cut = true;
            return None;
        }
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = self.tag_of(name);
                self.first_attribute = self.tree.attributes.len() as u32;
            }
            CallbackEvent::AttributeName { name } => {
                let index = ATTRIBUTES.iter().position(|known| known.as_bytes() == name);
                self.attribute = index.map(|index| index as u8);
                if let Some(index) = self.attribute {
                    self.tree.attributes.push((index, 0..0));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if self.attribute.take().is_some() {
                    let range = self.push_text(value);
                    if let Some(last) = self.tree.attributes.last_mut() {
                        last.1 = range;
                    }
                }
            }
            CallbackEvent::CloseStartTag { self_closing } if self.is_xml => {
                self.open(self_closing);
            }
            CallbackEvent::CloseStartTag { self_closing } => return self.start(self_closing, end),
            CallbackEvent::EndTag { name } => {
                let tag = self.tag_of(name);
                self.end(tag);
            }
            CallbackEvent::String { value } => self.characters(value),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        None
    }

    fn finish(mut self) -> Tree {
        self.close_to(0);
        self.tree
    }

    fn tag_of(&mut self, name: &[u8]) -> Tag {
        if let Some(tag) = std::str::from_utf8(name).ok().and_then(Tag::of) {
            return tag;
        }
        let next = self.unknown.len();
        match self.unknown.get(name) {
            Some(nth) => Tag::unknown(*nth),
            None => {
                self.unknown.insert(name.into(), next);
                let name = String::from_utf8_lossy(name);
                self.tree.unknown.push(name.into_owned().into());
                Tag::unknown(next)
            }
        }
    }

    fn start(&mut self, self_closing: bool, end: usize) -> Option<State> {
        let tag = self.tag;
        let is_foreign = self.count(Tag::SVG) > 0 || self.count(Tag::MATH) > 0;
        if tag == Tag::HTML || tag == Tag::BODY && self.count(tag) > 0 {
            self.add_attributes_to_root();
            return None;
        }
        if !is_foreign {
            self.close_implied(tag);
        }
        let is_leaf = tag.is_void() || self_closing && (is_foreign || tag == Tag::SVG);
        self.open(is_leaf);
        if is_leaf {
            return None;
        }
        if is_foreign {
            return None;
        }
        let state = match tag {
            Tag::SCRIPT => State::ScriptData,
            Tag::TITLE | Tag::TEXTAREA => State::RcData,
            Tag::STYLE | Tag::IFRAME | Tag::NOEMBED | Tag::NOFRAMES | Tag::NOSCRIPT => {
                State::RawText
            }
            _ => return None,
        };
        if self.is_closed_after(tag, end) {
            return Some(state);
        }
        // One that is never closed would take the rest of the page with it.
        self.close(tag, &[]);
        None
    }

    /// Appends the element whose tag has ended, and opens it unless it is empty or too deep.
    fn open(&mut self, is_leaf: bool) {
        let is_too_deep = self.open.len() >= DEPTH_MAX;
        self.push_element(self.tag);
        if is_leaf || is_too_deep {
            self.close_to(self.open.len() - 1);
        }
        if is_too_deep && !is_leaf {
            self.counter(self.tag).1 += 1;
        }
    }

    /// Whether an end tag of a raw text element follows.
    fn is_closed_after(&mut self, tag: Tag, end: usize) -> bool {
        if self.unclosed.contains(&tag) {
            return false;
        }
        let name = tag.name().as_bytes();
        let rest = self.html.as_bytes().get(end..).unwrap_or_default();
        let is_closed = memchr::memmem::find_iter(rest, "</").any(|at| {
            let behind = &rest[at + 2..];
            let is_named = |found: &[u8]| found.eq_ignore_ascii_case(name);
            behind.get(..name.len()).is_some_and(is_named)
                && matches!(
                    behind.get(name.len()),
                    Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | 0x0C | b'\r')
                )
        });
        if !is_closed {
            self.unclosed.push(tag);
        }
        is_closed
    }

    /// Gives the attributes of a tag that opens nothing to the root, unless it has some.
    fn add_attributes_to_root(&mut self) {
        let end = self.tree.attributes.len() as u32;
        if let Kind::Element { attributes, .. } = &mut self.tree.nodes[0].kind
            && attributes.start == attributes.end
        {
            *attributes = self.first_attribute..end;
        }
        self.first_attribute = end;
    }

    /// Closes what a start tag closes by standing there: a paragraph before a block, a list item
    /// before the next, and so on.
    fn close_implied(&mut self, tag: Tag) {
        use crate::page::tag::Tag as T;
        if !tag.is_of_head() {
            self.close(T::HEAD, &[]);
        }
        match tag {
            T::LI => self.close(T::LI, &[T::UL, T::OL, T::MENU, T::TABLE, T::TD]),
            T::DT | T::DD => {
                self.close(T::DT, &[T::DL, T::TABLE, T::TD]);
                self.close(T::DD, &[T::DL, T::TABLE, T::TD]);
            }
            T::TD | T::TH => {
                self.close(T::TD, &[T::TR, T::TABLE]);
                self.close(T::TH, &[T::TR, T::TABLE]);
            }
            T::TR => self.close(T::TR, &[T::TABLE]),
            T::TBODY | T::THEAD | T::TFOOT => {
                for part in [T::TBODY, T::THEAD, T::TFOOT] {
                    self.close(part, &[T::TABLE]);
                }
            }
            T::OPTION | T::OPTGROUP => self.close(T::OPTION, &[T::SELECT]),
            T::A => self.close_inline(T::A),
            _ if tag.is_block() => {
                self.close(T::P, &[T::TABLE, T::TD, T::TH, T::CAPTION, T::BUTTON]);
            }
            _ => {}
        }
        if tag.is_heading() && self.open.len() > 1 {
            let last = self.open[self.open.len() - 1];
            if self.tree.tag(last).is_some_and(Tag::is_heading) {
                self.close_to(self.open.len() - 1);
            }
        }
    }

    fn close_inline(&mut self, tag: Tag) {
        if self.count(tag) > 0 {
            let blocks = |open: Tag| open.is_block();
            self.close_unless(tag, blocks);
        }
    }

    fn close(&mut self, tag: Tag, barriers: &[Tag]) {
        if self.count(tag) > 0 {
            self.close_unless(tag, |open| barriers.contains(&open));
        }
    }

    /// Closes the innermost `tag` with all in it, unless a barrier stands between.
    fn close_unless(&mut self, tag: Tag, is_barrier: impl Fn(Tag) -> bool) {
        for depth in (1..self.open.len()).rev() {
            match self.tree.tag(self.open[depth]) {
                Some(open) if open == tag => return self.close_to(depth),
                Some(open) if is_barrier(open) => return,
                _ => {}
            }
        }
    }

    fn end(&mut self, tag: Tag) {
        if tag == Tag::BR && !self.is_xml {
            self.push_element(tag);
            return self.close_to(self.open.len() - 1);
        }
        let too_deep = &mut self.counter(tag).1;
        if *too_deep > 0 {
            *too_deep -= 1;
        } else if self.is_xml {
            self.close(tag, &[]);
        } else if self.count(tag) > 0 && !matches!(tag, Tag::HTML | Tag::BODY) {
            self.close_unless(tag, |open| open.holds_in(tag));
        }
    }

    fn characters(&mut self, value: &[u8]) {
        if !self.is_xml && self.count(Tag::HEAD) > 0 && !value.trim_ascii().is_empty() {
            let last = self.open[self.open.len() - 1];
            if self.tree.tag(last) == Some(Tag::HEAD) {
                self.close(Tag::HEAD, &[]);
            }
        }
        let range = self.push_text(value);
        self.push(Kind::Text(range));
    }

    fn push_text(&mut self, value: &[u8]) -> Range<u32> {
        let start = self.tree.text.len() as u32;
        self.tree.text.push_str(&String::from_utf8_lossy(value));
        start..self.tree.text.len() as u32
    }

    /// Appends an element and opens it.
    fn push_element(&mut self, tag: Tag) -> Id {
        let attributes = self.first_attribute..self.tree.attributes.len() as u32;
        self.first_attribute = attributes.end;
        let id = self.push(Kind::Element { tag, attributes });
        self.open.push(id);
        self.counter(tag).0 += 1;
        id
    }

    fn push(&mut self, kind: Kind) -> Id {
        let id = self.tree.nodes.len();
        self.tree.nodes.push(Node {
            parent: self.open.last().copied().unwrap_or_default() as u32,
            end: id as u32 + 1,
            kind,
        });
        id
    }

    /// Closes all open elements from `depth` on.
    fn close_to(&mut self, depth: usize) {
        let end = self.tree.nodes.len() as u32;
        for id in self.open.split_off(depth) {
            self.tree.nodes[id].end = end;
            if let Some(tag) = self.tree.tag(id) {
                self.counter(tag).0 -= 1;
            }
        }
    }

    fn count(&self, tag: Tag) -> usize {
        self.counts
            .get(tag.index())
            .map_or(0, |(open, _)| *open as usize)
    }

    fn counter(&mut self, tag: Tag) -> &mut (u32, u32) {
        if self.counts.len() <= tag.index() {
            self.counts.resize(tag.index() + 1, (0, 0));
        }
        &mut self.counts[tag.index()]
    }
}
