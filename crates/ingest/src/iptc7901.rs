//! IPTC 7901 and ANPA 1312.

use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Reads wire messages.
pub(crate) fn read(_input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    Ok(output.skip(
        None,
        "IPTC 7901 is not read yet; convert it to text or JSON Lines",
    ))
}

/// Whether an input that begins with `head` holds wire messages.
pub(crate) fn is_message(head: &[u8]) -> bool {
    head.starts_with(&[1])
}
