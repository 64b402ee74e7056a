//! Words typed by a person: never fails, knows no backend.
//!
//! What cannot be understood is searched as plain words, and a [`Note`] says so.

pub mod dates;
mod describe;
mod fields;
mod lexer;
mod notes;
mod parser;
mod rewrite;
mod subject;
#[cfg(test)]
mod tests;
mod together;
mod words;

use std::ops::Range;

use jiff::civil::Date;

use crate::schema::Field;

pub use describe::describe;
pub use notes::{render, strict};
pub use rewrite::{Respelling, Sought, symbol};

/// The most bytes of a query that are read.
const LONGEST: usize = 32 * 1024;

/// Reads what a person typed on the day `today`. Never fails; takes time in proportion to the length.
pub fn parse(typed: &str, today: Date) -> Query {
    let mut notes = notes::Notes::default();
    let tokens = lexer::tokens(typed, LONGEST, &mut notes);
    let root = parser::parse(tokens, typed.len(), today, &mut notes);
    if root.is_none() && !typed.trim().is_empty() {
        notes.put(0..typed.len(), "there is no word in this, so it asks for everything", "write a word to search for");
    }
    Query { typed: typed.to_owned(), root, notes: notes.into_sorted() }
}

/// Reads `typed` as plain words, whatever marks stand in it: for batches of queries that people did not write for us.
pub fn plain(typed: &str) -> Query {
    let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '(' | ')' | '"' | ',' | ';');
    let mut nodes = Vec::new();
    let mut start = 0;
    for piece in typed.split_inclusive(ends) {
        let word = piece.trim_end_matches(ends);
        if word.contains(char::is_alphanumeric) {
            nodes.push(Node { clause: Clause::Word(word.to_owned()), span: start..start + word.len() });
        }
        start += piece.len();
    }
    let root = (!nodes.is_empty()).then_some(Node { clause: Clause::All(nodes), span: 0..typed.len() });
    Query { typed: typed.to_owned(), root, notes: Vec::new() }
}

/// The filter that a flag gives: any of `values`, read as the field's own values are.
///
/// Fails where a value is none of the field's; the reason says what to write.
pub fn filter(field: Field, values: &[String], today: Date) -> Result<Node, dates::NotDays> {
    fields::filter(field, values, today)
}

/// Any of `words`.
pub fn any_of(words: Vec<String>) -> Node {
    let word = |word: String| Node { clause: Clause::Word(word), span: 0..0 };
    Node { clause: Clause::Any(words.into_iter().map(word).collect()), span: 0..0 }
}

/// The filter of `--since` and `--until`.
pub fn dated(days: Days) -> Node {
    Node { clause: Clause::Dated(days), span: 0..0 }
}

impl Query {
    /// Asks for `node` too: the query with a flag is the query with its field.
    #[must_use]
    pub fn and(mut self, node: Node) -> Query {
        self.root = Some(match self.root {
            None => node,
            Some(Node { clause: Clause::All(mut nodes), span }) => {
                nodes.push(node);
                Node { clause: Clause::All(nodes), span }
            }
            Some(root) => {
                let span = root.span.clone();
                Node { clause: Clause::All(vec![root, node]), span }
            }
        });
        self
    }
}

/// A question as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What was typed, unchanged: every span points into it.
    pub typed: String,
    /// What it means; `None` is everything.
    pub root: Option<Node>,
    /// What was not understood as the grammar has it, in order of place.
    pub notes: Vec<Note>,
}

/// A part of a question, and its place in what was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it asks.
    pub clause: Clause,
    /// Its bytes in [`Query::typed`]; empty for one that came from a flag.
    pub span: Range<usize>,
}

/// What a part of a question asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// A plain word, stemmed when searched.
    Word(String),
    /// These very words in this order.
    Phrase(String),
    /// An unstemmed word that begins so; without the `*`.
    Prefix(String),
    /// All of these (the implied AND).
    All(Vec<Node>),
    /// Any of these (`OR`).
    Any(Vec<Node>),
    /// None of this.
    Not(Box<Node>),
    /// Words, prefixes, phrases, or any of several such, within so many words of each other, in any order.
    Near {
        /// What must stand near each other.
        parts: Vec<Node>,
        /// The most words from the first to the last part.
        within: u32,
    },
    /// Words, prefixes, phrases, or any of several such, in one sentence or paragraph.
    Same {
        /// What must stand together.
        parts: Vec<Node>,
        /// Where they must stand together.
        unit: Unit,
    },
    /// Text clauses within one text field (`title:…`, `lead:…`).
    Within(Field, Box<Node>),
    /// A field that holds any of these values.
    Filter(Field, Vec<String>),
    /// A publication date.
    Dated(Days),
}

/// A unit of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// What a date filter holds for. Both ends belong to it; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Articles whose whole known period lies in the range.
    Range {
        /// First day.
        since: Option<Date>,
        /// Last day.
        until: Option<Date>,
    },
    /// Articles without a date (`date:none`).
    Undated,
}

/// Something that was read otherwise than it may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its bytes in what was typed.
    pub span: Range<usize>,
    /// What was found there: a phrase, lower case, no final period.
    pub problem: String,
    /// What to type instead.
    pub fix: Option<String>,
}
