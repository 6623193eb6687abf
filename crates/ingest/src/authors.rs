//! Names of authors: tells them from prose, parts several of them, and keeps those of people.

mod clean;

pub(crate) use clean::clean;

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le",
    "ten", "ter", "van", "von", "y", "zu",
];
/// Words between the names of two authors.
const AND: &[&str] = &[
    " and ", " & ", " und ", " et ", " y ", " e ", " en ", " og ", " och ", " ja ", " și ", " és ",
    " ve ", " и ", " και ", " with ", " con ",
];
/// Words that begin a byline.
const BY: &[&str] = &[
    "by",
    "por",
    "par",
    "words by",
    "written by",
    "text by",
    "analysis by",
    "opinion by",
    "commentary by",
    "perspective by",
    "column by",
    "essay by",
    "review by",
    "story by",
    "report by",
    "reported by",
    "reporting by",
    "posted by",
    "text:",
    "texte:",
    "texto:",
    "av",
    "af",
    "بقلم",
];
/// Words that begin a byline, and names as well: a full name must follow them.
const BY_OR_NAME: &[&str] = &["von", "di", "door", "de"];
/// A byline of more characters than this is prose.
const BYLINE_CHARS_MAX: usize = 160;
/// A name of more words than this is prose.
const NAME_WORDS_MAX: usize = 8;
/// Some fifty full names; a longer text is prose in the wrong field and is not parted.
const LIST_BYTES_MAX: usize = 2_000;

/// The names in `A, B and C`. A text of more than [`LIST_BYTES_MAX`] comes back whole.
pub(crate) fn split(text: &str) -> Vec<String> {
    let text = text.trim();
    // `['Jane Roe', 'John Doe']`: a list as Python writes it.
    let list = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let text = list.unwrap_or(text);
    if text.len() > LIST_BYTES_MAX {
        return vec![text.to_owned()];
    }
    let parts: Vec<&str> = text.split([',', ';', '\n']).collect();
    if is_inverted(&parts) {
        let names = parts
            .chunks(2)
            .map(|pair| format!("{} {}", pair[1].trim(), pair[0].trim()));
        return names.collect();
    }
    let is_word = |part: &&str| part.split_whitespace().count() == 1;
    if parts.len() == 2 && text.contains(',') && parts.iter().all(is_word) {
        // `Roe, Jane` is one name, family name first.
        return vec![text.to_owned()];
    }
    if let [name, rest] = parts.as_slice()
        && text.contains(',')
        && !is_word(name)
        && is_word(rest)
        && at_conjunctions(name).len() == 1
    {
        // `Jane Roe, Jr.` is one name; else a single word is where she is: `Jane Roe, Berlin`.
        return vec![text.to_owned()];
    }
    parts
        .into_iter()
        .flat_map(at_conjunctions)
        .map(without_conjunction)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The names of a part of a byline that may be two: `A and B`.
pub(crate) fn parted(part: &str) -> impl Iterator<Item = &str> {
    let parts = match part.len() <= LIST_BYTES_MAX {
        true => at_conjunctions(part),
        false => vec![part],
    };
    parts.into_iter().map(without_conjunction)
}

/// Whether a word stands between the names of two authors.
pub(crate) fn is_and(word: &str) -> bool {
    AND.iter().any(|and| and.trim() == word)
}

/// Whether a list is one of family names, each with initials behind it: `Roe, J., Doe, P.-L.`
fn is_inverted(parts: &[&str]) -> bool {
    let are_initials = |text: &str| {
        let mut words = text.split([' ', '-', '.']).filter(|word| !word.is_empty());
        text.contains('.')
            && words.all(|word| word.chars().count() == 1 && word.chars().all(char::is_uppercase))
    };
    parts.len().is_multiple_of(2)
        && parts
            .chunks(2)
            .all(|pair| !are_initials(pair[0]) && are_initials(pair[1]))
}

/// What follows the word that begins a byline; the text itself where none does.
pub(crate) fn without_by(text: &str) -> &str {
    behind_by(text).unwrap_or(text.trim())
}

/// What follows the word that begins a byline.
pub(crate) fn behind_by(text: &str) -> Option<&str> {
    let text = text.trim();
    let behind = |by: &&str| {
        let head = text.get(..by.len())?;
        let rest = &text[by.len()..];
        // The sign behind it first: it spares a copy for nearly every text.
        let is_by = rest.starts_with([' ', '\u{a0}', ':']) && head.to_lowercase() == **by;
        is_by.then(|| rest.trim_start_matches([':', ' ', '\u{a0}']))
    };
    let is_full = |name: &&str| name.split_whitespace().nth(1).is_some();
    BY.iter()
        .find_map(behind)
        .or_else(|| BY_OR_NAME.iter().find_map(behind).filter(is_full))
}

/// Whether `text` is a list of names: capitalised words and particles, and not a sentence.
pub(crate) fn are_names(text: &str) -> bool {
    let is_closed = !text.ends_with(['.', ':', '!', '?']) || text.ends_with("Jr.");
    let names = split(text);
    is_closed
        && text.chars().count() <= BYLINE_CHARS_MAX
        && !names.is_empty()
        && names.iter().all(|name| is_name(name))
}

fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_word = |word: &&str| {
        PARTICLES.contains(word)
            || word
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || c == '"' || c == '“')
    };
    words.len() <= NAME_WORDS_MAX
        && words.iter().all(is_word)
        && words.iter().any(|word| !PARTICLES.contains(word))
}

/// The names in `A and B`. A conjunction inside a name (`José Ortega y Gasset`) shows in a side
/// that is no full name.
fn at_conjunctions(part: &str) -> Vec<&str> {
    AND.iter().fold(vec![part], |names, and| {
        names
            .into_iter()
            .flat_map(|name| at_conjunction(name, and))
            .collect()
    })
}

fn at_conjunction<'a>(part: &'a str, and: &str) -> Vec<&'a str> {
    let is_full = |side: &str| side.split_whitespace().nth(1).is_some();
    let mut names = Vec::new();
    let mut start = 0;
    for (at, _) in part.match_indices(and) {
        let next = at + and.len();
        if is_full(&part[start..at]) && is_full(&part[next..]) {
            names.push(&part[start..at]);
            start = next;
        }
    }
    names.push(&part[start..]);
    names
}

/// The Oxford comma leaves an `and` before the last name.
fn without_conjunction(name: &str) -> &str {
    let name = name.trim();
    AND.iter()
        .find_map(|and| name.strip_prefix(and.trim_start()))
        .unwrap_or(name)
        .trim()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expect: Expect) {
        expect.assert_eq(&split(text).join(" | "));
    }

    #[test]
    fn parts_names_at_commas_and_conjunctions() {
        check("A B, C D and E F", expect!["A B | C D | E F"]);
        check(
            "A B and C D and E F y G H",
            expect!["A B | C D | E F | G H"],
        );
        check("A B, C D, and E F", expect!["A B | C D | E F"]);
    }

    #[test]
    fn turns_a_list_of_family_names_and_initials() {
        check("Roe, J., Doe, P.-L.", expect!["J. Roe | P.-L. Doe"]);
        check("Roe, J. A.", expect!["J. A. Roe"]);
        check("Ana Sol, Ben Ode", expect!["Ana Sol | Ben Ode"]);
    }

    #[test]
    fn keeps_a_name_with_a_conjunction_or_comma_whole() {
        check(
            "José Ortega y Gasset and Ann Lee",
            expect!["José Ortega y Gasset | Ann Lee"],
        );
        check("Roe, Jane", expect!["Roe, Jane"]);
    }

    #[test]
    fn parts_no_text_that_is_too_long_for_a_list() {
        let list = |names: usize| vec!["Ab Cd"; names].join(" and ");
        assert_eq!(split(&list(200)).len(), 200);
        let long = list(10_000);
        assert!(!are_names(&long));
        assert_eq!(split(&long), [long]);
    }
}
