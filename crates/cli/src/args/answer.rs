//! How commands that answer questions print what they answer.

use clap::Args;

/// The format of an answer; text for people, unless another one is asked for.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct AnswerFormat {
    /// Print the answer as one JSON object.
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Print the answer as CSV: a row of names, then a row for each hit, value or period.
    #[arg(long)]
    pub(crate) csv: bool,
}
