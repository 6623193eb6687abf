//! What the text of a mention of a person tells by itself: the parts of the name, its nickname and
//! initials, the honorific and the role beside it. Who is meant is decided in [`super::people`].

use dateline_corpus::analysis::Text;
use dateline_corpus::{Analysed, Language, Mention};
use rustc_hash::FxHashSet;

use super::roles;
use crate::lexicon;
use crate::people;

/// A mention with what its text says.
pub(super) struct Named {
    pub(super) mention: Mention,
    pub(super) surface: String,
    /// The folded parts without initials inside; spellings of an ending are one.
    pub(super) parts: Vec<String>,
    /// The initials inside the name: `hw` of `George H. W. Bush`.
    pub(super) initials: String,
    pub(super) nickname: Option<String>,
    pub(super) honorific: Gender,
    /// Whether the name stands behind `his father`.
    pub(super) is_relative: bool,
    pub(super) role: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Unknown,
    Female,
    Male,
}

/// What the texts of mentions tell, in their order.
pub(super) fn read_all(analysed: &Analysed<'_>, mentions: Vec<Mention>) -> Vec<Named> {
    let forms = forms(analysed);
    let mentions = mentions.into_iter();
    let mut named: Vec<Named> = mentions
        .filter_map(|mention| read(analysed, &forms, mention))
        .collect();
    complete_couples(analysed, &mut named);
    named
}

/// The forms of all words of an article in German; no other language asks for them.
fn forms<'t>(analysed: &'t Analysed<'_>) -> FxHashSet<&'t str> {
    let texts = [&analysed.title, &analysed.body].into_iter();
    texts
        .filter(|_| crate::language(analysed) == Language::GERMAN)
        .flat_map(|text| (0..text.tokens.len()).map(|token| text.form(token)))
        .collect()
}

fn read(analysed: &Analysed<'_>, forms: &FxHashSet<&str>, mention: Mention) -> Option<Named> {
    let text = analysed.part(mention.part);
    let language = crate::language(analysed);
    let surface = super::surface(analysed, &mention)?;
    let mut surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
    let initials = people::initials_inside(&surface);
    let mut parts = people::parts(&surface);
    let last = parts.len().saturating_sub(1);
    let mut at = 0;
    parts.retain(|part| {
        let inside = at > 0 && at < last;
        at += 1;
        let is_initial = part.chars().nth(1).is_none() || initials.contains(part);
        !(part.is_empty() || inside && is_initial)
    });
    let initials = initials.concat();
    if language == Language::GERMAN && parts.len() == 1 {
        strip_genitive(forms, &mut parts, &mut surface);
    }
    parts.iter_mut().for_each(people::settle_ending);
    Some(Named {
        nickname: nickname(&surface),
        honorific: gender_before(text, &mention, language),
        is_relative: is_relative(text, &mention),
        role: roles::role(text, &mention, language),
        mention,
        surface,
        parts,
        initials,
    })
    .filter(|named| !named.parts.is_empty())
}

/// `Gogberashvilis Anwälte`: the name without `s` stands in the article, too.
fn strip_genitive(forms: &FxHashSet<&str>, parts: &mut [String], surface: &mut String) {
    let Some(bare) = parts
        .first()
        .and_then(|part| part.strip_suffix('s'))
        .map(str::to_owned)
    else {
        return;
    };
    if forms.contains(bare.as_str()) {
        surface.pop();
        parts[0] = bare;
    }
}

/// What stands in quotation marks inside a name.
fn nickname(surface: &str) -> Option<String> {
    let mut quoted = surface.split(people::is_quote);
    let (_, nickname, after) = (quoted.next()?, quoted.next()?, quoted.next()?);
    (!after.trim().is_empty()).then(|| dateline_corpus::analysis::fold(nickname.trim()))
}

/// Whether the word before is an honorific of women or of men.
fn gender_before(text: &Text<'_>, mention: &Mention, language: Language) -> Gender {
    let token = text
        .tokens
        .partition_point(|token| token.start < mention.start);
    let Some(before) = token.checked_sub(1) else {
        return Gender::Unknown;
    };
    match text.form(before) {
        "mrs" | "ms" | "miss" | "mme" | "madame" | "mademoiselle" | "senora" | "senorita"
        | "sra" | "dona" | "senhora" | "frau" | "signora" | "lady" | "dame" | "mevrouw" => {
            Gender::Female
        }
        "mr" | "sir" | "monsieur" | "senor" | "sr" | "senhor" | "herr" | "signor" | "don"
        | "lord" => Gender::Male,
        "m" if language == Language::FRENCH => Gender::Male,
        _ => Gender::Unknown,
    }
}

/// Words that introduce somebody by another person of the article, folded.
const RELATIVES: &[&str] = &[
    "father",
    "mother",
    "dad",
    "mom",
    "son",
    "daughter",
    "brother",
    "sister",
    "wife",
    "husband",
    "widow",
    "grandfather",
    "grandmother",
    "grandson",
    "granddaughter",
    "uncle",
    "aunt",
    "nephew",
    "niece",
    "cousin",
    "padre",
    "madre",
    "hijo",
    "hija",
    "hermano",
    "hermana",
    "esposa",
    "esposo",
    "marido",
    "fils",
    "fille",
    "frere",
    "soeur",
    "epouse",
    "epoux",
    "mari",
    "pai",
    "mae",
    "filho",
    "filha",
    "irmao",
    "irma",
    "mulher",
    "sohn",
    "tochter",
    "bruder",
    "schwester",
    "ehefrau",
    "ehemann",
    "vater",
    "mutter",
    "figlio",
    "figlia",
    "fratello",
    "sorella",
    "moglie",
    "marito",
    "zoon",
    "dochter",
    "broer",
    "zus",
    "vader",
    "moeder",
];

/// Whether a folded word tells how somebody is related to another person.
pub(super) fn is_relative_word(form: &str) -> bool {
    RELATIVES.contains(&form)
}

/// Whether a name stands behind a word for a relative: `his father, Donald Trump`,
/// `first lady Jill Biden`.
fn is_relative(text: &Text<'_>, mention: &Mention) -> bool {
    let token = text
        .tokens
        .partition_point(|token| token.start < mention.start);
    let Some(before) = token.checked_sub(1) else {
        return false;
    };
    let relative = text.tokens[before].shape.is_lowercase() && is_relative_word(text.form(before));
    let lady = before > 0 && text.form(before - 1) == "first" && text.form(before) == "lady";
    (relative || lady) && matches!(text.gap_before(token), " " | ", ")
}

/// `Renzo and Silvia Cattaruzza`: the first gets the surname of the second.
fn complete_couples(analysed: &Analysed<'_>, named: &mut [Named]) {
    let full = named.iter().filter(|named| named.parts.len() > 1);
    let known: FxHashSet<String> = full.map(|named| named.parts[0].clone()).collect();
    for at in 1..named.len() {
        let (left, right) = named.split_at_mut(at);
        let (Some(first), Some(second)) = (left.last_mut(), right.first()) else {
            continue;
        };
        if first.parts.len() != 1
            || second.parts.len() < 2
            || first.mention.part != second.mention.part
        {
            continue;
        }
        let text = analysed.part(first.mention.part);
        let between = text
            .text
            .get(first.mention.end as usize..second.mention.start as usize)
            .unwrap_or_default();
        let joined = matches!(between.trim(), "and" | "y" | "e" | "et" | "und" | "&");
        let given = lexicon::classes(&first.parts[0], crate::language(analysed)).is_given();
        // `Clinton and Hillary Clinton`
        let surname = second.parts.contains(&first.parts[0]);
        // `Lena and Diego Sol` of an article on Lena Marchetti; `Prince Harry and Meghan Markle`
        let other = known.contains(&first.parts[0]) || has_rank(analysed, text, &first.mention);
        if joined && given && !surname && !other {
            let surname = second
                .surface
                .split_once(' ')
                .map_or("", |(_, surname)| surname);
            first.surface = format!("{} {surname}", first.surface);
            first.parts.extend(second.parts[1..].iter().cloned());
        }
    }
}

/// Whether a title stands before a name.
fn has_rank(analysed: &Analysed<'_>, text: &Text<'_>, mention: &Mention) -> bool {
    let token = text
        .tokens
        .partition_point(|token| token.start < mention.start);
    token > 0
        && text.gap_before(token) == " "
        && lexicon::classes(text.form(token - 1), crate::language(analysed)).is_rank()
}
