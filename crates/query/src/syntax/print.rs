//! Writes a tree as a query that is read as the same tree.

use std::fmt;

use super::lexer::is_word;
use super::{Closeness, Filter, Form, Near, Node, Text};

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // AND and closeness bind tighter than OR and would often need no parentheses; people
        // read them more easily.
        match self {
            Node::Text(text) => text.fmt(f),
            Node::And(nodes) => joined(f, nodes, "AND", |node| {
                matches!(node, Node::Or(_) | Node::Near(_))
            }),
            Node::Or(nodes) => joined(f, nodes, "OR", |node| {
                matches!(node, Node::And(_) | Node::Near(_))
            }),
            Node::Not(node) => {
                f.write_str("NOT ")?;
                grouped(f, node, is_joined(node))
            }
            Node::In(field, node) => {
                write!(f, "{}:", field.name())?;
                grouped(f, node, is_joined(node) || matches!(**node, Node::Not(_)))
            }
            Node::Near(Near { closeness, nodes }) => {
                joined(f, nodes, &closeness.to_string(), is_joined)
            }
            Node::AtLeast(count, node) => write!(f, "atleast{count}({node})"),
            Node::Filter(filter) => filter.fmt(f),
        }
    }
}

/// As an operator.
impl fmt::Display for Closeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Closeness::Words {
                max,
                ordered: false,
            } => write!(f, "NEAR/{max}"),
            Closeness::Words { max, ordered: true } => write!(f, "PRE/{max}"),
            Closeness::Sentence => f.write_str("/s"),
            Closeness::Paragraph => f.write_str("/p"),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.exact {
            f.write_str("=")?;
        }
        match self.form {
            Form::Plain if is_word(&self.raw) => f.write_str(&self.raw),
            Form::Plain | Form::Quoted { slop: 0 } => write!(f, "\"{}\"", self.raw),
            Form::Quoted { slop } => write!(f, "\"{}\"~{slop}", self.raw),
            Form::Fuzzy { edits } => write!(f, "{}~{edits}", self.raw),
            Form::Regex => write!(f, "/{}/", self.raw),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Filter::Has(None) => f.write_str("has:date"),
            Filter::Has(Some(field)) => write!(f, "has:{}", field.name()),
            Filter::Words { min, max: None, .. } => write!(f, "words:>={min}"),
            Filter::Words {
                min: 0,
                max: Some(max),
                ..
            } => write!(f, "words:<={max}"),
            Filter::Words {
                min,
                max: Some(max),
                ..
            } => write!(f, "words:{min}..{max}"),
            Filter::Published(dates, _) => dates.fmt(f),
        }
    }
}

fn is_joined(node: &Node) -> bool {
    matches!(node, Node::And(_) | Node::Or(_) | Node::Near(_))
}

fn joined(
    f: &mut fmt::Formatter<'_>,
    nodes: &[Node],
    operator: &str,
    needs_group: fn(&Node) -> bool,
) -> fmt::Result {
    for (number, node) in nodes.iter().enumerate() {
        if number > 0 {
            write!(f, " {operator} ")?;
        }
        grouped(f, node, needs_group(node))?;
    }
    Ok(())
}

fn grouped(f: &mut fmt::Formatter<'_>, node: &Node, group: bool) -> fmt::Result {
    if group {
        write!(f, "({node})")
    } else {
        write!(f, "{node}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::dates::{Dates, Moment, Unit};
    use super::super::parser::{CLAUSES_MAX, QUERY_BYTES_MAX};
    use super::super::{Field, QuerySpan, parse};
    use super::*;
    use crate::FacetField;

    /// Words, and what words can be taken for.
    const WORDS: &[&str] = &[
        "oil",
        "Bogotá",
        "well-known",
        "l’homme",
        "U.S",
        "3-4",
        "and",
        "not",
        "near",
        "title",
        "a",
        "d'État",
        "x:y",
        "中国",
        "11:20",
        "https://example.org/a",
        "2026",
        "adj",
        "AND",
        "Or",
        "so",
    ];
    const PATTERNS: &[&str] = &[
        "traffick*",
        "wom?n",
        "*ization",
        "anti-traffick*",
        "ab*c?d",
        "é?e",
    ];
    /// What can stand in quotes.
    const QUOTED: &[&str] = &[
        "*",
        "traffick*",
        "OR",
        "(",
        "title:",
        "-oil",
        "NEAR/5",
        "peace",
        "/s",
        "~2",
        "=a",
        "end?",
    ];
    const REGEXES: &[&str] = &[
        "oil|gas",
        "colou?r",
        "sanction(s|ed)?",
        "a\\/b",
        "x[(]y",
        "\"q\"",
    ];

    fn piece() -> impl Strategy<Value = Node> {
        let word = select(WORDS).prop_filter("an operator", |raw| is_word(raw));
        let pattern = select(PATTERNS);
        let form = prop_oneof![
            Just(Form::Plain),
            (1..=2u8).prop_map(|edits| Form::Fuzzy { edits })
        ];
        let slop = prop_oneof![3 => Just(0), 1 => 1..20_u32];
        let phrase = vec(select([WORDS, QUOTED].concat()), 1..4);
        prop_oneof![
            3 => (word, any::<bool>()).prop_map(|(raw, exact)| Text { exact, ..Text::word(raw) }),
            1 => pattern.prop_map(Text::word),
            1 => (select(&["petroo", "Zelenskiy", "中"][..]), form)
                .prop_map(|(raw, form)| Text { form, ..Text::word(raw) }),
            2 => (phrase, any::<bool>(), slop).prop_map(|(parts, exact, slop)| {
                let text = Text { exact, ..Text::quoted(parts.join(" ")) };
                let slop = if text.pieces().len() > 1 { slop } else { 0 };
                Text { form: Form::Quoted { slop }, ..text }
            }),
            1 => select(REGEXES).prop_map(|raw| Text { form: Form::Regex, ..Text::word(raw) }),
        ]
        .prop_filter("nothing to look for", |text| {
            text.form == Form::Regex || !text.pieces().is_empty()
        })
        .prop_map(Node::Text)
    }

    fn closeness() -> impl Strategy<Value = Closeness> {
        prop_oneof![
            (1..=1_000_u32, any::<bool>())
                .prop_map(|(max, ordered)| Closeness::Words { max, ordered }),
            Just(Closeness::Sentence),
            Just(Closeness::Paragraph),
        ]
    }

    fn positional() -> impl Strategy<Value = Node> {
        piece().prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                vec(inner.clone(), 2..4).prop_map(|nodes| Node::or(nodes).unwrap()),
                (inner.clone(), closeness(), inner)
                    .prop_map(|(left, closeness, right)| left.near(closeness, right)),
            ]
        })
    }

    fn value() -> impl Strategy<Value = Node> {
        let fields = [
            Field::Facet(FacetField::Person),
            Field::Facet(FacetField::Country),
            Field::Facet(FacetField::Language),
            Field::About,
            Field::Site,
            Field::Facet(FacetField::Agency),
            Field::Id,
            Field::Url,
        ];
        let raw = prop_oneof![
            select(&["petro", "CO", "Yahoo!", "l’Équipe", "x~1", "and"][..]).prop_map(Text::word),
            select(&["Gustavo Petro", "South Sudan", "AND", "A*Z (x): -y"][..])
                .prop_map(Text::quoted),
        ];
        (select(fields.to_vec()), raw, any::<bool>())
            .prop_map(|(field, text, exact)| Node::from(Text { exact, ..text }).within(field))
    }

    fn moment() -> impl Strategy<Value = Moment> {
        let unit = select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]);
        let period = |text: String| Moment::parse(&text).unwrap();
        prop_oneof![
            (1..=9_999_i16).prop_map(move |year| period(format!("{year:04}"))),
            (1..=9_999_i16, 1..=12_i8)
                .prop_map(move |(year, month)| period(format!("{year:04}-{month:02}"))),
            (1_i16..=9_999, 1..=12_i8, 1..=28_i8).prop_map(move |(year, month, day)| {
                period(format!("{year:04}-{month:02}-{day:02}"))
            }),
            (0..=99_999_u32, unit).prop_map(|(count, unit)| Moment::Ago(count, unit)),
        ]
    }

    fn filter() -> impl Strategy<Value = Node> {
        let dates = (moment(), moment(), 0..5).prop_map(|(first, last, kind)| match kind {
            0 => Dates::Since(first),
            1 => Dates::Until(first),
            2 => Dates::Before(first),
            3 if first.is_after(last) => Dates::Between(last, first),
            3 if !(first == last && matches!(first, Moment::Ago(..))) => {
                Dates::Between(first, last)
            }
            _ => Dates::Unknown,
        });
        let has = select(vec![
            None,
            Some(Field::Site),
            Some(Field::Facet(FacetField::Author)),
        ]);
        let words = (0..5_000_u64, proptest::option::of(0..5_000_u64));
        prop_oneof![
            dates.prop_map(|dates| Node::Filter(Filter::Published(dates, QuerySpan::default()))),
            has.prop_map(|field| Node::Filter(Filter::Has(field))),
            words.prop_map(|(min, more)| Node::Filter(Filter::Words {
                min,
                max: more.map(|more| min + more),
                span: QuerySpan::default(),
            })),
        ]
    }

    fn tree() -> impl Strategy<Value = Node> {
        let text = prop_oneof![
            3 => positional().boxed(),
            1 => (1..=1_000_u32, positional())
                .prop_map(|(count, node)| Node::AtLeast(count, Box::new(node)))
                .boxed(),
        ];
        let leaf = prop_oneof![4 => text, 1 => value(), 1 => filter()];
        let fields = [
            Field::Title,
            Field::Lead,
            Field::HeadlineAndLead,
            Field::Body,
        ];
        leaf.prop_recursive(4, 24, 4, move |inner| {
            prop_oneof![
                vec(inner.clone(), 2..4).prop_map(|nodes| Node::and(nodes).unwrap()),
                vec(inner.clone(), 2..4).prop_map(|nodes| Node::or(nodes).unwrap()),
                inner.clone().prop_map(Node::negate),
                (select(fields.to_vec()), inner).prop_map(|(field, node)| node.within(field)),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 100_000,
            // The same queries every time: a failure must not depend on the day.
            rng_seed: proptest::test_runner::RngSeed::Fixed(20_260_203),
            max_global_rejects: 100_000,
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn a_printed_tree_is_read_as_the_same_tree(tree in tree()) {
            let printed = tree.to_string();
            prop_assume!(printed.len() <= QUERY_BYTES_MAX);
            let parsed = parse(&printed);
            prop_assume!(parsed.diagnostics.iter().all(|d| !d.problem.contains(&CLAUSES_MAX.to_string())));
            prop_assert_eq!(parsed.diagnostics, [], "{}", printed);
            prop_assert_eq!(parsed.tree, Some(tree), "{}", printed);
        }
    }
}
