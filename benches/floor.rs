//! The floor under `dateline index`: the least that tantivy does for the same texts. Title and
//! body with positions in tantivy's default analysis, both and the date stored with zstd; no
//! stems, no facets, no entities, nothing incremental.
//!
//! `floor PATH INDEX_DIR [WRITER_THREADS]` reads what `dateline index` reads, writes an index into
//! an empty directory, and prints one JSON object with what it did.

use std::error::Error;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

use dateline_ingest::{Item, ReadOptions, find, read_file};
use tantivy::directory::MmapDirectory;
use tantivy::schema::{INDEXED, STORED, Schema, TEXT};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, TantivyDocument};

/// As much as `dateline index` gives its writer.
const WRITER_BYTES: usize = 256 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(path), Some(dir)) = (args.next(), args.next()) else {
        return Err("usage: floor PATH INDEX_DIR [WRITER_THREADS]".into());
    };
    let threads = args.next().map_or(Ok(1), |threads| threads.parse())?;
    let start = Instant::now();

    let mut builder = Schema::builder();
    let title = builder.add_text_field("title", TEXT | STORED);
    let body = builder.add_text_field("body", TEXT | STORED);
    let published = builder.add_i64_field("published", INDEXED | STORED);
    std::fs::create_dir_all(&dir)?;
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor::default()),
        ..IndexSettings::default()
    };
    let index = Index::create(MmapDirectory::open(&dir)?, builder.build(), settings)?;
    let mut writer = index.writer_with_num_threads(threads, WRITER_BYTES)?;

    let (mut articles, mut text_bytes) = (0u64, 0u64);
    let mut failed = None;
    for file in find(&[PathBuf::from(path)])?.files {
        read_file(&file.path, &ReadOptions::default(), &mut |item| {
            let Item::Article(article) = item else {
                return ControlFlow::Continue(());
            };
            articles += 1;
            text_bytes += (article.title.len() + article.body.len()) as u64;
            let mut document = TantivyDocument::new();
            document.add_text(title, &article.title);
            document.add_text(body, &article.body);
            if let Some(date) = &article.published {
                document.add_i64(published, date.seconds);
            }
            match writer.add_document(document) {
                Ok(_) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{{\"articles\":{articles},\"text_bytes\":{text_bytes},\"threads\":{threads},\"seconds\":{seconds:.2}}}"
    );
    Ok(())
}
