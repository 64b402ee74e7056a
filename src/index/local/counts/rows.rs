//! All values of a field in memory, as numbers: the most frequent has the smallest.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use tantivy::DocId;

use super::Found;
use super::columns::{Columns, Named, each};
use crate::schema::Field;
use crate::search;

/// With more values than so many to each document found, the values found are put in order instead of counted.
const SPARSE: usize = 64;

/// Documents whose values are looked up together. Tests have more.
const TOGETHER: usize = if cfg!(test) { 4 } else { 256 };

/// The values of a field.
pub(super) struct Values {
    /// The most frequent first, those that are as frequent in their order.
    names: Vec<String>,
    /// How often each stands in all documents.
    times: Vec<u32>,
    /// The place of each in their order: names lie far apart in memory, and many are as frequent as each other.
    places: Vec<u32>,
    pub(super) segments: Vec<Rows>,
}

impl Values {
    /// Reads all of `field`.
    pub(super) fn of(columns: &[Columns], field: Field) -> tantivy::Result<Values> {
        let known = columns.iter().map(|columns| columns.of(field).map_or(Ok(Vec::new()), Named::all));
        let known = known.collect::<tantivy::Result<Vec<Vec<String>>>>()?;
        let mut names: Vec<String> = known.iter().flatten().cloned().collect();
        // Runs that are in order already, one of each segment.
        names.sort();
        names.dedup();
        let rows = columns.iter().zip(&known).map(|(columns, known)| Rows::of(columns, field, &places(&names, known)));
        let mut segments: Vec<Rows> = rows.collect();
        let mut times = vec![0_u32; names.len()];
        segments.iter().flat_map(|rows| &rows.values).for_each(|value| times[*value as usize] += 1);
        let mut order: Vec<u32> = (0..).take(names.len()).collect();
        order.sort_by_key(|value| Reverse(times[*value as usize]));
        let mut numbers = vec![0; names.len()];
        (0..).zip(&order).for_each(|(number, value)| numbers[*value as usize] = number);
        segments.iter_mut().flat_map(|rows| &mut rows.values).for_each(|value| *value = numbers[*value as usize]);
        let names = order.iter().map(|value| std::mem::take(&mut names[*value as usize])).collect();
        let times = order.iter().map(|value| times[*value as usize]).collect();
        Ok(Values { names, times, places: order, segments })
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The `most` frequent values in `found`.
    pub(super) fn counted(&self, found: &[Found], most: usize) -> search::Values {
        let total: usize = found.iter().map(|(_, docs)| docs.len()).sum();
        let (mut all, mut without) = (0, 0);
        let docs = found.iter().filter_map(|(segment, docs)| Some((self.segments.get(*segment as usize)?, docs)));
        let each = |take: &mut dyn FnMut(&[u32])| {
            for (rows, docs) in docs {
                rows.each(docs, &mut |values| {
                    all += values.len();
                    without += usize::from(values.is_empty());
                    take(values);
                });
            }
        };
        let counts: Vec<(u32, u32)> = if total * SPARSE < self.names.len() {
            let mut values: Vec<u32> = Vec::with_capacity(total);
            each(&mut |some| values.extend_from_slice(some));
            values.sort_unstable();
            let runs = values.chunk_by(u32::eq);
            runs.map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX))).collect()
        } else {
            let mut counts = vec![0; self.names.len()];
            each(&mut |some| some.iter().for_each(|value| counts[*value as usize] += 1));
            (0..).zip(counts).filter(|(_, count)| *count > 0).collect()
        };
        let only: Vec<u32> = counts.iter().map(|(_, count)| *count).collect();
        let least = least(&only, most);
        self.named(counts.into_iter(), least, most, all, without)
    }

    /// The `most` frequent of the first values, which were found as often as `counts` says; `None` where one of the others
    /// may be among them. Of all values, `all` were found, and `without` documents have none.
    pub(super) fn head(&self, counts: &[u32], most: usize, all: usize, without: usize) -> Option<search::Values> {
        let least = least(counts, most);
        if self.times.get(counts.len()).is_some_and(|times| *times >= least) {
            return None;
        }
        let stretches =
            (0..).step_by(STRETCH).zip(counts.chunks(STRETCH)).filter(|(_, counts)| greatest(counts) >= least);
        let counts = stretches.flat_map(|(first, counts)| (first..).zip(counts.iter().copied()));
        Some(self.named(counts, least, most, all, without))
    }

    /// The `most` frequent of values with their counts, which are `least` or more, those of one count in order of value.
    fn named(
        &self,
        counts: impl Iterator<Item = (u32, u32)>,
        least: u32,
        most: usize,
        all: usize,
        without: usize,
    ) -> search::Values {
        let frequent = counts.filter(|(_, count)| *count >= least);
        let placed = frequent.map(|(value, count)| (Reverse(count), self.places[value as usize], value));
        let mut values: Vec<(Reverse<u32>, u32, u32)> = placed.collect();
        if most < values.len() {
            values.select_nth_unstable(most);
            values.truncate(most);
        }
        values.sort_unstable();
        let name = |(count, _, value): (Reverse<u32>, u32, u32)| (self.names[value as usize].clone(), count.0 as usize);
        let values: Vec<(String, usize)> = values.into_iter().map(name).collect();
        let others = all - values.iter().map(|(_, count)| count).sum::<usize>();
        search::Values { values, others, without }
    }
}

/// The least count of the `most` greatest of `counts`, but no less than 1.
fn least(counts: &[u32], most: usize) -> u32 {
    if most == 0 {
        return u32::MAX;
    }
    let (mut kept, mut least) = (BinaryHeap::new(), 0);
    for stretch in counts.chunks(STRETCH) {
        if greatest(stretch) <= least {
            continue;
        }
        for count in stretch {
            if *count > least {
                kept.push(Reverse(*count));
                if kept.len() > most {
                    kept.pop();
                }
                if kept.len() == most {
                    least = kept.peek().map_or(0, |count| count.0);
                }
            }
        }
    }
    least.max(1)
}

/// Counts that are looked at together: few stretches of the rarer values have any that matters.
const STRETCH: usize = 64;

/// The greatest of `counts`.
fn greatest(counts: &[u32]) -> u32 {
    counts.iter().fold(0, |greatest, count| greatest.max(*count))
}

/// The values of the documents of a segment.
pub(super) struct Rows {
    /// Where those of each document end.
    ends: Vec<u32>,
    values: Vec<u32>,
}

impl Rows {
    /// Those of `field`, which have these `places` among those of all segments.
    fn of(columns: &Columns, field: Field, places: &[u32]) -> Rows {
        let mut rows = Rows { ends: vec![0; columns.documents as usize], values: Vec::new() };
        if let Some(named) = columns.of(field) {
            each(named.column.ords(), 0..columns.documents, |doc, value| {
                let place = usize::try_from(value).ok().and_then(|value| places.get(value));
                rows.values.extend(place);
                rows.ends[doc as usize] += u32::from(place.is_some());
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
        &self.values[self.place(doc)]
    }

    /// Where the values of a document are.
    fn place(&self, doc: DocId) -> Range<usize> {
        let doc = doc as usize;
        let start = if doc == 0 { 0 } else { self.ends[doc - 1] };
        start as usize..self.ends[doc] as usize
    }

    /// Gives `take` the values of each of `docs`.
    ///
    /// Where they are is looked up for many documents first, and so is the first of them: none of these look-ups hangs
    /// on another, so that a processor waits for many at once.
    fn each(&self, docs: &[DocId], take: &mut dyn FnMut(&[u32])) {
        let mut ranges = Vec::with_capacity(TOGETHER);
        for docs in docs.chunks(TOGETHER) {
            ranges.clear();
            ranges.extend(docs.iter().map(|doc| self.place(*doc)));
            let first = |range: &Range<usize>| self.values.get(range.start).copied().unwrap_or_default();
            std::hint::black_box(ranges.iter().map(first).fold(0, |sum, first| sum ^ first));
            for range in &ranges {
                take(&self.values[range.clone()]);
            }
        }
    }

    /// The values of each document.
    pub(super) fn of_docs(&self) -> impl Iterator<Item = &[u32]> {
        (0..).take(self.ends.len()).map(|doc| self.of_doc(doc))
    }
}

/// The places in `names` of those that are `known`; both are in order.
fn places(names: &[String], known: &[String]) -> Vec<u32> {
    let mut places = (0..).zip(names);
    let place = |name: &String| places.find(|(_, other)| *other == name).map_or(0, |(place, _)| place);
    known.iter().map(place).collect()
}
