//! The elements of HTML, as far as an article's text depends on them.

/// An element's name. Names that HTML does not define are numbered as they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Tag(u16);

macro_rules! tags {
    ($($constant:ident $name:literal)*) => {
        const NAMES: &[&str] = &[$($name),*];
        #[allow(clippy::upper_case_acronyms, reason = "names of elements as HTML writes them")]
        #[allow(non_camel_case_types, reason = "the numbers of the constants below")]
        enum Number { $($constant),* }
        impl Tag {
            $(pub(crate) const $constant: Tag = Tag(Number::$constant as u16);)*
        }
    };
}

// In alphabetical order, for the search in `Tag::of`.
tags! {
    A "a"
    ADDRESS "address"
    APPLET "applet"
    AREA "area"
    ARTICLE "article"
    ASIDE "aside"
    AUDIO "audio"
    BASE "base"
    BLOCKQUOTE "blockquote"
    BODY "body"
    BR "br"
    BUTTON "button"
    CANVAS "canvas"
    CAPTION "caption"
    CENTER "center"
    COL "col"
    DATALIST "datalist"
    DD "dd"
    DETAILS "details"
    DIALOG "dialog"
    DIV "div"
    DL "dl"
    DT "dt"
    EMBED "embed"
    FIELDSET "fieldset"
    FIGCAPTION "figcaption"
    FIGURE "figure"
    FOOTER "footer"
    FORM "form"
    H1 "h1"
    H2 "h2"
    H3 "h3"
    H4 "h4"
    H5 "h5"
    H6 "h6"
    HEAD "head"
    HEADER "header"
    HGROUP "hgroup"
    HR "hr"
    HTML "html"
    I "i"
    IFRAME "iframe"
    IMG "img"
    INPUT "input"
    LI "li"
    LINK "link"
    MAIN "main"
    MAP "map"
    MATH "math"
    MENU "menu"
    META "meta"
    NAV "nav"
    NOEMBED "noembed"
    NOFRAMES "noframes"
    NOSCRIPT "noscript"
    OBJECT "object"
    OL "ol"
    OPTGROUP "optgroup"
    OPTION "option"
    P "p"
    PARAM "param"
    PRE "pre"
    PROGRESS "progress"
    SCRIPT "script"
    SECTION "section"
    SELECT "select"
    SOURCE "source"
    STYLE "style"
    SUMMARY "summary"
    SVG "svg"
    TABLE "table"
    TBODY "tbody"
    TD "td"
    TEMPLATE "template"
    TEXTAREA "textarea"
    TFOOT "tfoot"
    TH "th"
    THEAD "thead"
    TIME "time"
    TITLE "title"
    TR "tr"
    TRACK "track"
    UL "ul"
    VIDEO "video"
    WBR "wbr"
}

impl Tag {
    /// The element of that name in lower case; `None` for names that HTML does not define.
    pub(crate) fn of(name: &str) -> Option<Tag> {
        NAMES.binary_search(&name).ok().map(|at| Tag(at as u16))
    }

    /// The tag for the `nth` name that HTML does not define. From some 65,000 on they are one.
    pub(crate) fn unknown(nth: usize) -> Tag {
        Tag(u16::try_from(NAMES.len() + nth).unwrap_or(u16::MAX))
    }

    /// The name, empty for one that HTML does not define.
    pub(crate) fn name(self) -> &'static str {
        NAMES.get(self.index()).copied().unwrap_or_default()
    }

    /// The number that [`Tag::unknown`] was given.
    pub(crate) fn nth_unknown(self) -> Option<usize> {
        self.index().checked_sub(NAMES.len())
    }

    /// Its place in a table over all tags.
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Elements that have no content and no end tag.
    pub(crate) fn is_void(self) -> bool {
        use crate::page::tag::Tag as T;
        matches!(
            self,
            T::AREA
                | T::BASE
                | T::BR
                | T::COL
                | T::EMBED
                | T::HR
                | T::IMG
                | T::INPUT
                | T::LINK
                | T::META
                | T::PARAM
                | T::SOURCE
                | T::TRACK
                | T::WBR
        )
    }

    /// Elements that begin and end a line of text.
    pub(crate) fn is_block(self) -> bool {
        use crate::page::tag::Tag as T;
        matches!(
            self,
            T::ADDRESS
                | T::ARTICLE
                | T::ASIDE
                | T::BLOCKQUOTE
                | T::BODY
                | T::CAPTION
                | T::CENTER
                | T::DD
                | T::DETAILS
                | T::DIALOG
                | T::DIV
                | T::DL
                | T::DT
                | T::FIELDSET
                | T::FIGCAPTION
                | T::FIGURE
                | T::FOOTER
                | T::FORM
                | T::H1
                | T::H2
                | T::H3
                | T::H4
                | T::H5
                | T::H6
                | T::HEADER
                | T::HGROUP
                | T::HR
                | T::HTML
                | T::LI
                | T::MAIN
                | T::MENU
                | T::NAV
                | T::OL
                | T::P
                | T::PRE
                | T::SECTION
                | T::SUMMARY
                | T::TABLE
                | T::TBODY
                | T::TD
                | T::TFOOT
                | T::TH
                | T::THEAD
                | T::TR
                | T::UL
        )
    }

    /// Headings of any rank.
    pub(crate) fn is_heading(self) -> bool {
        (Tag::H1..=Tag::H6).contains(&self)
    }

    /// Elements whose content is never an article's text.
    pub(crate) fn is_hidden(self) -> bool {
        use crate::page::tag::Tag as T;
        matches!(
            self,
            T::APPLET
                | T::AUDIO
                | T::BUTTON
                | T::CANVAS
                | T::DATALIST
                | T::DIALOG
                | T::HEAD
                | T::IFRAME
                | T::MAP
                | T::MATH
                | T::NAV
                | T::NOEMBED
                | T::NOFRAMES
                | T::NOSCRIPT
                | T::OBJECT
                | T::PROGRESS
                | T::SCRIPT
                | T::SELECT
                | T::STYLE
                | T::SVG
                | T::TEMPLATE
                | T::TEXTAREA
                | T::TITLE
                | T::VIDEO
        )
    }

    /// Elements that stand in a page's head; another one ends it.
    pub(crate) fn is_of_head(self) -> bool {
        use crate::page::tag::Tag as T;
        matches!(
            self,
            T::BASE
                | T::HEAD
                | T::HTML
                | T::LINK
                | T::META
                | T::NOSCRIPT
                | T::SCRIPT
                | T::STYLE
                | T::TEMPLATE
                | T::TITLE
        )
    }

    /// Whether an end tag of `inner` cannot reach out of this element.
    pub(crate) fn holds_in(self, inner: Tag) -> bool {
        use crate::page::tag::Tag as T;
        match inner {
            T::TABLE => false,
            T::TR | T::TD | T::TH | T::TBODY | T::THEAD | T::TFOOT | T::CAPTION => self == T::TABLE,
            T::BODY | T::HTML => false,
            _ if inner.is_block() => matches!(self, T::TABLE | T::TD | T::TH | T::CAPTION),
            // An inline element that was closed too late must not close the blocks around it.
            _ => self.is_block(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_name() {
        assert!(NAMES.is_sorted());
        for (at, name) in NAMES.iter().enumerate() {
            assert_eq!(Tag::of(name).map(Tag::index), Some(at));
        }
        assert_eq!(Tag::of("h2"), Some(Tag::H2));
        assert_eq!(Tag::of("blink"), None);
    }
}
