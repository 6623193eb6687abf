//! The command line: every command, argument and help text, and nothing that acts on them.
//!
//! Completions and the man page are generated from these same definitions.

mod alternatives;
mod answer;
mod counting;
mod entities;
mod excluded;
mod field;
mod minus;
mod reading;
mod searching;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(crate) use answer::AnswerFormat;
pub(crate) use counting::{FacetsArguments, RelatedArguments, TimelineArguments};
pub(crate) use entities::{EntityArguments, EntityCommand, ExtractArguments};
pub(crate) use minus::with_minus_signs;
pub(crate) use reading::{FormatArgument, ReadArguments, ReadingArguments};
pub(crate) use searching::{Filters, QueryReading, SearchArguments};

const EXAMPLES: &str = "\
Examples:
  Index a folder of news, then search it:
    dateline index ~/news
    dateline search sanctions --country Colombia

  Both at once:
    dateline search sanctions --country Colombia --in ~/news

  Who is named most in what was published in February?
    dateline facets person --since 2026-02-01 --until 2026-02-28

  Read one article with its people and countries marked:
    dateline show 0c9a4bd4d1b9b4f1a3c2e51d7c83f7a6

Exit status: 0 found, 1 nothing found, 2 error, 75 the index is being written by another process,
130 stopped by Ctrl-C before all was read.";

/// Searches piles of news by word, person, country, date and source, offline.
///
/// Dateline reads articles from files, recognises the people, countries, organisations and
/// places they name, and keeps them in an index on your disk. Nothing leaves your machine.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, after_help = EXAMPLES, max_term_width = 100)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Directory of the index.
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_INDEX")]
    #[arg(
        default_value = "index",
        hide_env_values = true,
        help_heading = "Everywhere"
    )]
    pub(crate) index: PathBuf,

    /// List of corrections to people and other entities; by default `aliases.toml` beside the
    /// index.
    #[arg(long, global = true, value_name = "FILE", env = "DATELINE_ALIASES")]
    #[arg(hide_env_values = true, help_heading = "Everywhere")]
    pub(crate) aliases: Option<PathBuf>,

    /// When to use colours; NO_COLOR switches `auto` off.
    #[arg(long, global = true, value_name = "WHEN", value_enum)]
    #[arg(default_value_t = Colour::Auto, help_heading = "Everywhere")]
    pub(crate) color: Colour,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read articles into the index, or bring it up to date with them.
    ///
    /// Reads text, Markdown, JSON, CSV, HTML, feeds, WARC, mail and wire formats, also compressed
    /// and in archives. Folders are read with all they hold, except what a `.datelineignore` file names. A second run reads only what
    /// changed.
    Index(IndexArguments),
    /// Find articles.
    ///
    /// An article is found when it has all the words and all the filters hold. Without a query,
    /// everything that passes the filters is found.
    Search(SearchArguments),
    /// List all values of a field with their counts.
    Facets(FacetsArguments),
    /// List the people, countries and organisations that occur with one more than by chance.
    Related(RelatedArguments),
    /// Show how many articles were published when, in all or by the values of a field.
    Timeline(TimelineArguments),
    /// Show an article with its people and countries marked.
    Show(ShowArguments),
    /// Tell what the index holds.
    Stats(StatsArguments),
    /// Check every file of the index against its checksum.
    Verify(VerifyArguments),
    /// Take articles out of the index; their files are left alone.
    ///
    /// A removed article comes back when its file changes and is indexed again.
    Remove(RemoveArguments),
    /// Correct who is who: merge, rename, hide or split people and other entities.
    ///
    /// Corrections are kept in a list beside the index and apply to the next search; nothing is
    /// indexed anew.
    Entity(EntityArguments),
    /// Print the people, countries, organisations and places that articles name; needs no index.
    Extract(ExtractArguments),
    /// Print articles as JSON Lines, as they would be indexed; needs no index.
    Read(ReadArguments),
    /// Print the help of a command, or the whole query language: `dateline help syntax`.
    Help {
        /// The command, or `syntax`; without one, what `dateline --help` prints.
        #[arg(value_name = "COMMAND|syntax")]
        topic: Vec<String>,
    },
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print a man page.
    Man {
        /// The command it is about; without one, `dateline` itself.
        command: Option<String>,
    },
}

/// Arguments of `dateline index`.
#[derive(Debug, Args)]
pub(crate) struct IndexArguments {
    /// Files and folders; `-` reads standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Also remove articles whose files have vanished from these paths.
    #[arg(long)]
    pub(crate) prune: bool,
    /// Keep the index up to date: add, update and remove articles as files change, until Ctrl-C or
    /// a signal ends that, with exit status 0.
    ///
    /// Files that are being written are read when they are complete. A folder that vanishes as a
    /// whole keeps its articles until it is back. Each commit is told on standard error, or, with
    /// --json, as one object a line.
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) watch: bool,
    /// With --watch: look for changes this often, instead of being told of them by the system;
    /// for network folders that other machines write to.
    #[arg(long, value_name = "SECONDS", requires = "watch", value_parser = seconds)]
    pub(crate) poll: Option<f64>,
    /// Print the articles as JSON Lines, as they would be indexed, and leave the index alone.
    ///
    /// Dates that only other articles of the source can decide stay open.
    #[arg(long, conflicts_with_all = ["prune", "json"])]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
    /// List everything that yielded no article in this file: one JSON object a line, with path,
    /// record or byte, and reason.
    #[arg(long, value_name = "FILE")]
    pub(crate) skipped: Option<PathBuf>,
    /// Print the summary as JSON, with every skip.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `dateline show`.
#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// The article's id, as a search prints it.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Also mark what this query matches; see `dateline search`.
    #[arg(long, value_name = "QUERY")]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) reading: QueryReading,
    /// Print the article and its entities as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `dateline stats`.
#[derive(Debug, Args)]
pub(crate) struct StatsArguments {
    #[command(flatten)]
    pub(crate) answer: AnswerFormat,
}

/// Arguments of `dateline verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// Print the findings as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `dateline remove`.
#[derive(Debug, Args)]
pub(crate) struct RemoveArguments {
    /// Ids of articles, as a search prints them.
    #[arg(value_name = "ID", required_unless_present = "query")]
    pub(crate) ids: Vec<String>,
    /// Remove everything that this query finds.
    #[arg(long, value_name = "QUERY", conflicts_with = "ids")]
    pub(crate) query: Option<String>,
    /// Print the number of removed articles as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// An interval of at least a tenth of a second.
fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse().map_err(|_| "not a number of seconds")?;
    if (0.1..=SECONDS_MAX).contains(&seconds) {
        return Ok(seconds);
    }
    Err(format!("not between 0.1 and {SECONDS_MAX} seconds"))
}

/// A day: who looks less often can as well start the command again.
const SECONDS_MAX: f64 = 86_400.0;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal that shows them.
    Auto,
    /// In pipes too.
    Always,
    /// Not at all.
    Never,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn definitions_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }
}
