//! Feeds: RSS, RDF, Atom, JSON Feed.

use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Reads RSS, RDF and Atom.
pub(crate) fn read(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "a feed is not read yet; convert it to text or JSON Lines",
    ))
}

/// Reads a JSON Feed.
pub(crate) fn read_json(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "a feed is not read yet; convert it to text or JSON Lines",
    ))
}
