//! Web archives.

use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Reads WARC.
pub(crate) fn read(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "a web archive is not read yet; convert it to text or JSON Lines",
    ))
}

/// Reads ARC.
pub(crate) fn read_arc(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "a web archive is not read yet; convert it to text or JSON Lines",
    ))
}
