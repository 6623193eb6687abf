//! Finds the article in a page: the element that holds it.

use super::clean::clean;
use super::lines::{Line, lines};
use super::names::Naming;
use super::prune::{mark_hidden, mark_other, naming_of, sum_up};
use super::tag::Tag;
use super::tree::{Id, Tree};

/// A line of links costs so much, in characters of prose, besides its own links.
const LINK_COST: i64 = 20;
/// A label costs so much; those of lists and tables nothing, since an article may be one.
const LABEL_COST: i64 = 2;

/// The lines below `root` that a reader of the page sees, menus and all, and what is dropped.
pub(crate) fn visible(tree: &Tree, root: Id) -> (Vec<Line>, Vec<bool>) {
    let mut dropped = vec![false; tree.ids().len()];
    mark_hidden(tree, &mut dropped);
    dropped[root] = false;
    (lines(tree, root, &dropped), dropped)
}

/// The text of the article, one line a paragraph. `visible` and `dropped` are the lines of the
/// page and what is not among them.
pub(crate) fn article(
    tree: &Tree,
    visible: &[Line],
    mut dropped: Vec<bool>,
    title: Option<&str>,
    description: Option<&str>,
) -> String {
    mark_other(tree, visible, &mut dropped);
    let lines = lines(tree, 0, &dropped);
    let root = root(tree, &lines);
    let start = lines.partition_point(|line| line.node < root);
    let end = lines.partition_point(|line| line.node < tree.end(root));
    clean(tree, &lines[start..end], title, description)
}

/// The element whose lines are worth most: prose counts for it, menus and teasers against it.
fn root(tree: &Tree, lines: &[Line]) -> Id {
    let mut worths = vec![0; tree.ids().len()];
    for line in lines {
        worths[line.block] += worth(tree, line);
    }
    sum_up(tree, &mut worths);
    let blocks = tree
        .ids()
        .filter(|id| tree.tag(*id).is_some_and(Tag::is_block));
    // The last of equals is the innermost.
    blocks
        .max_by_key(|id| worths[*id] * credit_percent(tree, *id))
        .unwrap_or_default()
}

fn worth(tree: &Tree, line: &Line) -> i64 {
    let tag = tree.tag(line.block);
    let chars = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    if line.is_prose {
        let unlinked = chars(line.chars - line.linked);
        return match tag {
            Some(Tag::P) => unlinked * 3 / 2,
            Some(Tag::LI | Tag::TD | Tag::DD) => unlinked / 2,
            _ => unlinked,
        };
    }
    match tag {
        _ if line.linked > 0 => -LINK_COST - chars(line.linked),
        Some(Tag::LI | Tag::TD | Tag::TH) => 0,
        _ => -LABEL_COST,
    }
}

/// How far an element's own word that it is the article is believed, as a factor in per cent.
fn credit_percent(tree: &Tree, id: Id) -> i64 {
    if tree.attribute(id, "itemprop") == Some("articleBody") {
        return 160;
    }
    match tree.tag(id) {
        _ if naming_of(tree, id) == Naming::Body => 130,
        Some(Tag::ARTICLE) => 110,
        Some(Tag::MAIN) => 105,
        _ => 100,
    }
}
