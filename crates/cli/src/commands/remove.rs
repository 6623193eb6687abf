//! `dateline remove`: takes articles out of the index.

use dateline_corpus::ArticleId;
use dateline_query::{SearchRequest, Words};
use serde::Serialize;

use super::{Place, as_of_today};
use crate::Outcome;
use crate::args::RemoveArguments;
use crate::output::{self, Output};

/// What was done, as JSON.
#[derive(Serialize)]
struct Removed {
    removed: u64,
}

pub(crate) fn run(
    arguments: &RemoveArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    // All ids are looked up before anything is removed: a mistyped one changes nothing.
    let ids = wanted(arguments, place, output)?;
    let removed = if ids.is_empty() {
        0
    } else {
        dateline_indexer::remove(&place.index, &ids)?
    };
    if arguments.json {
        output.json(&Removed { removed })?;
    } else {
        let removed = output::counted(removed, "article", "articles");
        output.text(&format!("{removed} removed\n"))?;
    }
    Ok(Outcome::found_if(removed > 0))
}

fn wanted(
    arguments: &RemoveArguments,
    place: &Place,
    output: &Output,
) -> anyhow::Result<Vec<ArticleId>> {
    let searcher = place.searcher(output)?;
    if let Some(query) = &arguments.query {
        let request = as_of_today(SearchRequest {
            query: query.clone(),
            words: Words::All,
            limit: 0,
            ..SearchRequest::default()
        });
        // A search may guess what was meant and say so. What removes articles must not guess.
        let notes = searcher.search(&request)?.notes;
        anyhow::ensure!(
            notes.is_empty(),
            "nothing was removed, because the query is not beyond doubt:\n{}",
            notes.join("\n")
        );
        anyhow::ensure!(
            !query.trim().is_empty(),
            "nothing was removed, because the query is empty: it would find all articles"
        );
        return Ok(searcher.matching_ids(&request)?);
    }
    let found = arguments
        .ids
        .iter()
        .map(|id| Ok(searcher.article(id)?.article.id));
    found.collect()
}
