//! Looks at the best hits once more: those in which the words of the query stand close together
//! come first. What was found does not change.

use tantivy::{Score, Searcher};

use super::best::Ranked;
use crate::matching::Closeness;
use crate::rank::{self, Recency};

/// Raises the best of some hits, which are in order, by the closeness of words, and puts them in
/// order again. No hit behind them can pass one of them, because scores only rise.
///
/// # Errors
/// When the index cannot be read.
pub(crate) fn raise(
    hits: &mut [Ranked],
    closeness: &Closeness,
    recency: Option<Recency>,
    searcher: &Searcher,
) -> tantivy::Result<()> {
    let best = hits.len().min(rank::CLOSENESS_DEPTH);
    let hits = &mut hits[..best];
    hits.sort_unstable_by_key(|hit| hit.address);
    for of_segment in hits.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
        let reader = searcher.segment_reader(of_segment[0].address.segment_ord);
        let docs: Vec<_> = of_segment.iter().map(|hit| hit.address.doc_id).collect();
        let scores: Vec<Score> = closeness.scores(searcher, reader, &docs)?;
        for (hit, score) in of_segment.iter_mut().zip(scores) {
            let share = recency.map_or(1.0, |recency| recency.share(hit.published()));
            hit.score += score * share;
            hit.raised = true;
            hit.key.worth = rank::score_key(hit.score);
        }
    }
    hits.sort_unstable_by(|a, b| b.cmp(a));
    Ok(())
}
