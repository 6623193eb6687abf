//! An article as JSON. It is the stored article with its offsets turned from bytes, which only
//! programs that read UTF-8 can use, into Unicode scalar values, as everywhere in the output.

use dateline_corpus::{
    Article, CountryCode, Cue, DateOrigin, Entity, EntityKind, Language, Mention, Part, Precision,
    Published, StoredArticle,
};
use dateline_query::published_text;
use serde::Serialize;

/// What `dateline show --json` prints; the fields it shares with a hit are named as there.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleJson<'a> {
    id: String,
    title: &'a str,
    title_derived: bool,
    published: Option<String>,
    published_precision: Option<Precision>,
    published_origin: Option<DateOrigin>,
    /// The date as written, when it can be read in two ways and was kept less precise.
    published_ambiguous: Option<&'a str>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    authors: &'a [String],
    language: Language,
    section: Option<&'a str>,
    path: &'a str,
    record: Option<u64>,
    body: &'a str,
    entities: Vec<EntityJson<'a>>,
}

#[derive(Debug, Serialize)]
struct EntityJson<'a> {
    kind: EntityKind,
    key: &'a str,
    name: &'a str,
    mentions: Vec<MentionJson<'a>>,
}

#[derive(Debug, Serialize)]
struct MentionJson<'a> {
    part: Part,
    start: usize,
    end: usize,
    text: &'a str,
    cue: Cue,
    country: Option<CountryCode>,
}

impl ArticleJson<'_> {
    /// The article with its entities.
    pub(crate) fn of(stored: &StoredArticle) -> ArticleJson<'_> {
        let article = &stored.article;
        let published = article.published.as_ref();
        ArticleJson {
            id: article.id.to_string(),
            title: &article.title,
            title_derived: article.title_derived,
            published: published.map(written),
            published_precision: published.map(|published| published.precision),
            published_origin: published.map(|published| published.origin),
            published_ambiguous: published.and_then(|published| published.ambiguous.as_deref()),
            source: article.source.as_deref(),
            url: article.url.as_deref(),
            authors: &article.authors,
            language: stored.analysed_language,
            section: article.section.as_deref(),
            path: &article.origin.path,
            record: article.origin.record,
            body: &article.body,
            entities: stored
                .entities
                .iter()
                .map(|entity| EntityJson::of(entity, article))
                .collect(),
        }
    }
}

impl<'a> EntityJson<'a> {
    fn of(entity: &'a Entity, article: &'a Article) -> EntityJson<'a> {
        let mentions = entity.mentions.iter();
        EntityJson {
            kind: entity.kind,
            key: &entity.key,
            name: &entity.name,
            mentions: mentions
                .map(|mention| MentionJson::of(mention, article))
                .collect(),
        }
    }
}

impl<'a> MentionJson<'a> {
    fn of(mention: &Mention, article: &'a Article) -> MentionJson<'a> {
        let part = match mention.part {
            Part::Title => &article.title,
            Part::Body => &article.body,
        };
        let before = part.get(..mention.start as usize).unwrap_or_default();
        let text = part
            .get(mention.start as usize..mention.end as usize)
            .unwrap_or_default();
        let start = before.chars().count();
        MentionJson {
            part: mention.part,
            start,
            end: start + text.chars().count(),
            text,
            cue: mention.cue,
            country: mention.country,
        }
    }
}

/// A date as precisely as it is known: `2026-02-03T11:20:00Z`, `2026-02-03`, `2026-02` or `2026`.
pub(super) fn written(published: &Published) -> String {
    // Beyond the years that a calendar of four digits can write, seconds since 1970.
    published_text(published).unwrap_or_else(|| format!("@{}", published.seconds))
}
