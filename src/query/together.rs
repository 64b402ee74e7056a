//! `near/5(…)` and `same/s(…)`: what must stand together.

use std::ops::Range;

use super::lexer::Kind;
use super::notes::Notes;
use super::parser::join;
use super::{Clause, Node};

/// The node for `kind` over what its bracket holds.
///
/// A part is a word, phrase or prefix, or alternatives of them: `near/5(tariff (margin OR profit))`. Anything
/// else stands nowhere in the text and is asked of the whole article.
pub(super) fn read(kind: &Kind, nodes: Vec<Node>, span: Range<usize>, notes: &mut Notes) -> Option<Node> {
    let mut parts: Vec<Node> = Vec::new();
    let mut apart: Vec<Node> = Vec::new();
    for node in nodes {
        sort(node, &mut parts, &mut apart);
    }
    if let Some(node) = apart.first() {
        let problem = "this has no place in the text, so it is asked of the whole article";
        notes.put(node.span.clone(), problem, "write it outside the bracket");
    }
    let together = match kind {
        _ if parts.len() < 2 => join(parts, Clause::All),
        Kind::Near(within) => Some(Node { clause: Clause::Near { parts, within: *within }, span: span.clone() }),
        Kind::Same(unit) => Some(Node { clause: Clause::Same { parts, unit: *unit }, span: span.clone() }),
        _ => join(parts, Clause::All),
    };
    let mut nodes: Vec<Node> = together.into_iter().collect();
    nodes.append(&mut apart);
    join(nodes, Clause::All).map(|node| Node { span, ..node })
}

/// Sorts `node` into parts that stand in the text, and what does not.
fn sort(node: Node, parts: &mut Vec<Node>, apart: &mut Vec<Node>) {
    match node.clause {
        Clause::All(nodes) => {
            for node in nodes {
                sort(node, parts, apart);
            }
        }
        Clause::Any(ref nodes) if nodes.iter().all(is_leaf) => parts.push(node),
        _ if is_leaf(&node) => parts.push(node),
        _ => apart.push(node),
    }
}

fn is_leaf(node: &Node) -> bool {
    matches!(node.clause, Clause::Word(_) | Clause::Phrase(_) | Clause::Prefix(_))
}
