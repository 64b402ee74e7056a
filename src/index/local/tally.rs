//! Counts what a question finds by all values of a field, with the days between which each is found.
//!
//! One pass over the documents found, with an array of counts for each segment: values are numbers until the end.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocId, SegmentReader};

use super::fields::counted_name;
use super::rank::civil;
use super::reader::Local;
use crate::index::IndexError;
use crate::schema::Field;
use crate::search::{Request, Tally};

/// What is known of one value. Days are numbers that sort, `YYYYMMDD`.
#[derive(Debug, Clone, Copy)]
struct Count {
    times: usize,
    first: u64,
    last: u64,
}

const NONE: Count = Count { times: 0, first: u64::MAX, last: 0 };

impl Count {
    fn add(&mut self, other: Count) {
        self.times += other.times;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }

    fn days(self) -> Option<(Date, Date)> {
        Some((civil(self.first)?, civil(self.last)?))
    }
}

/// See [`crate::index::Index::tally`].
pub(super) fn tally(local: &Local, request: &Request, field: Field) -> Result<(Vec<Tally>, usize), IndexError> {
    let mut values: BTreeMap<String, Count> = BTreeMap::new();
    let mut without = 0;
    each_segment(local, request, |reader, weight| {
        let Some(column) = reader.fast_fields().str(&counted_name(field))? else {
            each(reader, weight, |_| without += 1)?;
            return Ok(());
        };
        let (first, last) = days(reader)?;
        let mut counts = vec![NONE; column.num_terms()];
        each(reader, weight, |doc| {
            let day = |column: &Option<Column<u64>>| column.as_ref().and_then(|column| column.first(doc));
            let (first, last) = (day(&first).unwrap_or(u64::MAX), day(&last).unwrap_or(0));
            let mut has_any = false;
            for ord in column.term_ords(doc) {
                has_any = true;
                if let Some(count) = usize::try_from(ord).ok().and_then(|ord| counts.get_mut(ord)) {
                    count.add(Count { times: 1, first, last });
                }
            }
            without += usize::from(!has_any);
        })?;
        named(&column, &counts, |value, count| match values.get_mut(value) {
            Some(known) => known.add(count),
            None => drop(values.insert(value.to_owned(), count)),
        })
    })?;
    let tallies = values.into_iter();
    Ok((tallies.map(|(value, count)| Tally { value, count: count.times, days: count.days() }).collect(), without))
}

/// Hands every segment on, with what finds the documents in it.
fn each_segment(
    local: &Local,
    request: &Request,
    mut each: impl FnMut(&SegmentReader, &dyn Weight) -> tantivy::Result<()>,
) -> Result<(), IndexError> {
    let searcher = local.searcher(request.target)?;
    let (plan, _) = local.plan(&searcher, request)?;
    let broken = |error| local.broken(&error);
    let weight = plan.weight(EnableScoring::disabled_from_searcher(&searcher)).map_err(broken)?;
    for reader in searcher.segment_readers() {
        each(reader, weight.as_ref()).map_err(broken)?;
    }
    Ok(())
}

/// Hands every document on that is found and not deleted.
fn each(reader: &SegmentReader, weight: &dyn Weight, mut each: impl FnMut(DocId)) -> tantivy::Result<()> {
    let alive = reader.alive_bitset();
    weight.for_each_no_score(reader, &mut |found| {
        for doc in found.iter().copied().filter(|doc| alive.is_none_or(|alive| alive.is_alive(*doc))) {
            each(doc);
        }
    })
}

/// First and last day of what is known of the publication date.
type Days = (Option<Column<u64>>, Option<Column<u64>>);

fn days(reader: &SegmentReader) -> tantivy::Result<Days> {
    let fast = reader.fast_fields();
    Ok((fast.column_opt("first")?, fast.column_opt("last")?))
}

/// Hands on every value that was counted, in order.
fn named(column: &StrColumn, counts: &[Count], mut each: impl FnMut(&str, Count)) -> tantivy::Result<()> {
    let found: Vec<u64> = (0..).zip(counts).filter(|(_, count)| count.times > 0).map(|(ord, _)| ord).collect();
    let mut next = found.iter();
    column.dictionary().sorted_ords_to_term_cb(&found, |value| {
        let count = next.next().and_then(|ord| counts.get(usize::try_from(*ord).ok()?));
        if let (Some(count), Ok(value)) = (count, std::str::from_utf8(value)) {
            each(value, *count);
        }
    })?;
    Ok(())
}
