//! The result of a search as text for people: hits, then facet counts.

use std::path::Path;

use anstyle::Style;
use dateline_corpus::CountryCode;
use dateline_entities::countries;
use dateline_query::{Addend, Hit, SearchResponse};

use super::facets::facet_columns;
use super::look::{self, Look};
use super::{periods, relative};

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
    if let Some(histogram) = &response.histogram {
        text.push_str(&format!("\n{}\n", look.paint(look::TITLE, "Published")));
        text.push_str(&periods::histogram(histogram, look));
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
    look.wrap(
        &format!("{}{page}{took}", look.paint(look::TITLE, &found)),
        "",
    )
}

fn hit_lines(hit: &Hit, number: usize, here: &Path, look: &Look) -> String {
    let indent = "    ";
    let title = highlighted(
        &hit.title,
        &hit.title_highlights,
        [look::TITLE, look::TITLE_MATCH],
        look,
    );
    let mut text = look.wrap_hanging(&title, &format!("{number:>2}  "), indent);

    let date = hit.published.as_deref().map_or("undated", day_of);
    let source = hit.source.as_deref().unwrap_or("unknown source");
    let id = &hit.id.to_string()[..ID_DIGITS];
    let about = format!("{date} · {source} · {} · {id}", hit.language);
    let about = look.paint(look::QUIET, &about);
    text.push_str(&look.wrap(&about, indent));

    let passages = std::iter::once(&hit.snippet).chain(&hit.second_snippet);
    // When only the headline matches, the passage is the headline.
    for passage in passages.filter(|one| !one.text.is_empty() && one.text != hit.title) {
        let styles = [Style::new(), look::MATCH];
        let passage = highlighted(&passage.text, &passage.highlights, styles, look);
        text.push_str(&look.wrap(&passage, indent));
    }

    let people = names(hit.persons.iter().map(String::as_str), look::PERSON, look);
    let labels = hit.countries.iter().map(|code| country_label(code));
    let countries = names(labels, look::COUNTRY, look);
    let named: Vec<String> = [people, countries].into_iter().flatten().collect();
    if !named.is_empty() {
        text.push_str(&look.wrap(&named.join(" · "), indent));
    }

    // Not wrapped: a path that is broken cannot be copied, and terminals wrap by themselves.
    let entry = hit.entry.as_deref();
    let entry = entry.map_or_else(String::new, |entry| format!("!{}", look::clean(entry)));
    let path = format!("{}{entry}", relative(&hit.path, here));
    let path = look.paint(look::QUIET, &path);
    text.push_str(&format!("{indent}{path}\n"));
    if let Some(addends) = &hit.explanation {
        text.push_str(&score_lines(hit.score, addends, indent, look));
    }
    text
}

/// What makes a score, one part in a line.
fn score_lines(score: f32, addends: &[Addend], indent: &str, look: &Look) -> String {
    let mut text = format!("{indent}score {score:.2}\n");
    for Addend { what, value } in addends {
        let value = format!("{indent}{value:>7.2}  ");
        text.push_str(&look.wrap_hanging(what, &value, &" ".repeat(value.len())));
    }
    text
}

/// The day of a date that may go on with a time.
fn day_of(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

pub(super) fn country_label(code: &str) -> &str {
    CountryCode::new(code)
        .and_then(countries::name)
        .unwrap_or(code)
}

fn names<'a>(
    names: impl ExactSizeIterator<Item = &'a str>,
    style: Style,
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

/// The text with its highlights, counted in Unicode scalar values, painted in the second style
/// and the rest in the first.
fn highlighted(
    text: &str,
    highlights: &[[usize; 2]],
    [plain, matched]: [Style; 2],
    look: &Look,
) -> String {
    let text: Vec<char> = text.chars().collect();
    let stretch = |style, from: usize, to: usize| {
        let stretch: String = text[from..to].iter().collect();
        look.paint(style, &stretch)
    };
    let mut painted = String::new();
    let mut at = 0;
    for &[start, end] in highlights {
        // Whatever is highlighted, all of the text is shown.
        let [start, end] = [start, end].map(|place| place.clamp(at, text.len()));
        painted.push_str(&stretch(plain, at, start));
        painted.push_str(&stretch(matched, start, end));
        at = end;
    }
    painted + &stretch(plain, at, text.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use dateline_corpus::{ArticleId, Language, Precision};
    use dateline_query::{FacetCount, FacetField, Snippet};
    use expect_test::{Expect, expect};

    use super::*;

    fn example() -> SearchResponse {
        let hit = Hit {
            id: ArticleId::from_publisher("1"),
            title: "Treasury lists a shipping line, and Bogotá asks that crews be spared"
                .to_owned(),
            title_highlights: vec![[62, 68]],
            title_derived: false,
            published: Some("2026-02-03T18:42:00Z".to_owned()),
            published_precision: Some(Precision::Second),
            source: Some("Le Fleuve".to_owned()),
            url: None,
            language: Language::ENGLISH,
            path: "/news/andes/line.md".to_owned(),
            entry: None,
            score: 3.5,
            snippet: Snippet {
                text: "“É” sanctions: new\nsanctions on ships".to_owned(),
                highlights: vec![[4, 13], [19, 28]],
            },
            second_snippet: Some(Snippet {
                text: "Crews were spared. …".to_owned(),
                highlights: vec![[11, 17]],
            }),
            persons: ["Ana", "Ben", "Cy", "Di", "Ed", "Flo", "Gus"]
                .map(String::from)
                .to_vec(),
            countries: vec!["CO".to_owned()],
            explanation: None,
        };
        let bare = Hit {
            title: "A text that has no…".to_owned(),
            title_highlights: Vec::new(),
            title_derived: true,
            published: None,
            source: None,
            path: "/elsewhere/line.txt".to_owned(),
            entry: None,
            snippet: Snippet::default(),
            second_snippet: None,
            persons: Vec::new(),
            countries: Vec::new(),
            ..hit.clone()
        };
        let count = |value: &str, count| FacetCount {
            value: value.to_owned(),
            label: value.to_owned(),
            count,
            selected: None,
            wikidata: None,
            children: Vec::new(),
        };
        let facets = BTreeMap::from([
            (
                FacetField::Person,
                vec![count("Ana", 1200), count("Ben", 3)],
            ),
            (FacetField::Country, Vec::new()),
            (
                FacetField::Source,
                vec![count("The Very Long Name of an Outlet Gazette", 7)],
            ),
        ]);
        SearchResponse {
            query: "sanctions".to_owned(),
            total: 1234,
            took_ms: 1.25,
            hits: vec![hit, bare],
            facets,
            facet_values: BTreeMap::new(),
            histogram: None,
            diagnostics: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn check(found: &SearchResponse, look: Look, expected: Expect) {
        let text = response(found, 10, Path::new("/news"), &look);
        expected.assert_eq(&look::legible(&text));
    }

    #[test]
    fn shows_hits_then_facets() {
        check(
            &example(),
            Look::new(60, false),
            expect![[r#"
                1,234 articles, 11–12 shown · 1.2 ms

                11  Treasury lists a shipping line, and Bogotá asks that
                    crews be spared
                    2026-02-03 · Le Fleuve · en · d2b4d274ac
                    “É” sanctions: new sanctions on ships
                    Crews were spared. …
                    Ana, Ben, Cy, Di, Ed, 2 more · Colombia
                    andes/line.md

                12  A text that has no…
                    undated · unknown source · en · d2b4d274ac
                    /elsewhere/line.txt

                People       Sources
                1,200  Ana   7  The Very Long Name of an Outlet Gazette
                    3  Ben
            "#]],
        );
    }

    #[test]
    fn tells_what_makes_a_score() {
        let mut found = example();
        let addend = |what: &str, value| Addend {
            what: what.to_owned(),
            value,
        };
        found.hits = vec![Hit {
            explanation: Some(vec![
                addend("spared: 1× in the title; rarity 4.20", 4.5),
                addend(
                    "45 days old; worth half after 30 days, which is what was asked for",
                    -1.0,
                ),
            ]),
            ..found.hits.remove(1)
        }];
        found.facets.clear();
        check(
            &found,
            Look::new(60, false),
            expect![[r#"
            1,234 articles, 11–11 shown · 1.2 ms

            11  A text that has no…
                undated · unknown source · en · d2b4d274ac
                /elsewhere/line.txt
                score 3.50
                   4.50  spared: 1× in the title; rarity 4.20
                  -1.00  45 days old; worth half after 30 days, which is
                         what was asked for
        "#]],
        );
    }

    #[test]
    fn stacks_facets_where_the_width_is_small() {
        let found = SearchResponse {
            hits: Vec::new(),
            ..example()
        };
        check(
            &found,
            Look::new(30, false),
            expect![[r#"
            1,234 articles · 1.2 ms

            People
            1,200  Ana
                3  Ben

            Sources
            7  The Very Long Name of an O…
        "#]],
        );
    }

    #[test]
    fn paints_highlights_people_and_countries() {
        let mut found = example();
        found.hits.truncate(1);
        check(
            &found,
            Look::new(60, true),
            expect![[r#"
                <1:1,234> <1:articles>, 11–11 shown <2:·> <2:1.2> <2:ms>

                11  <1:Treasury> <1:lists> <1:a> <1:shipping> <1:line,> <1:and> <1:Bogotá> <1:asks> <1:that>
                    <1:crews> <1:be> <1:<4:spared>
                    <2:2026-02-03> <2:·> <2:Le> <2:Fleuve> <2:·> <2:en> <2:·> <2:d2b4d274ac>
                    “É” <1:sanctions>: new <1:sanctions> on ships
                    Crews were <1:spared>. …
                    <36:Ana>, <36:Ben>, <36:Cy>, <36:Di>, <36:Ed>, <2:2> <2:more> · <32:Colombia>
                    <2:andes/line.md>

                <1:People>       <1:Sources>
                <2:1,200>  <36:Ana>   <2:7>  The Very Long Name of an Outlet Gazette
                    <2:3>  <36:Ben>
            "#]],
        );
    }

    #[test]
    fn highlights_beyond_the_text_are_passed_over() {
        let styles = [Style::new(), look::MATCH];
        let text = highlighted("ab", &[[1, 9], [5, 6]], styles, &Look::new(60, false));
        assert_eq!(text.matches(char::is_alphabetic).collect::<String>(), "ab");
    }
}
