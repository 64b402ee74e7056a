//! Posting lists of a few documents in a row, packed.

use tantivy::DocId;

/// What is kept of a term in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// That it is there.
    Presence,
    /// How often it counts.
    Frequency,
    /// Where it stands.
    Positions,
}

/// The postings of some documents in a row, by term.
///
/// For each term, ascending by number: how many documents, then for each document its distance from the one before,
/// doubled, plus one where the term counts once; else how often it counts; and its positions, each as the distance
/// from the one before. All numbers have seven bits to a byte.
#[derive(Debug)]
pub(super) struct Run {
    /// The first document.
    base: DocId,
    /// The numbers of its terms, ascending, and where the postings of each begin.
    pub(super) terms: Vec<(u32, u32)>,
    bytes: Vec<u8>,
}

/// Packs postings into a [`Run`], term by term.
#[derive(Debug)]
pub(super) struct Packer {
    run: Run,
    detail: Detail,
    last: DocId,
}

impl Packer {
    /// A packer for documents from `base` on.
    pub(super) fn new(base: DocId, detail: Detail, postings: usize) -> Packer {
        let bytes = Vec::with_capacity(postings * 2);
        Packer { run: Run { base, terms: Vec::new(), bytes }, detail, last: base }
    }

    /// Packs the postings of a term: the document and the place, or weight, of every time it was there, in order.
    /// Returns the number of documents.
    pub(super) fn term(&mut self, number: u32, postings: &[(DocId, u32)]) -> u32 {
        self.run.terms.push((number, small(self.run.bytes.len())));
        let documents = postings.chunk_by(|left, right| left.0 == right.0);
        let count = small(documents.clone().count());
        self.write(count);
        self.last = self.run.base;
        for document in documents {
            self.document(document);
        }
        count
    }

    fn document(&mut self, postings: &[(DocId, u32)]) {
        let doc = postings[0].0;
        let frequency = match self.detail {
            Detail::Presence => 1,
            Detail::Frequency => postings.iter().fold(0, |sum: u32, (_, weight)| sum.saturating_add(*weight)),
            Detail::Positions => small(postings.len()),
        };
        let step = (doc - self.last) << 1;
        self.last = doc;
        if frequency == 1 {
            self.write(step | 1);
        } else {
            self.write(step);
            self.write(frequency);
        }
        if self.detail == Detail::Positions {
            let mut last = 0;
            for (_, position) in postings {
                self.write(position.wrapping_sub(last));
                last = *position;
            }
        }
    }

    /// Writes a number, seven bits to a byte, the low ones first.
    fn write(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.run.bytes.push(low(number) | 0x80);
            number >>= 7;
        }
        self.run.bytes.push(low(number));
    }

    /// The packed run.
    pub(super) fn finish(mut self) -> Run {
        self.run.bytes.shrink_to_fit();
        self.run.terms.shrink_to_fit();
        self.run
    }
}

impl Run {
    /// Puts document, frequency and distances of positions of every posting that begins at `start` behind `numbers`.
    /// Returns the number of documents.
    pub(super) fn unpack(&self, start: u32, detail: Detail, numbers: &mut Vec<u32>) -> u32 {
        let mut bytes = Bytes { bytes: &self.bytes, at: start as usize };
        let mut doc = self.base;
        let documents = bytes.next();
        for _ in 0..documents {
            let step = bytes.next();
            doc += step >> 1;
            let frequency = if step & 1 == 1 { 1 } else { bytes.next() };
            numbers.extend([doc, frequency]);
            if detail == Detail::Positions {
                numbers.extend((0..frequency).map(|_| bytes.next()));
            }
        }
        documents
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.bytes.capacity() + self.terms.capacity() * 8
    }
}

/// Reads packed numbers.
struct Bytes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bytes<'_> {
    fn next(&mut self) -> u32 {
        let mut number = 0;
        let mut shift = 0;
        loop {
            let byte = self.bytes.get(self.at).copied().unwrap_or(0);
            self.at += 1;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
            shift += 7;
        }
    }
}

/// The lowest seven bits.
fn low(number: u32) -> u8 {
    (number & 0x7f) as u8
}

/// A run is packed long before it reaches 4 GiB.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(detail: Detail, expected: &[u32]) {
        let postings = [(7, 0), (7, 5), (7, 6), (300, 1), (100_000, 2), (100_000, 200)];
        let mut packer = Packer::new(7, detail, postings.len());
        assert_eq!(packer.term(0, &[(8, 4)]), 1);
        assert_eq!(packer.term(3, &postings), 3);
        let run = packer.finish();
        let mut found = vec![1];
        assert_eq!(run.unpack(run.terms[1].1, detail, &mut found), 3);
        assert_eq!(found[1..], *expected);
    }

    #[test]
    fn what_is_packed_is_read_again() {
        check(Detail::Positions, &[7, 3, 0, 5, 1, 300, 1, 1, 100_000, 2, 2, 198]);
        check(Detail::Frequency, &[7, 11, 300, 1, 100_000, 202]);
        check(Detail::Presence, &[7, 1, 300, 1, 100_000, 1]);
    }
}
