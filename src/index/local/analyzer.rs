//! From text to terms: one scanner for indexing, queries and highlighting.
//!
//! A *chunk* is a run of letters and digits with the marks that finance writes inside words: `AT&T`, `10-K`,
//! `3.5%`, `$1.2bn`, `BRK.B`, `O'Neill`. It stays one term; where it has parts, they are terms too, at the
//! positions they would have apart, so that phrases match either spelling. Case, accents and compatibility
//! forms are folded, a possessive `'s` is dropped, and no word is too small to count.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::dense::{is_dense, pairs};
use super::fold::fold_into;
use crate::letters;

/// Longer chunks are not words: they are cut off from the terms, never from the text.
const LONGEST: usize = 80;

/// Chunks with more parts than this are addresses or the like, and are known by their parts only.
const MOST_PARTS: usize = 6;

/// What follows an apostrophe without being a word of its own.
const CONTRACTIONS: [&str; 6] = ["t", "re", "ve", "ll", "d", "m"];

/// One term of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term<'a> {
    /// The folded word.
    pub(super) text: &'a str,
    /// First byte in the text.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Its place, counted in words.
    pub(super) position: u32,
    /// How many places it takes: more than 1 for a whole chunk whose parts are terms too.
    pub(super) places: u32,
}

/// A chunk of the text: its bytes, without a possessive or marks that only surround it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Whether it is a plain ASCII word without marks inside.
    pub(super) plain: bool,
    /// Whether it is in a script that puts no blanks between words.
    pub(super) dense: bool,
}

impl Chunk {
    /// Whether it is a plain word that gives just one term.
    pub(super) fn is_short_word(&self) -> bool {
        self.plain && self.end - self.start <= LONGEST
    }
}

/// Calls `each` with every term of `text`, in order of position; a whole chunk comes before its parts.
/// Returns the number of places taken.
pub(super) fn terms(text: &str, mut each: impl FnMut(Term<'_>)) -> u32 {
    let mut position = 0;
    let mut folded = String::new();
    for chunk in chunks(text) {
        position += chunk_terms(text, chunk, position, &mut folded, &mut each);
    }
    position
}

/// Calls `each` with the terms of one chunk at `position`; returns the places taken.
pub(super) fn chunk_terms(
    text: &str,
    chunk: Chunk,
    position: u32,
    folded: &mut String,
    each: &mut impl FnMut(Term<'_>),
) -> u32 {
    let Chunk { start, end, plain, dense } = chunk;
    let word = &text[start..end];
    if dense {
        return pairs(word, start, position, folded, each);
    }
    if end - start > LONGEST {
        return 1;
    }
    fold_into(word, folded);
    if plain {
        each(Term { text: folded, start, end, position, places: 1 });
        return 1;
    }
    let parts = parts(word);
    if parts.len() <= 1 {
        return single(chunk, parts.first().cloned(), position, folded, each);
    }
    let places = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    if parts.len() <= MOST_PARTS {
        each(Term { text: folded, start, end, position, places });
    }
    for (place, part) in (0..).zip(parts) {
        fold_into(&word[part.clone()], folded);
        let (from, to) = (start + part.start, start + part.end);
        each(Term { text: folded, start: from, end: to, position: position + place, places: 1 });
    }
    places
}

/// Calls `each` with a chunk that is one word, and with the word without the marks around it (`$NVDA`, `3.5%`).
fn single(
    chunk: Chunk,
    part: Option<Range<usize>>,
    position: u32,
    folded: &mut String,
    each: &mut impl FnMut(Term<'_>),
) -> u32 {
    let Chunk { start, end, .. } = chunk;
    each(Term { text: folded, start, end, position, places: 1 });
    if let Some(part) = part.filter(|part| part.len() < end - start) {
        let bare: String = folded.trim_matches(['$', '€', '£', '¥', '%']).to_owned();
        if bare.len() < folded.len() && !bare.is_empty() {
            each(Term { text: &bare, start: start + part.start, end: start + part.end, position, places: 1 });
        }
    }
    1
}

/// The chunks of `text`, in order.
pub(super) fn chunks(text: &str) -> Chunks<'_> {
    Chunks::from(text, 0)
}

/// See [`chunks`].
#[derive(Debug)]
pub(super) struct Chunks<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Chunks<'a> {
    /// Those of `text` from the byte `at` on, where a chunk ended or none can go on.
    pub(super) fn from(text: &'a str, at: usize) -> Chunks<'a> {
        Chunks { text, at }
    }

    /// Where the last chunk ended.
    pub(super) fn at(&self) -> usize {
        self.at
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            let class = CLASSES[usize::from(*bytes.get(at)?)];
            match class {
                Class::Word => break,
                Class::Wide => {
                    let c = self.text[at..].chars().next()?;
                    if is_word(c) {
                        break;
                    }
                    at += c.len_utf8();
                }
                _ => at += 1,
            }
        }
        let start = at;
        let mut end = letters::end(bytes, start);
        // Most words are of ASCII letters and between gaps.
        if end > start && self.stands_apart(start, end) {
            self.at = end;
            return Some(Chunk { start, end, plain: true, dense: false });
        }
        if CLASSES[usize::from(bytes[at])] == Class::Wide
            && let run = self.text[at..].chars().take_while(|c| is_dense(*c)).map(char::len_utf8).sum::<usize>()
            && run > 0
        {
            self.at = start + run;
            return Some(Chunk { start, end: self.at, plain: false, dense: true });
        }
        let mut plain = true;
        while let Some(byte) = bytes.get(end) {
            match CLASSES[usize::from(*byte)] {
                Class::Word => end = letters::end(bytes, end),
                Class::Wide => {
                    let Some(c) = self.text[end..].chars().next() else { break };
                    let joins =
                        is_word(c) || (matches!(c, '’' | '\u{2010}' | '\u{2011}') && self.word_at(end + c.len_utf8()));
                    if (!joins && c != '\u{ad}') || is_dense(c) {
                        break;
                    }
                    plain = false;
                    end += c.len_utf8();
                }
                Class::Join if self.word_at(end + 1) && self.joins(end) => {
                    plain = false;
                    end += 1;
                }
                _ => break,
            }
        }
        self.at = end.max(start + 1);
        Some(self.trimmed(start, end, plain))
    }
}

impl Chunks<'_> {
    /// Whether neither what is before `start` nor what is from `end` on can belong to a word between them.
    fn stands_apart(&self, start: usize, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        let ends = |byte: &u8| CLASSES[usize::from(*byte)] == Class::Gap && *byte != b'%';
        bytes.get(end).is_none_or(ends) && (start == 0 || bytes[start - 1] != b'$')
    }

    /// Whether a word goes on at `at`.
    fn word_at(&self, at: usize) -> bool {
        let Some(byte) = self.text.as_bytes().get(at) else { return false };
        match CLASSES[usize::from(*byte)] {
            Class::Word => true,
            Class::Wide => self.text[at..].chars().next().is_some_and(is_word),
            _ => false,
        }
    }

    /// Whether the mark at `at`, with word characters on both sides, belongs to the word: a comma only in a number.
    fn joins(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        match bytes[at] {
            b',' => at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4),
            _ => true,
        }
    }

    /// The chunk with a currency sign before and a per cent sign after it, and without a possessive.
    fn trimmed(&mut self, start: usize, end: usize, plain: bool) -> Chunk {
        let bytes = self.text.as_bytes();
        let mut chunk = Chunk { start, end, plain, dense: false };
        if start > 0 && bytes[start - 1] == b'$' {
            chunk.start -= 1;
            chunk.plain = false;
        }
        if bytes[end - 1].is_ascii_digit() && bytes.get(end) == Some(&b'%') {
            chunk.end += 1;
            chunk.plain = false;
            self.at += 1;
        }
        if !plain {
            let word = &self.text[chunk.start..chunk.end];
            let bare = ["'s", "'S", "’s", "’S"].iter().find_map(|ending| word.strip_suffix(ending));
            if let Some(bare) = bare {
                chunk.end = chunk.start + bare.len();
                chunk.plain = bare.bytes().all(|byte| byte.is_ascii_alphanumeric());
            }
        }
        chunk
    }
}

/// What a byte can be to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// No part of any word.
    Gap,
    /// A letter or digit.
    Word,
    /// A mark that belongs to a word where it stands between two characters of it.
    Join,
    /// The beginning of a character beyond ASCII.
    Wide,
}

/// The class of every byte.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Gap; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Word,
            b'.' | b'&' | b'-' | b'\'' | b'_' | b',' => Class::Join,
            0x80.. => Class::Wide,
            _ => Class::Gap,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

/// What `byte` can be to a word.
pub(super) fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Whether a character beyond ASCII belongs to words.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The byte ranges of the words that a chunk is made of.
fn parts(word: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let number = word.bytes().any(|byte| byte.is_ascii_digit());
    let mut start = None;
    for (at, c) in word.char_indices() {
        let inside = is_word(c) || c == '\u{ad}' || (number && matches!(c, '.' | ',') && between_digits(word, at));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                parts.push(from..at);
                start = None;
            }
            _ => (),
        }
    }
    parts.extend(start.map(|from| from..word.len()));
    let contraction = parts.last().is_some_and(|last| {
        let apostrophe = word[..last.start].ends_with(['\'', '’']);
        apostrophe && CONTRACTIONS.contains(&word[last.clone()].to_ascii_lowercase().as_str())
    });
    if contraction && parts.len() == 2 {
        return std::iter::once(0..word.len()).collect();
    }
    parts
}

/// Whether the mark at `at` stands between two digits.
fn between_digits(word: &str, at: usize) -> bool {
    let bytes = word.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    digit(at.checked_sub(1)) && digit(Some(at + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let mut found = Vec::new();
        terms(text, |term| {
            assert!(text.get(term.start..term.end).is_some(), "{term:?} cuts a character");
            found.push(format!("{}@{}", term.text, term.position));
        });
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn plain_words_are_folded() {
        check("Zürich said “Rate CUTS”.", "zurich@0 said@1 rate@2 cuts@3");
        check("naïve café", "naive@0 cafe@1");
        check("ﬁnance", "finance@0");
    }

    #[test]
    fn finance_words_stay_whole() {
        check("AT&T fell", "at&t@0 at@0 t@1 fell@2");
        check("S&P 500", "s&p@0 s@0 p@1 500@2");
        check("BRK.B rose", "brk.b@0 brk@0 b@1 rose@2");
        check("a 10-K filing", "a@0 10-k@1 10@1 k@2 filing@3");
        check("up 3.5%.", "up@0 3.5%@1 3.5@1");
        check("$NVDA", "$nvda@0 nvda@0");
        check("$1.2bn", "$1.2bn@0 1.2bn@0");
        check("1,200 jobs", "1200@0 jobs@1");
        check("U.S. stocks", "u.s@0 u@0 s@1 stocks@2");
    }

    #[test]
    fn possessives_go_and_contractions_stay() {
        check("Fed's Nvidia’s", "fed@0 nvidia@1");
        check("don't won’t", "don't@0 won't@1");
        check("O'Neill", "o'neill@0 o@0 neill@1");
    }

    #[test]
    fn marks_around_words_are_no_words() {
        check("-- ... (a), 'b' & c - d", "a@0 b@1 c@2 d@3");
        check("x,y 1, 2", "x@0 y@1 1@2 2@3");
        check("", "");
    }

    proptest! {
        #[test]
        fn terms_lie_inside_the_text_in_order(text in "\\PC{0,60}|[a-z$%.,'&’ -]{0,60}") {
            let mut last = 0;
            let places = terms(&text, |term| {
                assert!(text.get(term.start..term.end).is_some());
                assert!(term.position >= last || term.position + 6 >= last);
                last = last.max(term.position);
            });
            prop_assert!(last <= places);
        }
    }
}
