//! The postings of one field, gathered document by document and inverted in runs.
//!
//! Terms are written down as they come, in one flat list; once it is long, a counting sort makes posting lists of it.
//! This is sort-based inversion (Witten, Moffat and Bell, *Managing Gigabytes*, 1999, chapter 5). It touches memory in
//! order, where a table of growing lists, as in Tantivy's own indexer, misses the cache at nearly every word.

use std::ops::{ControlFlow, RangeInclusive};

use tantivy::DocId;

use super::chunk::Chunk;
use super::runs::{Detail, Packer, Run};
use super::terms::Terms;

/// How many postings are inverted at once: few enough for the cache to hold them, but so many to each term that going
/// through all terms is little. Tests have terms in many runs.
const RUN: RangeInclusive<usize> = if cfg!(test) { 1 << 5..=1 << 5 } else { 1 << 18..=1 << 20 };
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
    /// Room for inverting, kept from run to run.
    inverted: Vec<(DocId, u32)>,
    ends: Vec<u32>,
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
            waiting: Vec::new(),
            documents: Vec::new(),
            inverted: Vec::new(),
            ends: Vec::new(),
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

    /// Ends the current document, which has the number `doc` and counts as so long.
    pub(super) fn end(&mut self, doc: DocId, length: u32) {
        self.length += u64::from(length);
        self.documents.push((doc, self.waiting.len()));
        if self.waiting.len() >= (TO_A_TERM * self.terms.len()).clamp(*RUN.start(), *RUN.end()) {
            self.invert();
        }
    }

    /// Turns what waits into a run.
    fn invert(&mut self) {
        let Some((base, _)) = self.documents.first() else { return };
        starts(&mut self.ends, self.terms.len(), self.waiting.iter().map(|(number, _)| *number));
        self.inverted.resize(self.waiting.len().max(self.inverted.len()), (0, 0));
        let mut from = 0;
        for (doc, end) in &self.documents {
            for (number, slot) in &self.waiting[from..*end] {
                self.inverted[claim(&mut self.ends, *number)] = (*doc, *slot);
            }
            from = *end;
        }
        self.frequencies.resize(self.terms.len(), 0);
        let mut packer = Packer::new(*base, self.detail, self.waiting.len());
        let mut start = 0;
        for (number, (end, frequency)) in (0..).zip(self.ends.iter().zip(&mut self.frequencies)) {
            let end = *end as usize;
            if start < end {
                *frequency += packer.term(number, &self.inverted[start..end]);
            }
            start = end;
        }
        let run = packer.finish();
        self.packed += run.memory();
        self.runs.push(run);
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

    /// Makes it ready to be written: inverts the rest and puts the terms in order.
    pub(super) fn prepare(mut self) -> Prepared {
        self.invert();
        (self.waiting, self.inverted) = (Vec::new(), Vec::new());
        let (ends, places) = self.places();
        let order = self.terms.sorted();
        Prepared { column: self, order, ends, places }
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
        let room = self.inverted.capacity() * 8 + self.ends.capacity() * 4;
        let waiting = self.waiting.capacity() * 8 + self.documents.capacity() * 16 + room;
        self.terms.memory() + waiting + self.packed + self.frequencies.capacity() * 4
    }
}

/// A column that nothing more is added to.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) column: Column,
    /// The numbers of the terms, in order of their bytes.
    order: Vec<u32>,
    /// See [`Column::places`].
    ends: Vec<u32>,
    places: Vec<(u32, u32)>,
}

impl Prepared {
    /// Gives all postings to `take`, in order of their terms, until it takes no more.
    pub(super) fn unpack(self, mut take: impl FnMut(Chunk) -> ControlFlow<()>) {
        let Prepared { column, order, ends, places } = self;
        let mut chunk = Chunk::default();
        for number in order {
            let at = number as usize;
            chunk.begin(column.terms.term(number), column.frequencies[at]);
            let first = if at == 0 { 0 } else { ends[at - 1] };
            for (run, start) in &places[first as usize..ends[at] as usize] {
                chunk.add(|numbers| column.runs[*run as usize].unpack(*start, column.detail, numbers));
                if chunk.is_full() && take(std::mem::take(&mut chunk)).is_break() {
                    return;
                }
            }
        }
        // Who takes no more has said why.
        let _ = take(chunk);
    }
}

/// Writes down where the places of each of `terms` numbers begin, when every one of `numbers` gets a place, sorted.
fn starts(starts: &mut Vec<u32>, terms: usize, numbers: impl Iterator<Item = u32>) {
    starts.clear();
    starts.resize(terms, 0);
    for number in numbers {
        starts[number as usize] += 1;
    }
    let mut sum = 0;
    for start in starts {
        sum += std::mem::replace(start, sum);
    }
}

/// The next free place of `number`. When all are taken, what were the starts are the ends.
fn claim(free: &mut [u32], number: u32) -> usize {
    let place = &mut free[number as usize];
    *place += 1;
    *place as usize - 1
}
