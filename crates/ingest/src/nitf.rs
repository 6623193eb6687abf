//! NITF, the News Industry Text Format of the IPTC: one article a document, by itself or inside
//! NewsML and ninjs.

use dateline_corpus::DateOrigin;

use crate::draft::Draft;
use crate::input::Input;
use crate::output::Output;
use crate::published::Claim;
use crate::read::Flow;
use crate::xml::{self, Element};
use crate::{agencies, authors};

/// Reads NITF documents.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    xml::read_items(input, output, &["nitf"], |nitf| {
        let mut draft = Draft::default();
        fill(nitf, &mut draft);
        Ok(draft)
    })
}

/// Puts what a `<nitf>` says into the fields of `draft` that are still empty.
pub(crate) fn fill(nitf: &Element, draft: &mut Draft) {
    head(nitf, draft);
    if let Some(head) = nitf.at(&["body", "body.head"]) {
        body_head(head, draft);
    }
    draft.title = draft
        .title
        .take()
        .or_else(|| nitf.at(&["head", "title"])?.text());
    if draft.body.is_empty()
        && let Some(content) = nitf.at(&["body", "body.content"])
    {
        draft.body = body(content);
    }
}

/// The text of the content. Archives give it whole and its first paragraph again, as blocks of a
/// class each.
fn body(content: &Element) -> String {
    let full = content
        .named("block")
        .find(|block| block.attribute("class") == Some("full_text"));
    full.unwrap_or(content).lines(&[])
}

fn head(nitf: &Element, draft: &mut Draft) {
    let Some(head) = nitf.at(&["head"]) else {
        return;
    };
    let publication = head.at(&["pubdata"]);
    let at = |path: &[&str], name: &str| head.at(path)?.attribute(name).map(str::to_owned);
    let of = |name: &str| publication?.attribute(name).map(str::to_owned);
    let dates = [
        of("date.publication"),
        at(&["docdata", "date.release"], "norm"),
        at(&["docdata", "date.issue"], "norm"),
    ];
    draft.claims.extend(dates.into_iter().flatten().map(claim));
    fill_in(&mut draft.source, || of("name"));
    fill_in(&mut draft.url, || {
        of("ex-ref").filter(|url| url.contains("://"))
    });
    fill_in(&mut draft.section, || of("position.section"));
    fill_in(&mut draft.id, || at(&["docdata", "doc-id"], "id-string"));
    let language = || {
        nitf.attribute("lang")
            .or_else(|| nitf.at(&["body"])?.attribute("lang"))
    };
    fill_in(&mut draft.language, || language().map(str::to_owned));
}

fn body_head(head: &Element, draft: &mut Draft) {
    fill_in(&mut draft.title, || head.at(&["hedline", "hl1"])?.text());
    if draft.authors.is_empty() {
        // The same byline may be given again in another form.
        draft.authors = head
            .named("byline")
            .map(byline)
            .find(|names| !names.is_empty())
            .unwrap_or_default();
    }
    if let Some(distributor) = head.at(&["distributor"]).and_then(Element::text) {
        let agency = agencies::agency(&distributor).map(str::to_owned);
        fill_in(&mut draft.agency, || agency);
        fill_in(&mut draft.source, || Some(distributor));
    }
    let Some(dateline) = head.at(&["dateline"]) else {
        return;
    };
    fill_in(&mut draft.place, || {
        dateline
            .at(&["location"])
            .and_then(Element::text)
            .or_else(|| dateline.text())
    });
    let date = dateline.at(&["story.date"]);
    let date =
        date.and_then(|date| Some(date.attribute("norm")?.to_owned()).or_else(|| date.text()));
    draft.claims.extend(date.map(claim));
}

/// The names of a byline; titles of the authors stand in elements of their own.
fn byline(byline: &Element) -> Vec<String> {
    let people: Vec<String> = byline
        .all("person")
        .into_iter()
        .filter_map(Element::text)
        .collect();
    match people.is_empty() {
        true => authors::split(authors::without_by(
            &byline.lines(&["byttl"]).replace('\n', " "),
        )),
        false => people,
    }
}

fn claim(text: String) -> Claim {
    Claim {
        text,
        origin: DateOrigin::Field,
        is_update: false,
    }
}

/// Fills a field that is empty.
pub(crate) fn fill_in(field: &mut Option<String>, value: impl FnOnce() -> Option<String>) {
    if field.is_none() {
        *field = value();
    }
}

/// The statuses of the IPTC for items that are not to be published.
const WITHDRAWN: &[&str] = &["canceled", "cancelled", "withheld"];

/// An error for an item with the status (`usable`, `stat:canceled`) of one that was withdrawn.
pub(crate) fn publishable(status: Option<&str>) -> Result<(), String> {
    let status = status.unwrap_or_default();
    let name = status.rsplit(':').next().unwrap_or_default().to_lowercase();
    match WITHDRAWN.contains(&name.as_str()) {
        true => Err(format!(
            "the publisher withdrew it: its status is `{status}`"
        )),
        false => Ok(()),
    }
}
