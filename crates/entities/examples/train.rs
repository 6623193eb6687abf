//! Trains the tagger from annotated articles and writes its weights; `model/README.md` has the
//! command and the data.

mod conll;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use conll::Article;
use dateline_corpus::EntityKind;
use dateline_corpus::analysis::Analyser;
use dateline_entities::tagger::Model;
use dateline_entities::tagger::training::{self, Examples, Settings};

fn main() -> Result<()> {
    let mut settings = Settings { rate: 0.02, dropout: 0.3, epochs: 20, weight_max: 1.5, weight_min: 0.05, seed: 1 };
    let mut certainty = 1.0;
    let (mut data, mut output) = (Vec::new(), PathBuf::from("weights.bin"));
    let mut weights: Vec<(String, f32)> = Vec::new();
    let mut measured: Vec<PathBuf> = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--output" => output = value()?.into(),
            "--rate" => settings.rate = value()?.parse()?,
            "--dropout" => settings.dropout = value()?.parse()?,
            "--epochs" => settings.epochs = value()?.parse()?,
            "--certainty" => certainty = value()?.parse()?,
            "--weight-min" => settings.weight_min = value()?.parse()?,
            "--seed" => settings.seed = value()?.parse()?,
            "--weight" => {
                let value = value()?;
                let (name, weight) = value.split_once('=').context("--weight NAME=FACTOR")?;
                weights.push((name.to_owned(), weight.parse()?));
            }
            "--measure" => measured.push(value()?.into()),
            path => data.push(PathBuf::from(path)),
        }
    }
    let mut examples = Examples::default();
    let mut held_out = Vec::new();
    for path in &data {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let weight = weights.iter().find(|(known, _)| *known == name).map_or(1.0, |(_, weight)| *weight);
        add(path, weight, &mut examples, &mut held_out)?;
    }
    let measured = measured.iter().map(|path| read_all(path)).collect::<Result<Vec<_>>>()?;
    let (windows, tokens) = examples.len();
    println!("{windows} windows of {tokens} tokens to learn from, {} articles held out", held_out.len());
    let half = Settings { epochs: 4, ..settings };
    let doubtful = training::cross_read(&mut examples, &half, certainty);
    println!("{doubtful} windows left out as not fully annotated");
    let mut best = 0.0;
    let model = training::train(&examples, &settings, |epoch, model| {
        let f1 = scores(model, &held_out);
        print!("epoch {epoch:2}: {}", show(f1));
        for articles in &measured {
            print!(" | {}", show(scores(model, articles)));
        }
        println!(" ({} features)", model.features());
        let score = f1.iter().sum::<f64>();
        let better = score > best;
        best = f64::max(best, score);
        better
    });
    let model = model.context("nothing was learned")?;
    std::fs::write(&output, model.to_bytes())?;
    Ok(())
}

/// Adds the articles of a file; every twelfth is held out, every third is also learned in capitals.
fn add(path: &Path, weight: f32, examples: &mut Examples, held_out: &mut Vec<Article>) -> Result<()> {
    let mut analyser = Analyser::new();
    for (number, article) in conll::read(path)?.into_iter().enumerate() {
        if number % 12 == 5 {
            held_out.push(article);
            continue;
        }
        if number % 3 == 0 {
            let upper = article.uppercased();
            let analysed = upper.analyse(&mut analyser);
            examples.add(&analysed, &upper.token_names(&analysed), weight);
        }
        let analysed = article.analyse(&mut analyser);
        examples.add(&analysed, &article.token_names(&analysed), weight);
    }
    Ok(())
}

fn read_all(path: &Path) -> Result<Vec<Article>> {
    if !path.is_dir() {
        return conll::read(path);
    }
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    let articles: Vec<Vec<Article>> = paths.iter().map(|path| conll::read(path)).collect::<Result<_>>()?;
    Ok(articles.into_iter().flatten().collect())
}

const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];

/// F1 of persons, organisations and places.
fn scores(model: &Model, articles: &[Article]) -> [f64; 3] {
    let mut analyser = Analyser::new();
    let mut counts = [[0usize; 2]; 3];
    for article in articles {
        let analysed = article.analyse(&mut analyser);
        let trim = |bytes| conll::trimmed(&article.text, bytes);
        let gold: Vec<_> = article.names.iter().map(|(bytes, kind)| (trim(bytes.clone()), *kind)).collect();
        let found: Vec<_> =
            model.tag(&analysed).iter().map(|span| (trim(span.bytes(&analysed)), span.kind)).collect();
        for (kind, counts) in KINDS.iter().zip(&mut counts) {
            counts[0] += found.iter().filter(|name| name.1 == *kind && gold.contains(name)).count();
            counts[1] += found.iter().chain(&gold).filter(|name| name.1 == *kind).count();
        }
    }
    counts.map(|[right, total]| 200.0 * right as f64 / total.max(1) as f64)
}

fn show([person, organisation, place]: [f64; 3]) -> String {
    format!("PER {person:.2} ORG {organisation:.2} LOC {place:.2}")
}
