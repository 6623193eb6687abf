//! Arguments of commands that read articles.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline_ingest::ReadOptions;

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
    /// How to read dates such as 02/04/2026, where the text does not tell.
    #[arg(long, value_name = "ORDER", value_enum)]
    pub(crate) date_order: Option<DateOrder>,
    /// The outlet of articles that do not name theirs.
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Threads that analyse articles; by default one per core.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
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
                DateOrder::Mdy => dateline_ingest::DateOrder::Mdy,
                DateOrder::Dmy => dateline_ingest::DateOrder::Dmy,
            }),
            source: self.source.clone(),
            ..ReadOptions::default()
        }
    }
}
