//! Plans words and phrases.

use dateline_corpus::analysis::{terms, words};
use dateline_entities::countries;
use tantivy::Term;

use super::Planner;
use super::clause::Clause;
use crate::matching::TextQuery;
use crate::matching::expr::{Class, Expr, Place, Word};
use crate::snippet::Pattern;
use crate::syntax::{Field, Text};
use crate::{FacetField, QueryError};

/// Entities that raise a word, at most; the most frequent ones. A word that is part of more
/// names says little about any of them, and each costs a look-up in every segment.
const ENTITIES_MAX: usize = 32;
/// Shorter words are initials and particles.
const NAME_LETTERS_MIN: usize = 3;

impl Planner<'_> {
    /// A word or phrase in title, body or both.
    pub(super) fn text(
        &mut self,
        text: &Text,
        field: Option<Field>,
        wanted: bool,
    ) -> Result<Clause, QueryError> {
        let forms: Vec<String> = words(&text.raw).into_iter().map(|word| word.2).collect();
        let places = match field {
            Some(Field::Title) => &[Place::Title][..],
            Some(Field::Body) => &[Place::Body],
            _ => Place::ANYWHERE,
        };
        let entities = if wanted {
            self.entities(text, &forms)?
        } else {
            Vec::new()
        };
        let languages = &self.snapshot.languages;
        let words = forms.iter().map(|form| {
            let word = Word::of(terms::stemmed(form, languages), Class::Stem);
            match text.is_quoted() {
                true => word.prefer(terms::exact(form, languages)),
                false => word,
            }
        });
        let query = TextQuery::new(Expr::phrase(words.collect()), &self.snapshot.fields)
            .within(places)
            .named(entities);
        if wanted {
            self.patterns.push(Pattern::Text(query.clone()));
        }
        Ok(Clause::Matches(Box::new(query)))
    }

    /// The facet terms of those whose name this is: people by any part of their names, countries
    /// and organisations by the whole name.
    fn entities(&self, text: &Text, forms: &[String]) -> Result<Vec<Term>, QueryError> {
        let snapshot = self.snapshot;
        let mut terms = Vec::new();
        if forms.len() > 1 || forms[0].chars().count() >= NAME_LETTERS_MIN {
            let people = snapshot.values(FacetField::Person)?;
            let mut entries = people.with_words(forms);
            entries.sort_by_key(|&entry| std::cmp::Reverse(people.entry(entry).count));
            entries.truncate(ENTITIES_MAX);
            terms.extend(snapshot.terms_of(FacetField::Person, &people, &entries));
        }
        if let Some(code) = countries::lookup(&text.raw) {
            let field = snapshot.facet_field(FacetField::Country);
            terms.push(Term::from_field_text(field, code.as_str()));
        }
        // Names of organisations are long and many; looking the usual spellings up is cheaper
        // than folding all that the index has, and misses little.
        let field = snapshot.facet_field(FacetField::Organisation);
        let spellings = [
            text.raw.clone(),
            text.raw.to_uppercase(),
            capitalised(&text.raw),
        ];
        terms.extend(spellings.map(|name| Term::from_field_text(field, &name)));
        Ok(terms)
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
