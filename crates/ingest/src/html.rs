//! Reduces HTML that stands in a text field to its text. Pages are not read here.

use memchr::memchr;

/// Tags that end a line of text.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];
/// Tags by which a text shows that it is HTML. Text that merely mentions `<something>` is none.
const SIGNS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "div",
    "em",
    "figure",
    "h1",
    "h2",
    "h3",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "section",
    "span",
    "strong",
    "table",
    "ul",
];
/// Tags whose content is no text.
const HIDDEN: &[&str] = &["script", "style", "template", "noscript", "iframe"];
/// Quotes are minded in tags up to this length; a longer one (an image inside its own address)
/// ends at the next `>`, so that an open quote cannot make this quadratic.
const QUOTED_BYTES_MAX: usize = 2_048;

/// Whether `text` holds tags of HTML.
pub(crate) fn is_html(text: &str) -> bool {
    tags(text).any(|tag| SIGNS.contains(&tag.name.as_str()))
}

/// The text of `html`: one line per block, entities decoded.
pub(crate) fn to_text(html: &str) -> String {
    // Text with inline tags only keeps its own line ends; in true HTML they mean nothing.
    let mut has_blocks = false;
    // Where each hidden element is closed for the last time: one that is opened after that, or
    // closes itself, would hide the rest of the article. Better a stray word than none.
    let mut last_closed = [0; HIDDEN.len()];
    for tag in tags(html) {
        has_blocks |= BLOCKS.contains(&tag.name.as_str());
        if let (true, Some(index)) = (tag.closes, hidden_index(&tag)) {
            last_closed[index] = tag.start;
        }
    }
    let hides = |tag: &Tag| {
        let closed = hidden_index(tag).map_or(0, |index| last_closed[index]);
        !tag.closes && tag.end <= closed && !html[..tag.end].ends_with("/>")
    };
    let mut text = String::with_capacity(html.len());
    let mut at = 0;
    let mut hidden: Option<String> = None;
    for tag in tags(html) {
        if hidden.is_none() {
            push(&html[at..tag.start], has_blocks, &mut text);
        }
        at = tag.end;
        match &hidden {
            Some(name) if tag.closes && *name == tag.name => hidden = None,
            Some(_) => continue,
            None if hides(&tag) => hidden = Some(tag.name),
            None if BLOCKS.contains(&tag.name.as_str()) => text.push('\n'),
            None => {}
        }
    }
    push(&html[at..], has_blocks, &mut text);
    text
}

/// Whether `html` is a tag that breaks the line.
pub(crate) fn is_break(html: &str) -> bool {
    tags(html).any(|tag| tag.name == "br")
}

fn hidden_index(tag: &Tag) -> Option<usize> {
    HIDDEN.iter().position(|name| *name == tag.name)
}

fn push(piece: &str, has_blocks: bool, text: &mut String) {
    let decoded = html_escape::decode_html_entities(piece);
    if has_blocks {
        text.extend(
            decoded
                .chars()
                .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }),
        );
    } else {
        text.push_str(&decoded);
    }
}

/// A tag or comment.
struct Tag {
    start: usize,
    end: usize,
    /// Lower case; empty for comments and declarations.
    name: String,
    closes: bool,
}

fn tags(html: &str) -> impl Iterator<Item = Tag> {
    let bytes = html.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr(b'<', &bytes[at..])?;
            at = start + 1;
            let closes = bytes.get(at) == Some(&b'/');
            let name_start = at + usize::from(closes);
            match bytes.get(name_start)? {
                b'!' if !closes => {
                    let end = match html[start..].strip_prefix("<!--") {
                        Some(comment) => start + 4 + comment.find("-->")? + 3,
                        None => start + memchr(b'>', &bytes[start..])? + 1,
                    };
                    at = end;
                    return Some(Tag {
                        start,
                        end,
                        name: String::new(),
                        closes,
                    });
                }
                byte if byte.is_ascii_alphabetic() => {}
                _ => continue,
            }
            let name_bytes = bytes[name_start..]
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric())
                .count();
            let name = html[name_start..name_start + name_bytes].to_ascii_lowercase();
            let end = tag_end(bytes, name_start + name_bytes)?;
            at = end;
            return Some(Tag {
                start,
                end,
                name,
                closes,
            });
        }
    })
}

/// The place behind the `>` that closes a tag; `None` when no `>` follows at all.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut quote = None;
    for (offset, byte) in bytes[from..].iter().take(QUOTED_BYTES_MAX).enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(from + offset + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    memchr(b'>', &bytes[from..]).map(|offset| from + offset + 1)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(html: &str, expect: Expect) {
        assert!(is_html(html), "{html}");
        let text = to_text(html);
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        expect.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn reduces_html_to_lines_of_text() {
        check(
            "<div class=\"a > b\"><h2>Head</h2><p>One &amp; <em>two</em>,\nthree.<br/>Four&nbsp;&#8364;5 &lt;p&gt;</p>\
             <script>var x = '<p>';</script><!-- <p>no</p> --><ul><li>a</li><li>b</li></ul></div>",
            expect![[r#"
                Head
                One & two, three.
                Four €5 <p>
                a
                b"#]],
        );
    }

    #[test]
    fn keeps_the_lines_of_text_with_inline_tags_only() {
        check(
            "One <b>two</b>\nthree <a href='x'>four</a>",
            expect![[r#"
            One two
            three four"#]],
        );
    }

    #[test]
    fn loses_nothing_to_broken_tags() {
        check("<p>1 < 2 and <b>3 > 2", expect!["1 < 2 and 3 > 2"]);
        check(
            "<p>text <a href='open>more</p> rest",
            expect![[r#"
            text more
            rest"#]],
        );
        check("<p>text <!-- open", expect!["text <!-- open"]);
    }

    #[test]
    fn hides_nothing_behind_an_element_that_is_not_closed() {
        check(
            "<p>First</p><iframe src='x'/><p>Second</p><iframe src='y'>no</iframe><p>Third</p>",
            expect![[r#"
                First
                Second
                Third"#]],
        );
        check(
            "<p>First</p><script>no</script><p>Second</p><script><p>Third</p>",
            expect![[r#"
                First
                Second
                Third"#]],
        );
        check(
            "<p>First</p><NOSCRIPT>no</noscript></style><style><p>Second</p>",
            expect![[r#"
                First
                Second"#]],
        );
        assert_eq!(to_text(&"<iframe>a".repeat(1_000)), "a".repeat(1_000));
    }

    #[test]
    fn takes_a_stray_angle_bracket_for_text() {
        for text in [
            "1 < 2 > 0",
            "a <not a tag of html> b",
            "<",
            "</",
            "AT&amp;T",
        ] {
            assert!(!is_html(text), "{text}");
        }
    }
}
