//! From tokens to the tree of a query.

use std::ops::Range;

use jiff::civil::Date;

use super::lexer::{Kind, Token, Value};
use super::notes::Notes;
use super::{Clause, Node, Note, dates, fields, together};
use crate::schema::Field;

/// The deepest brackets that are read; deeper ones are passed over.
const DEEPEST: usize = 32;
/// The most words behind a date's first that may belong to it.
const MORE_WORDS: usize = 2;

/// What `tokens` ask for; `None` is everything.
pub(super) fn parse(mut tokens: Vec<Token>, end: usize, today: Date, notes: &mut Notes) -> Option<Node> {
    balance(&mut tokens, end, notes);
    let mut parser = Parser { tokens: &tokens, at: 0, today, notes };
    let mut nodes = parser.all();
    // No bracket is left that closes nothing; were there one, it would be passed over.
    while parser.at < tokens.len() {
        parser.at += 1;
        nodes.extend(parser.all());
    }
    join(nodes, Clause::All)
}

/// Leaves out brackets that close nothing or lie too deep, and closes those that are left open.
fn balance(tokens: &mut Vec<Token>, end: usize, notes: &mut Notes) {
    let mut open: Vec<usize> = Vec::new();
    let mut out: Vec<usize> = Vec::new();
    let mut too_deep = false;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => open.push(at),
            Kind::Close => match open.pop() {
                Some(opened) if open.len() >= DEEPEST => {
                    out.extend([opened, at]);
                    too_deep = true;
                }
                Some(_) => (),
                None => {
                    notes.put(token.span.clone(), "this bracket closes nothing and is passed over", "leave it out");
                    out.push(at);
                }
            },
            _ => (),
        }
    }
    if let Some(&at) = open.first() {
        let span = tokens[at].span.clone();
        notes.put(span, "this bracket is never closed, so it reaches to the end", "close it with `)`");
    }
    if too_deep || open.len() > DEEPEST {
        let problem = format!("brackets more than {DEEPEST} deep are passed over");
        notes.put(0..end, &problem, "use fewer brackets");
    }
    out.extend(open.iter().skip(DEEPEST));
    let left_open = open.len().min(DEEPEST);
    let mut kept = vec![true; tokens.len()];
    for at in out {
        kept[at] = false;
    }
    let mut kept = kept.into_iter();
    tokens.retain(|_| kept.next().unwrap_or(true));
    tokens.extend((0..left_open).map(|_| Token { kind: Kind::Close, span: end..end }));
}

/// One node for several: itself if it is one, all or any of them, the span from first to last.
pub(super) fn join(mut nodes: Vec<Node>, several: fn(Vec<Node>) -> Clause) -> Option<Node> {
    if nodes.len() < 2 {
        return nodes.pop();
    }
    let span = nodes[0].span.start..nodes[nodes.len() - 1].span.end;
    Some(Node { clause: several(nodes), span })
}

/// Walks over balanced tokens; as deep as their brackets at most.
struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    today: Date,
    notes: &'a mut Notes,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    /// Reads up to the bracket that closes this group, or the end.
    fn all(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Close => break,
                // A capital AND says what is implied anyway.
                Kind::And if !nodes.is_empty() && self.more() => self.at += 1,
                _ => nodes.extend(self.any()),
            }
        }
        nodes
    }

    /// Whether something follows the token at hand within this group.
    fn more(&self) -> bool {
        self.tokens.get(self.at + 1).is_some_and(|next| next.kind != Kind::Close)
    }

    /// Reads what `OR` joins.
    fn any(&mut self) -> Option<Node> {
        let mut nodes: Vec<Node> = self.one().into_iter().collect();
        while self.peek().is_some_and(|token| token.kind == Kind::Or) && !nodes.is_empty() && self.more() {
            let or = self.tokens[self.at].span.clone();
            self.at += 1;
            if self.peek().is_some_and(|token| token.kind == Kind::Or) {
                self.notes.put(or, "`OR` stands twice", "write it once");
                continue;
            }
            nodes.extend(self.one());
        }
        join(nodes, Clause::Any)
    }

    /// Reads one thing, negated or not. Always moves on.
    fn one(&mut self) -> Option<Node> {
        let token = self.peek()?;
        self.at += 1;
        let start = token.span.start;
        let leaf = |clause| Some(Node { clause, span: token.span.clone() });
        match &token.kind {
            Kind::Word(word) => leaf(Clause::Word(word.clone())),
            Kind::Prefix(stem) => leaf(Clause::Prefix(stem.clone())),
            Kind::Phrase(words) => leaf(Clause::Phrase(words.clone())),
            Kind::Cashtags(symbols) => leaf(Clause::Filter(Field::Ticker, symbols.clone())),
            Kind::And => leaf(Clause::Word("and".to_owned())),
            Kind::Or => {
                let problem = "`OR` needs something on both sides, so it is read as a word";
                self.notes.put(token.span.clone(), problem, "write a OR b");
                leaf(Clause::Word("or".to_owned()))
            }
            Kind::Minus => self.negated(&token.span),
            Kind::Open => {
                self.at -= 1;
                self.group(start).and_then(|(nodes, span)| join(nodes, Clause::All).map(|node| Node { span, ..node }))
            }
            // Every Close is met in `all`; a stray one is nothing.
            Kind::Close => None,
            Kind::Near(_) | Kind::Same(_) => {
                let (parts, span) = self.group(start)?;
                together::read(&token.kind, parts, span, self.notes)
            }
            Kind::Field(field, values) if values.is_empty() => self.field_group(*field, start),
            Kind::Field(Field::Date, values) if self.needs_marks(values) => {
                let words = values[0].text.clone();
                leaf(Clause::Word(words))
            }
            Kind::Field(field, values) => fields::values(*field, values, &token.span, self.today, self.notes),
        }
    }

    fn negated(&mut self, minus: &Range<usize>) -> Option<Node> {
        // What stood directly behind it may have been dropped (`-""`); the next thing is not meant then.
        if self.peek().is_none_or(|next| next.span.start != minus.end) {
            return None;
        }
        let node = self.one()?;
        let span = minus.start..node.span.end;
        Some(Node { clause: Clause::Not(Box::new(node)), span })
    }

    /// Reads the bracket, or the `near/5(…)`, that a field holds for.
    fn field_group(&mut self, field: Field, start: usize) -> Option<Node> {
        let (nodes, span) = match self.peek()?.kind {
            Kind::Open => self.group(start)?,
            Kind::Near(_) | Kind::Same(_) => {
                let node = self.one()?;
                let span = start..node.span.end;
                (vec![node], span)
            }
            // Its bracket lay too deep.
            _ => return None,
        };
        fields::group(field, nodes, &span, self.today, self.notes)
    }

    /// Notes a date that becomes one with the words behind it, as in `date:last quarter`.
    fn needs_marks(&mut self, values: &[Value]) -> bool {
        let [Value { text, quoted: false, span }] = values else {
            return false;
        };
        if dates::parse_days(text, self.today).is_ok() {
            return false;
        }
        let mut words = text.clone();
        for token in self.tokens[self.at..].iter().take(MORE_WORDS) {
            let Kind::Word(word) = &token.kind else {
                return false;
            };
            words = format!("{words} {word}");
            if dates::parse_days(&words, self.today).is_ok() {
                let problem = format!("`{text}` is not understood as a date");
                let fix = Some(format!("put it in quotation marks: date:\"{words}\""));
                self.notes.add(Note { span: span.clone(), problem, fix });
                return true;
            }
        }
        false
    }

    /// Reads a bracket and what is in it; the span begins at `start`.
    fn group(&mut self, start: usize) -> Option<(Vec<Node>, Range<usize>)> {
        let open = self.peek().filter(|token| token.kind == Kind::Open)?;
        self.at += 1;
        let nodes = self.all();
        let end = self.peek().map_or(open.span.end, |close| close.span.end);
        self.at += 1;
        if nodes.is_empty() {
            self.notes.put(start..end, "these brackets are empty", "leave them out, or put words into them");
        }
        Some((nodes, start..end))
    }
}
