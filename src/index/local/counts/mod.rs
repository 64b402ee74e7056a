//! Counts what a question finds by the most frequent values of fields and by day, in one pass.

mod columns;
mod finder;
mod frequent;
mod numbers;
mod packed;
mod rows;
mod table;

use std::panic::resume_unwind;

use rustc_hash::FxHashMap;
use tantivy::DocId;

pub(super) use self::columns::Counting;
use self::columns::{Columns, both};
use self::finder::Finder;
use self::frequent::{Segment, frequent, tallied};
use super::grouped;
use super::reader::Local;
use crate::index::IndexError;
use crate::schema::Field;
use crate::search::{Counts, Dated, Dups, Request, Target, Values};

/// A segment, and what was found in it.
type Found = (u32, Vec<DocId>);

/// With so many documents, starting threads costs less than they save.
const MANY: usize = if cfg!(test) { 1 << 6 } else { 1 << 15 };

/// See [`crate::index::Index::counts`].
pub(super) fn counts(
    local: &Local,
    request: &Request,
    fields: &[Field],
    dated: bool,
    most: usize,
) -> Result<Counts, IndexError> {
    let searcher = local.searcher(request.target)?;
    let (plan, _) = local.plan(&searcher, request)?;
    let broken = |error| local.broken(&error);
    let counting = local.counting(request.target)?;
    let mut finder = Finder::new(&searcher, &plan).map_err(broken)?;
    let hidden = request.dups == Dups::Hide && request.target == Target::Articles;
    if hidden {
        grouped::one_of_each(local.stories(), finder.list().map_err(broken)?);
    }
    if let Some(table) = counting.table() {
        return table.counts(&finder, fields, dated, most).map_err(broken);
    }
    let found = finder.all().map_err(broken)?;
    let total = found.iter().map(|(_, docs)| docs.len()).sum();
    counting.was_counted(total).map_err(broken)?;
    let found = Documents { found: &found, counting };
    let field = |field: &Field| found.values(*field, most);
    let days = || if dated { found.days() } else { Vec::new() };
    let (fields, dated) = if total < MANY {
        (fields.iter().map(field).collect(), days())
    } else {
        // Each column by a thread of its own.
        std::thread::scope(|scope| {
            let fields: Vec<_> = fields.iter().map(|name| scope.spawn(move || field(name))).collect();
            let dated = days();
            let joined = fields.into_iter().map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic)));
            (joined.collect(), dated)
        })
    };
    let fields: tantivy::Result<Vec<Values>> = fields;
    Ok(Counts { total, fields: fields.map_err(broken)?, dated })
}

/// What was found, by segment, and what is counted of it.
struct Documents<'a> {
    found: &'a [Found],
    counting: &'a Counting,
}

impl Documents<'_> {
    fn by_segment(&self) -> impl Iterator<Item = (&Columns, &[DocId])> {
        self.counting.columns.iter().zip(self.found.iter().map(|(_, docs)| docs.as_slice()))
    }

    /// The `most` frequent values of `field`.
    fn values(&self, field: Field, most: usize) -> tantivy::Result<Values> {
        let (mut segments, mut without) = (Vec::new(), 0);
        for (columns, docs) in self.by_segment() {
            match columns.of(field) {
                Some(column) => {
                    let (found, none) = tallied(&column.column, docs);
                    let all = found.iter().map(|(_, count)| count).sum();
                    without += none;
                    segments.push(Segment { column, found, all });
                }
                None => without += docs.len(),
            }
        }
        frequent(&segments, most, without)
    }

    /// The days, in order.
    fn days(&self) -> Vec<Dated> {
        let mut days: FxHashMap<(u64, u64), usize> = FxHashMap::default();
        for (columns, docs) in self.by_segment() {
            columns.each_days(docs, |first, last| *days.entry((first, last)).or_default() += 1);
        }
        let mut days: Vec<((u64, u64), usize)> = days.into_iter().collect();
        days.sort_unstable();
        days.into_iter().map(|(days, count)| Dated { days: both(days), count }).collect()
    }
}

#[cfg(test)]
mod tests;
