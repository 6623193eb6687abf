//! What is found below folders, and what is not opened.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline_ingest::{Found, Item, ReadOptions, find, read_file};
use expect_test::{Expect, expect};
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, content) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// What was found, with paths below `folder`.
fn show(found: &Found, folder: &Path) -> String {
    let root = folder.canonicalize().unwrap();
    let root = root.to_str().unwrap();
    let below = |path: &str| path.strip_prefix(root).unwrap().to_owned();
    let files = found.files.iter().map(|file| {
        assert!(file.modified_ns > 0);
        format!(
            "{} {} bytes\n",
            below(file.path.to_str().unwrap()),
            file.bytes
        )
    });
    let skips = found.skips.iter().map(|skip| {
        format!(
            "skip {}: {}\n",
            below(&skip.path),
            skip.reason.replace(root, "")
        )
    });
    files.chain(skips).collect()
}

fn check(folder: &TempDir, paths: &[&str], expect: Expect) {
    let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
    expect.assert_eq(&show(&find(&paths).unwrap(), folder.path()));
}

#[test]
fn finds_each_file_once_in_order() {
    let folder = folder(&[("b.txt", "bb"), ("a/c.md", "c"), ("a/b/d.jsonl", "")]);
    check(
        &folder,
        &["", "a", "b.txt", "a/../b.txt"],
        expect![[r#"
        /a/b/d.jsonl 0 bytes
        /a/c.md 1 bytes
        /b.txt 2 bytes
    "#]],
    );
}

#[test]
fn honours_datelineignore_and_no_other_rules() {
    let folder = folder(&[
        (".datelineignore", "drafts/\n*.bak\n"),
        (".gitignore", "*.txt\n"),
        (".ignore", "*.txt\n"),
        (".git/config", ""),
        (".hidden.txt", ""),
        ("a.txt", ""),
        ("a.bak", ""),
        ("drafts/b.txt", ""),
        ("deep/drafts/b.txt", ""),
        ("deep/c.txt", ""),
        ("deep/.datelineignore", "c.txt\n"),
    ]);
    check(
        &folder,
        &[""],
        expect![[r#"
        /a.txt 0 bytes
    "#]],
    );
    check(
        &folder,
        &[".hidden.txt", "a.bak"],
        expect![[r#"
        /.hidden.txt 0 bytes
        /a.bak 0 bytes
    "#]],
    );
}

#[test]
fn names_a_path_that_does_not_exist() {
    let folder = folder(&[]);
    let path = folder.path().join("none");
    let error = find(std::slice::from_ref(&path)).unwrap_err().to_string();
    let error = error.replace(folder.path().to_str().unwrap(), "FOLDER");
    expect!["cannot read FOLDER/none: No such file or directory (os error 2); check the path"]
        .assert_eq(&error);
}

#[test]
#[cfg(unix)]
fn never_opens_what_is_no_file() {
    let folder = folder(&[("a.txt", "text")]);
    let fifo = folder.path().join("pipe.txt");
    let made = std::process::Command::new("mkfifo")
        .arg(&fifo)
        .status()
        .unwrap();
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
    check(
        &folder,
        &["", "pipe.txt"],
        expect![[r#"
        /a.txt 4 bytes
        skip /pipe.txt: a FIFO, not a file
        skip /socket: a socket, not a file
    "#]],
    );
}

#[test]
#[cfg(unix)]
fn follows_symbolic_links_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a/one.txt", "1"), ("b/two.txt", "22")]);
    let at = |path: &str| folder.path().join(path);
    symlink(at("a"), at("a/loop")).unwrap();
    symlink(at("b"), at("a/to-b")).unwrap();
    symlink(at("b/two.txt"), at("a/two-again.txt")).unwrap();
    symlink(at("nowhere"), at("a/broken.txt")).unwrap();
    check(
        &folder,
        &["a"],
        expect![[r#"
            /a/one.txt 1 bytes
            /b/two.txt 2 bytes
            skip /a/broken.txt: cannot be read: no such file or directory
            skip /a/loop: a symbolic link back to its own folder /a
        "#]],
    );
}

#[test]
fn a_file_that_vanished_is_a_skip() {
    let folder = folder(&[]);
    let mut items = Vec::new();
    let records = read_file(
        &folder.path().join("gone.txt"),
        &ReadOptions::default(),
        &mut |item| {
            items.push(item);
            ControlFlow::Continue(())
        },
    );
    assert_eq!(records, 1);
    let [Item::Skip(skip)] = items.as_slice() else {
        panic!("{items:?}")
    };
    expect!["cannot be read: no such file or directory"].assert_eq(&skip.reason);
}
