//! Names that do not mean the same person in all articles, and whom they mean where.
//!
//! There are three sorts of them: a bare surname, which belongs to whoever carries it and was in
//! the news there and then ([`super::owner`]); the name of people who hold offices of different
//! countries; and a name that was split by hand. All is decided from what the index holds, so it
//! does not matter in which order or how often articles were indexed.

use dateline_corpus::schema::{Fields, role_parts};
use dateline_corpus::{CountryCode, EntityKind};
use dateline_entities::aliases::{Aliases, Split};
use dateline_entities::people;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader};

use super::columns::Columns;
use super::grouping::Grouping;
use super::owner::{Context, Profile, owner};
use crate::QueryError;

/// The share of the articles with an office of a country that must speak for that country: below
/// it, it is more likely that an office was taken for somebody else's.
const REALM_SHARE: f64 = 0.2;

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
    groups: &[Vec<u32>],
    grouping: &mut Grouping<'_>,
    aliases: &Aliases,
) -> Result<Readings, QueryError> {
    let roles = Roles::read(searcher, fields, grouping, aliases)?;
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
            facts: Facts::open(reader, fields, roles.of_segment(segment))?,
        };
        looking.collect(reader, &doubts, &mut evidence);
    }
    let mut readings = Readings::default();
    for groups in groups {
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
        for (&group, realms) in &roles.realms {
            let name = grouping.name(group);
            let realms = realms.iter().map(|&country| {
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
    let mut full: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    let mut bare = Vec::new();
    for group in 0..grouping.groups.len() as u32 {
        // By what articles call them: a name that was given by hand is none of theirs.
        let keys: Vec<String> = grouping
            .present_values(group)
            .map(people::person_key)
            .collect();
        let mut is_bare = None;
        for key in &keys {
            let Some(names) = people::bare_names(key) else {
                is_bare.get_or_insert(true);
                continue;
            };
            is_bare = Some(false);
            names.for_each(|name| full.entry(name.to_owned()).or_default().push(group));
        }
        if is_bare == Some(true) {
            bare.extend(keys.into_iter().map(|key| (key, group)));
        }
    }
    let carried = bare.into_iter().filter_map(|(name, group)| {
        let mut carriers = full.get(&name)?.clone();
        carriers.dedup();
        Some((group, carriers))
    });
    carried.collect()
}

/// What people are said to be in the index.
struct Roles {
    /// Of each segment the person and the role of an ordinal.
    by_ordinal: Vec<FxHashMap<u64, (u32, String)>>,
    /// Of each person all roles.
    by_group: FxHashMap<u32, Vec<String>>,
    /// The countries of whose offices one name has several.
    realms: FxHashMap<u32, Vec<CountryCode>>,
}

impl Roles {
    fn read(
        searcher: &Searcher,
        fields: &Fields,
        grouping: &Grouping<'_>,
        aliases: &Aliases,
    ) -> Result<Roles, QueryError> {
        let name = searcher.schema().get_field_name(fields.role);
        let columns = Columns::open(searcher, name)?;
        let mut by_ordinal = vec![FxHashMap::default(); columns.columns.len()];
        let mut by_group: FxHashMap<u32, Vec<String>> = FxHashMap::default();
        let mut offices: FxHashMap<u32, FxHashMap<CountryCode, u64>> = FxHashMap::default();
        columns.each(|value, places| {
            let Some((person, role)) = role_parts(value) else {
                return;
            };
            let key = aliases.key(EntityKind::Person, person);
            let Some(&group) = grouping.by_key.get(&key) else {
                return;
            };
            let mut articles = 0;
            for &(segment, ordinal) in places {
                articles += columns.counts[segment][ordinal as usize];
                by_ordinal[segment].insert(ordinal, (group, role.to_owned()));
            }
            by_group.entry(group).or_default().push(role.to_owned());
            if let Some(realm) = people::office_country(role) {
                *offices.entry(group).or_default().entry(realm).or_default() += articles;
            }
        })?;
        let realms = offices.into_iter().filter_map(|(group, articles)| {
            let all: u64 = articles.values().sum();
            let enough = |count: u64| count as f64 >= REALM_SHARE * all as f64;
            let realms = articles.into_iter().filter(|(_, count)| enough(*count));
            let mut realms: Vec<CountryCode> = realms.map(|(realm, _)| realm).collect();
            realms.sort();
            (realms.len() > 1).then_some((group, realms))
        });
        Ok(Roles {
            realms: realms.collect(),
            by_ordinal,
            by_group,
        })
    }

    fn of_segment(&self, segment: usize) -> &FxHashMap<u64, (u32, String)> {
        &self.by_ordinal[segment]
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
    facts: Facts<'a>,
}

impl Looking<'_> {
    fn collect(&self, reader: &SegmentReader, doubts: &Doubts<'_>, evidence: &mut Evidence) {
        for doc in reader.doc_ids_alive() {
            for ordinal in self.column.term_ords(doc) {
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

/// The columns that tell articles apart.
struct Facts<'a> {
    published: Option<Column<i64>>,
    first: Option<Column<i64>>,
    last: Option<Column<i64>>,
    source: Option<StrColumn>,
    role: Option<StrColumn>,
    roles: &'a FxHashMap<u64, (u32, String)>,
    country: Option<StrColumn>,
    /// The country of each ordinal.
    countries: Vec<Option<CountryCode>>,
}

impl<'a> Facts<'a> {
    fn open(
        reader: &SegmentReader,
        fields: &Fields,
        roles: &'a FxHashMap<u64, (u32, String)>,
    ) -> Result<Facts<'a>, QueryError> {
        let fast = reader.fast_fields();
        let schema = reader.schema();
        let number = |field| fast.column_opt(schema.get_field_name(field));
        let text = |field| fast.str(schema.get_field_name(field));
        let country = text(fields.facets.country)?;
        let mut countries = Vec::new();
        if let Some(column) = &country {
            let io = |error: std::io::Error| QueryError::Index(error.into());
            let mut stream = column.dictionary().stream().map_err(io)?;
            while stream.advance() {
                countries.push(
                    std::str::from_utf8(stream.key())
                        .ok()
                        .and_then(CountryCode::new),
                );
            }
        }
        Ok(Facts {
            published: number(fields.published)?,
            first: number(fields.published_local)?,
            last: number(fields.published_local_last)?,
            source: text(fields.facets.source)?,
            role: text(fields.role)?,
            roles,
            country,
            countries,
        })
    }

    fn published(&self, doc: DocId) -> Option<i64> {
        self.published.as_ref().and_then(|it| it.first(doc))
    }

    fn countries(&self, doc: DocId) -> impl Iterator<Item = CountryCode> {
        let ordinals = self.country.iter().flat_map(move |it| it.term_ords(doc));
        ordinals.filter_map(|ordinal| self.countries[ordinal as usize])
    }

    fn context(&self, doc: DocId, group: u32) -> Context {
        let number = |column: &Option<Column<i64>>| column.as_ref().and_then(|it| it.first(doc));
        let roles = self.role.iter().flat_map(|it| it.term_ords(doc));
        let roles = roles.filter_map(|ordinal| self.roles.get(&ordinal));
        let source = self.source.as_ref().and_then(|column| {
            let mut source = String::new();
            let ordinal = column.term_ords(doc).next()?;
            let known = column.ord_to_str(ordinal, &mut source).ok()?;
            known.then_some(source)
        });
        Context {
            published: self.published(doc),
            period: number(&self.first).zip(number(&self.last)),
            source,
            countries: self.countries(doc).collect(),
            roles: roles
                .filter(|(person, _)| *person == group)
                .map(|(_, role)| role.clone())
                .collect(),
        }
    }
}
