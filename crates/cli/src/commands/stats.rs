//! `dateline stats`: tells what the index holds.

use super::Place;
use crate::Outcome;
use crate::args::StatsArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &StatsArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let stats = place.searcher(output)?.stats()?;
    let csv = || output::stats_csv(&stats);
    output.answer(&stats, arguments.answer, true, csv, |output| {
        output::stats(&stats, &place.index, output.look())
    })?;
    Ok(Outcome::found_if(stats.articles > 0))
}
