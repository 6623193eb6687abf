//! What stops a search for input as a whole. Input that is merely bad is an [`crate::Item::Skip`].

use std::path::PathBuf;

/// A path that was asked for cannot be looked into.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The path does not exist, or a folder on the way to it may not be entered.
    #[error("cannot read {}: {source}; check the path", path.display())]
    Unreachable {
        /// The path as it was given.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
}
