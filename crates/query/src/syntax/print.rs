//! Writes a tree as a query that is read as the same tree.

use std::fmt;

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
        if self.quoted {
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
