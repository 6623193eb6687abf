//! What editors of 1987 said an article is about: JSON Lines with `title`, `body` and `people` as
//! slugs such as `james-baker` or `du-plessis`.
//!
//! Editors tagged the people an article turns on, so that only their recall is meaningful: a slug
//! is found when the last words of some person's name are the slug's words.

use std::path::Path;

use anyhow::{Context, Result};
use dateline_corpus::{Analyser, EntityKind, Language};
use dateline_entities::{Extractor, people, resolve};
use serde_json::Value;

use crate::score::share;

pub(crate) fn measure(extractor: &Extractor, path: &Path, errors: usize) -> Result<()> {
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut analyser = Analyser::new();
    let (mut named, mut found) = (0, 0);
    let mut missed = Vec::new();
    for line in content.lines() {
        let article: Value = serde_json::from_str(line)?;
        let text = |field: &str| article[field].as_str().unwrap_or_default();
        let slugs: Vec<&str> = strings(&article["people"]).collect();
        if slugs.is_empty() {
            continue;
        }
        let analysed = analyser.analyse_parts(text("title"), text("body"), Some(Language::ENGLISH));
        let entities = resolve(&analysed, extractor.extract(&analysed));
        let keys: Vec<String> = entities
            .iter()
            .filter(|entity| entity.kind == EntityKind::Person)
            .map(|entity| people::person_key(&entity.name))
            .collect();
        for slug in slugs {
            named += 1;
            if keys.iter().any(|key| is_named(key, slug)) {
                found += 1;
            } else {
                missed.push(format!(
                    "{slug} in {} {}: {keys:?}",
                    text("id"),
                    text("title")
                ));
            }
        }
    }
    println!(
        "people of Reuters        R {:5.1}  ({found} of {named})",
        share(found, named)
    );
    for line in missed.iter().take(errors * 20) {
        println!("        {line}");
    }
    Ok(())
}

/// Whether a person's key ends in the words of a slug, titles aside: `king-fahd`.
fn is_named(key: &str, slug: &str) -> bool {
    let slug = people::person_key(&slug.replace('-', " "));
    key == slug
        || key
            .strip_suffix(slug.as_str())
            .is_some_and(|rest| rest.ends_with(' '))
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}
