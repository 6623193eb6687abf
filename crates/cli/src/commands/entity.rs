//! `dateline entity`: corrects by hand who is who, in the list that searches apply.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use dateline_entities::aliases::file::{self, Listed};
use dateline_entities::aliases::{Change, Context, Edit};
use serde::Serialize;

use super::Place;
use crate::Outcome;
use crate::args::{EntityArguments, EntityCommand};
use crate::output::Output;

pub(crate) fn run(
    arguments: &EntityArguments,
    place: &Place,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let list = match &arguments.edit {
        EntityCommand::List { .. } | EntityCommand::Undo { .. } => place.list()?,
        // The first correction makes the list.
        _ => &place.corrections,
    };
    let text = super::aliases::text(list)?;
    match &arguments.edit {
        EntityCommand::List { json } => return show(&text, list, *json, output),
        EntityCommand::Undo { line } => {
            let Some((kept, edit)) = file::undo(&text, *line) else {
                output.say(
                    "note",
                    &format!("there is no such edit in {}", list.display()),
                );
                return Ok(Outcome::Nothing);
            };
            write(list, &kept)?;
            output.text(&format!("taken back: {}\n", file::write(&edit)))?;
        }
        command => {
            let Some(edit) = edit(command) else {
                return Ok(Outcome::Nothing);
            };
            let longer = file::append(&text, &edit);
            // Written as it will be read: whatever cannot be read back is refused here and now.
            let read_back = file::parse(&longer).edits.pop();
            if read_back.is_none_or(|(_, read)| read != edit) {
                let listed = file::parse(&file::append("", &edit));
                let problem = listed.problems.first();
                let problem = problem.map_or_else(String::new, |problem| problem.message.clone());
                anyhow::bail!("this is no correction that can be made: {problem}");
            }
            write(list, &longer)?;
            output.text(&format!("{}\n", file::write(&edit)))?;
        }
    }
    Ok(Outcome::Found)
}

/// The correction that a command line asks for; `None` when it asks for none.
fn edit(command: &EntityCommand) -> Option<Edit> {
    let own = String::clone;
    let (about, change) = match command {
        EntityCommand::Merge { names, into, about } => {
            let (names, into) = (names.clone(), own(into));
            (about, Change::Merge { names, into })
        }
        EntityCommand::Rename { name, to, about } => {
            let (name, to) = (own(name), own(to));
            (about, Change::Rename { name, to })
        }
        EntityCommand::Hide {
            name,
            reject: false,
            about,
        } => (about, Change::Hide { name: own(name) }),
        EntityCommand::Hide { name, about, .. } => (about, Change::Reject { name: own(name) }),
        EntityCommand::Split {
            name,
            into,
            when,
            about,
        } => {
            let when = Context {
                source: when.source.clone(),
                country: when.country.clone(),
                role: when.role.clone(),
                since: when.since.clone(),
                until: when.until.clone(),
            };
            let (name, into) = (own(name), own(into));
            (about, Change::Split { name, into, when })
        }
        EntityCommand::Add {
            name,
            aliases,
            about,
        } => {
            let (name, aliases) = (own(name), aliases.clone());
            (about, Change::Add { name, aliases })
        }
        EntityCommand::Identify {
            name,
            wikidata,
            about,
        } => {
            let (name, wikidata) = (own(name), own(wikidata));
            (about, Change::Identify { name, wikidata })
        }
        EntityCommand::Undo { .. } | EntityCommand::List { .. } => return None,
    };
    Some(Edit {
        kind: about.kind.into(),
        change,
        on: Some(jiff::Zoned::now().date().to_string()),
        reason: about.reason.clone(),
    })
}

/// An edit as `dateline entity list --json` prints it.
#[derive(Serialize)]
struct EditJson {
    line: usize,
    edit: String,
}

fn show(text: &str, list: &Path, json: bool, output: &mut Output) -> anyhow::Result<Outcome> {
    let Listed { edits, problems } = file::parse(text);
    super::aliases::complain(&problems, list, output);
    let lines = edits.iter().map(|(line, edit)| EditJson {
        line: *line,
        edit: file::write(edit),
    });
    let lines: Vec<EditJson> = lines.collect();
    if json {
        output.json(&lines)?;
    } else {
        let text = lines
            .iter()
            .map(|EditJson { line, edit }| format!("{line:>5}  {edit}\n"));
        output.text(&text.collect::<String>())?;
    }
    Ok(Outcome::found_if(!lines.is_empty()))
}

/// Replaces the list as a whole, so that a crash leaves the old one or the new one. A link to a
/// list that several people share stays a link.
fn write(list: &Path, text: &str) -> anyhow::Result<()> {
    let file = fs::canonicalize(list).unwrap_or_else(|_| list.to_owned());
    if file.exists() && !file.is_file() {
        anyhow::bail!(
            "{} is no file that a list of corrections can be kept in",
            list.display()
        );
    }
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, &file));
    written.with_context(|| format!("cannot write the list of corrections {}", list.display()))
}
