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

    /// The name of the field that a misspelt one means: one letter off, or two in a long name.
    pub fn nearest(name: &str) -> Option<&'static str> {
        let tolerance = if name.chars().count() > 5 { 2 } else { 1 };
        NAMES
            .iter()
            .map(|(known, _)| (strsim::osa_distance(known, name), *known))
            .filter(|(distance, _)| *distance <= tolerance)
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, known)| known)
    }
}
