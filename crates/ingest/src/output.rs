//! Where readers put what they find: numbers it, files it under its path, and hands it on.

use std::ops::ControlFlow;

use crate::draft::Draft;
use crate::{DateOrders, Item, Limits, Provenance, ReadOptions, Skip};

/// Where the records of one file, or of one entry of an archive, go.
pub(crate) struct Output<'a> {
    from: Provenance<'a>,
    entry: Option<&'a str>,
    options: &'a ReadOptions,
    orders: &'a mut DateOrders,
    sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
}

impl<'a> Output<'a> {
    pub(crate) fn new(
        from: Provenance<'a>,
        options: &'a ReadOptions,
        orders: &'a mut DateOrders,
        sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> Output<'a> {
        Output {
            from,
            entry: None,
            options,
            orders,
            sink,
        }
    }

    /// What the user says of the input.
    pub(crate) fn options(&self) -> &'a ReadOptions {
        self.options
    }

    /// What is more than can be news.
    pub(crate) fn limits(&self) -> &'a Limits {
        &self.options.limits
    }

    /// What is known of the file.
    pub(crate) fn from(&self) -> Provenance<'a> {
        self.from
    }

    /// Hands out the article that a record turned out to be, if it is one. `record` is its
    /// 1-based number where the input may hold several.
    pub(crate) fn draft(&mut self, record: Option<u64>, draft: Draft) -> ControlFlow<()> {
        match draft.finish(self.from, self.entry, record, self.options, self.orders) {
            Ok(article) => (self.sink)(Item::Article(Box::new(article))),
            Err(reason) => self.skip(record, reason),
        }
    }

    /// Says that a record, or the whole input, is no article.
    pub(crate) fn skip(
        &mut self,
        record: Option<u64>,
        reason: impl Into<String>,
    ) -> ControlFlow<()> {
        self.put_skip(record, None, reason.into())
    }

    /// Says that what begins at that byte cannot be read.
    pub(crate) fn skip_at(&mut self, offset: u64, reason: impl Into<String>) -> ControlFlow<()> {
        self.put_skip(None, Some(offset), reason.into())
    }

    fn put_skip(
        &mut self,
        record: Option<u64>,
        offset: Option<u64>,
        reason: String,
    ) -> ControlFlow<()> {
        (self.sink)(Item::Skip(Skip {
            path: self.from.path.to_owned(),
            entry: self.entry.map(str::to_owned),
            record,
            offset,
            reason,
        }))
    }
}
