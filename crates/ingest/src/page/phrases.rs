//! Lines with which sites speak to their readers between the lines of an article. Written by us,
//! from what news sites in English, German, Spanish, Portuguese, French, Italian and Indonesian
//! commonly say.

/// No such line is longer; a longer one that begins the same way is a sentence of the article.
const LINE_CHARS_MAX: usize = 120;
/// A heading of comments has no more characters.
const COMMENTS_CHARS_MAX: usize = 40;

/// Beginnings of lines of the site, lower case.
const SITE: &[&str] = &[
    "(image credit",
    "advert",
    "all rights reserved",
    "also read",
    "anzeige",
    "baca juga",
    "by clicking",
    "click here",
    "comments",
    "continue reading",
    "copyright",
    "don't miss",
    "don’t miss",
    "email",
    "enter your email",
    "facebook",
    "filed under",
    "follow ",
    "get the latest",
    "have a tip",
    "iklan",
    "image credit",
    "image:",
    "join our",
    "key points",
    "last updated",
    "leave a comment",
    "leer más",
    "leggi anche",
    "leia mais",
    "leia também",
    "lesen sie",
    "lire aussi",
    "like this story",
    "loading",
    "lee también",
    "mehr zum thema",
    "more from",
    "more on this",
    "more:",
    "most read",
    "newsletter",
    "photo:",
    "photos:",
    "print",
    "pubblicità",
    "publicidad",
    "publicité",
    "published ",
    "published:",
    "read also",
    "read more",
    "recommended",
    "related",
    "see also",
    "share this",
    "sign up",
    "source:",
    "story continues",
    "subscribe",
    "tags:",
    "te puede interesar",
    "thank you for",
    "this slideshow requires",
    "this website uses",
    "topics:",
    "trending",
    "tweet",
    "updated at",
    "updated:",
    "watch now",
    "watch:",
    "we use cookies",
    "you have been successfully",
    "à lire",
    "©",
];
/// Beginnings of headings over links to other articles, lower case.
const OTHERS: &[&str] = &[
    "also on",
    "más noticias",
    "mehr zum thema",
    "more from",
    "more great",
    "more in",
    "more news",
    "more on",
    "more stories",
    "most popular",
    "most read",
    "read next",
    "recommended",
    "related",
    "the latest",
    "top stories",
    "trending",
    "you may also",
    "you might also",
];
/// Words of headings over comments, lower case.
const COMMENTS: &[&str] = &[
    "comentarios",
    "comentários",
    "commentaires",
    "comments",
    "commenti",
    "kommentare",
    "leave a comment",
    "leave a reply",
    "reacties",
];

/// Whether a line is the site's and not the article's.
pub(crate) fn is_of_site(line: &str) -> bool {
    begins(line, SITE) && line.chars().nth(LINE_CHARS_MAX).is_none()
}

/// Whether a heading stands over links to other articles.
pub(crate) fn begins_other(heading: &str) -> bool {
    begins(heading, OTHERS)
}

/// Whether a heading stands over the comments of readers.
pub(crate) fn begins_comments(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    lower.chars().nth(COMMENTS_CHARS_MAX).is_none()
        && COMMENTS.iter().any(|word| lower.contains(word))
}

fn begins(line: &str, beginnings: &[&str]) -> bool {
    // The longest beginning has fewer characters.
    let lower: String = line.chars().take(40).flat_map(char::to_lowercase).collect();
    beginnings
        .iter()
        .any(|beginning| lower.starts_with(beginning))
}
