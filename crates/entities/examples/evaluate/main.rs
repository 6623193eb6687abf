//! Measures what the crate finds against what readers have marked, and how fast it finds it.
//!
//! `cargo run --release -p dateline-entities --example evaluate -- [OPTIONS] PATH…`
//!
//! | a path to | is measured by |
//! |---|---|
//! | a folder with `gold.json` | people and countries of each article ([`gold`]) |
//! | a `.jsonl` file of Reuters articles | the editors' `people` and `places` ([`reuters`]) |
//! | files with a column of tags, or a folder of them | exact spans by kind ([`spans`]), persons per article ([`persons`]) |
//! | other `.md` and `.txt` files, or a folder of them | speed alone ([`pace`]) |
//!
//! `--errors N` prints N examples of each of the twenty most frequent shapes of errors,
//! `--mentions` what was found in the articles of `gold.json`, `--tagger` (or `--tagger FILE`,
//! other weights) measures the spans of the tagger before the rest of the crate works on them.

#[path = "../conll/mod.rs"]
mod conll;
mod gold;
mod pace;
mod persons;
mod reuters;
mod score;
mod spans;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dateline_entities::Extractor;
use dateline_entities::tagger::Model;

const USAGE: &str = "usage: evaluate [--errors N] [--mentions] [--tagger | --model FILE] PATH…";

fn main() -> Result<()> {
    let options = Options::read()?;
    let extractor = Extractor::new();
    let mut tagged = spans::Measure::new(&options);
    let mut prose = Vec::new();
    for path in &options.paths {
        if path.join("gold.json").is_file() {
            gold::measure(&extractor, path, options.mentions)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            reuters::measure(&extractor, path, options.errors)?;
        } else {
            for file in files(path)? {
                let is_prose = file.extension().is_some_and(|e| e == "md" || e == "txt");
                match conll::read(&file) {
                    Ok(articles) => tagged.add(&extractor, &articles),
                    Err(_) if is_prose => prose.push(file),
                    Err(error) => eprintln!("passed over: {error:#}"),
                }
            }
        }
    }
    tagged.print(options.errors);
    pace::measure(&extractor, &prose)
}

/// The command line.
struct Options {
    errors: usize,
    mentions: bool,
    /// The tagger that is measured by itself.
    tagger: Option<&'static Model>,
    paths: Vec<PathBuf>,
}

impl Options {
    fn read() -> Result<Options> {
        let mut options = Options {
            errors: 0,
            mentions: false,
            tagger: None,
            paths: Vec::new(),
        };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--errors" => {
                    options.errors = args.next().context("--errors needs a number")?.parse()?
                }
                "--mentions" => options.mentions = true,
                "--tagger" => options.tagger = Some(Model::shipped()),
                "--model" => {
                    let path = args.next().context("--model needs a file")?;
                    let bytes = std::fs::read(&path).with_context(|| path.clone())?;
                    options.tagger = Some(Box::leak(Box::new(Model::from_bytes(&bytes)?)));
                }
                flag if flag.starts_with('-') => bail!("{flag} is no option; {USAGE}"),
                path => options.paths.push(path.into()),
            }
        }
        if options.paths.is_empty() {
            bail!("{USAGE}");
        }
        Ok(options)
    }
}

/// The files of a folder and its folders, in order; a file is its own only one.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut paths = vec![path.to_owned()];
    while let Some(path) = paths.pop() {
        if !path.is_dir() {
            files.push(path);
            continue;
        }
        for entry in std::fs::read_dir(&path).with_context(|| path.display().to_string())? {
            paths.push(entry?.path());
        }
    }
    files.sort();
    Ok(files)
}
