//! What reading yields: an article, or the reason why there is none.

use dateline_corpus::Article;
use serde::Serialize;

/// One record of the input.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// It is an article.
    Article(Box<Article>),
    /// It is none, and why.
    Skip(Skip),
}

/// A file or record that yielded no article. Skips are counted and listed, never swallowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skip {
    /// Path of the file as it is shown to the user; `-` for standard input.
    pub path: String,
    /// 1-based number of the record (line) in the file; `None` when the whole file is meant.
    pub record: Option<u64>,
    /// What was wrong, in plain words.
    pub reason: String,
}
