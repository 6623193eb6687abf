//! Turns a matching document into a hit.

use std::ops::Range;

use dateline_corpus::{
    Analysed, Analyser, Entity, EntityKind, Precision, Published, StoredArticle,
};
use dateline_entities::aliases;
use jiff::Timestamp;
use tantivy::query::EnableScoring;
use tantivy::schema::Value;
use tantivy::{DocAddress, Score, TantivyDocument};

use crate::directory::Entry;
use crate::snapshot::Snapshot;
use crate::snippet::{self, Marker, Marks};
use crate::{FacetField, Hit, QueryError};

/// Reads what is stored of an article.
pub(crate) fn stored(
    snapshot: &Snapshot,
    address: DocAddress,
) -> Result<StoredArticle, QueryError> {
    let document: TantivyDocument = snapshot.searcher.doc(address)?;
    let json = document
        .get_first(snapshot.fields.article)
        .and_then(|value| value.as_str());
    serde_json::from_str(json.unwrap_or_default()).map_err(|error| {
        let segment = snapshot.searcher.segment_reader(address.segment_ord);
        QueryError::Stored {
            document: format!("{}/{}", segment.segment_id().uuid_string(), address.doc_id),
            error,
        }
    })
}

/// The article of a document, its people under the names that the facet has for them, and with
/// all corrections that were made by hand.
pub(crate) fn corrected(
    snapshot: &Snapshot,
    address: DocAddress,
) -> Result<StoredArticle, QueryError> {
    let mut stored = stored(snapshot, address)?;
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse(&stored.article);
    stored.entities = corrected_entities(snapshot, address, &stored, &analysed)?;
    Ok(stored)
}

/// The entities of an article as [`corrected`] has them.
fn corrected_entities(
    snapshot: &Snapshot,
    address: DocAddress,
    stored: &StoredArticle,
    analysed: &Analysed<'_>,
) -> Result<Vec<Entity>, QueryError> {
    let people = snapshot.values(FacetField::Person)?;
    let is_person = |entity: &Entity| entity.kind == EntityKind::Person;
    let entities = stored.entities.iter().cloned();
    let (persons, others): (Vec<Entity>, Vec<Entity>) = entities.partition(is_person);
    let others = snapshot.aliases.correct(&stored.article, analysed, others);
    // Who was only looked for in the text is among the others; the directory knows them all.
    let (added, others): (Vec<Entity>, Vec<Entity>) = others.into_iter().partition(is_person);
    let recognised = persons.into_iter().map(|person| {
        let entry = people.meaning(address, &person.key);
        (person, entry)
    });
    let added = added.into_iter().map(|person| {
        let entry = people.of_value(&person.key);
        let entry = entry.map(|entry| people.entry(entry));
        (person, entry)
    });
    let persons = recognised.chain(added).filter_map(|(person, entry)| {
        let entry = entry.filter(|entry| !entry.hidden)?;
        Some(Entity {
            key: entry.value.clone(),
            name: entry.value.clone(),
            ..person
        })
    });
    let mut entities = aliases::united(persons);
    entities.extend(others);
    Ok(entities)
}

/// The hit of an article.
pub(crate) fn hit(
    snapshot: &Snapshot,
    analyser: &mut Analyser,
    marker: &mut Marker,
    (address, score): (DocAddress, Score),
) -> Result<Hit, QueryError> {
    let stored = stored(snapshot, address)?;
    let analysed = analyser.analyse(&stored.article);
    let marks = marks(snapshot, &analysed, &stored, marker, address)?;
    let shown = snippet::show(&analysed, &marks.unwrap_or_default());
    let persons = persons(snapshot, address, &stored)?;
    let known = snapshot.values(FacetField::Country)?;
    let countries = stored.entities.iter();
    let countries = countries.filter(|entity| entity.kind == EntityKind::Country);
    let countries = countries.filter_map(|entity| known.meaning(address, &entity.key));
    let countries = countries.filter(|entry| !entry.hidden);
    let countries = countries.map(|entry| entry.value.clone()).collect();
    let article = stored.article;
    Ok(Hit {
        id: article.id,
        title: article.title,
        title_highlights: shown.title_highlights,
        title_derived: article.title_derived,
        published: article.published.as_ref().and_then(published_text),
        published_precision: article.published.map(|published| published.precision),
        source: article.source,
        url: article.url,
        language: stored.analysed_language,
        path: article.origin.path,
        entry: article.origin.entry,
        score,
        snippet: shown.snippet,
        second_snippet: shown.second_snippet,
        persons,
        countries,
        explanation: None,
    })
}

/// The stretches of an article's title and body that made it match, in bytes; `None` when it does
/// not.
pub(crate) fn stretches(
    snapshot: &Snapshot,
    marker: &mut Marker,
    address: DocAddress,
) -> Result<Option<[Vec<Range<usize>>; 2]>, QueryError> {
    let stored = stored(snapshot, address)?;
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse(&stored.article);
    let marks = marks(snapshot, &analysed, &stored, marker, address)?;
    Ok(marks.map(|marks| [&marks.title, &marks.body].map(|marks| snippet::joined(marks))))
}

/// What made an article match; `None` when it does not.
fn marks(
    snapshot: &Snapshot,
    analysed: &Analysed<'_>,
    stored: &StoredArticle,
    marker: &mut Marker,
    address: DocAddress,
) -> Result<Option<Marks>, QueryError> {
    let reader = snapshot.searcher.segment_reader(address.segment_ord);
    // Who is meant by a name, the directory says; most searches ask for nobody.
    let entities = match marker.names_entities() {
        true => corrected_entities(snapshot, address, stored, analysed)?,
        false => Vec::new(),
    };
    marker.mark(analysed, &entities, &|query| {
        let scoring = EnableScoring::disabled_from_searcher(&snapshot.searcher);
        let mut scorer = query.weight(scoring)?.scorer(reader, 1.0)?;
        Ok(scorer.doc() <= address.doc_id && scorer.seek(address.doc_id) == address.doc_id)
    })
}

/// A date in UTC as precisely as it is known: `2026-02-03T11:20:00Z`, `2026-02-03`, `2026-02` or
/// `2026`; `None` outside the years −9999 to 9999.
pub fn published_text(published: &Published) -> Option<String> {
    let instant = Timestamp::from_second(published.seconds).ok()?;
    let format = match published.precision {
        Precision::Second => "%Y-%m-%dT%H:%M:%SZ",
        Precision::Day => "%Y-%m-%d",
        Precision::Month => "%Y-%m",
        Precision::Year => "%Y",
    };
    Some(instant.strftime(format).to_string())
}

/// The people of an article under the names that the facet has for them.
fn persons(
    snapshot: &Snapshot,
    address: DocAddress,
    stored: &StoredArticle,
) -> Result<Vec<String>, QueryError> {
    let values = snapshot.values(FacetField::Person)?;
    let mut names: Vec<String> = Vec::new();
    let mut add = |entry: &Entry| {
        if !entry.hidden && !names.contains(&entry.value) {
            names.push(entry.value.clone());
        }
    };
    for entity in &stored.entities {
        if entity.kind != EntityKind::Person {
            continue;
        }
        // Whom nobody means was said to be no person.
        let Some(entry) = values.meaning(address, &entity.key) else {
            continue;
        };
        add(entry);
    }
    values.standing(address).for_each(add);
    Ok(names)
}
