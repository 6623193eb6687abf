//! Marks the elements of a page that are not its article: what no reader sees, what is named as
//! something else, teasers of other articles.

use std::collections::HashMap;

use super::lines::Line;
use super::names::{Naming, naming};
use super::tag::Tag;
use super::tree::{Id, Tree};

/// Roles of elements that are never of the article.
const ROLES: &[&str] = &[
    "alert",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "navigation",
    "search",
];
/// An element with a larger share of the page's prose is not dropped for its name, in per cent:
/// names describe layouts (`with-related`) as well as content.
const NAMED_PERCENT_MAX: usize = 40;
/// … unless the name leaves no doubt.
const SURELY_NAMED_PERCENT_MAX: usize = 70;
/// The header of an article holds headline, standfirst and byline, and no more than this share of
/// the prose.
const HEADER_PERCENT_MAX: usize = 20;
/// A teaser has no more prose.
const TEASER_CHARS_MAX: usize = 500;
/// So many elements of one class, each with one linked heading, are a list of teasers.
const TEASERS_MIN: usize = 3;

/// Marks what no reader sees, and what its tag or role says is no article.
pub(crate) fn mark_hidden(tree: &Tree, dropped: &mut [bool]) {
    for id in tree.ids().skip(1) {
        let Some(tag) = tree.tag(id) else { continue };
        let is = |name: &str, value: &str| tree.attribute(id, name) == Some(value);
        dropped[id] = tag.is_hidden()
            || matches!(tag, Tag::FIGCAPTION | Tag::FOOTER | Tag::ASIDE)
            || tree
                .attribute(id, "role")
                .is_some_and(|role| ROLES.contains(&role))
            || tree.attribute(id, "hidden").is_some()
            || is("aria-hidden", "true")
            || tree.attribute(id, "style").is_some_and(hides);
    }
}

/// Whether a style sheet hides what it applies to.
fn hides(style: &str) -> bool {
    let style: String = style.split_whitespace().collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Marks what its name says is no article, and teasers. `lines` are those of the page without
/// what is marked already.
pub(crate) fn mark_other(tree: &Tree, lines: &[Line], dropped: &mut [bool]) {
    let mut prose = vec![0; tree.ids().len()];
    for line in lines.iter().filter(|line| line.is_prose) {
        prose[line.block] += line.chars;
    }
    sum_up(tree, &mut prose);
    let mut holds_headline = vec![0; tree.ids().len()];
    for id in tree.ids() {
        holds_headline[id] = usize::from(tree.tag(id) == Some(Tag::H1));
    }
    sum_up(tree, &mut holds_headline);
    for id in tree.ids().skip(1) {
        let Some(tag) = tree.tag(id) else { continue };
        let is_share = |percent: usize| prose[id] * 100 > prose[0] * percent;
        let has_headline = holds_headline[id] > 0;
        dropped[id] |= match naming_of(tree, id) {
            _ if matches!(tag, Tag::BODY | Tag::ARTICLE | Tag::MAIN) => false,
            Naming::SurelyOther if !has_headline && !is_share(SURELY_NAMED_PERCENT_MAX) => true,
            Naming::SurelyOther | Naming::Other => !is_share(NAMED_PERCENT_MAX),
            Naming::Body | Naming::Post | Naming::Nothing => {
                tag == Tag::HEADER && has_headline && !is_share(HEADER_PERCENT_MAX)
                    || tag == Tag::I && is_icon(tree, id)
            }
        };
    }
    mark_teasers(tree, lines, dropped);
}

/// What class and id say; the worse of the two.
pub(crate) fn naming_of(tree: &Tree, id: Id) -> Naming {
    let namings =
        ["class", "id"].map(|name| tree.attribute(id, name).map_or(Naming::Nothing, naming));
    match namings {
        [a, b] if a.max(b) > Naming::Nothing => a.max(b),
        [a, b] => a.min(b),
    }
}

/// The names of icons (`arrow_forward`) are text where the font that draws them is missing.
fn is_icon(tree: &Tree, id: Id) -> bool {
    tree.attribute(id, "class")
        .is_some_and(|class| class.contains("icon"))
}

/// Marks elements of the same class that have one linked heading and little prose each.
fn mark_teasers(tree: &Tree, lines: &[Line], dropped: &mut [bool]) {
    let mut headings = vec![0; tree.ids().len()];
    let mut prose = vec![0; tree.ids().len()];
    for line in lines {
        let is_heading = tree.tag(line.block).is_some_and(Tag::is_heading);
        if is_heading && line.is_link() {
            headings[line.block] += 1;
        } else if line.is_prose {
            prose[line.block] += line.chars;
        }
    }
    sum_up(tree, &mut headings);
    sum_up(tree, &mut prose);
    let mut alike: HashMap<(Tag, &str), Vec<Id>> = HashMap::new();
    for id in tree.ids().skip(1) {
        let (Some(tag), Some(class)) = (tree.tag(id), tree.attribute(id, "class")) else {
            continue;
        };
        let is_teaser = headings[id] == 1 && prose[id] <= TEASER_CHARS_MAX;
        if is_teaser && tag.is_block() && !tag.is_heading() {
            alike.entry((tag, class)).or_default().push(id);
        }
    }
    for id in alike
        .into_values()
        .filter(|ids| ids.len() >= TEASERS_MIN)
        .flatten()
    {
        dropped[id] = true;
    }
}

/// Adds to each node's value those of all nodes below it.
pub(crate) fn sum_up<T: Copy + std::ops::AddAssign>(tree: &Tree, values: &mut [T]) {
    for id in tree.ids().skip(1).rev() {
        let value = values[id];
        values[tree.parent(id)] += value;
    }
}
