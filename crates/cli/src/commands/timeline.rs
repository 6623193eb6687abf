//! `dateline timeline`: shows how the articles that a search finds spread over time.

use super::{Place, as_of_today, refuse_faults};
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
    let searcher = place.searcher(output)?;
    if arguments.filters.strict {
        refuse_faults(&searcher, &request.among, output)?;
    }
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
