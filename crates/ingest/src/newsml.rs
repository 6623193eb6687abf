//! NewsML 1.x: a file holds items, an item nested components, and those headlines and text.

mod g2;

pub(crate) use g2::read as read_g2;

use dateline_corpus::DateOrigin;

use crate::draft::Draft;
use crate::input::Input;
use crate::nitf::{self, fill_in, publishable};
use crate::output::Output;
use crate::published::Claim;
use crate::read::Flow;
use crate::text::compose;
use crate::xml::{self, Element};
use crate::{agencies, authors, html};

/// Roles of components that are no text of the article.
const ROLES_ASIDE: &[&str] = &[
    "stylesheet",
    "headline",
    "subheadline",
    "caption",
    "logo",
    "contact",
];
/// Elements that part of a text in any XML is in, the most telling first.
const BODIES: &[&str] = &["body.content", "body"];

/// Reads NewsML 1.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    xml::read_items(input, output, &["NewsItem"], draft)
}

fn draft(item: &Element) -> Result<Draft, String> {
    let management = item.at(&["NewsManagement"]);
    let status = management.and_then(|management| formal(management, &["Status"]));
    publishable(status)?;
    let mut draft = Draft::default();
    let identifier = item.at(&["Identification", "NewsIdentifier"]);
    let of = |name: &str| identifier?.at(&[name])?.text();
    draft.id = of("PublicIdentifier").or_else(|| of("NewsItemId"));
    for (name, is_update) in [("FirstCreated", false), ("ThisRevisionCreated", true)] {
        let text = management.and_then(|management| management.at(&[name])?.text());
        draft.claims.extend(text.map(|text| Claim {
            text,
            origin: DateOrigin::Field,
            is_update,
        }));
    }
    for lines in item.all("NewsLines") {
        news_lines(lines, &mut draft);
    }
    for party in ["Provider", "Source"] {
        let name = item
            .first(party)
            .and_then(|party| formal(party, &["Party"]));
        fill_in(&mut draft.agency, || {
            agencies::agency(name?).map(str::to_owned)
        });
        fill_in(&mut draft.source, || name.map(str::to_owned));
    }
    let language = item
        .first("Language")
        .and_then(|language| language.attribute("FormalName"));
    draft.language = language.map(str::to_owned);
    let contents = contents(item);
    for content in &contents {
        if let Some(nitf) = content.first("nitf") {
            nitf::fill(nitf, &mut draft);
        }
        if draft.body.is_empty() {
            draft.body = text(content, &mut draft.title);
        }
    }
    Ok(draft)
}

/// What stands above the text: headline, byline, place.
fn news_lines(lines: &Element, draft: &mut Draft) {
    fill_in(&mut draft.title, || lines.at(&["HeadLine"])?.text());
    fill_in(&mut draft.place, || lines.at(&["DateLine"])?.text());
    let credit = lines.at(&["CreditLine"]).and_then(Element::text);
    fill_in(&mut draft.agency, || {
        agencies::agency(&credit?).map(str::to_owned)
    });
    if let Some(byline) = lines
        .at(&["ByLine"])
        .and_then(Element::text)
        .filter(|_| draft.authors.is_empty())
    {
        draft.authors = authors::split(authors::without_by(&byline));
    }
}

/// The contents that may be the text, in order.
fn contents(item: &Element) -> Vec<&Element> {
    let mut contents = Vec::new();
    let mut open: Vec<&Element> = vec![item];
    while let Some(element) = open.pop() {
        let role = formal(element, &["Role"])
            .unwrap_or_default()
            .to_lowercase();
        if ROLES_ASIDE.contains(&role.as_str()) {
            continue;
        }
        let texts = element
            .named("ContentItem")
            .filter(|content| is_text(content));
        contents.extend(texts.flat_map(|content| content.named("DataContent")));
        let inner: Vec<&Element> = element.named("NewsComponent").collect();
        open.extend(inner.into_iter().rev());
    }
    contents
}

fn is_text(content: &Element) -> bool {
    let kind = formal(content, &["MediaType"]).or_else(|| formal(content, &["MimeType"]));
    kind.is_none_or(|kind| kind.to_lowercase().starts_with("text"))
}

/// The text of a piece of content: markup, text with tags in it, or plain text.
fn text(content: &Element, title: &mut Option<String>) -> String {
    if content.elements().next().is_some() {
        let body = BODIES.iter().find_map(|name| content.first(name));
        return body.unwrap_or(content).lines(&[]);
    }
    plain(&content.raw_text(), title)
}

/// A text that may hold tags, in paragraphs. Where there is no headline, it may begin with one.
fn plain(text: &str, title: &mut Option<String>) -> String {
    let text = match html::is_html(text) {
        true => html::to_text(text),
        false => text.to_owned(),
    };
    let mut inner = Draft {
        title: title.take(),
        ..Draft::default()
    };
    compose(&text, &mut inner);
    *title = inner.title;
    inner.body
}

fn formal<'a>(element: &'a Element, path: &[&str]) -> Option<&'a str> {
    element.at(path)?.attribute("FormalName")
}
