//! `dateline facets`: lists all values of a field with their counts.

use dateline_query::{FacetField, SearchResponse};

use super::{Place, vetted};
use crate::Outcome;
use crate::args::FacetsArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &FacetsArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let searcher = place.searcher(output)?;
    let strict = arguments.filters.strict;
    let request = vetted(arguments.request(), strict, &searcher, output)?;
    let response = searcher.search(&request)?;
    output.notes(&response.notes);
    let field = FacetField::from(arguments.field);
    let counts = response.facets.get(&field).map_or(&[][..], Vec::as_slice);
    if arguments.json {
        output.json(&response)?;
    } else if counts.is_empty() {
        output.say("note", &nothing(&response, arguments));
    } else {
        output.text(&output::facet_list(field, counts, output.look()))?;
    }
    Ok(Outcome::found_if(!counts.is_empty()))
}

/// Why there are no values to show.
fn nothing(response: &SearchResponse, arguments: &FacetsArguments) -> String {
    let found = output::counted(response.total, "article matches", "articles match");
    let (name, field) = (arguments.field.name(), FacetField::from(arguments.field));
    match (response.facet_values.get(&field), &arguments.matching) {
        (Some(1..), _) => format!("no {name} is left after this offset"),
        (_, Some(text)) => format!("{found}, and none has a {name} called `{text}`"),
        _ => format!("{found}, and none has a {name}"),
    }
}
