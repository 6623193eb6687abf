//! What each command does: asks the library crates, hands what they answer to `output`.

pub(crate) mod aliases;
pub(crate) mod entity;
pub(crate) mod extract;
pub(crate) mod facets;
pub(crate) mod index;
pub(crate) mod manual;
pub(crate) mod read;
pub(crate) mod related;
pub(crate) mod remove;
pub(crate) mod search;
pub(crate) mod show;
mod skip_list;
pub(crate) mod stats;
mod stdin;
pub(crate) mod timeline;
pub(crate) mod verify;

use std::path::{Path, PathBuf};

use dateline_query::{SearchRequest, SearchResponse, Searcher};

use crate::output::Output;

/// Where the index of a command lies, and the list of corrections that goes with it.
pub(crate) struct Place {
    pub(crate) index: PathBuf,
    corrections: PathBuf,
    /// Whether the list was named, and so must be there.
    named: bool,
}

impl Place {
    /// The place of an index; its list lies beside it unless another one is given.
    pub(crate) fn new(index: PathBuf, corrections: Option<PathBuf>) -> Place {
        Place {
            named: corrections.is_some(),
            corrections: corrections.unwrap_or_else(|| aliases::beside(&index)),
            index,
        }
    }

    /// The list of corrections to be read; that there is none is an error where it was named.
    pub(crate) fn list(&self) -> anyhow::Result<&Path> {
        anyhow::ensure!(
            !self.named || self.corrections.exists(),
            "there is no list of corrections {}",
            self.corrections.display()
        );
        Ok(&self.corrections)
    }

    /// Opens the index, with all corrections.
    pub(crate) fn searcher(&self, output: &Output) -> anyhow::Result<Searcher> {
        let corrections = aliases::load(self.list()?, output)?;
        let searcher = Searcher::open(&self.index)?;
        if !corrections.is_empty() {
            searcher.correct(corrections)?;
        }
        Ok(searcher)
    }

    /// Answers a search, and tells what of it was understood otherwise than it was written.
    pub(crate) fn search(
        &self,
        request: &SearchRequest,
        strict: bool,
        output: &Output,
    ) -> anyhow::Result<SearchResponse> {
        let response = self.searcher(output)?.search(request)?;
        tell(&response.notes, strict, output)?;
        Ok(response)
    }
}

/// The search as of the day that it names, else of the clock's. Searches read the clock only here.
pub(crate) fn as_of_today(request: SearchRequest) -> SearchRequest {
    let clock = || jiff::Zoned::now().date().to_string();
    SearchRequest {
        today: request.today.or_else(|| Some(clock())),
        ..request
    }
}

/// Tells what was understood otherwise than it was written; in a strict search that is an error.
pub(crate) fn tell(notes: &[String], strict: bool, output: &Output) -> anyhow::Result<()> {
    output.notes(notes);
    anyhow::ensure!(
        !strict || notes.is_empty(),
        "something is wrong with the search, and --strict lets nothing pass"
    );
    Ok(())
}
