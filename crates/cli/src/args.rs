//! The command line: every command, argument and help text, and nothing that acts on them.
//!
//! Completions and the man page are generated from these same definitions.

mod entities;
mod reading;

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use dateline_query::{FacetField, FacetRequest, Mode, SearchRequest, Sort};

pub(crate) use entities::{EntityArguments, EntityCommand, ExtractArguments};
pub(crate) use reading::{ReadArguments, ReadingArguments};

/// Values a facet shows when its number is not given.
const FACET_LIMIT: usize = 10;

/// The facets under the hits when none is asked for.
const FACETS_DEFAULT: [FacetField; 3] =
    [FacetField::Person, FacetField::Country, FacetField::Source];

const EXAMPLES: &str = "\
Examples:
  Index a folder of news, then search it:
    dateline index ~/news
    dateline search sanctions --country Colombia

  Both at once:
    dateline search sanctions --country Colombia --in ~/news

  Who is named most in what was published in February?
    dateline facets person --since 2026-02-01 --until 2026-02-28

  Read one article with its people and countries marked:
    dateline show 0c9a4bd4d1b9b4f1a3c2e51d7c83f7a6

Exit status: 0 found, 1 nothing found, 2 error, 75 the index is being written by another process.";

const SEARCH_EXAMPLES: &str = "\
Queries:
  sanctions oil            both words, in any inflection
  '\"peace deal\"'           the phrase (mind the shell's own quotes)
  'ferry OR bridge'        either; also AND, NOT and parentheses
  title:sanctions          in the headline
  'person:\"Gustavo Petro\"' the person, under any form of the name
  country:colombie         the country, by name in seven languages or by code

Examples:
  dateline search sanctions --country Colombia
  dateline search --person petro --person trump --sort newest
  dateline search ferry --country CD --country CG --any country
  dateline search election --facet person=20 --limit 0
  dateline search strike --json | jq '.hits[].title'";

/// Searches piles of news by word, person, country, date and source, offline.
///
/// Dateline reads articles from files, recognises the people, countries, organisations and
/// places they name, and keeps them in an index on your disk. Nothing leaves your machine.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, after_help = EXAMPLES, max_term_width = 100)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Directory of the index.
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_INDEX")]
    #[arg(
        default_value = "index",
        hide_env_values = true,
        help_heading = "Everywhere"
    )]
    pub(crate) index: PathBuf,

    /// List of corrections to people and other entities; by default `aliases.toml` beside the
    /// index.
    #[arg(long, global = true, value_name = "FILE", env = "DATELINE_ALIASES")]
    #[arg(hide_env_values = true, help_heading = "Everywhere")]
    pub(crate) aliases: Option<PathBuf>,

    /// When to use colours; NO_COLOR switches `auto` off.
    #[arg(long, global = true, value_name = "WHEN", value_enum)]
    #[arg(default_value_t = Colour::Auto, help_heading = "Everywhere")]
    pub(crate) color: Colour,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read articles into the index, or bring it up to date with them.
    ///
    /// Reads plain text, Markdown with front matter and JSON Lines. Folders are read with all
    /// they hold, except what a `.datelineignore` file names. A second run reads only what
    /// changed.
    Index(IndexArguments),
    /// Find articles.
    ///
    /// An article is found when it has all the words and all the filters hold. Without a query,
    /// everything that passes the filters is found.
    Search(SearchArguments),
    /// List all values of a field with their counts.
    Facets(FacetsArguments),
    /// Show an article with its people and countries marked.
    Show(ShowArguments),
    /// Tell what the index holds.
    Stats(StatsArguments),
    /// Check every file of the index against its checksum.
    Verify(VerifyArguments),
    /// Take articles out of the index; their files are left alone.
    ///
    /// A removed article comes back when its file changes and is indexed again.
    Remove(RemoveArguments),
    /// Correct who is who: merge, rename, hide or split people and other entities.
    ///
    /// Corrections are kept in a list beside the index and apply to the next search; nothing is
    /// indexed anew.
    Entity(EntityArguments),
    /// Print the people, countries, organisations and places that articles name; needs no index.
    Extract(ExtractArguments),
    /// Print articles as JSON Lines, as they would be indexed; needs no index.
    Read(ReadArguments),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print a man page.
    Man {
        /// The command it is about; without one, `dateline` itself.
        command: Option<String>,
    },
}

/// Arguments of `dateline index`.
#[derive(Debug, Args)]
pub(crate) struct IndexArguments {
    /// Files and folders; `-` reads standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Also remove articles whose files have vanished from these paths.
    #[arg(long)]
    pub(crate) prune: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
    /// Print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `dateline search`.
#[derive(Debug, Args)]
#[command(after_help = SEARCH_EXAMPLES)]
pub(crate) struct SearchArguments {
    #[command(flatten)]
    pub(crate) what: What,
    /// Order of the hits.
    #[arg(long, value_enum, value_name = "ORDER", default_value_t = Order::Relevance)]
    pub(crate) sort: Order,
    /// Hits to show; 0 shows counts only.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Hits to pass over.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// Field to count under the hits, and how many values to show (default 10); can be given
    /// several times. Without it: person, country and source.
    #[arg(long = "facet", value_name = "FIELD[=N]")]
    pub(crate) facets: Vec<FacetArgument>,
    /// Bring the index up to date with this file or folder first.
    #[arg(long = "in", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `dateline facets`.
#[derive(Debug, Args)]
pub(crate) struct FacetsArguments {
    /// The field.
    #[arg(value_enum)]
    pub(crate) field: Field,
    #[command(flatten)]
    pub(crate) what: What,
    /// Print the counts as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which articles are meant.
#[derive(Debug, Args)]
pub(crate) struct What {
    /// Words, "phrases", AND, OR, NOT, parentheses, title:…, person:…, country:…
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Only articles that name this person, under any form of the name.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub(crate) person: Vec<String>,
    /// Only articles that name this country, by ISO code or by name in English, Spanish, French,
    /// Portuguese, German, Italian or Dutch.
    #[arg(long, value_name = "NAME|CODE", help_heading = "Filters")]
    pub(crate) country: Vec<String>,
    /// Only articles from this outlet; several widen the search.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub(crate) source: Vec<String>,
    /// Only articles in this language (en, es, fr…); several widen the search.
    #[arg(long, value_name = "CODE", help_heading = "Filters")]
    pub(crate) language: Vec<String>,
    /// Published on this day or later: 2026-02-03, 2026-02 or 2026.
    #[arg(long, value_name = "DATE", help_heading = "Filters")]
    pub(crate) since: Option<String>,
    /// Published on this day or earlier.
    #[arg(long, value_name = "DATE", help_heading = "Filters")]
    pub(crate) until: Option<String>,
    /// Field of which one of the given values suffices, instead of all.
    #[arg(long, value_enum, value_name = "FIELD", help_heading = "Filters")]
    pub(crate) any: Vec<Field>,
}

/// Arguments of `dateline show`.
#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// The article's id, as a search prints it.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Print the article and its entities as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `dateline stats`.
#[derive(Debug, Args)]
pub(crate) struct StatsArguments {
    /// Print the figures as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `dateline verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// Print the findings as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `dateline remove`.
#[derive(Debug, Args)]
pub(crate) struct RemoveArguments {
    /// Ids of articles, as a search prints them.
    #[arg(value_name = "ID", required_unless_present = "query")]
    pub(crate) ids: Vec<String>,
    /// Remove everything that this query finds.
    #[arg(long, value_name = "QUERY", conflicts_with = "ids")]
    pub(crate) query: Option<String>,
    /// Print the number of removed articles as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal that shows them.
    Auto,
    /// In pipes too.
    Always,
    /// Not at all.
    Never,
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// Best match first.
    Relevance,
    /// Newest first; undated last.
    Newest,
    /// Oldest first; undated last.
    Oldest,
}

/// A field that can be counted.
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
    AboutPerson,
    /// Countries that outlets are from.
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

/// A facet as it is asked for: `person` or `person=20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FacetArgument {
    field: Field,
    limit: usize,
}

impl FromStr for FacetArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<FacetArgument, String> {
        let (field, limit) = match text.split_once('=') {
            None => (text, FACET_LIMIT),
            Some((field, limit)) => {
                let number = limit.parse();
                let number = number.map_err(|_| format!("`{limit}` is no number of values"))?;
                (field, number)
            }
        };
        let field = Field::from_str(field, true).map_err(|_| {
            let names: Vec<_> = Field::value_variants().iter().map(Field::name).collect();
            format!(
                "there is no field `{field}`; the fields are {}",
                names.join(", ")
            )
        })?;
        Ok(FacetArgument { field, limit })
    }
}

impl Field {
    /// The name it has on the command line and in JSON.
    pub(crate) fn name(&self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

impl SearchArguments {
    /// The search that is asked for.
    pub(crate) fn request(&self) -> SearchRequest {
        let facets = if self.facets.is_empty() {
            FACETS_DEFAULT
                .map(|field| FacetRequest::top(field, FACET_LIMIT))
                .to_vec()
        } else {
            let facet = |facet: &FacetArgument| FacetRequest::top(facet.field.into(), facet.limit);
            self.facets.iter().map(facet).collect()
        };
        SearchRequest {
            sort: match self.sort {
                Order::Relevance => Sort::Relevance,
                Order::Newest => Sort::Newest,
                Order::Oldest => Sort::Oldest,
            },
            limit: self.limit,
            offset: self.offset,
            facets,
            ..self.what.request()
        }
    }
}

impl FacetsArguments {
    /// The search that counts all values of the field and returns no hits.
    pub(crate) fn request(&self) -> SearchRequest {
        SearchRequest {
            limit: 0,
            facets: vec![FacetRequest::top(self.field.into(), None)],
            ..self.what.request()
        }
    }
}

impl What {
    fn request(&self) -> SearchRequest {
        let request = SearchRequest {
            query: self.query.join(" "),
            since: self.since.clone(),
            until: self.until.clone(),
            ..SearchRequest::default()
        };
        let given = [
            (Field::Person, &self.person),
            (Field::Country, &self.country),
            (Field::Source, &self.source),
            (Field::Language, &self.language),
        ];
        let given = given.into_iter();
        let given = given.flat_map(|(field, values)| values.iter().map(move |v| (field, v)));
        given.fold(request, |request, (field, value)| {
            let mode = match self.any.contains(&field) {
                true => Mode::Any,
                false => Mode::All,
            };
            request.with(field.into(), mode, value)
        })
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn definitions_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn facets_are_a_field_and_a_number() {
        let facet = |field, limit| Ok(FacetArgument { field, limit });
        assert_eq!("person".parse(), facet(Field::Person, FACET_LIMIT));
        assert_eq!("People=3".parse(), facet(Field::Person, 3));
        assert_eq!("country=0".parse(), facet(Field::Country, 0));
        for wrong in ["", "=3", "colour", "person=", "person=-1", "person=3=4"] {
            assert!(wrong.parse::<FacetArgument>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_search_counts_three_facets_unless_others_are_asked_for() {
        let request = |arguments: &[&str]| {
            let parsed = Arguments::try_parse_from([&["dateline", "search"], arguments].concat());
            match parsed.map(|parsed| parsed.command) {
                Ok(Command::Search(arguments)) => arguments.request(),
                other => panic!("{other:?}"),
            }
        };
        let fields = |request: SearchRequest| -> Vec<_> {
            request
                .facets
                .iter()
                .map(|facet| (facet.field, facet.limit))
                .collect()
        };
        assert_eq!(
            fields(request(&[])),
            FACETS_DEFAULT.map(|field| (field, Some(FACET_LIMIT)))
        );
        let asked = request(&[
            "peace",
            "talks",
            "--facet",
            "place=2",
            "--any",
            "country",
            "--country",
            "CO",
        ]);
        assert_eq!(asked.query, "peace talks");
        assert_eq!(asked.filters[&FacetField::Country].any, ["CO"]);
        assert_eq!(fields(asked), [(FacetField::Place, Some(2))]);
    }
}
