//! Plans the values of facets, from flags and from fields of the query.

use dateline_corpus::Language;
use dateline_entities::countries;

use super::clause::Clause;
use super::expand;
use super::{About, DIAGNOSTICS_SHOWN, Planner, Selected, entity_kind};
use crate::directory::{FacetValues, Finds, folded};
use crate::snippet::Pattern;
use crate::syntax::{Piece, Text};
use crate::{FacetField, Mode, QueryError, SearchRequest};

/// Names that a note lists; more do not help anyone to choose.
const NAMES_LISTED: usize = 8;

/// What the articles must fulfil in one field.
pub(super) struct Filter {
    pub(super) field: FacetField,
    pub(super) mode: Mode,
    pub(super) clause: Clause,
}

/// What a value given by the user means.
struct Meaning {
    entries: Vec<u32>,
    finds: Finds,
    /// What to tell the user: what the matter is, what was assumed, what to write instead.
    remark: Option<(String, String, Option<String>)>,
}

impl Planner<'_> {
    /// The filters of a request.
    pub(super) fn filters(&mut self, request: &SearchRequest) -> Result<Vec<Filter>, QueryError> {
        let mut filters = Vec::new();
        for (&field, selection) in &request.filters {
            let mut suffices: Option<Finds> = None;
            for mode in Mode::ALL {
                for value in selection.values(mode) {
                    let mode = match mode {
                        Mode::All if field.is_single() => Mode::Any,
                        mode => mode,
                    };
                    let finds = self.selected(field, mode, value)?;
                    match mode {
                        Mode::Any => suffices.get_or_insert_default().extend(finds),
                        Mode::All => filters.push(Filter {
                            field,
                            mode,
                            clause: Clause::finding(finds),
                        }),
                        Mode::Not => filters.push(Filter {
                            field,
                            mode,
                            clause: Clause::finding(finds).negate(),
                        }),
                    }
                }
            }
            if let Some(finds) = suffices {
                filters.push(Filter {
                    field,
                    mode: Mode::Any,
                    clause: Clause::finding(finds),
                });
            }
        }
        Ok(filters)
    }

    /// What finds a value that a filter names.
    fn selected(
        &mut self,
        field: FacetField,
        mode: Mode,
        value: &str,
    ) -> Result<Finds, QueryError> {
        let meaning = self.meaning(field, value, mode != Mode::Not)?;
        if let Some((problem, assumed, suggestion)) = meaning.remark {
            let suggestion = suggestion.map(|text| format!("; {text}"));
            let suggestion = suggestion.unwrap_or_default();
            self.notes.push(format!("{problem}: {assumed}{suggestion}"));
        }
        if mode != Mode::Not {
            self.prefer_about(field, &meaning.entries)?;
        }
        let value = match field.is_country() {
            true => country_code(value)?,
            false => value.trim().to_owned(),
        };
        self.selected.push(Selected {
            field,
            mode,
            entries: meaning.entries,
            value,
        });
        Ok(meaning.finds)
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
                    true => "write an ISO 3166 code or a country's name".to_owned(),
                    false => format!("did you mean {}?", suggestions.join(", ")),
                };
                let problem = format!("no country is called `{name}`");
                let assumed = "nothing is found by it".to_owned();
                Meaning {
                    entries: Vec::new(),
                    finds: Finds::default(),
                    remark: Some((problem, assumed, Some(suggestion))),
                }
            }
            meaning => meaning?,
        };
        if let Some((problem, assumed, suggestion)) = meaning.remark {
            self.tell(&text.span, problem, assumed, suggestion);
        }
        if wanted {
            self.prefer_about(field, &meaning.entries)?;
        }
        Ok(Clause::finding(meaning.finds))
    }

    /// Puts first the articles that are about one of some people or countries.
    fn prefer_about(&mut self, field: FacetField, entries: &[u32]) -> Result<(), QueryError> {
        let about = match field {
            FacetField::Person => FacetField::AboutPerson,
            FacetField::Country => FacetField::About,
            _ => return Ok(()),
        };
        let values = self.snapshot.values(field)?;
        let Some(&first) = entries.first() else {
            return Ok(());
        };
        self.abouts.push(About {
            label: values.entry(first).label.clone(),
            query: self.snapshot.finds(about, &values, entries).into_query(),
        });
        Ok(())
    }

    fn meaning(
        &mut self,
        field: FacetField,
        text: &str,
        wanted: bool,
    ) -> Result<Meaning, QueryError> {
        let values = self.snapshot.values(field)?;
        let entries = match field {
            field if field.is_country() => values.resolve(&format!("={}", country_code(text)?)),
            FacetField::Language => {
                let text = text.strip_prefix('=').unwrap_or(text);
                let language = Language::from_tag(text).or_else(|| Language::from_name(text));
                let code = language.as_ref().map_or(text, Language::code);
                values.resolve(&format!("={code}"))
            }
            _ if !text.starts_with('=') && text.contains(['*', '?']) => like(&values, text),
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
                let assumed = match wanted {
                    true => "nothing is found by it",
                    false => "nothing is left out by it",
                };
                Some((problem, assumed.to_owned(), suggestion))
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
            finds: self.snapshot.finds(field, &values, &entries),
            entries,
            remark,
        })
    }
}

/// A value as flags have it: after `=` it is taken to the letter.
pub(super) fn spelling(text: &Text) -> String {
    let sign = if text.exact { "=" } else { "" };
    format!("{sign}{}", text.raw)
}

/// The entries with a name that has words like these, side by side.
fn like(values: &FacetValues, text: &str) -> Vec<u32> {
    let pieces = Text::quoted(text).pieces();
    let fits = |(piece, word): (&Piece, &&str)| match piece {
        Piece::Word(form) => form == word,
        Piece::Pattern(pattern) => expand::fits(pattern, word),
        Piece::Gap => true,
    };
    let has = |name: &str| {
        let name = folded(name);
        let words: Vec<&str> = name.split(' ').collect();
        let mut places = words.windows(pieces.len().max(1));
        !pieces.is_empty() && places.any(|words| pieces.iter().zip(words).all(fits))
    };
    let present = values.present();
    let mut alike: Vec<(u32, u64)> = present
        .filter(|(_, entry)| entry.variants.iter().any(|name| has(name)))
        .map(|(number, entry)| (number, entry.count))
        .collect();
    alike.sort_by_key(|&(number, count)| (std::cmp::Reverse(count), number));
    alike.into_iter().map(|(number, _)| number).collect()
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
        FacetField::About => ("country that articles are about", "countries"),
        FacetField::AboutPerson => ("person that articles are about", "people"),
        FacetField::SourceCountry => ("country of outlets", "countries"),
        FacetField::Agency => ("agency", "agencies"),
        FacetField::Site => ("site", "sites"),
        FacetField::Continent => ("continent", "continents"),
    };
    if count == 1 { one } else { several }
}
