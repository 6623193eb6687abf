//! Stable, fixed-size identity of articles and of their content.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Identity of an article: 128 bits of BLAKE3 over the publisher's id or URL, or over the
/// article's origin when it has neither. Shown as 32 lower-case hexadecimal digits.
///
/// A hash, so that no publisher's id is too long or too strange to be found again; 128 bits,
/// so that a collision is out of the question for any number of articles a disk can hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId([u8; 16]);

impl ArticleId {
    /// The id of the article that its publisher calls `id` (an id, GUID or URL).
    pub fn from_publisher(id: &str) -> ArticleId {
        ArticleId::hash("publisher", id.trim(), None)
    }

    /// The id of an article without a publisher's id: record `record` of the file `path`.
    pub fn from_origin(path: &str, record: Option<u64>) -> ArticleId {
        ArticleId::hash("origin", path, record)
    }

    /// The id of an article that was piped in: nothing but its text identifies it.
    pub fn from_content(title: &str, body: &str) -> ArticleId {
        ArticleId::hash("content", &format!("{title}\0{body}"), None)
    }

    fn hash(namespace: &str, text: &str, record: Option<u64>) -> ArticleId {
        let mut hasher = blake3::Hasher::new();
        hasher.update(namespace.as_bytes()).update(&[0]);
        hasher.update(text.as_bytes());
        if let Some(record) = record {
            hasher.update(&[0]).update(&record.to_le_bytes());
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        ArticleId(bytes)
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no article id: an id is 32 hexadecimal digits")]
pub struct ArticleIdError(String);

impl FromStr for ArticleId {
    type Err = ArticleIdError;

    fn from_str(text: &str) -> Result<ArticleId, ArticleIdError> {
        let error = || ArticleIdError(text.to_owned());
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(error());
        }
        let mut bytes = [0; 16];
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| error())?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| error())?;
        }
        Ok(ArticleId(bytes))
    }
}

impl Serialize for ArticleId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ArticleId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<ArticleId, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// 64 bits of BLAKE3 that tell whether content changed: of an article's fields, or of a file.
///
/// 64 bits suffice because a hash is only ever compared with the one other value that stood
/// under the same id or path before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash(pub u64);

impl ContentHash {
    /// The hash of a file's bytes.
    pub fn of_bytes(bytes: &[u8]) -> ContentHash {
        ContentHash::from_hash(blake3::hash(bytes))
    }

    /// The hash of everything an article says, and of where it was read: an article that moved
    /// within its file is written again, so that its origin stays true.
    pub fn of_article(article: &crate::Article) -> ContentHash {
        // Serialising an article cannot fail: it holds strings, numbers and lists of them. In one
        // piece, because BLAKE3 is slow on the small pieces that a serialiser writes.
        ContentHash::of_bytes(&serde_json::to_vec(article).unwrap_or_default())
    }

    /// The first 64 bits of a hash that was computed piece by piece.
    pub fn from_hash(hash: blake3::Hash) -> ContentHash {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash.as_bytes()[..8]);
        ContentHash(u64::from_le_bytes(bytes))
    }
}
