//! The page about the query language is complete, and its examples work.

use super::field::{CODES, CODES_UNKNOWN, NAMES, SEGMENTS};
use super::proximity::BEFORE_NUMBER;
use super::{Closeness, Field, Filter, Form, GUIDE, Near, Node, Piece, Text, parse};
use crate::FacetField;

/// The section of the page that describes what a node is, of those that have one of their own. A
/// node of a new sort does not compile until it has its place.
fn section(node: &Node) -> &'static str {
    match node {
        Node::And(_) | Node::Or(_) | Node::Not(_) => "AND, OR, NOT",
        Node::In(field, _) => match field {
            Field::Title | Field::Lead | Field::HeadlineAndLead | Field::Body => "Where",
            Field::About | Field::Facet(FacetField::About | FacetField::AboutPerson) => "About",
            Field::Site | Field::Id | Field::Url | Field::Facet(_) => "Fields",
        },
        Node::Near(Near { closeness, .. }) => match closeness {
            Closeness::Words { .. } => "Near",
            Closeness::Sentence | Closeness::Paragraph => "Same sentence, same paragraph",
        },
        Node::AtLeast(..) => "How often",
        Node::Filter(filter) => match filter {
            Filter::Has(_) | Filter::Words { .. } => "What an article has",
            Filter::Published(..) => "Dates",
        },
        Node::Text(text) => section_of_text(text),
    }
}

fn section_of_text(text: &Text) -> &'static str {
    let pieces = text.pieces();
    match text.form {
        Form::Regex => "Regular expressions",
        Form::Fuzzy { .. } => "Fuzzy words",
        _ if pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Pattern(_))) =>
        {
            "Wildcards"
        }
        _ if pieces.contains(&Piece::Gap) => "Phrases with gaps",
        Form::Quoted { slop: 1.. } => "Phrases with gaps",
        _ if text.exact => "Exact form",
        Form::Quoted { slop: 0 } => "Phrases",
        Form::Plain => "Words",
    }
}

fn sections(node: &Node, found: &mut Vec<&'static str>) {
    found.push(section(node));
    match node {
        Node::And(nodes) | Node::Or(nodes) | Node::Near(Near { nodes, .. }) => {
            nodes.iter().for_each(|node| sections(node, found));
        }
        Node::Not(node) | Node::In(_, node) | Node::AtLeast(_, node) => sections(node, found),
        Node::Text(_) | Node::Filter(_) => {}
    }
}

/// The headings of the page with their examples.
fn examples() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut examples = Vec::new();
    for part in GUIDE.split("\n## ").skip(1) {
        let (heading, text) = part.split_once('\n').unwrap();
        let blocks = text.split("```query\n").skip(1);
        let lines = blocks.flat_map(|block| block.split("```").next().unwrap().lines());
        examples.push((heading, lines.collect()));
    }
    examples
}

#[test]
fn every_example_shows_what_its_section_is_about() {
    for (heading, queries) in examples() {
        // Limits have no syntax.
        assert!(
            queries.len() >= 2 || heading == "Limits",
            "{heading} has examples"
        );
        let mut shown = Vec::new();
        for query in queries {
            let parsed = parse(query);
            assert_eq!(parsed.diagnostics, [], "{query}");
            let mut found = Vec::new();
            sections(&parsed.tree.unwrap(), &mut found);
            // Words side by side and words with a sign show no operator.
            let plain = found.contains(&heading)
                || query.starts_with('+')
                || heading.starts_with("Phrases");
            assert!(plain, "{query} shows {found:?}, not {heading}");
            shown.extend(found);
        }
        assert!(shown.contains(&heading) || heading == "Limits", "{heading}");
    }
}

#[test]
fn every_operator_is_on_the_page() {
    let on_page = |spelling: &str| GUIDE.contains(&format!("`{spelling}"));
    for (name, _) in NAMES {
        assert!(on_page(&format!("{name}:")), "{name}:");
    }
    for (code, _) in CODES {
        assert!(
            on_page(&format!("{code}=")) || on_page(&format!("{code}`")),
            "{code}="
        );
    }
    for segment in SEGMENTS {
        assert!(
            on_page(&format!("{}(", segment.to_uppercase())),
            "{segment}("
        );
    }
    for code in CODES_UNKNOWN {
        assert!(on_page(&format!("{code}=")), "{code}=");
    }
    for (operator, _) in BEFORE_NUMBER {
        let shown = GUIDE.to_lowercase();
        assert!(shown.contains(&format!("`{operator}5")), "{operator}5");
    }
    for operator in [
        "AND",
        "OR",
        "NOT",
        "-",
        "+",
        "&&",
        "&",
        "||",
        "|",
        "=",
        "*",
        "?",
        "~1",
        "~3",
        "/s",
        "w/s",
        "w/sent",
        "SAME-SENTENCE",
        "/p",
        "w/p",
        "w/para",
        "SAME",
        "SAME-PARAGRAPH",
        "atleast3(",
        "AROUND(5)",
        "date:none",
        "7d",
        "2w",
        "3m",
        "1y",
    ] {
        assert!(on_page(operator), "{operator}");
    }
}
