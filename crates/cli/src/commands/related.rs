//! `dateline related`: lists what occurs with a value more often than chance would have it.

use super::{Place, vetted};
use crate::Outcome;
use crate::args::RelatedArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &RelatedArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let mut request = arguments.request();
    let searcher = place.searcher(output)?;
    let strict = arguments.filters.strict;
    request.among = vetted(request.among, strict, &searcher, output)?;
    let related = searcher.related(&request)?;
    output.notes(&related.notes);
    let found = related.related.values().any(|values| !values.is_empty());
    if arguments.json {
        output.json(&related)?;
    } else if found {
        output.text(&output::related(request.field, &related, output.look()))?;
    } else {
        let count = output::counted(related.count, "article has", "articles have");
        let message = format!("{count} `{}`, and nothing occurs with it", request.value);
        output.say("note", &message);
    }
    Ok(Outcome::found_if(found))
}
