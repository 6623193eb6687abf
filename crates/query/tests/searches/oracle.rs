//! Whatever is asked in words, a search finds and counts what a plain scan of the articles does: over
//! one segment and several, before and after deletes.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Sample, build};
use dateline_corpus::analysis::{Text, stem, words};
use dateline_corpus::{Analyser, ArticleId, EntityKind, Language, Precision, StoredArticle};
use dateline_entities::people::person_key;
use dateline_query::syntax::{Field, Node, Text as Piece};
use dateline_query::{FacetField, FacetRequest, SearchRequest, Sort, Words};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Few words, so that they meet; with inflections, accents and words that languages stem alike.
const WORDS: &[&str] = &[
    "sanction",
    "sanctions",
    "sanctioned",
    "oil",
    "Bogotá",
    "bogota",
    "news",
    "new",
    "sanciones",
    "talks",
    "talk",
    "García-Peña",
    "the",
];
const PERSONS: &[&str] = &[
    "Gustavo Petro",
    "Donald Trump",
    "Nicolás Maduro",
    "Nicolas Maduro",
    "Daniel García Peña",
    "Daniel García-Peña",
];
const COUNTRIES: &[&str] = &["CO", "US", "VE"];
const SOURCES: &[&str] = &["Andes Herald", "vermelho.org.br"];
const LANGUAGES: &[&str] = &["en", "es", "fr", "el"];

fn sample() -> impl Strategy<Value = Sample> {
    let text = |max| vec(select(WORDS), 0..max).prop_map(|words| words.join(" "));
    let some = |values: &'static [&'static str], max| {
        proptest::sample::subsequence(values, 0..=max)
            .prop_map(|values| values.into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    (
        text(4),
        text(10),
        select(LANGUAGES),
        some(PERSONS, PERSONS.len()),
        some(COUNTRIES, COUNTRIES.len()),
        proptest::option::of(select(SOURCES)),
        proptest::option::of(20_000..20_004_i64),
    )
        .prop_map(
            |(title, body, language, persons, countries, source, day)| Sample {
                publisher_id: None,
                title,
                body,
                language,
                persons,
                countries,
                about: false,
                roles: Vec::new(),
                source: source.map(str::to_owned),
                published: day.map(|day| day * 86_400),
                precision: Precision::Day,
            },
        )
}

fn piece(raw: String, quoted: bool) -> Node {
    Node::Text(if quoted {
        Piece::quoted(raw)
    } else {
        Piece::word(raw)
    })
}

fn tree() -> impl Strategy<Value = Node> {
    let word = || select(WORDS).prop_map(|word| piece(word.to_owned(), false));
    let phrase = || vec(select(WORDS), 1..4).prop_map(|words| piece(words.join(" "), true));
    let facet = |field, values: &'static [&'static str]| {
        select(values)
            .prop_map(move |value| piece(value.to_owned(), true).within(Field::Facet(field)))
    };
    let leaf = prop_oneof![
        4 => word(),
        3 => phrase(),
        1 => phrase().prop_map(|node| node.within(Field::Title)),
        1 => word().prop_map(|node| node.within(Field::Body)),
        1 => facet(FacetField::Person, PERSONS),
        1 => facet(FacetField::Country, COUNTRIES),
        1 => facet(FacetField::Source, SOURCES),
        1 => facet(FacetField::Language, LANGUAGES),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(|nodes| Node::and(nodes).unwrap()),
            vec(inner.clone(), 2..4).prop_map(|nodes| Node::or(nodes).unwrap()),
            inner.prop_map(Node::negate),
        ]
    })
}

fn request() -> impl Strategy<Value = (Option<Node>, SearchRequest)> {
    (
        proptest::option::weighted(0.8, tree()),
        proptest::option::weighted(0.2, select(&["2024-10-05", "2024-10", "2024"][..])),
        proptest::option::weighted(0.2, select(&["2024-10-06", "2024-10", "2023"][..])),
        select(&[Sort::Relevance, Sort::Newest, Sort::Oldest][..]),
    )
        .prop_map(|(tree, since, until, sort)| {
            let query = tree.as_ref().map(Node::to_string).unwrap_or_default();
            let fields = [FacetField::Person, FacetField::Country, FacetField::Source];
            let request = SearchRequest {
                query,
                since: since.map(str::to_owned),
                until: until.map(str::to_owned),
                sort,
                words: Words::All,
                limit: 100,
                facets: fields.map(|field| FacetRequest::top(field, None)).to_vec(),
                ..SearchRequest::default()
            };
            (tree, request)
        })
}

fn matches(stored: &StoredArticle, node: &Node, field: Option<Field>) -> bool {
    match node {
        Node::And(nodes) => nodes.iter().all(|node| matches(stored, node, field)),
        Node::Or(nodes) => nodes.iter().any(|node| matches(stored, node, field)),
        Node::Not(node) => !matches(stored, node, field),
        Node::In(field, node) => matches(stored, node, Some(*field)),
        Node::Near(_) | Node::AtLeast(..) | Node::Filter(_) => unreachable!("not asked for"),
        Node::Text(piece) => match field {
            Some(Field::Facet(facet)) => has_value(stored, facet, &piece.raw),
            _ => has_words(stored, &piece.raw, field),
        },
    }
}

fn has_words(stored: &StoredArticle, raw: &str, field: Option<Field>) -> bool {
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse(&stored.article);
    let stems: Vec<String> = words(raw)
        .into_iter()
        .map(|(_, _, form)| stem(&form, analysed.language))
        .collect();
    let has = |text: &Text<'_>| {
        (0..text.tokens.len()).any(|first| {
            let mut words = stems.iter().zip(first..);
            words.all(|(stem, token)| token < text.tokens.len() && text.stem(token) == stem)
        })
    };
    match field {
        Some(Field::Title) => has(&analysed.title),
        Some(Field::Body) => has(&analysed.body),
        _ => has(&analysed.title) || has(&analysed.body),
    }
}

/// The values of a facet, people by what their variants have in common.
fn values(stored: &StoredArticle, facet: FacetField) -> BTreeSet<String> {
    let keys = |kind| {
        let entities = stored.entities.iter();
        let entities = entities.filter(move |entity| entity.kind == kind);
        entities.map(|entity| entity.key.clone())
    };
    match facet {
        FacetField::Person => keys(EntityKind::Person)
            .map(|name| person_key(&name))
            .collect(),
        FacetField::Country => keys(EntityKind::Country).collect(),
        FacetField::Source => stored.article.source.clone().into_iter().collect(),
        FacetField::Language => [stored.analysed_language.code().to_owned()].into(),
        _ => unreachable!("not asked for"),
    }
}

fn has_value(stored: &StoredArticle, facet: FacetField, value: &str) -> bool {
    let value = match facet {
        FacetField::Person => person_key(value),
        _ => value.to_owned(),
    };
    values(stored, facet).contains(&value)
}

fn fulfils(stored: &StoredArticle, tree: Option<&Node>, request: &SearchRequest) -> bool {
    // Days as numbers since 1970; the spans are those that the strategy chooses from.
    let day = stored
        .article
        .published
        .as_ref()
        .map(|date| date.seconds / 86_400);
    let since = request.since.as_deref().is_none_or(|since| {
        let first = match since {
            "2024-10-05" => 20_001,
            "2024-10" => 19_997,
            _ => 19_723,
        };
        day.is_some_and(|day| day >= first)
    });
    let until = request.until.as_deref().is_none_or(|until| {
        let last = match until {
            "2024-10-06" => 20_002,
            "2024-10" => 20_027,
            _ => 19_722,
        };
        day.is_some_and(|day| day <= last)
    });
    since && until && tree.is_none_or(|tree| matches(stored, tree, None))
}

type Counts = BTreeMap<String, u64>;

fn check(
    samples: &[Sample],
    segments: usize,
    deleted: &[usize],
    tree: Option<&Node>,
    request: &SearchRequest,
) {
    let built = build(samples, segments, deleted);
    let response = built.searcher.search(request).unwrap();
    let stored: Vec<&StoredArticle> = built
        .stored
        .iter()
        .filter(|stored| fulfils(stored, tree, request))
        .collect();

    let expected: BTreeSet<ArticleId> = stored.iter().map(|stored| stored.article.id).collect();
    let found: BTreeSet<ArticleId> = response.hits.iter().map(|hit| hit.id).collect();
    assert_eq!(found, expected, "hits of {request:?}");
    assert_eq!(response.total, expected.len() as u64);
    assert_eq!(response.hits.len(), expected.len());
    let ids = built.searcher.matching_ids(request).unwrap();
    assert_eq!(ids, expected.into_iter().collect::<Vec<_>>());

    for facet in &request.facets {
        let mut expected = Counts::new();
        for value in stored.iter().flat_map(|stored| values(stored, facet.field)) {
            *expected.entry(value).or_default() += 1;
        }
        let key = |value: &String| match facet.field {
            FacetField::Person => person_key(value),
            _ => value.clone(),
        };
        let counts = &response.facets[&facet.field];
        let counted: Counts = counts
            .iter()
            .map(|count| (key(&count.value), count.count))
            .collect();
        assert_eq!(counted, expected, "{:?} of {request:?}", facet.field);
        assert_eq!(counted.len(), counts.len(), "a value is counted twice");
        assert!(
            counts.is_sorted_by_key(|count| (std::cmp::Reverse(count.count), count.value.clone()))
        );
    }

    let dates = response.hits.iter().map(|hit| hit.published.clone());
    let dated: Vec<Option<String>> = dates.collect();
    match request.sort {
        Sort::Relevance => assert!(response.hits.is_sorted_by(|a, b| a.score >= b.score - 1e-3)),
        Sort::Newest => assert!(dated.is_sorted_by(|a, b| a >= b), "{dated:?}"),
        Sort::Oldest => assert!(
            dated.is_sorted_by_key(|date| (date.is_none(), date.clone())),
            "{dated:?}"
        ),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn searches_find_and_count_what_a_scan_does(
        samples in vec(sample(), 1..14),
        (tree, request) in request(),
        deleted in proptest::sample::subsequence((0..14_usize).collect::<Vec<_>>(), 0..4),
    ) {
        let deleted: Vec<usize> = deleted.into_iter().filter(|number| *number < samples.len()).collect();
        check(&samples, 1, &[], tree.as_ref(), &request);
        check(&samples, 3, &deleted, tree.as_ref(), &request);
    }
}

#[test]
fn the_dates_of_the_oracle_are_those_of_the_calendar() {
    let day = |text: &str| {
        let date: jiff::civil::Date = text.parse().unwrap();
        date.to_zoned(jiff::tz::TimeZone::UTC)
            .unwrap()
            .timestamp()
            .as_second()
            / 86_400
    };
    assert_eq!(day("2024-10-05"), 20_001);
    assert_eq!(day("2024-10-01"), 19_997);
    assert_eq!(day("2024-01-01"), 19_723);
    assert_eq!(day("2024-10-31"), 20_027);
    assert_eq!(Language::from_tag("el"), Some(Language::GREEK));
}
