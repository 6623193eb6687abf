//! How words are written in the index, so that stems and exact forms share one field.
//!
//! A word whose stem is the word itself becomes one *base* term. Any other word becomes two terms
//! at one position: the *stem* term and the *form* term. Base and stem terms carry the article's
//! language, so that the French stem of `news` does not find the English word `new`. So
//! - a word as stemmed in a language is found by two terms, base and stem, whose positions never
//!   overlap: together they behave as one term with exact counts;
//! - an exact form is found by its form term and by the base terms it has in some languages.
//!
//! Articles in a language without a stemmer have base terms only. A word costs 1.3 postings on
//! average in English; two separate fields would cost 2.
//!
//! In the stream that is handed to the index each position begins with [`NEXT`], and further
//! terms at the same position with [`SAME`].

use crate::Language;

/// Begins the first term at a new position of an encoded stream.
pub const NEXT: char = '\n';
/// Begins a further term at the same position.
pub const SAME: char = '\t';

/// Stands at the first word of a sentence that opens no paragraph.
pub const SENTENCE: &str = "\u{4}";
/// Stands at the first word of a paragraph, which is the first of a sentence, too.
pub const PARAGRAPH: &str = "\u{5}";

/// Ends the word in a base term; the language code follows.
pub const BASE: char = '\u{1}';
/// [`BASE`] and a code of two letters.
const BASE_WITH_CODE_BYTES: usize = 3;
/// Ends the stem in a stem term; the language code follows.
const STEM: char = '\u{2}';
/// Ends the word in a form term.
pub const FORM: char = '\u{3}';

/// The terms that find a folded word and its inflections in articles of the given languages
/// (which are those that the index holds). Free of duplicates; never more than one of them at
/// a position.
pub fn stemmed(form: &str, languages: &[Language]) -> Vec<String> {
    let mut terms = Vec::with_capacity(2 * languages.len());
    for &language in languages {
        let stem = super::stem(form, language);
        terms.push(term(&stem, BASE, language));
        if language.stemmer().is_some() {
            terms.push(term(&stem, STEM, language));
        }
    }
    terms
}

/// The terms that find a folded word in exactly this form. Never more than one at a position.
pub fn exact(form: &str, languages: &[Language]) -> Vec<String> {
    let mut terms = vec![format!("{form}{FORM}")];
    let bases = languages
        .iter()
        .filter(|&&language| super::stem(form, language) == form);
    terms.extend(bases.map(|&language| term(form, BASE, language)));
    terms
}

/// The form that a term stands for. `None` of terms that stand for a stem or a bound.
pub fn form(term: &str) -> Option<&str> {
    term.split_once([BASE, FORM]).map(|(form, _)| form)
}

/// The stream's terms with their positions.
pub fn decode(encoded: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut positions = 0;
    encoded
        .char_indices()
        .filter(|(_, c)| matches!(*c, NEXT | SAME))
        .map(move |(at, c)| {
            positions += u32::from(c == NEXT);
            let rest = &encoded[at + 1..];
            let end = rest.find([NEXT, SAME]).unwrap_or(rest.len());
            (positions - 1, &rest[..end])
        })
}

pub(super) fn encode(form: &str, stem: &str, language: Language, out: &mut String) {
    let code = if language == Language::UNKNOWN {
        ""
    } else {
        language.code()
    };
    out.push(NEXT);
    out.push_str(stem);
    out.push(if form == stem { BASE } else { STEM });
    out.push_str(code);
    if form != stem {
        out.push(SAME);
        out.push_str(form);
        out.push(FORM);
    }
}

/// The folded form in the encoded terms of one position. Extraction asks for the form of nearly
/// every word, so this looks at as few bytes as it can; those that mark places are all ASCII.
pub(super) fn form_of(encoded: &str) -> &str {
    let bytes = encoded.as_bytes();
    let Some((&last, terms)) = bytes.split_last() else {
        return "";
    };
    let (start, end) = if last == FORM as u8 {
        let same = terms.iter().rposition(|&byte| byte == SAME as u8);
        (same.map_or(0, |at| at + 1), terms.len())
    } else if last == BASE as u8 {
        (NEXT.len_utf8(), terms.len())
    } else {
        (NEXT.len_utf8(), bytes.len() - BASE_WITH_CODE_BYTES)
    };
    &encoded[start..end]
}

/// The stem in the encoded terms of one position.
pub(super) fn stem_of(encoded: &str) -> &str {
    encoded[NEXT.len_utf8()..]
        .split([BASE, STEM])
        .next()
        .unwrap_or_default()
}

fn term(word: &str, kind: char, language: Language) -> String {
    let code = if language == Language::UNKNOWN {
        ""
    } else {
        language.code()
    };
    format!("{word}{kind}{code}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Analyser;
    use crate::analysis::{LEAD_WORDS, fold, stem, words};

    #[test]
    fn one_query_finds_all_inflections_and_accents() {
        for (tag, query, text) in [
            ("en", "sanctions", "He was sanctioned."),
            ("en", "sanctioned", "A sanction"),
            ("en", "bogota", "In Bogotá,"),
            ("es", "Bogotá", "de BOGOTA"),
            ("es", "sancion", "las sanciones"),
            ("en", "US", "the U.S. view"),
        ] {
            assert!(
                finds(tag, text, &stemmed(&fold(query), &languages())),
                "{query} in {text}"
            );
        }
    }

    #[test]
    fn exact_terms_find_the_form_and_nothing_else() {
        let find = |text, query: &str| finds("en", text, &exact(&fold(query), &languages()));
        assert!(find("new sanctions", "sanctions"));
        assert!(!find("new sanctions", "sanction"));
        assert!(find("a sanction", "sanction"));
        assert!(!find("a sanction", "sanctions"));
    }

    #[test]
    fn each_form_of_a_text_stands_in_one_term_of_its_position() {
        let mut analyser = Analyser::new();
        let analysed = analyser.analyse_parts("", "New sanctions. Oil", Some(Language::ENGLISH));
        let forms: Vec<&str> = decode(analysed.body.terms())
            .filter_map(|(_, term)| form(term))
            .collect();
        assert_eq!(forms, ["new", "sanctions", "oil"]);
    }

    #[test]
    fn stems_of_one_language_do_not_find_words_of_another() {
        // French takes `news` for a plural of `new`.
        assert_eq!(stem("news", Language::FRENCH), "new");
        assert!(!finds("en", "a new law", &stemmed("news", &languages())));
    }

    #[test]
    fn bounds_stand_at_the_first_words_of_sentences_and_paragraphs() {
        let mut analyser = Analyser::new();
        let text = "It rained. It stopped.\nLater it snowed.";
        let analysed = analyser.analyse_parts("", text, Some(Language::ENGLISH));
        let stream = analysed.body.terms_with_bounds();
        let at = |bound| -> Vec<u32> {
            let found = decode(&stream).filter(|&(_, term)| term == bound);
            found.map(|(position, _)| position).collect()
        };
        assert_eq!((at(PARAGRAPH), at(SENTENCE)), (vec![0, 4], vec![2]));
        let words = decode(&stream).filter(|(_, term)| ![SENTENCE, PARAGRAPH].contains(term));
        assert!(words.eq(decode(analysed.body.terms())));
    }

    #[test]
    fn the_lead_ends_after_its_words() {
        let mut analyser = Analyser::new();
        let text = "word ".repeat(LEAD_WORDS + 1);
        let analysed = analyser.analyse_parts("", &text, None);
        let positions = decode(analysed.body.lead_terms()).map(|(at, _)| at as usize);
        assert_eq!(positions.max(), Some(LEAD_WORDS - 1));
    }

    fn languages() -> Vec<Language> {
        ["en", "es", "fr"]
            .map(|tag| Language::from_tag(tag).unwrap())
            .to_vec()
    }

    fn finds(tag: &str, text: &str, terms: &[String]) -> bool {
        let mut analyser = Analyser::new();
        let analysed = analyser.analyse_parts("", text, Language::from_tag(tag));
        decode(analysed.body.terms()).any(|(_, term)| terms.iter().any(|t| t == term))
    }

    proptest! {
        #[test]
        fn the_stream_has_one_position_for_each_word(text in "[\\w '’.]{0,60}") {
            let mut analyser = Analyser::new();
            let analysed = analyser.analyse_parts("", &text, Some(Language::ENGLISH));
            let body = &analysed.body;
            let words = words(&text);
            prop_assert_eq!(words.len(), body.tokens.len());
            let mut decoded = decode(body.terms()).peekable();
            for (position, (start, end, form)) in words.iter().enumerate() {
                prop_assert_eq!(body.form(position), form);
                prop_assert_eq!(body.raw(position), &text[*start..*end]);
                prop_assert_eq!(decoded.next().map(|(at, _)| at as usize), Some(position));
                decoded.next_if(|(at, _)| *at as usize == position);
            }
            prop_assert!(decoded.next().is_none());
        }
    }
}
