//! `dateline facets`: lists all values of a field with their counts.

use dateline_query::{FacetField, SearchResponse};

use super::{Place, as_of_today};
use crate::Outcome;
use crate::args::FacetsArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &FacetsArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let request = as_of_today(arguments.request());
    let response = place.search(&request, arguments.filters.reading.strict, output)?;
    let field = FacetField::from(arguments.field);
    let counts = response.facets.get(&field).map_or(&[][..], Vec::as_slice);
    let found = !counts.is_empty();
    let csv = || output::facet_csv(counts);
    output.answer(
        &response,
        arguments.answer,
        found,
        csv,
        |output| match found {
            true => output::facet_list(field, counts, output.look()),
            false => nothing(&response, arguments),
        },
    )
}

/// Why there are no values to show.
fn nothing(response: &SearchResponse, arguments: &FacetsArguments) -> String {
    let found = output::counted(response.total, "article matches", "articles match");
    let (name, field) = (arguments.field.name(), FacetField::from(arguments.field));
    match (response.facet_values.get(&field), &arguments.matching) {
        (Some(1..), _) if arguments.shows_none() => format!("{found}, and no {name} was asked for"),
        (Some(1..), _) => format!("no {name} is left after this offset"),
        (_, Some(text)) => format!("{found}, and none has a {name} called `{text}`"),
        _ => format!("{found}, and none has a {name}"),
    }
}
