//! Warm search latency beside tantivy itself, in one run: two hundred queries made of headlines.
//!
//! `latency [INDEX_DIR]` (or `DATELINE_BENCH_INDEX`) takes an index of Dateline; without one a
//! corpus is made of the sample articles. The stems of the same titles and bodies are indexed once
//! more by tantivy, in memory, in one segment.
//!
//! The searches are words, phrases, `NEAR` over groups, wildcards and filters, a fifth each. What
//! tantivy's parser has no operator for is left to the words.
//!
//! 1. *Ten ranked, three facets*, like for like: neither side reads an article. Dateline ranks all
//!    that match and counts people, countries and sources over the whole result; tantivy finds the
//!    addresses of the ten best by its own `QueryParser` with `TopDocs`, and counts nothing.
//! 2. *Nothing ranked, three facets*: the counts alone, beside the same `TopDocs`.
//! 3. *Ten shown, three facets*: whole answers. Dateline adds ten hits with their headlines, people,
//!    countries, and one or two passages with every match marked; tantivy fetches the ten documents
//!    and has its `SnippetGenerator` cut one passage of each body. It is spared the stemming: only
//!    words that are their own stems are marked.
//! 4. *Positions*: phrases, phrases with slop and phrases with a wildcard in bodies, only counted,
//!    beside tantivy's `PhraseQuery` and `RegexPhraseQuery`.
//!
//! Both sides are run in turn, several times for each query, and the fastest time of each counts.
//! The start of the process is not part of it.

mod sampled;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use dateline_corpus::analysis::{Text, fold, stem, words};
use dateline_corpus::schema::{self, record_document, register_tokenizers};
use dateline_corpus::{Analyser, Article, ArticleId, EntityKind, Language, Record, StoredArticle};
use dateline_entities::{Extractor, resolve};
use dateline_query::{FacetField, FacetRequest, Mode, SearchRequest, Searcher, Words};
use sampled::{Random, median, samples};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{PhraseQuery, Query, QueryParser, RegexPhraseQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{DocAddress, Index, IndexWriter, TantivyDocument, Term};

const QUERIES: usize = 200;
const RUNS: usize = 7;
/// Hits on either side, and values of a facet.
const SHOWN: usize = 10;
/// Shorter words of a headline are no words that anybody looks for.
const WORD_BYTES_MIN: usize = 5;
/// What searches are made in turn.
const KINDS: [&str; 5] = ["words", "phrases", "near", "wildcards", "filters"];
/// Letters that are left of a word before a wildcard, at most.
const PREFIX_BYTES: usize = 5;
/// Fewer stand for too many words.
const PREFIX_BYTES_MIN: usize = 3;
const SLOP: u32 = 3;
/// As long as Dateline's own.
const PASSAGE_CHARS: usize = 240;
/// Articles of the corpus that is made where none is given, and sentences of each.
const MADE: usize = 5_000;
const MADE_SENTENCES: usize = 25;
const WRITER_BYTES: usize = 256 << 20;
const SEED: u64 = 20_260_203;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let dir = std::env::args().nth(1);
    let index = match dir.or_else(|| std::env::var("DATELINE_BENCH_INDEX").ok()) {
        Some(dir) => schema::open(Path::new(&dir))?.0,
        None => made()?,
    };
    let articles = articles(&index)?;
    let dateline = Searcher::from_index(&index)?;
    let plain = Plain::new(&articles)?;
    let segments = index.searchable_segment_ids()?.len();
    println!("{} articles, {segments} segments", articles.len());

    let searches = searches(&articles);
    let ranked = |search: &Search| Ok(dateline.rank(&faceted(search, SHOWN))?.total());
    let counted = |search: &Search| Ok(dateline.rank(&faceted(search, 0))?.total());
    let shown = |search: &Search| Ok(dateline.search(&faceted(search, SHOWN))?.total);
    let best = |search: &Search| Ok(plain.best(&search.theirs)?.len() as u64);
    let best_shown = |search: &Search| plain.shown(&search.theirs);
    measure("ten ranked, three facets", &searches, ranked, best)?;
    measure("none ranked, three facets", &searches, counted, best)?;
    measure("ten shown, three facets", &searches, shown, best_shown)?;

    let positions = positions(&articles, plain.body);
    let ours = |search: &Search<Box<dyn Query>>| {
        let request = SearchRequest {
            limit: 0,
            ..search.ours.clone()
        };
        Ok(dateline.rank(&request)?.total())
    };
    let theirs =
        |search: &Search<Box<dyn Query>>| Ok(plain.searcher.search(&search.theirs, &Count)? as u64);
    measure("positions, counted", &positions, ours, theirs)
}

/// The same question to both sides.
struct Search<T = String> {
    kind: &'static str,
    ours: SearchRequest,
    theirs: T,
}

/// Runs both sides in turn and prints, for all searches and for those of each kind, the median and
/// the 99th percentile of both and what they found on average.
fn measure<T>(
    name: &str,
    searches: &[Search<T>],
    ours: impl Fn(&Search<T>) -> Result<u64>,
    theirs: impl Fn(&Search<T>) -> Result<u64>,
) -> Result<()> {
    let mut measured = Vec::new();
    for search in searches {
        let (mut best, mut found) = ([f64::INFINITY; 2], [0, 0]);
        for _ in 0..RUNS {
            for side in 0..2 {
                let begun = Instant::now();
                found[side] = match side {
                    0 => ours(search)?,
                    _ => theirs(search)?,
                };
                best[side] = best[side].min(begun.elapsed().as_secs_f64() * 1e3);
            }
        }
        measured.push((search.kind, best, found));
    }
    println!("\n{name:<24}  dateline ms (p99)     tantivy ms (p99)   times   found by each");
    let mut kinds: Vec<&str> = Vec::new();
    for search in searches {
        if !kinds.contains(&search.kind) {
            kinds.push(search.kind);
        }
    }
    for kind in kinds.into_iter().chain([""]) {
        let of_kind = || measured.iter().filter(|it| kind.is_empty() || it.0 == kind);
        let [ours, theirs] = [0, 1].map(|side| {
            let mut times: Vec<f64> = of_kind().map(|(_, best, _)| best[side]).collect();
            let middle = median(&mut times);
            (middle, times[times.len() * 99 / 100])
        });
        let found = [0, 1].map(|side| {
            let sum: u64 = of_kind().map(|(_, _, found)| found[side]).sum();
            sum as usize / of_kind().count()
        });
        println!(
            "{:<24}  {:8.3} ({:7.3})    {:8.3} ({:7.3})   {:5.2}   {:6} {:6}",
            if kind.is_empty() { "all" } else { kind },
            ours.0,
            ours.1,
            theirs.0,
            theirs.1,
            ours.0 / theirs.0,
            found[0],
            found[1]
        );
    }
    Ok(())
}

/// The articles of an index.
fn articles(index: &Index) -> Result<Vec<StoredArticle>> {
    let (_, fields) = schema::schema();
    let searcher = index.reader()?.searcher();
    let mut articles = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        for doc in reader.doc_ids_alive() {
            let document: TantivyDocument = searcher.doc(DocAddress::new(segment, doc))?;
            let json = document.get_first(fields.article);
            // Files have documents, too.
            if let Some(json) = json.and_then(|value| value.as_str()) {
                articles.push(serde_json::from_str(json)?);
            }
        }
    }
    Ok(articles)
}

/// Two hundred searches made of the headlines of articles.
fn searches(articles: &[StoredArticle]) -> Vec<Search> {
    let mut random = Random(SEED);
    let mut searches = Vec::new();
    while searches.len() < QUERIES {
        let stored = &articles[random.below(articles.len())];
        let all = forms(&stored.article.title);
        if !all.iter().all(|word| is_plain(word)) {
            continue;
        }
        let long: Vec<&str> = all
            .iter()
            .copied()
            .filter(|it| it.len() >= WORD_BYTES_MIN)
            .collect();
        let (&[a, b, c, d, ..], [.., first, second]) = (long.as_slice(), all.as_slice()) else {
            continue;
        };
        let country = stored
            .entities
            .iter()
            .find(|it| it.kind == EntityKind::Country);
        let prefix = &a[..a.floor_char_boundary(PREFIX_BYTES)];
        let [e, f, g, h] = [a, b, c, d].map(stemmed);
        let kind = searches.len() % KINDS.len();
        let (ours, theirs) = match (kind, random.below(3)) {
            (0, 0) => (a.to_owned(), e),
            (0, 1) => (format!("{a} {b}"), format!("{e} {f}")),
            (0, _) => (format!("{b} {c} {d}"), format!("{f} {g} {h}")),
            (1, _) => {
                let [y, z] = [first, second].map(|word| stemmed(word));
                (format!("\"{first} {second}\""), format!("\"{y} {z}\""))
            }
            (2, _) => (
                format!("({a} OR {b}) NEAR/10 ({c} OR {d})"),
                format!("({e} OR {f}) AND ({g} OR {h})"),
            ),
            (3, _) => (format!("{prefix}* {b}"), format!("{e} {f}")),
            _ => (format!("{a} {b}"), format!("{e} {f}")),
        };
        let mut ours = request(ours);
        if let (4, Some(country)) = (kind, country) {
            ours = ours.with(FacetField::Country, Mode::All, &country.key);
        }
        searches.push(Search {
            kind: KINDS[kind],
            ours,
            theirs,
        });
    }
    searches
}

/// Phrases in bodies, made of words that follow each other there.
fn positions(articles: &[StoredArticle], body: Field) -> Vec<Search<Box<dyn Query>>> {
    let mut random = Random(SEED);
    let mut searches: Vec<Search<Box<dyn Query>>> = Vec::new();
    while searches.len() < QUERIES {
        let stored = &articles[random.below(articles.len())];
        let text = forms(&stored.article.body);
        let from = random.below(text.len().max(1));
        let Some(&[a, b, c]) = text.get(from..from + 3) else {
            continue;
        };
        if ![a, b, c].iter().all(|word| is_plain(word)) || c.len() < WORD_BYTES_MIN {
            continue;
        }
        let [x, y, z] = [a, b, c].map(stemmed);
        let term = |word: &str| Term::from_field_text(body, word);
        // A beginning that the word and its stem have in common.
        let shared = c.bytes().zip(z.bytes()).take_while(|(c, z)| c == z).count();
        let prefix = &c[..shared.min(PREFIX_BYTES)];
        if prefix.len() < PREFIX_BYTES_MIN {
            continue;
        }
        let (kind, ours, theirs): (_, _, Box<dyn Query>) = match searches.len() % 3 {
            0 => (
                "phrase",
                format!("body:\"{a} {b} {c}\""),
                Box::new(PhraseQuery::new(vec![term(&x), term(&y), term(&z)])),
            ),
            1 => {
                let terms = vec![(0, term(&x)), (1, term(&z))];
                let theirs = PhraseQuery::new_with_offset_and_slop(terms, SLOP);
                ("slop", format!("body:\"{a} {c}\"~{SLOP}"), Box::new(theirs))
            }
            _ => {
                let patterns = vec![y.clone(), format!("{prefix}.*")];
                let theirs = RegexPhraseQuery::new(body, patterns);
                (
                    "wildcard",
                    format!("body:\"{b} {prefix}*\""),
                    Box::new(theirs),
                )
            }
        };
        searches.push(Search {
            kind,
            ours: request(ours),
            theirs,
        });
    }
    searches
}

/// The request of a search with the counts of three facets.
fn faceted(search: &Search, limit: usize) -> SearchRequest {
    SearchRequest {
        limit,
        facets: [FacetField::Person, FacetField::Country, FacetField::Source]
            .map(|field| FacetRequest::top(field, SHOWN))
            .to_vec(),
        ..search.ours.clone()
    }
}

fn request(query: String) -> SearchRequest {
    SearchRequest {
        query,
        words: Words::All,
        ..SearchRequest::default()
    }
}

/// Whether no parser takes a word for anything else.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The words of a text as they stand there.
fn forms(text: &str) -> Vec<&str> {
    let words = words(text).into_iter();
    words.map(|(start, end, _)| &text[start..end]).collect()
}

/// The same articles in an index as tantivy makes it.
struct Plain {
    searcher: tantivy::Searcher,
    parser: QueryParser,
    title: Field,
    body: Field,
    /// The texts as they were written.
    stored: [Field; 2],
}

impl Plain {
    fn new(articles: &[StoredArticle]) -> Result<Plain> {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(indexing);
        let title = builder.add_text_field("title", text.clone());
        let body = builder.add_text_field("body", text);
        let stored = ["title text", "body text"].map(|name| builder.add_text_field(name, STORED));
        let index = Index::create_in_ram(builder.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let mut analyser = Analyser::new();
        for StoredArticle { article, .. } in articles {
            let analysed = analyser.analyse(article);
            let mut document = TantivyDocument::new();
            document.add_text(title, stems(&analysed.title));
            document.add_text(body, stems(&analysed.body));
            document.add_text(stored[0], &article.title);
            document.add_text(stored[1], &article.body);
            writer.add_document(document)?;
        }
        writer.commit()?;
        merged(&index, writer)?;
        let mut parser = QueryParser::for_index(&index, vec![title, body]);
        parser.set_conjunction_by_default();
        Ok(Plain {
            searcher: index.reader()?.searcher(),
            parser,
            title,
            body,
            stored,
        })
    }

    /// Where the ten best articles are.
    fn best(&self, query: &str) -> Result<Vec<DocAddress>> {
        let query = self.parser.parse_query(query)?;
        let best = TopDocs::with_limit(SHOWN).order_by_score();
        let best = self.searcher.search(&query, &best)?;
        Ok(best.into_iter().map(|(_, address)| address).collect())
    }

    /// Fetches the ten best articles, cuts a passage of each and marks the words of the query.
    fn shown(&self, query: &str) -> Result<u64> {
        let best = self.best(query)?;
        let query = self.parser.parse_query(query)?;
        let mut terms = BTreeMap::new();
        for field in [self.title, self.body] {
            query.query_terms(&mut |term, _| {
                if let Some(text) = term.value().as_str()
                    && term.field() == field
                {
                    terms.insert(text.to_owned(), 1.0);
                }
            });
        }
        let words = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser);
        let generator = SnippetGenerator::new(terms, words.build(), self.body, PASSAGE_CHARS);
        let mut bytes = 0;
        for address in &best {
            let document: TantivyDocument = self.searcher.doc(*address)?;
            let [title, body] = self.stored.map(|field| document.get_first(field));
            let snippet = generator.snippet(body.and_then(|body| body.as_str()).unwrap_or(""));
            let title = title.and_then(|title| title.as_str()).unwrap_or("");
            bytes += title.len() + snippet.to_html().len();
        }
        std::hint::black_box(bytes);
        Ok(best.len() as u64)
    }
}

/// The stems of a text, between blanks.
fn stems(text: &Text<'_>) -> String {
    let stems = (0..text.tokens.len()).map(|token| text.stem(token));
    stems.collect::<Vec<_>>().join(" ")
}

/// The stem of a word of an English query.
fn stemmed(word: &str) -> String {
    stem(&fold(word), Language::ENGLISH)
}

/// Makes one segment of all.
fn merged(index: &Index, mut writer: IndexWriter) -> Result<()> {
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    Ok(writer.wait_merging_threads()?)
}

/// An index of articles that are put together from the sentences of the sample articles.
fn made() -> Result<Index> {
    let samples = samples()?;
    let sentences = samples
        .iter()
        .flat_map(|article| article.body.split_inclusive(". "));
    let sentences: Vec<&str> = sentences.collect();
    let mut random = Random(SEED);
    let (schema, fields) = schema::schema();
    let index = Index::create_in_ram(schema);
    register_tokenizers(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    let (mut analyser, extractor) = (Analyser::new(), Extractor::new());
    for number in 0..MADE {
        let body = (0..MADE_SENTENCES).map(|_| sentences[random.below(sentences.len())]);
        let article = Article {
            id: ArticleId::from_publisher(&number.to_string()),
            body: body.collect::<Vec<_>>().join(" "),
            ..samples[random.below(samples.len())].clone()
        };
        let analysed = analyser.analyse(&article);
        let entities = resolve(&analysed, extractor.extract(&analysed));
        let record = Record::new(article.clone(), &analysed, entities, None);
        writer.add_document(record_document(&record, &fields)?)?;
    }
    writer.commit()?;
    merged(&index, writer)?;
    Ok(index)
}
