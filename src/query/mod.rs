//! Words typed by a person: never fails, knows no backend.
//!
//! What cannot be understood is searched as plain words, and a [`Note`] says so.

use std::ops::Range;

use jiff::civil::Date;

use crate::schema::Field;

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
    /// Words, prefixes or phrases within so many words of each other, in any order.
    Near {
        /// What must stand near each other.
        parts: Vec<Node>,
        /// The most words from the first to the last part.
        within: u32,
    },
    /// Words, prefixes or phrases in one sentence or paragraph.
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
