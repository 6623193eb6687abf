//! What the indexer hands to its writer and what a search reads back: plain values that name no
//! search engine, so that another engine can be given the same.

use serde::{Deserialize, Serialize};

use crate::{Analysed, Article, ContentHash, Entity, EntityKind, Language};

/// An article ready to be written.
#[derive(Debug, Clone)]
pub struct Record {
    /// Tells whether the article changed since it was written last.
    pub content: ContentHash,
    /// Index terms of the title, in the encoding of [`crate::analysis::terms`].
    pub title_terms: String,
    /// Index terms of the body, in the same encoding.
    pub body_terms: String,
    /// The values to filter by and to count.
    pub facets: Facets,
    /// The article itself with its entities, kept to show hits.
    pub stored: StoredArticle,
}

/// What is kept of an article to show it: everything that was read, plus what was recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredArticle {
    /// The article as read.
    #[serde(flatten)]
    pub article: Article,
    /// The language it was analysed in.
    pub analysed_language: Language,
    /// Everyone and everything it names.
    pub entities: Vec<Entity>,
}

/// Facet values of one article; each list is free of duplicates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Canonical full names.
    pub person: Vec<String>,
    /// ISO 3166-1 alpha-2 codes.
    pub country: Vec<String>,
    /// Names.
    pub organisation: Vec<String>,
    /// Names.
    pub place: Vec<String>,
    /// The outlet.
    pub source: Option<String>,
    /// Names.
    pub author: Vec<String>,
    /// ISO 639-1 code, or `und`.
    pub language: String,
    /// The desk or rubric.
    pub section: Option<String>,
}

/// What the index knows of a file it has read: its own manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    /// Size when it was read.
    pub bytes: u64,
    /// Modification time when it was read, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// Hash of what was read.
    pub hash: ContentHash,
    /// Articles that were read from it.
    pub articles: u64,
    /// Records that were skipped.
    pub skipped: u64,
    /// Hash of the options it was read with; 0 when there were none.
    pub options: u64,
}

impl Record {
    /// Puts together an article, its analysis and its entities.
    pub fn new(article: Article, analysed: Analysed<'_>, entities: Vec<Entity>) -> Record {
        let language = analysed.language;
        let (title_terms, body_terms) = analysed.into_terms();
        Record {
            content: ContentHash::of_article(&article),
            title_terms,
            body_terms,
            facets: Facets::of(&article, language, &entities),
            stored: StoredArticle {
                article,
                analysed_language: language,
                entities,
            },
        }
    }
}

impl Facets {
    /// The facet values of an article.
    pub fn of(article: &Article, language: Language, entities: &[Entity]) -> Facets {
        let keys = |kind| {
            let mut keys: Vec<String> = Vec::new();
            for entity in entities.iter().filter(|entity| entity.kind == kind) {
                if !keys.contains(&entity.key) {
                    keys.push(entity.key.clone());
                }
            }
            keys
        };
        let mut author = article.authors.clone();
        author.sort();
        author.dedup();
        Facets {
            person: keys(EntityKind::Person),
            country: keys(EntityKind::Country),
            organisation: keys(EntityKind::Organisation),
            place: keys(EntityKind::Place),
            source: article.source.clone(),
            author,
            language: language.code().to_owned(),
            section: article.section.clone(),
        }
    }
}
