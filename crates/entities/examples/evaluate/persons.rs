//! The people of an annotated article as a set, after coreference.
//!
//! Annotations name spans, not people. A marked name whose words all occur, in their order, in a
//! longer marked name of the article is taken for the same person: `Petro` for `Gustavo Petro`.
//! An entity is right when its name is one of the person's forms, but for a bare name of someone
//! who is named in full; a second entity for the same person is in excess.

use dateline_corpus::{Entity, EntityKind};
use dateline_entities::people;

use crate::score::Score;
use crate::spans::Name;

/// A person by the keys of all marked names.
struct Person {
    /// The longest first.
    forms: Vec<String>,
    found: bool,
}

/// Adds an article; `errors` receives what was missed and found in excess.
pub(crate) fn add(
    score: &mut Score,
    text: &str,
    gold: &[Name],
    entities: &[Entity],
    errors: &mut Vec<String>,
) {
    let mut people = people(text, gold);
    for entity in entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Person)
    {
        let key = people::person_key(&entity.name);
        match people
            .iter_mut()
            .find(|person| !person.found && person.is_named(&key))
        {
            Some(person) => person.found = true,
            None => {
                score.excess += 1;
                errors.push(format!("excess {key}"));
            }
        }
    }
    let missed = people.iter().filter(|person| !person.found);
    errors.extend(missed.map(|person| format!("missed {:?}", person.forms)));
    let right = people.iter().filter(|person| person.found).count();
    score.right += right;
    score.missed += people.len() - right;
}

fn people(text: &str, gold: &[Name]) -> Vec<Person> {
    let names = gold.iter().filter(|name| name.1 == EntityKind::Person);
    let mut keys: Vec<String> = names
        .map(|(bytes, _)| people::person_key(&text[bytes.clone()]))
        .filter(|key| !key.is_empty())
        .collect();
    keys.sort_by_key(|key| (std::cmp::Reverse(key.split(' ').count()), key.clone()));
    keys.dedup();
    let mut people: Vec<Person> = Vec::new();
    for key in keys {
        match people
            .iter_mut()
            .find(|person| is_within(&key, &person.forms[0]))
        {
            Some(person) => person.forms.push(key),
            None => people.push(Person {
                forms: vec![key],
                found: false,
            }),
        }
    }
    people
}

/// Whether all words of a name occur in a longer one in their order.
fn is_within(short: &str, long: &str) -> bool {
    let mut words = long.split(' ');
    short.split(' ').all(|part| words.any(|word| word == part))
}

impl Person {
    fn is_named(&self, key: &str) -> bool {
        let full = |form: &str| form.contains(' ');
        self.forms
            .iter()
            .any(|form| form == key && (full(form) || !full(&self.forms[0])))
    }
}
