//! What people are said to be in the index, and of which countries their offices are.

use dateline_corpus::schema::{Fields, role_parts};
use dateline_corpus::{CountryCode, EntityKind};
use dateline_entities::aliases::Aliases;
use dateline_entities::people;
use rustc_hash::FxHashMap;
use tantivy::Searcher;

use super::columns::Columns;
use super::grouping::Grouping;
use crate::QueryError;

/// The share of the articles with any role that must speak of an office of a country: below it, it
/// is more likely that somebody else's office was taken for theirs.
const REALM_SHARE: f64 = 0.2;

/// Articles that must speak of an office of a country: one alone may be mistaken.
const REALM_ARTICLES_MIN: u64 = 2;

/// What people are said to be in the index.
pub(super) struct Roles {
    /// Of each segment the person and the role of an ordinal.
    by_ordinal: Vec<FxHashMap<u64, (u32, String)>>,
    /// Of each person all roles.
    pub(super) by_group: FxHashMap<u32, Vec<String>>,
    /// Of each person the countries of whose offices articles speak, and how many do.
    offices: FxHashMap<u32, FxHashMap<CountryCode, u64>>,
    /// Of each person the articles with a role.
    articles: FxHashMap<u32, u64>,
}

impl Roles {
    pub(super) fn read(
        searcher: &Searcher,
        fields: &Fields,
        grouping: &Grouping<'_>,
        aliases: &Aliases,
    ) -> Result<Roles, QueryError> {
        let name = searcher.schema().get_field_name(fields.role);
        let columns = Columns::open(searcher, name)?;
        let mut roles = Roles {
            by_ordinal: vec![FxHashMap::default(); columns.columns.len()],
            by_group: FxHashMap::default(),
            offices: FxHashMap::default(),
            articles: FxHashMap::default(),
        };
        // Most roles are said of many people.
        let mut realms: FxHashMap<String, Option<CountryCode>> = FxHashMap::default();
        // Values are sorted, so all roles of a name come one after another.
        let mut last = (String::new(), None);
        columns.each(|value, places| {
            let Some((person, role)) = role_parts(value) else {
                return;
            };
            if last.0 != person {
                let key = aliases.key(EntityKind::Person, person);
                last = (person.to_owned(), grouping.by_key.get(&key).copied());
            }
            let Some(group) = last.1 else {
                return;
            };
            let mut articles = 0;
            for &(segment, ordinal) in places {
                articles += columns.counts[segment][ordinal as usize];
                roles.by_ordinal[segment].insert(ordinal, (group, role.to_owned()));
            }
            roles
                .by_group
                .entry(group)
                .or_default()
                .push(role.to_owned());
            *roles.articles.entry(group).or_default() += articles;
            if !realms.contains_key(role) {
                realms.insert(role.to_owned(), people::office_country(role));
            }
            if let Some(realm) = realms[role] {
                let offices = roles.offices.entry(group).or_default();
                *offices.entry(realm).or_default() += articles;
            }
        })?;
        Ok(roles)
    }

    /// Whoever has offices of several countries, with these countries in order.
    pub(super) fn realms(&self) -> impl Iterator<Item = (u32, Vec<CountryCode>)> {
        self.offices.iter().filter_map(|(&group, realms)| {
            let all = self.articles.get(&group).copied().unwrap_or_default();
            let enough = |count: u64| {
                count >= REALM_ARTICLES_MIN && count as f64 >= REALM_SHARE * all as f64
            };
            let realms = realms.iter().filter(|(_, count)| enough(**count));
            let mut realms: Vec<CountryCode> = realms.map(|(realm, _)| *realm).collect();
            realms.sort();
            (realms.len() > 1).then_some((group, realms))
        })
    }

    /// Gives all roles of one person to another.
    pub(super) fn unite(&mut self, from: u32, into: u32) {
        for role in self.by_group.remove(&from).unwrap_or_default() {
            let known = self.by_group.entry(into).or_default();
            if !known.contains(&role) {
                known.push(role);
            }
        }
        for (realm, count) in self.offices.remove(&from).unwrap_or_default() {
            *self
                .offices
                .entry(into)
                .or_default()
                .entry(realm)
                .or_default() += count;
        }
        *self.articles.entry(into).or_default() += self.articles.remove(&from).unwrap_or_default();
        for (group, _) in self.by_ordinal.iter_mut().flat_map(FxHashMap::values_mut) {
            if *group == from {
                *group = into;
            }
        }
    }

    pub(super) fn of_segment(&self, segment: usize) -> &FxHashMap<u64, (u32, String)> {
        &self.by_ordinal[segment]
    }
}
