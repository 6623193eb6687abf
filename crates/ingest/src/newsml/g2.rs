//! NewsML-G2: news items, alone or in a message, with the text as NITF, XHTML or plain text.

use dateline_corpus::DateOrigin;

use super::plain;
use crate::draft::Draft;
use crate::input::Input;
use crate::nitf::{self, fill_in, publishable};
use crate::output::Output;
use crate::published::Claim;
use crate::read::Flow;
use crate::xml::{self, Element};
use crate::{agencies, authors};

/// Reads the items of NewsML-G2. Packages list items and concepts describe things: they are
/// skipped with that reason.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let items = [
        "newsItem",
        "packageItem",
        "conceptItem",
        "knowledgeItem",
        "planningItem",
        "catalogItem",
    ];
    xml::read_items(input, output, &items, draft)
}

fn draft(item: &Element) -> Result<Draft, String> {
    if !item.is("newsItem") {
        return Err(format!(
            "a <{}> of NewsML-G2, which holds no article",
            item.name
        ));
    }
    let meta = item.at(&["itemMeta"]);
    let status = meta.and_then(|meta| meta.at(&["pubStatus"])?.attribute("qcode"));
    publishable(status)?;
    let mut draft = Draft {
        id: item.attribute("guid").map(str::to_owned),
        language: item.attribute("lang").map(str::to_owned),
        ..Draft::default()
    };
    let content = item.at(&["contentMeta"]);
    let dates = [
        meta.and_then(|meta| meta.at(&["firstCreated"])),
        content.and_then(|content| content.at(&["contentCreated"])),
        meta.and_then(|meta| meta.at(&["versionCreated"])),
    ];
    let dates = dates.into_iter().flatten().filter_map(Element::text);
    draft.claims.extend(dates.map(|text| Claim {
        text,
        origin: DateOrigin::Field,
        is_update: false,
    }));
    if let Some(content) = content {
        content_meta(content, &mut draft);
    }
    if let Some(meta) = meta {
        fill_in(&mut draft.source, || name(meta.at(&["provider"])?));
        fill_in(&mut draft.title, || meta.at(&["title"])?.text());
        let links = meta.named("link").chain(item.named("link"));
        let mut urls = links.filter(|link| {
            link.attribute("rel")
                .is_none_or(|rel| rel.contains("alternate"))
        });
        fill_in(&mut draft.url, || {
            urls.find_map(|link| link.attribute("href").filter(|url| url.starts_with("http")))
                .map(str::to_owned)
        });
    }
    let agency = draft
        .source
        .as_deref()
        .and_then(agencies::agency)
        .map(str::to_owned);
    fill_in(&mut draft.agency, || agency);
    if let Some(set) = item.at(&["contentSet"]) {
        contents(set, &mut draft);
    }
    let description = || content?.named("description").find_map(Element::text);
    if draft.body.is_empty() {
        draft.body = description().unwrap_or_default();
    }
    Ok(draft)
}

fn content_meta(content: &Element, draft: &mut Draft) {
    let headlines: Vec<&Element> = content.named("headline").collect();
    let is_main = |headline: &&&Element| {
        headline
            .attribute("role")
            .is_none_or(|role| role.to_lowercase().ends_with("main"))
    };
    let headline = headlines.iter().find(is_main).or(headlines.first());
    fill_in(&mut draft.title, || headline?.text());
    fill_in(&mut draft.section, || {
        content.named("subject").find_map(name_only)
    });
    fill_in(&mut draft.place, || {
        content
            .at(&["located"])
            .and_then(name_only)
            .or_else(|| content.at(&["dateline"])?.text())
    });
    fill_in(&mut draft.language, || {
        content
            .at(&["language"])?
            .attribute("tag")
            .map(str::to_owned)
    });
    let byline = content
        .at(&["by"])
        .or_else(|| content.at(&["byline"]))
        .and_then(Element::text);
    draft.authors = match byline {
        Some(byline) => authors::split(authors::without_by(&byline)),
        None => content.named("creator").filter_map(name).collect(),
    };
    for element in ["infoSource", "creditline"] {
        let named = content
            .at(&[element])
            .and_then(|element| name(element).or_else(|| element.text()));
        fill_in(&mut draft.agency, || {
            agencies::agency(&named?).map(str::to_owned)
        });
    }
}

fn contents(set: &Element, draft: &mut Draft) {
    for xml in set.named("inlineXML") {
        match xml.first("nitf") {
            Some(nitf) => nitf::fill(nitf, draft),
            None if draft.body.is_empty() => {
                draft.body = xml.first("body").unwrap_or(xml).lines(&[]);
            }
            None => {}
        }
    }
    let is_text = |data: &&Element| {
        data.attribute("contenttype")
            .is_none_or(|kind| kind.to_lowercase().starts_with("text"))
    };
    for data in set.named("inlineData").filter(is_text) {
        if draft.body.is_empty() {
            draft.body = plain(&data.raw_text(), &mut draft.title);
        }
    }
}

/// The name of a party or subject: its element `name`, its literal, or its code without the
/// scheme.
fn name(element: &Element) -> Option<String> {
    let code = || {
        element
            .attribute("qcode")
            .map(|code| code.rsplit(':').next().unwrap_or(code))
    };
    name_only(element).or_else(|| {
        element
            .attribute("literal")
            .or_else(code)
            .map(str::to_owned)
    })
}

fn name_only(element: &Element) -> Option<String> {
    element.at(&["name"])?.text()
}
