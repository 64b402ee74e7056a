//! Counts what a question finds by the most frequent values of fields and by day, in one pass.

mod columns;
mod finder;
mod frequent;
mod numbers;
mod packed;
mod rows;
mod table;

use rustc_hash::FxHashMap;
use tantivy::DocId;

pub(super) use self::columns::Counting;
use self::columns::{Columns, both};
use self::finder::Finder;
use self::frequent::{Segment, frequent, tallied};
use super::grouped;
use super::reader::Local;
use super::union::Union;
use crate::index::IndexError;
use crate::index::beside::{beside, joined};
use crate::schema::Field;
use crate::search::{Counts, Dated, Dups, Request, Results, Sort, Target, Values};

/// A segment, and what was found in it.
type Found = (u32, Vec<DocId>);

/// With so many documents, starting threads costs less than they save.
const MANY: usize = if cfg!(test) { 1 << 6 } else { 1 << 15 };

/// What is done while another thread counts much. That one may wait for it, so it must not wait for that one.
type Meanwhile<'a> = Box<dyn FnOnce() + 'a>;

/// What is counted.
#[derive(Clone, Copy)]
struct What<'a> {
    fields: &'a [Field],
    /// Whether days are, too.
    dated: bool,
    /// How many values of each field are told.
    most: usize,
}

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
    let finder = Finder::new(&searcher, plan.as_ref()).map_err(|error| local.broken(&error))?;
    counted(local, request, finder, What { fields, dated, most }, &mut None)
}

/// See [`crate::index::Index::search_and_count`]. Where much is counted, it is searched meanwhile.
pub(super) fn search_and_count(
    local: &Local,
    request: &Request,
    fields: &[Field],
    dated: bool,
    most: usize,
) -> Result<(Results, Counts), IndexError> {
    let broken = |error| local.broken(&error);
    let searcher = local.searcher(request.target)?;
    let (mut plan, notes) = local.plan(&searcher, request)?;
    let mut finder = Finder::new(&searcher, plan.as_ref()).map_err(broken)?;
    if request.sort == Sort::Relevance
        && request.dups != Dups::Hide
        && local.counting(request.target)?.table().is_some()
        && let Some(union) = plan.downcast_ref::<Union>()
        && let Some((union, told, postings)) = union.told(&searcher).map_err(broken)?
    {
        plan = Box::new(union);
        finder.hear(told, postings);
    }
    let mut results = None;
    // The plan goes with it, so that whoever listens knows that nothing more comes.
    let (found, results_of) = (&searcher, &mut results);
    let search: Meanwhile<'_> =
        Box::new(move || *results_of = Some(local.answer(found, request, plan.as_ref(), notes)));
    let mut meanwhile = Some(search);
    let counts = counted(local, request, finder, What { fields, dated, most }, &mut meanwhile);
    if let Some(search) = meanwhile.take() {
        search();
    }
    drop(meanwhile);
    Ok((results.expect("what was not done meanwhile is done now")?, counts?))
}

/// Counts what `finder` finds. Where that is much, takes what is to be done `meanwhile`.
fn counted(
    local: &Local,
    request: &Request,
    mut finder: Finder<'_>,
    what: What<'_>,
    meanwhile: &mut Option<Meanwhile<'_>>,
) -> Result<Counts, IndexError> {
    let broken = |error| local.broken(&error);
    let counting = local.counting(request.target)?;
    if request.dups == Dups::Hide && request.target == Target::Articles {
        grouped::one_of_each(local.stories(), finder.list().map_err(broken)?);
    }
    if let Some(table) = counting.table() {
        return table.counts(&finder, what, meanwhile).map_err(broken);
    }
    let found = finder.all().map_err(broken)?;
    let found = Documents { total: found.iter().map(|(_, docs)| docs.len()).sum(), found: &found, counting };
    counting.was_counted(found.total).map_err(broken)?;
    let counts = || found.counts(what);
    let counts = match meanwhile.take_if(|_| found.total >= MANY) {
        Some(meanwhile) => beside(meanwhile, counts).1,
        None => counts(),
    };
    counts.map_err(broken)
}

/// What was found, by segment, and what is counted of it.
struct Documents<'a> {
    total: usize,
    found: &'a [Found],
    counting: &'a Counting,
}

impl Documents<'_> {
    /// Counts all of them; where they are many, each column by a thread of its own.
    fn counts(&self, What { fields, dated, most }: What<'_>) -> tantivy::Result<Counts> {
        let field = |field: &Field| self.values(*field, most);
        let days = || if dated { self.days() } else { Vec::new() };
        if self.total < MANY {
            let fields = fields.iter().map(field).collect::<tantivy::Result<_>>()?;
            return Ok(Counts { total: self.total, fields, dated: days() });
        }
        std::thread::scope(|scope| {
            let fields: Vec<_> = fields.iter().map(|name| scope.spawn(move || field(name))).collect();
            let dated = days();
            let fields = fields.into_iter().map(joined);
            Ok(Counts { total: self.total, fields: fields.collect::<tantivy::Result<_>>()?, dated })
        })
    }

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
