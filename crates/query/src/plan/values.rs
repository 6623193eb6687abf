//! Plans the values of facets, from flags and from fields of the query.

use dateline_corpus::{EntityKind, Language};
use dateline_entities::countries;

use super::clause::Clause;
use super::expand;
use super::{About, DIAGNOSTICS_SHOWN, Planner, Selected, entity_kind};
use crate::directory::{Entry, FacetValues, Finds, folded};
use crate::snippet::Pattern;
use crate::syntax::{Field, Piece, Text};
use crate::{FacetField, Mode, QueryError, SearchRequest};

/// Names that a note lists; more do not help anyone to choose.
const NAMES_LISTED: usize = 8;
/// Words that are looked up one by one where a value is made of them; more are a sentence.
const VALUES_TRIED: usize = 8;

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
            Err(QueryError::UnknownCountry { suggestions, .. }) => {
                let suggestion = match suggestions.is_empty() {
                    true => "write an ISO 3166 code or a country's name".to_owned(),
                    false => format!("did you mean {}?", suggestions.join(", ")),
                };
                let problem = format!("no country is called `{}`", text.raw);
                Meaning {
                    entries: Vec::new(),
                    finds: Finds::default(),
                    remark: Some((problem, nothing(wanted).to_owned(), Some(suggestion))),
                }
            }
            meaning => meaning?,
        };
        if let Some((problem, assumed, suggestion)) = meaning.remark {
            let suggestion = match meaning.entries.is_empty() && !text.exact {
                true => self.several_values(field, &text.raw)?.or(suggestion),
                false => suggestion,
            };
            self.tell(&text.span, problem, assumed, suggestion);
        }
        if wanted {
            self.prefer_about(field, &meaning.entries)?;
        }
        Ok(Clause::finding(meaning.finds))
    }

    /// What to write where one value was made of several: `Iran or Iraq`, `Iran Iraq`.
    fn several_values(&self, field: FacetField, raw: &str) -> Result<Option<String>, QueryError> {
        let values = self.snapshot.values(field)?;
        let is_known = |part: &&str| match field.is_country() {
            true => countries::lookup(part).is_some(),
            false => !values.resolve(part).is_empty(),
        };
        for (between, operator) in [(" or ", " OR "), (" and ", " AND "), (" ", " OR ")] {
            let parts: Vec<&str> = raw.split(between).map(str::trim).collect();
            if (2..=VALUES_TRIED).contains(&parts.len()) && parts.iter().all(is_known) {
                let parts = parts.iter().map(|part| match part.contains(' ') {
                    true => format!("\"{part}\""),
                    false => (*part).to_owned(),
                });
                let parts = parts.collect::<Vec<_>>().join(operator);
                let name = Field::Facet(field).name();
                return Ok(Some(format!("write {name}:({parts})")));
            }
        }
        let small = raw
            .contains(" or ")
            .then(|| "write OR in capitals".to_owned());
        Ok(small)
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
                self.mentions.push(mentions(kind, values.entry(entry)));
            }
        }
        let remark = match entries.as_slice() {
            [] => {
                // Suggestions compare all values, and no more than these diagnostics are shown.
                let told = self.diagnostics.len() + self.notes.len();
                let alike = match told < DIAGNOSTICS_SHOWN {
                    true => values.suggest(text.strip_prefix('=').unwrap_or(text)),
                    false => Vec::new(),
                };
                let suggestion = match alike.is_empty() {
                    true => None,
                    false => Some(format!("did you mean {}?", quoted(&alike))),
                };
                let noun = noun(field, 1);
                let problem = match text.strip_prefix('=') {
                    Some(text) => {
                        format!("the index has no {noun} `{text}` in exactly this spelling")
                    }
                    None => format!("the index has no {noun} `{text}`"),
                };
                Some((problem, nothing(wanted).to_owned(), suggestion))
            }
            entries => named_by_several(&values, entries, field, text)
                .map(|(problem, assumed)| (problem, assumed, None)),
        };
        Ok(Meaning {
            finds: self.snapshot.finds(field, &values, &entries),
            entries,
            remark,
        })
    }
}

/// Marks the mentions of an entry. People go by one name in corrected articles, others as they were
/// found.
pub(super) fn mentions(kind: EntityKind, entry: &Entry) -> Pattern {
    let mut keys = vec![entry.value.clone()];
    if kind != EntityKind::Person {
        keys.extend_from_slice(&entry.variants);
    }
    Pattern::Mentions { kind, keys }
}

/// What comes of a value that nothing has.
pub(super) fn nothing(wanted: bool) -> &'static str {
    match wanted {
        true => "nothing is found by it",
        false => "nothing is left out by it",
    }
}

/// What to tell of a name that several carry, and what is assumed.
pub(super) fn named_by_several(
    values: &FacetValues,
    entries: &[u32],
    field: FacetField,
    text: &str,
) -> Option<(String, String)> {
    if entries.len() < 2 {
        return None;
    }
    let shown = entries.iter().take(NAMES_LISTED);
    let shown = shown.map(|&entry| values.entry(entry).label.as_str());
    let shown = shown.collect::<Vec<_>>().join(", ");
    let count = entries.len();
    let more = if count > NAMES_LISTED { ", …" } else { "" };
    let problem = format!("`{text}` names {count} {}", noun(field, count));
    Some((problem, format!("{shown}{more}; all are taken")))
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
