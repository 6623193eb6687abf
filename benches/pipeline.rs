//! The stages of indexing one by one, and searches, over the sample articles.
//!
//! Figures of different machines do not compare; those of one run do. The floor is tantivy with
//! its default analysis over the same titles and bodies, so `write` and the sum of the stages can
//! be read as a ratio to it.

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline_corpus::schema::{record_document, register_tokenizers, schema};
use dateline_corpus::{Analysed, Analyser, Article, Entity, Record};
use dateline_entities::{Extractor, resolve};
use dateline_ingest::{Item, ReadOptions, find, read_file};
use dateline_query::{FacetField, FacetRequest, SearchRequest, Searcher};
use divan::Bencher;
use divan::counter::BytesCount;
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{Index, IndexWriter, TantivyDocument};

/// The sample articles are few; this many copies make a stage long enough to be timed.
const COPIES: usize = 20;
/// What a writer needs at least, with room for the copies.
const WRITER_BYTES: usize = 64 << 20;

fn main() {
    divan::main();
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let found = find(&[corpus()]).expect("the sample articles");
    let bytes: u64 = found.files.iter().map(|file| file.bytes).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for file in &found.files {
            read_file(&file.path, &ReadOptions::default(), &mut |item| {
                black_box(&item);
                ControlFlow::Continue(())
            });
        }
    });
}

#[divan::bench]
fn analyse(bencher: Bencher<'_, '_>) {
    let articles = articles();
    let mut analyser = Analyser::new();
    bencher.counter(text(&articles)).bench_local(|| {
        for article in &articles {
            black_box(analyser.analyse(article));
        }
    });
}

#[divan::bench]
fn extract_and_resolve(bencher: Bencher<'_, '_>) {
    let articles = articles();
    let mut analyser = Analyser::new();
    let analysed: Vec<Analysed<'_>> = articles.iter().map(|a| analyser.analyse(a)).collect();
    let extractor = Extractor::new();
    bencher.counter(text(&articles)).bench_local(|| {
        for analysed in &analysed {
            black_box(entities(&extractor, analysed));
        }
    });
}

#[divan::bench]
fn write(bencher: Bencher<'_, '_>) {
    let articles = articles();
    let records = records(&articles);
    bencher.counter(text(&articles)).bench_local(|| {
        black_box(index(&records));
    });
}

#[divan::bench]
fn floor(bencher: Bencher<'_, '_>) {
    let articles = articles();
    let mut builder = Schema::builder();
    let title = builder.add_text_field("title", TEXT | STORED);
    let body = builder.add_text_field("body", TEXT | STORED);
    let schema = builder.build();
    bencher.counter(text(&articles)).bench_local(|| {
        let index = Index::create_in_ram(schema.clone());
        let mut writer: IndexWriter = writer(&index);
        for article in &articles {
            let mut document = TantivyDocument::new();
            document.add_text(title, &article.title);
            document.add_text(body, &article.body);
            writer.add_document(document).expect("an article is added");
        }
        writer.commit().expect("the index is written");
    });
}

#[divan::bench(args = ["sanctions", "\"shipping company\"", "ferry OR bridge", "person:marquez"])]
fn search(bencher: Bencher<'_, '_>, query: &str) {
    let index = index(&records(&articles()));
    let searcher = Searcher::from_index(&index).expect("the index opens");
    let facet = |field| FacetRequest::top(field, 10);
    let request = SearchRequest {
        query: query.to_owned(),
        facets: [FacetField::Person, FacetField::Country]
            .map(facet)
            .to_vec(),
        ..SearchRequest::default()
    };
    bencher.bench(|| searcher.search(black_box(&request)).expect("an answer"));
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus")
}

/// The sample articles, several times over.
fn articles() -> Vec<Article> {
    let found = find(&[corpus()]).expect("the sample articles");
    let mut articles = Vec::new();
    for _ in 0..COPIES {
        for file in &found.files {
            read_file(&file.path, &ReadOptions::default(), &mut |item| {
                if let Item::Article(article) = item {
                    articles.push(*article);
                }
                ControlFlow::Continue(())
            });
        }
    }
    articles
}

fn text(articles: &[Article]) -> BytesCount {
    BytesCount::new(
        articles
            .iter()
            .map(|a| a.title.len() + a.body.len())
            .sum::<usize>(),
    )
}

fn entities(extractor: &Extractor, analysed: &Analysed<'_>) -> Vec<Entity> {
    resolve(analysed, extractor.extract(analysed))
}

fn records(articles: &[Article]) -> Vec<Record> {
    let mut analyser = Analyser::new();
    let extractor = Extractor::new();
    let record = |article: &Article| {
        let analysed = analyser.analyse(article);
        let entities = entities(&extractor, &analysed);
        Record::new(article.clone(), &analysed, entities, None)
    };
    articles.iter().map(record).collect()
}

fn index(records: &[Record]) -> Index {
    let (schema, fields) = schema();
    let index = Index::create_in_ram(schema);
    register_tokenizers(&index);
    let mut writer: IndexWriter = writer(&index);
    for record in records {
        let document = record_document(record, &fields).expect("a document");
        writer.add_document(document).expect("an article is added");
    }
    writer.commit().expect("the index is written");
    index
}

fn writer(index: &Index) -> IndexWriter {
    index
        .writer_with_num_threads(1, WRITER_BYTES)
        .expect("a writer")
}
