//! HTML as a tree, in time proportional to its length however its tags are nested.
//!
//! The tokens are those of the HTML standard (`html5gum`). The tree is simpler than a browser's:
//! what stands in the wrong place stays there, since only text and its surroundings matter here.

mod build;

use std::ops::Range;

use super::tag::Tag;
use crate::paragraphs::squeeze;

/// A page of news has some thousand elements and texts, a live blog of days some ten thousand.
/// Each takes many times the memory of the few bytes that it can be written in.
const NODES_MAX: usize = 1_000_000;
/// Elements are nested at most this deep, as in browsers; what is deeper lies side by side.
const DEPTH_MAX: usize = 512;

/// The attributes that are kept.
const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "class",
    "content",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "ispermalink",
    "itemprop",
    "label",
    "lang",
    "name",
    "property",
    "pubdate",
    "rdf:about",
    "rel",
    "role",
    "style",
    "term",
    "type",
    "xml:base",
    "xml:lang",
];

/// The number of a node, which is its place in document order.
pub(crate) type Id = usize;

/// A page. The nodes below one stand right behind it, up to [`Tree::end`].
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<(u8, Range<u32>)>,
    /// All texts and values of attributes, entities decoded.
    text: String,
    /// The names that HTML does not define.
    unknown: Vec<Box<str>>,
    /// Whether it has more nodes than may be, which are not there.
    is_cut: bool,
}

#[derive(Debug)]
struct Node {
    parent: u32,
    end: u32,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Element { tag: Tag, attributes: Range<u32> },
    Text(Range<u32>),
}

impl Tree {
    /// Reads a page of at most 4 GiB.
    pub(crate) fn parse(html: &str) -> Tree {
        build::build(html, false)
    }

    /// Reads XML of at most 4 GiB, without CDATA sections: no name has a meaning of its own, every
    /// end tag closes what it names. What is not well-formed is read as it would be in HTML.
    pub(crate) fn parse_xml(xml: &str) -> Tree {
        build::build(xml, true)
    }

    /// An error for a page of which only the beginning is here.
    pub(crate) fn is_whole(&self) -> Result<(), String> {
        match self.is_cut {
            true => Err(format!("it has more than {NODES_MAX} elements and texts")),
            false => Ok(()),
        }
    }

    /// All nodes in document order. The first is the root, an element without a name of its own.
    pub(crate) fn ids(&self) -> Range<Id> {
        0..self.nodes.len()
    }

    /// The node and all below it.
    pub(crate) fn subtree(&self, id: Id) -> Range<Id> {
        id..self.end(id)
    }

    /// The number behind the last node below `id`.
    pub(crate) fn end(&self, id: Id) -> Id {
        self.nodes[id].end as usize
    }

    /// The element that a node stands in; the root stands in itself.
    pub(crate) fn parent(&self, id: Id) -> Id {
        self.nodes[id].parent as usize
    }

    /// The elements that a node stands in, from the inside out.
    pub(crate) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(Some(id), |id| (*id != 0).then(|| self.parent(*id))).skip(1)
    }

    /// The nodes right below `id`.
    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < self.end(id)).then(|| {
                next = self.end(child);
                child
            })
        })
    }

    /// The name of an element; `None` for a text.
    pub(crate) fn tag(&self, id: Id) -> Option<Tag> {
        match self.nodes[id].kind {
            Kind::Element { tag, .. } => Some(tag),
            Kind::Text(_) => None,
        }
    }

    /// The name of an element in lower case, with its prefix; empty for a text.
    pub(crate) fn name(&self, id: Id) -> &str {
        let Some(tag) = self.tag(id) else { return "" };
        let unknown = tag.nth_unknown().and_then(|nth| self.unknown.get(nth));
        unknown.map_or(tag.name(), |name| name)
    }

    /// The text of a text node; `None` for an element.
    pub(crate) fn text(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].kind {
            Kind::Text(range) => Some(self.slice(range)),
            Kind::Element { .. } => None,
        }
    }

    /// All text below a node, as it stands in the page.
    pub(crate) fn inner_text(&self, id: Id) -> String {
        self.subtree(id).filter_map(|id| self.text(id)).collect()
    }

    /// The first words below a node on one line, as far as `bytes_max` bytes of the page reach: what
    /// is longer is no headline, name or date, and elements in each other hold the same text often.
    pub(crate) fn words(&self, id: Id, bytes_max: usize) -> String {
        let mut text = String::new();
        for part in self.subtree(id).filter_map(|id| self.text(id)) {
            text.push_str(&part[..part.floor_char_boundary(bytes_max - text.len())]);
            if text.len() + 4 > bytes_max {
                break;
            }
        }
        squeeze(&text)
    }

    /// The value of an attribute, one of [`ATTRIBUTES`]; empty for one without a value.
    pub(crate) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let Kind::Element { attributes, .. } = &self.nodes[id].kind else {
            return None;
        };
        let of_node = &self.attributes[attributes.start as usize..attributes.end as usize];
        of_node
            .iter()
            .find(|(index, _)| ATTRIBUTES[usize::from(*index)] == name)
            .map(|(_, range)| self.slice(range))
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }
}
