//! Ten thousand random expressions over the sample corpus, in the index and in the text, against
//! a matcher that follows the definitions word by word.

#[path = "../../tests/searches/corpus.rs"]
mod corpus;

use std::collections::{BTreeMap, BTreeSet};

use dateline_corpus::analysis::{LEAD_WORDS, Text, stem, terms};
use dateline_corpus::schema::{Fields, record_document, register_tokenizers, schema};
use dateline_corpus::{Analyser, Article, ArticleId, Language, Origin, Record, StoredArticle};
use tantivy::collector::DocSetCollector;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, IndexWriter};

use super::TextQuery;
use super::expr::{Class, Expr, Near, Phrase, PhraseWord, Place, Within, Word};
use crate::snippet::{Marker, Pattern};

const EXPRESSIONS: usize = 10_000;
const SEGMENTS: usize = 3;

/// A word of a random expression.
#[derive(Debug, Clone)]
enum Leaf {
    Stem(String),
    Exact(String),
    Prefix(String),
}

/// A random expression. Its words are those of the corpus.
#[derive(Debug, Clone)]
enum Tree {
    Leaf(Leaf),
    Any(Vec<Tree>),
    Phrase(Vec<(u32, Leaf)>, u32),
    Near([Box<Tree>; 2], Within, bool),
}

/// What a part of an article is to the naive matcher.
struct Naive {
    language: Language,
    forms: Vec<String>,
    stems: Vec<String>,
    /// For each position the number of its sentence and of its paragraph.
    sentences: Vec<usize>,
    paragraphs: Vec<usize>,
}

/// An occurrence, with the positions it owns and those that are to be marked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    first: u32,
    last: u32,
    own: BTreeSet<u32>,
    marked: BTreeSet<u32>,
}

impl Naive {
    fn new(text: &Text<'_>, language: Language, end: usize) -> Naive {
        let count = text.tokens.len().min(end);
        let (mut sentences, mut paragraphs) = (Vec::new(), Vec::new());
        let mut paragraph = 0;
        for (number, sentence) in text.sentences.iter().enumerate() {
            paragraph += usize::from(sentence.opens_paragraph);
            for _ in sentence.tokens() {
                sentences.push(number);
                paragraphs.push(paragraph);
            }
        }
        Naive {
            language,
            forms: (0..count).map(|at| text.form(at).to_owned()).collect(),
            stems: (0..count).map(|at| text.stem(at).to_owned()).collect(),
            sentences,
            paragraphs,
        }
    }

    fn positions(&self, leaf: &Leaf) -> Vec<u32> {
        let (words, wanted) = match leaf {
            Leaf::Stem(form) => (&self.stems, stem(form, self.language)),
            Leaf::Exact(form) | Leaf::Prefix(form) => (&self.forms, form.clone()),
        };
        let is_found = |word: &String| match leaf {
            Leaf::Prefix(prefix) => word.starts_with(prefix.as_str()),
            Leaf::Stem(_) | Leaf::Exact(_) => *word == wanted,
        };
        let numbered = (0..).zip(words);
        let found = numbered.filter(|(_, word)| is_found(word));
        found.map(|(at, _)| at).collect()
    }

    fn occurrences(&self, tree: &Tree) -> BTreeSet<Found> {
        match tree {
            Tree::Leaf(leaf) => {
                let positions = self.positions(leaf).into_iter();
                positions.map(|at| Found::solid(&[at])).collect()
            }
            Tree::Any(trees) => {
                let all = trees.iter().flat_map(|tree| self.occurrences(tree));
                joined(all.collect())
            }
            Tree::Phrase(parts, slop) => {
                let mut begun: Vec<Vec<u32>> = vec![Vec::new()];
                let least: u32 = parts.iter().skip(1).map(|(gap, _)| gap + 1).sum();
                for (gap, leaf) in parts {
                    let positions = self.positions(leaf);
                    let longer = begun.iter().flat_map(|begun| {
                        let fits = |at: &&u32| {
                            let Some(last) = begun.last() else {
                                return true;
                            };
                            **at > last + gap && **at - begun[0] <= least + slop
                        };
                        let positions = positions.iter().filter(fits);
                        positions
                            .map(|at| [begun.as_slice(), &[*at]].concat())
                            .collect::<Vec<_>>()
                    });
                    begun = longer.collect();
                }
                let all: Vec<Found> = begun.iter().map(|words| Found::solid(words)).collect();
                if *slop == 0 {
                    joined(all)
                } else {
                    earliest(shortest(all))
                }
            }
            Tree::Near([first, second], within, ordered) => {
                let (firsts, seconds) = (self.occurrences(first), self.occurrences(second));
                let mut all = Vec::new();
                for first in &firsts {
                    for second in &seconds {
                        if self.are_near(first, second, *within, *ordered) {
                            all.push(first.over(second));
                        }
                    }
                }
                joined(shortest(all))
            }
        }
    }

    fn are_near(&self, first: &Found, second: &Found, within: Within, ordered: bool) -> bool {
        if !first.own.is_disjoint(&second.own) || ordered && first.last >= second.first {
            return false;
        }
        let start = first.first.min(second.first) as usize;
        let end = first.last.max(second.last) as usize;
        match within {
            Within::Part => true,
            Within::Sentence => self.sentences[start] == self.sentences[end],
            Within::Paragraph => self.paragraphs[start] == self.paragraphs[end],
            Within::Words(distance) => {
                let after = second.first.saturating_sub(first.last);
                let before = first.first.saturating_sub(second.last);
                after.max(before) <= distance
            }
        }
    }
}

impl Found {
    fn solid(words: &[u32]) -> Found {
        let (first, last) = (words[0], words[words.len() - 1]);
        Found {
            first,
            last,
            own: (first..=last).collect(),
            marked: words.iter().copied().collect(),
        }
    }

    fn over(&self, other: &Found) -> Found {
        let (first, last) = (self.first.min(other.first), self.last.max(other.last));
        Found {
            first,
            last,
            own: BTreeSet::from([first, last]),
            marked: self.marked.union(&other.marked).copied().collect(),
        }
    }
}

/// Those that contain no shorter one.
fn shortest(all: Vec<Found>) -> Vec<Found> {
    let contains = |outer: &Found, inner: &Found| {
        outer.first <= inner.first
            && inner.last <= outer.last
            && (outer.first, outer.last) != (inner.first, inner.last)
    };
    let is_shortest = |found: &&Found| !all.iter().any(|other| contains(found, other));
    all.iter().filter(is_shortest).cloned().collect()
}

/// Occurrences at the same span as one, with the marks of all.
fn joined(all: Vec<Found>) -> BTreeSet<Found> {
    let mut by_span: BTreeMap<(u32, u32, BTreeSet<u32>), BTreeSet<u32>> = BTreeMap::new();
    for found in all {
        let key = (found.first, found.last, found.own);
        by_span.entry(key).or_default().extend(found.marked);
    }
    let found = by_span.into_iter();
    found
        .map(|((first, last, own), marked)| Found {
            first,
            last,
            own,
            marked,
        })
        .collect()
}

/// Of loose phrases at the same span the one with the earliest words.
fn earliest(all: Vec<Found>) -> BTreeSet<Found> {
    let mut by_span: BTreeMap<(u32, u32), Found> = BTreeMap::new();
    for found in all {
        let words = |found: &Found| found.marked.iter().copied().collect::<Vec<_>>();
        let known = by_span
            .entry((found.first, found.last))
            .or_insert_with(|| found.clone());
        if words(&found) < words(known) {
            *known = found;
        }
    }
    by_span.into_values().collect()
}

/// Numbers without end, the same in every run (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    fn leaf(&mut self, corpus: &Corpus) -> Leaf {
        // Mostly words that stand next to each other somewhere, so that much is found.
        let word = corpus.running[self.below(corpus.running.len())].clone();
        match self.below(6) {
            0 => Leaf::Exact(word),
            1 => {
                let end = word.char_indices().nth(3).map_or(word.len(), |(at, _)| at);
                Leaf::Prefix(word[..end].to_owned())
            }
            _ => Leaf::Stem(word),
        }
    }

    fn tree(&mut self, corpus: &Corpus, depth: usize) -> Tree {
        let kind = self.below(if depth == 0 { 4 } else { 9 });
        match kind {
            0 | 1 => Tree::Leaf(self.leaf(corpus)),
            2 | 3 => self.phrase(corpus),
            4 => {
                let count = 2 + self.below(3);
                Tree::Any((0..count).map(|_| self.tree(corpus, depth - 1)).collect())
            }
            _ => {
                let within = match self.below(6) {
                    0 => Within::Sentence,
                    1 => Within::Paragraph,
                    2 => Within::Part,
                    _ => Within::Words([1, 2, 3, 5, 10, 40][self.below(6)]),
                };
                let operands = [0, 1].map(|_| Box::new(self.tree(corpus, depth - 1)));
                Tree::Near(operands, within, self.below(3) == 0)
            }
        }
    }

    /// A phrase that stands somewhere, with gaps and slop or without.
    fn phrase(&mut self, corpus: &Corpus) -> Tree {
        let count = 2 + self.below(3);
        let from = self.below(corpus.running.len() - 2 * count);
        let slop = [0, 0, 1, 3, 8][self.below(5)];
        let (mut at, mut parts) = (from, Vec::new());
        for _ in 0..count {
            let gap = usize::from(self.below(5) == 0);
            let skipped = gap + usize::from(slop > 0 && self.below(3) == 0);
            at += skipped;
            let word = corpus.running[at].clone();
            let leaf = match self.below(4) {
                0 => Leaf::Exact(word),
                _ => Leaf::Stem(word),
            };
            parts.push((gap as u32, leaf));
            at += 1;
            at = at.min(corpus.running.len() - 3);
        }
        Tree::Phrase(parts, slop)
    }
}

/// The sample corpus in an index, and as it is.
struct Corpus {
    index: Index,
    fields: Fields,
    articles: Vec<StoredArticle>,
    languages: Vec<Language>,
    /// The words of all bodies, one article after the other.
    running: Vec<String>,
    forms: BTreeSet<String>,
}

impl Corpus {
    fn read() -> Corpus {
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        register_tokenizers(&index);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let texts = corpus::texts();
        let mut corpus = Corpus {
            index: index.clone(),
            fields,
            articles: Vec::new(),
            languages: Vec::new(),
            running: Vec::new(),
            forms: BTreeSet::new(),
        };
        let mut analyser = Analyser::new();
        let size = texts.len().div_ceil(SEGMENTS);
        for (number, (title, body)) in texts.into_iter().enumerate() {
            let article = article(number, title, body);
            let shared = article.clone();
            let analysed = analyser.analyse(&shared);
            corpus.languages.push(analysed.language);
            for text in [&analysed.title, &analysed.body] {
                let forms = (0..text.tokens.len()).map(|at| text.form(at).to_owned());
                corpus.forms.extend(forms.clone());
                corpus.running.extend(forms);
            }
            let record = Record::new(article, &analysed, Vec::new(), None);
            writer
                .add_document(record_document(&record, &fields).unwrap())
                .unwrap();
            corpus.articles.push(record.stored);
            if (number + 1) % size == 0 {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();
        corpus.languages.sort();
        corpus.languages.dedup();
        corpus
    }

    /// Where the index has each article; its segments are in no order.
    fn addresses(&self, searcher: &tantivy::Searcher) -> BTreeMap<DocAddress, usize> {
        let numbers = 0..self.articles.len();
        let addresses = numbers.map(|number| {
            let term = self.fields.id_term(self.articles[number].article.id);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            let found = searcher.search(&query, &DocSetCollector).unwrap();
            assert_eq!(found.len(), 1);
            (found.into_iter().next().unwrap(), number)
        });
        addresses.collect()
    }

    fn word(&self, leaf: &Leaf) -> Word {
        let languages = &self.languages;
        match leaf {
            Leaf::Stem(form) => Word::of(terms::stemmed(form, languages), Class::Stem),
            Leaf::Exact(form) => Word::of(terms::exact(form, languages), Class::Exact),
            Leaf::Prefix(prefix) => {
                let forms = self
                    .forms
                    .iter()
                    .filter(|form| form.starts_with(prefix.as_str()));
                let terms = forms.flat_map(|form| terms::exact(form, languages));
                Word::of(terms.collect::<BTreeSet<_>>(), Class::Expansion)
            }
        }
    }

    fn expr(&self, tree: &Tree) -> Expr {
        match tree {
            Tree::Leaf(leaf) => Expr::Word(self.word(leaf)),
            Tree::Any(trees) => Expr::Any(trees.iter().map(|tree| self.expr(tree)).collect()),
            Tree::Phrase(parts, slop) => Expr::Phrase(Phrase {
                words: parts
                    .iter()
                    .map(|(gap, leaf)| PhraseWord {
                        gap: *gap,
                        word: self.word(leaf),
                    })
                    .collect(),
                slop: *slop,
            }),
            Tree::Near([first, second], within, ordered) => Expr::Near(Box::new(Near {
                operands: [self.expr(first), self.expr(second)],
                within: *within,
                ordered: *ordered,
            })),
        }
    }
}

fn article(number: usize, title: String, body: String) -> Article {
    Article {
        id: ArticleId::from_origin(&number.to_string(), None),
        title,
        title_derived: false,
        body,
        published: None,
        source: None,
        url: None,
        site: None,
        agency: None,
        dateline: None,
        authors: Vec::new(),
        language: None,
        section: None,
        origin: Origin {
            path: number.to_string(),
            entry: None,
            record: None,
        },
        flaws: Vec::new(),
        replaced_characters: 0,
    }
}

#[test]
fn expressions_occur_where_the_definitions_say_in_the_index_and_in_the_text() {
    let corpus = Corpus::read();
    let searcher = corpus.index.reader().unwrap().searcher();
    assert_eq!(searcher.segment_readers().len(), SEGMENTS);
    let mut analyser = Analyser::new();
    let analysed: Vec<_> = corpus
        .articles
        .iter()
        .map(|stored| analyser.analyse(&stored.article))
        .collect();
    let naive: Vec<[Naive; 3]> = analysed
        .iter()
        .map(|analysed| {
            let language = analysed.language;
            [
                Naive::new(&analysed.title, language, usize::MAX),
                Naive::new(&analysed.body, language, LEAD_WORDS),
                Naive::new(&analysed.body, language, usize::MAX),
            ]
        })
        .collect();
    let addresses = corpus.addresses(&searcher);
    let mut random = Random(5);
    let (mut found, mut empty) = (0, 0);
    for _ in 0..EXPRESSIONS {
        let depth = random.below(4);
        let tree = random.tree(&corpus, depth);
        let places = [
            Place::ANYWHERE,
            &[Place::Title],
            &[Place::Lead],
            &[Place::Body],
            &[Place::Title, Place::Lead],
        ][random.below(5)];
        let occurrences_min = [1, 1, 1, 2, 3][random.below(5)];
        let query = TextQuery::new(corpus.expr(&tree), &corpus.fields)
            .within(places)
            .at_least(occurrences_min);
        let matching = searcher.search(&query, &DocSetCollector).unwrap();
        let scored = searcher
            .search(
                &query,
                &tantivy::collector::TopDocs::with_limit(100).order_by_score(),
            )
            .unwrap();
        assert_eq!(scored.len(), matching.len(), "{tree:?}");
        let mut marker = Marker::new(Pattern::Text(query));
        for (address, &number) in &addresses {
            let [mut in_title, mut in_body] = [BTreeSet::new(), BTreeSet::new()];
            let mut count = 0;
            for &place in places {
                let (text, marked) = match place {
                    Place::Title => (&naive[number][0], &mut in_title),
                    Place::Lead => (&naive[number][1], &mut in_body),
                    Place::Body => (&naive[number][2], &mut in_body),
                };
                for occurrence in text.occurrences(&tree) {
                    count += 1;
                    marked.extend(occurrence.marked);
                }
            }
            let expected = count >= occurrences_min;
            let context = || format!("{tree:?} {places:?} {occurrences_min} in article {number}");
            assert_eq!(matching.contains(address), expected, "{}", context());
            *if expected { &mut found } else { &mut empty } += 1;
            let stored = &corpus.articles[number];
            let marks = marker
                .mark(&analysed[number], &stored.entities, &|_| Ok(true))
                .unwrap();
            assert_eq!(marks.is_some(), expected, "marks of {}", context());
            let Some(marks) = marks else { continue };
            for (marks, text, expected) in [
                (&marks.title, &analysed[number].title, &in_title),
                (&marks.body, &analysed[number].body, &in_body),
            ] {
                let marked: BTreeSet<usize> = marks.iter().map(|mark| mark.bytes.start).collect();
                let starts = expected
                    .iter()
                    .map(|&at| text.tokens[at as usize].start as usize);
                assert_eq!(marked, starts.collect(), "{}", context());
            }
        }
    }
    // A corpus or a generator that finds nothing would prove nothing.
    assert!(
        found > 10_000 && empty > 10_000,
        "{found} found, {empty} not"
    );
}
