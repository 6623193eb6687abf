//! What reading yields: an article, or the reason why there is none.

use dateline_corpus::Article;
use serde::{Deserialize, Serialize};

/// One record of the input.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// It is an article.
    Article(Box<Article>),
    /// It is none, and why.
    Skip(Skip),
}

/// A file or record that yielded no article. Skips are counted and listed, never swallowed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// Path of the file as it is shown to the user; `-` for standard input.
    pub path: String,
    /// The path inside the archive that `path` is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// 1-based number of the record (line, item) in the file or entry; `None` when the whole is
    /// meant.
    pub record: Option<u64>,
    /// Where in the file or entry reading went wrong, in bytes from its start as unpacked; given
    /// where records have no numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// What was wrong, in plain words.
    pub reason: String,
}

impl Skip {
    /// The skip of a whole file.
    pub fn file(path: impl Into<String>, reason: impl Into<String>) -> Skip {
        Skip {
            path: path.into(),
            reason: reason.into(),
            ..Skip::default()
        }
    }
}
