//! The texts of the sample corpus, roughly as they are read.

use std::fs;
use std::path::{Path, PathBuf};

/// Titles and bodies of all articles.
pub(crate) fn texts() -> Vec<(String, String)> {
    let texts = texts_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus"));
    assert!(texts.len() > 40, "{} articles", texts.len());
    texts
}

/// Those of a folder: the first line and the rest of a text, the shortest and the longest string
/// of a record.
fn texts_of(folder: &Path) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut texts = Vec::new();
    for path in paths {
        if path.is_dir() {
            texts.extend(texts_of(&path));
            continue;
        }
        let extension = path.extension().and_then(|extension| extension.to_str());
        let content = fs::read_to_string(&path).unwrap();
        match extension {
            Some("txt" | "md") => {
                let (title, body) = content.split_once('\n').unwrap();
                texts.push((title.to_owned(), body.to_owned()));
            }
            Some("jsonl") => texts.extend(content.lines().map(|line| {
                let record: serde_json::Map<String, serde_json::Value> =
                    serde_json::from_str(line).unwrap_or_default();
                let mut strings: Vec<&str> = record
                    .values()
                    .filter_map(serde_json::Value::as_str)
                    .collect();
                strings.sort_by_key(|string| string.len());
                let [title, .., body] = strings.as_slice() else {
                    return (String::new(), line.to_owned());
                };
                ((*title).to_owned(), (*body).to_owned())
            })),
            _ => {}
        }
    }
    texts
}
