//! Where counting an article's ordinals does not count its entries: an article that names a
//! person in two ways names one person, and a name may mean someone else in this article than in
//! others. Such articles are few; they are found once for each state of the index, so that
//! counting need not look for them.

use std::ops::Range;

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::NO_ENTRY;

/// What to add to the count of an entry when a document was counted by its ordinals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Correction {
    pub(super) doc: DocId,
    pub(super) entry: u32,
    pub(super) delta: i32,
    /// Whether the article has the entry because its name stands in the text.
    pub(super) stands: bool,
}

/// The ordinals whose entry has another ordinal of the segment, too.
pub(super) fn double_values(entries: &[u32]) -> Vec<bool> {
    let highest = entries.iter().filter(|&&entry| entry != NO_ENTRY).max();
    let mut ordinals = vec![0u32; highest.map_or(0, |&entry| entry as usize + 1)];
    for &entry in entries.iter().filter(|&&entry| entry != NO_ENTRY) {
        ordinals[entry as usize] += 1;
    }
    let doubled = |&entry: &u32| entry != NO_ENTRY && ordinals[entry as usize] > 1;
    entries.iter().map(doubled).collect()
}

/// The corrections of the documents that have a doubtful ordinal or an entry whose name stands in
/// their text, in the order of documents. `usual` is the entry of each ordinal, `reading` the
/// entry of an ordinal in a document, `stand` the entries whose names stand in documents, in the
/// order of documents.
pub(super) fn corrections(
    docs: Range<DocId>,
    column: Option<&StrColumn>,
    usual: &[u32],
    doubtful: &[bool],
    stand: &[(DocId, u32)],
    reading: impl Fn(DocId, u64) -> u32,
) -> Vec<Correction> {
    let mut corrections = Vec::new();
    if !doubtful.contains(&true) && stand.is_empty() {
        return corrections;
    }
    let (mut counted, mut meant) = (Vec::new(), Vec::new());
    let mut stand = stand;
    for doc in docs {
        let ordinals = || column.into_iter().flat_map(|column| column.term_ords(doc));
        let (standing, later) = stand.split_at(stand.partition_point(|(other, _)| *other <= doc));
        stand = later;
        let certain = !ordinals().any(|ordinal| doubtful[ordinal as usize]);
        if certain && standing.is_empty() {
            continue;
        }
        counted.clear();
        counted.extend(ordinals().map(|ordinal| usual[ordinal as usize]));
        meant.clear();
        meant.extend(ordinals().map(|ordinal| reading(doc, ordinal)));
        let recognised = meant.len();
        meant.extend(standing.iter().map(|(_, entry)| *entry));
        let only_stands = |entry: u32, meant: &[u32]| !meant[..recognised].contains(&entry);
        let standing: Vec<u32> = standing
            .iter()
            .map(|(_, entry)| *entry)
            .filter(|&entry| only_stands(entry, &meant))
            .collect();
        meant.sort_unstable();
        meant.dedup();
        let mut deltas: Vec<(u32, i32)> = meant.iter().map(|&entry| (entry, 1)).collect();
        deltas.extend(counted.iter().map(|&entry| (entry, -1)));
        deltas.sort_unstable();
        for same in deltas.chunk_by(|a, b| a.0 == b.0) {
            let delta = same.iter().map(|(_, delta)| delta).sum();
            let stands = standing.contains(&same[0].0);
            if (delta != 0 || stands) && same[0].0 != NO_ENTRY {
                corrections.push(Correction {
                    doc,
                    entry: same[0].0,
                    delta,
                    stands,
                });
            }
        }
    }
    corrections
}
