//! `dateline show`: shows one article with its entities, and what a query matches, marked.

use dateline_corpus::Analyser;
use dateline_query::{Highlights, Searcher};

use super::{Place, as_of_today, tell};
use crate::Outcome;
use crate::args::ShowArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &ShowArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let searcher = place.searcher(output)?;
    let stored = searcher.article(&arguments.id)?;
    let highlights = highlights(arguments, &searcher, output)?;
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse(&stored.article);
    if arguments.json {
        let article = output::ArticleJson::of(&stored, &analysed, highlights.as_ref());
        output.json(&article)?;
    } else {
        output.text(&output::article(
            &stored,
            &analysed,
            &highlights.unwrap_or_default(),
            output.here(),
            output.look(),
        ))?;
    }
    Ok(Outcome::Found)
}

/// What the query matches in the article, if there is a query.
fn highlights(
    arguments: &ShowArguments,
    searcher: &Searcher,
    output: &Output,
) -> anyhow::Result<Option<Highlights>> {
    let Some(query) = &arguments.query else {
        return Ok(None);
    };
    let request = as_of_today(arguments.reading.request(query.clone()));
    let highlights = searcher.highlights(&arguments.id, &request)?;
    tell(&highlights.notes, arguments.reading.strict, output)?;
    if !highlights.matches {
        output.say("note", "the query does not find this article");
    }
    Ok(Some(highlights))
}
