//! Arguments of `dateline search`, and the filters that it shares with all that counts articles.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline_query::{FacetField, FacetRequest, Mode, SearchRequest, Sort, Words};

use super::FormatArgument;
use super::alternatives::Alternatives;
use super::answer::AnswerFormat;
use super::counting::{FACET_LIMIT, FacetArgument, Periods};
use super::excluded::Excluded;
use super::field::{Field, country_or_person};
use super::minus;

/// The facets under the hits when none is asked for.
const FACETS_DEFAULT: [FacetField; 3] =
    [FacetField::Person, FacetField::Country, FacetField::Source];

const EXAMPLES: &str = "\
Queries (`dateline help syntax` has them all):
  sanctions oil            both words, in any inflection
  '\"peace deal\"'           the phrase (mind the shell's own quotes)
  'ferry OR bridge'        either; also AND, NOT and parentheses
  'sanction* NEAR/5 oil'   words near each other; wildcards
  title:sanctions          in the headline
  'person:\"Gustavo Petro\"' the person, under any form of the name
  country:colombie         the country, by name in seven languages or by code
  since:7d                 published in the last seven days

Examples:
  dateline search sanctions --country Colombia
  dateline search --person petro --person trump --sort newest
  dateline search ferry --country CD --country CG --any country
  dateline search summit --country CO --any-country EC --any-country PE
  dateline search election --not-country US --facet person=20 --limit 0
  dateline search strike --json | jq '.hits[].title'";

/// Arguments of `dateline search`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SearchArguments {
    /// Words, "phrases", AND, OR, NOT, parentheses, NEAR/5, title:…, person:…, country:…
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Order of the hits.
    #[arg(long, value_enum, value_name = "ORDER", default_value_t = Order::Relevance)]
    sort: Order,
    /// Let articles lose weight with age: after this time (30d, 2w, 6m, 1y) a match is worth half.
    #[arg(long, value_name = "HALF-LIFE")]
    recency: Option<String>,
    /// Tell under each hit what makes its score.
    #[arg(long)]
    explain: bool,
    /// Hits to show; 0 shows counts only.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Hits to pass over.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Field to count under the hits, and how many values to show (default 10); can be given
    /// several times. Without it: person, country and source.
    #[arg(long = "facet", value_name = "FIELD[=N]")]
    facets: Vec<FacetArgument>,
    /// Count articles by date under the hits.
    #[arg(long, value_enum, value_name = "PERIODS")]
    histogram: Option<Periods>,
    /// Print how the query is read, as a tree in words, and search for nothing.
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    pub(crate) explain_query: bool,
    /// Bring the index up to date with this file or folder first.
    #[arg(long = "in", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) format: FormatArgument,
    #[command(flatten)]
    pub(crate) answer: AnswerFormat,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

/// Which articles count, beside those that a query finds.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filters {
    /// Only articles that name this person, under any form of the name.
    #[arg(long, value_name = "NAME")]
    person: Vec<String>,
    /// Only articles that name this country, by ISO code or by name in English, Spanish, French,
    /// Portuguese, German, Italian or Dutch.
    #[arg(long, value_name = "NAME|CODE")]
    country: Vec<String>,
    /// Only articles that name a country of this continent.
    #[arg(long, value_name = "NAME")]
    continent: Vec<String>,
    /// Only articles that name this organisation.
    #[arg(long, value_name = "NAME", alias = "organization")]
    organisation: Vec<String>,
    /// Only articles that name this city, region, river or building.
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,
    /// Only articles that are about this country or person, not just name it.
    #[arg(long, value_name = "NAME|CODE")]
    about: Vec<String>,
    /// Only articles by this author.
    #[arg(long, value_name = "NAME")]
    author: Vec<String>,
    /// Only articles from this outlet; several widen the search.
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Only articles from outlets of this country; several widen the search.
    #[arg(long, value_name = "NAME|CODE")]
    source_country: Vec<String>,
    /// Only articles of this wire agency; several widen the search.
    #[arg(long, value_name = "NAME")]
    agency: Vec<String>,
    /// Only articles from this domain; several widen the search.
    #[arg(long, value_name = "DOMAIN")]
    site: Vec<String>,
    /// Only articles of this desk or rubric; several widen the search.
    #[arg(long, value_name = "NAME")]
    section: Vec<String>,
    /// Only articles in this language (en, es, fr…); several widen the search.
    #[arg(long, value_name = "CODE")]
    language: Vec<String>,
    /// Published on this day or later: 2026-02-03, 2026-02, 2026, or 7d for the last seven days.
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Published on this day or earlier.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Option of those above of which one value suffices, wherever it stands, instead of all:
    /// --any country. Where some must all be there, and one of others: --any-country.
    #[arg(long, value_enum, value_name = "FIELD")]
    any: Vec<Field>,
    #[command(flatten)]
    alternatives: Alternatives,
    #[command(flatten)]
    excluded: Excluded,
    #[command(flatten)]
    pub(crate) reading: QueryReading,
}

/// How a query is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading the query")]
pub(crate) struct QueryReading {
    /// Day that 7d and the like are counted back from; by default the day of the computer's clock.
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// Let regular expressions in the query count, as in /sanci.n(es)?/; they can take long.
    #[arg(long)]
    regex: bool,
    /// Find articles that have all words of the query and no others, as if AND stood between the
    /// words. Otherwise, where no article has all of three words or more, or hardly any of a large
    /// index all of five or more, those with the most telling ones are found, and a note says so.
    #[arg(long)]
    all_words: bool,
    /// Find articles that have the most telling words of the query, also where others have all of
    /// them: to look for a story by its headline.
    #[arg(long, conflicts_with_all = ["all_words", "strict"])]
    most_words: bool,
    /// Refuse a search that has anything wrong with it, instead of reading it as well as it can be.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// Best match first.
    Relevance,
    /// Newest first; undated last.
    Newest,
    /// Oldest first; undated last.
    Oldest,
}

impl SearchArguments {
    /// The query as one text.
    pub(crate) fn query(&self) -> String {
        minus::query(&self.query)
    }

    /// The search that is asked for.
    pub(crate) fn request(&self) -> SearchRequest {
        let facets = if self.facets.is_empty() {
            FACETS_DEFAULT
                .map(|field| FacetRequest::top(field, FACET_LIMIT))
                .to_vec()
        } else {
            self.facets.iter().map(FacetArgument::request).collect()
        };
        SearchRequest {
            sort: match self.sort {
                Order::Relevance => Sort::Relevance,
                Order::Newest => Sort::Newest,
                Order::Oldest => Sort::Oldest,
            },
            recency: self.recency.clone(),
            explain: self.explain,
            limit: self.limit,
            offset: self.offset,
            facets,
            histogram: self.histogram.map(Periods::into),
            ..self.filters.request(self.query())
        }
    }
}

impl Filters {
    /// The search for what a query finds and these let through.
    pub(crate) fn request(&self, query: String) -> SearchRequest {
        let mut request = SearchRequest {
            since: self.since.clone(),
            until: self.until.clone(),
            ..self.reading.request(query)
        };
        let wanted = self.wanted();
        let wanted = wanted.map(|(field, values)| (field, values, self.mode(field)));
        let alternatives = self.alternatives.values();
        let alternatives = alternatives.map(|(field, values)| (field, values, Mode::Any));
        let excluded = self.excluded.values();
        let excluded = excluded.map(|(field, values)| (field, values, Mode::Not));
        for (field, values, mode) in wanted.into_iter().chain(alternatives).chain(excluded) {
            for value in values {
                // One option filters by two fields.
                let field = match field {
                    Field::About => {
                        country_or_person(value, [FacetField::About, FacetField::AboutPerson])
                    }
                    field => field.into(),
                };
                request = request.with(field, mode, value);
            }
        }
        request
    }

    /// The values of each field that articles must have.
    fn wanted(&self) -> [(Field, &[String]); 13] {
        [
            (Field::Person, &self.person),
            (Field::Country, &self.country),
            (Field::Continent, &self.continent),
            (Field::Organisation, &self.organisation),
            (Field::Place, &self.place),
            (Field::About, &self.about),
            (Field::Author, &self.author),
            (Field::Source, &self.source),
            (Field::SourceCountry, &self.source_country),
            (Field::Agency, &self.agency),
            (Field::Site, &self.site),
            (Field::Section, &self.section),
            (Field::Language, &self.language),
        ]
    }

    /// Whether one of the values of a field suffices.
    fn mode(&self, field: Field) -> Mode {
        let about_person = field == Field::About && self.any.contains(&Field::AboutPerson);
        match about_person || self.any.contains(&field) {
            true => Mode::Any,
            false => Mode::All,
        }
    }
}

impl QueryReading {
    /// The search for what a query finds.
    pub(crate) fn request(&self, query: String) -> SearchRequest {
        SearchRequest {
            query,
            today: self.today.clone(),
            regex: self.regex,
            words: match self.most_words {
                true => Words::Most,
                // Whoever is strict asks for nothing but what was typed.
                false if self.all_words || self.strict => Words::All,
                false => Words::AllIfAny,
            },
            ..SearchRequest::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Arguments, Command};

    fn request(arguments: &[&str]) -> SearchRequest {
        let parsed = Arguments::try_parse_from([&["dateline", "search"], arguments].concat());
        match parsed.map(|parsed| parsed.command) {
            Ok(Command::Search(arguments)) => arguments.request(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_search_counts_three_facets_unless_others_are_asked_for() {
        let fields = |request: SearchRequest| -> Vec<_> {
            let facets = request.facets.iter();
            facets.map(|facet| (facet.field, facet.limit)).collect()
        };
        assert_eq!(
            fields(request(&[])),
            FACETS_DEFAULT.map(|field| (field, Some(FACET_LIMIT)))
        );
        assert_eq!(
            fields(request(&["--facet", "place=2"])),
            [(FacetField::Place, Some(2))]
        );
    }

    #[test]
    fn filters_of_a_field_hold_in_their_modes() {
        let asked = request(&[
            "peace",
            "talks",
            "--any",
            "country",
            "--country",
            "CO",
            "--not-country",
            "EC",
            "--person",
            "Petro",
            "--about",
            "Kolumbien",
            "--about",
            "Gustavo Petro",
        ]);
        assert_eq!(asked.query, "peace talks");
        let country = |arguments: &[&str]| request(arguments).filters[&FacetField::Country].clone();
        let mixed = country(&[
            "--any-country",
            "EC",
            "--country",
            "CO",
            "--any-country",
            "PE",
        ]);
        assert_eq!(
            (mixed.all, mixed.any),
            (
                vec!["CO".to_owned()],
                vec!["EC".to_owned(), "PE".to_owned()]
            )
        );
        // Wherever the switch stands, it is about all of its option's values.
        let switched = country(&["--country", "CO", "--any", "country", "--country", "EC"]);
        assert_eq!(
            (switched.all.len(), switched.any),
            (0, vec!["CO".to_owned(), "EC".to_owned()])
        );
        assert_eq!(asked.filters[&FacetField::Country].any, ["CO"]);
        assert_eq!(asked.filters[&FacetField::Country].not, ["EC"]);
        assert_eq!(asked.filters[&FacetField::Person].all, ["Petro"]);
        let about_any = request(&["--about", "Petro", "--about", "Trump", "--any", "about"]);
        assert_eq!(
            about_any.filters[&FacetField::AboutPerson].any,
            ["Petro", "Trump"]
        );
        assert_eq!(asked.filters[&FacetField::About].all, ["Kolumbien"]);
        assert_eq!(
            asked.filters[&FacetField::AboutPerson].all,
            ["Gustavo Petro"]
        );
    }
}
