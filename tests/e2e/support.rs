//! A directory with news and an index, the binary that works on them, and the sample corpus.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// A directory of its own that commands run in; it vanishes with the value.
pub(crate) struct Desk {
    dir: TempDir,
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    /// An empty directory.
    pub(crate) fn new() -> Desk {
        Desk {
            dir: TempDir::new().expect("a temporary directory"),
        }
    }

    /// A directory with a copy of the sample corpus in `news`, indexed.
    pub(crate) fn with_corpus() -> Desk {
        let desk = Desk::new();
        copy(&corpus(), &desk.path("news"));
        desk.dateline(&["index", "news"]).succeeds();
        desk
    }

    /// A path in the directory.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Writes a file, and the folders it is in.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
        fs::write(path, content).expect("the file is written");
    }

    /// The binary, set to run in the directory and to know nothing of the world around it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .stdin(Stdio::null());
        for variable in [
            "DATELINE_INDEX",
            "COLUMNS",
            "NO_COLOR",
            "CLICOLOR",
            "CLICOLOR_FORCE",
        ] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the binary.
    pub(crate) fn dateline(&self, arguments: &[&str]) -> Run {
        finish(&mut self.command(arguments))
    }

    /// Runs the binary with something on its standard input.
    pub(crate) fn pipe(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = self.start(arguments);
        child
            .stdin
            .take()
            .expect("a pipe")
            .write_all(input)
            .expect("it reads its input");
        Run::of(child.wait_with_output().expect("it ends"))
    }

    /// Starts the binary with its standard input open.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().expect("the binary starts")
    }

    /// Runs `dateline index … --json` and returns its summary.
    pub(crate) fn index(&self, arguments: &[&str]) -> Summary {
        let run = self.dateline(&[&["index", "--json"], arguments].concat());
        Summary::of(&run)
    }

    /// Runs `dateline search … --json` and returns the response.
    pub(crate) fn search(&self, arguments: &[&str]) -> Value {
        self.dateline(&[&["search", "--json"], arguments].concat())
            .json()
    }

    /// The titles that `dateline search …` finds, in order.
    pub(crate) fn titles(&self, arguments: &[&str]) -> Vec<String> {
        let response = self.search(arguments);
        let hits = response["hits"].as_array().expect("hits");
        hits.iter().map(|hit| text(&hit["title"])).collect()
    }
}

impl Run {
    fn of(output: std::process::Output) -> Run {
        let run = Run {
            status: output.status.code().expect("it was not killed"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        };
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        run
    }

    /// Asserts that something was found and that there is nothing to complain about.
    pub(crate) fn succeeds(self) -> Run {
        assert_eq!(
            (self.status, self.stderr.as_str()),
            (0, ""),
            "{}",
            self.stdout
        );
        self
    }

    /// Asserts an exit status and that nothing was printed but a message with these words.
    pub(crate) fn fails(&self, status: i32, message: &str) {
        assert_eq!(
            (self.status, self.stdout.as_str()),
            (status, ""),
            "{}",
            self.stderr
        );
        assert!(
            self.stderr.contains(message),
            "no `{message}` in:\n{}",
            self.stderr
        );
    }

    /// The one line of JSON it printed.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(
            self.stdout.matches('\n').count(),
            1,
            "{}{}",
            self.stdout,
            self.stderr
        );
        serde_json::from_str(&self.stdout).expect("JSON")
    }
}

/// What `dateline index --json` printed.
#[derive(Debug, PartialEq)]
pub(crate) struct Summary {
    /// Articles added, updated, unchanged, removed.
    pub(crate) counts: [u64; 4],
    /// File name, record and reason of each skip.
    pub(crate) skipped: Vec<(String, Option<u64>, String)>,
}

impl Summary {
    fn of(run: &Run) -> Summary {
        let json = run.json();
        let count = |name: &str| json[name].as_u64().expect("a count");
        let skips = json["skipped"].as_array().expect("a list");
        let skip = |skip: &Value| {
            let path = text(&skip["path"]);
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            (name, skip["record"].as_u64(), text(&skip["reason"]))
        };
        Summary {
            counts: ["added", "updated", "unchanged", "removed"].map(count),
            skipped: skips.iter().map(skip).collect(),
        }
    }

    /// Asserts that nothing was skipped and how many were added, updated, unchanged, removed.
    pub(crate) fn is(&self, counts: [u64; 4]) {
        assert_eq!(
            (self.counts, self.skipped.len()),
            (counts, 0),
            "{:?}",
            self.skipped
        );
    }
}

/// The sample corpus, indexed once for all tests that only read.
pub(crate) struct Sample {
    pub(crate) desk: Desk,
    /// Every article as `dateline show --json` prints it, by its key in `gold.json`.
    pub(crate) articles: BTreeMap<String, Value>,
}

impl Sample {
    /// The articles that `dateline search …` finds, in order, as keys of the sample corpus.
    pub(crate) fn found(&self, arguments: &[&str]) -> Vec<String> {
        let response = self.desk.search(arguments);
        let hits = response["hits"].as_array().expect("hits");
        let key = |hit: &Value| {
            let same = self
                .articles
                .iter()
                .find(|(_, article)| article["id"] == hit["id"]);
            same.expect("an article of the corpus").0.clone()
        };
        hits.iter().map(key).collect()
    }
}

/// The sample corpus as an index.
pub(crate) fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let desk = Desk { dir: scratch() };
        let corpus = corpus();
        desk.dateline(&["index", corpus.to_str().expect("UTF-8")])
            .succeeds();
        let found = desk.search(&["--limit", "1000"]);
        let hits = found["hits"].as_array().expect("hits");
        let article = |hit: &Value| {
            let shown = desk.dateline(&["show", &text(&hit["id"]), "--json"]).json();
            (key(&shown, &corpus), shown)
        };
        let articles = hits.iter().map(article).collect();
        Sample { desk, articles }
    })
}

/// The folder of the sample articles.
pub(crate) fn corpus() -> PathBuf {
    root()
        .join("tests/corpus")
        .canonicalize()
        .expect("the sample corpus")
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the repository")
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Run {
    Run::of(command.output().expect("the binary starts"))
}

/// A JSON string.
pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no string"))
        .to_owned()
}

/// A JSON list of strings.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(text).collect()
}

/// The key of an article in `gold.json`: the path below the corpus, with `#N` for a record.
fn key(article: &Value, corpus: &Path) -> String {
    let path = text(&article["path"]);
    let path = Path::new(&path)
        .strip_prefix(corpus)
        .expect("below the corpus");
    let path = path.to_str().expect("UTF-8");
    match article["record"].as_u64() {
        Some(record) => format!("{path}#{record}"),
        None => path.to_owned(),
    }
}

/// A directory for a value that lives as long as the process and is never dropped: inside the
/// build directory, emptied by the run that comes next.
fn scratch() -> TempDir {
    let parent = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample");
    let _ = fs::remove_dir_all(&parent);
    fs::create_dir_all(&parent).expect("folders are made");
    TempDir::new_in(parent).expect("a temporary directory")
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders are made");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the file is copied");
        }
    }
}
