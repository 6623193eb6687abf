//! Finds the files below the paths a user names. Opens none of them.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{FileType, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use crate::{IngestError, Skip};

/// The file that lists, in the syntax of `.gitignore`, what of its folder is not read.
pub const IGNORE_FILE: &str = ".datelineignore";

/// A regular file, not opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Absolute and free of symbolic links: the identity of the file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Its modification time in nanoseconds since 1970; 0 where the system does not tell.
    pub modified_ns: i64,
}

/// What lies below the paths that were named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Sorted by path, each file once however many ways lead to it.
    pub files: Vec<FoundFile>,
    /// What is no regular file or cannot be reached.
    pub skips: Vec<Skip>,
    /// The files and folders that were named, canonical, sorted, each once.
    pub roots: Vec<PathBuf>,
}

/// Finds all regular files among `paths` and, for folders, below them.
///
/// Hidden files and folders are left out unless named themselves, and so is what an
/// [`IGNORE_FILE`] excludes; `.gitignore` and its kin have no say. Symbolic links are followed.
/// FIFOs, sockets and devices are skips: opening one could block for ever.
///
/// # Errors
/// A path that does not exist or cannot be reached.
pub fn find(paths: &[PathBuf]) -> Result<Found, IngestError> {
    let mut found = Found::default();
    for path in paths {
        let unreachable = |source| IngestError::Unreachable {
            path: path.clone(),
            source,
        };
        let root = path.canonicalize().map_err(unreachable)?;
        let metadata = root.metadata().map_err(unreachable)?;
        if metadata.is_dir() {
            walk(&root, &mut found);
        } else {
            found.add(root.clone(), &metadata);
        }
        found.roots.push(root);
    }
    found.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found.files.dedup_by(|a, b| a.path == b.path);
    found
        .skips
        .sort_unstable_by(|a, b| (&a.path, &a.reason).cmp(&(&b.path, &b.reason)));
    found.skips.dedup();
    found.roots.sort_unstable();
    found.roots.dedup();
    Ok(found)
}

/// The path as text: the name under which articles and skips are filed. Bytes that are no UTF-8
/// become `\xNN`, so that such files keep names of their own.
pub fn path_name(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            name.push_str(&format!("\\x{byte:02X}"));
        }
    }
    name
}

impl Found {
    fn add(&mut self, path: PathBuf, metadata: &Metadata) {
        if !metadata.is_file() {
            let reason = format!("{}, not a file", kind(metadata.file_type()));
            return self.skip(&path, reason);
        }
        let modified = metadata.modified().ok();
        let modified_ns = modified
            .and_then(|time| match time.duration_since(UNIX_EPOCH) {
                Ok(after) => i64::try_from(after.as_nanos()).ok(),
                Err(before) => i64::try_from(before.duration().as_nanos())
                    .ok()
                    .map(|ns| -ns),
            })
            .unwrap_or(0);
        self.files.push(FoundFile {
            path,
            bytes: metadata.len(),
            modified_ns,
        });
    }

    fn skip(&mut self, path: &Path, reason: String) {
        self.skips.push(Skip {
            path: path_name(path),
            record: None,
            reason,
        });
    }
}

fn walk(root: &Path, found: &mut Found) {
    // Links are resolved folder by folder: a canonical path for every single file would cost a
    // system call per path component.
    let mut canonical: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
    let entries = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .add_custom_ignore_filename(IGNORE_FILE)
        .build();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let (path, reason) = explain(root, &error);
                found.skip(&path, reason);
                continue;
            }
        };
        if let Some(error) = entry.error() {
            let (path, reason) = explain(entry.path(), error);
            found.skip(&path, reason);
        }
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            continue;
        }
        match entry.metadata() {
            Ok(metadata) => {
                if let Some(path) = resolve(entry.path(), entry.path_is_symlink(), &mut canonical) {
                    found.add(path, &metadata);
                }
            }
            Err(error) => {
                let (path, reason) = explain(entry.path(), &error);
                found.skip(&path, reason);
            }
        }
    }
}

/// The canonical form of `path`, whose folders are resolved only once each. `None` when it
/// vanished while the folder was walked.
fn resolve(
    path: &Path,
    is_symlink: bool,
    canonical: &mut HashMap<PathBuf, Option<PathBuf>>,
) -> Option<PathBuf> {
    let (Some(parent), Some(name), false) = (path.parent(), path.file_name(), is_symlink) else {
        return path.canonicalize().ok();
    };
    let name: &OsStr = name;
    if let Some(known) = canonical.get(parent) {
        return known.as_ref().map(|parent| parent.join(name));
    }
    let resolved = parent.canonicalize().ok();
    canonical.insert(parent.to_owned(), resolved.clone());
    resolved.map(|parent| parent.join(name))
}

/// The path an error of the walk is about, and what was wrong in plain words.
fn explain(path: &Path, error: &ignore::Error) -> (PathBuf, String) {
    match error {
        ignore::Error::WithPath { path, err } => explain(path, err),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            explain(path, err)
        }
        ignore::Error::Loop { child, ancestor } => (
            child.clone(),
            format!(
                "a symbolic link back to its own folder {}",
                ancestor.display()
            ),
        ),
        ignore::Error::Io(error) => (path.to_owned(), reason_of(error)),
        other => (path.to_owned(), other.to_string()),
    }
}

/// What the operating system said, without the number that only its programmers know.
pub(crate) fn reason_of(error: &std::io::Error) -> String {
    // The walk wraps the error of the system into one that repeats the path.
    let mut root: &dyn std::error::Error = error;
    while let Some(source) = root.source() {
        root = source;
    }
    let text = root.to_string();
    let plain = text.split(" (os error").next().unwrap_or(&text);
    format!("cannot be read: {}", plain.to_lowercase())
}

#[cfg(unix)]
fn kind(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a FIFO"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "a device"
    } else {
        "something special"
    }
}

#[cfg(not(unix))]
fn kind(_: FileType) -> &'static str {
    "something special"
}
