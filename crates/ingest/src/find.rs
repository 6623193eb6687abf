//! Finds the files below the paths a user names. Opens none of them.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::fs::{FileType, Metadata};
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use crate::{IngestError, Skip};

/// The file that lists, in the syntax of `.gitignore`, what of its folder is not read.
pub const IGNORE_FILE: &str = ".datelineignore";

const HIDDEN: &str = "hidden; name it to read it";

/// A regular file, not opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Absolute and free of symbolic links: the identity of the file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Its modification time as [`modified_ns`] tells it.
    pub modified_ns: i64,
}

/// What lies below the paths that were named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Sorted by path, each file once however many ways lead to it.
    pub files: Vec<FoundFile>,
    /// What is hidden, is no regular file or cannot be reached.
    pub skips: Vec<Skip>,
    /// The files and folders that were named and exist, canonical, sorted, each once.
    pub roots: Vec<PathBuf>,
}

/// Finds all regular files among `paths` and, for folders, below them.
///
/// Hidden files and folders, whose names begin with a dot, are skips unless named themselves.
/// What an [`IGNORE_FILE`] excludes is left out without a skip; `.gitignore` and its kin have no
/// say. Symbolic links are followed. FIFOs, sockets and devices are skips: opening one could block for ever.
///
/// A path that does not exist or cannot be reached is a skip beside others that can.
///
/// # Errors
/// The first path, when none of them can be reached.
pub fn find(paths: &[PathBuf]) -> Result<Found, IngestError> {
    find_among(paths, None)
}

/// Finds what [`find`] finds at and below some places, and looks nowhere else: folders that do not
/// lead to one of them are not listed. Without places it finds everything.
///
/// # Errors
/// Those of [`find`].
pub fn find_among(paths: &[PathBuf], places: Option<&Arc<Places>>) -> Result<Found, IngestError> {
    let mut found = Found::default();
    let mut hidden = Vec::new();
    let mut unreachable = None;
    for path in paths {
        let reached = path
            .canonicalize()
            .and_then(|root| Ok((root.metadata()?, root)));
        match reached {
            Ok((metadata, root)) => {
                if metadata.is_dir() {
                    walk(&root, places, &mut found, &mut hidden);
                } else if places.is_none_or(|places| places.cover(&root)) {
                    found.add(root.clone(), &metadata);
                }
                found.roots.push(root);
            }
            Err(source) => {
                let reason = match source.kind() {
                    io::ErrorKind::NotFound => "no such file or folder".to_owned(),
                    _ => reason_of(&source),
                };
                found.skip(path, reason);
                unreachable.get_or_insert_with(|| IngestError::Unreachable {
                    path: path.clone(),
                    source,
                });
            }
        }
    }
    if let Some(error) = unreachable.filter(|_| found.roots.is_empty()) {
        return Err(error);
    }
    for path in hidden {
        let is_named = |path: PathBuf| found.roots.contains(&path);
        if !path.canonicalize().is_ok_and(is_named) {
            found.skip(&path, HIDDEN.to_owned());
        }
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

/// The modification time in nanoseconds since 1970, negative before; 0 where the system does not
/// tell, or tells a time more than 292 years from 1970.
pub fn modified_ns(metadata: &Metadata) -> i64 {
    let Ok(time) = metadata.modified() else {
        return 0;
    };
    let (duration, sign) = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => (after, 1),
        Err(before) => (before.duration(), -1),
    };
    i64::try_from(duration.as_nanos()).map_or(0, |ns| sign * ns)
}

/// The reason of a skip for a file that cannot be read: `cannot be read: permission denied`. It is
/// what the operating system said, without the number that only its programmers know.
pub fn reason_of(error: &io::Error) -> String {
    // The walk wraps the error of the system into one that repeats the path.
    let mut root: &dyn std::error::Error = error;
    while let Some(source) = root.source() {
        root = source;
    }
    let text = root.to_string();
    let plain = text.split(" (os error").next().unwrap_or(&text);
    format!("cannot be read: {}", plain.to_lowercase())
}

/// Files and folders, known by their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    // Paths sort by their components: what lies below a path follows it at once.
    paths: BTreeSet<PathBuf>,
}

impl Places {
    /// Whether `path` is one of them or lies below one.
    pub fn cover(&self, path: &Path) -> bool {
        path.ancestors().any(|place| self.paths.contains(place))
    }

    /// Whether one of them is `path` or lies below it.
    pub fn lie_below(&self, path: &Path) -> bool {
        let mut following = self
            .paths
            .range::<Path, _>((Bound::Included(path), Bound::Unbounded));
        following
            .next()
            .is_some_and(|place| place.starts_with(path))
    }
}

impl FromIterator<PathBuf> for Places {
    fn from_iter<T: IntoIterator<Item = PathBuf>>(paths: T) -> Places {
        Places {
            paths: paths.into_iter().collect(),
        }
    }
}

impl Found {
    fn add(&mut self, path: PathBuf, metadata: &Metadata) {
        if !metadata.is_file() {
            let reason = format!("{}, not a file", kind(metadata.file_type()));
            return self.skip(&path, reason);
        }
        self.files.push(FoundFile {
            path,
            bytes: metadata.len(),
            modified_ns: modified_ns(metadata),
        });
    }

    fn skip(&mut self, path: &Path, reason: String) {
        self.skips.push(Skip::file(path_name(path), reason));
    }
}

/// Adds what lies below `root` to `found`, and what is hidden there to `hidden`; with `places`,
/// only what lies there.
fn walk(root: &Path, places: Option<&Arc<Places>>, found: &mut Found, hidden: &mut Vec<PathBuf>) {
    // The walk drops hidden entries without a word; only its filter sees them, behind the ignore
    // files, and it must be free of borrows.
    let (sender, receiver) = mpsc::channel();
    // Links are resolved folder by folder: a canonical path for every single file would cost a
    // system call per path component.
    let mut canonical: HashMap<PathBuf, Result<PathBuf, String>> = HashMap::new();
    let places = places.cloned();
    let is_wanted = move |path: &Path| {
        let wanted = |places: &Arc<Places>| places.cover(path) || places.lie_below(path);
        places.as_ref().is_none_or(wanted)
    };
    let entries = WalkBuilder::new(root)
        .standard_filters(false)
        .follow_links(true)
        .add_custom_ignore_filename(IGNORE_FILE)
        .filter_entry(move |entry| {
            if !is_wanted(entry.path()) {
                return false;
            }
            let name = entry.file_name();
            let is_hidden = entry.depth() > 0 && name.as_encoded_bytes().starts_with(b".");
            if is_hidden && name != IGNORE_FILE {
                // The receiver outlives the walk.
                let _ = sender.send(entry.path().to_owned());
            }
            !is_hidden
        })
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
            Ok(metadata) => match resolve(entry.path(), entry.path_is_symlink(), &mut canonical) {
                Ok(path) => found.add(path, &metadata),
                Err(reason) => found.skip(entry.path(), reason),
            },
            Err(error) => {
                let (path, reason) = explain(entry.path(), &error);
                found.skip(&path, reason);
            }
        }
    }
    hidden.extend(receiver.try_iter());
}

/// The canonical form of `path`, whose folders are resolved only once each; else why there is
/// none: it vanished while the folder was walked, or is a link into what has no path.
fn resolve(
    path: &Path,
    is_symlink: bool,
    canonical: &mut HashMap<PathBuf, Result<PathBuf, String>>,
) -> Result<PathBuf, String> {
    let (Some(parent), Some(name), false) = (path.parent(), path.file_name(), is_symlink) else {
        return path.canonicalize().map_err(|error| reason_of(&error));
    };
    let name: &OsStr = name;
    if let Some(known) = canonical.get(parent) {
        let joined = known.as_ref().map(|parent| parent.join(name));
        return joined.map_err(String::clone);
    }
    let resolved = parent.canonicalize().map_err(|error| reason_of(&error));
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
