//! Text in rows of a width, each a range of bytes, so that marks stay where they are.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::output::clean;

/// The rows of `text`, broken between words; an empty one stands between paragraphs.
pub(super) fn rows(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(1);
    let mut rows: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive('\n') {
        let end = start + paragraph.len();
        if paragraph.trim().is_empty() {
            if rows.last().is_some_and(|row| !row.is_empty()) {
                rows.push(start..start);
            }
        } else {
            broken(text, start..end, width, &mut rows);
        }
        start = end;
    }
    while rows.last().is_some_and(Range::is_empty) {
        rows.pop();
    }
    rows
}

/// Adds the rows of one paragraph.
fn broken(text: &str, paragraph: Range<usize>, width: usize, rows: &mut Vec<Range<usize>>) {
    let mut row: Option<Range<usize>> = None;
    let mut used = 0;
    let (mut at, stop) = (paragraph.start, paragraph.end);
    while let Some(word) = next_word(text, at..stop) {
        at = word.end;
        let wide = text[word.clone()].width();
        match &mut row {
            Some(row) if used + 1 + wide <= width => {
                row.end = word.end;
                used += 1 + wide;
            }
            _ => {
                rows.extend(row.take());
                let (last, rest) = cut(text, word, width, rows);
                (row, used) = (Some(last), rest);
            }
        }
    }
    rows.extend(row);
}

/// Adds all rows that a word fills, and gives what is left of it, with its width.
fn cut(text: &str, word: Range<usize>, width: usize, rows: &mut Vec<Range<usize>>) -> (Range<usize>, usize) {
    let (mut start, mut used) = (word.start, 0);
    for (at, c) in text[word.clone()].char_indices() {
        let wide = c.width().unwrap_or(0);
        if used + wide > width && used > 0 {
            rows.push(start..word.start + at);
            (start, used) = (word.start + at, 0);
        }
        used += wide;
    }
    (start..word.end, used)
}

/// The next run without white space in `range`.
fn next_word(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let rest = &text[range.clone()];
    let start = rest.find(|c: char| !c.is_whitespace())?;
    let length = rest[start..].find(char::is_whitespace).unwrap_or(rest.len() - start);
    Some(range.start + start..range.start + start + length)
}

/// A row with its marks in other styles. What acts on a terminal is put as signs.
pub(super) fn line(text: &str, row: &Range<usize>, base: Style, marks: &[(Range<usize>, Style)]) -> Line<'static> {
    let mut spans = Vec::new();
    let mut at = row.start;
    let mut push = |range: Range<usize>, style: Style| {
        if let Some(piece) = text.get(range).filter(|piece| !piece.is_empty()) {
            spans.push(Span::styled(clean(&piece.replace('\n', " ")).into_owned(), style));
        }
    };
    for (mark, style) in marks {
        let (start, end) = (mark.start.max(at), mark.end.min(row.end));
        if start < end {
            push(at..start, base);
            push(start..end, *style);
            at = end;
        }
    }
    push(at..row.end, base);
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: usize, expected: &[&str]) {
        let rows = rows(text, width);
        let shown: Vec<&str> = rows.iter().map(|row| &text[row.clone()]).collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn rows_break_between_words() {
        check("one two three", 7, &["one two", "three"]);
        check("one two three", 80, &["one two three"]);
        check("  one\n\n\ntwo  three \n", 9, &["one", "", "two  three"]);
        check("", 5, &[]);
        check(" \n ", 5, &[]);
    }

    #[test]
    fn a_word_wider_than_a_row_is_cut() {
        check("abcdefgh ij", 3, &["abc", "def", "gh", "ij"]);
        check("日本語です", 4, &["日本", "語で", "す"]);
        check("a\u{301}b", 1, &["a\u{301}", "b"]);
    }

    #[test]
    fn marks_go_over_the_ends_of_rows() {
        let text = "one two three";
        let marks = [(4..13, Style::new().bold())];
        let shown: Vec<Vec<String>> = rows(text, 7)
            .iter()
            .map(|row| {
                line(text, row, Style::new(), &marks).spans.iter().map(|span| span.content.to_string()).collect()
            })
            .collect();
        assert_eq!(shown, [vec!["one ", "two"], vec!["three"]]);
    }

    #[test]
    fn what_acts_on_a_terminal_is_put_as_signs() {
        let text = "a\u{1b}[2J\u{202e}b";
        let shown = line(text, &(0..text.len()), Style::new(), &[]);
        assert!(!shown.spans[0].content.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    }
}
