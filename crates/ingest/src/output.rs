//! Where readers put what they find: numbers it, files it under its path, and hands it on.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::ControlFlow;

use crate::clean::one_line;
use crate::draft::Draft;
use crate::{Item, Limits, Provenance, ReadOptions, Skip};

/// Where the records of one file, or of one entry of an archive, go.
pub(crate) struct Output<'a> {
    from: Provenance<'a>,
    /// The path inside the archive, and inside of one in that.
    entry: Option<Cow<'a, str>>,
    /// How many containers this lies in.
    depth: u8,
    /// What counts the bytes of a file, where this is what comes out of a compressed one.
    unpacked: Option<&'a Cell<u64>>,
    /// Records of the parts of the file before this one.
    records_before: u64,
    /// The last record of all.
    records: u64,
    options: &'a ReadOptions,
    sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
}

impl<'a> Output<'a> {
    pub(crate) fn new(
        from: Provenance<'a>,
        options: &'a ReadOptions,
        sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> Output<'a> {
        Output {
            from,
            entry: None,
            depth: 0,
            unpacked: None,
            records_before: 0,
            records: 0,
            options,
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

    /// For the content of a compressed file; `depth` counts the containers around it, and
    /// `unpacked` its bytes.
    pub(crate) fn compressed<'b>(&'b mut self, depth: u8, unpacked: &'b Cell<u64>) -> Output<'b> {
        let entry = self.entry.clone();
        self.nested(entry, depth, Some(unpacked))
    }

    /// The same, for what lies behind so many records of the file.
    pub(crate) fn behind(self, records: u64) -> Output<'a> {
        Output {
            records_before: records,
            records,
            ..self
        }
    }

    /// The number of the last record.
    pub(crate) fn records(&self) -> u64 {
        self.records
    }

    /// For an entry of an archive.
    pub(crate) fn entry<'b>(&'b mut self, name: &'b str, depth: u8) -> Output<'b> {
        let entry = match &self.entry {
            Some(outer) => Cow::Owned(format!("{outer}!{}", shown(name))),
            None => shown(name),
        };
        self.nested(Some(entry), depth, None)
    }

    /// The same, for what was modified at that time, in seconds since 1970.
    pub(crate) fn modified(mut self, seconds: Option<i64>) -> Output<'a> {
        self.from.modified_seconds = seconds.or(self.from.modified_seconds);
        self
    }

    /// How many containers this lies in.
    pub(crate) fn depth(&self) -> u8 {
        self.depth
    }

    /// Whether this comes straight out of a compressed file.
    pub(crate) fn is_compression(&self) -> bool {
        self.unpacked.is_some()
    }

    /// Says that an archive which was compressed as a whole goes on with another file.
    pub(crate) fn begin_file(&self) {
        if let Some(unpacked) = self.unpacked {
            unpacked.set(0);
        }
    }

    /// Hands out the article that a record turned out to be, if it is one. `record` is its
    /// 1-based number where the input may hold several.
    pub(crate) fn draft(&mut self, record: Option<u64>, draft: Draft) -> ControlFlow<()> {
        let number = record;
        let record = self.number(number);
        match draft.finish(self.from, self.entry.as_deref(), record, self.options) {
            Ok(article) => (self.sink)(Item::Article(Box::new(article))),
            Err(reason) => self.skip(number, reason),
        }
    }

    /// Says that a record, or the whole input, is no article.
    pub(crate) fn skip(
        &mut self,
        record: Option<u64>,
        reason: impl Into<String>,
    ) -> ControlFlow<()> {
        let record = self.number(record);
        self.put_skip(record, None, reason.into())
    }

    /// Says that what begins at that byte cannot be read.
    pub(crate) fn skip_at(&mut self, offset: u64, reason: impl Into<String>) -> ControlFlow<()> {
        self.put_skip(None, Some(offset), reason.into())
    }

    fn nested<'b>(
        &'b mut self,
        entry: Option<Cow<'b, str>>,
        depth: u8,
        unpacked: Option<&'b Cell<u64>>,
    ) -> Output<'b> {
        Output {
            from: self.from,
            entry,
            depth,
            unpacked,
            records_before: 0,
            records: 0,
            options: self.options,
            sink: &mut *self.sink,
        }
    }

    /// The number of a record within the whole file.
    fn number(&mut self, record: Option<u64>) -> Option<u64> {
        let number = self.records_before + record?;
        self.records = number;
        Some(number)
    }

    fn put_skip(
        &mut self,
        record: Option<u64>,
        offset: Option<u64>,
        reason: String,
    ) -> ControlFlow<()> {
        (self.sink)(Item::Skip(Skip {
            path: self.from.path.to_owned(),
            entry: self.entry.as_deref().map(str::to_owned),
            record,
            offset,
            reason: one_line(&reason, REASON_CHARS_MAX),
        }))
    }
}

/// A reason may quote what is wrong, of any length.
const REASON_CHARS_MAX: usize = 500;

/// A name with its control characters written out: it is shown on terminals.
fn shown(name: &str) -> Cow<'_, str> {
    if !name.contains(char::is_control) {
        return Cow::Borrowed(name);
    }
    let show = |c: char| match c.is_control() {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    Cow::Owned(name.chars().map(show).collect())
}
