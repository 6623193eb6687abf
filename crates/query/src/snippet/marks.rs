//! Marks what made an article match: the same expressions that found it, looked for among the
//! words of its text.

use std::ops::Range;

use dateline_corpus::analysis::{LEAD_WORDS, Text, terms};
use dateline_corpus::{Analysed, Entity, EntityKind, Part};
use rustc_hash::FxHashMap;
use tantivy::query::Query;

use crate::QueryError;
use crate::matching::expr::{Place, Within};
use crate::matching::{Finder, Positions, TextQuery};

/// What an article has to have, as far as it can be marked: the plan of a query once more, with
/// marks in place of scores.
#[derive(Debug)]
pub(crate) enum Pattern {
    /// An expression; all words of its occurrences are marked.
    Text(TextQuery),
    /// An entity; its mentions are marked.
    Mentions {
        /// Of which kind.
        kind: EntityKind,
        /// The names it has in corrected articles, of which one suffices.
        keys: Vec<String>,
    },
    /// All of these, or nothing of them is marked.
    All(Vec<Pattern>),
    /// One of these; those that the article has are marked.
    Any(Vec<Pattern>),
    /// Not this.
    Not(Box<Pattern>),
    /// The articles that a query finds by what is not in their text.
    Filter(Box<dyn Query>),
}

/// Bytes of a text that are part of a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) bytes: Range<usize>,
    /// The word of the query, or its entity.
    pub(crate) number: usize,
}

/// The marks of an article, each part's in order.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(crate) title: Vec<Mark>,
    pub(crate) body: Vec<Mark>,
}

/// A pattern that is ready to be looked for in one article after another.
pub(crate) struct Marker {
    root: Step,
    /// The words of the pattern that a term stands for.
    words: FxHashMap<String, Vec<usize>>,
    /// Words and entities of the pattern.
    count: usize,
    names_entities: bool,
}

enum Step {
    Text {
        finder: Box<Finder>,
        places: Vec<Place>,
        occurrences_min: u32,
        /// The number of the expression's first word.
        first_word: usize,
    },
    Mentions {
        kind: EntityKind,
        keys: Vec<String>,
        number: usize,
    },
    All(Vec<Step>),
    Any(Vec<Step>),
    Not(Box<Step>),
    Filter(Box<dyn Query>),
}

/// Tells whether a query finds the article.
type IsFoundBy<'a> = &'a dyn Fn(&dyn Query) -> tantivy::Result<bool>;

/// An article while it is marked.
struct Article<'a> {
    analysed: &'a Analysed<'a>,
    entities: &'a [Entity],
    /// For each word its positions in the title and in the body.
    title: Vec<Vec<u32>>,
    body: Vec<Vec<u32>>,
    is_found_by: IsFoundBy<'a>,
}

impl Marker {
    /// Of a pattern.
    pub(crate) fn new(pattern: Pattern) -> Marker {
        let mut marker = Marker {
            root: Step::All(Vec::new()),
            words: FxHashMap::default(),
            count: 0,
            names_entities: false,
        };
        marker.root = marker.step(pattern);
        marker
    }

    fn step(&mut self, pattern: Pattern) -> Step {
        let mut steps = |patterns: Vec<Pattern>| {
            let patterns = patterns.into_iter();
            patterns.map(|pattern| self.step(pattern)).collect()
        };
        match pattern {
            Pattern::All(patterns) => Step::All(steps(patterns)),
            Pattern::Any(patterns) => Step::Any(steps(patterns)),
            Pattern::Not(pattern) => Step::Not(Box::new(self.step(*pattern))),
            Pattern::Filter(query) => Step::Filter(query),
            Pattern::Mentions { kind, keys } => {
                self.names_entities = true;
                self.count += 1;
                Step::Mentions {
                    kind,
                    keys,
                    number: self.count - 1,
                }
            }
            Pattern::Text(query) => {
                let first_word = self.count;
                query.expr.each_word(&mut |word| {
                    for term in &word.terms {
                        let words = self.words.entry(term.term.clone()).or_default();
                        words.push(self.count);
                    }
                    self.count += 1;
                });
                Step::Text {
                    finder: Box::new(Finder::new(&query.expr, &|_| 0)),
                    places: query.places,
                    occurrences_min: query.occurrences_min,
                    first_word,
                }
            }
        }
    }

    /// The marks of an article; `None` when the pattern does not match it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn mark(
        &mut self,
        analysed: &Analysed<'_>,
        entities: &[Entity],
        is_found_by: IsFoundBy<'_>,
    ) -> Result<Option<Marks>, QueryError> {
        let article = Article {
            analysed,
            entities,
            title: self.positions(&analysed.title),
            body: self.positions(&analysed.body),
            is_found_by,
        };
        let mut marks = Marks::default();
        if !self.root.mark(&article, &mut marks)? {
            return Ok(None);
        }
        for (text, marks) in [
            (&analysed.title, &mut marks.title),
            (&analysed.body, &mut marks.body),
        ] {
            // Spans of mentions were stored; a text they do not fit is not worth a panic.
            marks.retain(|mark| text.text.get(mark.bytes.clone()).is_some());
            marks.sort_by_key(|mark| (mark.bytes.start, mark.bytes.end, mark.number));
            marks.dedup();
        }
        Ok(Some(marks))
    }

    /// Whether mentions of entities are marked.
    pub(crate) fn names_entities(&self) -> bool {
        self.names_entities
    }

    /// Where each word of the pattern stands in a text.
    fn positions(&self, text: &Text<'_>) -> Vec<Vec<u32>> {
        let mut positions = vec![Vec::new(); self.count];
        if self.words.is_empty() {
            return positions;
        }
        for (position, term) in terms::decode(text.terms()) {
            for &word in self.words.get(term).into_iter().flatten() {
                let positions: &mut Vec<u32> = &mut positions[word];
                if positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
        }
        positions
    }
}

impl Step {
    /// Adds the marks of an article that matches, and tells whether it does.
    fn mark(&mut self, article: &Article<'_>, marks: &mut Marks) -> tantivy::Result<bool> {
        Ok(match self {
            Step::Text {
                finder,
                places,
                occurrences_min,
                first_word,
            } => {
                let before = (marks.title.len(), marks.body.len());
                let mut count = 0;
                for &place in places.iter() {
                    count += article.mark_text(finder, place, *first_word, marks);
                }
                let matches = count >= *occurrences_min;
                if !matches {
                    marks.truncate(before);
                }
                matches
            }
            Step::Mentions { kind, keys, number } => {
                article.mark_mentions(*kind, keys, *number, marks)
            }
            Step::All(steps) => {
                let before = (marks.title.len(), marks.body.len());
                for step in steps {
                    if !step.mark(article, marks)? {
                        marks.truncate(before);
                        return Ok(false);
                    }
                }
                true
            }
            Step::Any(steps) => {
                let mut matches = false;
                for step in steps {
                    matches |= step.mark(article, marks)?;
                }
                matches
            }
            Step::Not(step) => !step.mark(article, &mut Marks::default())?,
            Step::Filter(query) => (article.is_found_by)(query.as_ref())?,
        })
    }
}

impl Article<'_> {
    /// Marks the occurrences of an expression in a place, and tells their number.
    fn mark_text(
        &self,
        finder: &mut Finder,
        place: Place,
        first_word: usize,
        marks: &mut Marks,
    ) -> u32 {
        let (text, words, marks) = match place {
            Place::Title => (&self.analysed.title, &self.title, &mut marks.title),
            Place::Lead | Place::Body => (&self.analysed.body, &self.body, &mut marks.body),
        };
        let mut positions = InText {
            text,
            words: &words[first_word..],
            end: match place {
                Place::Lead => LEAD_WORDS as u32,
                Place::Title | Place::Body => u32::MAX,
            },
        };
        let count = finder.find(&mut positions, false).len();
        finder.each_position(&mut |word, position| {
            let token = text.tokens[position as usize];
            marks.push(Mark {
                bytes: token.start as usize..token.end as usize,
                number: first_word + word,
            });
        });
        count as u32
    }

    fn mark_mentions(
        &self,
        kind: EntityKind,
        keys: &[String],
        number: usize,
        marks: &mut Marks,
    ) -> bool {
        let entities = self.entities.iter();
        let named = entities.filter(|entity| entity.kind == kind && keys.contains(&entity.key));
        let mut matches = false;
        for entity in named {
            matches = true;
            for mention in &entity.mentions {
                let marks = match mention.part {
                    Part::Title => &mut marks.title,
                    Part::Body => &mut marks.body,
                };
                marks.push(Mark {
                    bytes: mention.start as usize..mention.end as usize,
                    number,
                });
            }
        }
        matches
    }
}

impl Marks {
    fn truncate(&mut self, (title, body): (usize, usize)) {
        self.title.truncate(title);
        self.body.truncate(body);
    }
}

/// The positions of an expression's words in one part of an article.
struct InText<'a> {
    text: &'a Text<'a>,
    words: &'a [Vec<u32>],
    /// Positions from here on count for nothing.
    end: u32,
}

impl Positions for InText<'_> {
    fn of_word(&mut self, word: usize, positions: &mut Vec<u32>) {
        positions.clear();
        let inside = self.words[word].iter();
        positions.extend(inside.take_while(|position| **position < self.end));
    }

    fn of_starts(&mut self, unit: Within, positions: &mut Vec<u32>) {
        positions.clear();
        let sentences = self.text.sentences.iter();
        let starts = sentences
            .filter(|sentence| unit == Within::Sentence || sentence.opens_paragraph)
            .map(|sentence| sentence.first);
        positions.extend(starts);
    }
}
