//! Plans words, phrases and what stands close to what: every word becomes terms of the index.

use std::ops::Range;

use dateline_corpus::analysis::{terms, words};
use dateline_entities::countries;
use tantivy::Term;

use super::clause::Clause;
use super::expand::{Dictionary, Found};
use super::{DIAGNOSTICS_SHOWN, Planner};
use crate::matching::expr::{Class, Expr, Phrase, PhraseWord, Place, Within, Word};
use crate::matching::{Entities, TextQuery};
use crate::snippet::Pattern;
use crate::syntax::{Closeness, Field, Form, Near, Node, Piece, QuerySpan, Text};
use crate::{FacetField, QueryError};

/// Entities that raise a word, at most; the most frequent ones. A word that is part of more
/// names says little about any of them, and each costs a look-up in every segment.
const ENTITIES_MAX: usize = 32;
/// Shorter words are initials and particles.
const NAME_LETTERS_MIN: usize = 3;
/// Words that a pattern stands for, at most; each has a list of articles to be read, or two.
const PATTERN_WORDS_MAX: usize = 1_024;
/// Words that a fuzzy word stands for, at most: beyond them slips of the pen end.
const FUZZY_WORDS_MAX: usize = 8;

/// What is assumed of what stands for no word.
const NOTHING: &str = "nothing is found by it";

impl Planner<'_> {
    /// What is looked for in the text of an article, `occurrences` times at least.
    pub(super) fn text(
        &mut self,
        node: &Node,
        field: Option<Field>,
        occurrences: u32,
        wanted: bool,
    ) -> Result<(Clause, Pattern), QueryError> {
        let places = places(field);
        let expr = self.expr(node, places, wanted)?;
        let entities = match node {
            Node::Text(text) if wanted && self.is_ranked => self.entities(text)?,
            _ => Entities::default(),
        };
        let query = TextQuery::new(expr, &self.snapshot.fields)
            .within(places)
            .at_least(occurrences)
            .named(entities)
            .labelled(node.to_string());
        let pattern = Pattern::Text(query.clone());
        Ok((Clause::Matches(Box::new(query)), pattern))
    }

    /// A positional node with its words as terms of the index.
    fn expr(&mut self, node: &Node, places: &[Place], wanted: bool) -> Result<Expr, QueryError> {
        match node {
            Node::Text(text) => self.words(text, places, wanted),
            Node::Near(Near { closeness, nodes }) => {
                let (within, ordered) = match *closeness {
                    Closeness::Words { max, ordered } => (Within::Words(max), ordered),
                    Closeness::Sentence => (Within::Sentence, false),
                    Closeness::Paragraph => (Within::Paragraph, false),
                };
                self.near(nodes, within, ordered, places, wanted)
            }
            Node::Or(nodes) => {
                let nodes = nodes.iter();
                let exprs = nodes.map(|node| self.expr(node, places, wanted));
                Ok(Expr::Any(exprs.collect::<Result<_, _>>()?))
            }
            // The parser leaves none of what follows in a positional node.
            Node::And(nodes) => self.near(nodes, Within::Part, false, places, wanted),
            Node::In(_, node) | Node::Not(node) | Node::AtLeast(_, node) => {
                self.expr(node, places, wanted)
            }
            Node::Filter(_) => Ok(Expr::Any(Vec::new())),
        }
    }

    /// Several nodes, each near those before it.
    fn near(
        &mut self,
        nodes: &[Node],
        within: Within,
        ordered: bool,
        places: &[Place],
        wanted: bool,
    ) -> Result<Expr, QueryError> {
        let mut near: Option<Expr> = None;
        for node in nodes {
            let next = self.expr(node, places, wanted)?;
            near = Some(match near {
                Some(before) => Expr::near(before, next, within, ordered),
                None => next,
            });
        }
        Ok(near.unwrap_or(Expr::Any(Vec::new())))
    }

    fn words(&mut self, text: &Text, places: &[Place], wanted: bool) -> Result<Expr, QueryError> {
        let mut phrase = Phrase {
            words: Vec::new(),
            slop: match text.form {
                Form::Quoted { slop } => slop,
                _ => 0,
            },
        };
        if text.form == Form::Regex {
            return Ok(Expr::Word(self.fulfilling(text, places)?));
        }
        let mut gap = 0;
        for piece in text.pieces() {
            let word = match (piece, text.form) {
                (Piece::Gap, _) => {
                    gap += 1;
                    continue;
                }
                (Piece::Word(form), Form::Fuzzy { edits }) => {
                    self.like_word(text, &form, edits, places)?
                }
                (Piece::Word(form), _) => self.word(text, &form, places, wanted)?,
                (Piece::Pattern(pattern), _) => self.like_pattern(text, &pattern, places)?,
            };
            phrase.words.push(PhraseWord {
                gap: std::mem::take(&mut gap),
                word,
            });
        }
        Ok(match phrase.words.len() {
            1 => Expr::Word(phrase.words.swap_remove(0).word),
            _ => Expr::Phrase(phrase),
        })
    }

    /// A word in all its forms, or in one.
    fn word(
        &mut self,
        text: &Text,
        form: &str,
        places: &[Place],
        wanted: bool,
    ) -> Result<Word, QueryError> {
        let languages = &self.snapshot.languages;
        let exact = || self.known(terms::exact(form, languages), places);
        let stemmed = || self.known(terms::stemmed(form, languages), places);
        let word = match (text.exact, text.is_quoted()) {
            (true, _) => Word::of(exact()?, Class::Exact),
            (false, true) => Word::of(stemmed()?, Class::Stem).prefer(exact()?),
            (false, false) => Word::of(stemmed()?, Class::Stem),
        };
        if wanted && self.diagnostics.len() < DIAGNOSTICS_SHOWN && word.terms.is_empty() {
            self.tell_unknown(text, form, places)?;
        }
        Ok(word)
    }

    /// Tells that no article has a word of the query where it is looked for, and what was probably
    /// meant.
    fn tell_unknown(
        &mut self,
        text: &Text,
        form: &str,
        places: &[Place],
    ) -> Result<(), QueryError> {
        let anywhere = terms::stemmed(form, &self.snapshot.languages);
        let is_known = !text.exact && !self.known(anywhere, Place::ANYWHERE)?.is_empty();
        let (what, meant) = match (is_known, places) {
            // It is no slip of the pen.
            (true, [Place::Title]) => ("headline", None),
            (true, [Place::Lead]) => ("lead", None),
            (true, [Place::Body]) => ("body", None),
            (true, _) => ("headline or lead", None),
            (false, _) => ("article", self.dictionary(places).meant(form)?),
        };
        let typed = words(&text.raw).into_iter().find(|word| word.2 == form);
        let typed = typed.map_or(form, |(start, end, _)| &text.raw[start..end]);
        // Of a phrase the word itself is shown.
        let Range { start, end } = text.span.0;
        let at = self.query.get(start..end).and_then(|text| text.find(typed));
        let place = at.map_or(start..end, |at| start + at..start + at + typed.len());
        let problem = format!("no {what} has the word `{typed}`");
        let suggestion = meant.map(|meant| format!("did you mean `{meant}`?"));
        self.tell(&QuerySpan(place), problem, NOTHING, suggestion);
        Ok(())
    }

    fn like_pattern(
        &mut self,
        text: &Text,
        pattern: &str,
        places: &[Place],
    ) -> Result<Word, QueryError> {
        let found = self.dictionary(places).like(pattern)?;
        Ok(self.expanded(text, pattern, found, PATTERN_WORDS_MAX))
    }

    fn like_word(
        &mut self,
        text: &Text,
        form: &str,
        edits: u8,
        places: &[Place],
    ) -> Result<Word, QueryError> {
        let found = self.dictionary(places).near(form, edits)?;
        Ok(self.expanded(text, &text.to_string(), found, FUZZY_WORDS_MAX))
    }

    fn fulfilling(&mut self, text: &Text, places: &[Place]) -> Result<Word, QueryError> {
        if !self.regex {
            let problem = "regular expressions are switched off";
            let suggestion = "switch them on with --regex".to_owned();
            self.tell(&text.span, problem, NOTHING, Some(suggestion));
            return Ok(Word::default());
        }
        let Some(found) = self.dictionary(places).fulfilling(&text.raw)? else {
            let problem = format!(
                "`{}` is no regular expression, or too large a one",
                text.raw
            );
            self.tell(&text.span, problem, NOTHING, None);
            return Ok(Word::default());
        };
        Ok(self.expanded(text, &text.to_string(), found, PATTERN_WORDS_MAX))
    }

    /// The words that a pattern stands for as one word; the most frequent ones when they are too
    /// many.
    fn expanded(
        &mut self,
        text: &Text,
        pattern: &str,
        found: Vec<Found>,
        words_max: usize,
    ) -> Word {
        if found.is_empty() {
            let problem = format!("no article has a word like `{pattern}`");
            self.tell(&text.span, problem, NOTHING, None);
        }
        let all = found.len();
        let words = all.min(words_max);
        let taken = found.into_iter().take(words);
        let taken: Vec<String> = taken.flat_map(|word| word.terms).collect();
        if words < all {
            let problem = format!("`{pattern}` stands for {all} words");
            let assumed = format!("the {words} most frequent ones are looked for");
            let suggestion = match text.form {
                Form::Fuzzy { edits: 1 } => None,
                Form::Fuzzy { .. } => Some("write ~1"),
                _ => Some("write more letters"),
            };
            self.tell(&text.span, problem, assumed, suggestion.map(str::to_owned));
        }
        Word::of(taken, Class::Expansion)
    }

    /// Those whose name this is: people by any part of their names, countries and organisations by
    /// the whole name.
    fn entities(&self, text: &Text) -> Result<Entities, QueryError> {
        let pieces = text.pieces().into_iter();
        let forms = pieces.map(|piece| match piece {
            Piece::Word(form) => Some(form),
            Piece::Pattern(_) | Piece::Gap => None,
        });
        let forms: Option<Vec<String>> = forms.collect();
        let plain = matches!(text.form, Form::Plain | Form::Quoted { .. });
        let Some(forms) = forms.filter(|forms| plain && !forms.is_empty()) else {
            return Ok(Entities::default());
        };
        let snapshot = self.snapshot;
        let (mut named, mut about) = (Vec::new(), Vec::new());
        if forms.len() > 1 || forms[0].chars().count() >= NAME_LETTERS_MIN {
            let people = snapshot.values(FacetField::Person)?;
            let mut entries = people.with_words(&forms);
            entries.sort_by_key(|&entry| std::cmp::Reverse(people.entry(entry).count));
            entries.truncate(ENTITIES_MAX);
            let terms_in = |field| snapshot.terms(field, &people, &entries);
            named.extend(terms_in(FacetField::Person));
            about.extend(terms_in(FacetField::AboutPerson));
        }
        if let Some(code) = countries::lookup(&text.raw) {
            let term_in = |field| Term::from_field_text(snapshot.facet_field(field), code.as_str());
            named.push(term_in(FacetField::Country));
            about.push(term_in(FacetField::About));
        }
        // Names of organisations are long and many; looking the usual spellings up is cheaper
        // than folding all that the index has, and misses little.
        let field = snapshot.facet_field(FacetField::Organisation);
        let spellings = [
            text.raw.clone(),
            text.raw.to_uppercase(),
            capitalised(&text.raw),
        ];
        named.extend(spellings.map(|name| Term::from_field_text(field, &name)));
        Ok(Entities {
            named: named.into(),
            about: about.into(),
        })
    }

    /// Those of some terms that articles have: a word has one or two in each of the languages of
    /// the index, most of which nobody writes, and each costs a look-up wherever it is looked for.
    fn known(&self, terms: Vec<String>, places: &[Place]) -> Result<Vec<String>, QueryError> {
        let fields = self.fields_of(places);
        let mut known = Vec::new();
        for text in terms {
            for &field in &fields {
                let term = Term::from_field_text(field, &text);
                if self.snapshot.searcher.doc_freq(&term)? > 0 {
                    known.push(text);
                    break;
                }
            }
        }
        Ok(known)
    }

    /// The words of some places.
    fn dictionary(&self, places: &[Place]) -> Dictionary<'_> {
        Dictionary {
            snapshot: self.snapshot,
            fields: self.fields_of(places),
        }
    }

    /// The fields that have the words of some places.
    fn fields_of(&self, places: &[Place]) -> Vec<tantivy::schema::Field> {
        let fields = &self.snapshot.fields;
        let field = |place: &Place| match place {
            Place::Title => fields.title,
            Place::Lead => fields.lead,
            Place::Body => fields.body,
        };
        places.iter().map(field).collect()
    }
}

pub(super) fn places(field: Option<Field>) -> &'static [Place] {
    match field {
        Some(Field::Title) => &[Place::Title],
        Some(Field::Lead) => &[Place::Lead],
        Some(Field::HeadlineAndLead) => &[Place::Title, Place::Lead],
        Some(Field::Body) => &[Place::Body],
        _ => Place::ANYWHERE,
    }
}

/// The text with the first letter of each word as a capital.
fn capitalised(text: &str) -> String {
    let mut begins = true;
    let mut capitalised = String::with_capacity(text.len());
    for c in text.chars() {
        if begins {
            capitalised.extend(c.to_uppercase());
        } else {
            capitalised.push(c);
        }
        begins = !c.is_alphanumeric();
    }
    capitalised
}
