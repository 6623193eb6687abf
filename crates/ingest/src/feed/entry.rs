//! What an entry of a feed says: RSS, RDF and Atom with the modules that news uses (Dublin Core,
//! content, Media RSS, FeedBurner). Namespaces are known by their usual prefixes.

use std::borrow::Cow;

use dateline_corpus::DateOrigin;

use crate::authors;
use crate::draft::Draft;
use crate::html;
use crate::page::{self, Id, Tree};
use crate::paragraphs::squeeze;
use crate::published::Claim;

// Names of elements in lower case, the most telling first.

const TITLES: &[&str] = &["title", "dc:title", "media:title"];
const BODIES: &[&str] = &[
    "content:encoded",
    "content",
    "body",
    "fulltext",
    "content:item",
];
const SUMMARIES: &[&str] = &[
    "description",
    "summary",
    "dc:description",
    "media:description",
    "tagline",
    "itunes:summary",
];
const LINKS: &[&str] = &["feedburner:origlink", "link", "guid"];
const PUBLISHED: &[&str] = &[
    "pubdate",
    "published",
    "dc:date",
    "dcterms:issued",
    "issued",
    "dcterms:created",
    "created",
    "date",
    "prism:publicationdate",
];
const UPDATED: &[&str] = &["updated", "modified", "dcterms:modified"];
const AUTHORS: &[&str] = &["dc:creator", "author", "itunes:author", "media:credit"];
const SECTIONS: &[&str] = &["category", "dc:subject"];
const IDS: &[&str] = &["guid", "id"];
/// Prefixes of the formats themselves.
const OWN: &[&str] = &["rss:", "atom:", "atom10:", "a10:", "rss1:"];

/// What a feed says of all its entries.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Feed {
    pub title: Option<String>,
    pub language: Option<String>,
    pub authors: Vec<String>,
    /// The address that relative addresses are meant from.
    pub base: Option<String>,
}

impl Feed {
    /// Reads what stands before the first entry.
    pub(crate) fn of(start: &str) -> Feed {
        let start = without_cdata(start);
        let tree = Tree::parse_xml(&start);
        let is_feed = |id: &Id| matches!(local(tree.name(*id)), "channel" | "feed");
        let Some(id) = tree.ids().find(is_feed) else {
            return Feed::default();
        };
        let entry = Entry::new(&tree, id);
        let lang = tree.attribute(id, "xml:lang").map(str::to_owned);
        Feed {
            title: entry.title(),
            language: entry.text(&["language", "dc:language"]).or(lang),
            authors: entry.atom_authors(),
            base: tree
                .attribute(id, "xml:base")
                .map(str::to_owned)
                .or_else(|| entry.link()),
        }
    }
}

/// The draft of an entry, given with its tags; else why there is none.
pub(crate) fn draft(xml: &str, feed: &Feed) -> Result<Draft, String> {
    let xml = without_cdata(xml);
    let tree = Tree::parse_xml(&xml);
    tree.is_whole()?;
    let Some(id) = tree.children(0).find(|id| tree.tag(*id).is_some()) else {
        return Ok(Draft::default());
    };
    let entry = Entry::new(&tree, id);
    let base = tree.attribute(id, "xml:base").or(feed.base.as_deref());
    let claims = |names, is_update| {
        entry.texts(names).map(move |text| Claim {
            text,
            origin: DateOrigin::Feed,
            is_update,
        })
    };
    let authors = entry.authors();
    let about = tree.attribute(id, "rdf:about").map(str::to_owned);
    Ok(Draft {
        title: entry.title(),
        body: entry.body(),
        claims: claims(PUBLISHED, false)
            .chain(claims(UPDATED, true))
            .collect(),
        source: entry.source().or_else(|| feed.title.clone()),
        url: entry.link().or(about).map(|link| join(base, &link)),
        authors: if authors.is_empty() {
            feed.authors.clone()
        } else {
            authors
        },
        language: tree
            .attribute(id, "xml:lang")
            .map(str::to_owned)
            .or_else(|| entry.text(&["dc:language"]))
            .or_else(|| feed.language.clone()),
        section: entry.section(),
        id: entry.text(IDS),
        ..Draft::default()
    })
}

/// The elements right below an entry, or below the feed.
struct Entry<'a> {
    tree: &'a Tree,
    /// Names without the prefixes of the formats themselves.
    elements: Vec<(&'a str, Id)>,
}

impl<'a> Entry<'a> {
    fn new(tree: &'a Tree, id: Id) -> Entry<'a> {
        let elements = tree.children(id).filter(|id| tree.tag(*id).is_some());
        let name = |id: Id| {
            let name = tree.name(id);
            OWN.iter()
                .find_map(|prefix| name.strip_prefix(prefix))
                .unwrap_or(name)
        };
        Entry {
            tree,
            elements: elements.map(|id| (name(id), id)).collect(),
        }
    }

    /// The elements of these names, in the order of the names.
    fn all(&self, names: &'a [&str]) -> impl Iterator<Item = Id> {
        names.iter().flat_map(move |name| {
            let named = self.elements.iter().filter(move |(of, _)| of == name);
            named.map(|(_, id)| *id)
        })
    }

    /// Their texts, where they have any.
    fn texts(&self, names: &'a [&str]) -> impl Iterator<Item = String> {
        let texts = self.all(names).map(|id| squeeze(&self.tree.inner_text(id)));
        texts.filter(|text| !text.is_empty())
    }

    fn text(&self, names: &'a [&str]) -> Option<String> {
        self.texts(names).next()
    }

    fn title(&self) -> Option<String> {
        let titles = self.all(TITLES).map(|id| squeeze(&self.rich(id)));
        titles.into_iter().find(|title| !title.is_empty())
    }

    /// The full text, else the summary.
    fn body(&self) -> String {
        let texts = |names: &'a [&str]| {
            self.all(names)
                .map(|id| self.rich(id))
                .find(|text| !text.is_empty())
        };
        texts(BODIES)
            .or_else(|| texts(SUMMARIES))
            .unwrap_or_default()
    }

    /// The text of an element that holds HTML, as text or as elements of its own.
    fn rich(&self, id: Id) -> String {
        let has_elements = self
            .tree
            .subtree(id)
            .skip(1)
            .any(|id| self.tree.tag(id).is_some());
        if has_elements {
            return page::text_below(self.tree, id);
        }
        let text = self.tree.inner_text(id);
        if html::is_html(&text) {
            return page::text_of(&text);
        }
        // What was escaped twice.
        let text = html_escape::decode_html_entities(&text);
        let lines = text.lines().map(squeeze).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }

    fn link(&self) -> Option<String> {
        let is_own = |id: &Id| {
            let rel = self.tree.attribute(*id, "rel");
            rel.is_none_or(|rel| rel == "alternate")
        };
        let is_address = |id: Id| self.tree.attribute(id, "ispermalink") != Some("false");
        let value = |id: Id| match self.tree.attribute(id, "href") {
            Some(href) => href.trim().to_owned(),
            None => squeeze(&self.tree.inner_text(id)),
        };
        let links = self
            .all(LINKS)
            .filter(|id| is_own(id) && is_address(*id))
            .map(value);
        links
            .into_iter()
            .find(|link| !link.is_empty() && !link.contains(char::is_whitespace))
    }

    fn source(&self) -> Option<String> {
        let id = self.all(&["source"]).next()?;
        let title = Entry::new(self.tree, id).title();
        title.or_else(|| {
            Some(squeeze(&self.tree.inner_text(id)))
                .filter(|text| !text.is_empty() && text.len() < 100)
        })
    }

    fn section(&self) -> Option<String> {
        let value = |id: Id| {
            let attributes = ["label", "term"];
            let written = attributes
                .iter()
                .find_map(|name| self.tree.attribute(id, name));
            written.map_or_else(|| squeeze(&self.tree.inner_text(id)), str::to_owned)
        };
        self.all(SECTIONS)
            .map(value)
            .find(|section| !section.is_empty())
    }

    fn authors(&self) -> Vec<String> {
        let atom = self.atom_authors();
        if !atom.is_empty() {
            return atom;
        }
        let texts = self
            .texts(AUTHORS)
            .map(|text| without_address(&text).to_owned());
        texts
            .filter(|text| !text.is_empty())
            .take(1)
            .flat_map(|text| authors::split(authors::without_by(&text)))
            .collect()
    }

    /// `<author><name>…</name></author>`.
    fn atom_authors(&self) -> Vec<String> {
        let names = |id| Entry::new(self.tree, id).text(&["name"]);
        self.all(&["author"]).filter_map(names).collect()
    }
}

/// The name in `jane@example.org (Jane Roe)`; an address alone is no name.
fn without_address(text: &str) -> &str {
    let Some((_, rest)) = text
        .split_once(' ')
        .or(Some((text, "")))
        .filter(|(first, _)| first.contains('@'))
    else {
        return text;
    };
    rest.trim()
        .trim_start_matches('(')
        .trim_end_matches(')')
        .trim()
}

/// The name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// XML in which CDATA sections are escaped text. One that is not closed is left as it is.
fn without_cdata(xml: &str) -> Cow<'_, str> {
    const OPEN: &str = "<![CDATA[";
    const CLOSE: &str = "]]>";
    if !xml.contains(OPEN) {
        return Cow::Borrowed(xml);
    }
    let mut text = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, inside)) = rest.split_once(OPEN) {
        let Some((data, after)) = inside.split_once(CLOSE) else {
            break;
        };
        text.push_str(before);
        text.push_str(&html_escape::encode_text(data));
        rest = after;
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The address that `link` means when it stands in a document at `base`.
fn join(base: Option<&str>, link: &str) -> String {
    let absolute = || {
        let (scheme, rest) = base?.split_once("://")?;
        if let Some(link) = link.strip_prefix("//") {
            return Some(format!("{scheme}://{link}"));
        }
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if link.starts_with('/') {
            return Some(format!("{scheme}://{host}{link}"));
        }
        let folder = &path[..path.rfind('/').map_or(0, |at| at)];
        Some(format!("{scheme}://{host}{folder}/{link}"))
    };
    match link.contains("://") {
        true => link.to_owned(),
        false => absolute().unwrap_or_else(|| link.to_owned()),
    }
}
