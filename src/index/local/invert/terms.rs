//! A set of terms, each with a number.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// Gives each term a number, in order of first appearance.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// All terms, one after the other.
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<u32>,
    table: HashTable<Known>,
}

/// A known term: its bytes beside its number, so that a look-up follows no second table.
#[derive(Debug, Clone, Copy)]
struct Known {
    number: u32,
    start: u32,
    length: u32,
}

impl Known {
    fn of(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.start as usize..][..self.length as usize]
    }
}

impl Terms {
    /// The number of `term`, new or known.
    pub(super) fn number(&mut self, term: &[u8]) -> u32 {
        let hash = hash(term);
        let Terms { bytes, ends, table } = self;
        let same = |known: &Known| known.length as usize == term.len() && known.of(bytes) == term;
        if let Some(known) = table.find(hash, same) {
            return known.number;
        }
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let known = Known { number: small(ends.len()), start: small(bytes.len()), length: small(term.len()) };
        bytes.extend_from_slice(term);
        ends.push(small(bytes.len()));
        table.insert_unique(hash, known, |known| self::hash(known.of(bytes)));
        known.number
    }

    /// The term with a number that was given.
    pub(super) fn term(&self, number: u32) -> &[u8] {
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
        self.bytes.capacity() + self.ends.capacity() * 4 + self.table.capacity() * 13
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
