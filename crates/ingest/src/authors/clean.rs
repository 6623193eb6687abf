//! Tells names of people from the rest of what stands in bylines: desks, roles, agencies, the
//! outlet itself, addresses. The lists of words are our own.

use dateline_corpus::analysis::fold;

use super::{is_and, parted, without_by};
use crate::agencies;
use crate::source::{is_desk, is_outlet};

/// What a byline says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Byline {
    /// Names of people, each once.
    pub names: Vec<String>,
    /// The agency that it names, as it signs.
    pub agency: Option<String>,
}

/// Words of desks and offices, folded: what holds one is no person.
const COLLECTIVE: &[&str] = &[
    "admin",
    "administrator",
    "administrador",
    "agence",
    "agences",
    "agencias",
    "agencies",
    "agenturen",
    "anonymous",
    "board",
    "bureau",
    "desk",
    "editors",
    "editorial",
    "feeds",
    "guest",
    "magazine",
    "network",
    "newsdesk",
    "newsroom",
    "merkezi",
    "news",
    "newspaper",
    "radio",
    "release",
    "wires",
    "redaccion",
    "redacao",
    "redactia",
    "redactie",
    "redaction",
    "redaksjonen",
    "redaktion",
    "redaktionen",
    "redazione",
    "service",
    "staffers",
    "szerkesztoseg",
    "team",
    "toimitus",
    "unknown",
    "webdesk",
    "webmaster",
    "гость",
    "редакция",
    "συνταξη",
    "συντακτικη",
];
/// Words of roles, folded: a name may stand before them.
const ROLES: &[&str] = &[
    "analyst",
    "auteur",
    "author",
    "autor",
    "bureau",
    "chief",
    "colaborador",
    "columnist",
    "columnista",
    "contributing",
    "contributor",
    "correspondant",
    "correspondante",
    "correspondent",
    "correspondente",
    "corresponsal",
    "corrispondente",
    "deputy",
    "director",
    "editor",
    "editora",
    "enviado",
    "envoye",
    "envoyee",
    "especial",
    "experte",
    "freelance",
    "giornalista",
    "inviato",
    "jornalista",
    "journalist",
    "journaliste",
    "korrespondent",
    "korrespondentin",
    "managing",
    "our",
    "periodista",
    "photographer",
    "political",
    "redacteur",
    "redactor",
    "redactora",
    "redakteur",
    "redakteurin",
    "reporter",
    "reporterin",
    "senior",
    "special",
    "staff",
    "verslaggever",
    "writer",
    "корреспондент",
];
/// Words after which the place or employer of an author stands.
const AFTER_NAME: &[&str] = &[" in ", " for ", " at ", " from ", " via "];
/// What parts a name from its outlet or role.
const PARTS: &[&str] = &[" | ", " - ", " – ", " — ", " • ", " · ", "/"];
/// What may stand behind a comma and belongs to the name.
const SUFFIXES: &[&str] = &["ii", "iii", "iv", "jr", "jr.", "sr", "sr."];
/// Degrees and licences, folded: what stands behind a name with a comma before it.
const DEGREES: &[&str] = &[
    "ba", "bsc", "cfa", "cpa", "dds", "do", "dvm", "esq", "jd", "llb", "llm", "ma", "mba", "md",
    "mph", "ms", "msc", "np", "pa-c", "pharmd", "phd", "psyd", "rd", "rdn", "rn",
];
/// A word with fewer bytes before a full stop is an initial or a title: `J.`, `Prof.`
const STOPPED_BYTES_MIN: usize = 6;
/// More names than stand above any article; a longer list is data in the wrong field.
const PARTS_MAX: usize = 200;
/// Names of agencies have no more words.
const AGENCY_WORDS_MAX: usize = 6;
/// Names of people have no more words.
const NAME_WORDS_MAX: usize = 8;

/// The people and the agency among `parts`, the pieces of a byline. `source` and `site` are the
/// name and the domain of the outlet.
pub(crate) fn clean(parts: &[String], source: Option<&str>, site: Option<&str>) -> Byline {
    let mut byline = Byline::default();
    let parts = parts.iter().flat_map(|part| parted(part));
    for part in parts.take(PARTS_MAX) {
        // `Jane Roe (Reuters)`
        let signed = part.split(['(', ')']).nth(1).and_then(agencies::agency);
        byline.agency = byline.agency.take().or(signed.map(str::to_owned));
        let part = bare(part);
        let mut pieces = pieces(&part).into_iter();
        // What follows the name of a person tells where they work, unless it is the agency.
        let name = pieces
            .next()
            .and_then(|first| person(first, source, site, &mut byline.agency));
        for piece in pieces {
            if let Some(agency) = agencies::agency(piece) {
                byline.agency.get_or_insert(agency.to_owned());
            }
        }
        if let Some(name) = name
            && !byline.names.iter().any(|known| fold(known) == fold(&name))
        {
            byline.names.push(name);
        }
    }
    byline
}

/// A part without addresses and brackets: `jane@x.example (Jane Roe)` is how feeds write it.
fn bare(part: &str) -> String {
    let part = without_by(part);
    let is_address =
        |word: &str| word.contains('@') || word.contains("://") || word.starts_with("www.");
    let outside: String = part
        .split(['(', '<', '['])
        .next()
        .unwrap_or_default()
        .to_owned();
    let has_name = outside.split_whitespace().any(|word| !is_address(word));
    let kept = if has_name {
        outside
    } else {
        part.replace(['(', ')', '<', '>', '[', ']'], " ")
    };
    let words = kept.split_whitespace().filter(|word| !is_address(word));
    let mut words: Vec<&str> = words.collect();
    // `Jane Roe and agencies`
    if let [_, .., and, last] = words.as_slice()
        && is_and(and)
        && COLLECTIVE.contains(&plain(last).as_str())
    {
        words.truncate(words.len() - 2);
    }
    words.join(" ")
}

/// A name, and what is parted from it by a sign or a word.
fn pieces(part: &str) -> Vec<&str> {
    let mut pieces = vec![part];
    for separator in PARTS.iter().chain(AFTER_NAME) {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| piece.split(separator))
            .collect();
    }
    if let Some((name, rest)) = at_stop(pieces[0]) {
        pieces.splice(..1, [name, rest]);
    }
    if let Some((name, rest)) = pieces[0].split_once(',')
        && name.split_whitespace().nth(1).is_some()
        && !SUFFIXES.contains(&rest.trim().to_lowercase().as_str())
    {
        pieces.splice(..1, [name, rest]);
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// `Jane Roe. Harbour Weekly`
fn at_stop(piece: &str) -> Option<(&str, &str)> {
    let (name, rest) = piece.split_once(". ")?;
    let last = name.rsplit(' ').next()?;
    (last.len() >= STOPPED_BYTES_MIN && last.len() < name.len()).then_some((name, rest))
}

/// The name of the person that a piece names. The agency that it names instead, or behind the
/// person, goes into `agency`.
fn person(
    piece: &str,
    source: Option<&str>,
    site: Option<&str>,
    agency: &mut Option<String>,
) -> Option<String> {
    let mut words: Vec<&str> = piece.split_whitespace().collect();
    if let Some((start, found)) = agency_at_end(&words) {
        agency.get_or_insert(found.to_owned());
        words.truncate(start);
    }
    let folded: Vec<String> = words.iter().map(|word| plain(word)).collect();
    let is_degree = |word: &str| {
        let letters = word.replace('.', "");
        DEGREES.contains(&plain(&letters).as_str()) && !letters.contains(char::is_lowercase)
            || letters == "PhD"
    };
    let is_collective = folded
        .iter()
        .any(|word| COLLECTIVE.contains(&word.as_str()))
        || words.iter().all(|word| is_degree(word));
    let role = folded
        .iter()
        .position(|word| ROLES.contains(&word.as_str()));
    // `Reuters Staff`
    if role == Some(1)
        && let Some(found) = agencies::agency(words[0])
    {
        agency.get_or_insert(found.to_owned());
    }
    match role {
        // `Jane Roe Staff Writer`, but `HT Correspondent`
        Some(at) if at < 2 => return None,
        Some(at) => words.truncate(at),
        None => {}
    }
    let name = words.join(" ");
    let name = name
        .trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '*' | '-' | '"' | '\'' | '“' | '”'));
    let is_name = !is_collective
        && words.len() <= NAME_WORDS_MAX
        && name.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !is_outlet(name, source, site)
        && !is_desk(name, source, site);
    is_name.then(|| given_name_first(name))
}

/// Where the name of an agency begins that ends a list of words: `Jane Roe Associated Press`.
fn agency_at_end(words: &[&str]) -> Option<(usize, &'static str)> {
    // A surname may be the sign of an agency, so that behind one word only capitals are one.
    let first = words.len().saturating_sub(AGENCY_WORDS_MAX);
    (first..words.len()).find_map(|start| {
        let found = agencies::agency(&words[start..].join(" "))?;
        let is_whole = start == 0 || start > 1 || words[start].chars().all(char::is_uppercase);
        is_whole.then_some((start, found))
    })
}

fn plain(word: &str) -> String {
    fold(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// `Roe, Jane` as `Jane Roe`.
fn given_name_first(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given))
            if !given.trim().is_empty()
                && !family.trim().contains(' ')
                && !SUFFIXES.contains(&given.trim().to_lowercase().as_str()) =>
        {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authors::split;

    #[test]
    fn keeps_people_only() {
        for (byline, names, agency) in [
            ("Jane Roe", "Jane Roe", ""),
            ("By Jane Roe and John Doe", "Jane Roe + John Doe", ""),
            ("Por Ana Sol e Beto Luz", "Ana Sol + Beto Luz", ""),
            (
                "Par Anne Dupont et Luc Petit",
                "Anne Dupont + Luc Petit",
                "",
            ),
            ("Von Hans Meier, dpa", "Hans Meier", "dpa"),
            ("Von Miller", "Von Miller", ""),
            ("Di Carlo Rossi", "Carlo Rossi", ""),
            ("JANE ROE", "JANE ROE", ""),
            ("Jane Roe, Senior Correspondent", "Jane Roe", ""),
            ("Jane Roe Staff Writer", "Jane Roe", ""),
            ("Jane Roe, Associated Press", "Jane Roe", "AP"),
            ("Jane Roe Associated Press", "Jane Roe", "AP"),
            ("Jane Roe/AFP", "Jane Roe", "AFP"),
            ("Jane Roe | Reuters", "Jane Roe", "Reuters"),
            ("Jane Roe in Bogotá", "Jane Roe", ""),
            ("Jane Roe for The Daily Planet", "Jane Roe", ""),
            ("jane@planet.example (Jane Roe)", "Jane Roe", ""),
            ("Jane Roe <jane@planet.example>", "Jane Roe", ""),
            ("Jane Roe (jane@planet.example)", "Jane Roe", ""),
            ("jane@planet.example", "", ""),
            ("https://planet.example/jane", "", ""),
            ("Roe, Jane", "Jane Roe", ""),
            ("Staff", "", ""),
            ("Staff Writer", "", ""),
            ("Our Special Correspondent", "", ""),
            ("Web Desk", "", ""),
            ("Express Web Desk", "", ""),
            ("Redacción", "", ""),
            ("La Rédaction", "", ""),
            ("Da Redação", "", ""),
            ("AFP", "", "AFP"),
            ("The Associated Press", "", "AP"),
            ("Daily Planet", "", ""),
            ("The Daily Planet Staff", "", ""),
            ("admin", "", ""),
            ("Jane Roe, jane roe and JANE ROE", "Jane Roe", ""),
            ("Analysis by Jane Roe", "Jane Roe", ""),
            ("Jane Roe, Daily Planet Business", "Jane Roe", ""),
            ("Planet Sport", "Planet Sport", ""),
            ("DailyPlanet Sport", "", ""),
            ("Jane Roe, MS, RDN", "Jane Roe", ""),
            ("Jane Larkin. Harbour Weekly", "Jane Larkin", ""),
            ("Jane Q. Roe", "Jane Q. Roe", ""),
            ("BBC Radio 4", "", ""),
            ("Гость", "", ""),
            ("Jane Roe and agencies", "Jane Roe", ""),
            ("Jane Roe (Reuters)", "Jane Roe", "Reuters"),
            ("Reuters Staff", "", "Reuters"),
            ("Von Max Müller, Berlin", "Max Müller", ""),
            ("Jane Roe, MD", "Jane Roe", ""),
            ("Jane Roe, Jr.", "Jane Roe, Jr.", ""),
            ("Jane Roe, BBC News", "Jane Roe", ""),
            ("Text: Jane Roe", "Jane Roe", ""),
            ("['Jane Roe', 'John Doe']", "Jane Roe + John Doe", ""),
            ("Press Release", "", ""),
            ("Petra", "Petra", ""),
            ("", "", ""),
        ] {
            let found = clean(
                &split(byline),
                Some("The Daily Planet"),
                Some("dailyplanet.example"),
            );
            assert_eq!(found.names.join(" + "), names, "{byline}");
            assert_eq!(found.agency.unwrap_or_default(), agency, "{byline}");
        }
    }

    #[test]
    fn parts_two_names_in_one_field() {
        let found = clean(&["JANE ROE and JOHN DOE".to_owned()], None, None);
        assert_eq!(found.names, ["JANE ROE", "JOHN DOE"]);
    }

    #[test]
    fn keeps_what_belongs_to_a_name() {
        for name in [
            "C, Jr.",
            "José Ortega y Gasset",
            "Gabriel García Márquez",
            "Ana María de la Cruz",
            "Ng",
        ] {
            assert_eq!(clean(&[name.to_owned()], None, None).names, [name]);
        }
    }
}
