//! The file that `--skipped` names: everything that yielded no article, for programs to read.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, ensure};
use dateline_ingest::Skip;

use super::read::STDIN;

/// A list of skips, one JSON object a line. Without a file it takes them and forgets them.
pub(super) struct SkipList {
    file: Option<(PathBuf, File)>,
}

impl SkipList {
    /// Empties the file, or creates it: before anything is read, so that a wrong path is told at
    /// once. It is written in place, never replaced, since it may be a pipe or a device.
    pub(super) fn create(path: Option<&Path>) -> anyhow::Result<SkipList> {
        let create = |path: &Path| {
            ensure!(
                path.as_os_str() != STDIN,
                "--skipped names a file; on standard output stands the summary"
            );
            let file = File::create(path).map_err(|error| explain(path, &error))?;
            anyhow::Ok((path.to_owned(), file))
        };
        Ok(SkipList {
            file: path.map(create).transpose()?,
        })
    }

    pub(super) fn add<'a>(
        &mut self,
        skips: impl IntoIterator<Item = &'a Skip>,
    ) -> anyhow::Result<()> {
        let Some((path, file)) = &mut self.file else {
            return Ok(());
        };
        let mut lines = String::new();
        for skip in skips {
            lines.push_str(&serde_json::to_string(skip)?);
            lines.push('\n');
        }
        file.write_all(lines.as_bytes())
            .map_err(|error| explain(path, &error))
    }
}

fn explain(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow!("cannot write the list of skips {}: {error}", path.display())
}
