//! Numbers of documents in rows of few bytes, and counting them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crossbeam_channel::Receiver;
use tantivy::DocId;

use super::columns::Columns;
use super::finder::Finder;
use super::numbers::{Numbered, Numbers, Tally};
use super::{Found, Meanwhile};
use crate::index::beside::beside;
use crate::index::local::union::Part;

/// Documents whose rows are read together: what is read for one number is at hand for the next.
const BLOCK: usize = 256;

/// With so many documents to go through, a second thread saves more than it costs, where there are so many in all that
/// most of their rows are not at hand.
const MANY: u64 = if cfg!(test) { 1 << 6 } else { 1 << 12 };
const LARGE: u64 = if cfg!(test) { 1 << 6 } else { 1 << 16 };

/// So many documents are listed as they are counted: the most frequent values of few may be rare ones, for which the
/// documents are gone through again.
const LITTLE: usize = if cfg!(test) { 1 << 5 } else { 1 << 14 };

/// More numbers than so many do not fit into half of one. Tests have some of both kinds.
const NARROW: usize = if cfg!(test) { 160 } else { 1 << u16::BITS };

/// Numbers, and where they are.
pub(super) struct Place {
    numbers: Numbers,
    cells: Vec<Cell>,
}

/// Where a number is.
#[derive(Clone, Copy)]
struct Cell {
    /// In which of the rows of a document.
    row: usize,
    half: usize,
    /// Whether the next half belongs to it, too.
    is_wide: bool,
}

impl Cell {
    /// The number that stands here in a row.
    fn number<const HALVES: usize>(self, row: &[u16; HALVES]) -> u32 {
        let number = u32::from(row[self.half % HALVES]);
        if self.is_wide { number | u32::from(row[(self.half + 1) % HALVES]) << u16::BITS } else { number }
    }
}

/// The numbers of all documents, in rows of some halves of numbers: as many rows to each document as they need.
pub(super) struct PackedRows<const HALVES: usize> {
    /// By row and segment, those of all documents.
    rows: Vec<Vec<Vec<[u16; HALVES]>>>,
}

/// How much was found, and how often each number.
pub(super) struct Counted {
    pub(super) total: usize,
    pub(super) tallies: Vec<Tally>,
    /// All that was found, where it is little.
    pub(super) found: Option<Vec<Found>>,
}

/// What another thread came to.
enum Other<T> {
    Counted(Counted),
    Finished(T),
}

impl Numbered {
    /// Where they are in rows of so many `halves`, which are taken up to `next`; that goes on behind them.
    fn cells(&self, halves: usize, next: &mut usize) -> Vec<Cell> {
        let is_wide = self.numbers.how_many() > NARROW;
        let width = 1 + usize::from(is_wide);
        let start = next.next_multiple_of(width);
        *next = start + width * self.slots;
        let cell = |at: usize| Cell { row: at / halves, half: at % halves, is_wide };
        (start..*next).step_by(width).map(cell).collect()
    }
}

impl<const HALVES: usize> PackedRows<HALVES> {
    /// Rows of all documents, with `first` and then `others` of their numbers, and where these are.
    pub(super) fn of(columns: &[Columns], first: Numbered, others: Vec<Numbered>) -> (Self, Place, Vec<Place>) {
        const { assert!(HALVES.is_multiple_of(2), "a wide number must not lie in two rows") };
        let mut halves = 0;
        let first_cells = first.cells(HALVES, &mut halves);
        let cells: Vec<Vec<Cell>> = others.iter().map(|numbered| numbered.cells(HALVES, &mut halves)).collect();
        let row = || columns.iter().map(|columns| vec![[0; HALVES]; columns.documents as usize]).collect();
        let mut rows = PackedRows { rows: (0..halves.div_ceil(HALVES)).map(|_| row()).collect() };
        let first = rows.write(first, first_cells);
        let others = others.into_iter().zip(cells).map(|(numbered, cells)| rows.write(numbered, cells)).collect();
        (rows, first, others)
    }

    /// Writes numbers of all documents.
    fn write(&mut self, numbered: Numbered, cells: Vec<Cell>) -> Place {
        for (at, cell) in cells.iter().enumerate() {
            for (rows, of_docs) in self.rows[cell.row].iter_mut().zip(&numbered.of_docs) {
                for (row, numbers) in rows.iter_mut().zip(of_docs.chunks_exact(numbered.slots)) {
                    let [low, high] = halves(numbers[at]);
                    row[cell.half] = low;
                    if cell.is_wide {
                        row[cell.half + 1] = high;
                    }
                }
            }
        }
        Place { numbers: numbered.numbers, cells }
    }

    /// Has `finish` made something of how often the numbers of each of `places` stand in what is found. Where that is much,
    /// another thread counts, and this one, too, after what is to be done `meanwhile`; if all is counted by then, the
    /// other one finishes as well.
    pub(super) fn count<T: Send>(
        &self,
        finder: &Finder<'_>,
        places: &[&Place],
        meanwhile: &mut Option<Meanwhile<'_>>,
        finish: &(dyn Fn(Counted) -> tantivy::Result<T> + Sync),
    ) -> tantivy::Result<T> {
        if let Some((told, about)) = finder.told()
            && let Some(meanwhile) = meanwhile.take()
            && let Some(counted) = self.count_told(finder, (told, about), places, meanwhile)
        {
            return finish(counted);
        }
        let segments = finder.largest_first();
        let next = AtomicUsize::new(0);
        let share = || {
            let mut counted = Counted::nothing(places);
            while let Some(segment) = segments.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.count_segment(finder, *segment, places, &mut counted)?;
            }
            tantivy::Result::Ok(counted)
        };
        if is_little(finder, &segments)? {
            return finish(share()?);
        }
        // This thread comes to count as well before the other one is done, or the other one has all and finishes.
        let is_taken = AtomicBool::new(false);
        let own = || {
            if let Some(meanwhile) = meanwhile.take() {
                meanwhile();
            }
            if is_taken.swap(true, Ordering::Relaxed) { Ok(None) } else { share().map(Some) }
        };
        let other = || {
            let counted = share()?;
            let is_alone = !is_taken.swap(true, Ordering::Relaxed);
            Ok(if is_alone { Other::Finished(finish(counted)?) } else { Other::Counted(counted) })
        };
        let (own, other): (tantivy::Result<_>, tantivy::Result<_>) = beside(own, other);
        match (own?, other?) {
            (_, Other::Finished(finished)) => Ok(finished),
            (Some(own), Other::Counted(other)) => finish(own.and(other)),
            (None, Other::Counted(all)) => finish(all),
        }
    }

    /// The same of what a search tells of, which is done `meanwhile`; `None` where that was not everything.
    fn count_told(
        &self,
        finder: &Finder<'_>,
        (told, about): (&Receiver<Part>, u64),
        places: &[&Place],
        meanwhile: Meanwhile<'_>,
    ) -> Option<Counted> {
        let share = || {
            let (mut counted, mut ended) = (Counted::nothing(places), 0);
            for Part { segment, mut docs, is_last } in told {
                ended += usize::from(is_last);
                let Some((segment, alive)) = finder.segment(segment) else { continue };
                if let Some(alive) = alive {
                    docs.retain(|doc| alive.is_alive(*doc));
                }
                self.count_docs(segment, &docs, places, &mut counted);
            }
            (counted, ended)
        };
        let own = || {
            meanwhile();
            share()
        };
        let (counted, ended) = if finder.documents() < LARGE || about < MANY {
            own()
        } else {
            let ((own, own_ended), (other, other_ended)) = beside(own, share);
            (own.and(other), own_ended + other_ended)
        };
        (ended == finder.largest_first().len()).then_some(counted)
    }

    fn count_segment(
        &self,
        finder: &Finder<'_>,
        segment: usize,
        places: &[&Place],
        counted: &mut Counted,
    ) -> tantivy::Result<()> {
        let mut waiting: Vec<DocId> = Vec::with_capacity(2 * BLOCK);
        finder.each(segment, &mut |docs| {
            waiting.extend_from_slice(docs);
            if waiting.len() >= BLOCK {
                self.count_docs(segment, &waiting, places, counted);
                waiting.clear();
            }
        })?;
        self.count_docs(segment, &waiting, places, counted);
        Ok(())
    }

    fn count_docs(&self, segment: usize, docs: &[DocId], places: &[&Place], counted: &mut Counted) {
        counted.list(segment, docs);
        let mut rows = [[0_u16; HALVES]; BLOCK];
        for docs in docs.chunks(BLOCK) {
            let rows = &mut rows[..docs.len()];
            let mut gathered = None;
            for (place, tally) in places.iter().zip(&mut counted.tallies) {
                if place.cells.is_empty() {
                    tally.without += docs.len();
                }
                for (at, cell) in place.cells.iter().enumerate() {
                    if gathered.replace(cell.row) != Some(cell.row) {
                        gather(&self.rows[cell.row][segment], docs, rows);
                    }
                    let (cell, numbers) = (*cell, rows.iter());
                    match (at == 0 && place.numbers.have_lists(), cell.is_wide) {
                        (true, _) => place.numbers.add(numbers.map(|row| cell.number(row)), tally),
                        (false, true) => tally.add_single(numbers.map(|row| cell.number(row))),
                        (false, false) => tally.add_single(numbers.map(|row| u32::from(row[cell.half % HALVES]))),
                    }
                }
            }
        }
    }
}

/// Whether one thread goes through `segments`, the largest first, sooner than two.
fn is_little(finder: &Finder<'_>, segments: &[usize]) -> tantivy::Result<bool> {
    let Some(largest) = segments.first() else { return Ok(true) };
    Ok(finder.documents() < LARGE || finder.cost(*largest)? < MANY)
}

/// Puts the rows of `docs` side by side.
///
/// Nothing here depends on what is read, so that a processor waits for many rows at once.
fn gather<const HALVES: usize>(of_all: &[[u16; HALVES]], docs: &[DocId], rows: &mut [[u16; HALVES]]) {
    for (doc, row) in docs.iter().zip(rows) {
        if let Some(numbers) = of_all.get(*doc as usize) {
            *row = *numbers;
        }
    }
}

/// The lower and the upper half of a number.
#[expect(clippy::cast_possible_truncation, reason = "halves")]
fn halves(number: u32) -> [u16; 2] {
    [number as u16, (number >> u16::BITS) as u16]
}

impl Counted {
    fn nothing(places: &[&Place]) -> Counted {
        let tallies = places.iter().map(|place| place.numbers.nothing()).collect();
        Counted { total: 0, tallies, found: Some(Vec::new()) }
    }

    /// Lists some documents of a segment.
    fn list(&mut self, segment: usize, docs: &[DocId]) {
        self.total += docs.len();
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

    fn and(mut self, other: Counted) -> Counted {
        self.total += other.total;
        self.tallies.iter_mut().zip(&other.tallies).for_each(|(tally, other)| tally.add(other));
        self.found = self.found.take().zip(other.found).map(|(found, other)| [found, other].concat());
        self
    }
}
