//! Values and days in memory, for an index that is asked for counts again and again.
//!
//! Reading a packed column costs some ten times as much as counting what it says.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Mutex;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::columnar::Column;

use super::columns::{Columns, Named};
use crate::index::local::rank::civil;
use crate::schema::Field;
use crate::search::{Dated, Values};

/// Documents that are read together.
pub(super) const BLOCK: usize = 1024;

/// The values of a field, with one number for each over all segments.
pub(super) struct Kept {
    /// All values, in order: their places are their numbers.
    names: Vec<String>,
    segments: Vec<Rows>,
    /// Room for counting: as many numbers as there are values, all of them 0.
    room: Mutex<Vec<u32>>,
}

/// The numbers of the values of every document of a segment.
struct Rows {
    /// Where those of each document end.
    ends: Vec<u32>,
    values: Vec<u32>,
}

impl Kept {
    /// Reads all of `field`.
    pub(super) fn of(columns: &[Columns], field: Field) -> tantivy::Result<Kept> {
        let known = columns.iter().map(|columns| columns.of(field).map_or(Ok(Vec::new()), Named::all));
        let known = known.collect::<tantivy::Result<Vec<Vec<String>>>>()?;
        let mut names: Vec<String> = known.iter().flatten().cloned().collect();
        // Runs that are in order already, one of each segment.
        names.sort();
        names.dedup();
        let numbers = known.iter().map(|known| numbers(&names, known));
        let rows = columns.iter().zip(numbers);
        let segments = rows.map(|(columns, numbers)| Rows::of(columns, field, &numbers)).collect();
        Ok(Kept { names, segments, room: Mutex::default() })
    }

    /// The `most` frequent values of `found`, by segment, those of one count in order of value.
    pub(super) fn frequent<'a>(&self, found: impl Iterator<Item = &'a [DocId]>, most: usize) -> Values {
        let (mut kept, mut own) = (self.room.try_lock(), Vec::new());
        let room = kept.as_deref_mut().unwrap_or(&mut own);
        room.resize(self.names.len(), 0);
        let (mut touched, mut others, mut without) = (Vec::new(), 0, 0);
        for (rows, docs) in self.segments.iter().zip(found) {
            for doc in docs {
                let values = rows.of_doc(*doc);
                without += usize::from(values.is_empty());
                others += values.len();
                for value in values {
                    let count = &mut room[*value as usize];
                    if *count == 0 {
                        touched.push(*value);
                    }
                    *count += 1;
                }
            }
        }
        let take = |value: u32| (Reverse(std::mem::take(&mut room[value as usize])), value);
        let mut best: Vec<(Reverse<u32>, u32)> = touched.into_iter().map(take).collect();
        if most < best.len() {
            best.select_nth_unstable(most);
            best.truncate(most);
        }
        best.sort_unstable();
        let name = |(Reverse(count), value): (Reverse<u32>, u32)| (self.names[value as usize].clone(), count as usize);
        let values: Vec<(String, usize)> = best.into_iter().map(name).collect();
        others -= values.iter().map(|(_, count)| count).sum::<usize>();
        Values { values, others, without }
    }
}

/// The places in `names` of those that are `known`; both are in order.
fn numbers(names: &[String], known: &[String]) -> Vec<u32> {
    let mut places = (0..).zip(names);
    let place = |name: &String| places.find(|(_, other)| *other == name).map_or(0, |(place, _)| place);
    known.iter().map(place).collect()
}

impl Rows {
    fn of(columns: &Columns, field: Field, numbers: &[u32]) -> Rows {
        let mut rows = Rows { ends: vec![0; columns.documents as usize], values: Vec::new() };
        if let Some(named) = columns.of(field) {
            each(named.column.ords(), 0..columns.documents, |doc, value| {
                let number = usize::try_from(value).ok().and_then(|value| numbers.get(value));
                rows.values.extend(number);
                rows.ends[doc as usize] += u32::from(number.is_some());
            });
        }
        let mut end = 0;
        for count in &mut rows.ends {
            end += *count;
            *count = end;
        }
        rows
    }

    /// The values of a document.
    fn of_doc(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        let start = if doc == 0 { 0 } else { self.ends[doc - 1] };
        &self.values[start as usize..self.ends[doc] as usize]
    }
}

/// Calls `take` with every value of every one of `docs`, which are in order.
pub(super) fn each(column: &Column<u64>, docs: impl Iterator<Item = DocId>, mut take: impl FnMut(DocId, u64)) {
    let (mut block, mut holders, mut rows, mut values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut docs = docs.peekable();
    while docs.peek().is_some() {
        block.clear();
        block.extend(docs.by_ref().take(BLOCK));
        holders.clear();
        rows.clear();
        column.row_ids_for_docs(&block, &mut holders, &mut rows);
        values.resize(rows.len(), 0);
        column.values.get_vals(&rows, &mut values);
        for (doc, value) in holders.iter().zip(&values) {
            take(*doc, *value);
        }
    }
}

/// The days of every document of an index.
pub(super) struct Days {
    /// The first and last days that there are, in order; `None` where there are none.
    distinct: Vec<Option<(Date, Date)>>,
    /// Which of them each document has, by segment.
    of_docs: Vec<Vec<u32>>,
}

impl Days {
    /// Reads those of all segments.
    pub(super) fn of(columns: &[Columns]) -> Days {
        let all: Vec<Vec<(u64, u64)>> = columns.iter().map(Columns::days).collect();
        let distinct: BTreeSet<(u64, u64)> = all.iter().flatten().copied().collect();
        let numbers: FxHashMap<(u64, u64), u32> = distinct.iter().copied().zip(0..).collect();
        let of_docs = all.into_iter().map(|days| days.iter().map(|day| numbers[day]).collect());
        Days { of_docs: of_docs.collect(), distinct: distinct.into_iter().map(both).collect() }
    }

    /// How many of `found`, by segment, have each of the days, in order.
    pub(super) fn count<'a>(&self, found: impl Iterator<Item = &'a [DocId]>) -> Vec<Dated> {
        let mut counts = vec![0_usize; self.distinct.len()];
        for (docs, days) in found.zip(&self.of_docs) {
            for doc in docs {
                counts[days[*doc as usize] as usize] += 1;
            }
        }
        let dated = self.distinct.iter().zip(counts).filter(|(_, count)| *count > 0);
        dated.map(|(days, count)| Dated { days: *days, count }).collect()
    }
}

/// Two days from their numbers, `YYYYMMDD`; 0 is none.
pub(super) fn both((first, last): (u64, u64)) -> Option<(Date, Date)> {
    Some((civil(first)?, civil(last)?))
}
