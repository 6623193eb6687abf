//! Checks that the files of an index are all there and hold what was written into them.

use std::path::{Path, PathBuf};

use dateline_corpus::schema;
use serde::Serialize;
use tantivy::Index;
use tantivy::SegmentMeta;
use tantivy::index::SegmentComponent;

use crate::IndexError;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Files that were checked: those that `meta.json` names.
    pub files: u64,
    /// Their size.
    pub bytes: u64,
    /// Files that do not hold what was written into them, relative to the index directory.
    pub damaged: Vec<PathBuf>,
    /// Files that are gone.
    pub missing: Vec<PathBuf>,
}

impl Verification {
    /// Nothing is damaged or missing.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.missing.is_empty()
    }
}

/// Checks the checksum of every file that `meta.json` names.
///
/// # Errors
/// When there is no index, or `meta.json` itself cannot be used.
pub fn verify(dir: &Path) -> Result<Verification, IndexError> {
    let (index, _) = schema::open(dir)?;
    let segments = index
        .searchable_segment_metas()
        .map_err(IndexError::engine("list the files of", dir))?;
    let mut paths: Vec<PathBuf> = segments.iter().flat_map(files).collect();
    paths.sort_unstable();
    let mut verification = Verification::default();
    for path in paths {
        match dir.join(&path).metadata() {
            Ok(metadata) => {
                verification.files += 1;
                verification.bytes += metadata.len();
                if !is_sound(&index, &path) {
                    verification.damaged.push(path);
                }
            }
            Err(_) => verification.missing.push(path),
        }
    }
    Ok(verification)
}

/// The files of a segment. tantivy's own `validate_checksum` passes over missing ones.
fn files(segment: &SegmentMeta) -> Vec<PathBuf> {
    let mut components = vec![
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::Terms,
        SegmentComponent::FieldNorms,
        SegmentComponent::FastFields,
        SegmentComponent::Store,
    ];
    if segment.has_deletes() {
        components.push(SegmentComponent::Delete);
    }
    components
        .into_iter()
        .map(|component| segment.relative_path(component))
        .collect()
}

/// A file whose footer cannot even be read is as damaged as one with a wrong checksum.
fn is_sound(index: &Index, path: &Path) -> bool {
    index.directory().validate_checksum(path).unwrap_or(false)
}
