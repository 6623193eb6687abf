//! The country an article was published in: from its outlet, its domain, or its dateline.
//!
//! What the article names, and what it is about, plays no part.

use std::sync::LazyLock;

use dateline_corpus::{Article, CountryCode, Language, SourceCountry, SourceEvidence, analysis};
use rustc_hash::FxHashMap;

use crate::{countries, gazetteer, lexicon};

const OUTLETS: &str = include_str!("../data/outlets.txt");

/// The country an article was published in, and how that is known.
///
/// The outlet decides when it is a known one, by [`Article::site`] or by the name in
/// [`Article::source`]; then the country code that the site ends in; then the place of the
/// dateline. `None` when none of them tells.
///
/// ```
/// use dateline_entities::dateline_country;
///
/// let colombia = dateline_country("BOGOTÁ").unwrap();
/// assert_eq!(colombia.as_str(), "CO");
/// ```
pub fn source_country(article: &Article) -> Option<SourceCountry> {
    let found = |evidence| move |code| SourceCountry { code, evidence };
    let site = article.site.as_deref().map(str::to_lowercase);
    let source = article.source.as_deref();
    let of_domain = |domain: &str| OUTLETS_BY_DOMAIN.get(domain).copied();
    let outlet = site
        .as_deref()
        .and_then(of_domain)
        .or_else(|| source.and_then(|name| OUTLETS_BY_NAME.get(&key(name)).copied()))
        // A source may be called by its domain.
        .or_else(|| source.and_then(|name| of_domain(&name.to_lowercase())));
    outlet
        .map(found(SourceEvidence::Outlet))
        .or_else(|| {
            let domain = site.as_deref().or(source)?;
            domain_country(domain, article.language).map(found(SourceEvidence::Domain))
        })
        .or_else(|| {
            let dateline = article.dateline.as_ref()?;
            let country = dateline
                .country
                .or_else(|| dateline_country(&dateline.place));
            country.map(found(SourceEvidence::Dateline))
        })
}

/// Finds the country of an article's dateline, and drops a dateline that is none: without an agency
/// what stands before a dash or colon may be a speaker or a heading (`THE PRESIDENT: Thank you`),
/// unless it is a place. A date makes one of what is in capitals.
pub fn place_dateline(article: &mut Article) {
    let Some(dateline) = &mut article.dateline else {
        return;
    };
    dateline.country = dateline_country(&dateline.place);
    let head = article
        .body
        .get(..dateline.end as usize)
        .unwrap_or_default();
    let is_field = dateline.end == 0;
    let is_signed = head.contains(['(', '/']) || dateline.place.is_empty();
    let is_dated = head.contains(|c: char| c.is_ascii_digit());
    let is_capitals = !dateline.place.contains(char::is_lowercase);
    let is_one = is_field || is_signed || dateline.country.is_some() || is_dated && is_capitals;
    if !is_one {
        article.dateline = None;
    }
}

/// The country that the place of a dateline lies in: `BOGOTÁ`, `SANTA ROSA, N.M.`,
/// `PARIS/BERLIN` (the first of them). `None` for places that the tables do not know, and for
/// names that could be in several countries.
pub fn dateline_country(place: &str) -> Option<CountryCode> {
    let place = place.split(['/', ';']).next()?;
    // What stands last is the largest: the state or the country.
    let mut parts = place.rsplit(',').map(str::trim);
    parts.find_map(gazetteer::country_of_place)
}

/// Codes of countries that are used for their looks, by anybody anywhere.
const BORROWED: &[&str] = &[
    "ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "cf", "cx", "dj", "fm", "ga", "gd", "gg", "gl",
    "gq", "gs", "im", "io", "is", "je", "la", "lc", "li", "ly", "md", "me", "mg", "ml", "mn", "ms",
    "mu", "nf", "nu", "pm", "pn", "pw", "re", "sc", "sh", "so", "st", "tc", "tf", "tk", "tl", "to",
    "tv", "ug", "vc", "vg", "wf", "ws", "yt",
];

/// The country that a domain ends in the code of. `.co` and its like count below a second level
/// that only the country's own domains have (`com.co`), or in a language of the country.
fn domain_country(domain: &str, language: Option<Language>) -> Option<CountryCode> {
    let domain = domain.to_lowercase();
    let mut labels = domain.rsplit('.');
    let (last, second) = (labels.next()?, labels.next()?);
    let national = matches!(
        second,
        "com" | "co" | "gov" | "gob" | "gouv" | "org" | "net" | "edu" | "ac"
    ) && labels.next().is_some();
    match last {
        "uk" => countries::code("GB"),
        "su" => countries::code("RU"),
        "gov" | "mil" => countries::code("US"),
        "co" if !national && language != Some(Language::SPANISH) => None,
        _ if BORROWED.contains(&last) && !national => None,
        _ => CountryCode::new(last).filter(|code| countries::name(*code).is_some()),
    }
}

static OUTLETS_BY_DOMAIN: LazyLock<FxHashMap<&'static str, CountryCode>> = LazyLock::new(|| {
    let outlets = lexicon::entries(OUTLETS).filter_map(parse);
    outlets.map(|(domain, code, _)| (domain, code)).collect()
});

static OUTLETS_BY_NAME: LazyLock<FxHashMap<String, CountryCode>> = LazyLock::new(|| {
    let outlets = lexicon::entries(OUTLETS).filter_map(parse);
    let named = |(_, code, names): (_, _, &'static str)| {
        names.split("; ").map(move |name| (key(name), code))
    };
    outlets.flat_map(named).collect()
});

/// `nytimes.com US The New York Times`
fn parse(line: &'static str) -> Option<(&'static str, CountryCode, &'static str)> {
    let mut fields = line.splitn(3, ' ');
    let domain = fields.next()?;
    let code = CountryCode::new(fields.next()?)?;
    Some((domain, code, fields.next()?))
}

/// The folded words of a name without its article.
fn key(name: &str) -> String {
    let words: Vec<String> = analysis::words(name)
        .into_iter()
        .map(|(_, _, form)| form)
        .collect();
    match words.split_first() {
        Some((first, rest)) if first == "the" && !rest.is_empty() => rest.join(" "),
        _ => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use dateline_corpus::{ArticleId, Dateline, Origin};

    use super::*;

    fn article(site: &str, source: &str, place: &str, language: &str) -> Article {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Article {
            id: ArticleId::from_content("", ""),
            title: String::new(),
            title_derived: false,
            body: String::new(),
            published: None,
            source: some(source),
            url: None,
            site: some(site),
            agency: None,
            dateline: some(place).map(|place| Dateline {
                end: 0,
                place,
                country: None,
            }),
            flaws: Vec::new(),
            replaced_characters: 0,
            authors: Vec::new(),
            language: Language::from_tag(language),
            section: None,
            origin: Origin {
                path: String::new(),
                entry: None,
                record: None,
            },
        }
    }

    #[test]
    fn an_outlet_is_published_where_it_is_at_home() {
        for (site, source, place, language, expected) in [
            ("nytimes.com", "", "BOGOTÁ", "en", "US outlet"),
            ("", "New York Times", "", "en", "US outlet"),
            ("", "the Guardian", "SYDNEY", "en", "GB outlet"),
            ("", "eltiempo.com", "", "es", "CO outlet"),
            ("lemonde.fr", "Le Monde", "", "fr", "FR outlet"),
            ("example.de", "", "", "de", "DE domain"),
            ("example.co.uk", "", "PARIS", "en", "GB domain"),
            ("example.com.co", "", "", "en", "CO domain"),
            ("example.co", "", "", "es", "CO domain"),
            ("example.co", "", "", "en", ""),
            ("example.io", "", "", "en", ""),
            ("example.com.ag", "", "", "en", "AG domain"),
            ("state.gov", "", "", "en", "US domain"),
            ("example.eu", "", "", "en", ""),
            (
                "example.com",
                "Some Gazette",
                "SANTA ROSA, N.M.",
                "en",
                "US dateline",
            ),
            ("example.com", "", "Nowhere-upon-Sea", "en", ""),
            ("", "", "", "", ""),
        ] {
            let found = source_country(&article(site, source, place, language));
            let found = found.map(|found| format!("{} {:?}", found.code, found.evidence));
            let found = found.unwrap_or_default().to_lowercase();
            assert_eq!(found, expected.to_lowercase(), "{site} {source} {place}");
        }
    }

    #[test]
    fn a_dateline_names_a_place_in_a_country() {
        for (place, expected) in [
            ("BOGOTÁ", "CO"),
            ("BOGOTA", "CO"),
            ("Nueva York", "US"),
            ("WASHINGTON", "US"),
            ("LONDON, Ontario", "CA"),
            ("LONDON", "GB"),
            ("HONG KONG", "HK"),
            ("PARIS/BERLIN", "FR"),
            ("KHAN YOUNIS, Gaza Strip", "PS"),
            ("Springfield, Ill.", "US"),
            ("Kiew", "UA"),
            ("TOLEDO", ""),
            ("UNITED NATIONS", ""),
            ("", ""),
            (",,", ""),
        ] {
            let found = dateline_country(place).map(|code| code.to_string());
            assert_eq!(found.unwrap_or_default(), expected, "{place}");
        }
    }

    #[test]
    fn a_speaker_or_heading_is_no_dateline() {
        for (head, place, stays) in [
            ("THE PRESIDENT: ", "THE PRESIDENT", false),
            ("Jane Roe — ", "Jane Roe", false),
            ("NATO - ", "NATO", false),
            ("Media Preview, January 3 - ", "Media Preview", false),
            ("LONDON — ", "LONDON", true),
            ("QUAYTOWN (AP) — ", "QUAYTOWN", true),
            ("QUAYTOWN, Jan 3 - ", "QUAYTOWN", true),
            ("(AP) — ", "", true),
            ("", "Quaytown", true),
        ] {
            let mut article = Article {
                body: format!("{head}The bridge is open."),
                dateline: Some(Dateline {
                    end: head.len() as u32,
                    place: place.to_owned(),
                    country: None,
                }),
                ..article("", "", "", "")
            };
            place_dateline(&mut article);
            assert_eq!(article.dateline.is_some(), stays, "{head}{place}");
        }
    }

    #[test]
    fn every_line_of_the_outlets_is_read_and_says_something_new() {
        let mut domains: BTreeMap<&str, usize> = BTreeMap::new();
        let mut names: BTreeMap<(String, CountryCode), usize> = BTreeMap::new();
        for line in lexicon::entries(OUTLETS) {
            let read = parse(line).filter(|(_, code, _)| countries::name(*code).is_some());
            let (domain, code, called) = read.unwrap_or_else(|| panic!("{line}"));
            *domains.entry(domain).or_default() += 1;
            for name in called.split("; ") {
                *names.entry((key(name), code)).or_default() += 1;
            }
        }
        domains.retain(|_, count| *count > 1);
        assert!(domains.is_empty(), "{domains:?}");
        let owners: Vec<&String> = names.keys().map(|(name, _)| name).collect();
        let shared: Vec<_> = owners
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .collect();
        assert!(
            shared.is_empty(),
            "names of outlets in two countries: {shared:?}"
        );
    }
}
