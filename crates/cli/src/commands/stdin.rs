//! Standard input that can be left: reading from it waits for data and for the wish to stop.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use dateline_indexer::Stop;

/// Standard input, read by a thread of its own, since nothing else can be done by one that waits.
pub(super) struct Stdin {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: io::Cursor<Vec<u8>>,
    stop: Stop,
}

/// As much as a pipe holds.
const CHUNK_BYTES: usize = 64 << 10;
/// Chunks that wait to be read.
const CHUNKS: usize = 4;
/// How long a request to stop may go unnoticed.
const PATIENCE: Duration = Duration::from_millis(100);

impl Stdin {
    /// Begins to read.
    pub(super) fn open(stop: Stop) -> Stdin {
        let (sender, chunks) = sync_channel(CHUNKS);
        thread::spawn(move || {
            loop {
                let mut chunk = vec![0; CHUNK_BYTES];
                let read = io::stdin().lock().read(&mut chunk);
                let is_last = !matches!(read, Ok(1..));
                let chunk = read.map(|read| {
                    chunk.truncate(read);
                    chunk
                });
                // When nobody wants more there is nothing to do either.
                if sender.send(chunk).is_err() || is_last {
                    return;
                }
            }
        });
        Stdin {
            chunks,
            chunk: io::Cursor::default(),
            stop,
        }
    }
}

impl Read for Stdin {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.chunk.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            match self.chunks.recv_timeout(PATIENCE) {
                Ok(chunk) => match chunk? {
                    end if end.is_empty() => return Ok(0),
                    chunk => self.chunk = io::Cursor::new(chunk),
                },
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) if self.stop.is_requested() => {
                    return Err(io::Error::other("stopped"));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}
