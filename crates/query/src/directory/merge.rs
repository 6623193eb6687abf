//! Walks the sorted dictionaries of all segments side by side, so that a value that several
//! segments have is looked at once. What the values mean is not known here.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;

use tantivy::columnar::StrColumn;

/// Calls `found` for each distinct value of the columns, in the order of their bytes, with the
/// segments that have it and its ordinals there.
pub(super) fn merge(
    columns: &[Option<StrColumn>],
    mut found: impl FnMut(&[u8], &[(usize, u64)]),
) -> io::Result<()> {
    let mut streams = Vec::new();
    for (segment, column) in columns.iter().enumerate() {
        if let Some(column) = column {
            streams.push((segment, column.dictionary().stream()?));
        }
    }
    // The next value of each stream; the smallest is at the top.
    let mut heads = BinaryHeap::new();
    for (at, (_, stream)) in streams.iter_mut().enumerate() {
        if stream.advance() {
            heads.push(Reverse((stream.key().to_vec(), at)));
        }
    }
    let mut value = Vec::new();
    let mut places = Vec::new();
    while let Some(Reverse((smallest, _))) = heads.peek() {
        value.clone_from(smallest);
        places.clear();
        while let Some(mut head) = heads.peek_mut()
            && head.0.0 == value
        {
            let at = head.0.1;
            let (segment, stream) = &mut streams[at];
            places.push((*segment, stream.term_ord()));
            if stream.advance() {
                head.0.0.clear();
                head.0.0.extend_from_slice(stream.key());
            } else {
                std::collections::binary_heap::PeekMut::pop(head);
            }
        }
        found(&value, &places);
    }
    Ok(())
}
