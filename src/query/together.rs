//! `near/5(…)` and `same/s(…)`: what must stand together.

use std::ops::Range;

use super::lexer::Kind;
use super::notes::Notes;
use super::parser::join;
use super::{Clause, Node};

/// The most combinations that alternatives in the bracket are multiplied into.
const MOST_COMBINATIONS: usize = 64;

/// The node for `kind` over what its bracket holds.
///
/// Alternatives are multiplied out: `near/5(tariff (margin OR profit))` is either pair. What is no word,
/// phrase or prefix can stand nowhere in the text; it is asked of the whole article.
pub(super) fn read(kind: &Kind, nodes: Vec<Node>, span: Range<usize>, notes: &mut Notes) -> Option<Node> {
    let mut choices: Vec<Vec<Node>> = Vec::new();
    let mut apart: Vec<Node> = Vec::new();
    for node in nodes {
        flatten(node, &mut choices, &mut apart);
    }
    if let Some(node) = apart.first() {
        let problem = "this has no place in the text, so it is asked of the whole article";
        notes.put(node.span.clone(), problem, "write it outside the bracket");
    }
    if choices.len() < 2 {
        let mut nodes: Vec<Node> = choices.into_iter().filter_map(|choice| join(choice, Clause::Any)).collect();
        nodes.append(&mut apart);
        return join(nodes, Clause::All).map(|node| Node { span, ..node });
    }
    let mut combinations: Vec<Vec<Node>> = vec![Vec::new()];
    let count = choices.iter().try_fold(1_usize, |count, choice| count.checked_mul(choice.len()));
    if count.is_none_or(|count| count > MOST_COMBINATIONS) {
        notes.put(span.clone(), "too many alternatives to look for together", "use fewer `OR` in the bracket");
        let nodes: Vec<Node> = choices.into_iter().filter_map(|choice| join(choice, Clause::Any)).collect();
        return join([nodes, apart].concat(), Clause::All).map(|node| Node { span, ..node });
    }
    for choice in choices {
        let longer =
            |parts: Vec<Node>| choice.iter().map(move |node| [parts.as_slice(), std::slice::from_ref(node)].concat());
        combinations = combinations.into_iter().flat_map(longer).collect();
    }
    let alternatives = combinations.into_iter().map(|parts| Node { clause: clause(kind, parts), span: span.clone() });
    let mut nodes: Vec<Node> = join(alternatives.collect(), Clause::Any).into_iter().collect();
    nodes.append(&mut apart);
    join(nodes, Clause::All).map(|node| Node { span, ..node })
}

/// Sorts `node` into parts, each with its alternatives, and what is none.
fn flatten(node: Node, choices: &mut Vec<Vec<Node>>, apart: &mut Vec<Node>) {
    match node.clause {
        Clause::Word(_) | Clause::Phrase(_) | Clause::Prefix(_) => choices.push(vec![node]),
        Clause::All(nodes) => {
            for node in nodes {
                flatten(node, choices, apart);
            }
        }
        Clause::Any(nodes) if nodes.iter().all(is_leaf) => choices.push(nodes),
        _ => apart.push(node),
    }
}

fn is_leaf(node: &Node) -> bool {
    matches!(node.clause, Clause::Word(_) | Clause::Phrase(_) | Clause::Prefix(_))
}

fn clause(kind: &Kind, parts: Vec<Node>) -> Clause {
    match kind {
        Kind::Near(within) => Clause::Near { parts, within: *within },
        Kind::Same(unit) => Clause::Same { parts, unit: *unit },
        _ => Clause::All(parts),
    }
}
