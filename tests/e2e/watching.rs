//! Following files and folders, and ending early. Waits for what the process says, never for time
//! to pass.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Desk, text};

/// So long that only a process that hangs takes longer.
const DEADLINE: Duration = Duration::from_secs(120);

/// A running `dateline index --watch --json`.
struct Follower {
    process: Child,
    commits: Receiver<Value>,
}

impl Follower {
    fn start(desk: &Desk, arguments: &[&str]) -> Follower {
        let mut process = desk.start(&[&["index", "--watch", "--json"], arguments].concat());
        let lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let (sender, commits) = channel();
        thread::spawn(move || {
            for line in lines {
                let commit = serde_json::from_str(&line.expect("a line")).expect("JSON");
                if sender.send(commit).is_err() {
                    break;
                }
            }
        });
        Follower { process, commits }
    }

    /// Waits for the next commit.
    fn commit(&self) -> Value {
        self.commits.recv_timeout(DEADLINE).expect("it commits")
    }

    /// Waits until so many articles were added, updated and removed, in one commit or several.
    fn commits(&self, expected: [u64; 3]) {
        let mut found = [0; 3];
        while found != expected {
            let commit = self.commit();
            for (found, name) in found.iter_mut().zip(["added", "updated", "removed"]) {
                *found += commit[name].as_u64().expect("a count");
            }
            let exceeds = found
                .iter()
                .zip(expected)
                .any(|(found, expected)| *found > expected);
            assert!(!exceeds, "{found:?} instead of {expected:?}: {commit}");
        }
    }

    /// Sends a signal, and returns the exit status and what was said on standard error.
    fn signal(mut self, signal: &str) -> (Option<i32>, String) {
        send(signal, &self.process);
        let status = self.process.wait().expect("it ends").code();
        let mut said = String::new();
        let mut stderr = self.process.stderr.take().expect("a pipe");
        std::io::Read::read_to_string(&mut stderr, &mut said).expect("UTF-8");
        (status, said)
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn send(signal: &str, process: &Child) {
    let sent = Command::new("kill")
        .args([signal, &process.id().to_string()])
        .status();
    assert!(sent.expect("kill").success());
}

fn article(title: &str) -> String {
    format!("{title}\n\nA body that says something about {title} in Chile.\n")
}

/// What a folder goes through while it is followed.
fn follow(desk: &Desk, follower: &Follower) {
    desk.write("news/b.txt", article("flood"));
    follower.commits([1, 0, 0]);
    assert_eq!(desk.titles(&["flood"]), ["flood"], "a search does not mind");
    desk.write("news/b.txt", article("drought"));
    follower.commits([0, 1, 0]);
    assert_eq!(desk.search(&["flood"])["total"], 0);

    // As editors save: into another file, which then takes the place of the first.
    desk.write("news/.b.txt.swp", article("nothing"));
    desk.write("draft", article("harvest"));
    fs::rename(desk.path("draft"), desk.path("news/b.txt")).expect("it is renamed");
    follower.commits([0, 1, 0]);
    fs::rename(desk.path("news/b.txt"), desk.path("news/c.txt")).expect("it is renamed");
    follower.commits([1, 0, 1]);
    assert_eq!(desk.titles(&["harvest"]), ["harvest"]);

    desk.write("away/deep/d.txt", article("strike"));
    desk.write("away/e.txt", article("treaty"));
    fs::rename(desk.path("away"), desk.path("news/there")).expect("it is moved in");
    follower.commits([2, 0, 0]);
    desk.write("news/there/deep/f.txt", article("budget"));
    follower.commits([1, 0, 0]);
    fs::rename(desk.path("news/there"), desk.path("away")).expect("it is moved out");
    follower.commits([0, 0, 3]);

    desk.write("news/broken.jsonl", "{\n");
    let commit = follower.commit();
    let skip = &commit["skipped"][0];
    assert!(text(&skip["path"]).ends_with("broken.jsonl"), "{commit}");
    fs::remove_file(desk.path("news/broken.jsonl")).expect("it is removed");
    fs::remove_file(desk.path("news/c.txt")).expect("it is removed");
    follower.commits([0, 0, 1]);
    assert_eq!(desk.search(&[])["total"], 1);
}

#[test]
fn an_index_follows_its_folder() {
    let desk = Desk::new();
    desk.write("news/a.txt", article("storm"));
    let follower = Follower::start(&desk, &["news"]);
    assert_eq!(follower.commit()["added"], 1);
    follow(&desk, &follower);
    let (status, said) = follower.signal("-TERM");
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(said, "note: watching for changes; Ctrl-C ends that\n");
    desk.index(&["news", "--prune"]);
    assert_eq!(desk.search(&[])["total"], 1);
}

#[test]
fn a_folder_that_loses_everything_at_once_keeps_its_articles() {
    let desk = Desk::new();
    desk.write("share/a.txt", article("storm"));
    desk.write("share/b.txt", article("flood"));
    desk.write("news/c.txt", article("harvest"));
    let follower = Follower::start(&desk, &["share", "news", "--poll", "0.1"]);
    assert_eq!(follower.commit()["added"], 3);
    fs::rename(desk.path("share"), desk.path("away")).expect("it is moved");
    fs::create_dir(desk.path("share")).expect("it is made");
    // What comes into the empty folder, such as a note of who mounts it, changes nothing.
    desk.write("share/d.txt", article("strike"));
    follower.commits([1, 0, 0]);
    fs::remove_file(desk.path("news/c.txt")).expect("it is removed");
    follower.commits([0, 0, 1]);
    let (status, said) = follower.signal("-INT");
    assert_eq!(status, Some(0));
    assert!(said.contains("all 2 files of"), "{said}");
    assert_eq!(desk.search(&[])["total"], 3);
    desk.index(&["share", "--prune"]);
    assert_eq!(desk.titles(&[]), ["strike"]);
}

#[test]
fn an_index_follows_its_folder_where_the_system_tells_nothing() {
    let desk = Desk::new();
    desk.write("news/a.txt", article("storm"));
    let follower = Follower::start(&desk, &["news", "--poll", "0.1"]);
    assert_eq!(follower.commit()["added"], 1);
    follow(&desk, &follower);
    assert_eq!(follower.signal("-INT").0, Some(0));
}

#[test]
fn what_a_slow_writer_wrote_is_all_there_in_the_end() {
    let desk = Desk::new();
    desk.write("news/a.txt", article("storm"));
    let follower = Follower::start(&desk, &["news"]);
    follower.commit();
    let mut file = fs::File::create(desk.path("news/slow.txt")).expect("a file");
    file.write_all(article("flood").as_bytes())
        .expect("it is written");
    desk.write("news/b.txt", article("vote"));
    // It goes on while another article is committed.
    let other = loop {
        writeln!(file, "The water rose again.").expect("it is written");
        match follower.commits.recv_timeout(Duration::from_millis(50)) {
            Ok(commit) => break commit,
            Err(RecvTimeoutError::Timeout) => {}
            Err(error) => panic!("it ends early: {error}"),
        }
    };
    assert!(other["added"].as_u64() >= Some(1), "{other}");
    writeln!(file, "Then it fell.").expect("it is written");
    drop(file);
    while desk.search(&["flood AND fell"])["total"] == 0 {
        follower.commit();
    }
    assert_eq!(desk.search(&[])["total"], 3);
    assert_eq!(desk.search(&["vote"])["total"], 1);
}

#[test]
fn files_can_be_followed_alone() {
    let desk = Desk::new();
    desk.write("news/a.txt", article("storm"));
    desk.write("news/b.txt", article("flood"));
    let follower = Follower::start(&desk, &["news/a.txt"]);
    follower.commits([1, 0, 0]);
    desk.write("news/b.txt", article("vote"));
    desk.write("draft", article("harvest"));
    fs::rename(desk.path("draft"), desk.path("news/a.txt")).expect("it is renamed");
    follower.commits([0, 1, 0]);
    assert_eq!(desk.titles(&[]), ["harvest"]);
}

#[test]
fn a_folder_that_vanishes_keeps_its_articles_until_it_is_back() {
    let desk = Desk::new();
    desk.write("news/a.txt", article("storm"));
    desk.write("other/b.txt", article("flood"));
    let follower = Follower::start(&desk, &["news", "other"]);
    follower.commits([2, 0, 0]);
    fs::rename(desk.path("other"), desk.path("away")).expect("it is moved");
    let commit = follower.commit();
    assert_eq!(commit["skipped"][0]["reason"], "no such file or folder");
    assert_eq!(desk.search(&[])["total"], 2);
    desk.write("away/c.txt", article("vote"));
    fs::rename(desk.path("away"), desk.path("other")).expect("it is moved back");
    follower.commits([1, 0, 0]);
    desk.write("other/d.txt", article("harvest"));
    follower.commits([1, 0, 0]);
}

#[test]
fn nobody_else_writes_while_an_index_follows() {
    let desk = Desk::new();
    desk.write("news/a.txt", article("storm"));
    let follower = Follower::start(&desk, &["news"]);
    follower.commit();
    desk.dateline(&["index", "news"])
        .fails(75, "another process is writing to the index");
    let (status, _) = follower.signal("-INT");
    assert_eq!(status, Some(0));
    desk.index(&["news"]).is([0, 0, 1, 0]);
}

#[test]
fn only_files_and_folders_can_be_followed() {
    let desk = Desk::new();
    desk.dateline(&["index", "--watch", "-"])
        .fails(2, "not standard input");
    desk.dateline(&["index", "--watch", "missing"])
        .fails(2, "missing");
    desk.dateline(&["index", "--watch", "--poll", "0", "news"])
        .fails(2, "between 0.1 and 86400 seconds");
    assert!(!desk.path("index").exists());
}

/// The run has taken the index when it reads its input, and it reads when it has swallowed more
/// than the pipe and its buffers can hold.
#[test]
fn a_run_that_is_interrupted_keeps_what_it_read_and_is_continued_by_the_next() {
    let desk = Desk::new();
    let lines: Vec<String> = (0..2_000)
        .map(|number| {
            let body = "Chile is long. ".repeat(100);
            format!(r#"{{"title": "Report {number}", "body": "{body}", "id": {number}}}"#)
        })
        .collect();
    let mut run = desk.start(&["index", "-", "--json"]);
    let mut input = run.stdin.take().expect("a pipe");
    for line in &lines {
        writeln!(input, "{line}").expect("it reads its input");
    }
    send("-INT", &run);
    let output = run.wait_with_output().expect("it ends");
    drop(input);
    assert_eq!(output.status.code(), Some(130));
    let summary: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(summary["stopped"], true);
    let added = summary["added"].as_u64().expect("a count");
    assert!(added > 0, "{summary}");
    assert_eq!(desk.search(&[])["total"], added);
    let rest = desk.pipe(&["index", "-", "--json"], lines.join("\n").as_bytes());
    let rest = rest.json();
    assert_eq!(rest["unchanged"], added);
    assert_eq!(rest["added"], 2_000 - added);
}
