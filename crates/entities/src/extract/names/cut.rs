//! What a person's name is in the stretch that the tagger took for one: without what stands before
//! and behind it, without groups and things. One name at a time; the article is not asked.

use dateline_corpus::Language;

use super::Name;
use crate::countries::Sense;
use crate::extract::reading::Reading;
use crate::gazetteer::Span;
use crate::people;

/// Cuts what is no part of a person's name off its ends, and takes couples apart:
/// `Renzo y Silvia Cattaruzza`.
pub(super) fn take_apart(reading: &Reading<'_>, mut name: Name, names: &mut Vec<Name>) {
    const CONJUNCTIONS: &[&str] = &["and", "y", "e", "et", "und", "en"];
    let conjunction = (name.first + 1..name.end.saturating_sub(1)).find(|&token| {
        reading.text.tokens[token].shape.is_lowercase()
            && CONJUNCTIONS.contains(&reading.text.form(token))
            && !(reading.language == Language::ENGLISH && reading.text.form(token) == "y")
    });
    let word = (name.first + 1..name.end).find(|&token| is_between(reading, &name, token));
    if let Some(word) = word.filter(|_| conjunction.is_none()) {
        take_apart(reading, Name { end: word, ..name }, names);
        name.first = word + 1;
        if name.first < name.end {
            take_apart(reading, name, names);
        }
        return;
    }
    if let Some(conjunction) = conjunction {
        let end = conjunction;
        names.push(Name { end, ..name });
        name.first = conjunction + 1;
    }
    name.first = beginning(reading, &name);
    let title = |at: usize| people::keeps_title(reading.text.form(at), reading.text.form(at + 1));
    if name.first > 0 && reading.is_capitalised(name.first - 1) && title(name.first - 1) {
        name.first -= 1;
    }
    // English news says `Don` of people who are called so.
    if reading.language == Language::ENGLISH && follows_don(reading, name.first) {
        name.first -= 1;
    }
    name.end = ending(reading, &name);
    if name.first < name.end && !is_no_one(reading, &name) && !is_address(reading, &name) {
        names.push(name);
    }
}

/// Whether a word in lower case inside a name is none of it: `Marcos toasted Anwar`, `Karin
/// Keller-Sutter bot Genf`.
fn is_between(reading: &Reading<'_>, name: &Name, token: usize) -> bool {
    let text = reading.text;
    let class = reading.classes(token);
    let form = text.form(token);
    if !text.tokens[token].shape.is_lowercase()
        || class.is_particle()
        || text.gap_before(token) != " "
        || matches!(form, "the" | "of" | "bint" | "ould")
    {
        return false;
    }
    // A nickname: `Dwayne “the rock” Johnson`
    let start = text.tokens[name.first].start as usize;
    let before = &text.text[start..text.tokens[token].start as usize];
    let quoted = before.chars().filter(|c| people::is_quote(*c)).count() % 2 == 1;
    // Particles that no list has are short.
    let letters = form.chars().count();
    let word = match reading.language {
        Language::ENGLISH => class.is_no_name() || letters >= 5,
        _ => letters >= 3,
    };
    word && !quoted
}

/// Whether `Don` stands before a name, and no `the`: a ship or an inn has one.
fn follows_don(reading: &Reading<'_>, first: usize) -> bool {
    first > 0
        && reading.text.raw(first - 1) == "Don"
        && reading.text.gap_before(first) == " "
        && (first == 1 || reading.text.form(first - 2) != "the")
}

/// As far back a web address is looked for that a name may stand in; a text without a blank would
/// be read again for each of its names.
const ADDRESS_BYTES_MAX: usize = 300;

/// Whether a name stands in a web address: `www.example.org/Michelle-Kato-patron`.
fn is_address(reading: &Reading<'_>, name: &Name) -> bool {
    let text = reading.text.text;
    let start = reading.text.tokens[name.first].start as usize;
    let from = text.floor_char_boundary(start.saturating_sub(ADDRESS_BYTES_MAX));
    let before = &text[from..start];
    let address = before.rsplit(char::is_whitespace).next();
    address.is_some_and(|address| address.contains("://") || address.starts_with("www."))
}

/// Where a person's name begins: behind words in lower case that are no particles, behind titles
/// and what they are the titles of, behind a French `M.`, and in German behind the trade.
fn beginning(reading: &Reading<'_>, name: &Name) -> usize {
    let Name { mut first, end, .. } = *name;
    while first + 1 < end
        && reading.text.tokens[first].shape.is_lowercase()
        && !reading.classes(first).is_particle()
    {
        first += 1;
    }
    while first + 1 < end && is_title_before(reading, first) {
        first += 1;
    }
    let opener = |token: usize| {
        let class = reading.classes(token);
        let name = class.is_particle() || class.is_given() || class.is_surname();
        class.is_function() && !name
    };
    // `Volgens Frans Timmermans`
    while reading.language != Language::ENGLISH && first + 2 < end && opener(first) {
        first += 1;
    }
    first = behind_office(reading, first, end);
    let language = reading.language;
    let monsieur = language == Language::FRENCH
        && reading.text.form(first) == "m"
        && first + 1 < end
        && reading.text.gap_before(first + 1).starts_with('.');
    // A question in a transcript: `Q John, what …`
    let question = reading.text.raw(first) == "Q"
        && first + 1 < end
        && reading.text.gap_before(first + 1) == " ";
    // `Frenchman Sébastien Delaunay`
    let demonym = first + 2 < end
        && reading
            .span_at(first)
            .is_some_and(|span| span.is_single() && is_demonym(span));
    // `Amir Sheikh Nawaf`: what is a given name as well is a title before a title.
    let titled = first + 2 < end
        && matches!(reading.text.form(first), "amir" | "emir" | "sultan")
        && reading.classes(first + 1).is_honorific();
    if titled {
        return first + 2;
    }
    if monsieur || question || demonym {
        return first + 1;
    }
    if language == Language::GERMAN {
        while first + 1 < end && reading.classes(first).is_function() {
            first += 1;
        }
        let given = (first..end - 1).find(|&token| reading.classes(token).is_given());
        return given.unwrap_or(first + usize::from(opens_with_trade(reading, first, end)));
    }
    first
}

/// `Justice Kerr`, the `Seri` of `Datuk Seri`: what stands before a name and is none.
pub(super) fn is_title_before(reading: &Reading<'_>, token: usize) -> bool {
    let text = reading.text;
    let class = reading.classes(token);
    let malay = token > 0
        && matches!(text.form(token), "seri" | "sri")
        && matches!(text.form(token - 1), "datuk" | "dato" | "tan");
    let title = class.is_title()
        && !class.is_given()
        && !class.is_surname()
        && !people::keeps_title(text.form(token), text.form(token + 1));
    (title || malay) && matches!(text.gap_before(token + 1), " " | ". ")
}

/// Where a name begins behind what an office is held in, or behind a place that opens the sentence:
/// `ministro degli Esteri Antonio Tajani`, `Da Bruxelles Raffaele Fitto`.
fn behind_office(reading: &Reading<'_>, first: usize, end: usize) -> usize {
    let text = reading.text;
    if reading.language == Language::ENGLISH || first + 2 >= end {
        return first;
    }
    let matter = first >= 2
        && text.gap_before(first) == " "
        && text.tokens[first - 1].shape.is_lowercase()
        && reading.classes(first - 2).is_title()
        && !reading.classes(first).is_given();
    if matter && first + 3 <= end && reading.classes(first + 1).is_given() {
        return first + 1;
    }
    let class = reading.classes(first);
    let place = reading.span_at(first + 1);
    let place = place.filter(|place| place.end + 2 <= end);
    match place {
        Some(place) if class.is_function() || class.is_particle() => place.end,
        _ => first,
    }
}

pub(super) fn is_demonym(span: &Span) -> bool {
    let sense = span.country().map(|(_, sense)| sense);
    sense == Some(Sense::Demonym)
}

/// `der Winzer Otar Kwarelidse`: an article, a trade, and two or three names in a row.
fn opens_with_trade(reading: &Reading<'_>, first: usize, end: usize) -> bool {
    const ARTICLES: &[&str] = &["der", "die", "den", "dem", "des", "ein", "eine"];
    const ENDINGS: &[&str] = &[
        "er", "erin", "ist", "istin", "ent", "ant", "or", "mann", "frau",
    ];
    let trade = reading.text.form(first);
    first > 0
        && (3..=4).contains(&(end - first))
        && ARTICLES.contains(&reading.text.form(first - 1))
        && ENDINGS.iter().any(|ending| trade.ends_with(ending))
}

/// Where a person's name ends: behind a suffix, before a degree, a number or a particle that leads to nothing, behind the second
/// syllable of `Moon Jae-in`.
fn ending(reading: &Reading<'_>, name: &Name) -> usize {
    let Name { first, mut end, .. } = *name;
    // `Joseph Biden Jr. Approves`
    let suffix = (first + 2..end).find(|&token| reading.classes(token).is_suffix());
    if let Some(suffix) = suffix {
        return suffix + 1;
    }
    let is_particle = |token: usize| {
        reading.text.tokens[token].shape.is_lowercase() && reading.classes(token).is_particle()
    };
    while end > first + 1
        && (is_particle(end - 1)
            || reading.text.tokens[end - 1].shape.has_digit()
            || POSTNOMINALS.contains(&reading.text.raw(end - 1)))
    {
        end -= 1;
    }
    // `Daisy House of Chisasibi`
    if let Some(of) = (first + 2..end).find(|&token| reading.text.form(token) == "of") {
        end = of;
    }
    // The next line of a list: `Henry Putman⏎Professor`. What is written in a line with the name
    // may be a surname: `Godfred Yeboah Dame`.
    let is_next = |token: usize| {
        let class = reading.classes(token);
        class.is_title() || class.is_honorific() && reading.text.gap_before(token) != " "
    };
    while end > first + 2 && is_next(end - 1) && !reading.classes(end - 1).is_surname() {
        end -= 1;
    }
    // `Alice Weidel den Kanzler`
    while end > first + 1 && is_particle(end - 1) && reading.language != Language::ENGLISH {
        end -= 1;
    }
    end + hyphenated(reading, first, end)
}

/// Degrees, orders and seats that are written behind a name.
const POSTNOMINALS: &[&str] = &[
    "CBE", "KBE", "KC", "MBE", "MD", "MEP", "MP", "MSP", "OBE", "PhD", "QC", "RN",
];

/// How many tokens behind a full name are joined to it by hyphens: the second syllable of
/// `Moon Jae-in`, what follows the article in `Muhammad Al-Enezi`.
fn hyphenated(reading: &Reading<'_>, first: usize, end: usize) -> usize {
    let text = reading.text;
    let joined = |token: usize| token < text.tokens.len() && text.gap_before(token) == "-";
    if end < first + 2 || !joined(end) {
        return 0;
    }
    let article = reading.classes(end - 1).is_particle();
    // `Jae-in`, but not `Biden-led`
    let syllable = text.tokens[end].shape.is_lowercase()
        && (is_syllable(text.form(end)) || !reading.classes(end).is_no_name());
    let rest = (end + 1..end + 4)
        .take_while(|&token| joined(token))
        .count();
    if syllable {
        1
    } else if article && reading.is_capitalised(end) {
        1 + rest
    } else {
        0
    }
}

/// Whether a word is written like the second syllable of a Korean or Chinese given name: one of
/// their onsets, a vowel and one of their codas. English words that end compounds are
/// none.
fn is_syllable(form: &str) -> bool {
    const ONSETS: &[&str] = &[
        "", "b", "ch", "d", "f", "g", "h", "j", "k", "kw", "l", "m", "n", "p", "r", "s", "sh", "t",
        "ts", "w", "y",
    ];
    const VOWELS: &[&str] = &[
        "a", "ae", "ai", "au", "e", "ee", "ei", "eo", "eu", "eui", "i", "ia", "ie", "iu", "o",
        "oe", "oi", "oo", "ou", "u", "ua", "ue", "ui", "uk", "y", "ye", "yeo", "yo", "yu", "yuk",
    ];
    const CODAS: &[&str] = &["", "h", "k", "l", "m", "n", "ng", "p", "t"];
    const ENGLISH: &[&str] = &[
        "at", "ban", "be", "bit", "by", "hit", "hot", "let", "met", "no", "not", "run", "set",
        "to", "top", "up", "win",
    ];
    !ENGLISH.contains(&form)
        && ONSETS.iter().any(|onset| {
            let rest = form.strip_prefix(onset);
            let spelt = |rest: &str| {
                let vowels = VOWELS.iter().filter_map(|vowel| rest.strip_prefix(vowel));
                vowels.into_iter().any(|coda| CODAS.contains(&coda))
            };
            rest.is_some_and(spelt)
        })
}

/// Whether a name is a group's, an adjective's or, in German, that of a thing.
fn is_no_one(reading: &Reading<'_>, name: &Name) -> bool {
    let classes = |token: usize| reading.classes(token);
    let tokens = name.first..name.end;
    // `Los Halcones del Sur`, Māori `Ngā Pōtiki`
    let article = matches!(
        reading.text.form(name.first),
        "los" | "las" | "les" | "the" | "nga" | "ngati" | "ngai"
    );
    // `Te Tiriti`, but not `Te Ururoa Flavell`
    let maori = reading.text.form(name.first) == "te" && !classes(name.end - 1).is_surname();
    let group = (article || maori)
        && reading.text.tokens[name.first].shape.is_capitalised()
        && tokens.len() > 1;
    let adjective = tokens.len() == 1 && classes(name.first).is_affiliation();
    let words = tokens.len() > 1
        && !tokens.clone().any(|token| classes(token).is_given())
        && classes(name.end - 1).is_no_name()
        && !classes(name.end - 1).is_surname();
    let thing = reading.language == Language::GERMAN
        && !tokens
            .clone()
            .any(|token| classes(token).is_given() || classes(token).is_surname())
        && (name.first == 0 || !classes(name.first - 1).is_rank())
        && (name.first < 2 || !opens_with_trade(reading, name.first - 1, name.end));
    // `homologue de Brazzaville`, `ministra de Defensa`
    let origin = reading.text.tokens[name.first].shape.is_lowercase()
        && (name.first > 0 && classes(name.first - 1).is_rank()
            || reading
                .span_at(name.first + 1)
                .is_some_and(|span| span.end == name.end));
    // `HH the Amir`
    let office = tokens.len() == 1
        && name.first > 0
        && matches!(
            reading.text.form(name.first),
            "amir" | "emir" | "sheikh" | "king" | "pope"
        )
        && reading.text.form(name.first - 1) == "the";
    // `President`, `God`
    let word = tokens.len() == 1
        && (classes(name.first).is_rank() || classes(name.first).is_function())
        && !classes(name.first).is_surname()
        && !classes(name.first).is_given();
    group || adjective || office || word || words || thing || origin
}
