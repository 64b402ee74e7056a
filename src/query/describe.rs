//! How a query was read, in words.

use super::{Clause, Days, Node, Query, Unit};
use crate::schema::Field;

/// Says in one line how `query` was read, dates as days: `capex AND ticker NVDA AND published 2025-01-01..`.
pub fn describe(query: &Query) -> String {
    query.root.as_ref().map_or_else(|| "everything".to_owned(), |root| node(root, false))
}

/// `inner`: whether a list of several needs brackets.
fn node(node: &Node, inner: bool) -> String {
    let several = |nodes: &[Node], word: &str| {
        let text = nodes.iter().map(|part| self::node(part, true)).collect::<Vec<_>>().join(word);
        if inner && nodes.len() > 1 { format!("({text})") } else { text }
    };
    match &node.clause {
        Clause::Word(word) => word.clone(),
        Clause::Phrase(words) => format!("\"{words}\""),
        Clause::Prefix(stem) => format!("{stem}…"),
        Clause::All(nodes) => several(nodes, " AND "),
        Clause::Any(nodes) => several(nodes, " OR "),
        Clause::Not(part) => format!("NOT {}", self::node(part, true)),
        Clause::Near { parts, within } => format!("({} within {within} words)", parts_of(parts)),
        Clause::Same { parts, unit: Unit::Sentence } => format!("({} in one sentence)", parts_of(parts)),
        Clause::Same { parts, unit: Unit::Paragraph } => format!("({} in one paragraph)", parts_of(parts)),
        Clause::Within(Field::Title, part) => format!("{} in the headline", self::node(part, true)),
        Clause::Within(Field::Lead, part) => format!("{} in the first paragraph", self::node(part, true)),
        Clause::Within(field, part) => format!("{} in {}", self::node(part, true), field.name()),
        Clause::Filter(field, values) => format!("{} {}", field.name(), values.join(" or ")),
        Clause::Dated(days) => dated(days),
    }
}

fn parts_of(parts: &[Node]) -> String {
    parts.iter().map(|part| node(part, true)).collect::<Vec<_>>().join(" and ")
}

fn dated(days: &Days) -> String {
    match days {
        Days::Undated => "without a date".to_owned(),
        Days::Range { since: Some(first), until: None } => format!("published since {first}"),
        Days::Range { since: None, until: Some(last) } => format!("published until {last}"),
        Days::Range { since: Some(first), until: Some(last) } if first < last => {
            format!("published from {first} to {last}")
        }
        Days::Range { since: Some(day), until: Some(_) } => format!("published on {day}"),
        Days::Range { since: None, until: None } => "published on any day".to_owned(),
    }
}
