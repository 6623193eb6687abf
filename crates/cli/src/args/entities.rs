//! Arguments of `dateline extract` and `dateline entity`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use dateline_corpus::EntityKind;

use super::ReadingArguments;

/// Arguments of `dateline extract`.
#[derive(Debug, Args)]
pub(crate) struct ExtractArguments {
    /// Files and folders; `-` reads standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
    /// Print one line of JSON for each article, with every mention.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `dateline entity`.
#[derive(Debug, Args)]
pub(crate) struct EntityArguments {
    /// What to correct.
    #[command(subcommand)]
    pub(crate) edit: EntityCommand,
}

/// What to correct.
#[derive(Debug, Subcommand)]
pub(crate) enum EntityCommand {
    /// Take several names for one entity.
    Merge {
        /// The names that mean the same.
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
        /// The name to show.
        #[arg(long, value_name = "NAME")]
        into: String,
        #[command(flatten)]
        about: About,
    },
    /// Show an entity under another name.
    Rename {
        /// What it is called now.
        name: String,
        /// What to call it.
        to: String,
        #[command(flatten)]
        about: About,
    },
    /// Leave an entity out of lists and counts; it can be filtered by still.
    Hide {
        /// Its name.
        name: String,
        /// It is no person (or whatever --kind says) at all: do not find it either.
        #[arg(long)]
        reject: bool,
        #[command(flatten)]
        about: About,
    },
    /// In some articles a name means somebody else.
    Split {
        /// The name in those articles.
        name: String,
        /// Who is meant there.
        #[arg(long, value_name = "NAME")]
        into: String,
        #[command(flatten)]
        when: When,
        #[command(flatten)]
        about: About,
    },
    /// Look for an entity in the text, whether it was recognised or not.
    Add {
        /// Its name.
        name: String,
        /// Another name to look for; can be given several times.
        // `aliases` is the id of the list's own option.
        #[arg(id = "other_names", long = "alias", value_name = "NAME")]
        aliases: Vec<String>,
        #[command(flatten)]
        about: About,
    },
    /// Say which item of Wikidata an entity is.
    Identify {
        /// Its name.
        name: String,
        /// The item, such as Q64.
        #[arg(value_name = "ITEM")]
        wikidata: String,
        #[command(flatten)]
        about: About,
    },
    /// Take back the last correction, or the one in a line of the list.
    Undo {
        /// The line, as `dateline entity list` numbers it.
        line: Option<usize>,
    },
    /// List the corrections that were made.
    List {
        /// Print them as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// In which articles a name means somebody else; all that is given must hold.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct When {
    /// In articles from this outlet.
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// In articles that name this country.
    #[arg(long, value_name = "NAME|CODE")]
    pub(crate) country: Option<String>,
    /// In articles where this is said of the person: "defense minister".
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: Option<String>,
    /// In articles of this day, month or year, or later.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// In articles of this day, month or year, or earlier.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
}

/// What every correction says.
#[derive(Debug, Args)]
pub(crate) struct About {
    /// What sort of entity it is.
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Kind::Person)]
    pub(crate) kind: Kind,
    /// Why, for whoever reads the list.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

/// A sort of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// A human being.
    Person,
    /// A country.
    Country,
    /// A company, party, ministry.
    #[value(aliases = ["organization", "org"])]
    Organisation,
    /// A city, region, river, building.
    Place,
}

impl From<Kind> for EntityKind {
    fn from(kind: Kind) -> EntityKind {
        match kind {
            Kind::Person => EntityKind::Person,
            Kind::Country => EntityKind::Country,
            Kind::Organisation => EntityKind::Organisation,
            Kind::Place => EntityKind::Place,
        }
    }
}
