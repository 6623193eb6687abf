//! Which order of day and month each source uses, learnt from its articles as they are read.

use std::collections::BTreeMap;

use crate::DateOrder;

/// The orders that sources have shown, to decide dates of their other articles.
///
/// An article teaches the order of its source when one of its dates can be read in one order only
/// (`31/01/2026`), or when something else in the article decided between two. A source that has
/// shown both orders, as outlets with several editions do, decides nothing.
///
/// Reading is in one order, so the same input always gives the same dates; but only what was read
/// before counts. An article whose date is in doubt is not looked at again when a later one shows
/// the order, and what a former run has learnt is not known to the next, unless the caller keeps
/// the value. `--date-order` has neither limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateOrders {
    by_source: BTreeMap<String, Shown>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Shown {
    mdy: bool,
    dmy: bool,
}

/// More sources than any pile has; what bounds the memory of a run over made-up ones.
const SOURCES_MAX: usize = 100_000;

impl DateOrders {
    /// Learns that an article of `source` shows this order.
    pub(crate) fn learn(&mut self, source: &str, order: DateOrder) {
        if self.by_source.len() >= SOURCES_MAX && !self.by_source.contains_key(source) {
            return;
        }
        let shown = self.by_source.entry(source.to_owned()).or_default();
        match order {
            DateOrder::Mdy => shown.mdy = true,
            DateOrder::Dmy => shown.dmy = true,
        }
    }

    /// The one order that articles of `source` have shown.
    pub(crate) fn of(&self, source: &str) -> Option<DateOrder> {
        match self.by_source.get(source)? {
            Shown {
                mdy: true,
                dmy: false,
            } => Some(DateOrder::Mdy),
            Shown {
                mdy: false,
                dmy: true,
            } => Some(DateOrder::Dmy),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_shows_both_orders_decides_nothing() {
        let mut orders = DateOrders::default();
        assert_eq!(orders.of("Post"), None);
        orders.learn("Post", DateOrder::Dmy);
        assert_eq!(orders.of("Post"), Some(DateOrder::Dmy));
        assert_eq!(orders.of("Times"), None);
        orders.learn("Post", DateOrder::Mdy);
        assert_eq!(orders.of("Post"), None);
    }
}
