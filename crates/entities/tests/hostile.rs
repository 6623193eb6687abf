//! Bodies that repeat themselves: what is found stays small, and every mention finds an entity.
//!
//! Time is not asserted: the limits that keep it in proportion to the text are.

use dateline_corpus::{Analyser, Entity, EntityKind, Language, Mention};
use dateline_entities::{Extractor, resolve};

/// The most words that the name of a person or a body has.
const WORDS_MAX: usize = 12;

const BODY_BYTES: usize = 200_000;

fn repeated(pattern: &str) -> String {
    pattern.repeat(BODY_BYTES / pattern.len())
}

/// A word for each number below 17,576, each another: `Zaaaorb`, `Zbaaorb`.
fn name(number: usize) -> String {
    let letter = |digit: usize| char::from(b'a' + (digit % 26) as u8);
    let (one, two, three) = (letter(number), letter(number / 26), letter(number / 676));
    format!("Z{one}{two}{three}orb")
}

fn read(body: &str, tag: &str, check: impl Fn(&[Mention], &[Entity])) {
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse_parts("", body, Language::from_tag(tag));
    let mentions = Extractor::new().extract(&analysed);
    for mention in &mentions {
        let tokens = analysed.body.tokens.iter();
        let within = |start: u32| (mention.start..mention.end).contains(&start);
        let from = analysed
            .body
            .tokens
            .partition_point(|token| token.start < mention.start);
        let words = tokens
            .skip(from)
            .take_while(|token| within(token.start))
            .count();
        assert!((1..=WORDS_MAX).contains(&words), "{mention:?} has {words}");
    }
    let entities = resolve(&analysed, mentions.clone());
    let referred: usize = entities.iter().map(|entity| entity.mentions.len()).sum();
    assert_eq!(referred, mentions.len());
    check(&mentions, &entities);
}

#[test]
fn no_name_is_longer_than_a_name() {
    for pattern in [
        "Zorbax ",
        "Gustavo ",
        "President Gustavo Petro ",
        "Jr ",
        "J. ",
        "de ",
        "Gustavo de ",
        "Al ",
        "Zorbax-",
        "“Pancho” ",
        "Ministry of ",
        "Ministry ",
        "River ",
        "ZORBAX ",
        "Colombia ",
        "Turkey ",
        "New Mexico Zorbax ",
    ] {
        for tag in ["en", "de", "es"] {
            read(&repeated(pattern), tag, |_, _| ());
        }
    }
}

#[test]
fn every_repeated_country_is_found() {
    for (pattern, code) in [("Colombia ", "CO"), ("Georgia ", "GE")] {
        let count = BODY_BYTES / pattern.len();
        read(&repeated(pattern), "en", |mentions, entities| {
            assert_eq!(mentions.len(), count, "{pattern}");
            assert_eq!(entities.len(), 1);
            assert_eq!(entities[0].key, code);
        });
    }
}

#[test]
fn a_bird_is_no_country_however_often_it_is_named() {
    let body = format!("{}A turkey ran.", repeated("Turkey fell. "));
    read(&body, "en", |mentions, _| assert!(mentions.is_empty()));
}

#[test]
fn each_of_many_people_is_one() {
    // More than the full names that are remembered, and more namesakes than are compared.
    let people = 3_000;
    let full = |number: usize| format!("Mr. {} {} said so. ", name(number), name(9_000));
    let body: String = (0..people).map(full).collect();
    let body = format!("{body}{}", "Mr. Zefnorb said so. ".repeat(2_000));
    read(&body, "en", |_, entities| {
        let found = entities
            .iter()
            .filter(|entity| entity.kind == EntityKind::Person && entity.name.contains(' '));
        assert_eq!(found.count(), people);
    });
}

#[test]
fn a_bare_name_goes_to_the_first_of_many_namesakes_at_most() {
    let namesakes: String = (0..150)
        .map(|number| format!("Mr. {} Whitlock said so. ", name(number)))
        .collect();
    let body = format!("{namesakes}{}", "Whitlock said no. ".repeat(5_000));
    read(&body, "en", |mentions, entities| {
        assert_eq!(mentions.len(), 5_150);
        assert_eq!(entities.len(), 150);
        assert_eq!(entities[0].mentions.len(), 5_001);
    });
}

#[test]
fn couples_and_genitives_without_end_are_read() {
    for (body, tag) in [
        (repeated("Renzo and Silvia Cattaruzza left. "), "en"),
        (repeated("Frau Gogberashvilis Anwalt kam. "), "de"),
        (repeated("Washington met Denise Washington. "), "en"),
        (repeated("Gustavo Petro Trump met Donald Trump. "), "en"),
    ] {
        read(&body, tag, |mentions, _| assert!(mentions.len() > 1_000));
    }
}
