//! Coreference of people inside an article.
//!
//! Full names meet first, by their parts. Then each bare name goes to the person whose name has
//! it: a surname before a given name, and among several the most prominent, the last named when
//! they are equal.

use dateline_corpus::analysis::Text;
use dateline_corpus::{Analysed, Entity, EntityKind, Language, Mention, Part};
use rustc_hash::{FxHashMap, FxHashSet};

use super::roles;
use crate::lexicon;
use crate::people;

/// A human being of the article.
struct Person {
    /// The parts of the longest full name.
    parts: Vec<String>,
    /// A nickname that stood in quotation marks.
    nickname: Option<String>,
    /// Spellings of full names with their counts.
    spellings: FxHashMap<String, usize>,
    mentions: Vec<Mention>,
    /// What the person is said to be, with where.
    roles: Vec<((Part, u32), String)>,
    /// What the mentions weigh.
    prominence: usize,
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
    by_parts: FxHashMap<Vec<String>, usize>,
    /// Who has a part of a name or a nickname, [`NAMESAKES_MAX`] at most.
    by_part: FxHashMap<String, Vec<usize>>,
    /// The full names of parents and children whom the article tells from a namesake with `Jr`.
    kin: FxHashSet<Vec<String>>,
}

/// A mention with what its text says.
struct Named {
    mention: Mention,
    surface: String,
    parts: Vec<String>,
    nickname: Option<String>,
    honorific: Gender,
    /// Whether the name stands behind `his father`.
    is_kin: bool,
    role: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    Unknown,
    Female,
    Male,
}

pub(super) fn resolve(analysed: &Analysed<'_>, mentions: Vec<Mention>) -> Vec<Entity> {
    let forms = forms(analysed);
    let mut named: Vec<Named> = mentions
        .into_iter()
        .filter_map(|mention| read(analysed, &forms, mention))
        .collect();
    complete_couples(analysed, &mut named);
    let mut people = People::default();
    let mut bare: Vec<Named> = Vec::new();
    // Long names first, so that their shorter forms find them.
    let mut full: Vec<Named> = Vec::new();
    for named in named {
        if named.parts.len() > 1 {
            if named.is_kin {
                people.kin.insert(named.parts.clone());
            }
            full.push(named)
        } else {
            bare.push(named)
        }
    }
    full.sort_by_key(|named| std::cmp::Reverse(named.parts.len()));
    for named in full {
        people.add_full(named);
    }
    people.add_bare(bare);
    people.all.into_iter().filter_map(entity).collect()
}

/// The forms of all words of an article in German; no other language asks for them.
fn forms<'t>(analysed: &'t Analysed<'_>) -> FxHashSet<&'t str> {
    let texts = [&analysed.title, &analysed.body].into_iter();
    texts
        .filter(|_| crate::language(analysed) == Language::GERMAN)
        .flat_map(|text| (0..text.tokens.len()).map(|token| text.form(token)))
        .collect()
}

fn read(analysed: &Analysed<'_>, forms: &FxHashSet<&str>, mention: Mention) -> Option<Named> {
    let text = analysed.part(mention.part);
    let surface = super::surface(analysed, &mention)?;
    let mut surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = people::without_middle_initials(people::parts(&surface));
    if crate::language(analysed) == Language::GERMAN && parts.len() == 1 {
        strip_genitive(forms, &mut parts, &mut surface);
    }
    Some(Named {
        nickname: nickname(&surface),
        honorific: gender_before(text, &mention, crate::language(analysed)),
        is_kin: is_kin(text, &mention),
        role: roles::role(text, &mention, crate::language(analysed)),
        mention,
        surface,
        parts: parts.into_iter().filter(|part| !part.is_empty()).collect(),
    })
    .filter(|named| !named.parts.is_empty())
}

/// `Gogberashvilis Anwälte`: the name without `s` stands in the article, too.
fn strip_genitive(forms: &FxHashSet<&str>, parts: &mut [String], surface: &mut String) {
    let Some(bare) = parts
        .first()
        .and_then(|part| part.strip_suffix('s'))
        .map(str::to_owned)
    else {
        return;
    };
    if forms.contains(bare.as_str()) {
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

/// Whether a name stands behind a word for a parent or a child: `his father, Donald Trump`.
fn is_kin(text: &Text<'_>, mention: &Mention) -> bool {
    let token = text
        .tokens
        .partition_point(|token| token.start < mention.start);
    token > 0
        && matches!(text.gap_before(token), " " | ", ")
        && matches!(
            text.form(token - 1),
            "father" | "son" | "dad" | "grandfather" | "grandson"
        )
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
        let given = lexicon::classes(&first.parts[0], crate::language(analysed)).is_given();
        // `Clinton and Hillary Clinton`
        let surname = second.parts.contains(&first.parts[0]);
        if joined && given && !surname {
            let surname = second
                .surface
                .split_once(' ')
                .map_or("", |(_, surname)| surname);
            first.surface = format!("{} {surname}", first.surface);
            first.parts.extend(second.parts[1..].iter().cloned());
        }
    }
}

impl Person {
    fn take(&mut self, mention: Mention, role: Option<String>) {
        self.prominence += super::weight(&mention);
        self.mentions.push(mention);
        let place = (mention.part, mention.start);
        self.roles.extend(role.map(|role| (place, role)));
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
        let found = self.by_parts.get(&named.parts).copied();
        let Some(at) = found.or_else(|| self.whose(&named.parts)) else {
            let at = self.all.len();
            self.by_parts.insert(named.parts.clone(), at);
            return self.add(named);
        };
        if found.is_none() {
            self.by_parts.insert(named.parts.clone(), at);
        }
        let person = &mut self.all[at];
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
    fn whose(&self, parts: &[String]) -> Option<usize> {
        let initial = parts[0].chars().nth(1).is_none();
        let having = |part| self.by_part.get(part).map_or(&[][..], Vec::as_slice);
        let rarest = parts[usize::from(initial)..]
            .iter()
            .map(having)
            .min_by_key(|people| people.len())?;
        let people = rarest.iter().copied();
        people
            .filter(|&at| is_same(&self.all[at].parts, parts) || self.all[at].is_called(parts))
            .filter(|&at| {
                let apart = self.kin.contains(parts) || self.kin.contains(&self.all[at].parts);
                !(apart && suffix(&self.all[at].parts) != suffix(parts))
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
            Some((rank, gender, person.prominence, person.last, at))
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
            nickname: named.nickname,
            spellings: FxHashMap::from_iter([(spelling(&named.surface), 1)]),
            prominence: 0,
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
    people::without_middle_initials(words).join(" ")
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
        .max_by_key(|(name, count)| (*count, accents(name), name.len(), std::cmp::Reverse(*name)))?
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
