//! What counts as the same word: Snowball stemming by language, on folded forms.
//!
//! Stemming follows folding, so that `sancion` finds what `sanción` finds. The Iberian
//! algorithms know their commonest suffixes only with accents; those are put back first.

use rust_stemmers::{Algorithm, Stemmer};

use super::fold;
use crate::Language;

/// Words longer than this are names of chemicals, URLs or noise; stemming says nothing of them.
const STEMMED_BYTES_MAX: usize = 48;

/// The stem of a folded word in a language, folded itself.
///
/// Equal to `form` when the language has no stemmer or the word is not made of letters.
pub fn stem(form: &str, language: Language) -> String {
    match language.stemmer() {
        Some(algorithm) => stem_with(form, algorithm, &Stemmer::create(algorithm)),
        None => form.to_owned(),
    }
}

pub(super) fn stem_with(form: &str, algorithm: Algorithm, stemmer: &Stemmer) -> String {
    if form.len() > STEMMED_BYTES_MAX || !is_stemmable(form, algorithm) {
        return form.to_owned();
    }
    let accented = restore_accents(form, algorithm);
    let stem = stemmer.stem(accented.as_deref().unwrap_or(form));
    // A stemmer may leave nothing of a short word; the word itself is then its stem.
    if stem.is_empty() {
        form.to_owned()
    } else {
        fold(&stem)
    }
}

/// Words in a script that the algorithm was not written for are left alone: it could not make
/// sense of them, and rust-stemmers is known to slice inside characters it does not expect.
fn is_stemmable(form: &str, algorithm: Algorithm) -> bool {
    let letter: fn(char) -> bool = match algorithm {
        Algorithm::Arabic => |c| matches!(c, '\u{0620}'..='\u{064A}'),
        Algorithm::Russian => |c| matches!(c, 'а'..='я'),
        Algorithm::Tamil => |c| matches!(c, '\u{0B80}'..='\u{0BFF}'),
        _ => |c| c.is_ascii_alphabetic() || c == '\'',
    };
    form.chars().all(letter)
}

/// Suffixes that Snowball lists with accents only, as folded and as it expects them.
fn restore_accents(form: &str, algorithm: Algorithm) -> Option<String> {
    let suffixes: &[(&str, &str)] = match algorithm {
        Algorithm::Spanish => &[("cion", "ción"), ("sion", "sión"), ("logia", "logía")],
        Algorithm::Portuguese => &[
            ("cao", "ção"),
            ("coes", "ções"),
            ("logia", "logía"),
            ("logias", "logías"),
            ("encia", "ência"),
            ("encias", "ências"),
        ],
        _ => return None,
    };
    let (folded, accented) = suffixes.iter().find(|(folded, _)| form.ends_with(folded))?;
    Some(format!("{}{accented}", &form[..form.len() - folded.len()]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Each row is a language and words that one query should find together.
    const CONFLATED: &[(&str, &[&str])] = &[
        (
            "en",
            &["sanction", "sanctions", "sanctioned", "sanctioning"],
        ),
        ("en", &["country", "countries"]),
        ("es", &["sanción", "sancion", "sanciones"]),
        ("es", &["organización", "organizacion", "organizaciones"]),
        ("fr", &["sanction", "sanctions"]),
        ("fr", &["activité", "activités", "activite"]),
        (
            "pt",
            &["organização", "organizações", "organizacao", "organizacoes"],
        ),
        ("de", &["Haus", "Häuser", "Hauser"]),
        ("it", &["sanzione", "sanzioni"]),
    ];

    #[test]
    fn conflates_inflections_with_and_without_accents() {
        for (tag, words) in CONFLATED {
            let language = Language::from_tag(tag).unwrap();
            let stems: Vec<String> = words
                .iter()
                .map(|word| stem(&fold(word), language))
                .collect();
            assert!(
                stems.iter().all(|stem| *stem == stems[0]),
                "{tag} {words:?}: {stems:?}"
            );
        }
    }

    #[test]
    fn leaves_numbers_and_foreign_scripts_alone() {
        assert_eq!(stem("2,800", Language::ENGLISH), "2,800");
        assert_eq!(stem("москва", Language::ENGLISH), "москва");
    }

    #[test]
    fn greek_words_that_break_the_greek_stemmer_pass_unharmed() {
        for word in [
            "ισα",
            "εξακολουθήσουμε",
            "κρέασ",
            "φωσ",
            "οτιδήποτε",
            "ἀνδρὸς",
            "ΐΰ",
        ] {
            assert_eq!(stem(&fold(word), Language::GREEK), fold(word));
        }
    }

    fn languages() -> impl Strategy<Value = Language> {
        let tags = [
            "ar", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "nb", "nl", "pt", "ro",
            "ru", "sv", "ta", "tr", "ja",
        ];
        prop::sample::select(tags.map(|tag| Language::from_tag(tag).unwrap()).to_vec())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn never_panics_and_never_empties(word in "[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{Arabic}\\p{Tamil}']{1,16}", language in languages()) {
            let form = fold(&word);
            prop_assume!(!form.is_empty());
            prop_assert!(!stem(&form, language).is_empty());
        }

        #[test]
        fn never_panics_on_words_of_one_script(
            word in "[a-z']{1,14}|[а-я]{1,14}|[\u{0620}-\u{064A}]{1,14}|[\u{0B80}-\u{0BFF}]{1,14}",
            language in languages(),
        ) {
            prop_assert!(!stem(&word, language).is_empty());
        }
    }
}
