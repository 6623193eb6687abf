//! Takes articles out of an index by their ids.

use std::collections::BTreeSet;
use std::path::Path;

use dateline_corpus::{ArticleId, schema};

use crate::IndexError;
use crate::engine::Engine;

/// Deleting holds no postings in memory: the least that tantivy accepts does.
const WRITER_BYTES: usize = 15_000_000;

/// Removes articles and returns how many of them were in the index.
///
/// The files they came from are not touched: an article comes back when its file changes and is
/// indexed again.
///
/// # Errors
/// When there is no index, another process writes to it, or it cannot be written.
pub fn remove(dir: &Path, ids: &[ArticleId]) -> Result<u64, IndexError> {
    let mut engine = Engine::open(dir, schema::open(dir)?, WRITER_BYTES)?;
    let known = engine.known()?;
    let mut removed = 0;
    for &id in ids.iter().collect::<BTreeSet<_>>() {
        let standing = known
            .article(id)
            .map_err(IndexError::engine("look up articles in", dir))?;
        if standing.is_some() {
            engine.delete(engine.fields().id_term(id));
            removed += 1;
        }
    }
    // What is still read from cannot be tidied away.
    drop(known);
    if removed > 0 {
        engine.commit()?;
        engine.finish(false)?;
    }
    Ok(removed)
}
