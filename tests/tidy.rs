//! Rules of the repository that no compiler knows: which crate may use which, how a source file
//! begins and how long it may be, and what licences dependencies may have.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{root, text};

/// Lines of a source file without its tests, at most.
const LINES_MAX: usize = 500;

/// The crates from bottom to top, each with those of ours that it may use.
const LAYERS: [(&str, &[&str]); 6] = [
    ("dateline-corpus", &[]),
    ("dateline-ingest", &["dateline-corpus"]),
    ("dateline-entities", &["dateline-corpus"]),
    (
        "dateline-indexer",
        &["dateline-corpus", "dateline-ingest", "dateline-entities"],
    ),
    ("dateline-query", &["dateline-corpus", "dateline-entities"]),
    (
        "dateline-cli",
        &[
            "dateline-corpus",
            "dateline-ingest",
            "dateline-entities",
            "dateline-indexer",
            "dateline-query",
        ],
    ),
];

/// The crates that may know the search engine. `dateline-corpus` has it behind a feature.
const WITH_TANTIVY: [&str; 3] = ["dateline-corpus", "dateline-indexer", "dateline-query"];
/// The crates that may switch that feature on.
const WITH_SCHEMA: [&str; 3] = ["dateline-indexer", "dateline-query", "dateline-cli"];

#[test]
fn dependencies_point_down_only() {
    let manifests = manifests();
    let layers = BTreeMap::from(LAYERS);
    let names: BTreeSet<_> = manifests.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        layers.keys().copied().collect(),
        "every crate has its place in the layers"
    );
    for (name, manifest) in &manifests {
        for (table, dependency, _) in dependencies(manifest) {
            if dependency.starts_with("dateline-") {
                let allowed = layers[name.as_str()].contains(&dependency.as_str());
                assert!(allowed, "{name} must not use {dependency} ({table})");
            }
        }
    }
}

#[test]
fn only_those_who_may_know_the_search_engine() {
    for (name, manifest) in manifests() {
        for (table, dependency, value) in dependencies(&manifest) {
            // The benchmarks measure against tantivy alone.
            let bench = name == "dateline-cli" && table == "dev-dependencies";
            let may = WITH_TANTIVY.contains(&name.as_str()) || bench;
            assert!(
                dependency != "tantivy" || may,
                "{name} must not use tantivy ({table})"
            );
            let features = value.get("features").and_then(toml::Value::as_array);
            let schema =
                features.is_some_and(|list| list.iter().any(|f| f.as_str() == Some("schema")));
            let may = WITH_SCHEMA.contains(&name.as_str());
            assert!(!schema || may, "{name} must not use the schema ({table})");
        }
        if name == "dateline-corpus" {
            let tantivy = &manifest["dependencies"]["tantivy"];
            assert_eq!(tantivy.get("optional"), Some(&toml::Value::Boolean(true)));
            assert!(
                manifest["features"].get("default").is_none(),
                "tantivy is off by default"
            );
        }
    }
    let workspace: toml::Table = parse(&root().join("Cargo.toml"));
    let corpus = &workspace["workspace"]["dependencies"]["dateline-corpus"];
    assert!(
        corpus.get("features").is_none(),
        "each crate asks for the schema by itself"
    );
}

/// A field of an engine's type in a public value would make the engine part of the interface.
#[test]
fn requests_and_responses_name_no_engine() {
    for file in [
        "query/src/request.rs",
        "query/src/response.rs",
        "corpus/src/record.rs",
    ] {
        let code = fs::read_to_string(root().join("crates").join(file)).expect("it is there");
        assert!(!code.contains("tantivy"), "{file} names tantivy");
    }
}

#[test]
fn every_source_file_opens_with_its_header() {
    for path in sources() {
        let code = fs::read_to_string(&path).expect("UTF-8");
        let has_header = code.starts_with("//! ") && code.lines().next() != Some("//! ");
        assert!(
            has_header,
            "{} does not open with a `//!` header",
            path.display()
        );
    }
}

#[test]
fn source_files_stay_short() {
    let is_test = |path: &Path| {
        path.iter()
            .any(|part| part == "tests" || part == "tests.rs")
    };
    let root = root();
    for path in sources() {
        if path.strip_prefix(&root).is_ok_and(is_test) {
            continue;
        }
        let code = fs::read_to_string(&path).expect("UTF-8");
        let end = code.find("#[cfg(test)]\nmod tests").unwrap_or(code.len());
        let lines = code[..end].lines().count();
        assert!(
            lines <= LINES_MAX,
            "{} has {lines} lines without its tests",
            path.display()
        );
    }
}

#[test]
fn no_test_is_ignored_and_no_crate_allows_unsafe_code() {
    // Put together here, so that this file does not hold what it looks for.
    let forbidden = [
        ["#[", "ignore"].concat(),
        ["allow(", "unsafe_code"].concat(),
    ];
    for path in sources() {
        let code = fs::read_to_string(&path).expect("UTF-8");
        for words in &forbidden {
            assert!(!code.contains(words), "{} has `{words}`", path.display());
        }
    }
    for (name, manifest) in manifests() {
        let lints = manifest
            .get("lints")
            .and_then(|lints| lints.get("workspace"));
        assert_eq!(
            lints,
            Some(&toml::Value::Boolean(true)),
            "{name} takes the workspace's lints"
        );
    }
}

#[test]
fn licences_of_dependencies_are_on_the_list() {
    let deny: toml::Table = parse(&root().join("deny.toml"));
    let list = deny["licenses"]["allow"]
        .as_array()
        .expect("a list of licences");
    let allowed: BTreeSet<&str> = list.iter().filter_map(toml::Value::as_str).collect();
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 50, "{} packages", packages.len());
    for package in packages {
        let name = text(&package["name"]);
        let licence = package["license"].as_str();
        let licence = licence.unwrap_or_else(|| panic!("{name} states no licence"));
        assert!(is_allowed(licence, &allowed), "{name} is under {licence}");
    }
}

#[test]
fn licence_expressions_are_read_as_spdx_means_them() {
    let allowed = BTreeSet::from(["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"]);
    for (licence, expected) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT OR GPL-3.0-only", true),
        ("MIT/GPL-3.0-only", true),
        ("MIT AND GPL-3.0-only", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MIT AND (GPL-2.0 OR Unicode-3.0)", true),
        ("GPL-2.0 OR MIT AND GPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ("Apache-2.0", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(licence, &allowed), expected, "{licence}");
    }
}

/// Whether an SPDX expression can be met with the licences of the list. AND binds tighter
/// than OR; `/` is how crates wrote OR before they wrote SPDX.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let result = either(&tokens, &mut at, allowed);
    result && at == tokens.len()
}

fn either(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut result = both(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        result |= both(tokens, at, allowed);
    }
    result
}

fn both(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut result = one(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        result &= one(tokens, at, allowed);
    }
    result
}

fn one(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let Some(&token) = tokens.get(*at) else {
        return false;
    };
    *at += 1;
    if token == "(" {
        let result = either(tokens, at, allowed);
        *at += 1;
        return result;
    }
    if tokens.get(*at) == Some(&"WITH") {
        let exception = tokens.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return allowed.contains(format!("{token} WITH {exception}").as_str());
    }
    allowed.contains(token)
}

/// The manifests of the workspace's crates by package name.
fn manifests() -> BTreeMap<String, toml::Table> {
    let crates = fs::read_dir(root().join("crates")).expect("crates");
    let manifest = |entry: std::io::Result<fs::DirEntry>| {
        let dir = entry.expect("an entry").path();
        let manifest: toml::Table = parse(&dir.join("Cargo.toml"));
        let name = manifest["package"]["name"]
            .as_str()
            .expect("a name")
            .to_owned();
        let folder = dir
            .file_name()
            .and_then(|name| name.to_str())
            .expect("UTF-8");
        assert_eq!(name, format!("dateline-{folder}"));
        (name, manifest)
    };
    crates.map(manifest).collect()
}

/// All dependencies of a manifest, whatever table they stand in: the table, the name, the value.
fn dependencies(manifest: &toml::Table) -> Vec<(String, String, toml::Value)> {
    let mut found = Vec::new();
    for (key, value) in manifest {
        let Some(table) = value.as_table() else {
            continue;
        };
        if key.ends_with("dependencies") {
            let entries = table.iter();
            found.extend(entries.map(|(name, value)| (key.clone(), name.clone(), value.clone())));
        } else if key == "target" {
            found.extend(
                table
                    .values()
                    .filter_map(toml::Value::as_table)
                    .flat_map(dependencies),
            );
        }
    }
    found
}

/// Every source file of the repository.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let folders = [
        "crates",
        "tests",
        "benches",
        "examples",
        "fuzz/src",
        "fuzz/fuzz_targets",
    ];
    let folders = folders.map(|folder| root().join(folder));
    for folder in folders.iter().filter(|folder| folder.exists()) {
        collect(folder, &mut found);
    }
    assert!(found.len() > 40, "{} source files", found.len());
    found
}

fn collect(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// What cargo knows of the dependencies of this platform: those of others need not be on the
/// disk, and a test does not go and fetch them. `cargo deny` looks at all platforms.
fn metadata() -> Value {
    let version = run(Command::new("rustc").arg("-vV"));
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("a host");
    let arguments = ["metadata", "--offline", "--locked", "--format-version", "1"];
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .args(["--filter-platform", host])
        .current_dir(root());
    serde_json::from_str(&run(&mut command)).expect("JSON")
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn parse(path: &Path) -> toml::Table {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
