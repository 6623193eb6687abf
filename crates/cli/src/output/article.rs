//! One article as text for people, with everyone and everything it names marked.

use std::path::Path;

use anstyle::Style;
use dateline_corpus::{
    Cue, DateOrigin, Entity, EntityKind, Mention, Part, Precision, Published, StoredArticle,
};

use super::json::written;
use super::look::{self, Look};
use super::relative;

/// The kinds in the order in which they are listed, with heading, style, and the brackets that
/// stand for the style where there is no colour.
const KINDS: [(EntityKind, &str, Style, [&str; 2]); 4] = [
    (EntityKind::Person, "People", look::PERSON, ["[", "]"]),
    (EntityKind::Country, "Countries", look::COUNTRY, ["{", "}"]),
    (
        EntityKind::Organisation,
        "Organisations",
        look::ORGANISATION,
        ["<", ">"],
    ),
    (EntityKind::Place, "Places", look::PLACE, ["|", "|"]),
];

/// The article: headline, where it is from, its text with entities marked, then their lists.
/// Paths below `here` are shown relative to it.
pub(crate) fn article(stored: &StoredArticle, here: &Path, look: &Look) -> String {
    let mut text = head(stored, here, look);
    for paragraph in paragraphs(stored, look) {
        text.push('\n');
        text.push_str(&look.wrap(&paragraph, ""));
    }
    let lists = lists(&stored.entities, look);
    if !lists.is_empty() {
        text.push('\n');
        text.push_str(&lists);
    }
    text
}

fn head(stored: &StoredArticle, here: &Path, look: &Look) -> String {
    let article = &stored.article;
    let mut text = if article.title_derived {
        let title = format!("{}…", article.title);
        look.wrap(&look.paint(look::TITLE, &title), "")
    } else {
        let title = marked(
            &article.title,
            Part::Title,
            0,
            &stored.entities,
            look::TITLE,
            look,
        );
        look.wrap(&title, "")
    };
    let mut facts = vec![
        article
            .published
            .as_ref()
            .map_or_else(|| "undated".to_owned(), dated),
        article
            .source
            .clone()
            .unwrap_or_else(|| "unknown source".to_owned()),
        stored.analysed_language.to_string(),
    ];
    facts.extend(article.section.clone());
    let mut lines = vec![facts.join(" · ")];
    if !article.authors.is_empty() {
        lines.push(format!("by {}", article.authors.join(", ")));
    }
    lines.extend(article.url.clone());
    let record = article
        .origin
        .record
        .map_or_else(String::new, |record| format!(", record {record}"));
    lines.push(format!("{}{record}", relative(&article.origin.path, here)));
    lines.push(article.id.to_string());
    for line in lines {
        text.push_str(&look.wrap(&look.paint(look::QUIET, &line), ""));
    }
    text
}

/// The date with what is to be known about it.
fn dated(published: &Published) -> String {
    let origin = match published.origin {
        DateOrigin::Field => "from the record's fields",
        DateOrigin::FrontMatter => "from the front matter",
        DateOrigin::MetadataLine => "from a publishing line",
        DateOrigin::Dateline => "from the dateline",
        DateOrigin::Text => "from the text",
        DateOrigin::Url => "from the URL",
    };
    let date = written(published).replace('T', " ").replace('Z', " UTC");
    let zone = published.zone_assumed && published.precision == Precision::Second;
    let zone = if zone { ", zone assumed" } else { "" };
    let doubt = published
        .ambiguous
        .as_deref()
        .map_or_else(String::new, |date| {
            format!(", where `{date}` can be read in two ways; see --date-order")
        });
    format!("{date} ({origin}{zone}{doubt})")
}

fn paragraphs(stored: &StoredArticle, look: &Look) -> Vec<String> {
    let body = &stored.article.body;
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in body.split('\n') {
        if !line.trim().is_empty() {
            let entities = &stored.entities;
            paragraphs.push(marked(
                line,
                Part::Body,
                start,
                entities,
                Style::new(),
                look,
            ));
        }
        start += line.len() + 1;
    }
    paragraphs
}

/// A stretch of a part that begins at byte `start` of it, its mentions marked.
fn marked(
    text: &str,
    part: Part,
    start: usize,
    entities: &[Entity],
    plain: Style,
    look: &Look,
) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for mention in outermost(entities, part, start..start + text.len()) {
        let (from, to) = (mention.start as usize - start, mention.end as usize - start);
        // Offsets were stored with the text they count in; a damaged pair is shown unmarked.
        let (Some(before), Some(named)) = (text.get(at..from), text.get(from..to)) else {
            continue;
        };
        marked.push_str(&look.paint(plain, before));
        marked.push_str(&mark(named, mention.kind, look));
        at = to;
    }
    marked.push_str(&look.paint(plain, text.get(at..).unwrap_or_default()));
    marked
}

/// The mentions inside a range of bytes, in order and free of overlaps: where several stand at
/// one place, the longest, and of equally long ones the most telling.
fn outermost(entities: &[Entity], part: Part, range: std::ops::Range<usize>) -> Vec<Mention> {
    let inside = |mention: &&Mention| {
        mention.part == part
            && mention.start as usize >= range.start
            && mention.end as usize <= range.end
    };
    let mentions = entities.iter().flat_map(|entity| &entity.mentions);
    let mut mentions: Vec<Mention> = mentions.filter(inside).copied().collect();
    // A city is a place first, and only by inference its country.
    let inferred = |mention: &Mention| {
        mention.kind == EntityKind::Country && matches!(mention.cue, Cue::Place | Cue::Metonym)
    };
    mentions.sort_by_key(|mention| {
        (
            mention.start,
            std::cmp::Reverse(mention.end),
            inferred(mention),
            mention.kind,
        )
    });
    let mut end = 0;
    mentions.retain(|mention| {
        let free = mention.start >= end && mention.end > mention.start;
        if free {
            end = mention.end;
        }
        free
    });
    mentions
}

fn mark(named: &str, kind: EntityKind, look: &Look) -> String {
    let (_, style, [open, close]) = of_kind(kind);
    if look.has_colour() {
        look.paint(style, named)
    } else {
        format!("{open}{}{close}", look::clean(named))
    }
}

fn of_kind(kind: EntityKind) -> (&'static str, Style, [&'static str; 2]) {
    let found = KINDS.iter().find(|(known, ..)| *known == kind);
    found.map_or(
        ("", Style::new(), ["", ""]),
        |(_, heading, style, marks)| (*heading, *style, *marks),
    )
}

fn lists(entities: &[Entity], look: &Look) -> String {
    let indent = " ".repeat(15);
    let mut text = String::new();
    for (kind, heading, style, [open, close]) in KINDS {
        let of_kind = entities.iter().filter(|entity| entity.kind == kind);
        let names: Vec<String> = of_kind
            .map(|entity| {
                let times = match entity.mentions.len() {
                    0 | 1 => String::new(),
                    times => look.paint(look::QUIET, &format!(" ×{times}")),
                };
                format!("{}{times}", look.paint(style, &entity.name))
            })
            .collect();
        if names.is_empty() {
            continue;
        }
        let heading = if look.has_colour() {
            look.paint(look::TITLE, heading)
        } else {
            // Without colour the headings also say what the brackets mean.
            format!("{open}{heading}{close}")
        };
        let first = look::pad(&heading, indent.len());
        text.push_str(&look.wrap_hanging(&names.join(", "), &first, &indent));
    }
    text
}
