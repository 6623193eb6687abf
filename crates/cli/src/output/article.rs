//! One article as text for people, with everyone and everything it names marked, and what a query
//! matches.

use std::ops::Range;
use std::path::Path;

use anstyle::Style;
use dateline_corpus::{
    Analysed, Article, Cue, DateOrigin, Dateline, Entity, EntityKind, Flaw, Mention, Part,
    Published, SourceCountry, SourceEvidence, StoredArticle,
};
use dateline_entities::countries;
use dateline_query::Highlights;

use super::json::{evidence, written, zone_assumed};
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

/// The article: headline, where it is from, its text with entities and matches marked, then lists
/// of the entities. Paths below `here` are shown relative to it.
pub(crate) fn article(
    stored: &StoredArticle,
    analysed: &Analysed<'_>,
    highlights: &Highlights,
    here: &Path,
    look: &Look,
) -> String {
    let mut text = head(stored, highlights, here, look);
    for paragraph in paragraphs(stored, highlights, look) {
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

fn head(stored: &StoredArticle, highlights: &Highlights, here: &Path, look: &Look) -> String {
    let article = &stored.article;
    let part = Marked {
        part: Part::Title,
        // What a title from the body names is marked where the body begins.
        entities: match article.title_derived {
            true => &[],
            false => &stored.entities,
        },
        matches: &highlights.title,
        style: look::TITLE,
    };
    let title = part.show(&article.title, 0, look);
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
    for flaw in &article.flaws {
        text.push_str(&look.wrap(&look.paint(look::QUIET, &flawed(*flaw, article)), ""));
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

/// What is wrong with an article, in words.
fn flawed(flaw: Flaw, article: &Article) -> String {
    match flaw {
        Flaw::Truncated => "its headline or its text was too long and was cut".to_owned(),
        Flaw::ReplacementCharacters => match article.replaced_characters {
            1 => "1 character could not be decoded".to_owned(),
            count => format!(
                "{} characters could not be decoded",
                look::thousands(count.into())
            ),
        },
        Flaw::Mojibake => "it was decoded wrongly before it was read here".to_owned(),
        Flaw::FutureDate => "it is dated after the day on which it was read".to_owned(),
        Flaw::AncientDate => "it is dated before there were newspapers".to_owned(),
        Flaw::UnreadableDate => "it has a date that could not be understood".to_owned(),
    }
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
    let zone = if zone_assumed(published) {
        ", zone assumed"
    } else {
        ""
    };
    let doubt = match (&published.doubt, published.ambiguous()) {
        (_, Some(date)) => format!("; `{date}` can be read in two ways, --date-order decides"),
        (Some(doubt), None) if doubt.shown.is_some() => {
            format!(
                "; `{}` as other articles of the source write dates",
                doubt.written
            )
        }
        _ => String::new(),
    };
    format!("{date} ({origin}{zone}{doubt})")
}

fn paragraphs(stored: &StoredArticle, highlights: &Highlights, look: &Look) -> Vec<String> {
    let article = &stored.article;
    let part = Marked {
        part: Part::Body,
        entities: &stored.entities,
        matches: &highlights.body,
        style: Style::new(),
    };
    let mut paragraphs = Vec::new();
    // The dateline stands in the head.
    let after_dateline = article.dateline.as_ref().map_or(0, |it| it.end as usize);
    let mut start = article.body.floor_char_boundary(after_dateline);
    for line in article.body[start..].split('\n') {
        if !line.trim().is_empty() {
            paragraphs.push(part.show(line, start, look));
        }
        start += line.len() + 1;
    }
    paragraphs
}

/// A part of an article, and what to mark in it.
struct Marked<'a> {
    part: Part,
    entities: &'a [Entity],
    /// In order, free of overlaps, in bytes of the part.
    matches: &'a [Range<usize>],
    /// Of what is not marked.
    style: Style,
}

impl Marked<'_> {
    /// A stretch that begins at byte `start` of the part.
    fn show(&self, text: &str, start: usize, look: &Look) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for mention in outermost(self.entities, self.part, start..start + text.len()) {
            let (from, to) = (mention.start as usize - start, mention.end as usize - start);
            // Offsets were stored with the text they count in; a damaged pair is shown unmarked.
            let (Some(before), Some(named)) = (text.get(at..from), text.get(from..to)) else {
                continue;
            };
            shown.push_str(&self.show_matches(before, start + at, self.style, look));
            let (_, style, [open, close]) = of_kind(mention.kind);
            let named = self.show_matches(named, start + from, style, look);
            shown.push_str(&match look.has_colour() {
                true => named,
                false => format!("{open}{named}{close}"),
            });
            at = to;
        }
        let rest = text.get(at..).unwrap_or_default();
        shown + &self.show_matches(rest, start + at, self.style, look)
    }

    /// A stretch of one style. Where there is no colour, matches stand between stars.
    fn show_matches(&self, text: &str, start: usize, style: Style, look: &Look) -> String {
        let mut shown = String::new();
        let mut at = 0;
        let first = self.matches.partition_point(|one| one.end <= start);
        let end = start + text.len();
        for matched in self.matches[first..]
            .iter()
            .take_while(|one| one.start < end)
        {
            let from = matched.start.max(start) - start;
            let to = (matched.end - start).min(text.len());
            let (Some(before), Some(piece)) = (text.get(at..from), text.get(from..to)) else {
                break;
            };
            shown.push_str(&look.paint(style, before));
            let piece = look.paint(style.bold().underline(), piece);
            shown.push_str(&match look.has_colour() {
                true => piece,
                false => format!("**{piece}**"),
            });
            at = to;
        }
        shown + &look.paint(style, text.get(at..).unwrap_or_default())
    }
}

/// The mentions inside a range of bytes, in order and free of overlaps: where several stand at
/// one place, the longest, and of equally long ones the most telling.
fn outermost(entities: &[Entity], part: Part, range: Range<usize>) -> Vec<Mention> {
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
    use dateline_corpus::{Analyser, Article, ArticleId, CountryCode, Doubt, Language, Origin};
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
                    precision: dateline_corpus::Precision::Year,
                    origin: DateOrigin::MetadataLine,
                    zone_assumed: true,
                    offset_minutes: None,
                    order: None,
                    doubt: Some(Doubt {
                        written: "02/04/2026".to_owned(),
                        said: None,
                        shown: None,
                    }),
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
        let unmarked = Highlights::default();
        let text = article(stored, &analysed, &unmarked, Path::new("/news"), &look);
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
    fn marks_what_a_query_matches_within_entities_and_beside_them() {
        let stretch = |text: &str| {
            let start = BODY.find(text).expect("it stands there");
            start..start + text.len()
        };
        let matched = Highlights {
            matches: true,
            title: std::iter::once(0.."Gómez".len()).collect(),
            // The last one ends behind an entity.
            body: vec![stretch("Gómez"), stretch("met"), stretch("Ecuador.")],
            notes: Vec::new(),
        };
        let lines = |look: Look| {
            let stored = example();
            let part = Marked {
                part: Part::Body,
                entities: &stored.entities,
                matches: &matched.body,
                style: Style::new(),
            };
            look::legible(&part.show(BODY.lines().next().unwrap_or_default(), 0, &look))
        };
        expect!["BOGOTÁ — [Ana **Gómez**] **met** ministers of {**Ecuador**}**.**"]
            .assert_eq(&lines(Look::new(60, false)));
        expect![
            "BOGOTÁ — <36:Ana> <1:<4:<36:Gómez> <1:<4:met> ministers of <1:<4:<32:Ecuador><1:<4:.>"
        ]
        .assert_eq(&lines(Look::new(60, true)));
        let mut analyser = Analyser::new();
        let stored = example();
        let analysed = analyser.analyse(&stored.article);
        let look = Look::new(60, false);
        let text = article(&stored, &analysed, &matched, Path::new("/news"), &look);
        assert!(text.starts_with("[**Gómez**] leaves\n"), "{text}");
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
