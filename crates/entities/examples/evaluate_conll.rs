//! Measures the tagger on annotated articles: precision, recall and F1 of exact spans by kind,
//! and the most frequent shapes of errors.
//!
//! `cargo run --release -p dateline-entities --example evaluate_conll -- PATH…`

mod conll;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use dateline_corpus::EntityKind;
use dateline_corpus::analysis::Analyser;
use dateline_entities::tagger::Model;

fn main() -> Result<()> {
    let mut paths = Vec::new();
    let mut model = None;
    let mut examples = 0;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--model" => {
                let path = args.next().context("--model needs a file")?;
                model = Some(Model::from_bytes(&std::fs::read(path)?)?);
            }
            "--errors" => examples = args.next().context("--errors needs a number")?.parse()?,
            path => files(Path::new(path), &mut paths)?,
        }
    }
    let model = model.as_ref().unwrap_or_else(|| Model::shipped());
    let mut scores = Scores::default();
    let mut analyser = Analyser::new();
    for path in &paths {
        for article in conll::read(path)? {
            let analysed = article.analyse(&mut analyser);
            let start = Instant::now();
            let spans = model.tag(&analysed);
            scores.spent += start.elapsed();
            scores.tokens += analysed.body.tokens.len();
            let found: Vec<Name> = spans
                .into_iter()
                .map(|span| {
                    (
                        conll::trimmed(&article.text, span.bytes(&analysed)),
                        span.kind,
                    )
                })
                .collect();
            let gold: Vec<Name> = article
                .names
                .iter()
                .map(|(bytes, kind)| (conll::trimmed(&article.text, bytes.clone()), *kind))
                .collect();
            scores.add(&article.text, &gold, &found);
        }
    }
    scores.print(examples);
    Ok(())
}

type Name = (Range<usize>, EntityKind);

fn files(path: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(path)
            .with_context(|| path.display().to_string())?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        entries.sort();
        paths.extend(entries);
    } else {
        paths.push(path.to_owned());
    }
    Ok(())
}

#[derive(Default)]
struct Scores {
    /// Right, found, gold.
    kinds: BTreeMap<EntityKind, [usize; 3]>,
    /// Time taken by the tagger alone, and the tokens it read.
    spent: Duration,
    tokens: usize,
    /// Shapes of errors with examples.
    errors: HashMap<String, Vec<String>>,
}

impl Scores {
    fn add(&mut self, text: &str, gold: &[Name], found: &[Name]) {
        for name in gold {
            self.kinds.entry(name.1).or_default()[2] += 1;
            if !found.contains(name) {
                let meets = found.iter().find(|other| overlap(&other.0, &name.0));
                self.error(text, Some(name), meets);
            }
        }
        for name in found {
            let counts = self.kinds.entry(name.1).or_default();
            counts[1] += 1;
            counts[0] += usize::from(gold.contains(name));
            if !gold.iter().any(|other| overlap(&other.0, &name.0)) {
                self.error(text, None, Some(name));
            }
        }
    }

    fn error(&mut self, text: &str, gold: Option<&Name>, found: Option<&Name>) {
        let shape = match (gold, found) {
            (Some((gold, kind)), Some((found, other))) if gold == found => {
                format!("{kind:?} taken for {other:?}")
            }
            (Some((gold, kind)), Some((found, other))) => {
                let edge = |ours: usize, theirs: usize| match ours.cmp(&theirs) {
                    std::cmp::Ordering::Less => "early",
                    std::cmp::Ordering::Equal => "right",
                    std::cmp::Ordering::Greater => "late",
                };
                format!(
                    "{kind:?} as {other:?}, begins {}, ends {}",
                    edge(found.start, gold.start),
                    edge(found.end, gold.end)
                )
            }
            (Some((_, kind)), None) => format!("{kind:?} missed"),
            (None, Some((_, kind))) => format!("{kind:?} invented"),
            (None, None) => return,
        };
        let show = |name: Option<&Name>| name.map_or("∅", |(bytes, _)| &text[bytes.clone()]);
        let centre = gold.or(found).map_or(0..0, |name| name.0.clone());
        let from = text.floor_char_boundary(centre.start.saturating_sub(30));
        let to = text.ceil_char_boundary((centre.end + 30).min(text.len()));
        let line = format!(
            "{} → {}   …{}…",
            show(gold),
            show(found),
            text[from..to].replace('\n', "⏎")
        );
        self.errors.entry(shape).or_default().push(line);
    }

    fn print(&self, examples: usize) {
        for (kind, [right, found, gold]) in &self.kinds {
            let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
            println!(
                "{kind:13?} P {:5.1} R {:5.1} F1 {:5.1}  ({right} right of {found} found, {gold} in gold)",
                share(*right, *found),
                share(*right, *gold),
                share(2 * right, found + gold),
            );
        }
        let rate = self.tokens as f64 / self.spent.as_secs_f64();
        println!(
            "{} tokens tagged at {:.2} million a second",
            self.tokens,
            rate / 1e6
        );
        let mut errors: Vec<_> = self.errors.iter().collect();
        errors.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
        for (shape, lines) in errors.into_iter().take(20) {
            if examples > 0 {
                println!("{:5} {shape}", lines.len());
            }
            let step = (lines.len() / examples.max(1)).max(1);
            for line in lines.iter().step_by(step).take(examples) {
                println!("        {line}");
            }
        }
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
