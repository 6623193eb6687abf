//! Reads CoNLL-like files: one token a line with its tag in another column, empty lines between
//! sentences, `-DOCSTART-` or `# newdoc` between articles. Columns are split at tabs, or at blanks
//! where there are none; the tag column is the first that names a kind we know. Tags may be BIO,
//! IOB1, BIOES or BILOU. Tokens are put together into text again, so that annotated articles are
//! met as any other.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use dateline_corpus::analysis::{Analysed, Analyser};
use dateline_corpus::{EntityKind, Language, Part};

/// An annotated article.
pub(crate) struct Article {
    /// Its text.
    pub(crate) text: String,
    /// The names in it, as bytes, in order.
    pub(crate) names: Vec<(Range<usize>, EntityKind)>,
    /// The bytes of its tokens, each with whether it opens a sentence.
    tokens: Vec<(Range<usize>, bool)>,
}

/// Reads the articles of a file; it fails when no column of it holds tags. When the text that was
/// annotated lies beside it (`../text/NAME` for `tagged/NAME.tsv`), it is used; otherwise tokens
/// are joined.
pub(crate) fn read(path: &Path) -> Result<Vec<Article>> {
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let original = path
        .file_stem()
        .map(|name| path.with_file_name("..").join("text").join(name))
        .and_then(|path| std::fs::read_to_string(path).ok());
    let columns = Columns::of(&content)
        .with_context(|| format!("{}: no column of tags such as B-PER", path.display()))?;
    let mut articles = Vec::new();
    let mut lines: Vec<(&str, &str)> = Vec::new();
    for line in content.lines() {
        if line.starts_with("-DOCSTART-") || line.starts_with("# newdoc") {
            articles.extend(article(&lines, original.as_deref()));
            lines.clear();
        } else if !is_comment(line) {
            lines.push(columns.read(line));
        }
    }
    articles.extend(article(&lines, original.as_deref()));
    Ok(articles)
}

/// Which columns of a file hold tokens and tags.
struct Columns {
    tabs: bool,
    token: usize,
    tag: usize,
}

/// As many lines tell how a file is laid out.
const LAYOUT_LINES: usize = 2_000;

impl Columns {
    /// The layout of a file; `None` when no column is one of tags.
    fn of(content: &str) -> Option<Columns> {
        let lines = || {
            let lines = content.lines();
            lines.filter(|line| !is_comment(line) && !line.trim().is_empty())
        };
        let tabs = lines().take(LAYOUT_LINES).any(|line| line.contains('\t'));
        // Lines, `O`, and kinds we know by column.
        let mut seen: Vec<[usize; 3]> = Vec::new();
        for line in lines().take(LAYOUT_LINES) {
            for (column, value) in split(line, tabs).enumerate() {
                if column == seen.len() {
                    seen.push([0; 3]);
                }
                seen[column][0] += 1;
                seen[column][1] += usize::from(value == "O");
                seen[column][2] += usize::from(kind_of(value).is_some());
            }
        }
        // CoNLL-U numbers its tokens; no other text is all numbers.
        let number = |line: &str| line.starts_with(|c: char| c.is_ascii_digit());
        let token = usize::from(seen.len() > 2 && lines().take(LAYOUT_LINES).all(number));
        // Words such as `person` stand in columns of lemmas, too, but none is mostly `O`.
        let tags = |column: &usize| 4 * seen[*column][1] > seen[*column][0];
        let mut columns = (token + 1..seen.len()).filter(tags);
        let tag = columns
            .clone()
            .find(|&column| seen[column][2] > 0)
            .or_else(|| columns.next())?;
        Some(Columns { tabs, token, tag })
    }

    /// Token and tag of a line; both empty where a sentence ends.
    fn read<'l>(&self, line: &'l str) -> (&'l str, &'l str) {
        let column = |number| split(line, self.tabs).nth(number).unwrap_or_default();
        (column(self.token), column(self.tag))
    }
}

fn split(line: &str, tabs: bool) -> impl Iterator<Item = &str> {
    line.trim_end_matches('\r')
        .split(if tabs { '\t' } else { ' ' })
        .filter(move |column| tabs || !column.is_empty())
        .map(str::trim)
}

/// `# text = …`, not the hash of a tweet.
fn is_comment(line: &str) -> bool {
    line.starts_with("# ") && line.contains(" = ") && !line.contains('\t')
}

impl Article {
    /// Analyses the text as an English article without a title.
    #[allow(
        dead_code,
        reason = "shared by examples, of which only the trainer asks for it"
    )]
    pub(crate) fn analyse(&self, analyser: &mut Analyser) -> Analysed<'_> {
        analyser.analyse_parts("", &self.text, Some(Language::ENGLISH))
    }

    /// The names as tokens of the analysed text; names without a token of their own are left out.
    #[allow(
        dead_code,
        reason = "shared by examples, of which only the trainer asks for it"
    )]
    pub(crate) fn token_names(
        &self,
        analysed: &Analysed<'_>,
    ) -> Vec<(Part, Range<usize>, EntityKind)> {
        let tokens = &analysed.body.tokens;
        let mut names = Vec::new();
        let mut free = 0;
        for (bytes, kind) in &self.names {
            let first = tokens
                .partition_point(|token| (token.start as usize) < bytes.start)
                .max(free);
            let end = tokens.partition_point(|token| (token.start as usize) < bytes.end);
            if first < end {
                names.push((Part::Body, first..end, *kind));
                free = end;
            }
        }
        names
    }

    /// The article with every letter in upper case, as headlines and wires are written.
    #[allow(
        dead_code,
        reason = "shared by examples, of which only the trainer asks for it"
    )]
    pub(crate) fn uppercased(&self) -> Article {
        let mut text = String::new();
        let mut at = 0;
        let mut tokens = Vec::new();
        let mut moved = std::collections::HashMap::new();
        for (token, opens) in &self.tokens {
            text.push_str(&self.text[at..token.start]);
            let start = text.len();
            text.push_str(&self.text[token.clone()].to_uppercase());
            moved.insert(token.start, start);
            moved.insert(token.end, text.len());
            tokens.push((start..text.len(), *opens));
            at = token.end;
        }
        let names = self
            .names
            .iter()
            .map(|(name, kind)| (moved[&name.start]..moved[&name.end], *kind));
        Article {
            names: names.collect(),
            text,
            tokens,
        }
    }
}

/// Edges of a name without quotation marks, brackets and stops, where annotators differ.
pub(crate) fn trimmed(text: &str, bytes: Range<usize>) -> Range<usize> {
    let name = &text[bytes.clone()];
    let start = name.find(char::is_alphanumeric).unwrap_or(0);
    let end = name.rfind(char::is_alphanumeric).map_or(name.len(), |at| {
        at + name[at..].chars().next().map_or(0, char::len_utf8)
    });
    bytes.start + start..bytes.start + end
}

fn article(lines: &[(&str, &str)], original: Option<&str>) -> Option<Article> {
    lines.iter().any(|(token, _)| !token.is_empty()).then(|| {
        let (text, tokens) = original
            .and_then(|text| Some((text.to_owned(), align(lines, text)?)))
            .unwrap_or_else(|| join(lines));
        let tags: Vec<&str> = lines
            .iter()
            .filter(|(token, _)| !token.is_empty())
            .map(|(_, tag)| *tag)
            .collect();
        let names = names(&tags)
            .into_iter()
            .map(|(name, kind)| (tokens[name.start].0.start..tokens[name.end - 1].0.end, kind))
            // In tweets the at-sign alone is tagged as a person.
            .filter(|(name, _)| text[name.clone()].contains(char::is_alphanumeric))
            .collect();
        Article {
            text,
            names,
            tokens,
        }
    })
}

/// Where the tokens stand in the text, if all do, in order, with only blanks between them.
fn align(lines: &[(&str, &str)], text: &str) -> Option<Vec<(Range<usize>, bool)>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut opens = true;
    for (token, _) in lines {
        if token.is_empty() {
            opens = true;
            continue;
        }
        at = text.len()
            - text[at..]
                .trim_start_matches(|c: char| {
                    c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
                })
                .len();
        text[at..].starts_with(token).then_some(())?;
        tokens.push((at..at + token.len(), opens));
        at += token.len();
        opens = false;
    }
    Some(tokens)
}

/// Joins tokens as English is spaced. Hyphens join, because tokenisers cut compounds at them.
fn join(lines: &[(&str, &str)]) -> (String, Vec<(Range<usize>, bool)>) {
    let mut text = String::new();
    let mut tokens: Vec<(Range<usize>, bool)> = Vec::new();
    let mut quoted = false;
    let mut opens = true;
    let mut glued = true;
    for (token, _) in lines {
        if token.is_empty() {
            opens = true;
            quoted = false;
            continue;
        }
        let closes = matches!(
            *token,
            "." | "," | ":" | ";" | "?" | "!" | "%" | ")" | "]" | "”" | "…" | "-" | "n't" | "/"
        ) || token.starts_with(['\'', '’']) && token.len() > 1
            || matches!(*token, "\"" | "''" | "'") && quoted;
        if opens && !text.is_empty() {
            let ended = text.ends_with(['.', '?', '!', '"', '”', ')', '…', ':']);
            text.push(if ended { ' ' } else { '\n' });
        } else if !glued && !closes {
            text.push(' ');
        }
        tokens.push((text.len()..text.len() + token.len(), opens));
        text.push_str(token);
        if matches!(*token, "\"" | "''" | "``" | "'") {
            quoted = !quoted;
            glued = quoted;
        } else {
            glued = matches!(*token, "(" | "[" | "“" | "$" | "-" | "/" | "#" | "‘");
        }
        opens = false;
    }
    (text, tokens)
}

/// Reads tags of any scheme; a name also begins where the kind changes.
fn names(tags: &[&str]) -> Vec<(Range<usize>, EntityKind)> {
    let mut names: Vec<(Range<usize>, EntityKind)> = Vec::new();
    let mut open = false;
    for (at, tag) in tags.iter().enumerate() {
        let (role, _) = parts(tag);
        let kind = kind_of(tag);
        match (kind, names.last_mut()) {
            (Some(kind), Some(name))
                if open && matches!(role, "I" | "M" | "E" | "L") && name.1 == kind =>
            {
                name.0.end = at + 1
            }
            (Some(kind), _) => names.push((at..at + 1, kind)),
            (None, _) => {}
        }
        open = kind.is_some() && !matches!(role, "E" | "L" | "S" | "U");
    }
    names
}

/// Role and kind of a tag; one without a role goes on with the tag before it.
fn parts(tag: &str) -> (&str, &str) {
    tag.split_once(['-', '_'])
        .filter(|(role, _)| role.len() == 1)
        .unwrap_or(("I", tag))
}

/// Facilities are places, as buildings are in Dateline; all other kinds are not looked for.
fn kind_of(tag: &str) -> Option<EntityKind> {
    match parts(tag).1.to_lowercase().as_str() {
        "per" | "pers" | "person" => Some(EntityKind::Person),
        "org" | "organization" | "organisation" | "corporation" | "company" => {
            Some(EntityKind::Organisation)
        }
        "loc" | "gpe" | "location" | "facility" | "fac" | "place" | "geo-loc" => {
            Some(EntityKind::Place)
        }
        _ => None,
    }
}
