//! Coreference of people inside an article.
//!
//! Full names meet first, by their parts. Then each bare name goes to the person whose name has
//! it: a surname before a given name, and among several the most prominent, the last named when
//! they are equal.

use dateline_corpus::analysis::Text;
use dateline_corpus::{Analysed, Entity, EntityKind, Language, Mention};
use rustc_hash::FxHashMap;

use crate::lexicon;
use crate::people;

/// A human being of the article.
struct Person {
    /// The parts of the longest full name.
    parts: Vec<String>,
    /// A nickname that stood in quotation marks.
    nickname: Option<String>,
    /// Spellings of full names with their counts.
    spellings: Vec<(String, usize)>,
    mentions: Vec<Mention>,
}

/// A mention with what its text says.
struct Named {
    mention: Mention,
    surface: String,
    parts: Vec<String>,
    nickname: Option<String>,
    honorific: Gender,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    Unknown,
    Female,
    Male,
}

pub(super) fn resolve(analysed: &Analysed<'_>, mentions: Vec<Mention>) -> Vec<Entity> {
    let mut named: Vec<Named> = mentions
        .into_iter()
        .filter_map(|mention| read(analysed, mention))
        .collect();
    complete_couples(analysed, &mut named);
    let mut people: Vec<Person> = Vec::new();
    let mut bare: Vec<Named> = Vec::new();
    // Long names first, so that their shorter forms find them.
    let mut full: Vec<Named> = Vec::new();
    for named in named {
        if named.parts.len() > 1 {
            full.push(named)
        } else {
            bare.push(named)
        }
    }
    full.sort_by_key(|named| std::cmp::Reverse(named.parts.len()));
    for named in full {
        add_full(&mut people, named);
    }
    for named in bare {
        add_bare(&mut people, named);
    }
    people.into_iter().filter_map(entity).collect()
}

fn read(analysed: &Analysed<'_>, mention: Mention) -> Option<Named> {
    let text = analysed.part(mention.part);
    let surface = super::surface(analysed, &mention)?;
    let mut surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = people::parts(&surface);
    // A middle initial tells little; an initial at the beginning stands for the given name.
    let last = parts.len().saturating_sub(1);
    let mut at = 0;
    parts.retain(|part| {
        at += 1;
        at == 1 || at == last + 1 || part.chars().nth(1).is_some()
    });
    if analysed.language == Language::GERMAN && parts.len() == 1 {
        strip_genitive(analysed, &mut parts, &mut surface);
    }
    Some(Named {
        nickname: nickname(&surface),
        honorific: gender_before(text, &mention, analysed.language),
        mention,
        surface,
        parts: parts.into_iter().filter(|part| !part.is_empty()).collect(),
    })
    .filter(|named| !named.parts.is_empty())
}

/// `Gogberashvilis Anwälte`: the name without `s` stands in the article, too.
fn strip_genitive(analysed: &Analysed<'_>, parts: &mut [String], surface: &mut String) {
    let Some(bare) = parts
        .first()
        .and_then(|part| part.strip_suffix('s'))
        .map(str::to_owned)
    else {
        return;
    };
    let stands = |text: &Text<'_>| (0..text.tokens.len()).any(|token| text.form(token) == bare);
    if stands(&analysed.title) || stands(&analysed.body) {
        surface.pop();
        parts[0] = bare;
    }
}

/// What stands in quotation marks inside a name.
fn nickname(surface: &str) -> Option<String> {
    let mut quoted = surface.split(people::is_quote);
    let (_, nickname, after) = (quoted.next()?, quoted.next()?, quoted.next()?);
    (!after.trim().is_empty()).then(|| dateline_corpus::analysis::fold(nickname.trim()))
}

/// Whether the word before is an honorific of women or of men.
fn gender_before(text: &Text<'_>, mention: &Mention, language: Language) -> Gender {
    let token = text
        .tokens
        .partition_point(|token| token.start < mention.start);
    let Some(before) = token.checked_sub(1) else {
        return Gender::Unknown;
    };
    match text.form(before) {
        "mrs" | "ms" | "miss" | "mme" | "madame" | "mademoiselle" | "senora" | "senorita"
        | "sra" | "dona" | "senhora" | "frau" | "signora" | "lady" | "dame" | "mevrouw" => {
            Gender::Female
        }
        "mr" | "sir" | "monsieur" | "senor" | "sr" | "senhor" | "herr" | "signor" | "don"
        | "lord" => Gender::Male,
        "m" if language == Language::FRENCH => Gender::Male,
        _ => Gender::Unknown,
    }
}

/// `Renzo and Silvia Cattaruzza`: the first gets the surname of the second.
fn complete_couples(analysed: &Analysed<'_>, named: &mut [Named]) {
    for at in 1..named.len() {
        let (left, right) = named.split_at_mut(at);
        let (Some(first), Some(second)) = (left.last_mut(), right.first()) else {
            continue;
        };
        if first.parts.len() != 1
            || second.parts.len() < 2
            || first.mention.part != second.mention.part
        {
            continue;
        }
        let text = analysed.part(first.mention.part).text;
        let between = text
            .get(first.mention.end as usize..second.mention.start as usize)
            .unwrap_or_default();
        let joined = matches!(between.trim(), "and" | "y" | "e" | "et" | "und" | "&");
        let given = lexicon::classes(&first.parts[0], analysed.language).is_given();
        if joined && given {
            let surname = second
                .surface
                .split_once(' ')
                .map_or("", |(_, surname)| surname);
            first.surface = format!("{} {surname}", first.surface);
            first.parts.extend(second.parts[1..].iter().cloned());
        }
    }
}

fn add_full(people: &mut Vec<Person>, named: Named) {
    let found = people
        .iter_mut()
        .find(|person| is_same(&person.parts, &named.parts));
    let spelling = spelling(&named.surface);
    match found {
        Some(person) => {
            // A bare double surname says nothing of how the full name is spelt.
            if person.parts[0] == named.parts[0] {
                match person
                    .spellings
                    .iter_mut()
                    .find(|(known, _)| *known == spelling)
                {
                    Some((_, count)) => *count += 1,
                    None => person.spellings.push((spelling, 1)),
                }
            }
            person.nickname = person.nickname.take().or(named.nickname);
            person.mentions.push(named.mention);
        }
        None => people.push(Person {
            parts: named.parts,
            nickname: named.nickname,
            spellings: vec![(spelling, 1)],
            mentions: vec![named.mention],
        }),
    }
}

/// Whether a shorter full name can be that of the longer one: the same beginning (or an initial
/// for it) and the rest in order, or a run of its surnames.
fn is_same(long: &[String], short: &[String]) -> bool {
    let (Some(first), Some((given, rest))) = (long.first(), short.split_first()) else {
        return false;
    };
    let initial = given.chars().nth(1).is_none() && first.starts_with(given.as_str());
    if first == given || initial {
        let suffix = |parts: &[String]| {
            let last = parts.last()?;
            lexicon::classes(last, Language::ENGLISH)
                .is_suffix()
                .then(|| last.clone())
        };
        let (one, other) = (suffix(long), suffix(short));
        if one.is_some() && other.is_some() && one != other {
            return false;
        }
        let mut remaining = long[1..].iter();
        return rest
            .iter()
            .all(|part| remaining.any(|candidate| candidate == part));
    }
    long[1..].windows(short.len()).any(|window| window == short)
}

fn add_bare(people: &mut Vec<Person>, named: Named) {
    let name = &named.parts[0];
    let candidate = people
        .iter()
        .enumerate()
        .filter_map(|(at, person)| {
            let rank = fit(person, name)?;
            let gender = named.honorific == Gender::Unknown
                || person.parts.len() < 2
                || (named.honorific == Gender::Female) == sounds_female(&person.parts[0]);
            let before: Vec<&Mention> = person
                .mentions
                .iter()
                .filter(|mention| {
                    (mention.part, mention.start) < (named.mention.part, named.mention.start)
                })
                .collect();
            let recent = before
                .iter()
                .map(|mention| (mention.part, mention.start))
                .max();
            Some((
                (rank, gender, super::prominence(&person.mentions), recent),
                at,
            ))
        })
        .max();
    match candidate {
        Some((_, at)) => people[at].mentions.push(named.mention),
        None => people.push(Person {
            parts: named.parts,
            nickname: None,
            spellings: vec![(spelling(&named.surface), 1)],
            mentions: vec![named.mention],
        }),
    }
}

/// How well a bare name fits a person: as the surname, another surname, the nickname, the given
/// name.
fn fit(person: &Person, name: &str) -> Option<u8> {
    let (first, rest) = person.parts.split_first()?;
    if rest.last().is_some_and(|part| part == name) || rest.is_empty() && first == name {
        return Some(4);
    }
    if rest.iter().any(|part| part == name) {
        return Some(3);
    }
    if person.nickname.as_deref() == Some(name) {
        return Some(2);
    }
    (first == name).then_some(1)
}

/// A rule of thumb for couples who share a surname: given names of women end in `a` or `ie` more
/// often than those of men.
fn sounds_female(given: &str) -> bool {
    given.ends_with('a') || given.ends_with("ie")
}

/// How a full name is counted and shown: without a nickname, middle initials, the comma before
/// `Jr` and the capitals of a headline.
fn spelling(surface: &str) -> String {
    let plain = people::without_nickname(surface).replace(',', "");
    let capitals = !plain.chars().any(char::is_lowercase) && plain.chars().count() > 3;
    let plain = if capitals { lowered(&plain) } else { plain };
    let words: Vec<&str> = plain.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    let kept = words.iter().enumerate().filter(|(at, word)| {
        let initial = word.trim_end_matches('.').chars().nth(1).is_none();
        *at == 0 || *at == last || !initial
    });
    kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

/// `JOSEPH BIDEN JR.` as `Joseph Biden Jr.`; numerals and initials such as `JD` stay.
fn lowered(name: &str) -> String {
    let words = name.split_inclusive(|c: char| !c.is_alphabetic());
    let lowered = words.map(|word| {
        let bare = word.trim_end_matches(|c: char| !c.is_alphabetic());
        let numeral = matches!(bare, "II" | "III" | "IV");
        let initials = bare.chars().count() == 2
            && !matches!(bare, "JR" | "SR")
            && !bare.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
        if numeral || initials {
            return word.to_owned();
        }
        let mut chars = word.chars();
        chars
            .next()
            .into_iter()
            .chain(chars.flat_map(char::to_lowercase))
            .collect()
    });
    lowered.collect()
}

/// The most frequent spelling; among equals the one with most accents, then the longest.
fn entity(mut person: Person) -> Option<Entity> {
    person
        .mentions
        .sort_by_key(|mention| (mention.part, mention.start));
    let mut shown: FxHashMap<&str, usize> = FxHashMap::default();
    for (spelling, count) in &person.spellings {
        *shown.entry(spelling).or_default() += count;
    }
    let accents = |name: &str| name.chars().filter(|c| !c.is_ascii()).count();
    let name = shown
        .into_iter()
        .max_by_key(|(name, count)| (*count, accents(name), name.len(), std::cmp::Reverse(*name)))?
        .0
        .to_owned();
    Some(Entity {
        kind: EntityKind::Person,
        key: name.clone(),
        name,
        mentions: person.mentions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_lose_what_is_not_the_name() {
        for (surface, expected) in [
            ("Donald J. Trump", "Donald Trump"),
            ("J. Edgar Hoover", "J. Edgar Hoover"),
            ("Hernán “Pancho” Cifuentes", "Hernán Cifuentes"),
            ("Robert Kennedy, Jr", "Robert Kennedy Jr"),
            ("JOSEPH R. BIDEN JR", "Joseph Biden Jr"),
            ("JD VANCE", "JD Vance"),
            ("KARINE JEAN-PIERRE", "Karine Jean-Pierre"),
            ("JOHN PAUL II", "John Paul II"),
            ("ÁLVARO URIBE", "Álvaro Uribe"),
            ("XI", "XI"),
        ] {
            assert_eq!(spelling(surface), expected);
        }
    }
}
