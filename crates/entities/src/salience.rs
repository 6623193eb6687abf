//! What an article is about, as against what it names: how prominent each entity is, and which
//! countries and people the article turns on.
//!
//! Every mention has a weight by its cue and its place; an entity's score is their sum. News says
//! what it is about in the headline and the first sentence, and agencies write the place they
//! report from before it. The weights were tuned on the even-numbered articles of the Reuters
//! collection of 1987, whose editors marked the countries of each article, and measured on the
//! odd ones; `data/README.md` has the figures.
//!
//! Where the mentions are, and whose they are, is not decided here.

use dateline_corpus::analysis::Text;
use dateline_corpus::{Analysed, Cue, Entity, EntityKind, Mention, Part};

/// A mention in the title counts as much as this many late in the body.
const TITLE_WEIGHT: f32 = 5.0;
/// The same for one in the lead.
const LEAD_WEIGHT: f32 = 2.0;
/// The words of the body that are its lead here: the first sentence, as agencies write it.
const LEAD_WORDS: usize = 30;
/// What the country of a dateline scores by it: enough to be kept beside a country of the title.
const DATELINE_WEIGHT: f32 = 8.0;
/// `200 million Australian dollars`: a currency says little of its country.
const CURRENCY_WEIGHT: f32 = 0.1;
/// A country is kept with this share of the highest score.
const SHARE_MIN: f32 = 0.3;
/// What a country needs at most besides, in an article of no length: a long list in a dateline's
/// shadow is still what the article is about.
const ENOUGH: f32 = 2.0;
/// The longer the article, the more it takes: one point for so many words.
const ENOUGH_WORDS: f32 = 200.0;
/// Less is a passing mention: one in the body behind the lead.
const SCORE_MIN: f32 = 1.4;
/// The first of all countries is kept for less, but not for a currency or the name of a firm.
const FIRST_SCORE_MIN: f32 = 0.5;
/// A person needs the title, the lead, or several mentions.
const PERSON_SCORE_MIN: f32 = 2.0;

/// Fills in [`Entity::prominence`] and [`Entity::about`].
///
/// Prominence is the entity's score as a percentage of the highest score of its kind, rounded, 1
/// at least. Only countries and people are what an article can be about.
pub(crate) fn weigh(analysed: &Analysed<'_>, entities: &mut [Entity]) {
    let scale = Scale::new(analysed, entities);
    let mut scores: Vec<f32> = Vec::with_capacity(entities.len());
    let mut highest = [0.0_f32; 4];
    for entity in entities.iter() {
        let score = scale.score(entity);
        let highest = &mut highest[entity.kind as usize];
        *highest = highest.max(score);
        scores.push(score);
    }
    let words = (analysed.title.tokens.len() + analysed.body.tokens.len()) as f32;
    for (entity, score) in entities.iter_mut().zip(scores) {
        let top = highest[entity.kind as usize].max(f32::MIN_POSITIVE);
        entity.prominence = (100.0 * score / top).round().clamp(1.0, 100.0) as u8;
        let is_about = match entity.kind {
            EntityKind::Country => {
                let enough = (SHARE_MIN * top).min(ENOUGH + words / ENOUGH_WORDS);
                score >= enough.max(SCORE_MIN) || score == top && score >= FIRST_SCORE_MIN
            }
            EntityKind::Person => score >= (SHARE_MIN * top).max(PERSON_SCORE_MIN),
            EntityKind::Organisation | EntityKind::Place => false,
        };
        entity.about = is_about.then(|| scale.best(entity)).flatten();
    }
}

/// What weighs the mentions of one article.
struct Scale<'a, 't> {
    analysed: &'a Analysed<'t>,
    /// First byte of the mention that a dateline opens with.
    dateline: Option<u32>,
}

impl<'a, 't> Scale<'a, 't> {
    fn new(analysed: &'a Analysed<'t>, entities: &[Entity]) -> Scale<'a, 't> {
        let countries = entities.iter().filter(|e| e.kind == EntityKind::Country);
        let mentions = countries.flat_map(|country| &country.mentions);
        let first = mentions
            .filter(|mention| mention.part == Part::Body)
            .min_by_key(|mention| mention.start);
        Scale {
            analysed,
            dateline: first
                .filter(|mention| is_dateline(&analysed.body, mention))
                .map(|mention| mention.start),
        }
    }

    fn score(&self, entity: &Entity) -> f32 {
        let mentions = entity.mentions.iter();
        let dateline = entity.kind == EntityKind::Country
            && mentions.clone().any(|mention| self.is_dateline(mention));
        let score: f32 = mentions
            .filter(|mention| !(dateline && self.is_dateline(mention)))
            .map(|mention| self.weight(mention))
            .sum();
        score + if dateline { DATELINE_WEIGHT } else { 0.0 }
    }

    /// The mention that shows best that the article is about the entity: the first of the
    /// heaviest, where a dateline weighs no more than any place.
    fn best(&self, entity: &Entity) -> Option<u32> {
        let mut best: Option<(f32, usize)> = None;
        for (at, mention) in entity.mentions.iter().enumerate() {
            let weight = match self.is_dateline(mention) {
                true => 0.0,
                false => self.weight(mention),
            };
            if best.is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((weight, at));
            }
        }
        best.and_then(|(_, at)| u32::try_from(at).ok())
    }

    fn is_dateline(&self, mention: &Mention) -> bool {
        mention.part == Part::Body && self.dateline == Some(mention.start)
    }

    fn weight(&self, mention: &Mention) -> f32 {
        let text = self.analysed.part(mention.part);
        let token = first_token(text, mention);
        let place = match mention.part {
            Part::Title => TITLE_WEIGHT,
            Part::Body if token < LEAD_WORDS => LEAD_WEIGHT,
            Part::Body => 1.0,
        };
        if mention.kind != EntityKind::Country {
            return place;
        }
        let cue = match mention.cue {
            Cue::Name | Cue::Demonym if is_currency(text, mention, token) => CURRENCY_WEIGHT,
            Cue::Name => 1.0,
            Cue::Demonym => 0.8,
            Cue::Place => 0.5,
            Cue::Metonym => 0.4,
            Cue::Organisation => 0.2,
        };
        cue * place
    }
}

fn first_token(text: &Text<'_>, mention: &Mention) -> usize {
    text.tokens
        .partition_point(|token| token.start < mention.start)
}

/// Names of currencies, folded, in the languages of the country table.
const CURRENCIES: &[&str] = &[
    "dollar",
    "dollars",
    "dlr",
    "dlrs",
    "franc",
    "francs",
    "franco",
    "francos",
    "franken",
    "mark",
    "marks",
    "peso",
    "pesos",
    "pound",
    "pounds",
    "libra",
    "libras",
    "yen",
    "yuan",
    "won",
    "rupee",
    "rupees",
    "rupia",
    "rupias",
    "lira",
    "liras",
    "lire",
    "krone",
    "kroner",
    "krona",
    "kronor",
    "crown",
    "crowns",
    "guilder",
    "guilders",
    "rand",
    "dinar",
    "dinars",
    "dirham",
    "dirhams",
    "riyal",
    "riyals",
    "rial",
    "rials",
    "rouble",
    "roubles",
    "ruble",
    "rubles",
    "rublo",
    "rublos",
    "rubel",
    "zloty",
    "forint",
    "shekel",
    "shekels",
    "dolar",
    "dolares",
    "dollari",
    "real",
    "reais",
    "bolivar",
    "bolivares",
];

/// `Australian dollars`, `pesos colombianos`.
fn is_currency(text: &Text<'_>, mention: &Mention, first: usize) -> bool {
    let end = text
        .tokens
        .partition_point(|token| token.start < mention.end);
    let currency = |token: usize| CURRENCIES.contains(&text.form(token));
    let after =
        end < text.tokens.len() && matches!(text.gap_before(end), " " | "-") && currency(end);
    let before = mention.cue == Cue::Demonym
        && first > 0
        && text.gap_before(first) == " "
        && currency(first - 1);
    after || before
}

/// A dateline's place is among its first words: `KHAN YOUNIS, Gaza Strip —`.
const DATELINE_FIRST_TOKENS: usize = 4;
/// Date and agency stand between its place and its dash.
const DATELINE_TOKENS: usize = 12;

/// Whether the body opens with a dateline that names a place: `BOGOTÁ, Feb 3 (Reuters) -`. The
/// place is in capitals, or an agency stands in brackets, or nothing but capitalised words and
/// numbers come before the dash.
fn is_dateline(body: &Text<'_>, mention: &Mention) -> bool {
    let first = first_token(body, mention);
    if first >= DATELINE_FIRST_TOKENS {
        return false;
    }
    let limit = body.tokens.len().min(first + DATELINE_TOKENS);
    let is_dash = |gap: &str| {
        let gap = gap.trim_end_matches('\u{A0}');
        gap.contains(['—', '–']) && gap.contains(' ')
            || [" - ", " -\n", ".- ", " -- "]
                .iter()
                .any(|dash| gap.contains(dash))
    };
    let Some(dash) = (first + 1..limit).find(|&token| is_dash(body.gap_before(token))) else {
        return false;
    };
    let tokens = 0..dash;
    tokens
        .clone()
        .take(first + 1)
        .all(|token| body.tokens[token].shape.is_uppercase())
        || tokens
            .clone()
            .any(|token| body.gap_before(token).contains('('))
        || tokens.clone().all(|token| {
            let shape = body.tokens[token].shape;
            shape.is_capitalised() || shape.has_digit()
        })
}
