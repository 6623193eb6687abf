//! After any sequence of changes to a folder of all sorts of files, an index that was brought up
//! to date holds what a fresh one of the same files would, and the outcomes add up to the inputs.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

mod common;

use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, SystemTime};

use common::{articles, index_folder, publisher, stored};
use dateline_indexer::{IndexOptions, Summary};
use dateline_ingest::{ReadOptions, find, read_file};
use proptest::prelude::*;
use tempfile::TempDir;

/// Files of several formats, some in folders; a hidden one, and some whose content is of another
/// format than their names say.
const FILES: &[&str] = &[
    "a.jsonl",
    "b/c.csv",
    "b.txt",
    "b/d.md",
    "e/f.json",
    "g.html",
    "h.bin",
    ".hidden.txt",
    "z.jsonl",
];
/// Dates that show an order, that leave it open, and that do neither.
const DATES: &[&str] = &[
    "31/01/2026",
    "12/31/2025",
    "02/04/2026",
    "2026-02-03",
    "soon",
];
const SOURCES: &[&str] = &["Post", "Times"];

/// One article as it may be written in any format.
#[derive(Debug, Clone, Copy)]
struct Piece {
    id: u8,
    date: usize,
    source: usize,
    text: u8,
}

#[derive(Debug, Clone)]
enum Content {
    Lines(Vec<Piece>),
    Table(Vec<Piece>),
    Markdown(Piece),
    Text(Piece),
    Page(Piece),
    /// The first half of something.
    Torn(Vec<Piece>),
    Bytes(Vec<u8>),
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Content),
    Delete(usize),
    Rename(usize, usize),
    Touch(usize),
}

impl Piece {
    /// Date and source as they are written.
    fn dated(self) -> (&'static str, &'static str) {
        (DATES[self.date], SOURCES[self.source])
    }

    fn line(self) -> String {
        let Piece { id, text, .. } = self;
        let (date, source) = self.dated();
        format!(
            "{{\"id\":\"urn:news:{id}\",\"title\":\"Storm {text}\",\"body\":\"The ferry sailed on \
             {text} days.\",\"date\":\"{date}\",\"source\":\"{source}\"}}\n",
        )
    }

    fn row(self) -> String {
        let Piece { id, text, .. } = self;
        let (date, source) = self.dated();
        format!("urn:news:{id},Storm {text},The ferry sailed on {text} days.,{date},{source}\n")
    }
}

impl Content {
    fn bytes(&self) -> Vec<u8> {
        let lines = |pieces: &[Piece]| pieces.iter().map(|piece| piece.line()).collect::<String>();
        match self {
            Content::Lines(pieces) => lines(pieces).into_bytes(),
            Content::Table(pieces) => {
                let rows: String = pieces.iter().map(|piece| piece.row()).collect();
                format!("id,title,body,date,source\n{rows}").into_bytes()
            }
            Content::Markdown(piece) => format!(
                "---\ntitle: Storm\ndate: {}\nsource: {}\n---\nThe ferry sailed on {} days.\n",
                DATES[piece.date], SOURCES[piece.source], piece.text
            )
            .into_bytes(),
            Content::Text(piece) => format!(
                "Storm\n\nPublished {}\nSource: {}\n\nThe ferry sailed on {} days.\n",
                DATES[piece.date], SOURCES[piece.source], piece.text
            )
            .into_bytes(),
            Content::Page(piece) => format!(
                "<!doctype html><html><head><title>Storm</title></head><body><article><h1>Storm</h1>\
                 <p>The ferry sailed on {} days, and the harbour was full of people.</p></article>",
                piece.text
            )
            .into_bytes(),
            Content::Torn(pieces) => {
                let mut bytes = lines(pieces).into_bytes();
                bytes.truncate(bytes.len() / 2);
                bytes
            }
            Content::Bytes(bytes) => bytes.clone(),
        }
    }
}

fn piece() -> impl Strategy<Value = Piece> {
    (0..6u8, 0..DATES.len(), 0..SOURCES.len(), 0..4u8).prop_map(|(id, date, source, text)| Piece {
        id,
        date,
        source,
        text,
    })
}

fn content() -> impl Strategy<Value = Content> {
    let pieces = || prop::collection::vec(piece(), 1..5);
    prop_oneof![
        4 => pieces().prop_map(Content::Lines),
        2 => pieces().prop_map(Content::Table),
        2 => piece().prop_map(Content::Markdown),
        2 => piece().prop_map(Content::Text),
        1 => piece().prop_map(Content::Page),
        1 => pieces().prop_map(Content::Torn),
        1 => prop::collection::vec(any::<u8>(), 0..60).prop_map(Content::Bytes),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    let file = || 0..FILES.len();
    prop_oneof![
        6 => (file(), content()).prop_map(|(file, content)| Change::Write(file, content)),
        2 => file().prop_map(Change::Delete),
        1 => (file(), file()).prop_map(|(from, to)| Change::Rename(from, to)),
        1 => file().prop_map(Change::Touch),
    ]
}

fn apply(change: &Change, root: &Path, seconds: u64) {
    let path = |file: usize| root.join(FILES[file]);
    let prepare = |file: usize| fs::create_dir_all(path(file).parent().unwrap()).unwrap();
    match change {
        Change::Write(file, content) => {
            prepare(*file);
            fs::write(path(*file), content.bytes()).unwrap();
            set_time(&path(*file), seconds);
        }
        Change::Delete(file) if path(*file).exists() => fs::remove_file(path(*file)).unwrap(),
        Change::Rename(from, to) if path(*from).exists() => {
            prepare(*to);
            fs::rename(path(*from), path(*to)).unwrap();
        }
        Change::Touch(file) if path(*file).exists() => set_time(&path(*file), seconds),
        Change::Delete(_) | Change::Rename(..) | Change::Touch(_) => {}
    }
}

/// A time long ago, so that it can be trusted.
fn set_time(path: &Path, seconds: u64) {
    let file = File::options().append(true).open(path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .unwrap();
}

/// How many records there are to deal with, by reading everything.
fn inputs(root: &Path) -> u64 {
    let found = find(&[root.to_owned()]).unwrap();
    let mut inputs = found.skips.len() as u64;
    for file in found.files {
        inputs += read_file(&file.path, &ReadOptions::default(), &mut |_| {
            ControlFlow::Continue(())
        });
    }
    inputs
}

fn outcomes(summary: &Summary) -> u64 {
    summary.added + summary.updated + summary.unchanged + summary.skipped.len() as u64
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        // The sources of this test have no lib.rs beside which failures could be kept.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn an_index_brought_up_to_date_holds_what_a_fresh_one_would(
        history in prop::collection::vec(prop::collection::vec(change(), 1..6), 1..5),
    ) {
        let (folder, dir) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let options = IndexOptions { prune: true, ..IndexOptions::default() };
        let mut seconds = 1_000_000;
        for changes in history {
            for change in &changes {
                seconds += 1;
                apply(change, folder.path(), seconds);
            }
            let before = articles(dir.path()).len() as u64;
            let summary = index_folder(dir.path(), folder.path(), &options);
            prop_assert_eq!(outcomes(&summary), inputs(folder.path()), "{:?}", &summary);
            let fresh = TempDir::new().unwrap();
            index_folder(fresh.path(), folder.path(), &options);
            let found = stored(dir.path());
            prop_assert_eq!(&found, &stored(fresh.path()));
            prop_assert_eq!(before + summary.added - summary.removed, found.len() as u64);
        }
    }
}

#[test]
fn the_order_of_a_source_is_what_all_of_its_articles_show() {
    let (folder, dir) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let options = IndexOptions {
        prune: true,
        ..IndexOptions::default()
    };
    let write = |name: &str, id: u8, date: usize, source: usize| {
        let text = 0;
        let line = Piece {
            id,
            date,
            source,
            text,
        }
        .line();
        fs::write(folder.path().join(name), line).unwrap();
    };
    let dated = |expected: &str| {
        let summary = index_folder(dir.path(), folder.path(), &options);
        let found = stored(dir.path());
        let article = &found[&publisher("urn:news:1")];
        let published = article.article.published.as_ref().unwrap();
        let day = jiff::Timestamp::from_second(published.seconds).unwrap();
        assert_eq!(
            format!("{} {:?}", day.strftime("%F"), published.precision),
            expected
        );
        summary
    };
    let open = "2026-01-01 Year";
    // Read first, and decided by what is read after it.
    write("a.jsonl", 1, 2, 0);
    dated(open);
    write("b.jsonl", 2, 0, 1);
    dated(open);
    write("c.jsonl", 3, 0, 0);
    dated("2026-04-02 Day");
    let again = dated("2026-04-02 Day");
    assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 3));
    write("d.jsonl", 4, 1, 0);
    dated(open);
    fs::remove_file(folder.path().join("c.jsonl")).unwrap();
    dated("2026-02-04 Day");
    fs::remove_file(folder.path().join("d.jsonl")).unwrap();
    dated(open);
}
