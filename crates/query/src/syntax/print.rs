//! Writes a tree as a query that is read as the same tree.

use std::fmt;

use super::lexer::is_word;
use super::{Node, Text};

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Text(text) => text.fmt(f),
            Node::And(nodes) => joined(f, nodes, " AND ", |node| matches!(node, Node::Or(_))),
            // AND binds tighter and would need no parentheses here; people read them more easily.
            Node::Or(nodes) => joined(f, nodes, " OR ", |node| matches!(node, Node::And(_))),
            Node::Not(node) => {
                f.write_str("NOT ")?;
                grouped(f, node, matches!(**node, Node::And(_) | Node::Or(_)))
            }
            Node::In(field, node) => {
                write!(f, "{}:", field.name())?;
                grouped(f, node, !matches!(**node, Node::Text(_) | Node::In(..)))
            }
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // By itself a word can read as something else than where it stood: `title:-oil`.
        if self.quoted || !is_word(&self.raw) {
            write!(f, "\"{}\"", self.raw)
        } else {
            f.write_str(&self.raw)
        }
    }
}

fn joined(
    f: &mut fmt::Formatter<'_>,
    nodes: &[Node],
    operator: &str,
    needs_group: fn(&Node) -> bool,
) -> fmt::Result {
    for (number, node) in nodes.iter().enumerate() {
        if number > 0 {
            f.write_str(operator)?;
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

    use super::super::{Field, parse};
    use super::*;
    use crate::FacetField;

    fn node(raw: String, quoted: bool) -> Node {
        let span = 0..0;
        Node::Text(Text { raw, quoted, span })
    }

    /// The tree without the places where its texts stand.
    fn placeless(tree: Node) -> Node {
        let all = |nodes: Vec<Node>| nodes.into_iter().map(placeless).collect();
        match tree {
            Node::Text(text) => node(text.raw, text.quoted),
            Node::And(nodes) => Node::And(all(nodes)),
            Node::Or(nodes) => Node::Or(all(nodes)),
            Node::Not(node) => Node::Not(Box::new(placeless(*node))),
            Node::In(field, node) => Node::In(field, Box::new(placeless(*node))),
        }
    }

    fn tree() -> impl Strategy<Value = Node> {
        let fields = [
            Field::Title,
            Field::Body,
            Field::Facet(FacetField::Person),
            Field::Facet(FacetField::Country),
            Field::Facet(FacetField::Language),
        ];
        let leaf = prop_oneof![
            "[a-zé][a-zé.'’-]{0,8}|U\\.S\\.|[0-9]{1,4}".prop_map(|raw| node(raw, false)),
            "[a-z(][A-Zé ():+-]{0,12}[a-z]".prop_map(|raw| node(raw, true)),
        ];
        leaf.prop_recursive(6, 40, 4, move |inner| {
            prop_oneof![
                vec(inner.clone(), 2..4).prop_map(|nodes| Node::and(nodes).unwrap()),
                vec(inner.clone(), 2..4).prop_map(|nodes| Node::or(nodes).unwrap()),
                inner.clone().prop_map(Node::negate),
                (proptest::sample::select(fields.to_vec()), inner)
                    .prop_map(|(field, node)| node.within(field)),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_printed_tree_is_read_as_the_same_tree(tree in tree()) {
            let printed = tree.to_string();
            prop_assume!(printed.len() <= super::super::parser::QUERY_BYTES_MAX);
            let parsed = parse(&printed);
            prop_assert_eq!(parsed.tree.map(placeless), Some(tree), "{}", printed);
            prop_assert_eq!(parsed.diagnostics, []);
        }
    }
}
