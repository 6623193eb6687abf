//! Names that do not mean the same person in all articles, and whom they mean where.
//!
//! There are three sorts of them: a bare surname, which belongs to whoever carries it and was in
//! the news there and then ([`super::owner`]); the name of people who hold offices of different
//! countries; and a name that was split by hand. All is decided from what the index holds, so it
//! does not matter in which order or how often articles were indexed.

use dateline_corpus::schema::Fields;
use dateline_corpus::{CountryCode, EntityKind};
use dateline_entities::aliases::{Aliases, Split};
use dateline_entities::people;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, SegmentReader};

use super::columns::Columns;
use super::facts::Facts;
use super::grouping::Grouping;
use super::owner::{Context, Profile, owner};
use super::roles::Roles;
use crate::QueryError;

/// What the doubtful values of the index mean, by segment.
#[derive(Default)]
pub(super) struct Readings {
    /// The group that a value means in an article, by document and ordinal.
    pub(super) meant: Vec<FxHashMap<(DocId, u64), u32>>,
    /// Whether a value must be looked up in `meant`, by ordinal.
    pub(super) doubtful: Vec<Vec<bool>>,
    /// The groups of which a name stands in the text of a document, by document.
    pub(super) stand: Vec<Vec<(DocId, u32)>>,
}

impl Readings {
    /// All groups that are meant anywhere.
    pub(super) fn groups_mut(&mut self) -> impl Iterator<Item = &mut u32> {
        let meant = self.meant.iter_mut().flat_map(FxHashMap::values_mut);
        let stand = self.stand.iter_mut().flatten().map(|(_, group)| group);
        meant.chain(stand)
    }
}

/// Decides what all names of people mean. `groups` has the group of each ordinal of each segment;
/// groups that no value of the index belongs to are added to `grouping`.
pub(super) fn readings(
    searcher: &Searcher,
    fields: &Fields,
    columns: &Columns,
    groups: &mut [Vec<u32>],
    grouping: &mut Grouping<'_>,
    aliases: &Aliases,
) -> Result<Readings, QueryError> {
    let mut roles = Roles::read(searcher, fields, grouping, aliases)?;
    unite(&mut roles, groups, grouping);
    let doubts = Doubts::of(grouping, &roles, aliases);
    if doubts.is_empty() {
        return Ok(Readings::default());
    }
    let mut evidence = Evidence::new(&doubts, &roles);
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let Some(column) = &columns.columns[segment] else {
            continue;
        };
        let looking = Looking {
            segment,
            column,
            groups: &groups[segment],
            concerned: groups[segment]
                .iter()
                .map(|&group| doubts.concerns(group))
                .collect(),
            facts: Facts::open(
                reader,
                fields,
                roles.of_segment(segment),
                !doubts.splits.is_empty(),
            )?,
        };
        looking.collect(reader, &doubts, &mut evidence);
    }
    let mut readings = Readings::default();
    for groups in groups.iter() {
        let doubtful = groups.iter().map(|&group| doubts.doubtful(group));
        readings.doubtful.push(doubtful.collect());
        readings.meant.push(FxHashMap::default());
    }
    for occurrence in &evidence.occurrences {
        let group = doubts.meaning(occurrence, &evidence.profiles);
        let place = (occurrence.doc, occurrence.ordinal);
        readings.meant[occurrence.segment].insert(place, group);
    }
    Ok(readings)
}

/// The groups whose names mean different people, and who they can be.
#[derive(Default)]
struct Doubts<'a> {
    /// Of a bare name those who carry it in full.
    bare: FxHashMap<u32, Vec<u32>>,
    /// Of a name the people who hold offices of different countries.
    namesakes: FxHashMap<u32, Vec<(CountryCode, u32)>>,
    /// Of a name who else was said to be meant, and where.
    splits: FxHashMap<u32, Vec<(&'a Split, u32)>>,
    /// Everyone who carries one of the bare names; all have a profile.
    candidates: FxHashSet<u32>,
}

impl<'a> Doubts<'a> {
    fn of(grouping: &mut Grouping<'_>, roles: &Roles, aliases: &'a Aliases) -> Doubts<'a> {
        let mut doubts = Doubts::default();
        let bare = bare_names(grouping);
        doubts.candidates = bare.values().flatten().copied().collect();
        doubts.bare = bare;
        for (group, realms) in roles.realms() {
            // Who was hidden or is no person is not told apart.
            if grouping.is_unlisted(group) {
                continue;
            }
            let name = grouping.name(group);
            let realms = realms.into_iter().map(|country| {
                let realm = dateline_entities::countries::name(country);
                let label = format!("{name} ({})", realm.unwrap_or(country.as_str()));
                (
                    country,
                    grouping.additional(&format!("{name} {country}"), label),
                )
            });
            let realms = realms.collect();
            doubts.namesakes.insert(group, realms);
        }
        for split in aliases.splits(EntityKind::Person) {
            let Some(&group) = grouping.by_key.get(&split.key) else {
                continue;
            };
            let key = aliases.key(EntityKind::Person, &split.into);
            let into = grouping.additional(&key, split.into.clone());
            doubts.splits.entry(group).or_default().push((split, into));
        }
        doubts
    }

    fn is_empty(&self) -> bool {
        self.bare.is_empty() && self.namesakes.is_empty() && self.splits.is_empty()
    }

    /// Whether articles with a name of the group say anything about doubtful names.
    fn concerns(&self, group: u32) -> bool {
        self.doubtful(group) || self.candidates.contains(&group)
    }

    fn doubtful(&self, group: u32) -> bool {
        self.bare.contains_key(&group)
            || self.namesakes.contains_key(&group)
            || self.splits.contains_key(&group)
    }

    /// Whom a name means in an article.
    fn meaning(&self, occurrence: &Occurrence, profiles: &FxHashMap<u32, Profile>) -> u32 {
        let context = &occurrence.context;
        let mut group = occurrence.group;
        if let Some(candidates) = self.bare.get(&group) {
            let people = candidates.iter().filter_map(|it| profiles.get(it));
            group = owner(context, people).map_or(group, |at| candidates[at]);
        }
        // What was split by hand comes before what is told apart here.
        if let Some(split) = self.split(group, context) {
            return split;
        }
        if let Some(realms) = self.namesakes.get(&group) {
            group = namesake(context, realms).unwrap_or(group);
        }
        self.split(group, context).unwrap_or(group)
    }

    /// Who was said to be meant in such an article.
    fn split(&self, group: u32, context: &Context) -> Option<u32> {
        let mut splits = self.splits.get(&group)?.iter();
        let fits = |(split, _): &&(&Split, u32)| {
            split.when.fits(
                context.source.as_deref(),
                context.period,
                &context.countries,
                &context.roles,
            )
        };
        splits.rfind(fits).map(|(_, into)| *into)
    }
}

/// Which of the people of a name is meant: the one whose office the article names, or else the
/// only one whose country it does.
fn namesake(context: &Context, realms: &[(CountryCode, u32)]) -> Option<u32> {
    let only = |countries: &[CountryCode]| {
        let mut named = realms.iter().filter(|(realm, _)| countries.contains(realm));
        match (named.next(), named.next()) {
            (Some((_, group)), None) => Some(*group),
            _ => None,
        }
    };
    let offices: Vec<CountryCode> = context
        .roles
        .iter()
        .filter_map(|role| people::office_country(role))
        .collect();
    only(&offices).or_else(|| only(&context.countries))
}

/// The bare names, each with those who carry it in full.
fn bare_names(grouping: &Grouping<'_>) -> FxHashMap<u32, Vec<u32>> {
    let mut full: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    let mut bare = Vec::new();
    for (number, group) in (0..).zip(&grouping.groups) {
        if grouping.is_rejected(number) {
            continue;
        }
        let mut is_bare = !group.keys.is_empty();
        // By what articles call them: a name that was given by hand is none of theirs.
        for key in &group.keys {
            if let Some(names) = people::bare_names(key) {
                is_bare = false;
                names.for_each(|name| full.entry(name).or_default().push(number));
            }
        }
        if is_bare {
            bare.extend(group.keys.iter().map(|key| (key.as_str(), number)));
        }
    }
    let carried = bare.into_iter().filter_map(|(name, group)| {
        let mut carriers = full.get(name)?.clone();
        carriers.dedup();
        Some((group, carriers))
    });
    carried.collect()
}

/// Makes one person of those whose names differ by a nickname or a suffix only and who were said to
/// be the same: President Joe Biden is President Joseph Biden Jr., but Donald Trump is no son of
/// his own.
fn unite(roles: &mut Roles, groups: &mut [Vec<u32>], grouping: &mut Grouping<'_>) {
    let mut alike: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for &group in roles.by_group.keys() {
        let keys = grouping.groups[group as usize].keys.iter();
        for key in keys.filter_map(|key| people::formal_key(key)) {
            let groups = alike.entry(key).or_default();
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
    }
    let mut united: FxHashMap<u32, u32> = FxHashMap::default();
    for mut alike in alike.into_values() {
        // The most frequent one takes the others in; groups are numbered by their names.
        alike.sort_by_key(|&group| (std::cmp::Reverse(grouping.count(group)), group));
        let [into, others @ ..] = alike.as_slice() else {
            continue;
        };
        for other in others {
            let same = |role: &String| roles.by_group[into].contains(role);
            // Nobody is taken in twice, and nobody takes in who was: so that there is an end.
            let known = united.contains_key(other) || united.contains_key(into);
            if !known && roles.by_group[other].iter().any(same) {
                united.insert(*other, *into);
            }
        }
    }
    if united.is_empty() {
        return;
    }
    // Who took others in may have been taken in later.
    let last = |group: u32| {
        let mut into = group;
        while let Some(&next) = united.get(&into) {
            into = next;
        }
        into
    };
    let mut order: Vec<(u32, u32)> = united.keys().map(|&from| (from, last(from))).collect();
    order.sort_unstable();
    for (from, into) in order {
        grouping.unite(from, into);
        roles.unite(from, into);
    }
    for group in groups.iter_mut().flatten() {
        *group = last(*group);
    }
}

/// A doubtful name in an article.
struct Occurrence {
    segment: usize,
    doc: DocId,
    ordinal: u64,
    group: u32,
    context: Context,
}

/// What the articles say of those who are in doubt.
#[derive(Default)]
struct Evidence {
    occurrences: Vec<Occurrence>,
    profiles: FxHashMap<u32, Profile>,
}

impl Evidence {
    fn new(doubts: &Doubts<'_>, roles: &Roles) -> Evidence {
        let candidates = doubts.candidates.iter();
        let profiles = candidates.map(|&candidate| {
            let roles = roles.by_group.get(&candidate).cloned();
            (candidate, Profile::new(roles.unwrap_or_default()))
        });
        Evidence {
            occurrences: Vec::new(),
            profiles: profiles.collect(),
        }
    }
}

/// One segment while it is looked through.
struct Looking<'a> {
    segment: usize,
    column: &'a StrColumn,
    groups: &'a [u32],
    /// Whether an ordinal has to be looked at.
    concerned: Vec<bool>,
    facts: Facts<'a>,
}

impl Looking<'_> {
    fn collect(&self, reader: &SegmentReader, doubts: &Doubts<'_>, evidence: &mut Evidence) {
        for doc in reader.doc_ids_alive() {
            for ordinal in self.column.term_ords(doc) {
                if !self.concerned[ordinal as usize] {
                    continue;
                }
                let group = self.groups[ordinal as usize];
                if let Some(profile) = evidence.profiles.get_mut(&group) {
                    profile.add(self.facts.published(doc), self.facts.countries(doc));
                }
                if doubts.doubtful(group) {
                    let context = self.facts.context(doc, group);
                    evidence.occurrences.push(Occurrence {
                        segment: self.segment,
                        doc,
                        ordinal,
                        group,
                        context,
                    });
                }
            }
        }
    }
}
