//! Exact spans by kind in annotated files, and the most frequent shapes of errors.
//!
//! Edges are compared without quotation marks, brackets and stops. Names of countries are places;
//! demonyms are none. Of nested names the outermost counts.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use dateline_corpus::{Analysed, Analyser, Cue, EntityKind, Mention, Part};
use dateline_entities::tagger::Model;
use dateline_entities::{Extractor, resolve};

use crate::conll::{self, Article};
use crate::pace::Pace;
use crate::score::{Score, share};
use crate::{Options, persons};

/// What is measured over all files.
pub(crate) struct Measure {
    tagger: Option<&'static Model>,
    analyser: Analyser,
    spans: Scores,
    persons: Score,
    person_errors: Vec<String>,
    pace: Pace,
}

impl Measure {
    pub(crate) fn new(options: &Options) -> Measure {
        Measure {
            tagger: options.tagger,
            analyser: Analyser::new(),
            spans: Scores::default(),
            persons: Score::default(),
            person_errors: Vec::new(),
            pace: Pace::default(),
        }
    }

    pub(crate) fn add(&mut self, extractor: &Extractor, articles: &[Article]) {
        for article in articles {
            let gold: Vec<Name> = article
                .names
                .iter()
                .map(|(bytes, kind)| (conll::trimmed(&article.text, bytes.clone()), *kind))
                .collect();
            let analysed = self.pace.analyse(&mut self.analyser, &article.text);
            let found = match self.tagger {
                Some(model) => tagged(model, article, &analysed),
                None => {
                    let mentions = self.pace.extract(|| extractor.extract(&analysed));
                    let entities = self.pace.extract(|| resolve(&analysed, mentions.clone()));
                    persons::add(
                        &mut self.persons,
                        &article.text,
                        &gold,
                        &entities,
                        &mut self.person_errors,
                    );
                    names(article, &mentions)
                }
            };
            self.spans.add(&article.text, &gold, &found);
        }
    }

    pub(crate) fn print(&self, errors: usize) {
        if self.spans.kinds.is_empty() {
            return;
        }
        self.spans.print();
        if self.tagger.is_none() {
            self.persons.print("persons per article");
            self.pace.print();
        }
        self.spans.print_errors(errors);
        let step = (self.person_errors.len() / (20 * errors).max(1)).max(1);
        for line in self.person_errors.iter().step_by(step).take(20 * errors) {
            println!("        {line}");
        }
    }
}

/// Bytes and kind of a name.
pub(crate) type Name = (Range<usize>, EntityKind);

fn tagged(model: &Model, article: &Article, analysed: &Analysed<'_>) -> Vec<Name> {
    let spans = model.tag(analysed).into_iter();
    spans
        .map(|span| {
            (
                conll::trimmed(&article.text, span.bytes(analysed)),
                span.kind,
            )
        })
        .collect()
}

fn names(article: &Article, mentions: &[Mention]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.part == Part::Body) {
        let kind = match (mention.kind, mention.cue) {
            (EntityKind::Country, Cue::Name) => EntityKind::Place,
            (EntityKind::Country, _) => continue,
            (kind, _) => kind,
        };
        let bytes = mention.start as usize..mention.end as usize;
        let name = (conll::trimmed(&article.text, bytes), kind);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[derive(Default)]
struct Scores {
    /// Right, found, gold.
    kinds: BTreeMap<EntityKind, [usize; 3]>,
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

    fn print(&self) {
        for (kind, [right, found, gold]) in &self.kinds {
            println!(
                "{:24} P {:5.1} R {:5.1} F1 {:5.1}  ({right} right of {found} found, {gold} in gold)",
                format!("{kind:?} spans"),
                share(*right, *found),
                share(*right, *gold),
                share(2 * right, found + gold),
            );
        }
    }

    fn print_errors(&self, examples: usize) {
        if examples == 0 {
            return;
        }
        let mut errors: Vec<_> = self.errors.iter().collect();
        errors.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
        for (shape, lines) in errors.into_iter().take(20) {
            println!("{:5} {shape}", lines.len());
            let step = (lines.len() / examples).max(1);
            for line in lines.iter().step_by(step).take(examples) {
                println!("        {line}");
            }
        }
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
