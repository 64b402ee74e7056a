//! Cuts the elements that are articles out of a stream of XML or SGML, without reading all of it.

use std::io::BufRead;
use std::ops::ControlFlow;

use memchr::memmem;

use crate::format::{Refusal, read};

/// How much of a source is looked at for the first article.
const FIRST_WITHIN: usize = 1 << 20;

/// Blanks that may stand before the `>` of an end.
const LONGEST_END: usize = 64;

/// What stands before the first article, and what the articles are called.
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
    pub(super) name: &'static str,
}

/// A stream of elements of one name.
pub(super) struct Elements<'r> {
    reader: &'r mut dyn BufRead,
    buffer: Vec<u8>,
    ended: bool,
    most: usize,
}

impl<'r> Elements<'r> {
    pub(super) fn new(reader: &'r mut dyn BufRead, most: usize) -> Elements<'r> {
        Elements { reader, buffer: Vec::new(), ended: false, most }
    }

    /// Reads up to the first element that has one of `names`; `None` where there is none.
    pub(super) fn head(&mut self, names: &[&'static str]) -> Result<Option<Head>, Refusal> {
        loop {
            let found = names.iter().filter_map(|name| Some((start(&self.buffer, name)?, *name))).min();
            if let Some((at, name)) = found {
                return Ok(Some(Head { bytes: self.buffer.drain(..at).collect(), name }));
            }
            if self.buffer.len() > FIRST_WITHIN || !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// What was read and not handed on.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer
    }

    /// Hands every element called `name` on, until `each` breaks.
    pub(super) fn each(&mut self, name: &str, each: &mut dyn FnMut(Vec<u8>) -> ControlFlow<()>) -> Result<(), Refusal> {
        let close = format!("</{name}");
        let finder = memmem::Finder::new(close.as_bytes());
        loop {
            let Some(at) = start(&self.buffer, name) else {
                // A tag may have begun at the end of what was read.
                let keep = self.buffer.len().min(name.len() + 1);
                self.buffer.drain(..self.buffer.len() - keep);
                if self.fill()? {
                    continue;
                }
                return Ok(());
            };
            self.buffer.drain(..at);
            let mut searched = 0;
            let end = loop {
                let ends = finder.find_iter(&self.buffer[searched..]).map(|at| searched + at + close.len());
                let whole = |at: &usize| matches!(self.buffer.get(*at), Some(b'>' | b' ' | b'\t' | b'\r' | b'\n'));
                let end = ends.filter(whole).find_map(|at| Some(at + memchr::memchr(b'>', &self.buffer[at..])? + 1));
                if let Some(end) = end {
                    break end;
                }
                searched = self.buffer.len().saturating_sub(close.len() + LONGEST_END);
                // What is too long, or has no end, goes on as it is, for parsing to say so.
                if self.buffer.len() > self.most || !self.fill()? {
                    break self.buffer.len();
                }
            };
            let rest = self.buffer.split_off(end);
            if each(std::mem::replace(&mut self.buffer, rest)).is_break() {
                return Ok(());
            }
        }
    }

    /// Reads on, and says whether there was more.
    fn fill(&mut self) -> Result<bool, Refusal> {
        if self.ended {
            return Ok(false);
        }
        let chunk = self.reader.fill_buf().map_err(|error| read::damaged(&error))?;
        self.buffer.extend_from_slice(chunk);
        let length = chunk.len();
        self.ended = length == 0;
        self.reader.consume(length);
        Ok(!self.ended)
    }
}

/// Where the first element called `name` begins.
fn start(bytes: &[u8], name: &str) -> Option<usize> {
    let tag = format!("<{name}");
    memmem::find_iter(bytes, tag.as_bytes()).find(|at| {
        bytes.get(at + tag.len()).is_some_and(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
    })
}
