//! From what was typed to tokens, each with its place.
//!
//! Typographic quotes, dashes and spaces are read as the plain ones while the text is scanned, so that
//! spans point into what was typed.

use std::ops::Range;

use super::notes::{Notes, suggest};
use super::{Note, Unit, words};
use crate::schema::Field;

/// A piece of the language.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
}

/// The kinds of [`Token`].
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Word(String),
    Prefix(String),
    Phrase(String),
    Cashtags(Vec<String>),
    Open,
    Close,
    Minus,
    Or,
    And,
    /// `near/5`; its bracket is the next token.
    Near(u32),
    /// `same/s`; its bracket is the next token.
    Same(Unit),
    /// A field with its values; without any, its bracket or its `near/5` is the next token.
    Field(Field, Vec<Value>),
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) quoted: bool,
    pub(super) span: Range<usize>,
}

/// The plain character for a typographic one; space for everything that separates.
pub(super) fn fold(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => '"',
        '’' | '‘' | '‚' | '‛' | 'ʼ' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '\u{feff}' | '\u{200b}' => ' ',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    }
}

/// Reads the first `limit` bytes of `typed`; a place that is no character boundary is passed over backwards.
pub(super) fn tokens(typed: &str, limit: usize, notes: &mut Notes) -> Vec<Token> {
    let mut end = limit.min(typed.len());
    while !typed.is_char_boundary(end) {
        end -= 1;
    }
    if end < typed.len() {
        notes.add(Note {
            span: end..typed.len(),
            problem: format!("only the first {} kB of a query are read", limit / 1024),
            fix: Some("shorten the query".to_owned()),
        });
    }
    let mut lexer = Lexer { text: &typed[..end], at: 0, tokens: Vec::new(), notes };
    while let Some(c) = lexer.peek() {
        lexer.token(c);
    }
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    notes: &'a mut Notes,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next().map(fold)
    }

    fn bump(&mut self) {
        self.at += self.text[self.at..].chars().next().map_or(0, char::len_utf8);
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token { kind, span: start..self.at });
    }

    fn token(&mut self, c: char) {
        let start = self.at;
        match c {
            ' ' => self.bump(),
            '(' | ')' => {
                self.bump();
                self.push(if c == '(' { Kind::Open } else { Kind::Close }, start);
            }
            '"' => self.phrase(),
            '-' => self.dashes(),
            _ => self.word(),
        }
    }

    /// One dash directly before something negates it; alone or repeated it is a mark.
    fn dashes(&mut self) {
        let start = self.at;
        while self.peek() == Some('-') {
            self.bump();
        }
        let one = self.text[start..self.at].chars().count() == 1;
        let before = self.peek().is_some_and(|next| !matches!(next, ' ' | ')'));
        let starts = self.text[..start].chars().next_back().is_none_or(|c| matches!(fold(c), ' ' | '('));
        if one && before && starts {
            self.push(Kind::Minus, start);
        }
    }

    fn phrase(&mut self) {
        let start = self.at;
        let words = self.quoted();
        if words.contains('*') {
            let problem = "`*` has no meaning in quotation marks";
            self.notes.put(start..self.at, problem, "write it outside them, or `near/2(rate cut*)`");
        }
        if words.chars().any(char::is_alphanumeric) {
            self.push(Kind::Phrase(words), start);
        } else {
            self.notes.put(start..self.at, "there is no word in these quotation marks", "write words between them");
        }
    }

    /// Reads from a quotation mark to the next, or to the end where none follows.
    fn quoted(&mut self) -> String {
        let start = self.at;
        self.bump();
        let rest = &self.text[self.at..];
        let end = rest.char_indices().find(|(_, c)| fold(*c) == '"').map(|(at, _)| at);
        let words: String = rest[..end.unwrap_or(rest.len())].chars().map(fold).collect();
        self.at += end.unwrap_or(rest.len());
        if end.is_none() {
            let problem = "this quotation mark is never closed, so the phrase runs to the end";
            self.notes.put(start..start + self.first_width(start), problem, "close it with a second `\"`");
        }
        self.bump();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn first_width(&self, at: usize) -> usize {
        self.text[at..].chars().next().map_or(0, char::len_utf8)
    }

    /// Reads up to a space, quotation mark or bracket; a field's name ends at its colon.
    fn word(&mut self) {
        let start = self.at;
        while let Some(c) = self.peek() {
            match c {
                ' ' | '"' | '(' | ')' => break,
                ':' => {
                    if let Some(field) = Field::named(&self.text[start..self.at]) {
                        return self.field(field, start);
                    }
                    self.bump();
                }
                _ => self.bump(),
            }
        }
        let span = start..self.at;
        let word: String = self.text[span.clone()].chars().map(fold).collect();
        if self.peek() == Some('(') {
            if word.eq_ignore_ascii_case("near") {
                let problem = format!("`{word}` names no distance, so {} words are taken", words::NEAR);
                self.notes.put(span, &problem, "write near/5(a b) for five words");
                return self.push(Kind::Near(words::NEAR), start);
            }
            if let Some(kind) = together(&word) {
                return self.push(kind, start);
            }
        }
        self.plain(word, span);
    }

    fn plain(&mut self, word: String, span: Range<usize>) {
        if let Some((name, value)) = words::unknown_field(&word) {
            self.unknown_field(name, value, span);
            return;
        }
        let kind = match word.as_str() {
            "OR" => Kind::Or,
            "AND" => Kind::And,
            _ => words::kind(word, &span, self.notes),
        };
        match kind {
            // A mark alone (`&`, `...`) has nothing to search for.
            Kind::Word(word) if !word.chars().any(char::is_alphanumeric) => (),
            kind => self.tokens.push(Token { kind, span }),
        }
    }

    /// A name and a value that no field takes are words.
    fn unknown_field(&mut self, name: &str, value: &str, span: Range<usize>) {
        let colon = span.start + self.text[span.clone()].find(':').unwrap_or_default();
        let problem = format!("there is no field `{name}`");
        self.notes.add(Note { span: span.start..colon, problem, fix: Some(suggest::field(name, value)) });
        self.tokens.push(Token { kind: Kind::Word(name.to_owned()), span: span.start..colon });
        let rest = colon + 1..span.end;
        let kind = words::kind(value.to_owned(), &rest, self.notes);
        self.tokens.push(Token { kind, span: rest });
    }

    fn field(&mut self, field: Field, start: usize) {
        let colon = self.at;
        self.bump();
        let mut values = Vec::new();
        loop {
            let from = self.at;
            let quoted = self.peek() == Some('"');
            let text = if quoted { self.quoted() } else { self.bare(field) };
            if self.peek() == Some('(')
                && values.is_empty()
                && let Some(kind) = together(&text)
            {
                self.tokens.push(Token { kind: Kind::Field(field, values), span: start..from });
                return self.push(kind, from);
            }
            if !text.is_empty() {
                values.push(Value { text, quoted, span: from..self.at });
            }
            if self.peek() != Some(',') {
                break;
            }
            self.bump();
            self.check_list(field, &values);
        }
        let group = self.peek() == Some('(') && values.is_empty();
        if values.is_empty() && !group {
            let name = field.name();
            let fix = format!("write its value directly after the colon: {}", suggest::example(field));
            let problem = format!("nothing follows `{name}:`, so it is read as a word");
            self.notes.add(Note { span: start..self.at, problem, fix: Some(fix) });
            let word = self.text[start..colon].to_owned();
            return self.tokens.push(Token { kind: Kind::Word(word), span: start..colon });
        }
        self.push(Kind::Field(field, values), start);
    }

    /// Notes a list that a space cuts off behind its comma.
    fn check_list(&mut self, field: Field, values: &[Value]) {
        let rest = &self.text[self.at..];
        let more = rest.trim_start_matches(|c| fold(c) == ' ');
        if !values.is_empty() && more.len() < rest.len() && !more.is_empty() && !field.is_text() {
            let example = suggest::example(field);
            let fix = format!("write a list without spaces: {example},…");
            self.notes.put(self.at - 1..self.at, "the list ends at the space behind this comma", &fix);
        }
    }

    /// A value without quotation marks: up to a space, bracket, quotation mark or comma.
    fn bare(&mut self, field: Field) -> String {
        let start = self.at;
        let mut text = String::new();
        while let Some(c) = self.peek() {
            let ends = match c {
                ' ' | '"' | '(' | ')' => true,
                // `title:1,000` is one number.
                ',' => !(field.is_text() && self.between_digits()),
                _ => false,
            };
            if ends {
                break;
            }
            self.bump();
            text.push(c);
        }
        // A path is what the file system calls it, typographic dashes and all.
        if field == Field::Path { self.text[start..self.at].to_owned() } else { text }
    }

    fn between_digits(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        let after = self.text[self.at..].chars().nth(1);
        before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit())
    }
}

/// The word before a bracket of things that must stand together.
fn together(word: &str) -> Option<Kind> {
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "same/s" | "same/sentence" => return Some(Kind::Same(Unit::Sentence)),
        "same/p" | "same/paragraph" => return Some(Kind::Same(Unit::Paragraph)),
        _ => (),
    }
    let within = lower.strip_prefix("near/")?;
    let digits = !within.is_empty() && within.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| Kind::Near(within.parse().unwrap_or(u32::MAX).clamp(1, words::FARTHEST)))
}
