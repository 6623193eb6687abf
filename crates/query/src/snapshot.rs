//! The index as it is at one moment: what a search reads, and the directory of its values.

use std::sync::{Arc, Mutex, PoisonError};

use dateline_corpus::Language;
use dateline_corpus::schema::{DocumentKind, Fields};
use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::schema::Field;

use crate::directory::FacetValues;
use crate::{FacetField, QueryError};

pub(crate) struct Snapshot {
    pub(crate) searcher: tantivy::Searcher,
    pub(crate) fields: Fields,
    /// Languages that articles are in: a query's words are stemmed in each of them.
    pub(crate) languages: Vec<Language>,
    /// Values of the fields that were asked for so far.
    directory: Mutex<FxHashMap<FacetField, Arc<FacetValues>>>,
}

impl Snapshot {
    pub(crate) fn new(searcher: tantivy::Searcher, fields: Fields) -> Result<Snapshot, QueryError> {
        let mut snapshot = Snapshot {
            searcher,
            fields,
            languages: Vec::new(),
            directory: Mutex::default(),
        };
        let values = snapshot.values(FacetField::Language)?;
        let mut languages: Vec<Language> = values
            .present()
            .map(|(_, entry)| Language::from_tag(&entry.value).unwrap_or(Language::UNKNOWN))
            .collect();
        languages.sort();
        languages.dedup();
        snapshot.languages = languages;
        Ok(snapshot)
    }

    /// The values of a field over the whole index, read when they are first asked for.
    pub(crate) fn values(&self, field: FacetField) -> Result<Arc<FacetValues>, QueryError> {
        // A panic elsewhere cannot leave the map half written.
        let lock = || {
            self.directory
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(values) = lock().get(&field) {
            return Ok(Arc::clone(values));
        }
        let name = self
            .searcher
            .schema()
            .get_field_name(self.facet_field(field));
        let values = Arc::new(FacetValues::read(&self.searcher, field, name)?);
        lock().insert(field, Arc::clone(&values));
        Ok(values)
    }

    /// The handle of a facet's field.
    pub(crate) fn facet_field(&self, field: FacetField) -> Field {
        let facets = &self.fields.facets;
        match field {
            FacetField::Person => facets.person,
            FacetField::Country => facets.country,
            FacetField::Organisation => facets.organisation,
            FacetField::Place => facets.place,
            FacetField::Source => facets.source,
            FacetField::Author => facets.author,
            FacetField::Language => facets.language,
            FacetField::Section => facets.section,
        }
    }

    /// The term that finds all articles, and no files.
    pub(crate) fn articles_term(&self) -> Term {
        self.fields.kind_term(DocumentKind::Article)
    }

    /// The terms that find the articles with one of some entries of a field.
    pub(crate) fn terms_of(
        &self,
        field: FacetField,
        values: &FacetValues,
        entries: &[u32],
    ) -> Vec<Term> {
        let handle = self.facet_field(field);
        let variants = entries
            .iter()
            .flat_map(|&entry| &values.entry(entry).variants);
        variants
            .map(|variant| Term::from_field_text(handle, variant))
            .collect()
    }
}
