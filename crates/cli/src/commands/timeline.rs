//! `dateline timeline`: shows how the articles that a search finds spread over time.

use super::{Place, vetted};
use crate::Outcome;
use crate::args::TimelineArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &TimelineArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let mut request = arguments.request();
    let searcher = place.searcher(output)?;
    let strict = arguments.filters.strict;
    request.among = vetted(request.among, strict, &searcher, output)?;
    let timeline = searcher.timeline(&request)?;
    output.notes(&timeline.notes);
    if arguments.json {
        output.json(&timeline)?;
    } else if arguments.csv {
        output.text(&output::timeline_csv(&timeline))?;
    } else if timeline.total == 0 {
        output.say("note", "no article matches");
    } else {
        output.text(&output::timeline(&timeline, output.look()))?;
    }
    Ok(Outcome::found_if(timeline.total > 0))
}
