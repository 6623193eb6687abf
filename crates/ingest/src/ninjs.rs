//! ninjs 1 to 3, the IPTC's news in JSON: an object, a list of them, one a line.

use std::ops::ControlFlow;

use dateline_corpus::DateOrigin;
use serde::Deserialize;

use crate::draft::Draft;
use crate::input::Input;
use crate::nitf::{self, fill_in, publishable};
use crate::output::Output;
use crate::published::Claim;
use crate::read::Flow;
use crate::text::compose;
use crate::{agencies, authors, encoding, html, json, page, xml};

/// What is in ninjs and hardly in other JSON, with the quotes; other news has a `uri` too.
const SIGNS: &[&str] = &[
    "\"versioncreated\"",
    "\"versionCreated\"",
    "\"body_xhtml\"",
    "\"bodies\"",
    "\"pubstatus\"",
    "\"pubStatus\"",
    "\"eventDetails\"",
    "/ninjs-schema",
];

/// Whether JSON that begins like this is ninjs.
pub(crate) fn is_ninjs(start: &str) -> bool {
    start.contains("\"uri\"") && SIGNS.iter().any(|sign| start.contains(sign))
}

/// An item; the names of 1.x, and of 2.x and 3.x, which write several values as lists.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Item {
    uri: Option<String>,
    #[serde(alias = "pubStatus")]
    pubstatus: Option<String>,
    #[serde(alias = "firstCreated")]
    firstcreated: Option<String>,
    #[serde(alias = "contentCreated")]
    contentcreated: Option<String>,
    #[serde(alias = "versionCreated")]
    versioncreated: Option<String>,
    title: Option<String>,
    headline: Option<String>,
    headlines: Option<Vec<Part>>,
    #[serde(alias = "by")]
    byline: Option<String>,
    located: Option<String>,
    language: Option<String>,
    #[serde(alias = "copyrightHolder")]
    copyrightholder: Option<String>,
    #[serde(alias = "infoSources", alias = "infosource", alias = "infoSource")]
    infosources: Option<Vec<Named>>,
    #[serde(alias = "subjects")]
    subject: Option<Vec<Named>>,
    body_text: Option<String>,
    #[serde(alias = "body_html")]
    body_xhtml: Option<String>,
    bodies: Option<Vec<Part>>,
    description_text: Option<String>,
    descriptions: Option<Vec<Part>>,
}

/// One form of a headline, text or description.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Part {
    role: Option<String>,
    #[serde(alias = "contentType")]
    contenttype: Option<String>,
    value: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Named {
    name: Option<String>,
}

/// Reads items however they are laid out, one a line among others.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    json::read_objects(input, output, record)
}

fn record(number: Option<u64>, bytes: &[u8], output: &mut Output<'_>) -> ControlFlow<()> {
    match item(&encoding::utf_8(bytes)).and_then(draft) {
        Ok(draft) => output.draft(number, draft),
        Err(reason) => output.skip(number, reason),
    }
}

fn item(text: &str) -> Result<Item, String> {
    json::begins_object(text)?;
    let item = json::from_str(text).and_then(serde_json::from_value);
    item.map_err(|error| format!("not ninjs: {error}"))
}

fn draft(item: Item) -> Result<Draft, String> {
    publishable(item.pubstatus.as_deref())?;
    let name = |list: Option<Vec<Named>>| list?.into_iter().find_map(|named| named.name);
    let dates = [item.firstcreated, item.contentcreated, item.versioncreated];
    let mut draft = Draft {
        title: item
            .headline
            .or_else(|| main(item.headlines))
            .or(item.title),
        url: item.uri.clone().filter(|uri| uri.starts_with("http")),
        id: item.uri,
        source: name(item.infosources).or(item.copyrightholder),
        authors: authors::split(authors::without_by(&item.byline.unwrap_or_default())),
        place: item.located,
        language: item.language,
        section: name(item.subject),
        ..Draft::default()
    };
    draft.agency = draft
        .source
        .as_deref()
        .and_then(agencies::agency)
        .map(str::to_owned);
    let claim = |text| Claim {
        text,
        origin: DateOrigin::Field,
        is_update: false,
    };
    draft.claims.extend(dates.into_iter().flatten().map(claim));
    let part = |kind: &str, value| Part {
        contenttype: Some(kind.to_owned()),
        value,
        ..Part::default()
    };
    let mut bodies = item.bodies.unwrap_or_default();
    bodies.push(part("text/html", item.body_xhtml));
    bodies.push(part("text/plain", item.body_text));
    // Markup tells paragraphs, and plain text often does not.
    bodies.sort_by_key(|body| rank(body.contenttype.as_deref()));
    let mut descriptions = item.descriptions.unwrap_or_default();
    descriptions.retain(|part| !is_credit(part));
    descriptions.push(part("text/plain", item.description_text));
    for body in bodies.into_iter().chain(descriptions) {
        if draft.body.is_empty() {
            fill(body, &mut draft);
        }
    }
    Ok(draft)
}

/// Whether a description names who made the picture or the text.
fn is_credit(part: &Part) -> bool {
    let role = part.role.as_deref().unwrap_or_default();
    let role = role.rsplit([':', '/']).next().unwrap_or_default();
    ["creditline", "byline", "copyright", "rights"].contains(&role.to_lowercase().as_str())
}

/// The value whose role is to be the main one, else the first.
fn main(parts: Option<Vec<Part>>) -> Option<String> {
    let parts = parts?;
    let is_main = |part: &Part| {
        part.role
            .as_deref()
            .is_some_and(|role| role.ends_with("main"))
    };
    let at = parts.iter().position(is_main).unwrap_or(0);
    parts.into_iter().nth(at)?.value
}

fn rank(kind: Option<&str>) -> usize {
    let kind = kind.unwrap_or_default().to_lowercase();
    let kinds = ["nitf", "html", "plain", ""];
    kinds
        .iter()
        .position(|known| kind.contains(known))
        .unwrap_or(kinds.len())
}

/// Puts a text in any of its forms into the draft.
fn fill(part: Part, draft: &mut Draft) {
    let Some(text) = part.value else {
        return;
    };
    if let Some(nitf) = xml::parse(&text, "nitf") {
        return nitf::fill(&nitf, draft);
    }
    let is_declared = part.contenttype.is_some_and(|kind| kind.contains("html"));
    let text = match is_declared || html::is_html(&text) {
        true => page::text_of(&text),
        false => text,
    };
    let mut inner = Draft {
        title: draft.title.take(),
        ..Draft::default()
    };
    compose(&text, &mut inner);
    draft.body = inner.body;
    fill_in(&mut draft.title, || inner.title);
}
