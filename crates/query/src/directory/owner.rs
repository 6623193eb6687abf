//! Whom a name means in an article that does not say it in full: pure decisions over what is
//! known of articles. Where articles and names come from is not known here.

use dateline_corpus::CountryCode;
use rustc_hash::FxHashMap;

/// Seconds of the spans that publication is told apart by: about a month, the time for which
/// somebody is in the news.
const SPAN_SECONDS: i64 = 30 * 86_400;

/// A person owns a name only where at least this many times as much speaks for them as for the
/// next one who carries it.
const LEAD: f64 = 2.0;

/// What sharing no country with any article of a person leaves of their weight. Much, because
/// news of one country names people of all.
const NO_COUNTRY_SHARED: f64 = 0.1;

/// Articles about the same time that must name a person in full, when no country is shared.
const ARTICLES_MIN: f64 = 3.0;

/// What the same role in the same person's articles is worth.
const SAME_ROLE: f64 = 3.0;

/// What is known of an article that tells people of one name apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// When it was published, in seconds since 1970.
    pub(super) published: Option<i64>,
    /// The first and the last second of the day of publication, or of what is known of it, by the
    /// publisher's clock.
    pub(super) period: Option<(i64, i64)>,
    /// The outlet.
    pub(super) source: Option<String>,
    /// The countries it names.
    pub(super) countries: Vec<CountryCode>,
    /// What the person is said to be.
    pub(super) roles: Vec<String>,
}

/// The articles that name a person in full.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    articles: f64,
    by_span: FxHashMap<i64, f64>,
    by_country: FxHashMap<CountryCode, f64>,
    roles: Vec<String>,
}

impl Profile {
    /// The profile of somebody with these roles, of no articles yet.
    pub(super) fn new(roles: Vec<String>) -> Profile {
        Profile {
            roles,
            ..Profile::default()
        }
    }

    /// Adds an article.
    pub(super) fn add(
        &mut self,
        published: Option<i64>,
        countries: impl Iterator<Item = CountryCode>,
    ) {
        self.articles += 1.0;
        if let Some(published) = published {
            *self.by_span.entry(span(published)).or_default() += 1.0;
        }
        for country in countries {
            *self.by_country.entry(country).or_default() += 1.0;
        }
    }

    /// How much speaks for this person in an article.
    fn weight(&self, article: &Context) -> f64 {
        let near = match article.published.map(span) {
            None => self.articles,
            Some(span) => (span - 1..=span + 1)
                .filter_map(|span| self.by_span.get(&span))
                .sum(),
        };
        let shared = |country| self.by_country.get(country).copied().unwrap_or(0.0);
        let shared: f64 = article.countries.iter().map(shared).sum();
        let shared = shared / self.articles.max(1.0) / article.countries.len().max(1) as f64;
        if shared == 0.0 && near < ARTICLES_MIN {
            return 0.0;
        }
        let same_role = article.roles.iter().any(|role| self.roles.contains(role));
        let role = if same_role { SAME_ROLE } else { 1.0 };
        near * (NO_COUNTRY_SHARED + shared) * role
    }
}

/// Which of the people who carry a name in full is meant in an article that has the bare name;
/// `None` when nobody is clearly ahead.
pub(super) fn owner<'a>(
    article: &Context,
    people: impl IntoIterator<Item = &'a Profile>,
) -> Option<usize> {
    let mut best = (None, 0.0);
    let mut second = 0.0;
    for (number, person) in people.into_iter().enumerate() {
        let weight = person.weight(article);
        if weight > best.1 {
            second = best.1;
            best = (Some(number), weight);
        } else if weight > second {
            second = weight;
        }
    }
    best.0.filter(|_| best.1 >= LEAD * second)
}

/// The number of the span that an instant lies in.
fn span(seconds: i64) -> i64 {
    seconds.div_euclid(SPAN_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(day: i64, countries: &str, role: &str) -> Context {
        Context {
            published: Some(day * 86_400),
            countries: countries.split(' ').filter_map(CountryCode::new).collect(),
            roles: (!role.is_empty())
                .then(|| role.to_owned())
                .into_iter()
                .collect(),
            ..Context::default()
        }
    }

    fn profile(articles: &[Context]) -> Profile {
        let roles = articles.iter().flat_map(|article| article.roles.clone());
        let mut profile = Profile::new(roles.collect());
        for article in articles {
            profile.add(article.published, article.countries.iter().copied());
        }
        profile
    }

    #[test]
    fn a_bare_name_is_owned_by_who_was_in_the_news_there_and_then() {
        let donald = profile(&[
            article(100, "US CO", "president"),
            article(101, "US", "president"),
            article(110, "US CN", "president"),
        ]);
        let melania = profile(&[article(100, "US", "first lady"), article(900, "SI", "")]);
        let people = [donald, melania];
        for (context, expected) in [
            (article(105, "US CO", ""), Some(0)),
            (article(105, "", ""), Some(0)),
            // Years later, and at home, it is somebody else.
            (article(900, "SI", ""), Some(1)),
            // Nobody was in the news then.
            (article(3_000, "US", ""), None),
            (article(105, "US", "first lady"), None),
        ] {
            assert_eq!(owner(&context, &people), expected, "{context:?}");
        }
    }

    #[test]
    fn a_stranger_to_the_article_owns_nothing() {
        let smith = profile(&[article(100, "NZ", "")]);
        assert_eq!(
            owner(&article(100, "FR", ""), std::slice::from_ref(&smith)),
            None
        );
        assert_eq!(owner(&article(100, "NZ", ""), &[smith]), Some(0));
        assert_eq!(owner(&article(100, "NZ", ""), []), None);
    }

    #[test]
    fn equals_leave_the_name_bare() {
        let one = profile(&[article(100, "US", "")]);
        assert_eq!(owner(&article(100, "US", ""), &[one.clone(), one]), None);
    }
}
