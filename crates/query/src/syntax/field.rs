//! The fields that a query can name.

use crate::FacetField;

/// Where a part of a query is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The headline.
    Title,
    /// The text below it.
    Body,
    /// The values of a facet.
    Facet(FacetField),
}

/// Every name of every field; the first one of a field is the one that is shown.
const NAMES: &[(&str, Field)] = &[
    ("title", Field::Title),
    ("headline", Field::Title),
    ("body", Field::Body),
    ("text", Field::Body),
    ("person", Field::Facet(FacetField::Person)),
    ("people", Field::Facet(FacetField::Person)),
    ("country", Field::Facet(FacetField::Country)),
    ("org", Field::Facet(FacetField::Organisation)),
    ("organisation", Field::Facet(FacetField::Organisation)),
    ("organization", Field::Facet(FacetField::Organisation)),
    ("place", Field::Facet(FacetField::Place)),
    ("source", Field::Facet(FacetField::Source)),
    ("author", Field::Facet(FacetField::Author)),
    ("lang", Field::Facet(FacetField::Language)),
    ("language", Field::Facet(FacetField::Language)),
    ("section", Field::Facet(FacetField::Section)),
];

/// Names less alike than this (Jaro-Winkler, 0 to 1) are no slip of the finger.
const LIKENESS_MIN: f64 = 0.8;

impl Field {
    /// The field of this name, in any case.
    pub fn from_name(name: &str) -> Option<Field> {
        let matching = |(known, _): &&(&str, Field)| known.eq_ignore_ascii_case(name);
        NAMES.iter().find(matching).map(|(_, field)| *field)
    }

    /// The name to show.
    pub fn name(self) -> &'static str {
        let named = NAMES.iter().find(|(_, field)| *field == self);
        named.map_or("", |(name, _)| name)
    }

    /// The name of a field that is written like this one, if there is any.
    pub fn nearest(name: &str) -> Option<&'static str> {
        let name = name.to_lowercase();
        let likeness = |known: &str| strsim::jaro_winkler(known, &name);
        NAMES
            .iter()
            .map(|(known, _)| (likeness(known), *known))
            .filter(|(likeness, _)| *likeness >= LIKENESS_MIN)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, known)| known)
    }
}
