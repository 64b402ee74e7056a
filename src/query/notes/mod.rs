//! Notes on what was read otherwise than it may have been meant, and how they are shown.

pub(super) mod suggest;

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::{Note, Query};

/// The most notes on one query: more than these help nobody.
const MOST: usize = 16;
/// The most columns shown of what was typed on either side of a note's place.
const AROUND: usize = 50;

/// Notes as they are taken.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<Note>);

impl Notes {
    /// Takes `note`. What is said of several places that touch is said once, of all of them.
    pub(super) fn add(&mut self, note: Note) {
        let again = |said: &&mut Note| {
            let touch = note.span.start <= said.span.end && said.span.start <= note.span.end;
            touch && said.problem == note.problem && said.fix == note.fix
        };
        if let Some(said) = self.0.iter_mut().find(again) {
            said.span = said.span.start.min(note.span.start)..said.span.end.max(note.span.end);
        } else if self.0.len() < MOST {
            self.0.push(note);
        }
    }

    pub(super) fn put(&mut self, span: Range<usize>, problem: &str, fix: &str) {
        self.add(Note { span, problem: problem.to_owned(), fix: Some(fix.to_owned()) });
    }

    /// All of them, in order of place.
    pub(super) fn into_sorted(mut self) -> Vec<Note> {
        self.0.sort_by_key(|note| (note.span.start, note.span.end));
        self.0
    }
}

/// Holds the query to the letter of the language: the first note is an error.
pub fn strict(query: &Query) -> Result<(), &Note> {
    query.notes.first().map_or(Ok(()), Err)
}

/// Shows `note` and its place in `typed`: the problem, the line, carets under the place, the fix.
///
/// Control characters of what was typed are shown as spaces, and a long line is cut round the place.
pub fn render(note: &Note, typed: &str) -> String {
    let start = floor(typed, note.span.start);
    let end = floor(typed, note.span.end.max(start));
    let before: Vec<char> = typed[..start].chars().rev().take(AROUND + 1).map(shown).collect();
    let marked: Vec<char> = typed[start..end].chars().take(AROUND + 1).map(shown).collect();
    let after: Vec<char> = typed[end..].chars().take(AROUND + 1).map(shown).collect();
    let mut line = String::from("  ");
    let mut carets = String::from("  ");
    if before.len() > AROUND {
        line.push('…');
        carets.push(' ');
    }
    for &c in before.iter().take(AROUND).rev() {
        line.push(c);
        carets.extend(std::iter::repeat_n(' ', c.width().unwrap_or_default()));
    }
    for &c in marked.iter().take(AROUND) {
        line.push(c);
        carets.extend(std::iter::repeat_n('^', c.width().unwrap_or_default()));
    }
    if marked.is_empty() {
        carets.push('^');
    }
    if marked.len() <= AROUND {
        line.extend(after.iter().take(AROUND));
    }
    if marked.len() > AROUND || after.len() > AROUND {
        line.push('…');
    }
    let mut text = format!("{}\n{}\n{carets}\n", note.problem, line.trim_end());
    if let Some(fix) = &note.fix {
        text.push_str("fix: ");
        text.push_str(fix);
        text.push('\n');
    }
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

/// The last character boundary up to `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn shown(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}
