//! Reads the encoded term stream of an article into tantivy tokens. Nothing is analysed here:
//! that was done when the article was walked.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::terms::{NEXT, SAME};

#[derive(Debug, Clone, Default)]
pub(super) struct TermStreamTokenizer {
    token: Token,
}

pub(super) struct TermStream<'a> {
    /// What is left of the stream; begins with a separator unless it is empty.
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for TermStreamTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        TermStream {
            rest: text,
            token: &mut self.token,
        }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(separator) = self.rest.chars().next() else {
            return false;
        };
        if separator == NEXT {
            // A token that was reset stands at usize::MAX, one before the first position.
            self.token.position = self.token.position.wrapping_add(1);
        }
        let rest = &self.rest[separator.len_utf8()..];
        // Both separators are single bytes that no word contains.
        let end = memchr::memchr2(NEXT as u8, SAME as u8, rest.as_bytes()).unwrap_or(rest.len());
        self.token.text.clear();
        self.token.text.push_str(&rest[..end]);
        self.rest = &rest[end..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::terms::decode;
    use crate::{Analyser, Language};

    #[test]
    fn yields_what_the_stream_encodes() {
        let mut analyser = Analyser::new();
        let text = "Sanctions were lifted; Petro’s visit followed.";
        let analysed = analyser.analyse_parts("", text, Some(Language::ENGLISH));
        let encoded = analysed.body.terms();
        let mut tokenizer = TermStreamTokenizer::default();
        // Twice, because the second stream begins where the first one left the token.
        for _ in 0..2 {
            let mut stream = tokenizer.token_stream(encoded);
            let mut tokens = Vec::new();
            while stream.advance() {
                tokens.push((stream.token().position as u32, stream.token().text.clone()));
            }
            let expected: Vec<_> = decode(encoded)
                .map(|(at, term)| (at, term.to_owned()))
                .collect();
            assert_eq!(tokens, expected);
        }
    }
}
