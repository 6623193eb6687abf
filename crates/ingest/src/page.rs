//! HTML pages.

use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Reads a page: one article.
pub(crate) fn read(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "HTML is not read yet; convert it to text or JSON Lines",
    ))
}
