//! The index as it is at one moment: what a search reads, and the directory of its values.

use std::sync::{Arc, Mutex, PoisonError};

use dateline_corpus::Language;
use dateline_corpus::analysis::{self, terms};
use dateline_corpus::schema::{DocumentKind, Fields};
use dateline_entities::aliases::Aliases;
use rustc_hash::FxHashMap;
use tantivy::collector::DocSetCollector;
use tantivy::columnar::Column;
use tantivy::schema::Field;
use tantivy::{DocAddress, SegmentReader, Term};

use crate::collect::Pool;
use crate::directory::{FacetValues, Finds, Source};
use crate::matching::TextQuery;
use crate::matching::expr::{Class, Expr, Phrase, PhraseWord, Word};
use crate::{FacetField, QueryError};

pub(crate) struct Snapshot {
    pub(crate) searcher: tantivy::Searcher,
    pub(crate) fields: Fields,
    /// The corrections that were made by hand.
    pub(crate) aliases: Arc<Aliases>,
    /// Languages that articles are in: a query's words are stemmed in each of them.
    pub(crate) languages: Vec<Language>,
    /// Of each segment.
    pub(crate) sort_columns: Vec<SortColumns>,
    /// Arrays to count in.
    pub(crate) pool: Pool,
    /// Values of the fields that were asked for so far.
    directory: Mutex<FxHashMap<FacetField, Arc<FacetValues>>>,
}

/// What the hits of a segment are sorted by, besides their scores; `None` where no article has it.
#[derive(Clone)]
pub(crate) struct SortColumns {
    /// When they were published, in seconds since 1970.
    pub(crate) published: Option<Column<i64>>,
    /// The hashes of what they say.
    pub(crate) content: Option<Column<u64>>,
}

impl SortColumns {
    fn open(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<SortColumns> {
        let name = |field| reader.schema().get_field_name(field);
        let fast = reader.fast_fields();
        Ok(SortColumns {
            published: fast.column_opt(name(fields.published))?,
            content: fast.column_opt(name(fields.content))?,
        })
    }
}

impl Snapshot {
    pub(crate) fn new(
        searcher: tantivy::Searcher,
        fields: Fields,
        aliases: Arc<Aliases>,
    ) -> Result<Snapshot, QueryError> {
        let readers = searcher.segment_readers().iter();
        let sort_columns = readers.map(|reader| SortColumns::open(reader, &fields));
        let mut snapshot = Snapshot {
            sort_columns: sort_columns.collect::<tantivy::Result<_>>()?,
            searcher,
            fields,
            aliases,
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
        let source = Source {
            searcher,
            fields: &self.fields,
            name: searcher.schema().get_field_name(self.facet_field(field)),
            aliases: &self.aliases,
            find: &|name| self.standing(name),
        };
        // What an article is about is some of what it names.
        let whole = match field {
            FacetField::AboutPerson => Some(self.values(FacetField::Person)?),
            FacetField::About => Some(self.values(FacetField::Country)?),
            _ => None,
        };
        let values = Arc::new(match whole {
            Some(whole) => FacetValues::read_subset(&source, field, &whole)?,
            None => FacetValues::read(&source, field)?,
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

    /// What finds the articles with one of some entries of a field.
    pub(crate) fn finds(&self, field: FacetField, values: &FacetValues, entries: &[u32]) -> Finds {
        let listed = values.listed(&self.searcher, entries);
        Finds {
            terms: self.terms(field, values, entries),
            listed: listed.into_iter().collect(),
        }
    }

    /// The terms of the values that always mean one of some entries.
    pub(crate) fn terms(
        &self,
        field: FacetField,
        values: &FacetValues,
        entries: &[u32],
    ) -> Vec<Term> {
        let handle = self.facet_field(field);
        let plain = entries.iter().flat_map(|&entry| values.plain_values(entry));
        plain
            .map(|value| Term::from_field_text(handle, value))
            .collect()
    }

    /// The articles in which words stand in exactly this order.
    fn standing(&self, name: &str) -> Result<Vec<DocAddress>, QueryError> {
        let words = analysis::words(name).into_iter();
        let words = words.map(|(_, _, form)| PhraseWord {
            gap: 0,
            word: Word::of(terms::exact(&form, &self.languages), Class::Exact),
        });
        let phrase = Phrase {
            words: words.collect(),
            slop: 0,
        };
        let query = TextQuery::new(Expr::Phrase(phrase), &self.fields);
        let found = self.searcher.search(&query, &DocSetCollector)?;
        Ok(found.into_iter().collect())
    }
}
