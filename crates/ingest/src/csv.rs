//! Tables.

use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Reads a table with a header.
pub(crate) fn read(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "a table is not read yet; convert it to text or JSON Lines",
    ))
}
