//! Whatever is selected, facets and histograms count what a plain scan of the articles does: over
//! one segment and many, after deletes and merges.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Built, Sample, build_records};
use dateline_corpus::analysis::words;
use dateline_corpus::{CalendarPeriod, CountryCode, Facets, Precision, Record};
use dateline_entities::countries;
use dateline_entities::people::person_key;
use dateline_query::syntax::Field;
use dateline_query::{
    FacetCount, FacetField, FacetOrder, FacetRequest, Histogram, Interval, Mode, SearchRequest,
    SearchResponse, Selection,
};
use jiff::civil::{Date, Weekday};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const PERSONS: &[&str] = &[
    "Gustavo Petro",
    "Nicolás Maduro",
    "Nicolas Maduro",
    "Daniel García Peña",
    "Daniel García-Peña",
    "Marco Rubio",
];
const COUNTRIES: &[&str] = &["CO", "VE", "US", "FR", "DE"];
const SOURCES: &[&str] = &["Andes Herald", "Le Fleuve"];
const NAMES: &[&str] = &["United Nations", "Órgano", "Cúcuta"];
/// Everything that a selection can name; some of it is in no article.
fn values_of(field: FacetField) -> &'static [&'static str] {
    match field {
        FacetField::Person | FacetField::AboutPerson => PERSONS,
        FacetField::Country | FacetField::About | FacetField::SourceCountry => {
            &["CO", "VE", "US", "FR", "DE", "NE"]
        }
        FacetField::Source => SOURCES,
        FacetField::Language => &["en", "es"],
        FacetField::Continent => &["South America", "Europe", "North America", "Africa"],
        _ => NAMES,
    }
}

/// An article: its only word, which is a number so that no language stems it, its facets and its
/// date, of which so much is known.
#[derive(Debug, Clone)]
struct Item {
    word: &'static str,
    language: &'static str,
    facets: Facets,
    date: Option<(i64, Precision)>,
}

impl Item {
    fn record(&self, number: usize) -> Record {
        let mut sample = Sample::new(self.word, self.word);
        sample.language = self.language;
        sample.published = self.date.map(|(seconds, _)| seconds);
        if let Some((_, precision)) = self.date {
            sample.precision = precision;
        }
        let mut record = sample.record(number);
        record.facets = self.facets.clone();
        record
    }

    /// The values of a field, people by what their variants have in common.
    fn values(&self, field: FacetField) -> BTreeSet<String> {
        let facets = &self.facets;
        let one = |value: &Option<String>| value.clone().into_iter().collect();
        let keys = |names: &[String]| names.iter().map(|name| person_key(name)).collect();
        match field {
            FacetField::Person => keys(&facets.person),
            FacetField::AboutPerson => keys(&facets.about_person),
            FacetField::Country => facets.country.iter().cloned().collect(),
            FacetField::About => facets.about.iter().cloned().collect(),
            FacetField::Continent => {
                let countries = facets.country.iter();
                countries.map(|code| continent(code).to_owned()).collect()
            }
            FacetField::Organisation => facets.organisation.iter().cloned().collect(),
            FacetField::Place => facets.place.iter().cloned().collect(),
            FacetField::Author => facets.author.iter().cloned().collect(),
            FacetField::Language => [facets.language.clone()].into(),
            FacetField::Source => one(&facets.source),
            FacetField::Section => one(&facets.section),
            FacetField::SourceCountry => one(&facets.source_country),
            FacetField::Agency => one(&facets.agency),
            FacetField::Site => one(&facets.site),
        }
    }

    /// The first and the last day that it can be of.
    fn days(&self) -> Option<(Date, Date)> {
        self.date.map(days)
    }

    fn fulfils(&self, request: &SearchRequest, without_any_of: Option<FacetField>) -> bool {
        let period = |text: &String| CalendarPeriod::parse(text).unwrap();
        let since = request.since.as_ref().map(period);
        let until = request.until.as_ref().map(period);
        let in_time = |(first, last): (Date, Date)| {
            since.is_none_or(|since| last >= since.first())
                && until.is_none_or(|until| first <= until.last())
        };
        let any_time = since.is_none() && until.is_none();
        let fields = request.filters.iter();
        (request.query.is_empty() || request.query == self.word)
            && (any_time || self.days().is_some_and(in_time))
            && fields.into_iter().all(|(&field, selection)| {
                let values = self.values(field);
                let has = |value: &String| values.contains(&key(field, value));
                let (mut all, mut any) = (selection.all.clone(), selection.any.clone());
                if field.is_single() {
                    any.append(&mut all);
                }
                all.iter().all(has)
                    && !selection.not.iter().any(has)
                    && (any.is_empty() || Some(field) == without_any_of || any.iter().any(has))
            })
    }
}

/// The first and the last day that a date can mean.
fn days((seconds, precision): (i64, Precision)) -> (Date, Date) {
    let instant = jiff::Timestamp::from_second(seconds).unwrap();
    let first = instant.to_zoned(jiff::tz::TimeZone::UTC).date();
    let last = match precision {
        Precision::Second | Precision::Day => first,
        Precision::Month => first.last_of_month(),
        Precision::Year => first.last_of_year(),
    };
    (first, last)
}

fn continent(code: &str) -> &'static str {
    match code {
        "CO" | "VE" => "South America",
        "US" => "North America",
        _ => "Europe",
    }
}

fn key(field: FacetField, value: &str) -> String {
    match field {
        FacetField::Person | FacetField::AboutPerson => person_key(value),
        _ => value.to_owned(),
    }
}

fn item() -> impl Strategy<Value = Item> {
    let some = |values: &'static [&'static str]| {
        subsequence(values, 0..=values.len())
            .prop_map(|values| values.into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let one = |values: &'static [&'static str]| {
        proptest::option::of(select(values).prop_map(str::to_owned))
    };
    let precision = select(vec![
        Precision::Second,
        Precision::Day,
        Precision::Month,
        Precision::Year,
    ]);
    let date = proptest::option::weighted(0.9, (select(DAYS), precision));
    (
        select(vec!["77", "88"]),
        (some(PERSONS), any::<proptest::sample::Index>()),
        (some(COUNTRIES), any::<proptest::sample::Index>()),
        (some(NAMES), some(NAMES), some(NAMES)),
        (
            one(SOURCES),
            one(NAMES),
            one(COUNTRIES),
            one(NAMES),
            one(NAMES),
        ),
        select(vec!["en", "es"]),
        date,
    )
        .prop_map(|(word, person, country, lists, ones, language, date)| {
            let some_of = |values: &Vec<String>, index: proptest::sample::Index| {
                values[..index.index(values.len() + 1)].to_vec()
            };
            let facets = Facets {
                about_person: some_of(&person.0, person.1),
                person: person.0,
                about: some_of(&country.0, country.1),
                country: country.0,
                organisation: lists.0,
                place: lists.1,
                author: lists.2,
                source: ones.0,
                section: ones.1,
                source_country: ones.2,
                agency: ones.3,
                site: ones.4,
                language: language.to_owned(),
            };
            // What is known to the month begins with it.
            let date = date.map(|(day, precision)| {
                let date: Date = day.parse().unwrap();
                let first = match precision {
                    Precision::Second | Precision::Day => date,
                    Precision::Month => date.first_of_month(),
                    Precision::Year => date.first_of_year(),
                };
                let midnight = first.to_zoned(jiff::tz::TimeZone::UTC).unwrap();
                let seconds = midnight.timestamp().as_second();
                let noon = i64::from(precision == Precision::Second) * 43_200;
                (seconds + noon, precision)
            });
            Item {
                word,
                language,
                facets,
                date,
            }
        })
}

/// A year's end, a leap day, and days of one week in two months.
const DAYS: &[&str] = &[
    "2023-12-31",
    "2024-01-01",
    "2024-02-29",
    "2024-03-01",
    "2024-03-03",
    "2024-03-04",
    "1969-12-31",
];

const DATES: &[&str] = &[
    "2023",
    "2024",
    "2024-02",
    "2024-03",
    "2024-03-01",
    "2024-03-03",
];

fn selection(field: FacetField) -> impl Strategy<Value = Selection> {
    let some = |max| {
        vec(select(values_of(field)), 0..=max)
            .prop_map(|values| values.into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    (some(2), some(2), some(1)).prop_map(|(all, any, not)| Selection { all, any, not })
}

fn field() -> impl Strategy<Value = FacetField> {
    select(&FacetField::ALL[..])
}

fn request() -> impl Strategy<Value = SearchRequest> {
    let selected = vec(
        field().prop_flat_map(|field| selection(field).prop_map(move |one| (field, one))),
        0..3,
    );
    let facet = (
        proptest::option::of(0..4_usize),
        0..2_usize,
        select(vec![FacetOrder::Count, FacetOrder::Name]),
        proptest::option::weighted(0.3, select(vec!["gar", "PEN", "colo", "o", "united n", ""])),
    );
    let facets = btree_map(field(), facet, 1..5);
    let interval = select(vec![
        Interval::Year,
        Interval::Month,
        Interval::Week,
        Interval::Day,
    ]);
    let date = || proptest::option::weighted(0.2, select(DATES).prop_map(str::to_owned));
    (
        (selected, date(), date()),
        facets,
        select(vec!["", "77"]),
        interval,
    )
        .prop_map(
            |((selected, since, until), facets, query, interval)| SearchRequest {
                query: query.to_owned(),
                filters: selected.into_iter().collect(),
                // Nothing lies between a first day and a last one before it.
                until: until.filter(|until| !ends_before(until, since.as_deref())),
                since,
                facets: facets
                    .into_iter()
                    .map(|(field, (limit, offset, order, matching))| FacetRequest {
                        field,
                        limit,
                        offset,
                        order,
                        matching: matching.map(str::to_owned),
                    })
                    .collect(),
                histogram: Some(interval),
                limit: 0,
                ..SearchRequest::default()
            },
        )
}

fn ends_before(until: &str, since: Option<&str>) -> bool {
    let period = |text: &str| CalendarPeriod::parse(text).unwrap();
    since.is_some_and(|since| period(until).last() < period(since).first())
}

/// The same search in words alone.
fn in_words(request: &SearchRequest) -> SearchRequest {
    let mut parts = vec![request.query.clone()];
    for (&field, selection) in &request.filters {
        let name = match field {
            // Its own field, because domains have parts.
            FacetField::Site => Field::Site,
            field => Field::Facet(field),
        };
        let value = |value: &String| format!("\"{value}\"");
        let (mut all, mut any) = (selection.all.clone(), selection.any.clone());
        if field.is_single() {
            any.append(&mut all);
        }
        let name = name.name();
        parts.extend(all.iter().map(|one| format!("{name}:{}", value(one))));
        parts.extend(
            selection
                .not
                .iter()
                .map(|one| format!("-{name}:{}", value(one))),
        );
        if !any.is_empty() {
            let any: Vec<String> = any.iter().map(value).collect();
            parts.push(format!("{name}:({})", any.join(" OR ")));
        }
    }
    parts.extend(request.since.iter().map(|since| format!("since:{since}")));
    parts.extend(request.until.iter().map(|until| format!("until:{until}")));
    SearchRequest {
        query: parts.join(" "),
        ..SearchRequest::default()
    }
}

/// What a scan counts: each value with its name, its articles and how it is selected.
fn scan(
    items: &[&Item],
    names: &BTreeMap<String, FacetCount>,
    request: &SearchRequest,
    facet: &FacetRequest,
) -> (Vec<(String, u64, Option<Mode>)>, u64) {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let found = items.iter();
    for item in found.filter(|item| item.fulfils(request, Some(facet.field))) {
        for value in item.values(facet.field) {
            *counts.entry(value).or_default() += 1;
        }
    }
    let folded = |name: &str| -> String {
        let words: Vec<String> = words(name).into_iter().map(|word| word.2).collect();
        words.join(" ")
    };
    let matches = |value: &String| {
        let wanted = folded(facet.matching.as_deref().unwrap_or_default());
        let mut spellings = vec![names[value].label.clone()];
        if facet.field.is_person() {
            let variants = PERSONS.iter().filter(|name| person_key(name) == *value);
            spellings.extend(variants.map(|&name| name.to_owned()));
        }
        if facet.field.is_country() {
            let country = CountryCode::new(value).unwrap();
            spellings.extend(countries::names(country).map(str::to_owned));
        }
        spellings.iter().any(|name| folded(name).contains(&wanted))
    };
    let order = |a: &String, b: &String| {
        let count = |value: &String| counts.get(value).copied().unwrap_or_default();
        let by_value = || names[a].value.cmp(&names[b].value);
        match facet.order {
            FacetOrder::Count => count(b).cmp(&count(a)).then_with(by_value),
            FacetOrder::Name => {
                let name = |value: &String| folded(&names[value].label);
                name(a).cmp(&name(b)).then_with(by_value)
            }
        }
    };
    let mut listed: Vec<String> = counts
        .keys()
        .filter(|value| matches(value))
        .cloned()
        .collect();
    let distinct = listed.len() as u64;
    listed.sort_by(order);
    let page = listed.into_iter().skip(facet.offset);
    let mut page: Vec<String> = page.take(facet.limit.unwrap_or(usize::MAX)).collect();
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let selection = request.filters.get(&facet.field).cloned();
    let selection = selection.unwrap_or_default();
    for mode in Mode::ALL {
        for value in selection.values(mode) {
            let mode = match mode {
                Mode::All if facet.field.is_single() => Mode::Any,
                mode => mode,
            };
            let key = key(facet.field, value);
            if !names.contains_key(&key) {
                unknown.push((value.clone(), 0, Some(mode)));
                continue;
            }
            if !page.contains(&key) {
                page.push(key.clone());
            }
            known.push((key, mode));
        }
    }
    page.sort_by(order);
    let page = page.into_iter().map(|value| {
        let count = counts.get(&value).copied().unwrap_or_default();
        let mut selected = known.iter().filter(|(key, _)| *key == value);
        (
            names[&value].value.clone(),
            count,
            selected.next().map(|(_, mode)| *mode),
        )
    });
    (page.chain(unknown).collect(), distinct)
}

/// The names that an index shows for the values of a field; those of articles are those of the
/// values that these are some of.
fn names(built: &Built, field: FacetField) -> BTreeMap<String, FacetCount> {
    let whole = match field {
        FacetField::About => FacetField::Country,
        FacetField::AboutPerson => FacetField::Person,
        field => field,
    };
    let request = SearchRequest {
        facets: vec![FacetRequest::top(whole, None)],
        ..SearchRequest::default()
    };
    let response = built.searcher.search(&request).unwrap();
    let counts = response.facets[&whole].iter();
    counts
        .map(|count| (key(field, &count.value), count.clone()))
        .collect()
}

fn check(built: &Built, items: &[&Item], request: &SearchRequest) -> SearchResponse {
    let response = built.searcher.search(request).unwrap();
    let found: Vec<&&Item> = items
        .iter()
        .filter(|item| item.fulfils(request, None))
        .collect();
    assert_eq!(response.total, found.len() as u64);
    let ids = |request| built.searcher.matching_ids(request).unwrap();
    let in_words = in_words(request);
    assert_eq!(ids(&in_words), ids(request), "{}", in_words.query);
    for facet in &request.facets {
        let names = names(built, facet.field);
        let (expected, distinct) = scan(items, &names, request, facet);
        let counts = response.facets[&facet.field].iter();
        let counts: Vec<_> = counts
            .map(|count| (count.value.clone(), count.count, count.selected))
            .collect();
        assert_eq!(counts, expected, "{facet:?} of {request:?}");
        assert_eq!(response.facet_values[&facet.field], distinct, "{facet:?}");
    }
    if let Some(continents) = response.facets.get(&FacetField::Continent) {
        check_children(items, request, continents);
    }
    let dates: Vec<_> = found.iter().map(|item| item.date).collect();
    check_histogram(response.histogram.as_ref().unwrap(), &dates);
    response
}

/// The countries of the continents are those of the articles that the continents are counted in.
fn check_children(items: &[&Item], request: &SearchRequest, continents: &[FacetCount]) {
    for parent in continents {
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        let found = items.iter();
        for item in found.filter(|item| item.fulfils(request, Some(FacetField::Continent))) {
            let countries = item.values(FacetField::Country).into_iter();
            for country in countries.filter(|code| continent(code) == parent.value) {
                *expected.entry(country).or_default() += 1;
            }
        }
        if parent.value == "Africa" {
            expected.clear();
        }
        let children = parent.children.iter();
        let children: BTreeMap<String, u64> = children
            .map(|child| (child.value.clone(), child.count))
            .collect();
        assert_eq!(children, expected, "{} of {request:?}", parent.value);
    }
}

fn check_histogram(histogram: &Histogram, dates: &[Option<(i64, Precision)>]) {
    let start = |date: Date| match histogram.interval {
        Interval::Year => date.strftime("%Y").to_string(),
        Interval::Month => date.strftime("%Y-%m").to_string(),
        Interval::Week => {
            let week = date.iso_week_date();
            let monday = jiff::civil::ISOWeekDate::new(week.year(), week.week(), Weekday::Monday);
            monday.unwrap().date().to_string()
        }
        Interval::Day | Interval::Auto => date.to_string(),
    };
    let mut expected: BTreeMap<String, u64> = BTreeMap::new();
    let (mut coarse, mut undated) = (0, 0);
    for date in dates {
        let Some((seconds, precision)) = date else {
            undated += 1;
            continue;
        };
        let (first, last) = days((*seconds, *precision));
        if start(first) == start(last) {
            *expected.entry(start(first)).or_default() += 1;
        } else {
            coarse += 1;
        }
    }
    let filled = histogram.periods.iter().filter(|period| period.count > 0);
    let filled = filled.map(|period| (period.start.clone(), period.count));
    assert_eq!(filled.collect::<BTreeMap<_, _>>(), expected);
    assert!(histogram.periods.is_sorted_by(|a, b| a.start < b.start));
    assert_eq!((histogram.coarse, histogram.undated), (coarse, undated));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn facets_count_what_a_scan_does(
        items in vec(item(), 1..20),
        requests in vec(request(), 1..6),
        deleted in subsequence((0..20_usize).collect::<Vec<_>>(), 0..5),
    ) {
        let records = |()| items.iter().enumerate().map(|(n, item)| item.record(n)).collect();
        let all: Vec<&Item> = items.iter().collect();
        let kept: Vec<&Item> = items
            .iter()
            .enumerate()
            .filter(|(number, _)| !deleted.contains(number))
            .map(|(_, item)| item)
            .collect();
        for (segments, deleted, items) in [(1, &[][..], &all), (3, &deleted, &kept), (17, &deleted, &kept)] {
            let built = build_records(records(()), segments, deleted);
            for request in &requests {
                check(&built, items, request);
            }
            if segments == 17 {
                built.merge();
                for request in &requests {
                    check(&built, items, request);
                }
            }
        }
    }

    #[test]
    fn a_further_filter_raises_no_count(
        items in vec(item(), 1..20),
        request in request(),
        (field, value) in field().prop_flat_map(|field| (Just(field), select(values_of(field)))),
        mode in select(&Mode::ALL[..]),
    ) {
        let records = items.iter().enumerate().map(|(n, item)| item.record(n)).collect();
        let built = build_records(records, 3, &[]);
        let all = |request: SearchRequest| {
            let facets = FacetField::ALL.map(|field| FacetRequest::top(field, None)).to_vec();
            let response = built.searcher.search(&SearchRequest { facets, ..request }).unwrap();
            (response.total, response.facets)
        };
        let selection = request.filters.get(&field).cloned().unwrap_or_default();
        let widens = selection.any.len() + usize::from(field.is_single()) * selection.all.len() > 0;
        // One more value of which one suffices is no further filter.
        let mode = match mode {
            Mode::Any if widens => Mode::Not,
            Mode::All if widens && field.is_single() => Mode::Not,
            mode => mode,
        };
        let (total, before) = all(request.clone());
        let (total_after, after) = all(request.with(field, mode, value));
        prop_assert!(total_after <= total);
        for (field, counts) in &after {
            for count in counts {
                let known = before[field].iter().find(|known| known.value == count.value);
                prop_assert!(count.count <= known.map_or(0, |known| known.count), "{field:?} {count:?}");
            }
        }
    }
}
