//! Everything that reaches the user: data on standard output, messages on standard error.
//!
//! The modules below turn values into text and are pure; only this one writes.

mod article;
mod csv;
mod extracted;
mod facets;
mod hits;
mod json;
mod look;
mod periods;
mod related;
mod reports;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;

pub(crate) use article::article;
pub(crate) use csv::{facet_csv, hits_csv, related_csv, stats_csv, timeline_csv};
pub(crate) use extracted::extracted;
pub(crate) use facets::facet_list;
pub(crate) use hits::response;
pub(crate) use json::{ArticleJson, ExtractJson, ReadJson};
pub(crate) use look::{counted, thousands};
pub(crate) use periods::timeline;
pub(crate) use related::related;
pub(crate) use reports::{changes, skipped, stats, summary, verification};

use crate::Outcome;
use crate::args::{AnswerFormat, Colour};
pub(crate) use look::Look;

/// Lines of text that goes to a pipe or a file, where nothing tells a width.
const WIDTH_UNKNOWN: usize = 80;

/// Standard output, and how text is laid out for it.
pub(crate) struct Output {
    stdout: AutoStream<io::Stdout>,
    colour: Colour,
    look: Look,
    here: PathBuf,
}

impl Output {
    /// Finds out what standard output is and shows.
    pub(crate) fn new(colour: Colour) -> Output {
        let stdout = AutoStream::new(io::stdout(), choice(colour));
        let shows_colour = stdout.current_choice() != ColorChoice::Never;
        let look = Look::new(width(), shows_colour);
        // Without a current directory no path lies below it, and all are shown in full.
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        Output {
            stdout,
            colour,
            look,
            here: here.unwrap_or_default(),
        }
    }

    /// How text is to be laid out.
    pub(crate) fn look(&self) -> &Look {
        &self.look
    }

    /// The directory that paths are shown relative to.
    pub(crate) fn here(&self) -> &Path {
        &self.here
    }

    /// Writes data.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.bytes(text.as_bytes())
    }

    /// Writes data that is no text of ours.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stdout.write_all(bytes)?;
        self.stdout.flush()
    }

    /// Writes a value as one line of JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        let mut line = serde_json::to_string(value)?;
        line.push('\n');
        Ok(self.text(&line)?)
    }

    /// Writes an answer as JSON, as the rows that `csv` makes of it or as the text that `text`
    /// does. Where nothing was found that text is a message.
    pub(crate) fn answer(
        &mut self,
        answer: &impl Serialize,
        format: AnswerFormat,
        found: bool,
        csv: impl FnOnce() -> String,
        text: impl FnOnce(&Output) -> String,
    ) -> anyhow::Result<Outcome> {
        if format.json {
            self.json(answer)?;
        } else if format.csv {
            self.text(&csv())?;
        } else {
            let text = text(self);
            match found {
                true => self.text(&text)?,
                false => self.say("note", &text),
            }
        }
        Ok(Outcome::found_if(found))
    }

    /// Writes a message for the user. One that nobody can read is no reason to fail.
    pub(crate) fn say(&self, kind: &str, message: &str) {
        let mut stderr = AutoStream::new(io::stderr(), choice(self.colour));
        let bold = look::TITLE;
        let lines: Vec<String> = message.lines().map(look::clean).collect();
        let _ = writeln!(stderr, "{bold}{kind}:{bold:#} {}", lines.join("\n"));
    }

    /// Writes what a search understood otherwise than it was written.
    pub(crate) fn notes(&self, notes: &[String]) {
        notes.iter().for_each(|note| self.say("note", note));
    }
}

/// The path as it is shown: relative to `here` where it lies below it.
pub(crate) fn relative(path: &str, here: &Path) -> String {
    match Path::new(path).strip_prefix(here) {
        Ok(below) if !here.as_os_str().is_empty() && !below.as_os_str().is_empty() => {
            below.to_string_lossy().into_owned()
        }
        _ => path.to_owned(),
    }
}

fn choice(colour: Colour) -> ColorChoice {
    match colour {
        Colour::Auto => ColorChoice::Auto,
        Colour::Always => ColorChoice::Always,
        Colour::Never => ColorChoice::Never,
    }
}

fn width() -> usize {
    let stated = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let measured =
        || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into());
    stated
        .filter(|columns| *columns > 0)
        .or_else(measured)
        .unwrap_or(WIDTH_UNKNOWN)
}
