//! Finds mentions: the tagger's names, put right with the whole article in view, and the
//! countries that the tables know.

mod names;
mod places;
mod reading;

use dateline_corpus::{Analysed, Cue, EntityKind, Mention, Part};

use crate::countries::Sense;
use crate::gazetteer::{self, Meaning};
use crate::tagger::{self, Model};
use names::Name;
use places::Evidence;
use reading::Reading;

/// Finds mentions. Cheap to make and to copy: the tables behind it are built once per process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extractor(());

impl Extractor {
    /// An extractor; the first one of the process builds the tables and unpacks the model (some
    /// milliseconds).
    pub fn new() -> Extractor {
        gazetteer::prepare();
        Model::shipped();
        Extractor(())
    }

    /// The mentions in an article, by part, place and kind.
    ///
    /// Mentions of one kind do not overlap. A city or region yields two over the same stretch: a
    /// [`EntityKind::Place`] with its country, and a [`EntityKind::Country`] with [`Cue::Place`].
    /// A derived title is passed over, because what it names stands in the body, too.
    pub fn extract(&self, analysed: &Analysed<'_>) -> Vec<Mention> {
        let language = crate::language(analysed);
        let parts = analysed.parts();
        let tagged = tagger::tag(analysed);
        let tables = parts.iter().zip(tagged.tables);
        let readings: Vec<Reading<'_>> = tables
            .map(|(&part, spans)| Reading {
                text: analysed.part(part),
                part,
                language,
                spans,
            })
            .collect();
        let evidence = Evidence::of(&readings);
        let names = names::names(&readings, &tagged.names, &evidence);
        let mut mentions = Vec::new();
        for (reading, names) in readings.iter().zip(&names) {
            let named = names.iter().filter(|name| !is_country(reading, name));
            mentions.extend(named.map(|name| mention(reading, name.first, name.end, name.kind)));
            add_spans(reading, names, &evidence, &mut mentions);
        }
        mentions.sort_by_key(|mention| (mention.part, mention.start, mention.kind, mention.end));
        drop_overlaps(&mut mentions);
        mentions
    }
}

fn mention(reading: &Reading<'_>, first: usize, end: usize, kind: EntityKind) -> Mention {
    let tokens = &reading.text.tokens;
    Mention {
        part: reading.part,
        start: tokens[first].start,
        end: tokens[end - 1].end,
        kind,
        cue: Cue::Name,
        country: None,
    }
}

/// Whether what the tagger takes for a place is an adjective, such as `African`, or a name of the
/// country table, which then decides.
fn is_country(reading: &Reading<'_>, name: &Name) -> bool {
    let adjective = name.kind == EntityKind::Place
        && reading.span_at(name.end - 1).is_none()
        && reading.classes(name.end - 1).is_affiliation();
    if adjective {
        return true;
    }
    // The table has names without their article.
    let article = name.end > name.first + 1 && reading.text.form(name.first) == "the";
    let span = reading.span_at(name.first + usize::from(article));
    name.kind == EntityKind::Place
        && span
            .filter(|span| span.end == name.end)
            .and_then(gazetteer::Span::country)
            .is_some_and(|(_, sense)| sense != Sense::Metonym)
}

fn add_spans(
    reading: &Reading<'_>,
    names: &[Name],
    evidence: &Evidence,
    mentions: &mut Vec<Mention>,
) {
    for span in &reading.spans {
        let named = names::meeting(names, span.first, span.end);
        let person = named.filter(|name| name.kind == EntityKind::Person);
        // `King Abdullah of Jordan` is named after the country.
        let realm = |name: &Name| {
            span.first >= name.first + 2
                && matches!(
                    reading.text.form(span.first - 1),
                    "of" | "de" | "von" | "van"
                )
                && span
                    .country()
                    .is_some_and(|(_, sense)| sense == Sense::Name)
        };
        if person.is_some_and(|name| !realm(name)) {
            continue;
        }
        let kind = match span.meaning {
            Meaning::Organisation => Some(EntityKind::Organisation),
            Meaning::Region => Some(EntityKind::Place),
            Meaning::Country(..) | Meaning::Nothing => None,
        };
        let kind = kind.filter(|_| named.is_none());
        mentions.extend(kind.map(|kind| mention(reading, span.first, span.end, kind)));
        let Some(decision) = places::decide(reading, span, evidence) else {
            continue;
        };
        let cue = match decision.sense {
            Sense::Name => Cue::Name,
            Sense::Demonym => Cue::Demonym,
            Sense::Place | Sense::Region => Cue::Place,
            Sense::Metonym => Cue::Metonym,
        };
        let inside = named.filter(|name| name.first < span.first || name.end > span.end);
        let cue = match inside {
            Some(name) if name.kind == EntityKind::Organisation => Cue::Organisation,
            _ => cue,
        };
        let country = Mention {
            cue,
            country: Some(decision.code),
            ..mention(reading, span.first, span.end, EntityKind::Country)
        };
        mentions.push(country);
        if cue == Cue::Place && named.is_none_or(|name| is_country(reading, name)) {
            mentions.push(Mention {
                kind: EntityKind::Place,
                cue: Cue::Name,
                ..country
            });
        }
    }
}

/// Keeps the first of two mentions of a kind that overlap. They are sorted.
fn drop_overlaps(mentions: &mut Vec<Mention>) {
    let mut ends: [(Part, u32); 4] = [(Part::Title, 0); 4];
    mentions.retain(|mention| {
        let (part, end) = &mut ends[mention.kind as usize];
        if *part == mention.part && mention.start < *end {
            return false;
        }
        (*part, *end) = (mention.part, mention.end);
        true
    });
}
