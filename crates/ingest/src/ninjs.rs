//! ninjs.

use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Reads ninjs.
pub(crate) fn read(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "ninjs is not read yet; convert it to text or JSON Lines",
    ))
}
