//! What is related to a value, as text: a table for each field.

use dateline_query::{FacetField, Related, RelatedValue};

use super::facets::{heading, style};
use super::hits::country_label;
use super::look::{self, Look};

/// Columns of the numbers before a name: articles with both, how many chance would give, and the
/// log-likelihood ratio.
const NUMBERS: [&str; 3] = ["together", "by chance", "strength"];

/// How many articles were looked at, then what is related, the most strongly related first.
pub(crate) fn related(field: FacetField, related: &Related, look: &Look) -> String {
    let names = related.values.iter().map(|value| match field.is_country() {
        true => country_label(value),
        false => value,
    });
    let names = names.collect::<Vec<_>>().join(", ");
    let among = look::counted(related.total, "article", "articles");
    let line = format!(
        "{} in {} of {among}",
        look.paint(look::TITLE, &names),
        look::thousands(related.count),
    );
    let mut text = look.wrap(&line, "");
    for (&field, values) in &related.related {
        if values.is_empty() {
            continue;
        }
        let numbers = look.paint(look::QUIET, &NUMBERS.join("  "));
        let title = look.paint(look::TITLE, heading(field));
        text.push_str(&format!("\n{numbers}  {title}\n"));
        for value in values {
            let [numbers, name] = cells(value, look.width());
            let numbers = look.paint(look::QUIET, &numbers);
            let name = look.paint(style(field), &name);
            text.push_str(&format!("{numbers}  {name}\n"));
        }
    }
    text
}

/// The numbers of a value, each below its heading, and its name as far as the line goes.
fn cells(value: &RelatedValue, width: usize) -> [String; 2] {
    let numbers = [
        look::thousands(value.together),
        format!("{:.1}", value.expected),
        format!("{:.1}", value.log_likelihood),
    ];
    let cells = numbers.iter().zip(NUMBERS);
    let cells = cells.map(|(number, heading)| format!("{number:>0$}", heading.len()));
    let numbers = cells.collect::<Vec<_>>().join("  ");
    let left = width.saturating_sub(numbers.len() + 2);
    [numbers, look::truncate(&value.label, left)]
}
