//! What is known of single words: names, titles, words of organisations, words that are no names.
//!
//! One look-up tells all classes of a word. The lists are data files of their own.

use std::sync::LazyLock;

use dateline_corpus::Language;
use rustc_hash::FxHashMap;

const WORDS: &str = include_str!("../data/words.txt");
const GIVEN_NAMES: &str = include_str!("../data/given-names.txt");
const SURNAMES: &str = include_str!("../data/surnames.txt");
const COMMON_WORDS: &str = include_str!("../data/common-words.txt");

/// The classes of a word, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Classes(u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal $(, $is:ident)?;)*) => {
        impl Classes {
            $($(#[$doc])* pub(crate) const $name: Classes = Classes(1 << $bit);)*
            $($(pub(crate) fn $is(self) -> bool { self.has(Classes::$name) })?)*
        }
    };
}

classes! {
    /// A given name somewhere in the world.
    GIVEN = 0, is_given;
    /// A surname somewhere in the world.
    SURNAME = 1, is_surname;
    /// `Mr`, `señora`: only a person follows.
    HONORIFIC = 3, is_honorific;
    /// An office, rank or trade that a person's name may follow.
    TITLE = 4, is_title;
    /// A verb of saying or doing whose subject is a person.
    SAYING = 5, is_saying;
    /// `van`, `de la`, `al`: a lower-case part of a name.
    PARTICLE = 6, is_particle;
    /// `Jr`, `III`.
    SUFFIX = 7, is_suffix;
    /// A month, weekday or feast.
    CALENDAR = 8;
    /// A word of organisations' names.
    ORGANISATION = 9, is_organisation;
    /// A word of places' and buildings' names.
    FACILITY = 10, is_facility;
    /// `San`, `Saint`.
    HONOUR = 11;
    /// A party, faith or region that qualifies people and bodies.
    AFFILIATION = 12, is_affiliation;
    /// Articles, prepositions, pronouns, conjunctions.
    FUNCTION = 13, is_function;
    /// The same in other languages than English, where they are names as well (`Su`, `Mai`).
    FOREIGN_FUNCTION = 15, is_foreign_function;
    /// A word of the names of companies, papers and universities, whose country is a label.
    COMMERCIAL = 14, is_commercial;
    /// A demonym that names a language, too. `American` and `Colombian` do not.
    LANGUAGE = 16, is_language;
    /// A word before the name of a language: `speaks`.
    LANGUAGE_CUE = 17, is_language_cue;
    /// A word after the name of a language: `lessons`.
    LANGUAGE_NOUN = 18, is_language_noun;
    /// The name of a place that is a noun in lower case: `turkey`.
    PLACE_NOUN = 19, is_place_noun;
}

impl Classes {
    /// English news writes it in lower case.
    const COMMON: Classes = Classes(1 << 2);

    /// The classes as bits, for features.
    pub(crate) fn bits(self) -> u32 {
        self.0
    }

    /// The classes that [`Classes::bits`] gave.
    pub(crate) fn from_bits(bits: u32) -> Classes {
        Classes(bits)
    }

    fn has(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Classes) {
        self.0 |= other.0;
    }

    /// It stands before a person's name and is no part of it.
    pub(crate) fn is_rank(self) -> bool {
        self.is_honorific() || self.is_title()
    }

    /// It is known, and not as a name.
    pub(crate) fn is_no_name(self) -> bool {
        const NO_NAME: Classes = Classes(
            Classes::COMMON.0
                | Classes::CALENDAR.0
                | Classes::ORGANISATION.0
                | Classes::FACILITY.0
                | Classes::AFFILIATION.0
                | Classes::FUNCTION.0
                | Classes::SAYING.0,
        );
        self.has(NO_NAME)
    }
}

/// Endings of German nouns for offices, which are compounded freely: `Bergbauministerin`.
const GERMAN_OFFICES: &[&str] = &[
    "ministerin",
    "prasident",
    "prasidentin",
    "kanzler",
    "kanzlerin",
    "sprecher",
    "sprecherin",
    "chef",
    "chefin",
    "sekretar",
    "sekretarin",
    "meister",
    "meisterin",
    "richter",
    "richterin",
    "leiter",
    "leiterin",
    "botschafter",
    "botschafterin",
    "forscher",
    "forscherin",
    "historiker",
    "historikerin",
    "anwalt",
    "anwaltin",
];

/// Endings of English contractions.
const CONTRACTIONS: &[&str] = &["'ve", "'ll", "'d", "'re", "'m", "n't", "'em"];

/// The classes of a folded word in a language.
pub(crate) fn classes(form: &str, language: Language) -> Classes {
    let mut classes = LEXICON.get(form).copied().unwrap_or_default();
    // `I’ve`, `don’t`, `we’ll`: their apostrophe is no name's.
    if form.contains('\'') && CONTRACTIONS.iter().any(|ending| form.ends_with(ending)) {
        classes.add(Classes::FUNCTION);
    }
    if language != Language::ENGLISH && classes.is_foreign_function() {
        classes.add(Classes::FUNCTION);
    }
    // `Statsminister`, `Verteidigungsminister`
    if language != Language::ENGLISH && form.ends_with("minister") {
        classes.add(Classes::TITLE);
    }
    if language == Language::GERMAN && GERMAN_OFFICES.iter().any(|office| form.ends_with(office)) {
        classes.add(Classes::TITLE);
    }
    classes
}

static LEXICON: LazyLock<FxHashMap<&'static str, Classes>> = LazyLock::new(build);

fn build() -> FxHashMap<&'static str, Classes> {
    let mut lexicon: FxHashMap<&'static str, Classes> = FxHashMap::default();
    let mut add = |word, class| lexicon.entry(word).or_default().add(class);
    for (list, class) in [
        (GIVEN_NAMES, Classes::GIVEN),
        (SURNAMES, Classes::SURNAME),
        (COMMON_WORDS, Classes::COMMON),
    ] {
        for word in entries(list) {
            add(word, class);
        }
    }
    let mut class = Classes::default();
    for line in entries(WORDS) {
        match class_of_header(line) {
            Some(header) => class = header,
            None => line.split(' ').for_each(|word| add(word, class)),
        }
    }
    lexicon
}

/// The lines of a list that are neither empty nor comments.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn class_of_header(line: &str) -> Option<Classes> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    Some(match name {
        "honorific" => Classes::HONORIFIC,
        "title" => Classes::TITLE,
        "saying" => Classes::SAYING,
        "particle" => Classes::PARTICLE,
        "suffix" => Classes::SUFFIX,
        "calendar" => Classes::CALENDAR,
        "organisation" => Classes::ORGANISATION,
        "facility" => Classes::FACILITY,
        "honour" => Classes::HONOUR,
        "affiliation" => Classes::AFFILIATION,
        "function" => Classes::FUNCTION,
        "foreign-function" => Classes::FOREIGN_FUNCTION,
        "commercial" => Classes::COMMERCIAL,
        "language" => Classes::LANGUAGE,
        "language-cue" => Classes::LANGUAGE_CUE,
        "language-noun" => Classes::LANGUAGE_NOUN,
        "place-noun" => Classes::PLACE_NOUN,
        // The test below reads every header of the list.
        _ => Classes::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_of_the_word_list_names_a_class() {
        for line in entries(WORDS).filter(|line| line.starts_with('[')) {
            assert_ne!(class_of_header(line), Some(Classes::default()), "{line}");
        }
    }

    #[test]
    fn every_listed_word_is_folded() {
        for list in [WORDS, GIVEN_NAMES, SURNAMES, COMMON_WORDS] {
            for word in entries(list)
                .filter(|line| !line.starts_with('['))
                .flat_map(|line| line.split(' '))
            {
                assert_eq!(dateline_corpus::analysis::fold(word), word);
            }
        }
    }

    #[test]
    fn words_have_all_their_classes() {
        let english = Language::ENGLISH;
        assert!(classes("gustavo", english).is_given());
        assert!(classes("washington", english).is_surname());
        assert!(classes("sanctions", english).is_no_name());
        assert!(classes("mr", english).is_rank());
        assert!(classes("bergbauministerin", Language::GERMAN).is_title());
        assert_eq!(classes("cattaruzza", english), Classes::default());
    }
}
