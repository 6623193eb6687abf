//! Tells in words how a query was read.

use std::fmt::Write as _;

use super::dates::{Dates, Moment, Unit};
use super::{Closeness, Field, Filter, Form, Near, Node, Piece, Text};
use crate::FacetField;

/// What a query asks for, as a tree in words, one line for each part of it; ends with a line
/// break.
pub fn explain(tree: Option<&Node>) -> String {
    let mut text = String::new();
    match tree {
        Some(tree) => explain_node(tree, None, 0, &mut text),
        None => text.push_str("every article\n"),
    }
    text
}

/// Explains a node; `field` is the innermost one around it. The parser bounds the depth.
fn explain_node(node: &Node, field: Option<Field>, depth: usize, out: &mut String) {
    let nodes = match node {
        Node::In(field, node) => return explain_node(node, Some(*field), depth, out),
        Node::And(nodes) | Node::Or(nodes) | Node::Near(Near { nodes, .. }) => nodes.as_slice(),
        Node::Not(node) | Node::AtLeast(_, node) => std::slice::from_ref(&**node),
        Node::Text(_) | Node::Filter(_) => &[],
    };
    let line = match node {
        Node::Text(text) => explain_text(text, field),
        Node::Filter(filter) => explain_filter(filter),
        Node::And(_) => "all of".to_owned(),
        Node::Or(_) => "one of".to_owned(),
        Node::Not(_) => "not".to_owned(),
        Node::Near(near) => explain_closeness(near.closeness),
        Node::AtLeast(count, _) => format!("{count} times at least"),
        Node::In(..) => String::new(),
    };
    let colon = if nodes.is_empty() { "" } else { ":" };
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{:indent$}{line}{colon}", "", indent = 2 * depth);
    for node in nodes {
        explain_node(node, field, depth + 1, out);
    }
}

fn explain_closeness(closeness: Closeness) -> String {
    match closeness {
        Closeness::Words { max, ordered } => {
            let order = if ordered {
                "in this order"
            } else {
                "in any order"
            };
            format!("at most {max} words apart, {order}")
        }
        Closeness::Sentence => "in one sentence".to_owned(),
        Closeness::Paragraph => "in one paragraph".to_owned(),
    }
}

fn explain_text(text: &Text, field: Option<Field>) -> String {
    let raw = &text.raw;
    if let Some(field) = field.filter(|field| !field.has_text()) {
        let exactly = if text.exact { ", spelt exactly so" } else { "" };
        return match field {
            Field::About | Field::Facet(FacetField::About | FacetField::AboutPerson) => {
                format!("about `{raw}`{exactly}")
            }
            field => format!("the {} `{raw}`{exactly}", value_noun(field)),
        };
    }
    let place = match field {
        Some(Field::Title) => " in the headline",
        Some(Field::Lead) => " in the first words of the body",
        Some(Field::HeadlineAndLead) => " in the headline or the first words of the body",
        Some(Field::Body) => " in the body",
        _ => "",
    };
    let pieces = text.pieces();
    let what = match (text.form, &pieces[..]) {
        (Form::Regex, _) => format!("a word that fulfils `/{raw}/`"),
        (Form::Fuzzy { edits }, _) => {
            let letters = if edits == 1 { "letter" } else { "letters" };
            format!("a word like `{raw}`, {edits} {letters} different at most")
        }
        (_, [Piece::Pattern(pattern)]) => format!("a word like `{pattern}`"),
        (_, [Piece::Word(_)]) => format!("the word `{raw}`{}", inflection(text)),
        (Form::Quoted { slop: 1.. }, _) => format!("the words `{raw}`{}", inflection(text)),
        _ => format!("the phrase `{raw}`{}", inflection(text)),
    };
    let slop = match text.form {
        Form::Quoted { slop: 0 } => String::new(),
        Form::Quoted { slop: 1 } => ", with 1 other word between at most".to_owned(),
        Form::Quoted { slop } => format!(", with {slop} other words between at most"),
        _ => String::new(),
    };
    format!("{what}{slop}{place}")
}

fn inflection(text: &Text) -> &'static str {
    match text.form {
        _ if text.exact => " in exactly this form",
        Form::Quoted { .. } => " in any inflection, this one first",
        _ => " in any inflection",
    }
}

fn explain_filter(filter: &Filter) -> String {
    match filter {
        Filter::Has(None) => "with a date".to_owned(),
        Filter::Has(Some(field)) => format!("with a value for `{}:`", field.name()),
        Filter::Words { min, max: None, .. } => format!("{min} words or more"),
        Filter::Words {
            min: 0,
            max: Some(max),
            ..
        } => format!("{max} words at most"),
        Filter::Words {
            min,
            max: Some(max),
            ..
        } => format!("{min} to {max} words"),
        Filter::Published(dates, _) => match dates {
            Dates::Since(first) => format!("published in or after {}", explain_moment(*first)),
            Dates::Until(last) => format!("published in or before {}", explain_moment(*last)),
            Dates::Before(end) => format!("published before {}", explain_moment(*end)),
            Dates::Between(first, last) if first == last => {
                format!("published in {}", explain_moment(*first))
            }
            Dates::Between(first, last) => format!(
                "published from {} to {}",
                explain_moment(*first),
                explain_moment(*last)
            ),
            Dates::Unknown => "without a date".to_owned(),
        },
    }
}

fn explain_moment(moment: Moment) -> String {
    let Moment::Ago(count, unit) = moment else {
        return moment.to_string();
    };
    let unit = match unit {
        Unit::Day => "days",
        Unit::Week => "weeks",
        Unit::Month => "months",
        Unit::Year => "years",
    };
    format!("the day {count} {unit} before today")
}

fn value_noun(field: Field) -> &'static str {
    match field {
        Field::Facet(FacetField::Organisation) => "organisation",
        Field::Facet(FacetField::Language) => "language",
        Field::Facet(FacetField::SourceCountry) => "country of publication",
        field => field.name(),
    }
}
