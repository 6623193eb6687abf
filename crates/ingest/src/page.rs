//! HTML pages: finds the article in a page, and what the page says about it.
//!
//! The way of a page: it becomes a tree (`tree`), its metadata is read (`meta`, `linked`), what
//! is named as something else is left out (`prune`, `names`), the rest is broken into lines
//! (`lines`), the element whose lines are worth most is the article (`content`), and what in it
//! is none is left out (`clean`, `phrases`).

mod clean;
mod content;
mod lines;
mod linked;
mod meta;
mod names;
mod phrases;
mod prune;
mod tag;
mod tree;

use crate::draft::Draft;
use crate::encoding;
use crate::html;
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;
use meta::Facts;
pub(crate) use tree::{Id, Tree};

/// A page declares its encoding within so many bytes; browsers look at 1,024.
const DECLARATION_BYTES_MAX: usize = 4 << 10;
/// The text that JSON-LD has counts when it is so many times longer than what the page shows: a
/// page that shows less shows the beginning only.
const LINKED_TIMES_MIN: usize = 2;

/// Reads a page: one article.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    Ok(match input.whole(bytes_max)? {
        Some(bytes) => match draft_of_bytes(&bytes, None, None) {
            Ok(draft) => output.draft(None, draft),
            Err(reason) => output.skip(None, reason),
        },
        None => output.skip(
            None,
            format!("the page is longer than the {bytes_max} bytes that are read"),
        ),
    })
}

/// The article of a page that was fetched from `url`, in the encoding that its server declared,
/// as far as they are known; else why there is none.
pub(crate) fn draft_of_bytes(
    bytes: &[u8],
    declared: Option<&str>,
    url: Option<&str>,
) -> Result<Draft, String> {
    let inner = declared_encoding(bytes);
    let decoded = encoding::decode(bytes, declared.or(inner.as_deref()));
    let draft = draft(&decoded.text, url)?;
    if draft.body.is_empty() {
        return Err("no text of an article was found on the page".into());
    }
    Ok(draft)
}

/// The text of a piece of HTML, one line a paragraph, without what no reader sees and without
/// lines in which the site speaks to its readers.
pub(crate) fn text_of(html: &str) -> String {
    let tree = Tree::parse(html);
    match tree.is_whole() {
        Ok(()) => text_below(&tree, 0),
        // Better with all that the site says than without the end of the article.
        Err(_) => html::to_text(html),
    }
}

/// The same of what stands below a node.
pub(crate) fn text_below(tree: &Tree, id: Id) -> String {
    let lines = content::visible(tree, id).0;
    let texts: Vec<&str> = lines
        .iter()
        .map(|line| line.text.as_str())
        .filter(|text| !phrases::is_of_site(text))
        .collect();
    texts.join("\n")
}

/// The encoding that `<meta charset>` or its older form declares.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES_MAX)];
    let head = head.to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")?;
    let value = head[at + "charset=".len()..].trim_ascii_start();
    let value = value
        .strip_prefix(b"\"")
        .or(value.strip_prefix(b"'"))
        .unwrap_or(value);
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
    let end = value
        .iter()
        .position(|byte| !is_label(byte))
        .unwrap_or(value.len());
    String::from_utf8(value[..end].to_vec()).ok()
}

/// The article of a page that was fetched from `url`, if that is known.
fn draft(html: &str, url: Option<&str>) -> Result<Draft, String> {
    let tree = Tree::parse(html);
    tree.is_whole()?;
    let facts = Facts::of(&tree);
    let (visible, dropped) = content::visible(&tree, 0);
    let mut draft = Draft::default();
    facts.fill(&tree, &visible, url, &mut draft);
    let (title, description) = (draft.title.as_deref(), facts.description());
    let shown = content::article(&tree, &visible, dropped, title, description.as_deref());
    let linked = facts.body().unwrap_or_default();
    draft.body = match linked.len() > shown.len() * LINKED_TIMES_MIN {
        true => linked,
        false => shown,
    };
    Ok(draft)
}

#[cfg(test)]
mod tests;
