//! The stems of terms.

use crate::index::local::fold::Stemmer;
use crate::index::local::tokens::STEM;

use super::terms::Terms;

/// Stands for the number of a stem that was not looked for yet.
const UNKNOWN: u32 = u32::MAX;

/// Stands for the stem of a word that has no other.
const ITSELF: u32 = u32::MAX - 1;

/// The number of the stem of each term, looked for once.
#[derive(Default)]
pub(super) struct StemNumbers {
    stemmer: Stemmer,
    of: Vec<u32>,
}

impl StemNumbers {
    /// Makes room for those of so many terms.
    pub(super) fn reserve(&mut self, terms: usize) {
        self.of.resize(terms, UNKNOWN);
    }

    /// The number among `stems` of the stem of the term `number`, which is `word`.
    pub(super) fn apart(&mut self, number: u32, word: &[u8], stems: &mut Terms) -> u32 {
        let known = self.of[number as usize];
        if known != UNKNOWN {
            return known;
        }
        let found = stems.number(self.stemmer.stem(text(word)).as_bytes());
        self.of[number as usize] = found;
        found
    }

    /// The number of the marked stem of the term `number` of `terms`, which `word` is, unless it is its own.
    pub(super) fn beside(&mut self, number: u32, word: &[u8], terms: &mut Terms) -> Option<u32> {
        if self.of[number as usize] == UNKNOWN {
            let stem = self.stemmer.stem(text(word));
            let found = if stem.as_bytes() == word { ITSELF } else { terms.number(format!("{STEM}{stem}").as_bytes()) };
            self.of[number as usize] = found;
        }
        Some(self.of[number as usize]).filter(|found| *found != ITSELF)
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.of.capacity() * 4
    }
}

/// Terms of running text are text.
fn text(word: &[u8]) -> &str {
    std::str::from_utf8(word).unwrap_or_default()
}
