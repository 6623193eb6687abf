//! `dateline verify`: checks every file of the index against its checksum.

use std::path::Path;

use anyhow::bail;

use crate::Outcome;
use crate::args::VerifyArguments;
use crate::output::{self, Output};

pub(crate) fn run(
    arguments: &VerifyArguments,
    dir: &Path,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let verification = dateline_indexer::verify(dir)?;
    if arguments.json {
        output.json(&verification)?;
    } else {
        output.text(&output::verification(&verification, output.look()))?;
    }
    if !verification.is_sound() {
        bail!(
            "the index in {} is damaged: delete it and build it anew",
            dir.display()
        );
    }
    Ok(Outcome::Found)
}
