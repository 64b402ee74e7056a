//! What the values of a field mean.

use std::ops::Range;

use jiff::civil::Date;

use super::dates::{self, NotDays};
use super::lexer::Value;
use super::notes::{Notes, suggest};
use super::parser::join;
use super::{Clause, Node, Note};
use crate::article::{QuoteKind, Section};
use crate::schema::{Field, Kind, normal_symbol};

/// Words for the side that somebody speaks for, and its name.
const SIDES: &[(&str, &str)] = &[
    ("company", "company"),
    ("inside", "company"),
    ("executive", "company"),
    ("outside", "outside"),
    ("analyst", "outside"),
];

/// Other words for the sections of a call.
const SECTIONS: &[(&str, Section)] = &[
    ("q&a", Section::Questions),
    ("q-and-a", Section::Questions),
    ("questions", Section::Questions),
    ("remarks", Section::Prepared),
];

/// Languages that are named rather than coded often enough.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("german", "de"),
    ("french", "fr"),
    ("spanish", "es"),
    ("italian", "it"),
    ("dutch", "nl"),
    ("portuguese", "pt"),
    ("japanese", "ja"),
    ("chinese", "zh"),
];

/// A filter for `field` by any of `values`, as a flag gives it; the reason and the fix where a value is none.
pub(super) fn filter(field: Field, values: &[String], today: Date) -> Result<Node, NotDays> {
    let node = |clause| Node { clause, span: 0..0 };
    let mut nodes = Vec::new();
    let mut plain = Vec::new();
    for value in values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()) {
        match field {
            Field::Title | Field::Lead => {
                let words = Clause::Phrase(value.to_owned());
                nodes.push(node(Clause::Within(field, Box::new(node(words)))));
            }
            Field::Date => nodes.push(node(Clause::Dated(dates::parse_days(value, today)?))),
            _ => plain.push(normal(field, value)?),
        }
    }
    if !plain.is_empty() {
        return Ok(node(Clause::Filter(field, plain)));
    }
    join(nodes, Clause::Any).ok_or_else(|| NotDays {
        problem: format!("`{}` is given no value", field.name()),
        fix: format!("give it one, as in {}", suggest::example(field)),
    })
}

/// The node for `field:value,value`: any of the values.
pub(super) fn values(
    field: Field,
    values: &[Value],
    span: &Range<usize>,
    today: Date,
    notes: &mut Notes,
) -> Option<Node> {
    if let [Value { text, quoted: false, span: place }] = values
        && let Some(rest) = text.strip_prefix('-').filter(|rest| !rest.is_empty())
    {
        let fix = format!("write -{}:{rest}", field.name());
        notes.put(place.clone(), "the dash that negates belongs before the field", &fix);
        let value = Value { text: rest.to_owned(), quoted: false, span: place.clone() };
        let node = self::values(field, &[value], span, today, notes)?;
        return Some(Node { clause: Clause::Not(Box::new(node)), span: span.clone() });
    }
    let mut nodes = Vec::new();
    let mut plain: Vec<String> = Vec::new();
    for value in values {
        match read(field, value, today, notes) {
            Ok(Read::Value(text)) => plain.push(text),
            Ok(Read::Node(clause)) => nodes.push(Node { clause, span: value.span.clone() }),
            Err(reason) => {
                notes.add(Note { span: value.span.clone(), problem: reason.problem, fix: Some(reason.fix) });
                let word = if value.quoted { Clause::Phrase(value.text.clone()) } else { word(&value.text) };
                if value.text.chars().any(char::is_alphanumeric) {
                    nodes.push(Node { clause: word, span: value.span.clone() });
                }
            }
        }
    }
    if !plain.is_empty() {
        // Beside a value that is understood, one that is not would let in what the filter keeps out.
        let filter = Node { clause: Clause::Filter(field, plain), span: span.clone() };
        return Some(filter);
    }
    join(nodes, Clause::Any).map(|node| Node { span: span.clone(), ..node })
}

/// The node for `field:(…)`: the field is carried to every word in the bracket.
pub(super) fn group(
    field: Field,
    nodes: Vec<Node>,
    span: &Range<usize>,
    today: Date,
    notes: &mut Notes,
) -> Option<Node> {
    let nodes = if field.is_text() { nodes } else { one_value(field, nodes) };
    let carried = nodes.into_iter().filter_map(|node| carry(field, node, today, notes)).collect();
    join(carried, Clause::All).map(|node| Node { span: span.clone(), ..node })
}

/// Words side by side are one name or one date: `speaker:(satya nadella)`, `date:(last quarter)`.
fn one_value(field: Field, nodes: Vec<Node>) -> Vec<Node> {
    let lists = matches!(field.kind(), Kind::Value | Kind::Path);
    let words: Option<Vec<&str>> = nodes.iter().map(plain_word).collect();
    match words {
        Some(words) if words.len() > 1 && !lists => {
            let span = nodes[0].span.start..nodes[nodes.len() - 1].span.end;
            vec![Node { clause: Clause::Phrase(words.join(" ")), span }]
        }
        _ => nodes,
    }
}

fn plain_word(node: &Node) -> Option<&str> {
    match &node.clause {
        Clause::Word(word) => Some(word),
        _ => None,
    }
}

fn carry(field: Field, node: Node, today: Date, notes: &mut Notes) -> Option<Node> {
    let span = node.span;
    let clause = match node.clause {
        Clause::All(nodes) => return group(field, nodes, &span, today, notes),
        Clause::Any(nodes) => {
            let carried = nodes.into_iter().filter_map(|node| carry(field, node, today, notes)).collect();
            return join(carried, Clause::Any).map(|node| merged(Node { span, ..node }));
        }
        Clause::Not(node) => Clause::Not(Box::new(carry(field, *node, today, notes)?)),
        clause @ (Clause::Filter(..) | Clause::Dated(_) | Clause::Within(..)) => {
            let problem = format!("this names a field of its own, so `{}:` leaves it alone", field.name());
            notes.put(span.clone(), &problem, "write it outside the bracket");
            clause
        }
        clause @ (Clause::Near { .. } | Clause::Same { .. }) => {
            notes.put(span.clone(), "this is looked for in the whole text, not in a field", "leave out the field");
            clause
        }
        clause if field.is_text() => Clause::Within(field, Box::new(Node { clause, span: span.clone() })),
        Clause::Word(text) => return values(field, &[value(text, false, &span)], &span, today, notes),
        Clause::Phrase(text) => return values(field, &[value(text, true, &span)], &span, today, notes),
        Clause::Prefix(stem) => return values(field, &[value(stem + "*", false, &span)], &span, today, notes),
    };
    Some(Node { clause, span })
}

fn value(text: String, quoted: bool, span: &Range<usize>) -> Value {
    Value { text, quoted, span: span.clone() }
}

/// Any of several values of one field is one filter.
fn merged(node: Node) -> Node {
    let Clause::Any(nodes) = &node.clause else {
        return node;
    };
    let mut all = Vec::new();
    let mut of = None;
    for part in nodes {
        match &part.clause {
            Clause::Filter(field, values) if of.is_none_or(|of| of == *field) => {
                of = Some(*field);
                all.extend(values.iter().cloned());
            }
            _ => return node,
        }
    }
    match of {
        Some(field) => Node { clause: Clause::Filter(field, all), span: node.span },
        None => node,
    }
}

/// A value as it was understood.
enum Read {
    Value(String),
    Node(Clause),
}

fn read(field: Field, value: &Value, today: Date, notes: &mut Notes) -> Result<Read, NotDays> {
    let text = value.text.as_str();
    if field.is_text() {
        let words = if value.quoted { Clause::Phrase(text.to_owned()) } else { word(text) };
        let node = Node { clause: words, span: value.span.clone() };
        return Ok(Read::Node(Clause::Within(field, Box::new(node))));
    }
    if field == Field::Date {
        return Ok(Read::Node(Clause::Dated(dates::parse_days(text, today)?)));
    }
    let bare = text.trim_end_matches('*');
    if bare.len() < text.len() && !value.quoted && field != Field::Path {
        let problem = format!("`*` has no meaning in `{}:` and is passed over", field.name());
        let parts = matches!(field, Field::Speaker | Field::Role | Field::Org | Field::Source | Field::Author);
        let fix = if parts { "write a whole word of the name: a part of it is enough" } else { "write the value out" };
        notes.put(value.span.clone(), &problem, fix);
    }
    Ok(Read::Value(normal(field, bare)?))
}

/// A word or prefix as the value of a text field.
fn word(text: &str) -> Clause {
    match text.strip_suffix('*') {
        Some(stem) if stem.chars().filter(|c| c.is_alphanumeric()).count() >= 2 && !stem.contains('*') => {
            Clause::Prefix(stem.to_owned())
        }
        _ => Clause::Word(text.to_owned()),
    }
}

/// The one written form of a value of `field`, or why it cannot be one.
fn normal(field: Field, text: &str) -> Result<String, NotDays> {
    let lower = text.trim().to_lowercase();
    let unknown = |what: &str, names: &[&'static str]| NotDays {
        problem: format!("`{text}` is no {what}"),
        fix: match suggest::closest(&lower, names) {
            Some(name) => format!("did you mean `{}:{name}`?", field.name()),
            None => format!("write one of {}", names.join(", ")),
        },
    };
    match field {
        Field::Ticker => {
            let symbol = normal_symbol(text);
            let sound = symbol.chars().any(char::is_alphanumeric) && !symbol.contains(char::is_whitespace);
            if sound { Ok(symbol) } else { Err(no_symbol(text)) }
        }
        Field::Kind => {
            let names = QuoteKind::ALL.map(QuoteKind::name);
            let name = names.iter().find(|name| **name == lower);
            name.map(|name| (*name).to_owned()).ok_or_else(|| unknown("kind of quotation", &names))
        }
        Field::Section => {
            let names = [Section::Prepared.name(), Section::Questions.name()];
            let other = SECTIONS.iter().find(|(word, _)| *word == lower).map(|(_, section)| section.name());
            let name = names.into_iter().find(|name| *name == lower).or(other);
            name.map(str::to_owned).ok_or_else(|| unknown("section of a call", &names))
        }
        Field::Side => {
            let name = SIDES.iter().find(|(word, _)| *word == lower).map(|(_, side)| (*side).to_owned());
            name.ok_or_else(|| unknown("side", &["company", "outside"]))
        }
        Field::Lang => language(&lower).ok_or_else(|| NotDays {
            problem: format!("`{text}` is no language code"),
            fix: "write two letters: lang:en".to_owned(),
        }),
        Field::Path => Ok(text.trim().trim_end_matches('*').trim_start_matches("./").replace('\\', "/")),
        _ if !text.chars().any(char::is_alphanumeric) => Err(NotDays {
            problem: format!("there is no word in `{text}`"),
            fix: format!("write one, as in {}", suggest::example(field)),
        }),
        _ => Ok(text.trim().to_owned()),
    }
}

fn no_symbol(text: &str) -> NotDays {
    NotDays {
        problem: format!("`{text}` is no ticker symbol"),
        fix: "write a symbol (ticker:NVDA), or the company's name in quotation marks without a field".to_owned(),
    }
}

/// The two-letter code in `en`, `en-US`, `en_US` or `english`.
fn language(text: &str) -> Option<String> {
    let code = text.split(['-', '_']).next().unwrap_or_default();
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(code.to_owned());
    }
    LANGUAGES.iter().find(|(name, _)| *name == text).map(|(_, code)| (*code).to_owned())
}
