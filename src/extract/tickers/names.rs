//! Names: companies that a text calls by name.

use rustc_hash::FxHashMap;

use crate::article::{How, Part};
use crate::extract::securities::words::{self, NO_WORDS, join};
use crate::extract::tokens::Text;

use super::agreement;
use super::codes::Code;
use super::found::{Found, span};

/// Names that codes taught in this article, by the hash of their words: the entry, and how many words.
#[derive(Debug, Default)]
pub(super) struct Taught {
    names: FxHashMap<u64, usize>,
    longest: usize,
}

impl Taught {
    /// Learns that `name` names the entry at `entry`, and that its first word does where that is telling.
    pub(super) fn learn(&mut self, name: &str, entry: usize) {
        let words: Vec<&str> = words::words(name).collect();
        let whole = words.iter().fold(NO_WORDS, |run, word| join(run, word));
        self.names.entry(whole).or_insert(entry);
        self.longest = self.longest.max(words.len());
        if let [first, _, ..] = words[..]
            && first.chars().count() >= 4
            && !agreement::is_common(first)
        {
            self.names.entry(join(NO_WORDS, first)).or_insert(entry);
        }
    }

    /// The longest taught name at the start of `text`: its entry and its bytes.
    fn at(&self, text: &str) -> Option<(usize, usize)> {
        if self.names.is_empty() {
            return None;
        }
        let mut best = None;
        let mut run = NO_WORDS;
        let mut at = 0;
        for word in text.split_inclusive([' ', '\u{a0}', '\n']).take(self.longest) {
            let bare = words::bare(word);
            let end = at + word.find(bare).unwrap_or(0) + bare.len();
            let owner = words::without_possessive(bare);
            for (word, end) in
                [Some((bare, end)), owner.map(|owner| (owner, end - (bare.len() - owner.len())))].into_iter().flatten()
            {
                if let Some(&entry) = self.names.get(&join(run, word)) {
                    best = Some((entry, end));
                }
            }
            run = join(run, bare);
            at += word.len();
        }
        best
    }
}

/// Finds the names in the first `end` bytes of `text`; `codes` are the codes found there, in order.
pub(super) fn find(text: &Text<'_>, part: Part, end: usize, codes: &[Code], taught: &Taught, found: &mut Found<'_>) {
    let mut past = 0;
    let mut codes = codes.iter().peekable();
    for token in &text.tokens {
        let start = token.start as usize;
        if start >= end {
            break;
        }
        while codes.next_if(|code| code.place.end <= start).is_some() {}
        let in_code = codes.peek().is_some_and(|code| code.opens <= start);
        if start < past || !token.capital() || in_code {
            continue;
        }
        let rest = &text.text[start..end];
        if let Some((entry, length)) = taught.at(rest) {
            found.entries[entry].how = found.entries[entry].how.min(How::Taught);
            found.mention(entry, span(part, start, start + length), false);
            past = start + length;
        } else if let Some(name) = found.securities.name_at(rest) {
            let company = found.securities.named(name);
            if !name.doubtful || found.has(company) {
                let entry = found.entry_of(company);
                found.mention(entry, span(part, start, start + name.length), false);
            }
            past = start + name.length;
        }
    }
}
