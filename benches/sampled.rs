//! Articles of the sample corpus, and a source of numbers that is the same everywhere: what
//! measurements make larger corpora from.

use std::ops::ControlFlow;
use std::path::Path;

use dateline_corpus::Article;
use dateline_ingest::{Item, ReadOptions, find, read_file};

/// The articles of the sample corpus.
pub(crate) fn samples() -> Result<Vec<Article>, Box<dyn std::error::Error>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let mut samples = Vec::new();
    for file in &find(&[corpus])?.files {
        read_file(&file.path, &ReadOptions::default(), &mut |item| {
            if let Item::Article(article) = item {
                samples.push(*article);
            }
            ControlFlow::Continue(())
        });
    }
    Ok(samples)
}

/// Splitmix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// Any number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

/// The value in the middle.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
