//! A quick vote on the language of ordinary prose, by its function words.
//!
//! It decides only where the vote is overwhelming, and leaves everything else to whatlang, whose
//! trigram tables take some 70 µs an article: as much as all the rest of the analysis.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Language;

/// Function words that are frequent in one language and are no words, or rare ones, in the others
/// listed. Words that several share ("de", "la", "en", "in") would only blur the vote.
const FUNCTION_WORDS: &[(Language, &[&str])] = &[
    (
        Language::ENGLISH,
        &[
            "the", "of", "and", "to", "that", "for", "is", "on", "with", "was", "by", "it", "from",
            "at", "has", "have", "this", "which", "are", "be", "his", "he", "said", "we", "you",
            "they", "will", "would", "not", "their", "been", "were", "who", "our",
        ],
    ),
    (
        Language::SPANISH,
        &[
            "el", "los", "las", "del", "y", "con", "una", "por", "al", "su", "lo", "pero", "más",
            "fue", "como", "sus", "este", "esta", "también", "entre", "según", "dijo",
        ],
    ),
    (
        Language::FRENCH,
        &[
            "les", "des", "et", "du", "le", "dans", "une", "est", "pour", "qui", "au", "sur",
            "par", "plus", "pas", "avec", "aux", "cette", "ces", "ont", "sont", "été", "mais",
            "leur",
        ],
    ),
    (
        Language::GERMAN,
        &[
            "der", "die", "und", "das", "den", "von", "zu", "mit", "des", "ist", "im", "dem",
            "nicht", "ein", "eine", "auf", "für", "sich", "auch", "wird", "sei", "nach", "als",
        ],
    ),
    (
        Language::PORTUGUESE,
        &[
            "o", "do", "da", "os", "dos", "das", "em", "não", "uma", "um", "com", "ao", "na", "no",
            "à", "às", "pelo", "pela", "são", "também", "mais", "foi", "seu", "sua", "ou",
        ],
    ),
];

/// Words that vote, at the least. Thirty are two or three sentences.
const VOTERS_MIN: usize = 30;
/// Share of all words that must be the winner's function words: ordinary prose in these languages
/// has 25–40 %, a list of names or another language below 10 %.
const SHARE_MIN: f32 = 0.2;
/// The winner must have this many times the votes of the runner-up.
const LEAD_MIN: usize = 4;

/// For each function word, the places in [`FUNCTION_WORDS`] of the languages that have it.
static VOTES: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut votes: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (language, (_, words)) in FUNCTION_WORDS.iter().enumerate() {
        words
            .iter()
            .for_each(|word| votes.entry(word).or_default().push(language));
    }
    votes
});

/// The language of a text that is beyond doubt one of the five listed.
pub(super) fn by_function_words(text: &str) -> Option<Language> {
    let mut votes = [0; FUNCTION_WORDS.len()];
    let mut voters = 0;
    for word in text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        voters += 1;
        // Function words of these languages have eight letters at most, and are seldom capitalised.
        if word.len() > 8 || word.starts_with(char::is_uppercase) {
            continue;
        }
        VOTES
            .get(word)
            .into_iter()
            .flatten()
            .for_each(|&language| votes[language] += 1);
    }
    let winner = (0..votes.len()).max_by_key(|&language| votes[language])?;
    let runner_up = (0..votes.len())
        .filter(|&language| language != winner)
        .map(|l| votes[l])
        .max();
    let decided = voters >= VOTERS_MIN
        && votes[winner] as f32 >= SHARE_MIN * voters as f32
        && votes[winner] >= LEAD_MIN * runner_up.unwrap_or(0).max(1);
    decided.then_some(FUNCTION_WORDS[winner].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decides_on_ordinary_prose() {
        let english = "The minister said on Monday that the ferry between the two cities would be \
             back in service by the end of the month, and that it was not for the port to decide \
             which of the companies would run it.";
        assert_eq!(by_function_words(english), Some(Language::ENGLISH));
        let spanish = "El ministro dijo el lunes que el transbordador entre las dos ciudades \
             volverá al servicio a fin de mes, pero que no era el puerto el que debía decidir con \
             cuál de las empresas lo haría, según fue informado por su despacho.";
        assert_eq!(by_function_words(spanish), Some(Language::SPANISH));
    }

    #[test]
    fn abstains_on_short_mixed_and_foreign_text() {
        for text in [
            "The end of the affair",
            "Il ministro ha detto lunedì che il traghetto tra le due città tornerà in servizio \
             entro la fine del mese, e che non spetta al porto decidere quale delle società lo \
             gestirà, secondo quanto riferito dal suo ufficio alla stampa.",
            "De minister zei maandag dat de veerboot tussen de twee steden voor het einde van de \
             maand weer in dienst zou zijn, en dat het niet aan de haven was om te beslissen welk \
             van de bedrijven hem zou uitbaten, zo meldde zijn kantoor.",
            "",
        ] {
            assert_eq!(by_function_words(text), None, "{text}");
        }
    }
}
