//! `dateline show`: shows one article with its entities marked.

use dateline_corpus::Analyser;

use super::Place;
use crate::Outcome;
use crate::args::ShowArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &ShowArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let stored = place.searcher(output)?.article(&arguments.id)?;
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
