//! Filters for what must not be there: one option for each field.

use clap::Args;

use super::field::Field;

/// Values that articles must not have.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters for what must not be there")]
pub(super) struct Excluded {
    /// Only articles that do not name this person.
    #[arg(long, value_name = "NAME")]
    not_person: Vec<String>,
    /// Only articles that do not name this country.
    #[arg(long, value_name = "NAME|CODE")]
    not_country: Vec<String>,
    /// Only articles that name no country of this continent.
    #[arg(long, value_name = "NAME")]
    not_continent: Vec<String>,
    /// Only articles that do not name this organisation.
    #[arg(long, value_name = "NAME", alias = "not-organization")]
    not_organisation: Vec<String>,
    /// Only articles that do not name this place.
    #[arg(long, value_name = "NAME")]
    not_place: Vec<String>,
    /// Only articles that are not about this country or person.
    #[arg(long, value_name = "NAME|CODE")]
    not_about: Vec<String>,
    /// Only articles by others than this author.
    #[arg(long, value_name = "NAME")]
    not_author: Vec<String>,
    /// Only articles from other outlets than this one.
    #[arg(long, value_name = "NAME")]
    not_source: Vec<String>,
    /// Only articles that are not from outlets of this country.
    #[arg(long, value_name = "NAME|CODE")]
    not_source_country: Vec<String>,
    /// Only articles that are not of this wire agency.
    #[arg(long, value_name = "NAME")]
    not_agency: Vec<String>,
    /// Only articles from other domains than this one.
    #[arg(long, value_name = "DOMAIN")]
    not_site: Vec<String>,
    /// Only articles of other desks or rubrics than this one.
    #[arg(long, value_name = "NAME")]
    not_section: Vec<String>,
    /// Only articles in other languages than this one.
    #[arg(long, value_name = "CODE")]
    not_language: Vec<String>,
}

impl Excluded {
    /// The values of each field.
    pub(super) fn values(&self) -> [(Field, &[String]); 13] {
        [
            (Field::Person, &self.not_person),
            (Field::Country, &self.not_country),
            (Field::Continent, &self.not_continent),
            (Field::Organisation, &self.not_organisation),
            (Field::Place, &self.not_place),
            (Field::About, &self.not_about),
            (Field::Author, &self.not_author),
            (Field::Source, &self.not_source),
            (Field::SourceCountry, &self.not_source_country),
            (Field::Agency, &self.not_agency),
            (Field::Site, &self.not_site),
            (Field::Section, &self.not_section),
            (Field::Language, &self.not_language),
        ]
    }
}
