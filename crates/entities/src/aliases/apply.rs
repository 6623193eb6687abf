//! Applies corrections to what was recognised in one article.

use dateline_corpus::{
    Analysed, Article, CalendarPeriod, CountryCode, Cue, Entity, EntityKind, Mention,
};
use rustc_hash::FxHashMap;

use super::{Aliases, Context};
use crate::countries;

/// The names to look for in the text, by their first words.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    by_first_word: FxHashMap<String, Vec<Name>>,
}

#[derive(Debug, Clone)]
struct Name {
    /// The folded words after the first.
    rest: Vec<String>,
    kind: EntityKind,
    /// The name of the entity.
    entity: String,
}

impl Wanted {
    pub(super) fn add(&mut self, kind: EntityKind, entity: &str, name: &str) {
        let words = dateline_corpus::analysis::words(name).into_iter();
        let mut words = words.map(|(_, _, form)| form);
        let Some(first) = words.next() else {
            return;
        };
        let name = Name {
            rest: words.collect(),
            kind,
            entity: entity.to_owned(),
        };
        let names = self.by_first_word.entry(first).or_default();
        names.push(name);
        // Of two names of an entity that begin alike, the longer one is meant where it stands.
        names.sort_by_key(|name| std::cmp::Reverse(name.rest.len()));
    }

    /// Every place where one of the names stands.
    fn find<'a>(&'a self, analysed: &Analysed<'_>, found: &mut impl FnMut(&'a Name, Mention)) {
        for &part in analysed.parts() {
            let text = analysed.part(part);
            for at in 0..text.tokens.len() {
                let names = self.by_first_word.get(text.form(at)).into_iter().flatten();
                let stands = |name: &&Name| {
                    let mut rest = (at + 1..).zip(&name.rest);
                    rest.all(|(at, word)| at < text.tokens.len() && text.form(at) == word)
                };
                // A name inside a longer one of another entity counts, as it does in the index.
                let mut told: Vec<&str> = Vec::new();
                for name in names.filter(stands) {
                    if told.contains(&name.entity.as_str()) {
                        continue;
                    }
                    told.push(&name.entity);
                    let mention = Mention {
                        part,
                        start: text.tokens[at].start,
                        end: text.tokens[at + name.rest.len()].end,
                        kind: name.kind,
                        cue: Cue::Name,
                        country: None,
                    };
                    found(name, mention);
                }
            }
        }
    }
}

impl Context {
    /// Whether an article is one of these. `countries` are those it names, `roles` what it says
    /// that the person is.
    pub fn fits(
        &self,
        source: Option<&str>,
        published: Option<(i64, i64)>,
        countries: &[CountryCode],
        roles: &[String],
    ) -> bool {
        let same_source = |wanted: &String| {
            source.is_some_and(|source| source.to_lowercase() == wanted.to_lowercase())
        };
        let named = |wanted: &String| {
            countries::lookup(wanted).is_some_and(|code| countries.contains(&code))
        };
        let has_role = |wanted: &String| {
            let wanted = wanted.to_lowercase();
            roles
                .iter()
                .any(|role| role.to_lowercase().contains(&wanted))
        };
        let not_before = |wanted: &String| {
            CalendarPeriod::parse(wanted)
                .zip(published)
                .is_some_and(|(wanted, (_, last))| last >= wanted.seconds().0)
        };
        let not_after = |wanted: &String| {
            CalendarPeriod::parse(wanted)
                .zip(published)
                .is_some_and(|(wanted, (first, _))| first <= wanted.seconds().1)
        };
        self.source.iter().all(same_source)
            && self.country.iter().all(named)
            && self.role.iter().all(has_role)
            && self.since.iter().all(not_before)
            && self.until.iter().all(not_after)
    }
}

impl Aliases {
    /// The entities of an article after all corrections: merged, renamed, told apart, without
    /// those that are hidden or none, and with those that were looked for. Their order is kept;
    /// an entity that was only looked for comes after all others of its kind.
    pub fn correct(
        &self,
        article: &Article,
        analysed: &Analysed<'_>,
        entities: Vec<Entity>,
    ) -> Vec<Entity> {
        let countries: Vec<CountryCode> = entities
            .iter()
            .filter(|entity| entity.kind == EntityKind::Country)
            .filter_map(|entity| CountryCode::new(&entity.key))
            .collect();
        let published = article.published.as_ref().map(|it| it.local_seconds());
        let mut corrected: Vec<(String, Entity)> = Vec::new();
        for entity in entities {
            let mut root = self.key(entity.kind, &entity.key);
            let source = article.source.as_deref();
            let fits =
                |context: &Context| context.fits(source, published, &countries, &entity.roles);
            let splits = self.splits(entity.kind);
            let split = splits.filter(|split| split.key == root && fits(&split.when));
            if let Some(split) = split.last() {
                root = self.key(entity.kind, &split.into);
            }
            add(self.named(root, entity), &mut corrected);
        }
        // All places of a name first: bringing entities together sorts their mentions.
        let mut found: Vec<(&Name, Vec<Mention>)> = Vec::new();
        self.wanted.find(analysed, &mut |name, mention| {
            let same = |(known, _): &&mut (&Name, _)| std::ptr::eq(*known, name);
            match found.iter_mut().find(same) {
                Some((_, mentions)) => mentions.push(mention),
                None => found.push((name, vec![mention])),
            }
        });
        for (name, mentions) in found {
            let entity = Entity {
                kind: name.kind,
                key: name.entity.clone(),
                name: name.entity.clone(),
                prominence: 0,
                about: None,
                roles: Vec::new(),
                mentions,
            };
            let root = self.key(name.kind, &name.entity);
            add(self.named(root, entity), &mut corrected);
        }
        corrected.sort_by_key(|(_, entity)| entity.kind);
        let shown = |(root, entity): &(String, Entity)| {
            let said = self.corrected(entity.kind, root);
            said.is_none_or(|said| !said.hidden && !said.rejected)
        };
        let shown = corrected.into_iter().filter(shown);
        shown.map(|(_, entity)| entity).collect()
    }

    /// The entity under the name that it was given, with its key.
    fn named(&self, root: String, mut entity: Entity) -> (String, Entity) {
        let given = self.corrected(entity.kind, &root);
        if let Some(name) = given.and_then(|given| given.name.clone())
            && entity.kind != EntityKind::Country
        {
            entity.key.clone_from(&name);
            entity.name = name;
        }
        (root, entity)
    }
}

/// The entities with those of one kind and key brought together, in the order in which they come
/// first.
pub fn united(entities: impl IntoIterator<Item = Entity>) -> Vec<Entity> {
    let mut united = Vec::new();
    for entity in entities {
        add((entity.key.clone(), entity), &mut united);
    }
    united.into_iter().map(|(_, entity)| entity).collect()
}

/// Adds an entity to those that are there, or its mentions to the one that it is.
fn add((root, entity): (String, Entity), entities: &mut Vec<(String, Entity)>) {
    let same = |(known, other): &&mut (String, Entity)| *known == root && other.kind == entity.kind;
    let Some((_, known)) = entities.iter_mut().find(same) else {
        entities.push((root, entity));
        return;
    };
    let evidence = |entity: &Entity| {
        let about = entity.about?;
        entity.mentions.get(about as usize).copied()
    };
    let about = evidence(known).or_else(|| evidence(&entity));
    known.mentions.extend(entity.mentions);
    known.mentions.sort_by_key(|it| (it.part, it.start, it.end));
    known
        .mentions
        .dedup_by_key(|it| (it.part, it.start, it.end));
    known.about = about
        .and_then(|about| known.mentions.iter().position(|mention| *mention == about))
        .map(|at| at as u32);
    known.prominence = known.prominence.max(entity.prominence);
    for role in entity.roles {
        if !known.roles.contains(&role) {
            known.roles.push(role);
        }
    }
}

#[cfg(test)]
mod tests {
    use dateline_corpus::{Analyser, ArticleId, Language, Origin};
    use expect_test::{Expect, expect};

    use super::*;
    use crate::aliases::file;
    use crate::{Extractor, resolve};

    fn check(list: &str, expected: Expect) {
        let article = Article {
            id: ArticleId::from_publisher("x:1"),
            title: "Talks in Bogotá".to_owned(),
            title_derived: false,
            body: "Defense Minister Pedro Sánchez met Gustavo Petro in Colombia. The acme works \
                   of Ana Gómez were closed. Petro left."
                .to_owned(),
            published: None,
            source: Some("El Faro".to_owned()),
            url: None,
            site: None,
            agency: None,
            dateline: None,
            authors: Vec::new(),
            language: Some(Language::ENGLISH),
            section: None,
            flaws: Vec::new(),
            replaced_characters: 0,
            origin: Origin {
                path: "-".to_owned(),
                entry: None,
                record: None,
            },
        };
        let listed = file::parse(list);
        assert_eq!(listed.problems, []);
        let aliases = Aliases::new(listed.edits.into_iter().map(|(_, edit)| edit));
        let mut analyser = Analyser::new();
        let analysed = analyser.analyse(&article);
        let entities = resolve(&analysed, Extractor::new().extract(&analysed));
        let entities = aliases.correct(&article, &analysed, entities).into_iter();
        let people_and_bodies = entities
            .filter(|it| matches!(it.kind, EntityKind::Person | EntityKind::Organisation))
            .map(|it| format!("{} ×{}", it.name, it.mentions.len()));
        expected.assert_eq(&people_and_bodies.collect::<Vec<_>>().join(", "));
    }

    #[test]
    fn corrections_apply_to_an_article() {
        check(
            "",
            expect!["Gustavo Petro ×2, Pedro Sánchez ×1, Ana Gómez ×1"],
        );
        check(
            r#"{ rename = "gustavo petro", to = "Petro, G." }"#,
            expect!["Petro, G. ×2, Pedro Sánchez ×1, Ana Gómez ×1"],
        );
        check(
            r#"{ merge = ["Ana Gómez", "Gustavo Petro"], into = "Both Two" }"#,
            expect!["Both Two ×3, Pedro Sánchez ×1"],
        );
        check(
            r#"{ hide = "Ana Gomez" }"#,
            expect!["Gustavo Petro ×2, Pedro Sánchez ×1"],
        );
        check(
            r#"{ reject = "Ana Gómez" }"#,
            expect!["Gustavo Petro ×2, Pedro Sánchez ×1"],
        );
        let split = r#"split = "Pedro Sánchez", into = "Pedro Sánchez Suárez""#;
        for (when, expected) in [
            (
                r#"country = "Colombia""#,
                expect!["Gustavo Petro ×2, Pedro Sánchez Suárez ×1, Ana Gómez ×1"],
            ),
            (
                r#"country = "ES""#,
                expect!["Gustavo Petro ×2, Pedro Sánchez ×1, Ana Gómez ×1"],
            ),
            (
                r#"source = "el faro""#,
                expect!["Gustavo Petro ×2, Pedro Sánchez Suárez ×1, Ana Gómez ×1"],
            ),
            (
                r#"since = "2026""#,
                expect!["Gustavo Petro ×2, Pedro Sánchez ×1, Ana Gómez ×1"],
            ),
        ] {
            check(&format!("{{ {split}, when = {{ {when} }} }}"), expected);
        }
        let added = r#"add = "Acme Works", aliases = ["Acme"], kind = "organisation""#;
        check(
            &format!("{{ {added} }}"),
            expect!["Gustavo Petro ×2, Pedro Sánchez ×1, Ana Gómez ×1, Acme Works ×1"],
        );
        check(
            r#"{ add = "Petro" }"#,
            expect!["Gustavo Petro ×2, Pedro Sánchez ×1, Ana Gómez ×1, Petro ×2"],
        );
    }
}
