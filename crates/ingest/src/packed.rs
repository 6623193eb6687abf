//! What other formats are packed in: compressed files and archives.

use crate::Format;
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;

/// Reads what is packed in an input.
pub(crate) fn read(format: Format, input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let path = output.from().path;
    let reason = format!("{path}: {} is not read yet; unpack it", format.name());
    Ok(output.skip_at(input.offset(), reason))
}
