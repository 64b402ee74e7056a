//! A set of terms, each with a number.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// The longest word that is folded on the way.
const LONGEST: usize = 32;

/// Terms of an article of usual length, and their bytes.
const USUAL: (usize, usize) = (224, 2048);

/// Gives each term a number, in order of first appearance.
#[derive(Debug, Default)]
pub(in crate::index::local) struct Terms {
    /// All terms, one after the other.
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<u32>,
    /// The hash of each.
    hashes: Vec<u64>,
    table: HashTable<Known>,
}

/// A known term: its bytes beside its number, so that a look-up follows no second table.
#[derive(Debug, Clone, Copy)]
struct Known {
    number: u32,
    start: u32,
    length: u32,
}

impl Terms {
    /// No terms, with room for those of an article.
    pub(in crate::index::local) fn of_article() -> Terms {
        let (terms, bytes) = USUAL;
        Terms {
            bytes: Vec::with_capacity(bytes),
            ends: Vec::with_capacity(terms),
            hashes: Vec::with_capacity(terms),
            table: HashTable::with_capacity(terms),
        }
    }

    /// The number of `term`, new or known.
    pub(in crate::index::local) fn number(&mut self, term: &[u8]) -> u32 {
        self.hashed(hash(term), term)
    }

    /// The number of an ASCII word in lower case.
    pub(in crate::index::local) fn number_of_ascii(&mut self, word: &str) -> u32 {
        let mut lower = [0; LONGEST];
        match lower.get_mut(..word.len()) {
            Some(lower) => {
                lower.copy_from_slice(word.as_bytes());
                lower.make_ascii_lowercase();
                self.number(lower)
            }
            None => self.number(word.to_ascii_lowercase().as_bytes()),
        }
    }

    /// The number of the term that has `number` among `other`.
    pub(super) fn number_of_other(&mut self, other: &Terms, number: u32) -> u32 {
        self.hashed(other.hashes[number as usize], other.term(number))
    }

    fn hashed(&mut self, hash: u64, term: &[u8]) -> u32 {
        let Terms { bytes, ends, hashes, table } = self;
        let same =
            |known: &Known| known.length as usize == term.len() && bytes[known.start as usize..][..term.len()] == *term;
        if let Some(known) = table.find(hash, same) {
            return known.number;
        }
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let known = Known { number: small(ends.len()), start: small(bytes.len()), length: small(term.len()) };
        bytes.extend_from_slice(term);
        ends.push(small(bytes.len()));
        hashes.push(hash);
        table.insert_unique(hash, known, |known| hashes[known.number as usize]);
        known.number
    }

    /// The term with a number that was given.
    pub(in crate::index::local) fn term(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] as usize };
        &self.bytes[start..self.ends[number] as usize]
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The numbers of all terms, in order of their bytes.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let head = |number: u32| {
            let mut head = [0; 8];
            let term = self.term(number);
            let length = term.len().min(8);
            head[..length].copy_from_slice(&term[..length]);
            (u64::from_be_bytes(head), number)
        };
        let mut order: Vec<(u64, u32)> = (0..).take(self.len()).map(head).collect();
        order.sort_unstable_by(|left, right| {
            left.0.cmp(&right.0).then_with(|| self.term(left.1).cmp(self.term(right.1)))
        });
        order.into_iter().map(|(_, number)| number).collect()
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.bytes.capacity() + self.ends.capacity() * 12 + self.table.capacity() * 13
    }
}

fn hash(term: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(term);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_keeps_its_number() {
        let mut terms = Terms::default();
        assert_eq!([b"net".as_slice(), b"qtr", b"net", b""].map(|term| terms.number(term)), [0, 1, 0, 2]);
        assert_eq!((terms.term(0), terms.term(1), terms.term(2)), (&b"net"[..], &b"qtr"[..], &b""[..]));
    }

    #[test]
    fn a_word_is_folded_on_the_way_and_known_from_elsewhere() {
        let (mut own, mut other) = (Terms::default(), Terms::default());
        let long = "X".repeat(300);
        let numbers = [own.number_of_ascii("Net"), own.number_of_ascii("NET"), own.number_of_ascii(&long)];
        assert_eq!((numbers, own.term(1)), ([0, 0, 1], long.to_lowercase().as_bytes()));
        other.number(b"qtr");
        assert_eq!((other.number_of_other(&own, 0), other.term(1)), (1, &b"net"[..]));
        assert_eq!(other.number(b"net"), 1);
    }

    #[test]
    fn terms_are_sorted_by_their_bytes() {
        let mut terms = Terms::default();
        let texts = ["margins", "margin", "a", "", "marginal cost", "marginal", "\u{1}s", "zürich", "ma\0"];
        for text in texts {
            terms.number(text.as_bytes());
        }
        let sorted: Vec<&[u8]> = terms.sorted().into_iter().map(|number| terms.term(number)).collect();
        let mut expected: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }
}
