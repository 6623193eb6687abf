//! `dateline show`: shows one article with its entities marked.

use std::path::Path;

use dateline_corpus::Analyser;
use dateline_query::Searcher;

use crate::Outcome;
use crate::args::ShowArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &ShowArguments,
    dir: &Path,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let stored = Searcher::open(dir)?.article(&arguments.id)?;
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse(&stored.article);
    if arguments.json {
        output.json(&output::ArticleJson::of(&stored, &analysed))?;
    } else {
        output.text(&output::article(
            &stored,
            &analysed,
            output.here(),
            output.look(),
        ))?;
    }
    Ok(Outcome::Found)
}
