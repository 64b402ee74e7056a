//! Cuts JSON into its elements by strings and brackets alone, in bounded memory.
//!
//! A broken element must not swallow those after it, so an element also ends where the next one evidently
//! begins: at a `{` that opens a line at the same indent.

use std::io::BufRead;

use crate::format::Refusal;
use crate::format::read::damaged;

/// Reads elements out of a stream.
pub(super) struct Scanner<'r> {
    reader: &'r mut dyn BufRead,
    /// The most bytes that are kept of an element.
    most: usize,
    /// Blanks since the line began; `None` once something else stands on it.
    indent: Option<usize>,
    /// Lines that ended so far.
    lines: usize,
}

/// What [`Scanner::element`] came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// An element, whole or broken.
    Whole(Vec<u8>),
    /// The opening bracket of a list inside an object, under one of the names asked for.
    List,
}

/// How far inside an element the scan is.
#[derive(Default)]
struct State {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// Line ends inside the element.
    lines: usize,
}

impl<'r> Scanner<'r> {
    /// Scans `reader`, keeping at most so many bytes of an element.
    pub(super) fn new(reader: &'r mut dyn BufRead, most: usize) -> Scanner<'r> {
        Scanner { reader, most, indent: Some(0), lines: 0 }
    }

    /// How many lines ended so far.
    pub(super) fn lines(&self) -> usize {
        self.lines
    }

    /// The next byte that is no blank; `None` at the end.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Refusal> {
        loop {
            let chunk = self.reader.fill_buf().map_err(|error| damaged(&error))?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let blanks = chunk.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            for byte in &chunk[..blanks] {
                (self.indent, self.lines) = passed(self.indent, self.lines, *byte);
            }
            let next = chunk.get(blanks).copied();
            self.reader.consume(blanks);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// Passes over the byte that was peeked at.
    pub(super) fn skip(&mut self) {
        self.reader.consume(1);
        self.indent = None;
    }

    /// Reads the element that begins here.
    pub(super) fn whole(&mut self) -> Result<Vec<u8>, Refusal> {
        match self.element(&[])? {
            Element::Whole(bytes) => Ok(bytes),
            Element::List => Ok(Vec::new()),
        }
    }

    /// Reads the element that begins here, or up to a list in it under one of the names in `lists`.
    pub(super) fn element(&mut self, lists: &[&str]) -> Result<Element, Refusal> {
        let begin = self.indent.take();
        let mut bytes = Vec::new();
        let mut state = State::default();
        loop {
            let chunk = self.reader.fill_buf().map_err(|error| damaged(&error))?;
            if chunk.is_empty() {
                return Ok(Element::Whole(bytes));
            }
            let mut at = 0;
            let mut ended = false;
            while at < chunk.len() && !ended {
                if state.in_string && !state.escaped && self.indent.is_none() {
                    at += memchr::memchr3(b'"', b'\\', b'\n', &chunk[at..]).unwrap_or(chunk.len() - at);
                    let Some(_) = chunk.get(at) else { break };
                }
                let byte = chunk[at];
                let restarts = byte == b'{' && state.depth > 0 && self.indent.is_some() && self.indent == begin;
                if restarts && (begin > Some(0) || state.lines == 1) {
                    keep(&mut bytes, &chunk[..at], self.most);
                    bytes.truncate(bytes.trim_ascii_end().len());
                    self.reader.consume(at);
                    return Ok(Element::Whole(bytes));
                }
                if byte == b'[' && state.depth == 1 && !state.in_string && !lists.is_empty() {
                    let kept = bytes.len();
                    keep(&mut bytes, &chunk[..at], self.most);
                    if is_list(&bytes, lists) {
                        self.reader.consume(at + 1);
                        return Ok(Element::List);
                    }
                    bytes.truncate(kept);
                }
                ended = state.take(byte);
                if ended && !matches!(byte, b'}' | b']' | b'"') {
                    // A bare word ends before what follows it.
                    break;
                }
                let lines = self.lines;
                (self.indent, self.lines) = passed(self.indent, self.lines, byte);
                state.lines += self.lines - lines;
                at += 1;
            }
            keep(&mut bytes, &chunk[..at], self.most);
            self.reader.consume(at);
            if ended {
                return Ok(Element::Whole(bytes));
            }
        }
    }
}

impl State {
    /// Goes on by one byte, and says whether the element ends with it (or, for a bare word, before it).
    fn take(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => (),
            }
            return !self.in_string && self.depth == 0;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth <= 1 => return true,
            b'}' | b']' => self.depth -= 1,
            b',' | b'\n' => return self.depth == 0,
            _ => (),
        }
        false
    }
}

/// Indent and lines after one more byte.
fn passed(indent: Option<usize>, lines: usize, byte: u8) -> (Option<usize>, usize) {
    match byte {
        b'\n' => (Some(0), lines + 1),
        b' ' | b'\t' | b'\r' => (indent.map(|indent| indent + usize::from(byte != b'\r')), lines),
        _ => (None, lines),
    }
}

/// Keeps `piece`, as far as there is room.
fn keep(bytes: &mut Vec<u8>, piece: &[u8], most: usize) {
    let room = most.saturating_sub(bytes.len()).min(piece.len());
    bytes.extend_from_slice(&piece[..room]);
}

/// Whether an object read so far ends with one of the names and a colon, and has no text of its own.
fn is_list(bytes: &[u8], names: &[&str]) -> bool {
    let Some(key) = bytes.trim_ascii_end().strip_suffix(b":").map(<[u8]>::trim_ascii_end) else {
        return false;
    };
    let named = names.iter().any(|name| {
        key.strip_suffix(b"\"")
            .and_then(|key| key.strip_suffix(name.as_bytes()))
            .is_some_and(|key| key.ends_with(b"\""))
    });
    let has_text = |name: &str| memchr::memmem::find(bytes, format!("\"{name}\"").as_bytes()).is_some();
    named && !["text", "body", "content", "article"].into_iter().any(has_text)
}
