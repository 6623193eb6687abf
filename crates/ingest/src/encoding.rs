//! Turns bytes of any encoding into text, and counts what could not be read.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// So many bytes show whether a text is UTF-16 without a byte order mark.
const UTF_16_BYTES: usize = 1 << 10;

/// So many bytes around the first that is not ASCII show an encoding: the detector, which tries
/// thirty at once, would take seconds for the largest of texts.
const GUESSED_BYTES: usize = 1 << 20;
/// What stands before it tells whether it is a letter of a word.
const GUESSED_BYTES_BEFORE: usize = 1 << 10;
/// Begin what is not ASCII in ISO-2022-JP.
const JAPANESE_ESCAPES: [&[u8]; 2] = [b"\x1B$B", b"\x1B$@"];

/// Text that a stream is turned into at a time.
const TRANSCODED_BYTES: usize = 64 << 10;

/// Text, and how many of its characters are U+FFFD in place of bytes that mean nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded<'a> {
    /// Without byte order mark.
    pub text: Cow<'a, str>,
    /// Only those that decoding put there.
    pub replaced: u32,
}

/// One record of a stream of text in UTF-8; one that is not was written by another program, and
/// its encoding is guessed.
pub(crate) fn utf_8(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => decode(bytes, None).text,
    }
}

/// Decodes by byte order mark, then by the encoding that is `declared` (a label such as
/// `iso-8859-1`) if it fits, then as UTF-8 if it is, then by guess.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.as_bytes())) {
        let decoded = decode_as(encoding, bytes);
        // Who declares UTF-16 in letters of one byte means something else.
        if decoded.replaced == 0 && (!is_utf_16(encoding) || utf_16(bytes).is_some()) {
            return decoded;
        }
    }
    decode_as(guess(bytes), bytes)
}

/// The encoding of `bytes` as they look, without byte order mark and declaration. They may be
/// the first of many.
pub(crate) fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = utf_16(bytes) {
        return encoding;
    }
    if bytes.is_ascii() && is_japanese(bytes) {
        return ISO_2022_JP;
    }
    if is_mostly_utf_8(bytes) {
        return UTF_8;
    }
    let is_sign = |byte: &u8| !byte.is_ascii();
    let first = bytes.iter().position(is_sign).unwrap_or_default();
    let near = &bytes[first.saturating_sub(GUESSED_BYTES_BEFORE)..];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&near[..near.len().min(GUESSED_BYTES)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether the first escape to Japanese letters is one: pairs of bytes follow, up to the escape
/// that ends them.
fn is_japanese(bytes: &[u8]) -> bool {
    let escape = |escape: &&[u8]| Some(memmem::find(bytes, escape)? + escape.len());
    let Some(begin) = JAPANESE_ESCAPES.iter().filter_map(escape).min() else {
        return false;
    };
    let letters = bytes[begin..]
        .iter()
        .take_while(|byte| matches!(byte, 0x21..=0x7E));
    let letters = letters.count();
    letters > 0 && letters % 2 == 0 && bytes[begin + letters..].starts_with(b"\x1B(")
}

/// The encoding of a stream of text of which these are the first bytes, if it is not UTF-8, and
/// the length of its byte order mark.
pub(crate) fn of_stream(head: &[u8]) -> (Option<&'static Encoding>, usize) {
    let (encoding, mark) = Encoding::for_bom(head).unwrap_or_else(|| (guess(head), 0));
    (Some(encoding).filter(|encoding| *encoding != UTF_8), mark)
}

/// A stream of text in UTF-8, made from one in another encoding.
pub(crate) struct Transcoded<R> {
    reader: R,
    decoder: Decoder,
    text: Vec<u8>,
    text_read: usize,
    has_ended: bool,
}

impl<R: BufRead> Transcoded<R> {
    pub(crate) fn new(reader: R, encoding: &'static Encoding) -> Transcoded<R> {
        Transcoded {
            reader,
            decoder: encoding.new_decoder_without_bom_handling(),
            text: Vec::new(),
            text_read: 0,
            has_ended: false,
        }
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Transcoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.text_read == self.text.len() && !self.has_ended {
            let bytes = self.reader.fill_buf()?;
            let is_last = bytes.is_empty();
            self.text.resize(TRANSCODED_BYTES, 0);
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(bytes, &mut self.text, is_last);
            self.reader.consume(read);
            self.text.truncate(written);
            self.text_read = 0;
            self.has_ended = is_last && result == CoderResult::InputEmpty;
        }
        Ok(&self.text[self.text_read..])
    }

    fn consume(&mut self, bytes: usize) {
        self.text_read += bytes;
    }
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = match has_errors {
        true => text.matches(char::REPLACEMENT_CHARACTER).count(),
        false => 0,
    };
    Decoded {
        replaced: u32::try_from(replaced).unwrap_or(u32::MAX),
        text,
    }
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// The order of bytes of a UTF-16 text, told by the NULs in its Latin letters, digits and spaces.
pub(crate) fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let bytes = &bytes[..bytes.len().min(UTF_16_BYTES)];
    let (mut first, mut second, mut pairs) = (0, 0, 0);
    for pair in bytes.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
        pairs += 1;
    }
    let is_foreign = |byte: &&u8| matches!(**byte, 1..=8 | 14..=31 | 0x80..);
    let foreign = bytes.iter().filter(is_foreign).count();
    // Chinese has NULs at its spaces and line ends only, but then hardly a byte is ASCII: a text
    // in ASCII that a few NULs went into is no UTF-16. A binary file has NULs on both sides.
    let is_one_sided = |nuls: usize, others: usize| {
        let is_enough = nuls * 10 >= pairs * 3 || nuls * 20 > pairs && foreign * 5 >= pairs;
        nuls > 1 && others == 0 && is_enough
    };
    if is_one_sided(second, first) {
        return Some(UTF_16LE);
    }
    is_one_sided(first, second).then_some(UTF_16BE)
}

/// Whether what is not ASCII is UTF-8, but for broken bytes that are fewer than the characters.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0, 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        // The last character may be cut.
        let is_cut = chunks.peek().is_none() && chunk.invalid().len() < 4;
        let is_broken = !chunk.invalid().is_empty();
        broken += usize::from(is_broken && (!is_cut || valid == 0));
    }
    broken == 0 || valid > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], declared: Option<&str>, text: &str, replaced: u32) {
        let decoded = decode(bytes, declared);
        assert_eq!((decoded.text.as_ref(), decoded.replaced), (text, replaced));
    }

    #[test]
    fn a_byte_order_mark_goes_before_what_is_declared() {
        check(b"\xEF\xBB\xBFcaf\xC3\xA9", Some("iso-8859-1"), "café", 0);
        check(b"\xFF\xFEa\0b\0", Some("utf-8"), "ab", 0);
        check(b"\xFE\xFF\0a\0b", None, "ab", 0);
    }

    #[test]
    fn what_is_declared_goes_before_what_it_looks_like() {
        check(b"caf\xC3\xA9", Some("windows-1252"), "cafÃ©", 0);
        check(
            b"\xCF\xF0\xE8\xE2\xE5\xF2",
            Some("windows-1251"),
            "Привет",
            0,
        );
    }

    #[test]
    fn a_declaration_that_does_not_fit_is_dropped() {
        check(
            "Müller und Söhne, Köln".as_bytes(),
            Some("utf-16"),
            "Müller und Söhne, Köln",
            0,
        );
        check(
            b"M\xFCller und S\xF6hne in K\xF6ln",
            Some("utf-8"),
            "Müller und Söhne in Köln",
            0,
        );
        check(b"plain", Some("no such thing"), "plain", 0);
    }

    #[test]
    fn broken_bytes_in_utf_8_are_counted_and_not_taken_for_another_encoding() {
        let text = "Müller und Söhne in Köln, größer als früher";
        let mut bytes = text.as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.extend_from_slice(" heißt es.".as_bytes());
        check(&bytes, None, &format!("{text}\u{fffd} heißt es."), 1);
        check(
            &bytes,
            Some("utf-8"),
            &format!("{text}\u{fffd} heißt es."),
            1,
        );
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_nuls() {
        for text in [
            "Ein Satz über Öl.",
            "Правительство приняло закон о реке, которая течёт.",
        ] {
            let units = || text.encode_utf16();
            let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
            check(&little, None, text, 0);
            check(&big, None, text, 0);
        }
        check(b"plain\0text", None, "plain\0text", 0);
    }

    #[test]
    fn japanese_in_seven_bits_is_known_by_its_escapes() {
        check(b"\x1B$BF|K\\\x1B(B 1", None, "日本 1", 0);
        check(b"\x1B[31mred", None, "\x1B[31mred", 0);
        check(b"\x1B$Bred and blue", None, "\x1B$Bred and blue", 0);
    }
}
