//! What makes two spellings of a person's name the same name.
//!
//! Names are compared by their parts: folded words, cut at hyphens. Whether two articles mean the
//! same human being is not decided here.

use dateline_corpus::{CountryCode, Language, analysis};

use crate::countries;
use crate::lexicon::{self, Classes};

/// The key that variants of one full name share.
///
/// Case and accents are folded, a hyphen is a space, titles, nicknames in quotes and a middle
/// initial are dropped; a suffix such as `Jr` stays, for it tells father from son, and so do two
/// initials and more, for whoever writes them tells namesakes apart. The ways of writing a Slavic
/// ending are one. `Sen. Daniel "Dani" R. García-Peña` has the key `daniel garcia pena`, `George
/// H. W. Bush` has `george hw bush`, `Volodymyr Zelenskiy` has `volodymyr zelensky`.
pub fn person_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut after_initial = false;
    for mut part in without_middle_initial(parts(name)) {
        let initial = is_initial(&part);
        let joined = initial && after_initial;
        if !(joined || key.is_empty()) {
            key.push(' ');
        }
        settle_ending(&mut part);
        key.push_str(&part);
        after_initial = initial;
    }
    key
}

/// Letters that a name has at least whose ending is settled: `Zelenskyy` and `Dmitri`, not `Yuri`.
const ENDING_LETTERS_MIN: usize = 6;

/// Writes the ending of a folded name of some length in one way, where transliterations differ:
/// `zelenskyy`, `zelenskiy`, `zelenskij` and `zelenski` as `zelensky`.
pub(crate) fn settle_ending(part: &mut String) {
    let stem = part.trim_end_matches(['i', 'j', 'y']).len();
    if stem < part.len() && part.chars().count() >= ENDING_LETTERS_MIN {
        part.truncate(stem);
        part.push('y');
    }
}

/// Whether a query such as `petro`, `gustavo petro` or `G. Petro` can mean the person that the
/// index calls `Gustavo Petro`.
///
/// The query's parts must occur in the name in their order, an initial standing for any part
/// that begins with it; a suffix that only one of them has says nothing.
pub fn name_matches(query: &str, canonical: &str) -> bool {
    let mut name = parts(canonical).into_iter();
    let mut query = parts(query);
    if query.len() > 1 && query.last().is_some_and(|part| class(part).is_suffix()) {
        query.pop();
    }
    // Middle initials of the query may be lacking in the canonical name.
    let query = without_middle_initial(query);
    !query.is_empty()
        && query
            .iter()
            .all(|part| name.any(|candidate| part_matches(part, &candidate)))
}

/// Surnames that stand before the given name, as news writes them: the most frequent ones of
/// China, Korea and Vietnam. The names of Japan and Hungary are mostly turned round in print.
const SURNAMES_IN_FRONT: [&str; 48] = [
    "bai", "cao", "chen", "choi", "deng", "ding", "dinh", "fan", "feng", "gao", "guo", "han", "he",
    "ho", "hu", "huang", "jang", "jiang", "kang", "kim", "kwon", "le", "lee", "li", "lin", "liu",
    "luo", "ma", "mao", "moon", "ngo", "nguyen", "pan", "park", "peng", "pham", "qin", "sun",
    "tan", "tran", "wang", "wei", "wu", "xi", "yang", "yoon", "zhang", "zhou",
];

/// The shorter names that a full name is called by when it was said before: its surname, with
/// its particles and without, and for names that begin with the surname the first word.
/// `None` when the key ([`person_key`]) is such a short name itself.
pub fn bare_names(key: &str) -> Option<impl Iterator<Item = &str>> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut start = 0;
    for word in key.split(' ') {
        words.push((start, word));
        start += word.len() + 1;
    }
    if words.len() > 1
        && words
            .last()
            .is_some_and(|(_, word)| class(word).is_suffix())
    {
        words.pop();
    }
    let &(last, word) = words.last()?;
    let end = last + word.len();
    let surname = words.len() - 1;
    let particles = words[..surname].iter().rev();
    let particles = particles.take_while(|(_, word)| class(word).is_particle());
    let given = surname - particles.count();
    if given == 0 {
        return None;
    }
    let mut names = vec![&key[words[given].0..end]];
    if given < surname {
        names.push(&key[last..end]);
    }
    if SURNAMES_IN_FRONT.contains(&words[0].1) {
        names.push(words[0].1);
    }
    Some(names.into_iter())
}

/// Nicknames and spellings that stand for a given name in print, with that name.
const NICKNAMES: [(&str, &str); 37] = [
    ("abe", "abraham"),
    ("al", "albert"),
    ("andy", "andrew"),
    ("antony", "anthony"),
    ("ben", "benjamin"),
    ("bernie", "bernard"),
    ("bill", "william"),
    ("bob", "robert"),
    ("chris", "christopher"),
    ("chuck", "charles"),
    ("dan", "daniel"),
    ("dave", "david"),
    ("dick", "richard"),
    ("don", "donald"),
    ("ed", "edward"),
    ("fred", "frederick"),
    ("greg", "gregory"),
    ("jeff", "jeffrey"),
    ("jim", "james"),
    ("jimmy", "james"),
    ("joe", "joseph"),
    ("ken", "kenneth"),
    ("larry", "lawrence"),
    ("liz", "elizabeth"),
    ("matt", "matthew"),
    ("mike", "michael"),
    ("nick", "nicholas"),
    ("pete", "peter"),
    ("rick", "richard"),
    ("rob", "robert"),
    ("ron", "ronald"),
    ("sam", "samuel"),
    ("steve", "steven"),
    ("ted", "edward"),
    ("tim", "timothy"),
    ("tom", "thomas"),
    ("tony", "anthony"),
];

/// The key of a full name with its given name in full and without suffix, which two people may
/// share: `joseph biden` for `joe biden` and `joseph biden jr`. `None` for a single word.
pub fn formal_key(key: &str) -> Option<String> {
    let mut words: Vec<&str> = key.split(' ').collect();
    if words.last().is_some_and(|word| class(word).is_suffix()) {
        words.pop();
    }
    if words.len() < 2 {
        return None;
    }
    let nickname = NICKNAMES.iter().find(|(nickname, _)| *nickname == words[0]);
    words[0] = nickname.map_or(words[0], |(_, name)| name);
    Some(words.join(" "))
}

/// The country whose office a role is: `president of Colombia`, `Spanish prime minister`. `None`
/// when no country is named, or several are; the one an ambassador is sent to does not count.
pub fn office_country(role: &str) -> Option<CountryCode> {
    /// Words of the longest names of countries that roles have.
    const WORDS_MAX: usize = 3;
    let here = role.split(" to ").next().unwrap_or_default();
    let words: Vec<&str> = here
        .split_whitespace()
        .map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
            let owner = word.strip_suffix("'s").or(word.strip_suffix("’s"));
            owner.unwrap_or(word)
        })
        .collect();
    let mut found = None;
    let mut at = 0;
    while at < words.len() {
        let longest = WORDS_MAX.min(words.len() - at);
        let named = (1..=longest).rev().find_map(|length| {
            let name = words[at..at + length].join(" ");
            let code = countries::lookup(&name).filter(|_| can_be_country(&name))?;
            Some((code, length))
        });
        let Some((code, length)) = named else {
            at += 1;
            continue;
        };
        if found.is_some_and(|found| found != code) {
            return None;
        }
        found = Some(code);
        at += length;
    }
    found
}

/// Whether a name of a country can be meant by it inside a role. Roles are written without the
/// capitals of a headline, and then a code looks like a word.
fn can_be_country(name: &str) -> bool {
    const CODE_LETTERS_MAX: usize = 3;
    name.starts_with(char::is_uppercase) || name.len() > CODE_LETTERS_MAX && name != "turkey"
}

/// The folded parts of a name without titles and quoted nicknames.
pub(crate) fn parts(name: &str) -> Vec<String> {
    let name = without_nickname(name);
    let mut parts: Vec<String> = analysis::words(&name)
        .into_iter()
        .map(|(_, _, form)| form)
        .flat_map(|form| form.split('-').map(str::to_owned).collect::<Vec<_>>())
        .filter(|form| !form.is_empty())
        .collect();
    let titles = parts.windows(2).take_while(|pair| {
        let class = class(&pair[0]);
        class.is_rank() && !class.is_given() && !keeps_title(&pair[0], &pair[1])
    });
    let titles = titles.count();
    // A name that is all titles (`King`, `Major`) is a name: its last word is never cut.
    parts.drain(..titles);
    parts
}

/// Whether a title is part of the name behind it, as in `Sheikh Hasina`, whom nobody calls Hasina
/// alone on first mention.
pub(crate) fn keeps_title(title: &str, name: &str) -> bool {
    const KEPT: &[(&str, &str)] = &[
        ("sheikh", "hasina"),
        ("sheikh", "mujib"),
        ("sheikh", "mujibur"),
        ("lady", "gaga"),
        ("queen", "latifah"),
        ("mother", "teresa"),
        ("shah", "rukh"),
        ("dr", "dre"),
    ];
    KEPT.contains(&(title, name))
}

/// The words of a name without a lone initial inside it, which tells little. One at the beginning
/// stands for the given name, one at the end for the surname; several in a row tell whose name it
/// is: `A P J Abdul Kalam`, `George H. W. Bush`.
pub(crate) fn without_middle_initial<W: AsRef<str>>(words: Vec<W>) -> Vec<W> {
    let last = words.len().saturating_sub(1);
    let initials: Vec<bool> = words.iter().map(|word| is_initial(word.as_ref())).collect();
    let lone = |at: usize| initials[at] && !initials[at - 1] && !initials[at + 1];
    let kept = words
        .into_iter()
        .enumerate()
        .filter(|(at, _)| *at == 0 || *at == last || !lone(*at));
    kept.map(|(_, word)| word).collect()
}

/// Whether a word has one letter at most: `J.`
fn is_initial(word: &str) -> bool {
    word.trim_end_matches('.').chars().nth(1).is_none()
}

/// The initials inside a name, those that are written together as one, folded: `hw` of `George
/// H.W. Bush`.
pub(crate) fn initials_inside(name: &str) -> Vec<String> {
    let name = without_nickname(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let inside = words.get(1..words.len().saturating_sub(1));
    let initials = inside.into_iter().flatten().filter(|word| {
        let letters = word.chars().filter(|c| *c != '.').count();
        let dots = word.matches('.').count();
        word.chars().all(|c| c == '.' || c.is_uppercase())
            && (letters == 1 || letters > 1 && dots >= letters)
    });
    initials
        .map(|word| analysis::fold(&word.replace('.', "")))
        .collect()
}

fn part_matches(wanted: &str, part: &str) -> bool {
    let (mut settled, mut other) = (wanted.to_owned(), part.to_owned());
    settle_ending(&mut settled);
    settle_ending(&mut other);
    settled == other
        || is_initial(wanted) && part.starts_with(wanted)
        || is_initial(part) && wanted.starts_with(part)
}

/// The name without what stands between double quotation marks.
pub(crate) fn without_nickname(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut quoted = false;
    for c in name.chars() {
        if is_quote(c) {
            quoted = !quoted;
            continue;
        }
        if !quoted {
            out.push(c);
        }
    }
    // An open quotation mark hides the rest; then it was none.
    if quoted { name.to_owned() } else { out }
}

pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn class(part: &str) -> Classes {
    lexicon::classes(part, Language::ENGLISH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_a_name_share_a_key() {
        for (key, names) in [
            (
                "donald trump",
                vec![
                    "Donald Trump",
                    "Donald J. Trump",
                    "DONALD TRUMP",
                    "President Donald Trump",
                    "Mr. Donald Trump",
                ],
            ),
            ("nicolas maduro", vec!["Nicolás Maduro", "Nicolas Maduro"]),
            (
                "daniel garcia pena",
                vec![
                    "Daniel García-Peña",
                    "Daniel García Peña",
                    "Ambassador Daniel García Peña",
                ],
            ),
            (
                "hernan cifuentes",
                vec!["Hernán \"Pancho\" Cifuentes", "Hernán “Pancho” Cifuentes"],
            ),
            (
                "robert kennedy jr",
                vec!["Robert F. Kennedy Jr.", "Robert Kennedy, Jr."],
            ),
            ("jd vance", vec!["JD Vance", "J.D. Vance", "J. D. Vance"]),
            (
                "george hw bush",
                vec!["George H. W. Bush", "George H.W. Bush"],
            ),
            ("george bush", vec!["George W. Bush", "George Bush"]),
            (
                "apj abdul kalam",
                vec!["A P J Abdul Kalam", "A.P.J. Abdul Kalam"],
            ),
            (
                "volodymyr zelensky",
                vec![
                    "Volodymyr Zelenskyy",
                    "Volodymyr Zelenskiy",
                    "Volodymyr Zelensky",
                    "Volodymyr Zelenskij",
                ],
            ),
            (
                "sergey lavrov",
                vec!["Sergei Lavrov", "Sergey Lavrov", "Sergej Lavrov"],
            ),
            ("yossi levi", vec!["Yossi Levi"]),
            (
                "patrick o'brien",
                vec!["Patrick O’Brien", "Patrick O'Brien"],
            ),
            ("", vec!["", "  "]),
        ] {
            for name in names {
                assert_eq!(person_key(name), key, "{name}");
            }
        }
        assert_ne!(
            person_key("Robert Kennedy Jr."),
            person_key("Robert Kennedy")
        );
    }

    #[test]
    fn full_names_are_called_by_their_surnames() {
        for (key, expected) in [
            ("gustavo petro", Some("petro")),
            ("robert kennedy jr", Some("kennedy")),
            ("ludwig van beethoven", Some("van beethoven|beethoven")),
            ("xi jinping", Some("jinping|xi")),
            ("petro", None),
            ("van beethoven", None),
            ("", None),
        ] {
            let names = bare_names(key).map(|names| names.collect::<Vec<_>>().join("|"));
            assert_eq!(names.as_deref(), expected, "{key}");
        }
    }

    #[test]
    fn nicknames_and_suffixes_make_the_same_formal_name() {
        for name in ["Joe Biden", "Joseph R. Biden Jr.", "Joseph Biden"] {
            let key = formal_key(&person_key(name));
            assert_eq!(key.as_deref(), Some("joseph biden"), "{name}");
        }
        assert_eq!(formal_key("biden"), None);
        assert!(NICKNAMES.is_sorted());
    }

    #[test]
    fn roles_tell_the_country_of_an_office() {
        for (role, expected) in [
            ("president of Colombia", Some("CO")),
            ("Colombia's defense minister", Some("CO")),
            ("Spanish prime minister", Some("ES")),
            ("president of the United States", Some("US")),
            ("U.S. ambassador to China", Some("US")),
            ("ambassador to China", None),
            ("French and German minister", None),
            ("defense minister", None),
            ("president of the united states", Some("US")),
            ("turkey farmer", None),
            ("head of it", None),
            ("", None),
        ] {
            let country = office_country(role);
            let country = country.map(|code| code.to_string());
            assert_eq!(country.as_deref(), expected, "{role}");
        }
    }

    #[test]
    fn queries_match_by_parts_in_order() {
        for (query, name, expected) in [
            ("petro", "Gustavo Petro", true),
            ("gustavo petro", "Gustavo Petro", true),
            ("G. Petro", "Gustavo Petro", true),
            ("President Petro", "Gustavo Petro", true),
            ("Gustavo", "Gustavo Petro", true),
            ("garcia", "Daniel García-Peña", true),
            ("Zelenskiy", "Volodymyr Zelenskyy", true),
            ("daniel peña", "Daniel García-Peña", true),
            ("Donald J. Trump", "Donald Trump", true),
            ("Robert Kennedy Jr", "Robert Kennedy", true),
            ("petro gustavo", "Gustavo Petro", false),
            ("petr", "Gustavo Petro", false),
            ("Melania Trump", "Donald Trump", false),
            ("", "Gustavo Petro", false),
        ] {
            assert_eq!(name_matches(query, name), expected, "{query} ~ {name}");
        }
    }
}
