//! Answers as CSV (RFC 4180): a row of names, then a row in one line for each thing. Values are
//! those of the JSON, without control characters.

use dateline_query::{FacetCount, FacetField, Histogram, Hit, Related, Stats, Timeline};
use serde::Serialize;

use super::look;

/// Between the names in one cell.
const SEPARATOR: &str = "; ";

/// A row for each hit.
pub(crate) fn hits_csv(hits: &[Hit]) -> String {
    let mut text = row([
        "id",
        "title",
        "published",
        "source",
        "language",
        "url",
        "path",
        "entry",
        "score",
        "snippet",
        "persons",
        "countries",
    ]);
    for hit in hits {
        text += &row([
            &hit.id.to_string(),
            &hit.title,
            hit.published.as_deref().unwrap_or_default(),
            hit.source.as_deref().unwrap_or_default(),
            hit.language.code(),
            hit.url.as_deref().unwrap_or_default(),
            &hit.path,
            hit.entry.as_deref().unwrap_or_default(),
            &hit.score.to_string(),
            &hit.snippet.text,
            &hit.persons.join(SEPARATOR),
            &hit.countries.join(SEPARATOR),
        ]);
    }
    text
}

/// A row for each value, and behind it one for each value below it in a tree.
pub(crate) fn facet_csv(counts: &[FacetCount]) -> String {
    let mut text = row(["value", "label", "count", "selected", "below"]);
    for count in counts {
        let below = count.children.iter().map(|child| (child, &*count.value));
        for (count, parent) in std::iter::once((count, "")).chain(below) {
            text += &row([
                &count.value,
                &count.label,
                &count.count.to_string(),
                &count.selected.map_or_else(String::new, name),
                parent,
            ]);
        }
    }
    text
}

/// A row for each related value, with the measures of the relation.
pub(crate) fn related_csv(related: &Related) -> String {
    let mut text = row([
        "field",
        "value",
        "label",
        "together",
        "count",
        "expected",
        "log_likelihood",
        "npmi",
    ]);
    for (&field, values) in &related.related {
        for value in values {
            text += &row([
                &name::<FacetField>(field),
                &value.value,
                &value.label,
                &value.together.to_string(),
                &value.count.to_string(),
                &value.expected.to_string(),
                &value.log_likelihood.to_string(),
                &value.npmi.to_string(),
            ]);
        }
    }
    text
}

/// A row for each period, with its articles in all and of each value; then those of no period.
pub(crate) fn timeline_csv(timeline: &Timeline) -> String {
    let series = || timeline.series.iter();
    let names = series().map(|series| series.label.as_str());
    let mut text = row(["start", "articles"].into_iter().chain(names));
    let mut add = |start: &str, count: &dyn Fn(&Histogram) -> u64| {
        let histograms = series().map(|series| &series.histogram);
        let histograms = std::iter::once(&timeline.histogram).chain(histograms);
        let counts = histograms.map(|histogram| count(histogram).to_string());
        text += &row(std::iter::once(start.to_owned()).chain(counts));
    };
    for (at, period) in timeline.histogram.periods.iter().enumerate() {
        let count = |histogram: &Histogram| histogram.periods.get(at).map_or(0, |one| one.count);
        add(&period.start, &count);
    }
    add("coarse", &|histogram| histogram.coarse);
    add("undated", &|histogram| histogram.undated);
    text
}

/// A row for each figure, and one for each language.
pub(crate) fn stats_csv(stats: &Stats) -> String {
    let mut text = row(["figure", "value"]);
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    for (figure, value) in [
        ("articles", stats.articles.to_string()),
        ("files", stats.files.to_string()),
        ("skipped", stats.skipped.to_string()),
        ("first", day(&stats.first)),
        ("last", day(&stats.last)),
        ("undated", stats.undated.to_string()),
        ("persons", stats.persons.to_string()),
        ("countries", stats.countries.to_string()),
        ("organisations", stats.organisations.to_string()),
        ("places", stats.places.to_string()),
        ("sources", stats.sources.to_string()),
        ("bytes", stats.bytes.to_string()),
        ("segments", stats.segments.to_string()),
    ] {
        text += &row([figure, &value]);
    }
    for language in &stats.languages {
        let figure = format!("languages.{}", language.value);
        text += &row([figure, language.count.to_string()]);
    }
    text
}

/// A value as it is called in JSON.
fn name<T: Serialize>(value: T) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

/// Cells without control characters, in quotes where RFC 4180 wants them, and a line break.
fn row(cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let cells = cells.into_iter().map(|cell| {
        let text = look::clean(cell.as_ref());
        match text.contains([',', '"']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text,
        }
    });
    let mut row = cells.collect::<Vec<_>>().join(",");
    row.push('\n');
    row
}

#[cfg(test)]
mod tests {
    use dateline_query::{Mode, Series};
    use expect_test::expect;

    use super::super::periods::tests::over;
    use super::*;

    fn value(label: &str, count: u64, selected: Option<Mode>) -> FacetCount {
        FacetCount {
            value: label.to_lowercase(),
            label: label.to_owned(),
            count,
            wikidata: None,
            selected,
            children: Vec::new(),
        }
    }

    #[test]
    fn timelines_have_a_row_for_each_period_and_quote_names() {
        let timeline = Timeline {
            total: 1_002,
            histogram: over(&[1_000, 0], 2),
            series: vec![Series {
                value: "p".to_owned(),
                label: "Petro, \"Gustavo\"".to_owned(),
                count: 8,
                selected: None,
                histogram: over(&[8], 0),
            }],
            notes: Vec::new(),
        };
        expect![[r#"
            start,articles,"Petro, ""Gustavo"""
            2026-01,1000,8
            2026-02,0,0
            coarse,0,0
            undated,2,0
        "#]]
        .assert_eq(&timeline_csv(&timeline));
    }

    #[test]
    fn facets_have_a_row_for_each_value_of_a_tree_with_how_it_is_selected() {
        let mut europe = value("Europe", 3, Some(Mode::Any));
        europe.children = vec![value("France", 2, None)];
        expect![[r#"
            value,label,count,selected,below
            europe,Europe,3,any,
            france,France,2,,europe
            asia,Asia,0,not,
        "#]]
        .assert_eq(&facet_csv(&[europe, value("Asia", 0, Some(Mode::Not))]));
    }
}
