//! The answer of a web server as it stands in an archive: status, type and body.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use memchr::memmem;

/// An answer, its body unpacked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub status: u16,
    /// As it was sent: `text/html; charset=utf-8`.
    pub content_type: String,
    pub body: Vec<u8>,
}

/// Reads an answer. An error says in plain words what it is instead; `bytes_max` bounds the body.
pub(crate) fn parse(block: &[u8], bytes_max: usize) -> Result<Response, String> {
    let (head, body) =
        split_head(block).ok_or("no answer of a web server: its head does not end")?;
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(status)
        .ok_or("no answer of a web server")?;
    let fields: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(':')).collect();
    let field = |name: &str| {
        let named = fields
            .iter()
            .find(|(field, _)| field.trim().eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.trim()).unwrap_or_default()
    };
    let whole = match field("transfer-encoding")
        .to_ascii_lowercase()
        .contains("chunked")
    {
        // Archives that store bodies without their chunks keep the field.
        true => unchunk(body).unwrap_or_else(|| body.to_vec()),
        false => body.to_vec(),
    };
    Ok(Response {
        status,
        content_type: field("content-type").to_owned(),
        body: unpack(whole, field("content-encoding"), bytes_max)?,
    })
}

/// The media type in a `Content-Type`, lower case, and the encoding it declares.
pub(crate) fn media_type(value: &str) -> (String, Option<String>) {
    let lower = value.to_ascii_lowercase();
    let mut parts = lower.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_owned();
    let charset = parts.find_map(|part| part.strip_prefix("charset="));
    (
        media_type,
        charset.map(|label| label.trim_matches(['"', '\'']).to_owned()),
    )
}

fn split_head(block: &[u8]) -> Option<(&[u8], &[u8])> {
    let wide = memmem::find(block, b"\r\n\r\n").map(|at| (at, at + 4));
    let narrow = memmem::find(block, b"\n\n").map(|at| (at, at + 2));
    let (end, start) = [wide, narrow].into_iter().flatten().min()?;
    Some((&block[..end], &block[start..]))
}

/// `HTTP/1.1 200 OK`
fn status(line: &str) -> Option<u16> {
    let mut words = line.strip_prefix("HTTP/")?.split_whitespace();
    words.nth(1)?.parse().ok()
}

/// The body of `Transfer-Encoding: chunked`; `None` when it is not in chunks. The chunks of a body
/// that is cut off are given as far as they go.
fn unchunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some(end) = memchr::memchr(b'\n', rest) else {
            return (!whole.is_empty()).then_some(whole);
        };
        let line = String::from_utf8_lossy(&rest[..end]);
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return (!whole.is_empty()).then_some(whole);
        };
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(&rest[..size.min(rest.len())]);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest
            .strip_prefix(b"\r\n")
            .or(rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
    }
}

/// Undoes a `Content-Encoding`. A body that is not packed, whatever its head says, is left as it
/// is: many archives unpack and keep the head.
fn unpack(body: Vec<u8>, encoding: &str, bytes_max: usize) -> Result<Vec<u8>, String> {
    let encoding = encoding.to_ascii_lowercase();
    let reader: Box<dyn Read + '_> = match encoding.as_str() {
        "" | "identity" => return Ok(body),
        "gzip" | "x-gzip" if body.starts_with(b"\x1F\x8B") => Box::new(MultiGzDecoder::new(&*body)),
        "gzip" | "x-gzip" => return Ok(body),
        // Servers mean either of two formats by it.
        "deflate" if body.first().is_some_and(|byte| byte & 0x0F == 8) => {
            Box::new(ZlibDecoder::new(&*body))
        }
        "deflate" => Box::new(DeflateDecoder::new(&*body)),
        _ if looks_like_text(&body) => return Ok(body),
        _ => {
            return Err(format!(
                "its body is packed as `{encoding}`, which is not read"
            ));
        }
    };
    let mut whole = Vec::new();
    // What is cut off is read as far as it goes.
    let result = reader.take(bytes_max as u64 + 1).read_to_end(&mut whole);
    match result {
        _ if whole.len() > bytes_max => Err(format!(
            "its body unpacks to more than the {bytes_max} bytes that are read"
        )),
        Err(_) if whole.is_empty() && looks_like_text(&body) => Ok(body),
        Err(error) if whole.is_empty() => Err(format!("its body cannot be unpacked: {error}")),
        _ => Ok(whole),
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const PAGE: &[u8] = b"<p>The bridge is open.</p>";

    fn body(fields: &str, body: &[u8]) -> Result<Vec<u8>, String> {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n");
        parse(&[head.as_bytes(), body].concat(), 1_000).map(|response| response.body)
    }

    #[test]
    fn reads_status_type_and_charset() {
        let response = parse(
            b"HTTP/1.0 404 Not Found\nCONTENT-TYPE: Text/HTML; charset=\"ISO-8859-1\"\n\nx",
            9,
        )
        .unwrap();
        assert_eq!(
            (response.status, response.body.as_slice()),
            (404, &b"x"[..])
        );
        let (kind, charset) = media_type(&response.content_type);
        assert_eq!(
            (kind.as_str(), charset.as_deref()),
            ("text/html", Some("iso-8859-1"))
        );
        assert!(parse(b"GET / HTTP/1.0\r\n\r\n", 9).is_err());
        assert!(parse(b"HTTP/1.0 200 OK\r\n", 9).is_err());
    }

    #[test]
    fn puts_chunks_together_also_when_cut_off_or_missing() {
        const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";
        for (stored, whole) in [
            (
                &b"4\r\nThe \r\n6;a=b\r\nbridge\r\n0\r\n\r\n"[..],
                &b"The bridge"[..],
            ),
            (b"4\r\nThe \r\nff\r\nbri", b"The bri"),
            (b"4\r\nThe \r\nwrong", b"The "),
            (PAGE, PAGE),
            (b"", b""),
        ] {
            assert_eq!(body(CHUNKED, stored).unwrap(), whole);
        }
    }

    #[test]
    fn unpacks_bodies_and_keeps_those_that_are_unpacked_already() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(PAGE).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(PAGE).unwrap();
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(PAGE).unwrap();
        for (encoding, stored) in [
            ("gzip", gzip),
            ("deflate", zlib.finish().unwrap()),
            ("deflate", deflate.finish().unwrap()),
            ("gzip", PAGE.to_vec()),
            ("br", PAGE.to_vec()),
            ("identity", PAGE.to_vec()),
        ] {
            let fields = format!("Content-Encoding: {encoding}\r\n");
            assert_eq!(body(&fields, &stored).unwrap(), PAGE, "{encoding}");
        }
        assert!(
            body("Content-Encoding: br\r\n", b"\x1B\x03")
                .unwrap_err()
                .contains("`br`")
        );
    }

    #[test]
    fn does_not_unpack_more_than_may_be() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(&[b'a'; 100_000]).unwrap();
        let reason = body("Content-Encoding: gzip\r\n", &gzip.finish().unwrap()).unwrap_err();
        assert!(reason.contains("1000 bytes"), "{reason}");
    }
}
