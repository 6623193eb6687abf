//! `dateline timeline`: shows how the articles that a search finds spread over time.

use super::{Place, as_of_today, tell};
use crate::Outcome;
use crate::args::TimelineArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &TimelineArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let mut request = arguments.request();
    request.among = as_of_today(request.among);
    let timeline = place.searcher(output)?.timeline(&request)?;
    tell(&timeline.notes, arguments.filters.reading.strict, output)?;
    let found = timeline.total > 0;
    let csv = || output::timeline_csv(&timeline);
    output.answer(
        &timeline,
        arguments.answer,
        found,
        csv,
        |output| match found {
            true => output::timeline(&timeline, output.look()),
            false => "no article matches".to_owned(),
        },
    )
}
