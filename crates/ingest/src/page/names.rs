//! What the names that publishers give to elements (`class`, `id`) say about them. The words are
//! those that content systems and style guides use; written by us.

/// Words that name what is not the article.
const OTHER: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "author",
    "authors",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "captions",
    "comment",
    "contributor",
    "copyright",
    "credit",
    "credits",
    "dateline",
    "dek",
    "disclaimer",
    "eyebrow",
    "footer",
    "hidden",
    "hovercard",
    "kicker",
    "login",
    "menu",
    "meta",
    "metadata",
    "modal",
    "nav",
    "navigation",
    "outbrain",
    "pager",
    "pagination",
    "popular",
    "popup",
    "print",
    "promo",
    "rating",
    "recommended",
    "register",
    "related",
    "replies",
    "respond",
    "rollover",
    "share",
    "shares",
    "sharing",
    "signin",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "sr",
    "standfirst",
    "subhead",
    "subheading",
    "subheadline",
    "subscribe",
    "subscription",
    "subtitle",
    "taboola",
    "taglist",
    "tags",
    "teaser",
    "timestamp",
    "toolbar",
    "tooltip",
    "trending",
    "visually",
    "widget",
    "widgets",
];
/// Parts of longer words that do so, without hyphens.
const OTHER_PARTS: &[&str] = &[
    "addthis",
    "addtoany",
    "advertis",
    "authorbox",
    "breadcrumb",
    "gdpr",
    "mostpopular",
    "mostread",
    "navigation",
    "newsletter",
    "outbrain",
    "pagination",
    "postmeta",
    "readmore",
    "recirc",
    "relatedart",
    "relatedcont",
    "relatedlink",
    "relatednews",
    "relatedpost",
    "sharebar",
    "sharebut",
    "sharedaddy",
    "sharethis",
    "sidebar",
    "signup",
    "socialshare",
    "subscrib",
    "taboola",
];
/// Words that do so beyond doubt, unless the headline stands in the element.
const SURELY_OTHER: &[&str] = &[
    "comments",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "navbar",
    "newsletter",
    "sidebar",
];
/// Parts of words that name the text of an article, without hyphens.
const BODY_PARTS: &[&str] = &[
    "articlebody",
    "articlecontent",
    "articletext",
    "bodycopy",
    "contentbody",
    "entrycontent",
    "maincontent",
    "newstext",
    "postbody",
    "postcontent",
    "storybody",
    "storycontent",
    "storytext",
];
/// Parts of words that name a quoted post of a social network.
const POST_PARTS: &[&str] = &["embed", "instagram", "tweet", "twitter"];

/// Words that make a name speak of what stands beside the element or is missing in it.
const LAYOUT: &[&str] = &["has", "no", "with", "without"];

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Naming {
    /// The text of an article.
    Body,
    /// A post that the article quotes.
    Post,
    /// Nothing.
    Nothing,
    /// Something that is rarely of the article.
    Other,
    /// Something that is never of the article.
    SurelyOther,
}

/// What the value of a `class` or `id` says.
pub(crate) fn naming(names: &str) -> Naming {
    let mut joined = names.to_ascii_lowercase();
    joined.retain(|c| c != '_' && c != '-');
    let has_part = |parts: &[&str]| parts.iter().any(|part| joined.contains(part));
    let words = words(names);
    let has_word = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    if has_word(LAYOUT) {
        Naming::Nothing
    } else if has_word(SURELY_OTHER) {
        Naming::SurelyOther
    } else if has_part(POST_PARTS) {
        Naming::Post
    } else if has_word(OTHER) || has_part(OTHER_PARTS) {
        Naming::Other
    } else if has_part(BODY_PARTS) {
        Naming::Body
    } else {
        Naming::Nothing
    }
}

/// The words of names: `relatedArticles article-meta` has `related`, `articles`, `article`, `meta`.
fn words(names: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in names.chars() {
        let is_start = c.is_ascii_uppercase() && was_lower;
        was_lower = c.is_ascii_lowercase();
        if !c.is_ascii_alphanumeric() || is_start {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_ascii_alphanumeric(), words.last_mut()) {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
