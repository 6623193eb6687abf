//! What is looked for in the text of an article, with every word resolved to terms of the index.
//!
//! This is what a query's words, phrases, groups and proximity operators are planned to; whether
//! an article has them, how often, where, and which of its words to mark is all told from these
//! values, and nothing about how they were typed is left in them. `AND`, `OR`, `NOT` between
//! parts of a query that are not operands of a proximity operator are no business of an
//! [`Expr`]: they combine several of them.
//!
//! # What occurs where
//!
//! Words of a part of an article are numbered from 0. An expression *occurs* at spans of such
//! positions, from a first to a last word, both of them its own:
//!
//! - A [`Word`] occurs at each position that has one of its terms.
//! - [`Expr::Any`] occurs wherever one of its alternatives does.
//! - A [`Phrase`] occurs where its words stand one after another. Its occurrences are *solid*:
//!   all positions of their span are their own, those of gaps (`*`) included. With slop, of the
//!   spans that contain one another only the shortest count.
//! - [`Near`] occurs at the span from the first to the last word of two occurrences that are near
//!   each other; of spans that contain one another only the shortest count (minimal intervals:
//!   Clarke, Cormack and Burkowski, *An Algebra for Structured Text Search and a Framework for
//!   its Implementation*, 1995). Its occurrences are *open*: only the first and the last position
//!   are their own, other words may stand between.
//!
//! Two occurrences whose own positions meet are never near each other: `oil NEAR/5 oil` wants
//! the word twice, and `oil NEAR/5 "oil price"` another `oil`. An occurrence may stand in the
//! open middle of another one: `(a NEAR/5 b) NEAR/5 c` finds `a c b`.
//!
//! The distance of two occurrences is the difference of the positions where one ends and the
//! other begins: 1 when they stand side by side, 0 when one begins or lies within the other. So
//! `NEAR/5` lets four words stand between, as `w/5` of Nexis and `/5` of Westlaw do, and `NEAR/1`
//! and `PRE/1` mean side by side. (Slop, as Lucene counts it, would let five stand between.)

/// An expression over the words of one part of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expr {
    /// A single word.
    Word(Word),
    /// One of several; nothing when there are none.
    Any(Vec<Expr>),
    /// Words one after another.
    Phrase(Phrase),
    /// Two expressions near each other.
    Near(Box<Near>),
}

/// A word as alternatives of terms of the index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Word {
    /// Terms of which one has to stand at a position; none find nothing.
    pub(crate) terms: Vec<Alternative>,
    /// Terms of the exact form that is preferred: an occurrence that has one of them, too, ranks
    /// as [`Class::Exact`]. They find nothing by themselves; empty when no form is preferred.
    pub(crate) preferred: Vec<String>,
}

/// A term of the index that stands for a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alternative {
    /// As the index writes it, see [`dateline_corpus::analysis::terms`].
    pub(crate) term: String,
    /// What it has to do with the word as typed.
    pub(crate) class: Class,
}

/// How close a term is to the word as it was typed; decides what an occurrence is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    /// Found by a wildcard, a regular expression or a fuzzy word.
    Expansion,
    /// The same stem.
    Stem,
    /// The same form.
    Exact,
}

/// Words in order, each at its distance from the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// One or more. The gap of the first one counts for nothing.
    pub(crate) words: Vec<PhraseWord>,
    /// Words that may stand between them beyond the gaps, all together (`"…"~3`).
    pub(crate) slop: u32,
}

/// A word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhraseWord {
    /// Positions left free before it, one for each `*`.
    pub(crate) gap: u32,
    /// The word.
    pub(crate) word: Word,
}

/// Two expressions that occur near each other. Operators in a row are nested to the left:
/// `a NEAR/5 b NEAR/9 c` looks for `c` near an occurrence of `a NEAR/5 b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Near {
    /// What stands before and after the operator.
    pub(crate) operands: [Expr; 2],
    /// How near.
    pub(crate) within: Within,
    /// Whether the first has to end before the second begins (`PRE`).
    pub(crate) ordered: bool,
}

/// How near two occurrences have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Within {
    /// At a distance of this many positions at most.
    Words(u32),
    /// In the same sentence.
    Sentence,
    /// In the same paragraph.
    Paragraph,
    /// Anywhere in the same part of the article: an `AND` inside an operand.
    Part,
}

/// Where in an article an expression may occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Place {
    /// The headline.
    Title,
    /// The first words of the body, see [`dateline_corpus::analysis`]; no occurrence reaches
    /// beyond them.
    Lead,
    /// The body, the lead included.
    Body,
}

impl Place {
    /// Where a query looks that names no field.
    pub(crate) const ANYWHERE: &[Place] = &[Place::Title, Place::Body];
}

impl Expr {
    /// Two expressions near each other.
    pub(crate) fn near(first: Expr, second: Expr, within: Within, ordered: bool) -> Expr {
        Expr::Near(Box::new(Near {
            operands: [first, second],
            within,
            ordered,
        }))
    }

    /// The same in exactly the form that is preferred; `None` unless it is a word or a phrase all
    /// of whose words have one.
    pub(crate) fn preferred(&self) -> Option<Expr> {
        match self {
            Expr::Word(word) => word.preferred_only().map(Expr::Word),
            Expr::Phrase(Phrase { words, slop }) => {
                let words = words.iter().map(|part| {
                    let (gap, word) = (part.gap, part.word.preferred_only()?);
                    Some(PhraseWord { gap, word })
                });
                let words = words.collect::<Option<_>>()?;
                Some(Expr::Phrase(Phrase { words, slop: *slop }))
            }
            Expr::Any(_) | Expr::Near(_) => None,
        }
    }

    /// Whether something in it has to be as near as this.
    pub(crate) fn has_within(&self, within: Within) -> bool {
        match self {
            Expr::Word(_) | Expr::Phrase(_) => false,
            Expr::Any(alternatives) => alternatives.iter().any(|expr| expr.has_within(within)),
            Expr::Near(near) => {
                let mut operands = near.operands.iter();
                near.within == within || operands.any(|expr| expr.has_within(within))
            }
        }
    }

    /// Calls `visit` for each word, in the order of the query.
    pub(crate) fn each_word<'a>(&'a self, visit: &mut impl FnMut(&'a Word)) {
        match self {
            Expr::Word(word) => visit(word),
            Expr::Any(alternatives) => alternatives.iter().for_each(|expr| expr.each_word(visit)),
            Expr::Phrase(phrase) => phrase.words.iter().for_each(|part| visit(&part.word)),
            Expr::Near(near) => near.operands.iter().for_each(|expr| expr.each_word(visit)),
        }
    }
}

impl Word {
    /// A word that is found by one list of terms, all of one class.
    pub(crate) fn of(terms: impl IntoIterator<Item = String>, class: Class) -> Word {
        let terms = terms.into_iter();
        Word {
            terms: terms.map(|term| Alternative { term, class }).collect(),
            preferred: Vec::new(),
        }
    }

    /// The word, with a preference for the form that these terms stand for.
    pub(crate) fn prefer(mut self, exact: Vec<String>) -> Word {
        self.preferred = exact;
        self
    }

    fn preferred_only(&self) -> Option<Word> {
        let exact = self.preferred.iter().cloned();
        (!self.preferred.is_empty()).then(|| Word::of(exact, Class::Exact))
    }
}
