//! NewsML.

use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Reads NewsML 1.
pub(crate) fn read(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "NewsML is not read yet; convert it to text or JSON Lines",
    ))
}

/// Reads NewsML-G2.
pub(crate) fn read_g2(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "NewsML is not read yet; convert it to text or JSON Lines",
    ))
}
