//! `dateline search`: finds articles, after bringing the index up to date where that is asked.

use std::path::Path;

use dateline_indexer::IndexOptions;
use dateline_query::syntax;

use super::{Place, as_of_today, tell};
use crate::Outcome;
use crate::args::SearchArguments;
use crate::commands::index::update;
use crate::output::{self, Output};
use crate::progress::Bar;

pub(crate) fn run(
    arguments: &SearchArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    if arguments.explain_query {
        return explain(arguments, output);
    }
    if !arguments.paths.is_empty() {
        refresh(arguments, &place.index, output)?;
    }
    let request = as_of_today(arguments.request());
    let response = place.search(&request, arguments.filters.reading.strict, output)?;
    let found = response.total > 0;
    if found && request.limit > 0 && response.hits.is_empty() {
        let total = output::counted(response.total, "article was", "articles were");
        let message = format!("{total} found, and none is left after this offset");
        output.say("note", &message);
    }
    let csv = || output::hits_csv(&response.hits);
    output.answer(
        &response,
        arguments.answer,
        found,
        csv,
        |output| match found {
            true => output::response(&response, request.offset, output.here(), output.look()),
            false => "no article matches".to_owned(),
        },
    )
}

/// Tells how the query is read, which needs no index.
fn explain(arguments: &SearchArguments, output: &mut Output) -> anyhow::Result<Outcome> {
    let query = arguments.query();
    let parsed = syntax::parse(&query);
    let faults = parsed.diagnostics.iter().map(|fault| fault.render(&query));
    let faults: Vec<String> = faults.collect();
    tell(&faults, arguments.filters.reading.strict, output)?;
    output.text(&syntax::explain(parsed.tree.as_ref()))?;
    Ok(Outcome::Found)
}

/// Makes the index what a fresh one of the paths would be; says so when that changed something.
fn refresh(arguments: &SearchArguments, dir: &Path, output: &Output) -> anyhow::Result<()> {
    let options = IndexOptions {
        prune: true,
        read: arguments.format.options(),
        ..IndexOptions::default()
    };
    let bar = Bar::new();
    let summary = update(&arguments.paths, &options, dir, &bar);
    bar.clear();
    let summary = summary?;
    let changed = summary.added + summary.updated + summary.removed > 0;
    if changed || !summary.skipped.is_empty() {
        let hint = match summary.skipped.len() {
            0 => "",
            _ => " (`dateline index` tells why)",
        };
        output.say("index", &format!("{}{hint}", output::changes(&summary)));
    }
    Ok(())
}
