//! From a text to its tokens, in one pass over the bytes.

use super::hash::Hash;
use super::{Gap, Shape, Token, lexicon, marks};
use crate::letters::{self, letters};

/// The tokens of a text, and where among them those are that most rules look for.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// All of them; their sentences are not known yet.
    pub(super) tokens: Vec<Token>,
    /// The first one of each line.
    pub(super) lines: Vec<u32>,
    /// All words but those in lower case, and these where they are [`lexicon::TELLING`].
    pub(super) telling: Vec<u32>,
    /// Quotation marks of every kind, and apostrophes that stand alone.
    pub(super) marks: Vec<u32>,
    /// What may end a sentence: a mark that does, or a word with a full stop.
    pub(super) stops: Vec<u32>,
}

/// About so many bytes there are to a token, so many tokens to one that tells, and to a line or a sentence.
const USUAL: (usize, usize, usize) = (5, 3, 10);

/// The tokens of `text`.
pub(super) fn scan(text: &str) -> Scanned {
    // Offsets are 32 bits wide.
    let limit = text.len().min(u32::MAX as usize);
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, gap: Gap::Blank, words: lexicon::words() };
    let about = text.len() / USUAL.0;
    let some = |few: usize| Vec::with_capacity(about / few);
    let tokens = Vec::with_capacity(about);
    let (lines, telling, stops) = (some(USUAL.2), some(USUAL.1), some(USUAL.2));
    let mut scanned = Scanned { tokens, lines, telling, marks: Vec::new(), stops };
    while scanner.at < limit {
        if !scanner.bytes[scanner.at].is_ascii_alphanumeric() && (scanner.skip_blank() || scanner.skip_space()) {
            continue;
        }
        let token = scanner.token(scanned.tokens.last());
        if token.end as usize > limit {
            break;
        }
        scanner.gap = Gap::None;
        scanned.push(token, scanner.bytes[token.end as usize - 1]);
    }
    scanned
}

impl Scanned {
    /// Adds a token, which ends with the byte `last`.
    fn push(&mut self, token: Token, last: u8) {
        #[expect(clippy::cast_possible_truncation, reason = "there are fewer tokens than bytes, which 32 bits count")]
        let index = self.tokens.len() as u32;
        if token.gap >= Gap::Line {
            self.lines.push(index);
        }
        match token.shape {
            Shape::Mark if ['.', '?', '!', '…'].iter().any(|stop| token.is(*stop)) => self.stops.push(index),
            Shape::Mark if marks::quotes(&token) => self.marks.push(index),
            Shape::Mark | Shape::Possessive => (),
            Shape::Lower if !token.any(lexicon::TELLING) => (),
            _ => self.telling.push(index),
        }
        if token.shape != Shape::Mark && last == b'.' {
            self.stops.push(index);
        }
        self.tokens.push(token);
    }
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    gap: Gap,
    words: &'static lexicon::Words,
}

/// How the letters of a word were written so far.
#[derive(Default)]
struct Written {
    upper: u32,
    lower: u32,
    first_upper: bool,
    digit_first: bool,
    dots: u32,
}

impl Written {
    fn push(&mut self, c: char) {
        let nothing = self.upper + self.lower == 0 && !self.digit_first;
        if c.is_numeric() {
            self.digit_first |= nothing;
        } else if c.is_uppercase() {
            self.first_upper |= nothing;
            self.upper += 1;
        } else {
            self.lower += 1;
        }
    }

    /// Adds ASCII letters and digits, as [`Written::push`] would.
    fn push_ascii(&mut self, first: u8, run: letters::Letters) {
        if self.upper + self.lower == 0 && !self.digit_first {
            self.digit_first = first.is_ascii_digit();
            self.first_upper |= first.is_ascii_uppercase();
        }
        self.upper += run.capitals();
        self.lower += u32::try_from(run.length).unwrap_or(0) - run.capitals() - run.digits();
    }

    fn shape(&self) -> Shape {
        match () {
            () if self.digit_first => Shape::Number,
            () if self.lower == 0 && self.upper > 1 => Shape::AllCaps,
            () if self.first_upper => Shape::Capitalised,
            () if self.upper > 0 => Shape::Mixed,
            () => Shape::Lower,
        }
    }
}

impl Scanner<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            None => None,
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.text.get(at..).and_then(|rest| rest.chars().next()),
        }
    }

    /// Passes over the blank between two words of a line: the same as [`Scanner::skip_space`] does, said at once.
    fn skip_blank(&mut self) -> bool {
        let is_blank = self.bytes.get(self.at) == Some(&b' ') && self.gap == Gap::None;
        if is_blank {
            (self.gap, self.at) = (Gap::Space, self.at + 1);
        }
        is_blank
    }

    /// Passes over white space; remembers what kind it was.
    fn skip_space(&mut self) -> bool {
        let Some(c) = self.char_at(self.at) else {
            return false;
        };
        if c == '\n' {
            self.gap = if self.gap >= Gap::Line { Gap::Blank } else { Gap::Line };
        } else if self.gap == Gap::Line && (c == '\t' || c == ' ' && self.char_at(self.at + 1) == Some(' ')) {
            self.gap = Gap::Indent;
        } else if blank(c) {
            self.gap = self.gap.max(Gap::Space);
        } else {
            return false;
        }
        self.at += c.len_utf8();
        true
    }

    fn token(&mut self, before: Option<&Token>) -> Token {
        let start = self.at;
        let c = self.char_at(start).unwrap_or(' ');
        let (hash, shape, classes) = if c.is_ascii_alphanumeric()
            && let Some(word) = self.short_word()
        {
            word
        } else if c.is_alphanumeric() {
            self.word(before)
        } else if matches!(c, '\'' | '’') && self.possessive(start, c) && self.gap == Gap::None && before.is_some() {
            self.at = start + c.len_utf8() + 1;
            (u64::from('\'') | 1 << 63, Shape::Possessive, 0)
        } else {
            (self.mark(c), Shape::Mark, 0)
        };
        #[expect(clippy::cast_possible_truncation, reason = "the caller drops tokens that end beyond 32 bits")]
        let (start, end) = (start as u32, self.at as u32);
        Token { hash, start, end, sentence: 0, classes, shape, gap: self.gap }
    }

    /// Takes a mark; repeated ones that mean one thing are one token.
    fn mark(&mut self, c: char) -> u64 {
        self.at += c.len_utf8();
        let code = match (c, self.char_at(self.at)) {
            ('\'', Some('\'')) | ('’', Some('’')) => '”',
            ('`', Some('`')) | ('‘', Some('‘')) => '“',
            ('-' | '.', Some(next)) if next == c => c,
            _ => return u64::from(c),
        };
        while self.char_at(self.at) == Some(c) {
            self.at += c.len_utf8();
            if code == '”' || code == '“' {
                break;
            }
        }
        match code {
            '-' => u64::from('—'),
            '.' => u64::from('…'),
            // Two apostrophes open as well as close; which, their surroundings tell.
            '”' if c == '\'' => u64::from('"'),
            _ => u64::from(code),
        }
    }

    /// Takes a word of fewer than eight ASCII letters and digits behind which nothing belongs to it, as most are: the same
    /// as [`Scanner::word`] does, said at once.
    fn short_word(&mut self) -> Option<(u64, Shape, u64)> {
        let run = letters(self.bytes, self.at);
        let ends = self.bytes.get(self.at + run.length).is_none_or(|byte| ENDS[usize::from(*byte)]);
        if !(1..8).contains(&run.length) || !ends {
            return None;
        }
        let shape = if run.are_small() {
            Shape::Lower
        } else {
            let mut word = Written::default();
            word.push_ascii(self.bytes[self.at], run);
            word.shape()
        };
        let hash = Hash::of_few(run.lower, run.length);
        self.at += run.length;
        Some((hash, shape, self.classes(hash, shape)))
    }

    /// The lists in which a word stands; they hold no numbers.
    fn classes(&self, hash: u64, shape: Shape) -> u64 {
        if shape == Shape::Number { 0 } else { self.words.classes(hash) }
    }

    fn word(&mut self, before: Option<&Token>) -> (u64, Shape, u64) {
        let start = self.at;
        let mut hash = Hash::new();
        let mut word = Written::default();
        loop {
            loop {
                let run = letters(self.bytes, self.at);
                let Some(first) = self.bytes.get(self.at).filter(|_| run.length > 0) else { break };
                word.push_ascii(*first, run);
                hash.bytes(run.lower, run.length);
                self.at += run.length;
                if run.length < 8 {
                    break;
                }
            }
            if self.bytes.get(self.at).is_none_or(|byte| ENDS[usize::from(*byte)]) {
                break;
            }
            let Some(c) = self.char_at(self.at) else { break };
            if c.is_alphanumeric() {
                word.push(c);
            } else if is_mark_above(c) {
                // A combining accent belongs to its letter.
            } else if self.joins(c, start, &word) {
                word.dots += u32::from(c == '.');
            } else {
                break;
            }
            hash.push(c);
            self.at += c.len_utf8();
        }
        let (hash, shape) = (hash.value(), word.shape());
        let classes = self.classes(hash, shape);
        if self.char_at(self.at) == Some('.') && self.abbreviates(start, &word, classes, before) {
            self.at += 1;
        }
        (hash, shape, classes)
    }

    /// Whether the mark `c` holds the word so far and what follows together.
    fn joins(&self, c: char, start: usize, word: &Written) -> bool {
        if !matches!(c, '\'' | '’' | '-' | '‐' | '‑' | '.' | ',' | '&' | '_') {
            return false;
        }
        let Some(next) = self.char_at(self.at + c.len_utf8()).filter(|next| next.is_alphanumeric()) else {
            return false;
        };
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let last = self.bytes.get(self.at.wrapping_sub(1)).map(|byte| char::from(*byte));
        match c {
            '\'' | '’' => !self.possessive(self.at, c),
            // "Nvidia-backed" is a name and a word, "Co-founder" and "Jean-Claude" are one word.
            '-' | '‐' | '‑' => {
                let name = word.first_upper && (self.at - start > 3 || word.lower == 0);
                !(name && next.is_lowercase())
            }
            '.' if digit(last) => next.is_ascii_digit(),
            // "growth.The" lacks a space; "Amazon.com" and "U.S" do not.
            '.' => !(next.is_uppercase() && last.is_some_and(|c| c.is_ascii_lowercase())),
            ',' => digit(last) && next.is_ascii_digit() && word.upper + word.lower == 0,
            _ => true,
        }
    }

    /// Whether an apostrophe at `at` begins the `'s` after a name.
    fn possessive(&self, at: usize, c: char) -> bool {
        let after = at + c.len_utf8();
        matches!(self.bytes.get(after), Some(b's' | b'S'))
            && !self.char_at(after + 1).is_some_and(|c| c.is_alphanumeric() || c == '\'')
    }

    /// Whether the full stop after a word belongs to it.
    fn abbreviates(&self, start: usize, word: &Written, classes: u64, before: Option<&Token>) -> bool {
        if word.digit_first {
            return false;
        }
        let after = self.bytes.get(self.at + 1);
        if word.dots > 0 {
            // "U.S.", "p.m." and "Ph.D.", but not "Amazon.com."
            return self.bytes[..self.at].last_chunk::<2>().is_some_and(|last| last[0] == b'.');
        }
        if self.at - start == 1 && word.first_upper {
            let name = before.is_some_and(|before| before.capital() && self.gap == Gap::Space);
            return self.bytes[start] != b'I' || name;
        }
        if self.bytes[start..self.at].get(1) == Some(&b'-') && self.at - start < 9 && word.first_upper {
            // "D-Mich.", a party and a state.
            return after != Some(&b' ');
        }
        if classes & lexicon::NUMBERED != 0 {
            return after == Some(&b' ') && self.bytes.get(self.at + 2).is_some_and(u8::is_ascii_digit);
        }
        // A second full stop is an ellipsis.
        classes & (lexicon::ABBREVIATION | lexicon::LAST_ABBREVIATION) != 0
            && after != Some(&b'.')
            && (word.first_upper || classes & lexicon::LAST_ABBREVIATION != 0)
    }
}

/// The bytes that end a word whatever follows.
const ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let inside = matches!(byte, b'\'' | b'-' | b'.' | b',' | b'&' | b'_');
        ends[byte as usize] = !inside && !byte.is_ascii_alphanumeric();
        byte += 1;
    }
    ends
};

/// White space, the kinds without width included, and control characters.
fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_mark_above(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}
