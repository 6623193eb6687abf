//! The names that can stand before a colon.

use super::Filter;
use crate::FacetField;

/// Where a part of a query is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The headline.
    Title,
    /// The first words of the body: [`dateline_corpus::analysis::LEAD_WORDS`].
    Lead,
    /// Headline and lead.
    HeadlineAndLead,
    /// The text below the headline.
    Body,
    /// The people and countries that the article is about.
    About,
    /// The registrable domain of the address on the web.
    Site,
    /// The article's id, or the publisher's.
    Id,
    /// The address on the web.
    Url,
    /// The values of a facet.
    Facet(FacetField),
}

/// What a name before a colon says of what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// It is looked for in a field.
    In(Field),
    /// It is the name of a field that has a value.
    Has,
    /// It is the name of a field that has none.
    No,
    /// It is a number of words.
    Words,
    /// It is the first day.
    Since,
    /// It is the day after the last.
    Before,
    /// It is the last day.
    Until,
    /// It is a stretch of days.
    Date,
    /// It stands in a quotation; these are not indexed yet.
    Quote,
}

/// Every name; the first one of a meaning is the one that is shown.
pub(super) const NAMES: &[(&str, Name)] = &[
    ("title", Name::In(Field::Title)),
    ("headline", Name::In(Field::Title)),
    ("intitle", Name::In(Field::Title)),
    ("lead", Name::In(Field::Lead)),
    ("hlead", Name::In(Field::HeadlineAndLead)),
    ("body", Name::In(Field::Body)),
    ("text", Name::In(Field::Body)),
    ("intext", Name::In(Field::Body)),
    ("quote", Name::Quote),
    ("person", Name::In(Field::Facet(FacetField::Person))),
    ("people", Name::In(Field::Facet(FacetField::Person))),
    ("country", Name::In(Field::Facet(FacetField::Country))),
    ("continent", Name::In(Field::Facet(FacetField::Continent))),
    ("org", Name::In(Field::Facet(FacetField::Organisation))),
    (
        "organisation",
        Name::In(Field::Facet(FacetField::Organisation)),
    ),
    (
        "organization",
        Name::In(Field::Facet(FacetField::Organisation)),
    ),
    ("company", Name::In(Field::Facet(FacetField::Organisation))),
    ("place", Name::In(Field::Facet(FacetField::Place))),
    ("location", Name::In(Field::Facet(FacetField::Place))),
    ("author", Name::In(Field::Facet(FacetField::Author))),
    ("byline", Name::In(Field::Facet(FacetField::Author))),
    ("source", Name::In(Field::Facet(FacetField::Source))),
    ("publication", Name::In(Field::Facet(FacetField::Source))),
    (
        "source-country",
        Name::In(Field::Facet(FacetField::SourceCountry)),
    ),
    ("site", Name::In(Field::Site)),
    ("agency", Name::In(Field::Facet(FacetField::Agency))),
    ("lang", Name::In(Field::Facet(FacetField::Language))),
    ("language", Name::In(Field::Facet(FacetField::Language))),
    ("section", Name::In(Field::Facet(FacetField::Section))),
    ("about", Name::In(Field::About)),
    ("about-country", Name::In(Field::Facet(FacetField::About))),
    (
        "about-person",
        Name::In(Field::Facet(FacetField::AboutPerson)),
    ),
    ("id", Name::In(Field::Id)),
    ("url", Name::In(Field::Url)),
    ("inurl", Name::In(Field::Url)),
    ("has", Name::Has),
    ("no", Name::No),
    ("words", Name::Words),
    ("length", Name::Words),
    ("wc", Name::Words),
    ("since", Name::Since),
    ("after", Name::Since),
    ("when", Name::Since),
    ("until", Name::Until),
    ("before", Name::Before),
    ("date", Name::Date),
];

/// Codes that Factiva writes before an equals sign, ProQuest before a parenthesis.
pub(super) const CODES: &[(&str, Name)] = &[
    ("hd", Name::In(Field::Title)),
    ("ti", Name::In(Field::Title)),
    ("lp", Name::In(Field::Lead)),
    ("hlp", Name::In(Field::HeadlineAndLead)),
    ("td", Name::In(Field::Body)),
    ("by", Name::In(Field::Facet(FacetField::Author))),
    ("au", Name::In(Field::Facet(FacetField::Author))),
    ("co", Name::In(Field::Facet(FacetField::Organisation))),
    ("re", Name::In(Field::Facet(FacetField::Country))),
    ("la", Name::In(Field::Facet(FacetField::Language))),
    ("sn", Name::In(Field::Facet(FacetField::Source))),
    ("rst", Name::In(Field::Facet(FacetField::Source))),
    ("se", Name::In(Field::Facet(FacetField::Section))),
    ("pub", Name::In(Field::Facet(FacetField::Source))),
    ("cr", Name::In(Field::Facet(FacetField::Agency))),
    ("an", Name::In(Field::Id)),
    ("wc", Name::Words),
    ("pd", Name::Date),
];

/// Codes of Factiva for what is not told here: industries, subjects, columns, pages.
pub(super) const CODES_UNKNOWN: [&str; 10] = [
    "in", "ns", "ipd", "ipc", "sc", "fds", "clm", "ct", "art", "vol",
];

/// Names that Nexis and ProQuest write before a parenthesis.
pub(super) const SEGMENTS: [&str; 15] = [
    "headline",
    "hlead",
    "lead",
    "body",
    "byline",
    "publication",
    "section",
    "title",
    "date",
    "length",
    "ti",
    "au",
    "pub",
    "la",
    "pd",
];

impl Field {
    /// The field of this name, in any case.
    pub fn from_name(name: &str) -> Option<Field> {
        match Name::before_colon(name)? {
            Name::In(field) => Some(field),
            _ => None,
        }
    }

    /// The name to show.
    pub fn name(self) -> &'static str {
        Name::In(self).shown()
    }

    /// Whether words are looked for in it; the others have values.
    pub fn has_text(self) -> bool {
        matches!(
            self,
            Field::Title | Field::Lead | Field::HeadlineAndLead | Field::Body
        )
    }

    /// Whether articles can be asked for those that have a value in it.
    pub(super) fn can_be_missing(self) -> bool {
        !self.has_text()
    }
}

impl Name {
    /// What a name before a colon means, in any case.
    pub(super) fn before_colon(name: &str) -> Option<Name> {
        named(NAMES, name)
    }

    /// What a name before `=`, `<` or `>` means, in any case.
    pub(super) fn before_sign(name: &str, sign: char) -> Option<Name> {
        let found = named(CODES, name).or_else(|| named(NAMES, name));
        match sign {
            '=' => found,
            // `length>800`, `wc<200`, `date>2026`.
            _ => found.filter(|name| matches!(name, Name::Words | Name::Date)),
        }
    }

    /// What a name before an opening parenthesis means, as in Nexis: `HEADLINE(petro)`.
    pub(super) fn before_group(name: &str) -> Option<Name> {
        let segment = SEGMENTS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name));
        segment.then(|| Name::before_sign(name, '='))?
    }

    /// The name to show.
    pub(super) fn shown(self) -> &'static str {
        let named = NAMES.iter().find(|(_, name)| *name == self);
        named.map_or("", |(name, _)| name)
    }

    /// The name that a misspelt one means: one letter off, or two in a long name.
    pub(super) fn nearest(name: &str) -> Option<&'static str> {
        let tolerance = if name.chars().count() > 5 { 2 } else { 1 };
        // `on:` is near to `no:`, `ids:` to `id:`, and so are too many other words.
        let long = NAMES.iter().filter(|(known, _)| known.len() > 2);
        long.map(|(known, _)| (strsim::osa_distance(known, name), *known))
            .filter(|(distance, _)| *distance <= tolerance)
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, known)| known)
    }
}

impl Filter {
    /// The filter that `has:` and `no:` mean by a name.
    pub(super) fn has(name: &str) -> Option<Filter> {
        match Name::before_colon(name)? {
            Name::Date => Some(Filter::Has(None)),
            Name::In(field) if field.can_be_missing() => Some(Filter::Has(Some(field))),
            _ => None,
        }
    }
}

fn named(names: &[(&str, Name)], name: &str) -> Option<Name> {
    let mut matching = names
        .iter()
        .filter(|(known, _)| known.eq_ignore_ascii_case(name));
    matching.next().map(|(_, name)| *name)
}
