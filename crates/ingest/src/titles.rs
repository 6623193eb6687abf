//! Headlines: takes the outlet's name off them, and derives one from a text that has none.

use crate::dateline::Opening;
use crate::source::is_outlet;

/// The length of a headline: derived titles are cut at a word to at most this.
const DERIVED_CHARS_MAX: usize = 100;
/// What stands between a headline and the outlet, the section or the like.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " « ", " › ", " / ",
];
/// No name of an outlet has more words; what has more is a part of the headline.
const OUTLET_WORDS_MAX: usize = 8;

/// The headline without the name of the outlet at its end or beginning, and without the section
/// between the two: `Bridge reopens | World | The Daily Planet`. A headline that is nothing but
/// the name stays.
pub(crate) fn without_outlet(
    title: &str,
    source: Option<&str>,
    site: Option<&str>,
    section: Option<&str>,
) -> String {
    let is_name = |part: &str| {
        part.split_whitespace().nth(OUTLET_WORDS_MAX).is_none() && is_outlet(part, source, site)
    };
    let is_section = |part: &str| {
        section.is_some_and(|section| part.trim().to_lowercase() == section.trim().to_lowercase())
    };
    let mut title = title.trim();
    if let Some((head, _)) = last_part(title).filter(|(_, last)| is_name(last)) {
        title = head;
        if let Some((head, _)) = last_part(title).filter(|(_, last)| is_section(last)) {
            title = head;
        }
    } else if let Some((_, tail)) = first_part(title)
        .or_else(|| title.split_once(": "))
        .filter(|(first, _)| is_name(first))
    {
        title = tail.trim();
    }
    title.to_owned()
}

/// A title, parted before its last separator.
fn last_part(title: &str) -> Option<(&str, &str)> {
    let (at, separator) = SEPARATORS
        .iter()
        .filter_map(|separator| Some((title.rfind(separator)?, separator)))
        .max()?;
    part(title, at, separator.len())
}

/// A title, parted behind its first separator.
fn first_part(title: &str) -> Option<(&str, &str)> {
    let (at, separator) = SEPARATORS
        .iter()
        .filter_map(|separator| Some((title.find(separator)?, separator)))
        .min()?;
    part(title, at, separator.len())
}

fn part(title: &str, at: usize, separator: usize) -> Option<(&str, &str)> {
    let (head, tail) = (title[..at].trim(), title[at + separator..].trim());
    (!head.is_empty() && !tail.is_empty()).then_some((head, tail))
}

/// The beginning of the first sentence after the dateline.
pub(crate) fn derive(body: &str, opening: Option<&Opening>) -> Option<String> {
    let first = body.lines().next()?;
    let lead = match opening {
        Some(dateline) if dateline.end < first.len() => &first[dateline.end..],
        // The dateline is a line of its own.
        Some(_) => body.lines().nth(1).unwrap_or(first),
        None => first,
    };
    let lead = lead.trim();
    let sentence = &lead[..sentence_end(lead)];
    if sentence.chars().nth(DERIVED_CHARS_MAX).is_none() {
        return Some(sentence.to_owned());
    }
    // The ellipsis takes the place of a character.
    let (cut, _) = sentence.char_indices().nth(DERIVED_CHARS_MAX - 1)?;
    let word = match sentence[cut..].starts_with(char::is_whitespace) {
        true => cut,
        false => sentence[..cut].rfind(char::is_whitespace).unwrap_or(cut),
    };
    let stem = sentence[..word].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let stem = if stem.is_empty() {
        &sentence[..cut]
    } else {
        stem
    };
    Some(format!("{stem}…"))
}

/// Where the first sentence of a paragraph ends, if within [`DERIVED_CHARS_MAX`], else the end of
/// the paragraph. Errs on the long side: what is too long is cut.
fn sentence_end(text: &str) -> usize {
    let end = text.char_indices().nth(DERIVED_CHARS_MAX);
    let near = &text[..end.map_or(text.len(), |(at, _)| at)];
    for (at, stop) in near.match_indices(['.', '!', '?', '…']) {
        let after = text[at + stop.len()..].trim_start_matches(['"', '”', '»', '’', '\'', ')']);
        if !after.starts_with(char::is_whitespace) {
            continue;
        }
        let word = text[..at]
            .rsplit(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default();
        // Initials and abbreviations: `U.S.`, `Dr.`, `Gov.`
        let is_short = stop == "." && (word.contains('.') || word.chars().count() <= 3);
        let opens = after
            .trim_start()
            .chars()
            .next()
            .is_none_or(|c| !c.is_lowercase());
        if !is_short && opens {
            return text.len() - after.len();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_name_of_the_outlet_off_a_headline() {
        let planet = |title: &str| {
            without_outlet(
                title,
                Some("The Daily Planet"),
                Some("dailyplanet.example"),
                Some("World"),
            )
        };
        for (title, left) in [
            ("Bridge reopens | The Daily Planet", "Bridge reopens"),
            ("Bridge reopens - Daily Planet", "Bridge reopens"),
            (
                "Bridge reopens | World | The Daily Planet",
                "Bridge reopens",
            ),
            (
                "Bridge reopens – after a year – dailyplanet.example",
                "Bridge reopens – after a year",
            ),
            ("The Daily Planet | Bridge reopens", "Bridge reopens"),
            ("Bridge reopens | World", "Bridge reopens | World"),
            (
                "Bridge reopens - after a year",
                "Bridge reopens - after a year",
            ),
            ("The Daily Planet", "The Daily Planet"),
            (
                "A history of the Daily Planet",
                "A history of the Daily Planet",
            ),
            ("| The Daily Planet", "| The Daily Planet"),
        ] {
            assert_eq!(planet(title), left, "{title}");
        }
        assert_eq!(
            without_outlet("A | The Daily Planet", None, None, None),
            "A | The Daily Planet"
        );
    }
}
