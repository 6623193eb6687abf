//! Tables with a header row: values parted by commas, semicolons, tabs or bars, one article a row.
//!
//! Rows are numbered from the header, which is row 1; blank ones are not counted.

mod rows;

use std::ops::ControlFlow;

use dateline_corpus::DateOrigin;
use serde_json::Value;

use self::rows::{Row, Rows, VALUES_MAX, Values};
use crate::Limits;
use crate::dates;
use crate::encoding;
use crate::fields::{Field, Fields, column_of};
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// What parts values, the most common first, and what it is called.
const DELIMITERS: &[(u8, &str)] = &[
    (b',', "commas"),
    (b';', "semicolons"),
    (b'\t', "tabs"),
    (b'|', "bars"),
];
/// So many rows show what parts their values.
const SNIFFED_ROWS: usize = 50;
/// So many names of columns show what a table is about.
const NAMES_SHOWN_MAX: usize = 12;
/// Spreadsheets say in a line of its own what parts the values.
const DECLARATION: &[u8] = b"sep=";

const ASTRAY: &str = "not like a row of the table, behind a quote that is opened and not closed";

/// A column that Dateline knows, by the rank of its name.
type Column = Option<(Field, usize)>;

/// Reads a table with a header.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let limits = output.limits();
    let delimiter = match declared(input)? {
        Some(delimiter) => Some(delimiter),
        None => sniff(input.name(), input.head()),
    };
    let Some(delimiter) = delimiter else {
        return Ok(output.skip(None, only_one_column(input.head())));
    };
    let mut rows = Rows::new(input, delimiter, limits);
    let columns = match rows.next()? {
        Some(Row::Values(header)) => match columns(header) {
            Ok(columns) => columns,
            Err(reason) => return Ok(output.skip(None, reason)),
        },
        Some(_) => return Ok(output.skip(Some(1), "the header cannot be read")),
        None => return Ok(ControlFlow::Continue(())),
    };
    let mut number = 1;
    let mut is_astray = false;
    while let Some(row) = rows.next()? {
        number += 1;
        let is_lost = matches!(row, Row::Lost);
        let breaks = matches!(row, Row::Unclosed | Row::TooLong(_));
        let row = values(row, columns.len(), limits);
        is_astray =
            breaks || is_astray && !row.as_ref().is_ok_and(|row| is_like_table(*row, &columns));
        let flow = match row {
            Ok(_) if is_astray => output.skip(Some(number), ASTRAY),
            Ok(values) => read_row(number, &columns, values, output),
            Err(reason) => output.skip(Some(number), reason),
        };
        if flow.is_break() || is_lost {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Whether a text begins like a table of news: the names in its first line are those of fields,
/// headline or text among them.
pub(crate) fn is_table(head: &str) -> bool {
    let line = head.lines().next().unwrap_or_default();
    DELIMITERS.iter().any(|(delimiter, _)| {
        let known: Vec<Field> = line
            .split(char::from(*delimiter))
            .filter_map(|name| column_of(name.trim_matches(['"', ' '])))
            .map(|(field, _)| field)
            .collect();
        known.len() >= 2 && known.iter().any(|field| is_text(*field))
    })
}

/// The delimiter that a first line `sep=;` says; the line is passed over.
fn declared(input: &mut Input<'_>) -> std::io::Result<Option<u8>> {
    let head = input.head();
    let Some(rest) = head.strip_prefix(DECLARATION) else {
        return Ok(None);
    };
    let Some((&delimiter, b"\n" | b"\r")) =
        rest.split_first().map(|(d, r)| (d, &r[..r.len().min(1)]))
    else {
        return Ok(None);
    };
    input.line(DECLARATION.len() + 2, &mut Vec::new())?;
    Ok(Some(delimiter))
}

/// What parts the values of the first rows: that which makes the most of them as long as the
/// header, and the header the longest.
fn sniff(name: &str, head: &[u8]) -> Option<u8> {
    let is_tabs = name.to_ascii_lowercase().ends_with(".tsv");
    let score = |delimiter: u8| {
        let counts = counts(delimiter, head);
        let columns = counts.first().copied().unwrap_or_default();
        let alike = counts.iter().filter(|count| **count == columns).count();
        let is_named = is_tabs && delimiter == b'\t';
        (columns > 1).then_some((is_named, alike * 100 / counts.len().max(1), columns))
    };
    DELIMITERS
        .iter()
        .rev()
        .filter_map(|(delimiter, _)| Some((score(*delimiter)?, *delimiter)))
        .max_by_key(|(score, _)| *score)
        .map(|(_, delimiter)| delimiter)
}

/// How many values the first rows have; one that the head cuts does not count.
fn counts(delimiter: u8, head: &[u8]) -> Vec<usize> {
    let limits = Limits::default();
    let mut reader = head;
    let Ok(mut input) = Input::new("", &mut reader) else {
        return Vec::new();
    };
    let mut rows = Rows::new(&mut input, delimiter, &limits);
    let mut counts = Vec::new();
    while counts.len() < SNIFFED_ROWS
        && let Ok(Some(row)) = rows.next()
    {
        match row {
            Row::Values(values) => counts.push(values.len()),
            // A quote that the head cuts, or that is none in another dialect.
            _ => break,
        }
    }
    counts
}

fn only_one_column(head: &[u8]) -> String {
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next();
    let line = String::from_utf8_lossy(line.unwrap_or_default());
    let shown: String = line.chars().take(60).collect();
    let names: Vec<&str> = DELIMITERS.iter().map(|(_, name)| *name).collect();
    format!(
        "the table has only one column: its first line `{shown}` is parted by none of {}",
        names.join(", ")
    )
}

/// The columns by their names, if one of them holds headline or text.
fn columns(header: Values<'_>) -> Result<Vec<Column>, String> {
    let names: Vec<String> = header
        .iter()
        .map(|name| encoding::utf_8(name).trim().to_owned())
        .collect();
    let columns: Vec<Column> = names.iter().map(|name| column_of(name)).collect();
    if columns.iter().flatten().any(|(field, _)| is_text(*field)) {
        return Ok(columns);
    }
    let shown: Vec<String> = names
        .iter()
        .take(NAMES_SHOWN_MAX)
        .map(|name| name.chars().take(24).collect())
        .collect();
    let more = match names.len().saturating_sub(shown.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Err(format!(
        "no column of the table is named as a headline or text; it has: {}{more}",
        shown.join(", ")
    ))
}

/// Whether a row has all columns, and dates where dates are to be.
fn is_like_table(row: Values<'_>, columns: &[Column]) -> bool {
    let fits = |(column, value): (&Column, &[u8])| {
        let is_date = matches!(column, Some((Field::Published | Field::Updated, _)));
        !is_date || dates::parse(&encoding::utf_8(value)).is_some()
    };
    row.len() == columns.len() && columns.iter().zip(row.iter()).all(fits)
}

fn is_text(field: Field) -> bool {
    matches!(field, Field::Title | Field::Body | Field::Summary)
}

/// The values of a row, or what is wrong with it.
fn values<'r>(row: Row<'r>, columns: usize, limits: &Limits) -> Result<Values<'r>, String> {
    let quote = "a quote is opened in this row and not closed";
    match row {
        Row::Values(values) if values.len() <= columns => Ok(values),
        Row::Values(values) => Err(format!(
            "the row has {} values for {columns} columns: a value with a delimiter in it is not \
             quoted",
            values.len()
        )),
        Row::TooLong(bytes) => Err(format!(
            "the row is {bytes} bytes long; at most {} are read",
            limits.record_bytes_max
        )),
        Row::LongValue(bytes) => Err(format!(
            "a value is {bytes} bytes long; at most {} are read",
            limits.field_bytes_max
        )),
        Row::TooMany => Err(format!("the row has more than {VALUES_MAX} values")),
        Row::Unclosed => Err(format!("{quote}; its first line is not read")),
        Row::Lost => Err(format!(
            "{quote}, like several before; the rest is not read"
        )),
    }
}

fn read_row(
    number: u64,
    columns: &[Column],
    values: Values<'_>,
    output: &mut Output<'_>,
) -> ControlFlow<()> {
    let mut fields = Fields::default();
    let has_body = columns
        .iter()
        .flatten()
        .any(|(field, _)| *field == Field::Body);
    for (column, value) in columns.iter().zip(values.iter()) {
        match column {
            _ if value.trim_ascii().is_empty() => {}
            Some(column) => {
                fields.add(*column, Value::String(encoding::utf_8(value).into_owned()));
            }
            None if !has_body => fields.offer(&encoding::utf_8(value)),
            None => {}
        }
    }
    if fields.have_no_text() {
        return output.skip(Some(number), "the row has neither headline nor text");
    }
    output.draft(Some(number), fields.into_draft(None, DateOrigin::Field))
}
