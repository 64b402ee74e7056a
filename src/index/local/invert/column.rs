//! The postings of one field, gathered document by document and inverted in runs.
//!
//! Terms are written down as they come, in one flat list; once it is long, a counting sort makes posting lists of it.
//! This is sort-based inversion (Witten, Moffat and Bell, *Managing Gigabytes*, 1999, chapter 5). It touches memory in
//! order, where a table of growing lists, as in Tantivy's own indexer, misses the cache at nearly every word.

use std::ops::RangeInclusive;

use tantivy::DocId;

use super::chunk::Chunk;
use super::runs::{Detail, Packer, Run, documents};
use super::sort::{Sorted, claim, starts};
use super::terms::Terms;

/// How many postings are inverted at once: few enough for the cache to hold them, but so many to each term that going
/// through all terms is little. Tests have terms in many runs.
const RUN: RangeInclusive<usize> = if cfg!(test) { 1 << 5..=1 << 5 } else { 1 << 16..=1 << 20 };
const TO_A_TERM: usize = 4;

/// See the module.
#[derive(Debug)]
pub(super) struct Column {
    detail: Detail,
    pub(super) terms: Terms,
    /// The terms as they came, each with its place or weight.
    waiting: Vec<(u32, u32)>,
    /// The waiting documents, and where each ends.
    documents: Vec<(DocId, usize)>,
    /// How many waited at once, at most.
    most: usize,
    runs: Vec<Run>,
    /// In how many documents of the runs each term is.
    frequencies: Vec<u32>,
    /// Of all documents.
    length: u64,
    packed: usize,
}

impl Column {
    /// An empty one.
    pub(super) fn new(detail: Detail) -> Column {
        Column {
            detail,
            terms: Terms::default(),
            // Room that is not used is never given; growing would move what is there time and again.
            waiting: Vec::with_capacity(*RUN.start()),
            documents: Vec::new(),
            most: 0,
            runs: Vec::new(),
            frequencies: Vec::new(),
            length: 0,
            packed: 0,
        }
    }

    /// Adds a term of the current document, with its position, or what it counts where positions are not kept.
    pub(super) fn push(&mut self, number: u32, slot: u32) {
        self.waiting.push((number, slot));
    }

    /// Ends the current document, which has the number `doc` and counts as so long. What waits is put in order in
    /// `room` once it is enough.
    pub(super) fn end(&mut self, doc: DocId, length: u32, room: &mut Sorted) {
        self.length += u64::from(length);
        self.documents.push((doc, self.waiting.len()));
        if self.waiting.len() >= (TO_A_TERM * self.terms.len()).clamp(*RUN.start(), *RUN.end()) {
            self.invert(room);
        }
    }

    /// Turns what waits into a run.
    fn invert(&mut self, room: &mut Sorted) {
        let Some((base, _)) = self.documents.first() else { return };
        room.sort(self.terms.len(), &self.waiting, &self.documents);
        self.frequencies.resize(self.terms.len(), 0);
        let mut packer = Packer::new(*base, self.detail, self.waiting.len());
        for (number, frequency) in (0..).zip(&mut self.frequencies) {
            let postings = room.of(number);
            if !postings.is_empty() {
                *frequency += packer.term(number, postings);
            }
        }
        let run = packer.finish();
        self.packed += run.memory();
        self.runs.push(run);
        self.most = self.most.max(self.waiting.len());
        self.waiting.clear();
        self.documents.clear();
    }

    /// What is kept of its terms.
    pub(super) fn detail(&self) -> Detail {
        self.detail
    }

    /// How long all its documents count as.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Whether it keeps where terms stand.
    pub(super) fn has_positions(&self) -> bool {
        self.detail == Detail::Positions
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.terms.len() == 0
    }

    /// Makes it ready to be written: puts what still waits in order in `rest`, and the terms.
    pub(super) fn prepare(mut self, rest: &mut Sorted) -> Prepared<'_> {
        rest.sort(self.terms.len(), &self.waiting, &self.documents);
        self.waiting = Vec::new();
        self.frequencies.resize(self.terms.len(), 0);
        let (ends, places) = self.places();
        let order = self.terms.sorted();
        Prepared { column: self, rest, order, ends, places }
    }

    /// In which runs each term is, and where in them: where the places of each end, and the places of all terms.
    fn places(&self) -> (Vec<u32>, Vec<(u32, u32)>) {
        let terms = self.runs.iter().flat_map(|run| &run.terms);
        let mut ends = Vec::new();
        starts(&mut ends, self.terms.len(), terms.clone().map(|(number, _)| *number));
        let mut places = vec![(0, 0); terms.count()];
        for (run, of) in (0..).zip(&self.runs) {
            for (number, start) in &of.terms {
                places[claim(&mut ends, *number)] = (run, *start);
            }
        }
        (ends, places)
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        let waiting = self.most.max(self.waiting.len()) * 8 + self.documents.capacity() * 16;
        self.terms.memory() + waiting + self.packed + self.frequencies.capacity() * 4
    }
}

/// A column that nothing more is added to.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    column: Column,
    /// The postings of the last documents, which are in no run.
    rest: &'a Sorted,
    /// The numbers of the terms, in order of their bytes.
    order: Vec<u32>,
    /// See [`Column::places`].
    ends: Vec<u32>,
    places: Vec<(u32, u32)>,
}

impl Prepared<'_> {
    /// Gives all postings to `take`, in order of their terms, until it gives no other chunk to fill.
    pub(super) fn unpack(self, mut chunk: Chunk, mut take: impl FnMut(Chunk) -> Option<Chunk>) {
        let Prepared { column: Column { terms, detail, frequencies, runs, .. }, rest, order, ends, places } = self;
        for number in order {
            let at = number as usize;
            let last = documents(rest.of(number), detail);
            chunk.begin(terms.term(number), frequencies[at] as usize + last.clone().count());
            let first = if at == 0 { 0 } else { ends[at - 1] };
            for (run, start) in &places[first as usize..ends[at] as usize] {
                chunk.add(|postings| runs[*run as usize].unpack(*start, detail, postings));
                let Some(next) = handed_on(chunk, &mut take) else { return };
                chunk = next;
            }
            chunk.add(|postings| last.for_each(|document| postings.push(&document, detail)));
            let Some(next) = handed_on(chunk, &mut take) else { return };
            chunk = next;
        }
        drop(take(chunk));
    }
}

/// What is to be filled next: the same chunk until it is full.
fn handed_on(chunk: Chunk, take: &mut impl FnMut(Chunk) -> Option<Chunk>) -> Option<Chunk> {
    if chunk.is_full() { take(chunk) } else { Some(chunk) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many chunks a column of one document with so many terms is handed on in.
    fn chunks(terms: u32) -> usize {
        let (mut column, mut room, mut chunks) = (Column::new(Detail::Presence), Sorted::default(), 0);
        for term in 0..terms {
            let number = column.terms.number(&term.to_be_bytes());
            column.push(number, 1);
        }
        column.end(0, terms, &mut room);
        column.prepare(&mut room).unpack(Chunk::default(), |chunk| {
            chunks += 1;
            Some(chunk.emptied())
        });
        chunks
    }

    #[test]
    fn postings_are_handed_on_whether_they_are_in_runs_or_not() {
        assert_eq!([3, 20, 40].map(chunks), [1, 6, 11]);
    }
}
