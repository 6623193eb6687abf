//! E-mail.

use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Reads one e-mail.
pub(crate) fn read(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "e-mail is not read yet; convert it to text or JSON Lines",
    ))
}

/// Reads a mailbox.
pub(crate) fn read_mbox(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "e-mail is not read yet; convert it to text or JSON Lines",
    ))
}
