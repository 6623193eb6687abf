//! Looks at the best hits once more: those in which the words of the query stand close together
//! come first. What was found does not change.

use tantivy::{Score, Searcher};

use super::best::Ranked;
use crate::matching::{Closeness, WeighedCloseness};
use crate::rank::{self, Recency};

/// Hits that are looked at first, to know what the others would have to reach.
const FIRST: usize = 32;
/// Sums of scores are exact to far less than this.
const ROUNDING: Score = 1.0001;

/// Raises the best of some hits, which are in order, by the closeness of words, and puts them in
/// order again, so that the first `wanted` stand where they belong. No hit behind the best can
/// pass one of them, because scores only rise.
///
/// # Errors
/// When the index cannot be read.
pub(crate) fn raise(
    hits: &mut [Ranked],
    wanted: usize,
    closeness: &Closeness,
    recency: Option<Recency>,
    searcher: &Searcher,
) -> tantivy::Result<()> {
    let raising = Raising {
        closeness: closeness.weighed(searcher)?,
        recency,
        searcher,
    };
    let best = hits.len().min(rank::CLOSENESS_DEPTH);
    let hits = &mut hits[..best];
    let (first, rest) = hits.split_at_mut(best.min(wanted.max(FIRST)));
    raising.raise(first)?;
    first.sort_unstable_by(|a, b| b.cmp(a));
    if let Some(last) = first.get(wanted.saturating_sub(1)) {
        // What cannot reach the last that is wanted stays where it is, which is behind it.
        let worth = last.key.worth;
        let mut reaching = 0;
        for at in 0..rest.len() {
            if raising.worth_max(&rest[at]) >= worth {
                rest.swap(reaching, at);
                reaching += 1;
            }
        }
        raising.raise(&mut rest[..reaching])?;
    }
    hits.sort_unstable_by(|a, b| b.cmp(a));
    Ok(())
}

struct Raising<'a> {
    closeness: WeighedCloseness<'a>,
    recency: Option<Recency>,
    searcher: &'a Searcher,
}

impl Raising<'_> {
    fn raise(&self, hits: &mut [Ranked]) -> tantivy::Result<()> {
        hits.sort_unstable_by_key(|hit| hit.address);
        for of_segment in hits.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
            let segment = of_segment[0].address.segment_ord;
            let reader = self.searcher.segment_reader(segment);
            let docs: Vec<_> = of_segment.iter().map(|hit| hit.address.doc_id).collect();
            let scores: Vec<Score> = self.closeness.scores(reader, &docs)?;
            for (hit, score) in of_segment.iter_mut().zip(scores) {
                hit.score += score * self.share(hit);
                hit.raised = true;
                hit.key.worth = rank::score_key(hit.score);
            }
        }
        Ok(())
    }

    /// What a hit that was not raised is worth at most when it is.
    fn worth_max(&self, hit: &Ranked) -> i64 {
        let share = self.share(hit);
        // Without a share nothing is added.
        let score = if share > 0.0 { hit.score / share } else { 0.0 };
        let most = hit.score + self.closeness.at_most(score) * share;
        // What rounding may have taken off.
        rank::score_key(most * ROUNDING) + 1
    }

    /// What a hit keeps of its score.
    fn share(&self, hit: &Ranked) -> Score {
        let recency = self.recency;
        recency.map_or(1.0, |recency| recency.share(hit.published()))
    }
}
