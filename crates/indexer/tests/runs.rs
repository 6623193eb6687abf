//! What single runs do: files that are spared, streams, prunes, locks, checks, removals.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

mod common;

use std::fs::{self, File};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use common::{articles, index_folder, publisher};
use dateline_corpus::schema;
use dateline_indexer::{
    IndexError, IndexOptions, Inputs, Progress, Stop, Summary, index, remove, verify,
};
use tantivy::IndexWriter;
use tempfile::TempDir;

/// A folder and the index of it.
struct Place {
    folder: TempDir,
    index: TempDir,
}

impl Place {
    fn new() -> Place {
        Place {
            folder: TempDir::new().unwrap(),
            index: TempDir::new().unwrap(),
        }
    }

    /// Writes a file that was last modified so many seconds after 1970.
    fn write(&self, name: &str, lines: &str, seconds: u64) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, lines).unwrap();
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        File::options()
            .append(true)
            .open(path)
            .unwrap()
            .set_modified(time)
            .unwrap();
    }

    fn index(&self) -> Summary {
        index_folder(
            self.index.path(),
            self.folder.path(),
            &IndexOptions::default(),
        )
    }

    fn pipe(&self, mut lines: &[u8]) -> Summary {
        let inputs = Inputs {
            paths: Vec::new(),
            stdin: Some(&mut lines),
        };
        index(self.index.path(), inputs, &IndexOptions::default(), &()).unwrap()
    }

    fn title(&self, id: &str) -> Option<String> {
        let found = articles(self.index.path());
        found
            .get(&publisher(&format!("urn:news:{id}")))
            .map(|article| article.title.clone())
    }
}

fn line(id: &str, title: &str) -> String {
    format!("{{\"id\":\"urn:news:{id}\",\"title\":\"{title}\",\"body\":\"All about {title}.\"}}\n")
}

/// Added, updated, unchanged, removed.
fn counts(summary: &Summary) -> [u64; 4] {
    [
        summary.added,
        summary.updated,
        summary.unchanged,
        summary.removed,
    ]
}

#[test]
fn a_file_of_the_same_size_and_time_is_not_opened() {
    let place = Place::new();
    place.write("a.jsonl", &line("1", "storm"), 1_000);
    place.index();
    place.write("a.jsonl", &line("1", "flood"), 1_000);
    let summary = place.index();
    assert_eq!(counts(&summary), [0, 0, 1, 0]);
    assert_eq!(summary.bytes, 0);
    assert_eq!(place.title("1").as_deref(), Some("storm"));
}

#[test]
fn a_file_of_the_same_size_and_another_time_is_hashed() {
    let place = Place::new();
    place.write("a.jsonl", &line("1", "storm"), 1_000);
    place.index();
    place.write("a.jsonl", &line("1", "storm"), 2_000);
    let touched = place.index();
    assert_eq!(counts(&touched), [0, 0, 1, 0]);
    assert_eq!(touched.bytes, line("1", "storm").len() as u64);
    assert_eq!(place.index().bytes, 0);
    place.write("a.jsonl", &line("1", "flood"), 3_000);
    assert_eq!(counts(&place.index()), [0, 1, 0, 0]);
    assert_eq!(place.title("1").as_deref(), Some("flood"));
}

#[test]
fn a_file_that_was_modified_just_now_is_hashed_again() {
    let place = Place::new();
    fs::write(place.folder.path().join("a.jsonl"), line("1", "storm")).unwrap();
    let bytes = place.index().bytes;
    let again = place.index();
    assert_eq!((counts(&again), again.bytes), ([0, 0, 1, 0], bytes));
}

#[test]
fn a_run_that_changes_nothing_writes_nothing() {
    let place = Place::new();
    place.write("a.jsonl", &line("1", "storm"), 1_000);
    place.index();
    let meta = fs::read(place.index.path().join("meta.json")).unwrap();
    place.index();
    assert_eq!(
        fs::read(place.index.path().join("meta.json")).unwrap(),
        meta
    );
}

#[test]
fn skips_of_a_file_that_was_not_read_again_are_told_as_before() {
    let place = Place::new();
    let lines = line("1", "storm") + "{\n" + "[]\n";
    place.write("a.jsonl", &lines, 1_000);
    let first = place.index();
    assert_eq!(first.skipped.len(), 2);
    let again = place.index();
    assert_eq!((again.bytes, &again.skipped), (0, &first.skipped));
    place.write("a.jsonl", &lines, 2_000);
    assert_eq!(place.index().skipped, first.skipped, "it was only touched");
    assert_eq!(place.index().skipped, first.skipped);
    place.write("a.jsonl", &line("1", "storm"), 3_000);
    assert_eq!(place.index().skipped, []);
    assert_eq!(place.index().skipped, []);
}

#[test]
fn a_file_without_any_article_tells_its_reasons_in_every_run() {
    let place = Place::new();
    place.write("a.jsonl", &line("1", "storm"), 1_000);
    place.index();
    place.write("a.jsonl", "{\n", 2_000);
    let summary = place.index();
    assert_eq!(counts(&summary), [0, 0, 0, 1]);
    assert_eq!(summary.skipped.len(), 1);
    assert_eq!(place.index().skipped, summary.skipped);
}

#[test]
fn a_stream_is_added_once_and_stands_until_its_article_is_read_from_a_file() {
    let place = Place::new();
    let piped = line("1", "piped") + &line("2", "storm");
    assert_eq!(counts(&place.pipe(piped.as_bytes())), [2, 0, 0, 0]);
    assert_eq!(counts(&place.pipe(piped.as_bytes())), [0, 0, 2, 0]);
    place.write("a.jsonl", &line("1", "filed"), 1_000);
    assert_eq!(counts(&place.index()), [0, 1, 0, 0]);
    assert_eq!(place.title("1").as_deref(), Some("filed"));
    assert_eq!(counts(&place.pipe(piped.as_bytes())), [0, 1, 1, 0]);
    assert_eq!(place.title("1").as_deref(), Some("piped"));
    assert_eq!(counts(&place.index()), [0, 0, 1, 0]);
}

#[test]
fn prune_spares_what_lies_elsewhere() {
    let place = Place::new();
    place.write("kept/a.jsonl", &line("1", "storm"), 1_000);
    place.write("pruned/b.jsonl", &line("2", "flood"), 1_000);
    place.index();
    fs::remove_file(place.folder.path().join("kept/a.jsonl")).unwrap();
    fs::remove_file(place.folder.path().join("pruned/b.jsonl")).unwrap();
    assert_eq!(counts(&place.index()), [0; 4]);
    let options = IndexOptions {
        prune: true,
        ..IndexOptions::default()
    };
    let folder = place.folder.path().join("pruned");
    let summary = index_folder(place.index.path(), &folder, &options);
    assert_eq!(counts(&summary), [0, 0, 0, 1]);
    assert_eq!(place.title("1").as_deref(), Some("storm"));
    assert_eq!(place.title("2"), None);
}

#[test]
fn an_article_that_moves_to_another_file_is_updated() {
    let place = Place::new();
    place.write("b.jsonl", &line("1", "storm"), 1_000);
    place.index();
    fs::rename(
        place.folder.path().join("b.jsonl"),
        place.folder.path().join("a.jsonl"),
    )
    .unwrap();
    let options = IndexOptions {
        prune: true,
        ..IndexOptions::default()
    };
    let summary = index_folder(place.index.path(), place.folder.path(), &options);
    assert_eq!(counts(&summary), [0, 1, 0, 0]);
}

#[test]
fn the_files_of_the_index_are_no_input() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.jsonl"), line("1", "storm")).unwrap();
    let dir = folder.path().join("index");
    for _ in 0..2 {
        let summary = index_folder(&dir, folder.path(), &IndexOptions::default());
        assert_eq!(summary.skipped, []);
    }
    assert_eq!(articles(&dir).len(), 1);
}

#[test]
fn a_wrong_path_creates_no_index() {
    let place = Place::new();
    let dir = place.index.path().join("new");
    let inputs = Inputs {
        paths: vec![place.folder.path().join("missing")],
        stdin: None,
    };
    let error = index(&dir, inputs, &IndexOptions::default(), &()).unwrap_err();
    assert!(matches!(error, IndexError::Ingest(_)), "{error}");
    assert!(!dir.exists());
}

#[test]
fn a_second_writer_is_told_that_the_index_is_busy() {
    let place = Place::new();
    place.write("a.jsonl", &line("1", "storm"), 1_000);
    place.index();
    let (first, _) = schema::open(place.index.path()).unwrap();
    let _writer: IndexWriter = first.writer_with_num_threads(1, 15_000_000).unwrap();
    let inputs = Inputs {
        paths: vec![place.folder.path().to_owned()],
        stdin: None,
    };
    let error = index(place.index.path(), inputs, &IndexOptions::default(), &()).unwrap_err();
    assert!(matches!(error, IndexError::Busy { .. }), "{error}");
    let error = remove(place.index.path(), &[publisher("urn:news:1")]).unwrap_err();
    assert!(matches!(error, IndexError::Busy { .. }), "{error}");
}

#[test]
fn removes_what_is_there_and_counts_it() {
    let place = Place::new();
    place.write(
        "a.jsonl",
        &(line("1", "storm") + &line("2", "flood")),
        1_000,
    );
    place.index();
    let ids = [
        publisher("urn:news:1"),
        publisher("urn:news:1"),
        publisher("urn:news:3"),
    ];
    assert_eq!(remove(place.index.path(), &ids).unwrap(), 1);
    assert_eq!(remove(place.index.path(), &ids).unwrap(), 0);
    assert_eq!(place.title("1"), None);
    // It stays away until its file changes.
    place.index();
    assert_eq!(place.title("1"), None);
    let longer = line("1", "storm") + &line("2", "flood") + &line("3", "vote");
    place.write("a.jsonl", &longer, 2_000);
    assert_eq!(counts(&place.index()), [2, 0, 1, 0]);
    assert_eq!(place.title("1").as_deref(), Some("storm"));
}

#[test]
fn verify_names_damaged_and_missing_files() {
    let place = Place::new();
    place.write("a.jsonl", &line("1", "storm"), 1_000);
    place.index();
    let dir = place.index.path();
    let sound = verify(dir).unwrap();
    assert!(sound.is_sound());
    let parts = |extension: &str| {
        let files = fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
        files
            .filter(|path| path.extension().is_some_and(|found| found == extension))
            .collect::<Vec<_>>()
    };
    assert_eq!(sound.files, 6);

    let store = &parts("store")[0];
    let mut bytes = fs::read(store).unwrap();
    bytes[3] ^= 1;
    fs::write(store, &bytes).unwrap();
    let postings = &parts("idx")[0];
    fs::write(postings, "").unwrap();
    let terms = &parts("term")[0];
    fs::remove_file(terms).unwrap();

    let name = |path: &Path| Path::new(path.file_name().unwrap()).to_owned();
    let damaged = verify(dir).unwrap();
    assert_eq!(damaged.damaged, [name(postings), name(store)]);
    assert_eq!(damaged.missing, [name(terms)]);
    assert!(!damaged.is_sound());
}

#[test]
fn progress_adds_up_to_the_total() {
    #[derive(Default)]
    struct Sum {
        total: AtomicU64,
        bytes: AtomicU64,
        articles: AtomicU64,
    }
    impl Progress for Sum {
        fn total(&self, _: u64, bytes: u64) {
            self.total.store(bytes, Ordering::Relaxed);
        }
        fn advance(&self, articles: u64, bytes: u64) {
            self.bytes.fetch_add(bytes, Ordering::Relaxed);
            self.articles.fetch_add(articles, Ordering::Relaxed);
        }
    }
    let place = Place::new();
    place.write("a.jsonl", &line("1", "storm"), 1_000);
    place.write("b.jsonl", &line("2", "flood").repeat(400), 1_000);
    for articles in [401, 0] {
        let progress = Sum::default();
        let inputs = Inputs {
            paths: vec![place.folder.path().to_owned()],
            stdin: None,
        };
        index(
            place.index.path(),
            inputs,
            &IndexOptions::default(),
            &progress,
        )
        .unwrap();
        assert_eq!(progress.bytes.into_inner(), progress.total.into_inner());
        assert_eq!(progress.articles.into_inner(), articles);
    }
}

/// Asks to stop as soon as it hears that something was read.
struct Impatient(Stop);

impl Progress for Impatient {
    fn total(&self, _: u64, _: u64) {}
    fn advance(&self, _: u64, _: u64) {
        self.0.request();
    }
}

#[test]
fn a_run_that_is_stopped_commits_what_it_read_and_the_next_does_the_rest() {
    let place = Place::new();
    let body = "The ferry sailed again, and the harbour was full. ".repeat(400);
    for file in 0..400 {
        let lines: String = (0..3)
            .map(|number| {
                line(
                    &format!("{file}-{number}"),
                    &format!("storm {file}. {body}"),
                )
            })
            .collect();
        place.write(&format!("{file:03}.jsonl"), &lines, 1_000);
    }
    let options = IndexOptions {
        threads: NonZeroUsize::new(1),
        ..IndexOptions::default()
    };
    let inputs = Inputs {
        paths: vec![place.folder.path().to_owned()],
        stdin: None,
    };
    let impatient = Impatient(options.stop.clone());
    let first = index(place.index.path(), inputs, &options, &impatient).unwrap();
    assert!(first.stopped);
    assert!((1..1_200).contains(&first.added), "{first:?}");
    assert_eq!((first.removed, first.skipped.len()), (0, 0));
    assert_eq!(articles(place.index.path()).len() as u64, first.added);
    let second = place.index();
    assert!(!second.stopped);
    assert_eq!(
        counts(&second),
        [1_200 - first.added, 0, first.added, 0],
        "{first:?}"
    );
    assert_eq!(articles(place.index.path()).len(), 1_200);
}

#[test]
fn a_run_that_is_stopped_removes_nothing_that_it_did_not_come_to() {
    let place = Place::new();
    place.write("a.jsonl", &line("1", "storm").repeat(5_000), 1_000);
    place.write("b.jsonl", &line("2", "flood"), 1_000);
    place.index();
    place.write(
        "a.jsonl",
        &(line("3", "vote").repeat(5_000) + &line("1", "storm")),
        2_000,
    );
    place.write("b.jsonl", &line("4", "strike"), 2_000);
    let options = IndexOptions {
        threads: NonZeroUsize::new(1),
        ..IndexOptions::default()
    };
    options.stop.request();
    let summary = index_folder(place.index.path(), place.folder.path(), &options);
    assert_eq!((counts(&summary), summary.bytes), ([0; 4], 0));
    assert_eq!(place.title("2").as_deref(), Some("flood"));
    assert_eq!(counts(&place.index())[3], 1);
    assert_eq!(place.title("2"), None);
}

#[test]
fn of_a_file_with_countless_skips_the_first_are_listed_and_the_rest_are_counted() {
    let place = Place::new();
    place.write(
        "a.jsonl",
        &("{\n".repeat(10_007) + &line("1", "storm")),
        1_000,
    );
    let first = place.index();
    assert_eq!(counts(&first), [1, 0, 0, 0]);
    assert_eq!((first.skipped.len(), first.unlisted), (10_000, 7));
    assert_eq!(first.skipped[9_999].record, Some(10_000));
    let second = place.index();
    assert_eq!((second.skipped, second.unlisted), (first.skipped, 7));
    let lines = line("1", "storm") + &"{\n".repeat(10_008);
    let summary = place.pipe(lines.as_bytes());
    assert_eq!((summary.skipped.len(), summary.unlisted), (10_000, 8));
}
