//! `dateline search`: finds articles, after bringing the index up to date where that is asked.

use std::path::Path;

use dateline_indexer::IndexOptions;
use dateline_query::syntax;

use super::{Place, refuse, vetted};
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
    let searcher = place.searcher(output)?;
    let strict = arguments.filters.strict;
    let request = vetted(arguments.request(), strict, &searcher, output)?;
    let response = searcher.search(&request)?;
    output.notes(&response.notes);
    if arguments.json {
        output.json(&response)?;
    } else if response.total == 0 {
        output.say("note", "no article matches");
    } else {
        let look = output.look();
        output.text(&output::response(
            &response,
            request.offset,
            output.here(),
            look,
        ))?;
    }
    Ok(Outcome::found_if(response.total > 0))
}

/// Tells how the query is read, which needs no index.
fn explain(arguments: &SearchArguments, output: &mut Output) -> anyhow::Result<Outcome> {
    let query = arguments.query();
    let parsed = syntax::parse(&query);
    if arguments.filters.strict {
        refuse(&parsed.diagnostics, &query, output)?;
    }
    let faults = parsed.diagnostics.iter().map(|fault| fault.render(&query));
    output.notes(&faults.collect::<Vec<_>>());
    output.text(&syntax::explain(parsed.tree.as_ref()))?;
    Ok(Outcome::Found)
}

/// Makes the index what a fresh one of the paths would be; says so when that changed something.
fn refresh(arguments: &SearchArguments, dir: &Path, output: &Output) -> anyhow::Result<()> {
    let options = IndexOptions {
        prune: true,
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
