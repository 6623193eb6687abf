//! The progress bar of an indexing run, on standard error: bytes, articles per second, time left.
//! Where standard error is no terminal, nothing is drawn.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dateline_indexer::Progress;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::output::thousands;

const OF_KNOWN_LENGTH: &str = "{wide_bar} {decimal_bytes} of {decimal_total_bytes} · {articles} articles · {rate}/s · {eta} left";
const OF_UNKNOWN_LENGTH: &str = "{spinner} {decimal_bytes} · {articles} articles · {rate}/s";

/// A bar that is drawn while a run goes on.
pub(crate) struct Bar {
    bar: ProgressBar,
    articles: Arc<AtomicU64>,
}

impl Bar {
    /// A bar that shows nothing until the run says how much there is to do.
    pub(crate) fn new() -> Bar {
        let bar = Bar {
            bar: ProgressBar::no_length(),
            articles: Arc::default(),
        };
        bar.style(OF_UNKNOWN_LENGTH);
        bar
    }

    /// Takes the bar off the screen.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    fn style(&self, template: &str) {
        // The templates are constants that a test parses, so the plain bar is never seen.
        let style = ProgressStyle::with_template(template);
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        let (shown, counted) = (self.articles.clone(), self.articles.clone());
        let articles = move |_: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&thousands(shown.load(Ordering::Relaxed)));
        };
        let rate = move |state: &ProgressState, out: &mut dyn Write| {
            let seconds = state.elapsed().as_secs_f64().max(0.001);
            let rate = counted.load(Ordering::Relaxed) as f64 / seconds;
            let _ = out.write_str(&thousands(rate.round() as u64));
        };
        self.bar
            .set_style(style.with_key("articles", articles).with_key("rate", rate));
    }
}

impl Progress for Bar {
    fn total(&self, _files: u64, bytes: u64) {
        if bytes > 0 {
            self.bar.set_length(bytes);
            self.style(OF_KNOWN_LENGTH);
        }
    }

    fn advance(&self, articles: u64, bytes: u64) {
        self.articles.fetch_add(articles, Ordering::Relaxed);
        self.bar.inc(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_well_formed() {
        for template in [OF_KNOWN_LENGTH, OF_UNKNOWN_LENGTH] {
            let style = ProgressStyle::with_template(template);
            assert!(style.is_ok(), "{template}: {:?}", style.err());
        }
    }
}
