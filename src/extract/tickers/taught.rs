//! Names that codes teach: after `Northwind Robotics (NASDAQ: NWRB)` the words "Northwind" and "Northwind Robotics" name it.

use rustc_hash::FxHashMap;

use crate::extract::securities::words::{self, NO_WORDS, join};
use crate::extract::tokens;

use super::agreement;

/// The shortest first word that stands for a whole name, in characters.
const SHORTEST: usize = 4;

/// The most bytes of a taught name with what stands between its words.
const LONGEST: usize = 160;

/// Names by the hash of their words, with the entry that each names.
#[derive(Debug, Default)]
pub(super) struct Taught {
    names: FxHashMap<u64, usize>,
    /// The hashes of the tokens with which they begin.
    begins: Vec<u64>,
    longest: usize,
}

impl Taught {
    /// Learns that `name` names the entry at `entry`, and that its first word does where that is telling and not, as
    /// `of_another` says, the name of something else.
    pub(super) fn learn(&mut self, name: &str, entry: usize, of_another: impl Fn(&str) -> bool) {
        let words: Vec<&str> = words::words(name).collect();
        let head = |c: char| !c.is_alphanumeric();
        for spelling in words.first().into_iter().flat_map(|first| [Some(*first), first.split(head).next()]).flatten() {
            let hash = tokens::hash(spelling);
            if !self.begins.contains(&hash) {
                self.begins.push(hash);
            }
        }
        let whole = words.iter().fold(NO_WORDS, |run, word| join(run, word));
        self.names.entry(whole).or_insert(entry);
        self.longest = self.longest.max(words.len());
        if let [first, _, ..] = words[..]
            && first.chars().count() >= SHORTEST
            && !agreement::is_common(first)
            && !of_another(first)
        {
            self.names.entry(join(NO_WORDS, first)).or_insert(entry);
        }
    }

    /// The longest taught name at the start of `text`, which begins with the token with hash `first`: its entry and its bytes.
    pub(super) fn at(&self, first: u64, text: &str) -> Option<(usize, usize)> {
        if !self.begins.contains(&first) {
            return None;
        }
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let mut best = None;
        let mut run = NO_WORDS;
        let mut at = 0;
        for piece in text.split_inclusive([' ', '\u{a0}', '\n']).take(self.longest) {
            let bare = words::bare(piece);
            let end = at + (piece.len() - piece.trim_start_matches(words::is_edge).len()) + bare.len();
            let owner = words::without_possessive(bare).unwrap_or(bare);
            for (word, end) in [(bare, end), (owner, end - (bare.len() - owner.len()))] {
                if let Some(&entry) = self.names.get(&join(run, word)) {
                    best = Some((entry, end));
                }
            }
            run = join(run, bare);
            at += piece.len();
            if bare.is_empty() || end < at && !text[end..at].trim_end().is_empty() {
                break;
            }
        }
        best
    }
}
