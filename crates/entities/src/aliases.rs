//! Corrections that people make by hand: who is the same, what is called otherwise, what is
//! hidden, whose articles belong to somebody else, what is looked for besides.
//!
//! [`Aliases`] is the meaning of a list of edits; [`mod@file`] reads and writes the list. Edits are
//! applied in their order, so that a later one sees what an earlier one did. Which articles an
//! entity occurs in is not known here.

mod apply;
pub mod file;

pub use apply::united;

use dateline_corpus::{EntityKind, analysis};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{countries, people};

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What sort of entity it is about.
    pub kind: EntityKind,
    /// What it does.
    pub change: Change,
    /// The day it was made: `2026-02-03`.
    pub on: Option<String>,
    /// Why it was made.
    pub reason: Option<String>,
}

/// What a correction does. Names stand for the entity they name, in any of its spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// All names are one entity, which is called `into`.
    Merge {
        /// At least one.
        names: Vec<String>,
        /// The name to show.
        into: String,
    },
    /// An entity is called otherwise.
    Rename {
        /// What it was called.
        name: String,
        /// The name to show.
        to: String,
    },
    /// An entity is not listed; it can be filtered by still.
    Hide {
        /// Its name.
        name: String,
    },
    /// The name is no entity of this kind: it is neither listed nor found.
    Reject {
        /// The name.
        name: String,
    },
    /// In some articles the name means somebody else.
    Split {
        /// The name in the text.
        name: String,
        /// Who is meant there.
        into: String,
        /// In which articles.
        when: Context,
    },
    /// An entity to look for in the text, recognised or not.
    Add {
        /// The name to show and to look for.
        name: String,
        /// Further names to look for.
        aliases: Vec<String>,
    },
    /// An entity is the item of Wikidata.
    Identify {
        /// Its name.
        name: String,
        /// The item: `Q64`.
        wikidata: String,
    },
}

/// Articles by what they are; all that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// The outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// A country that the article names: its code, or a name of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Words of a role that the person has in the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// First day, month or year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Last day, month or year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

impl Context {
    /// Whether nothing is asked, so that every article fits.
    pub fn is_empty(&self) -> bool {
        *self == Context::default()
    }
}

/// The meaning of a list of edits, looked up by [`key`].
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    /// The key that a key was merged into.
    merged: FxHashMap<(EntityKind, String), String>,
    entities: FxHashMap<(EntityKind, String), Corrected>,
    splits: Vec<Split>,
    added: Vec<Added>,
    wanted: apply::Wanted,
}

/// What is said of an entity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrected {
    /// The name to show, where it was given.
    pub name: Option<String>,
    /// Whether it is left out of lists.
    pub hidden: bool,
    /// Whether there is no such entity.
    pub rejected: bool,
    /// The item of Wikidata.
    pub wikidata: Option<String>,
}

/// An entity that is somebody else in some articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What sort of entity.
    pub kind: EntityKind,
    /// The key of what the index has.
    pub key: String,
    /// Who is meant.
    pub into: String,
    /// In which articles.
    pub when: Context,
}

/// An entity to look for in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// What sort of entity.
    pub kind: EntityKind,
    /// The name to show.
    pub name: String,
    /// What to look for: the name and its aliases.
    pub names: Vec<String>,
}

/// What all spellings of a name have in common: [`people::person_key`] for people, the code for
/// countries, the folded words for everything else.
pub fn key(kind: EntityKind, name: &str) -> String {
    match kind {
        EntityKind::Person => people::person_key(name),
        EntityKind::Country => {
            countries::lookup(name).map_or_else(|| name.to_owned(), |code| code.as_str().to_owned())
        }
        EntityKind::Organisation | EntityKind::Place => {
            let words = analysis::words(name).into_iter().map(|(_, _, form)| form);
            words.collect::<Vec<_>>().join(" ")
        }
    }
}

impl Aliases {
    /// The meaning of some edits.
    pub fn new(edits: impl IntoIterator<Item = Edit>) -> Aliases {
        let mut aliases = Aliases::default();
        for edit in edits {
            aliases.apply(edit.kind, edit.change);
        }
        aliases
    }

    /// Whether nothing is corrected.
    pub fn is_empty(&self) -> bool {
        self.merged.is_empty()
            && self.entities.is_empty()
            && self.splits.is_empty()
            && self.added.is_empty()
    }

    /// The key of the entity that a name stands for, after all merging.
    pub fn key(&self, kind: EntityKind, name: &str) -> String {
        self.root(kind, key(kind, name))
    }

    /// What is said of the entity with a key.
    pub fn corrected(&self, kind: EntityKind, key: &str) -> Option<&Corrected> {
        // Asked for each value of the index, and most lists say nothing of most kinds.
        if self.entities.is_empty() {
            return None;
        }
        self.entities.get(&(kind, key.to_owned()))
    }

    /// Entities that are somebody else in some articles; where several fit, the last counts.
    pub fn splits(&self, kind: EntityKind) -> impl Iterator<Item = &Split> {
        self.splits.iter().filter(move |split| split.kind == kind)
    }

    /// Entities to look for in the text.
    pub fn added(&self, kind: EntityKind) -> impl Iterator<Item = &Added> {
        self.added.iter().filter(move |added| added.kind == kind)
    }

    /// The key that a key was merged into, after all merging.
    pub fn root(&self, kind: EntityKind, key: String) -> String {
        let mut at = (kind, key);
        while let Some(into) = self.merged.get(&at) {
            at.1.clone_from(into);
        }
        at.1
    }

    fn apply(&mut self, kind: EntityKind, change: Change) {
        match change {
            Change::Merge { names, into } => {
                for name in &names {
                    self.merge(kind, name, &into);
                }
                self.name(kind, into);
            }
            Change::Rename { name, to } => {
                self.merge(kind, &name, &to);
                self.name(kind, to);
            }
            Change::Hide { name } => self.of(kind, &name).hidden = true,
            Change::Reject { name } => self.of(kind, &name).rejected = true,
            Change::Identify { name, wikidata } => {
                self.of(kind, &name).wikidata = Some(wikidata);
            }
            Change::Split { name, into, when } => {
                let key = self.key(kind, &name);
                self.splits.push(Split {
                    kind,
                    key,
                    into: into.clone(),
                    when,
                });
                self.name(kind, into);
            }
            Change::Add { name, aliases } => {
                for alias in &aliases {
                    self.merge(kind, alias, &name);
                }
                let mut names = aliases;
                names.insert(0, name.clone());
                for alias in &names {
                    self.wanted.add(kind, &name, alias);
                }
                self.added.push(Added {
                    kind,
                    name: name.clone(),
                    names,
                });
                self.name(kind, name);
            }
        }
    }

    /// Makes `into` the root of what `name` stands for.
    fn merge(&mut self, kind: EntityKind, name: &str, into: &str) {
        let from = self.key(kind, name);
        let into = key(kind, into);
        if from == into {
            return;
        }
        // What was merged away before becomes a root again, or the chain would be a ring.
        let root = self.root(kind, into.clone());
        if root == from {
            self.merged.remove(&(kind, into.clone()));
        }
        let into = if root == from { into } else { root };
        if let Some(said) = self.entities.remove(&(kind, from.clone())) {
            let known = self.entities.entry((kind, into.clone())).or_default();
            known.hidden |= said.hidden;
            known.rejected |= said.rejected;
            known.name = known.name.take().or(said.name);
            known.wikidata = known.wikidata.take().or(said.wikidata);
        }
        for split in &mut self.splits {
            if split.kind == kind && split.key == from {
                split.key.clone_from(&into);
            }
        }
        self.merged.insert((kind, from), into);
    }

    fn name(&mut self, kind: EntityKind, name: String) {
        let corrected = self.of(kind, &name);
        corrected.name = Some(name);
    }

    fn of(&mut self, kind: EntityKind, name: &str) -> &mut Corrected {
        let key = self.key(kind, name);
        self.entities.entry((kind, key)).or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PERSON: EntityKind = EntityKind::Person;

    fn rename(name: &str, to: &str) -> Edit {
        edit(Change::Rename {
            name: name.to_owned(),
            to: to.to_owned(),
        })
    }

    fn edit(change: Change) -> Edit {
        Edit {
            kind: PERSON,
            change,
            on: None,
            reason: None,
        }
    }

    fn name_of(aliases: &Aliases, name: &str) -> Option<String> {
        let key = aliases.key(PERSON, name);
        aliases
            .corrected(PERSON, &key)
            .and_then(|it| it.name.clone())
    }

    #[test]
    fn merged_names_are_one_entity_under_the_given_name() {
        let aliases = Aliases::new([edit(Change::Merge {
            names: vec!["Joseph Biden".to_owned(), "Joseph R. Biden Jr.".to_owned()],
            into: "Joe Biden".to_owned(),
        })]);
        for name in ["joseph biden", "Joseph Biden Jr", "JOE BIDEN"] {
            assert_eq!(
                name_of(&aliases, name).as_deref(),
                Some("Joe Biden"),
                "{name}"
            );
        }
        assert_eq!(name_of(&aliases, "Hunter Biden"), None);
    }

    #[test]
    fn later_edits_see_what_earlier_ones_did() {
        let there_and_back = Aliases::new([rename("A One", "B Two"), rename("B Two", "A One")]);
        assert_eq!(name_of(&there_and_back, "B Two").as_deref(), Some("A One"));
        let onward = Aliases::new([rename("A One", "B Two"), rename("A One", "C Three")]);
        assert_eq!(name_of(&onward, "B Two").as_deref(), Some("C Three"));
        let hide = edit(Change::Hide {
            name: "A One".to_owned(),
        });
        let hidden = Aliases::new([hide, rename("A One", "B Two")]);
        let key = hidden.key(PERSON, "a one");
        assert!(hidden.corrected(PERSON, &key).is_some_and(|it| it.hidden));
        let split = edit(Change::Split {
            name: "A One".to_owned(),
            into: "D Four".to_owned(),
            when: Context::default(),
        });
        let split = Aliases::new([split, rename("A One", "B Two")]);
        assert!(split.splits(PERSON).all(|split| split.key == "b two"));
    }

    #[test]
    fn kinds_are_kept_apart() {
        let aliases = Aliases::new([rename("Paris Hilton", "Paris")]);
        assert_eq!(
            aliases.key(EntityKind::Organisation, "Paris Hilton"),
            "paris hilton"
        );
    }

    proptest! {
        #[test]
        fn no_edits_make_a_ring(edits in proptest::collection::vec(("[a-e]", "[a-e]"), 0..20)) {
            let aliases = Aliases::new(edits.iter().map(|(name, to)| rename(name, to)));
            // The last of two that disagree is right.
            if let Some((name, to)) = edits.last() {
                prop_assert_eq!(aliases.key(PERSON, name), aliases.key(PERSON, to));
                prop_assert_eq!(name_of(&aliases, name), Some(to.clone()));
            }
        }
    }
}
