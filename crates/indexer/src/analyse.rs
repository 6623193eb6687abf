//! The middle stage: articles that changed become documents, in several threads at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use dateline_corpus::schema::{Fields, record_document};
use dateline_corpus::{Analyser, Article, ArticleId, ContentHash, Flaw, Record};
use dateline_entities::{Extractor, place_dateline, resolve, source_country};
use dateline_ingest::{Skip, in_order_of_source};
use tantivy::TantivyDocument;

use crate::known::{Known, Standing};
use crate::read::{Event, Outcome};

/// What the middle stage hands on, in the order in which it was read.
pub(crate) enum Result {
    /// The article stood in the index as it is when the run began.
    Same {
        article: Box<Article>,
        standing: Standing,
    },
    /// It did not.
    Differs {
        document: Box<Document>,
        standing: Option<Standing>,
    },
    /// There is no article.
    Skip(Skip),
    /// There is one, and it brought out a fault of ours.
    Fault(Skip),
    /// So many more were skipped, which are not listed.
    Unlisted(u64),
    /// All of a file was handed on.
    End(Arc<str>, Outcome),
}

/// An article ready to be written.
pub(crate) struct Document {
    pub(crate) id: ArticleId,
    pub(crate) path: String,
    pub(crate) content: ContentHash,
    pub(crate) flaws: Vec<Flaw>,
    /// Size of title and body.
    pub(crate) text_bytes: u64,
    pub(crate) fields: TantivyDocument,
}

/// Analyses and annotates. One per thread.
pub(crate) struct Analysis<'a> {
    known: &'a Known,
    fields: &'a Fields,
    analyser: Analyser,
    extractor: Extractor,
}

impl<'a> Analysis<'a> {
    pub(crate) fn new(known: &'a Known, fields: &'a Fields) -> Analysis<'a> {
        Analysis {
            known,
            fields,
            analyser: Analyser::new(),
            extractor: Extractor::new(),
        }
    }

    /// Does what the middle stage does with one event.
    pub(crate) fn event(&mut self, event: Event) -> tantivy::Result<Result> {
        let mut article = match event {
            Event::Article(article) => article,
            Event::Skip(skip) => return Ok(Result::Skip(skip)),
            Event::Unlisted(records) => return Ok(Result::Unlisted(records)),
            Event::End(path, outcome) => return Ok(Result::End(path, outcome)),
        };
        // Before the article is compared with what stands in the index, which has it.
        place_dateline(&mut article);
        let standing = self.known.article(article.id)?;
        match standing {
            Some(standing) if standing.content == ContentHash::of_article(&article) => {
                Ok(Result::Same { article, standing })
            }
            standing => Ok(match self.document(*article) {
                Ok(document) => Result::Differs {
                    document: Box::new(document),
                    standing,
                },
                Err(skip) => Result::Fault(skip),
            }),
        }
    }

    /// Analyses and annotates an article.
    ///
    /// # Errors
    /// A skip when that panics: one article that brings out a mistake of ours must not cost the
    /// user all others.
    pub(crate) fn document(&mut self, article: Article) -> std::result::Result<Document, Skip> {
        let origin = article.origin.clone();
        catch_unwind(AssertUnwindSafe(|| self.annotate(article))).map_err(|_| {
            self.analyser = Analyser::new();
            self.extractor = Extractor::new();
            Skip {
                path: origin.path,
                entry: origin.entry,
                record: origin.record,
                reason: "brought out a fault in Dateline: please report it with this article"
                    .to_owned(),
                ..Skip::default()
            }
        })
    }

    fn annotate(&mut self, article: Article) -> Document {
        let analysed = self.analyser.analyse(&article);
        let mentions = self.extractor.extract(&analysed);
        let entities = resolve(&analysed, mentions);
        let source_country = source_country(&article);
        let mut record = Record::new(article.clone(), &analysed, entities, source_country);
        // What other articles show is no change of this one.
        if let Some(as_read) = as_read(&article) {
            record.content = ContentHash::of_article(&as_read);
        }
        Document {
            id: article.id,
            content: record.content,
            flaws: article.flaws,
            text_bytes: (article.title.len() + article.body.len()) as u64,
            path: article.origin.path,
            fields: record_document(&record, self.fields)
                .expect("no value of a record is one that JSON cannot hold"),
        }
    }
}

/// The article without what other articles have to say of its date; `None` when they say nothing.
fn as_read(article: &Article) -> Option<Article> {
    let published = article.published.as_ref()?;
    published.doubt.as_ref()?.shown?;
    Some(Article {
        published: Some(in_order_of_source(published, None)),
        ..article.clone()
    })
}
