//! Brings the values together that are written differently and mean the same, and applies the
//! corrections that were made by hand.

use dateline_corpus::{CountryCode, EntityKind};
use dateline_entities::aliases::{Aliases, Corrected};
use dateline_entities::{countries, people};
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocId;

use super::identity::Readings;
use super::{Entry, NO_ENTRY, Source, continent, folded, key, kind};
use crate::{FacetField, QueryError};

/// Brings variants together.
pub(super) struct Grouping<'a> {
    field: FacetField,
    aliases: &'a Aliases,
    pub(super) groups: Vec<Group>,
    pub(super) by_key: FxHashMap<String, u32>,
}

/// Everything that is written differently and means the same.
#[derive(Default)]
pub(super) struct Group {
    key: String,
    /// The keys of its values, before corrections by hand; of people only.
    pub(super) keys: Vec<String>,
    /// The values with their counts.
    variants: Vec<(String, u64)>,
    /// The name to show, where it was given or no value has it.
    name: Option<String>,
}

/// The groups as entries.
pub(super) struct Grouped {
    /// In the order of their values.
    pub(super) entries: Vec<Entry>,
    /// The entry of each key.
    pub(super) by_key: FxHashMap<String, u32>,
    /// The entry of each group, or [`NO_ENTRY`].
    pub(super) numbers: Vec<u32>,
}

impl<'a> Grouping<'a> {
    pub(super) fn new(field: FacetField, aliases: &'a Aliases) -> Grouping<'a> {
        Grouping {
            field,
            aliases,
            groups: Vec::new(),
            by_key: FxHashMap::default(),
        }
    }

    /// Adds `count` articles with a value that was not added before, and returns the group it is
    /// in.
    pub(super) fn add(&mut self, value: &str, count: u64) -> u32 {
        let person = (self.field == FacetField::Person).then(|| people::person_key(value));
        let group = self.group(match &person {
            Some(key) => self.aliases.root(EntityKind::Person, key.clone()),
            None => key(self.field, value, self.aliases),
        });
        let Group { keys, variants, .. } = &mut self.groups[group as usize];
        keys.extend(person.filter(|key| count > 0 && !keys.contains(key)));
        variants.push((value.to_owned(), count));
        group
    }

    /// Makes one group of two.
    pub(super) fn unite(&mut self, from: u32, into: u32) {
        let Group { keys, variants, .. } = std::mem::take(&mut self.groups[from as usize]);
        for key in &keys {
            self.by_key.insert(key.clone(), into);
        }
        let into = &mut self.groups[into as usize];
        into.keys.extend(keys);
        into.variants.extend(variants);
    }

    /// The group of somebody who is told from others of the same name.
    pub(super) fn additional(&mut self, key: &str, name: String) -> u32 {
        let group = self.group(key.to_owned());
        self.groups[group as usize].name.get_or_insert(name);
        group
    }

    /// The articles in which the names stand that were asked to be looked for, by segment.
    pub(super) fn added(
        &mut self,
        source: &Source<'_>,
    ) -> Result<Vec<Vec<(DocId, u32)>>, QueryError> {
        let segments = source.searcher.segment_readers().len();
        let mut stand = vec![Vec::new(); segments];
        let kind = kind(self.field);
        let added = kind.into_iter().flat_map(|kind| source.aliases.added(kind));
        for added in added {
            let key = key(self.field, &added.name, self.aliases);
            let group = self.additional(&key, added.name.clone());
            for name in &added.names {
                for address in (source.find)(name)? {
                    stand[address.segment_ord as usize].push((address.doc_id, group));
                }
            }
        }
        for list in &mut stand {
            list.sort_unstable();
            list.dedup();
        }
        Ok(stand)
    }

    fn group(&mut self, key: String) -> u32 {
        let next = self.groups.len() as u32;
        let group = *self.by_key.entry(key.clone()).or_insert(next);
        if group == next {
            self.groups.push(Group {
                key,
                ..Group::default()
            });
        }
        group
    }

    pub(super) fn name(&self, group: u32) -> String {
        let group = &self.groups[group as usize];
        let shown = group.name.clone();
        shown.unwrap_or_else(|| display_form(&group.variants))
    }

    /// Whether a group was said to be nobody.
    pub(super) fn is_rejected(&self, group: u32) -> bool {
        self.said(group).is_some_and(|said| said.rejected)
    }

    /// Whether a group is nobody, or is not to be listed.
    pub(super) fn is_unlisted(&self, group: u32) -> bool {
        self.said(group)
            .is_some_and(|said| said.rejected || said.hidden)
    }

    fn said(&self, group: u32) -> Option<&Corrected> {
        let key = &self.groups[group as usize].key;
        self.aliases.corrected(kind(self.field)?, key)
    }

    /// The articles with a value of a group; those with two values count twice.
    pub(super) fn count(&self, group: u32) -> u64 {
        let variants = self.groups[group as usize].variants.iter();
        variants.map(|(_, count)| count).sum()
    }

    /// The values that readings are about.
    pub(super) fn doubtful(&self, readings: &Readings, groups: &[Vec<u32>]) -> FxHashSet<String> {
        let ordinals = groups
            .iter()
            .flatten()
            .zip(readings.doubtful.iter().flatten());
        let groups: FxHashSet<u32> = ordinals
            .filter(|(_, doubtful)| **doubtful)
            .map(|(group, _)| *group)
            .collect();
        let variants = groups
            .iter()
            .flat_map(|&group| &self.groups[group as usize].variants);
        variants.map(|(value, _)| value.clone()).collect()
    }

    /// The groups as entries in the order of their values.
    pub(super) fn into_entries(self) -> Grouped {
        let Grouping {
            field,
            aliases,
            groups,
            by_key,
        } = self;
        let mut numbers = vec![NO_ENTRY; groups.len()];
        let mut numbered: Vec<(usize, Entry)> = Vec::with_capacity(groups.len());
        let mut given = FxHashSet::default();
        for (number, group) in groups.into_iter().enumerate() {
            let said = kind(field).and_then(|kind| aliases.corrected(kind, &group.key));
            let said = said.cloned().unwrap_or_default();
            // A group that became part of another one has nothing left.
            let empty = group.variants.is_empty() && group.name.is_none();
            if !said.rejected && !empty {
                let name = said.name.or(group.name);
                given.extend(name.is_some().then_some(number));
                let entry = Entry {
                    hidden: said.hidden,
                    wikidata: said.wikidata,
                    ..entry(field, group.variants, name)
                };
                numbered.push((number, entry));
            }
        }
        numbered.sort_by(|(_, a), (_, b)| a.value.cmp(&b.value));
        for (number, (group, _)) in (0..).zip(&numbered) {
            numbers[*group] = number;
        }
        let found = by_key.into_iter();
        let found = found.map(|(key, group)| (key, numbers[group as usize]));
        let mut by_key: FxHashMap<String, u32> =
            found.filter(|(_, number)| *number != NO_ENTRY).collect();
        // A name that was given need not have the key of any value.
        let given = numbered.iter().filter(|(group, _)| given.contains(group));
        for (group, entry) in given {
            by_key.insert(key(field, &entry.value, aliases), numbers[*group]);
        }
        Grouped {
            entries: numbered.into_iter().map(|(_, entry)| entry).collect(),
            by_key,
            numbers,
        }
    }
}

/// The entry of a group; `name` is what to show where its values do not tell.
fn entry(field: FacetField, variants: Vec<(String, u64)>, name: Option<String>) -> Entry {
    let value = match (field, variants.first(), &name) {
        (FacetField::Continent, Some((code, _)), _) => continent(code).to_owned(),
        (_, _, Some(name)) if !field.is_country() => name.clone(),
        _ => display_form(&variants),
    };
    let label = match CountryCode::new(&value) {
        Some(code) if field.is_country() => countries::name(code).map(str::to_owned),
        _ => None,
    };
    Entry {
        label: label.unwrap_or_else(|| value.clone()),
        value,
        count: variants.iter().map(|(_, count)| count).sum(),
        variants: variants.into_iter().map(|(variant, _)| variant).collect(),
        hidden: false,
        wikidata: None,
    }
}

/// The variant to show: of the most frequent wording the one with accents, and of several of
/// those the most frequent; the alphabet decides between equals.
fn display_form(variants: &[(String, u64)]) -> String {
    if let [(only, _)] = variants {
        return only.clone();
    }
    let mut wordings: FxHashMap<String, u64> = FxHashMap::default();
    for (variant, count) in variants {
        *wordings.entry(folded(variant)).or_default() += count;
    }
    let best = variants.iter().max_by_key(|(variant, count)| {
        let wording = folded(variant);
        let accents = variant.chars().filter(|c| !c.is_ascii()).count();
        let frequency = wordings.get(&wording).copied();
        use std::cmp::Reverse;
        (
            frequency,
            Reverse(wording),
            accents > 0,
            *count,
            Reverse(variant.clone()),
        )
    });
    best.map(|(variant, _)| variant.clone()).unwrap_or_default()
}
