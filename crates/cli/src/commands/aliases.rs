//! The list of corrections: where it lies, and what of it cannot be read.

use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::Context as _;
use dateline_entities::aliases::Aliases;
use dateline_entities::aliases::file::{self, Problem};

use crate::output::Output;

/// The name of the list where none is given. It lies beside the index and not in it, so that it
/// outlives an index that is built anew.
const FILE: &str = "aliases.toml";

/// Bad lines that are told one by one.
const PROBLEMS_SHOWN: usize = 5;

/// Where the list of an index lies.
pub(crate) fn beside(index: &Path) -> PathBuf {
    index.parent().unwrap_or(Path::new("")).join(FILE)
}

/// The corrections in a list; none when there is no list. Tells what of it cannot be read.
pub(crate) fn load(list: &Path, output: &Output) -> anyhow::Result<Aliases> {
    let listed = file::parse(&text(list)?);
    complain(&listed.problems, list, output);
    Ok(Aliases::new(listed.edits.into_iter().map(|(_, edit)| edit)))
}

/// The list as it is written; empty when there is none. What is not UTF-8 in it is replaced, so
/// that it costs its own line only.
pub(super) fn text(list: &Path) -> anyhow::Result<String> {
    match fs::read(list) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => {
            let path = list.display();
            Err(error).with_context(|| format!("cannot read the list of corrections {path}"))
        }
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            Ok(text.trim_start_matches('\u{feff}').to_owned())
        }
    }
}

/// Tells which lines cannot be read.
pub(super) fn complain(problems: &[Problem], list: &Path, output: &Output) {
    for problem in problems.iter().take(PROBLEMS_SHOWN) {
        output.say("warning", &format!("{}, {problem}", list.display()));
    }
    let more = problems.len().saturating_sub(PROBLEMS_SHOWN);
    if more > 0 {
        let lines = crate::output::counted(more as u64, "more line", "more lines");
        output.say("warning", &format!("{lines} of it cannot be read"));
    }
}
