//! What counts as the same letter: case, accents of Latin and Greek letters, ligatures, and the
//! compatibility forms of Unicode are folded away.
//!
//! Accents of other scripts stay: in Cyrillic, Arabic or Devanagari they make other letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A longer word is cut to this: it is data or noise, and the index drops what is longer than
/// 64 KiB without a word. Articles and queries are cut alike.
const FORM_BYTES_MAX: usize = 256;

/// Folds a word. Dots of acronyms go too, so that `U.S.` is `us`.
pub fn fold(word: &str) -> String {
    let word = &word[..word.floor_char_boundary(FORM_BYTES_MAX)];
    let acronym = word.contains('.') && super::segment::is_acronym(word);
    if word.is_ascii() {
        let kept = word.chars().filter(|c| !acronym || *c != '.');
        return kept.map(|c| c.to_ascii_lowercase()).collect();
    }
    let mut out = String::with_capacity(word.len());
    // Whether the letter that combining marks would follow is one whose accents are folded.
    let mut strips = false;
    for c in word.nfkd().flat_map(char::to_lowercase) {
        if is_combining_mark(c) {
            // Lower-casing İ leaves a dot above; it follows a Latin letter and goes.
            if !strips {
                out.push(c);
            }
            continue;
        }
        if acronym && c == '.' {
            continue;
        }
        strips = is_latin_or_greek(c);
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ħ' => out.push('h'),
            'ŧ' => out.push('t'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            c if super::segment::is_apostrophe(c) => out.push('\''),
            c => out.push(c),
        }
    }
    // Decomposition takes scripts apart whose accents stay (й, Hangul); put them together again.
    if out.is_ascii() {
        return out;
    }
    out.nfc().map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

fn is_latin_or_greek(c: char) -> bool {
    matches!(c, '\0'..='\u{02FF}' | '\u{0370}'..='\u{03FF}' | '\u{1E00}'..='\u{1FFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_case_and_accents_of_latin_and_greek() {
        for (word, folded) in [
            ("Bogotá", "bogota"),
            ("BOGOTA\u{301}", "bogota"),
            ("García", "garcia"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("Þórr", "thorr"),
            ("œuvre", "oeuvre"),
            ("ﬁnance", "finance"),
            ("ＵＳＡ", "usa"),
            ("Αθήνα", "αθηνα"),
            ("Ἀθῆναι", "αθηναι"),
            ("ΟΔΌΣ", "οδοσ"),
        ] {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn keeps_marks_that_make_other_letters() {
        assert_eq!(fold("Йошкар"), "йошкар");
        assert_eq!(fold("Пётр"), "петр");
        assert_eq!(fold("서울"), "서울");
        assert_eq!(fold("दिल्ली"), "दिल्ली");
    }

    #[test]
    fn cuts_words_that_are_none() {
        assert_eq!(fold(&"x".repeat(100_000)).len(), FORM_BYTES_MAX);
        assert_eq!(fold(&"é".repeat(100_000)), "e".repeat(FORM_BYTES_MAX / 2));
    }

    #[test]
    fn drops_the_dots_of_acronyms_only() {
        assert_eq!(fold("U.S."), "us");
        assert_eq!(fold("U.N"), "un");
        assert_eq!(fold("3.5"), "3.5");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(word in "\\w{1,12}") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once.clone());
        }
    }
}
