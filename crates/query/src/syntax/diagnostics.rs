//! What is wrong with a query, and how it was read nevertheless.

use std::fmt::Write as _;
use std::ops::Range;

use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of the query that are shown around the place a diagnostic is about.
const SHOWN_COLUMNS: usize = 72;
/// Columns shown before that place when the query is longer.
const LEADING_COLUMNS: usize = 24;

/// One thing that is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Where, in bytes of the query.
    pub span: Range<usize>,
    /// What is wrong.
    pub problem: String,
    /// How it was read.
    pub assumed: String,
    /// What to write instead, when that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Diagnostic {
    /// The diagnostic as text of several lines, with carets under the place in the query.
    pub fn render(&self, query: &str) -> String {
        let mut text = format!("{}: {}", self.problem, self.assumed);
        if let Some(suggestion) = &self.suggestion {
            // Writing to a string cannot fail.
            let _ = write!(text, "; {suggestion}");
        }
        let (line, carets) = self.draw(query);
        let _ = write!(text, "\n  {line}\n  {carets}");
        text
    }

    /// The part of the query around the span, and carets under the span.
    fn draw(&self, query: &str) -> (String, String) {
        let span_start = query.floor_char_boundary(self.span.start);
        let span_end = query.ceil_char_boundary(self.span.end).max(span_start);
        let (from, cut) = window_start(query, span_start);
        let mut line = String::from(if cut { "…" } else { "" });
        let mut carets = " ".repeat(line.width());
        for (at, c) in query[from..].char_indices() {
            if line.width() >= SHOWN_COLUMNS {
                line.push('…');
                break;
            }
            // Tabs, line breaks and other control characters would shift the carets.
            let c = if c.is_control() { ' ' } else { c };
            let before = line.width();
            line.push(c);
            let marked = (span_start..span_end).contains(&(from + at));
            let mark = if marked { "^" } else { " " };
            // What joins the character before takes no room of its own.
            carets.push_str(&mark.repeat(line.width().saturating_sub(before)));
        }
        if !carets.contains('^') {
            carets.push('^');
        }
        (line, carets.trim_end().to_owned())
    }
}

/// Where to begin showing the query, and whether that leaves something out.
fn window_start(query: &str, span_start: usize) -> (usize, bool) {
    if query.width() <= SHOWN_COLUMNS || query[..span_start].width() <= LEADING_COLUMNS {
        return (0, false);
    }
    let mut columns = 0;
    let mut from = span_start;
    for (at, c) in query[..span_start].char_indices().rev() {
        columns += c.width().unwrap_or(0);
        if columns > LEADING_COLUMNS {
            break;
        }
        from = at;
    }
    (from, from > 0)
}
