//! Posting lists of a few documents in a row, packed.

use tantivy::DocId;
use tantivy::schema::IndexRecordOption;

use super::postings::Postings;

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

impl Detail {
    /// What is kept in a field that Tantivy is told so of.
    pub(super) fn of(record: IndexRecordOption) -> Detail {
        match record {
            IndexRecordOption::Basic => Detail::Presence,
            IndexRecordOption::WithFreqs => Detail::Frequency,
            IndexRecordOption::WithFreqsAndPositions => Detail::Positions,
        }
    }

    /// As Tantivy has it.
    pub(super) fn record(self) -> IndexRecordOption {
        match self {
            Detail::Presence => IndexRecordOption::Basic,
            Detail::Frequency => IndexRecordOption::WithFreqs,
            Detail::Positions => IndexRecordOption::WithFreqsAndPositions,
        }
    }
}

/// A document that has a term.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) doc: DocId,
    /// How often the term counts in it.
    pub(super) frequency: u32,
    /// Its place, or weight, of every time it is there, in order.
    slots: &'a [(DocId, u32)],
}

impl Document<'_> {
    /// The distance of every place from the one before.
    pub(super) fn steps(&self) -> impl Iterator<Item = u32> {
        let mut last = 0;
        self.slots.iter().map(move |(_, position)| position.wrapping_sub(std::mem::replace(&mut last, *position)))
    }
}

/// The documents of the postings of one term, in order.
pub(super) fn documents(postings: &[(DocId, u32)], detail: Detail) -> impl Iterator<Item = Document<'_>> + Clone {
    postings.chunk_by(|left, right| left.0 == right.0).map(move |slots| {
        let frequency = match detail {
            Detail::Presence => 1,
            Detail::Frequency => slots.iter().fold(0, |sum: u32, (_, weight)| sum.saturating_add(*weight)),
            Detail::Positions => small(slots.len()),
        };
        Document { doc: slots[0].0, frequency, slots }
    })
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
    pub(super) terms: Box<[(u32, u32)]>,
    bytes: Box<[u8]>,
}

/// A run in the making. Kept from one to the next: memory that grew once need not grow again.
#[derive(Debug, Default)]
pub(super) struct Draft {
    terms: Vec<(u32, u32)>,
    bytes: Vec<u8>,
}

impl Draft {
    /// An empty one with room for a run of so many postings.
    pub(super) fn with_room(postings: usize) -> Draft {
        Draft { terms: Vec::with_capacity(postings), bytes: Vec::with_capacity(postings * 2) }
    }

    /// Bytes in use for the last run.
    pub(super) fn memory(&self) -> usize {
        self.bytes.len() + self.terms.len() * 8
    }
}

/// Packs postings into a [`Run`], term by term.
#[derive(Debug)]
pub(super) struct Packer<'a> {
    run: &'a mut Draft,
    base: DocId,
    detail: Detail,
    last: DocId,
}

impl Packer<'_> {
    /// A packer for documents from `base` on, which keeps them in `run` on the way.
    pub(super) fn new(base: DocId, detail: Detail, run: &mut Draft) -> Packer<'_> {
        run.terms.clear();
        run.bytes.clear();
        Packer { run, base, detail, last: base }
    }

    /// Packs the postings of a term: the document and the place, or weight, of every time it was there, in order.
    /// Returns the number of documents.
    pub(super) fn term(&mut self, number: u32, postings: &[(DocId, u32)]) -> u32 {
        self.run.terms.push((number, small(self.run.bytes.len())));
        let documents = documents(postings, self.detail);
        let count = small(documents.clone().count());
        self.write(count);
        self.last = self.base;
        for document in documents {
            self.document(&document);
        }
        count
    }

    fn document(&mut self, document: &Document) {
        let step = (document.doc - self.last) << 1;
        self.last = document.doc;
        if document.frequency == 1 {
            self.write(step | 1);
        } else {
            self.write(step);
            self.write(document.frequency);
        }
        if self.detail == Detail::Positions {
            for step in document.steps() {
                self.write(step);
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
    pub(super) fn finish(self) -> Run {
        Run { base: self.base, terms: self.run.terms.as_slice().into(), bytes: self.run.bytes.as_slice().into() }
    }
}

impl Run {
    /// Puts what begins at `start` behind `postings`.
    pub(super) fn unpack(&self, start: u32, detail: Detail, postings: &mut Postings) {
        let mut bytes = Bytes { bytes: &self.bytes, at: start as usize };
        let mut doc = self.base;
        for _ in 0..bytes.next() {
            let step = bytes.next();
            doc += step >> 1;
            let frequency = if step & 1 == 1 { 1 } else { bytes.next() };
            postings.documents.push((doc, frequency));
            if detail == Detail::Positions {
                postings.steps.extend((0..frequency).map(|_| bytes.next()));
            }
        }
    }

    /// The first byte of what begins at `start`.
    pub(super) fn first(&self, start: u32) -> u8 {
        self.bytes.get(start as usize).copied().unwrap_or_default()
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.bytes.len() + self.terms.len() * 8
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

    const POSTINGS: [(DocId, u32); 6] = [(7, 0), (7, 5), (7, 6), (300, 1), (100_000, 2), (100_000, 200)];

    fn check(detail: Detail, expected: &[(DocId, u32)], steps: &[u32]) {
        let mut draft = Draft::default();
        let mut packer = Packer::new(7, detail, &mut draft);
        assert_eq!(packer.term(0, &[(8, 4)]), 1);
        assert_eq!(packer.term(3, &POSTINGS), 3);
        let run = packer.finish();
        let (mut found, mut same) = (Postings::default(), Postings::default());
        run.unpack(run.terms[1].1, detail, &mut found);
        same.extend(&POSTINGS, detail);
        for postings in [found, same] {
            assert_eq!((postings.documents.as_slice(), postings.steps.as_slice()), (expected, steps));
        }
    }

    #[test]
    fn what_is_packed_is_read_again() {
        check(Detail::Positions, &[(7, 3), (300, 1), (100_000, 2)], &[0, 5, 1, 1, 2, 198]);
        check(Detail::Frequency, &[(7, 11), (300, 1), (100_000, 202)], &[]);
        check(Detail::Presence, &[(7, 1), (300, 1), (100_000, 1)], &[]);
    }
}
