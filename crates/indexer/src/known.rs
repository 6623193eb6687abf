//! What the index held when a run began: the articles by id and by file, and the files by path.
//! Reads columns and postings; stored articles only where an id cannot be had otherwise.

use std::io;
use std::sync::Arc;

use dateline_corpus::schema::{DateEvidence, DocumentKind, Fields};
use dateline_corpus::{Article, ArticleId, ContentHash, FileStamp, StoredArticle};
use dateline_ingest::Skip;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use tantivy::columnar::{Column, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, DocId, DocSet, Index, InvertedIndexReader, ReloadPolicy, Searcher, SegmentReader,
    TERMINATED, TantivyDocument, TantivyError, Term,
};

/// A view of the last commit.
pub(crate) struct Known {
    searcher: Searcher,
    fields: Fields,
    segments: Vec<Segment>,
}

/// What is asked of a segment again and again.
struct Segment {
    ids: Arc<InvertedIndexReader>,
    content: Option<Column<u64>>,
    paths: Option<StrColumn>,
}

/// An article that stands in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) address: DocAddress,
    pub(crate) content: ContentHash,
}

/// A file that the index knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct KnownFile {
    /// `None` when articles of it were committed before it was read to its end.
    pub(crate) stamp: Option<FileStamp>,
    /// The articles of it that stand in the index.
    pub(crate) standing: u64,
}

impl KnownFile {
    /// Articles were read from it that do not stand in the index.
    pub(crate) fn is_shadowed(&self) -> bool {
        self.stamp
            .is_some_and(|stamp| stamp.articles > self.standing)
    }
}

impl Known {
    pub(crate) fn open(index: &Index, fields: &Fields) -> tantivy::Result<Known> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let schema = index.schema();
        let segments = searcher
            .segment_readers()
            .iter()
            .map(|segment| {
                let columns = segment.fast_fields();
                Ok(Segment {
                    ids: segment.inverted_index(fields.id)?,
                    content: columns.column_opt(schema.get_field_name(fields.content))?,
                    paths: columns.str(schema.get_field_name(fields.path))?,
                })
            })
            .collect::<tantivy::Result<_>>()?;
        Ok(Known {
            searcher,
            fields: *fields,
            segments,
        })
    }

    /// The article of this id.
    pub(crate) fn article(&self, id: ArticleId) -> tantivy::Result<Option<Standing>> {
        if self.segments.is_empty() {
            return Ok(None);
        }
        let term = self.fields.id_term(id);
        for (ord, segment) in self.segments.iter().enumerate() {
            let reader = self.searcher.segment_reader(ord as u32);
            let Some(doc) = alive(reader, &segment.ids, &term)?.next() else {
                continue;
            };
            let content = segment
                .content
                .as_ref()
                .and_then(|column| column.first(doc));
            return Ok(Some(Standing {
                address: DocAddress::new(ord as u32, doc),
                content: ContentHash(content.unwrap_or_default()),
            }));
        }
        Ok(None)
    }

    /// The path of the file that an article was read from.
    pub(crate) fn path(&self, address: DocAddress) -> tantivy::Result<String> {
        let mut path = String::new();
        if let Some(paths) = &self.segments[address.segment_ord as usize].paths
            && let Some(ord) = paths.ords().first(address.doc_id)
        {
            paths.ord_to_str(ord, &mut path)?;
        }
        Ok(path)
    }

    /// The articles of a file.
    pub(crate) fn articles_of(&self, path: &str) -> tantivy::Result<Vec<DocAddress>> {
        let term = self.fields.path_term(path);
        let mut found = Vec::new();
        for (ord, reader) in self.searcher.segment_readers().iter().enumerate() {
            let postings = reader.inverted_index(self.fields.path)?;
            let docs = alive(reader, &postings, &term)?;
            found.extend(docs.map(|doc| DocAddress::new(ord as u32, doc)));
        }
        Ok(found)
    }

    /// The id of an article, from what is stored of it.
    pub(crate) fn id(&self, address: DocAddress) -> tantivy::Result<ArticleId> {
        #[derive(Deserialize)]
        struct Identified {
            id: ArticleId,
        }
        let document: TantivyDocument = self.searcher.doc(address)?;
        let stored = document
            .get_first(self.fields.article)
            .and_then(|value| value.as_str())
            .unwrap_or_default();
        let article = serde_json::from_str(stored);
        article
            .map(|article: Identified| article.id)
            .map_err(|error| damaged(address, &error))
    }

    /// What articles show or leave open of the order of day and month, each with its source.
    pub(crate) fn date_evidence(&self) -> tantivy::Result<Vec<(DocAddress, String, DateEvidence)>> {
        let schema = self.searcher.schema();
        let mut found = Vec::new();
        for (ord, reader) in self.searcher.segment_readers().iter().enumerate() {
            let columns = reader.fast_fields();
            let name = schema.get_field_name(self.fields.date_evidence);
            let sources = columns.str(schema.get_field_name(self.fields.facets.source))?;
            let (Some(codes), Some(sources)) = (columns.column_opt::<u64>(name)?, sources) else {
                continue;
            };
            let names = values(&sources)?;
            for doc in reader.doc_ids_alive() {
                let evidence = codes.first(doc).and_then(DateEvidence::from_code);
                if let (Some(evidence), Some(source)) = (evidence, sources.ords().first(doc)) {
                    let address = DocAddress::new(ord as u32, doc);
                    found.push((address, names[source as usize].clone(), evidence));
                }
            }
        }
        Ok(found)
    }

    /// The stored article at this place, as it was read and settled.
    pub(crate) fn stored(&self, address: DocAddress) -> tantivy::Result<Article> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let stored = document.get_first(self.fields.article);
        let stored = stored.and_then(|value| value.as_str()).unwrap_or_default();
        serde_json::from_str(stored)
            .map(|stored: StoredArticle| stored.article)
            .map_err(|error| damaged(address, &error))
    }

    /// What was skipped of a file when it was read.
    pub(crate) fn skips(&self, path: &str) -> tantivy::Result<Vec<Skip>> {
        let term = self.fields.file_term(path);
        for (ord, reader) in self.searcher.segment_readers().iter().enumerate() {
            let postings = reader.inverted_index(self.fields.file)?;
            let Some(doc) = alive(reader, &postings, &term)?.next() else {
                continue;
            };
            let address = DocAddress::new(ord as u32, doc);
            let document: TantivyDocument = self.searcher.doc(address)?;
            let Some(stored) = document.get_first(self.fields.file_skips) else {
                break;
            };
            let skips = serde_json::from_str(stored.as_str().unwrap_or_default());
            return skips.map_err(|error| damaged(address, &error));
        }
        Ok(Vec::new())
    }

    /// All files that the index knows, by path.
    pub(crate) fn files(&self) -> tantivy::Result<FxHashMap<String, KnownFile>> {
        let mut files: FxHashMap<String, KnownFile> = FxHashMap::default();
        for (reader, segment) in self.searcher.segment_readers().iter().zip(&self.segments) {
            self.add_stamps(reader, &mut files)?;
            let Some(paths) = &segment.paths else {
                continue;
            };
            let mut counts = vec![0u64; paths.num_terms()];
            for doc in reader.doc_ids_alive() {
                if let Some(ord) = paths.ords().first(doc) {
                    counts[ord as usize] += 1;
                }
            }
            for (path, count) in values(paths)?.into_iter().zip(counts) {
                if count > 0 {
                    files.entry(path).or_default().standing += count;
                }
            }
        }
        Ok(files)
    }

    fn add_stamps(
        &self,
        reader: &SegmentReader,
        files: &mut FxHashMap<String, KnownFile>,
    ) -> tantivy::Result<()> {
        let schema = self.searcher.schema();
        let columns = reader.fast_fields();
        let number = |field| columns.column_opt::<u64>(schema.get_field_name(field));
        let fields = &self.fields;
        let (
            Some(paths),
            Some(bytes),
            Some(modified_ns),
            Some(hash),
            Some(articles),
            Some(skipped),
            Some(options),
        ) = (
            columns.str(schema.get_field_name(fields.file))?,
            number(fields.file_bytes)?,
            columns.column_opt::<i64>(schema.get_field_name(fields.file_modified_ns))?,
            number(fields.file_hash)?,
            number(fields.file_articles)?,
            number(fields.file_skipped)?,
            number(fields.file_options)?,
        )
        else {
            return Ok(());
        };
        let mut values = values(&paths)?;
        let kinds = reader.inverted_index(fields.kind)?;
        for doc in alive(reader, &kinds, &fields.kind_term(DocumentKind::File))? {
            let Some(ord) = paths.ords().first(doc) else {
                continue;
            };
            // A file has one document.
            let path = std::mem::take(&mut values[ord as usize]);
            files.entry(path).or_default().stamp = Some(FileStamp {
                bytes: bytes.first(doc).unwrap_or_default(),
                modified_ns: modified_ns.first(doc).unwrap_or_default(),
                hash: ContentHash(hash.first(doc).unwrap_or_default()),
                articles: articles.first(doc).unwrap_or_default(),
                skipped: skipped.first(doc).unwrap_or_default(),
                options: options.first(doc).unwrap_or_default(),
            });
        }
        Ok(())
    }
}

/// What to say of a stored value that is not what was stored.
fn damaged(address: DocAddress, error: &serde_json::Error) -> TantivyError {
    DataCorruption::comment_only(format!("what is stored at {address:?}: {error}")).into()
}

/// All values of a column by their ordinals. To look up each by itself would unpack a block of
/// the dictionary for each.
fn values(column: &StrColumn) -> tantivy::Result<Vec<String>> {
    let mut values = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        values.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(values)
}

/// The documents of a segment that have a term and were not deleted.
fn alive<'a>(
    reader: &'a SegmentReader,
    postings: &InvertedIndexReader,
    term: &Term,
) -> Result<impl Iterator<Item = DocId> + 'a, TantivyError> {
    let mut postings = match postings.read_postings(term, IndexRecordOption::Basic) {
        Ok(postings) => postings,
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let mut fresh = true;
    let docs = std::iter::from_fn(move || {
        let postings = postings.as_mut()?;
        let doc = if std::mem::take(&mut fresh) {
            postings.doc()
        } else {
            postings.advance()
        };
        (doc != TERMINATED).then_some(doc)
    });
    Ok(docs.filter(|doc| !reader.is_deleted(*doc)))
}
