//! How fast articles are read: analysis, and extraction with resolution, each by itself.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use dateline_corpus::{Analysed, Analyser, Language};
use dateline_entities::{Extractor, resolve};

/// Time by stage and the words that were read.
#[derive(Default)]
pub(crate) struct Pace {
    analysis: Duration,
    extraction: Duration,
    words: usize,
    articles: usize,
}

impl Pace {
    /// Analyses the text of an English article without a title.
    pub(crate) fn analyse<'a>(&mut self, analyser: &mut Analyser, text: &'a str) -> Analysed<'a> {
        let start = Instant::now();
        let analysed = analyser.analyse_parts("", text, Some(Language::ENGLISH));
        self.analysis += start.elapsed();
        self.words += analysed.body.tokens.len();
        self.articles += 1;
        analysed
    }

    /// Takes the time of a stage after analysis.
    pub(crate) fn extract<T>(&mut self, stage: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = stage();
        self.extraction += start.elapsed();
        value
    }

    /// Prints a line of figures.
    pub(crate) fn print(&self) {
        let million = |time: Duration| self.words as f64 / time.as_secs_f64() / 1e6;
        println!(
            "{} articles, {} words; million words a second: analysis {:.2}, extraction and resolution {:.2}, together {:.2}",
            self.articles,
            self.words,
            million(self.analysis),
            million(self.extraction),
            million(self.analysis + self.extraction),
        );
    }
}

/// Reads texts into memory first, then measures one walk over them on one thread.
pub(crate) fn measure(extractor: &Extractor, files: &[PathBuf]) -> Result<()> {
    let mut texts = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let body = text
            .strip_prefix("---\n")
            .and_then(|text| text.split_once("\n---\n"));
        texts.push(body.map_or_else(|| text.clone(), |(_, body)| body.to_owned()));
    }
    if texts.is_empty() {
        return Ok(());
    }
    let mut pace = Pace::default();
    let mut analyser = Analyser::new();
    for text in &texts {
        let analysed = pace.analyse(&mut analyser, text);
        let entities = pace.extract(|| resolve(&analysed, extractor.extract(&analysed)));
        black_box(entities);
    }
    pace.print();
    Ok(())
}
