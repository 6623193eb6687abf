//! An article in the making: what a reader found, before titles are derived, dates decided and
//! ids given. All formats meet here.

use std::borrow::Cow;

use dateline_corpus::{Article, ArticleId, Dateline, Flaw, Language, Origin};
use jiff::Timestamp;

use crate::agencies;
use crate::authors;
use crate::clean::{clean, has_mojibake, one_line};
use crate::dateline::{Opening, dateline, stated};
use crate::published::{Claim, Evidence, decide};
use crate::source::{host, site};
use crate::titles::{derive, without_outlet};
use crate::{Provenance, ReadOptions};

/// What a reader found.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub title: Option<String>,
    /// Paragraphs parted by `\n`.
    pub body: String,
    /// Whether there was more of the body.
    pub is_cut: bool,
    /// What says when it was published, the most trusted first.
    pub claims: Vec<Claim>,
    pub source: Option<String>,
    /// The outlet that a line of a plain text names. Counts only where neither `source` nor `url`
    /// says one.
    pub source_line: Option<String>,
    pub url: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    pub section: Option<String>,
    /// The publisher's id.
    pub id: Option<String>,
    /// The wire agency, where the record has a field for it.
    pub agency: Option<String>,
    /// The place it was filed from, where the record has a field for it.
    pub place: Option<String>,
    /// When it was fetched, in seconds since 1970: what `2 hours ago` counts from.
    pub crawled_seconds: Option<i64>,
}

/// A longer headline is a text in the wrong field; what is cut off is flagged.
const TITLE_CHARS_MAX: usize = 1_000;
/// Values that become facets are names; longer ones are cut.
const FACET_CHARS_MAX: usize = 300;
/// More authors than any article names; a longer list is data in the wrong field.
const AUTHORS_MAX: usize = 50;
/// What readers and browsers agree to support; longer addresses are data, not addresses.
const URL_BYTES_MAX: usize = 8_000;

impl Draft {
    /// The article, or why there is none. `entry` is the path inside the archive that it comes
    /// from, if it does.
    pub(crate) fn finish(
        mut self,
        from: Provenance<'_>,
        entry: Option<&str>,
        record: Option<u64>,
        options: &ReadOptions,
    ) -> Result<Article, String> {
        let bytes_max = options.limits.body_bytes_max;
        let mut text = Text::new(self.title.as_deref(), self.body, bytes_max);
        if self.is_cut {
            text.flag(Flaw::Truncated);
        }
        let stated = self.place.take().map(|place| stated(&place));
        let url = self.url.as_deref().and_then(address);
        let section = self.section.as_deref().and_then(facet);
        let line = self.source_line.as_deref();
        let outlet = Outlet::new(self.source.as_deref(), line, url.as_deref(), options);
        let byline = authors::clean(
            &self.authors,
            outlet.name.as_deref(),
            outlet.site.as_deref(),
        );
        let agency = self.agency.as_deref().and_then(facet);
        let agency = agency
            .or_else(|| text.opening.as_ref()?.agency.clone())
            .or_else(|| stated.as_ref()?.agency.clone())
            .or(byline.agency)
            .or_else(|| agencies::agency(outlet.name.as_deref()?).map(str::to_owned));
        let title_derived = text.headline.is_none();
        let title = text.title(&outlet, section.as_deref()).ok_or(NO_TEXT)?;
        let source = outlet.name.clone().or_else(|| agency.clone());
        let decision = decide(
            &self.claims,
            Evidence {
                title: if title_derived { "" } else { &title },
                body: &text.body,
                url: url.as_deref(),
                dateline: dated(&text.opening).or(dated(&stated)),
                crawled: instant(self.crawled_seconds),
                modified: instant(from.modified_seconds.filter(|_| options.date_from_mtime)),
                order: options.date_order,
                now: instant(from.read_seconds),
            },
        );
        text.flaws.extend(decision.flaws);
        let origin = Origin {
            path: from.path.to_owned(),
            entry: entry.map(str::to_owned),
            record,
        };
        let given = (self.id.as_deref(), url.as_deref());
        Ok(Article {
            id: id_of(given, &outlet, &origin, (&title, &text.body)),
            title,
            title_derived,
            dateline: opened(text.opening, stated, &text.body),
            body: text.body,
            published: decision.published,
            source,
            url: url.clone(),
            site: outlet.site,
            agency,
            flaws: text.flaws,
            replaced_characters: text.replaced,
            authors: facets(&byline.names),
            language: self.language.as_deref().and_then(Language::from_tag),
            section,
            origin,
        })
    }
}

/// What there is to read of an article, in clean characters.
struct Text {
    /// As it was given, on one line.
    headline: Option<String>,
    body: String,
    opening: Option<Opening>,
    /// How many characters could not be decoded.
    replaced: u32,
    flaws: Vec<Flaw>,
}

impl Text {
    fn new(title: Option<&str>, body: String, bytes_max: usize) -> Text {
        let mut flaws = Vec::new();
        let given = one_line(title.unwrap_or_default(), usize::MAX);
        let headline = one_line(&given, TITLE_CHARS_MAX);
        if headline.len() < given.len() {
            flaws.push(Flaw::Truncated);
        }
        let headline = Some(headline).filter(|headline| !headline.is_empty());
        let body = without_headline(body, headline.as_deref());
        let body = paragraphs_of(body, bytes_max, &mut flaws);
        Text {
            replaced: count_replaced(headline.as_deref().unwrap_or_default(), &body, &mut flaws),
            opening: dateline(body.lines().next().unwrap_or_default()),
            headline,
            body,
            flaws,
        }
    }

    fn flag(&mut self, flaw: Flaw) {
        if !self.flaws.contains(&flaw) {
            self.flaws.push(flaw);
        }
    }

    /// The headline without the outlet's name, else one made of the body; `None` when there is
    /// no text at all.
    fn title(&self, outlet: &Outlet<'_>, section: Option<&str>) -> Option<String> {
        let (name, site) = (outlet.name.as_deref(), outlet.site.as_deref());
        match &self.headline {
            Some(headline) => Some(without_outlet(headline, name, site, section)),
            None => {
                let derived = derive(&self.body, self.opening.as_ref())?;
                Some(one_line(&derived, TITLE_CHARS_MAX))
            }
        }
    }
}

/// The text without a first line that is the headline again.
fn without_headline(mut body: String, headline: Option<&str>) -> String {
    let first = body.lines().next().unwrap_or_default();
    if headline == Some(first) {
        body.drain(..(first.len() + 1).min(body.len()));
    }
    body
}

/// The body with clean characters and in clean lines, cut where it is too long.
fn paragraphs_of(body: String, bytes_max: usize, flaws: &mut Vec<Flaw>) -> String {
    let cleaned = match clean(&body) {
        Cow::Borrowed(_) => None,
        Cow::Owned(cleaned) => Some(cleaned),
    };
    let mut body = cleaned.unwrap_or(body);
    if !body.is_empty() && !body.split('\n').all(is_trimmed) {
        let lines = body.lines().map(str::trim);
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        body = lines.join("\n");
    }
    if body.len() > bytes_max {
        body.truncate(body.floor_char_boundary(bytes_max));
        body.truncate(body.trim_end().len());
        if !flaws.contains(&Flaw::Truncated) {
            flaws.push(Flaw::Truncated);
        }
    }
    body
}

fn is_trimmed(line: &str) -> bool {
    !line.is_empty() && line.trim().len() == line.len()
}

/// How many characters could not be decoded.
fn count_replaced(title: &str, body: &str, flaws: &mut Vec<Flaw>) -> u32 {
    let replaced = [title, body]
        .iter()
        .map(|text| text.matches(char::REPLACEMENT_CHARACTER).count())
        .sum::<usize>();
    if replaced > 0 {
        flaws.push(Flaw::ReplacementCharacters);
    }
    if has_mojibake(title) || has_mojibake(body) {
        flaws.push(Flaw::Mojibake);
    }
    u32::try_from(replaced).unwrap_or(u32::MAX)
}

fn instant(seconds: Option<i64>) -> Option<Timestamp> {
    Timestamp::from_second(seconds?).ok()
}

/// An opening that has a date.
fn dated(opening: &Option<Opening>) -> Option<&Opening> {
    opening.as_ref().filter(|opening| opening.date.is_some())
}

/// The dateline as it opens the body, or as the record names its place. A date alone is none.
fn opened(opening: Option<Opening>, stated: Option<Opening>, body: &str) -> Option<Dateline> {
    let place = stated.and_then(|stated| facet(&stated.place));
    let (end, place) = match opening {
        Some(opening) => {
            // A dateline on a line of its own ends with the line.
            let end = opening.end + usize::from(body[opening.end..].starts_with('\n'));
            let place = facet(&opening.place).or(place);
            // An agency that signs alone is cut off for display, too.
            let signed = opening.agency.map(|_| String::new());
            (end, place.or(signed)?)
        }
        None => (0, place?),
    };
    let end = u32::try_from(end).ok()?;
    Some(Dateline {
        end,
        place,
        country: None,
    })
}

/// Who published an article.
struct Outlet<'a> {
    /// As the record names it.
    named: Option<String>,
    /// The host of the URL.
    host: Option<&'a str>,
    /// The registrable domain of the URL.
    site: Option<String>,
    /// The best of all that names it.
    name: Option<String>,
}

impl<'a> Outlet<'a> {
    /// `line` is what a line of the text names: it counts where neither record nor URL say one.
    fn new(
        named: Option<&str>,
        line: Option<&str>,
        url: Option<&'a str>,
        options: &ReadOptions,
    ) -> Outlet<'a> {
        let named = named.and_then(facet);
        let host = url.and_then(host);
        let site = url.and_then(site);
        let name = named
            .clone()
            .or_else(|| facet(line.filter(|_| host.is_none())?))
            .or_else(|| facet(options.source.as_deref()?))
            .or_else(|| site.clone())
            .or_else(|| facet(host?));
        Outlet {
            named,
            host,
            site,
            name,
        }
    }

    /// What the record itself says, by name and by URL.
    fn of_record(&self) -> [Option<&str>; 2] {
        [self.named.as_deref(), self.host]
    }
}

const NO_TEXT: &str = "the article has no text";

/// The id of an article: what the publisher gives, else where it was found, else, in a stream, what it
/// says.
fn id_of(
    (id, url): (Option<&str>, Option<&str>),
    outlet: &Outlet<'_>,
    origin: &Origin,
    (title, body): (&str, &str),
) -> ArticleId {
    let place = match &origin.entry {
        Some(entry) => Cow::Owned(format!("{}/{entry}", origin.path)),
        None => Cow::Borrowed(origin.path.as_str()),
    };
    let given = identify(id, url, outlet.of_record(), &place);
    given.unwrap_or_else(|| match origin.path.as_str() {
        "-" => ArticleId::from_content(title, body),
        _ => ArticleId::from_origin(&place, origin.record),
    })
}

/// The id that the publisher gives: its id, else the URL.
///
/// Ids without a scheme (`17`, `2026:17`, `cdp-20260415-0102`) are unique for their publisher only: two
/// outlets that count their articles must not overwrite each other's. They are told apart by the
/// source as the record names it, else by the host of the URL, else by the file.
fn identify(
    id: Option<&str>,
    url: Option<&str>,
    outlet: [Option<&str>; 2],
    path: &str,
) -> Option<ArticleId> {
    let id = id.map(str::trim).filter(|id| !id.is_empty());
    match id {
        Some(id) if has_scheme(id) => Some(ArticleId::from_publisher(id)),
        Some(id) => {
            let outlet = outlet.into_iter().flatten().next().unwrap_or(path);
            Some(ArticleId::from_publisher(&format!("{outlet}#{id}")))
        }
        None => url.map(ArticleId::from_publisher),
    }
}

/// Whether `id` is an address or a name in a registry, and so the same for every outlet.
fn has_scheme(id: &str) -> bool {
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    };
    id.split_once(':').is_some_and(|(scheme, rest)| {
        ["urn", "tag"]
            .iter()
            .any(|name| scheme.eq_ignore_ascii_case(name))
            || rest.starts_with("//") && is_scheme(scheme)
    })
}

fn facets(names: &[String]) -> Vec<String> {
    names
        .iter()
        .filter_map(|name| facet(name))
        .take(AUTHORS_MAX)
        .collect()
}

/// A name fit to be counted: on one line, cut to [`FACET_CHARS_MAX`].
fn facet(value: &str) -> Option<String> {
    let value = one_line(value, FACET_CHARS_MAX);
    (!value.is_empty()).then_some(value)
}

/// An address that a browser would take, and nothing that only stands where one should.
fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let is_address = (1..=URL_BYTES_MAX).contains(&url.len()) && !url.contains(char::is_control);
    // Tables leave out what every address begins with.
    let scheme = match url {
        _ if url.starts_with("//") => "https:",
        _ if url.starts_with("www.") => "https://",
        _ => "",
    };
    is_address.then(|| format!("{scheme}{url}"))
}
