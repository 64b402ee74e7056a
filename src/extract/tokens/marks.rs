//! Quotation marks and what they enclose, paragraph by paragraph.

use super::scan::Scanned;
use super::{Gap, Paragraph, Quoted, Token};

/// The most tokens of a quotation in single marks; beyond that, the opening one was an apostrophe.
const LONGEST_SINGLE: usize = 600;

/// The outermost pairs of quotation marks. A mark that nothing closes runs to the end of its paragraph.
pub(super) fn pair(Scanned { tokens, marks, .. }: &Scanned, paragraphs: &[Paragraph]) -> Vec<Quoted> {
    let mut quoted = Vec::new();
    let mut marks = marks.as_slice();
    for paragraph in paragraphs {
        let before = quoted.len();
        let own;
        (own, marks) = marks.split_at(marks.partition_point(|mark| *mark < paragraph.last));
        if own.is_empty() {
            continue;
        }
        let inside = Inside { tokens, marks: own, first: paragraph.first as usize, last: paragraph.last as usize };
        inside.double(&mut quoted);
        inside.single(&mut quoted, before);
    }
    quoted
}

/// Whether `token`, a mark, may open or close a quotation.
pub(super) fn quotes(token: &Token) -> bool {
    ['"', '“', '”', '„', '«', '»', '\'', '‘', '’'].iter().any(|mark| token.is(*mark))
}

/// The tokens of a paragraph.
struct Inside<'a> {
    tokens: &'a [Token],
    /// The quotation marks among them.
    marks: &'a [u32],
    first: usize,
    last: usize,
}

/// Which marks a quotation is set in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    /// « … » and the reverse.
    Angle,
}

impl Inside<'_> {
    /// Pairs double marks of every kind.
    fn double(&self, quoted: &mut Vec<Quoted>) {
        let mut open: Option<(usize, Family)> = None;
        for index in self.marks.iter().map(|mark| *mark as usize) {
            let Some((family, leaning)) = self.leaning(index) else {
                continue;
            };
            open = match open {
                None if leaning != Leaning::Close => Some((index, family)),
                None => None,
                Some((first, of)) if of == family => {
                    if leaning == Leaning::Open {
                        // Its end was forgotten: how far it went, nobody knows.
                        Some((index, family))
                    } else {
                        quoted.push(span(first, index, true));
                        None
                    }
                }
                Some(open) => Some(open),
            };
        }
        if let Some((first, _)) = open {
            quoted.push(span(first, self.last - 1, false));
        }
    }

    /// Which way the mark at `index` points; nothing when it is no double mark.
    fn leaning(&self, index: usize) -> Option<(Family, Leaning)> {
        let token = &self.tokens[index];
        let family = match () {
            () if token.is('"') || token.is('“') || token.is('”') || token.is('„') => Family::Double,
            () if token.is('«') || token.is('»') => Family::Angle,
            () => return None,
        };
        let (opens, closes) = (self.opens(index), self.closes(index));
        let leaning = match () {
            () if opens && !closes => Leaning::Open,
            () if closes && !opens => Leaning::Close,
            () if token.is('“') || token.is('„') || token.is('«') => Leaning::Open,
            () if token.is('”') || token.is('»') => Leaning::Close,
            () => Leaning::Either,
        };
        Some((family, leaning))
    }

    /// Whether the mark at `index` stands as an opening one does: space before it, none after.
    fn opens(&self, index: usize) -> bool {
        let free = index == self.first || self.tokens[index].gap > Gap::None || {
            let before = &self.tokens[index - 1];
            ['(', '[', '—', '–', '-', '/', ':', '‘'].iter().any(|mark| before.is(*mark))
        };
        free && self.tokens.get(index + 1).is_some_and(|next| index + 1 < self.last && next.gap == Gap::None)
    }

    /// Whether the mark at `index` stands as a closing one does: no space before it.
    fn closes(&self, index: usize) -> bool {
        index > self.first
            && self.tokens[index].gap == Gap::None
            && (index + 1 >= self.last || {
                let next = &self.tokens[index + 1];
                next.gap > Gap::None || !next.worded()
            })
    }

    /// Pairs single marks where they are the outer ones: `‘We will not,’ she said`. An apostrophe is told from a
    /// closing mark by the punctuation before it.
    fn single(&self, quoted: &mut Vec<Quoted>, from: usize) {
        let double = quoted.split_off(from);
        let (mut next, mut past) = (0, 0);
        for index in self.marks.iter().map(|mark| *mark as usize) {
            if index < past {
                continue;
            }
            if double.get(next).is_some_and(|pair| pair.open as usize == index) {
                quoted.push(double[next]);
                past = double[next].close as usize + 1;
                next += 1;
                continue;
            }
            let close = if self.single_opens(index) { self.single_close(index, &double[next..]) } else { None };
            if let Some(close) = close {
                quoted.push(span(index, close, true));
                // Double marks within single ones are quotations within quotations.
                next += double[next..].iter().take_while(|pair| (pair.open as usize) < close).count();
            }
            past = close.unwrap_or(index) + 1;
        }
    }

    fn single_opens(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        (token.is('‘') || token.is('\'')) && self.opens(index) && self.tokens[index + 1].worded()
    }

    /// The mark that closes a single quotation opened at `open`, outside the pairs `double` that follow.
    fn single_close(&self, open: usize, double: &[Quoted]) -> Option<usize> {
        let curly = self.tokens[open].is('‘');
        let limit = self.last.min(open + LONGEST_SINGLE);
        let mut double = double.iter().peekable();
        let mut index = open + 1;
        while index < limit {
            if let Some(pair) = double.next_if(|pair| pair.open as usize <= index) {
                index = index.max(pair.close as usize + 1);
                continue;
            }
            let (token, before) = (&self.tokens[index], &self.tokens[index - 1]);
            let mark = token.is('’') || !curly && token.is('\'');
            let ended = [',', '.', '?', '!', '…', '—'].iter().any(|stop| before.is(*stop));
            if mark && ended && index > open + 1 && self.closes(index) {
                return Some(index);
            }
            index += 1;
        }
        None
    }
}

/// Which way a mark points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaning {
    Open,
    Close,
    Either,
}

fn span(open: usize, close: usize, closed: bool) -> Quoted {
    let index = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    Quoted { open: index(open), close: index(close), closed }
}
