//! A set of terms, each with a number.

use std::cell::Cell;
use std::ops::Range;

use hashbrown::HashTable;

use crate::letters;

/// Terms of an article of usual length, and their bytes.
const USUAL: (usize, usize) = (224, 2048);

/// A table with room for more is not kept: emptying it would take its time with every short article.
const LARGE: usize = 16 * USUAL.0;

thread_local! {
    /// The table of the last article of this thread, emptied.
    static TABLE: Cell<HashTable<Known>> = Cell::default();
}

/// Gives each term a number, in order of first appearance.
#[derive(Debug, Default)]
pub(in crate::index::local) struct Terms {
    /// All terms, one after the other.
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<u32>,
    keys: Vec<Key>,
    table: HashTable<Known>,
}

/// What a term is looked up by.
#[derive(Debug, Clone, Copy)]
struct Key {
    hash: u64,
    ends: Ends,
}

/// The first and the last bytes of a term. The last ones are 0 where the first are all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    head: u64,
    tail: u64,
}

/// A known term. Most are no longer than their ends, so that a look-up follows no second table.
#[derive(Debug, Clone, Copy)]
struct Known {
    ends: Ends,
    number: u32,
    length: u32,
}

impl Known {
    /// Whether it is a term of `length` bytes with such ends: the whole truth up to [`WHOLE`].
    fn looks_like(&self, ends: Ends, length: u32) -> bool {
        self.ends == ends && self.length == length
    }
}

/// So many terms are looked up side by side.
const SIDE_BY_SIDE: usize = 16;

impl Terms {
    /// No terms, with room for those of an article.
    pub(in crate::index::local) fn of_article() -> Terms {
        let (terms, bytes) = USUAL;
        let mut table = TABLE.take();
        table.reserve(terms, |_| 0);
        Terms {
            bytes: Vec::with_capacity(bytes),
            ends: Vec::with_capacity(terms),
            keys: Vec::with_capacity(terms),
            table,
        }
    }

    /// Takes no terms any more.
    pub(in crate::index::local) fn close(&mut self) {
        let mut table = std::mem::take(&mut self.table);
        if table.capacity() <= LARGE {
            table.clear();
            TABLE.set(table);
        }
    }

    /// The number of `term`, new or known.
    pub(in crate::index::local) fn number(&mut self, term: &[u8]) -> u32 {
        self.keyed(Key::of(term), term)
    }

    /// The number of the word of `text` at `place`, which is of ASCII letters and digits, in lower case.
    pub(in crate::index::local) fn number_of_ascii(&mut self, text: &str, place: Range<usize>) -> u32 {
        let text = text.as_bytes();
        if place.len() <= HEAD {
            let head = letters::lower_at(text, place.start, place.len());
            return self.find(Key::of_head(head, place.len()), place.len(), |_| false).unwrap_or_else(|key| {
                // Eight bytes at once are quicker than as many as there are.
                let end = self.bytes.len() + place.len();
                self.bytes.extend_from_slice(&head.to_le_bytes());
                self.bytes.truncate(end);
                self.insert(key, place.len())
            });
        }
        let same = |term: &[u8]| text.get(place.clone()).is_some_and(|word| term.eq_ignore_ascii_case(word));
        self.find(Key::of_ascii(text, &place), place.len(), same).unwrap_or_else(|key| {
            let from = self.bytes.len();
            self.bytes.extend_from_slice(text.get(place.clone()).unwrap_or_default());
            self.bytes[from..].make_ascii_lowercase();
            self.insert(key, place.len())
        })
    }

    /// The number of the term that has `number` among `other`.
    pub(super) fn number_of_other(&mut self, other: &Terms, number: u32) -> u32 {
        self.keyed(other.keys[number as usize], other.term(number))
    }

    /// The hash of the term with a number: the same wherever it is known.
    pub(in crate::index::local) fn hash(&self, number: u32) -> u64 {
        self.keys[number as usize].hash
    }

    /// Notes the numbers of `terms` of `other`, each in its place among `numbers`.
    ///
    /// In a large table every look-up waits for memory. These wait side by side: what depends on what is found comes
    /// only after all were begun.
    pub(super) fn numbers_of_others(&mut self, other: &Terms, terms: &[u32], numbers: &mut [u32]) {
        for terms in terms.chunks(SIDE_BY_SIDE) {
            let mut first: [Option<&Known>; SIDE_BY_SIDE] = [None; SIDE_BY_SIDE];
            for (first, term) in first.iter_mut().zip(terms) {
                *first = self.table.iter_hash(other.keys[*term as usize].hash).next();
            }
            let mut found = [None; SIDE_BY_SIDE];
            for ((found, first), term) in found.iter_mut().zip(first).zip(terms) {
                let (key, length) = (other.keys[*term as usize], other.length(*term));
                let is_it = |known: &&Known| known.looks_like(key.ends, length) && length <= WHOLE;
                *found = first.filter(is_it).map(|known| known.number);
            }
            for (found, term) in found.into_iter().zip(terms) {
                numbers[*term as usize] = found.unwrap_or_else(|| self.number_of_other(other, *term));
            }
        }
    }

    fn keyed(&mut self, key: Key, term: &[u8]) -> u32 {
        self.find(key, term.len(), |known| known == term).unwrap_or_else(|key| {
            self.bytes.extend_from_slice(term);
            self.insert(key, term.len())
        })
    }

    /// The number of the term of so many bytes that has this key, or else the key; `same` tells of a term that is longer
    /// than its ends.
    fn find(&self, key: Key, length: usize, same: impl Fn(&[u8]) -> bool) -> Result<u32, Key> {
        let length = small(length);
        let is_it =
            |known: &Known| known.looks_like(key.ends, length) && (length <= WHOLE || same(self.term(known.number)));
        self.table.find(key.hash, is_it).map(|known| known.number).ok_or(key)
    }

    /// Gives the last bytes, so many of them, the next number.
    fn insert(&mut self, key: Key, length: usize) -> u32 {
        let Terms { bytes, ends, keys, table } = self;
        let number = small(ends.len());
        ends.push(small(bytes.len()));
        keys.push(key);
        table.insert_unique(key.hash, Known { ends: key.ends, number, length: small(length) }, |known| {
            keys[known.number as usize].hash
        });
        number
    }

    fn length(&self, number: u32) -> u32 {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        self.ends[number] - start
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
        let mut order: Vec<(u64, u32)> = self.keys.iter().map(|key| key.ends.head.swap_bytes()).zip(0..).collect();
        order.sort_unstable_by(|left, right| {
            left.0.cmp(&right.0).then_with(|| self.term(left.1).cmp(self.term(right.1)))
        });
        order.into_iter().map(|(_, number)| number).collect()
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.bytes.capacity() + self.ends.capacity() * 28 + self.table.capacity() * 25
    }
}

/// Bytes of a term that are compared at once.
const HEAD: usize = 8;

/// The longest term that its ends tell whole.
const WHOLE: u32 = 16;

/// There are fewer terms than that, and all are shorter.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// An odd number with its bits in no order (the fraction of the golden ratio).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Key {
    /// Of `term`. Sketches are made of these hashes: another way to hash is another kind of index.
    fn of(term: &[u8]) -> Key {
        Key::with(term.len(), |at, length| letters::head(&term[at..at + length]))
    }

    /// Of the word of `text` at `place`, of ASCII letters and digits, in lower case.
    fn of_ascii(text: &[u8], place: &Range<usize>) -> Key {
        Key::with(place.len(), |at, length| letters::lower_at(text, place.start + at, length))
    }

    /// Of a term of so many bytes, eight at the most.
    fn of_head(head: u64, length: usize) -> Key {
        Key { hash: spread(head ^ length as u64), ends: Ends { head, tail: 0 } }
    }

    /// Of a term of so many bytes; `part` gives some of them, eight at the most, the first of them lowest: from where on
    /// and how many.
    fn with(length: usize, part: impl Fn(usize, usize) -> u64) -> Key {
        let Key { mut hash, ends: Ends { head, .. } } = Key::of_head(part(0, length.min(HEAD)), length);
        let mut at = HEAD;
        while at < length {
            hash = spread(hash.rotate_left(23) ^ part(at, HEAD.min(length - at)));
            at += HEAD;
        }
        let tail = if length > HEAD { part(length - HEAD, HEAD) } else { 0 };
        Key { hash, ends: Ends { head, tail } }
    }
}

/// Spreads a number over all bits.
fn spread(number: u64) -> u64 {
    let (low, high) = (number ^ SPREAD).carrying_mul(SPREAD.rotate_left(17) | 1, 0);
    low ^ high
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
        let mut number = |word: &str| own.number_of_ascii(&format!("a {word}!"), 2..2 + word.len());
        let numbers = [number("Net"), number("NET"), number(&long)];
        assert_eq!((numbers, own.term(1)), ([0, 0, 1], long.to_lowercase().as_bytes()));
        other.number(b"qtr");
        assert_eq!((other.number_of_other(&own, 0), other.term(1)), (1, &b"net"[..]));
        assert_eq!(other.number(b"net"), 1);
    }

    #[test]
    fn terms_are_sorted_by_their_bytes() {
        let mut terms = Terms::default();
        let texts = [
            "margins",
            "margin",
            "a",
            "",
            "marginal cost",
            "marginal",
            "\u{1}s",
            "zürich",
            "ma\0",
            "abc",
            "abcd",
            "abcde",
        ];
        for text in texts {
            terms.number(text.as_bytes());
        }
        let sorted: Vec<&[u8]> = terms.sorted().into_iter().map(|number| terms.term(number)).collect();
        let mut expected: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn terms_that_differ_anywhere_have_other_numbers() {
        let mut terms = Terms::default();
        let long = "abcdefghijklmnopqrstuvwxyz";
        let mut texts: Vec<Vec<u8>> = (0..=long.len()).map(|length| long.as_bytes()[..length].to_vec()).collect();
        for at in 0..long.len() {
            let mut other = long.as_bytes().to_vec();
            other[at] = 0;
            texts.push(other);
        }
        texts.extend((1..12).map(|length| vec![0; length]));
        let numbers: Vec<u32> = texts.iter().map(|text| terms.number(text)).collect();
        assert_eq!(numbers, (0..).take(texts.len()).collect::<Vec<u32>>());
        assert_eq!(texts.iter().map(|text| terms.number(text)).collect::<Vec<u32>>(), numbers);
        let mut other = Terms::default();
        for known in texts.iter().step_by(3) {
            other.number(known);
        }
        let mut of_other = vec![u32::MAX; texts.len()];
        other.numbers_of_others(&terms, &numbers, &mut of_other);
        let told: Vec<&[u8]> = of_other.into_iter().map(|number| other.term(number)).collect();
        assert_eq!(told, texts);
    }
}
