//! What each command does: asks the library crates, hands what they answer to `output`.

pub(crate) mod aliases;
pub(crate) mod entity;
pub(crate) mod extract;
pub(crate) mod facets;
pub(crate) mod index;
pub(crate) mod manual;
pub(crate) mod read;
pub(crate) mod remove;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod stats;
pub(crate) mod verify;
