//! The formats that can be read, and which one an input is in: by its first bytes, then by the
//! extension of its name. Reads nothing itself.

mod sniff;

pub(crate) use sniff::recognise;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one article.
    Text,
    /// Markdown with or without front matter, one article.
    Markdown,
    /// A JSON object, a list of them, or an object that holds the list; objects may follow each
    /// other.
    Json,
    /// One JSON object a line, strictly.
    JsonLines,
    /// A table with a header: values parted by commas, semicolons, tabs or bars.
    Csv,
    /// RSS, RDF or Atom.
    Feed,
    /// JSON Feed.
    JsonFeed,
    /// An HTML page.
    Html,
    /// A WARC web archive.
    Warc,
    /// An ARC web archive.
    Arc,
    /// One e-mail.
    Email,
    /// A mailbox.
    Mbox,
    /// The News Industry Text Format.
    Nitf,
    /// NewsML 1.
    NewsMl,
    /// NewsML-G2.
    NewsMlG2,
    /// The IPTC's news in JSON.
    Ninjs,
    /// IPTC 7901 or ANPA 1312.
    Iptc7901,
    /// Compressed with gzip.
    Gzip,
    /// Compressed with zstd.
    Zstd,
    /// Compressed with bzip2.
    Bzip2,
    /// Compressed with xz.
    Xz,
    /// A ZIP archive.
    Zip,
    /// A tar archive.
    Tar,
}

/// Names of formats as they are written on a command line, and extensions of their files, all in
/// lower case.
const NAMES: &[(Format, &str, &[&str])] = &[
    (Format::Text, "text", &["txt", "text"]),
    (Format::Markdown, "markdown", &["md", "markdown"]),
    (Format::Json, "json", &["json"]),
    (Format::JsonLines, "jsonl", &["jsonl", "ndjson"]),
    (Format::Csv, "csv", &["csv", "tsv", "tab"]),
    (Format::Feed, "feed", &["rss", "atom", "rdf"]),
    (Format::JsonFeed, "jsonfeed", &[]),
    (Format::Html, "html", &["html", "htm", "xhtml"]),
    (Format::Warc, "warc", &["warc"]),
    (Format::Arc, "arc", &["arc"]),
    (Format::Email, "eml", &["eml"]),
    (Format::Mbox, "mbox", &["mbox"]),
    (Format::Nitf, "nitf", &["nitf"]),
    (Format::NewsMl, "newsml", &["newsml"]),
    (Format::NewsMlG2, "newsmlg2", &[]),
    (Format::Ninjs, "ninjs", &[]),
    (Format::Iptc7901, "iptc7901", &["iptc", "anpa"]),
    (Format::Gzip, "gzip", &["gz", "tgz"]),
    (Format::Zstd, "zstd", &["zst", "tzst"]),
    (Format::Bzip2, "bzip2", &["bz2", "tbz2"]),
    (Format::Xz, "xz", &["xz", "txz"]),
    (Format::Zip, "zip", &["zip"]),
    (Format::Tar, "tar", &["tar"]),
];

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        NAMES.iter().map(|(format, ..)| *format)
    }

    /// Its name on a command line: `jsonl`.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find_map(|(format, name, _)| (*format == self).then_some(*name))
            .unwrap_or_default()
    }

    /// The format of that name, in lower case.
    pub fn from_name(name: &str) -> Option<Format> {
        NAMES
            .iter()
            .find_map(|(format, of, _)| (*of == name).then_some(*format))
    }

    /// Whether it is one that other formats are packed in.
    pub fn is_container(self) -> bool {
        self == Format::Tar || self == Format::Zip || self.is_compression()
    }

    /// Whether it is one that a single file is compressed in.
    pub(crate) fn is_compression(self) -> bool {
        matches!(
            self,
            Format::Gzip | Format::Zstd | Format::Bzip2 | Format::Xz
        )
    }

    /// The format of files with that extension, in lower case.
    fn from_extension(extension: &str) -> Option<Format> {
        NAMES
            .iter()
            .find_map(|(format, _, of)| of.contains(&extension).then_some(*format))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_known_by_its_name() {
        for format in Format::all() {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
    }
}
