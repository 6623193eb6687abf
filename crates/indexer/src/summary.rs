//! What a run of indexing did.

use std::collections::BTreeMap;

use dateline_corpus::Flaw;
use dateline_ingest::Skip;
use serde::Serialize;

/// The outcome of a run. Every input record is counted exactly once: as added, updated,
/// unchanged, skipped or unlisted. Removed articles are those that were in the index and left it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Articles that were not in the index.
    pub added: u64,
    /// Articles that were in the index with other content.
    pub updated: u64,
    /// Articles that were in the index as they are.
    pub unchanged: u64,
    /// Articles that left the index because their file, or their record in it, is gone.
    pub removed: u64,
    /// What yielded no article, and why; of a file with very many, the first.
    pub skipped: Vec<Skip>,
    /// How many more yielded none.
    pub unlisted: u64,
    /// Of those that were added or updated, how many have each flaw.
    pub flawed: BTreeMap<Flaw, u64>,
    /// Whether it was stopped before all was read.
    pub stopped: bool,
    /// Wall time of the run.
    pub seconds: f64,
    /// Bytes that were read.
    pub bytes: u64,
}
