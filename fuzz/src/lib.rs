//! What the targets share: how inputs are read and what must hold of the items, which the tests of
//! the readers have too; how items compare; how text is encoded.

use dateline_ingest::Item;
use encoding_rs::Encoding;

#[path = "../../crates/ingest/tests/invariants/mod.rs"]
mod invariants;

pub use invariants::{check, check_date, is_packed, options};

/// Titles and bodies of the articles, and reasons of the skips: what must be the same however the
/// same content is packed or encoded.
pub fn texts(items: &[Item]) -> Vec<(String, String)> {
    let text = |item: &Item| match item {
        Item::Article(article) => (article.title.clone(), article.body.clone()),
        Item::Skip(skip) => (String::new(), skip.reason.clone()),
    };
    items.iter().map(text).collect()
}

/// How many items are articles.
pub fn articles(items: &[Item]) -> usize {
    items
        .iter()
        .filter(|item| matches!(item, Item::Article(_)))
        .count()
}

/// The bytes of a text in an encoding, where it has all of its characters.
pub fn encode(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    if encoding == encoding_rs::UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == encoding_rs::UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, has_unmappable) = encoding.encode(text);
    (!has_unmappable).then(|| bytes.into_owned())
}
