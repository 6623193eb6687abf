//! Fields of structured records (JSON objects, front matter) under the many names that news
//! data gives them.

use dateline_corpus::{DateOrigin, Precision};
use serde_json::Value;

use crate::authors;
use crate::dates;
use crate::draft::Draft;
use crate::html;
use crate::published::Claim;
use crate::text::compose;

/// What a field of a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Body,
    /// Stands in for a body that is missing.
    Summary,
    Published,
    Updated,
    /// When it was fetched: what `2 hours ago` counts from.
    Crawled,
    Source,
    Url,
    Authors,
    Language,
    Section,
    Id,
}

/// Names of fields in lower case and without `_`, `-` and spaces, the most telling first: where
/// a record has several names of one field, the first with a value that can be used wins.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Title,
        &[
            "title",
            "headline",
            "heading",
            "headlinetext",
            "articletitle",
            "webtitle",
            "hed",
            "titel",
            "titre",
            "titolo",
            "titulo",
            "título",
        ],
    ),
    (
        Field::Body,
        &[
            "body",
            "articlebody",
            "maintext",
            "text",
            "fulltext",
            "content",
            "contenttext",
            "bodytext",
            "bodyhtml",
            "contenthtml",
            "article",
            "story",
            "articletext",
            "storytext",
            "plaintext",
            "cleantext",
            "rawtext",
            "rawcontent",
            "texte",
            "texto",
            "testo",
            "tekst",
            "inhalt",
            "contenido",
        ],
    ),
    (
        Field::Summary,
        &[
            "summary",
            "description",
            "abstract",
            "lead",
            "lede",
            "excerpt",
            "dek",
            "deck",
            "subhead",
            "subheadline",
            "standfirst",
            "trailtext",
            "leadparagraph",
            "shortdescription",
            "snippet",
            "teaser",
        ],
    ),
    (
        Field::Published,
        &[
            "published",
            "publishedat",
            "publishedtime",
            "datetimepub",
            "datepublished",
            "datepublish",
            "pubdate",
            "publisheddate",
            "publicationdate",
            "publishdate",
            "publishedon",
            "firstpublished",
            "firstpublishedat",
            "webpublicationdate",
            "publishtime",
            "publicationtime",
            "postedat",
            "postdate",
            "articledate",
            "datepublication",
            "fecha",
            "datum",
            "date",
            "datetime",
            "seendate",
            "createdat",
            "created",
            "timestamp",
        ],
    ),
    (
        Field::Updated,
        &[
            "modifiedtime",
            "datemodified",
            "updatedat",
            "updated",
            "lastmodified",
            "modified",
            "datemodify",
            "lastupdated",
            "updateddate",
        ],
    ),
    (
        Field::Crawled,
        &[
            "crawledat",
            "crawled",
            "crawldate",
            "crawltime",
            "datecrawled",
            "crawltimestamp",
            "fetchedat",
            "fetched",
            "fetchdate",
            "fetchtime",
            "datefetched",
            "retrievedat",
            "retrieved",
            "retrievaldate",
            "dateretrieved",
            "scrapedat",
            "scraped",
            "scrapedate",
            "datescraped",
            "downloadedat",
            "downloaded",
            "datedownload",
            "downloaddate",
            "accessedat",
            "accessed",
            "accessdate",
            "dateaccessed",
        ],
    ),
    (
        Field::Source,
        &[
            "source",
            "outlet",
            "publisher",
            "site",
            "sitename",
            "sourcename",
            "sourcedomain",
            "publication",
            "newspaper",
            "medianame",
            "provider",
            "fuente",
            "quelle",
            "domain",
        ],
    ),
    (
        Field::Url,
        &[
            "url",
            "link",
            "sourceurl",
            "canonicalurl",
            "permalink",
            "weburl",
            "articleurl",
            "requestedurl",
            "href",
        ],
    ),
    (
        Field::Authors,
        &[
            "authors",
            "author",
            "byline",
            "creator",
            "bylines",
            "writer",
            "journalist",
            "autor",
            "auteur",
        ],
    ),
    (Field::Language, &["language", "lang"]),
    (
        Field::Section,
        &[
            "section",
            "category",
            "rubric",
            "desk",
            "sectionname",
            "newsdesk",
            "kicker",
            "rubrik",
            "ressort",
            "rubrique",
        ],
    ),
    (
        Field::Id,
        &["id", "uri", "guid", "articleid", "storyid", "uuid"],
    ),
];

/// The fields of one record that Dateline knows.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    /// Field, rank of its name (0 is the most telling), value.
    values: Vec<(Field, usize, Value)>,
}

/// The field that `name` means, and the rank of the name.
pub(crate) fn field_of(name: &str) -> Option<(Field, usize)> {
    // No name in the table is nearly as long; a stack buffer spares an allocation per field.
    let mut plain = [0; 24];
    let mut length = 0;
    for byte in name
        .bytes()
        .filter(|byte| !matches!(byte, b'_' | b'-' | b' '))
    {
        *plain.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    let plain = std::str::from_utf8(&plain[..length]).ok()?;
    NAMES.iter().find_map(|(field, names)| {
        names
            .iter()
            .position(|name| *name == plain)
            .map(|rank| (*field, rank))
    })
}

impl Fields {
    /// Adds the value of a field.
    pub(crate) fn add(&mut self, (field, rank): (Field, usize), value: Value) {
        self.values.push((field, rank, value));
    }

    /// Whether no field holds headline or text.
    pub(crate) fn have_no_text(&self) -> bool {
        !self
            .values
            .iter()
            .any(|(field, ..)| matches!(field, Field::Title | Field::Body | Field::Summary))
    }

    /// The draft of the article. `text` is what the record holds beside its fields.
    pub(crate) fn into_draft(mut self, text: Option<String>, origin: DateOrigin) -> Draft {
        let has_fields = !self.values.is_empty();
        self.values.sort_by_key(|(_, rank, _)| *rank);
        let body = text
            .or_else(|| self.text(Field::Body))
            .or_else(|| self.text(Field::Summary));
        let mut draft = Draft {
            title: self.text(Field::Title),
            source: self.text(Field::Source),
            url: self.text(Field::Url),
            language: self.text(Field::Language),
            section: self.text(Field::Section),
            id: self.text(Field::Id),
            authors: self.authors(),
            crawled_seconds: self.crawled_seconds(),
            ..Draft::default()
        };
        for (field, is_update) in [(Field::Published, false), (Field::Updated, true)] {
            let texts = self.of(field).filter_map(|value| text_of(value, PLAIN));
            draft.claims.extend(texts.map(|text| Claim {
                text,
                origin,
                is_update,
            }));
        }
        compose(&body.unwrap_or_default(), &mut draft);
        if has_fields {
            // A record with fields has one for the outlet: a line `Source:` in its text is about
            // a table or a quotation.
            draft.source_line = None;
        }
        draft
    }

    fn of(&mut self, field: Field) -> impl Iterator<Item = &mut Value> {
        self.values
            .iter_mut()
            .filter(move |(of, ..)| *of == field)
            .map(|(_, _, value)| value)
    }

    fn text(&mut self, field: Field) -> Option<String> {
        let parts = match field {
            Field::Title | Field::Body | Field::Summary => RICH,
            Field::Source => NAMED,
            _ => PLAIN,
        };
        let text = self.of(field).find_map(|value| text_of(value, parts))?;
        Some(match parts == RICH {
            true if html::is_html(&text) => html::to_text(&text),
            // Programs that take the tags out often leave the entities in.
            true if text.contains('&') => html_escape::decode_html_entities(&text).into_owned(),
            _ => text,
        })
    }

    fn crawled_seconds(&mut self) -> Option<i64> {
        self.of(Field::Crawled)
            .filter_map(|value| text_of(value, PLAIN))
            .filter_map(|text| dates::parse(&text)?.sure())
            // Hours cannot be counted back from a day.
            .find(|reading| reading.precision == Precision::Second)
            .map(|reading| reading.seconds())
    }

    fn authors(&mut self) -> Vec<String> {
        self.of(Field::Authors)
            .map(authors_of)
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }
}

/// Parts of an object that hold its text, its name, or its bare value.
const RICH: &[&str] = &[
    "rendered", "text", "plain", "value", "content", "html", "#text", "$",
];
const NAMED: &[&str] = &["name", "title", "domain", "uri", "url", "id"];
const PLAIN: &[&str] = &[
    "value",
    "name",
    "code",
    "$date",
    "$oid",
    "$numberLong",
    "#text",
    "id",
];

/// The text of a value: a string or number, the first of an object's `parts` that has any, the
/// elements of a list as lines (of a list of names, the first). `None` when it is empty.
fn text_of(value: &mut Value, parts: &[&str]) -> Option<String> {
    match value {
        // Taken, not copied: a body may be megabytes.
        Value::String(text) if !text.trim().is_empty() => Some(std::mem::take(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => parts
            .iter()
            .find_map(|part| text_of(object.get_mut(*part)?, parts)),
        Value::Array(list) if parts == RICH => {
            let texts: Vec<String> = list
                .iter_mut()
                .filter_map(|value| text_of(value, parts))
                .collect();
            (!texts.is_empty()).then(|| texts.join("\n"))
        }
        Value::Array(list) => list.iter_mut().find_map(|value| text_of(value, parts)),
        Value::String(_) | Value::Null | Value::Bool(_) => None,
    }
}

fn authors_of(value: &mut Value) -> Vec<String> {
    match value {
        Value::String(text) => authors::split(authors::without_by(text)),
        // Each element is one name, commas and all.
        Value::Array(list) => list
            .iter_mut()
            .filter_map(|name| text_of(name, NAMED))
            .collect(),
        value => text_of(value, NAMED)
            .map(|text| authors::split(authors::without_by(&text)))
            .unwrap_or_default(),
    }
}
