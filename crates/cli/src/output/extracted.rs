//! Who and what an article names, as text for people.

use dateline_corpus::{Analysed, Article, Entity, EntityKind};

use super::json::{aliases, evidence};
use super::look::{self, Look};

const KINDS: [(EntityKind, &str); 4] = [
    (EntityKind::Person, "person"),
    (EntityKind::Country, "country"),
    (EntityKind::Organisation, "organisation"),
    (EntityKind::Place, "place"),
];

/// The headline, and a line for each entity: how often, in what roles, under what other names,
/// and the sentence that makes the article about it.
pub(crate) fn extracted(
    article: &Article,
    analysed: &Analysed<'_>,
    entities: &[Entity],
    look: &Look,
) -> String {
    let mut text = look.wrap(&look.paint(look::TITLE, &article.title), "");
    for (kind, noun) in KINDS {
        for entity in entities.iter().filter(|entity| entity.kind == kind) {
            let first = look::pad(&format!("  {noun}"), 16);
            let mut line = look.paint(look::TITLE, &entity.name);
            let mut facts = vec![format!("×{}", entity.mentions.len())];
            if entity.about.is_some() {
                facts.push("about".to_owned());
            }
            facts.extend(entity.roles.iter().cloned());
            let others = aliases(entity, analysed);
            let others = others.iter().filter(|other| **other != entity.name);
            facts.extend(others.map(|other| format!("“{other}”")));
            line.push(' ');
            line.push_str(&look.paint(look::QUIET, &facts.join(" · ")));
            text.push_str(&look.wrap_hanging(&line, &first, &" ".repeat(16)));
            if let Some(sentence) = evidence(entity, analysed) {
                let indent = " ".repeat(18);
                let sentence = look.paint(look::QUIET, &format!("> {sentence}"));
                text.push_str(&look.wrap_hanging(&sentence, &indent, &indent));
            }
        }
    }
    text.push('\n');
    text
}
