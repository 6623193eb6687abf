//! Coreference of people inside an article.
//!
//! Full names meet first, by their parts. Then each bare name goes to the person whose name has
//! it: a surname before a given name, and among several who is not introduced as a relative, the most
//! prominent, the last named when they are equal.

use std::cmp::Reverse;

use dateline_corpus::{Analysed, Entity, EntityKind, Language, Mention, Part};
use rustc_hash::{FxHashMap, FxHashSet};

use super::named::{self, Gender, Named};
use crate::lexicon;
use crate::people;

/// A human being of the article.
struct Person {
    /// The parts of the longest full name.
    parts: Vec<String>,
    /// The initials inside the name, as far as one was given.
    initials: String,
    /// A nickname that stood in quotation marks.
    nickname: Option<String>,
    /// Whether the article introduces the person as somebody's relative.
    is_relative: bool,
    /// Spellings of full names with their counts.
    spellings: FxHashMap<String, usize>,
    mentions: Vec<Mention>,
    /// What the person is said to be, with where.
    roles: Vec<((Part, u32), String)>,
    /// What the mentions weigh.
    prominence: usize,
    /// Where the person is named in full for the first time.
    first: (Part, u32),
    /// Where the person was last named, as far as the article has been read for bare names.
    last: Option<(Part, u32)>,
}

/// The most people of one article that a part of a name is looked up among, the first of them
/// taken. No article tells so many namesakes apart; without a limit, a long list of one surname
/// would be walked for each of its mentions.
const NAMESAKES_MAX: usize = 100;

/// The people of an article, by their names.
#[derive(Default)]
struct People {
    all: Vec<Person>,
    /// Whom a full name means that was met before.
    by_parts: FxHashMap<Vec<String>, Vec<usize>>,
    /// Who has a part of a name or a nickname, [`NAMESAKES_MAX`] at most.
    by_part: FxHashMap<String, Vec<usize>>,
    /// The names of relatives: they are told from a namesake with `Jr`, and a bare surname is not
    /// theirs.
    relatives: FxHashSet<Vec<String>>,
}

pub(super) fn resolve(analysed: &Analysed<'_>, mentions: Vec<Mention>) -> Vec<Entity> {
    let mut people = People::default();
    let mut bare: Vec<Named> = Vec::new();
    // Long names first, so that their shorter forms find them.
    let mut full: Vec<Named> = Vec::new();
    for named in named::read_all(analysed, mentions) {
        if named.is_relative {
            people.relatives.insert(named.parts.clone());
        }
        if named.parts.len() > 1 {
            full.push(named)
        } else {
            bare.push(named)
        }
    }
    full.sort_by_key(|named| Reverse(named.parts.len()));
    for named in full {
        people.add_full(named);
    }
    people.add_bare(bare);
    people.all.into_iter().filter_map(entity).collect()
}

impl Person {
    fn take(&mut self, mention: Mention, role: Option<String>) {
        self.prominence += super::weight(&mention);
        self.mentions.push(mention);
        let place = (mention.part, mention.start);
        self.first = self.first.min(place);
        self.roles.extend(role.map(|role| (place, role)));
    }

    /// Whether initials inside a name do not contradict the person's: `George W. Bush` is neither
    /// `George H. W. Bush` nor anyone but `George Bush`.
    fn has_initials(&self, initials: &str) -> bool {
        self.initials.starts_with(initials) || initials.starts_with(&self.initials)
    }

    /// Whether a name is the nickname with the surname.
    fn is_called(&self, parts: &[String]) -> bool {
        let Some((first, surname)) = parts.split_first() else {
            return false;
        };
        self.nickname.as_ref() == Some(first)
            && !surname.is_empty()
            && self.parts.ends_with(surname)
    }

    /// The roles in the order in which they are first said.
    fn roles(&mut self) -> Vec<String> {
        self.roles.sort();
        let mut roles: Vec<String> = Vec::new();
        for (_, role) in self.roles.drain(..) {
            if roles.len() < ROLES_MAX && !roles.contains(&role) {
                roles.push(role);
            }
        }
        roles
    }
}

/// The roles of a person that are kept; an article seldom tells more than three.
const ROLES_MAX: usize = 5;

impl People {
    fn add_full(&mut self, named: Named) {
        let known = self.by_parts.get(&named.parts).into_iter().flatten();
        let found = known
            .copied()
            .take(NAMESAKES_MAX)
            .find(|&at| self.all[at].has_initials(&named.initials));
        let at = found.or_else(|| self.whose(&named.parts, &named.initials));
        if found.is_none() {
            let known = self.by_parts.entry(named.parts.clone()).or_default();
            known.push(at.unwrap_or(self.all.len()));
        }
        let Some(at) = at else {
            return self.add(named);
        };
        let person = &mut self.all[at];
        if person.initials.len() < named.initials.len() {
            person.initials = named.initials;
        }
        person.is_relative |= named.is_relative;
        // A bare double surname says nothing of how the full name is spelt.
        if person.parts[0] == named.parts[0] {
            *person
                .spellings
                .entry(spelling(&named.surface))
                .or_default() += 1;
        }
        person.take(named.mention, named.role);
        if let (None, Some(nickname)) = (&person.nickname, named.nickname) {
            person.nickname = Some(nickname.clone());
            self.index(nickname, at);
        }
    }

    /// The first person that a full name can be a shorter name of. All its parts but an initial
    /// at the beginning are parts of that person's name, so that the rarest leads there.
    fn whose(&self, parts: &[String], initials: &str) -> Option<usize> {
        let initial = parts[0].chars().nth(1).is_none();
        let having = |part| self.by_part.get(part).map_or(&[][..], Vec::as_slice);
        let rarest = parts[usize::from(initial)..]
            .iter()
            .map(having)
            .min_by_key(|people| people.len())?;
        let people = rarest.iter().copied();
        people
            .filter(|&at| is_same(&self.all[at].parts, parts) || self.all[at].is_called(parts))
            .filter(|&at| self.all[at].has_initials(initials))
            .filter(|&at| {
                let known = &self.all[at].parts;
                let apart = self.relatives.contains(parts) || self.relatives.contains(known);
                !(apart && suffix(known) != suffix(parts))
            })
            .min()
    }

    /// Gives each bare name, in their order, to the person whom it fits best.
    fn add_bare(&mut self, bare: Vec<Named>) {
        let place = |mention: &Mention| (mention.part, mention.start);
        let mut full: Vec<((Part, u32), usize)> = Vec::new();
        for (at, person) in self.all.iter().enumerate() {
            full.extend(person.mentions.iter().map(|mention| (place(mention), at)));
        }
        full.sort_unstable();
        let mut full = full.into_iter().peekable();
        for named in bare {
            let here = place(&named.mention);
            while let Some((last, at)) = full.next_if(|(place, _)| *place < here) {
                self.all[at].last = self.all[at].last.max(Some(last));
            }
            match self.best(&named) {
                Some(at) => {
                    let person = &mut self.all[at];
                    person.last = Some(here);
                    person.take(named.mention, named.role);
                }
                None => {
                    self.add(named);
                    if let Some(person) = self.all.last_mut() {
                        person.last = Some(here);
                    }
                }
            }
        }
    }

    /// The person whom a bare name fits best.
    fn best(&self, named: &Named) -> Option<usize> {
        let name = &named.parts[0];
        let candidates = self.by_part.get(name)?.iter().filter_map(|&at| {
            let person = &self.all[at];
            let rank = fit(person, name)?;
            let gender = named.honorific == Gender::Unknown
                || person.parts.len() < 2
                || (named.honorific == Gender::Female) == sounds_female(&person.parts[0]);
            let relative = person.is_relative
                || self.relatives.contains(&person.parts[..1])
                || self.relatives.contains(&person.parts);
            // Before anybody is named in full, the first who will be.
            let first = Reverse(person.first);
            let (prominence, last) = (person.prominence, person.last);
            Some((rank, gender, !relative, prominence, last, first, at))
        });
        candidates.max().map(|(.., at)| at)
    }

    fn add(&mut self, named: Named) {
        let at = self.all.len();
        for part in named.parts.iter().chain(&named.nickname) {
            self.index(part.clone(), at);
        }
        let mut person = Person {
            parts: named.parts,
            initials: named.initials,
            nickname: named.nickname,
            is_relative: named.is_relative,
            spellings: FxHashMap::from_iter([(spelling(&named.surface), 1)]),
            prominence: 0,
            first: (named.mention.part, named.mention.start),
            last: None,
            mentions: Vec::new(),
            roles: Vec::new(),
        };
        person.take(named.mention, named.role);
        self.all.push(person);
    }

    fn index(&mut self, name: String, at: usize) {
        let people = self.by_part.entry(name).or_default();
        if people.len() < NAMESAKES_MAX && !people.contains(&at) {
            people.push(at);
        }
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
        let mut remaining = long[1..].iter();
        let in_order = rest
            .iter()
            .all(|part| remaining.any(|candidate| candidate == part));
        return in_order
            && match (suffix(long), suffix(short)) {
                (Some(one), Some(other)) => one == other,
                _ => true,
            };
    }
    // `Orbán Viktor`, where the family comes first
    let turned = long.len() == 2 && rest.len() == 1 && long[0] == rest[0] && long[1] == *given;
    turned || long[1..].windows(short.len()).any(|window| window == short)
}

/// `Jr`, which tells father from son.
fn suffix(parts: &[String]) -> Option<&String> {
    parts
        .last()
        .filter(|last| lexicon::classes(last, Language::ENGLISH).is_suffix())
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
    people::without_middle_initial(words).join(" ")
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
    let accents = |name: &str| name.chars().filter(|c| !c.is_ascii()).count();
    let name = person
        .spellings
        .iter()
        .max_by_key(|(name, count)| (*count, accents(name), name.len(), Reverse(*name)))?
        .0
        .clone();
    let roles = person.roles();
    Some(Entity {
        kind: EntityKind::Person,
        key: name.clone(),
        name,
        prominence: 0,
        about: None,
        roles,
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
            ("George H. W. Bush", "George H. W. Bush"),
            ("V. M. Molotov", "V. M. Molotov"),
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
