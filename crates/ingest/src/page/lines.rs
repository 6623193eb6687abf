//! The text of a page as lines, each with where it stands and how much of it is links.

use super::tag::Tag;
use super::tree::{Id, Tree};
use crate::paragraphs::squeeze_into;

/// Prose has at least so many characters in a line …
const PROSE_CHARS_MIN: usize = 80;
/// … or so many when the line ends as a sentence does. Shorter lines are labels.
const SENTENCE_CHARS_MIN: usize = 25;

/// A line as a browser would break it: between blocks and at `<br>`.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// The first text of it.
    pub node: Id,
    /// The innermost block that it stands in.
    pub block: Id,
    /// White space is collapsed; not empty.
    pub text: String,
    /// Length of the text in characters.
    pub chars: usize,
    /// How many of the characters are links.
    pub linked: usize,
    /// Whether it reads like a part of an article, and not like a label, menu or list of links.
    pub is_prose: bool,
}

impl Line {
    /// Whether more than half of it is links.
    pub(crate) fn is_link(&self) -> bool {
        self.linked * 2 > self.chars
    }
}

/// The lines below `root` without what is below `dropped` nodes.
pub(crate) fn lines(tree: &Tree, root: Id, dropped: &[bool]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut pending = Pending::default();
    let mut around = vec![Around::default(); tree.subtree(root).len()];
    let mut id = root;
    while id < tree.end(root) {
        let tag = tree.tag(id);
        if tag.is_some_and(|tag| tag.is_block() || tag == Tag::BR) {
            pending.end(&mut lines);
        }
        if dropped[id] {
            id = tree.end(id);
            continue;
        }
        if id > root {
            let parent = tree.parent(id);
            around[id - root] = around[parent - root].below(parent, tree.tag(parent));
        }
        let around = around[id - root];
        if let Some(text) = tree.text(id) {
            if pending.block != around.block {
                pending.end(&mut lines);
            }
            for (number, part) in text.split('\n').enumerate() {
                match around.is_preformatted {
                    true if number > 0 => pending.end(&mut lines),
                    _ => pending.push(id, " ", around),
                }
                pending.push(id, part, around);
            }
        }
        id += 1;
    }
    pending.end(&mut lines);
    mark_prose(&mut lines);
    lines
}

/// Whether a text ends as sentences do.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '»', '’', '\'', ')', ']', ' ']);
    text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', '۔', '؟'])
}

/// What a node stands in.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    block: Id,
    is_linked: bool,
    is_preformatted: bool,
}

impl Around {
    fn below(self, id: Id, tag: Option<Tag>) -> Around {
        Around {
            block: if tag.is_some_and(Tag::is_block) {
                id
            } else {
                self.block
            },
            is_linked: self.is_linked || tag == Some(Tag::A),
            is_preformatted: self.is_preformatted || tag == Some(Tag::PRE),
        }
    }
}

/// A line that may go on.
#[derive(Debug, Default)]
struct Pending {
    node: Option<Id>,
    block: Id,
    text: String,
    linked: usize,
}

impl Pending {
    fn push(&mut self, node: Id, text: &str, around: Around) {
        self.block = around.block;
        if self.node.is_none() && !text.trim().is_empty() {
            self.node = Some(node);
        }
        if around.is_linked {
            let chars = |word: &str| word.chars().count() + 1;
            self.linked += text.split_whitespace().map(chars).sum::<usize>();
        }
        self.text.push_str(text);
    }

    fn end(&mut self, lines: &mut Vec<Line>) {
        if let Some(node) = self.node.take() {
            let mut text = String::with_capacity(self.text.len());
            squeeze_into(&self.text, &mut text);
            let chars = text.chars().count();
            lines.push(Line {
                node,
                block: self.block,
                chars,
                linked: self.linked.min(chars),
                text,
                is_prose: false,
            });
        }
        self.text.clear();
        self.linked = 0;
    }
}

/// Lines of one block, parted by `<br>` only, are judged together: a poem or a list of dates is
/// as much of an article as a paragraph.
fn mark_prose(lines: &mut [Line]) {
    for run in lines.chunk_by_mut(|a, b| a.block == b.block) {
        let chars: usize = run.iter().map(|line| line.chars).sum();
        let linked: usize = run.iter().map(|line| line.linked).sum();
        let ends = run.iter().any(|line| ends_sentence(&line.text));
        let is_long = chars >= PROSE_CHARS_MIN || chars >= SENTENCE_CHARS_MIN && ends;
        for line in run {
            line.is_prose = is_long && linked * 2 <= chars && !line.is_link();
        }
    }
}
