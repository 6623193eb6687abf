//! `dateline facets`: lists all values of a field with their counts.

use dateline_query::FacetField;

use super::Place;
use crate::Outcome;
use crate::args::FacetsArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &FacetsArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let response = place.searcher(output)?.search(&arguments.request())?;
    output.notes(&response.notes);
    let field = FacetField::from(arguments.field);
    let counts = response.facets.get(&field).map_or(&[][..], Vec::as_slice);
    if arguments.json {
        output.json(&response)?;
    } else if counts.is_empty() {
        let found = output::counted(response.total, "article matches", "articles match");
        output.say(
            "note",
            &format!("{found}, and none has a {}", arguments.field.name()),
        );
    } else {
        output.text(&output::facet_list(field, counts, output.look()))?;
    }
    Ok(Outcome::found_if(!counts.is_empty()))
}
