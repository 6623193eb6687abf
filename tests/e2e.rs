//! End-to-end tests: everything here goes through the real binary, on files in a directory of its
//! own. What single functions do is tested where they stand.

#[path = "e2e/bad_input.rs"]
mod bad_input;
#[path = "e2e/commands.rs"]
mod commands;
#[path = "e2e/corrections.rs"]
mod corrections;
#[path = "e2e/counting.rs"]
mod counting;
#[path = "e2e/gold.rs"]
mod gold;
#[path = "e2e/indexing.rs"]
mod indexing;
#[path = "e2e/json.rs"]
mod json;
#[path = "e2e/language.rs"]
mod language;
#[path = "e2e/ranking.rs"]
mod ranking;
#[path = "e2e/readme.rs"]
mod readme;
#[path = "e2e/searching.rs"]
mod searching;
#[path = "e2e/support.rs"]
mod support;
#[path = "e2e/terminal.rs"]
mod terminal;
mod tidy;
#[cfg(unix)]
#[path = "e2e/watching.rs"]
mod watching;
