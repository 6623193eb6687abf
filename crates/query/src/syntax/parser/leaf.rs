//! Reads what stands at the leaves of a query: words, phrases, values, dates and numbers.

use std::ops::Range;

use dateline_corpus::analysis::words;

use super::super::chars::{is_blank, is_quote, plain, plain_text};
use super::super::dates::{Dates, Moment};
use super::super::field::Name;
use super::super::lexer::{Kind, Token, is_word};
use super::super::pieces::{LITERAL_CHARS_MIN, Piece, literal_chars, pieces};
use super::super::proximity::{DISTANCE_MAX, number};
use super::super::{Filter, Form, Node, QuerySpan, Text};
use super::dated::misdated;
use super::habits::ending;
use super::{CLAUSES_MAX, Parser};

impl Parser<'_> {
    /// A word, a phrase or a regular expression, as what the name around it makes of it.
    pub(super) fn leaf(&mut self, token: Token) -> Option<Node> {
        match token.kind {
            Kind::Phrase {
                text,
                closed,
                exact,
                slop,
            } => {
                if !closed {
                    let end = self.query.len();
                    let assumed = "the phrase ends with the query";
                    self.report(token.span.start..end, "the quote is not closed", assumed);
                }
                let text = self.query[text].trim().to_owned();
                match self.scope {
                    None | Some((Name::Quote, _)) => self.phrase(text, exact, slop, token.span),
                    Some((Name::In(field), _)) if field.has_text() => {
                        self.phrase(text, exact, slop, token.span)
                    }
                    Some((Name::In(_), _)) => self.value(text, exact, true, token.span),
                    Some((name, _)) => self.filter(name, &text, token.span),
                }
            }
            Kind::Regex { text } if self.in_text() => {
                let raw = self.query[text].to_owned();
                let form = Form::Regex;
                self.clause(Text {
                    raw,
                    form,
                    exact: false,
                    span: QuerySpan(token.span),
                })
            }
            _ => self.word(token.span),
        }
    }

    pub(super) fn word(&mut self, span: Range<usize>) -> Option<Node> {
        let typed = self.query[span.clone()].to_owned();
        self.report_name_before_group(&span);
        match self.scope {
            Some((Name::In(field), depth)) if !field.has_text() => {
                self.value_words(span, self.depth > depth)
            }
            Some((Name::In(_) | Name::Quote, _)) | None => self.text_word(&typed, span),
            Some((name, _)) => self.filter(name, &typed, span),
        }
    }

    /// A value; in parentheses all words side by side: `country:(South Sudan)`.
    fn value_words(&mut self, first: Range<usize>, in_group: bool) -> Option<Node> {
        let mut span = first;
        while in_group && let Some(token) = self.next_if(|kind| *kind == Kind::Word) {
            span.end = token.span.end;
        }
        let typed = &self.query[span.clone()];
        let several = typed.contains(char::is_whitespace);
        self.value(typed.to_owned(), false, several, span)
    }

    fn value(
        &mut self,
        typed: String,
        exact: bool,
        quoted: bool,
        span: Range<usize>,
    ) -> Option<Node> {
        // A value after `=` is taken to the letter.
        let spelt = typed.strip_prefix(|c| plain(c) == '=');
        let exact = exact || spelt.is_some();
        // Between slashes there can be quotes.
        let raw = spelt.unwrap_or(&typed).replace(is_quote, "");
        let signs = |c| plain(c) == '=' || is_blank(c);
        let raw = raw.trim_start_matches(signs).trim_end().to_owned();
        if words(&raw).is_empty() {
            return self.wordless(&typed, span);
        }
        let quoted = quoted || !is_word(&raw);
        let form = if quoted {
            Form::Quoted { slop: 0 }
        } else {
            Form::Plain
        };
        self.clause(Text {
            raw,
            form,
            exact,
            span: QuerySpan(span),
        })
    }

    fn phrase(
        &mut self,
        typed: String,
        exact: bool,
        slop: Option<Range<usize>>,
        span: Range<usize>,
    ) -> Option<Node> {
        let raw = self.with_literals(typed, true, &span);
        let pieces = pieces(&raw, true);
        if pieces.is_empty() {
            return self.wordless(&raw, span);
        }
        let bang = raw.find('!').filter(|at| !raw[at + 1..].trim().is_empty());
        if let Some(at) = bang
            && raw[..at].ends_with(char::is_alphanumeric)
        {
            let problem = "`!` in quotes is punctuation";
            self.suggest(
                span.clone(),
                problem,
                "it is left out",
                "write `*` for other endings",
            );
        }
        let slop = match slop {
            None => 0,
            Some(digits) => self.slop(&plain_text(&self.query[digits]), pieces.len(), &span),
        };
        self.clause(Text {
            raw,
            form: Form::Quoted { slop },
            exact,
            span: QuerySpan(span),
        })
    }

    fn slop(&mut self, digits: &str, pieces: usize, span: &Range<usize>) -> u32 {
        let Some(slop) = number(digits) else {
            let problem = "`~` after a phrase has no number";
            self.suggest(span.clone(), problem, "it is left out", "write `~3`");
            return 0;
        };
        if pieces < 2 {
            let problem = "nothing stands between the words of one word";
            let suggestion = "leave the quotes out if it may be spelt differently";
            self.suggest(span.clone(), problem, "`~` is left out", suggestion);
            return 0;
        }
        if slop > DISTANCE_MAX {
            let problem = format!("no more than {DISTANCE_MAX} words can stand between");
            self.report(span.clone(), problem, format!("{DISTANCE_MAX} is taken"));
        }
        slop.min(DISTANCE_MAX)
    }

    fn text_word(&mut self, typed: &str, span: Range<usize>) -> Option<Node> {
        let exact = typed.strip_prefix(|c| plain(c) == '=');
        let (word, tilde) = split_tilde(exact.unwrap_or(typed));
        let signless = match tilde {
            None => self.without_signs(word, &span),
            Some(_) => None,
        };
        let word = signless.unwrap_or_else(|| word.to_owned());
        let word = self.with_literals(word, false, &span);
        let pieces = pieces(&word, false);
        if pieces.is_empty() {
            return self.wordless(typed, span);
        }
        let form = match tilde {
            Some(digits) => self.fuzzy(&digits, &pieces, &span),
            None => Form::Plain,
        };
        let exact = exact.is_some();
        let bare = core(&word);
        // What is a word only with what stands around it, such as `,OR`, is put in quotes.
        let alone = match form {
            Form::Plain => is_word(bare) && split_tilde(bare).1.is_none() && ending(bare).is_none(),
            _ => is_word(&format!("{bare}~1")),
        };
        let (raw, form) = if alone && core(bare) == bare {
            (bare.to_owned(), form)
        } else {
            (word.trim().to_owned(), Form::Quoted { slop: 0 })
        };
        self.clause(Text {
            raw,
            form,
            exact,
            span: QuerySpan(span),
        })
    }

    /// What a `~` behind a word means.
    fn fuzzy(&mut self, digits: &str, pieces: &[Piece], span: &Range<usize>) -> Form {
        if !matches!(pieces, [Piece::Word(_)]) {
            let problem = "`~` goes with one word without wildcards";
            self.report(span.clone(), problem, "it is left out");
            return Form::Plain;
        }
        match number(digits) {
            None => {
                let problem = "`~` has no number";
                self.suggest(span.clone(), problem, "`~1` is taken", "write `~1` or `~2`");
                Form::Fuzzy { edits: 1 }
            }
            Some(0) => Form::Plain,
            Some(edits @ 1..=2) => Form::Fuzzy { edits: edits as u8 },
            Some(_) => {
                let problem = "words that differ in more than 2 letters are other words";
                self.report(span.clone(), problem, "`~2` is taken");
                Form::Fuzzy { edits: 2 }
            }
        }
    }

    /// A text without those wildcards that would stand for nearly every word.
    fn with_literals(&mut self, typed: String, quoted: bool, span: &Range<usize>) -> String {
        let weak = |piece: &Piece| matches!(piece, Piece::Pattern(pattern) if literal_chars(pattern) < LITERAL_CHARS_MIN);
        if !pieces(&typed, quoted).iter().any(weak) {
            return typed;
        }
        let parts = typed.split_whitespace().map(|part| {
            let mut kept = part.to_owned();
            if pieces(part, quoted).iter().any(weak) {
                kept.retain(|c| !matches!(plain(c), '*' | '?'));
            }
            kept
        });
        let kept: Vec<String> = parts.collect();
        let kept = kept.join(" ");
        let problem = format!("a wildcard needs {LITERAL_CHARS_MIN} letters beside it");
        self.report(span.clone(), problem, format!("`{kept}` is looked for"));
        kept
    }

    /// What the names of filters make of a text.
    fn filter(&mut self, name: Name, typed: &str, span: Range<usize>) -> Option<Node> {
        let text = plain_text(typed.trim());
        let published = |dates| Filter::Published(dates, QuerySpan(span.clone()));
        let filter = match name {
            Name::Has | Name::No => Filter::has(&text),
            Name::Words => self.word_count(&text, &span),
            Name::Since => Moment::parse(&text).map(Dates::Since).map(published),
            Name::Until => Moment::parse(&text).map(Dates::Until).map(published),
            Name::Before => Moment::parse(&text).map(Dates::Before).map(published),
            Name::Date => self.dates(&text, &span).map(published),
            Name::In(_) | Name::Quote => None,
        };
        let Some(filter) = filter else {
            let (problem, suggestion) = misread(name, &text);
            self.suggest(span, problem, "it is left out", suggestion);
            return None;
        };
        self.counts(&span).then(|| match name {
            Name::No => Node::Filter(filter).negate(),
            _ => Node::Filter(filter),
        })
    }

    /// What `words:` makes of a text.
    fn word_count(&mut self, text: &str, span: &Range<usize>) -> Option<Filter> {
        let (mut min, mut max) = words_between(text)?;
        if let Some(less) = max.filter(|max| *max < min) {
            (min, max) = (less, Some(min));
            let problem = "the lesser number comes first";
            self.report(
                span.clone(),
                problem,
                format!("it is read as words:{less}..{}", max.unwrap_or(min)),
            );
        }
        let span = QuerySpan(span.clone());
        Some(Filter::Words { min, max, span })
    }

    fn wordless(&mut self, typed: &str, span: Range<usize>) -> Option<Node> {
        if typed.trim().is_empty() {
            self.report(span, "the phrase is empty", "it is left out");
        } else if !typed.is_empty() && plain_text(typed).chars().all(|c| "<>=".contains(c)) {
            let suggestion = "write words:>800 or since:2026-02-03";
            self.suggest(
                span,
                format!("`{typed}` stands alone"),
                "it is left out",
                suggestion,
            );
        } else {
            self.report(
                span,
                format!("`{typed}` has no word in it"),
                "it is left out",
            );
        }
        None
    }

    /// A leaf of the tree, unless there are too many.
    fn clause(&mut self, text: Text) -> Option<Node> {
        self.counts(&text.span.0).then_some(Node::Text(text))
    }

    /// Counts a leaf; `false` when it is one too many.
    fn counts(&mut self, span: &Range<usize>) -> bool {
        self.clauses += 1;
        if self.clauses == CLAUSES_MAX + 1 {
            let problem = format!("the query has more than {CLAUSES_MAX} words");
            let rest = span.start..self.query.len();
            self.report(rest, problem, "the rest is left out");
        }
        self.clauses <= CLAUSES_MAX
    }
}

/// A word without the `~` behind it, and the digits after that.
fn split_tilde(word: &str) -> (&str, Option<String>) {
    let Some((at, _)) = word.char_indices().rfind(|(_, c)| plain(*c) == '~') else {
        return (word, None);
    };
    let digits: String = word[at..].chars().skip(1).map(plain).collect();
    if at == 0 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return (word, None);
    }
    (&word[..at], Some(digits))
}

/// A word without the signs around it.
fn core(word: &str) -> &str {
    let words = words(word);
    let first = words.first().map_or(word.len(), |first| first.0);
    let last = words.last().map_or(0, |last| last.1);
    let start = word
        .find(|c: char| matches!(plain(c), '*' | '?'))
        .map_or(first, |at| at.min(first));
    let wild = word.char_indices().rfind(|(_, c)| plain(*c) == '*');
    let end = wild.map_or(last, |(at, c)| last.max(at + c.len_utf8()));
    word.get(start..end).unwrap_or(word)
}

/// The least and the most words of `>800`, `<=200`, `200..500`, `800`.
fn words_between(text: &str) -> Option<(u64, Option<u64>)> {
    let count = |text: &str| -> Option<u64> { text.trim().replace(',', "").parse().ok() };
    let (min, max) = if let Some(text) = text.strip_prefix(">=") {
        (count(text)?, None)
    } else if let Some(text) = text.strip_prefix('>') {
        (count(text)?.checked_add(1)?, None)
    } else if let Some(text) = text.strip_prefix("<=") {
        (0, Some(count(text)?))
    } else if let Some(text) = text.strip_prefix('<') {
        (0, Some(count(text)?.checked_sub(1)?))
    } else if text == ".." {
        return None;
    } else if let Some((min, max)) = text.split_once("..") {
        let max = (!max.is_empty()).then(|| count(max));
        let min = (!min.is_empty()).then(|| count(min));
        (
            min.unwrap_or(Some(0))?,
            max.map_or(Some(None), |max| Some(Some(max?)))?,
        )
    } else {
        let exactly = count(text)?;
        (exactly, Some(exactly))
    };
    Some((min, max))
}

/// What is wrong with a text that a filter cannot be made of, and what to write.
fn misread(name: Name, text: &str) -> (String, String) {
    match name {
        Name::Has | Name::No => {
            let nearest = Name::nearest(text).filter(|name| Filter::has(name).is_some());
            let suggestion = match nearest {
                Some(nearest) => format!("did you mean `{}:{nearest}`?", name.shown()),
                None => "write person, country, org, place, author, source, site, agency, \
                         section, lang, about, url, date…"
                    .to_owned(),
            };
            (
                format!("`{text}` is nothing that can be missing"),
                suggestion,
            )
        }
        Name::Words => (
            format!("`{text}` is no number of words"),
            "write words:>800, words:<200 or words:200..800".to_owned(),
        ),
        _ => misdated(text),
    }
}
