//! Facet counts as text: side by side under the hits, or one field in full.

use std::collections::BTreeMap;

use dateline_query::{FacetCount, FacetCounts, FacetField, Mode};
use textwrap::core::display_width;

use super::look::{self, Look};

/// Between two facets that stand side by side.
const GAP: usize = 3;
/// Between a count and the value it counts.
const NUMBER_GAP: usize = 2;
/// A mark and a blank.
const MARKS_WIDTH: usize = 2;
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
    let row = |row: &[(&FacetField, &FacetCounts)]| {
        let natural: Vec<usize> = row
            .iter()
            .map(|(field, counts)| natural_width(**field, counts))
            .collect();
        let widths = shares(&natural, (look.width() + GAP) - GAP * row.len());
        let columns: Vec<_> = row
            .iter()
            .zip(widths)
            .map(|((field, counts), width)| column(**field, counts, width, look))
            .collect();
        side_by_side(&columns)
    };
    let rows: Vec<String> = facets.chunks(per_row).map(row).collect();
    rows.join("\n")
}

/// All values of one field, a line each, and below each the values under it in a tree.
pub(crate) fn facet_list(field: FacetField, counts: &[FacetCount], look: &Look) -> String {
    let lines = column(field, counts, look.width(), look);
    let mut text = String::new();
    for (line, count) in lines.iter().skip(1).zip(counts) {
        text.push_str(&format!("{line}\n"));
        let indent = number_width(counts) + NUMBER_GAP + marks_width(counts);
        let indent = " ".repeat(indent);
        let width = look.width().saturating_sub(indent.len());
        // Only continents have anything below them.
        let children = column(FacetField::Country, &count.children, width, look);
        let children = children.iter().skip(1);
        text.extend(children.map(|child| format!("{indent}{child}\n")));
    }
    text
}

/// The width at which nothing is cut.
fn natural_width(field: FacetField, counts: &[FacetCount]) -> usize {
    let labels = counts
        .iter()
        .map(|count| display_width(&look::clean(&count.label)));
    let before = number_width(counts) + NUMBER_GAP + marks_width(counts);
    let widest = before + labels.max().unwrap_or(0);
    widest.max(heading(field).len())
}

/// Shares `width` among columns: none gets more than it needs, and those that need more than
/// their share split what the others leave.
fn shares(needs: &[usize], width: usize) -> Vec<usize> {
    let mut narrowest_first: Vec<usize> = (0..needs.len()).collect();
    narrowest_first.sort_by_key(|&column| needs[column]);
    let mut shares = vec![0; needs.len()];
    let mut left = width;
    for (given, column) in narrowest_first.into_iter().enumerate() {
        shares[column] = needs[column].min(left / (needs.len() - given));
        left -= shares[column];
    }
    shares
}

fn number_width(counts: &[FacetCount]) -> usize {
    let widths = counts
        .iter()
        .map(|count| look::thousands(count.count).len());
    widths.max().unwrap_or(0)
}

/// The columns between numbers and labels that tell what was selected, if anything was.
fn marks_width(counts: &[FacetCount]) -> usize {
    match counts.iter().any(|count| count.selected.is_some()) {
        true => MARKS_WIDTH,
        false => 0,
    }
}

/// What stands before a value that was selected.
pub(super) fn mark(mode: Mode) -> &'static str {
    match mode {
        Mode::All | Mode::Any => "✓",
        Mode::Not => "✗",
    }
}

fn column(field: FacetField, counts: &[FacetCount], width: usize, look: &Look) -> Vec<String> {
    let (number_width, marks_width) = (number_width(counts), marks_width(counts));
    let label_width = width.saturating_sub(number_width + NUMBER_GAP + marks_width);
    let mut lines = vec![look.paint(look::TITLE, heading(field))];
    for count in counts {
        let number = format!("{:>number_width$}", look::thousands(count.count));
        let number = look.paint(look::QUIET, &number);
        let mark = count.selected.map_or("", mark);
        let mark = format!("{:gap$}{mark:<marks_width$}", "", gap = NUMBER_GAP);
        let label = look.paint(style(field), &look::truncate(&count.label, label_width));
        lines.push(format!("{number}{mark}{label}"));
    }
    lines
}

fn side_by_side(columns: &[Vec<String>]) -> String {
    let widths: Vec<usize> = columns
        .iter()
        .map(|lines| {
            lines
                .iter()
                .map(|line| display_width(line))
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

pub(super) fn heading(field: FacetField) -> &'static str {
    match field {
        FacetField::Person => "People",
        FacetField::Country => "Countries",
        FacetField::Organisation => "Organisations",
        FacetField::Place => "Places",
        FacetField::Source => "Sources",
        FacetField::Author => "Authors",
        FacetField::Language => "Languages",
        FacetField::Section => "Sections",
        FacetField::About => "About countries",
        FacetField::AboutPerson => "About people",
        FacetField::SourceCountry => "Countries of sources",
        FacetField::Agency => "Agencies",
        FacetField::Site => "Sites",
        FacetField::Continent => "Continents",
    }
}

pub(super) fn style(field: FacetField) -> anstyle::Style {
    match field {
        FacetField::Person | FacetField::AboutPerson => look::PERSON,
        FacetField::Country | FacetField::About => look::COUNTRY,
        FacetField::Organisation => look::ORGANISATION,
        FacetField::Place => look::PLACE,
        _ => anstyle::Style::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_width_and_take_no_more_than_they_need() {
        for (needs, width, expected) in [
            (vec![10, 10, 10], 60, vec![10, 10, 10]),
            (vec![40, 10, 40], 60, vec![25, 10, 25]),
            (vec![50, 12, 20], 60, vec![28, 12, 20]),
            (vec![90], 60, vec![60]),
            (vec![9, 9], 3, vec![1, 2]),
            (vec![], 60, vec![]),
        ] {
            let shares = shares(&needs, width);
            assert_eq!(shares, expected, "{needs:?} in {width}");
        }
    }
}
