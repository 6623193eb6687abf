//! What is found below folders, and what is not opened.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use dateline_ingest::{
    Found, Item, Places, ReadOptions, find, find_among, modified_ns, read_file, reason_of,
};
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
        (".datelineignore", "drafts/\n*.bak\n.DS_Store\n"),
        (".DS_Store", ""),
        ("deep/.cache/.b/c.txt", ""),
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
        skip /.git: hidden; name it to read it
        skip /.gitignore: hidden; name it to read it
        skip /.hidden.txt: hidden; name it to read it
        skip /.ignore: hidden; name it to read it
        skip /deep/.cache: hidden; name it to read it
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
    check(
        &folder,
        &["deep", "deep/.cache/", "deep/.cache/.b/c.txt"],
        expect![[r#"
        /deep/.cache/.b/c.txt 0 bytes
        /deep/drafts/b.txt 0 bytes
        skip /deep/.cache/.b: hidden; name it to read it
    "#]],
    );
}

#[test]
fn finds_the_rest_beside_a_path_that_does_not_exist() {
    let folder = folder(&[("a.txt", "1"), ("b/c.txt", "22")]);
    // As it was given, since what does not exist has no canonical form.
    let root = folder.path().canonicalize().unwrap();
    let paths = ["none", "a.txt", "b/none.txt", "b"].map(|path| root.join(path));
    let found = find(&paths).unwrap();
    expect![[r#"
        /a.txt 1 bytes
        /b/c.txt 2 bytes
        skip /b/none.txt: no such file or folder
        skip /none: no such file or folder
    "#]]
    .assert_eq(&show(&found, folder.path()));
    assert_eq!(found.roots, [root.join("a.txt"), root.join("b")]);
}

#[test]
fn names_the_first_path_when_none_exists() {
    let folder = folder(&[]);
    let paths = ["none", "neither"].map(|path| folder.path().join(path));
    let error = find(&paths).unwrap_err().to_string();
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

/// The kernel follows a link to an open file that was deleted, but there is no path behind it.
#[test]
#[cfg(target_os = "linux")]
fn a_link_to_what_has_no_path_is_a_skip() {
    use std::os::fd::AsRawFd;
    let folder = folder(&[("a.txt", "1"), ("deleted", "22")]);
    let open = fs::File::open(folder.path().join("deleted")).unwrap();
    fs::remove_file(folder.path().join("deleted")).unwrap();
    let target = format!("/proc/{}/fd/{}", std::process::id(), open.as_raw_fd());
    let link = folder.path().join("link.txt");
    std::os::unix::fs::symlink(target, &link).unwrap();
    assert_eq!(link.metadata().unwrap().len(), 2);
    check(
        &folder,
        &[""],
        expect![[r#"
            /a.txt 1 bytes
            skip /link.txt: cannot be read: no such file or directory
        "#]],
    );
}

#[test]
fn tells_modification_times_before_and_after_1970() {
    let folder = folder(&[("a.txt", "")]);
    let file = fs::File::create(folder.path().join("a.txt")).unwrap();
    let step = Duration::new(2, 5_000);
    for (time, ns) in [
        (UNIX_EPOCH + step, 2_000_005_000),
        (UNIX_EPOCH, 0),
        (UNIX_EPOCH - step, -2_000_005_000),
    ] {
        file.set_modified(time).unwrap();
        assert_eq!(modified_ns(&file.metadata().unwrap()), ns);
    }
}

#[test]
fn says_why_a_file_cannot_be_read_without_numbers() {
    let error = std::io::Error::from_raw_os_error(2);
    expect!["cannot be read: no such file or directory"].assert_eq(&reason_of(&error));
    let error = std::io::Error::other("the disk is gone");
    expect!["cannot be read: the disk is gone"].assert_eq(&reason_of(&error));
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

#[test]
fn among_places_finds_what_a_search_everywhere_finds_there() {
    let folder = folder(&[
        ("a/b.txt", ""),
        ("a/b/c.txt", ""),
        ("a/b/d/e.txt", ""),
        ("a/b/d/skip.txt", ""),
        ("a/b/.hidden.txt", ""),
        ("a/f.txt", ""),
        ("g.txt", ""),
        (".datelineignore", "skip.txt\n"),
    ]);
    let root = folder.path().canonicalize().unwrap();
    let everything = find(&[root.clone(), root.join("g.txt")]).unwrap();
    for places in [
        &[][..],
        &["a/b"],
        &["a/b.txt", "missing/h.txt"],
        &["a/b/d/e.txt", "a/b/d/skip.txt", "g.txt"],
        &["a/b/d", "a/f.txt"],
        &[""],
    ] {
        let places: Places = places.iter().map(|place| root.join(place)).collect();
        let places = Arc::new(places);
        let found = find_among(&[root.clone(), root.join("g.txt")], Some(&places)).unwrap();
        let files = everything.files.iter().cloned();
        let skips = everything.skips.iter().cloned();
        let expected = Found {
            files: files.filter(|file| places.cover(&file.path)).collect(),
            skips: skips
                .filter(|skip| places.cover(Path::new(&skip.path)))
                .collect(),
            roots: everything.roots.clone(),
        };
        assert_eq!(found, expected, "{places:?}");
    }
    assert_eq!(everything.files.len(), 5);
    assert_eq!(everything.skips.len(), 1);
}
