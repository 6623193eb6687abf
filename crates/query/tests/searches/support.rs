//! Builds small indices in memory from articles that a test describes.

use dateline_corpus::schema::{record_document, register_tokenizers, schema};
use dateline_corpus::{
    Analyser, Article, ArticleId, Cue, DateOrigin, Entity, EntityKind, Language, Mention, Origin,
    Part, Precision, Published, Record, StoredArticle,
};
use dateline_query::Searcher;
use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexWriter};

/// An article as a test describes it.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) language: &'static str,
    pub(crate) persons: Vec<String>,
    pub(crate) countries: Vec<String>,
    /// Whether it is about everyone it names.
    pub(crate) about: bool,
    /// People with what they are said to be.
    pub(crate) roles: Vec<(&'static str, &'static str)>,
    pub(crate) source: Option<String>,
    /// What the id is made of, as ingest makes it; the number when `None`.
    pub(crate) publisher_id: Option<&'static str>,
    /// Seconds since 1970.
    pub(crate) published: Option<i64>,
    /// How much of that is known.
    pub(crate) precision: Precision,
}

impl Sample {
    pub(crate) fn new(title: &str, body: &str) -> Sample {
        Sample {
            title: title.to_owned(),
            body: body.to_owned(),
            language: "en",
            persons: Vec::new(),
            countries: Vec::new(),
            about: false,
            roles: Vec::new(),
            source: None,
            publisher_id: None,
            published: None,
            precision: Precision::Day,
        }
    }

    pub(crate) fn persons(mut self, names: &[&str]) -> Sample {
        self.persons = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    pub(crate) fn countries(mut self, codes: &[&str]) -> Sample {
        self.countries = codes.iter().map(|code| (*code).to_owned()).collect();
        self
    }

    pub(crate) fn role(mut self, person: &'static str, role: &'static str) -> Sample {
        self.roles.push((person, role));
        self
    }

    pub(crate) fn source(mut self, source: &str) -> Sample {
        self.source = Some(source.to_owned());
        self
    }

    pub(crate) fn day(mut self, day: i64) -> Sample {
        self.published = Some(day * 86_400);
        self
    }

    /// The record of the article with this number.
    pub(crate) fn record(&self, number: usize) -> Record {
        let article = Article {
            id: match self.publisher_id {
                Some(id) => ArticleId::from_publisher(id),
                None => ArticleId::from_publisher(&format!("sample-{number}")),
            },
            title: self.title.clone(),
            title_derived: false,
            body: self.body.clone(),
            published: self.published.map(|seconds| Published {
                seconds,
                precision: self.precision,
                origin: DateOrigin::Field,
                zone_assumed: false,
                offset_minutes: None,
                order: None,
                doubt: None,
            }),
            source: self.source.clone(),
            url: None,
            site: None,
            agency: None,
            dateline: None,
            flaws: Vec::new(),
            replaced_characters: 0,
            authors: Vec::new(),
            language: Language::from_tag(self.language),
            section: None,
            origin: Origin {
                path: format!("/news/{number}.txt"),
                entry: None,
                record: None,
            },
        };
        let persons = self.persons.iter().map(|key| (EntityKind::Person, key));
        let countries = self.countries.iter().map(|key| (EntityKind::Country, key));
        let entities = persons.chain(countries);
        let entities = entities.map(|(kind, key)| self.entity(kind, key)).collect();
        let mut analyser = Analyser::new();
        let shared = article.clone();
        let analysed = analyser.analyse(&shared);
        Record::new(article, &analysed, entities, None)
    }

    fn entity(&self, kind: EntityKind, key: &str) -> Entity {
        let mentions = self.body.match_indices(key);
        Entity {
            kind,
            key: key.to_owned(),
            name: key.to_owned(),
            prominence: 0,
            about: self.about.then_some(0),
            roles: self
                .roles
                .iter()
                .filter(|(person, _)| *person == key)
                .map(|(_, role)| (*role).to_owned())
                .collect(),
            mentions: mentions
                .map(|(start, name)| Mention {
                    part: Part::Body,
                    start: start as u32,
                    end: (start + name.len()) as u32,
                    kind,
                    cue: Cue::Name,
                    country: None,
                })
                .collect(),
        }
    }
}

/// An index of the samples, spread over segments, without those that were deleted.
pub(crate) struct Built {
    pub(crate) index: Index,
    pub(crate) searcher: Searcher,
    /// What is in the index.
    pub(crate) stored: Vec<StoredArticle>,
}

/// Builds an index of at most `segments` segments; samples whose numbers are in `deleted` are
/// written first and then removed.
pub(crate) fn build(samples: &[Sample], segments: usize, deleted: &[usize]) -> Built {
    let records = samples.iter().enumerate();
    let records = records.map(|(number, sample)| sample.record(number));
    build_records(records.collect(), segments, deleted)
}

/// The same of records, which are told apart by their numbers.
pub(crate) fn build_records(records: Vec<Record>, segments: usize, deleted: &[usize]) -> Built {
    let (schema, fields) = schema();
    let index = Index::create_in_ram(schema);
    register_tokenizers(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let size = records.len().div_ceil(segments).max(1);
    for records in records.chunks(size) {
        for record in records {
            let document = record_document(record, &fields).unwrap();
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
    }
    let mut stored = Vec::new();
    for (number, record) in records.into_iter().enumerate() {
        if deleted.contains(&number) {
            writer.delete_term(fields.id_term(record.stored.article.id));
        } else {
            stored.push(record.stored);
        }
    }
    writer.commit().unwrap();
    drop(writer);
    Built {
        index: index.clone(),
        searcher: Searcher::from_index(&index).unwrap(),
        stored,
    }
}

impl Built {
    /// Makes one segment of all.
    pub(crate) fn merge(&self) {
        let segments = self.index.searchable_segment_ids().unwrap();
        if segments.is_empty() {
            return;
        }
        let mut writer: IndexWriter = self.index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.merge(&segments).wait().unwrap();
        writer.wait_merging_threads().unwrap();
        self.searcher.reload().unwrap();
    }
}
