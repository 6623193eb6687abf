//! One article as text for people, with everyone and everything it names marked.

use std::path::Path;

use anstyle::Style;
use dateline_corpus::{
    Analysed, Cue, DateOrigin, Dateline, Entity, EntityKind, Mention, Part, Precision, Published,
    SourceCountry, SourceEvidence, StoredArticle,
};
use dateline_entities::countries;

use super::json::{evidence, written};
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
pub(crate) fn article(
    stored: &StoredArticle,
    analysed: &Analysed<'_>,
    here: &Path,
    look: &Look,
) -> String {
    let mut text = head(stored, here, look);
    for paragraph in paragraphs(stored, look) {
        text.push('\n');
        text.push_str(&look.wrap(&paragraph, ""));
    }
    for section in [
        lists(&stored.entities, look),
        about(&stored.entities, analysed, look),
    ] {
        if !section.is_empty() {
            text.push('\n');
            text.push_str(&section);
        }
    }
    text
}

fn head(stored: &StoredArticle, here: &Path, look: &Look) -> String {
    let article = &stored.article;
    let title = if article.title_derived {
        // What it names is marked where the text begins.
        look.paint(look::TITLE, &article.title)
    } else {
        marked(
            &article.title,
            Part::Title,
            0,
            &stored.entities,
            look::TITLE,
            look,
        )
    };
    let mut text = look.wrap(&title, "");
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
    facts.extend(article.agency.clone());
    facts.extend(article.dateline.as_ref().map(datelined));
    facts.extend(stored.source_country.map(published_in));
    text.push_str(&look.wrap(&look.paint(look::QUIET, &facts.join(" · ")), ""));
    if !article.authors.is_empty() {
        let authors = format!("by {}", article.authors.join(", "));
        text.push_str(&look.wrap(&look.paint(look::QUIET, &authors), ""));
    }
    let record = article.origin.record;
    let record = record.map_or_else(String::new, |record| format!(", record {record}"));
    let entry = article.origin.entry.as_deref();
    let entry = entry.map_or_else(String::new, |entry| format!("!{}", look::clean(entry)));
    let path = format!("{}{entry}{record}", relative(&article.origin.path, here));
    // Not wrapped: what is broken cannot be copied, and terminals wrap by themselves.
    for line in article.url.iter().chain([&path, &article.id.to_string()]) {
        text.push_str(&look.paint(look::QUIET, line));
        text.push('\n');
    }
    text
}

fn datelined(dateline: &Dateline) -> String {
    let country = dateline.country.and_then(countries::name);
    let country = country.map_or_else(String::new, |name| format!(" ({name})"));
    format!("datelined {}{country}", dateline.place)
}

fn published_in(country: SourceCountry) -> String {
    let name = countries::name(country.code)
        .unwrap_or(country.code.as_str())
        .to_owned();
    let evidence = match country.evidence {
        SourceEvidence::Outlet => "by its outlet",
        SourceEvidence::Domain => "by its domain",
        SourceEvidence::Dateline => "by its dateline",
    };
    format!("published in {name} ({evidence})")
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
        DateOrigin::Markup => "from the page's markup",
        DateOrigin::Feed => "from the feed",
        DateOrigin::CrawlTime => "counted back from when the page was fetched",
        DateOrigin::FileTime => "from the file's modification time",
    };
    let date = written(published).replace('T', " ").replace('Z', " UTC");
    let zone = published.zone_assumed && published.precision == Precision::Second;
    let zone = if zone { ", zone assumed" } else { "" };
    let doubt = published
        .ambiguous
        .as_deref()
        .map_or_else(String::new, |date| {
            format!("; `{date}` can be read in two ways, --date-order decides")
        });
    format!("{date} ({origin}{zone}{doubt})")
}

fn paragraphs(stored: &StoredArticle, look: &Look) -> Vec<String> {
    let article = &stored.article;
    let mut paragraphs = Vec::new();
    // The dateline stands in the head.
    let after_dateline = article.dateline.as_ref().map_or(0, |it| it.end as usize);
    let mut start = article.body.floor_char_boundary(after_dateline);
    for line in article.body[start..].split('\n') {
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
    let indent = " ".repeat(16);
    let mut text = String::new();
    for (kind, heading, style, [open, close]) in KINDS {
        let of_kind = entities.iter().filter(|entity| entity.kind == kind);
        let names: Vec<String> = of_kind
            .map(|entity| {
                let times = match entity.mentions.len() {
                    0 | 1 => String::new(),
                    times => look.paint(look::QUIET, &format!(" ×{times}")),
                };
                let role = entity.roles.first().map_or_else(String::new, |role| {
                    look.paint(look::QUIET, &format!(" ({role})"))
                });
                format!("{}{role}{times}", look.paint(style, &entity.name))
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

/// What the article is about, each with the sentence that shows it.
fn about(entities: &[Entity], analysed: &Analysed<'_>, look: &Look) -> String {
    let mut first = look::pad(&look.paint(look::TITLE, "About"), 16);
    let mut text = String::new();
    for entity in entities {
        let Some(sentence) = evidence(entity, analysed) else {
            continue;
        };
        let (_, style, _) = of_kind(entity.kind);
        let name = look.paint(style, &entity.name);
        let sentence = look.paint(look::QUIET, &format!("“{sentence}”"));
        let indent = " ".repeat(16);
        text.push_str(&look.wrap_hanging(&format!("{name}: {sentence}"), &first, &indent));
        first = indent;
    }
    text
}

#[cfg(test)]
mod tests {
    use dateline_corpus::{Analyser, Article, ArticleId, CountryCode, Language, Origin};
    use expect_test::{Expect, expect};

    use super::*;

    const BODY: &str = "BOGOTÁ — Ana Gómez met ministers of Ecuador.\n\nGómez left Quito.";

    fn mention(part: Part, text: &str, nth: usize, kind: EntityKind, cue: Cue) -> Mention {
        let within = if part == Part::Title {
            "Gómez leaves"
        } else {
            BODY
        };
        let (start, _) = within
            .match_indices(text)
            .nth(nth)
            .expect("the text names it");
        Mention {
            part,
            start: start as u32,
            end: (start + text.len()) as u32,
            kind,
            cue,
            country: CountryCode::new("EC").filter(|_| kind == EntityKind::Country),
        }
    }

    fn example() -> StoredArticle {
        use EntityKind::{Country, Person, Place};
        let entity = |kind, key: &str, name: &str, mentions| Entity {
            kind,
            key: key.to_owned(),
            name: name.to_owned(),
            prominence: 0,
            about: None,
            roles: Vec::new(),
            mentions,
        };
        let entities = vec![
            entity(
                Country,
                "EC",
                "Ecuador",
                vec![
                    mention(Part::Body, "Ecuador", 0, Country, Cue::Name),
                    mention(Part::Body, "Quito", 0, Country, Cue::Place),
                ],
            ),
            entity(
                Person,
                "Ana Gómez",
                "Ana Gómez",
                vec![
                    mention(Part::Title, "Gómez", 0, Person, Cue::Name),
                    mention(Part::Body, "Ana Gómez", 0, Person, Cue::Name),
                    mention(Part::Body, "Gómez", 1, Person, Cue::Name),
                ],
            ),
            entity(
                Place,
                "Quito",
                "Quito",
                vec![mention(Part::Body, "Quito", 0, Place, Cue::Name)],
            ),
        ];
        StoredArticle {
            article: Article {
                id: ArticleId::from_publisher("1"),
                title: "Gómez leaves".to_owned(),
                title_derived: false,
                body: BODY.to_owned(),
                published: Some(Published {
                    seconds: 1_767_225_600,
                    precision: Precision::Year,
                    origin: DateOrigin::MetadataLine,
                    zone_assumed: true,
                    offset_minutes: None,
                    ambiguous: Some("02/04/2026".to_owned()),
                }),
                source: Some("Le Fleuve".to_owned()),
                url: Some("https://fleuve.example/1".to_owned()),
                site: None,
                agency: None,
                dateline: None,
                flaws: Vec::new(),
                replaced_characters: 0,
                authors: vec!["Jo Roe".to_owned(), "Li Wu".to_owned()],
                language: None,
                section: Some("World".to_owned()),
                origin: Origin {
                    path: "/news/a.jsonl".to_owned(),
                    entry: None,
                    record: Some(3),
                },
            },
            analysed_language: Language::ENGLISH,
            source_country: None,
            entities,
        }
    }

    fn check(stored: &StoredArticle, look: Look, expected: Expect) {
        let mut analyser = Analyser::new();
        let analysed = analyser.analyse(&stored.article);
        let text = article(stored, &analysed, Path::new("/news"), &look);
        expected.assert_eq(&look::legible(&text));
    }

    #[test]
    fn marks_entities_with_brackets_where_there_is_no_colour() {
        check(
            &example(),
            Look::new(60, false),
            expect![[r#"
                [Gómez] leaves
                2026 (from a publishing line; `02/04/2026` can be read in
                two ways, --date-order decides) · Le Fleuve · en · World
                by Jo Roe, Li Wu
                https://fleuve.example/1
                a.jsonl, record 3
                d2b4d274ac43e51ffdc61ddeb94c1f21

                BOGOTÁ — [Ana Gómez] met ministers of {Ecuador}.

                [Gómez] left |Quito|.

                [People]        Ana Gómez ×3
                {Countries}     Ecuador ×2
                |Places|        Quito
            "#]],
        );
    }

    #[test]
    fn marks_entities_with_colours() {
        check(
            &example(),
            Look::new(60, true),
            expect![[r#"
                <36:Gómez> <1:leaves>
                <2:2026> <2:(from> <2:a> <2:publishing> <2:line;> <2:`02/04/2026`> <2:can> <2:be> <2:read> <2:in>
                <2:two> <2:ways,> <2:--date-order> <2:decides)> <2:·> <2:Le> <2:Fleuve> <2:·> <2:en> <2:·> <2:World>
                <2:by> <2:Jo> <2:Roe,> <2:Li> <2:Wu>
                <2:https://fleuve.example/1>
                <2:a.jsonl,> <2:record> <2:3>
                <2:d2b4d274ac43e51ffdc61ddeb94c1f21>

                BOGOTÁ — <36:Ana> <36:Gómez> met ministers of <32:Ecuador>.

                <36:Gómez> left <33:Quito>.

                <1:People>          <36:Ana> <36:Gómez> <2:×3>
                <1:Countries>       <32:Ecuador> <2:×2>
                <1:Places>          <33:Quito>
            "#]],
        );
    }

    #[test]
    fn shows_an_article_of_which_little_is_known() {
        let mut stored = example();
        stored.entities.clear();
        stored.article = Article {
            title_derived: true,
            published: None,
            source: None,
            url: None,
            site: None,
            agency: None,
            dateline: None,
            flaws: Vec::new(),
            replaced_characters: 0,
            authors: Vec::new(),
            section: None,
            ..stored.article
        };
        check(
            &stored,
            Look::new(60, false),
            expect![[r#"
                Gómez leaves
                undated · unknown source · en
                a.jsonl, record 3
                d2b4d274ac43e51ffdc61ddeb94c1f21

                BOGOTÁ — Ana Gómez met ministers of Ecuador.

                Gómez left Quito.
            "#]],
        );
    }
}
