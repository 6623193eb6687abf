//! Leaves out the lines that stand among the article's and are none of it: headline and byline,
//! links to other articles, calls to subscribe.

use std::collections::HashMap;

use super::lines::{Line, ends_sentence};
use super::phrases::{begins_comments, begins_other, is_of_site};
use super::tag::Tag;
use super::tree::{Id, Tree};
use crate::metadata;
use crate::paragraphs::squeeze;

/// A line that is mostly links is a sentence of the article when it is at least so long …
const LINKED_SENTENCE_CHARS_MIN: usize = 60;
/// … and no more than this share of it is links, in per cent.
const LINKED_SENTENCE_PERCENT_MAX: usize = 90;

/// The text of the article, given the lines of the element that holds it.
pub(crate) fn clean(
    tree: &Tree,
    lines: &[Line],
    title: Option<&str>,
    description: Option<&str>,
) -> String {
    let cleaning = Cleaning::new(tree, lines, title, description);
    let mut kept: Vec<&Line> = Vec::new();
    // Behind the last line of a section that is left out.
    let mut resume = cleaning.start;
    for (at, line) in lines.iter().enumerate().skip(cleaning.start) {
        if let Some(heading) = cleaning.heading(line) {
            if begins_comments(&line.text) && kept.iter().any(|line| line.is_prose) {
                break;
            }
            if begins_other(&line.text) {
                resume = resume.max(cleaning.section_end(lines, at));
            }
            // A heading with nothing below it belonged to what was left out.
            if kept.last().is_some_and(|last| {
                last.block != line.block && cleaning.heading(last) == Some(heading)
            }) {
                kept.pop();
            }
        }
        if at >= resume && !cleaning.is_other(at, line) {
            kept.push(line);
        }
    }
    while kept
        .pop_if(|last| cleaning.heading(last).is_some() || metadata::is_publishing(&last.text))
        .is_some()
    {}
    // What stands between headline and text was read already.
    let publishing = kept
        .iter()
        .take_while(|line| metadata::is_publishing(&line.text));
    let head = publishing.count();
    kept.drain(..head);
    let texts: Vec<&str> = kept.iter().map(|line| line.text.as_str()).collect();
    texts.join("\n")
}

struct Cleaning<'a> {
    tree: &'a Tree,
    title: Option<String>,
    description: Option<String>,
    /// The first line behind the headline.
    start: usize,
    /// The first line of prose that is no heading.
    first: usize,
    /// The element in which most of the prose stands.
    main: Id,
    /// Whether the article's own headings are links, as in lists of products.
    headings_are_links: bool,
}

impl<'a> Cleaning<'a> {
    fn new(
        tree: &'a Tree,
        lines: &[Line],
        title: Option<&str>,
        description: Option<&str>,
    ) -> Cleaning<'a> {
        let title = title.map(squeeze);
        let is_heading = |line: &&Line| tree.tag(line.block).is_some_and(Tag::is_heading);
        let headline = lines.iter().position(|line| {
            tree.tag(line.block) == Some(Tag::H1)
                || is_heading(&line) && title.as_deref() == Some(line.text.as_str())
        });
        let headings = lines.iter().filter(is_heading).count();
        let linked = lines
            .iter()
            .filter(is_heading)
            .filter(|line| line.is_link())
            .count();
        let described =
            description.map(|text| squeeze(text.trim_end_matches(['.', '…', ' ', '[', ']'])));
        Cleaning {
            tree,
            title,
            description: described.filter(|text| !text.is_empty()),
            // One in the second half is the headline of another article.
            start: headline
                .filter(|at| *at < lines.len() / 2)
                .map_or(0, |at| at + 1),
            first: lines
                .iter()
                .position(|line| line.is_prose && !is_heading(&line))
                .unwrap_or_default(),
            main: main_parent(tree, lines),
            headings_are_links: linked >= 3 && linked * 2 > headings,
        }
    }

    /// The rank of the heading that a line is.
    fn heading(&self, line: &Line) -> Option<Tag> {
        self.tree.tag(line.block).filter(|tag| tag.is_heading())
    }

    /// Where the section of a heading ends: with the element it stands in, unless that is the
    /// article itself; then with the next heading of its rank.
    fn section_end(&self, lines: &[Line], at: usize) -> usize {
        let around = self.tree.parent(lines[at].block);
        let within = |line: &Line| self.tree.subtree(around).contains(&line.node);
        let rank = self.heading(&lines[at]);
        let holds_article = self.tree.subtree(around).contains(&self.main);
        let ends = |line: &Line| match holds_article {
            true => self
                .heading(line)
                .is_some_and(|heading| Some(heading) <= rank),
            false => !within(line),
        };
        let rest = &lines[at + 1..];
        at + 1 + rest.iter().position(ends).unwrap_or(rest.len())
    }

    fn is_other(&self, at: usize, line: &Line) -> bool {
        let is_heading = self.heading(line).is_some();
        self.title.as_deref() == Some(line.text.as_str())
            || at < self.first && (is_heading || metadata::is_publishing(&line.text))
            || at <= self.first && self.is_summary(line)
            || is_of_site(&line.text)
            || line.is_link() && !self.may_be_link(line)
    }

    /// Whether a line that is mostly links may be of the article all the same.
    fn may_be_link(&self, line: &Line) -> bool {
        let is_heading = self.heading(line).is_some();
        is_heading && self.headings_are_links || self.is_quoted(line) || is_linked_sentence(line)
    }

    /// Whether a line above the text is the summary that the metadata has as well.
    fn is_summary(&self, line: &Line) -> bool {
        let repeats = |text: &String| {
            line.text.starts_with(text.as_str())
                || text.starts_with(line.text.trim_end_matches('.'))
        };
        self.tree.parent(line.block) != self.main && self.description.as_ref().is_some_and(repeats)
    }

    fn is_quoted(&self, line: &Line) -> bool {
        let is_quote = |id| self.tree.tag(id) == Some(Tag::BLOCKQUOTE);
        self.tree.ancestors(line.node).any(is_quote)
    }
}

fn is_linked_sentence(line: &Line) -> bool {
    line.chars >= LINKED_SENTENCE_CHARS_MIN
        && line.linked * 100 < line.chars * LINKED_SENTENCE_PERCENT_MAX
        && ends_sentence(&line.text)
}

/// The element right above most of the prose.
fn main_parent(tree: &Tree, lines: &[Line]) -> Id {
    let mut chars: HashMap<Id, usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.is_prose) {
        *chars.entry(tree.parent(line.block)).or_default() += line.chars;
    }
    let most = chars.into_iter().max_by_key(|(id, chars)| (*chars, *id));
    most.map_or(0, |(id, _)| id)
}
