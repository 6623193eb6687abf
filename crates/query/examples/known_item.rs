//! Known-item search: how high an article comes when its own headline is looked for in bodies
//! only, beside plain BM25 over the same words.
//!
//! `known_item INDEX_DIR [SEED]` takes 2,000 headlines of more than four words that no other article
//! has, chosen by a seed, and prints the mean reciprocal rank and the recall among the first ten: as
//! searches are by default, with all words where enough articles have them, and with most words.
//! Another seed than the usual one takes none of the headlines that the usual one does: whoever
//! tunes a weight looks at those.
//! The baseline is tantivy with nothing but its defaults: BM25 over the stems of the bodies, in an
//! index of its own in memory, the words of the headline combined by `OR` and by `AND`.

use std::collections::HashMap;
use std::path::Path;

use dateline_corpus::analysis::{stem, words};
use dateline_corpus::schema;
use dateline_corpus::{Analyser, ArticleId, Language, StoredArticle};
use dateline_query::{SearchRequest, Searcher, Words};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{DocAddress, Index, IndexWriter, TantivyDocument, Term};

const TITLES: usize = 2_000;
const TITLE_WORDS_MIN: usize = 5;
const DEPTH: usize = 10;
/// The seed of the figures that are told.
const SEED: u64 = 5;
const WRITER_BYTES: usize = 256 << 20;

type Error = Box<dyn std::error::Error>;

/// An article whose headline is a query.
struct Item {
    id: ArticleId,
    title: String,
    language: Language,
}

fn main() -> Result<(), Error> {
    let dir = std::env::args().nth(1);
    let dir = dir.ok_or("usage: known_item INDEX_DIR [SEED]")?;
    let seed = std::env::args()
        .nth(2)
        .map_or(Ok(SEED), |seed| seed.parse())?;
    let mut items = Vec::new();
    let plain = Plain::new(Path::new(&dir), &mut items)?;
    let articles = items.len();
    let items = sample(items, seed);
    println!("{articles} articles, {} headlines", items.len());

    let dateline = Searcher::open(Path::new(&dir))?;
    let (mut ours, mut most) = (Ranks::default(), Ranks::default());
    let (mut any, mut all) = (Ranks::default(), Ranks::default());
    for item in &items {
        let forms = words(&item.title).into_iter().map(|(_, _, form)| form);
        let forms: Vec<String> = forms.collect();
        for (ranks, words) in [(&mut ours, Words::AllIfAny), (&mut most, Words::Most)] {
            let response = dateline.search(&SearchRequest {
                query: format!("body:({})", forms.join(" ")),
                words,
                limit: DEPTH,
                ..SearchRequest::default()
            })?;
            ranks.add(item, response.hits.iter().map(|hit| hit.id));
        }
        any.add(item, plain.best(item, &forms, Occur::Should)?);
        all.add(item, plain.best(item, &forms, Occur::Must)?);
    }
    ours.print("Dateline, default", items.len());
    most.print("Dateline, most words", items.len());
    any.print("BM25, OR", items.len());
    all.print("BM25, AND", items.len());
    Ok(())
}

/// Ranks of the items that were looked for.
#[derive(Default)]
struct Ranks {
    reciprocal: f64,
    found: usize,
}

impl Ranks {
    fn add(&mut self, item: &Item, found: impl IntoIterator<Item = ArticleId>) {
        if let Some(rank) = found.into_iter().position(|found| found == item.id) {
            self.reciprocal += 1.0 / (rank + 1) as f64;
            self.found += 1;
        }
    }

    fn print(&self, name: &str, count: usize) {
        println!(
            "{name:<20} MRR@{DEPTH} {:.4}   recall@{DEPTH} {:.4}",
            self.reciprocal / count as f64,
            self.found as f64 / count as f64
        );
    }
}

/// The bodies in an index of tantivy's own.
struct Plain {
    searcher: tantivy::Searcher,
    body: Field,
    ids: Vec<ArticleId>,
}

impl Plain {
    /// Indexes the bodies of another index, and adds an item for each article.
    fn new(dir: &Path, items: &mut Vec<Item>) -> Result<Plain, Error> {
        let (index, fields) = schema::open(dir)?;
        let articles = index.reader()?.searcher();
        let mut builder = Schema::builder();
        let stems = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqs);
        let body =
            builder.add_text_field("body", TextOptions::default().set_indexing_options(stems));
        let number = builder.add_u64_field("number", FAST);
        let index = Index::create_in_ram(builder.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let (mut analyser, mut ids) = (Analyser::new(), Vec::new());
        for (segment, reader) in (0..).zip(articles.segment_readers()) {
            for doc in reader.doc_ids_alive() {
                let document: TantivyDocument = articles.doc(DocAddress::new(segment, doc))?;
                let json = document.get_first(fields.article);
                // Files have documents, too.
                let Some(json) = json.and_then(|value| value.as_str()) else {
                    continue;
                };
                let stored: StoredArticle = serde_json::from_str(json)?;
                let analysed = analyser.analyse(&stored.article);
                let stems = (0..analysed.body.tokens.len()).map(|token| analysed.body.stem(token));
                let mut document = TantivyDocument::new();
                document.add_text(body, stems.collect::<Vec<_>>().join(" "));
                document.add_u64(number, ids.len() as u64);
                writer.add_document(document)?;
                ids.push(stored.article.id);
                if !stored.article.title_derived {
                    items.push(Item {
                        id: stored.article.id,
                        title: stored.article.title,
                        language: stored.analysed_language,
                    });
                }
            }
        }
        writer.commit()?;
        Ok(Plain {
            searcher: index.reader()?.searcher(),
            body,
            ids,
        })
    }

    /// The best articles for the words of an item.
    fn best(&self, item: &Item, forms: &[String], occur: Occur) -> Result<Vec<ArticleId>, Error> {
        let terms = forms.iter().map(|form| {
            let term = Term::from_field_text(self.body, &stem(form, item.language));
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            (occur, Box::new(query) as Box<dyn Query>)
        });
        let query = BooleanQuery::new(terms.collect());
        let best = TopDocs::with_limit(DEPTH).order_by_score();
        let mut found = Vec::new();
        for (_, address) in self.searcher.search(&query, &best)? {
            let reader = self.searcher.segment_reader(address.segment_ord);
            let number = reader.fast_fields().u64("number")?.first(address.doc_id);
            found.extend(number.map(|number| self.ids[number as usize]));
        }
        Ok(found)
    }
}

/// Titles that are long enough and stand over one article only, in an order that the seed decides.
fn sample(items: Vec<Item>, seed: u64) -> Vec<Item> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for item in &items {
        *counts.entry(item.title.clone()).or_default() += 1;
    }
    let is_fit =
        |item: &Item| counts[&item.title] == 1 && words(&item.title).len() >= TITLE_WORDS_MIN;
    let mut items: Vec<Item> = items.into_iter().filter(is_fit).collect();
    items.sort_by_key(|item| order_of(item.id, SEED));
    if seed != SEED {
        items = items.split_off(TITLES.min(items.len()));
        items.sort_by_key(|item| order_of(item.id, seed));
    }
    items.truncate(TITLES);
    items
}

/// Ids are hashes; another seed takes another order (FNV-1a).
fn order_of(id: ArticleId, seed: u64) -> u64 {
    let bytes = id.to_string().into_bytes().into_iter();
    bytes.fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
