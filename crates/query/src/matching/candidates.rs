//! Which articles can have an occurrence of an expression: those that have its words, wherever
//! they stand. Positions are read of no others.

use tantivy::{DocId, TERMINATED};

use super::expr::Expr;
use super::postings::UnionPostings;

/// Walks the articles that have the words of an expression. Every call is handed the postings of
/// the words, numbered as [`Expr::each_word`] visits them.
pub(super) enum Candidates {
    Word(usize),
    Any {
        alternatives: Vec<Candidates>,
        doc: DocId,
    },
    /// The rarest first; none of them a conjunction.
    All {
        parts: Vec<Candidates>,
        doc: DocId,
    },
}

impl Candidates {
    /// Of an expression; goes to the first candidate.
    pub(super) fn new(expr: &Expr, words: &mut [UnionPostings]) -> Candidates {
        let mut candidates = Candidates::numbered(expr, words, &mut 0);
        candidates.seek(0, words);
        candidates
    }

    fn numbered(expr: &Expr, words: &[UnionPostings], next: &mut usize) -> Candidates {
        let mut word = || {
            *next += 1;
            Candidates::Word(*next - 1)
        };
        match expr {
            Expr::Word(_) => word(),
            Expr::Any(alternatives) => {
                let alternatives = alternatives.iter();
                Candidates::Any {
                    alternatives: alternatives
                        .map(|expr| Candidates::numbered(expr, words, next))
                        .collect(),
                    doc: 0,
                }
            }
            Expr::Phrase(phrase) => {
                let parts = phrase.words.iter().map(|_| word()).collect();
                Candidates::all(parts, words)
            }
            Expr::Near(near) => {
                let operands = near.operands.iter();
                let parts = operands.map(|expr| Candidates::numbered(expr, words, next));
                Candidates::all(parts.collect(), words)
            }
        }
    }

    fn all(parts: Vec<Candidates>, words: &[UnionPostings]) -> Candidates {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Candidates::All { parts, .. } => flat.extend(parts),
                part => flat.push(part),
            }
        }
        flat.sort_by_key(|part| part.cost(words));
        Candidates::All {
            parts: flat,
            doc: 0,
        }
    }

    pub(super) fn doc(&self, words: &[UnionPostings]) -> DocId {
        match self {
            Candidates::Word(word) => words[*word].doc(),
            Candidates::Any { doc, .. } | Candidates::All { doc, .. } => *doc,
        }
    }

    /// How many there are, about.
    pub(super) fn cost(&self, words: &[UnionPostings]) -> u64 {
        match self {
            Candidates::Word(word) => u64::from(words[*word].size_hint()),
            Candidates::Any { alternatives, .. } => {
                alternatives.iter().map(|part| part.cost(words)).sum()
            }
            Candidates::All { parts, .. } => {
                let costs = parts.iter().map(|part| part.cost(words));
                costs.min().unwrap_or(0)
            }
        }
    }

    /// Goes to the first candidate from `target` on.
    pub(super) fn seek(&mut self, target: DocId, words: &mut [UnionPostings]) -> DocId {
        match self {
            Candidates::Word(word) => words[*word].reach(target),
            Candidates::Any { alternatives, doc } => {
                let docs = alternatives.iter_mut().map(|part| part.seek(target, words));
                *doc = docs.min().unwrap_or(TERMINATED);
                *doc
            }
            Candidates::All { parts, doc } => {
                *doc = first_of_all(parts, target, words);
                *doc
            }
        }
    }
}

fn first_of_all(parts: &mut [Candidates], target: DocId, words: &mut [UnionPostings]) -> DocId {
    let mut target = target;
    'candidates: while target < TERMINATED {
        for part in parts.iter_mut() {
            let doc = part.seek(target, words);
            if doc != target {
                target = doc;
                continue 'candidates;
            }
        }
        return target;
    }
    TERMINATED
}
