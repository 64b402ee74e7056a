//! The passages worth showing: whole sentences where possible, the one that answers most of the question first.

use std::ops::Range;

use super::highlight::{Mark, merged};
use crate::article::Part;
use crate::search::Snippet;

/// A passage is made of sentences up to about this many bytes.
const WIDTH: usize = 260;

/// No passage is longer than this; a longer sentence is cut at a word.
const LONGEST: usize = 420;

/// Marks beyond this many are left out of the choice, which would take long in a book.
const MOST_MARKS: usize = 2000;

/// The `count` best passages of a body with these `sentences`; its beginning where nothing is marked.
pub(super) fn pick(text: &str, sentences: &[Range<usize>], marks: &[Mark], count: usize) -> Vec<Snippet> {
    if count == 0 || text.trim().is_empty() {
        return Vec::new();
    }
    let marks = &marks[..marks.len().min(MOST_MARKS)];
    if marks.is_empty() {
        let start = text.len() - text.trim_start().len();
        return vec![snippet(text, passage(text, sentences, start..start), marks)];
    }
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut snippets = Vec::new();
    while snippets.len() < count {
        let Some(window) = best_window(marks, &taken) else { break };
        let mut passage = passage(text, sentences, window);
        for other in &taken {
            if passage.start < other.end && other.start < passage.end {
                if passage.start < other.start {
                    passage.end = passage.end.min(other.start);
                } else {
                    passage.start = other.end;
                }
            }
        }
        taken.push(passage.clone());
        snippets.push(snippet(text, passage, marks));
    }
    snippets
}

/// The page on which the byte `at` of a body stands, from 1; `None` where form feeds part no pages.
pub(super) fn page_of(body: &str, at: usize) -> Option<usize> {
    let feeds = memchr::memchr_iter(0xc, body.as_bytes());
    let (before, all) = feeds.fold((0, 0), |(before, all), feed| (before + usize::from(feed <= at), all + 1));
    (all > 0).then_some(before + 1)
}

/// The stretch no wider than [`WIDTH`] that holds marks of the most clauses, then the most marks, then the first.
fn best_window(marks: &[Mark], taken: &[Range<usize>]) -> Option<Range<usize>> {
    let free = |mark: &&Mark| !taken.iter().any(|range| mark.start < range.end && range.start < mark.end);
    let free: Vec<&Mark> = marks.iter().filter(free).collect();
    let mut best: Option<((usize, usize), Range<usize>)> = None;
    for (at, first) in free.iter().enumerate() {
        let mut clauses: Vec<usize> = Vec::new();
        let mut end = first.end;
        let mut held = 0;
        for mark in free[at..].iter().take_while(|mark| mark.end <= first.start + WIDTH) {
            if !clauses.contains(&mark.clause) {
                clauses.push(mark.clause);
            }
            end = end.max(mark.end);
            held += 1;
        }
        let worth = (clauses.len(), held.min(4));
        if best.as_ref().is_none_or(|(other, _)| worth > *other) {
            best = Some((worth, first.start..end));
        }
    }
    best.map(|(_, window)| window)
}

/// The sentences round `window`, and those after it in its paragraph, as many as fit.
fn passage(text: &str, sentences: &[Range<usize>], window: Range<usize>) -> Range<usize> {
    let first = sentences.partition_point(|sentence| sentence.end <= window.start);
    let mut last = sentences.partition_point(|sentence| sentence.start < window.end).max(first + 1) - 1;
    let (Some(head), Some(tail)) = (sentences.get(first), sentences.get(last)) else {
        let end = boundary(text, text.len().min(window.start + LONGEST).max(window.end));
        return cut(text, boundary(text, window.start)..end, &window);
    };
    let mut passage = head.start.min(window.start)..tail.end.max(window.end);
    if passage.len() > LONGEST {
        return cut(text, passage, &window);
    }
    while let Some(next) = sentences.get(last + 1)
        && next.end - passage.start <= WIDTH
        && !text.get(passage.end..next.start).is_none_or(|between| between.contains("\n\n"))
    {
        passage.end = next.end;
        last += 1;
    }
    passage
}

/// A stretch of [`LONGEST`] bytes of a long sentence with `window` in it, cut between words.
fn cut(text: &str, whole: Range<usize>, window: &Range<usize>) -> Range<usize> {
    let room = LONGEST.saturating_sub(window.len());
    let start = whole.start.max(window.start.saturating_sub(room / 3));
    let end = whole.end.min(start + LONGEST).max(window.end.min(start + LONGEST));
    let (start, end) = (boundary(text, start), boundary(text, end));
    let start = if start > whole.start {
        text[start..window.start.max(start)].find(char::is_whitespace).map_or(start, |at| start + at + 1)
    } else {
        start
    };
    let end = if end < whole.end && end > window.end {
        text[window.end..end].rfind(char::is_whitespace).map_or(end, |at| window.end + at)
    } else {
        end
    };
    boundary(text, start)..boundary(text, end.max(start))
}

/// The first character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// A passage with the marks in it.
fn snippet(text: &str, passage: Range<usize>, marks: &[Mark]) -> Snippet {
    let raw = &text[passage.clone()];
    let start = passage.start + (raw.len() - raw.trim_start().len());
    let shown = raw.trim();
    let end = start + shown.len();
    let inside = |mark: &&Mark| mark.start >= start && mark.end <= end;
    let inside: Vec<Mark> = marks
        .iter()
        .filter(inside)
        .map(|mark| Mark { start: mark.start - start, end: mark.end - start, clause: mark.clause })
        .collect();
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '"' | '”' | '’' | '\'' | ')' | ':' | '…' | '»');
    let at_start = start == 0 || text[..start].trim_end_matches([' ', '\t']).ends_with(|c: char| c == '\n' || ends(c));
    let at_end = end == text.len() || shown.ends_with(ends) || text[end..].starts_with('\n');
    Snippet {
        text: shown.to_owned(),
        marks: merged(&inside),
        part: Part::Body,
        start,
        cut_before: !at_start,
        cut_after: !at_end,
    }
}
