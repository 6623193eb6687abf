//! What editors of 1987 said an article is about: JSON Lines with `title`, `dateline`, `body`,
//! `people` and `places` as slugs such as `james-baker`, `du-plessis` or `west-germany`.
//!
//! Editors tagged the people an article turns on, so that only their recall is meaningful: a slug
//! is found when the last words of some person's name are the slug's words.
//!
//! Places are compared with the countries that an article of 60 words or more is about. States
//! that are no more count as the country that the table takes for their successor. The weights
//! of salience were tuned on the articles with even ids, so that odd ones are shown apart.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use dateline_corpus::{Analyser, CountryCode, Entity, EntityKind, Language};
use dateline_entities::{Extractor, countries, people, resolve};
use serde_json::Value;

use crate::score::{Score, share};

/// Shorter articles are headlines and tables, of which many have no place.
const WORDS_MIN: usize = 60;

pub(crate) fn measure(extractor: &Extractor, path: &Path, errors: usize) -> Result<()> {
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut analyser = Analyser::new();
    let (mut named, mut found) = (0, 0);
    let mut missed = Vec::new();
    let mut places = Places::default();
    for line in content.lines() {
        let article: Value = serde_json::from_str(line)?;
        let text = |field: &str| article[field].as_str().unwrap_or_default();
        let slugs: Vec<&str> = strings(&article["people"]).collect();
        let body = format!("{} {}", text("dateline"), text("body"));
        let analysed = analyser.analyse_parts(text("title"), &body, Some(Language::ENGLISH));
        let entities = resolve(&analysed, extractor.extract(&analysed));
        if text("body").split_whitespace().count() >= WORDS_MIN {
            places.add(&article, &entities)?;
        }
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
    places.print(errors);
    Ok(())
}

/// The countries that articles are about, against the editors'.
#[derive(Default)]
struct Places {
    /// Even ids, odd ids; with the United States, without.
    scores: [[Score; 2]; 2],
    differences: Vec<String>,
}

impl Places {
    fn add(&mut self, article: &Value, entities: &[Entity]) -> Result<()> {
        let about = entities.iter().filter(|entity| entity.about.is_some());
        let countries = about.filter(|entity| entity.kind == EntityKind::Country);
        let mut found: BTreeSet<String> = countries.map(|entity| entity.key.clone()).collect();
        let code = |slug| country(slug).with_context(|| format!("unknown place {slug}"));
        let mut wanted: BTreeSet<String> = strings(&article["places"])
            .map(|slug| Ok(code(slug)?.to_string()))
            .collect::<Result<_>>()?;
        let text = |field: &str| article[field].as_str().unwrap_or_default();
        let scores = &mut self.scores[usize::from(text("id").ends_with(['1', '3', '5', '7', '9']))];
        let (missed, excess) = scores[0].add(&wanted, &found);
        if !missed.is_empty() || !excess.is_empty() {
            self.differences.push(format!(
                "{} {}: missed {missed:?}, excess {excess:?}",
                text("id"),
                text("title")
            ));
        }
        wanted.remove("US");
        found.remove("US");
        scores[1].add(&wanted, &found);
        Ok(())
    }

    fn print(&self, errors: usize) {
        for (without, what) in ["places", "places but usa"].into_iter().enumerate() {
            let [even, odd] = [&self.scores[0][without], &self.scores[1][without]];
            let mut all = Score::default();
            for score in [even, odd] {
                all.right += score.right;
                all.missed += score.missed;
                all.excess += score.excess;
            }
            all.print(&format!("{what} of Reuters"));
            even.print("  even ids (tuned on)");
            odd.print("  odd ids");
        }
        for line in self.differences.iter().take(errors * 20) {
            println!("        {line}");
        }
    }
}

/// The country of a slug.
fn country(slug: &str) -> Option<CountryCode> {
    let name = match slug {
        "usa" | "uk" | "uae" | "ussr" => slug.to_uppercase(),
        "yemen-demo-republic" => "south yemen".to_owned(),
        _ => slug.replace('-', " "),
    };
    countries::lookup(&name)
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
