//! Turns the counts of a facet into the values that are returned: which, in what order, under
//! what names. Counting is done elsewhere.

use std::cmp::Reverse;

use dateline_corpus::CountryCode;
use dateline_entities::countries;

use crate::collect::Sums;
use crate::directory::{FacetValues, folded};
use crate::plan::Selected;
use crate::{FacetCount, FacetCounts, FacetField, FacetOrder, FacetRequest, Mode};

/// Values that are listed because a name was selected which several carry. A name that more
/// carry selects none of them in particular.
const NAMESAKES_LISTED: usize = 100;

/// A facet that was counted.
pub(crate) struct Counted<'a> {
    pub(crate) values: &'a FacetValues,
    pub(crate) sums: &'a Sums,
}

impl Counted<'_> {
    /// The values that are asked for, and how many there are in all, selected ones without
    /// articles not among them. `children` are the countries of the same articles, for
    /// continents; `selected` is what the request selects in any field.
    pub(crate) fn page(
        &self,
        request: &FacetRequest,
        selected: &[Selected],
        children: Option<&Counted<'_>>,
    ) -> (FacetCounts, u64) {
        let below = in_field(selected, FacetField::Country);
        let selected = in_field(selected, request.field);
        let (entries, distinct) = self.entries(request, &selected);
        let counts = entries.into_iter().map(|(entry, count)| {
            let children = children.map(|countries| self.children(entry, countries, &below));
            FacetCount {
                selected: how_selected(entry, &selected),
                children: children.unwrap_or_default(),
                ..self.count(entry, count)
            }
        });
        let unknown = selected
            .iter()
            .filter(|selected| selected.entries.is_empty());
        let counts = counts.chain(unknown.map(|selected| unknown_value(selected)));
        (counts.collect(), distinct)
    }

    /// The entries that are asked for and those that are selected, with their counts, and how
    /// many there are in all.
    pub(crate) fn entries(
        &self,
        request: &FacetRequest,
        selected: &[&Selected],
    ) -> (Vec<(u32, u32)>, u64) {
        let (mut found, distinct) = self.found(request);
        self.sort(&mut found, request.order);
        let page = found.into_iter().skip(request.offset);
        let mut page: Vec<(u32, u32)> = page.take(request.limit.unwrap_or(usize::MAX)).collect();
        let listed = page.len();
        for selected in selected {
            for &entry in selected.entries.iter().take(NAMESAKES_LISTED) {
                if !page.iter().any(|&(known, _)| known == entry) {
                    page.push((entry, self.sums.of(entry)));
                }
            }
        }
        if page.len() > listed {
            self.sort(&mut page, request.order);
        }
        (page, distinct)
    }

    /// One value as it is returned.
    pub(crate) fn count(&self, entry: u32, count: u32) -> FacetCount {
        let names = self.values.entry(entry);
        FacetCount {
            wikidata: names.wikidata.clone(),
            ..FacetCount::new(&names.value, &names.label, count.into())
        }
    }

    /// All values that can be on the page, in no order, and the number of values.
    fn found(&self, request: &FacetRequest) -> (Vec<(u32, u32)>, u64) {
        if let (None, FacetOrder::Count, Some(limit)) =
            (&request.matching, request.order, request.limit)
        {
            let hidden = self.values.hidden();
            let wanted = limit.saturating_add(request.offset).saturating_add(hidden);
            let (mut found, distinct) = self.sums.top(wanted);
            if hidden == 0 {
                return (found, distinct);
            }
            let mut hidden = 0;
            self.sums
                .each(|entry, _| hidden += u64::from(self.values.entry(entry).hidden));
            found.retain(|&(entry, _)| !self.values.entry(entry).hidden);
            return (found, distinct - hidden);
        }
        let mut found = Vec::new();
        match &request.matching {
            Some(text) => {
                let matching = self.values.containing(text).into_iter();
                let counts = matching.map(|entry| (entry, self.sums.of(entry)));
                found.extend(counts.filter(|(_, count)| *count > 0));
            }
            None => self.sums.each(|entry, count| found.push((entry, count))),
        }
        found.retain(|&(entry, _)| !self.values.entry(entry).hidden);
        let distinct = found.len() as u64;
        (found, distinct)
    }

    fn sort(&self, found: &mut [(u32, u32)], order: FacetOrder) {
        match order {
            // Entries are numbered in the order of their values.
            FacetOrder::Count => found.sort_by_key(|&(entry, count)| (Reverse(count), entry)),
            FacetOrder::Name => found
                .sort_by_cached_key(|&(entry, _)| (folded(&self.values.entry(entry).label), entry)),
        }
    }

    /// The countries of a continent that articles have, the most frequent first.
    fn children(
        &self,
        continent: u32,
        countries: &Counted<'_>,
        selected: &[&Selected],
    ) -> FacetCounts {
        let codes = self.values.entry(continent).variants.iter();
        let entries = codes.filter_map(|code| countries.values.of_value(code));
        let mut found: Vec<(u32, u32)> = entries
            .map(|entry| (entry, countries.sums.of(entry)))
            .filter(|&(entry, count)| count > 0 && !countries.values.entry(entry).hidden)
            .collect();
        countries.sort(&mut found, FacetOrder::Count);
        let counts = found.into_iter();
        counts
            .map(|(entry, count)| FacetCount {
                selected: how_selected(entry, selected),
                ..countries.count(entry, count)
            })
            .collect()
    }
}

/// What is selected in a field.
pub(crate) fn in_field(selected: &[Selected], field: FacetField) -> Vec<&Selected> {
    let selected = selected.iter();
    selected
        .filter(|selected| selected.field == field)
        .collect()
}

/// How an entry is selected, if it is.
pub(crate) fn how_selected(entry: u32, selected: &[&Selected]) -> Option<Mode> {
    let mut selected = selected.iter();
    let selected = selected.find(|selected| selected.entries.contains(&entry))?;
    Some(selected.mode)
}

/// A value that was selected and that no article of the index has.
fn unknown_value(selected: &Selected) -> FacetCount {
    let country = CountryCode::new(&selected.value).filter(|_| selected.field.is_country());
    let name = country.and_then(countries::name);
    FacetCount {
        selected: Some(selected.mode),
        ..FacetCount::new(&selected.value, name.unwrap_or(&selected.value), 0)
    }
}

/// The fields to count so that a facet can be shown.
pub(crate) fn counted_fields(field: FacetField) -> Vec<FacetField> {
    match field {
        FacetField::Continent => vec![FacetField::Continent, FacetField::Country],
        field => vec![field],
    }
}
