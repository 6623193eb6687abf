//! Recognises people, countries, organisations and places in news.
//!
//! Extraction has two stages. [`Extractor::extract`] walks the words of an analysed article and
//! finds [`dateline_corpus::Mention`]s; [`resolve()`] tells who and what they refer to: `Petro`,
//! `President Petro` and `Gustavo Petro` become one [`dateline_corpus::Entity`]. Both are pure
//! functions of the article. [`countries`] and [`people`] hold what a query needs to name the
//! same things. [`source_country()`] tells where an article was published.
//!
//! The tables are data files in `data/`; where they come from is told in `data/README.md`.
//! This crate reads no files, tokenises nothing but names, and knows one article at a time.

pub mod aliases;
pub mod countries;
pub mod people;
pub mod tagger;

mod extract;
mod gazetteer;
mod lexicon;
mod resolve;
mod salience;
mod source_country;

pub use extract::Extractor;
pub use resolve::resolve;
pub use source_country::{dateline_country, place_dateline, source_country};

/// The language whose words and names an article is read by. A text in none of the languages that
/// the tables know is most likely a very short one in English that was taken for another.
fn language(analysed: &dateline_corpus::Analysed<'_>) -> dateline_corpus::Language {
    match analysed.language {
        language if language.stemmer().is_some() => language,
        _ => dateline_corpus::Language::ENGLISH,
    }
}
