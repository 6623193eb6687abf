//! Plans the values of fields that are no facets: what an article is about, where it is from,
//! its id and its address.

use dateline_corpus::{ArticleId, EntityKind};
use dateline_entities::countries;
use tantivy::Term;
use tantivy::query::RegexQuery;

use super::Planner;
use super::clause::Clause;
use super::values::spelling;
use crate::snippet::Pattern;
use crate::syntax::{Field, Node, Text};
use crate::{FacetField, QueryError, lookup};

impl Planner<'_> {
    /// The value of a field that is no facet.
    pub(super) fn name(
        &mut self,
        field: Field,
        text: &Text,
        wanted: bool,
    ) -> Result<Clause, QueryError> {
        match field {
            Field::About => self.about(text, wanted),
            Field::Id => self.id(text),
            Field::Url => self.url(text),
            Field::Site => self.site(text),
            Field::Title | Field::Lead | Field::HeadlineAndLead | Field::Body => {
                let node = Node::Text(text.clone());
                Ok(self.text(&node, Some(field), 1, wanted)?.0)
            }
            Field::Facet(facet) => self.value(facet, text, wanted),
        }
    }

    /// The country of that name, or else the people.
    fn about(&mut self, text: &Text, wanted: bool) -> Result<Clause, QueryError> {
        if let Some(code) = countries::lookup(&text.raw) {
            if wanted {
                let keys = vec![code.to_string()];
                let kind = EntityKind::Country;
                self.mentions.push(Pattern::Mentions { kind, keys });
            }
            let about = self.snapshot.values(FacetField::About)?;
            let entries = about.resolve(&format!("={code}"));
            let finds = self.snapshot.finds(FacetField::About, &about, &entries);
            return Ok(Clause::finding(finds));
        }
        let people = self.snapshot.values(FacetField::Person)?;
        let entries = people.resolve(&spelling(text));
        if entries.is_empty() {
            return self.value(FacetField::Person, text, wanted);
        }
        if wanted {
            let entries = entries.iter();
            let names = entries.flat_map(|&entry| &people.entry(entry).variants);
            let kind = EntityKind::Person;
            let keys = names.cloned().collect();
            self.mentions.push(Pattern::Mentions { kind, keys });
        }
        // Both fields have the same entries.
        let about = self.snapshot.values(FacetField::AboutPerson)?;
        let finds = self
            .snapshot
            .finds(FacetField::AboutPerson, &about, &entries);
        Ok(Clause::finding(finds))
    }

    fn id(&mut self, text: &Text) -> Result<Clause, QueryError> {
        let ids = lookup::ids_of(self.snapshot, &text.raw)?;
        if ids.is_empty() {
            self.unknown(text, "id");
        }
        let terms = ids
            .into_iter()
            .map(|id: ArticleId| self.snapshot.fields.id_term(id));
        Ok(Clause::any_term(terms.collect()))
    }

    /// The articles whose address has the text in it; after `=`, is the text.
    fn url(&mut self, text: &Text) -> Result<Clause, QueryError> {
        let field = self.snapshot.fields.url;
        if text.exact {
            return Ok(Clause::any_term(vec![Term::from_field_text(
                field, &text.raw,
            )]));
        }
        let pattern = format!(".*{}.*", escaped(&text.raw));
        let query = RegexQuery::from_pattern(&pattern, field)?;
        Ok(Clause::filter(Box::new(query)))
    }

    /// The articles of a domain; of `www.example.org` and of an address, the domain in it; of
    /// `org`, all that end so.
    fn site(&mut self, text: &Text) -> Result<Clause, QueryError> {
        let host = domain(&text.raw);
        let values = self.snapshot.values(FacetField::Site)?;
        let ending = format!(".{host}");
        let named = |site: &str| {
            let whole = site == host || host.ends_with(&format!(".{site}"));
            whole || !host.contains('.') && site.ends_with(&ending)
        };
        let present = values.present();
        let sites = present.filter(|(_, entry)| named(&entry.value));
        let entries: Vec<u32> = sites.map(|(number, _)| number).collect();
        if entries.is_empty() {
            return self.value(FacetField::Site, text, true);
        }
        let finds = self.snapshot.finds(FacetField::Site, &values, &entries);
        Ok(Clause::finding(finds))
    }

    pub(super) fn unknown(&mut self, text: &Text, noun: &str) {
        let problem = format!("the index has no {noun} `{}`", text.raw);
        self.tell(&text.span, problem, "nothing is found by it", None);
    }
}

/// The host of an address, or what stands for one.
fn domain(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let after_scheme = text
        .split_once("://")
        .map_or(text.as_str(), |(_, rest)| rest);
    let host = after_scheme
        .split(['/', '?', '#', ':'])
        .next()
        .unwrap_or_default();
    host.trim_matches('.').to_owned()
}

/// A text as a regular expression that is fulfilled by it alone.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
