//! What a page says of its article in JSON-LD, in the vocabulary of schema.org.

use serde_json::{Map, Value};

use super::tag::Tag;
use super::tree::Tree;
use crate::json;

/// Types of schema.org that are an article; its subtypes end in the same words.
const ARTICLES: &[&str] = &[
    "Article",
    "NewsArticle",
    "Posting",
    "Report",
    "Review",
    "LiveBlogPosting",
];
/// What a page that is none of them says of the article on it.
const OF_PAGE: &[&str] = &[
    "headline",
    "datePublished",
    "dateModified",
    "author",
    "publisher",
    "inLanguage",
];
/// Deeper values are not looked at; what is said of an article stands near the root.
const DEPTH_MAX: usize = 8;

/// The article of a page, as an object of schema.org.
#[derive(Debug, Default)]
pub(crate) struct Linked(Map<String, Value>);

impl Linked {
    /// Reads the scripts of a page. Of several articles the first with the most fields counts.
    pub(crate) fn of(tree: &Tree) -> Linked {
        let mut found = Found::default();
        for id in tree.ids() {
            let is_linked = tree.tag(id) == Some(Tag::SCRIPT)
                && tree
                    .attribute(id, "type")
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
            if is_linked && let Some(value) = parse(&tree.inner_text(id)) {
                found.collect(value, 0);
            }
        }
        let fields = |article: &Map<String, Value>| {
            ["headline", "datePublished", "author", "articleBody"]
                .iter()
                .filter(|field| article.contains_key(**field))
                .count()
        };
        // The first of the best: the last maximum of the reversed list.
        let best = |objects: Vec<Map<String, Value>>| objects.into_iter().rev().max_by_key(fields);
        let mut article = best(found.articles).unwrap_or_default();
        // The page tells what its article does not.
        let page = best(found.pages).unwrap_or_default();
        let of_page = page
            .into_iter()
            .filter(|(field, _)| OF_PAGE.contains(&field.as_str()));
        for (field, value) in of_page {
            article.entry(field).or_insert(value);
        }
        Linked(article)
    }

    /// The text of a field, or the name of what it points to.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        name_of(self.0.get(field)?)
    }

    /// The names in a field that may hold several.
    pub(crate) fn names(&self, field: &str) -> Vec<String> {
        match self.0.get(field) {
            Some(Value::Array(list)) => list.iter().filter_map(name_of).collect(),
            Some(value) => name_of(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The address in a field.
    pub(crate) fn url(&self, field: &str) -> Option<String> {
        let url = match self.0.get(field)? {
            Value::String(url) => url,
            Value::Object(object) => object.get("@id").or_else(|| object.get("url"))?.as_str()?,
            _ => return None,
        };
        Some(url.to_owned())
    }
}

/// The value of a script. Publishers' templates put raw line ends into strings and end lists in
/// commas; the former is mended.
fn parse(text: &str) -> Option<Value> {
    let text = text
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->");
    let text = text
        .trim()
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("//]]>");
    let text = text.trim().trim_end_matches(';');
    json::from_str(text).ok().or_else(|| {
        let mended: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        json::from_str(&mended).ok()
    })
}

/// The objects of a script that tell of an article.
#[derive(Default)]
struct Found {
    articles: Vec<Map<String, Value>>,
    pages: Vec<Map<String, Value>>,
}

impl Found {
    fn collect(&mut self, value: Value, depth: usize) {
        if depth > DEPTH_MAX {
            return;
        }
        match value {
            Value::Array(list) => {
                for value in list {
                    self.collect(value, depth + 1);
                }
            }
            Value::Object(mut object) => {
                let is_article =
                    |name: &str| ARTICLES.iter().any(|article| name.ends_with(article));
                if is_of_type(&object, is_article) {
                    return self.articles.push(object);
                }
                for field in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(value) = object.remove(field) {
                        self.collect(value, depth + 1);
                    }
                }
                if is_of_type(&object, |name| name.ends_with("WebPage")) {
                    self.pages.push(object);
                }
            }
            _ => {}
        }
    }
}

fn is_of_type(object: &Map<String, Value>, is: impl Fn(&str) -> bool) -> bool {
    let is_type = |value: &Value| value.as_str().is_some_and(&is);
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is_type),
        Some(value) => is_type(value),
        None => false,
    }
}

fn name_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Object(object) => return name_of(object.get("name")?),
        Value::Array(list) => return list.iter().find_map(name_of),
        _ => return None,
    };
    let text = html_escape::decode_html_entities(text).trim().to_owned();
    (!text.is_empty()).then_some(text)
}
