//! Names of authors: tells them from prose and parts several of them.

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le",
    "ten", "ter", "van", "von", "y", "zu",
];
/// Words between the names of two authors.
const AND: &[&str] = &[
    " and ", " & ", " und ", " et ", " y ", " e ", " en ", " with ", " con ",
];
/// A byline of more characters than this is prose.
const BYLINE_CHARS_MAX: usize = 160;
/// A name of more words than this is prose.
const NAME_WORDS_MAX: usize = 8;

/// The names in `A, B and C`.
pub(crate) fn split(text: &str) -> Vec<String> {
    let text = text.trim();
    let parts: Vec<&str> = text.split([',', ';', '\n']).collect();
    let is_word = |part: &&str| part.split_whitespace().count() == 1;
    if parts.len() == 2 && text.contains(',') && parts.iter().all(is_word) {
        // `Roe, Jane` is one name, family name first.
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
    let is_full = |side: &str| side.split_whitespace().count() > 1;
    let found = AND.iter().find_map(|and| {
        part.split_once(and)
            .filter(|(left, right)| is_full(left) && is_full(right))
    });
    match found {
        Some((left, right)) => [at_conjunctions(left), at_conjunctions(right)].concat(),
        None => vec![part],
    }
}

/// The Oxford comma leaves an `and` before the last name.
fn without_conjunction(name: &str) -> &str {
    let name = name.trim();
    AND.iter()
        .find_map(|and| name.strip_prefix(and.trim_start()))
        .unwrap_or(name)
        .trim()
}
