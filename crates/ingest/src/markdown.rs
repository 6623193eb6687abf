//! Markdown with front matter: the readable text of it, without marks, pictures and comments.

use dateline_corpus::DateOrigin;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeStream};

use crate::draft::Draft;
use crate::front_matter::FrontMatter;
use crate::input::Input;
use crate::output::Output;
use crate::read::Flow;
use crate::{front_matter, html, text};

/// Parsing takes up to forty times the memory of the text, of which the body keeps 4 MiB at most.
const MARKDOWN_BYTES_MAX: usize = 8 << 20;

/// Reads a file that is one article.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    text::read_whole(input, output, draft)
}

/// The draft of the article that a Markdown file is.
fn draft(text: &str) -> Draft {
    let (matter, markdown) = front_matter::split(text).unwrap_or((FrontMatter::Yaml(""), text));
    let read = &markdown[..markdown.floor_char_boundary(MARKDOWN_BYTES_MAX)];
    let fields = front_matter::fields(matter);
    Draft {
        is_cut: read.len() < markdown.len(),
        ..fields.into_draft(Some(to_text(read)), DateOrigin::FrontMatter)
    }
}

/// The text of a Markdown document: one line per paragraph, heading, list item, table row and
/// line of code, with a blank line between blocks. Pictures are left out with their captions.
fn to_text(markdown: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut text = String::with_capacity(markdown.len());
    let mut pictures = 0;
    let mut in_code = false;
    let mut raw = String::new();
    for event in TextMergeStream::new(Parser::new_ext(markdown, options)) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures -= 1,
            _ if pictures > 0 => {}
            // Only fenced code means its line ends; what is merely indented is prose.
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = matches!(kind, CodeBlockKind::Fenced(_))
            }
            // Left over where emphasis was written in a way that is none: `Ukraine**.**`
            Event::Text(part) if !in_code && part.contains(['\n', '*']) => {
                text.push_str(&part.replace("**", "").replace('\n', " "));
            }
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => text.push('\n'),
            // A block of HTML comes line by line.
            Event::Html(part) => raw.push_str(&part),
            Event::InlineHtml(part) if html::is_break(&part) => text.push('\n'),
            Event::End(TagEnd::HtmlBlock) => {
                text.push_str(&html::to_text(&raw));
                raw.clear();
                text.push_str("\n\n");
            }
            Event::End(TagEnd::TableCell) => text.push_str(" | "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                let cells = text.trim_end_matches([' ', '|']).len();
                text.truncate(cells);
                text.push('\n');
            }
            Event::End(end) if ends_block(end) => {
                in_code = false;
                text.push_str("\n\n");
            }
            _ => {}
        }
    }
    text
}

fn ends_block(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
    )
}
