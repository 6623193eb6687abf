//! What the indexer hands to its writer and what a search reads back: plain values that name no
//! search engine, so that another engine can be given the same.

use serde::{Deserialize, Serialize};

use crate::{Analysed, Article, ContentHash, CountryCode, Entity, EntityKind, Language};

/// An article ready to be written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// Tells whether the article changed since it was written last.
    pub content: ContentHash,
    /// Index terms of the title, in the encoding of [`crate::analysis::terms`], with
    /// the bounds of sentences and paragraphs.
    pub title_terms: String,
    /// Index terms of the body, likewise.
    pub body_terms: String,
    /// Index terms of the body's first [`LEAD_WORDS`](crate::analysis::LEAD_WORDS), without bounds.
    pub lead_terms: String,
    /// Words of title and body.
    pub words: u64,
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
    /// The country it was published in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_country: Option<SourceCountry>,
    /// Everyone and everything it names.
    pub entities: Vec<Entity>,
}

/// The country an article was published in, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCountry {
    /// The country.
    pub code: CountryCode,
    /// How it is known.
    pub evidence: SourceEvidence,
}

/// What tells the country an article was published in, the best evidence first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceEvidence {
    /// The outlet is a known one.
    Outlet,
    /// The domain ends in the country's code.
    Domain,
    /// The dateline names a place in it.
    Dateline,
}

/// Facet values of one article; each list is free of duplicates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Canonical full names.
    pub person: Vec<String>,
    /// ISO 3166-1 alpha-2 codes.
    pub country: Vec<String>,
    /// The countries it is about: some of those it names.
    pub about: Vec<String>,
    /// The people it is about: some of those it names.
    pub about_person: Vec<String>,
    /// Names.
    pub organisation: Vec<String>,
    /// Names.
    pub place: Vec<String>,
    /// The outlet.
    pub source: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country it was published in.
    pub source_country: Option<String>,
    /// The registrable domain it was published under.
    pub site: Option<String>,
    /// The wire agency.
    pub agency: Option<String>,
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
    /// Puts together an article, its analysis, its entities and where it was published.
    pub fn new(
        article: Article,
        analysed: &Analysed<'_>,
        entities: Vec<Entity>,
        source_country: Option<SourceCountry>,
    ) -> Record {
        let language = analysed.language;
        Record {
            content: ContentHash::of_article(&article),
            title_terms: analysed.title.terms_with_bounds(),
            body_terms: analysed.body.terms_with_bounds(),
            lead_terms: analysed.body.lead_terms().to_owned(),
            words: (analysed.title.tokens.len() + analysed.body.tokens.len()) as u64,
            facets: Facets::of(&article, language, &entities, source_country),
            stored: StoredArticle {
                article,
                analysed_language: language,
                source_country,
                entities,
            },
        }
    }
}

impl Facets {
    /// The facet values of an article.
    pub fn of(
        article: &Article,
        language: Language,
        entities: &[Entity],
        source_country: Option<SourceCountry>,
    ) -> Facets {
        let keys = |kind, about_only: bool| {
            let mut keys: Vec<String> = Vec::new();
            let wanted =
                |entity: &&Entity| entity.kind == kind && (entity.about.is_some() || !about_only);
            for entity in entities.iter().filter(wanted) {
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
            person: keys(EntityKind::Person, false),
            country: keys(EntityKind::Country, false),
            about: keys(EntityKind::Country, true),
            about_person: keys(EntityKind::Person, true),
            organisation: keys(EntityKind::Organisation, false),
            place: keys(EntityKind::Place, false),
            source: article.source.clone(),
            source_country: source_country.map(|country| country.code.to_string()),
            site: article.site.clone(),
            agency: article.agency.clone(),
            author,
            language: language.code().to_owned(),
            section: article.section.clone(),
        }
    }
}
