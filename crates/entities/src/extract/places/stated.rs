//! The country that the article itself says a city lies in: `Birmingham, Alabama`, `Granada in
//! Nicaragua`. What a name means without that is decided in [`super`].

use dateline_corpus::CountryCode;
use rustc_hash::FxHashMap;

use super::{Around, Decision, Evidence, decide_word, hash};
use crate::countries::Sense;
use crate::extract::reading::Reading;
use crate::gazetteer::{self, Span};

/// Cities by their first word, as its hash, with the country that is stated of them; nothing where
/// the article states two.
pub(super) type Cities = FxHashMap<u64, Option<CountryCode>>;

/// What an article states of its cities.
pub(super) fn cities(readings: &[Reading<'_>], evidence: &Evidence) -> Cities {
    let mut cities = Cities::default();
    for reading in readings {
        for span in reading.spans.iter().filter(|span| is_city(span)) {
            let Some(code) = beside(reading, span, evidence) else {
                continue;
            };
            let known = cities.entry(key(reading, span)).or_insert(Some(code));
            *known = known.filter(|known| *known == code);
        }
    }
    cities
}

/// The country that a city lies in by what stands beside it, here or, where nothing speaks for the
/// one that the table has it in, elsewhere in the article.
pub(super) fn country(
    reading: &Reading<'_>,
    city: &Span,
    evidence: &Evidence,
) -> Option<CountryCode> {
    beside(reading, city, evidence).or_else(|| {
        let form = reading.text.form(city.first);
        let (usual, _) = city.country()?;
        let stated = *evidence.cities.get(&key(reading, city))?;
        stated.filter(|_| !evidence.besides(usual, form))
    })
}

fn is_city(span: &Span) -> bool {
    span.country()
        .is_some_and(|(_, sense)| sense == Sense::Place)
}

fn key(reading: &Reading<'_>, city: &Span) -> u64 {
    hash(reading.text.form(city.first))
}

/// The country of the state or country that stands right behind a city.
fn beside(reading: &Reading<'_>, city: &Span, evidence: &Evidence) -> Option<CountryCode> {
    let text = reading.text;
    // `Hyderabad in Pakistan`
    let inside = city.end < text.tokens.len() && text.form(city.end) == "in";
    let stated = reading.span_at(city.end + usize::from(inside))?;
    let (code, sense) = stated.country()?;
    let comma = text.gap_before(stated.first) == ", ";
    let joined = comma || text.gap_before(stated.first) == " ";
    // `Vancouver, Washington`: the capital is nobody's state.
    let state = comma && stated.is_single() && text.form(stated.first) == "washington";
    if !joined || !(state || matches!(sense, Sense::Name | Sense::Region)) {
        return None;
    }
    let decision = match stated.is_single() {
        true => decide_word(reading, stated, evidence, &Around::new(reading, stated))?,
        false => Decision { code, sense },
    };
    let is_possessive = text.tokens[stated.end - 1].shape.is_possessive();
    let known = gazetteer::is_in(text, city, decision.code);
    let is_stated = match comma && !inside {
        true if state => !is_possessive && is_apposition(reading, stated),
        true => {
            sense == Sense::Region
                || known
                || !is_possessive
                    && (decision.sense == Sense::Region || is_apposition(reading, stated))
        }
        false => known && !is_possessive,
    };
    is_stated.then_some(decision.code)
}

/// Whether a country behind a city that the table knows elsewhere only says where the city lies:
/// in `In Paris, Germany’s chancellor …` and `In Geneva, Ukraine said …` it begins the clause, in
/// `In Beijing, Russia, India and Brazil agreed` a list.
fn is_apposition(reading: &Reading<'_>, stated: &Span) -> bool {
    let after = reading.text.gap_before(stated.end);
    let ends = reading.sentence(stated.first) != reading.sentence(stated.end);
    let next = reading.span_at(stated.end).and_then(Span::country);
    ends || after.starts_with([',', ';', ':', ')']) && next.is_none()
}
