//! What ends a run. Input that is merely bad is a skip of the summary.

use std::path::{Path, PathBuf};

use dateline_corpus::schema::OpenError;
use dateline_ingest::IngestError;
use tantivy::TantivyError;
use tantivy::directory::error::LockError;

/// Why an index could not be written or checked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index in the directory that can be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Another process is writing to the index.
    #[error(
        "another process is writing to the index in {}: try again when it is done",
        .dir.display()
    )]
    Busy {
        /// The index directory.
        dir: PathBuf,
    },
    /// The input cannot be listed.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// The index could not be read or written. It holds what the last commit left.
    #[error(
        "cannot {action} the index in {}: {source}; it holds what was committed before, \
         run the command again to go on",
        .dir.display()
    )]
    Engine {
        /// What was being done.
        action: &'static str,
        /// The index directory.
        dir: PathBuf,
        /// What tantivy says.
        source: TantivyError,
    },
}

impl IndexError {
    /// Wraps what tantivy says while `action` was being done; for use in `map_err`.
    pub(crate) fn engine<'a, E: Into<TantivyError>>(
        action: &'static str,
        dir: &'a Path,
    ) -> impl Fn(E) -> IndexError + use<'a, E> {
        move |source| match source.into() {
            TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Busy {
                dir: dir.to_owned(),
            },
            source => IndexError::Engine {
                action,
                dir: dir.to_owned(),
                source,
            },
        }
    }
}
