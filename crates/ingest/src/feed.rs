//! Feeds: RSS 0.9x to 2.0, RDF, Atom, JSON Feed. Each entry is an article.
//!
//! A feed is cut into its entries before anything of it is understood (`split`), and an entry is
//! read as leniently as HTML (`entry`): a lone `&`, a stray tag or the end of the file costs no
//! entry but the one it stands in.

mod entry;
mod json;
pub(crate) mod split;

use std::io::BufRead;
use std::ops::ControlFlow;

use serde::de::DeserializeSeed;

use crate::encoding::{self, decode};
use crate::input::Input;
use crate::json::mended;
use crate::output::Output;
use crate::read::Flow;
use entry::{Feed, draft};
use split::{Piece, Pieces};

/// Reads RSS, RDF and Atom.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let head = input.head();
    let is_wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if !is_wide && encoding::utf_16(head).is_none() {
        return read_entries(input, output);
    }
    // Tags can be found in bytes only where ASCII is ASCII.
    let bytes_max = output.limits().record_bytes_max;
    match input.whole(bytes_max)? {
        Some(bytes) => read_entries(&mut decode(&bytes, None).text.as_bytes(), output),
        None => Ok(output.skip(
            None,
            format!(
                "the feed is in UTF-16 and longer than the {bytes_max} bytes that are read of such"
            ),
        )),
    }
}

fn read_entries(reader: &mut dyn BufRead, output: &mut Output<'_>) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    let mut pieces = Pieces::new(reader, bytes_max, &["item", "entry"]);
    let mut feed = Feed::default();
    let mut declared = None;
    let mut is_closed = false;
    let mut number = 0;
    while let Some(piece) = pieces.next()? {
        number += 1;
        let flow = match piece {
            Piece::Start(bytes) => {
                number = 0;
                declared = declared_encoding(&bytes);
                let ends = ["</rss", "</channel", "</feed", "</rdf:RDF"];
                is_closed = ends
                    .iter()
                    .any(|end| memchr::memmem::find(&bytes, end.as_bytes()).is_some());
                feed = Feed::of(&decode(&bytes, declared.as_deref()).text);
                continue;
            }
            Piece::Entry(bytes) => {
                let decoded = decode(&bytes, declared.as_deref());
                match draft(&decoded.text, &feed) {
                    Ok(draft) => output.draft(Some(number), draft),
                    Err(reason) => output.skip(Some(number), reason),
                }
            }
            Piece::Cut => output.skip(Some(number), "the feed ends within this entry"),
            Piece::TooLong(bytes) => output.skip(
                Some(number),
                format!("the entry is {bytes} bytes long; at most {bytes_max} are read"),
            ),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    match number {
        0 if is_closed => Ok(output.skip(None, "the feed has no entries")),
        0 => Ok(output.skip(None, "the feed ends before its first entry")),
        _ => Ok(ControlFlow::Continue(())),
    }
}

/// Reads a JSON Feed.
pub(crate) fn read_json(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    let Some(bytes) = input.whole(bytes_max)? else {
        return Ok(output.skip(
            None,
            format!("the feed is longer than the {bytes_max} bytes that are read"),
        ));
    };
    let decoded = decode(&bytes, None);
    let mut number = 0;
    let mut flow = ControlFlow::Continue(());
    let mut sink = |draft| {
        number += 1;
        flow = output.draft(Some(number), draft);
        flow
    };
    let mended = mended(&decoded.text);
    let text = mended.as_deref().unwrap_or(&decoded.text);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let result = json::FeedSeed { sink: &mut sink }.deserialize(&mut deserializer);
    Ok(match result {
        _ if flow.is_break() => flow,
        Err(error) => output.skip(
            Some(number + 1),
            format!("broken JSON: {error}; what follows in the feed is not read"),
        ),
        Ok(()) if number == 0 => output.skip(None, "the feed has no entries"),
        Ok(()) => flow,
    })
}

/// The encoding in `<?xml … encoding="…"?>`.
fn declared_encoding(start: &[u8]) -> Option<String> {
    let prolog = &start[..memchr::memmem::find(start, b"?>")?];
    let at = memchr::memmem::find(prolog, b"encoding")?;
    let value = String::from_utf8_lossy(&prolog[at + "encoding".len()..]);
    let mut parts = value.split(['"', '\'']);
    parts.nth(1).map(str::to_owned)
}

#[cfg(test)]
mod tests;
