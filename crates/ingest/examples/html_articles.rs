//! Measures how well articles are found in HTML pages, against pages with known texts.
//!
//! ```text
//! cargo run --release -p dateline-ingest --example html_articles -- FOLDER [WORST]
//! ```
//!
//! `FOLDER` holds `ground-truth.json`, an object of `{"articleBody": …}` by page, and the pages
//! as `html/<page>.html.gz` or `html/<page>.html`, as the article extraction benchmark of
//! Scrapinghub does. Precision and recall of a page are those of its 4-grams of words, counted;
//! F1 is made of their means over all pages. The `WORST` pages are listed.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use dateline_corpus::Article;
use dateline_ingest::{Item, ReadOptions, read, read_file};
use serde::Deserialize;

#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody")]
    body: String,
}

/// How a page was read.
struct Score {
    page: String,
    /// `None` when nothing was found.
    precision: Option<f64>,
    /// `None` when there was nothing to find.
    recall: Option<f64>,
    has_title: bool,
    has_date: bool,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        bail!("name the folder that holds ground-truth.json and html/");
    };
    let worst: usize = arguments.next().map_or(Ok(0), |count| count.parse())?;
    let path = folder.join("ground-truth.json");
    let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    let truths: BTreeMap<String, Truth> = serde_json::from_reader(BufReader::new(file))?;
    let mut time = Duration::ZERO;
    let mut scores = Vec::new();
    for (page, truth) in &truths {
        let article = article(&folder.join("html"), page, &mut time)?;
        scores.push(score(page, truth, article.as_ref()));
    }
    report("all", scores.iter());
    // Rules that are tuned on one half are to be judged by the other.
    report("even pages", scores.iter().step_by(2));
    report("odd pages", scores.iter().skip(1).step_by(2));
    let count = |found: fn(&Score) -> bool| scores.iter().filter(|score| found(score)).count();
    println!(
        "titles {}, dates {} of {}; {:.0} pages a second",
        count(|score| score.has_title),
        count(|score| score.has_date),
        scores.len(),
        scores.len() as f64 / time.as_secs_f64(),
    );
    scores.sort_by(|a, b| f1(a).total_cmp(&f1(b)));
    for score in scores.iter().take(worst) {
        println!(
            "{:.3} precision {:.3} recall {:.3} {}",
            f1(score),
            score.precision.unwrap_or_default(),
            score.recall.unwrap_or_default(),
            score.page
        );
    }
    Ok(())
}

/// The article of a page; what reading it took, without unpacking, is added to `time`.
fn article(folder: &Path, page: &str, time: &mut Duration) -> Result<Option<Article>> {
    let mut article = None;
    let mut sink = |item| {
        if let Item::Article(read) = item {
            article = Some(*read);
        }
        ControlFlow::Continue(())
    };
    let plain = folder.join(format!("{page}.html"));
    if !plain.exists() {
        let packed = folder.join(format!("{page}.html.gz"));
        read_file(&packed, &ReadOptions::default(), &mut sink);
        return Ok(article);
    }
    let mut bytes = Vec::new();
    File::open(plain)?.read_to_end(&mut bytes)?;
    let start = Instant::now();
    read(
        "page.html",
        &mut bytes.as_slice(),
        &ReadOptions::default(),
        &mut sink,
    )?;
    *time += start.elapsed();
    Ok(article)
}

fn score(page: &str, truth: &Truth, article: Option<&Article>) -> Score {
    let truth = shingles(&truth.body);
    let found = shingles(article.map_or("", |article| &article.body));
    let total = |shingles: &HashMap<Vec<&str>, usize>| shingles.values().sum::<usize>();
    let shared: usize = found
        .iter()
        .map(|(shingle, count)| *truth.get(shingle).unwrap_or(&0).min(count))
        .sum();
    let share = |of: usize| (of > 0).then(|| shared as f64 / of as f64);
    Score {
        page: page.to_owned(),
        precision: share(total(&found)),
        recall: share(total(&truth)),
        has_title: article.is_some_and(|article| !article.title_derived),
        has_date: article.is_some_and(|article| article.published.is_some()),
    }
}

/// The runs of four words (all words where there are fewer), and how often each occurs.
fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let words: Vec<&str> = text
        .split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
        .collect();
    let mut counts = HashMap::new();
    if !words.is_empty() {
        for shingle in words.windows(words.len().min(4)) {
            *counts.entry(shingle.to_vec()).or_default() += 1;
        }
    }
    counts
}

fn report<'a>(name: &str, scores: impl Iterator<Item = &'a Score>) {
    let scores: Vec<&Score> = scores.collect();
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let precision = mean(scores.iter().filter_map(|score| score.precision).collect());
    let recall = mean(scores.iter().filter_map(|score| score.recall).collect());
    let f1 = harmonic(precision, recall);
    println!(
        "{name}: {} pages, precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}",
        scores.len()
    );
}

fn f1(score: &Score) -> f64 {
    harmonic(
        score.precision.unwrap_or_default(),
        score.recall.unwrap_or_default(),
    )
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    match precision + recall {
        0.0 => 0.0,
        sum => 2.0 * precision * recall / sum,
    }
}
