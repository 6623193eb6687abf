//! The list of corrections as text: `aliases.toml`.
//!
//! ```toml
//! edits = [
//!   { on = "2026-02-03", merge = ["Joseph Biden", "J. Biden"], into = "Joe Biden", reason = "same man" },
//!   { hide = "Staff Writer" },
//! ]
//! ```
//!
//! Each edit is a line, so that a bad one costs nothing but itself, and changes made by two
//! people can be merged. Files are read and written by the caller.

use dateline_corpus::{CalendarPeriod, EntityKind};
use serde::{Deserialize, Serialize};

use super::{Change, Context, Edit};
use crate::countries;

const OPENING: &str = "edits = [";
const CLOSING: &str = "]";

/// Braces of a line that are tried as the end of its table.
const BRACES_MAX: usize = 32;

/// What a list says, and what of it could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The edits with the 1-based numbers of their lines.
    pub edits: Vec<(usize, Edit)>,
    /// What is wrong, by line.
    pub problems: Vec<Problem>,
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Problem {
    /// 1-based.
    pub line: usize,
    /// What is wrong with it, and what to write instead.
    pub message: String,
}

/// Reads a list. Lines that cannot be read are passed over and told.
pub fn parse(text: &str) -> Listed {
    let mut listed = Listed::default();
    for (number, line) in (1..).zip(text.lines()) {
        match parse_line(line) {
            Ok(edit) => listed.edits.extend(edit.map(|edit| (number, edit))),
            Err(message) => listed.problems.push(Problem {
                line: number,
                message,
            }),
        }
    }
    listed
}

/// The list with one more edit at its end.
pub fn append(text: &str, edit: &Edit) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let empty = lines.iter().position(|line| is_empty_list(line));
    if let Some(empty) = empty {
        lines.splice(empty..=empty, [OPENING.to_owned(), CLOSING.to_owned()]);
    } else if !lines.iter().any(|line| is_opening(line)) {
        lines.extend([OPENING.to_owned(), CLOSING.to_owned()]);
    }
    let closing = lines.iter().rposition(|line| line.trim() == CLOSING);
    let at = closing.unwrap_or_else(|| {
        lines.push(CLOSING.to_owned());
        lines.len() - 1
    });
    // The edit before it may be the last of its list, which needs no comma.
    let before = lines[..at].iter_mut().rev();
    let last = before
        .take_while(|line| !is_opening(line))
        .find(|line| is_edit(line));
    if let Some(line) = last
        && let Ok(value) = value_of(line)
        && !line.trim_start()[value.end..].trim_start().starts_with(',')
    {
        let indent = line.len() - line.trim_start().len();
        line.insert(indent + value.end, ',');
    }
    lines.insert(at, format!("  {},", write(edit)));
    lines.join("\n") + "\n"
}

/// The list without the edit in a line, or without its last edit; and that edit. `None` when
/// there is no such edit.
pub fn undo(text: &str, line: Option<usize>) -> Option<(String, Edit)> {
    let mut edits = parse(text).edits.into_iter();
    let (line, edit) = match line {
        Some(line) => edits.find(|(at, _)| *at == line),
        None => edits.next_back(),
    }?;
    let kept = (1..).zip(text.lines()).filter(|(at, _)| *at != line);
    let kept: Vec<&str> = kept.map(|(_, line)| line).collect();
    Some((kept.join("\n") + "\n", edit))
}

/// An edit as it stands in its line.
pub fn write(edit: &Edit) -> String {
    let line = Line::of(edit);
    // Strings and lists of strings can always be written.
    let fields = toml::Table::try_from(&line).unwrap_or_default();
    toml::Value::Table(fields).to_string()
}

fn is_opening(line: &str) -> bool {
    line.split_whitespace().collect::<String>() == "edits=["
}

fn is_empty_list(line: &str) -> bool {
    line.split_whitespace().collect::<String>() == "edits=[]"
}

fn is_edit(line: &str) -> bool {
    line.trim_start().starts_with('{')
}

fn parse_line(line: &str) -> Result<Option<Edit>, String> {
    let line = line.trim();
    let no_edit = is_opening(line) || is_empty_list(line) || line == CLOSING;
    if line.is_empty() || line.starts_with('#') || no_edit {
        return Ok(None);
    }
    if line.contains(char::REPLACEMENT_CHARACTER) {
        return Err("the line is not UTF-8".to_owned());
    }
    if !is_edit(line) {
        return Err(format!(
            "`{line}` is no edit: an edit is a line such as {{ rename = \"A\", to = \"B\" }}"
        ));
    }
    let value = value_of(line)?;
    let line = Line::deserialize(value.value).map_err(|error| error.message().to_owned())?;
    line.edit().map(Some)
}

/// The table that a line begins with.
struct Value {
    value: toml::Value,
    /// Where it ends in the line without its indent.
    end: usize,
}

fn value_of(line: &str) -> Result<Value, String> {
    #[derive(Deserialize)]
    struct Alone {
        edit: toml::Value,
    }
    let line = line.trim();
    let alone = |line: &str| toml::from_str::<Alone>(&format!("edit = {line}"));
    // A comma and a comment may follow, and the comment may have braces, too; few have many.
    let ends = line
        .rmatch_indices('}')
        .map(|(at, _)| at + 1)
        .take(BRACES_MAX);
    let mut read = ends.filter_map(|end| {
        let alone = alone(&line[..end]).ok()?;
        Some(Value {
            value: alone.edit,
            end,
        })
    });
    read.next().ok_or_else(|| {
        let error = alone(line.trim_end_matches(',')).err();
        error.map_or_else(String::new, |error| error.message().to_owned())
    })
}

/// An edit as it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Line {
    on: Option<String>,
    kind: Option<EntityKind>,
    merge: Option<Vec<String>>,
    rename: Option<String>,
    hide: Option<String>,
    reject: Option<String>,
    split: Option<String>,
    add: Option<String>,
    identify: Option<String>,
    to: Option<String>,
    into: Option<String>,
    when: Option<Context>,
    aliases: Option<Vec<String>>,
    wikidata: Option<String>,
    reason: Option<String>,
}

impl Line {
    fn of(edit: &Edit) -> Line {
        let mut line = Line {
            on: edit.on.clone(),
            // People are what most edits are about.
            kind: Some(edit.kind).filter(|kind| *kind != EntityKind::Person),
            reason: edit.reason.clone(),
            ..Line::default()
        };
        match edit.change.clone() {
            Change::Merge { names, into } => {
                line.merge = Some(names);
                line.into = Some(into);
            }
            Change::Rename { name, to } => {
                line.rename = Some(name);
                line.to = Some(to);
            }
            Change::Hide { name } => line.hide = Some(name),
            Change::Reject { name } => line.reject = Some(name),
            Change::Split { name, into, when } => {
                line.split = Some(name);
                line.into = Some(into);
                line.when = Some(when);
            }
            Change::Add { name, aliases } => {
                line.add = Some(name);
                line.aliases = Some(aliases).filter(|aliases| !aliases.is_empty());
            }
            Change::Identify { name, wikidata } => {
                line.identify = Some(name);
                line.wikidata = Some(wikidata);
            }
        }
        line
    }

    fn edit(self) -> Result<Edit, String> {
        let given = [
            self.merge.is_some(),
            self.rename.is_some(),
            self.hide.is_some(),
            self.reject.is_some(),
            self.split.is_some(),
            self.add.is_some(),
            self.identify.is_some(),
        ];
        if given.into_iter().filter(|given| *given).count() != 1 {
            return Err(
                "an edit has one of merge, rename, hide, reject, split, add, identify".to_owned(),
            );
        }
        let kind = self.kind.unwrap_or(EntityKind::Person);
        let (on, reason) = (self.on.clone(), self.reason.clone());
        let given = self.given();
        let change = self.change()?;
        let edit = Edit {
            kind,
            change,
            on,
            reason,
        };
        if let Some(empty) = names(&edit.change).find(|name| super::key(kind, name).is_empty()) {
            return Err(format!("`{empty}` has no words, so it is no name"));
        }
        if given != Line::of(&edit).given() {
            return Err("the edit has more than its verb asks for".to_owned());
        }
        possible(kind, &edit.change)?;
        Ok(edit)
    }

    /// Which of the fields are there that say what a verb is done to.
    fn given(&self) -> [bool; 5] {
        let aliases = self
            .aliases
            .as_ref()
            .is_some_and(|aliases| !aliases.is_empty());
        [
            self.to.is_some(),
            self.into.is_some(),
            self.when.is_some(),
            aliases,
            self.wikidata.is_some(),
        ]
    }

    fn change(self) -> Result<Change, String> {
        let needs = |verb: &str, what: &str| format!("{verb} needs {what}");
        if let Some(names) = self.merge {
            if names.is_empty() {
                return Err(needs("merge", "a list of names"));
            }
            let into = self.into.ok_or_else(|| needs("merge", "into = \"NAME\""))?;
            return Ok(Change::Merge { names, into });
        }
        if let Some(name) = self.rename {
            let to = self.to.ok_or_else(|| needs("rename", "to = \"NAME\""))?;
            return Ok(Change::Rename { name, to });
        }
        if let Some(name) = self.split {
            let into = self.into.ok_or_else(|| needs("split", "into = \"NAME\""))?;
            let when = self.when.filter(|when| !when.is_empty()).ok_or_else(|| {
                needs(
                    "split",
                    "when = { … } with source, country, role, since or until",
                )
            })?;
            return Ok(Change::Split { name, into, when });
        }
        if let Some(name) = self.identify {
            let item = self.wikidata.filter(|item| is_item(item));
            let wikidata = item.ok_or_else(|| needs("identify", "wikidata = \"Q…\""))?;
            return Ok(Change::Identify { name, wikidata });
        }
        let aliases = self.aliases.unwrap_or_default();
        let add = self.add.map(|name| Change::Add { name, aliases });
        let hide = self.hide.map(|name| Change::Hide { name });
        let reject = self.reject.map(|name| Change::Reject { name });
        // The caller saw to it that one of them is there.
        add.or(hide)
            .or(reject)
            .ok_or_else(|| "the edit does nothing".to_owned())
    }
}

/// Why a change can have no effect, if it cannot.
fn possible(kind: EntityKind, change: &Change) -> Result<(), String> {
    let none = |verb: &str| {
        Err(format!(
            "countries are known by their codes: no {verb} of them"
        ))
    };
    match (kind, change) {
        (EntityKind::Country, Change::Merge { .. }) => none("merging"),
        (EntityKind::Country, Change::Rename { .. }) => none("renaming"),
        (EntityKind::Country, Change::Add { .. }) => none("adding"),
        (EntityKind::Person, Change::Split { name, into, when }) => {
            if super::key(kind, name) == super::key(kind, into) {
                return Err(format!("`{into}` is the same name as `{name}`"));
            }
            let country = when.country.iter();
            let mut unknown = country.filter(|name| countries::lookup(name).is_none());
            let dates = when.since.iter().chain(&when.until);
            let mut no_date = dates.filter(|date| CalendarPeriod::parse(date).is_none());
            match (unknown.next(), no_date.next()) {
                (Some(name), _) => Err(format!("no country is called `{name}`")),
                (None, Some(date)) => Err(format!(
                    "`{date}` is no date: write a year, a month or a day, such as 2026-02-03"
                )),
                (None, None) => Ok(()),
            }
        }
        (_, Change::Split { .. }) => Err("only people can be split".to_owned()),
        _ => Ok(()),
    }
}

/// Whether a text is the name of an item of Wikidata.
fn is_item(text: &str) -> bool {
    let digits = text.strip_prefix('Q').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// All names in a change.
fn names(change: &Change) -> impl Iterator<Item = &String> {
    let (name, several, other) = match change {
        Change::Merge { names, into } => (None, names.as_slice(), Some(into)),
        Change::Rename { name, to } => (Some(name), &[][..], Some(to)),
        Change::Split { name, into, .. } => (Some(name), &[][..], Some(into)),
        Change::Add { name, aliases } => (Some(name), aliases.as_slice(), None),
        Change::Hide { name } | Change::Reject { name } | Change::Identify { name, .. } => {
            (Some(name), &[][..], None)
        }
    };
    name.into_iter().chain(several).chain(other)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const LIST: &str = r#"# who is who
edits = [
  { on = "2026-02-03", merge = ["Joseph Biden", "J. Biden"], into = "Joe Biden", reason = "one man" },
  { hide = "Staff Writer" }, # not a person, but never mind
  { kind = "organisation", rename = "BoA", to = "Bank of America" },
  { split = "Pedro Sánchez", into = "Pedro Sánchez (minister)", when = { country = "CO" } },
  { add = "Acme } Works", aliases = ["Acme"], kind = "organisation" },
  { identify = "Gustavo Petro", wikidata = "Q1373593" },
  { reject = "Go" }
]
"#;

    #[test]
    fn what_is_read_can_be_written_and_read_again() {
        let listed = parse(LIST);
        assert_eq!(listed.problems, []);
        let (lines, edits): (Vec<usize>, Vec<Edit>) = listed.edits.into_iter().unzip();
        assert_eq!(lines, [3, 4, 5, 6, 7, 8, 9]);
        let written = edits
            .iter()
            .fold(String::new(), |text, edit| append(&text, edit));
        let again = parse(&written).edits.into_iter().map(|(_, edit)| edit);
        assert_eq!(again.collect::<Vec<_>>(), edits, "{written}");
        let edit = &edits[0];
        for list in [
            "",
            LIST,
            "edits = []",
            "edits = [\n]\n\n# the end\n",
            &written,
        ] {
            let longer = append(list, edit);
            let whole: Result<toml::Table, _> = toml::from_str(&longer);
            assert!(whole.is_ok(), "{whole:?} {longer}");
            let (before, after) = (parse(list), parse(&longer));
            assert_eq!(after.problems, []);
            assert_eq!(after.edits.len(), before.edits.len() + 1, "{longer}");
        }
    }

    #[test]
    fn bad_lines_are_told_and_cost_nothing_else() {
        fn check(line: &str, expected: Expect) {
            let text = format!("edits = [\n{line}\n{{ hide = \"A B\" }},\n]\n");
            let listed = parse(&text);
            assert_eq!(listed.edits.len(), 1, "{line}");
            let problems = listed.problems.iter().map(ToString::to_string);
            expected.assert_eq(&problems.collect::<Vec<_>>().join("\n"));
        }
        check(
            "hide = \"A\"",
            expect![[
                r#"line 2: `hide = "A"` is no edit: an edit is a line such as { rename = "A", to = "B" }"#
            ]],
        );
        check(
            "{ hide = \"A }",
            expect!["line 2: unclosed inline table, expected `}`"],
        );
        check(
            "{ hide = \"A\", merge = [] }",
            expect!["line 2: an edit has one of merge, rename, hide, reject, split, add, identify"],
        );
        check(
            "{ hidden = \"A\" }",
            expect![
                "line 2: unknown field `hidden`, expected one of `on`, `kind`, `merge`, `rename`, `hide`, `reject`, `split`, `add`, `identify`, `to`, `into`, `when`, `aliases`, `wikidata`, `reason`"
            ],
        );
        check(
            "{ merge = \"A\", into = \"B\" }",
            expect![[r#"line 2: invalid type: string "A", expected a sequence"#]],
        );
        check(
            "{ merge = [], into = \"B\" }",
            expect!["line 2: merge needs a list of names"],
        );
        check(
            "{ rename = \"A\" }",
            expect![[r#"line 2: rename needs to = "NAME""#]],
        );
        check(
            "{ rename = \"A\", to = \"…\" }",
            expect!["line 2: `…` has no words, so it is no name"],
        );
        check(
            "{ split = \"A\", into = \"B\" }",
            expect!["line 2: split needs when = { … } with source, country, role, since or until"],
        );
        check(
            "{ split = \"A\", into = \"B\", when = { land = \"CO\" } }",
            expect![
                "line 2: unknown field `land`, expected one of `source`, `country`, `role`, `since`, `until`"
            ],
        );
        check(
            "{ identify = \"A\", wikidata = \"64\" }",
            expect![[r#"line 2: identify needs wikidata = "Q…""#]],
        );
        check(
            "{ kind = \"animal\", hide = \"A\" }",
            expect![
                "line 2: unknown variant `animal`, expected one of `person`, `country`, `organisation`, `place`"
            ],
        );
    }

    #[test]
    fn undo_takes_back_the_last_edit_or_the_one_in_a_line() {
        let (text, edit) = undo(LIST, None).unwrap();
        assert_eq!(write(&edit), r#"{ reject = "Go" }"#);
        assert_eq!(parse(&text).edits.len(), 6);
        let (text, edit) = undo(&text, Some(4)).unwrap();
        assert_eq!(write(&edit), r#"{ hide = "Staff Writer" }"#);
        assert!(
            text.starts_with("# who is who\nedits = [\n  { on"),
            "{text}"
        );
        assert_eq!(undo(&text, Some(1)), None);
        assert_eq!(undo("", None), None);
    }
}
