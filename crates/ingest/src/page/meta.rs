//! What a page says of its article: title, dates, authors, outlet, address.
//!
//! JSON-LD is believed first, then `<meta>`, then the markup of the text, then the lines below
//! the headline. Which of several dates is the article's is decided in [`crate::published`].

use std::collections::HashMap;

use dateline_corpus::DateOrigin;
use dateline_corpus::analysis::fold;

use super::lines::Line;
use super::linked::Linked;
use super::tag::Tag;
use super::tree::{Id, Tree};
use crate::draft::Draft;
use crate::html;
use crate::paragraphs::squeeze;
use crate::published::Claim;
use crate::source::{host, is_outlet, site};
use crate::{agencies, authors, metadata};

// Names of `<meta>` in lower case, the most telling first: of Open Graph, Dublin Core, schema.org,
// Highwire, Parse.ly, Sailthru, Cxense, and what content systems use without a vocabulary.

const TITLES: &[&str] = &[
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
    "parsely-title",
];
const DESCRIPTIONS: &[&str] = &["og:description", "description", "twitter:description"];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "article.published",
    "og:published_time",
    "datepublished",
    "date_published",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "published_time",
    "published_at",
    "originalpublicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dc.created",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "ptime",
    "date",
    "created",
];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "lastmod",
    "revised",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
];
const SOURCES: &[&str] = &[
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
];
/// What stands where an outlet's name should, in lower case: the software, or a part of the site.
const PLATFORMS: &[&str] = &[
    "blog",
    "blogger",
    "home",
    "homepage",
    "hosted",
    "index",
    "news",
    "u.s.",
    "website",
    "wordpress",
    "world",
];
const SECTIONS: &[&str] = &[
    "article:section",
    "section",
    "parsely-section",
    "og:section",
    "cxenseparse:section",
];
const LANGUAGES: &[&str] = &["content-language", "dc.language", "language", "og:locale"];

/// A headline of the longest kind, in letters of four bytes.
const WORDS_BYTES_MAX: usize = 4_000;
/// Bylines beyond these are those of other articles.
const BYLINES_MAX: usize = 8;
/// Publishing lines stand within so many lines below the headline.
const PUBLISHING_LINES_MAX: usize = 12;

/// What the head of a page says.
pub(crate) struct Facts {
    meta: HashMap<String, Vec<String>>,
    linked: Linked,
}

impl Facts {
    pub(crate) fn of(tree: &Tree) -> Facts {
        let mut meta: HashMap<String, Vec<String>> = HashMap::new();
        for id in tree.ids().filter(|id| tree.tag(*id) == Some(Tag::META)) {
            let content = tree.attribute(id, "content").unwrap_or_default().trim();
            if content.is_empty() {
                continue;
            }
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let Some(name) = tree.attribute(id, key) {
                    let name = name.trim().to_ascii_lowercase();
                    meta.entry(name).or_default().push(content.to_owned());
                }
            }
        }
        Facts {
            meta,
            linked: Linked::of(tree),
        }
    }

    /// The summary, which many pages repeat above the article.
    pub(crate) fn description(&self) -> Option<String> {
        self.first(DESCRIPTIONS)
    }

    /// The text of the article, which JSON-LD has even where the page shows a part of it only.
    pub(crate) fn body(&self) -> Option<String> {
        let body = self.linked.text("articleBody")?;
        Some(match html::is_html(&body) {
            true => html::to_text(&body),
            false => body,
        })
    }

    /// Fills everything but the body. `fetched` is the address that the page came from; `lines`
    /// are those that a reader sees.
    pub(crate) fn fill(
        &self,
        tree: &Tree,
        lines: &[Line],
        fetched: Option<&str>,
        draft: &mut Draft,
    ) {
        let lang = tree.attribute(0, "lang").map(str::to_owned);
        draft.title = self.title(tree);
        draft.url = self.url(tree).or_else(|| fetched.map(str::to_owned));
        draft.claims = self.claims(tree);
        draft.authors = self.authors(tree);
        draft.section = self.value("articleSection", SECTIONS);
        (draft.source, draft.agency) = self.source(draft.url.as_deref());
        draft.language = self
            .linked
            .text("inLanguage")
            .or(lang.filter(|lang| !lang.is_empty()))
            .or_else(|| self.first(LANGUAGES));
        take_publishing_lines(tree, lines, draft);
    }

    /// The outlet, and the agency that is named where the outlet is: the name that the address is
    /// made of, else the first that is no agency's.
    fn source(&self, url: Option<&str>) -> (Option<String>, Option<String>) {
        let site = url.and_then(site);
        let linked = self.linked.text("publisher").into_iter();
        let named = linked.chain(self.all(SOURCES).map(str::to_owned));
        let named = named.map(|name| name.trim_start_matches('@').to_owned());
        let is_name = |name: &String| {
            !name.contains("://") && !PLATFORMS.contains(&name.to_lowercase().as_str())
        };
        let named: Vec<String> = named.filter(is_name).collect();
        let is_of_site = |name: &&String| is_outlet(name, None, site.as_deref());
        let agency = named.iter().find_map(|name| agencies::agency(name));
        let of_site = named.iter().find(is_of_site);
        // `apnews.com` is the agency's own.
        let is_own = |sign: &str| {
            site.as_ref()
                .is_none_or(|site| site.starts_with(&fold(sign)))
        };
        let own = named.first().filter(|_| agency.is_some_and(is_own));
        let source = of_site
            .or_else(|| named.iter().find(|name| agencies::agency(name).is_none()))
            .or(own);
        (source.cloned(), agency.map(str::to_owned))
    }

    fn value(&self, field: &str, names: &[&str]) -> Option<String> {
        self.linked.text(field).or_else(|| self.first(names))
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).next().map(str::to_owned)
    }

    fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        let known = names.iter().filter_map(|name| self.meta.get(*name));
        known.flatten().map(String::as_str)
    }

    /// The address that the page calls its own.
    fn url(&self, tree: &Tree) -> Option<String> {
        let is_canonical = |id: &Id| {
            let rel = tree.attribute(*id, "rel").unwrap_or_default();
            tree.tag(*id) == Some(Tag::LINK) && rel.eq_ignore_ascii_case("canonical")
        };
        let canonical = tree.ids().find(is_canonical);
        let canonical = canonical.and_then(|id| tree.attribute(id, "href"));
        let linked = ["url", "mainEntityOfPage"].map(|field| self.linked.url(field));
        let written = canonical
            .map(str::to_owned)
            .into_iter()
            .chain(self.first(&["og:url"]))
            .chain(linked.into_iter().flatten());
        written
            .map(|url| url.trim().to_owned())
            .find(|url| is_of_article(url))
    }

    /// The heading that the metadata repeats, else what the metadata has, else the one heading,
    /// else the title of the window.
    fn title(&self, tree: &Tree) -> Option<String> {
        let texts = |tag: Tag| {
            let ids = tree.ids().filter(move |id| tree.tag(*id) == Some(tag));
            ids.map(|id| tree.words(id, WORDS_BYTES_MAX))
                .filter(|text| !text.is_empty())
        };
        let window = texts(Tag::TITLE).next();
        let headings: Vec<String> = texts(Tag::H1).collect();
        let headline = self.linked.text("headline");
        let named: Vec<String> = headline
            .iter()
            .map(String::as_str)
            .chain(self.all(TITLES))
            .map(squeeze)
            .collect();
        let is_repeated = |heading: &&String| {
            let mut titles = named.iter().chain(&window);
            titles.any(|title| title.starts_with(heading.as_str()))
        };
        let single = headings.first().filter(|_| headings.len() == 1);
        headings
            .iter()
            .find(is_repeated)
            .or(named.first())
            .or(single)
            .or(window.as_ref())
            .cloned()
    }

    fn claims(&self, tree: &Tree) -> Vec<Claim> {
        let claim = |text: String, is_update: bool| Claim {
            text,
            origin: DateOrigin::Markup,
            is_update,
        };
        let linked = |field: &str| self.linked.text(field);
        let published = linked("datePublished")
            .into_iter()
            .chain(self.all(PUBLISHED).map(str::to_owned))
            .map(|text| claim(text, false));
        let updated = linked("dateModified")
            .into_iter()
            .chain(self.all(UPDATED).map(str::to_owned))
            .map(|text| claim(text, true));
        let marked = marked_dates(tree)
            .into_iter()
            .map(|(text, is_update)| claim(text, is_update));
        let created = linked("dateCreated").map(|text| claim(text, false));
        published
            .chain(marked)
            .chain(updated)
            .chain(created)
            .collect()
    }

    fn authors(&self, tree: &Tree) -> Vec<String> {
        let linked = self.linked.names("author");
        if !linked.is_empty() {
            return linked;
        }
        let named = self.all(AUTHORS).filter(|name| !name.contains("://"));
        let named: Vec<String> = named.flat_map(authors::split).collect();
        if !named.is_empty() {
            return named;
        }
        // The whole byline, which may name others beside the one who is marked up.
        let is_byline = |id: &Id| {
            let class = tree.attribute(*id, "class").unwrap_or_default();
            class.to_ascii_lowercase().contains("byline")
        };
        let bylines = tree.ids().filter(is_byline).take(BYLINES_MAX);
        let written = bylines.map(|id| tree.words(id, WORDS_BYTES_MAX));
        let mut written = written.filter_map(|text| {
            let names = authors::behind_by(&text)?;
            authors::are_names(names).then(|| authors::split(names))
        });
        if let Some(names) = written.next() {
            return names;
        }
        let is_author = |id: &Id| {
            ["rel", "itemprop"]
                .map(|name| tree.attribute(*id, name))
                .contains(&Some("author"))
        };
        tree.ids()
            .filter(is_author)
            .map(|id| tree.words(id, WORDS_BYTES_MAX))
            .filter(|names| authors::are_names(names))
            .flat_map(|names| authors::split(&names))
            .collect()
    }
}

/// Whether an address names more than a site: one that does not is the same for all its articles.
fn is_of_article(url: &str) -> bool {
    let path = url.splitn(4, '/').nth(3);
    host(url).is_some() && path.is_some_and(|path| !path.is_empty())
}

/// The dates that the text marks as such, and whether they are of a change: first those that say
/// what they are, then the first `<time>` below the headline.
fn marked_dates(tree: &Tree) -> Vec<(String, bool)> {
    let value = |id: Id| {
        let written = ["datetime", "content"]
            .iter()
            .find_map(|name| tree.attribute(id, name));
        written.map_or_else(|| tree.words(id, WORDS_BYTES_MAX), str::to_owned)
    };
    let is_update = |id: Id| {
        let class = tree
            .attribute(id, "class")
            .unwrap_or_default()
            .to_ascii_lowercase();
        class.contains("updat") || class.contains("modif")
    };
    let says = |id: Id, prop: &str| tree.attribute(id, "itemprop") == Some(prop);
    let mut dates: Vec<(String, bool)> = Vec::new();
    for id in tree.ids() {
        if says(id, "datePublished") || tree.attribute(id, "pubdate").is_some() {
            dates.push((value(id), false));
        } else if says(id, "dateModified") {
            dates.push((value(id), true));
        }
    }
    let headline = tree
        .ids()
        .find(|id| tree.tag(*id) == Some(Tag::H1))
        .unwrap_or_default();
    let is_time = |id: &Id| tree.tag(*id) == Some(Tag::TIME);
    let times = tree.subtree(0).filter(is_time);
    let below = tree.subtree(0).skip(headline).filter(is_time);
    let time = below.chain(times).find(|id| !is_update(*id));
    dates.extend(time.map(|id| (value(id), false)));
    dates
}

/// Takes the date and the names that stand as text between headline and article, into fields that
/// are still empty.
fn take_publishing_lines(tree: &Tree, lines: &[Line], draft: &mut Draft) {
    let title = draft.title.clone().unwrap_or_default();
    let is_headline = |line: &Line| tree.tag(line.block) == Some(Tag::H1) || line.text == title;
    let Some(headline) = lines.iter().position(is_headline) else {
        return;
    };
    let below = lines[headline + 1..].iter().take(PUBLISHING_LINES_MAX);
    for line in below.take_while(|line| !line.is_prose || metadata::is_publishing(&line.text)) {
        // An address there is that of a link to share.
        if !metadata::is_address(&line.text) {
            metadata::take(&line.text, draft);
        }
    }
}
