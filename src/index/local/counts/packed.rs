//! Numbers of documents in rows of few bytes, and counting them.

use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::DocId;

use super::columns::Columns;
use super::finder::Finder;
use super::numbers::{Numbered, Numbers, Tally};
use super::{Found, Meanwhile};
use crate::index::beside::beside;

/// Documents whose rows are read together: what is read for one number is at hand for the next.
const BLOCK: usize = 256;

/// With so many documents to go through, a second thread saves more than it costs.
const MANY: u64 = if cfg!(test) { 1 << 6 } else { 1 << 12 };

/// So many documents are listed as they are counted: the most frequent values of few may be rare ones, for which the
/// documents are gone through again.
const LITTLE: usize = if cfg!(test) { 1 << 5 } else { 1 << 14 };

/// Rows of fewer words do not cross the lines of the cache, longer ones begin with one (64 bytes on most machines).
const LINE: usize = 16;

/// The bytes of a word.
const WORD: usize = 4;

/// Numbers, and where they are in a row.
pub(super) struct Place {
    numbers: Numbers,
    cells: Vec<Cell>,
}

/// Where a number is in a row.
#[derive(Clone, Copy)]
struct Cell {
    word: usize,
    shift: u32,
    mask: u32,
}

/// The numbers of all documents.
pub(super) struct PackedRows {
    /// The words of a row.
    length: usize,
    /// Of each segment.
    words: Vec<Vec<u32>>,
}

/// How much was found, and how often each number.
pub(super) struct Counted {
    pub(super) total: usize,
    pub(super) tallies: Vec<Tally>,
    /// All that was found, where it is little.
    pub(super) found: Option<Vec<Found>>,
}

impl Numbered {
    /// The bytes of a number: a word has room for a whole number of them.
    fn width(&self) -> usize {
        [1, 2].into_iter().find(|width| self.numbers.how_many() <= 1 << (8 * width)).unwrap_or(WORD)
    }

    /// Where they are in rows whose bytes are taken up to `next`, which goes on behind them.
    fn cells(&self, next: &mut usize) -> Vec<Cell> {
        let width = self.width();
        let start = next.next_multiple_of(width);
        *next = start + width * self.slots;
        let cell = |at: usize| Cell {
            word: at / WORD,
            shift: 8 * u32::try_from(at % WORD).unwrap_or_default(),
            mask: u32::MAX >> (8 * (WORD - width)),
        };
        (start..*next).step_by(width).map(cell).collect()
    }
}

impl PackedRows {
    /// Rows of all documents, with `first` and then `others` of their numbers, and where these are.
    pub(super) fn of(columns: &[Columns], first: Numbered, others: Vec<Numbered>) -> (PackedRows, Place, Vec<Place>) {
        let mut bytes = 0;
        let first_cells = first.cells(&mut bytes);
        let cells: Vec<Vec<Cell>> = others.iter().map(|numbered| numbered.cells(&mut bytes)).collect();
        let length = bytes.div_ceil(WORD);
        let length = if length < LINE { length.next_power_of_two() } else { length.next_multiple_of(LINE) };
        let words = columns.iter().map(|columns| vec![0; columns.documents as usize * length]).collect();
        let mut rows = PackedRows { length, words };
        let first = rows.write(first, first_cells);
        let others = others.into_iter().zip(cells).map(|(numbered, cells)| rows.write(numbered, cells)).collect();
        (rows, first, others)
    }

    /// Writes numbers into all rows.
    fn write(&mut self, numbered: Numbered, cells: Vec<Cell>) -> Place {
        for (words, of_docs) in self.words.iter_mut().zip(&numbered.of_docs).filter(|_| numbered.slots > 0) {
            for (row, numbers) in words.chunks_exact_mut(self.length).zip(of_docs.chunks_exact(numbered.slots)) {
                for (cell, number) in cells.iter().zip(numbers) {
                    row[cell.word] |= number << cell.shift;
                }
            }
        }
        Place { numbers: numbered.numbers, cells }
    }

    /// How often the numbers of each of `places` stand in what is found. Where that is much, two threads do it, and what
    /// is to be done `meanwhile`.
    pub(super) fn count(
        &self,
        finder: &Finder<'_>,
        places: &[&Place],
        meanwhile: &mut Option<Meanwhile<'_>>,
    ) -> tantivy::Result<Counted> {
        let segments = finder.largest_first();
        let next = AtomicUsize::new(0);
        let share = || {
            let mut counted = Counted::nothing(places);
            while let Some(segment) = segments.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.count_segment(finder, *segment, places, &mut counted)?;
            }
            tantivy::Result::Ok(counted)
        };
        let Some(largest) = segments.first() else { return share() };
        if finder.cost(*largest)? < MANY {
            return share();
        }
        let other = || {
            if let Some(meanwhile) = meanwhile.take() {
                meanwhile();
            }
            share()
        };
        let (counted, other) = beside(share, other);
        let mut counted = counted?;
        counted.add(other?);
        Ok(counted)
    }

    fn count_segment(
        &self,
        finder: &Finder<'_>,
        segment: usize,
        places: &[&Place],
        counted: &mut Counted,
    ) -> tantivy::Result<()> {
        let Some(words) = self.words.get(segment) else { return Ok(()) };
        let mut waiting: Vec<DocId> = Vec::with_capacity(2 * BLOCK);
        finder.each(segment, &mut |docs| {
            waiting.extend_from_slice(docs);
            if waiting.len() >= BLOCK {
                self.count_docs(words, &waiting, places, counted);
                counted.list(segment, &waiting);
                waiting.clear();
            }
        })?;
        self.count_docs(words, &waiting, places, counted);
        counted.list(segment, &waiting);
        Ok(())
    }

    fn count_docs(&self, words: &[u32], docs: &[DocId], places: &[&Place], counted: &mut Counted) {
        counted.total += docs.len();
        let mut numbers = [0; BLOCK];
        for block in docs.chunks(BLOCK) {
            for (place, tally) in places.iter().zip(&mut counted.tallies) {
                let Some((first, others)) = place.cells.split_first() else {
                    tally.without += block.len();
                    continue;
                };
                place.numbers.add_first(self.gather(words, block, *first, &mut numbers), tally);
                for cell in others {
                    tally.add_other(self.gather(words, block, *cell, &mut numbers));
                }
            }
        }
    }

    /// The numbers in one cell of the rows of `docs`, in `numbers`.
    ///
    /// Nothing here depends on what is read, so that a processor waits for many rows at once.
    fn gather<'a>(&self, words: &[u32], docs: &[DocId], cell: Cell, numbers: &'a mut [u32; BLOCK]) -> &'a [u32] {
        for (doc, number) in docs.iter().zip(numbers.iter_mut()) {
            let word = words.get(*doc as usize * self.length + cell.word).copied().unwrap_or_default();
            *number = word >> cell.shift & cell.mask;
        }
        &numbers[..docs.len()]
    }
}

impl Counted {
    fn nothing(places: &[&Place]) -> Counted {
        let tallies = places.iter().map(|place| place.numbers.nothing()).collect();
        Counted { total: 0, tallies, found: Some(Vec::new()) }
    }

    /// Lists some documents of a segment.
    fn list(&mut self, segment: usize, docs: &[DocId]) {
        if self.total > LITTLE {
            self.found = None;
        }
        if let Some(found) = self.found.as_mut().filter(|_| !docs.is_empty()) {
            let segment = u32::try_from(segment).unwrap_or(u32::MAX);
            match found.last_mut().filter(|last| last.0 == segment) {
                Some((_, all)) => all.extend_from_slice(docs),
                None => found.push((segment, docs.to_vec())),
            }
        }
    }

    fn add(&mut self, other: Counted) {
        self.total += other.total;
        self.tallies.iter_mut().zip(&other.tallies).for_each(|(tally, other)| tally.add(other));
        self.found = self.found.take().zip(other.found).map(|(found, other)| [found, other].concat());
    }
}
