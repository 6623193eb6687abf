//! Warm search latency on a real index: fifty queries, bare, with filters, with facets.
//!
//! `latency INDEX_DIR` prints one line for each setting: the median and the 90th percentile over
//! the queries of the best of five runs each, and how many articles they found on average. The
//! start of the process is not part of it; time the binary for that.

use std::path::Path;
use std::time::Instant;

use dateline_query::{FacetField, FacetRequest, Mode, SearchRequest, Searcher};

/// Words, pairs, phrases and boolean queries about politics, of which any large pile of news in
/// English has some.
const QUERIES: [&str; 50] = [
    "sanctions",
    "election",
    "climate",
    "ukraine",
    "inflation",
    "vaccine",
    "border",
    "cocaine",
    "earthquake",
    "infrastructure",
    "tariffs",
    "hostages",
    "semiconductor",
    "wildfire",
    "veterans",
    "opioid",
    "broadband",
    "ceasefire",
    "nuclear",
    "drought",
    "economic sanctions",
    "prime minister",
    "climate change",
    "drug trafficking",
    "clean energy",
    "supply chain",
    "supreme court",
    "health care",
    "student loans",
    "gun violence",
    "trade agreement europe",
    "grain exports black sea",
    "missile defense korea",
    "refugees border mexico",
    "hurricane relief florida",
    "\"prime minister\"",
    "\"climate crisis\"",
    "\"national security advisor\"",
    "\"rule of law\"",
    "\"supply chains\"",
    "\"minimum wage\"",
    "\"two state solution\"",
    "ukraine OR russia",
    "hurricane OR tornado OR flood",
    "china AND (tariffs OR semiconductors)",
    "(israel OR gaza) hostages",
    "oil NOT russia",
    "title:statement ukraine",
    "title:remarks climate",
    "person:biden infrastructure",
];
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).ok_or("usage: latency INDEX_DIR")?;
    let searcher = Searcher::open(Path::new(&dir))?;
    let facet = |field| FacetRequest::top(field, 10);
    let facets = || {
        [FacetField::Person, FacetField::Country, FacetField::Source]
            .map(facet)
            .to_vec()
    };
    let bare = SearchRequest::default;
    let filtered = || SearchRequest {
        since: Some("2022".to_owned()),
        ..bare().with(FacetField::Country, Mode::All, "Germany")
    };
    let settings = [
        ("10 hits", bare()),
        ("10 hits, country and date filters", filtered()),
        (
            "10 hits, three facets",
            SearchRequest {
                facets: facets(),
                ..bare()
            },
        ),
        (
            "10 hits, filters and facets",
            SearchRequest {
                facets: facets(),
                ..filtered()
            },
        ),
        (
            "no hits, three facets",
            SearchRequest {
                facets: facets(),
                limit: 0,
                ..bare()
            },
        ),
    ];
    for (name, setting) in settings {
        measure(&searcher, name, &setting)?;
    }
    Ok(())
}

fn measure(
    searcher: &Searcher,
    name: &str,
    setting: &SearchRequest,
) -> Result<(), Box<dyn std::error::Error>> {
    let (mut times_ms, mut found) = (Vec::new(), 0);
    for query in QUERIES {
        let request = SearchRequest {
            query: query.to_owned(),
            ..setting.clone()
        };
        let mut best_ms = f64::INFINITY;
        for _ in 0..RUNS {
            let start = Instant::now();
            let response = searcher.search(&request)?;
            best_ms = best_ms.min(start.elapsed().as_secs_f64() * 1000.0);
            found += response.total;
        }
        times_ms.push(best_ms);
    }
    times_ms.sort_by(f64::total_cmp);
    println!(
        "{name:<36} median {:6.2} ms   p90 {:6.2} ms   {:6.0} found",
        times_ms[QUERIES.len() / 2],
        times_ms[QUERIES.len() * 9 / 10],
        found as f64 / (QUERIES.len() * RUNS) as f64
    );
    Ok(())
}
