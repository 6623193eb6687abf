//! An expression in one place of the articles of one segment: which have it, how often, and what
//! its occurrences weigh.

use dateline_corpus::analysis::LEAD_WORDS;
use dateline_corpus::analysis::terms::{PARAGRAPH, SENTENCE};
use dateline_corpus::schema::Fields;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader};

use super::candidates::Candidates;
use super::expr::{Expr, Place, Within};
use super::occurrences::{Finder, Positions};
use super::postings::UnionPostings;
use crate::rank::{self, TextWorth};

/// Reading the positions of a word costs as much as this many documents of its postings.
const POSITIONS_COST: u64 = 10;

/// The fields that text stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextFields {
    pub(crate) title: Field,
    pub(crate) lead: Field,
    pub(crate) body: Field,
}

/// Walks the articles that may have an expression in a place.
pub(super) struct InPlace {
    place: Place,
    candidates: Candidates,
    postings: Postings,
    /// `None` for a single word: all candidates have it, and their counts are in the postings.
    finder: Option<Finder>,
    scoring: Option<Scoring>,
    /// Occurrences in the article that was asked for last.
    count: u32,
    /// Those of them in the lead of the body, and those in exactly the preferred form.
    in_lead: u32,
    exact: u32,
}

/// The postings of the words of an expression and of the bounds of sentences.
struct Postings {
    /// What candidates are found by.
    words: Vec<UnionPostings>,
    /// Where positions are read when `words` have none.
    positioned: Option<Vec<UnionPostings>>,
    /// Positions from here on count for nothing.
    end: u32,
    sentences: UnionPostings,
    paragraphs: UnionPostings,
    doc: DocId,
}

struct Scoring {
    worth: rank::PlaceWorth,
    norms: FieldNormReader,
    /// The same in exactly the preferred form.
    exact: Option<Box<InPlace>>,
    /// The lead, for a single word in the body.
    lead: Option<UnionPostings>,
}

impl InPlace {
    pub(super) fn open(
        expr: &Expr,
        place: Place,
        fields: TextFields,
        worth: Option<&TextWorth>,
        reader: &SegmentReader,
    ) -> tantivy::Result<InPlace> {
        let mut postings = Postings::open(expr, place, fields, reader)?;
        let cost = |word: usize| u64::from(postings.words[word].size_hint());
        let finder = match expr {
            Expr::Word(_) => None,
            _ => Some(Finder::new(expr, &cost)),
        };
        let candidates = Candidates::new(expr, &mut postings.words);
        let scoring = match worth {
            Some(worth) => Some(Scoring::open(expr, place, fields, worth, reader)?),
            None => None,
        };
        Ok(InPlace {
            place,
            candidates,
            postings,
            finder,
            scoring,
            count: 0,
            in_lead: 0,
            exact: 0,
        })
    }

    /// The occurrences in the article that was weighed last, in words.
    pub(super) fn told(&self) -> Option<String> {
        let place = match self.place {
            Place::Title => "title",
            Place::Lead => "lead",
            Place::Body => "body",
        };
        let some = |count: u32, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let lead = some(self.in_lead, "in its lead");
        let exact = some(self.exact, "in exactly this form");
        let details: Vec<String> = [lead, exact].into_iter().flatten().collect();
        let details = match details.is_empty() {
            true => String::new(),
            false => format!(" ({})", details.join(", ")),
        };
        let count = match self.finder {
            None if self.count > 0 => self.postings.words[0].term_freq(),
            _ => self.count,
        };
        (count > 0).then(|| format!("{count}× in the {place}{details}"))
    }

    /// Whether one of those stands in exactly the preferred form.
    pub(super) fn is_exact(&self) -> bool {
        self.exact > 0
    }

    /// The first article from `target` on that has the words.
    pub(super) fn candidate(&mut self, target: DocId) -> DocId {
        self.candidates.seek(target, &mut self.postings.words)
    }

    /// Number of candidates, about.
    pub(super) fn candidates(&self) -> u64 {
        self.candidates.cost(&self.postings.words)
    }

    /// What going through all candidates costs.
    pub(super) fn cost(&self) -> u64 {
        match self.finder {
            Some(_) => self.candidates() * POSITIONS_COST,
            None => self.candidates(),
        }
    }

    /// Whether an expression of several words is looked for.
    pub(super) fn is_composed(&self) -> bool {
        self.finder.is_some()
    }

    /// Occurrences in a document, which is not behind the current candidate; unless `in_full`,
    /// only whether there is one.
    pub(super) fn count(&mut self, doc: DocId, in_full: bool) -> u32 {
        self.count = if self.candidates.doc(&self.postings.words) != doc {
            0
        } else if let Some(finder) = &mut self.finder {
            self.postings.doc = doc;
            finder.find(&mut self.postings, !in_full).len() as u32
        } else if in_full {
            self.postings.words[0].term_freq()
        } else {
            1
        };
        self.count
    }

    /// What the occurrences in the document that was counted last weigh.
    pub(super) fn weigh(&mut self, doc: DocId) -> Score {
        (self.in_lead, self.exact) = (0, 0);
        let Some(scoring) = &mut self.scoring else {
            return 0.0;
        };
        if self.count == 0 {
            return 0.0;
        }
        let (weighed, in_lead) = match &self.finder {
            Some(_) if self.place == Place::Title => (self.count as Score, 0),
            Some(finder) => {
                let spans = finder.spans().iter();
                let in_lead = spans.filter(|span| span.last < LEAD_WORDS as u32).count();
                (self.count as Score, in_lead as u32)
            }
            None => {
                let lead = scoring.lead.as_mut();
                let in_lead = lead.map_or(0, |lead| lead.freq_in(doc));
                (self.postings.words[0].weighed_freq(), in_lead)
            }
        };
        let exact = scoring.exact.as_mut().map_or(0, |exact| {
            exact.candidate(doc);
            exact.count(doc, true)
        });
        let norm = scoring.norms.fieldnorm_id(doc);
        (self.in_lead, self.exact) = (in_lead, exact);
        scoring.worth.weigh(norm, weighed, in_lead)
    }
}

impl Postings {
    fn open(
        expr: &Expr,
        place: Place,
        fields: TextFields,
        reader: &SegmentReader,
    ) -> tantivy::Result<Postings> {
        let text = fields.of(place);
        let positions = IndexRecordOption::WithFreqsAndPositions;
        let open = |field, option| open_words(expr, field, option, reader);
        let single = matches!(expr, Expr::Word(_));
        let (words, positioned) = match place {
            Place::Lead if single => (open(fields.lead, IndexRecordOption::WithFreqs)?, None),
            Place::Lead => (
                open(fields.lead, IndexRecordOption::Basic)?,
                Some(open(text, positions)?),
            ),
            _ if single => (open(text, IndexRecordOption::WithFreqs)?, None),
            _ => (open(text, positions)?, None),
        };
        let bounds = |wanted: Within, terms: &[&str]| {
            let terms = terms.iter().map(|term| (*term, 1.0));
            let terms = terms.take_while(|_| expr.has_within(wanted));
            UnionPostings::open_in(reader, text, terms, positions)
        };
        Ok(Postings {
            words,
            positioned,
            end: match place {
                Place::Lead => LEAD_WORDS as u32,
                Place::Title | Place::Body => u32::MAX,
            },
            sentences: bounds(Within::Sentence, &[SENTENCE, PARAGRAPH])?,
            paragraphs: bounds(Within::Paragraph, &[PARAGRAPH])?,
            doc: 0,
        })
    }
}

/// The postings of each word of an expression.
fn open_words(
    expr: &Expr,
    field: Field,
    option: IndexRecordOption,
    reader: &SegmentReader,
) -> tantivy::Result<Vec<UnionPostings>> {
    let mut words = Vec::new();
    expr.each_word(&mut |word| {
        let terms = word.terms.iter();
        let terms = terms.map(|term| (term.term.as_str(), rank::class_weight(term.class)));
        words.push(UnionPostings::open_in(reader, field, terms, option));
    });
    words.into_iter().collect()
}

impl Positions for Postings {
    fn of_word(&mut self, word: usize, positions: &mut Vec<u32>) {
        let postings = match &mut self.positioned {
            Some(positioned) => &mut positioned[word],
            None => &mut self.words[word],
        };
        // A word that is no part of what makes the article a candidate may be elsewhere.
        if postings.reach(self.doc) == self.doc {
            postings.positions(positions);
            let end = positions.partition_point(|&position| position < self.end);
            positions.truncate(end);
        } else {
            positions.clear();
        }
    }

    fn of_starts(&mut self, unit: Within, positions: &mut Vec<u32>) {
        let postings = match unit {
            Within::Sentence => &mut self.sentences,
            _ => &mut self.paragraphs,
        };
        positions.clear();
        if postings.reach(self.doc) == self.doc {
            postings.positions(positions);
        }
    }
}

impl Scoring {
    fn open(
        expr: &Expr,
        place: Place,
        fields: TextFields,
        worth: &TextWorth,
        reader: &SegmentReader,
    ) -> tantivy::Result<Scoring> {
        let exact = match expr.preferred() {
            Some(expr) => Some(Box::new(InPlace::open(&expr, place, fields, None, reader)?)),
            None => None,
        };
        let lead = match (expr, place) {
            (Expr::Word(_), Place::Body) => {
                let option = IndexRecordOption::WithFreqs;
                open_words(expr, fields.lead, option, reader)?.pop()
            }
            _ => None,
        };
        Ok(Scoring {
            worth: worth.place(place),
            norms: reader.get_fieldnorms_reader(fields.of(place))?,
            exact,
            lead,
        })
    }
}

impl TextFields {
    pub(super) fn new(fields: &Fields) -> TextFields {
        TextFields {
            title: fields.title,
            lead: fields.lead,
            body: fields.body,
        }
    }

    /// Where the positions of a place are, and its length.
    pub(super) fn of(self, place: Place) -> Field {
        match place {
            Place::Title => self.title,
            Place::Lead | Place::Body => self.body,
        }
    }
}
