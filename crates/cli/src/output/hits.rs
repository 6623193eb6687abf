//! The result of a search as text for people: hits, then facet counts.

use std::path::Path;

use dateline_corpus::CountryCode;
use dateline_entities::countries;
use dateline_query::{Hit, SearchResponse, Snippet};

use super::facets::facet_columns;
use super::look::{self, Look};
use super::relative;

/// People and countries shown with a hit. The rest is counted: a hit is to be recognised at a
/// glance, and `dateline show` names them all.
const NAMES_MAX: usize = 5;
/// Digits of an article's id that are shown: enough to tell apart the articles of any index that
/// fits a disk, short enough to be typed. Commands that take an id take its beginning.
pub(crate) const ID_DIGITS: usize = 10;

/// The whole answer: how many were found, the hits from number `offset` + 1 on, the facets.
/// Paths below `here` are shown relative to it.
pub(crate) fn response(
    response: &SearchResponse,
    offset: usize,
    here: &Path,
    look: &Look,
) -> String {
    let mut text = headline(response, offset, look);
    for (number, hit) in (offset + 1..).zip(&response.hits) {
        text.push('\n');
        text.push_str(&hit_lines(hit, number, here, look));
    }
    let facets = facet_columns(&response.facets, look);
    if !facets.is_empty() {
        text.push('\n');
        text.push_str(&facets);
    }
    text
}

fn headline(response: &SearchResponse, offset: usize, look: &Look) -> String {
    let found = look::counted(response.total, "article", "articles");
    let shown = response.hits.len() as u64;
    let page = if shown == 0 || shown == response.total {
        String::new()
    } else {
        let first = offset as u64 + 1;
        format!(
            ", {}–{} shown",
            look::thousands(first),
            look::thousands(offset as u64 + shown)
        )
    };
    let took = look.paint(look::QUIET, &format!(" · {:.1} ms", response.took_ms));
    format!("{}{page}{took}\n", look.paint(look::TITLE, &found))
}

fn hit_lines(hit: &Hit, number: usize, here: &Path, look: &Look) -> String {
    let indent = "    ";
    let mut title = look.paint(look::TITLE, &hit.title);
    if hit.title_derived {
        title.push_str(&look.paint(look::TITLE, "…"));
    }
    let mut text = look.wrap_hanging(&title, &format!("{number:>2}  "), indent);

    let date = hit.published.as_deref().map_or("undated", day_of);
    let source = hit.source.as_deref().unwrap_or("unknown source");
    let id = &hit.id.to_string()[..ID_DIGITS];
    let about = format!("{date} · {source} · {} · {id}", hit.language);
    let about = look.paint(look::QUIET, &about);
    text.push_str(&look.wrap(&about, indent));

    text.push_str(&look.wrap(&snippet(&hit.snippet, look), indent));

    let people = names(hit.persons.iter().map(String::as_str), look::PERSON, look);
    let labels = hit.countries.iter().map(|code| country_label(code));
    let countries = names(labels, look::COUNTRY, look);
    let named: Vec<String> = [people, countries].into_iter().flatten().collect();
    if !named.is_empty() {
        text.push_str(&look.wrap(&named.join(" · "), indent));
    }

    let path = look.paint(look::QUIET, &relative(&hit.path, here));
    text.push_str(&look.wrap(&path, indent));
    text
}

/// The day of a date that may go on with a time.
fn day_of(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

fn country_label(code: &str) -> &str {
    CountryCode::new(code)
        .and_then(countries::name)
        .unwrap_or(code)
}

fn names<'a>(
    names: impl ExactSizeIterator<Item = &'a str>,
    style: anstyle::Style,
    look: &Look,
) -> Option<String> {
    let more = names.len().saturating_sub(NAMES_MAX);
    let mut shown: Vec<String> = names
        .take(NAMES_MAX)
        .map(|name| look.paint(style, name))
        .collect();
    if more > 0 {
        shown.push(look.paint(look::QUIET, &format!("{more} more")));
    }
    (!shown.is_empty()).then(|| shown.join(", "))
}

/// The passage with its highlights painted.
fn snippet(snippet: &Snippet, look: &Look) -> String {
    let text: Vec<char> = snippet.text.chars().collect();
    let stretch = |from: usize, to: usize| text.get(from..to).unwrap_or_default().iter().collect();
    let mut painted = String::new();
    let mut at = 0;
    for &[start, end] in &snippet.highlights {
        let (before, matched): (String, String) = (stretch(at, start), stretch(start, end));
        painted.push_str(&look::clean(&before));
        painted.push_str(&look.paint(look::MATCH, &matched));
        at = end;
    }
    let after: String = stretch(at, text.len());
    painted + &look::clean(&after)
}
