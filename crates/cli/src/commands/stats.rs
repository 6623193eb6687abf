//! `dateline stats`: tells what the index holds.

use std::path::Path;

use dateline_query::Searcher;

use crate::Outcome;
use crate::args::StatsArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &StatsArguments,
    dir: &Path,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let stats = Searcher::open(dir)?.stats()?;
    if arguments.json {
        output.json(&stats)?;
    } else {
        output.text(&output::stats(&stats, dir, output.look()))?;
    }
    Ok(Outcome::found_if(stats.articles > 0))
}
