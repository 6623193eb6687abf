//! What occurs together, how articles spread over time, and looking for values among many.

use dateline_corpus::EntityKind;
use dateline_entities::aliases::{Aliases, Change, Edit};
use dateline_query::{
    FacetField, FacetOrder, FacetRequest, Interval, Mode, RelatedRequest, SearchRequest, Searcher,
    TimelineRequest,
};
use expect_test::{Expect, expect};

use crate::support::{Sample, build};

/// Days since 1970 of 1 January 2024.
const NEW_YEAR: i64 = 19_723;

/// Petro and Maduro meet three times, Petro and Rubio once; Rubio is everywhere.
fn searcher() -> Searcher {
    let article = |day: i64, persons: &[&str], countries: &[&str]| {
        Sample::new("Visit", "A visit.")
            .day(NEW_YEAR + day)
            .persons(persons)
            .countries(countries)
    };
    let samples = [
        article(0, &["Gustavo Petro", "Nicolás Maduro"], &["CO", "VE"]),
        article(1, &["Gustavo Petro", "Nicolás Maduro"], &["CO", "VE"]),
        article(1, &["Gustavo Petro", "Nicolas Maduro"], &["VE"]),
        article(40, &["Gustavo Petro", "Marco Rubio"], &["US"]),
        article(41, &["Marco Rubio", "Daniel García Peña"], &["US", "CO"]),
        article(41, &["Marco Rubio"], &["US"]),
        article(70, &["Marco Rubio"], &["DE"]),
        Sample::new("Undated", "A visit without a day.").countries(&["DE"]),
    ];
    build(&samples, 3, &[]).searcher
}

fn related(request: &RelatedRequest, expected: Expect) {
    let found = searcher().related(request).unwrap();
    let mut text = format!(
        "{} is in {} of {}",
        found.values.join(", "),
        found.count,
        found.total
    );
    for (field, values) in &found.related {
        for value in values {
            text += &format!(
                "\n{field:?} {}: {} together of {}, {:.2} expected, likelihood {:.2}, npmi {:.2}",
                value.label,
                value.together,
                value.count,
                value.expected,
                value.log_likelihood,
                value.npmi
            );
        }
    }
    expected.assert_eq(&text);
}

#[test]
fn related_values_occur_together_more_often_than_by_chance() {
    let request = RelatedRequest {
        field: FacetField::Person,
        value: "petro".to_owned(),
        among: SearchRequest::default(),
        fields: vec![FacetField::Person, FacetField::Country],
        limit: 2,
    };
    related(
        &request,
        expect![[r#"
        Gustavo Petro is in 4 of 8
        Person Nicolás Maduro: 3 together of 3, 1.50 expected, likelihood 6.09, npmi 0.71
        Country Venezuela: 3 together of 3, 1.50 expected, likelihood 6.09, npmi 0.71
        Country Colombia: 2 together of 3, 1.50 expected, likelihood 0.54, npmi 0.21"#]],
    );
    let among = SearchRequest {
        until: Some("2024-01-02".to_owned()),
        ..SearchRequest::default()
    };
    // Where everybody is in every article, nobody is there more often than by chance.
    related(
        &RelatedRequest { among, ..request },
        expect!["Gustavo Petro is in 3 of 3"],
    );
}

fn timeline(request: &TimelineRequest, expected: Expect) {
    let found = searcher().timeline(request).unwrap();
    let line = |label: &str, count: u64, histogram: &dateline_query::Histogram| {
        let periods = histogram.periods.iter();
        let periods: Vec<String> = periods
            .map(|period| format!("{}={}", period.start, period.count))
            .collect();
        format!(
            "{label} {count}: {} coarse={} undated={}",
            periods.join(" "),
            histogram.coarse,
            histogram.undated
        )
    };
    let mut lines = vec![line("all", found.total, &found.histogram)];
    for series in &found.series {
        lines.push(line(&series.label, series.count, &series.histogram));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_timeline_has_the_same_periods_for_all_values() {
    let request = TimelineRequest {
        interval: Interval::Month,
        by: Some(FacetRequest::top(FacetField::Country, 2)),
        ..TimelineRequest::default()
    };
    timeline(
        &request,
        expect![[r#"
        all 8: 2024-01=3 2024-02=3 2024-03=1 coarse=0 undated=1
        Colombia 3: 2024-01=2 2024-02=1 2024-03=0 coarse=0 undated=0
        United States 3: 2024-01=0 2024-02=3 2024-03=0 coarse=0 undated=0"#]],
    );
    let selecting = TimelineRequest {
        among: SearchRequest::default().with(FacetField::Person, Mode::All, "rubio"),
        by: Some(FacetRequest::top(FacetField::Person, 1)),
        ..request
    };
    timeline(
        &selecting,
        expect![[r#"
        all 4: 2024-02=3 2024-03=1 coarse=0 undated=0
        Marco Rubio 4: 2024-02=3 2024-03=1 coarse=0 undated=0"#]],
    );
}

#[test]
fn values_are_found_by_any_part_of_any_of_their_names() {
    let searcher = searcher();
    for (field, text, expected) in [
        (FacetField::Person, "gar", "Daniel García Peña"),
        (FacetField::Person, "ADUR", "Nicolás Maduro"),
        (FacetField::Person, "co ru", "Marco Rubio"),
        (FacetField::Country, "kolumb", "Colombia"),
        (FacetField::Country, "united st", "United States"),
        (FacetField::Continent, "south", "South America"),
        (FacetField::Person, "nobody", ""),
    ] {
        let request = SearchRequest {
            facets: vec![FacetRequest {
                matching: Some(text.to_owned()),
                ..FacetRequest::top(field, None)
            }],
            ..SearchRequest::default()
        };
        let response = searcher.search(&request).unwrap();
        let labels = response.facets[&field].iter();
        let labels: Vec<&str> = labels.map(|count| count.label.as_str()).collect();
        assert_eq!(labels.join(", "), expected, "{text}");
        assert_eq!(response.facet_values[&field], labels.len() as u64);
    }
}

#[test]
fn values_are_found_by_names_that_were_given_by_hand() {
    let searcher = searcher();
    let edit = |change| Edit {
        on: None,
        kind: EntityKind::Organisation,
        change,
        reason: None,
    };
    let added = Change::Add {
        name: "Travellers".to_owned(),
        aliases: vec!["A visit".to_owned()],
    };
    searcher.correct(Aliases::new([edit(added)])).unwrap();
    for (text, expected) in [("trav", "Travellers"), ("visi", "Travellers"), ("x", "")] {
        let request = SearchRequest {
            facets: vec![FacetRequest {
                matching: Some(text.to_owned()),
                ..FacetRequest::top(FacetField::Organisation, None)
            }],
            ..SearchRequest::default()
        };
        let response = searcher.search(&request).unwrap();
        let labels = response.facets[&FacetField::Organisation].iter();
        let labels: Vec<&str> = labels.map(|count| count.label.as_str()).collect();
        assert_eq!(labels.join(", "), expected, "{text}");
    }
}

#[test]
fn pages_of_values_make_up_the_whole() {
    let searcher = searcher();
    let page = |offset, limit: Option<usize>, order| {
        let request = SearchRequest {
            facets: vec![FacetRequest {
                offset,
                order,
                ..FacetRequest::top(FacetField::Country, limit)
            }],
            ..SearchRequest::default()
        };
        let response = searcher.search(&request).unwrap();
        assert_eq!(response.facet_values[&FacetField::Country], 4);
        let counts = response.facets[&FacetField::Country].iter();
        let counts = counts.map(|count| format!("{} {}", count.label, count.count));
        counts.collect::<Vec<_>>()
    };
    for (order, whole) in [
        (
            FacetOrder::Count,
            ["Colombia 3", "United States 3", "Venezuela 3", "Germany 2"],
        ),
        (
            FacetOrder::Name,
            ["Colombia 3", "Germany 2", "United States 3", "Venezuela 3"],
        ),
    ] {
        assert_eq!(page(0, None, order), whole);
        let pages = [0, 2, 4].map(|offset| page(offset, Some(2), order));
        assert_eq!(pages.concat(), whole);
    }
}
