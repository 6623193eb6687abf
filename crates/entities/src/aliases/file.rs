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

use dateline_corpus::EntityKind;
use serde::{Deserialize, Serialize};

use super::{Change, Context, Edit};

const OPENING: &str = "edits = [";
const CLOSING: &str = "]";

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
    let mut lines: Vec<&str> = text.lines().collect();
    if !lines.iter().any(|line| is_opening(line)) {
        lines.push(OPENING);
    }
    if lines.last().is_none_or(|line| line.trim() != CLOSING) {
        lines.push(CLOSING);
    }
    let line = format!("  {},", write(edit));
    lines.insert(lines.len() - 1, &line);
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

fn parse_line(line: &str) -> Result<Option<Edit>, String> {
    #[derive(Deserialize)]
    struct Alone {
        edit: toml::Value,
    }
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') || line == CLOSING || is_opening(line) {
        return Ok(None);
    }
    if !line.starts_with('{') {
        return Err(format!(
            "`{line}` is no edit: an edit is a line such as {{ rename = \"A\", to = \"B\" }}"
        ));
    }
    // A comment may follow the comma, so that the comma can be anywhere.
    let alone = |line: &str| toml::from_str::<Alone>(&format!("edit = {line}"));
    let ends = line.rmatch_indices('}').map(|(at, _)| &line[..=at]);
    let Some(value) = ends.filter_map(|line| alone(line).ok()).next() else {
        let message = alone(line.trim_end_matches(',')).err();
        return Err(message.map_or_else(String::new, |error| error.message().to_owned()));
    };
    let line = Line::deserialize(value.edit).map_err(|error| error.message().to_owned())?;
    line.edit().map(Some)
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
        let change = self.change()?;
        if let Some(empty) = names(&change).find(|name| super::key(kind, name).is_empty()) {
            return Err(format!("`{empty}` has no words, so it is no name"));
        }
        Ok(Edit {
            kind,
            change,
            on,
            reason,
        })
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
        let whole: Result<toml::Table, _> = toml::from_str(&written);
        assert!(whole.is_ok(), "{whole:?} {written}");
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
