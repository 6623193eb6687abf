//! Builds the index: reads, analyses, extracts, writes.
//!
//! [`index()`] brings an index up to date with files, folders or a stream; [`watch()`] goes on doing
//! so while they change; [`remove()`] takes articles out of it; [`verify()`] checks its files. All work
//! on an index directory and know nothing of queries.
//!
//! # The way of an article
//!
//! One thread reads the files in path order, several analyse and annotate the articles, one
//! writes the results in the order in which they were read. What is under way is bounded, so
//! memory does not grow with the input.
//!
//! # What is read again
//!
//! The index is its own manifest: beside the articles it holds a document for each file they came
//! from. A file whose size and modification time are those of the manifest is not opened. One of
//! the same size and another time is hashed, and read only when the hash differs. Of a file that
//! is read, articles whose content is as it was are not analysed again, and articles that are no
//! longer in it leave the index. A file that yields nothing but skips is not remembered: it is
//! read in every run, so that every run tells what is wrong with it.
//!
//! When a run is given options for reading, files that were read with other ones, or with none,
//! are read again with them. A run without options leaves such files as they are.
//!
//! A file that cannot be read keeps the articles it has in the index, and the failure is listed.
//! So does a file that vanished, until a run with [`IndexOptions::prune`] removes it.
//!
//! # One id in several files
//!
//! The article of the file that comes last in path order stands in the index, and within a file
//! its last record; the others are *shadowed*, and count as unchanged. Which file changed last
//! plays no part, so the index holds what a fresh one of the same files would. When the article
//! that stands leaves its file, the files with shadowed articles are read again, and the next in
//! order takes its place. Articles from standard input stand until a file with their id is read.
//!
//! # Dates that other articles decide
//!
//! A date that can be read in two ways, and that nothing in its article decides, is read in the order
//! of day and month that other articles of the source in the index show, if they all show the same.
//! Articles are written as they were read; when all are committed, those whose sources have come to
//! show another order are written again. So the order of reading plays no part, and articles that
//! came in former runs, or leave the index, count as they do in a fresh one.
//!
//! # Ends and crashes
//!
//! A run that is asked to [stop](Stop) reads no further, and commits what it has read; a file that it
//! was reading is read again by the next run.
//!
//! A run commits now and then and at its end. What was committed is on disk before the run goes
//! on; after a crash or an error the index holds what the last commit left, and the next run does
//! what is missing.

mod analyse;
mod engine;
mod error;
#[cfg(test)]
mod faults;
mod index;
mod known;
mod options;
mod pipeline;
mod read;
mod remove;
mod settle;
mod stop;
mod summary;
mod verify;
mod watch;
mod write;

pub use error::IndexError;
pub use index::index;
pub use options::{IndexOptions, Inputs, Progress};
pub use remove::remove;
pub use stop::Stop;
pub use summary::Summary;
pub use verify::{Verification, verify};
pub use watch::{Report, watch};
