//! Which company a run of words names.
//!
//! Every name and every beginning of one is kept under the hash of its words, so that the longest name at a place is
//! found with one look-up a word, and nearly always with a single one.

use rustc_hash::FxHashMap;

use super::words::{NO_WORDS, bare, fold, is_edge, join, without_possessive};
use crate::extract::tokens;

/// Names up to so many bytes that are written in capitals are only found in capitals.
const LONGEST_CAPITALS: usize = 4;

/// The most bytes of a word that may stand small within a name: of, and, the.
const LONGEST_SMALL: usize = 3;

/// The most bytes of a word within a name; what goes on without a space for longer is none.
const LONGEST_WORD: usize = 64;

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameMatch {
    /// The place of its listing in the list.
    pub(super) security: u32,
    /// How many bytes of the text it takes, a possessive ending left out.
    pub(crate) length: usize,
    /// How many words it has.
    pub(crate) words: usize,
    /// What the list says of the name.
    pub(crate) standing: Standing,
}

/// What the list says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It names the company wherever it stands.
    Sure,
    /// It may mean something else: it is also a plain word, a surname or a place.
    Doubtful,
    /// It always means something else: "Dow Jones" is an index, "Yahoo Finance" a site.
    Other,
    /// It names the arm that comments, counts or rates: "Moody's Investors Service".
    Aside,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
struct Named {
    security: u32,
    standing: Standing,
    /// Whether it is written in capitals, so that "Nov" is not NOV.
    capitals: bool,
}

/// What is known of a run of words.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// What it names.
    named: Option<Named>,
    /// Whether a longer name begins with it.
    goes_on: bool,
}

/// All names.
#[derive(Debug, Default)]
pub(super) struct Names {
    nodes: FxHashMap<u64, Node>,
    /// A bit for the token with which a name begins, by the last bits of its hash: most words begin none.
    begins: Vec<u64>,
}

/// How many words of 64 bits tell which tokens begin a name.
const BEGINS: usize = 4096;

/// Where the bit of the token with `hash` is: its word and its mask.
fn bit(hash: u64) -> (usize, u64) {
    let place = usize::try_from(hash & 0xffff_ffff).unwrap_or_default() % (BEGINS * 64);
    (place / 64, 1 << (place % 64))
}

impl Names {
    pub(super) fn reserve(&mut self, names: usize) {
        self.nodes.reserve(names);
        self.begins = vec![0; BEGINS];
    }

    /// Whether a name may begin with the token with this hash.
    pub(super) fn may_begin(&self, token: u64) -> bool {
        let (word, mask) = bit(token);
        self.begins.get(word).is_some_and(|bits| bits & mask != 0)
    }

    /// Notes that a name begins with `word`, however the token stream cuts and spells it.
    fn begins_with(&mut self, word: &str) {
        self.mark(word);
        let is_mark = |c: char| !c.is_alphanumeric();
        if !word.is_ascii() || word.contains(is_mark) {
            self.mark(word.trim_end_matches(is_mark));
            self.mark(word.split(is_mark).next().unwrap_or_default());
            self.mark(word.split('.').next().unwrap_or_default());
            self.mark(without_possessive(word).unwrap_or(word));
            self.mark(&word.chars().filter_map(fold).collect::<String>());
            self.mark(&word.chars().map(|c| fold(c).unwrap_or(c)).collect::<String>());
        }
        // "JC Penney" is "J.C. Penney" too.
        if let [first, second] = *word.as_bytes() {
            self.mark(&format!("{}.{}", char::from(first), char::from(second)));
        }
    }

    fn mark(&mut self, spelling: &str) {
        let (place, mask) = bit(tokens::hash(spelling));
        if let Some(bits) = self.begins.get_mut(place) {
            *bits |= mask;
        }
    }

    /// Adds a name of the listing at `security`: after a `~` a doubtful one, after a `!` one that is something else's,
    /// after a `%` the name of an arm that comments or rates.
    pub(super) fn add(&mut self, name: &str, security: u32) {
        let standing = match name.as_bytes().first() {
            Some(b'~') => Standing::Doubtful,
            Some(b'!') => Standing::Other,
            Some(b'%') => Standing::Aside,
            _ => Standing::Sure,
        };
        let name = name.trim_start_matches(['~', '!', '%']);
        let capitals = name.len() <= LONGEST_CAPITALS && !name.contains(char::is_lowercase);
        let mut run = NO_WORDS;
        let mut words = cut(name).peekable();
        if let Some((_, first)) = words.peek() {
            self.begins_with(first);
        }
        while let Some((_, word)) = words.next() {
            run = join(run, word);
            let node = self.nodes.entry(run).or_default();
            if words.peek().is_some() {
                node.goes_on = true;
            } else {
                node.named = Some(Named { security, standing, capitals });
            }
        }
    }

    /// The longest name at the start of `text`.
    pub(super) fn longest(&self, text: &str) -> Option<NameMatch> {
        let mut best = None;
        let mut run = NO_WORDS;
        for (count, (start, word)) in cut(text).enumerate() {
            // "the U.S. steel industry" is not U.S. Steel: but for small words a name's words have capitals.
            if count > 0 && word.len() > LONGEST_SMALL && word.starts_with(char::is_lowercase) {
                break;
            }
            let mut node = self.nodes.get(&join(run, word));
            let mut written = word;
            if let (None, Some(owner)) = (node, without_possessive(word)) {
                node = self.nodes.get(&join(run, owner));
                written = owner;
            }
            let Some(node) = node else { break };
            if let Some(named) = node.named.filter(|named| !named.capitals || !written.contains(char::is_lowercase)) {
                let Named { security, standing, .. } = named;
                best = Some(NameMatch { security, length: start + written.len(), words: count + 1, standing });
            }
            if !node.goes_on || written.len() < word.len() {
                break;
            }
            run = join(run, word);
        }
        best
    }

    /// The listing that is called `name`, all of it.
    pub(super) fn whole(&self, name: &str) -> Option<u32> {
        let run = cut(name).fold(NO_WORDS, |run, (_, word)| join(run, word));
        self.nodes
            .get(&run)
            .and_then(|node| node.named)
            .filter(|named| named.standing != Standing::Other)
            .map(|named| named.security)
    }
}

/// The words of a name at the start of `text` and where they begin. A mark that no name holds ends it.
fn cut(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let start = at + blank(&text[at..]);
        let rest = &text[start..];
        let end = word_end(rest)?;
        // A mark after a word ends the name.
        let word = bare(&rest[..end]);
        ended = word.is_empty() || rest[end..].chars().next().is_some_and(|c| !c.is_whitespace());
        at = start + end;
        let lead = end - rest[..end].trim_start_matches(is_edge).len();
        (!word.is_empty()).then_some((start + lead, word))
    })
}

/// How many bytes at the start of `text` are blanks that may stand between words of a name.
fn blank(text: &str) -> usize {
    match text.as_bytes() {
        // As a rule there is one, or none.
        [b' ', next, ..] if next.is_ascii_graphic() => 1,
        [first, ..] if first.is_ascii_graphic() => 0,
        _ => text.len() - text.trim_start_matches([' ', '\u{a0}', '\t', '\n']).len(),
    }
}

/// Where the word at the start of `text` ends; `None` where it is too long for a word of a name.
fn word_end(text: &str) -> Option<usize> {
    let near = &text[..text.floor_char_boundary(LONGEST_WORD)];
    let plain = near.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(near.len());
    let end = near[plain..].find(ends_word).map(|end| plain + end);
    end.or_else(|| (near.len() == text.len()).then_some(text.len()))
}

/// Whether no name goes on over `c`.
fn ends_word(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '<' | '>' | '"' | '“' | '”' | '/' | '—' | '…' | '|')
}
