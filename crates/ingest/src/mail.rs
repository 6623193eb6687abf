//! E-mail: newsletters as single messages and as mailboxes. Attachments are not read.

use std::ops::ControlFlow;

use dateline_corpus::DateOrigin;
use mail_parser::{Message, MessageParser, PartType};

use crate::draft::Draft;
use crate::input::{Input, Line};
use crate::output::Output;
use crate::published::Claim;
use crate::read::Flow;
use crate::{page, text};

/// A mail that went through many lists has some hundred fields and a dozen parts.
const FIELDS_MAX: usize = 20_000;
/// A digest has some dozen messages in it. They are parsed, and dropped, by recursion.
const MESSAGES_MAX: usize = 50;

/// Reads one e-mail.
pub(crate) fn read(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    Ok(match input.whole(bytes_max)? {
        Some(bytes) => put(output, None, &bytes),
        None => output.skip(None, too_long(bytes_max)),
    })
}

/// Reads a mailbox in which each message follows a line that begins with `From `, as `mboxrd`
/// and its relatives have it.
pub(crate) fn read_mbox(input: &mut Input<'_>, output: &mut Output<'_>) -> Flow {
    let bytes_max = output.limits().record_bytes_max;
    let mut line = Vec::new();
    let mut message = Vec::new();
    let mut is_too_long = false;
    let mut number = 0;
    let mut after_blank = true;
    loop {
        let more = input.line(bytes_max, &mut line)?;
        let begins = after_blank && line.starts_with(b"From ");
        if more.is_none() || begins {
            let flow = match number {
                0 => ControlFlow::Continue(()),
                number if is_too_long => output.skip(Some(number), too_long(bytes_max)),
                number => put(output, Some(number), &message),
            };
            if more.is_none() || flow.is_break() {
                return Ok(flow);
            }
            number += 1;
            is_too_long = false;
            message.clear();
        } else {
            is_too_long |= message.len() + line.len() > bytes_max || more != Some(Line::Whole);
            if !is_too_long {
                // `>From ` stands for `From ` at the beginning of a line.
                let quotes = line.iter().take_while(|byte| **byte == b'>').count();
                let is_quoted = quotes > 0 && line[quotes..].starts_with(b"From ");
                message.extend_from_slice(&line[usize::from(is_quoted)..]);
                message.push(b'\n');
            }
        }
        after_blank = line.trim_ascii().is_empty();
    }
}

fn put(output: &mut Output<'_>, record: Option<u64>, bytes: &[u8]) -> ControlFlow<()> {
    if is_overloaded(bytes) {
        let reason = format!(
            "more than {FIELDS_MAX} fields and parts, or {MESSAGES_MAX} messages in it, which is no \
             mail of news"
        );
        return output.skip(record, reason);
    }
    match MessageParser::default().parse(bytes) {
        Some(message) => output.draft(record, whole_draft(&message)),
        None => output.skip(record, "no e-mail: it has no fields such as `From:`"),
    }
}

/// Whether a message has more fields, parts or messages in it than may be parsed: each takes many
/// times the memory of the few bytes that it can be written in.
fn is_overloaded(bytes: &[u8]) -> bool {
    let (mut fields, mut messages) = (0, 0);
    let (mut in_fields, mut holds_message) = (true, false);
    for line in bytes.split(|byte| *byte == b'\n') {
        if line.starts_with(b"--") {
            (in_fields, holds_message) = (true, false);
        } else if line.trim_ascii().is_empty() {
            in_fields = std::mem::take(&mut holds_message);
        }
        if in_fields && memchr::memmem::find(line, b"message/").is_some() {
            holds_message = true;
            messages += 1;
        }
        fields += usize::from(in_fields);
    }
    fields > FIELDS_MAX || messages > MESSAGES_MAX
}

fn too_long(bytes_max: usize) -> String {
    format!("the message is longer than the {bytes_max} bytes that are read")
}

/// The article of a mail, with those of the mails in it below: a forwarded one, or a digest.
fn whole_draft(message: &Message<'_>) -> Draft {
    let outer = draft(message);
    let mut inner = Vec::new();
    inner_drafts(message, &mut inner);
    match <[Draft; 1]>::try_from(inner) {
        Ok([inner]) if outer.body.is_empty() => inner,
        Ok([inner]) => with_inner(outer, [inner]),
        Err(inner) => with_inner(outer, inner),
    }
}

fn inner_drafts(message: &Message<'_>, into: &mut Vec<Draft>) {
    for part in &message.parts {
        if let PartType::Message(inner) = &part.body {
            into.push(draft(inner));
            inner_drafts(inner, into);
        }
    }
}

fn with_inner(mut outer: Draft, inner: impl IntoIterator<Item = Draft>) -> Draft {
    for inner in inner {
        for part in [inner.title.unwrap_or_default(), inner.body] {
            if !outer.body.is_empty() && !part.is_empty() {
                outer.body.push('\n');
            }
            outer.body.push_str(&part);
        }
    }
    outer
}

fn draft(message: &Message<'_>) -> Draft {
    let from = message.from().and_then(|from| from.first());
    let name = from.and_then(|from| from.name().or_else(|| from.address()?.rsplit('@').next()));
    let mut draft = Draft {
        title: message.subject().map(str::to_owned),
        source: name.map(str::to_owned),
        id: message.message_id().map(str::to_owned),
        ..Draft::default()
    };
    let date = message.header_raw("Date").map(|date| Claim {
        text: date.trim().to_owned(),
        origin: DateOrigin::Field,
        is_update: false,
    });
    draft.claims.extend(date);
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(page::text_of(html)),
        _ => None,
    });
    match html.filter(|text| !text.is_empty()) {
        Some(text) => draft.body = text,
        None => text::compose(&message.body_text(0).unwrap_or_default(), &mut draft),
    }
    draft
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{Item, ReadOptions, read};

    use super::*;

    fn check(name: &str, mail: &str, expect: Expect) {
        let mut shown = String::new();
        let mut sink = |item| {
            match item {
                Item::Article(article) => {
                    let published = article.published.map(|published| published.seconds);
                    shown += &format!(
                        "{:?} {} | {} | {}\n",
                        article.origin.record,
                        article.title,
                        article.source.unwrap_or_default(),
                        published.unwrap_or_default(),
                    );
                    for line in article.body.lines() {
                        shown += &format!("  | {line}\n");
                    }
                }
                Item::Skip(skip) => shown += &format!("skip: {}\n", skip.reason),
            }
            ControlFlow::Continue(())
        };
        read(
            name,
            &mut mail.as_bytes(),
            &ReadOptions::default(),
            &mut sink,
        )
        .unwrap();
        expect.assert_eq(&shown);
    }

    #[test]
    fn reads_the_html_of_a_newsletter() {
        check(
            "a.eml",
            "Message-ID: <1@planet.example>\r\nFrom: =?utf-8?Q?The_D=C3=A1ily_Planet?= <news@planet.example>\r\n\
             Subject: Bridge\r\n reopens\r\nDate: Tue, 3 Feb 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nplain\r\n\
             --x\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
             <table><tr><td><p>The caf=E9 by the bridge=20=\r\nis open.</p></td></tr></table>\r\n--x--\r\n",
            expect![[r#"
                None Bridge reopens | The Dáily Planet | 1770105600
                  | The café by the bridge is open.
            "#]],
        );
    }

    #[test]
    fn reads_the_mails_in_a_mail() {
        let inner = "From: News <news@planet.example>\nSubject: Inner\nDate: Mon, 2 Feb 2026 10:00:00 +0100\n\nThe ferry sails.\n";
        let outer = "Message-ID: <1@planet.example>\nSubject: Fwd\nFrom: a@b.example\n";
        check(
            "a.eml",
            &format!("{outer}Content-Type: message/rfc822\n\n{inner}"),
            expect![[r#"
                None Inner | News | 1770022800
                  | The ferry sails.
            "#]],
        );
        check(
            "a.eml",
            &format!(
                "{outer}Content-Type: multipart/mixed; boundary=x\n\n--x\n\nSee below.\n--x\nContent-Type: message/rfc822\n\n{inner}--x--\n"
            ),
            expect![[r#"
                None Fwd | b.example | 0
                  | See below.
                  | Inner
                  | The ferry sails.
            "#]],
        );
        check(
            "a.eml",
            &format!(
                "{outer}Content-Type: multipart/digest; boundary=x\n\n--x\n\n{inner}--x\n\nSubject: Second\n\nThe bridge is open.\n--x--\n"
            ),
            expect![[r#"
                None Fwd | b.example | 0
                  | Inner
                  | The ferry sails.
                  | Second
                  | The bridge is open.
            "#]],
        );
    }

    #[test]
    fn reads_every_message_of_a_mailbox() {
        check(
            "a.mbox",
            "From a@b Tue Feb  3 09:00:00 2026\nFrom: news@planet.example\nSubject: One\n\
             Date: Tue, 3 Feb 2026 09:00:00 +0100\n\nThe first text\nis wrapped.\n>From here on.\n\n\
             From a@b Tue Feb  3 10:00:00 2026\nFrom: Planet <news@planet.example>\nSubject: Two\n\nNot a date.\n\
             From a house.\n",
            expect![[r#"
                Some(1) One | planet.example | 1770105600
                  | The first text
                  | is wrapped.
                  | From here on.
                Some(2) Two | Planet | 0
                  | Not a date.
                  | From a house.
            "#]],
        );
    }
}
