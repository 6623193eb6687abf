//! After any sequence of changes to a folder, the index holds what a naive model says it should,
//! and every record is counted once.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

mod common;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use common::{Standing, articles, index_folder, publisher};
use dateline_indexer::{IndexOptions, Summary};
use proptest::prelude::*;
use tempfile::TempDir;

/// Sorted as they are read. The second is last if paths are taken for strings.
const FILES: &[&str] = &["a.jsonl", "b/c.jsonl", "b.jsonl", "d/e/f.jsonl", "z.jsonl"];

/// A line of a file: an article with an id of its publisher and one of several texts, or nothing
/// that can be read.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Line {
    Article { id: u8, text: u8 },
    Broken,
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<Line>),
    Delete(usize),
    Touch(usize),
}

/// What the index should hold, by brute force.
#[derive(Default)]
struct Model {
    /// The lines of the files that exist.
    disk: BTreeMap<PathBuf, Vec<Line>>,
    /// The lines that the index has seen last, of files that vanished too.
    indexed: BTreeMap<PathBuf, Vec<Line>>,
}

impl Model {
    fn index(&mut self, prune: bool) {
        if prune {
            self.indexed.clear();
        }
        self.forget_what_vanished();
        self.indexed.extend(self.disk.clone());
    }

    /// The article that stands for each id: the last of all lines of all files.
    fn standing(&self) -> BTreeMap<u8, (PathBuf, usize, u8)> {
        let mut standing = BTreeMap::new();
        for (path, lines) in &self.indexed {
            for (number, line) in lines.iter().enumerate() {
                if let Line::Article { id, text } = *line {
                    standing.insert(id, (path.clone(), number + 1, text));
                }
            }
        }
        standing
    }

    /// A file that is gone can keep only the articles that stand in the index.
    fn forget_what_vanished(&mut self) {
        let standing = self.standing();
        for (path, lines) in &mut self.indexed {
            if self.disk.contains_key(path) {
                continue;
            }
            for (number, line) in lines.iter_mut().enumerate() {
                let stands =
                    |id, text| standing.get(&id) == Some(&(path.clone(), number + 1, text));
                if !matches!(*line, Line::Article { id, text } if stands(id, text)) {
                    *line = Line::Broken;
                }
            }
        }
    }

    fn records(&self) -> u64 {
        self.disk.values().map(|lines| lines.len() as u64).sum()
    }

    /// Where there are broken lines: file and number.
    fn broken(&self) -> Vec<(&Path, u64)> {
        let of_file = |(path, lines)| {
            let path: &PathBuf = path;
            let lines: &Vec<Line> = lines;
            let numbered = lines.iter().zip(1..);
            numbered.filter_map(|(line, number)| {
                (*line == Line::Broken).then_some((path.as_path(), number))
            })
        };
        self.disk.iter().flat_map(of_file).collect()
    }
}

struct World {
    folder: TempDir,
    root: PathBuf,
    index: TempDir,
    model: Model,
    /// Seconds since 1970 of the last change: long ago, so that times can be trusted.
    clock: u64,
}

impl World {
    fn new() -> World {
        let folder = TempDir::new().unwrap();
        World {
            root: folder.path().canonicalize().unwrap(),
            folder,
            index: TempDir::new().unwrap(),
            model: Model::default(),
            clock: 1_000_000,
        }
    }

    fn apply(&mut self, change: &Change) {
        self.clock += 1;
        match change {
            Change::Write(file, lines) => {
                let path = self.root.join(FILES[*file]);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                let text: String = lines.iter().map(|line| render(*line)).collect();
                fs::write(&path, text).unwrap();
                self.set_time(&path);
                self.model.disk.insert(path, lines.clone());
            }
            Change::Delete(file) => {
                let path = self.root.join(FILES[*file]);
                if self.model.disk.remove(&path).is_some() {
                    fs::remove_file(&path).unwrap();
                }
            }
            Change::Touch(file) => {
                let path = self.root.join(FILES[*file]);
                if path.exists() {
                    self.set_time(&path);
                }
            }
        }
    }

    fn set_time(&self, path: &Path) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(self.clock);
        File::options()
            .append(true)
            .open(path)
            .unwrap()
            .set_modified(time)
            .unwrap();
    }

    fn index(&mut self, options: &IndexOptions) -> Summary {
        let summary = index_folder(self.index.path(), self.folder.path(), options);
        self.model.index(options.prune);
        summary
    }

    fn check(&mut self, before: usize, summary: &Summary) {
        let expected: BTreeMap<_, _> = self
            .model
            .standing()
            .into_iter()
            .map(|(id, (path, record, text))| {
                let standing = Standing {
                    title: title(text),
                    authors: vec![author(text)],
                    path: path.to_str().unwrap().to_owned(),
                    record: Some(record as u64),
                };
                (publisher(&format!("urn:news:{id}")), standing)
            })
            .collect();
        let found = articles(self.index.path());
        assert_eq!(found, expected);
        let grown = before as u64 + summary.added - summary.removed;
        assert_eq!(grown, found.len() as u64, "{summary:?}");
        let skipped: Vec<(&Path, u64)> = summary
            .skipped
            .iter()
            .map(|skip| (Path::new(&skip.path), skip.record.unwrap()))
            .collect();
        assert_eq!(skipped, self.model.broken());
        let skipped = skipped.len() as u64;
        let counted = summary.added + summary.updated + summary.unchanged + skipped;
        assert_eq!(counted, self.model.records(), "{summary:?}");
    }
}

fn title(text: u8) -> String {
    format!("Ferry line reopens after storm {text}")
}

fn author(text: u8) -> String {
    format!("Ada Reporter{text}")
}

fn render(line: Line) -> String {
    match line {
        Line::Article { id, text } => format!(
            "{{\"id\":\"urn:news:{id}\",\"title\":\"{}\",\"author\":\"{}\",\"body\":\"The ferry sailed \
             again on the {text}th day, and the harbour was full of people.\"}}\n",
            title(text),
            author(text),
        ),
        Line::Broken => "{\"title\": \"The ferry\n".to_owned(),
    }
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line = prop_oneof![
        5 => (0..5u8, 0..3u8).prop_map(|(id, text)| Line::Article { id, text }),
        1 => Just(Line::Broken),
    ];
    prop::collection::vec(line, 1..5)
}

fn change() -> impl Strategy<Value = Change> {
    let file = || 0..FILES.len();
    prop_oneof![
        5 => (file(), lines()).prop_map(|(file, lines)| Change::Write(file, lines)),
        2 => file().prop_map(Change::Delete),
        1 => file().prop_map(Change::Touch),
    ]
}

/// The states a folder goes through: changes, and whether the run after them prunes.
fn history() -> impl Strategy<Value = Vec<(Vec<Change>, bool)>> {
    prop::collection::vec((prop::collection::vec(change(), 0..5), any::<bool>()), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        // The sources of this test have no lib.rs beside which failures could be kept.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn index_follows_the_folder_and_counts_every_record_once(
        history in history(),
        commit_bytes in prop::sample::select(vec![1, 100, u64::MAX]),
    ) {
        let mut world = World::new();
        for (changes, prune) in history {
            changes.iter().for_each(|change| world.apply(change));
            let options = IndexOptions { prune, commit_bytes, ..IndexOptions::default() };
            let before = articles(world.index.path()).len();
            let summary = world.index(&options);
            world.check(before, &summary);

            let again = world.index(&options);
            prop_assert_eq!((again.added, again.updated, again.removed), (0, 0, 0));
            prop_assert_eq!(
                again.unchanged,
                summary.added + summary.updated + summary.unchanged
            );
            let before = articles(world.index.path()).len();
            world.check(before, &again);
        }
    }
}
