//! Where an article stands and who published it: host, registrable domain, name of the outlet.

use std::collections::BTreeSet;

use dateline_corpus::analysis::fold;

/// The host of a URL in the case it is written in, without `www.`
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

/// The registrable domain of a URL, by the public suffix list: `example.co.uk`. `None` for
/// addresses in numbers and for what is no domain.
pub(crate) fn site(url: &str) -> Option<String> {
    let host = host(url)?.trim_end_matches('.').to_ascii_lowercase();
    let is_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let is_address = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if is_address || !host.chars().all(is_domain) {
        return None;
    }
    psl::domain_str(&host).map(str::to_owned)
}

/// Words in names of outlets that their domains leave out.
const SILENT: &[&str] = &[
    "al", "com", "das", "der", "die", "el", "het", "il", "l", "la", "las", "le", "les", "los",
    "news", "o", "online", "the", "tv", "website",
];

/// Whether `name` is how the outlet is called: its name as it is known, or one that its domain is
/// made of (`The New York Times` and `nytimes.com`).
pub(crate) fn is_outlet(name: &str, source: Option<&str>, site: Option<&str>) -> bool {
    let words = words(name);
    if words.is_empty() {
        return false;
    }
    let joined = words.concat();
    let is_source = |source: &str| {
        let source = self::words(source);
        source.concat() == joined || without_silent(&source) == without_silent(&words)
    };
    if source.is_some_and(is_source) {
        return true;
    }
    let Some(site) = site else {
        return false;
    };
    let label = site.split('.').next().unwrap_or_default().replace('-', "");
    joined == fold(&site.replace(['-', '.'], "")) || makes_up(&words, &fold(&label))
}

/// Whether `name` is a part of an outlet: one that begins with the outlet's name (`CNN Business`),
/// or that the outlet's name is made of (`Planet` of `Planet | World`).
pub(crate) fn is_desk(name: &str, source: Option<&str>, site: Option<&str>) -> bool {
    let desk = words(name);
    let begins = |outlet: &[String]| {
        let spoken = |word: &&String| !SILENT.contains(&word.as_str());
        let outlet: Vec<&String> = outlet.iter().filter(spoken).collect();
        let desk: Vec<&String> = desk.iter().filter(spoken).collect();
        !outlet.is_empty() && desk.len() > outlet.len() && desk.starts_with(&outlet)
    };
    let label = site.and_then(|site| site.split('.').next());
    let label = label.map(|label| vec![fold(label)]);
    let mut outlets = source.map(words).into_iter().chain(label);
    let mut parts = source
        .into_iter()
        .flat_map(|source| source.split(['|', '-', '–', '—', ':']));
    outlets.any(|outlet| begins(&outlet)) || parts.any(|part| words(part) == desk)
}

/// The words of a name, folded.
fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(fold)
        .collect()
}

fn without_silent(words: &[String]) -> String {
    let spoken = words.iter().filter(|word| !SILENT.contains(&word.as_str()));
    spoken.map(String::as_str).collect()
}

/// Whether a label is made of the beginnings of these words, in order; words that domains leave
/// out may be missing. A label of one or two letters would be made of anything.
fn makes_up(words: &[String], label: &str) -> bool {
    // Where the words so far may end in the label.
    let mut ends = BTreeSet::from([0]);
    for word in words {
        let mut next = BTreeSet::new();
        for &end in &ends {
            let shared = word.chars().zip(label[end..].chars());
            let shared = shared.take_while(|(a, b)| a == b);
            let lengths = shared.scan(end, |end, (c, _)| {
                *end += c.len_utf8();
                Some(*end)
            });
            next.extend(lengths);
        }
        if SILENT.contains(&word.as_str()) {
            next.append(&mut ends);
        }
        if next.is_empty() {
            return false;
        }
        ends = next;
    }
    ends.contains(&label.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_of_a_url_is_its_registrable_domain() {
        for (url, found) in [
            ("https://www.example.co.uk/a", Some("example.co.uk")),
            ("https://news.example.com.br/a?b", Some("example.com.br")),
            (
                "http://user:pass@Edition.Example.ORG:8080/",
                Some("example.org"),
            ),
            ("https://example.com./", Some("example.com")),
            ("https://blog.github.io/", Some("blog.github.io")),
            ("https://co.uk/", None),
            ("https://127.0.0.1/a", None),
            ("https://[2001:db8::1.2]/a", None),
            ("https://localhost/", None),
            ("example.com/a", None),
            ("https://a b.example/", None),
            ("https://münchen.example/", Some("münchen.example")),
        ] {
            assert_eq!(site(url).as_deref(), found, "{url}");
        }
    }

    #[test]
    fn knows_a_desk_by_the_name_of_its_outlet() {
        for (name, source, site, is) in [
            ("Planet Business", Some("The Planet"), None, true),
            ("Planet Sport", None, Some("planet.example"), true),
            ("Radio Quay", Some("Wave | Radio Quay"), None, true),
            ("Planet Roe", Some("Daily Planet"), None, false),
            (
                "Jane Roe",
                Some("The Planet"),
                Some("planet.example"),
                false,
            ),
        ] {
            assert_eq!(is_desk(name, source, site), is, "{name}");
        }
    }

    #[test]
    fn knows_an_outlet_by_its_name_and_its_domain() {
        for (name, source, site, is) in [
            ("The Daily Planet", Some("Daily Planet"), None, true),
            ("Daily Planet", Some("The Daily Planet"), None, true),
            (
                "DAILY PLANET",
                Some("dailyplanet.example"),
                Some("dailyplanet.example"),
                true,
            ),
            ("The New York Times", None, Some("nytimes.com"), true),
            ("El País", None, Some("elpais.com"), true),
            ("BBC News", None, Some("bbc.co.uk"), true),
            (
                "Süddeutsche Zeitung",
                Some("SZ"),
                Some("sueddeutsche.de"),
                false,
            ),
            (
                "dailyplanet.example",
                None,
                Some("dailyplanet.example"),
                true,
            ),
            (
                "The bridge is open",
                Some("Daily Planet"),
                Some("dailyplanet.example"),
                false,
            ),
            ("News", None, Some("bbc.co.uk"), false),
            (
                "aaaaaaaaaaaa aaaaaaaaaaaa aaaaaaaaaaaa aaaaaaaaaaaa aaaaaaaaaaaa aaaaaaaaaaaa",
                None,
                Some("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab.example"),
                false,
            ),
            ("", Some("Daily Planet"), None, false),
            (
                "Public Broadcasting Service News",
                None,
                Some("pbs.org"),
                true,
            ),
            ("—", None, None, false),
        ] {
            assert_eq!(is_outlet(name, source, site), is, "{name}");
        }
    }
}
