//! Tells limits of a query that leave nothing between them: a first day after the last one, more
//! words than there may be.

use std::ops::Range;

use super::{Planner, dates};
use crate::syntax::dates::Dates;
use crate::syntax::{Filter, Node};

/// The least and the most that one part of a query lets through.
struct Limits<'a> {
    least: i128,
    most: i128,
    filter: &'a Filter,
    span: &'a Range<usize>,
}

impl Planner<'_> {
    /// Whether limits that must all hold exclude each other; that is told.
    pub(super) fn contradict(&mut self, nodes: &[Node], wanted: bool) -> bool {
        let filters = nodes.iter().filter_map(|node| match node {
            Node::Filter(filter) => Some(filter),
            _ => None,
        });
        let filters: Vec<&Filter> = filters.collect();
        let dates = filters.iter().filter_map(|filter| self.days_of(filter));
        let dates = dates.collect();
        let words = filters.iter().filter_map(|filter| words_of(filter));
        let words = words.collect();
        let dates = self.tell_contradiction(dates, "no day", wanted);
        self.tell_contradiction(words, "no number of words", wanted) || dates
    }

    fn days_of<'a>(&self, filter: &'a Filter) -> Option<Limits<'a>> {
        let Filter::Published(dates, span) = filter else {
            return None;
        };
        let (first, last) = dates::range(*dates, self.today)?;
        Some(Limits {
            least: first.into(),
            most: last.into(),
            filter,
            span: &span.0,
        })
    }

    fn tell_contradiction(&mut self, limits: Vec<Limits<'_>>, what: &str, wanted: bool) -> bool {
        let least = limits.iter().max_by_key(|one| one.least);
        let most = limits.iter().min_by_key(|one| one.most);
        let Some((least, most)) = least
            .zip(most)
            .filter(|(least, most)| least.least > most.most)
        else {
            return false;
        };
        let (start, end) = (
            least.span.start.min(most.span.start),
            least.span.end.max(most.span.end),
        );
        let problem = format!("{what} fulfils {} and {}", least.filter, most.filter);
        let span = crate::syntax::QuerySpan(start..end);
        let suggestion = swapped(least.filter, most.filter);
        let suggestion = suggestion.map(|swapped| format!("write {swapped}"));
        self.tell(&span, problem, super::values::nothing(wanted), suggestion);
        true
    }
}

fn words_of(filter: &Filter) -> Option<Limits<'_>> {
    let Filter::Words { min, max, span } = filter else {
        return None;
    };
    Some(Limits {
        least: (*min).into(),
        most: max.map_or(i128::MAX, i128::from),
        filter,
        span: &span.0,
    })
}

/// What was probably meant: the limits the other way round.
fn swapped(least: &Filter, most: &Filter) -> Option<String> {
    match (least, most) {
        (Filter::Published(Dates::Since(first), _), Filter::Published(last, _)) => match *last {
            Dates::Until(last) => Some(format!("{} {}", Dates::Since(last), Dates::Until(*first))),
            Dates::Before(end) => Some(format!("{} {}", Dates::Since(end), Dates::Before(*first))),
            _ => None,
        },
        (
            Filter::Words { min, max: None, .. },
            Filter::Words {
                min: 0,
                max: Some(max),
                ..
            },
        ) => Some(format!("words:{max}..{min}, or OR between them")),
        _ => None,
    }
}
