//! Fields of structured records (JSON objects, front matter) under the many names that news
//! data gives them.

use std::collections::HashMap;
use std::sync::LazyLock;

use dateline_corpus::analysis::fold;
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
    /// Where it was filed from: a place, or a whole dateline.
    Place,
    Id,
}

/// Names of fields, folded and without `_`, `-` and spaces, the most telling first: where a record
/// has several names of one field, the first with a value that can be used wins. Those of data
/// sets and services stand before those of other languages (Spanish, French, German, Portuguese,
/// Italian, Dutch, the Nordic ones, Romanian, Hungarian, Turkish, Russian). The list is our own.
const NAMES: &[(Field, &str)] = &[
    (
        Field::Title,
        "title headline heading webtitle headlinetext articletitle hed titulo titular titre \
         titel uberschrift titolo tittel overskrift otsikko titlu cim baslik заголовок",
    ),
    (
        Field::Body,
        "body articlebody maintext text fulltext articletext storytext content contents \
         contenttext bodytext bodyhtml contenthtml article story document html paragraphs \
         plaintext cleantext rawtext rawcontent cuerpo contenido textointegral corps texte \
         contenu inhalt volltext corpo conteudo testo contenuto tekst inhoud brodtext \
         brodtekst teksti szoveg metin icerik текст texto",
    ),
    (
        Field::Summary,
        "summary description abstract lead excerpt shortdescription snippet trailtext \
         standfirst dek deck highlights lede subhead subheadline leadparagraph teaser resumen \
         resume chapo zusammenfassung resumo sommario samenvatting",
    ),
    (
        Field::Published,
        "published publishedat publishedon publishedtime datetimepub datepublished \
         datepublish pubdate publisheddate firstpublishdate publicationdate \
         webpublicationdate publishdate date datetime seendate createdat created timestamp \
         firstpublished firstpublishedat publishtime publicationtime postedat postdate \
         articledate datepublication fecha datum dato tarih дата",
    ),
    (
        Field::Updated,
        "modifiedtime datemodified updatedat updated lastmodified modified datemodify \
         lastupdated updateddate",
    ),
    (
        Field::Crawled,
        "crawledat crawled crawldate crawltime datecrawled crawltimestamp fetchedat fetched \
         fetchdate fetchtime datefetched retrievedat retrieved retrievaldate dateretrieved \
         scrapedat scraped scrapedate datescraped downloadedat downloaded datedownload \
         downloaddate accessedat accessed accessdate dateaccessed",
    ),
    (
        Field::Source,
        "source outlet publisher publication medianame newspaper site sitename sourcename \
         sourcedomain domain provider fuente medio quelle fonte bron kilde kalla lahde kaynak \
         источник",
    ),
    (
        Field::Url,
        "url link sourceurl articleurl weburl canonicalurl permalink requestedurl href enlace \
         lien",
    ),
    (
        Field::Authors,
        "authors author byline creator bylines writer journalist autor autora autores auteur \
         auteurs autore forfatter forfattare kirjoittaja yazar автор",
    ),
    (Field::Language, "language lang idioma langue sprache taal"),
    (
        Field::Section,
        "section sectionname category rubric desk newsdesk kicker seccion rubrique ressort \
         secao editoria sezione rubriek rubrik",
    ),
    (Field::Place, "dateline location place"),
    (Field::Id, "id uri guid articleid storyid uuid"),
];
/// Objects inside a record that hold fields of it: what search engines and services wrap them in.
const WRAPPERS: &[&str] = &["_source", "attributes", "fields"];
/// What has fewer words is a remark, and not the text of an article under an unknown name.
const PROSE_WORDS_MIN: usize = 20;

static BY_NAME: LazyLock<HashMap<&str, (Field, usize)>> = LazyLock::new(|| {
    let of_field = |(field, names): &(Field, &'static str)| {
        let names = names.split_whitespace().enumerate();
        let field = *field;
        names.map(move |(rank, name)| (name, (field, rank)))
    };
    NAMES.iter().flat_map(of_field).collect()
});

/// The fields of one record that Dateline knows.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    /// Field, rank of its name (0 is the most telling), value.
    values: Vec<(Field, usize, Value)>,
    /// What may be the body.
    prose: Option<String>,
}

/// The field that `name` means, and the rank of the name.
pub(crate) fn field_of(name: &str) -> Option<(Field, usize)> {
    if !name.is_ascii() {
        let is_joint = |c: char| matches!(c, '_' | '-' | ' ');
        return BY_NAME
            .get(fold(name).replace(is_joint, "").as_str())
            .copied();
    }
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
    BY_NAME.get(plain).copied()
}

/// The field that a column of this name holds. `data` is a date in Portuguese and Italian tables,
/// and anything in JSON.
pub(crate) fn column_of(name: &str) -> Option<(Field, usize)> {
    let is_date = name.trim().eq_ignore_ascii_case("data");
    field_of(name).or_else(|| is_date.then_some((Field::Published, usize::MAX)))
}

/// Whether an object of this name holds fields of the record that it stands in.
pub(crate) fn is_wrapper(name: &str) -> bool {
    WRAPPERS.contains(&name)
}

impl Fields {
    /// Adds the value of a field. An object with a headline is the article itself.
    pub(crate) fn add(&mut self, (field, rank): (Field, usize), value: Value) {
        let is_title = |name: &String| matches!(field_of(name), Some((Field::Title, _)));
        match value {
            Value::Object(object) if field == Field::Body && object.keys().any(is_title) => {
                self.spread(Value::Object(object));
            }
            value => self.values.push((field, rank, value)),
        }
    }

    /// Adds the fields that an object holds for the record it stands in.
    pub(crate) fn spread(&mut self, value: Value) {
        let Value::Object(object) = value else {
            return;
        };
        for (name, value) in object {
            if let Some((field, rank)) = field_of(&name) {
                self.values.push((field, rank, value));
            }
        }
    }

    /// Whether there is a headline or summary, but no text of the article.
    pub(crate) fn lack_body(&self) -> bool {
        let has = |wanted: Field| self.values.iter().any(|(field, ..)| *field == wanted);
        !has(Field::Body) && (has(Field::Title) || has(Field::Summary))
    }

    /// Offers the value of a field whose name says nothing: the longest prose is the body of a
    /// record that lacks one.
    pub(crate) fn offer(&mut self, value: &str) {
        let is_prose = || value.split_whitespace().nth(PROSE_WORDS_MIN - 1).is_some();
        let longest = self.prose.as_ref().map_or(0, String::len);
        if value.len() > longest && is_prose() {
            self.prose = Some(value.to_owned());
        }
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
            .or_else(|| self.prose.take())
            .or_else(|| self.text(Field::Summary));
        let mut draft = Draft {
            title: self.text(Field::Title),
            source: self.text(Field::Source),
            url: self.text(Field::Url),
            language: self.text(Field::Language),
            section: self.text(Field::Section),
            place: self.text(Field::Place),
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
            Field::Source | Field::Place => NAMED,
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
    "rendered", "text", "plain", "value", "content", "html", "main", "#text", "$",
];
const NAMED: &[&str] = &["name", "original", "title", "domain", "uri", "url", "id"];
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
