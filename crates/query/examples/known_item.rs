//! Known-item search: how high an article comes when its own headline is looked for in bodies
//! only, beside plain BM25 over the same terms.
//!
//! `known_item INDEX_DIR` takes 2,000 headlines of more than four words, chosen by a fixed seed,
//! and prints the mean reciprocal rank and the recall among the first ten for both. Articles with
//! the same headline count as the same item. It writes nothing.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use dateline_corpus::analysis::{terms, words};
use dateline_corpus::schema::{self, Fields};
use dateline_corpus::{ArticleId, Language, StoredArticle};
use dateline_query::{SearchRequest, Searcher};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{TantivyDocument, Term};

const TITLES: usize = 2_000;
const TITLE_WORDS_MIN: usize = 5;
const DEPTH: usize = 10;
const SEED: u64 = 5;

type Error = Box<dyn std::error::Error>;

/// An article whose headline is a query.
struct Item {
    title: String,
    language: Language,
}

fn main() -> Result<(), Error> {
    let dir = std::env::args()
        .nth(1)
        .ok_or("usage: known_item INDEX_DIR")?;
    let (index, fields) = schema::open(Path::new(&dir))?;
    let searcher = index.reader()?.searcher();
    let titles = titles(&searcher, &fields)?;
    let items = sample(&titles);
    println!("{} articles, {} headlines", titles.len(), items.len());

    let dateline = Searcher::open(Path::new(&dir))?;
    let mut ours = Ranks::default();
    let mut plain = Ranks::default();
    for item in &items {
        let request = SearchRequest {
            query: query(&item.title),
            limit: DEPTH,
            ..SearchRequest::default()
        };
        let response = dateline.search(&request)?;
        let found = response.hits.iter().map(|hit| hit.title.clone());
        ours.add(&item.title, &found.collect::<Vec<_>>());

        let bm25 = bm25(item, &fields);
        let best = searcher.search(&bm25, &TopDocs::with_limit(DEPTH).order_by_score())?;
        let mut found = Vec::new();
        for (_, address) in best {
            found.push(stored(&searcher, &fields, address)?.article.title);
        }
        plain.add(&item.title, &found);
    }
    ours.print("dateline", items.len());
    plain.print("BM25", items.len());
    Ok(())
}

/// Ranks of the items that were looked for.
#[derive(Default)]
struct Ranks {
    reciprocal: f64,
    found: usize,
}

impl Ranks {
    fn add(&mut self, title: &str, found: &[String]) {
        if let Some(rank) = found.iter().position(|found| found == title) {
            self.reciprocal += 1.0 / (rank + 1) as f64;
            self.found += 1;
        }
    }

    fn print(&self, name: &str, count: usize) {
        println!(
            "{name:<10} MRR@{DEPTH} {:.4}   recall@{DEPTH} {:.4}",
            self.reciprocal / count as f64,
            self.found as f64 / count as f64
        );
    }
}

/// The titles of all articles that have one of their own.
fn titles(
    searcher: &tantivy::Searcher,
    fields: &Fields,
) -> Result<HashMap<ArticleId, Item>, Error> {
    let mut titles = HashMap::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        for doc in reader.doc_ids_alive() {
            let document: TantivyDocument = searcher.doc(tantivy::DocAddress::new(segment, doc))?;
            let json = document
                .get_first(fields.article)
                .and_then(|value| value.as_str());
            // Files have documents, too.
            let Some(json) = json else { continue };
            let stored: StoredArticle = serde_json::from_str(json)?;
            if stored.article.title_derived {
                continue;
            }
            let item = Item {
                title: stored.article.title,
                language: stored.analysed_language,
            };
            titles.insert(stored.article.id, item);
        }
    }
    Ok(titles)
}

/// Different titles that are long enough, in an order that only the seed decides.
fn sample(titles: &HashMap<ArticleId, Item>) -> Vec<&Item> {
    let mut ordered: Vec<_> = titles
        .iter()
        .filter(|(_, item)| words(&item.title).len() >= TITLE_WORDS_MIN)
        .map(|(id, item)| (order_of(id), item))
        .collect();
    ordered.sort_by_key(|(order, _)| *order);
    let mut seen = HashSet::new();
    let items = ordered.into_iter().map(|(_, item)| item);
    items
        .filter(|item| seen.insert(item.title.as_str()))
        .take(TITLES)
        .collect()
}

/// Ids are hashes; another seed takes another order (FNV-1a).
fn order_of(id: &ArticleId) -> u64 {
    let bytes = id.to_string().into_bytes().into_iter();
    bytes.fold(0xcbf2_9ce4_8422_2325 ^ SEED, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The words of a title, any of them, in bodies.
fn query(title: &str) -> String {
    let words = words(title).into_iter();
    let words: Vec<String> = words.map(|(_, _, form)| form).collect();
    format!("body:({})", words.join(" OR "))
}

/// The same words as tantivy's own parser would put them together over the same terms.
fn bm25(item: &Item, fields: &Fields) -> BooleanQuery {
    let forms = words(&item.title).into_iter().map(|(_, _, form)| form);
    let terms = forms.flat_map(|form| terms::stemmed(&form, &[item.language]));
    let queries = terms.map(|term| {
        let term = Term::from_field_text(fields.body, &term);
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        (Occur::Should, Box::new(query) as Box<dyn Query>)
    });
    BooleanQuery::new(queries.collect())
}

fn stored(
    searcher: &tantivy::Searcher,
    fields: &Fields,
    address: tantivy::DocAddress,
) -> Result<StoredArticle, Error> {
    let document: TantivyDocument = searcher.doc(address)?;
    let json = document
        .get_first(fields.article)
        .and_then(|value| value.as_str());
    Ok(serde_json::from_str(json.unwrap_or_default())?)
}
