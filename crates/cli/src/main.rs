//! The `dateline` command. (skeleton)
fn main() {}
