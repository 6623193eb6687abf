//! The tantivy writer, made durable. Every error ends the run: a writer that failed is dropped,
//! never used again, because what it holds is unknown from then on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_corpus::schema::Fields;
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::document::Document;
use tantivy::{Directory, Index, IndexWriter, TantivyDocument, TantivyError, Term};

use crate::IndexError;
use crate::known::Known;

/// Writes to an index that no other process can write to meanwhile.
pub(crate) struct Engine {
    writer: IndexWriter<Queued>,
    index: Index,
    fields: Fields,
    dir: PathBuf,
    /// Whether there is anything to commit.
    changed: bool,
}

/// A document on its way into tantivy, whose queue is bounded by number only: what it holds on to
/// is released when tantivy takes the document, and so bounds the queue in bytes.
pub(crate) struct Queued {
    document: TantivyDocument,
    held: Option<Arc<dyn Send + Sync>>,
}

/// Threads in which tantivy builds postings.
const WRITER_THREADS: usize = 1;

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        drop(self.held);
        self.document
    }
}

impl Engine {
    /// Takes the writer's lock.
    ///
    /// # Errors
    /// [`IndexError::Busy`] when another process has it.
    pub(crate) fn open(
        dir: &Path,
        (index, fields): (Index, Fields),
        bytes: usize,
    ) -> Result<Engine, IndexError> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(WRITER_THREADS)
            .memory_budget_per_thread(bytes / WRITER_THREADS)
            .num_merge_threads(1)
            .build();
        let writer = index
            .writer_with_options(options)
            .map_err(IndexError::engine("write to", dir))?;
        // A run that broke off leaves files that no segment needs. They must go before anything
        // is written: tantivy numbers its files of deletes from the last commit on, so a second
        // attempt would find the name taken, and fail, for ever.
        writer
            .garbage_collect_files()
            .wait()
            .map_err(IndexError::engine("tidy", dir))?;
        Ok(Engine {
            writer,
            index,
            fields,
            dir: dir.to_owned(),
            changed: false,
        })
    }

    /// The fields of the index.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What the last commit left.
    pub(crate) fn known(&self) -> Result<Known, IndexError> {
        Known::open(&self.index, &self.fields).map_err(IndexError::engine("read", &self.dir))
    }

    pub(crate) fn delete(&mut self, term: Term) {
        self.changed = true;
        self.writer.delete_term(term);
    }

    pub(crate) fn add(
        &mut self,
        document: TantivyDocument,
        held: Option<Arc<dyn Send + Sync>>,
    ) -> Result<(), IndexError> {
        self.changed = true;
        if let Err(error) = self.writer.add_document(Queued { document, held }) {
            return Err(self.explain("write to", error));
        }
        Ok(())
    }

    /// Commits, and returns when the commit would survive a loss of power: tantivy syncs what
    /// `meta.json` names before it renames `meta.json` into place, but not the renaming.
    pub(crate) fn commit(&mut self) -> Result<(), IndexError> {
        if !std::mem::take(&mut self.changed) {
            return Ok(());
        }
        self.writer
            .commit()
            .map_err(IndexError::engine("commit to", &self.dir))?;
        self.sync()
    }

    /// Ends writing: waits for merges and leaves no file behind that no segment needs. In a hurry
    /// it does neither; the next run tidies up.
    pub(crate) fn finish(self, in_a_hurry: bool) -> Result<(), IndexError> {
        let Engine {
            writer, index, dir, ..
        } = self;
        if in_a_hurry {
            return Ok(());
        }
        writer
            .wait_merging_threads()
            .map_err(IndexError::engine("merge segments of", &dir))?;
        sync(&index, &dir)
    }

    fn sync(&self) -> Result<(), IndexError> {
        sync(&self.index, &self.dir)
    }

    /// tantivy says only that a thread failed; committing what is left tells why it did.
    fn explain(&mut self, action: &'static str, error: TantivyError) -> IndexError {
        let error = self.writer.prepare_commit().err().unwrap_or(error);
        IndexError::engine(action, &self.dir)(error)
    }
}

fn sync(index: &Index, dir: &Path) -> Result<(), IndexError> {
    index
        .directory()
        .sync_directory()
        .map_err(IndexError::engine("make durable", dir))
}
