//! The index as it is at one moment: what a search reads, and the directory of its values.

use std::sync::{Arc, Mutex, PoisonError};

use dateline_corpus::Language;
use dateline_corpus::schema::{DocumentKind, Fields};
use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::schema::Field;

use crate::collect::Pool;
use crate::directory::FacetValues;
use crate::{FacetField, QueryError};

pub(crate) struct Snapshot {
    pub(crate) searcher: tantivy::Searcher,
    pub(crate) fields: Fields,
    /// Languages that articles are in: a query's words are stemmed in each of them.
    pub(crate) languages: Vec<Language>,
    /// Arrays to count in.
    pub(crate) pool: Pool,
    /// Values of the fields that were asked for so far.
    directory: Mutex<FxHashMap<FacetField, Arc<FacetValues>>>,
}

impl Snapshot {
    pub(crate) fn new(searcher: tantivy::Searcher, fields: Fields) -> Result<Snapshot, QueryError> {
        let mut snapshot = Snapshot {
            searcher,
            fields,
            languages: Vec::new(),
            pool: Pool::default(),
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
        let searcher = &self.searcher;
        let name = searcher.schema().get_field_name(self.facet_field(field));
        // What an article is about is some of what it names.
        let whole = match field {
            FacetField::AboutPerson => Some(self.values(FacetField::Person)?),
            FacetField::About => Some(self.values(FacetField::Country)?),
            _ => None,
        };
        let values = Arc::new(match whole {
            Some(whole) => FacetValues::read_subset(searcher, field, name, &whole)?,
            None => FacetValues::read(searcher, field, name)?,
        });
        lock().insert(field, Arc::clone(&values));
        Ok(values)
    }

    /// The handle of a facet's field.
    pub(crate) fn facet_field(&self, field: FacetField) -> Field {
        let facets = &self.fields.facets;
        match field {
            FacetField::Person => facets.person,
            FacetField::Country | FacetField::Continent => facets.country,
            FacetField::Organisation => facets.organisation,
            FacetField::Place => facets.place,
            FacetField::Source => facets.source,
            FacetField::Author => facets.author,
            FacetField::Language => facets.language,
            FacetField::Section => facets.section,
            FacetField::About => facets.about,
            FacetField::AboutPerson => facets.about_person,
            FacetField::SourceCountry => facets.source_country,
            FacetField::Agency => facets.agency,
            FacetField::Site => facets.site,
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
