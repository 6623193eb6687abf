//! Filters for values of which one suffices: one option for each field.

use clap::Args;

use super::field::Field;

/// Values of which articles must have one.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters of which one value suffices")]
pub(super) struct Alternatives {
    /// Only articles that name this person or another one given so.
    #[arg(long, value_name = "NAME")]
    any_person: Vec<String>,
    /// Only articles that name this country or another one given so.
    #[arg(long, value_name = "NAME|CODE")]
    any_country: Vec<String>,
    /// Only articles that name a country of this continent or another one given so.
    #[arg(long, value_name = "NAME")]
    any_continent: Vec<String>,
    /// Only articles that name this organisation or another one given so.
    #[arg(long, value_name = "NAME", alias = "any-organization")]
    any_organisation: Vec<String>,
    /// Only articles that name this place or another one given so.
    #[arg(long, value_name = "NAME")]
    any_place: Vec<String>,
    /// Only articles that are about this country or person or another one given so.
    #[arg(long, value_name = "NAME|CODE")]
    any_about: Vec<String>,
    /// Only articles that are by this author or another one given so.
    #[arg(long, value_name = "NAME")]
    any_author: Vec<String>,
    /// Only articles that are from this outlet or another one given so.
    #[arg(long, value_name = "NAME")]
    any_source: Vec<String>,
    /// Only articles that are from outlets of this country or another one given so.
    #[arg(long, value_name = "NAME|CODE")]
    any_source_country: Vec<String>,
    /// Only articles that are of this wire agency or another one given so.
    #[arg(long, value_name = "NAME")]
    any_agency: Vec<String>,
    /// Only articles that are from this domain or another one given so.
    #[arg(long, value_name = "DOMAIN")]
    any_site: Vec<String>,
    /// Only articles that are of this desk or rubric or another one given so.
    #[arg(long, value_name = "NAME")]
    any_section: Vec<String>,
    /// Only articles that are in this language or another one given so.
    #[arg(long, value_name = "CODE")]
    any_language: Vec<String>,
}

impl Alternatives {
    /// The values of each field.
    pub(super) fn values(&self) -> [(Field, &[String]); 13] {
        [
            (Field::Person, &self.any_person),
            (Field::Country, &self.any_country),
            (Field::Continent, &self.any_continent),
            (Field::Organisation, &self.any_organisation),
            (Field::Place, &self.any_place),
            (Field::About, &self.any_about),
            (Field::Author, &self.any_author),
            (Field::Source, &self.any_source),
            (Field::SourceCountry, &self.any_source_country),
            (Field::Agency, &self.any_agency),
            (Field::Site, &self.any_site),
            (Field::Section, &self.any_section),
            (Field::Language, &self.any_language),
        ]
    }
}
