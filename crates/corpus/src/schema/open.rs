//! Creates and opens an index directory, and tells what is wrong with one that is none.

use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings};

use super::{FORMAT_FIELD_PREFIX, Fields, register_tokenizers, schema};
use crate::FORMAT_VERSION;

/// The file that makes a directory a tantivy index.
const META_FILE: &str = "meta.json";
/// The file that tantivy lists the index's files in.
const MANAGED_FILE: &str = ".managed.json";
/// Size of the blocks the stored articles are compressed in. An article takes some 8 KiB, so a
/// block holds a handful: larger ones compress little better and make every hit slower to show.
const DOCSTORE_BLOCK_BYTES: usize = 64 * 1024;

/// Why an index directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no directory, or no index in it.
    #[error("there is no index in {}: build one with `dateline index PATH…`", .0.display())]
    Missing(PathBuf),
    /// An index would be created among files of something else.
    #[error(
        "{} holds other files and no index: choose an empty or new directory for the index",
        .0.display()
    )]
    Occupied(PathBuf),
    /// The file that names all others is gone.
    #[error(
        "the index in {} has lost its {META_FILE}: delete the directory and build it anew",
        .0.display()
    )]
    Beheaded(PathBuf),
    /// The index is not one of Dateline's.
    #[error("the index in {} was not made by Dateline", .0.display())]
    Foreign(PathBuf),
    /// The index is of another format version.
    #[error(
        "the index in {} has format version {found}, this Dateline reads and writes \
         version {FORMAT_VERSION}: build it anew",
        .dir.display()
    )]
    Version {
        /// The index directory.
        dir: PathBuf,
        /// The version it carries.
        found: String,
    },
    /// The directory cannot be read or written.
    #[error("cannot use the index directory {}: {source}", .dir.display())]
    Io {
        /// The index directory.
        dir: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// tantivy refuses the index.
    #[error("the index in {} is damaged, delete it and build it anew: {source}", .dir.display())]
    Damaged {
        /// The index directory.
        dir: PathBuf,
        /// What tantivy says.
        source: tantivy::TantivyError,
    },
}

/// Opens the index in `dir`.
///
/// # Errors
/// When there is none, or none that this version can use; see [`OpenError`].
pub fn open(dir: &Path) -> Result<(Index, Fields), OpenError> {
    if !dir.join(META_FILE).is_file() {
        return Err(OpenError::Missing(dir.to_owned()));
    }
    let index = Index::open_in_dir(dir).map_err(|source| OpenError::Damaged {
        dir: dir.to_owned(),
        source,
    })?;
    let (schema, fields) = schema();
    if index.schema() != schema {
        let found = index.schema();
        let version = found
            .fields()
            .find_map(|(_, entry)| entry.name().strip_prefix(FORMAT_FIELD_PREFIX));
        return Err(match version {
            Some(version) => OpenError::Version {
                dir: dir.to_owned(),
                found: version.to_owned(),
            },
            None => OpenError::Foreign(dir.to_owned()),
        });
    }
    register_tokenizers(&index);
    Ok((index, fields))
}

/// Opens the index in `dir`, or creates it there when the directory is missing or empty but for
/// a README and hidden files.
///
/// # Errors
/// See [`OpenError`].
pub fn open_or_create(dir: &Path) -> Result<(Index, Fields), OpenError> {
    if dir.join(META_FILE).is_file() {
        return open(dir);
    }
    if dir.join(MANAGED_FILE).is_file() {
        return Err(OpenError::Beheaded(dir.to_owned()));
    }
    let io = |source| OpenError::Io {
        dir: dir.to_owned(),
        source,
    };
    std::fs::create_dir_all(dir).map_err(io)?;
    for entry in std::fs::read_dir(dir).map_err(io)? {
        let name = entry.map_err(io)?.file_name();
        if name != "README.md" && !name.as_encoded_bytes().starts_with(b".") {
            return Err(OpenError::Occupied(dir.to_owned()));
        }
    }
    let damaged = |source| OpenError::Damaged {
        dir: dir.to_owned(),
        source,
    };
    let (schema, fields) = schema();
    let directory = MmapDirectory::open(dir).map_err(|error| damaged(error.into()))?;
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor::default()),
        docstore_blocksize: DOCSTORE_BLOCK_BYTES,
        ..IndexSettings::default()
    };
    let index = Index::create(directory, schema, settings).map_err(damaged)?;
    register_tokenizers(&index);
    Ok((index, fields))
}
