//! Recognises people, countries, organisations and places in news.
//!
//! (signatures; the recogniser follows)

pub mod countries;
pub mod people;

use dateline_corpus::{Analysed, Entity, Mention};

/// Finds mentions. Cheap to make: the tables behind it are built once per process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extractor;

impl Extractor {
    /// An extractor; the first one builds the tables.
    pub fn new() -> Extractor {
        Extractor
    }

    /// The mentions in an article, in order: the title's first, then the body's.
    pub fn extract(&self, _analysed: &Analysed<'_>) -> Vec<Mention> {
        Vec::new()
    }
}

/// Who and what the mentions refer to.
pub fn resolve(_analysed: &Analysed<'_>, _mentions: Vec<Mention>) -> Vec<Entity> {
    Vec::new()
}
