//! Who and what the mentions of one article refer to.
//!
//! Countries meet by their code, places and organisations by their names, people by the rules of
//! [`people`]. Nothing is known here of other articles.

mod named;
mod people;
mod roles;

use std::collections::hash_map::Entry;

use dateline_corpus::{Analysed, CountryCode, Entity, EntityKind, Mention, Part, analysis};

use rustc_hash::FxHashMap;

use crate::countries;
use crate::gazetteer;
use crate::salience;

/// A mention in the title counts as much as this many in the body.
const TITLE_WEIGHT: usize = 3;

/// The entities that mentions refer to, each with its mentions in order of appearance.
///
/// Entities are ordered by kind (people, countries, organisations, places) and within a kind by
/// prominence: mentions, those in the title three times, then first appearance.
pub fn resolve(analysed: &Analysed<'_>, mut mentions: Vec<Mention>) -> Vec<Entity> {
    mentions.retain(|mention| surface(analysed, mention).is_some());
    mentions.sort_by_key(|mention| (mention.part, mention.start, mention.kind, mention.end));
    let (persons, others): (Vec<Mention>, Vec<Mention>) = mentions
        .into_iter()
        .partition(|mention| mention.kind == EntityKind::Person);
    let mut entities = people::resolve(analysed, persons);
    let mut named: Vec<Entity> = Vec::new();
    let mut by_identity: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
    for mention in others {
        let Some((identity, key, name)) = identify(analysed, &mention) else {
            continue;
        };
        match by_identity.entry((mention.kind, identity)) {
            Entry::Occupied(at) => named[*at.get()].mentions.push(mention),
            Entry::Vacant(entry) => {
                entry.insert(named.len());
                named.push(Entity {
                    kind: mention.kind,
                    key,
                    name,
                    prominence: 0,
                    about: None,
                    roles: Vec::new(),
                    mentions: vec![mention],
                });
            }
        }
    }
    entities.append(&mut named);
    entities.sort_by_key(|entity| {
        let first = entity
            .mentions
            .first()
            .map(|mention| (mention.part, mention.start));
        (
            entity.kind,
            std::cmp::Reverse(prominence(&entity.mentions)),
            first,
        )
    });
    salience::weigh(analysed, &mut entities);
    entities
}

fn prominence(mentions: &[Mention]) -> usize {
    mentions.iter().map(weight).sum()
}

fn weight(mention: &Mention) -> usize {
    match mention.part {
        Part::Title => TITLE_WEIGHT,
        Part::Body => 1,
    }
}

/// The text of a mention; `None` when its offsets are not of this article.
fn surface<'a>(analysed: &Analysed<'a>, mention: &Mention) -> Option<&'a str> {
    let text = analysed.part(mention.part).text;
    text.get(mention.start as usize..mention.end as usize)
        .filter(|surface| !surface.is_empty())
}

/// What tells an entity from others of its kind, its key, and its name.
fn identify(analysed: &Analysed<'_>, mention: &Mention) -> Option<(String, String, String)> {
    if mention.kind == EntityKind::Country {
        let code: CountryCode = mention.country?;
        let key = code.to_string();
        let name = countries::name(code).map_or_else(|| key.clone(), str::to_owned);
        return Some((key.clone(), key, name));
    }
    let surface = surface(analysed, mention)?;
    let name = gazetteer::canonical(surface, crate::language(analysed)).map_or_else(
        || surface.split_whitespace().collect::<Vec<_>>().join(" "),
        str::to_owned,
    );
    let words: Vec<String> = analysis::words(&name)
        .into_iter()
        .map(|(_, _, form)| form)
        .collect();
    Some((words.join(" "), name.clone(), name))
}
