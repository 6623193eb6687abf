//! Chooses the format of a file by its name and its first bytes.

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Plain text, one article.
    Text,
    /// Markdown with or without front matter, one article.
    Markdown,
    /// One JSON object a line, strictly.
    JsonLines,
    /// One JSON object a line, or a single one over many lines.
    Json,
}

/// Beginnings of files that are no text, and what they are.
const BINARY: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1F\x8B", "compressed with gzip"),
    (b"\x28\xB5\x2F\xFD", "compressed with zstd"),
    (b"BZh", "compressed with bzip2"),
    (b"\xFD7zXZ", "compressed with xz"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\xFF\xFE", "UTF-16 text; convert it to UTF-8"),
    (b"\xFE\xFF", "UTF-16 text; convert it to UTF-8"),
];

/// Formats of news that are told by their extension and not read as what they look like, text.
const UNREAD: &[(&[&str], &str)] = &[
    (&["html", "htm", "xhtml"], "HTML"),
    (&["xml", "rss", "atom", "rdf", "nitf", "newsml"], "XML"),
    (&["csv", "tsv"], "a table"),
    (&["warc", "arc"], "a web archive"),
    (&["eml", "mbox"], "e-mail"),
];

/// The format of a file, or why it cannot be read.
pub(crate) fn choose(path: &str, head: &[u8]) -> Result<Format, String> {
    if let Some((_, what)) = BINARY.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(format!("not a text: {what}"));
    }
    let extension = path
        .rsplit(['/', std::path::MAIN_SEPARATOR])
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .unwrap_or_default();
    if let Some((_, what)) = UNREAD
        .iter()
        .find(|(names, _)| names.contains(&extension.as_str()))
    {
        return Err(format!(
            "{what} is not read yet; convert it to text or JSON Lines"
        ));
    }
    match extension.as_str() {
        "jsonl" | "ndjson" => Ok(Format::JsonLines),
        "json" => Ok(Format::Json),
        "md" | "markdown" => Ok(Format::Markdown),
        "txt" | "text" => Ok(Format::Text),
        _ => sniff(head),
    }
}

/// The format of a file whose name does not tell.
fn sniff(head: &[u8]) -> Result<Format, String> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let first = head.trim_ascii_start();
    if first.starts_with(b"{") || first.starts_with(b"[{") {
        return Ok(Format::Json);
    }
    if head.starts_with(b"---\n") || head.starts_with(b"---\r\n") {
        return Ok(Format::Markdown);
    }
    let start = first[..first.len().min(16)].to_ascii_lowercase();
    if [&b"<!doctype"[..], b"<html", b"<?xml", b"<rss", b"<feed"]
        .iter()
        .any(|tag| start.starts_with(tag))
    {
        return Err("HTML or XML is not read yet; convert it to text or JSON Lines".into());
    }
    Ok(Format::Text)
}
