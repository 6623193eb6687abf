//! `dateline extract`: tells who and what articles name, without an index.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;

use dateline_corpus::{Analyser, Article};
use dateline_entities::aliases::Aliases;
use dateline_entities::{Extractor, place_dateline, resolve, source_country};
use dateline_ingest::Item;

use crate::Outcome;
use crate::args::ExtractArguments;
use crate::output::{self, ExtractJson, Look, Output, skipped};

/// Articles that are read before they are shared out among the threads: enough to keep them busy
/// for longer than it takes to start them.
const BATCH_ARTICLES: usize = 512;
/// Bytes of such articles after which no more are read: long ones keep threads busy as well.
const BATCH_BYTES: usize = 32 << 20;

pub(crate) fn run(
    arguments: &ExtractArguments,
    list: &Path,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let aliases = super::aliases::load(list, output)?;
    let threads = arguments
        .reading
        .threads
        .or_else(|| thread::available_parallelism().ok());
    let mut extraction = Extraction {
        threads: threads.map_or(1, NonZeroUsize::get),
        json: arguments.json,
        aliases: &aliases,
        workers: Vec::new(),
        batch: Vec::new(),
        batch_bytes: 0,
    };
    let mut failure = None;
    let mut found = false;
    super::read::each(&arguments.paths, &arguments.reading, &mut |item| {
        let result = match item {
            Item::Article(article) => {
                found = true;
                extraction.add(*article, output)
            }
            Item::Skip(skip) => {
                output.say("skipped", &skipped(&skip, output.here()));
                Ok(())
            }
        };
        match result {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    extraction.write(output)?;
    match failure {
        Some(error) => Err(error),
        None => Ok(Outcome::found_if(found)),
    }
}

struct Extraction<'a> {
    threads: usize,
    json: bool,
    aliases: &'a Aliases,
    /// One for each thread; kept because they remember the words they have seen.
    workers: Vec<Worker>,
    batch: Vec<Article>,
    batch_bytes: usize,
}

struct Worker {
    analyser: Analyser,
    extractor: Extractor,
}

impl Extraction<'_> {
    fn add(&mut self, article: Article, output: &mut Output) -> anyhow::Result<()> {
        self.batch_bytes += article.body.len();
        self.batch.push(article);
        if self.batch.len() < BATCH_ARTICLES && self.batch_bytes < BATCH_BYTES {
            return Ok(());
        }
        self.write(output)
    }

    /// Extracts what waits, in parallel, and writes it in the order in which it was read.
    fn write(&mut self, output: &mut Output) -> anyhow::Result<()> {
        let mut batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        let share = batch.len().div_ceil(self.threads).max(1);
        let shares = batch.chunks_mut(share);
        while self.workers.len() < shares.len() {
            self.workers.push(Worker {
                analyser: Analyser::new(),
                extractor: Extractor::new(),
            });
        }
        let (aliases, json, look) = (self.aliases, self.json, *output.look());
        let texts: Vec<anyhow::Result<String>> = thread::scope(|scope| {
            let running: Vec<_> = shares
                .zip(&mut self.workers)
                .map(|(share, worker)| {
                    scope.spawn(move || worker.texts(share, aliases, json, &look))
                })
                .collect();
            let ended = running.into_iter().map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            ended.collect()
        });
        for text in texts {
            output.text(&text?)?;
        }
        Ok(())
    }
}

impl Worker {
    fn texts(
        &mut self,
        articles: &mut [Article],
        aliases: &Aliases,
        json: bool,
        look: &Look,
    ) -> anyhow::Result<String> {
        let mut texts = String::new();
        for article in articles {
            place_dateline(article);
            let analysed = self.analyser.analyse(article);
            let entities = resolve(&analysed, self.extractor.extract(&analysed));
            let entities = aliases.correct(article, &analysed, entities);
            if json {
                let published_in = source_country(article);
                let value = ExtractJson::of(article, &analysed, &entities, published_in);
                texts.push_str(&serde_json::to_string(&value)?);
                texts.push('\n');
            } else {
                texts.push_str(&output::extracted(article, &analysed, &entities, look));
            }
        }
        Ok(texts)
    }
}
