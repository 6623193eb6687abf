//! What a person's name is in the stretch that the tagger took for one: without what stands before
//! and behind it, without groups and things. One name at a time; the article is not asked.

use dateline_corpus::Language;

use super::Name;
use crate::countries::Sense;
use crate::extract::reading::Reading;
use crate::gazetteer::Span;
use crate::people;

/// Cuts what is no part of a person's name off its ends, and takes couples apart:
/// `Renzo y Silvia Cattaruzza`.
pub(super) fn take_apart(reading: &Reading<'_>, mut name: Name, names: &mut Vec<Name>) {
    const CONJUNCTIONS: &[&str] = &["and", "y", "e", "et", "und", "en"];
    let conjunction = (name.first + 1..name.end.saturating_sub(1)).find(|&token| {
        reading.text.tokens[token].shape.is_lowercase()
            && CONJUNCTIONS.contains(&reading.text.form(token))
    });
    if let Some(conjunction) = conjunction {
        let end = conjunction;
        names.push(Name { end, ..name });
        name.first = conjunction + 1;
    }
    name.first = beginning(reading, &name);
    let title = |at: usize| people::keeps_title(reading.text.form(at), reading.text.form(at + 1));
    if name.first > 0 && reading.is_capitalised(name.first - 1) && title(name.first - 1) {
        name.first -= 1;
    }
    name.end = ending(reading, &name);
    if name.first < name.end && !is_no_one(reading, &name) {
        names.push(name);
    }
}

/// Where a person's name begins: behind words in lower case that are no particles, behind a
/// French `M.`, and in German behind the trade.
fn beginning(reading: &Reading<'_>, name: &Name) -> usize {
    let Name { mut first, end, .. } = *name;
    while first + 1 < end
        && reading.text.tokens[first].shape.is_lowercase()
        && !reading.classes(first).is_particle()
    {
        first += 1;
    }
    let language = reading.language;
    let monsieur = language == Language::FRENCH
        && reading.text.form(first) == "m"
        && first + 1 < end
        && reading.text.gap_before(first + 1).starts_with('.');
    // A question in a transcript: `Q John, what …`
    let question = reading.text.raw(first) == "Q"
        && first + 1 < end
        && reading.text.gap_before(first + 1) == " ";
    // `Frenchman Sébastien Delaunay`
    let demonym = first + 2 < end
        && reading
            .span_at(first)
            .is_some_and(|span| span.is_single() && is_demonym(span));
    if monsieur || question || demonym {
        return first + 1;
    }
    if language == Language::GERMAN {
        while first + 1 < end && reading.classes(first).is_function() {
            first += 1;
        }
        let given = (first..end - 1).find(|&token| reading.classes(token).is_given());
        return given.unwrap_or(first + usize::from(opens_with_trade(reading, first, end)));
    }
    first
}

fn is_demonym(span: &Span) -> bool {
    let sense = span.country().map(|(_, sense)| sense);
    sense == Some(Sense::Demonym)
}

/// `der Winzer Otar Kwarelidse`: an article, a trade, and two or three names in a row.
fn opens_with_trade(reading: &Reading<'_>, first: usize, end: usize) -> bool {
    const ARTICLES: &[&str] = &["der", "die", "den", "dem", "des", "ein", "eine"];
    const ENDINGS: &[&str] = &[
        "er", "erin", "ist", "istin", "ent", "ant", "or", "mann", "frau",
    ];
    let trade = reading.text.form(first);
    first > 0
        && (3..=4).contains(&(end - first))
        && ARTICLES.contains(&reading.text.form(first - 1))
        && ENDINGS.iter().any(|ending| trade.ends_with(ending))
}

/// Where a person's name ends: behind a suffix, before a particle that leads to nothing, behind the second
/// syllable of `Moon Jae-in`.
fn ending(reading: &Reading<'_>, name: &Name) -> usize {
    let Name { first, mut end, .. } = *name;
    // `Joseph Biden Jr. Approves`
    let suffix = (first + 2..end).find(|&token| reading.classes(token).is_suffix());
    if let Some(suffix) = suffix {
        return suffix + 1;
    }
    while end > first + 1
        && reading.text.tokens[end - 1].shape.is_lowercase()
        && reading.classes(end - 1).is_particle()
    {
        end -= 1;
    }
    // The next line of a list: `Henry Putman⏎Professor`.
    while end > first + 2
        && reading.classes(end - 1).is_rank()
        && !reading.classes(end - 1).is_surname()
    {
        end -= 1;
    }
    let syllable = end > first + 1
        && end < reading.text.tokens.len()
        && reading.text.gap_before(end) == "-"
        && reading.text.tokens[end].shape.is_lowercase()
        && !reading.classes(end).is_no_name();
    end + usize::from(syllable)
}

/// Whether a name is a group's, an adjective's or, in German, that of a thing.
fn is_no_one(reading: &Reading<'_>, name: &Name) -> bool {
    let classes = |token: usize| reading.classes(token);
    let tokens = name.first..name.end;
    // `Los Halcones del Sur`
    let group = matches!(reading.text.form(name.first), "los" | "las" | "les" | "the")
        && reading.text.tokens[name.first].shape.is_capitalised()
        && tokens.len() > 1;
    let adjective = tokens.len() == 1 && classes(name.first).is_affiliation();
    let words = tokens.len() > 1
        && !tokens.clone().any(|token| classes(token).is_given())
        && classes(name.end - 1).is_no_name()
        && !classes(name.end - 1).is_surname();
    let thing = reading.language == Language::GERMAN
        && !tokens
            .clone()
            .any(|token| classes(token).is_given() || classes(token).is_surname())
        && (name.first == 0 || !classes(name.first - 1).is_rank())
        && (name.first < 2 || !opens_with_trade(reading, name.first - 1, name.end));
    // `homologue de Brazzaville`, `ministra de Defensa`
    let origin = reading.text.tokens[name.first].shape.is_lowercase()
        && (name.first > 0 && classes(name.first - 1).is_rank()
            || reading
                .span_at(name.first + 1)
                .is_some_and(|span| span.end == name.end));
    // `President`, `God`
    let word = tokens.len() == 1
        && (classes(name.first).is_rank() || classes(name.first).is_function())
        && !classes(name.first).is_surname()
        && !classes(name.first).is_given();
    group || adjective || word || words || thing || origin
}
