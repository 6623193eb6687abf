//! Finds mentions: cuts the article into pieces, decides who is a person, what is a country,
//! and takes the rest for organisations and places where a word says so.

mod bare;
mod cut;
mod persons;
mod pieces;
mod places;
mod weigh;

use dateline_corpus::{Analysed, Cue, EntityKind, Language, Mention, Part};

use crate::countries::Sense;
use crate::gazetteer::{self, Meaning};
use persons::Person;
use pieces::{PIECE_TOKENS_MAX, Piece, Reading, Sort};
use places::Evidence;

/// Finds mentions. Cheap to make and to copy: the tables behind it are built once per process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extractor(());

impl Extractor {
    /// An extractor; the first one of the process builds the tables (some milliseconds).
    pub fn new() -> Extractor {
        gazetteer::prepare();
        Extractor(())
    }

    /// The mentions in an article, by part, place and kind.
    ///
    /// Mentions of one kind do not overlap. A city or region yields two over the same stretch: a
    /// [`EntityKind::Place`] with its country, and a [`EntityKind::Country`] with [`Cue::Place`].
    /// A derived title is passed over, because what it names stands in the body, too.
    pub fn extract(&self, analysed: &Analysed<'_>) -> Vec<Mention> {
        // A text in no known language is most likely a very short one in English.
        let language = match analysed.language {
            Language::UNKNOWN => Language::ENGLISH,
            language => language,
        };
        let parts: &[Part] = if analysed.title_derived {
            &[Part::Body]
        } else {
            &[Part::Title, Part::Body]
        };
        let readings: Vec<Reading<'_, '_>> = parts
            .iter()
            .map(|&part| cut::cut(analysed.part(part), part, language))
            .collect();
        let evidence = Evidence::of(&readings);
        let people = persons::people(&readings, &evidence);
        let mut mentions = Vec::new();
        for (reading, people) in readings.iter().zip(&people) {
            add_people(reading, people, &mut mentions);
            add_spans(reading, people, &evidence, &mut mentions);
            add_bodies(reading, people, &mut mentions);
        }
        mentions.sort_by_key(|mention| (mention.part, mention.start, mention.kind, mention.end));
        drop_overlaps(&mut mentions);
        mentions
    }
}

fn mention(reading: &Reading<'_, '_>, first: usize, end: usize, kind: EntityKind) -> Mention {
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

fn add_people(reading: &Reading<'_, '_>, people: &[Person], mentions: &mut Vec<Mention>) {
    let people = people.iter();
    mentions.extend(
        people.map(|person| mention(reading, person.first, person.end, EntityKind::Person)),
    );
}

fn add_spans(
    reading: &Reading<'_, '_>,
    people: &[Person],
    evidence: &Evidence,
    mentions: &mut Vec<Mention>,
) {
    for span in &reading.spans {
        if overlaps_person(people, span.first, span.end) {
            continue;
        }
        let kind = match span.meaning {
            Meaning::Organisation => Some(EntityKind::Organisation),
            Meaning::Region => Some(EntityKind::Place),
            Meaning::Country(..) | Meaning::Nothing => None,
        };
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
        let country = Mention {
            cue,
            country: Some(decision.code),
            ..mention(reading, span.first, span.end, EntityKind::Country)
        };
        mentions.push(country);
        if cue == Cue::Place {
            mentions.push(Mention {
                kind: EntityKind::Place,
                cue: Cue::Name,
                ..country
            });
        }
    }
}

/// Organisations and places that a word of their names gives away: `Caracol Radio`,
/// `Plaza Bolívar`.
fn add_bodies(reading: &Reading<'_, '_>, people: &[Person], mentions: &mut Vec<Mention>) {
    for piece in reading
        .pieces
        .iter()
        .filter(|piece| piece.sort != Sort::Name)
    {
        let end = if piece.sort == Sort::Organisation {
            extended(reading, piece)
        } else {
            piece.end
        };
        // A single `Party` or `River` names nothing.
        let named = piece.names > 0 && end > piece.first + 1 || end > piece.end;
        if named && !overlaps_person(people, piece.first, end) {
            let kind = match piece.sort {
                Sort::Organisation => EntityKind::Organisation,
                _ => EntityKind::Place,
            };
            mentions.push(mention(reading, piece.first, end, kind));
        }
    }
}

/// Words that may join the parts of an organisation's name: `Ministry of Foreign Affairs`.
const JOINS: &[&str] = &[
    "of", "for", "on", "the", "de", "del", "la", "da", "do", "du", "des", "für", "fur", "per",
];

fn extended(reading: &Reading<'_, '_>, piece: &Piece) -> usize {
    let text = reading.text;
    let limit = piece.sentence.1.min(piece.first + PIECE_TOKENS_MAX);
    let mut end = piece.end;
    let mut token = end;
    let mut joins = 0;
    while token < limit
        && matches!(text.gap_before(token), " " | "-")
        && !text.tokens[token - 1].shape.is_possessive()
    {
        if reading.is_capitalised(token) {
            if joins == 0 && end == piece.end {
                break;
            }
            token += 1;
            end = token;
            joins = 0;
        } else if joins < 2 && JOINS.contains(&text.form(token)) {
            joins += 1;
            token += 1;
        } else {
            break;
        }
    }
    end
}

fn overlaps_person(people: &[Person], first: usize, end: usize) -> bool {
    let at = people.partition_point(|person| person.end <= first);
    people.get(at).is_some_and(|person| person.first < end)
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
