//! Words of a query that begin with a hyphen: `dateline search oil -gas`. To clap they are options.

use std::ffi::OsString;

/// Stands for the hyphen while clap reads the arguments. In a query both mean the same.
const MINUS: char = '\u{2212}';
/// Commands that take queries.
const WITH_QUERIES: [&str; 6] = ["search", "facets", "timeline", "related", "show", "remove"];

/// The arguments of the process with a minus sign in place of the hyphen of such words.
pub(crate) fn with_minus_signs(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.collect();
    let command = |argument: &OsString| WITH_QUERIES.iter().any(|name| *argument == **name);
    let first = arguments
        .iter()
        .position(command)
        .unwrap_or(arguments.len());
    let words = arguments[first..].iter_mut();
    // Behind `--` there are no options.
    for argument in words.take_while(|argument| **argument != *"--") {
        if let Some(word) = argument.to_str().filter(|text| is_word(text)) {
            *argument = format!("{MINUS}{}", &word[1..]).into();
        }
    }
    arguments
}

/// A query of several words, with hyphens again.
pub(super) fn query(words: &[String]) -> String {
    let words = words.iter();
    let words = words.map(|word| match word.strip_prefix(MINUS) {
        Some(rest) => format!("-{rest}"),
        None => word.clone(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether an argument with a hyphen is none of our options: `-n`, `-n5`, `-h` and `-V`.
fn is_word(argument: &str) -> bool {
    let mut chars = argument.strip_prefix('-').unwrap_or_default().chars();
    match (chars.next(), chars.as_str()) {
        (None | Some('-'), _) | (_, "") => false,
        (Some('n'), rest) => !rest
            .trim_start_matches('=')
            .bytes()
            .all(|b| b.is_ascii_digit()),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_begin_with_a_hyphen_are_no_options() {
        let read = |arguments: &[&str]| -> Vec<String> {
            let arguments = arguments.iter().map(OsString::from);
            let read = with_minus_signs(arguments).into_iter();
            read.map(|argument| argument.into_string().expect("UTF-8"))
                .collect()
        };
        let typed = [
            "dateline", "search", "oil", "-gas", "-n", "5", "-n5", "-h", "--json", "--", "-a",
        ];
        let mut expected = typed.map(str::to_owned).to_vec();
        expected[3] = "−gas".to_owned();
        assert_eq!(read(&typed), expected);
        assert_eq!(read(&["dateline", "index", "-gas"])[2], "-gas");
        assert_eq!(read(&["dateline", "search", "-nato"])[2], "−nato");
        let words = ["oil", "−gas", "well-known"].map(str::to_owned);
        assert_eq!(query(&words), "oil -gas well-known");
    }
}
