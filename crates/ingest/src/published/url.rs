//! The date in the path of a URL, which says when an article was published where nothing else does.

use dateline_corpus::Precision;

use crate::dates::{self, Parsed, Reading};

/// The date in the path of a URL: `/2026/02/03/`, `/2026/feb/03/`, `/2026-02-03-`, `/2026/02/`.
pub(super) fn of_url(url: &str) -> Option<Reading> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let mut parts = path.split(['?', '#']).next()?.split('/').skip(1);
    while let Some(part) = parts.next() {
        if let Some(day) = compact_day(part, parts.clone().next().is_none()) {
            return Some(day);
        }
        let Some(year) = four_digits(part) else {
            continue;
        };
        if part.len() > 4 {
            match dates::prefix(part) {
                Some((Parsed::Sure(day), _)) if day.precision <= Precision::Day => {
                    return Some(day);
                }
                _ => continue,
            }
        }
        let Some(month) = parts.next().and_then(month_of_path) else {
            continue;
        };
        let day = parts.next().unwrap_or_default();
        return match dates::prefix(&format!("{year}-{month:0>2}-{day:0>2}")) {
            Some((Parsed::Sure(reading), "")) if (1..=2).contains(&day.len()) => Some(reading),
            _ => dates::prefix(&format!("{year}-{month:0>2}"))?.0.sure(),
        };
    }
    None
}

/// The day in eight digits that a part of a path is, or begins with: `20260203/ferry`,
/// `20260203-ferry`. The last part is more likely a number of the article's.
fn compact_day(part: &str, is_last: bool) -> Option<Reading> {
    let (digits, rest) = part.split_at_checked(8)?;
    let is_day = rest.starts_with(['-', '_']) || rest.is_empty() && !is_last;
    four_digits(digits.get(..4)?)?;
    let parsed = dates::parse(digits).filter(|_| is_day)?;
    parsed.sure().filter(|day| day.precision == Precision::Day)
}

/// The month that a part of a path is, in one or two digits: `2`, `02`, `feb`, `february`.
fn month_of_path(part: &str) -> Option<String> {
    let is_number = part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    match is_number {
        true => Some(part.to_owned()),
        false => dates::month(part).map(|month| month.to_string()),
    }
}

/// The year between 1990, when the web began, and 2099 that a part of a path begins with.
fn four_digits(part: &str) -> Option<&str> {
    let year = part
        .get(..4)
        .filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    let is_whole = !part[4..].starts_with(|c: char| c.is_ascii_digit());
    (("1990"..="2099").contains(&year) && is_whole).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_date_in_the_path_of_a_url() {
        use Precision::{Day, Month};
        for (url, expected) in [
            ("https://x.example/2026/02/03/a", Some(("2026-02-03", Day))),
            (
                "https://x.example/a/2026-02-03-b?c=1",
                Some(("2026-02-03", Day)),
            ),
            ("https://x.example/2026/2/3", Some(("2026-02-03", Day))),
            ("https://x.example/2026/feb/03/a", Some(("2026-02-03", Day))),
            ("https://x.example/2026/02/a", Some(("2026-02-01", Month))),
            ("https://x.example/2026/13/03", None),
            ("https://x.example/20260203", None),
            ("https://x.example/20260203/a", Some(("2026-02-03", Day))),
            (
                "https://x.example/news/20260203-a",
                Some(("2026-02-03", Day)),
            ),
            ("https://x.example/story?2026/02/03", None),
            ("2026/02/03", None),
        ] {
            let found = of_url(url).map(|date| (date.date.to_string(), date.precision));
            let expected = expected.map(|(date, precision)| (date.to_owned(), precision));
            assert_eq!(found, expected, "{url}");
        }
    }
}
