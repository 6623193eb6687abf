//! `dateline related`: lists what occurs with a value more often than chance would have it.

use super::{Place, as_of_today, tell};
use crate::Outcome;
use crate::args::RelatedArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &RelatedArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let mut request = arguments.request();
    request.among = as_of_today(request.among);
    let related = place.searcher(output)?.related(&request)?;
    tell(&related.notes, arguments.filters.reading.strict, output)?;
    let found = related.related.values().any(|values| !values.is_empty());
    let csv = || output::related_csv(&related);
    output.answer(
        &related,
        arguments.answer,
        found,
        csv,
        |output| match found {
            true => output::related(request.field, &related, output.look()),
            false => {
                let count = output::counted(related.count, "article has", "articles have");
                format!("{count} `{}`, and nothing occurs with it", request.value)
            }
        },
    )
}
