//! Reads CoNLL-style files: a token, a tab and a tag a line (BIO or BIOES), empty lines between
//! sentences, `-DOCSTART-` between articles. Tokens are put together into text again, so that the
//! tagger meets annotated articles as it meets any other.

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

/// Reads the articles of a file. When the text that was annotated lies beside it
/// (`../text/NAME` for `tagged/NAME.tsv`), it is used; otherwise tokens are joined.
pub(crate) fn read(path: &Path) -> Result<Vec<Article>> {
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let original = path
        .file_stem()
        .map(|name| path.with_file_name("..").join("text").join(name))
        .and_then(|path| std::fs::read_to_string(path).ok());
    let mut articles = Vec::new();
    let mut lines: Vec<(&str, &str)> = Vec::new();
    for line in content.lines().map(|line| line.trim_end_matches('\r')) {
        if line.starts_with("-DOCSTART-") {
            articles.extend(article(&lines, original.as_deref()));
            lines.clear();
        } else {
            // Further columns hold names within names.
            let mut columns = line.split('\t');
            lines.push((
                columns.next().unwrap_or_default(),
                columns.next().unwrap_or_default(),
            ));
        }
    }
    articles.extend(article(&lines, original.as_deref()));
    Ok(articles)
}

impl Article {
    /// Analyses the text as an English article without a title.
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

/// Reads tags in BIO and BIOES alike; a name also begins where the kind changes.
fn names(tags: &[&str]) -> Vec<(Range<usize>, EntityKind)> {
    let mut names: Vec<(Range<usize>, EntityKind)> = Vec::new();
    let mut open = false;
    for (at, tag) in tags.iter().enumerate() {
        let (role, label) = tag.split_once('-').unwrap_or(("O", ""));
        match (kind(label), names.last_mut()) {
            (Some(kind), Some(name)) if open && matches!(role, "I" | "E") && name.1 == kind => {
                name.0.end = at + 1
            }
            (Some(kind), _) => names.push((at..at + 1, kind)),
            (None, _) => {}
        }
        open = kind(label).is_some() && !matches!(role, "E" | "S");
    }
    names
}

/// Facilities are places, as buildings are in Dateline; all other kinds are not looked for.
fn kind(label: &str) -> Option<EntityKind> {
    match label {
        "PER" | "Person" | "PERSON" | "person" => Some(EntityKind::Person),
        "ORG" | "Organization" | "organisation" => Some(EntityKind::Organisation),
        "LOC" | "GPE" | "Location" | "Facility" | "FAC" | "place" => Some(EntityKind::Place),
        _ => None,
    }
}
