//! Finds the articles in which a word or a phrase stands, and scores them.
//!
//! A word of a query is found by several terms of the index (see
//! [`dateline_corpus::analysis::terms`]), which [`postings`] makes one again. [`word`] and
//! [`phrase`] are tantivy queries over such words; [`fields`] lets either stand in title or body.

#[expect(dead_code, reason = "planned to by the query language")]
pub(crate) mod expr;
#[expect(dead_code, reason = "planned to by the query language")]
pub(crate) mod text;

mod fields;
mod phrase;
mod postings;
mod word;

pub(crate) use phrase::PhraseQuery;
pub(crate) use word::WordQuery;

use dateline_corpus::Part;
use tantivy::Term;
use tantivy::schema::Field;

/// A word of the query as terms of the index.
#[derive(Debug, Clone)]
pub(crate) struct WordTerms {
    /// The terms of the word and its inflections.
    pub(crate) stemmed: Vec<String>,
    /// The terms of exactly this form.
    pub(crate) exact: Vec<String>,
}

/// Where words are looked for and what raises their score.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The parts of the article that count, with their fields.
    pub(crate) parts: Vec<(Part, Field)>,
    /// Facet terms of the entities whose name the text is; only raise the score.
    pub(crate) entities: Vec<Term>,
    /// The term that finds all articles.
    pub(crate) articles: Term,
}

fn explain(
    what: &'static str,
    mut scorer: Box<dyn tantivy::query::Scorer>,
    doc: tantivy::DocId,
) -> tantivy::Result<tantivy::query::Explanation> {
    use tantivy::DocSet as _;
    if scorer.doc() > doc || scorer.seek(doc) != doc {
        let problem = format!("document {doc} does not match");
        return Err(tantivy::TantivyError::InvalidArgument(problem));
    }
    let score = scorer.score();
    Ok(tantivy::query::Explanation::new(what, score))
}
