//! Trains the tagger from annotated articles and writes its weights; `model/README.md` has the
//! command and the data.

mod conll;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use conll::Article;
use dateline_corpus::analysis::Analyser;
use dateline_corpus::{EntityKind, Language};
use dateline_entities::tagger::Model;
use dateline_entities::tagger::training::{self, Examples, Settings};

fn main() -> Result<()> {
    let options = Options::read()?;
    let mut examples = Examples::default();
    let mut held_out = Vec::new();
    for path in &options.data {
        options.add(path, &mut examples, &mut held_out)?;
    }
    if let Some((teacher, folder)) = &options.teacher {
        let teacher = Model::from_bytes(&std::fs::read(teacher)?)?;
        learn_from(&teacher, folder, &mut examples)?;
    }
    let measured = options.measured.iter();
    let measured = measured
        .map(|path| read_all(path))
        .collect::<Result<Vec<_>>>()?;
    let (windows, tokens) = examples.len();
    println!(
        "{windows} windows of {tokens} tokens to learn from, {} articles held out",
        held_out.len()
    );
    // Half of the articles need fewer epochs; what is wanted here is a second opinion.
    let half = Settings {
        epochs: 4,
        ..options.settings
    };
    let doubtful = training::cross_read(&mut examples, &half, options.certainty);
    println!("{doubtful} windows left out as not fully annotated");
    let mut best = 0.0;
    let model = training::train(&examples, &options.settings, |epoch, model| {
        let f1 = scores(model, &held_out);
        print!("epoch {epoch:2}: {}", show(f1));
        for articles in &measured {
            print!(" | {}", show(scores(model, articles)));
        }
        println!(" ({} features)", model.features());
        let score = f1.iter().sum::<f64>();
        let better = score > best || held_out.is_empty();
        best = f64::max(best, score);
        better
    });
    let model = model.context("nothing was learned")?;
    std::fs::write(&options.output, model.to_bytes())?;
    Ok(())
}

/// The command line.
struct Options {
    settings: Settings,
    /// Above it, names that nobody annotated take their window out of the data.
    certainty: f32,
    /// Whether nothing is held out.
    all: bool,
    /// Factors of files, by their stems.
    weights: Vec<(String, f32)>,
    /// A model and a folder of Markdown articles that it annotates.
    teacher: Option<(PathBuf, PathBuf)>,
    /// Files or folders whose figures are printed after each epoch, and not learned from.
    measured: Vec<PathBuf>,
    output: PathBuf,
    data: Vec<PathBuf>,
}

impl Options {
    fn read() -> Result<Options> {
        let mut options = Options {
            settings: Settings {
                rate: 0.02,
                dropout: 0.3,
                epochs: 9,
                warm_up: 3,
                weight_max: 1.5,
                weight_min: 0.07,
                seed: 1,
            },
            certainty: 0.6,
            all: false,
            weights: Vec::new(),
            teacher: None,
            measured: Vec::new(),
            output: PathBuf::from("weights.bin"),
            data: Vec::new(),
        };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
            let settings = &mut options.settings;
            match arg.as_str() {
                "--output" => options.output = value()?.into(),
                "--rate" => settings.rate = value()?.parse()?,
                "--dropout" => settings.dropout = value()?.parse()?,
                "--epochs" => settings.epochs = value()?.parse()?,
                "--warm-up" => settings.warm_up = value()?.parse()?,
                "--weight-min" => settings.weight_min = value()?.parse()?,
                "--seed" => settings.seed = value()?.parse()?,
                "--certainty" => options.certainty = value()?.parse()?,
                "--all" => options.all = true,
                "--teacher" => options.teacher = Some((value()?.into(), value()?.into())),
                "--weight" => {
                    let value = value()?;
                    let (name, factor) = value.split_once('=').context("--weight NAME=FACTOR")?;
                    options.weights.push((name.to_owned(), factor.parse()?));
                }
                "--measure" => options.measured.push(value()?.into()),
                flag if flag.starts_with('-') => bail!("{flag} is no option; see model/README.md"),
                path => options.data.push(path.into()),
            }
        }
        Ok(options)
    }

    /// Adds the articles of a file; every twelfth is held out unless all are wanted, every third
    /// is also learned in capitals.
    fn add(&self, path: &Path, examples: &mut Examples, held_out: &mut Vec<Article>) -> Result<()> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let weight = self.weights.iter().find(|(known, _)| *known == name);
        let weight = weight.map_or(1.0, |(_, weight)| *weight);
        let mut analyser = Analyser::new();
        for (number, article) in conll::read(path)?.into_iter().enumerate() {
            if number % 12 == 5 && !self.all {
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
}

/// Adds every thirtieth article of a folder as the teacher reads it, with little weight: it brings
/// the style of news, not the truth about names.
fn learn_from(teacher: &Model, folder: &Path, examples: &mut Examples) -> Result<()> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let mut analyser = Analyser::new();
    for path in paths.iter().step_by(30) {
        let content = std::fs::read_to_string(path)?;
        let text = content.splitn(3, "---\n").last().unwrap_or_default();
        let analysed = analyser.analyse_parts("", text, Some(Language::ENGLISH));
        let names = teacher.tag(&analysed).into_iter();
        let names: Vec<_> = names
            .map(|span| (span.part, span.tokens, span.kind))
            .collect();
        examples.add(&analysed, &names, 0.2);
    }
    Ok(())
}

fn read_all(path: &Path) -> Result<Vec<Article>> {
    if !path.is_dir() {
        return conll::read(path);
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(path)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.sort();
    let articles: Vec<Vec<Article>> = paths
        .iter()
        .map(|path| conll::read(path))
        .collect::<Result<_>>()?;
    Ok(articles.into_iter().flatten().collect())
}

const KINDS: [EntityKind; 3] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::Place,
];

/// F1 of persons, organisations and places.
fn scores(model: &Model, articles: &[Article]) -> [f64; 3] {
    let mut analyser = Analyser::new();
    let mut counts = [[0usize; 2]; 3];
    for article in articles {
        let analysed = article.analyse(&mut analyser);
        let trim = |bytes| conll::trimmed(&article.text, bytes);
        let gold: Vec<_> = article
            .names
            .iter()
            .map(|(bytes, kind)| (trim(bytes.clone()), *kind))
            .collect();
        let found: Vec<_> = model
            .tag(&analysed)
            .iter()
            .map(|span| (trim(span.bytes(&analysed)), span.kind))
            .collect();
        for (kind, counts) in KINDS.iter().zip(&mut counts) {
            counts[0] += found
                .iter()
                .filter(|name| name.1 == *kind && gold.contains(name))
                .count();
            counts[1] += found
                .iter()
                .chain(&gold)
                .filter(|name| name.1 == *kind)
                .count();
        }
    }
    counts.map(|[right, total]| 200.0 * right as f64 / total.max(1) as f64)
}

fn show([person, organisation, place]: [f64; 3]) -> String {
    format!("PER {person:.2} ORG {organisation:.2} LOC {place:.2}")
}
