//! What an article is about, as against what it names, in six languages.

use std::collections::BTreeSet;

use dateline_corpus::{Analyser, Entity, EntityKind, Language};
use dateline_entities::{Extractor, resolve};

const ARTICLES: &str = include_str!("sentences/about.txt");

fn entities(language: &str, title: &str, body: &str) -> Vec<Entity> {
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse_parts(title, body, Language::from_tag(language));
    resolve(&analysed, Extractor::new().extract(&analysed))
}

/// The keys of the countries, or the names of the people, that an article is about or not.
fn names(entities: &[Entity], kind: EntityKind, about: bool) -> BTreeSet<&str> {
    let of_kind = entities.iter().filter(|entity| entity.kind == kind);
    of_kind
        .filter(|entity| entity.about.is_some() == about)
        .map(|entity| match kind {
            EntityKind::Country => entity.key.as_str(),
            _ => entity.name.as_str(),
        })
        .collect()
}

#[test]
fn articles_are_about_what_their_editor_would_say() {
    let mut articles = 0;
    for block in ARTICLES
        .split("\n\n")
        .filter(|block| !block.starts_with('#'))
    {
        let mut lines = block.trim().splitn(3, '\n');
        let (head, title, body) = (lines.next(), lines.next(), lines.next());
        let (Some(head), Some(title), Some(body)) = (head, title, body) else {
            panic!("{block}: not a head, a title and a body");
        };
        let fields: Vec<&str> = head.split('|').map(str::trim).collect();
        let [language, about, named, people] = fields[..] else {
            panic!("{head}: not of the form `language | countries | countries | people`");
        };
        let found = entities(language, title, body);
        let codes = |codes| str::split_whitespace(codes).collect::<BTreeSet<&str>>();
        assert_eq!(
            names(&found, EntityKind::Country, true),
            codes(about),
            "{title}"
        );
        assert_eq!(
            names(&found, EntityKind::Country, false),
            codes(named),
            "{title}"
        );
        let people: BTreeSet<&str> = people.split("; ").filter(|name| !name.is_empty()).collect();
        assert_eq!(names(&found, EntityKind::Person, true), people, "{title}");
        articles += 1;
    }
    assert!(articles >= 13, "{articles}");
}

#[test]
fn the_evidence_is_the_mention_that_says_most() {
    let title = "Peru wins";
    let body = "LIMA, May 2 (Agency) - The match was short. Chile's coach left.";
    let found = entities("en", title, body);
    let evidence = |key: &str| {
        let entity = found.iter().find(|entity| entity.key == key).unwrap();
        let mention = entity.mentions[entity.about? as usize];
        let text = match mention.part {
            dateline_corpus::Part::Title => title,
            dateline_corpus::Part::Body => body,
        };
        Some(&text[mention.start as usize..mention.end as usize])
    };
    assert_eq!(evidence("PE"), Some("Peru"));
    assert_eq!(evidence("CL"), None);
}

#[test]
fn prominence_is_a_share_of_the_highest_of_its_kind() {
    let found = entities(
        "en",
        "Peru wins",
        "The match was short. After it, twenty thousand people walked home through the rain, and \
         all the trams of the town stood still until the morning came, as they do every year. Chile sent its regards.",
    );
    let prominence = |key: &str| {
        let entity = found.iter().find(|entity| entity.key == key);
        entity.map(|entity| entity.prominence)
    };
    // One mention in the title, one behind the lead.
    assert_eq!((prominence("PE"), prominence("CL")), (Some(100), Some(20)));
}

#[test]
fn an_article_that_names_nothing_is_about_nothing() {
    assert!(entities("en", "Rain", "It rained all day.").is_empty());
    assert!(entities("en", "", "").is_empty());
}
