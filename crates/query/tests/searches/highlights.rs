//! What is marked is what made an article match, for every operator: random queries over the
//! sample corpus.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use dateline_corpus::analysis::{Text, stem, words};
use dateline_corpus::{Analyser, Entity, EntityKind, Language, Part, Record, StoredArticle};
use dateline_entities::{Extractor, resolve};
use dateline_query::syntax::{Closeness, Field, Form, Node, Piece, Text as Words};
use dateline_query::{FacetField, SearchRequest, Snippet};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{RngSeed, TestRunner};

use crate::corpus;
use crate::support::{Built, Sample, build_records};

/// The sample corpus with everyone and everything it names, and its words one after the other.
struct Corpus {
    built: Built,
    running: Vec<String>,
    entities: Vec<(EntityKind, String)>,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let mut analyser = Analyser::new();
    let extractor = Extractor::new();
    let mut running = Vec::new();
    let mut entities = BTreeSet::new();
    let records = corpus::texts().into_iter().enumerate();
    let records = records.map(|(number, (title, body))| {
        let article = Sample::new(&title, &body).record(number).stored.article;
        let shared = article.clone();
        let analysed = analyser.analyse(&shared);
        let found = resolve(&analysed, extractor.extract(&analysed));
        entities.extend(found.iter().map(|one| (one.kind, one.key.clone())));
        for text in [&analysed.title, &analysed.body] {
            running.extend((0..text.tokens.len()).map(|at| text.form(at).to_owned()));
        }
        Record::new(article, &analysed, found, None)
    });
    let built = build_records(records.collect(), 3, &[]);
    Corpus {
        built,
        running,
        entities: entities.into_iter().collect(),
    }
});

/// Some words that stand one after the other somewhere.
fn run(count: usize) -> impl Strategy<Value = Vec<String>> {
    any::<Index>().prop_map(move |at| {
        let running = &CORPUS.running;
        let at = at.index(running.len() - count);
        running[at..at + count].to_vec()
    })
}

/// A word, a phrase, a wildcard, a slip of the pen.
fn leaf() -> impl Strategy<Value = Node> {
    let word = || run(1).prop_map(|mut words| words.remove(0));
    let long = || word().prop_filter("too short", |word| word.chars().count() > 4);
    let phrase = (
        run(5),
        2..4_usize,
        any::<bool>(),
        select(&[0, 1, 3][..]),
        any::<bool>(),
    )
        .prop_map(|(mut words, count, gap, slop, exact)| {
            words.truncate(count + usize::from(gap));
            if gap {
                words[1] = "*".to_owned();
            }
            Words {
                form: Form::Quoted { slop },
                exact,
                ..Words::quoted(words.join(" "))
            }
        });
    let pattern = (long(), 1..4_usize, any::<bool>()).prop_map(|(word, at, one)| {
        let chars: Vec<char> = word.chars().collect();
        let (head, tail) = chars.split_at(at.min(chars.len() - 2));
        let [head, tail] = [head, &tail[1..]].map(|chars| chars.iter().collect::<String>());
        Words::word(match one {
            true => format!("{head}?{tail}"),
            false => format!("{head}*"),
        })
    });
    let slip = (long(), any::<Index>(), 1..3_u8).prop_map(|(word, at, edits)| {
        let mut chars: Vec<char> = word.chars().collect();
        let at = at.index(chars.len() - 1);
        chars.swap(at, at + 1);
        Words {
            form: Form::Fuzzy { edits },
            ..Words::word(chars.into_iter().collect::<String>())
        }
    });
    prop_oneof![
        4 => (word(), any::<bool>()).prop_map(|(raw, exact)| Words { exact, ..Words::word(raw) }),
        3 => phrase,
        1 => pattern,
        1 => slip,
    ]
    .prop_map(Node::Text)
}

fn closeness() -> impl Strategy<Value = Closeness> {
    let max = select(&[1, 2, 3, 5, 10, 40][..]);
    prop_oneof![
        3 => (max, any::<bool>()).prop_map(|(max, ordered)| Closeness::Words { max, ordered }),
        1 => Just(Closeness::Sentence),
        1 => Just(Closeness::Paragraph),
    ]
}

fn positional() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(|nodes| Node::or(nodes).unwrap()),
            (inner.clone(), closeness(), inner)
                .prop_map(|(left, closeness, right)| left.near(closeness, right)),
        ]
    })
}

fn named() -> impl Strategy<Value = Node> {
    (any::<Index>(), any::<bool>()).prop_map(|(at, about)| {
        let (kind, key) = &CORPUS.entities[at.index(CORPUS.entities.len())];
        let field = match kind {
            EntityKind::Person | EntityKind::Country if about => Field::About,
            EntityKind::Person => Field::Facet(FacetField::Person),
            EntityKind::Country => Field::Facet(FacetField::Country),
            EntityKind::Organisation => Field::Facet(FacetField::Organisation),
            EntityKind::Place => Field::Facet(FacetField::Place),
        };
        let text = Words {
            exact: true,
            ..Words::quoted(key.as_str())
        };
        Node::from(text).within(field)
    })
}

fn tree() -> impl Strategy<Value = Node> {
    let places = [
        Field::Title,
        Field::Lead,
        Field::HeadlineAndLead,
        Field::Body,
    ];
    let leaf = prop_oneof![
        6 => positional().boxed(),
        1 => (1..4_u32, positional())
            .prop_map(|(count, node)| Node::AtLeast(count, Box::new(node)))
            .boxed(),
        1 => (select(places.to_vec()), positional())
            .prop_map(|(field, node)| node.within(field))
            .boxed(),
        2 => named().boxed(),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..3).prop_map(|nodes| Node::and(nodes).unwrap()),
            vec(inner.clone(), 2..4).prop_map(|nodes| Node::or(nodes).unwrap()),
            inner.prop_map(Node::negate),
        ]
    })
}

/// Whether an article is found by something in it that can be marked, however it matches.
fn has_to_be_marked(node: &Node) -> bool {
    match node {
        Node::And(nodes) => nodes.iter().any(has_to_be_marked),
        Node::Or(nodes) => nodes.iter().all(has_to_be_marked),
        Node::In(_, node) => has_to_be_marked(node),
        Node::Not(_) | Node::Filter(_) => false,
        Node::Text(_) | Node::Near(_) | Node::AtLeast(..) => true,
    }
}

/// The words and values that a query asks for, not those that it excludes.
fn wanted<'a>(node: &'a Node, field: Option<Field>, found: &mut Vec<(Option<Field>, &'a Words)>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| wanted(node, field, found));
        }
        Node::Near(near) => near
            .nodes
            .iter()
            .for_each(|node| wanted(node, field, found)),
        Node::In(field, node) => wanted(node, Some(*field), found),
        Node::AtLeast(_, node) => wanted(node, field, found),
        Node::Text(text) => found.push((field, text)),
        Node::Not(_) | Node::Filter(_) => {}
    }
}

/// Whether a word of an article is one that a text of the query stands for.
fn stands_for(text: &Words, form: &str, language: Language) -> bool {
    text.pieces().iter().any(|piece| match (piece, text.form) {
        (Piece::Gap, _) => false,
        (Piece::Pattern(pattern), _) => {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            fits(&chars(pattern), &chars(form))
        }
        (Piece::Word(word), Form::Fuzzy { edits }) => {
            strsim::osa_distance(word, form) <= usize::from(edits)
        }
        (Piece::Word(word), _) if text.exact => word == form,
        (Piece::Word(word), _) => stem(word, language) == stem(form, language),
    })
}

/// The definition of a pattern.
fn fits(pattern: &[char], word: &[char]) -> bool {
    match (pattern, word) {
        ([], []) => true,
        (['*', rest @ ..], _) => (0..=word.len()).any(|skipped| fits(rest, &word[skipped..])),
        (['?', pattern @ ..], [_, word @ ..]) => fits(pattern, word),
        ([a, pattern @ ..], [b, word @ ..]) if a == b => fits(pattern, word),
        _ => false,
    }
}

/// One part of an article with what is marked in it.
struct Marked<'a> {
    part: Part,
    text: &'a Text<'a>,
    ranges: &'a [Range<usize>],
}

impl Marked<'_> {
    /// Asserts that every marked word is one that the query stands for, or part of a mention of
    /// what it names.
    fn check(&self, wanted: &[(Option<Field>, &Words)], stored: &StoredArticle, query: &str) {
        let language = stored.analysed_language;
        for range in self.ranges {
            for (start, end, form) in words(&self.text.text[range.clone()]) {
                let at = range.start + start..range.start + end;
                let is_wanted = wanted.iter().any(|(field, text)| match field {
                    Some(field) if !field.has_text() => {
                        stored.entities.iter().any(|one| self.names(one, text, &at))
                    }
                    _ => stands_for(text, &form, language),
                });
                assert!(is_wanted, "{form} in {at:?} is marked by {query}");
            }
        }
    }

    /// Whether an entity that a value of the query names is mentioned around some bytes. Of people
    /// who go by several names, their last words are the same.
    fn names(&self, entity: &Entity, value: &Words, bytes: &Range<usize>) -> bool {
        let around =
            |start: u32, end: u32| start as usize <= bytes.start && bytes.end <= end as usize;
        let mut mentions = entity.mentions.iter();
        let last_word = |name: &str| words(name).pop().map(|word| word.2);
        last_word(&entity.key) == last_word(&value.raw)
            && mentions.any(|one| one.part == self.part && around(one.start, one.end))
    }

    /// The marked positions that one of two words stands for.
    fn positions(&self, text: &Words, language: Language) -> Vec<usize> {
        let tokens = self.text.tokens.iter().enumerate();
        let marked = tokens.filter(|(at, token)| {
            let start = token.start as usize;
            let is_marked = self.ranges.iter().any(|range| range.contains(&start));
            is_marked && stands_for(text, self.text.form(*at), language)
        });
        marked.map(|(at, _)| at).collect()
    }

    /// Whether the words at two positions are as close as a query wants them.
    fn are_close(&self, a: usize, b: usize, closeness: Closeness) -> bool {
        let sentences = &self.text.sentences;
        let sentence =
            |at: usize| sentences.partition_point(|sentence| sentence.end as usize <= at);
        let byte = |at: usize| self.text.tokens[at].start as usize;
        match closeness {
            Closeness::Words { max, ordered } => {
                a.abs_diff(b) <= max as usize && (!ordered || a < b)
            }
            Closeness::Sentence => sentence(a) == sentence(b),
            Closeness::Paragraph => !self.text.text[byte(a.min(b))..byte(a.max(b))].contains('\n'),
        }
    }
}

fn request(query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        limit: 100,
        ..SearchRequest::default()
    }
}

/// Calls `check` for title and body of each article that a query finds.
fn each_found(query: &str, mut check: impl FnMut(&StoredArticle, [Marked<'_>; 2])) {
    let searcher = &CORPUS.built.searcher;
    for hit in searcher.search(&request(query)).unwrap().hits {
        let id = hit.id.to_string();
        let highlights = searcher.highlights(&id, &request(query)).unwrap();
        assert!(
            highlights.matches,
            "{query} finds {id} and does not mark it"
        );
        check_passages(
            [Some(hit.snippet), hit.second_snippet],
            &highlights.title,
            &highlights.body,
            query,
        );
        let mut stored = CORPUS.built.stored.iter();
        let stored = stored.find(|stored| stored.article.id == hit.id).unwrap();
        let mut analyser = Analyser::new();
        let analysed = analyser.analyse(&stored.article);
        let marked = [
            (Part::Title, &analysed.title, &highlights.title),
            (Part::Body, &analysed.body, &highlights.body),
        ];
        let marked = marked.map(|(part, text, ranges)| Marked { part, text, ranges });
        check(stored, marked);
    }
}

/// Passages mark something wherever there is anything to mark.
fn check_passages(
    [first, second]: [Option<Snippet>; 2],
    title: &[Range<usize>],
    body: &[Range<usize>],
    query: &str,
) {
    let any = !title.is_empty() || !body.is_empty();
    let first = first.unwrap();
    assert_eq!(!first.highlights.is_empty(), any, "{query}: {first:?}");
    assert!(
        second.is_none_or(|second| !second.highlights.is_empty()),
        "{query}"
    );
}

/// The same queries every time: a failure must not depend on the day.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_260_203),
        failure_persistence: None,
        ..ProptestConfig::default()
    })
}

#[test]
fn every_mark_is_a_word_of_the_query_and_every_match_is_marked() {
    let (found, marked) = (Cell::new(0), Cell::new(0));
    let result = runner(600).run(&tree(), |tree| {
        let query = tree.to_string();
        let mut asked = Vec::new();
        wanted(&tree, None, &mut asked);
        each_found(&query, |stored, [title, body]| {
            title.check(&asked, stored, &query);
            body.check(&asked, stored, &query);
            let marks = title.ranges.len() + body.ranges.len();
            assert!(
                marks > 0 || !has_to_be_marked(&tree),
                "{query} marks nothing"
            );
            found.set(found.get() + 1);
            marked.set(marked.get() + marks);
        });
        Ok(())
    });
    result.unwrap();
    // A generator that finds nothing would prove nothing.
    let (found, marked) = (found.get(), marked.get());
    assert!(
        found > 2_000 && marked > 10_000,
        "{found} found, {marked} marks"
    );
}

#[test]
fn words_are_marked_only_where_they_are_close() {
    let marked = Cell::new(0);
    let asked = (run(12), 1..12_usize, closeness());
    let result = runner(300).run(&asked, |(words, other, closeness)| {
        let [one, two] = [&words[0], &words[other]].map(|raw| Words::word(raw.as_str()));
        let query = Node::from(one.clone()).near(closeness, Node::from(two.clone()));
        let query = query.to_string();
        each_found(&query, |stored, parts| {
            for part in parts {
                let language = stored.analysed_language;
                let ones = part.positions(&one, language);
                let twos = part.positions(&two, language);
                let close = |a: usize, b: usize| a != b && part.are_close(a, b, closeness);
                let alone = ones.iter().find(|&&a| !twos.iter().any(|&b| close(a, b)));
                assert_eq!(alone, None, "{} by {query}", one.raw);
                let alone = twos.iter().find(|&&b| !ones.iter().any(|&a| close(a, b)));
                assert_eq!(alone, None, "{} by {query}", two.raw);
                marked.set(marked.get() + ones.len());
            }
        });
        Ok(())
    });
    result.unwrap();
    assert!(marked.get() > 300, "{} marked", marked.get());
}
