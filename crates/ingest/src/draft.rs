//! An article in the making: what a reader found, before titles are derived, dates decided and
//! ids given. All formats meet here.

use std::borrow::Cow;

use dateline_corpus::{Article, ArticleId, Language, Origin};

use crate::dateline::{Dateline, dateline};
use crate::paragraphs::squeeze;
use crate::published::{Claim, Evidence, decide};
use crate::{Provenance, ReadOptions};

/// What a reader found.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub title: Option<String>,
    /// Paragraphs parted by `\n`.
    pub body: String,
    /// What says when it was published, the most trusted first.
    pub claims: Vec<Claim>,
    pub source: Option<String>,
    /// The outlet that a line of a plain text names. Counts only where neither `source` nor `url`
    /// says one.
    pub source_line: Option<String>,
    pub url: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    pub section: Option<String>,
    /// The publisher's id.
    pub id: Option<String>,
    /// Characters that stand in place of bytes that mean nothing in the encoding of the record.
    pub replaced: u32,
}

/// A longer text is a book or a concatenation, not an article; also what bounds memory when
/// articles wait in queues.
pub(crate) const TEXT_BYTES_MAX: usize = 4 << 20;
/// Values that become facets are names; longer ones are cut.
const FACET_CHARS_MAX: usize = 300;
/// More authors than any article names; a longer list is data in the wrong field.
const AUTHORS_MAX: usize = 50;
/// The length of a headline: derived titles are cut at a word to at most this.
const DERIVED_CHARS_MAX: usize = 100;
/// What readers and browsers agree to support; longer addresses are data, not addresses.
const URL_BYTES_MAX: usize = 8_000;

impl Draft {
    /// The article, or why there is none. `entry` is the path inside the archive that it comes
    /// from, if it does.
    pub(crate) fn finish(
        self,
        from: Provenance<'_>,
        entry: Option<&str>,
        record: Option<u64>,
        options: &ReadOptions,
    ) -> Result<Article, String> {
        let place = match entry {
            Some(entry) => Cow::Owned(format!("{}/{entry}", from.path)),
            None => Cow::Borrowed(from.path),
        };
        let given = self
            .title
            .as_deref()
            .map(squeeze)
            .filter(|title| !title.is_empty());
        let body = self.body;
        let bytes = body.len() + given.as_ref().map_or(0, String::len);
        if bytes > TEXT_BYTES_MAX {
            return Err(format!(
                "the article has {bytes} bytes of text; at most {TEXT_BYTES_MAX} are read"
            ));
        }
        let opening = dateline(body.lines().next().unwrap_or_default());
        let title_derived = given.is_none();
        let title = given
            .or_else(|| derive(&body, opening.as_ref()))
            .ok_or(NO_TEXT)?;
        let url = self.url.filter(|url| url.len() <= URL_BYTES_MAX);
        let published = decide(
            &self.claims,
            Evidence {
                title: if title_derived { "" } else { &title },
                body: &body,
                url: url.as_deref(),
                dateline: opening.as_ref(),
                order: options.date_order,
            },
        );
        let host = url.as_deref().and_then(host);
        let source = self.source.as_deref().and_then(facet);
        let id = identify(
            self.id.as_deref(),
            url.as_deref(),
            [source.as_deref(), host],
            &place,
        )
        .unwrap_or_else(|| match from.path {
            "-" => ArticleId::from_content(&title, &body),
            _ => ArticleId::from_origin(&place, record),
        });
        let line = self.source_line.filter(|_| host.is_none());
        let source = source
            .or_else(|| facet(&line?))
            .or_else(|| facet(options.source.as_deref()?))
            .or_else(|| facet(host?));
        Ok(Article {
            id,
            title,
            title_derived,
            body,
            published,
            source,
            url,
            site: None,
            agency: None,
            dateline: None,
            flaws: Vec::new(),
            replaced_characters: 0,
            authors: self
                .authors
                .iter()
                .filter_map(|author| facet(author))
                .take(AUTHORS_MAX)
                .collect(),
            language: self.language.as_deref().and_then(Language::from_tag),
            section: self.section.as_deref().and_then(facet),
            origin: Origin {
                path: from.path.to_owned(),
                record,
            },
        })
    }
}

const NO_TEXT: &str = "the article has no text";

/// The id that the publisher gives: its id, else the URL.
///
/// Ids without a scheme (`17`, `2026:17`, `cdp-20260415-0102`) are unique for their publisher only: two
/// outlets that count their articles must not overwrite each other's. They are told apart by the
/// source as the record names it, else by the host of the URL, else by the file.
fn identify(
    id: Option<&str>,
    url: Option<&str>,
    outlet: [Option<&str>; 2],
    path: &str,
) -> Option<ArticleId> {
    let id = id.map(str::trim).filter(|id| !id.is_empty());
    match id {
        Some(id) if has_scheme(id) => Some(ArticleId::from_publisher(id)),
        Some(id) => {
            let outlet = outlet.into_iter().flatten().next().unwrap_or(path);
            Some(ArticleId::from_publisher(&format!("{outlet}#{id}")))
        }
        None => url.map(ArticleId::from_publisher),
    }
}

/// Whether `id` is an address or a name in a registry, and so the same for every outlet.
fn has_scheme(id: &str) -> bool {
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    };
    id.split_once(':').is_some_and(|(scheme, rest)| {
        ["urn", "tag"]
            .iter()
            .any(|name| scheme.eq_ignore_ascii_case(name))
            || rest.starts_with("//") && is_scheme(scheme)
    })
}

/// The beginning of the first sentence after the dateline.
fn derive(body: &str, opening: Option<&Dateline>) -> Option<String> {
    let first = body.lines().next()?;
    let lead = match opening {
        Some(dateline) if dateline.end < first.len() => &first[dateline.end..],
        // The dateline is a line of its own.
        Some(_) => body.lines().nth(1).unwrap_or(first),
        None => first,
    };
    let lead = lead.trim();
    let sentence = &lead[..sentence_end(lead)];
    if sentence.chars().nth(DERIVED_CHARS_MAX).is_none() {
        return Some(sentence.to_owned());
    }
    // The ellipsis takes the place of a character.
    let (cut, _) = sentence.char_indices().nth(DERIVED_CHARS_MAX - 1)?;
    let word = match sentence[cut..].starts_with(char::is_whitespace) {
        true => cut,
        false => sentence[..cut].rfind(char::is_whitespace).unwrap_or(cut),
    };
    let stem = sentence[..word].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let stem = if stem.is_empty() {
        &sentence[..cut]
    } else {
        stem
    };
    Some(format!("{stem}…"))
}

/// Where the first sentence of a paragraph ends, if within [`DERIVED_CHARS_MAX`], else the end of
/// the paragraph. Errs on the long side: what is too long is cut.
fn sentence_end(text: &str) -> usize {
    let end = text.char_indices().nth(DERIVED_CHARS_MAX);
    let near = &text[..end.map_or(text.len(), |(at, _)| at)];
    for (at, stop) in near.match_indices(['.', '!', '?', '…']) {
        let after = text[at + stop.len()..].trim_start_matches(['"', '”', '»', '’', '\'', ')']);
        if !after.starts_with(char::is_whitespace) {
            continue;
        }
        let word = text[..at]
            .rsplit(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default();
        // Initials and abbreviations: `U.S.`, `Dr.`, `Gov.`
        let is_short = stop == "." && (word.contains('.') || word.chars().count() <= 3);
        let opens = after
            .trim_start()
            .chars()
            .next()
            .is_none_or(|c| !c.is_lowercase());
        if !is_short && opens {
            return text.len() - after.len();
        }
    }
    text.len()
}

/// A name fit to be counted: white space collapsed, cut to [`FACET_CHARS_MAX`].
fn facet(value: &str) -> Option<String> {
    let mut value = squeeze(value);
    if let Some((end, _)) = value.char_indices().nth(FACET_CHARS_MAX) {
        value.truncate(end);
    }
    (!value.is_empty()).then_some(value)
}

/// The host of a URL, without `www.`
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}
