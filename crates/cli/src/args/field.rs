//! The fields that can be filtered by and counted, as they are named on the command line.

use clap::ValueEnum;
use dateline_entities::countries;
use dateline_query::FacetField;

/// A field that can be filtered by and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Field {
    /// People by full name.
    #[value(aliases = ["persons", "people"])]
    Person,
    /// Countries.
    #[value(alias = "countries")]
    Country,
    /// Companies, parties, ministries.
    #[value(aliases = ["organisations", "organization", "organizations", "org"])]
    Organisation,
    /// Cities, regions, rivers, buildings.
    #[value(alias = "places")]
    Place,
    /// Outlets.
    #[value(alias = "sources")]
    Source,
    /// Authors.
    #[value(alias = "authors")]
    Author,
    /// Languages.
    #[value(alias = "languages")]
    Language,
    /// Desks or rubrics.
    #[value(alias = "sections")]
    Section,
    /// Countries that articles are about.
    About,
    /// People that articles are about.
    #[value(alias = "about_person")]
    AboutPerson,
    /// Countries that outlets are from.
    #[value(alias = "source_country")]
    SourceCountry,
    /// Wire agencies.
    #[value(alias = "agencies")]
    Agency,
    /// Domains.
    #[value(alias = "sites")]
    Site,
    /// Continents of the countries named.
    #[value(alias = "continents")]
    Continent,
}

impl Field {
    /// The name it has on the command line.
    pub(crate) fn name(&self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// The one of two fields that a name without a field is meant in: the first, if it is a country's.
pub(crate) fn country_or_person(name: &str, [country, person]: [FacetField; 2]) -> FacetField {
    match countries::lookup(name) {
        Some(_) => country,
        None => person,
    }
}

impl From<Field> for FacetField {
    fn from(field: Field) -> FacetField {
        match field {
            Field::Person => FacetField::Person,
            Field::Country => FacetField::Country,
            Field::Organisation => FacetField::Organisation,
            Field::Place => FacetField::Place,
            Field::Source => FacetField::Source,
            Field::Author => FacetField::Author,
            Field::Language => FacetField::Language,
            Field::Section => FacetField::Section,
            Field::About => FacetField::About,
            Field::AboutPerson => FacetField::AboutPerson,
            Field::SourceCountry => FacetField::SourceCountry,
            Field::Agency => FacetField::Agency,
            Field::Site => FacetField::Site,
            Field::Continent => FacetField::Continent,
        }
    }
}
