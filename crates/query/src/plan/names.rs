//! Plans the values of fields that are no facets: what an article is about, where it is from,
//! its id and its address.

use std::collections::BTreeSet;

use dateline_corpus::{ArticleId, EntityKind};
use dateline_entities::countries;
use tantivy::Term;

use super::Planner;
use super::clause::Clause;
use super::values::{mentions, named_by_several, nothing, spelling};
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
            Field::Id => self.id(text, wanted),
            Field::Url => self.url(text),
            Field::Site => self.site(text, wanted),
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
        if let Some((problem, assumed)) =
            named_by_several(&people, &entries, FacetField::Person, &text.raw)
        {
            self.tell(&text.span, problem, assumed, None);
        }
        if wanted {
            let entries = entries.iter().map(|&entry| people.entry(entry));
            let patterns = entries.map(|entry| mentions(EntityKind::Person, entry));
            self.mentions.extend(patterns);
        }
        // Both fields have the same entries.
        let about = self.snapshot.values(FacetField::AboutPerson)?;
        let finds = self
            .snapshot
            .finds(FacetField::AboutPerson, &about, &entries);
        Ok(Clause::finding(finds))
    }

    fn id(&mut self, text: &Text, wanted: bool) -> Result<Clause, QueryError> {
        let ids = lookup::ids_of(self.snapshot, &text.raw)?;
        if ids.is_empty() {
            let problem = format!("the index has no id `{}`", text.raw);
            self.tell(&text.span, problem, nothing(wanted), None);
        }
        let terms = ids
            .into_iter()
            .map(|id: ArticleId| self.snapshot.fields.id_term(id));
        Ok(Clause::any_term(terms.collect()))
    }

    /// The articles whose address has the text in it; after `=`, is the text.
    fn url(&mut self, text: &Text) -> Result<Clause, QueryError> {
        if text.exact {
            let term = Term::from_field_text(self.snapshot.fields.url, &text.raw);
            return Ok(Clause::any_term(vec![term]));
        }
        self.address_with(&text.raw)
    }

    /// The articles whose address has a part, in small letters or capitals.
    fn address_with(&self, part: &str) -> Result<Clause, QueryError> {
        let field = self.snapshot.fields.url;
        let part = part.to_lowercase();
        let mut found = BTreeSet::new();
        for reader in self.snapshot.searcher.segment_readers() {
            let addresses = reader.inverted_index(field)?;
            let addresses = addresses.terms().stream();
            let mut addresses = addresses.map_err(|error| QueryError::Index(error.into()))?;
            while let Some((address, _)) = addresses.next() {
                let address = std::str::from_utf8(address).unwrap_or_default();
                if address.to_lowercase().contains(&part) {
                    found.insert(Term::from_field_text(field, address));
                }
            }
        }
        Ok(Clause::any_term(Vec::from_iter(found)))
    }

    /// The articles of a domain; of `www.example.org` the domain in it; of an address those whose
    /// address goes on like it; of `org`, all that end so.
    fn site(&mut self, text: &Text, wanted: bool) -> Result<Clause, QueryError> {
        let (host, path) = host_and_path(&text.raw);
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
            return self.value(FacetField::Site, text, wanted);
        }
        let finds = self.snapshot.finds(FacetField::Site, &values, &entries);
        let site = Clause::finding(finds);
        if path.is_empty() {
            return Ok(site);
        }
        let address = self.address_with(&format!("{host}{path}"))?;
        let articles = self.snapshot.articles_term();
        Ok(Clause::and(vec![site, address], &articles))
    }
}

/// The host of an address, or what stands for one, and what follows it: `/politics`.
fn host_and_path(text: &str) -> (String, &str) {
    let text = text.trim();
    let after_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let end = after_scheme.find(['/', '?', '#', ':']);
    let (host, path) = after_scheme.split_at(end.unwrap_or(after_scheme.len()));
    let host = host.trim_matches('.').to_lowercase();
    (host, path.trim_end_matches('/'))
}
