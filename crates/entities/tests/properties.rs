//! What holds for every text, however strange.

use dateline_corpus::{Analyser, CountryCode, EntityKind, Language, Mention, Part};
use dateline_entities::{Extractor, countries, resolve};
use proptest::prelude::*;

/// Texts of words that the rules look at, in every order and with every punctuation.
fn texts() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Gustavo",
        "Petro",
        "President",
        "Mr.",
        "of",
        "the",
        "US",
        "U.S.",
        "Georgia",
        "Jordan",
        "Chad",
        "van",
        "de",
        "la",
        "al-",
        "J.",
        "Jr.",
        "“Pancho”",
        "Ministry",
        "Bank",
        "Washington,",
        "D.C.",
        "García-Peña's",
        "Al",
        "said",
        "New",
        "Mexico",
        "M.",
        "ministre",
        "Präsident",
        "Kolumbiens",
        "español",
        "\n",
        "—",
        "(",
        "San",
        "İstanbul",
        "Δημοκρατία",
        "北京",
        "🎈",
        "and",
        "Renzo",
        "Silvia",
        "TRUMP",
        "III",
        "'s",
        "$",
    ]);
    prop_oneof![
        prop::collection::vec(words, 0..24).prop_map(|words| words.join(" ")),
        ".{0,80}",
    ]
}

fn tags() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["en", "es", "fr", "pt", "de", "it", "nl", "ru", "zh"])
}

fn mentions_are_sound(mentions: &[Mention], part: Part, text: &str) {
    let kinds = [
        EntityKind::Person,
        EntityKind::Country,
        EntityKind::Organisation,
        EntityKind::Place,
    ];
    for kind in kinds {
        let mut end = 0;
        for mention in mentions.iter().filter(|m| m.kind == kind && m.part == part) {
            assert!(end <= mention.start && mention.start < mention.end);
            assert!(
                text.get(mention.start as usize..mention.end as usize)
                    .is_some()
            );
            end = mention.end;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn mentions_are_ordered_within_the_text_and_apart(title in texts(), body in texts(), tag in tags()) {
        let mut analyser = Analyser::new();
        let analysed = analyser.analyse_parts(&title, &body, Language::from_tag(tag));
        let mentions = Extractor::new().extract(&analysed);
        prop_assert!(mentions.is_sorted_by_key(|m| (m.part, m.start)));
        mentions_are_sound(&mentions, Part::Title, &title);
        mentions_are_sound(&mentions, Part::Body, &body);
        for mention in &mentions {
            let known = mention.country.and_then(countries::name);
            prop_assert_eq!(mention.country.is_some(), known.is_some());
            prop_assert!(mention.kind != EntityKind::Country || known.is_some());
        }
        let count = mentions.len();
        let entities = resolve(&analysed, mentions);
        prop_assert_eq!(entities.iter().map(|entity| entity.mentions.len()).sum::<usize>(), count);
        for entity in &entities {
            prop_assert!(!entity.mentions.is_empty());
            prop_assert!(!entity.key.is_empty() && !entity.name.is_empty());
            prop_assert!(entity.mentions.iter().all(|mention| mention.kind == entity.kind));
        }
    }

    #[test]
    fn mentions_of_another_article_do_no_harm(
        text in texts(), start in 0u32..200, length in 0u32..50, kind in 0usize..4,
    ) {
        let mut analyser = Analyser::new();
        let analysed = analyser.analyse_parts("", &text, None);
        let kind = [EntityKind::Person, EntityKind::Country, EntityKind::Organisation, EntityKind::Place][kind];
        let mention = Mention {
            part: Part::Body,
            start,
            end: start + length,
            kind,
            cue: dateline_corpus::Cue::Name,
            country: CountryCode::new("ZZ"),
        };
        let entities = resolve(&analysed, vec![mention]);
        prop_assert!(entities.len() <= 1);
    }
}
