//! What the names of countries mean in running text, sentence by sentence.

use dateline_corpus::{Analyser, EntityKind, Language};
use dateline_entities::{Extractor, resolve};

/// The codes of the countries that a text in a language names, in alphabetical order.
fn countries(language: &str, title: &str, body: &str) -> String {
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse_parts(title, body, Language::from_tag(language));
    let entities = resolve(&analysed, Extractor::new().extract(&analysed));
    let countries = entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Country);
    let mut codes: Vec<&str> = countries.map(|entity| entity.key.as_str()).collect();
    codes.sort_unstable();
    codes.join(" ")
}

const SENTENCES: &str = include_str!("sentences/countries.txt");

#[test]
fn sentences_name_the_countries_that_a_reader_finds_in_them() {
    let mut wrong = Vec::new();
    let mut sentences = 0;
    let mut case = "";
    for line in SENTENCES.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with('[') {
            case = line;
            continue;
        }
        let fields: Vec<&str> = line.splitn(3, '|').map(str::trim).collect();
        let [language, expected, text] = fields[..] else {
            panic!("{line}: not of the form `language | codes | text`");
        };
        sentences += 1;
        let found = countries(language, "", text);
        if found != expected {
            wrong.push(format!("{case} {text}: {found:?} is not {expected:?}"));
        }
    }
    assert!(sentences > 300, "{sentences}");
    assert!(
        wrong.is_empty(),
        "{} of {sentences}: {wrong:#?}",
        wrong.len()
    );
}

#[test]
fn the_title_counts_unless_it_is_derived() {
    assert_eq!(countries("en", "Peru wins", "The match was short."), "PE");
    let mut analyser = Analyser::new();
    let mut analysed = analyser.analyse_parts("Peru wins", "The match was short.", None);
    analysed.title_derived = true;
    assert!(Extractor::new().extract(&analysed).is_empty());
}
