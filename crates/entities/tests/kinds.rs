//! What kind a name is of, where several could be meant.

use dateline_corpus::{Analyser, EntityKind, Language};
use dateline_entities::{Extractor, resolve};

/// The names of one kind in a text.
fn named(kind: EntityKind, text: &str) -> Vec<String> {
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse_parts("", text, Some(Language::ENGLISH));
    let entities = resolve(&analysed, Extractor::new().extract(&analysed));
    let of_kind = entities.into_iter().filter(|entity| entity.kind == kind);
    of_kind.map(|entity| entity.name).collect()
}

#[test]
fn a_country_with_its_article_is_a_country_only() {
    for text in [
        "The United States on Tuesday imposed sanctions on two firms.",
        "Ministers of the Netherlands and the Philippines met on Monday.",
    ] {
        assert_eq!(named(EntityKind::Place, text), [""; 0], "{text}");
        assert!(!named(EntityKind::Country, text).is_empty(), "{text}");
    }
}

#[test]
fn a_text_in_a_language_without_tables_is_read_as_english() {
    let text = "Colombian defense minister Pedro Sánchez said troops would stay.";
    let mut analyser = Analyser::new();
    // Short English texts are taken for Afrikaans now and then.
    let analysed = analyser.analyse_parts("", text, Language::from_tag("af"));
    let entities = resolve(&analysed, Extractor::new().extract(&analysed));
    let roles: Vec<&String> = entities.iter().flat_map(|entity| &entity.roles).collect();
    assert_eq!(roles, ["Colombian defense minister"]);
    assert!(entities.iter().any(|entity| entity.key == "CO"));
}
