//! What a failing disk does to an index: whatever operation fails, the index holds what a commit
//! left, and the next run does what is missing.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use dateline_corpus::ArticleId;
use dateline_corpus::schema::{self, DocumentKind};
use dateline_ingest::find;
use tantivy::collector::DocSetCollector;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{Directory, Index, TantivyDocument};
use tempfile::TempDir;

use crate::engine::Engine;
use crate::index::run;
use crate::{IndexError, IndexOptions, Inputs, Summary, index, verify};

/// A disk that fails at one operation, or from one operation on.
#[derive(Debug, Clone)]
struct Disk {
    directory: MmapDirectory,
    operations: Arc<Mutex<Operations>>,
}

#[derive(Debug, Default)]
struct Operations {
    log: Vec<String>,
    fails_at: Option<usize>,
    keeps_failing: bool,
}

impl Disk {
    fn operate(&self, name: &str, path: &Path) -> io::Result<()> {
        let mut operations = self.operations.lock().unwrap();
        operations.log.push(format!("{name} {}", path.display()));
        let number = operations.log.len() - 1;
        let fails = operations
            .fails_at
            .is_some_and(|at| number == at || (number > at && operations.keeps_failing));
        if fails {
            return Err(io::Error::other("the disk is broken"));
        }
        Ok(())
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.directory.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.operate("delete", path)
            .map_err(|error| DeleteError::IoError {
                io_error: Arc::new(error),
                filepath: path.to_owned(),
            })?;
        self.directory.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.directory.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.operate("create", path)
            .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let file = BrokenFile {
            disk: self.clone(),
            path: path.to_owned(),
            file: self.directory.open_write(path)?,
        };
        Ok(BufWriter::new(Box::new(file)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.directory.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.operate("replace", path)?;
        self.directory.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.operate("sync", Path::new("."))?;
        self.directory.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.directory.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.directory.watch(callback)
    }
}

struct BrokenFile {
    disk: Disk,
    path: PathBuf,
    file: WritePtr,
}

impl Write for BrokenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.operate("write", &self.path)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for BrokenFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.disk.operate("end", &self.path)?;
        self.file.terminate_ref(token)
    }
}

/// A folder in an earlier state that was indexed, and in a later one that was not.
struct Case {
    folder: TempDir,
    indexed: TempDir,
    before: BTreeMap<ArticleId, String>,
    after: BTreeMap<ArticleId, String>,
}

impl Case {
    fn new() -> Case {
        let folder = TempDir::new().unwrap();
        let indexed = TempDir::new().unwrap();
        write(
            &folder,
            "a.jsonl",
            &[(1, "storm"), (2, "flood"), (3, "vote")],
        );
        write(&folder, "b.jsonl", &[(3, "vote count"), (4, "strike")]);
        write(&folder, "c.jsonl", &[(5, "summit")]);
        plainly(&indexed, &folder);
        let before = articles(indexed.path());
        write(&folder, "a.jsonl", &[(1, "storm over"), (3, "vote")]);
        write(&folder, "b.jsonl", &[(4, "strike"), (6, "treaty")]);
        fs::remove_file(folder.path().join("c.jsonl")).unwrap();
        write(&folder, "d.jsonl", &[(7, "budget"), (8, "harvest")]);
        let fresh = TempDir::new().unwrap();
        plainly(&fresh, &folder);
        let after = articles(fresh.path());
        Case {
            folder,
            indexed,
            before,
            after,
        }
    }

    /// Indexes the later state on a disk that behaves as `operations` say.
    fn index(&self, operations: Operations, commit_bytes: u64) -> Run {
        let dir = TempDir::new().unwrap();
        for file in fs::read_dir(self.indexed.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
        }
        let operations = Arc::new(Mutex::new(operations));
        let disk = Disk {
            directory: MmapDirectory::open(dir.path()).unwrap(),
            operations: operations.clone(),
        };
        let index = Index::open(disk).unwrap();
        schema::register_tokenizers(&index);
        let (_, fields) = schema::schema();
        let options = IndexOptions {
            commit_bytes,
            ..options()
        };
        let found = find(&[self.folder.path().to_owned()]).unwrap();
        let result = Engine::open(dir.path(), (index, fields), options.writer_bytes)
            .and_then(|engine| run(dir.path(), engine, found, Inputs::default(), &options, &()));
        let log = std::mem::take(&mut operations.lock().unwrap().log);
        Run { dir, log, result }
    }
}

struct Run {
    dir: TempDir,
    log: Vec<String>,
    result: Result<Summary, IndexError>,
}

fn options() -> IndexOptions {
    IndexOptions {
        prune: true,
        writer_bytes: 15_000_000,
        ..IndexOptions::default()
    }
}

fn plainly(dir: &TempDir, folder: &TempDir) {
    let inputs = Inputs {
        paths: vec![folder.path().to_owned()],
        stdin: None,
    };
    index(dir.path(), inputs, &options(), &()).unwrap();
}

fn write(folder: &TempDir, name: &str, articles: &[(u8, &str)]) {
    let lines: String = articles
        .iter()
        .map(|(id, title)| {
            format!(
                "{{\"id\":\"urn:news:{id}\",\"title\":\"{title}\",\"body\":\"On the {title}.\"}}\n"
            )
        })
        .collect();
    fs::write(folder.path().join(name), lines).unwrap();
}

/// The stored articles by id.
fn articles(dir: &Path) -> BTreeMap<ArticleId, String> {
    let (index, fields) = schema::open(dir).unwrap();
    let searcher = index.reader().unwrap().searcher();
    let term = fields.kind_term(DocumentKind::Article);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let known = crate::known::Known::open(&index, &fields).unwrap();
    searcher
        .search(&query, &DocSetCollector)
        .unwrap()
        .into_iter()
        .map(|address| {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            let stored = document.get_first(fields.article).unwrap();
            (
                known.id(address).unwrap(),
                stored.as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

/// Lets every `step`th operation of a run fail in turn, and hands out what each failure left.
fn break_operations(step: usize, commit_bytes: u64, check: impl Fn(&Case, Run)) {
    let case = Case::new();
    for keeps_failing in [false, true] {
        for fails_at in (0..).step_by(step) {
            let operations = Operations {
                fails_at: Some(fails_at),
                keeps_failing,
                ..Operations::default()
            };
            let run = case.index(operations, commit_bytes);
            if run.log.len() <= fails_at {
                assert!(fails_at > 20, "{:?}", run.log);
                break;
            }
            check(&case, run);
        }
    }
}

#[test]
fn a_failure_leaves_the_last_commit_and_the_next_run_does_the_rest() {
    break_operations(1, u64::MAX, |case, run| {
        let found = articles(run.dir.path());
        match &run.result {
            // Merging and tidying may fail; they are tried again later.
            Ok(_) => assert_eq!(found, case.after, "{:?}", run.log),
            Err(error) => {
                assert!(found == case.before || found == case.after, "{:?}", run.log);
                assert!(error.to_string().contains("the disk is broken"), "{error}");
            }
        }
        plainly(&run.dir, &case.folder);
        assert_eq!(articles(run.dir.path()), case.after);
        assert!(verify(run.dir.path()).unwrap().is_sound());
    });
}

#[test]
fn a_failure_between_commits_loses_nothing_that_the_next_run_does_not_bring_back() {
    // With a commit after each article there are some 400 operations.
    break_operations(23, 1, |case, run| {
        if run.result.is_ok() {
            assert_eq!(articles(run.dir.path()), case.after, "{:?}", run.log);
        }
        plainly(&run.dir, &case.folder);
        assert_eq!(articles(run.dir.path()), case.after, "{:?}", run.log);
        assert!(verify(run.dir.path()).unwrap().is_sound());
    });
}

#[test]
fn success_is_reported_after_the_directory_was_synced() {
    let run = Case::new().index(Operations::default(), u64::MAX);
    run.result.unwrap();
    let last = |operation: &str| run.log.iter().rposition(|entry| entry == operation);
    assert!(last("replace meta.json") < last("sync ."), "{:?}", run.log);
    assert!(last("replace meta.json").is_some());
}
