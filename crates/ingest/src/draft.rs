//! An article in the making: what a reader found, before titles are derived, dates decided and
//! ids given. All formats meet here.

use std::borrow::Cow;

use dateline_corpus::{Article, ArticleId, Dateline, Flaw, Language, Origin};
use jiff::Timestamp;

use crate::agencies;
use crate::authors;
use crate::clean::{clean, has_mojibake};
use crate::dateline::{Opening, dateline};
use crate::paragraphs::squeeze;
use crate::published::{Claim, Evidence, decide};
use crate::source::{host, site};
use crate::titles::{derive, without_outlet};
use crate::{DateOrders, Provenance, ReadOptions};

/// What a reader found.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub title: Option<String>,
    /// Paragraphs parted by `\n`.
    pub body: String,
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
        self,
        from: Provenance<'_>,
        entry: Option<&str>,
        record: Option<u64>,
        options: &ReadOptions,
        orders: &mut DateOrders,
    ) -> Result<Article, String> {
        let place = match entry {
            Some(entry) => Cow::Owned(format!("{}/{entry}", from.path)),
            None => Cow::Borrowed(from.path),
        };
        let mut flaws = Vec::new();
        let title = self.title.as_deref().map(|title| clean(title));
        let given = title
            .map(|title| squeeze(&title))
            .filter(|title| !title.is_empty());
        let body = paragraphs_of(
            without_headline(self.body, given.as_deref()),
            options.limits.body_bytes_max,
            &mut flaws,
        );
        let replaced = count_replaced(given.as_deref().unwrap_or_default(), &body, &mut flaws);
        let opening = dateline(body.lines().next().unwrap_or_default());
        let url = self.url.filter(|url| url.len() <= URL_BYTES_MAX);
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
            .or_else(|| opening.as_ref()?.agency.clone())
            .or(byline.agency)
            .or_else(|| agencies::agency(outlet.name.as_deref()?).map(str::to_owned));
        let title_derived = given.is_none();
        let title = match given {
            Some(title) => {
                let (name, site) = (outlet.name.as_deref(), outlet.site.as_deref());
                without_outlet(&title, name, site, section.as_deref())
            }
            None => derive(&body, opening.as_ref()).ok_or(NO_TEXT)?,
        };
        let source = outlet.name.clone().or_else(|| agency.clone());
        let decision = decide(
            &self.claims,
            Evidence {
                title: if title_derived { "" } else { &title },
                body: &body,
                url: url.as_deref(),
                dateline: opening.as_ref(),
                crawled: instant(self.crawled_seconds),
                modified: instant(from.modified_seconds.filter(|_| options.date_from_mtime)),
                source_order: orders.of(source.as_deref().unwrap_or_default()),
                order: options.date_order,
                now: instant(from.read_seconds),
            },
        );
        if let (Some(source), Some(order)) = (&source, decision.order) {
            orders.learn(source, order);
        }
        flaws.extend(decision.flaws);
        let id = identify(
            self.id.as_deref(),
            url.as_deref(),
            outlet.of_record(),
            &place,
        )
        .unwrap_or_else(|| match from.path {
            "-" => ArticleId::from_content(&title, &body),
            _ => ArticleId::from_origin(&place, record),
        });
        Ok(Article {
            id,
            title,
            title_derived,
            dateline: opened(opening, self.place, &body),
            body,
            published: decision.published,
            source,
            url: url.clone(),
            site: outlet.site,
            agency,
            flaws,
            replaced_characters: replaced,
            authors: facets(&byline.names),
            language: self.language.as_deref().and_then(Language::from_tag),
            section,
            origin: Origin {
                path: from.path.to_owned(),
                entry: entry.map(str::to_owned),
                record,
            },
        })
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
    let mut body = match clean(&body) {
        Cow::Borrowed(_) => body,
        Cow::Owned(cleaned) => {
            let lines = cleaned.lines().map(str::trim);
            let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
            lines.join("\n")
        }
    };
    if body.len() > bytes_max {
        body.truncate(body.floor_char_boundary(bytes_max));
        body.truncate(body.trim_end().len());
        flaws.push(Flaw::Truncated);
    }
    body
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

/// The dateline as it opens the body, or as the record names its place.
fn opened(opening: Option<Opening>, place: Option<String>, body: &str) -> Option<Dateline> {
    let place = place.as_deref().and_then(facet);
    let (end, place) = match opening {
        Some(opening) => {
            // A dateline on a line of its own ends with the line.
            let end = opening.end + usize::from(body[opening.end..].starts_with('\n'));
            (end, facet(&opening.place).or(place).unwrap_or_default())
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

/// A name fit to be counted: white space collapsed, cut to [`FACET_CHARS_MAX`].
fn facet(value: &str) -> Option<String> {
    let mut value = squeeze(value);
    if let Some((end, _)) = value.char_indices().nth(FACET_CHARS_MAX) {
        value.truncate(end);
    }
    (!value.is_empty()).then_some(value)
}
