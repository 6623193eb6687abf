//! What the tests of the indexer share: indexing a folder, and reading an index back.

use std::collections::BTreeMap;
use std::path::Path;

use dateline_corpus::schema::{self, DocumentKind, OpenError};
use dateline_corpus::{ArticleId, StoredArticle};
use dateline_indexer::{IndexOptions, Inputs, Summary, index};
use tantivy::TantivyDocument;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};

/// An article of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) title: String,
    pub(crate) authors: Vec<String>,
    pub(crate) path: String,
    pub(crate) record: Option<u64>,
}

pub(crate) fn publisher(id: &str) -> ArticleId {
    ArticleId::from_publisher(id)
}

pub(crate) fn index_folder(dir: &Path, folder: &Path, options: &IndexOptions) -> Summary {
    let inputs = Inputs {
        paths: vec![folder.to_owned()],
        stdin: None,
    };
    index(dir, inputs, options, &()).unwrap()
}

/// All articles of the index; each id once, or the test fails. None where there is no index.
pub(crate) fn articles(dir: &Path) -> BTreeMap<ArticleId, Standing> {
    let standing = |StoredArticle { article, .. }| Standing {
        title: article.title,
        authors: article.authors,
        path: article.origin.path,
        record: article.origin.record,
    };
    let stored = stored(dir).into_iter();
    stored.map(|(id, stored)| (id, standing(stored))).collect()
}

/// The same with all that is stored of them.
pub(crate) fn stored(dir: &Path) -> BTreeMap<ArticleId, StoredArticle> {
    let (index, fields) = match schema::open(dir) {
        Ok(index) => index,
        Err(OpenError::Missing(_)) => return BTreeMap::new(),
        Err(error) => panic!("{error}"),
    };
    let searcher = index.reader().unwrap().searcher();
    let articles = TermQuery::new(
        fields.kind_term(DocumentKind::Article),
        IndexRecordOption::Basic,
    );
    let mut found = BTreeMap::new();
    for address in searcher.search(&articles, &DocSetCollector).unwrap() {
        let document: TantivyDocument = searcher.doc(address).unwrap();
        let stored = document.get_first(fields.article).unwrap();
        let stored: StoredArticle = serde_json::from_str(stored.as_str().unwrap()).unwrap();
        assert_eq!(found.insert(stored.article.id, stored), None);
    }
    found
}
