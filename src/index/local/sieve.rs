//! The few words of a text that can be one of those sought, without cutting all the others.
//!
//! Marking what matches is the most of what a hit costs, and nearly every word of its text is none of those sought:
//! their first two bytes tell.

use super::analyzer::{Chunk, Chunks, Class, class};

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct Sieve {
    /// The bytes that one of the words can begin with.
    first: [bool; 256],
    /// The bytes that can come next.
    second: [bool; 256],
}

impl Sieve {
    /// For folded words, or the beginnings of some.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Sieve {
        let mut sieve = Sieve { first: [false; 256], second: [false; 256] };
        for byte in 0..=u8::MAX {
            // A character beyond ASCII may be folded to anything, and marks inside a word may be dropped.
            let class = class(byte);
            sieve.first[usize::from(byte)] = class == Class::Wide;
            sieve.second[usize::from(byte)] = matches!(class, Class::Wide | Class::Join);
        }
        for word in words {
            let mut bytes = word.bytes();
            for table in [&mut sieve.first, &mut sieve.second] {
                match bytes.next() {
                    Some(byte) => {
                        table[usize::from(byte)] = true;
                        table[usize::from(byte.to_ascii_uppercase())] = true;
                    }
                    None => *table = [true; 256],
                }
            }
        }
        sieve
    }

    /// Whether the word at the beginning of `bytes` can be one of the words.
    pub(super) fn passes(&self, bytes: &[u8]) -> bool {
        let can_be = |at: usize, table: &[bool; 256]| bytes.get(at).is_none_or(|byte| table[usize::from(*byte)]);
        can_be(0, &self.first) && can_be(1, &self.second)
    }

    /// The chunks of `text` that can hold one of the words, in order.
    pub(super) fn chunks<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Chunk> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = self.next(text.as_bytes(), from)?;
            let mut chunks = Chunks::from(text, beginning(text.as_bytes(), from, at));
            loop {
                let chunk = chunks.next()?;
                if chunks.at() > at {
                    from = chunks.at();
                    return Some(chunk);
                }
            }
        })
    }

    /// The first byte from `from` on at which one of the words can begin.
    fn next(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at += bytes.get(at..)?.iter().position(|byte| self.first[usize::from(*byte)])?;
            let inside = at > 0 && class(bytes[at - 1]) == Class::Word && class(bytes[at]) == Class::Word;
            if !inside && bytes.get(at + 1).is_none_or(|byte| self.second[usize::from(*byte)]) {
                return Some(at);
            }
            at += 1;
        }
    }
}

/// Where to begin to cut so that the byte `at` comes into the chunk that it belongs to; not before `from`, where the
/// last chunk ended.
fn beginning(bytes: &[u8], from: usize, at: usize) -> usize {
    at - bytes[from..at].iter().rev().take_while(|byte| class(**byte) != Class::Gap).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::local::analyzer::{chunk_terms, chunks};

    /// The terms of `chunks` that begin with one of `words`, each with its place.
    fn passed(text: &str, words: &[&str], chunks: impl Iterator<Item = Chunk>) -> Vec<(usize, usize, String)> {
        let (mut found, mut folded) = (Vec::new(), String::new());
        for chunk in chunks {
            chunk_terms(text, chunk, 0, &mut folded, &mut |term| {
                if words.iter().any(|word| term.text.starts_with(word)) {
                    found.push((term.start, term.end, term.text.to_owned()));
                }
            });
        }
        found
    }

    fn check(text: &str, words: &[&str]) {
        let sieve = Sieve::of(words.iter().copied());
        assert_eq!(passed(text, words, sieve.chunks(text)), passed(text, words, chunks(text)), "{text:?} {words:?}");
    }

    #[test]
    fn words_are_found_wherever_they_begin() {
        for text in [
            "Profit, profits and UNPROFITABLE",
            "pre-profit $profit “Profit’s” (profit) x’profit",
            "ﬁnance Éclair pro\u{ad}fit p\u{e9}trole \u{ff30}rofit",
            "1,200 1200 $1.2bn 3.5% 12",
            "A中文 中文A中p profit中文",
            "p$profit p$1 p%",
            "p",
            "",
        ] {
            for words in [&["profit"][..], &["p"], &["finance", "eclair"], &["1200", "1.2bn"], &["$", "中"], &[""], &[]]
            {
                check(text, words);
            }
        }
    }

    #[test]
    fn other_words_are_left_out() {
        let text = "Nothing was said of prices, imports or a loss.";
        let found: Vec<&str> =
            Sieve::of(["profit"].into_iter()).chunks(text).map(|chunk| &text[chunk.start..chunk.end]).collect();
        assert_eq!(found, ["prices"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "\\PC{0,60}|[aApP中é$%.,'&’ 1-]{0,60}", words in prop::collection::vec("[ap1$é中]{0,3}", 0..3)) {
            check(&text, &words.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
