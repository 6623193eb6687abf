//! The two sides of a decoder: the packed bytes that go in, and the content that comes out. Tells
//! errors of the input from faults of the content, and stops content that grows beyond measure.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use crate::input::Input;
use crate::output::Output;
use crate::read::{Flow, read_input, recognised};
use crate::{Format, Limits};

/// Content waits in a buffer of this size for its reader.
const BUFFER_BYTES: usize = 64 << 10;

/// What is known of a stream while it is unpacked. Both sides of the decoder write to it.
#[derive(Debug, Default)]
pub(super) struct Gauge {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    file: Cell<u64>,
    error: RefCell<Option<io::Error>>,
    fault: RefCell<Option<String>>,
    damage: Cell<Damage>,
}

/// What is wrong with the packed data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Damage {
    #[default]
    None,
    Cut,
    Broken,
}

impl Gauge {
    /// Begins a new file within the stream, such as another member of gzip.
    pub(super) fn begin_file(&self) {
        self.file.set(0);
    }

    /// Notes what is wrong with the content; the first fault counts.
    pub(super) fn set_fault(&self, reason: String) {
        self.fault.borrow_mut().get_or_insert(reason);
    }

    /// What counts the bytes of the file within the stream.
    pub(super) fn file(&self) -> &Cell<u64> {
        &self.file
    }

    /// How much content came out.
    pub(super) fn unpacked(&self) -> u64 {
        self.unpacked.get()
    }

    /// Whether the content can be read no further because the packed data is broken.
    pub(super) fn is_broken(&self) -> bool {
        self.damage.get() != Damage::None
    }

    /// Forgets what was wrong with the content, for it goes on behind: where that was, and what
    /// is to be told of it.
    pub(super) fn resume(&self, passed: &str) -> Option<(u64, String)> {
        self.damage.set(Damage::None);
        let fault = self.fault.take()?;
        Some((self.offset(), format!("{fault}; {passed}")))
    }

    /// Whether the content can be read no further.
    pub(super) fn has_fault(&self) -> bool {
        self.fault.borrow().is_some()
    }

    /// Says what was wrong, once all before it was handed out.
    ///
    /// # Errors
    /// The error of the input that ended the stream.
    pub(super) fn finish(&self, flow: ControlFlow<()>, output: &mut Output<'_>) -> Flow {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        match self.fault.take() {
            Some(fault) if flow.is_continue() => {
                let rest = match self.damage.get() {
                    Damage::Broken => "; what follows in it is not read",
                    Damage::None | Damage::Cut => "",
                };
                Ok(output.skip_at(self.offset(), format!("{fault}{rest}")))
            }
            _ => Ok(flow),
        }
    }

    /// How far the content has come, else the packed data: nothing comes out of the headers of an
    /// archive.
    fn offset(&self) -> u64 {
        match self.unpacked.get() {
            0 => self.packed.get(),
            unpacked => unpacked,
        }
    }

    fn measure(&self, bytes: usize, limits: &Limits) {
        self.file.set(self.file.get() + bytes as u64);
        self.unpacked.set(self.unpacked.get() + bytes as u64);
        let (unpacked, packed) = (self.unpacked.get(), self.packed.get());
        let bytes_max = limits.unpacked_bytes_max;
        let ratio_max = limits.unpacked_ratio_max;
        if self.file.get() > bytes_max {
            self.set_fault(format!(
                "grows to more than {bytes_max} bytes when it is unpacked; the rest is not read"
            ));
        } else if unpacked > limits.unpacked_bytes_free
            && unpacked > packed.saturating_mul(ratio_max)
        {
            self.set_fault(format!(
                "grows to more than {ratio_max} times its size when it is unpacked; the rest is \
                 not read"
            ));
        }
    }
}

/// The packed bytes.
pub(super) struct Packed<'a, 'b> {
    input: &'a mut Input<'b>,
    gauge: &'a Gauge,
}

impl<'a, 'b> Packed<'a, 'b> {
    pub(super) fn new(input: &'a mut Input<'b>, gauge: &'a Gauge) -> Packed<'a, 'b> {
        Packed { input, gauge }
    }
}

impl Read for Packed<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Packed<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.input.fill_buf() {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                // Decoders wrap errors or make their own of them.
                self.gauge.error.replace(Some(error));
                Err(io::ErrorKind::Other.into())
            }
            result => result,
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.gauge
            .packed
            .set(self.gauge.packed.get() + bytes as u64);
        self.input.consume(bytes);
    }
}

/// The content. It ends where it is broken or grows too large; the gauge knows.
pub(super) struct Unpacked<'a, R> {
    decoder: R,
    gauge: &'a Gauge,
    limits: &'a Limits,
}

impl<'a, R: Read> Unpacked<'a, R> {
    pub(super) fn new(decoder: R, gauge: &'a Gauge, limits: &'a Limits) -> Unpacked<'a, R> {
        Unpacked {
            decoder,
            gauge,
            limits,
        }
    }

    pub(super) fn into_decoder(self) -> R {
        self.decoder
    }

    pub(super) fn decoder(&mut self) -> &mut R {
        &mut self.decoder
    }

    /// Reads the content as the input that it is.
    pub(super) fn read_as(&mut self, name: &str, output: &mut Output<'_>) -> Flow {
        Ok(self.read_part(name, output)?.1)
    }

    /// Reads the content from where it is, and tells the format it was taken for.
    pub(super) fn read_part(
        &mut self,
        name: &str,
        output: &mut Output<'_>,
    ) -> io::Result<(Option<Format>, ControlFlow<()>)> {
        let gauge = self.gauge;
        let start = gauge.unpacked();
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, self);
        let mut input = Input::new(name, &mut reader)?.starting_at(start);
        let format = recognised(&input, output);
        if input.head().is_empty() && gauge.has_fault() {
            // Nothing but the fault is to be told.
            return Ok((format.ok(), ControlFlow::Continue(())));
        }
        Ok((format.ok(), read_input(&mut input, output)?))
    }
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.gauge.has_fault() {
            return Ok(0);
        }
        match self.decoder.read(buffer) {
            Ok(read) => {
                self.gauge.measure(read, self.limits);
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            // What stopped the decoder has said why.
            Err(_) if self.gauge.has_fault() => Ok(0),
            Err(error) => {
                let (damage, reason) = match error.kind() {
                    io::ErrorKind::UnexpectedEof => {
                        (Damage::Cut, "the packed data ends early".to_owned())
                    }
                    _ => (
                        Damage::Broken,
                        format!("the packed data is broken: {error}"),
                    ),
                };
                self.gauge.damage.set(damage);
                self.gauge.set_fault(reason);
                Ok(0)
            }
        }
    }
}
