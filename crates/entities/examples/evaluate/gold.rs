//! People and countries of articles that a reader has marked.
//!
//! `gold.json` maps articles (a path below the folder, `#N` for line N of a JSON Lines file) to
//! `{"persons":[{"name"}],"countries":[{"code"}],"authors":[…]}`. What was missed and found in
//! excess is printed for each article. People are compared by `person_key`; authors are neither
//! right nor wrong. Articles are read as they lie: front matter and markup are cut off, publishing
//! lines are not.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use dateline_corpus::{Analyser, Entity, EntityKind, Language};
use dateline_entities::{Extractor, people, resolve};
use serde_json::Value;

use crate::score::Score;

pub(crate) fn measure(extractor: &Extractor, folder: &Path, mentions: bool) -> Result<()> {
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("gold.json"))?)?;
    let mut analyser = Analyser::new();
    let (mut persons, mut countries) = (Score::default(), Score::default());
    for (path, marked) in gold.as_object().context("gold.json is no object")? {
        let (title, body, language) = read(folder, path)?;
        let mut analysed = analyser.analyse_parts(&title, &body, language);
        analysed.title_derived = title.is_empty();
        let entities = resolve(&analysed, extractor.extract(&analysed));
        if mentions {
            print_entities(&entities, path);
        }
        let keys = |kind: EntityKind| entities.iter().filter(move |entity| entity.kind == kind);
        let authors = strings(&marked["authors"], None, people::person_key);
        let found: BTreeSet<String> = keys(EntityKind::Person)
            .map(|entity| people::person_key(&entity.name))
            .filter(|key| !authors.contains(key))
            .collect();
        let wanted = strings(&marked["persons"], Some("name"), people::person_key);
        add(&mut persons, path, "persons", &wanted, &found);
        let found = keys(EntityKind::Country)
            .map(|entity| entity.key.clone())
            .collect();
        let wanted = strings(&marked["countries"], Some("code"), str::to_owned);
        add(&mut countries, path, "countries", &wanted, &found);
    }
    persons.print("persons of gold.json");
    countries.print("countries of gold.json");
    Ok(())
}

fn add(
    score: &mut Score,
    path: &str,
    what: &str,
    wanted: &BTreeSet<String>,
    found: &BTreeSet<String>,
) {
    let (missed, excess) = score.add(wanted, found);
    if !missed.is_empty() || !excess.is_empty() {
        println!("{path} {what}: missed {missed:?}, excess {excess:?}");
    }
}

fn print_entities(entities: &[Entity], path: &str) {
    for entity in entities {
        println!(
            "{path}\t{:?}\t{}\t{}",
            entity.kind,
            entity.name,
            entity.mentions.len()
        );
    }
}

fn strings(list: &Value, field: Option<&str>, key: impl Fn(&str) -> String) -> BTreeSet<String> {
    let items = list.as_array().into_iter().flatten();
    let texts = items.filter_map(|item| field.map_or(item, |field| &item[field]).as_str());
    texts.map(key).collect()
}

/// Title, body and declared language of an article.
fn read(folder: &Path, path: &str) -> Result<(String, String, Option<Language>)> {
    let (file, line) = match path.split_once('#') {
        Some((file, line)) => (file, Some(line.parse::<usize>()?)),
        None => (path, None),
    };
    let text = std::fs::read_to_string(folder.join(file))?;
    if let Some(line) = line {
        let record: Value = serde_json::from_str(text.lines().nth(line - 1).unwrap_or_default())?;
        let field = |names: &[&str]| {
            let found = names.iter().find_map(|name| record[*name].as_str());
            found.unwrap_or_default().to_owned()
        };
        let body = field(&["body", "text", "content", "maintext", "article_body"]);
        let body = if body.contains("<p>") {
            without_tags(&body)
        } else {
            body
        };
        return Ok((
            field(&["title", "headline"]),
            body,
            Language::from_tag(&field(&["lang", "language"])),
        ));
    }
    let Some((matter, body)) = text
        .strip_prefix("---\n")
        .and_then(|text| text.split_once("\n---\n"))
    else {
        return Ok((String::new(), text.replace('\r', ""), None));
    };
    let field = |name: &str| {
        let line = matter.lines().find_map(|line| line.strip_prefix(name));
        line.map(|value| value.trim().trim_matches('"').to_owned())
    };
    let language = field("lang:")
        .or_else(|| field("language:"))
        .and_then(|tag| Language::from_tag(&tag));
    Ok((
        field("title:").unwrap_or_default(),
        body.to_owned(),
        language,
    ))
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        if tag.starts_with("/p") || tag.starts_with("br") {
            out.push('\n');
        }
        out.push_str(text);
    }
    out
}
