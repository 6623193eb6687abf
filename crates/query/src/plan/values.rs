//! Plans the values of facets, from flags and from fields of the query.

use dateline_corpus::Language;
use dateline_entities::countries;
use tantivy::Term;

use super::clause::Clause;
use super::{DIAGNOSTICS_SHOWN, Planner, entity_kind};
use crate::snippet::Pattern;
use crate::syntax::{Diagnostic, Text};
use crate::{FacetField, QueryError, SearchRequest};

/// Names that a note lists; more do not help anyone to choose.
const NAMES_LISTED: usize = 8;

/// What a value given by the user means.
struct Meaning {
    /// Facet terms, of which one suffices.
    terms: Vec<Term>,
    /// What to tell the user: what the matter is, what was assumed, what to write instead.
    remark: Option<(String, String, Option<String>)>,
}

impl Planner<'_> {
    /// The facet flags of a request.
    pub(super) fn filters(&mut self, request: &SearchRequest) -> Result<Vec<Clause>, QueryError> {
        let flags = [
            (FacetField::Person, &request.person),
            (FacetField::Country, &request.country),
            (FacetField::Source, &request.source),
            (FacetField::Language, &request.language),
        ];
        let mut clauses = Vec::new();
        for (field, values) in flags {
            let single = matches!(field, FacetField::Source | FacetField::Language);
            let any = single || request.any.contains(&field);
            let mut all_terms = Vec::new();
            for value in values {
                let meaning = self.meaning(field, value, true)?;
                if let Some((problem, assumed, suggestion)) = meaning.remark {
                    let suggestion = suggestion.map(|text| format!("; {text}"));
                    let suggestion = suggestion.unwrap_or_default();
                    self.notes.push(format!("{problem}: {assumed}{suggestion}"));
                }
                if any {
                    all_terms.extend(meaning.terms);
                } else {
                    clauses.push(Clause::any_term(meaning.terms));
                }
            }
            if any && !values.is_empty() {
                clauses.push(Clause::any_term(all_terms));
            }
        }
        Ok(clauses)
    }

    /// The value of a facet in the query.
    pub(super) fn value(
        &mut self,
        field: FacetField,
        text: &Text,
        wanted: bool,
    ) -> Result<Clause, QueryError> {
        let meaning = match self.meaning(field, &spelling(text), wanted) {
            // In a query an unknown country is a slip like any other.
            Err(QueryError::UnknownCountry { name, suggestions }) => {
                let suggestion = match suggestions.is_empty() {
                    true => None,
                    false => Some(format!("did you mean {}?", suggestions.join(", "))),
                };
                let problem = format!("no country is called `{name}`");
                let assumed = "nothing is found by it".to_owned();
                Meaning {
                    terms: Vec::new(),
                    remark: Some((problem, assumed, suggestion)),
                }
            }
            meaning => meaning?,
        };
        if let Some((problem, assumed, suggestion)) = meaning.remark {
            self.diagnostics.push(Diagnostic {
                span: text.span.clone(),
                problem,
                assumed,
                suggestion,
            });
        }
        Ok(Clause::any_term(meaning.terms))
    }

    fn meaning(
        &mut self,
        field: FacetField,
        text: &str,
        wanted: bool,
    ) -> Result<Meaning, QueryError> {
        let values = self.snapshot.values(field)?;
        let entries = match field {
            FacetField::Country => values.resolve(&format!("={}", country_code(text)?)),
            FacetField::Language => {
                let text = text.strip_prefix('=').unwrap_or(text);
                let language = Language::from_tag(text);
                let code = language.as_ref().map_or(text, Language::code);
                values.resolve(&format!("={code}"))
            }
            _ => values.resolve(text),
        };
        if let (true, Some(kind)) = (wanted, entity_kind(field)) {
            for &entry in &entries {
                let keys = values.entry(entry).variants.clone();
                self.mentions.push(Pattern::Mentions { kind, keys });
            }
        }
        let remark = match entries.len() {
            0 => {
                // Suggestions compare all values, and no more than these diagnostics are shown.
                let told = self.diagnostics.len() + self.notes.len();
                let alike = match told < DIAGNOSTICS_SHOWN {
                    true => values.suggest(text),
                    false => Vec::new(),
                };
                let suggestion = match alike.is_empty() {
                    true => None,
                    false => Some(format!("did you mean {}?", quoted(&alike))),
                };
                let problem = format!("the index has no {} `{text}`", noun(field, 1));
                Some((problem, "nothing is found by it".to_owned(), suggestion))
            }
            1 => None,
            count => {
                let shown = entries.iter().take(NAMES_LISTED);
                let shown: Vec<&str> = shown
                    .map(|&entry| values.entry(entry).label.as_str())
                    .collect();
                let more = if count > NAMES_LISTED { ", …" } else { "" };
                let problem = format!("`{text}` names {count} {}", noun(field, count));
                let assumed = format!("{}{more}; all are taken", shown.join(", "));
                Some((problem, assumed, None))
            }
        };
        Ok(Meaning {
            terms: self.snapshot.terms_of(field, &values, &entries),
            remark,
        })
    }
}

/// A value as flags have it: after `=` it is taken to the letter.
pub(super) fn spelling(text: &Text) -> String {
    let sign = if text.exact { "=" } else { "" };
    format!("{sign}{}", text.raw)
}

fn country_code(text: &str) -> Result<String, QueryError> {
    match countries::lookup(text.strip_prefix('=').unwrap_or(text)) {
        Some(code) => Ok(code.to_string()),
        None => Err(QueryError::UnknownCountry {
            name: text.to_owned(),
            suggestions: countries::suggest(text)
                .into_iter()
                .map(|(_, name)| name.to_owned())
                .collect(),
        }),
    }
}

fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}

fn noun(field: FacetField, count: usize) -> &'static str {
    let (one, several) = match field {
        FacetField::Person => ("person", "people"),
        FacetField::Country => ("country", "countries"),
        FacetField::Organisation => ("organisation", "organisations"),
        FacetField::Place => ("place", "places"),
        FacetField::Source => ("source", "sources"),
        FacetField::Author => ("author", "authors"),
        FacetField::Language => ("language", "languages"),
        FacetField::Section => ("section", "sections"),
    };
    if count == 1 { one } else { several }
}
