//! Facet counts as text: side by side under the hits, or one field in full.

use std::collections::BTreeMap;

use dateline_query::{FacetCount, FacetCounts, FacetField};

use super::look::{self, Look};

/// Between two facets that stand side by side.
const GAP: usize = 3;
/// A facet takes no less than this, its counts included; fewer stand side by side instead.
const COLUMN_WIDTH_MIN: usize = 22;

/// The facets side by side, as many in a row as the width allows; empty ones are left out.
pub(crate) fn facet_columns(facets: &BTreeMap<FacetField, FacetCounts>, look: &Look) -> String {
    let facets: Vec<_> = facets
        .iter()
        .filter(|(_, counts)| !counts.is_empty())
        .collect();
    if facets.is_empty() {
        return String::new();
    }
    let per_row = ((look.width() + GAP) / (COLUMN_WIDTH_MIN + GAP)).clamp(1, facets.len());
    let width = (look.width() + GAP) / per_row - GAP;
    let row = |row: &[(&FacetField, &FacetCounts)]| {
        let columns: Vec<_> = row
            .iter()
            .map(|(field, counts)| column(**field, counts, width, look))
            .collect();
        side_by_side(&columns)
    };
    let rows: Vec<String> = facets.chunks(per_row).map(row).collect();
    rows.join("\n")
}

/// All values of one field, a line each.
pub(crate) fn facet_list(field: FacetField, counts: &[FacetCount], look: &Look) -> String {
    let lines = column(field, counts, look.width(), look);
    lines
        .iter()
        .skip(1)
        .map(|line| format!("{line}\n"))
        .collect()
}

fn column(field: FacetField, counts: &[FacetCount], width: usize, look: &Look) -> Vec<String> {
    let numbers: Vec<String> = counts
        .iter()
        .map(|count| look::thousands(count.count))
        .collect();
    let number_width = numbers.iter().map(String::len).max().unwrap_or(0);
    let mut lines = vec![look.paint(look::TITLE, heading(field))];
    for (number, count) in numbers.iter().zip(counts) {
        let label = look::truncate(&count.label, width.saturating_sub(number_width + 2));
        let number = look.paint(look::QUIET, &format!("{number:>number_width$}"));
        lines.push(format!("{number}  {}", look.paint(style(field), &label)));
    }
    lines
}

fn side_by_side(columns: &[Vec<String>]) -> String {
    let widths: Vec<usize> = columns
        .iter()
        .map(|lines| {
            lines
                .iter()
                .map(|line| textwrap::core::display_width(line))
                .max()
                .unwrap_or(0)
        })
        .collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for at in 0..height {
        let mut line = String::new();
        for (lines, width) in columns.iter().zip(&widths) {
            let cell = lines.get(at).map_or("", String::as_str);
            line.push_str(&look::pad(cell, width + GAP));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn heading(field: FacetField) -> &'static str {
    match field {
        FacetField::Person => "People",
        FacetField::Country => "Countries",
        FacetField::Organisation => "Organisations",
        FacetField::Place => "Places",
        FacetField::Source => "Sources",
        FacetField::Author => "Authors",
        FacetField::Language => "Languages",
        FacetField::Section => "Sections",
    }
}

fn style(field: FacetField) -> anstyle::Style {
    match field {
        FacetField::Person => look::PERSON,
        FacetField::Country => look::COUNTRY,
        FacetField::Organisation => look::ORGANISATION,
        FacetField::Place => look::PLACE,
        _ => anstyle::Style::new(),
    }
}
