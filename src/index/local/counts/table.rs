//! What is counted in memory, for an index that is asked for counts again and again.
//!
//! All that is counted of a document stands in one row of few bytes, so that there is one place of memory to read: where
//! much is found, waiting for memory is most of the time that counting takes.

use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::resume_unwind;

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::Found;
use super::columns::{Columns, Pair, both};
use super::numbers::{Numbered, Numbers, Tally};
use super::rows::Values;
use crate::schema::Field;
use crate::search::{self, Dated};

/// Documents whose rows are read together: what is read for one number is at hand for the next.
const BLOCK: usize = 256;

/// With so many documents, a second thread saves more than it costs.
const MANY: usize = if cfg!(test) { 1 << 6 } else { 1 << 18 };

/// The bytes of a number at most, and those that are read at once.
const WIDE: usize = 4;

/// The rows of all documents.
pub(super) struct Table {
    fields: Vec<(Field, Values, Place)>,
    rows: PackedRows,
    /// The days stand in the rows and, for when nothing else is counted, by themselves.
    days: Vec<Pair>,
    with_fields: Place,
    alone: (PackedRows, Place),
}

/// Numbers, and where they are in a row.
struct Place {
    numbers: Numbers,
    starts: Vec<usize>,
    /// The bits of one of them.
    mask: u32,
}

/// The numbers of all documents.
struct PackedRows {
    /// The bytes of a row.
    length: usize,
    /// Of each segment, with room for what is read beyond the end.
    bytes: Vec<Vec<u8>>,
}

impl Table {
    /// Reads all of `columns`.
    pub(super) fn of(columns: &[Columns]) -> tantivy::Result<Table> {
        let mut fields = Vec::new();
        for field in Field::COUNTED {
            let values = Values::of(columns, field)?;
            let numbered = Numbered::of(&values.segments, values.len());
            fields.push((field, values, numbered));
        }
        let (days, numbered) = days(columns);
        let length = numbered.bytes() + fields.iter().map(|(.., field)| field.bytes()).sum::<usize>();
        let (mut rows, mut next) = (PackedRows::new(columns, length), 0);
        let with_fields = rows.write(numbered.clone(), &mut next);
        let write = |(field, values, of)| (field, values, rows.write(of, &mut next));
        let fields = fields.into_iter().map(write).collect();
        let mut alone = PackedRows::new(columns, numbered.bytes());
        let place = alone.write(numbered, &mut 0);
        Ok(Table { fields, rows, days, with_fields, alone: (alone, place) })
    }

    /// The `most` frequent values of each of `fields` in `found`, and its days where `dated`.
    pub(super) fn counts(
        &self,
        found: &[Found],
        fields: &[Field],
        dated: bool,
        most: usize,
    ) -> (Vec<search::Values>, Vec<Dated>) {
        let asked: Vec<_> = fields.iter().filter_map(|field| self.fields.iter().find(|one| one.0 == *field)).collect();
        let (rows, days) =
            if asked.is_empty() { (&self.alone.0, &self.alone.1) } else { (&self.rows, &self.with_fields) };
        let places: Vec<&Place> = asked.iter().map(|(.., place)| place).chain(dated.then_some(days)).collect();
        let mut tallies = rows.count(found, &places).into_iter();
        let values = asked.iter().zip(&mut tallies).map(|((_, values, _), tally)| {
            let (counts, all) = tally.values();
            values.head(counts, most, all, tally.without).unwrap_or_else(|| values.counted(found, most))
        });
        let values = values.collect();
        let tally = tallies.next();
        let counts = tally.as_ref().map_or(&[][..], |tally| tally.values().0);
        let days = self.days.iter().zip(counts).filter(|(_, count)| **count > 0);
        (values, days.map(|(days, count)| Dated { days: both(*days), count: *count as usize }).collect())
    }
}

/// The days that there are, in order, and which of them each document has.
fn days(columns: &[Columns]) -> (Vec<Pair>, Numbered) {
    let all: Vec<Vec<Pair>> = columns.iter().map(Columns::days).collect();
    let distinct: BTreeSet<Pair> = all.iter().flatten().copied().collect();
    let numbers: FxHashMap<Pair, u32> = distinct.iter().copied().zip(0..).collect();
    let of_docs = all.iter().map(|days| days.iter().map(|day| numbers[day]).collect()).collect();
    let numbered = Numbered::one_each(distinct.len(), of_docs);
    (distinct.into_iter().collect(), numbered)
}

impl Numbered {
    /// The bytes of a number.
    fn width(&self) -> usize {
        (1..WIDE).find(|width| self.numbers.how_many() <= 1 << (8 * width)).unwrap_or(WIDE)
    }

    /// The bytes of those of a document.
    fn bytes(&self) -> usize {
        self.width() * self.slots
    }
}

impl PackedRows {
    /// Rows of 0.
    fn new(columns: &[Columns], length: usize) -> PackedRows {
        let rows = |columns: &Columns| vec![0; columns.documents as usize * length + WIDE];
        PackedRows { length, bytes: columns.iter().map(rows).collect() }
    }

    /// Writes numbers into all rows, from byte `next` on.
    fn write(&mut self, numbered: Numbered, next: &mut usize) -> Place {
        let (width, start) = (numbered.width(), *next);
        *next += numbered.bytes();
        for (bytes, of_docs) in self.bytes.iter_mut().zip(&numbered.of_docs).filter(|_| numbered.slots > 0) {
            for (row, numbers) in bytes.chunks_exact_mut(self.length).zip(of_docs.chunks_exact(numbered.slots)) {
                for (cell, number) in row[start..*next].chunks_exact_mut(width).zip(numbers) {
                    cell.copy_from_slice(&number.to_le_bytes()[..width]);
                }
            }
        }
        let starts = (start..*next).step_by(width).collect();
        Place { numbers: numbered.numbers, starts, mask: u32::MAX >> (8 * (WIDE - width)) }
    }

    /// How often the numbers of each of `places` stand in `found`; where that is much, by two threads.
    fn count(&self, found: &[Found], places: &[&Place]) -> Vec<Tally> {
        let total: usize = found.iter().map(|(_, docs)| docs.len()).sum();
        if total < MANY {
            return self.count_share(&share(found, &(0..total)), places);
        }
        let (first, second) = (share(found, &(0..total / 2)), share(found, &(total / 2..total)));
        std::thread::scope(|scope| {
            let first = scope.spawn(|| self.count_share(&first, places));
            let mut tallies = self.count_share(&second, places);
            let others = first.join().unwrap_or_else(|panic| resume_unwind(panic));
            tallies.iter_mut().zip(&others).for_each(|(tally, other)| tally.add(other));
            tallies
        })
    }

    fn count_share(&self, found: &[(usize, &[DocId])], places: &[&Place]) -> Vec<Tally> {
        let mut tallies: Vec<Tally> = places.iter().map(|place| place.numbers.nothing()).collect();
        for (segment, docs) in found {
            let Some(bytes) = self.bytes.get(*segment) else { continue };
            for block in docs.chunks(BLOCK) {
                for (place, tally) in places.iter().zip(&mut tallies) {
                    let Some((first, others)) = place.starts.split_first() else {
                        tally.without += block.len();
                        continue;
                    };
                    place.numbers.add_first(self.numbers(bytes, block, *first, place.mask), tally);
                    for start in others {
                        place.numbers.add_other(self.numbers(bytes, block, *start, place.mask), tally);
                    }
                }
            }
        }
        tallies
    }

    /// The numbers at `start` of the rows of `docs`.
    fn numbers(&self, bytes: &[u8], docs: &[DocId], start: usize, mask: u32) -> impl Iterator<Item = usize> {
        docs.iter().map(move |doc| {
            let cell = bytes.get(*doc as usize * self.length + start..).and_then(<[u8]>::first_chunk::<WIDE>);
            cell.map_or(0, |cell| (u32::from_le_bytes(*cell) & mask) as usize)
        })
    }
}

/// The part of `found` between two places among all of it.
fn share<'a>(found: &'a [Found], part: &Range<usize>) -> Vec<(usize, &'a [DocId])> {
    let mut passed = 0;
    let docs = found.iter().map(|(segment, docs)| {
        let within = |end: usize| end.saturating_sub(passed).min(docs.len());
        let shared = &docs[within(part.start)..within(part.end)];
        passed += docs.len();
        (*segment as usize, shared)
    });
    docs.collect()
}
