//! The last stage: compares what was read with what stands in the index, writes what differs,
//! and counts. Takes everything in reading order, so that a run is repeatable.

use std::io;
use std::path::Path;
use std::sync::Arc;

use dateline_corpus::schema::file_document;
use dateline_corpus::{ArticleId, ContentHash, FileStamp};
use dateline_ingest::Skip;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocAddress;

use crate::analyse::{Analysis, Document, Result as Analysed};
use crate::engine::Engine;
use crate::known::{Known, KnownFile, Standing};
use crate::pipeline::Permit;
use crate::read::{Outcome, STDIN, stale};
use crate::{IndexError, Summary};

/// Writes to the index and keeps account of it.
pub(crate) struct Writing<'a> {
    engine: Engine,
    known: &'a Known,
    analysis: Analysis<'a>,
    dir: &'a Path,
    /// The files, with what this run did to them.
    files: FxHashMap<String, KnownFile>,
    /// What this run did to articles: the file each stands in the index from now, or `None` when
    /// it was removed. Some 50 bytes for each article that was written.
    changed: FxHashMap<ArticleId, Option<Owner>>,
    /// Articles that this run removed, and those among them that it did not write again.
    freed: FxHashSet<ArticleId>,
    removed: FxHashSet<ArticleId>,
    /// Whether articles were removed since the last commit.
    removes: bool,
    /// Files whose stamps in the index are stale for the time being.
    marked: FxHashSet<String>,
    /// Files whose shadowed articles were read again.
    settled: FxHashSet<String>,
    /// What was skipped of files that this run read, as [`file_skips`](dateline_corpus::schema::Fields::file_skips) keeps it.
    skips: FxHashMap<String, String>,
    /// How many skips the account had when the file began that results are being taken of.
    skips_before: usize,
    /// Articles of the current file that brought out a fault.
    faults: u64,
    /// The file that results are being taken of, and those of its articles that stood in the
    /// index when the run began and are still in it.
    current: Option<Arc<str>>,
    met: FxHashSet<DocAddress>,
    /// Whether results are those of shadowed articles, which were counted as unchanged before.
    again: bool,
    summary: Summary,
    uncommitted_bytes: u64,
}

/// Where an article stands in the index from.
#[derive(Clone)]
struct Owner {
    path: Arc<str>,
    content: ContentHash,
    /// Whether it was written when shadowed articles were read again.
    again: bool,
}

impl<'a> Writing<'a> {
    pub(crate) fn new(
        engine: Engine,
        known: &'a Known,
        analysis: Analysis<'a>,
        files: FxHashMap<String, KnownFile>,
        dir: &'a Path,
    ) -> Writing<'a> {
        Writing {
            engine,
            known,
            analysis,
            dir,
            files,
            changed: FxHashMap::default(),
            freed: FxHashSet::default(),
            removed: FxHashSet::default(),
            removes: false,
            marked: FxHashSet::default(),
            settled: FxHashSet::default(),
            skips: FxHashMap::default(),
            skips_before: 0,
            faults: 0,
            current: None,
            met: FxHashSet::default(),
            again: false,
            summary: Summary::default(),
            uncommitted_bytes: 0,
        }
    }

    /// The account so far, but for what was removed.
    pub(crate) fn summary(&mut self) -> &mut Summary {
        &mut self.summary
    }

    /// The files that the index knows.
    pub(crate) fn files(&self) -> &FxHashMap<String, KnownFile> {
        &self.files
    }

    /// The articles that left their place in the index: a shadowed one may have to take it.
    pub(crate) fn freed(&self) -> &FxHashSet<ArticleId> {
        &self.freed
    }

    /// Whether a shadowed article may have to take the place of one that left.
    pub(crate) fn is_unsettled(&self) -> bool {
        !self.freed.is_empty() && self.files.values().any(KnownFile::is_shadowed)
    }

    /// Whether articles were read from a file that do not stand in the index.
    pub(crate) fn is_shadowed(&self, path: &str) -> bool {
        self.files.get(path).is_some_and(KnownFile::is_shadowed)
    }

    /// From now on, what is taken are shadowed articles that may stand in for removed ones.
    pub(crate) fn read_again(&mut self) {
        self.again = true;
    }

    /// Removes a file that is gone, with its articles.
    pub(crate) fn prune(&mut self, path: &str) -> Result<(), IndexError> {
        self.remove_unmet(path)?;
        self.forget(path);
        Ok(())
    }

    /// Takes the next result. `permit` is kept for as long as tantivy has not taken the article.
    pub(crate) fn take(&mut self, result: Analysed, permit: &Permit) -> Result<(), IndexError> {
        match result {
            Analysed::Same { article, standing } => {
                self.met.insert(standing.address);
                let unchanged = match self.changed.get(&article.id) {
                    None => true,
                    // The file has the id twice, and the record before this one replaced it.
                    Some(owner) => {
                        owner.as_ref().map(|owner| owner.content) == Some(standing.content)
                    }
                };
                if unchanged {
                    self.count_unchanged();
                    return Ok(());
                }
                match self.analysis.document(*article) {
                    Ok(document) => self.decide(document, Some(standing), permit),
                    Err(skip) => {
                        self.take_fault(skip);
                        Ok(())
                    }
                }
            }
            Analysed::Differs { document, standing } => {
                self.met.extend(standing.map(|standing| standing.address));
                self.decide(*document, standing, permit)
            }
            Analysed::Skip(skip) => {
                self.summary.skipped.push(skip);
                Ok(())
            }
            Analysed::Fault(skip) => {
                self.take_fault(skip);
                Ok(())
            }
            Analysed::Unlisted(records) => {
                self.summary.unlisted += records;
                Ok(())
            }
            Analysed::End(path, outcome) => self.end(&path, outcome),
        }
    }

    /// Counts an article of the current file for one that was skipped.
    fn take_fault(&mut self, skip: Skip) {
        self.summary.skipped.push(skip);
        self.faults += 1;
    }

    /// Commits when this much text was written since the last commit.
    pub(crate) fn commit_when_due(&mut self, commit_bytes: u64) -> Result<(), IndexError> {
        if self.uncommitted_bytes < commit_bytes {
            return Ok(());
        }
        if let Some(path) = self.current.clone() {
            // Should the run end here, the file must not pass for what it was before.
            self.mark(&path)?;
        }
        self.commit()
    }

    /// Commits what is left, and gives back the account of the run and the engine.
    pub(crate) fn finish(mut self) -> Result<(Summary, Engine), IndexError> {
        self.commit()?;
        self.summary.removed = self.removed.len() as u64;
        Ok((self.summary, self.engine))
    }

    /// Writes an article, unless the one that stands in its place goes before it.
    fn decide(
        &mut self,
        document: Document,
        standing: Option<Standing>,
        permit: &Permit,
    ) -> Result<(), IndexError> {
        let changed = self.changed.get(&document.id);
        let replaces = changed.is_some() || standing.is_some();
        let owner = match (changed, standing) {
            (Some(owner), _) => owner.clone(),
            (None, Some(standing)) => Some(Owner {
                path: self.read_known(Known::path, standing.address)?.into(),
                content: standing.content,
                again: false,
            }),
            (None, None) => None,
        };
        let stays = owner.as_ref().is_some_and(|owner| {
            let settled = self.again && !owner.again && *owner.path == *document.path;
            settled
                || owner.content == document.content
                || !goes_before(&document.path, &owner.path)
        });
        if stays {
            self.count_unchanged();
            return Ok(());
        }
        match &owner {
            None if !self.removed.remove(&document.id) => self.summary.added += 1,
            _ => self.summary.updated += 1,
        }
        for flaw in &document.flaws {
            *self.summary.flawed.entry(*flaw).or_default() += 1;
        }
        if self.again {
            self.summary.unchanged = self.summary.unchanged.saturating_sub(1);
        }
        if let Some(file) = owner.and_then(|owner| self.files.get_mut(&*owner.path)) {
            file.standing = file.standing.saturating_sub(1);
        }
        self.write(document, replaces, permit)
    }

    fn write(
        &mut self,
        document: Document,
        replaces: bool,
        permit: &Permit,
    ) -> Result<(), IndexError> {
        let path = match &self.current {
            Some(path) if **path == *document.path => path.clone(),
            _ => {
                let path: Arc<str> = document.path.into();
                self.current = (*path != *STDIN).then(|| path.clone());
                path
            }
        };
        match self.files.get_mut(&*path) {
            Some(file) => file.standing += 1,
            None => {
                let file = KnownFile {
                    stamp: None,
                    standing: 1,
                };
                self.files.insert(path.to_string(), file);
            }
        }
        // tantivy would look for a new id, too, in every segment it has.
        if replaces {
            self.engine
                .delete(self.engine.fields().id_term(document.id));
        }
        let owner = Owner {
            path,
            content: document.content,
            again: self.again,
        };
        self.changed.insert(document.id, Some(owner));
        self.uncommitted_bytes += document.text_bytes;
        self.engine.add(document.fields, Some(permit.clone()))
    }

    fn end(&mut self, path: &str, outcome: Outcome) -> Result<(), IndexError> {
        self.current = None;
        let stamp = self.files.get(path).and_then(|file| file.stamp);
        let faults = std::mem::take(&mut self.faults);
        let outcome = match outcome {
            Outcome::Read(stamp) => Outcome::Read(FileStamp {
                articles: stamp.articles.saturating_sub(faults),
                skipped: stamp.skipped + faults,
                ..stamp
            }),
            outcome => outcome,
        };
        match (outcome, stamp) {
            (Outcome::Read(_), _) if self.again => {
                self.settled.insert(path.to_owned());
                self.restamp(path)?;
            }
            (Outcome::Read(stamp), _) if stamp.articles > 0 => {
                self.remove_unmet(path)?;
                self.keep_skips(path)?;
                self.stamp(path, stamp)?;
            }
            (Outcome::Read(_), _) => {
                self.remove_unmet(path)?;
                self.forget(path);
            }
            (Outcome::Unchanged(new), Some(stamp)) => {
                self.count_as_before(path, stamp)?;
                if let Some(new) = new.filter(|new| *new != stamp) {
                    self.stamp(path, new)?;
                }
            }
            (Outcome::Unchanged(_), None) => {}
            (Outcome::Failed { skip, partly }, stamp) => {
                self.summary.skipped.push(skip);
                self.keep_partly(path, stamp.filter(|_| partly))?;
            }
            (Outcome::Stopped { partly }, stamp) => {
                self.keep_partly(path, stamp.filter(|_| partly))?;
            }
        }
        self.met.clear();
        self.skips_before = self.summary.skipped.len();
        Ok(())
    }

    /// Lets a file that was read in part be read again in the next run. One without a stamp is in
    /// any case.
    fn keep_partly(&mut self, path: &str, stamp: Option<FileStamp>) -> Result<(), IndexError> {
        match stamp {
            Some(stamp) => self.stamp(path, stale(stamp)),
            None => Ok(()),
        }
    }

    /// Remembers the skips of a file that was just read, to tell them again while it is unchanged.
    fn keep_skips(&mut self, path: &str) -> Result<(), IndexError> {
        let skips = &self.summary.skipped[self.skips_before..];
        if !skips.is_empty() {
            let stored = stored(skips, self.dir)?;
            self.skips.insert(path.to_owned(), stored);
        }
        Ok(())
    }

    /// Removes the articles of a file that were not met again in it.
    fn remove_unmet(&mut self, path: &str) -> Result<(), IndexError> {
        if self.files.get(path).is_none_or(|file| file.standing == 0) {
            return Ok(());
        }
        for address in self.read_known(Known::articles_of, path)? {
            if self.met.contains(&address) {
                continue;
            }
            let id = self.read_known(Known::id, address)?;
            // Another file may have taken its place meanwhile.
            if self.changed.contains_key(&id) {
                continue;
            }
            self.engine.delete(self.engine.fields().id_term(id));
            self.changed.insert(id, None);
            self.freed.insert(id);
            self.removed.insert(id);
            self.removes = true;
            if let Some(file) = self.files.get_mut(path) {
                file.standing = file.standing.saturating_sub(1);
            }
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), IndexError> {
        if std::mem::take(&mut self.removes) {
            // A shadowed article may have to take a place that is free now. Until that is
            // settled the index must know that the files with shadowed articles are to be read.
            let shadowed: Vec<String> = self
                .files
                .iter()
                .filter(|(path, file)| file.is_shadowed() && !self.settled.contains(*path))
                .map(|(path, _)| path.clone())
                .collect();
            for path in shadowed {
                self.mark(&path)?;
            }
        }
        self.uncommitted_bytes = 0;
        self.engine.commit()
    }

    /// Makes the next run read a file, should this one end before the file is restamped.
    fn mark(&mut self, path: &str) -> Result<(), IndexError> {
        match self.files.get(path).and_then(|file| file.stamp) {
            Some(stamp) if self.marked.insert(path.to_owned()) => {
                self.write_stamp(path, &stale(stamp), true)
            }
            _ => Ok(()),
        }
    }

    /// Undoes [`Writing::mark`].
    fn restamp(&mut self, path: &str) -> Result<(), IndexError> {
        match self.files.get(path).and_then(|file| file.stamp) {
            Some(stamp) => self.stamp(path, stamp),
            None => Ok(()),
        }
    }

    fn stamp(&mut self, path: &str, stamp: FileStamp) -> Result<(), IndexError> {
        let file = self.files.entry(path.to_owned()).or_default();
        let replaces = file.stamp.replace(stamp).is_some();
        self.marked.remove(path);
        self.write_stamp(path, &stamp, replaces)
    }

    fn write_stamp(
        &mut self,
        path: &str,
        stamp: &FileStamp,
        replaces: bool,
    ) -> Result<(), IndexError> {
        let fields = *self.engine.fields();
        let skips = match self.skips.get(path) {
            _ if stamp.skipped == 0 => String::new(),
            Some(skips) => skips.clone(),
            None => stored(&self.read_known(Known::skips, path)?, self.dir)?,
        };
        if replaces {
            self.engine.delete(fields.file_term(path));
        }
        let document = file_document(path, stamp, &skips, &fields);
        self.engine.add(document, None)
    }

    fn forget(&mut self, path: &str) {
        if self
            .files
            .remove(path)
            .is_some_and(|file| file.stamp.is_some())
        {
            self.engine.delete(self.engine.fields().file_term(path));
        }
    }

    fn count_unchanged(&mut self) {
        if !self.again {
            self.summary.unchanged += 1;
        }
    }

    fn count_as_before(&mut self, path: &str, stamp: FileStamp) -> Result<(), IndexError> {
        self.summary.unchanged += stamp.articles;
        if stamp.skipped > 0 {
            let skips = self.read_known(Known::skips, path)?;
            self.summary.unlisted += stamp.skipped.saturating_sub(skips.len() as u64);
            self.summary.skipped.extend(skips);
        }
        Ok(())
    }

    fn read_known<T, U>(
        &self,
        read: impl FnOnce(&Known, T) -> tantivy::Result<U>,
        argument: T,
    ) -> Result<U, IndexError> {
        read(self.known, argument).map_err(IndexError::engine("read", self.dir))
    }
}

/// Skips as [`file_skips`](dateline_corpus::schema::Fields::file_skips) keeps them.
fn stored(skips: &[Skip], dir: &Path) -> Result<String, IndexError> {
    serde_json::to_string(skips)
        .map_err(io::Error::from)
        .map_err(IndexError::engine("write to", dir))
}

/// Whether an article of the file `new` takes the place of one of the file `old`: see
/// [the rule](crate#one-id-in-several-files).
fn goes_before(new: &str, old: &str) -> bool {
    new == STDIN || old == STDIN || Path::new(new) >= Path::new(old)
}
