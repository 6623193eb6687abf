//! What is known of an article that tells people of one name apart.

use dateline_corpus::CountryCode;
use dateline_corpus::schema::Fields;
use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::owner::Context;
use crate::QueryError;

/// The columns that tell articles apart.
pub(super) struct Facts<'a> {
    published: Option<Column<i64>>,
    first: Option<Column<i64>>,
    last: Option<Column<i64>>,
    source: Option<StrColumn>,
    role: Option<StrColumn>,
    roles: &'a FxHashMap<u64, (u32, String)>,
    country: Option<StrColumn>,
    /// The country of each ordinal.
    countries: Vec<Option<CountryCode>>,
}

impl<'a> Facts<'a> {
    /// Outlets are left out unless they are asked for: naming them takes long, and only corrections
    /// by hand tell articles apart by them.
    pub(super) fn open(
        reader: &SegmentReader,
        fields: &Fields,
        roles: &'a FxHashMap<u64, (u32, String)>,
        with_outlet: bool,
    ) -> Result<Facts<'a>, QueryError> {
        let fast = reader.fast_fields();
        let schema = reader.schema();
        let number = |field| fast.column_opt(schema.get_field_name(field));
        let text = |field| fast.str(schema.get_field_name(field));
        let country = text(fields.facets.country)?;
        let mut countries = Vec::new();
        if let Some(column) = &country {
            let io = |error: std::io::Error| QueryError::Index(error.into());
            let mut stream = column.dictionary().stream().map_err(io)?;
            while stream.advance() {
                countries.push(
                    std::str::from_utf8(stream.key())
                        .ok()
                        .and_then(CountryCode::new),
                );
            }
        }
        Ok(Facts {
            published: number(fields.published)?,
            first: number(fields.published_local)?,
            last: number(fields.published_local_last)?,
            source: match with_outlet {
                true => text(fields.facets.source)?,
                false => None,
            },
            role: text(fields.role)?,
            roles,
            country,
            countries,
        })
    }

    pub(super) fn published(&self, doc: DocId) -> Option<i64> {
        self.published.as_ref().and_then(|it| it.first(doc))
    }

    pub(super) fn countries(&self, doc: DocId) -> impl Iterator<Item = CountryCode> {
        let ordinals = self.country.iter().flat_map(move |it| it.term_ords(doc));
        ordinals.filter_map(|ordinal| self.countries[ordinal as usize])
    }

    pub(super) fn context(&self, doc: DocId, group: u32) -> Context {
        let number = |column: &Option<Column<i64>>| column.as_ref().and_then(|it| it.first(doc));
        let roles = self.role.iter().flat_map(|it| it.term_ords(doc));
        let roles = roles.filter_map(|ordinal| self.roles.get(&ordinal));
        let source = self.source.as_ref().and_then(|column| {
            let mut source = String::new();
            let ordinal = column.term_ords(doc).next()?;
            let known = column.ord_to_str(ordinal, &mut source).ok()?;
            known.then_some(source)
        });
        Context {
            published: self.published(doc),
            period: number(&self.first).zip(number(&self.last)),
            source,
            countries: self.countries(doc).collect(),
            roles: roles
                .filter(|(person, _)| *person == group)
                .map(|(_, role)| role.clone())
                .collect(),
        }
    }
}
