//! What makes two spellings of a person's name the same name.
//!
//! Names are compared by their parts: folded words, cut at hyphens. Whether two articles mean the
//! same human being is not decided here.

use dateline_corpus::{Language, analysis};

use crate::lexicon::{self, Classes};

/// The key that variants of one full name share.
///
/// Case and accents are folded, a hyphen is a space, titles, nicknames in quotes and middle
/// initials are dropped; a suffix such as `Jr` stays, for it tells father from son.
/// `Sen. Daniel "Dani" R. García-Peña` has the key `daniel garcia pena`.
pub fn person_key(name: &str) -> String {
    without_middle_initials(parts(name)).join(" ")
}

/// Whether a query such as `petro`, `gustavo petro` or `G. Petro` can mean the person that the
/// index calls `Gustavo Petro`.
///
/// The query's parts must occur in the name in their order, an initial standing for any part
/// that begins with it; a suffix that only one of them has says nothing.
pub fn name_matches(query: &str, canonical: &str) -> bool {
    let mut name = parts(canonical).into_iter();
    let mut query = parts(query);
    if query.len() > 1 && query.last().is_some_and(|part| class(part).is_suffix()) {
        query.pop();
    }
    // Middle initials of the query may be lacking in the canonical name.
    let query = without_middle_initials(query);
    !query.is_empty()
        && query
            .iter()
            .all(|part| name.any(|candidate| part_matches(part, &candidate)))
}

/// The folded parts of a name without titles and quoted nicknames.
pub(crate) fn parts(name: &str) -> Vec<String> {
    let name = without_nickname(name);
    let mut parts: Vec<String> = analysis::words(&name)
        .into_iter()
        .map(|(_, _, form)| form)
        .flat_map(|form| form.split('-').map(str::to_owned).collect::<Vec<_>>())
        .filter(|form| !form.is_empty())
        .collect();
    let titles = parts.windows(2).take_while(|pair| {
        let class = class(&pair[0]);
        class.is_rank() && !class.is_given() && !keeps_title(&pair[0], &pair[1])
    });
    let titles = titles.count();
    // A name that is all titles (`King`, `Major`) is a name: its last word is never cut.
    parts.drain(..titles);
    parts
}

/// Whether a title is part of the name behind it, as in `Sheikh Hasina`, whom nobody calls Hasina
/// alone on first mention.
pub(crate) fn keeps_title(title: &str, name: &str) -> bool {
    const KEPT: &[(&str, &str)] = &[
        ("sheikh", "hasina"),
        ("sheikh", "mujib"),
        ("sheikh", "mujibur"),
        ("lady", "gaga"),
        ("queen", "latifah"),
        ("mother", "teresa"),
        ("dr", "dre"),
    ];
    KEPT.contains(&(title, name))
}

/// The words of a name without the initials inside it, which tell little. One at the beginning
/// stands for the given name, one at the end for the surname.
pub(crate) fn without_middle_initials<W: AsRef<str>>(words: Vec<W>) -> Vec<W> {
    let last = words.len().saturating_sub(1);
    let kept = words.into_iter().enumerate().filter(|(at, word)| {
        let bare = word.as_ref().trim_end_matches('.');
        *at == 0 || *at == last || bare.chars().nth(1).is_some()
    });
    kept.map(|(_, word)| word).collect()
}

fn part_matches(wanted: &str, part: &str) -> bool {
    let initial = wanted.chars().nth(1).is_none();
    wanted == part
        || initial && part.starts_with(wanted)
        || part.chars().nth(1).is_none() && wanted.starts_with(part)
}

/// The name without what stands between double quotation marks.
pub(crate) fn without_nickname(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut quoted = false;
    for c in name.chars() {
        if is_quote(c) {
            quoted = !quoted;
            continue;
        }
        if !quoted {
            out.push(c);
        }
    }
    // An open quotation mark hides the rest; then it was none.
    if quoted { name.to_owned() } else { out }
}

pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn class(part: &str) -> Classes {
    lexicon::classes(part, Language::ENGLISH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_a_name_share_a_key() {
        for (key, names) in [
            (
                "donald trump",
                vec![
                    "Donald Trump",
                    "Donald J. Trump",
                    "DONALD TRUMP",
                    "President Donald Trump",
                    "Mr. Donald Trump",
                ],
            ),
            ("nicolas maduro", vec!["Nicolás Maduro", "Nicolas Maduro"]),
            (
                "daniel garcia pena",
                vec![
                    "Daniel García-Peña",
                    "Daniel García Peña",
                    "Ambassador Daniel García Peña",
                ],
            ),
            (
                "hernan cifuentes",
                vec!["Hernán \"Pancho\" Cifuentes", "Hernán “Pancho” Cifuentes"],
            ),
            (
                "robert kennedy jr",
                vec!["Robert F. Kennedy Jr.", "Robert Kennedy, Jr."],
            ),
            ("jd vance", vec!["JD Vance", "J.D. Vance"]),
            (
                "patrick o'brien",
                vec!["Patrick O’Brien", "Patrick O'Brien"],
            ),
            ("", vec!["", "  "]),
        ] {
            for name in names {
                assert_eq!(person_key(name), key, "{name}");
            }
        }
        assert_ne!(
            person_key("Robert Kennedy Jr."),
            person_key("Robert Kennedy")
        );
    }

    #[test]
    fn queries_match_by_parts_in_order() {
        for (query, name, expected) in [
            ("petro", "Gustavo Petro", true),
            ("gustavo petro", "Gustavo Petro", true),
            ("G. Petro", "Gustavo Petro", true),
            ("President Petro", "Gustavo Petro", true),
            ("Gustavo", "Gustavo Petro", true),
            ("garcia", "Daniel García-Peña", true),
            ("daniel peña", "Daniel García-Peña", true),
            ("Donald J. Trump", "Donald Trump", true),
            ("Robert Kennedy Jr", "Robert Kennedy", true),
            ("petro gustavo", "Gustavo Petro", false),
            ("petr", "Gustavo Petro", false),
            ("Melania Trump", "Donald Trump", false),
            ("", "Gustavo Petro", false),
        ] {
            assert_eq!(name_matches(query, name), expected, "{query} ~ {name}");
        }
    }
}
