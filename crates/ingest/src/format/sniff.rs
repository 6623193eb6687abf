//! Recognises a format by the first bytes of an input and, where these leave it open, by the
//! extension of its name.

use encoding_rs::{Encoding, UTF_8};

use super::Format;
use crate::{csv, encoding, front_matter, iptc7901, ninjs};

/// Beginnings of files that are no news in any format, and what they are.
const REFUSED: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7FELF", "a program"),
    (b"7z\xBC\xAF", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
];
/// Beginnings of files that are packed or archives of the web.
const MAGIC: &[(&[u8], Format)] = &[
    (b"\x1F\x8B", Format::Gzip),
    (b"\x28\xB5\x2F\xFD", Format::Zstd),
    (b"\xFD7zXZ\0", Format::Xz),
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"WARC/", Format::Warc),
    (b"filedesc://", Format::Arc),
];
/// A tar archive says so here.
const TAR_MAGIC: (usize, &[u8]) = (257, b"ustar");
/// Behind `BZh` and a digit.
const BZIP2_BLOCK: &[u8] = b"1AY&SY";
const BZIP2_END: &[u8] = b"\x17rE8P\x90";
/// Elements at the root of XML that is news.
const ROOTS: &[(&str, Format)] = &[
    ("rss", Format::Feed),
    ("rdf", Format::Feed),
    ("feed", Format::Feed),
    ("entry", Format::Feed),
    ("channel", Format::Feed),
    ("html", Format::Html),
    ("nitf", Format::Nitf),
    ("newsml", Format::NewsMl),
    ("newsmessage", Format::NewsMlG2),
    ("newsitem", Format::NewsMlG2),
    ("packageitem", Format::NewsMlG2),
];
/// What a piece of HTML without a root begins with.
const HTML_STARTS: &[&str] = &[
    "head", "body", "div", "article", "p", "table", "h1", "meta", "title",
];
/// What names a version of JSON Feed, with its quote.
const JSON_FEEDS: &[&str] = &[
    "\"https://jsonfeed.org/version/",
    "\"http://jsonfeed.org/version/",
];
/// Fields that mail servers write; a text may begin with `Date:` and `Subject:` for itself.
const MAIL_FIELDS: &[&str] = &[
    "received:",
    "message-id:",
    "mime-version:",
    "return-path:",
    "delivered-to:",
    "dkim-signature:",
];

/// The format of an input, or why it cannot be read. `head` are its first bytes.
pub(crate) fn recognise(name: &str, head: &[u8]) -> Result<Format, String> {
    if let Some((_, what)) = REFUSED.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(format!("not a text: {what}"));
    }
    if let Some(format) = by_magic(head) {
        return Ok(format);
    }
    if iptc7901::is_message(head) {
        return Ok(Format::Iptc7901);
    }
    let extension = extension(name);
    let by_name = Format::from_extension(&extension).filter(|format| !format.is_container());
    let text = decoded(head);
    if let Some(format) = by_content(&text, by_name) {
        return format;
    }
    match by_name {
        // It does not begin like JSON, or the content would have told.
        Some(Format::Json | Format::JsonLines) if csv::is_table(&text) => Ok(Format::Csv),
        Some(format) => Ok(format),
        None if csv::is_table(&text) => Ok(Format::Csv),
        None if extension == "xml" => Err("not XML, whatever its name says".into()),
        None => Ok(Format::Text),
    }
}

/// The extension of a file name in lower case, without the dot.
fn extension(name: &str) -> String {
    name.rsplit(['/', std::path::MAIN_SEPARATOR])
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .unwrap_or_default()
}

fn by_magic(head: &[u8]) -> Option<Format> {
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(*format);
    }
    let (at, magic) = TAR_MAGIC;
    if head.get(at..).is_some_and(|rest| rest.starts_with(magic)) {
        return Some(Format::Tar);
    }
    let block = head.strip_prefix(b"BZh")?.get(1..)?;
    (block.starts_with(BZIP2_BLOCK) || block.starts_with(BZIP2_END)).then_some(Format::Bzip2)
}

/// The head as text, whatever its encoding; its last character may be broken.
fn decoded(head: &[u8]) -> String {
    let (encoding, mark) =
        Encoding::for_bom(head).unwrap_or_else(|| match encoding::utf_16(head) {
            Some(encoding) => (encoding, 0),
            // All other encodings have ASCII where formats show.
            None => (UTF_8, 0),
        });
    let (text, _) = encoding.decode_without_bom_handling(&head[mark..]);
    text.into_owned()
}

/// What the content shows for sure; an error when it shows that it is nothing that can be read.
fn by_content(text: &str, by_name: Option<Format>) -> Option<Result<Format, String>> {
    let start = text.trim_start();
    if start.starts_with('<') {
        return by_markup(start, by_name);
    }
    if is_json(start) {
        return Some(Ok(by_json(start, by_name)));
    }
    if is_mbox(text) {
        return Some(Ok(Format::Mbox));
    }
    if by_name != Some(Format::Mbox) && is_mail(text) {
        return Some(Ok(Format::Email));
    }
    let has_front_matter = front_matter::split(text).is_some_and(|(matter, _)| matter.has_fields());
    has_front_matter.then_some(Ok(Format::Markdown))
}

fn by_markup(start: &str, by_name: Option<Format>) -> Option<Result<Format, String>> {
    let is_xml = start.starts_with("<?xml");
    let root = root(start).unwrap_or_default();
    let local = root.rsplit(':').next().unwrap_or_default();
    let local = local.to_ascii_lowercase();
    if let Some((_, format)) = ROOTS.iter().find(|(name, _)| *name == local) {
        return Some(Ok(*format));
    }
    if is_xml && by_name.is_none_or(|format| format == Format::Feed) {
        return Some(Err(format!(
            "XML whose root <{root}> is of no format of news that is read"
        )));
    }
    let is_html = by_name.is_none() && HTML_STARTS.contains(&local.as_str());
    is_html.then_some(Ok(Format::Html))
}

/// The name of the first element, behind prolog, comments and document type.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let passed = if rest.starts_with('?') {
            rest.split_once("?>")?.1
        } else if let Some(comment) = rest.strip_prefix("!--") {
            comment.split_once("-->")?.1
        } else if let Some(declared) = rest.strip_prefix('!') {
            match after_document_type(declared) {
                Some(passed) => passed,
                // The head ends in it; it names the root.
                None => return declared.split_whitespace().nth(1),
            }
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
            return Some(&rest[..end.unwrap_or(rest.len())]);
        };
        rest = passed;
    }
}

/// What follows `!DOCTYPE name [ … ]>`.
fn after_document_type(declared: &str) -> Option<&str> {
    let end = declared.find(['>', '['])?;
    if declared[end..].starts_with('[') {
        let inside = &declared[end..];
        return inside
            .split_once(']')?
            .1
            .split_once('>')
            .map(|(_, rest)| rest);
    }
    Some(&declared[end + 1..])
}

/// Whether this is the beginning of JSON and not of a text in brackets.
fn is_json(start: &str) -> bool {
    let after = |open: char| start.strip_prefix(open).map(str::trim_start);
    // Names without quotes or in single ones are broken JSON, and still no text.
    let is_object = |rest: &str| {
        let name = rest.trim_start_matches(|c: char| c.is_alphanumeric() || "_$'".contains(c));
        rest.starts_with(['"', '}'])
            || name.len() < rest.len() && name.trim_start().starts_with(':')
    };
    let is_list = |rest: &str| {
        rest.starts_with(']')
            || rest
                .strip_prefix('{')
                .is_some_and(|rest| is_object(rest.trim_start()))
    };
    after('{').is_some_and(is_object) || after('[').is_some_and(is_list)
}

fn by_json(start: &str, by_name: Option<Format>) -> Format {
    match by_name {
        _ if start.starts_with('{') && is_json_feed(start) => Format::JsonFeed,
        _ if ninjs::is_ninjs(start) => Format::Ninjs,
        Some(Format::JsonLines) => Format::JsonLines,
        _ => Format::Json,
    }
}

/// Whether a field has the address of a version of JSON Feed for its value; a text may quote it.
fn is_json_feed(start: &str) -> bool {
    JSON_FEEDS.iter().any(|version| {
        start
            .match_indices(version)
            .any(|(at, _)| start[..at].trim_end().ends_with(':'))
    })
}

/// `From name@host date`, then the fields of a mail.
fn is_mbox(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else {
        return false;
    };
    let has_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    first.starts_with("From ")
        && first.split_whitespace().any(has_year)
        && rest.lines().next().is_some_and(is_mail_field)
}

fn is_mail(text: &str) -> bool {
    let mut has_server_field = false;
    for line in text.lines().take_while(|line| !line.is_empty()) {
        if !is_mail_field(line) && !line.starts_with([' ', '\t']) {
            return false;
        }
        let line = line.to_ascii_lowercase();
        has_server_field |= MAIL_FIELDS.iter().any(|field| line.starts_with(field));
    }
    has_server_field
}

/// `Name-Of-Field: value`.
fn is_mail_field(line: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b':')
    };
    line.split_once(':').is_some_and(|(name, _)| is_name(name))
}
