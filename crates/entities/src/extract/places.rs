//! Decides what the names of countries and cities mean, with the whole article as evidence.
//!
//! Most mean what the table says. The rules here are for those that can mean something else: a
//! language, a bird, a river, a US state, part of a company's name.

use dateline_corpus::CountryCode;
use rustc_hash::FxHashMap;

use super::pieces::{Reading, Style};
use crate::countries::{self, Sense};
use crate::gazetteer::Span;

/// What a span means in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) code: CountryCode,
    pub(super) sense: Sense,
}

/// What the article says about countries, before ambiguous names are decided.
pub(super) struct Evidence {
    /// How often each country is named, by the folded first word of the name.
    named: FxHashMap<(CountryCode, String), u32>,
    /// States and cities of the United States.
    us_places: u32,
}

impl Evidence {
    pub(super) fn of(readings: &[Reading<'_, '_>]) -> Evidence {
        let mut evidence = Evidence {
            named: FxHashMap::default(),
            us_places: 0,
        };
        for reading in readings {
            for span in &reading.spans {
                let Some((code, sense)) = span.country() else {
                    continue;
                };
                let form = reading.text.form(span.first);
                *evidence.named.entry((code, form.to_owned())).or_default() += 1;
                let us = code.as_str() == "US" && sense == Sense::Place;
                evidence.us_places += u32::from(us);
            }
        }
        evidence
    }

    /// Whether a country is named other than by a word.
    fn besides(&self, code: &'static str, form: &str) -> bool {
        countries::code(code).is_some_and(|code| {
            self.named
                .keys()
                .any(|(named, word)| *named == code && word != form)
        })
    }
}

/// What a span means; `None` when it means no country.
pub(super) fn decide(
    readings: &[Reading<'_, '_>],
    reading: &Reading<'_, '_>,
    span: &Span,
    evidence: &Evidence,
) -> Option<Decision> {
    let (code, sense) = span.country()?;
    let around = Around::new(reading, span);
    let form = reading.text.form(span.first);
    if is_dollar(reading, span)
        || sense != Sense::Metonym && is_label(reading, span, &around)
        || span.is_single() && is_pronoun(reading, span, &around)
        || sense == Sense::Demonym && is_language(reading, span, form, &around)
        || span.is_single() && is_common_noun(readings, reading, span, form, evidence)
    {
        return None;
    }
    let decision = Some(Decision { code, sense });
    if !span.is_single() {
        return decision;
    }
    let as_country = |code, sense| countries::code(code).map(|code| Decision { code, sense });
    match form {
        "georgia" if sense == Sense::Name && is_us_state(&around, evidence) => {
            as_country("US", Sense::Place)
        }
        "niger" if around.before == "the" && !evidence.besides("NE", form) => None,
        "congo" | "congolese" | "congolais" | "congoleno" | "congoles"
            if evidence.besides("CG", form) && !evidence.besides("CD", form) =>
        {
            as_country("CG", sense)
        }
        "korea" | "korean" | "koreans"
            if evidence.besides("KP", form) && !evidence.besides("KR", form) =>
        {
            as_country("KP", sense)
        }
        "dominican" | "dominicans" => {
            if [
                "friar", "friars", "priest", "order", "monk", "monks", "nun", "nuns", "sisters",
            ]
            .contains(&around.after)
            {
                return None;
            }
            let island = evidence.besides("DM", form) && !evidence.besides("DO", form);
            as_country(if island { "DM" } else { "DO" }, sense)
        }
        _ => decision,
    }
}

/// The words around a span, empty where the sentence ends or punctuation lies between.
struct Around<'r> {
    before: &'r str,
    after: &'r str,
    /// The word after begins with a capital.
    after_capitalised: bool,
    after_commercial: bool,
    /// The span opens its sentence.
    opens: bool,
    style: Style,
}

impl<'r> Around<'r> {
    fn new(reading: &'r Reading<'_, '_>, span: &Span) -> Around<'r> {
        let text = reading.text;
        let sentence = text
            .sentences
            .partition_point(|s| s.end as usize <= span.first);
        let bounds = text
            .sentences
            .get(sentence)
            .map_or((0, 0), |s| (s.first as usize, s.end as usize));
        let joined = |token: usize| matches!(text.gap_before(token), " " | "-" | "‑" | "\u{A0}");
        let before =
            (span.first > bounds.0 && joined(span.first)).then(|| text.form(span.first - 1));
        let has_after = span.end < bounds.1 && joined(span.end);
        let capitals = (bounds.0..bounds.1).all(|token| !text.tokens[token].shape.is_lowercase());
        Around {
            before: before.unwrap_or_default(),
            after: if has_after { text.form(span.end) } else { "" },
            after_capitalised: has_after && reading.is_capitalised(span.end),
            after_commercial: has_after && reading.classes(span.end).is_commercial(),
            opens: span.first == bounds.0,
            style: if capitals {
                Style::Capitals
            } else {
                Style::Normal
            },
        }
    }
}

/// `US$`.
fn is_dollar(reading: &Reading<'_, '_>, span: &Span) -> bool {
    reading.text.gap_before(span.end).starts_with('$')
}

/// `China Daily`, `Air France`, `University of Texas`: part of the name of a company, a paper, a
/// university. Public bodies are their country's.
fn is_label(reading: &Reading<'_, '_>, span: &Span, around: &Around<'_>) -> bool {
    if around.after_capitalised && around.after_commercial {
        return true;
    }
    let commercial = |token: usize| {
        reading.is_capitalised(token)
            && reading.classes(token).is_commercial()
            && !reading.text.tokens[token].shape.is_possessive()
    };
    let first = span.first;
    let named_of = first >= 2
        && matches!(around.before, "of" | "de" | "du" | "di" | "von")
        && reading.text.gap_before(first - 1) == " "
        && commercial(first - 2);
    // The central bank, the national bank and the state's university speak for the country.
    let public = first >= 3
        && ["central", "national", "reserve", "federal", "state"]
            .contains(&reading.text.form(first - 3));
    named_of && !public || around.before == "air" && commercial(first - 1)
}

/// `GIVE US BACK`: in a line of capitals the pronoun looks like the country.
fn is_pronoun(reading: &Reading<'_, '_>, span: &Span, around: &Around<'_>) -> bool {
    const GOVERNING: &[&str] = &[
        "of", "to", "for", "with", "give", "gave", "tell", "told", "let", "help", "join", "about",
        "among", "show", "make", "made", "contact", "follow", "between", "all", "both",
    ];
    reading.text.raw(span.first) == "US"
        && around.style == Style::Capitals
        && GOVERNING.contains(&around.before)
}

/// Words before the name of a language.
const LANGUAGE_CUES: &[&str] = &[
    "in",
    "into",
    "speak",
    "speaks",
    "speaking",
    "spoke",
    "spoken",
    "learn",
    "learned",
    "learning",
    "fluent",
    "teach",
    "teaches",
    "taught",
    "broken",
    "understand",
    "understands",
    "en",
    "em",
    "auf",
    "al",
    "do",
    "au",
    "habla",
    "hablan",
    "parle",
    "parlent",
    "fala",
    "falam",
    "spricht",
    "sprechen",
    "parla",
    "ins",
];
/// Words after the name of a language.
const LANGUAGE_NOUNS: &[&str] = &[
    "language",
    "languages",
    "speaking",
    "speaker",
    "speakers",
    "lesson",
    "lessons",
    "translation",
    "translations",
    "translator",
    "interpreter",
    "subtitles",
    "dictionary",
    "proficiency",
    "literature",
    "grammar",
];
/// Demonyms that name languages, too. `American` or `Colombian` is none.
const LANGUAGES: &[&str] = &[
    "english",
    "french",
    "spanish",
    "german",
    "portuguese",
    "italian",
    "dutch",
    "russian",
    "chinese",
    "japanese",
    "korean",
    "greek",
    "turkish",
    "polish",
    "swedish",
    "danish",
    "norwegian",
    "finnish",
    "hungarian",
    "czech",
    "romanian",
    "bulgarian",
    "ukrainian",
    "vietnamese",
    "thai",
    "persian",
    "welsh",
    "irish",
    "georgian",
    "armenian",
    "somali",
    "malay",
    "nepali",
    "icelandic",
    "albanian",
    "serbian",
    "croatian",
    "slovak",
    "lithuanian",
    "latvian",
    "estonian",
    "indonesian",
    "burmese",
    "maltese",
    "ingles",
    "frances",
    "espanol",
    "aleman",
    "portugues",
    "italiano",
    "ruso",
    "chino",
    "japones",
    "anglais",
    "francais",
    "espagnol",
    "allemand",
    "portugais",
    "italien",
    "russe",
    "chinois",
    "japonais",
    "frances",
    "espanhol",
    "alemao",
    "russo",
    "deutsch",
    "englisch",
    "franzosisch",
    "spanisch",
    "portugiesisch",
    "italienisch",
    "russisch",
    "chinesisch",
    "turkisch",
    "inglese",
    "francese",
    "spagnolo",
    "tedesco",
    "portoghese",
    "engels",
    "frans",
    "duits",
    "spaans",
];

/// `in French`, `speaks Spanish`, `English-speaking`.
fn is_language(reading: &Reading<'_, '_>, span: &Span, form: &str, around: &Around<'_>) -> bool {
    if !LANGUAGES.contains(&form) {
        return false;
    }
    if LANGUAGE_NOUNS.contains(&around.after) {
        return true;
    }
    let ends = around.after.is_empty()
        || around.after == "and"
        || reading.classes(span.end).is_function() && !around.after_capitalised;
    // `Spanish and English`: the second goes with the first.
    let listed = matches!(around.before, "and" | "or")
        && span.first >= 2
        && LANGUAGES.contains(&reading.text.form(span.first - 2))
        && reading.text.gap_before(span.first - 1) == " ";
    (LANGUAGE_CUES.contains(&around.before) || listed) && ends
}

/// Names that are nouns in lower case; the article's own lower-case use tells that the capital is
/// the sentence's or the headline's.
const COMMON_NOUNS: &[&str] = &[
    "turkey",
    "china",
    "chad",
    "guinea",
    "jersey",
    "bath",
    "nice",
    "split",
    "cork",
    "reading",
    "buffalo",
    "phoenix",
    "hull",
    "essen",
    "derby",
    "kiwi",
    "kiwis",
    "pole",
    "poles",
    "polish",
    "beehive",
    "capitol",
    "mobile",
    "cali",
    "java",
    "orlando",
    "split",
    "queens",
    "providence",
    "rio",
    "salvador",
    "palma",
    "como",
    "vienna",
    "lima",
    "santos",
    "minas",
    "planalto",
    "sucre",
    "loja",
    "manta",
    "bari",
    "este",
    "iren",
    "lette",
    "pasto",
    "lae",
    "sousse",
    "nantes",
];

/// `Turkey prices rose`, where turkeys are sold.
fn is_common_noun(
    readings: &[Reading<'_, '_>],
    reading: &Reading<'_, '_>,
    span: &Span,
    form: &str,
    evidence: &Evidence,
) -> bool {
    if !COMMON_NOUNS.contains(&form) || !reading.is_capitalised(span.first) {
        return false;
    }
    let Some((code, _)) = span.country() else {
        return false;
    };
    let elsewhere = evidence
        .named
        .keys()
        .any(|(named, word)| *named == code && word != form);
    let lower = readings.iter().any(|reading| {
        (0..reading.text.tokens.len()).any(|token| {
            reading.text.tokens[token].shape.is_lowercase() && reading.text.form(token) == form
        })
    });
    lower && !(elsewhere && !Around::new(reading, span).opens)
}

/// Words after `Georgia` when it is the US state.
const STATE_CUES: &[&str] = &[
    "governor",
    "gov",
    "secretary",
    "republican",
    "republicans",
    "democrat",
    "democrats",
    "voter",
    "voters",
    "senate",
    "house",
    "legislature",
    "lawmakers",
    "rep",
    "sen",
    "senator",
    "congresswoman",
    "congressman",
    "county",
    "peach",
    "peaches",
    "runoff",
    "law",
];

fn is_us_state(around: &Around<'_>, evidence: &Evidence) -> bool {
    if evidence.besides("GE", "georgia") {
        return false;
    }
    evidence.us_places > 0 || STATE_CUES.contains(&around.after)
}
