//! Arguments of commands that read articles.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use dateline_ingest::{Format, ReadOptions};

/// Arguments of `dateline read`.
#[derive(Debug, Args)]
pub(crate) struct ReadArguments {
    /// Files and folders; `-` reads standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

/// How articles are read.
#[derive(Debug, Args)]
pub(crate) struct ReadingArguments {
    /// How to read dates such as 02/04/2026, where neither the text nor, in an index, other articles
    /// of the source tell.
    #[arg(long, value_name = "ORDER", value_enum)]
    pub(crate) date_order: Option<DateOrder>,
    /// Take the time of a file for the date of its articles that have no other.
    #[arg(long)]
    pub(crate) date_from_mtime: bool,
    /// The outlet of articles that do not name theirs.
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    #[command(flatten)]
    pub(crate) format: FormatArgument,
    /// Threads that analyse articles; by default one per core.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

/// What format the input is in.
#[derive(Debug, Args)]
pub(crate) struct FormatArgument {
    /// The format of all of the input, or of what is packed in it, instead of what the content shows.
    #[arg(long = "format", value_name = "FORMAT", value_parser = formats())]
    name: Option<String>,
}

/// Which number of a date comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DateOrder {
    /// Month first: 02/04/2026 is the fourth of February.
    Mdy,
    /// Day first: 02/04/2026 is the second of April.
    Dmy,
}

impl ReadingArguments {
    /// The same for the readers.
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            date_order: self.date_order.map(|order| match order {
                DateOrder::Mdy => dateline_corpus::DateOrder::Mdy,
                DateOrder::Dmy => dateline_corpus::DateOrder::Dmy,
            }),
            date_from_mtime: self.date_from_mtime,
            source: self.source.clone(),
            ..self.format.options()
        }
    }
}

impl FormatArgument {
    /// Options for the readers that say nothing but the format.
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            format: self.name.as_deref().and_then(Format::from_name),
            ..ReadOptions::default()
        }
    }
}

/// The names of formats. What is packed is always recognised, and unpacked.
fn formats() -> PossibleValuesParser {
    let of_content = Format::all().filter(|format| !format.is_container());
    PossibleValuesParser::new(of_content.map(Format::name))
}
