//! An article as JSON. It is the stored article with its offsets turned from bytes, which only
//! programs that read UTF-8 can use, into Unicode scalar values, as everywhere in the output.

use std::ops::Range;

use dateline_corpus::{
    Analysed, Article, CountryCode, Cue, DateOrigin, Entity, EntityKind, Flaw, Language, Mention,
    Part, Precision, Published, SourceCountry, StoredArticle,
};
use dateline_query::{Highlights, published_text};
use serde::Serialize;

/// What `dateline show --json` prints; the fields it shares with a hit are named as there.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleJson<'a> {
    #[serde(flatten)]
    article: ReadJson<'a>,
    source_country: Option<SourceCountry>,
    entities: Vec<EntityJson<'a, Vec<MentionJson<'a>>>>,
    /// Where a query was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    highlights: Option<HighlightsJson>,
}

/// What a query matches in an article: start and end of each stretch.
#[derive(Debug, Serialize)]
struct HighlightsJson {
    title: Vec<[usize; 2]>,
    body: Vec<[usize; 2]>,
}

/// What `dateline read` prints: what a record of JSON Lines may say, so that it can be read again.
#[derive(Debug, Serialize)]
pub(crate) struct ReadJson<'a> {
    id: String,
    title: &'a str,
    title_derived: bool,
    published: Option<String>,
    published_precision: Option<Precision>,
    published_origin: Option<DateOrigin>,
    published_ambiguous: Option<&'a str>,
    /// Whether the time of day had no zone and was taken for UTC.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    zone_assumed: bool,
    source: Option<&'a str>,
    site: Option<&'a str>,
    agency: Option<&'a str>,
    dateline: Option<DatelineJson<'a>>,
    url: Option<&'a str>,
    authors: &'a [String],
    language: Option<Language>,
    section: Option<&'a str>,
    flaws: &'a [Flaw],
    #[serde(skip_serializing_if = "is_zero")]
    replaced_characters: u32,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
    record: Option<u64>,
    body: &'a str,
}

/// The dateline that opens the body.
#[derive(Debug, Serialize)]
struct DatelineJson<'a> {
    /// Where the text after it begins in the body.
    end: usize,
    place: &'a str,
    country: Option<CountryCode>,
}

/// What `dateline extract --json` prints for an article.
#[derive(Debug, Serialize)]
pub(crate) struct ExtractJson<'a> {
    id: String,
    title: &'a str,
    path: &'a str,
    record: Option<u64>,
    language: Language,
    source_country: Option<SourceCountry>,
    /// In order of appearance.
    mentions: Vec<MentionJson<'a>>,
    /// `mentions` is their number.
    entities: Vec<EntityJson<'a, usize>>,
}

#[derive(Debug, Serialize)]
struct EntityJson<'a, M> {
    kind: EntityKind,
    key: &'a str,
    name: &'a str,
    /// The ways in which it is named, most frequent first.
    aliases: Vec<&'a str>,
    prominence: u8,
    /// The sentence that shows best that the article is about it, if it is.
    about: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    roles: &'a [String],
    mentions: M,
}

#[derive(Debug, Serialize)]
struct MentionJson<'a> {
    kind: EntityKind,
    part: Part,
    start: usize,
    end: usize,
    text: &'a str,
    cue: Cue,
    country: Option<CountryCode>,
    sentence: &'a str,
    /// The key of the entity.
    entity: &'a str,
}

impl<'a> ArticleJson<'a> {
    /// The article with its entities and with what a query matches; `analysed` is the analysis of
    /// the article.
    pub(crate) fn of(
        stored: &'a StoredArticle,
        analysed: &'a Analysed<'a>,
        highlights: Option<&Highlights>,
    ) -> ArticleJson<'a> {
        let places = Places::of(analysed);
        ArticleJson {
            article: ReadJson {
                language: Some(stored.analysed_language),
                ..ReadJson::of(&stored.article)
            },
            source_country: stored.source_country,
            entities: stored
                .entities
                .iter()
                .map(|entity| places.entity(entity, places.mentions(entity).collect()))
                .collect(),
            highlights: highlights.map(|highlights| HighlightsJson {
                title: places.title.of_ranges(&highlights.title),
                body: places.body.of_ranges(&highlights.body),
            }),
        }
    }
}

impl<'a> ReadJson<'a> {
    /// The article as it was read.
    pub(crate) fn of(article: &'a Article) -> ReadJson<'a> {
        let published = article.published.as_ref();
        ReadJson {
            id: article.id.to_string(),
            title: &article.title,
            title_derived: article.title_derived,
            published: published.map(written),
            published_precision: published.map(|published| published.precision),
            published_origin: published.map(|published| published.origin),
            published_ambiguous: published.and_then(Published::ambiguous),
            zone_assumed: published.is_some_and(zone_assumed),
            source: article.source.as_deref(),
            site: article.site.as_deref(),
            agency: article.agency.as_deref(),
            dateline: article.dateline.as_ref().map(|dateline| DatelineJson {
                end: article.body[..article.body.floor_char_boundary(dateline.end as usize)]
                    .chars()
                    .count(),
                place: &dateline.place,
                country: dateline.country,
            }),
            url: article.url.as_deref(),
            authors: &article.authors,
            language: article.language,
            section: article.section.as_deref(),
            flaws: &article.flaws,
            replaced_characters: article.replaced_characters,
            path: &article.origin.path,
            entry: article.origin.entry.as_deref(),
            record: article.origin.record,
            body: &article.body,
        }
    }
}

impl<'a> ExtractJson<'a> {
    /// What was found in an article; `analysed` is the analysis of the article.
    pub(crate) fn of(
        article: &'a Article,
        analysed: &'a Analysed<'a>,
        entities: &'a [Entity],
        source_country: Option<SourceCountry>,
    ) -> ExtractJson<'a> {
        let places = Places::of(analysed);
        let mut mentions: Vec<MentionJson<'_>> = entities
            .iter()
            .flat_map(|entity| places.mentions(entity))
            .collect();
        mentions.sort_by_key(|mention| (mention.part, mention.start, mention.kind));
        ExtractJson {
            id: article.id.to_string(),
            title: &article.title,
            path: &article.origin.path,
            record: article.origin.record,
            language: analysed.language,
            source_country,
            mentions,
            entities: entities
                .iter()
                .map(|entity| places.entity(entity, entity.mentions.len()))
                .collect(),
        }
    }
}

/// The ways in which an entity is named in an article, most frequent first.
pub(super) fn aliases<'a>(entity: &Entity, analysed: &Analysed<'a>) -> Vec<&'a str> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for mention in &entity.mentions {
        let text = surface(mention, analysed);
        match counted.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => counted.push((text, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(text, _)| text).collect()
}

/// The sentence that shows best that an article is about an entity, if it is.
pub(super) fn evidence<'a>(entity: &Entity, analysed: &Analysed<'a>) -> Option<&'a str> {
    let mention = entity.mentions.get(entity.about? as usize)?;
    Some(sentence(mention, analysed))
}

fn sentence<'a>(mention: &Mention, analysed: &Analysed<'a>) -> &'a str {
    let part = analysed.part(mention.part);
    part.text
        .get(part.sentence_at(mention.start as usize))
        .unwrap_or_default()
}

fn surface<'a>(mention: &Mention, analysed: &Analysed<'a>) -> &'a str {
    let text = analysed.part(mention.part).text;
    text.get(mention.start as usize..mention.end as usize)
        .unwrap_or_default()
}

/// Tells places in an article by Unicode scalar values.
struct Places<'a> {
    analysed: &'a Analysed<'a>,
    title: Characters<'a>,
    body: Characters<'a>,
}

impl<'a> Places<'a> {
    fn of(analysed: &'a Analysed<'a>) -> Places<'a> {
        Places {
            analysed,
            title: Characters::of(analysed.title.text),
            body: Characters::of(analysed.body.text),
        }
    }

    fn entity<M>(&self, entity: &'a Entity, mentions: M) -> EntityJson<'a, M> {
        EntityJson {
            kind: entity.kind,
            key: &entity.key,
            name: &entity.name,
            aliases: aliases(entity, self.analysed),
            prominence: entity.prominence,
            about: evidence(entity, self.analysed),
            roles: &entity.roles,
            mentions,
        }
    }

    fn mentions(&self, entity: &'a Entity) -> impl Iterator<Item = MentionJson<'a>> {
        entity.mentions.iter().map(|mention| {
            let characters = match mention.part {
                Part::Title => &self.title,
                Part::Body => &self.body,
            };
            MentionJson {
                kind: mention.kind,
                part: mention.part,
                start: characters.before(mention.start),
                end: characters.before(mention.end),
                text: surface(mention, self.analysed),
                cue: mention.cue,
                country: mention.country,
                sentence: sentence(mention, self.analysed),
                entity: &entity.key,
            }
        })
    }
}

/// Counts the characters before a byte without walking the text from its beginning.
struct Characters<'a> {
    text: &'a str,
    /// The characters before every [`Characters::STEP`]th byte.
    before: Vec<usize>,
}

impl<'a> Characters<'a> {
    /// Bytes from one count to the next: few enough to be counted in no time.
    const STEP: usize = 256;

    fn of(text: &'a str) -> Characters<'a> {
        let mut before = vec![0];
        for chunk in text.as_bytes().chunks(Characters::STEP) {
            let last = before.last().copied().unwrap_or_default();
            before.push(last + first_bytes(chunk));
        }
        Characters { text, before }
    }

    /// Start and end of each range of bytes.
    fn of_ranges(&self, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
        let ends = ranges.iter().map(|range| [range.start, range.end]);
        ends.map(|ends| ends.map(|byte| self.before(byte as u32)))
            .collect()
    }

    fn before(&self, byte: u32) -> usize {
        let byte = (byte as usize).min(self.text.len());
        let step = byte / Characters::STEP;
        self.before[step] + first_bytes(&self.text.as_bytes()[step * Characters::STEP..byte])
    }
}

/// How many characters begin in some bytes of UTF-8.
fn first_bytes(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Whether a time of day was taken for UTC, because nothing told its zone.
pub(super) fn zone_assumed(published: &Published) -> bool {
    published.zone_assumed && published.precision == Precision::Second
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// A date as precisely as it is known: `2026-02-03T11:20:00Z`, `2026-02-03`, `2026-02` or `2026`.
pub(super) fn written(published: &Published) -> String {
    // Beyond the years that a calendar of four digits can write, seconds since 1970.
    published_text(published).unwrap_or_else(|| format!("@{}", published.seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_a_walk_from_the_beginning_counts_them() {
        let text = "é—a𐐷b".repeat(200);
        let characters = Characters::of(&text);
        for (number, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(characters.before(byte as u32), number);
        }
        assert_eq!(characters.before(text.len() as u32), text.chars().count());
    }
}
