//! Which order of day and month each source uses, by what its articles show.

use std::collections::BTreeMap;

use dateline_corpus::{DateOrder, Published};

use crate::published;

/// The orders that the articles of sources show, to decide dates of their other articles.
///
/// An article shows the order of its source when one of its dates can be read in one order only
/// (`31/01/2026`), or when something else in the article decides between two
/// ([`Published::order`]). A source that shows both orders, as outlets with several editions do,
/// decides nothing. So it does not matter in which order articles are learnt from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateOrders {
    by_source: BTreeMap<String, Shown>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Shown {
    mdy: bool,
    dmy: bool,
}

impl DateOrders {
    /// Learns that an article of `source` shows this order.
    pub fn learn(&mut self, source: &str, order: DateOrder) {
        let shown = self.by_source.entry(source.to_owned()).or_default();
        match order {
            DateOrder::Mdy => shown.mdy = true,
            DateOrder::Dmy => shown.dmy = true,
        }
    }

    /// The one order that articles of `source` have shown.
    pub fn of(&self, source: &str) -> Option<DateOrder> {
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

/// The date as it is where the other articles of its source show this order, or none; the same
/// date if nothing is in doubt about it.
pub fn in_order_of_source(date: &Published, shown: Option<DateOrder>) -> Published {
    published::in_order_of_source(date, shown).unwrap_or_else(|| date.clone())
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
